"""Les termes sous lesquels une personne s'indexe et se cherche : sons, trigrammes, dates, numéros."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import permutations, product
from typing import Final

from modele.ressemblance.fiches import Fiche
from modele.ressemblance.naissances import jour_et_mois_inverses
from modele.ressemblance.phonetique import PARTICULES, ossature, prononce

# Par quoi un mot commence, à l'oreille près : « Filipe » et « Philippe », « Katia » et « Catia » ; sinon, une voyelle.
_FAMILLES: Final = ("ckqszx", "gjd", "fpv", "b", "l", "m", "n", "r", "t")
_DEBUTS: Final = {lettre: famille[0] for famille in _FAMILLES for lettre in famille}


def termes_de_fiche(fiche: Fiche) -> list[str]:
    """Tous les termes d'une personne, sans répétition, en ASCII."""
    termes: dict[str, None] = {}
    noms, prenoms = fiche.noms.split(), fiche.prenoms.split()
    for mot in (*noms, *prenoms):
        termes.update(dict.fromkeys(termes_de_mot(mot)))
    for nom, prenom in product(_pleins(noms), _pleins(prenoms)):
        termes.update(dict.fromkeys((_croise(nom, prenom), _croise(prenom, nom))))
    termes.update(dict.fromkeys(termes_de_date(fiche.naissance)))
    termes.update(dict.fromkeys(termes_de_telephone(fiche.telephone)))
    termes.update(dict.fromkeys(termes_de_chiffres("n", fiche.numero)))
    return list(termes)


def termes_de_mot(mot: str) -> Iterator[str]:
    """L'ossature d'un mot, celle de sa famille, puis les trigrammes de ce qu'on entend, bordés."""
    yield f"o{ossature(mot)}"
    borde = f"0{prononce(mot)}0"
    yield from (f"g{borde[debut : debut + 3]}" for debut in range(len(borde) - 2))


def termes_croises(mots: Sequence[str]) -> list[str]:
    """Où chercher un nom dont un mot est mal écrit : chaque mot, et par quoi commence chaque autre."""
    return list(dict.fromkeys(_croise(un, autre) for un, autre in permutations(_pleins(mots), 2)))


def _croise(entendu: str, autre: str) -> str:
    return f"p{ossature(entendu)}0{_DEBUTS.get(autre[0], 'a')}"


def _pleins(mots: Sequence[str]) -> Sequence[str]:
    return [mot for mot in mots if mot not in PARTICULES] or mots


def termes_de_date(naissance: str) -> Iterator[str]:
    """La date et ses trois paires : une faute dans le jour, le mois ou l'année en laisse une juste.

    Ce qui n'est connu qu'au mois ou à l'année a de plus son propre terme (``s``), bien plus rare que l'année.
    """
    annee, _, reste = naissance.partition("-")
    mois, _, jour = reste.partition("-")
    if jour:
        yield f"d{annee}{mois}{jour}"
        yield f"aj{annee}{jour}"
        yield f"mj{mois}{jour}"
    elif annee:
        yield f"s{annee}{mois}"
    if mois:
        yield f"am{annee}{mois}"
    if annee:
        yield f"a{annee}"


def termes_de_date_cherchee(naissance: str) -> list[str]:
    """Où chercher une naissance : elle, ses paires, son inverse, et ce qui va avec elle sans en savoir autant."""
    termes = list(termes_de_date(naissance))
    annee, *reste = naissance.split("-")
    if reste:
        # L'année entière n'apprend rien de plus que ses paires, et coûte dix fois leurs lignes.
        termes[-1:] = [f"s{annee}"]
    if len(reste) == 2:
        inversee = jour_et_mois_inverses(naissance).replace("-", "")
        termes += [f"s{annee}{reste[0]}", f"d{annee}0101", *([f"d{inversee}"] if inversee else [])]
    return list(dict.fromkeys(termes))


def termes_de_chiffres(famille: str, numero: str) -> Iterator[str]:
    """Le numéro entier, puis ses suites de quatre signes."""
    if numero:
        yield f"{famille}{numero}"
    yield from (f"{famille}q{numero[debut : debut + 4]}" for debut in range(len(numero) - 3))


def termes_de_telephone(telephone: str) -> Iterator[str]:
    """Ceux de ses chiffres, et ceux par quoi il commence, zéro compris : « 0612 » est un début."""
    yield from termes_de_chiffres("t", telephone)
    if len(telephone) > 2:
        yield f"tq0{telephone[:3]}"
