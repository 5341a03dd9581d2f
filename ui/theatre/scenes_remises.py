"""Remettre le dossier ouvert à un autre lieu : ce qui manque, puis ce qui est parti et se retire encore."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from ui.ecrans.remises.ecran import EcranRemises

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from modele.coffre import Coffre
    from ui.theatre.joueur import Joueur


LIEU = "Mairie de Port-Clair, permanence logement (fictive)"


def scenes_des_remises(joueur: Joueur) -> Iterator[tuple[str, QWidget]]:
    """Un dossier est ouvert : le formulaire, puis la remise faite."""
    joueur.aller("remises")
    yield "remises", joueur.fenetre
    ecran = joueur.ecran
    assert isinstance(ecran, EcranRemises)
    ecran.vers.ligne.setText("ma")
    ecran.vers.frappe.emit("ma")
    joueur.attendre()
    yield "remises-lieu", joueur.fenetre
    remplir(ecran)
    joueur.presser("Remettre")
    joueur.attendre()
    yield "remises-faite", joueur.fenetre
    # L'accueil ferme le dossier : il se rouvre après.
    dossier = joueur.session.dossier_id
    sien = _adresser_a(joueur, LIEU)
    joueur.aller("accueil")
    yield "accueil-remise", joueur.fenetre
    _adresser_a(joueur, sien)
    joueur.session.ouvrir_dossier(dossier, lambda _: None)
    joueur.attendre()


def _adresser_a(joueur: Joueur, nom: str) -> str:
    """Comme venue d'un autre lieu : ce poste prend un moment le nom de celui qui reçoit ; rend le sien."""
    avant: list[str] = []

    def renommer(coffre: Coffre) -> str:
        siens = coffre.reglage("poste.nom")
        coffre.regler("poste.nom", nom)
        return siens

    joueur.session.avec_coffre(renommer, avant.append, pour=joueur.session)
    joueur.attendre()
    return avant[0]


def remplir(ecran: EcranRemises) -> None:
    """Ce que dit la personne : où, pourquoi, jusqu'à quand, quoi."""
    ecran.vers.poser(LIEU)
    ecran.but.poser("être suivie près de chez elle")
    ecran.jusqu_au.poser(f"{date.today() + timedelta(days=30):%d/%m/%Y}")
    ecran.choix.poser(["demandeur.nom", "demandeur.prenoms"])
