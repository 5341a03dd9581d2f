"""Lire l'inventaire d'une commune dans un tableau : une référence par ligne, l'origine du droit, sa fin.

Rien ne s'écrit ici. Une ligne fautive se refuse avec son numéro ; les autres s'ajoutent à ce qui est déjà saisi.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from modele.contingents.passages import Reserve
from modele.dossier.nomenclatures import nationales
from modele.regles.fautes import ErreurUtilisateur
from modele.regles.tableaux import (
    CASE_AU_PLUS,
    ILLISIBLE,
    SIGNE_PERDU,
    SIGNES_PERDUS,
    LigneRefusee,
    en_texte,
    lire_jour,
    separateur,
)

COLONNES: Final = ("reference", "origine", "fin")
LIGNES_AU_PLUS: Final = 2_500
"""Un inventaire plus long ne passerait pas d'un poste à l'autre (``modele.coffre.gardes``)."""
OCTETS_AU_PLUS: Final = 4 << 20
_DEJA: Final = "« {} » est déjà dans l'inventaire : un logement ne donne qu'un droit"
_ORIGINE: Final = "« {} » n'est pas une origine ; attendu : {}, ou vide"
_FIN: Final = "« {} » n'est pas une date (JJ/MM/AAAA)"
_VIDE: Final = "cette case est vide"
_LONGUE: Final = "cette référence est trop longue ; relisez le tableau"
_PERDUS: Final = re.compile(SIGNES_PERDUS)


@dataclass(frozen=True, slots=True)
class EssaiInventaire:
    """Ce que donnerait l'import. ``lus`` : les lignes du tableau, l'en-tête et les vides non comprises."""

    lus: int
    bons: tuple[Reserve, ...]
    refusees: tuple[LigneRefusee, ...]


def essayer(octets: bytes, deja: Collection[str]) -> EssaiInventaire:
    """L'essai d'un tableau. ``deja`` : les références saisies. Lève ``ErreurUtilisateur`` si ce n'en est pas un."""
    entete, lignes = _table(octets)
    bons: dict[str, Reserve] = {}
    refusees: list[LigneRefusee] = []
    lus = [(rang, ligne) for rang, ligne in enumerate(lignes, 2) if any(map(str.strip, ligne))]
    for rang, ligne in lus:
        cases = dict(zip(entete, map(str.strip, ligne), strict=False))
        lu = _lire(rang, cases, {*deja, *bons})
        if isinstance(lu, LigneRefusee):
            refusees.append(lu)
        else:
            bons[lu.reference] = lu
    return EssaiInventaire(len(lus), tuple(bons.values()), tuple(refusees))


def _lire(rang: int, cases: Mapping[str, str], deja: Collection[str]) -> Reserve | LigneRefusee:
    reference, origine, fin = (cases.get(colonne, "") for colonne in COLONNES)
    origines = nationales()["origine_du_droit"].codes
    if faute := _faute_de_reference(reference, deja):
        return LigneRefusee(rang, COLONNES[0], faute)
    code = _code(origine, {cle: dit.libelle for cle, dit in origines.items()})
    if origine and not code:
        attendus = ", ".join(dit.libelle for dit in origines.values())
        return LigneRefusee(rang, COLONNES[1], _ORIGINE.format(origine[:40], attendus))
    try:
        jour: date | None = lire_jour(fin) if fin else None
    except ValueError:
        return LigneRefusee(rang, COLONNES[2], _FIN.format(fin[:40]))
    return Reserve(reference, code, jour)


def _faute_de_reference(reference: str, deja: Collection[str]) -> str:
    if not reference:
        return _VIDE
    if len(reference) > CASE_AU_PLUS:
        return _LONGUE
    if _PERDUS.search(reference):
        return SIGNE_PERDU
    return _DEJA.format(reference) if reference in deja else ""


def _code(dit: str, libelles: Mapping[str, str]) -> str:
    """Le code de cette origine, dite par son code ou par ses mots ; vide si elle n'en est pas."""
    net = dit.casefold()
    return next((code for code, mot in libelles.items() if net in (code, mot.casefold())), "")


def _table(octets: bytes) -> tuple[list[str], Sequence[Sequence[str]]]:
    """L'en-tête et les lignes."""
    if len(octets) > OCTETS_AU_PLUS or b"\0" in octets:
        raise ErreurUtilisateur(f"Import refusé : {ILLISIBLE}")
    texte = en_texte(octets)
    csv.field_size_limit(OCTETS_AU_PLUS)
    table = list(csv.reader(io.StringIO(texte, newline=""), delimiter=separateur(texte.partition("\n")[0])))
    entete = [une.strip().casefold().replace("é", "e") for une in table[0]] if table else []
    if COLONNES[0] not in entete:
        raise ErreurUtilisateur(f"Import refusé : il manque la colonne « {COLONNES[0]} ». Les autres : origine, fin.")
    if len(table) > LIGNES_AU_PLUS:
        raise ErreurUtilisateur(f"Import refusé : {len(table)} lignes ; {LIGNES_AU_PLUS} au plus. Coupez-le en deux.")
    return entete, table[1:]
