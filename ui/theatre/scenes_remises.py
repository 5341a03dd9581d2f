"""Remettre le dossier ouvert à un autre lieu : ce qui manque, puis ce qui est parti et se retire encore."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from ui.ecrans.remises.ecran import EcranRemises

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.theatre.joueur import Joueur


LIEU = "Mairie de Port-Clair, permanence logement (fictive)"


def scenes_des_remises(joueur: Joueur) -> Iterator[tuple[str, QWidget]]:
    """Un dossier est ouvert : le formulaire, puis la remise faite."""
    joueur.aller("remises")
    yield "remises", joueur.fenetre
    ecran = joueur.ecran
    assert isinstance(ecran, EcranRemises)
    remplir(ecran)
    joueur.presser("Remettre")
    joueur.attendre()
    yield "remises-faite", joueur.fenetre


def remplir(ecran: EcranRemises) -> None:
    """Ce que dit la personne : où, pourquoi, jusqu'à quand, quoi."""
    ecran.vers.poser(LIEU)
    ecran.but.poser("être suivie près de chez elle")
    ecran.jusqu_au.poser(f"{date.today() + timedelta(days=30):%d/%m/%Y}")
    ecran.choix.poser(["demandeur.nom", "demandeur.prenoms"])
