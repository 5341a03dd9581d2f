"""Ouvrir le fichier d'un bailleur, CSV ou classeur : ses en-têtes, ses cases en texte, et la ligne de chacune.

polars le lit d'un trait ; un fichier tordu (guillemet ouvert, case de trop) se relit ligne à ligne, pour dire laquelle.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from modele.regles.fautes import ErreurUtilisateur
from modele.regles.limites import MEBI, OCTETS_AU_PLUS, trop
from modele.regles.tableaux import (
    AVALEES,
    CASE_AU_PLUS,
    DE_TROP,
    ILLISIBLE,
    TROP_DE_CASES,
    LigneRefusee,
    en_texte,
    separateur,
)

if TYPE_CHECKING:
    import polars as pl

LIGNES_AU_PLUS: Final = 200_000
COLONNES_AU_PLUS: Final = 300
_DEPLIE_AU_PLUS: Final = 512 * MEBI
"""Ce qu'un classeur, qui est une archive, peut contenir une fois déplié."""
_CLASSEUR: Final = b"PK\x03\x04"
_MARQUE: Final = b"\xef\xbb\xbf"
_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")
_VIDE: Final = "Fichier refusé : il est vide. Demandez-le de nouveau au bailleur, ou enregistrez-le depuis le tableur."
_COMMENTAIRE: Final = "#"
_TITRE: Final = (
    "Classeur refusé : la ligne {} n'a qu'une case, « {} », un titre sans doute. Ôtez-la : la première ligne nomme les "
    "colonnes."
)
LIGNE: Final = "ligne"
"""La colonne, ajoutée, qui porte le numéro de ligne du fichier."""


@dataclass(frozen=True, slots=True)
class Tableau:
    """Les en-têtes, et une table de textes dont la colonne ``n`` est la n-ième ; ``LIGNE`` dit la ligne du fichier."""

    entetes: tuple[str, ...]
    table: pl.DataFrame
    refusees: tuple[LigneRefusee, ...] = ()


def ouvrir(octets: bytes, feuille: str = "") -> Tableau:
    """Le tableau que portent ces octets. Lève ``ErreurUtilisateur`` si ce n'en est pas un, ou s'il est trop lourd."""
    if len(octets) > OCTETS_AU_PLUS:
        raise ErreurUtilisateur(f"Fichier refusé : {trop(OCTETS_AU_PLUS)}. Coupez-le en deux.")
    lu = _classeur(octets, feuille) if octets.startswith(_CLASSEUR) else _csv(octets)
    if lu.table.height > LIGNES_AU_PLUS:
        raise ErreurUtilisateur(f"Fichier refusé : plus de {LIGNES_AU_PLUS} lignes. Coupez-le en deux.")
    return lu


def _csv(octets: bytes) -> Tableau:
    if not octets.strip():
        raise ErreurUtilisateur(_VIDE)
    if octets.startswith(_UTF_16):
        octets = _de_l_utf_16(octets)
    if b"\0" in octets:
        raise _illisible()
    # Sur place quand c'est déjà de l'UTF-8 : un gros fichier ne se recopie pas pour rien.
    corps = octets.removeprefix(_MARQUE)
    if not _est_utf8(corps):
        corps = en_texte(octets).encode()
    if b"\n" not in corps:
        # Les fins de ligne d'un vieux tableur.
        corps = corps.replace(b"\r", b"\n")
    debut, avant = _sauter(corps)
    fin = corps.find(b"\n", debut)
    entete = corps[debut : fin if fin >= 0 else len(corps)].decode().rstrip("\r")
    signe = separateur(entete)
    csv.field_size_limit(OCTETS_AU_PLUS)
    try:
        entetes = _entetes(next(csv.reader([entete], delimiter=signe), []))
    except csv.Error:
        raise _illisible() from None
    reste = corps[fin + 1 :] if fin >= 0 else b""
    table = _d_un_trait(reste, signe, len(entetes), avant + 2)
    return Tableau(entetes, table) if table is not None else _ligne_a_ligne(reste.decode(), signe, entetes, avant + 1)


def _de_l_utf_16(octets: bytes) -> bytes:
    """Le « texte Unicode » d'un tableur."""
    try:
        return octets.decode("utf-16").encode()
    except UnicodeError:
        raise _illisible() from None


def _est_utf8(octets: bytes) -> bool:
    try:
        octets.decode()
    except UnicodeDecodeError:
        return False
    return True


def _sauter(corps: bytes) -> tuple[int, int]:
    """Où commence l'en-tête, et combien de lignes il y a avant : les lignes vides, ou qui commencent par « # »."""
    debut = lignes = 0
    while (fin := corps.find(b"\n", debut)) >= 0 and _passe(corps[debut:fin]):
        debut, lignes = fin + 1, lignes + 1
    return debut, lignes


def _passe(ligne: bytes) -> bool:
    nue = ligne.strip(b' \t\r;,"')
    return not nue or nue.startswith(_COMMENTAIRE.encode())


def _entetes(lus: Sequence[str]) -> tuple[str, ...]:
    entetes = tuple(un.strip() for un in lus)
    if not 1 < len(entetes) <= COLONNES_AU_PLUS or sum(map(bool, entetes)) < 2:
        raise _illisible()
    return entetes


def _illisible() -> ErreurUtilisateur:
    return ErreurUtilisateur(f"Fichier refusé : {ILLISIBLE}")


def _d_un_trait(corps: bytes, signe: str, largeur: int, premiere: int) -> pl.DataFrame | None:
    """La table, lue par polars ; ``None`` si une ligne n'a pas la forme des autres."""
    import polars as pl

    noms = [str(rang) for rang in range(largeur)]
    try:
        table = pl.read_csv(
            corps, separator=signe, has_header=False, schema=dict.fromkeys(noms, pl.String), infer_schema=False
        )
    except pl.exceptions.PolarsError:
        return None
    tordues = pl.any_horizontal(pl.all().str.len_bytes().max() > CASE_AU_PLUS)
    if b'"' in corps:
        tordues |= pl.any_horizontal(pl.all().str.contains("\n", literal=True).any())
    if table.height and table.select(tordues.fill_null(value=False)).item():
        return None
    return _nettoyer(table.with_row_index(LIGNE, offset=premiere))


def _nettoyer(table: pl.DataFrame) -> pl.DataFrame:
    """Sans les lignes vides ni les commentaires ; chacune garde son numéro."""
    import polars as pl

    cases = [pl.col(nom) for nom in table.columns if nom != LIGNE]
    vides = pl.all_horizontal(case.is_null() for case in cases)
    commentees = cases[0].str.starts_with(_COMMENTAIRE).fill_null(value=False)
    return table.filter(~vides & ~commentees)


def _ligne_a_ligne(texte: str, signe: str, entetes: tuple[str, ...], deja: int) -> Tableau:
    """La même, avec le lecteur de Python : chaque ligne tordue se nomme, les autres se gardent."""
    import polars as pl

    lecture = csv.reader(io.StringIO(texte, newline=""), delimiter=signe)
    refusees: list[LigneRefusee] = []
    gardees: list[list[str | int | None]] = []
    avant = 0
    for cases in lecture:
        rang, avant = deja + avant + 1, lecture.line_num
        if len(gardees) > LIGNES_AU_PLUS:
            break
        if fautes := list(_fautes_de_forme(rang, cases, entetes)):
            refusees += fautes
        else:
            lues: list[str | int | None] = [un.strip() or None for un in cases[: len(entetes)]]
            gardees.append([rang, *lues, *[None] * (len(entetes) - len(lues))])
    schema = {LIGNE: pl.UInt32, **{str(rang): pl.String for rang in range(len(entetes))}}
    return Tableau(entetes, _nettoyer(pl.DataFrame(gardees, schema=schema, orient="row")), tuple(refusees))


def _fautes_de_forme(rang: int, cases: Sequence[str], entetes: Sequence[str]) -> Iterator[LigneRefusee]:
    if any(un.strip() for un in cases[len(entetes) :]):
        yield LigneRefusee(rang, DE_TROP, TROP_DE_CASES.format(len(entetes)))
        return
    for entete, case in zip(entetes, cases, strict=False):
        avalees = len(case.strip().splitlines())
        if avalees > 1:
            yield LigneRefusee(rang, entete, AVALEES.format(avalees))
        elif len(case.encode()) > CASE_AU_PLUS:
            yield LigneRefusee(rang, entete, f"{len(case)} signes ; {CASE_AU_PLUS} au plus")


def _classeur(octets: bytes, feuille: str) -> Tableau:
    _exiger_un_classeur(octets)
    import fastexcel
    import polars as pl

    try:
        classeur = fastexcel.read_excel(octets)
        noms = classeur.sheet_names
        if feuille and feuille not in noms:
            raise ErreurUtilisateur(f"Classeur refusé : pas de feuille « {feuille} » ; il a : {', '.join(noms)}.")
        lue = classeur.load_sheet(
            feuille or 0, header_row=None, skip_rows=0, n_rows=LIGNES_AU_PLUS + 100, dtypes="string"
        ).to_polars()
    except fastexcel.FastExcelError:
        raise _illisible() from None
    lue = lue.select(pl.all().cast(pl.String).str.strip_chars().replace("", None))
    return _sans_entete(lue)


def _exiger_un_classeur(octets: bytes) -> None:
    """Une archive peut peser mille fois plus dépliée : cela se sait avant de l'ouvrir."""
    try:
        deplie = sum(un.file_size for un in zipfile.ZipFile(io.BytesIO(octets)).infolist())
    except zipfile.BadZipFile:
        raise _illisible() from None
    if deplie > _DEPLIE_AU_PLUS:
        raise ErreurUtilisateur(f"Classeur refusé : déplié, {trop(_DEPLIE_AU_PLUS)}. Coupez-le en deux.")


def _remplies(cases: Sequence[str]) -> list[str]:
    return [une for une in cases if une]


def _sans_entete(lue: pl.DataFrame) -> Tableau:
    """L'en-tête est la première ligne qui n'est ni vide, ni un commentaire."""
    for rang, ligne in enumerate(lue.head(100).iter_rows()):
        dites = [un or "" for un in ligne]
        if any(dites) and not dites[0].startswith(_COMMENTAIRE):
            while not dites[-1]:
                dites.pop()
            if len(_remplies(dites)) == 1:
                raise ErreurUtilisateur(_TITRE.format(rang + 1, _remplies(dites)[0][:40]))
            table = lue[rang + 1 :, : len(dites)]
            table.columns = [str(un) for un in range(len(dites))]
            return Tableau(_entetes(dites), _nettoyer(table.with_row_index(LIGNE, offset=rang + 2)))
    raise _illisible()
