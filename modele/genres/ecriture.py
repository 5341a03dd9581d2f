"""Chaque champ de texte d'un objet, d'une seule écriture, selon son genre (``modele.dossier.ecriture``)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from modele.dossier.chemins import sans_identifiant
from modele.dossier.ecriture import ecrire
from modele.dossier.inventaire import Genre as Contenu
from modele.dossier.inventaire import Inventaire, inventaire
from modele.dossier.operations import DOSSIER
from modele.dossier.types import Champ
from modele.genres import livres

_TEXTES = (Contenu.TEXTE, Contenu.TEXTES)


def une_ecriture(genre: str, chemin: str, valeur: Any) -> Any:
    """La valeur de ce champ, ou de cette table entière (``chemin`` vide : l'objet) ; elle-même si rien n'y change."""
    if isinstance(valeur, dict):
        ecrites = {cle: une_ecriture(genre, f"{chemin}.{cle}" if chemin else cle, un) for cle, un in valeur.items()}
        return valeur if all(ecrites[cle] is un for cle, un in valeur.items()) else ecrites
    if not isinstance(valeur, str | list):
        return valeur
    champ = _textes(genre).get(sans_identifiant(chemin))
    ecrite = ecrire(champ, valeur) if champ else valeur
    return valeur if ecrite == valeur else ecrite


def d_une_ecriture(genre: str, valeurs: Mapping[str, Any]) -> dict[str, Any]:
    """Ces valeurs, par chemin, chacune d'une seule écriture."""
    return {chemin: une_ecriture(genre, chemin, valeur) for chemin, valeur in valeurs.items()}


@lru_cache(maxsize=20)
def _textes(genre: str) -> dict[str, Champ]:
    """Les champs de texte d'un dossier, et de ce qui en suit le sort ; d'autre chose (un fichier), aucun."""
    # Un dossier dit ses champs par ses types : la première réponse tapée n'attend pas que les genres se lisent.
    declares = inventaire() if genre == DOSSIER else _d_un_rattache(genre)
    champs = dict(declares.champs)
    for liste in declares.listes.values():
        champs |= {f"{liste.chemin}.{champ.chemin}": champ for champ in liste.champs}
    return {chemin: champ.champ for chemin, champ in champs.items() if champ.genre in _TEXTES}


def _d_un_rattache(genre: str) -> Inventaire:
    declare = livres().du(genre)
    return declare.inventaire if declare.rattache else Inventaire({}, {}, frozenset())
