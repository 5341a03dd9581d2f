"""Après F12 : la page qu'on couvrait, jamais « Précédent » par Entrée ; délicate, elle attend un geste."""

from __future__ import annotations

from typing import cast

import pytest
from outils_dossier import creer, equiper, ouvrir
from outils_ecran import MOT_DE_PASSE, au_repos, montrer, presser, taper
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from ui.cadre.masque import Masque
from ui.ecrans.triage.ecran import EcranTriage
from ui.lancement import Poste

ALT = Qt.KeyboardModifier.AltModifier


def couvrir_et_revenir(qtbot: QtBot, poste: Poste, geste: str = "cacher") -> None:
    getattr(poste.couverture, geste)()
    page = poste.couverture.page
    assert page is not None
    page.demander()
    taper(MOT_DE_PASSE, page.reprise.mot_de_passe.ligne)
    page.reprise.mot_de_passe.entree.emit()
    qtbot.waitUntil(lambda: not poste.couverture.couverte)
    qtbot.waitUntil(poste.fenetre.isActiveWindow)
    au_repos(qtbot, poste)


def masque(poste: Poste) -> bool:
    """La page est masquée : rien d'elle ne se montre, le clavier est au masque."""
    (un,) = [m for m in poste.fenetre.findChildren(Masque) if m.isVisible()] or [None]
    assert (un is None) == poste.fenetre.pile.isVisible()
    return un is not None


def lus(poste: Poste) -> str:
    return " ".join(e.text() for e in poste.fenetre.findChildren(QLabel) if e.isVisible())


@pytest.fixture
def triage(poste_ouvert: Poste, qtbot: QtBot) -> EcranTriage:
    montrer(qtbot, poste_ouvert.fenetre)
    equiper(qtbot, poste_ouvert)
    ecran = cast(EcranTriage, poste_ouvert.fenetre.aller("triage"))
    qtbot.waitUntil(lambda: bool(ecran.chemin))
    return ecran


@pytest.mark.parametrize("geste", ["cacher", "verrouiller"])
def test_le_resultat_du_triage_revient_masque_et_entree_n_en_part_pas(
    poste_ouvert: Poste, triage: EcranTriage, qtbot: QtBot, geste: str
) -> None:
    """Constat 16 : masqué ; Entrée ne fait rien ; Alt+M rend le résultat, jamais la question d'avant."""
    presser(Qt.Key.Key_1)
    triage.conclure()
    assert triage.pages.courante is triage.resultat
    couvrir_et_revenir(qtbot, poste_ouvert, geste)
    assert masque(poste_ouvert)
    assert "Autre urgence" not in lus(poste_ouvert)
    for touche in (Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_1):
        presser(touche)
    assert masque(poste_ouvert)
    assert triage.pages.courante is triage.resultat
    presser(Qt.Key.Key_M, ALT)
    assert not masque(poste_ouvert)
    assert triage.pages.courante is triage.resultat
    assert QApplication.focusWidget() is not triage.precedent
    assert triage.redemander.isVisible()


def test_une_question_du_triage_et_les_coches_reviennent_ou_l_on_etait(
    poste_ouvert: Poste, triage: EcranTriage, qtbot: QtBot
) -> None:
    """La deuxième question, puis les coches de l'agent."""
    presser(Qt.Key.Key_2)
    chemin = triage.chemin
    couvrir_et_revenir(qtbot, poste_ouvert)
    assert masque(poste_ouvert)
    presser(Qt.Key.Key_M, ALT)
    assert triage.chemin == chemin
    presser(Qt.Key.Key_F2)
    assert triage.pages.courante is triage.coches
    couvrir_et_revenir(qtbot, poste_ouvert)
    assert masque(poste_ouvert)
    presser(Qt.Key.Key_M, ALT)
    assert triage.pages.courante is triage.coches


def test_avant_toute_reponse_rien_n_est_a_faire(poste_ouvert: Poste, triage: EcranTriage, qtbot: QtBot) -> None:
    """Constat 50 ; et le triage revient masqué là aussi : le masque ne dit pas si quelque chose a été dit."""
    assert "Rien n'est encore dit." in lus(poste_ouvert)
    assert "ourant" not in lus(poste_ouvert)
    triage.conclure()
    assert "ourant" not in lus(poste_ouvert)
    triage.reculer()
    couvrir_et_revenir(qtbot, poste_ouvert)
    assert masque(poste_ouvert)
    presser(Qt.Key.Key_M, ALT)
    while not triage.chemin.endswith("danger_immediat"):
        triage.reculer()
    presser(Qt.Key.Key_1)
    assert "Rien n'est encore dit." not in lus(poste_ouvert)


@pytest.mark.parametrize("contenu", [{}, {"protection": {"discret": True}}], ids=["ordinaire", "discret"])
@pytest.mark.parametrize("ecran", ["cotation", "orientation", "imprimer"])
def test_note_et_orientation_reviennent_masquees_dans_tout_dossier(
    poste_ouvert: Poste, qtbot: QtBot, ecran: str, contenu: dict[str, object]
) -> None:
    """Que la page revienne masquée ne dit rien du dossier."""
    montrer(qtbot, poste_ouvert.fenetre)
    ouvrir(qtbot, poste_ouvert, creer(qtbot, poste_ouvert, demandeur={"nom": "Hamidi"}, **contenu))
    poste_ouvert.fenetre.aller(ecran)
    au_repos(qtbot, poste_ouvert)
    couvrir_et_revenir(qtbot, poste_ouvert)
    assert masque(poste_ouvert)
    couvrir_et_revenir(qtbot, poste_ouvert)
    assert masque(poste_ouvert), "couverte masquée, elle revient masquée"
    presser(Qt.Key.Key_M, ALT)
    assert not masque(poste_ouvert)
    assert poste_ouvert.fenetre.ecran == ecran


def test_entretien_seule_une_question_seul_a_seul_se_masque(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Un nom revient tel quel ; une question posée seul à seul, derrière son geste."""
    montrer(qtbot, poste_ouvert.fenetre)
    dossier = creer(qtbot, poste_ouvert, protection={"seul_a_seul": True})
    ecran = ouvrir(qtbot, poste_ouvert, dossier, "demandeur.nom")
    couvrir_et_revenir(qtbot, poste_ouvert)
    assert not masque(poste_ouvert)
    poste_ouvert.session.modifier({"protection.seul_a_seul": True})
    au_repos(qtbot, poste_ouvert)
    assert poste_ouvert.session.regles is not None
    assert ecran.atelier.bilan is not None
    chemin = next(
        vue.chemin
        for section in ecran.atelier.bilan.entretien.sections
        for vue in section.questions
        if vue.question.seul_a_seul and not vue.chemin.startswith("triage.") and section.section.id != "triage"
    )
    ecran.aller_a(chemin)
    au_repos(qtbot, poste_ouvert)
    assert ecran.delicat
    couvrir_et_revenir(qtbot, poste_ouvert)
    assert masque(poste_ouvert)


def test_aller_ailleurs_retire_le_masque(poste_ouvert: Poste, triage: EcranTriage, qtbot: QtBot) -> None:
    """Retour à l'accueil : la page masquée n'a jamais été montrée."""
    presser(Qt.Key.Key_1)
    couvrir_et_revenir(qtbot, poste_ouvert)
    assert masque(poste_ouvert)
    presser(Qt.Key.Key_Home, ALT)
    au_repos(qtbot, poste_ouvert)
    assert not masque(poste_ouvert)
    assert poste_ouvert.fenetre.ecran == "accueil"
