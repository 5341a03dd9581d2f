"""Les champs d'une convention : chacun se pose d'une convention, et la relit. Ce qui est mal écrit se dit au champ."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ui.composants import Champ, GroupeChoix, Option, SaisieInvalide
from ui.mots import contingents as mots
from ui.saisies.lecture import lire_date, lire_nombre

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_CENT = Decimal(100)


def champ_taux(nom: str, description: str = "", exemple: str = "") -> Champ:
    """Un taux en pour cent, deux décimales au plus."""
    return Champ(
        nom, description, lire=_lire_taux, ecrire=lambda lu: f"{lu.normalize():f}".replace(".", ","), exemple=exemple
    )


def champ_date(nom: str, description: str = "", exemple: str = "") -> Champ:
    """Un jour."""
    return Champ(nom, description, lire=lambda dit: lire_date(dit, date.today()), ecrire=mots.jour, exemple=exemple)


def champ_entier(nom: str, description: str = "", exemple: str = "") -> Champ:
    """Un nombre de logements."""
    return Champ(nom, description, lire=_lire_entier, exemple=exemple)


def champ_annee(nom: str) -> Champ:
    """L'année, en quatre chiffres."""
    return Champ(nom, lire=_lire_annee, largeur=120)


def champ_siren(nom: str, description: str = "") -> Champ:
    """Neuf chiffres ; les espaces ne comptent pas."""
    return Champ(nom, description, lire=_lire_siren)


def choix(nom: str, nomenclature: str, *, multiple: bool = False) -> GroupeChoix:
    """Les codes d'une nomenclature, une ligne chacun."""
    options = [Option(code, mot, demi=True, dense=True) for code, mot in mots.libelles(nomenclature).items()]
    return GroupeChoix(nom, options, multiple=multiple)


def premiere_faute(saisies: Sequence[Champ]) -> QWidget | None:
    """Le premier champ qui ne se lit pas, sa faute dite ; ``None`` si tous se lisent."""
    fautifs = [un for un in saisies if not un.valider()]
    return fautifs[0] if fautifs else None


def lu(saisie: Champ) -> Any:
    """Ce que dit ce champ ; ``None`` s'il est vide. À lire après ``premiere_faute``."""
    return saisie.valeur()


def dit(saisie: Champ) -> str:
    """Ce que dit ce champ de texte, sans blancs de bord."""
    return saisie.contenu.strip()


def _lire_taux(saisie: str) -> Decimal:
    nombre = lire_nombre(saisie.strip().removesuffix("%"), 4)
    if not 0 <= nombre <= _CENT:
        raise SaisieInvalide(mots.TAUX)
    return nombre


def _lire_entier(saisie: str) -> int:
    nombre = lire_nombre(saisie)
    if not 0 <= nombre < 10_000_000:
        raise SaisieInvalide(mots.COMBIEN)
    return int(nombre)


def _lire_annee(saisie: str) -> int:
    net = saisie.strip()
    if not (net.isascii() and net.isdigit() and 2000 <= int(net) <= 2100):
        raise SaisieInvalide(mots.ANNEE)
    return int(net)


def _lire_siren(saisie: str) -> str:
    net = re.sub(r"\s", "", saisie)
    if not re.fullmatch(r"[0-9]{9}", net):
        raise SaisieInvalide(mots.SIREN)
    return net
