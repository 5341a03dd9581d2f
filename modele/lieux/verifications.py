"""Ce qu'un agent a confirmé d'un lieu : tel qu'il était ce jour-là. Qu'il change, et elle ne vaut plus."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from modele.lieux.modele import Lieu


@dataclass(frozen=True, slots=True)
class Verification:
    """``empreinte`` : celle du lieu tel qu'il se montrait ; ``par`` : qui ; ``le`` : quel jour."""

    lieu: str
    empreinte: str
    le: date
    par: str


def confirmes(lieux: Iterable[Lieu], verifications: Iterable[Verification]) -> tuple[Lieu, ...]:
    """Les mêmes lieux, datés de leur dernière confirmation si elle est plus récente que leur source."""
    dernieres: dict[tuple[str, str], Verification] = {}
    for une in sorted(verifications, key=lambda une: une.le):
        dernieres[une.lieu, une.empreinte] = une
    return tuple(_confirme(un, dernieres.get((un.id, un.empreinte))) for un in lieux)


def _confirme(lieu: Lieu, derniere: Verification | None) -> Lieu:
    verifie = lieu.provenance.verifie_le
    if derniere is None or (verifie is not None and derniere.le < verifie):
        return lieu
    return replace(lieu, provenance=replace(lieu.provenance, verifie_le=derniere.le), confirme_par=derniere.par)
