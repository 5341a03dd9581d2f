"""Le poste tué à n'importe quel instant d'un entretien : au plus le champ en cours est perdu, rien n'est abîmé."""

from __future__ import annotations

from pathlib import Path

import pytest
from entretien_tue import MOT_DE_PASSE
from juge_morts import creer_coffre, eprouver, tuer_en_pleine_frappe
from outils_dossier import equiper
from outils_ecran import au_repos, detruire
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from ui.composants import Bouton
from ui.ecrans.accueil.reprises import CarteReprise
from ui.ecrans.entretien.ecran import EcranEntretien
from ui.lancement import Poste

MORTS, CAMPAGNE = 4, 100


def test_quelques_morts(tmp_path: Path) -> None:
    """Quelques SIGKILL au hasard, à chaque passage d'autres instants (la graine se lit et se rejoue)."""
    assert max(eprouver(tmp_path / "donnees", MORTS)) <= 1


def test_la_frappe_interrompue_se_reprend_la_ou_elle_etait(tmp_path: Path, qapp: QApplication, qtbot: QtBot) -> None:
    """Tué champ jamais quitté : l'accueil propose la reprise, et le texte est remis dans son champ."""
    creer_coffre(tmp_path)
    dossier = tuer_en_pleine_frappe(tmp_path, "Moreau")
    poste = Poste(qapp, tmp_path)
    poste.fenetre.show()
    try:
        with qtbot.waitSignal(poste.session.ouvert):
            poste.session.ouvrir(MOT_DE_PASSE, pytest.fail)
        au_repos(qtbot, poste)
        equiper(qtbot, poste)
        (carte,) = poste.fenetre.findChildren(CarteReprise)
        assert not [mot.text() for mot in carte.findChildren(QLabel) if "Moreau" in mot.text()]
        next(bouton for bouton in carte.findChildren(Bouton) if bouton.text() == "Reprendre").click()
        ecran = poste.fenetre.pile.currentWidget()
        assert isinstance(ecran, EcranEntretien)
        qtbot.waitUntil(lambda: ecran.etape is not None)
        assert poste.session.dossier_id == dossier
        assert "Moreau" in [ligne.text() for ligne in ecran.formulaire.findChildren(QLineEdit)]
    finally:
        detruire(poste)


@pytest.mark.campagne
def test_cent_morts(tmp_path: Path) -> None:
    """Cent SIGKILL sur le même coffre, qui s'ouvre chaque fois et ne perd jamais plus d'un champ."""
    pertes = eprouver(tmp_path / "donnees", CAMPAGNE)
    print(f"{len(pertes)} morts, {sum(pertes)} fois le champ en cours perdu")
    assert len(pertes) == CAMPAGNE
