"""Lire ce que l'agent tape dans la zone de recherche : des mots, une date, un téléphone, un numéro, une référence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from modele.dossier import telephones
from modele.dossier.codes import relire_reference
from modele.dossier.dates_dites import CERTAINES, COURTES, en_iso, trouver
from modele.ressemblance.fiches import numero_nu
from modele.ressemblance.naissances import prendre_partielle
from modele.ressemblance.phonetique import mots
from modele.ressemblance.termes import (
    termes_croises,
    termes_de_chiffres,
    termes_de_date_cherchee,
    termes_de_mot,
    termes_de_telephone,
)

_ANNEE = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
# Les dix chiffres de France et d'outre-mer, d'un trait ou par groupes, ou un indicatif ; pas dans un plus long numéro.
_TELEPHONES = tuple(
    re.compile(rf"(?<![\w/.\-]){motif}(?!\w)")
    for motif in (
        r"0[1-9]\d{8}",
        r"(?<!\d\s)\(?0\)?[1-9](?:[\s./\-)]*\d\d){4}(?!\s\d)",
        r"\(?(?:\+|00)\s?[1-9][\d\s().\-/]{5,}\d",
    )
)
_NUMERO = re.compile(r"(?<!\w)[a-zA-Z]{0,8}\d[\d\s.\-]{3,}\d[a-zA-Z]{0,3}(?!\w)")
# Le début d'un téléphone ou d'un numéro, ou un téléphone sans son zéro : on ne sait pas lequel.
_CHIFFRES = re.compile(r"(?<![\w/.\-])\d(?:[\s.\-]?\d){3,}(?!\w)")
# « née le 12/03/1984 », « né en 1980 » : ce qui annonce une date n'est pas d'un nom.
_NE_LE = re.compile(r"(?<!\w)n[ée](?:\(?e\)?)?s?\s+(?:le|en|vers)\s+(?=\d)", re.IGNORECASE)
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
        """Les termes d'index à essayer : un groupe par mot, un pour les mots croisés, la date, chaque numéro."""
        dates = termes_de_date_cherchee(self.naissance)
        groupes = [Groupe(list(termes_de_mot(mot)), 1.0) for mot in self.mots]
        groupes.append(Groupe(termes_croises(self.mots), 1.0))
        for termes in (dates, termes_de_telephone(self.telephone), termes_de_chiffres("n", self.numero)):
            groupes.append(Groupe(list(termes), _POIDS_DES_CHIFFRES))
        return [groupe for groupe in groupes if groupe.termes]


def lire_demande(texte: str) -> Demande:
    """Comprend la saisie ; ce qui n'est ni date, ni numéro, est du nom."""
    # Un nom de dix lettres peut avoir la forme d'une référence : il se lit des deux façons.
    reference = relire_reference(texte) or ""
    jour = date.today()
    texte = _NE_LE.sub(" ", texte)
    dite, texte = trouver(texte, jour, CERTAINES)
    naissance = en_iso(dite) if dite else ""
    if not naissance:
        naissance, texte = prendre_partielle(texte)
    telephone, texte = _prendre_telephone(texte)
    if not naissance:
        dite, texte = trouver(texte, jour, COURTES)
        naissance = en_iso(dite) if dite else ""
    telephone, numero, texte = _prendre_les_chiffres(telephone, texte, seule=not naissance)
    if not naissance:
        naissance, texte = _prendre(_ANNEE, texte)
    noms = tuple(mots(texte)[:_MOTS_AU_PLUS])
    return Demande(noms, naissance, telephones.cle(telephone), numero_nu(numero), reference)


def _prendre_telephone(texte: str) -> tuple[str, str]:
    for motif in _TELEPHONES:
        telephone, reste = _prendre(motif, texte)
        if telephone:
            return telephone, reste
    return "", texte


def _prendre_les_chiffres(telephone: str, texte: str, *, seule: bool) -> tuple[str, str, str]:
    """Le téléphone, le numéro et le reste ; de quatre à neuf chiffres peuvent être le début de l'un ou de l'autre.

    ``seule`` : quatre chiffres peuvent aussi être une année.
    """
    if telephone.startswith("00"):
        # Un numéro unique du premier département commence comme un indicatif.
        return telephone, telephone, texte
    numero, reste = _prendre(_CHIFFRES, texte)
    court = numero_nu(numero)
    if not telephone and court and len(court) <= telephones.CHIFFRES and not (seule and _ANNEE.fullmatch(court)):
        return court, court, reste
    return telephone, *_prendre(_NUMERO, texte)


def _prendre(motif: re.Pattern[str], texte: str) -> tuple[str, str]:
    trouve = motif.search(texte)
    if not trouve:
        return "", texte
    return trouve[trouve.lastindex or 0], motif.sub(" ", texte, count=1)
