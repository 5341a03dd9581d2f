"""Chercher une commune par son nom, sans accents, ou par son code postal : celles du territoire d'abord. Sans Qt.

Essais : ``tests/ui/mots/test_communes.py``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple, TypeAlias

from modele.territoire.communes import Commune, nu
from modele.territoire.vues import Communes

_Noms: TypeAlias = Sequence[tuple[str, Commune]]
_POSTAL: Final = re.compile(r"\d{5}")
_DEPARTEMENT: Final = re.compile(r"\d{2,3}|2[ab]")
_ROMAIN: Final = re.compile(r"(x{0,2}(?:ix|iv|v?i{0,3}))(?:e|eme|er|re)?")
_DU_RANG: Final = frozenset({"e", "eme", "er", "re", "ieme"})
_MOTS_D_UN_DEPARTEMENT: Final = 4
_ARTICLES: Final = frozenset({"la", "le", "les", "l", "de", "du", "des", "d", "en", "a"})


class _Cherchee(NamedTuple):
    """Une façon de lire la saisie : un nom, et ce qui dit laquelle, de celles qui le portent."""

    nom: str
    postal: str = ""
    departement: str = ""
    nom_departement: str = ""

    def admet(self, commune: Commune) -> bool:
        """Vrai si rien de ce qui a été dit ne l'écarte."""
        return (
            (not self.postal or any(postal.startswith(self.postal) for postal in commune.codes_postaux))
            and self.departement in ("", commune.departement.lower())
            and self.nom_departement in ("", _sans_article(nu(commune.nom_departement).split()))
        )


def chercher(saisie: str, communes: Communes, limite: int = 6) -> list[Commune]:
    """Les communes qui répondent à ``saisie`` : celles du territoire, puis de France ; les noms courts d'abord.

    Une commune se trouve aussi par un arrondissement (« Lyon 03 », « Paris XI »), par le nom d'une commune fondue en
    elle, et avec ce qui la situe : son code postal, son département (« Saint-Denis (La Réunion) »).
    """
    if len(nu(saisie)) < 2:
        return []
    proches = [(nu(commune.nom), commune) for commune in communes.proches.values()]
    mots = nu(saisie).split()
    litterale = _trouver(_Cherchee(" ".join(mots)), communes, proches, communes.france.noms, limite)
    if litterale or len(mots) == 1:
        return litterale
    # Toute autre lecture garde le premier mot : la France ne se relit qu'une fois, à chaque touche.
    premier = next((mot for mot in mots if not mot[0].isdigit() and mot not in _ARTICLES), "")
    de_france = [(nom, c) for nom, c in communes.france.noms if premier in nom]
    lues = (_trouver(lue, communes, proches, de_france, limite) for lue in dict.fromkeys(_lectures(mots)))
    postal = _Cherchee(next(filter(_POSTAL.fullmatch, mots), ""))
    return next(filter(None, lues), []) or _trouver(postal, communes, proches, communes.france.noms, limite)


def _lectures(mots: list[str]) -> Iterator[_Cherchee]:
    """Les autres façons de lire ces mots, la plus littérale d'abord."""
    mots = [mot for rang, mot in enumerate(mots) if not (rang and mot in _DU_RANG and mots[rang - 1].isdigit())]
    if "cedex" in mots:
        mots = [mot for rang, mot in enumerate(mots) if mot != "cedex" and (not rang or mots[rang - 1] != "cedex")]
    postal = next(filter(_POSTAL.fullmatch, mots), "")
    mots = [mot for mot in mots if mot != postal]
    nom = " ".join(_en_chiffres(mots))
    yield _Cherchee(nom, postal)
    for rang in (0, -1):
        if len(mots) > 1 and _DEPARTEMENT.fullmatch(mots[rang]):
            yield _Cherchee(" ".join(mots[1:] if rang == 0 else mots[:-1]), postal, mots[rang])
    for coupe in range(len(mots) - 1, max(0, len(mots) - _MOTS_D_UN_DEPARTEMENT - 1), -1):
        yield _Cherchee(" ".join(mots[:coupe]), postal, nom_departement=_sans_article(mots[coupe:]))


def _en_chiffres(mots: list[str]) -> Iterator[str]:
    """« 03 » et « xi » en dernier sont un rang d'arrondissement."""
    yield from mots[:-1]
    for dernier in mots[-1:]:
        romain = _ROMAIN.fullmatch(dernier) if len(mots) > 1 else None
        yield str(_lire_romain(romain[1])) if romain and romain[1] else dernier.lstrip("0") or dernier


def _lire_romain(ecrit: str) -> int:
    valeurs = [{"i": 1, "v": 5, "x": 10}[lettre] for lettre in ecrit]
    return sum(-un if un < suivant else un for un, suivant in zip(valeurs, [*valeurs[1:], 0], strict=True))


def _sans_article(mots: list[str]) -> str:
    return " ".join(mots[1:] if len(mots) > 1 and mots[0] in _ARTICLES else mots)


def _trouver(lue: _Cherchee, communes: Communes, proches: _Noms, de_france: _Noms, limite: int) -> list[Commune]:
    if len(lue.nom) < 2:
        return []
    trouvees = _retenir(lue, proches)
    if len(trouvees) < limite:
        trouvees += [c for c in _retenir(lue, de_france) if c.autrement or c.code not in communes.proches]
    return trouvees[:limite]


def _retenir(lue: _Cherchee, noms: _Noms) -> list[Commune]:
    cherche = lue.nom
    if cherche.isdigit():
        trouves = [(nom, c) for nom, c in noms if any(postal.startswith(cherche) for postal in c.codes_postaux)]
    else:
        trouves = [(nom, c) for nom, c in noms if nom.startswith(cherche) or f" {cherche}" in nom]
    trouves = [(nom, c) for nom, c in trouves if lue.admet(c)]
    trouves.sort(key=lambda paire: (not paire[0].startswith(cherche), len(paire[0]), paire[0]))
    return [commune for _, commune in trouves]


def dire_pourquoi(commune: Commune) -> str:
    """Ce qui la situe : le nom sous lequel elle a été cherchée, ou son intercommunalité."""
    if not commune.autrement:
        return commune.epci
    if commune.autrement.startswith(commune.nom):
        return commune.autrement
    return f"pour {commune.autrement}"
