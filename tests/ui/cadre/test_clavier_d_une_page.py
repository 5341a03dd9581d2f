"""D'une page à l'autre, le clavier va droit au premier geste de la nouvelle : le lecteur d'écran ne dit que lui."""

from __future__ import annotations

import pytest
from outils_dossier import creer, ouvrir
from outils_ecran import au_repos, montrer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ui.cadre.fenetre import Fenetre
from ui.lancement import Poste

PAGES = ("entretien", "cotation", "orientation", "imprimer", "suivi", "accueil", "dossiers", "reglages", "triage")


def arrets(qtbot: QtBot, poste: Poste) -> list[str]:
    """Où le clavier est passé hors de la page, de chaque page à la suivante."""
    fenetre = poste.fenetre
    dossier = creer(qtbot, poste, demandeur={"nom": "Roux"})
    montrer(qtbot, fenetre)
    ouvrir(qtbot, poste, dossier)
    hors: list[str] = []

    def suivre(_: QWidget | None, ici: QWidget | None) -> None:
        if ici is not None and not fenetre.pile.isAncestorOf(ici):
            hors.append(f"{fenetre.ecran} : {ici.accessibleName()}")

    for nom in PAGES:
        QApplication.instance().focusChanged.connect(suivre)  # type: ignore[union-attr]
        fenetre.aller(nom, {"dossier": dossier} if nom == "entretien" else {})
        QApplication.instance().focusChanged.disconnect(suivre)  # type: ignore[union-attr]
        au_repos(qtbot, poste)
        ici = QApplication.focusWidget()
        assert ici is not None, nom
        assert fenetre.pile.isAncestorOf(ici), f"{nom} : {ici.accessibleName()}"
    return hors


def test_d_une_page_a_l_autre_le_clavier_ne_passe_pas_ailleurs(qtbot: QtBot, poste_ouvert: Poste) -> None:
    assert arrets(qtbot, poste_ouvert) == []


def test_mutant_qui_laisse_le_clavier_a_la_page_cachee(
    qtbot: QtBot, poste_ouvert: Poste, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Qt l'envoie au bouton de recherche : Orca le disait à la place de la note."""
    monkeypatch.setattr(Fenetre, "_lacher_le_clavier", lambda _: None)
    assert any("Rechercher" in un for un in arrets(qtbot, poste_ouvert))
