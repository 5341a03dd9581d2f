"""Le jeu étiqueté : qui est tenu là-bas, qui revient ici et de quel genre, qui n'est que semblable."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from retrouver_doublons import doublons, homonymes
from retrouver_gens import Dossier, dossiers
from retrouver_portes import Document

JAMAIS_VENU: Final = "jamais venu"


@dataclass(frozen=True, slots=True)
class Taille:
    """Combien de tout : gens étiquetés, dossiers en tout, paires par genre, saisies par genre."""

    gens: int = 20_000
    dossiers: int = 100_000
    paires: int = 160
    homonymes: int = 2_000
    nouveaux: int = 2_000
    saisies: int = 60
    graine: int = 20261130


@dataclass(slots=True)
class Etiquetes:
    """Le jeu étiqueté : les dossiers tenus là-bas, ce qui revient ici, et les paires de gens différents."""

    tenus: list[Dossier]
    retours: list[tuple[str, int, Document]]
    homonymes: list[tuple[str, Document, Document]]


def etiqueter(taille: Taille) -> Etiquetes:
    """Engendre ``taille.gens`` personnes : des doubles à retrouver, des homonymes, d'autres ; et les retours."""
    tenus: list[Dossier] = []
    retours: list[tuple[str, int, Document]] = []
    for genre, la, ici in doublons(taille.paires, taille.graine):
        retours.append((genre, len(tenus), Dossier(ici).document()))
        tenus.append(Dossier(la))
    paires = []
    for sorte, une, autre in homonymes(taille.homonymes, taille.graine + 1):
        paires.append((sorte, Dossier(une).document(), Dossier(autre).document()))
        tenus += [Dossier(une), Dossier(autre)]
    tenus += dossiers(taille.gens - len(tenus), taille.graine + 2)
    nouveaux = dossiers(taille.nouveaux, taille.graine + 3)
    retours += [(JAMAIS_VENU, -1, Dossier(un.demandeur).document()) for un in nouveaux]
    return Etiquetes(tenus, retours, paires)
