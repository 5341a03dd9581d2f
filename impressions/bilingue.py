"""Deux langues sur un papier : chaque phrase à côté de son français, pour que l'agent suive ce que la personne lit.

Une langue garde la charpente du français (``modele.fiches.segments``) : leurs blocs se répondent un à un. Une rangée de
tableau garde ses colonnes, chaque cellule suivie de son français en petit ; ce qui s'y lit pareil s'écrit une fois.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, Final

from impressions.balises import Noeud
from impressions.blocs import Bloc, Encadre, Filet, Pile, Rangee, Texte
from impressions.styles import ENCRE_DOUCE
from modele.mots.ecriture import FRANCAIS
from modele.mots.phrases import mots
from modele.regles.langues import langue as langue_de

if TYPE_CHECKING:
    from impressions.atelier import Atelier

_REDUIT: Final = 0.86
_TENUS: Final = 3
"""Un titre, l'en-tête de son tableau, le titre de sa première rubrique."""
_COLONNE: Final = 212.0
"""La colonne du français, en points : un peu moins large que celle de la langue, et plus petite."""


def pas_relu(atelier: Atelier) -> Iterator[str]:
    """« Pas relu », dans la langue et en français ; jamais sur une fiche réservée, que rien ne doit distinguer.

    Un autre français le dit de ses mots : ce n'est pas une traduction.
    """
    if atelier.fiche.surete.reservee or not (atelier.fiche.a_relire or atelier.donnees.a_relire):
        return
    dites = (atelier.mots,) if langue_de(atelier.mots.langue).socle else (atelier.mots, mots())
    yield from dict.fromkeys(un("page.pas_relu") for un in dites)


def ensemble(langue: Noeud, francais: Noeud) -> Noeud:
    """Les deux arbres de lecture, l'un après l'autre : une voix lit toute une langue, puis l'autre."""
    langue.role = francais.role = "Sect"
    francais.langue = FRANCAIS
    return Noeud("Document", enfants=[langue, francais])


def cote_a_cote(langue: Sequence[Bloc], francais: Sequence[Bloc]) -> list[Bloc]:
    """Les blocs des deux langues, chacun près de l'autre ; si l'une en a un de plus, l'une après l'autre."""
    if len(langue) != len(francais):
        return [*langue, Filet(avant=10, apres=10), *francais]
    return _delier([bloc for un, autre in zip(langue, francais, strict=True) for bloc in _paire(un, autre)])


def _delier(blocs: list[Bloc]) -> list[Bloc]:
    """Dite en deux langues, une suite tenue d'un bloc est deux fois plus haute : seuls son début et sa fin se tiennent.

    Portée entière à la page d'après, elle laisserait un grand blanc.
    """
    delies: list[Bloc] = []
    for tenu, suite in groupby(blocs, key=lambda bloc: bloc.avec_suivant):
        bouts = list(suite)
        milieu = bouts[_TENUS:-1] if tenu else []
        delies += [replace(un, avec_suivant=False) if any(un is autre for autre in milieu) else un for un in bouts]
    return delies


def _paire(un: Bloc, autre: Bloc) -> Iterator[Bloc]:
    if isinstance(un, Filet):
        yield un
    elif isinstance(un, Encadre) and isinstance(autre, Encadre):
        yield replace(un, contenu=Pile(blocs=cote_a_cote(un.contenu.blocs, autre.contenu.blocs)))
    elif isinstance(un, Rangee) and isinstance(autre, Rangee) and len(un.colonnes) == len(autre.colonnes):
        colonnes = [_dessous(c, d) for c, d in zip(un.colonnes, autre.colonnes, strict=True)]
        yield replace(un, colonnes=colonnes)
    elif un == autre or _lu(un) == _lu(autre):  # un saut de page, une case : pas de mots à mettre à côté
        yield un
    else:
        yield _colonnes(un, autre)


def _colonnes(un: Bloc, autre: Bloc) -> Bloc:
    """La langue d'un côté, le français de l'autre."""
    rangee = Rangee(
        colonnes=[Pile(blocs=[un]), Pile(blocs=[_reduit(autre)])],
        largeurs=(None, _COLONNE),
        gouttiere=18,
        marge=0,
        filet=0,
        miroir=isinstance(un, Texte) and un.miroir,
    )
    return replace(rangee, avant=un.avant, apres=un.apres, avec_suivant=un.avec_suivant, signet=un.signet)


def _dessous(un: Pile, autre: Pile) -> Pile:
    """Une cellule, et son français dessous s'il se lit autrement."""
    deja = {_lu(bloc) for bloc in un.blocs}
    neufs = (bloc for bloc in autre.blocs if bloc not in un.blocs and _lu(bloc) not in deja)
    return Pile(blocs=[*un.blocs, *map(_reduit, neufs)])


def _reduit(bloc: Bloc) -> Bloc:
    if not isinstance(bloc, Texte):
        return bloc
    style = replace(bloc.style, taille=bloc.style.taille * _REDUIT, interligne=bloc.style.interligne * _REDUIT)
    segments = [replace(un, taille=un.taille * _REDUIT, couleur=ENCRE_DOUCE) for un in bloc.segments]
    return Texte(segments=segments, style=style, noeud=bloc.noeud, puce=bloc.puce, avant=bloc.avant, apres=bloc.apres)


def _lu(bloc: Bloc) -> str:
    """Ce qu'un bloc donne à lire, les espaces ôtées : un même nombre ne se redit pas."""
    if isinstance(bloc, Texte):
        return "".join("".join(un.texte for un in bloc.segments).split())
    return str(id(bloc))
