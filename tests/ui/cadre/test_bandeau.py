"""Ce que le bandeau dit en changeant d'écran, et ce qu'il ne cache pas en venant."""

from __future__ import annotations

import pytest
from outils_ecran import montrer
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.composants import Defilement, champ, colonne
from ui.composants.bandeau import BandeauAlerte
from ui.lancement import Poste
from ui.theme import Ton


@pytest.mark.parametrize(
    ("ton", "reste"), [(Ton.COURANT, False), (Ton.NEUTRE, False), (Ton.ACTION, True), (Ton.IMMEDIAT, True)]
)
def test_c_est_fait_ne_suit_pas_d_un_ecran_a_l_autre(poste_ouvert: Poste, ton: Ton, reste: bool) -> None:
    """Une faute, une référence à noter suivent tant qu'on ne les a pas lues."""
    fenetre = poste_ouvert.fenetre
    fenetre.aller("dossiers").alerte.emit("Dit ici.", ton)
    assert fenetre.bandeau.phrase == "Dit ici."
    fenetre.aller("dossiers")
    assert fenetre.bandeau.phrase == "Dit ici.", "le même écran, relu"
    fenetre.aller("echeances")
    assert fenetre.bandeau.phrase == ("Dit ici." if reste else "")


def test_ce_qu_un_ecran_dit_en_partant_se_lit_a_l_arrivee(poste_ouvert: Poste) -> None:
    """« Dossier supprimé. » se dit une fois revenu à l'accueil."""
    fenetre = poste_ouvert.fenetre
    parti = fenetre.aller("dossiers")
    parti.aller.emit("accueil", {})
    parti.alerte.emit("C'est fait.", Ton.COURANT)
    assert fenetre.bandeau.phrase == "C'est fait."
    fenetre.aller("echeances")
    assert fenetre.bandeau.phrase == ""


def test_une_autre_alerte_venue_entre_temps_reste(poste_ouvert: Poste) -> None:
    fenetre = poste_ouvert.fenetre
    fenetre.aller("dossiers").alerte.emit("C'est fait.", Ton.COURANT)
    fenetre.bandeau.dire("Le disque est plein.")
    fenetre.aller("accueil")
    assert fenetre.bandeau.phrase == "Le disque est plein."


def test_le_bandeau_qui_vient_ne_cache_pas_le_champ_du_clavier(qtbot: QtBot) -> None:
    """Le clavier est entré dans la page par son dernier champ en vue ; le bandeau prend la place de ce champ."""
    champs = [champ(f"Champ {rang}") for rang in range(20)]
    bandeau, page = BandeauAlerte(), Defilement(colonne(*champs))
    porteur = QWidget()
    boite = QVBoxLayout(porteur)
    boite.addWidget(bandeau)
    boite.addWidget(page, 1)
    ailleurs = QLineEdit()
    boite.addWidget(ailleurs)
    porteur.resize(600, 400)
    qtbot.addWidget(porteur)
    montrer(qtbot, porteur)
    lignes = [un for un in page.findChildren(QLineEdit) if _en_vue(page, un)]
    dernier, avant = lignes[-1], page.height()
    ailleurs.setFocus()
    dernier.setFocus()
    bandeau.dire("Quelqu'un d'autre a choisi votre mot de passe : changez-le.", Ton.JOUR, "Le changer", lambda: None)
    qtbot.waitUntil(lambda: page.height() < avant)
    assert _en_vue(page, dernier)


def _en_vue(page: Defilement, un: QWidget) -> bool:
    vue = page.viewport()
    return vue.rect().contains(QRect(un.mapTo(vue, QPoint(0, 0)), un.size()))
