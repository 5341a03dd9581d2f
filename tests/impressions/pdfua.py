"""Lire un PDF balisé par pikepdf : ses contenus, chacun sous ses marques ; son arbre ; ses polices."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pikepdf
import uharfbuzz as hb

MONTRE = ("Tj", "TJ", "'", '"')
PEINT = (*MONTRE, "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "Do", "INLINE IMAGE")


@dataclass(frozen=True, slots=True)
class Marque:
    """Une marque ouverte : son rôle, et son dictionnaire."""

    role: str
    dit: Any = None

    @property
    def mcid(self) -> int | None:
        return int(self.dit.MCID) if self.dit is not None and "/MCID" in self.dit else None


@dataclass(frozen=True, slots=True)
class Contenu:
    """Ce que peint un opérateur. ``marques`` : celles qui l'entourent, de dehors en dedans. ``police`` : son nom."""

    page: int
    operateur: str
    operandes: Any
    marques: tuple[Marque, ...]
    police: str = ""

    @property
    def mcid(self) -> int | None:
        """Celui de la première de ses marques qui en a un."""
        return next((une.mcid for une in self.marques if une.mcid is not None), None)


@dataclass(slots=True, eq=False)
class Element:
    """Un élément de structure. ``mcid`` : ses contenus, (page, identifiant)."""

    role: str
    objet: Any
    parent: Element | None
    enfants: list[Element] = field(default_factory=list)
    mcid: list[tuple[int, int]] = field(default_factory=list)

    def dessous(self) -> Iterator[Element]:
        yield self
        for enfant in self.enfants:
            yield from enfant.dessous()

    @property
    def langue(self) -> str:
        dite = str(self.objet.get("/Lang", ""))
        return dite or (self.parent.langue if self.parent else "")

    def attribut(self, nom: str) -> Any:
        attributs = self.objet.get("/A", [])
        tous = attributs if isinstance(attributs, pikepdf.Array) else [attributs]
        return next((un[nom] for un in tous if nom in un), None)


class Police:
    """Une police employée : ce que disent ses dictionnaires, et son fichier."""

    def __init__(self, objet: Any) -> None:
        self.objet = objet
        self.composee = objet.Subtype == "/Type0"
        self.descendante = objet.DescendantFonts[0] if self.composee else objet

    @cached_property
    def fichier(self) -> hb.Face | None:
        octets = self.descendante.get("/FontDescriptor", {}).get("/FontFile2")
        return None if octets is None else hb.Face(bytes(octets.read_bytes()))

    @cached_property
    def lettres(self) -> dict[int, str] | None:
        if "/ToUnicode" not in self.objet:
            return None
        table = self.objet.ToUnicode.read_bytes().decode("ascii")
        paires = re.findall(r"<([0-9A-Fa-f]{4})> <([0-9A-Fa-f]*)>", table.partition("endcodespacerange")[2])
        return {int(code, 16): bytes.fromhex(lu).decode("utf-16-be") for code, lu in paires}

    @cached_property
    def chasses(self) -> dict[int, float]:
        dites: dict[int, float] = {}
        debut = 0
        for un in self.descendante.get("/W", []):
            if isinstance(un, pikepdf.Array):
                dites |= {debut + rang: float(chasse) for rang, chasse in enumerate(un)}
            else:
                debut = int(un)
        return dites

    def dessin(self, code: int) -> int:
        table = self.descendante.CIDToGIDMap
        if not isinstance(table, pikepdf.Stream):
            return code
        octets = table.read_bytes()
        return int.from_bytes(octets[2 * code : 2 * code + 2], "big")


class Lu:
    """Un PDF ouvert."""

    def __init__(self, pdf: bytes) -> None:
        self.pdf = pikepdf.open(io.BytesIO(pdf))
        self.racine = self.pdf.Root

    @cached_property
    def contenus(self) -> list[Contenu]:
        return [contenu for rang, page in enumerate(self.pdf.pages) for contenu in _contenus(rang, page)]

    @cached_property
    def marques(self) -> list[tuple[Marque, ...]]:
        """Chaque marque ouverte, avec celles qui l'entourent."""
        return [pile for page in self.pdf.pages for pile in ouvertures(page)]

    @cached_property
    def sommets(self) -> list[Element]:
        pages = {page.obj.objgen: rang for rang, page in enumerate(self.pdf.pages)}
        return [_element(un, None, pages) for un in _liste(self.racine.StructTreeRoot.K)]

    @property
    def elements(self) -> Iterator[Element]:
        """Tous, dans l'ordre de lecture."""
        for sommet in self.sommets:
            yield from sommet.dessous()

    def polices(self) -> dict[tuple[int, str], Police]:
        """Celles de chaque page, par nom."""
        return {
            (rang, nom): Police(police)
            for rang, page in enumerate(self.pdf.pages)
            for nom, police in page.obj.Resources.get("/Font", {}).items()
        }

    def codes(self) -> Iterator[tuple[Contenu, Police, int]]:
        """Chaque code montré, par quelle police."""
        polices = self.polices()
        for contenu in self.contenus:
            if contenu.operateur in MONTRE:
                police = polices[contenu.page, contenu.police]
                for code in _codes(contenu.operandes[-1], police):
                    yield contenu, police, code

    @cached_property
    def textes(self) -> dict[tuple[int, int], str]:
        """Ce que dit chaque contenu marqué, (page, identifiant), dans l'ordre où ses dessins sont écrits."""
        dits: dict[tuple[int, int], list[str]] = {}
        polices = self.polices()
        for contenu in (un for un in self.contenus if un.operateur in MONTRE):
            police, mcid = polices[contenu.page, contenu.police], contenu.mcid
            if mcid is not None:
                lettres = police.lettres or {}
                dits.setdefault((contenu.page, mcid), []).extend(
                    lettres[code] for code in _codes(contenu.operandes[-1], police)
                )
        return {place: "".join(lus) for place, lus in dits.items()}

    def annotations(self) -> list[Any]:
        return [note for page in self.pdf.pages for note in page.obj.get("/Annots", [])]

    def flux(self, nom: str) -> Any:
        return self.racine.get(nom)


def _liste(k: Any) -> list[Any]:
    return list(k) if isinstance(k, pikepdf.Array) else [k]


def _element(objet: Any, parent: Element | None, pages: dict[Any, int]) -> Element:
    element = Element(str(objet.S)[1:], objet, parent)
    for k in _liste(objet.get("/K", [])):
        if isinstance(k, int):
            element.mcid.append((pages[objet.Pg.objgen], k))
        elif k.get("/Type") == "/MCR":
            element.mcid.append((pages[k.Pg.objgen], int(k.MCID)))
        else:
            element.enfants.append(_element(k, element, pages))
    return element


def _parcourir(page: Any) -> Iterator[tuple[str, Any, tuple[Marque, ...], str]]:
    """Chaque opérateur, les marques où il se trouve, la police en cours."""
    pile: list[Marque] = []
    police = ""
    for instruction in pikepdf.parse_content_stream(page):
        operateur, operandes = str(instruction.operator), instruction.operands
        if operateur == "BDC":
            dit = operandes[1]
            pile.append(Marque(str(operandes[0])[1:], dit if isinstance(dit, pikepdf.Dictionary) else None))
        elif operateur == "BMC":
            pile.append(Marque(str(operandes[0])[1:]))
        elif operateur == "Tf":
            police = str(operandes[0])
        yield operateur, operandes, tuple(pile), police
        if operateur == "EMC":
            pile.pop()
    assert not pile


def _contenus(rang: int, page: Any) -> Iterator[Contenu]:
    for operateur, operandes, pile, police in _parcourir(page):
        if operateur in PEINT:
            yield Contenu(rang, operateur, operandes, pile, police)


def ouvertures(page: Any) -> Iterator[tuple[Marque, ...]]:
    """Chaque marque ouverte d'une page, après celles qui l'entourent."""
    for operateur, _, pile, _ in _parcourir(page):
        if operateur in ("BDC", "BMC"):
            yield pile


def _codes(montre: Any, police: Police) -> Iterator[int]:
    for bout in montre if isinstance(montre, pikepdf.Array) else [montre]:
        if isinstance(bout, pikepdf.String):
            octets = bytes(bout)
            pas = 2 if police.composee else 1
            yield from (int.from_bytes(octets[rang : rang + pas], "big") for rang in range(0, len(octets), pas))
