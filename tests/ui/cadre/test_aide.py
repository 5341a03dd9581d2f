"""F1 : sur tout écran déclaré, à quoi il sert, ce qui en est gardé, ses touches, lues sur les vrais boutons."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from outils_dossier import creer, ouvrir
from outils_ecran import au_repos, montrer, presser
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from ui.cadre.aide import A_QUOI, GARDE, PARTOUT, TOUCHES, Aide, ouvrir_l_aide
from ui.composants import Bouton
from ui.ecrans import Declaration, declares
from ui.lancement import Poste

ECRANS = sorted(declares())


def incomplets(declarations: Iterable[Declaration]) -> list[str]:
    """Les écrans dont l'aide n'a pas ses deux parties écrites, chacune d'une phrase au moins."""
    return [un.nom for un in declarations if not (un.aide.strip().endswith(".") and un.garde.strip().endswith("."))]


def test_chaque_ecran_dit_a_quoi_il_sert_et_ce_qu_il_garde() -> None:
    assert incomplets(declares().values()) == []


def test_mutant_un_ecran_qui_ne_dit_pas_ce_qu_il_garde() -> None:
    """L'épreuve le voit : une déclaration sans ``garde``, ou vide."""
    entier = declares()["accueil"]
    assert incomplets([entier._replace(garde="")]) == ["accueil"]
    assert incomplets([Declaration("neuf", "m:C", "Neuf", aide="À rien.")]) == ["neuf"]


@pytest.mark.parametrize("nom", ECRANS)
def test_f1_dit_les_trois_parties(poste_ouvert: Poste, qtbot: QtBot, nom: str) -> None:
    """Les vrais écrans, dossier ouvert ; les touches montrées sont celles qui répondent, ni plus, ni moins."""
    poste = poste_ouvert
    montrer(qtbot, poste.fenetre)
    if nom == "ouverture":
        poste.session.fermer()
    else:
        ouvrir(qtbot, poste, creer(qtbot, poste, demandeur={"nom": "Hamidi"}))
    poste.fenetre.aller(nom)
    au_repos(qtbot, poste)
    ecran = poste.fenetre.pile.currentWidget()
    assert ecran is not None
    vrais = {b.touche: b.text() for b in ecran.findChildren(Bouton) if b.touche and b.isVisible() and b.isEnabled()}
    ouvrir_l_aide(poste.fenetre)
    (aide,) = poste.fenetre.findChildren(Aide)
    dits = [un.text() for un in aide.findChildren(QLabel) if un.isVisible()]
    assert [un for un in dits if un in (A_QUOI, GARDE, TOUCHES, PARTOUT)] == [A_QUOI, GARDE, TOUCHES, PARTOUT]
    declaration = declares()[nom]
    assert {declaration.aide, declaration.garde} <= set(dits)
    assert aide.siennes == vrais
    assert set(vrais.values()) <= set(dits)
    aide.close()


@pytest.mark.parametrize("nom", ["entretien", "triage"])
def test_f1_dit_la_question_puis_l_ecran(poste_ouvert: Poste, qtbot: QtBot, nom: str) -> None:
    """La première fois pourquoi cette question ; la seconde, l'aide de l'écran ; aucune ne reste sans réponse."""
    montrer(qtbot, poste_ouvert.fenetre)
    if nom == "entretien":
        ouvrir(qtbot, poste_ouvert, creer(qtbot, poste_ouvert), "logement_actuel.statut")
    else:
        poste_ouvert.fenetre.aller(nom)
    au_repos(qtbot, poste_ouvert)
    presser(Qt.Key.Key_F1)
    assert poste_ouvert.fenetre.findChildren(Aide) == []
    entete = poste_ouvert.fenetre.pile.currentWidget().entete  # type: ignore[union-attr]
    assert entete.pourquoi.isVisible()
    presser(Qt.Key.Key_F1)
    (aide,) = poste_ouvert.fenetre.findChildren(Aide)
    assert aide.parties[GARDE] == declares()[nom].garde
    aide.close()
