"""Ce qui est faux, ce qui est inhabituel, ce qui manque : trois questions, jamais mêlées.

Un brouillon invalide est un état normal : rien ici ne lève ni ne bloque. Seule la demande d'enregistrement exige, et
elle n'exige que ce que la loi permet (R441-2-3) : les champs obligatoires du formulaire, et une pièce d'identité ou
de séjour.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from modele.dossier.chemins import ABSENT, lire
from modele.dossier.formes import Gravite, contient_nir, examiner
from modele.dossier.inventaire import CODEMANDEUR, DEMANDEUR, Genre, inventaire
from modele.dossier.pieces import VUE, PiecesAttendues
from modele.dossier.reponses import AUCUN
from modele.dossier.situation import AVEC_CODEMANDEUR
from modele.dossier.verification import Place, places, verifier
from modele.regles.faits import Fait

COMME_SA_PIECE: Final = "le jour n'est pas connu ; écrivez la date que porte sa pièce, même 01/01"
"""Que faire d'une date connue au mois ou à l'année, que le formulaire veut entière."""
IDENTITE_VERIFIEE: Final = f"{DEMANDEUR}.identite_verifiee"
_NIR: Final = (
    "un numéro de sécurité sociale est écrit ici : effacez-le. Perron ne le garde jamais, "
    "cochez seulement « vérifié sur pièce »."
)


@dataclass(frozen=True, slots=True)
class Constat:
    """Un constat au champ : ``erreur`` (à corriger) ou ``alerte`` (inhabituel, à confirmer ; laisse passer)."""

    chemin: str
    message: str
    gravite: Gravite


@dataclass(frozen=True, slots=True)
class Manque:
    """Ce qui manque pour demander l'enregistrement : le champ, sa définition, sa case du formulaire."""

    chemin: str
    libelle: str
    cerfa: str = ""


def valider(document: Mapping[str, Any], jour: date, locaux: Iterable[Fait] = ()) -> tuple[Constat, ...]:
    """Tous les constats du dossier, à la date ``jour`` : forme, bornes, codes, clés de contrôle, longueurs, dates."""
    constats = [Constat(e.chemin, e.message, Gravite.ERREUR) for e in verifier(document, locaux)]
    constats += [constat for place in places(document) for constat in _examiner(place, jour)]
    return tuple(constats)


def manques_pour_enregistrer(document: Mapping[str, Any], pieces: PiecesAttendues) -> tuple[Manque, ...]:
    """Ce qui manque encore pour demander l'enregistrement ; vide : on peut."""
    return (*_champs_manquants(document), *_piece_manquante(document, pieces))


def _examiner(place: Place, jour: date) -> Iterator[Constat]:
    champ = place.champ.champ
    for texte in _textes(place):
        if champ.longueur and len(texte) > champ.longueur:
            trop = f"trop long : {len(texte)} caractères, le SNE en accepte {champ.longueur}. Abrégez."
            yield Constat(place.chemin, trop, Gravite.ERREUR)
        if contient_nir(texte):
            yield Constat(place.chemin, _NIR, Gravite.ERREUR)
        for gravite, message in examiner(champ.forme, texte) if champ.forme else ():
            yield Constat(place.chemin, message, gravite)
    if champ.passee and (ecrite := _date(place.ecrit)) and ecrite > jour:
        yield Constat(place.chemin, "cette date est dans l'avenir", Gravite.ERREUR)


def _textes(place: Place) -> list[str]:
    """Les textes écrits à cette place, vides exceptés."""
    if place.champ.genre not in (Genre.TEXTE, Genre.TEXTES):
        return []
    ecrits = place.ecrit if isinstance(place.ecrit, list) else [place.ecrit]
    return [texte for texte in ecrits if isinstance(texte, str) and texte]


def _date(ecrit: Any) -> date | None:
    try:
        return date.fromisoformat(ecrit) if isinstance(ecrit, str) else None
    except ValueError:
        return None


def _champs_manquants(document: Mapping[str, Any]) -> Iterator[Manque]:
    sans_codemandeur = lire(document, AVEC_CODEMANDEUR) is not True
    for champ in inventaire().champs.values():
        if not champ.champ.obligatoire or (sans_codemandeur and champ.chemin.startswith(f"{CODEMANDEUR}.")):
            continue
        ecrit = lire(document, champ.chemin)
        if not _valeur(ecrit):
            dit = f"{champ.champ.definition} : {COMME_SA_PIECE}" if date_a_peu_pres(ecrit) else champ.champ.definition
            yield Manque(champ.chemin, dit, champ.champ.cerfa)


def date_a_peu_pres(ecrit: Any) -> bool:
    """Vrai d'une date dont on ne sait que le mois ou l'année."""
    return isinstance(ecrit, Mapping) and "entre" in ecrit


def _valeur(ecrit: Any) -> bool:
    """Vrai d'une valeur ou de ce qui n'existe pas (un seul nom) ; ni d'un refus, ni d'un blanc, ni d'un à peu près."""
    if ecrit == AUCUN:
        return True
    if ecrit is ABSENT or ecrit is None or isinstance(ecrit, Mapping):
        return False
    return bool(ecrit.strip()) if isinstance(ecrit, str) else ecrit != []


def _piece_manquante(document: Mapping[str, Any], pieces: PiecesAttendues) -> Iterator[Manque]:
    vue = any(p.etat == VUE and p.personne in ("", DEMANDEUR) for p in pieces.enregistrement)
    if not vue and lire(document, IDENTITE_VERIFIEE) is not True:
        yield Manque("pieces", "Une pièce d'identité, ou de séjour hors Union européenne (R441-2-3)")
