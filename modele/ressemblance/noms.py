"""Comparer deux façons de dire le nom de quelqu'un : ordre, particules, nom d'usage, prénoms de plus, nom seul."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import OSA, JaroWinkler

from modele.ressemblance.phonetique import PARTICULES, ossature, son

SEUIL_DU_NOM: Final = 0.55
"""À partir d'où deux noms se ressemblent assez pour être montrés."""
_MOT_PROCHE = 0.6
_DEBUT_DE_MOT = 0.88
_MEME_SON = 0.95
_MEME_OSSATURE = 0.85
_COLLES = 0.97

_Accords = Sequence[Sequence[float]]


@dataclass(frozen=True, slots=True)
class AccordDesNoms:
    """``accord`` de 0 à 1 ; ``meme`` : mot pour mot ; ``couvert`` : ce qui, de ce qui est cherché, est connu.

    ``couverture`` : ce qui, de ce qui est connu, était cherché, et ``designes`` ces mots. ``contredit`` : un nom ou un
    prénom que l'autre dit autrement. ``plusieurs`` : plus d'un mot de chaque côté. ``appele`` : leur premier prénom, si
    les deux se savent, s'entend de même ; l'un a pu être écrit pour le nom.
    """

    accord: float
    meme: bool
    couvert: float
    couverture: float
    designes: frozenset[str]
    contredit: bool
    plusieurs: bool
    appele: bool


def comparer_les_noms(
    cherches: Sequence[str], appels: Sequence[str], noms: Sequence[str], prenoms: Sequence[str]
) -> AccordDesNoms:
    """Ce que valent des mots cherchés (``appels`` : ceux qu'on sait être des prénoms) face à un nom connu."""
    connus = [*noms, *prenoms]
    accords = [[_mot(cherche, connu) for connu in connus] for cherche in cherches]
    choisis = _un_a_un(accords)
    couvert = sum(accords[un][autre] * len(cherches[un]) for un, autre in choisis) / sum(map(len, cherches))
    couvert = max(couvert, _COLLES * _ensemble(cherches, noms, prenoms))
    # Tout ce qui est cherché y est : rien à lire autrement.
    porte, contredit = (1.0, False) if couvert == 1.0 else _nom_et_prenom(cherches, appels, noms, prenoms, accords)
    return AccordDesNoms(
        max(couvert, porte),
        set(cherches) <= set(connus) or porte == 1.0,
        couvert,
        len(choisis) / len(connus),
        frozenset(connus[autre] for _, autre in choisis),
        contredit,
        len(cherches) > 1 and len(connus) > 1,
        _appele_de_meme(cherches, appels, noms, prenoms),
    )


def _appele_de_meme(
    cherches: Sequence[str], appels: Sequence[str], noms: Sequence[str], prenoms: Sequence[str]
) -> bool:
    if not (appels and noms and prenoms):
        return True
    inverses = appels[0] in noms and prenoms[0] in cherches
    return inverses or son(appels[0]) == son(prenoms[0])


def _ensemble(cherches: Sequence[str], noms: Sequence[str], prenoms: Sequence[str]) -> float:
    """« El Amrani » s'écrit aussi « Elamrani », « Jean-Marc » aussi « Jeanmarc »."""
    colle, nom, prenom = "".join(cherches), "".join(noms), "".join(prenoms)
    return max(OSA.normalized_similarity(colle, nom + prenom), OSA.normalized_similarity(colle, prenom + nom))


def _un_a_un(accords: _Accords) -> list[tuple[int, int]]:
    """Chaque mot cherché avec un mot connu, les plus pareils d'abord : un mot de plus n'en prend jamais un vrai."""
    possibles = [
        (-accord, un, autre) for un, ligne in enumerate(accords) for autre, accord in enumerate(ligne) if accord
    ]
    choisis: dict[int, int] = {}
    for _, un, autre in sorted(possibles):
        if un not in choisis and autre not in choisis.values():
            choisis[un] = autre
    return list(choisis.items())


def _nom_et_prenom(
    cherches: Sequence[str], appels: Sequence[str], noms: Sequence[str], prenoms: Sequence[str], accords: _Accords
) -> tuple[float, bool]:
    """Un des noms et un des prénoms suffisent : les autres, un côté a pu ne pas les savoir. Puis : l'un contredit.

    Une particule ne compte pas seule : « Ben » n'est pas « Ben Ali ». Qui n'a qu'un nom se compare sur lui.
    """
    colonnes = _qui_comptent(noms), _qui_comptent(prenoms, len(noms))
    lignes = _qui_comptent(cherches)
    if not appels:
        return _librement(accords, lignes, colonnes) if len(lignes) > 1 else (0.0, False)
    nommes = [rang for rang in lignes if cherches[rang] not in appels]
    appeles = [rang for rang in lignes if cherches[rang] in appels]
    # L'un a pu être écrit pour l'autre.
    essais = [
        [_meilleur(accords, un, autre) for un, autre in zip(lus, colonnes, strict=True) if un and autre]
        for lus in ((nommes, appeles), (appeles, nommes))
    ]
    meilleur = max((essai for essai in essais if essai), key=lambda essai: sum(essai) / len(essai))
    return sum(meilleur) / len(meilleur), not all(meilleur)


def _librement(
    accords: _Accords, lignes: Sequence[int], colonnes: tuple[Sequence[int], Sequence[int]]
) -> tuple[float, bool]:
    """Ce qui est tapé ne dit pas ce qui est nom, ce qui est prénom : la meilleure lecture.

    Un de ses noms suffit à la montrer, en dernier : le reste est peut-être un nom qu'elle ne nous a pas encore dit.
    """
    noms, prenoms = ([max([accords[ligne][un] for un in une], default=0.0) for ligne in lignes] for une in colonnes)
    if not all(colonnes):
        return max(max(noms), max(prenoms)), False
    _, nom, prenom = max(
        (un + autre, un, autre) for i, un in enumerate(noms) for j, autre in enumerate(prenoms) if i != j
    )
    porte = SEUIL_DU_NOM if max(noms) >= _MEME_SON else 0.0
    return max((nom + prenom) / 2, porte), not (nom and prenom)


def _qui_comptent(mots: Sequence[str], debut: int = 0) -> list[int]:
    """Les rangs des mots, particules exceptées s'il y a autre chose."""
    pleins = [debut + rang for rang, mot in enumerate(mots) if mot not in PARTICULES]
    return pleins or list(range(debut, debut + len(mots)))


def _meilleur(accords: _Accords, lignes: Iterable[int], colonnes: Sequence[int]) -> float:
    return max((accords[ligne][colonne] for ligne in lignes for colonne in colonnes), default=0.0)


# D'une recherche, les mêmes mots se comparent à chaque fiche : un prénom courant y revient quarante fois.
@lru_cache(maxsize=4096)
def _mot(cherche: str, connu: str) -> float:
    if cherche == connu:
        return 1.0
    proche = OSA.normalized_similarity(cherche, connu)
    if son(cherche) == son(connu):
        return max(_MEME_SON, proche)
    if len(cherche) > 2 and connu.startswith(cherche):
        proche = max(proche, _DEBUT_DE_MOT)
    if len(ossature(cherche)) > 1 and ossature(cherche) == ossature(connu):
        proche = max(proche, _MEME_OSSATURE * JaroWinkler.similarity(cherche, connu) ** 0.5)
    return proche if proche >= _MOT_PROCHE else 0.0
