"""Le sens de l'écriture : de droite à gauche, et l'ordre où se dessinent les bouts d'une ligne qui mêle les deux.

L'algorithme d'Unicode (UAX 9) est celui de ``python-bidi``. Un numéro, une date ou une heure y compte pour un seul mot
de gauche à droite : sinon les groupes d'un téléphone se liraient à l'envers au milieu d'un texte arabe.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Final, TypeVar

from modele.regles.langues import langues

_T = TypeVar("_T")
Niveaux = tuple[int, ...]
"""Pair, une lettre se lit de gauche à droite ; impair, de droite à gauche."""
_GAUCHE, _DROITE = "a", "א"
_PAIRES: Final = {"(": ")", "[": "]", "{": "}"}
_NOMBRE: Final = re.compile(r"[+\-−]?\d+(?:[ \u00a0\u202f.,٫٬/:\-–]?\d+)*")
# L'algorithme ôte les liants : ils comptent ici pour un accent, qui suit la lettre d'avant.
_LIANTS: Final = {0x200C: "\u0301", 0x200D: "\u0301"}
_DE_DROITE: Final = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")


def droite_a_gauche(langue: str) -> bool:
    """Vrai si cette langue s'écrit de droite à gauche ; faux pour une langue inconnue."""
    declaree = langues().get(langue)
    return declaree is not None and declaree.de_droite


def sens_des_lignes(lignes: Sequence[str], *, miroir: bool) -> Sequence[Niveaux]:
    """Le niveau de chaque lettre, ligne par ligne ; vide si tout s'y lit de gauche à droite.

    ``lignes`` : celles d'un paragraphe (``lignes.couper``), chacune avec l'espace qui la sépare de la suivante.
    Une virgule en fin de ligne va avec ce qui la suit à la ligne d'après : le paragraphe se juge entier.
    """
    entier = "".join(lignes)
    if not (miroir or melange(entier)):
        return [()] * len(lignes)
    trouves = niveaux(entier, miroir=miroir)
    debuts = accumulate((len(ligne) for ligne in lignes), initial=0)
    dits = [trouves[debut : debut + len(ligne)] for debut, ligne in zip(debuts, lignes, strict=False)]
    # L'espace d'une fin de ligne a le sens du paragraphe (règle L1), où que mène le mot d'avant.
    return [(*d[:-1], int(miroir)) if ligne.endswith(" ") else d for d, ligne in zip(dits, lignes, strict=True)]


def isoler(texte: str) -> str:
    """Le texte, chaque nombre entre les marques d'Unicode qui le gardent d'un seul tenant : pour qui dessine sans nous.

    Sans elles, le signe de « −30 » passerait derrière au milieu d'un texte arabe.
    """
    return _NOMBRE.sub(lambda nombre: f"\u2066{nombre[0]}\u2069", texte)


def melange(texte: str) -> bool:
    """Vrai si quelque chose s'y écrit de droite à gauche."""
    return _DE_DROITE.search(texte) is not None


@lru_cache(maxsize=5_000)
def niveaux(texte: str, *, miroir: bool) -> Niveaux:
    """Le niveau de chaque lettre. ``miroir`` : le texte entier se lit de droite à gauche."""
    from bidi import algorithm

    depart = int(miroir)
    etat = algorithm.get_empty_storage()
    etat["base_level"], etat["base_dir"] = depart, "LR"[depart]
    compte = _NOMBRE.sub(lambda nombre: _GAUCHE * len(nombre[0]), texte.translate(_LIANTS))
    algorithm.get_embedding_levels(_apparier(compte, miroir=miroir), etat)
    algorithm.explicit_embed_and_overrides(etat)
    algorithm.resolve_weak_types(etat)
    algorithm.resolve_neutral_types(etat, False)
    algorithm.resolve_implicit_levels(etat, False)
    return _accents(texte, [lettre["level"] for lettre in etat["chars"]])


def _apparier(texte: str, *, miroir: bool) -> str:
    """Le texte, où deux parenthèses appariées ont le même sens (UAX 9, règle N0, que la bibliothèque n'a pas)."""
    comptees, ouvertes, paires = list(texte), [], []
    for rang, lettre in enumerate(texte):
        if lettre in _PAIRES:
            ouvertes.append((rang, _PAIRES[lettre]))
        elif any(lettre == fermante for _, fermante in ouvertes):
            while (ouverte := ouvertes.pop())[1] != lettre:
                pass
            paires.append((ouverte[0], rang))
    for debut, fin in sorted(paires):
        signe = _de_la_paire(comptees[:debut], comptees[debut + 1 : fin], miroir=miroir)
        comptees[debut], comptees[fin] = (signe or comptees[debut]), (signe or comptees[fin])
    return "".join(comptees)


def _de_la_paire(avant: Sequence[str], dedans: Sequence[str], *, miroir: bool) -> str:
    """Une lettre du sens que prennent deux parenthèses ; vide si rien entre elles n'en a."""
    texte, autre = (_DROITE, _GAUCHE) if miroir else (_GAUCHE, _DROITE)
    forts = set(filter(None, map(_fort, dedans)))
    if not forts:
        return ""
    precedent = next(filter(None, map(_fort, reversed(avant))), texte)
    return autre if texte not in forts and precedent == autre else texte


@lru_cache(maxsize=5_000)
def _fort(lettre: str) -> str:
    genre = unicodedata.bidirectional(lettre)
    return _GAUCHE if genre == "L" else _DROITE if genre in ("R", "AL", "AN", "EN") else ""


def _accents(texte: str, trouves: list[int]) -> Niveaux:
    """Un accent garde le niveau de la lettre qui le porte."""
    for rang, lettre in enumerate(texte):
        if rang and (ord(lettre) in _LIANTS or unicodedata.category(lettre) == "Mn"):
            trouves[rang] = trouves[rang - 1]
    return tuple(trouves)


def ordre_visuel(bouts: Sequence[tuple[int, _T]]) -> list[tuple[int, _T]]:
    """Les bouts (niveau, contenu) d'une ligne, de gauche à droite (UAX 9, règle L2)."""
    ranges = list(bouts)
    for niveau in range(max((n for n, _ in ranges), default=0), 0, -1):
        rang = 0
        while rang < len(ranges):
            fin = rang
            while fin < len(ranges) and ranges[fin][0] >= niveau:
                fin += 1
            ranges[rang:fin] = reversed(ranges[rang:fin])
            rang = max(fin, rang + 1)
    return ranges
