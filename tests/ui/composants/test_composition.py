"""Ce qui se compose au clavier compte déjà : au brouillon, à la recherche, et quand on quitte le champ.

Cas public 21, rejoué sous ibus (Unikey, m17n vi-telex, m17n zh-pinyin) dans la vraie fenêtre ; ici, sans méthode de
saisie : Qt n'a personne à qui demander de valider.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from outils_dossier import creer, ecrit, frappes, ouvrir
from outils_ecran import MOT_DE_PASSE, au_repos, presser
from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from modele.coffre import Coffre
from ui.composants import champ
from ui.composants.composition import LigneComposee
from ui.ecrans.accueil.ecran import EcranAccueil
from ui.ecrans.doublons.ecran import EcranDoublons
from ui.ecrans.entretien.ecran import EcranEntretien
from ui.lancement import Poste

NOM = "demandeur.nom"


def composer(ligne: QLineEdit, *suites: str) -> None:
    """Ce qu'une méthode de saisie montre, touche après touche, sans le valider."""
    for suite in suites:
        QApplication.sendEvent(ligne, QInputMethodEvent(suite, []))


def valider(ligne: QLineEdit, texte: str) -> None:
    fin = QInputMethodEvent()
    fin.setCommitString(texte)
    QApplication.sendEvent(ligne, fin)


@pytest.fixture
def ligne(qtbot: QtBot) -> LigneComposee:
    ligne = LigneComposee()
    qtbot.addWidget(ligne)
    ligne.dites = []  # type: ignore[attr-defined]
    ligne.textEdited.connect(ligne.dites.append)  # type: ignore[attr-defined]
    ligne.show()
    return ligne


def test_chaque_touche_composee_se_dit(ligne: LigneComposee) -> None:
    """Au milieu d'un mot aussi ; validée, elle se dit une fois."""
    ligne.setText("Tran Thi")
    ligne.setCursorPosition(4)
    composer(ligne, "V", "Vă", "Văn")
    assert (ligne.text(), ligne.montre) == ("Tran Thi", "TranVăn Thi")
    valider(ligne, "Văn")
    assert ligne.text() == ligne.montre == "TranVăn Thi"
    assert ligne.dites == ["TranV Thi", "TranVă Thi", "TranVăn Thi", "TranVăn Thi"]  # type: ignore[attr-defined]


def test_une_composition_abandonnee_se_dit_aussi(ligne: LigneComposee) -> None:
    """Le brouillon ne garde pas ce que l'agent vient d'ôter."""
    composer(ligne, "wang", "")
    assert (ligne.montre, ligne.dites) == ("", ["wang", ""])  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "autre", [lambda ligne: ligne.setText("Do"), lambda ligne: ligne.clear()], ids=["pose", "vide"]
)
def test_ce_qui_se_pose_remplace_la_composition(ligne: LigneComposee, autre: Callable[[QLineEdit], None]) -> None:
    composer(ligne, "Đ")
    autre(ligne)
    assert ligne.montre == ligne.text()
    ligne.finir()
    assert ligne.text() in ("Do", "")


def test_quitter_le_champ_valide_ce_qui_se_compose(qtbot: QtBot) -> None:
    """Même si nulle méthode de saisie ne répond ; la valeur se dit."""
    nom = champ("Nom")
    qtbot.addWidget(nom)
    dits: list[object] = []
    nom.valide.connect(dits.append)
    nom.ligne.setText("Tran ")
    composer(nom.ligne, "Nguyễn")
    QApplication.sendEvent(nom.ligne, QFocusEvent(QFocusEvent.Type.FocusOut))
    assert (nom.contenu, dits) == ("Tran Nguyễn", ["Tran Nguyễn"])


def _au_nom(qtbot: QtBot, poste: Poste) -> tuple[str, EcranEntretien, QLineEdit]:
    dossier = creer(qtbot, poste)
    ecran = ouvrir(qtbot, poste, dossier, NOM)
    ligne = QApplication.focusWidget()
    assert isinstance(ligne, LigneComposee)
    return dossier, ecran, ligne


def test_le_brouillon_suit_la_composition(qtbot: QtBot, poste_ouvert: Poste) -> None:
    """Le poste peut mourir au milieu d'un mot."""
    dossier, ecran, ligne = _au_nom(qtbot, poste_ouvert)
    composer(ligne, "N", "Ngu", "Nguyễn")
    ecran.plume.vider()
    assert frappes(qtbot, poste_ouvert, dossier)[NOM] == "Nguyễn"


@pytest.mark.parametrize(
    ("touche", "avec"),
    [
        (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier),
        (Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier),
        (Qt.Key.Key_Home, Qt.KeyboardModifier.AltModifier),
        (Qt.Key.Key_F12, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier),
    ],
    ids=["entree", "tab", "suivant", "precedent", "accueil", "page neutre", "verrou"],
)
def test_partir_au_milieu_d_un_mot_l_ecrit(
    qtbot: QtBot, poste_ouvert: Poste, touche: Qt.Key, avec: Qt.KeyboardModifier
) -> None:
    """Ou le garde au brouillon ; jamais ni l'un ni l'autre."""
    dossier, _, ligne = _au_nom(qtbot, poste_ouvert)
    ligne.setText("Tran ")
    composer(ligne, "Nguyễn")
    presser(touche, avec, widget=ligne)
    au_repos(qtbot, poste_ouvert)
    if poste_ouvert.session.est_ouverte:
        dit, frappe = ecrit(qtbot, poste_ouvert, dossier), frappes(qtbot, poste_ouvert, dossier)
    else:
        coffre = Coffre.ouvrir(poste_ouvert.session.chemin, MOT_DE_PASSE)
        dit, frappe = coffre.lire(dossier), {un.chemin: un.texte for un in coffre.brouillons(dossier)}
        coffre.fermer()
    assert "Tran Nguyễn" in (dit.get("demandeur", {}).get("nom"), frappe.get(NOM))


def test_chercher_et_ouvrir_lisent_ce_qui_se_compose(qtbot: QtBot, poste_ouvert: Poste) -> None:
    """La recherche n'attend pas l'espace ; le nom composé passe à la nouvelle demande, puis au dossier."""
    accueil = poste_ouvert.fenetre.aller("accueil")
    assert isinstance(accueil, EcranAccueil)
    composer(accueil.recherche, "Đỗ")
    presser(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    au_repos(qtbot, poste_ouvert)
    ecran = poste_ouvert.fenetre.pile.currentWidget()
    assert isinstance(ecran, EcranDoublons)
    assert ecran.verification.identite == {NOM: "Đỗ"}
    composer(ecran.verification.prenoms.ligne, "Ngọc")
    assert ecran.verification.identite["demandeur.prenoms"] == "Ngọc"


def test_mutant_qt_seul_perd_ce_qui_se_compose(
    qtbot: QtBot, poste_ouvert: Poste, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sans cette zone, « Tran » seul resterait au brouillon."""
    monkeypatch.delattr(LigneComposee, "inputMethodEvent")
    dossier, ecran, ligne = _au_nom(qtbot, poste_ouvert)
    composer(ligne, "Nguyễn")
    ecran.plume.vider()
    assert frappes(qtbot, poste_ouvert, dossier) == {}


@pytest.mark.parametrize(
    ("tape", "attendu"),
    [
        ("محمد", "RightToLeft"),
        ("כהן", "RightToLeft"),
        ("Éloïse", "LeftToRight"),
        ("12 محمد", "RightToLeft"),
        ("", "LeftToRight"),
    ],
)
def test_le_champ_suit_le_sens_de_ce_qui_est_tape(qtbot: QtBot, tape: str, attendu: str) -> None:
    """Un nom arabe se tape de droite à gauche ; vidé, ou repris en lettres latines, le champ revient à la page."""
    ligne = LigneComposee()
    qtbot.addWidget(ligne)
    ligne.setText(tape)
    assert ligne.layoutDirection() is Qt.LayoutDirection[attendu]
    ligne.setText("Ali")
    assert ligne.layoutDirection() is Qt.LayoutDirection.LeftToRight


def test_ce_qui_se_compose_donne_aussi_le_sens(qtbot: QtBot) -> None:
    """Avant même d'être validé."""
    ligne = LigneComposee()
    qtbot.addWidget(ligne)
    composer(ligne, "م")
    assert ligne.layoutDirection() is Qt.LayoutDirection.RightToLeft
