"""Les réglages de ce poste : la page, un choix qui s'annonce, une touche cherchée ; et l'aide d'un écran."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QScrollArea

from ui.cadre.aide import Aide, ouvrir_l_aide
from ui.ecrans.reglages.ecran import EcranReglages

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.theatre.joueur import Joueur


def scenes_des_reglages(joueur: Joueur) -> Iterator[tuple[str, QWidget]]:
    """Les réglages sont à la fin ceux du début."""
    joueur.aller("reglages")
    ecran = joueur.ecran
    assert isinstance(ecran, EcranReglages)
    yield "reglages", joueur.fenetre
    ecran.ouverture.delais.bouton(10).click()
    joueur.attendre()
    yield "reglages-choisi", joueur.fenetre
    ecran.ouverture.delais.bouton(5).click()
    joueur.attendre()
    ecran.clavier.pli.bouton.click()
    joueur.attendre()
    page = ecran.findChild(QScrollArea)
    assert page is not None
    page.verticalScrollBar().setValue(page.verticalScrollBar().maximum())
    joueur.attendre()
    yield "reglages-clavier", joueur.fenetre
    joueur.ecrire("imprimer")
    yield "reglages-touche-cherchee", joueur.fenetre
    ecran.clavier.pli.bouton.click()
    ouvrir_l_aide(joueur.fenetre)
    (aide,) = joueur.fenetre.findChildren(Aide)
    yield "reglages-aide", aide
    aide.close()
