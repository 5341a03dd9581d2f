"""Chercher un lieu qui peut être à l'étranger : les communes de France, et les pays. Sans Qt.

Essais : ``tests/ui/mots/test_pays_etrangers.py``.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from modele.territoire.communes import Commune, nu
from modele.territoire.etranger import Etranger
from modele.territoire.vues import Communes
from ui.mots.communes import chercher

_LIMITE: Final = 6
# En deçà, un début de mot répond à trop de pays ; un nom entier (« UK ») se trouve toujours.
_DEBUT: Final = 3
_MOTS_D_UN_PAYS: Final = 5
# Des places que les communes de France, plus nombreuses, ne prennent pas aux pays.
_PLACES_DES_PAYS: Final = 3


def chercher_aussi_ailleurs(saisie: str, communes: Communes) -> list[Commune]:
    """Les communes et les pays qui répondent à ``saisie`` : les noms entiers, puis les communes, puis les pays.

    Une ville suivie de son pays (« Alger, Algérie ») donne le pays, si aucune commune de France ne répond.
    """
    tapee = nu(saisie)
    en_france = chercher(saisie, communes)
    ailleurs = _chercher(tapee, communes.etranger)
    if not en_france and not ailleurs:
        ailleurs = _apres_une_ville(tapee.split(), communes.etranger)
    entiers = [c for c in (*en_france, *ailleurs) if nu(c.cherchee) == tapee]
    reste = [c for c in ailleurs if c not in entiers][: _PLACES_DES_PAYS if en_france else _LIMITE]
    places = max(0, _LIMITE - len(entiers) - len(reste))
    return [*entiers, *[c for c in en_france if c not in entiers][:places], *reste]


def repond_seule(commune: Commune, tapee: str) -> bool:
    """Vrai de ce qui porte ce nom, et d'un pays dont le nom le commence, avec lequel il se confondrait."""
    nom = nu(commune.cherchee)
    return nom == tapee or (commune.etranger and nom.startswith(f"{tapee} "))


def _chercher(tapee: str, etranger: Etranger) -> list[Commune]:
    """Les pays dont un nom est, ou commence par, ce qui est tapé ; ou dont c'est un mot entier."""
    if len(tapee) < _DEBUT:
        return _uniques(c for nom, c in etranger.noms if nom == tapee)
    trouves = [(nom, c) for nom, c in etranger.noms if nom.startswith(tapee) or f" {tapee} " in f"{nom} "]
    trouves.sort(key=lambda paire: _rang(*paire, tapee))
    return _uniques(c for _, c in trouves)


def _rang(nom: str, pays: Commune, tapee: str) -> tuple[bool, bool, bool, int, str]:
    """Le nom entier, puis ceux qui commencent ainsi, les noms français d'abord, puis les plus courts."""
    return nom != tapee, not nom.startswith(tapee), bool(pays.autrement), len(nom), nom


def _apres_une_ville(mots: list[str], etranger: Etranger) -> list[Commune]:
    """Le pays que disent les derniers mots : ceux dont c'est le nom entier, à défaut le seul qui réponde."""
    for coupe in range(max(1, len(mots) - _MOTS_D_UN_PAYS), len(mots)):
        dits = " ".join(mots[coupe:])
        trouves = _chercher(dits, etranger)
        entiers = [c for c in trouves if nu(c.cherchee) == dits]
        if entiers or len(trouves) == 1:
            return entiers or trouves
    return []


def _uniques(pays: Iterable[Commune]) -> list[Commune]:
    """Chaque pays une fois, sous le nom qui répond le mieux."""
    uns: dict[str, Commune] = {}
    for un in pays:
        uns.setdefault(un.code, un)
    return list(uns.values())
