"""Découper un texte par écriture, choisir la police de chacune, et dire ce qui ne peut s'imprimer."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Final

from impressions.polices import Ecriture, Fonte, declarees, fonte, lettres, se_pose

REPLI: Final = "noto"
A_LA_MAIN: Final = "______"
"""La place laissée à ce qui ne peut s'imprimer : un blanc souligné, à remplir à la main, qui ne se lit pas pour une
lettre."""
_LIANTS: Final = "\u200c\u200d"
_INVISIBLES: Final = ("Cf", "Cc", "Cs", "Co", "Cn")


@dataclass(frozen=True, slots=True)
class Morceau:
    """Un bout de texte d'une seule écriture et d'une seule police.

    ``corps`` : par combien multiplier la taille. ``feint`` : le gras s'obtient en épaississant le trait.
    """

    texte: str
    ecriture: Ecriture
    fonte: Fonte
    corps: float = 1.0
    feint: bool = False


@lru_cache(maxsize=20_000)
def simple(police: str, texte: str) -> bool:
    """Vrai si chaque lettre s'écrit seule, dans cette police même : pas de repli, pas de forme à chercher."""
    connues = lettres(police)
    try:
        for lettre in texte:
            connues[lettre]
    except KeyError:
        return False
    return not any(map(se_pose, texte))


@lru_cache(maxsize=20_000)
def morceaux(police: str, texte: str) -> tuple[Morceau, ...]:
    """Le texte découpé : d'un même tenant, la première famille qui a toutes ses lettres l'écrit."""
    famille, graisse, *_ = police.split("-")
    return tuple(
        _morceau(bout, ecriture, nom, graisse)
        for ecriture, tenant in _par_ecriture(texte)
        for nom, bout in _par_famille(tenant, _ordre(famille, ecriture.familles), graisse)
    )


def _morceau(texte: str, ecriture: Ecriture, nom: str, graisse: str) -> Morceau:
    famille = declarees().familles[nom]
    return Morceau(texte, ecriture, fonte(famille.fichier(graisse)), famille.echelle, famille.feinte(graisse))


def _ordre(preferee: str, familles: Sequence[str]) -> tuple[str, ...]:
    return (preferee, *(nom for nom in familles if nom != preferee)) if preferee in familles else tuple(familles)


def _par_ecriture(texte: str) -> Iterator[tuple[Ecriture, str]]:
    """Les bouts d'une même écriture ; un accent ou un liant suit la lettre qui le porte."""
    ecriture_de, courante, bout = declarees().ecriture, declarees().commun, ""
    for lettre in texte:
        ecriture = courante if bout and se_pose(lettre) else ecriture_de(lettre)
        if bout and ecriture is not courante:
            yield courante, bout
            bout = ""
        courante, bout = ecriture, bout + lettre
    if bout:
        yield courante, bout


def _par_famille(texte: str, familles: Sequence[str], graisse: str) -> Iterator[tuple[str, str]]:
    entiere = _qui_ecrit(texte, familles, graisse)
    if entiere:
        yield entiere, texte
        return
    for nom, grappes_ in groupby(grappes(texte), lambda grappe: _qui_ecrit(grappe, familles, graisse) or familles[-1]):
        yield nom, "".join(grappes_)


def _qui_ecrit(texte: str, familles: Sequence[str], graisse: str) -> str:
    nu = texte.translate(_SANS_LIANTS)
    connues = declarees().familles
    return next((nom for nom in familles if connues[nom].ecrit(nu, graisse)), "")


_SANS_LIANTS: Final = {ord(liant): None for liant in _LIANTS}


def grappes(texte: str) -> list[str]:
    """Le texte, lettre à lettre ; chacune avec ses accents et ce qui ne s'en sépare pas."""
    trouvees: list[str] = []
    for lettre in texte:
        if trouvees and (se_pose(lettre) or _lie(trouvees[-1][-1])):
            trouvees[-1] += lettre
        else:
            trouvees.append(lettre)
    return trouvees


def _lie(lettre: str) -> bool:
    """Vrai pour un liant et pour le signe qui joint deux consonnes (classe 9 d'Unicode)."""
    return lettre == "\u200d" or unicodedata.combining(lettre) == 9


@lru_cache(maxsize=5_000)
def police_pour(police: str, texte: str) -> str:
    """La police qui écrit toutes les lettres latines de ce texte : un nom ne mêle pas deux dessins."""
    famille, _, reste = police.partition("-")
    ecriture = declarees().ecriture
    latines = "".join(lettre for lettre in texte if ecriture(lettre).iso == "Latn" or "\u0300" <= lettre < "\u0370")
    if not latines or famille == REPLI or declarees().familles[famille].ecrit(latines, reste.split("-")[0]):
        return police
    return f"{REPLI}-{reste.removesuffix('-chiffres')}"


@lru_cache(maxsize=5_000)
def lisible(texte: str) -> tuple[str, tuple[str, ...]]:
    """Le texte composé, sans caractère invisible ; et ce qui ne peut s'imprimer, remplacé par un blanc à remplir.

    Rien de visible ne se perd en silence : qui imprime dit à l'agent le second, avant que le papier ne parte.
    """
    compose = unicodedata.normalize("NFC", texte)
    manques: list[str] = []
    sortie: list[str] = []
    for grappe in grappes("".join(lettre for lettre in compose if not _invisible(lettre))):
        if grappe == "\n" or _s_ecrit(grappe):
            sortie.append(grappe)
            continue
        manques.append(grappe)
        if not (sortie and sortie[-1] == A_LA_MAIN):
            sortie.append(A_LA_MAIN)
    return "".join(sortie), tuple(dict.fromkeys(manques))


@lru_cache(maxsize=5_000)
def _s_ecrit(grappe: str) -> bool:
    familles = next((ecriture.familles for ecriture, _ in _par_ecriture(grappe)), ())
    return bool(_qui_ecrit(grappe, familles, "normal"))


def _invisible(lettre: str) -> bool:
    """Un signe de commande, de direction ou sans valeur : il ne s'est jamais vu. Les liants, eux, changent la forme."""
    if lettre == "\n" or lettre in _LIANTS:
        return False
    return unicodedata.category(lettre) in _INVISIBLES or lettre in "\ufe0e\ufe0f"


def nommer(grappe: str) -> str:
    """« ☃ » (SNOWMAN, U+2603) : de quoi reconnaître à l'écran ce qui ne s'imprime pas."""
    noms = (f"{unicodedata.name(lettre, 'sans nom').lower()}, U+{ord(lettre):04X}" for lettre in grappe)
    return f"« {grappe} » ({' ; '.join(noms)})"
