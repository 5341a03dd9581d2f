"""Deux dossiers d'une même personne, champ par champ : pareil, différent, d'un seul côté. Sans Qt.

Ce qui dit une violence ne se compare pas. Essais : ``tests/ui/mots/test_comparer.py``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from modele.bilan import Regles
from modele.dossier.chemins import ABSENT, CLOS, ORDRE, chemin_d_element, est_element, lire
from modele.dossier.inventaire import inventaire
from modele.dossier.situation import elements
from modele.dossier.unites import pareils
from modele.fusion import Divergence, EtatDossier
from modele.fusion.choix import ABSORBE, SURVIVANT, a_choisir, apercu
from modele.mots.ecriture import majuscule
from modele.mots.reponses import Diseur
from modele.protection.violences import faits_de_violence

if TYPE_CHECKING:
    from modele.coffre.listes import AReunir

_TUS: Final = ("protection.", "triage.", "demande.numero_provisoire")
"""Ce qui ne dit rien de la personne, ou qui ne se montre pas à côté d'un autre dossier."""


_IDENTITE: Final = ("nom", "nom_usage", "prenoms", "date_naissance", "numero_unique")


class Verdict(StrEnum):
    """Ce que donne la comparaison d'un champ."""

    DIFFERENT = "différent"
    UN_COTE = "d'un seul côté"
    PAREIL = "pareil"


@dataclass(frozen=True, slots=True)
class LigneComparee:
    """Un champ dans les deux dossiers, en mots. ``masquee`` : il dit qui est quelqu'un ; ``neutre``, son libellé tu."""

    libelle: str
    ici: str
    la_bas: str
    verdict: Verdict
    masquee: bool = False
    neutre: str = ""


def comparer(ici: Mapping[str, Any], la_bas: Mapping[str, Any], regles: Regles) -> tuple[LigneComparee, ...]:
    """Les champs dits au moins une fois : ce qui diffère d'abord, ce qui est pareil en dernier."""
    lignes = [*_champs(ici, la_bas, regles), *_listes(ici, la_bas, regles)]
    ordre = list(Verdict)
    return tuple(sorted(lignes, key=lambda ligne: ordre.index(ligne.verdict)))


@dataclass(frozen=True, slots=True)
class AGarder:
    """Une réponse que les deux dossiers disent autrement, à choisir : son unité, et de quoi elle parle."""

    unite: str
    libelle: str


class Garde:
    """Ce qui se garde quand deux dossiers n'en font qu'un : ce qu'il y a à choisir, et ce que cela donne. Pur."""

    def __init__(self, a_reunir: AReunir, regles: Regles) -> None:
        self._a_reunir, self._regles = a_reunir, regles
        # Une personne du foyer s'y désigne par son rang : la valeur, elle, se lit ou se démasque à côté.
        diseur = Diseur(regles.vocabulaire, a_reunir.document, sans_nom=True)
        dits = a_reunir.document, a_reunir.autre
        self.choix = tuple(
            AGarder(une.unite, ", ".join(dict.fromkeys(map(diseur.sujet, champs))))
            for une in a_choisir(a_reunir.etat, a_reunir.autre_etat)
            if (champs := _champs_d_une(une)) and not any(_ne_se_montre_pas(un, dits, regles) for un in champs)
        )

    def apercu(self, survivant: str, gardes: Mapping[str, str]) -> tuple[LigneComparee, ...]:
        """Ce que dira le dossier ``survivant`` ; ``gardes`` : unité vers le dossier gardé (identifiants)."""
        etat, autre = self._etats(survivant)
        prevu = apercu(etat, autre, self.codes(survivant, gardes))
        return comparer(prevu, prevu, self._regles)

    def codes(self, survivant: str, gardes: Mapping[str, str]) -> dict[str, str]:
        """Les choix tels que le coffre les prend : unité vers le survivant ou l'absorbé."""
        return {unite: SURVIVANT if garde == survivant else ABSORBE for unite, garde in gardes.items()}

    def _etats(self, survivant: str) -> tuple[EtatDossier, EtatDossier]:
        un, autre = self._a_reunir.etat, self._a_reunir.autre_etat
        return (un, autre) if un.dossier == survivant else (autre, un)


def _champs_d_une(une: Divergence) -> list[str]:
    """Les champs sur lesquels les deux dossiers se contredisent ; aucun d'une présence ou d'un ordre de liste."""
    if est_element(une.unite) or une.unite.endswith((f".{ORDRE}", f".{CLOS}")):
        return []
    dits = [une.propositions[rang].valeurs for rang in (0, -1)]
    champs = dict.fromkeys(champ for dit in dits for champ in dit)
    return [un for un in champs if not pareils(dits[0].get(un, ABSENT), dits[1].get(un, ABSENT))]


def _ne_se_montre_pas(chemin: str, documents: Sequence[Mapping[str, Any]], regles: Regles) -> bool:
    """Vrai de ce qui dit une violence dans l'un d'eux, ne parle pas de la personne, ou ne se dit que seul à seul."""
    dit = any(chemin in faits_de_violence(un) for un in documents)
    return dit or chemin.startswith(_TUS) or regles.vocabulaire.reservee(chemin)


def _champs(ici: Mapping[str, Any], la_bas: Mapping[str, Any], regles: Regles) -> Iterator[LigneComparee]:
    diseurs = Diseur(regles.vocabulaire, ici), Diseur(regles.vocabulaire, la_bas)
    tus = {*faits_de_violence(ici), *faits_de_violence(la_bas)}
    for chemin in inventaire().champs:
        valeurs = lire(ici, chemin), lire(la_bas, chemin)
        if (
            chemin.startswith(_TUS)
            or chemin in tus
            or valeurs == (ABSENT, ABSENT)
            or regles.vocabulaire.reservee(chemin)
        ):
            continue
        dite_ici, dite_la_bas = (
            majuscule(diseur.dire(chemin, un)) for diseur, un in zip(diseurs, valeurs, strict=True)
        )
        sujet = diseurs[0].sujet(chemin)
        yield LigneComparee(sujet, dite_ici, dite_la_bas, _verdict(*valeurs), _identifie(chemin), sujet)


def _identifie(chemin: str) -> bool:
    """Ce champ dit qui est quelqu'un, ou où le joindre."""
    return chemin.startswith(("contact.", "logement_actuel.adresse")) or chemin.rpartition(".")[2] in _IDENTITE


def _verdict(ici: Any, la_bas: Any) -> Verdict:
    if ici is ABSENT or la_bas is ABSENT:
        return Verdict.UN_COTE
    return Verdict.PAREIL if pareils(ici, la_bas) else Verdict.DIFFERENT


def _listes(ici: Mapping[str, Any], la_bas: Mapping[str, Any], regles: Regles) -> Iterator[LigneComparee]:
    """Les éléments de liste se reconnaissent à leur nom : leurs identifiants diffèrent d'un dossier à l'autre."""
    diseurs = Diseur(regles.vocabulaire, ici), Diseur(regles.vocabulaire, la_bas)
    for liste in inventaire().listes:
        noms_ici, noms_la_bas = (
            _noms(diseur, document, liste) for diseur, document in zip(diseurs, (ici, la_bas), strict=True)
        )
        for nom in {**noms_ici, **noms_la_bas}:
            verdict = Verdict.PAREIL if nom in noms_ici and nom in noms_la_bas else Verdict.UN_COTE
            libelle = f"{diseurs[0].genre(liste)} : {nom}"
            neutre = f"{diseurs[0].genre(liste)} : nom masqué"
            yield LigneComparee(libelle, _present(nom in noms_ici), _present(nom in noms_la_bas), verdict, True, neutre)


def _noms(diseur: Diseur, document: Mapping[str, Any], liste: str) -> dict[str, None]:
    tus = {chemin.rpartition(".")[0] for chemin in faits_de_violence(document)}
    connus = ((chemin_d_element(liste, qui), un) for qui, un in elements(document, liste).items())
    return dict.fromkeys(nom for chemin, un in connus if chemin not in tus and (nom := diseur.nommer(liste, un)))


def _present(oui: bool) -> str:
    return "Dans la liste" if oui else "Absent de la liste"
