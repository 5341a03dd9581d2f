"""Lire ce que l'agent tape dans la zone de recherche : des mots, une date, un téléphone, un numéro, une référence."""

from __future__ import annotations

import re
from dataclasses import dataclass

from modele.dossier.codes import relire_reference
from modele.ressemblance.fiches import chiffres, numero_nu
from modele.ressemblance.naissances import iso, prendre_partielle
from modele.ressemblance.phonetique import mots
from modele.ressemblance.termes import termes_de_chiffres, termes_de_date_cherchee, termes_de_mot

_DATE = re.compile(r"(?<!\d)(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})(?!\d)")
_DATE_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
_DATE_COLLEE = re.compile(r"(?<!\d)(\d{2})(\d{2})(\d{4})(?!\d)")
_ANNEE = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_TELEPHONE = re.compile(r"(?<!\d)(?:\+33|0033|0)[\s.\-]?((?:\d[\s.\-]?){8}\d)(?!\d)")
_NUMERO = re.compile(r"(?<!\w)[a-zA-Z]{0,8}\d[\d\s.\-]{3,}\d[a-zA-Z]{0,3}(?!\w)")
_MOTS_AU_PLUS = 8
# Une date ou un numéro désigne moins de monde qu'un mot.
_POIDS_DES_CHIFFRES = 2.0


@dataclass(frozen=True, slots=True)
class Groupe:
    """Des termes tirés de la même chose tapée, et ce que cette chose pèse."""

    termes: list[str]
    poids: float


@dataclass(frozen=True, slots=True)
class Demande:
    """Ce qui est cherché. ``naissance`` : date ISO, mois (« aaaa-mm ») ou année seule.

    ``prenoms`` : ceux des mots qui en sont ; vide quand rien ne le dit (ce qui se tape dans la recherche).
    """

    mots: tuple[str, ...] = ()
    naissance: str = ""
    telephone: str = ""
    numero: str = ""
    reference: str = ""
    prenoms: tuple[str, ...] = ()

    def termes(self) -> list[Groupe]:
        """Les termes d'index à essayer : un groupe par mot, un pour la date, un par numéro."""
        dates = termes_de_date_cherchee(self.naissance)
        groupes = [Groupe(list(termes_de_mot(mot)), 1.0) for mot in self.mots]
        for termes in (dates, termes_de_chiffres("t", self.telephone), termes_de_chiffres("n", self.numero)):
            groupes.append(Groupe(list(termes), _POIDS_DES_CHIFFRES))
        return [groupe for groupe in groupes if groupe.termes]


def lire_demande(texte: str) -> Demande:
    """Comprend la saisie ; ce qui n'est ni date, ni numéro, est du nom."""
    # Un nom de dix lettres peut avoir la forme d'une référence : il se lit des deux façons.
    reference = relire_reference(texte) or ""
    naissance, texte = _prendre_date(texte)
    if not naissance:
        naissance, texte = prendre_partielle(texte)
    telephone, texte = _prendre(_TELEPHONE, texte)
    numero, texte = _prendre(_NUMERO, texte)
    if not naissance:
        naissance, texte = _prendre(_ANNEE, texte)
    noms = tuple(mots(texte)[:_MOTS_AU_PLUS])
    return Demande(noms, naissance, chiffres(telephone)[-9:], numero_nu(numero), reference)


def _prendre_date(texte: str) -> tuple[str, str]:
    for motif, ordre in ((_DATE_ISO, (1, 2, 3)), (_DATE, (3, 2, 1)), (_DATE_COLLEE, (3, 2, 1))):
        trouve = motif.search(texte)
        if trouve:
            annee, mois, jour = (trouve[groupe] for groupe in ordre)
            if lue := iso(annee, mois, jour) or iso(annee, jour, mois):
                return lue, motif.sub(" ", texte, count=1)
    return "", texte


def _prendre(motif: re.Pattern[str], texte: str) -> tuple[str, str]:
    trouve = motif.search(texte)
    if not trouve:
        return "", texte
    return trouve[trouve.lastindex or 0], motif.sub(" ", texte, count=1)
