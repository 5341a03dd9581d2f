"""Chercher un lieu qui peut être à l'étranger : les communes de France, et les pays. Sans Qt.

Essais : ``tests/ui/mots/test_pays_etrangers.py``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from modele.mots.noms import dire_commune
from modele.territoire.communes import Commune, nu
from modele.territoire.etranger import Etranger
from modele.territoire.vues import Communes
from ui.mots.communes import chercher, dire_pourquoi

_LIMITE: Final = 6
# En deçà, un début de mot répond à trop de pays ; un nom entier (« UK ») se trouve toujours.
_DEBUT: Final = 3
_MOTS_D_UN_PAYS: Final = 5
# Des places que les communes de France, plus nombreuses, ne prennent pas aux pays.
_PLACES_DES_PAYS: Final = 3
# La colonne est étroite : un nom plus long s'y couperait.
_PLACE_D_UN_NOM: Final = 24


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
    trouves.sort(key=lambda paire: _rang(paire[0], paire[1], tapee))
    return _uniques(c for _, c in trouves)


def dire_trouvee(commune: Commune, saisie: str) -> tuple[str, str]:
    """Ce que dit sa ligne dans la liste, et ce qui la situe.

    Un pays s'y dit sous le nom qui répond ; tapé après une ville, que la ville ne se garde pas.
    """
    if not commune.etranger:
        return dire_commune(commune), dire_pourquoi(commune)
    if not _repond(nu(commune.cherchee), nu(saisie)):
        return f"{commune.cherchee}, sans la ville", ""
    precise = commune.nom if commune.autrement else commune.epci
    return f"{commune.cherchee} (à l'étranger)", precise if len(precise) <= _PLACE_D_UN_NOM else ""


def a_choisir(trouvees: Sequence[Commune], saisie: str) -> bool:
    """Vrai si Entrée ne doit rien prendre d'office : deux pays se disent ainsi, ou la ville tapée serait perdue."""
    tapee = nu(saisie)
    ainsi = [c for c in trouvees if c.etranger and repond_seule(c, tapee)]
    return len(ainsi) > 1 or apres_une_ville(trouvees, saisie)


def apres_une_ville(trouvees: Sequence[Commune], saisie: str) -> bool:
    """Vrai si ce qui est tapé est une ville, puis son pays : la ville ne se garde pas."""
    tapee = nu(saisie)
    return any(c.etranger and not _repond(nu(c.cherchee), tapee) for c in trouvees)


def _repond(nom: str, tapee: str) -> bool:
    """Vrai d'un nom qui commence par ce qui est tapé, ou qui en a le mot : rien n'y est dit de plus que lui."""
    return nom.startswith(tapee) or f" {tapee} " in f" {nom} "


def _rang(nom: str, pays: Commune, tapee: str) -> tuple[bool, bool, bool, int]:
    """Le nom entier, puis ceux qui commencent ainsi, les noms français d'abord, puis les plus courts."""
    return nom != tapee, not nom.startswith(tapee), bool(pays.autrement), len(nom)


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
