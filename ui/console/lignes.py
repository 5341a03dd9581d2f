"""Mettre en lignes de 80 colonnes ce que dit une commande."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from textwrap import fill

from modele.regles.confiance import a_valider

LARGEUR = 80


def phrase(texte: str) -> str:
    """Un paragraphe, au bord."""
    return fill(texte, LARGEUR)


def paragraphe(texte: str, marge: str = "    ") -> list[str]:
    """Un paragraphe en retrait."""
    return [fill(texte, LARGEUR, initial_indent=marge, subsequent_indent=marge)]


def liste(titre: str, lignes: Iterable[str]) -> Iterator[str]:
    """Un titre et ses lignes à tiret ; rien s'il n'y en a pas."""
    contenu = list(lignes)
    if contenu:
        yield f"  {titre} :"
    for ligne in contenu:
        yield fill(ligne, LARGEUR, initial_indent="  - ", subsequent_indent="    ")


def numerotees(lignes: Iterable[str]) -> Iterator[str]:
    """Des lignes dans l'ordre, chacune avec son rang."""
    for rang, ligne in enumerate(lignes, start=1):
        yield fill(ligne, LARGEUR, initial_indent=f"  {rang}. ", subsequent_indent="     ")


def bords(gauche: str, droite: str) -> str:
    """Un libellé à gauche, des points à droite, sur une ligne si elle suffit."""
    place = LARGEUR - len(gauche) - len(droite)
    if place > 1:
        return f"{gauche}{' ' * place}{droite}"
    return f"{fill(gauche, LARGEUR, subsequent_indent='    ')}\n{droite:>{LARGEUR}}"


def valider(confiance: str) -> str:
    """Ce qui suit une donnée déduite ou commune."""
    return " (à faire valider)" if a_valider(confiance) else ""


def avertir(phrase: str) -> None:
    """Dit sur la sortie d'erreur ce qu'il faut savoir, sans rien arrêter ; rien si la phrase est vide."""
    if phrase:
        print(f"Attention : {phrase[:1].lower()}{phrase[1:]}", file=sys.stderr)
