"""Le triage et l'entretien à toutes les tailles et dans tous les thèmes : largeur, cibles, ordre du clavier, rôles."""

from __future__ import annotations

from itertools import product

import pytest
from outils_dossier import ENFANT, creer, equiper, ouvrir, posee
from outils_ecran import au_repos, presser
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from ui.ecrans.entretien.ecran import EcranEntretien
from ui.lancement import Poste
from ui.theme import Nom, Theme, Ton
from ui.theme.apparence import apparence

CHEMINS = (
    "logement_actuel.statut",
    "demande.motifs",
    "demandeur.date_naissance",
    "logement_actuel.adresse",
    "recherche.communes",
    "foyer.personnes",
    "pieces",
)
PERSONNES = {"elements": {ENFANT: {"prenoms": "Sami", "date_naissance": "2018-03-02"}}, "ordre": [ENFANT]}


@pytest.fixture
def entretien(poste_ouvert: Poste, qtbot: QtBot) -> EcranEntretien:
    """Un entretien commencé."""
    dossier = creer(
        qtbot,
        poste_ouvert,
        logement_actuel={"statut": "chez_particulier", "depuis": "2026-05-14"},
        foyer={"personnes": PERSONNES},
    )
    poste_ouvert.fenetre.resize(1366, 768)
    return ouvrir(qtbot, poste_ouvert, dossier)


def debordent(racine: QWidget, fenetre: QWidget) -> list[str]:
    """Ce qui sort de la fenêtre par la droite, ou d'une zone qui ne défile pas de côté."""
    trop = [repr(z) for z in racine.findChildren(QScrollArea) if z.isVisible() and z.horizontalScrollBar().maximum()]
    for widget in racine.findChildren(QWidget):
        if widget.isVisible() and widget.mapTo(fenetre, QPoint(widget.width(), 0)).x() > fenetre.width() + 1:
            trop.append(repr(widget))
    return trop


COUPLES = {(Nom.CLAIR, 100), (Nom.SOMBRE, 150), (Nom.CONTRASTE, 200)}
"""Chaque thème et chaque échelle, une fois ; le reste en campagne."""


@pytest.mark.parametrize(
    ("nom", "echelle"),
    [
        pytest.param(nom, echelle, marks=() if (nom, echelle) in COUPLES else pytest.mark.campagne)
        for nom, echelle in product(Nom, (100, 150, 200))
    ],
)
def test_rien_ne_deborde_de_1366_pixels(
    poste_ouvert: Poste, qtbot: QtBot, entretien: EcranEntretien, nom: Nom, echelle: int
) -> None:
    """Les colonnes s'empilent ; aucun défilement de côté, aucune fenêtre agrandie de force."""
    apparence().appliquer(Theme(nom, echelle))
    for chemin in CHEMINS:
        entretien.aller_a(chemin)
        # Un tour ne traite pas ce qu'il poste, et le bilan exact arrive d'un autre fil : entre deux, on mesurerait
        # un état de passage.
        posee(qtbot, poste_ouvert)
        assert poste_ouvert.fenetre.width() == 1366
        assert debordent(entretien, poste_ouvert.fenetre) == [], chemin


@pytest.mark.parametrize("echelle", [100, 200])
def test_le_triage_tient_aussi(poste_ouvert: Poste, qtbot: QtBot, echelle: int) -> None:
    """Questions et résultat, au même écran."""
    equiper(qtbot, poste_ouvert)
    poste_ouvert.fenetre.resize(1366, 768)
    apparence().appliquer(Theme(Nom.CLAIR, echelle))
    presser(Qt.Key.Key_U, Qt.KeyboardModifier.ControlModifier)
    au_repos(qtbot, poste_ouvert)
    ecran = poste_ouvert.fenetre.pile.currentWidget()
    for touche in (2, 2, 3, 1, 1, 2, 2):
        QApplication.processEvents()
        assert debordent(ecran, poste_ouvert.fenetre) == []
        presser(Qt.Key(Qt.Key.Key_0.value + touche))
    QApplication.processEvents()
    assert poste_ouvert.fenetre.width() == 1366
    assert debordent(ecran, poste_ouvert.fenetre) == []


def test_les_cibles_font_quarante_pixels(entretien: EcranEntretien) -> None:
    """Ce qui se touche se touche du doigt."""
    for chemin in CHEMINS:
        entretien.aller_a(chemin)
        QApplication.processEvents()
        petites = [
            (chemin, repr(w), w.height())
            for w in entretien.findChildren(QWidget)
            if isinstance(w, QAbstractButton | QLineEdit) and w.isVisible() and w.height() < 38
        ]
        assert petites == []


def test_tab_suit_l_ordre_de_lecture(poste_ouvert: Poste, entretien: EcranEntretien) -> None:
    """Une question tapée : du champ aux deux façons de ne pas répondre, puis Précédent, Suivant, le panneau."""
    entretien.aller_a("recherche.communes")
    QApplication.processEvents()
    vus: list[str] = []
    for _ in range(7):
        courant = QApplication.focusWidget()
        assert courant is not None
        vus.append(courant.accessibleName())
        presser(Qt.Key.Key_Tab)
    attendus = ["Communes souhaitées", "Ne sait pas", "Précédent", "Suivant"]
    assert [nom for nom in vus if nom in attendus] == attendus


def test_la_question_est_le_nom_du_groupe_de_reponses(entretien: EcranEntretien) -> None:
    """Le lecteur d'écran entend la question avant les réponses ; chaque réponse est un bouton radio."""
    entretien.aller_a("logement_actuel.statut")
    QApplication.processEvents()
    premier = QApplication.focusWidget()
    assert premier is not None
    interface = QAccessible.queryAccessibleInterface(premier)
    assert interface.role() == QAccessible.Role.RadioButton
    assert premier.parentWidget().accessibleName() == "Où vivez-vous en ce moment ? Et cette nuit, où avez-vous dormi ?"


def test_un_clic_dans_le_plan_rend_le_clavier_a_la_page(poste_ouvert: Poste, entretien: EcranEntretien) -> None:
    """La section s'ouvre, et la touche écrite sur la réponse la choisit aussitôt ; Entrée dans le plan, de même."""
    entretien.aller_a("demande.deja_enregistree")
    liste = entretien.sections
    rang = next(r for r in range(liste.count()) if liste.valeur(r).id == "logement_actuel")
    zone = liste.zone(rang)
    QTest.mouseClick(liste.viewport(), Qt.MouseButton.LeftButton, pos=zone.center())
    assert entretien.etape is not None
    assert entretien.etape.section.id == "logement_actuel"
    assert entretien.pages.courante.isAncestorOf(QApplication.focusWidget())
    liste.setFocus()
    presser(Qt.Key.Key_Down, widget=liste)
    assert liste.hasFocus(), "les flèches parcourent le plan"
    presser(Qt.Key.Key_Return, widget=liste)
    assert entretien.pages.courante.isAncestorOf(QApplication.focusWidget())


def test_compris_rend_le_clavier_d_ou_il_venait(poste_ouvert: Poste, entretien: EcranEntretien) -> None:
    """Le bandeau refermé, on répond sans reprendre la souris."""
    entretien.aller_a("demande.deja_enregistree")
    avant = QApplication.focusWidget()
    bandeau = poste_ouvert.fenetre.bandeau
    bandeau.dire("Une nouvelle.", Ton.JOUR)
    bandeau._fermer.setFocus()
    presser(Qt.Key.Key_Space, widget=bandeau._fermer)
    assert bandeau.phrase == ""
    assert QApplication.focusWidget() is avant


def test_alt_fleche_avance_et_recule(entretien: EcranEntretien) -> None:
    entretien.aller_a("demande.deja_enregistree")
    assert entretien.etape is not None
    ici = entretien.etape.cle
    presser(Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert entretien.etape.cle != ici
    presser(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert entretien.etape.cle == ici
