"""L'affiche : rien de coupé à aucune taille d'écran, le sens d'écriture de la langue, un contraste qui se lit."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from modele.bilan import etablir
from modele.chargement import charger_regles
from ui.cadre.fenetre_demandeur import FenetreDemandeur
from ui.composants.affiche import Affiche
from ui.mots.ecran_demandeur import Montre, note_dite, question_dite
from ui.theme import ECHELLES, Nom, Theme
from ui.theme.apparence import apparence

TAILLES = (QSize(1366, 768), QSize(1024, 600), QSize(768, 1366), QSize(3840, 2160))
ARABE = "ما هو اسم عائلتك عند الولادة؟"


@pytest.fixture
def affiche(qtbot: QtBot) -> Affiche:
    une = Affiche()
    qtbot.addWidget(une)
    return une


def encre(image: QImage, fond: QColor, bande: range) -> bool:
    """Vrai si quelque chose est peint dans ces colonnes."""
    return any(image.pixelColor(x, y) != fond for x in bande for y in range(image.height()))


def photo(affiche: Affiche, taille: QSize) -> QImage:
    affiche.resize(taille)
    return affiche.grab().toImage()


@pytest.mark.parametrize(
    ("taille", "echelle", "code"),
    [
        *((taille, echelle, "fr") for taille in TAILLES for echelle in (ECHELLES[0], ECHELLES[-1])),
        *((taille, ECHELLES[0], code) for taille in TAILLES[:3] for code in ("ar", "ka", "ru")),
    ],
    ids=lambda un: f"{un.width()}x{un.height()}" if isinstance(un, QSize) else str(un),
)
def test_toute_question_permise_tient_en_entier(qtbot: QtBot, taille: QSize, echelle: int, code: str) -> None:
    """Avec ses réponses, dans une seule taille pour tout, et jamais plus petite que ce qui se lit à un mètre."""
    apparence().appliquer(Theme(Nom.CLAIR, echelle))
    regles = charger_regles("metropole-exemple")
    fenetre = FenetreDemandeur("Perron")
    qtbot.addWidget(fenetre)
    affiche = fenetre.affiche
    affiche.resize(taille)
    for section in regles.questionnaire.sections:
        for question in section.questions:
            if icone := regles.permises.pictogramme(section, question, regles.catalogue):
                fenetre.montrer(question_dite(section, question, icone, code, regles))
                assert affiche.corps() >= min(taille.width(), taille.height()) // 20, question.champ
                assert affiche._tient(affiche.corps(), affiche._zone.height() - affiche._cote - 24)


@pytest.mark.parametrize("territoire", ["metropole-exemple", "toulouse-metropole"])
@pytest.mark.parametrize("langue", ["fr", "fr-falc", "ar", "ka"])
def test_la_note_de_chaque_territoire_tient(affiche: Affiche, territoire: str, langue: str) -> None:
    regles = charger_regles(territoire)
    montre = note_dite(etablir(regles, {"territoire": territoire}, date(2026, 11, 23)).dit.en(langue), langue)
    affiche.resize(TAILLES[0])
    affiche.montrer(montre.paragraphes, montre.langue, montre.pictogramme)
    assert affiche._tient(affiche.corps(), affiche._zone.height() - affiche._cote - 24)


def test_un_mot_sans_fin_rapetisse_plutot_que_d_etre_coupe(affiche: Affiche) -> None:
    affiche.resize(TAILLES[0])
    affiche.montrer([("Donaudampfschifffahrtsgesellschaftskapitän", "", 1.0)], "fr", "")
    assert affiche._tient(affiche.corps(), affiche._zone.height())
    affiche.montrer([("x" * 4000, "", 1.0)], "fr", "")
    assert affiche.corps() == 12


@pytest.mark.parametrize("langue", ["ar", "fa-AF", "ps"])
def test_le_sens_d_ecriture_suit_la_langue(affiche: Affiche, langue: str) -> None:
    """De droite à gauche : la ligne commence à droite, ce qui lui fait face est à gauche."""
    affiche.montrer([(ARABE, "", 1.0)], langue, "")
    assert affiche.layoutDirection() is Qt.LayoutDirection.RightToLeft
    affiche.montrer([("ا", "", 1.0), ("ا", "12", 0.6)], langue, "")
    fond = QColor(apparence().theme.couleurs.papier)
    image = photo(affiche, TAILLES[0])
    assert encre(image, fond, range(40, 140))
    assert encre(image, fond, range(1226, 1326))
    affiche.montrer([("Nom", "", 1.0)], "fr", "")
    assert affiche.layoutDirection() is Qt.LayoutDirection.LeftToRight


def test_le_passage_de_gauche_est_a_gauche_en_francais(affiche: Affiche) -> None:
    fond = QColor(apparence().theme.couleurs.papier)
    affiche.montrer([("l", "", 1.0), ("I", "", 0.6)], "fr", "")
    centre = photo(affiche, TAILLES[0])
    assert not encre(centre, fond, range(140))
    affiche.montrer([("I", "12", 0.6)], "fr", "")
    assert encre(photo(affiche, TAILLES[0]), fond, range(40, 140))


@pytest.mark.parametrize("nom", list(Nom), ids=lambda un: un.value)
def test_vide_elle_ne_montre_que_le_papier(affiche: Affiche, nom: Nom) -> None:
    apparence().appliquer(Theme(nom))
    fond = QColor(apparence().theme.couleurs.papier)
    affiche.montrer([("Nom", "", 1.0)], "fr", "user")
    assert encre(photo(affiche, TAILLES[0]), fond, range(0, 1366, 3))
    affiche.montrer((), "fr", "")
    assert affiche.dits == []
    assert not encre(photo(affiche, TAILLES[0]), fond, range(0, 1366, 3))
    assert affiche.accessibleName() == "Affiche"


def test_ni_clavier_ni_clic(affiche: Affiche) -> None:
    assert affiche.focusPolicy() is Qt.FocusPolicy.NoFocus
    assert affiche.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    assert Montre().paragraphes == ()
    assert affiche.minimumSizeHint() == QSize(1, 1)
