"""« Suivi » : qui n'ouvre jamais ce dossier, et « Je connais cette personne », au clavier, sur de vrais widgets."""

from __future__ import annotations

from typing import Any, cast

import pytest
from outils_dossier import creer, ouvrir
from outils_ecran import au_repos, montrer, presser, taper
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from modele.coffre.ecarts import A_QUI, QUI, SEUL, SOI
from modele.droits import Auteur
from modele.regles.fautes import ErreurUtilisateur
from ui.composants import Bouton
from ui.composants.frappes import SIGNES
from ui.ecrans.suivi.ecran import EcranSuivi
from ui.ecrans.suivi.noms_connus import NomsConnus
from ui.lancement import Poste
from ui.mots import ecarts as mots

LEO = "Léo Blanc"
ROUX: dict[str, Any] = {"demandeur": {"nom": "Roux", "prenoms": "Ida"}}


def suivi(qtbot: QtBot, poste: Poste) -> EcranSuivi:
    montrer(qtbot, poste.fenetre)
    ecran = cast(EcranSuivi, poste.fenetre.aller("suivi", {}))
    au_repos(qtbot, poste)
    return ecran


def avec_leo(poste: Poste) -> Any:
    """Un second compte sur ce poste ; rend le coffre."""
    coffre: Any = poste.session._coffre
    coffre.comptes.ouvrir(
        LEO, "Léo", "", ("agent", "social", "responsable"), "cinq mots sans aucun lien", poste.session.auteur
    )
    return coffre


def lu(ecran: EcranSuivi) -> str:
    return " ".join(un.text() for un in ecran.ecarts.findChildren(QLabel) if un.isVisible())


def test_nommer_un_agent_puis_lever_au_clavier(qtbot: QtBot, poste_ouvert: Poste) -> None:
    """Un nom, Entrée : l'écart est écrit et se lit ; « Lever, à sa demande » le défait. Le lieu, pareil."""
    dossier = creer(qtbot, poste_ouvert, **ROUX)
    coffre = avec_leo(poste_ouvert)
    ouvrir(qtbot, poste_ouvert, dossier)
    ecran = suivi(qtbot, poste_ouvert)
    carte = ecran.ecarts
    assert carte.agents.proposes() == [LEO]
    carte.agent.setFocus()
    taper("LEO BLANC")
    presser(Qt.Key.Key_Return)
    au_repos(qtbot, poste_ouvert)
    assert [un.agent for un in coffre.ecarts.lister(dossier, poste_ouvert.session.auteur)] == [LEO]
    assert carte.constat.text() == mots.FAIT.format("LEO BLANC")
    assert f"{LEO}, agent" in lu(ecran)
    (lever,) = [un for un in carte.findChildren(Bouton) if un.text() == mots.LEVER]
    lever.click()
    au_repos(qtbot, poste_ouvert)
    assert coffre.ecarts.lister(dossier, poste_ouvert.session.auteur) == []
    assert f"{LEO}, agent" not in lu(ecran)
    carte.lieu.setFocus()
    taper("Mairie de Combe")
    presser(Qt.Key.Key_Return)
    au_repos(qtbot, poste_ouvert)
    assert "Mairie de Combe, lieu" in lu(ecran)
    # Ce poste ne la connaît pas : mal écrite, elle n'écarterait personne, et l'agent l'entend.
    assert carte.constat.text() == mots.INCONNU.format("Mairie de Combe")


def test_choisir_un_agent_puis_un_lieu_d_ici_sans_rien_taper(qtbot: QtBot, poste_ouvert: Poste) -> None:
    """Bas, Entrée : le nom est au champ, écrit sans faute ; Entrée écarte. Choisir l'un efface l'autre."""
    dossier = creer(qtbot, poste_ouvert, **ROUX)
    coffre = avec_leo(poste_ouvert)
    ouvrir(qtbot, poste_ouvert, dossier)
    carte = suivi(qtbot, poste_ouvert).ecarts
    lieu = coffre.ecarts.lieux()[0]
    assert lieu in carte.lieux.proposes()
    carte.lieu.setFocus()
    taper(lieu[:3].upper())
    presser(Qt.Key.Key_Down)
    presser(Qt.Key.Key_Return)
    assert (carte.lieu.contenu, carte.lieux.isVisible()) == (lieu, False)
    carte.agent.setFocus()
    presser(Qt.Key.Key_Down)
    presser(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is carte.agent.ligne
    assert (carte.agent.contenu, carte.lieu.contenu) == (LEO, "")
    assert coffre.ecarts.lister(dossier, poste_ouvert.session.auteur) == []
    presser(Qt.Key.Key_Return)
    au_repos(qtbot, poste_ouvert)
    assert [un.agent for un in coffre.ecarts.lister(dossier, poste_ouvert.session.auteur)] == [LEO]
    # Déjà écarté, il ne se propose plus ; les lieux, si.
    assert carte.agents.proposes() == []
    assert lieu in carte.lieux.proposes()


def test_entree_garde_ce_qui_est_tape(qtbot: QtBot, poste_ouvert: Poste) -> None:
    """Un nom d'ailleurs qui commence comme un nom d'ici : personne d'ici n'est écarté à sa place."""
    dossier = creer(qtbot, poste_ouvert, **ROUX)
    coffre = avec_leo(poste_ouvert)
    ouvrir(qtbot, poste_ouvert, dossier)
    carte = suivi(qtbot, poste_ouvert).ecarts
    carte.agent.setFocus()
    taper("LEO")
    assert carte.agents.proposes() == [LEO]
    presser(Qt.Key.Key_Return)
    au_repos(qtbot, poste_ouvert)
    assert [un.agent for un in coffre.ecarts.lister(dossier, poste_ouvert.session.auteur)] == ["LEO"]
    assert carte.constat.text() == mots.INCONNU.format("LEO")


def test_mutant_le_premier_nom_choisi_d_avance(
    qtbot: QtBot, poste_ouvert: Poste, monkeypatch: pytest.MonkeyPatch
) -> None:
    """C'est ce qui ferait écarter Léo pour un autre."""
    montrer_liste = NomsConnus.montrer
    monkeypatch.setattr(NomsConnus, "montrer", lambda liste, lignes, choisie=-1: montrer_liste(liste, lignes, 0))
    dossier = creer(qtbot, poste_ouvert, **ROUX)
    coffre = avec_leo(poste_ouvert)
    ouvrir(qtbot, poste_ouvert, dossier)
    carte = suivi(qtbot, poste_ouvert).ecarts
    carte.agent.setFocus()
    taper("LEO")
    presser(Qt.Key.Key_Return)
    presser(Qt.Key.Key_Return)
    au_repos(qtbot, poste_ouvert)
    assert [un.agent for un in coffre.ecarts.lister(dossier, poste_ouvert.session.auteur)] == [LEO]


@pytest.mark.parametrize(("agent", "phrase"), [("", QUI), ("ana martin", SOI)])
def test_un_refus_se_dit_et_rien_ne_s_ecrit(qtbot: QtBot, poste_ouvert: Poste, agent: str, phrase: str) -> None:
    dossier = creer(qtbot, poste_ouvert, **ROUX)
    ouvrir(qtbot, poste_ouvert, dossier)
    carte = suivi(qtbot, poste_ouvert).ecarts
    carte.agent.poser(agent or None)
    carte.ecarter.click()
    au_repos(qtbot, poste_ouvert)
    assert carte.constat.text() == phrase
    assert cast(Any, poste_ouvert.session._coffre).ecarts.lister(dossier, poste_ouvert.session.auteur) == []


def test_je_connais_cette_personne_au_clavier(qtbot: QtBot, poste_ouvert: Poste) -> None:
    """Choisir qui reçoit, confirmer : le dossier se ferme, ne se trouve plus, et rien de l'envoi ne se perd."""
    dossier = creer(qtbot, poste_ouvert, **ROUX)
    coffre = avec_leo(poste_ouvert)
    attend = len(coffre.echanges.lot(500))
    ouvrir(qtbot, poste_ouvert, dossier)
    ecran = suivi(qtbot, poste_ouvert)
    carte = ecran.ecarts
    assert not carte.main.isVisible()
    carte.je_connais.setFocus()
    presser(Qt.Key.Key_Space)
    assert carte.main.isVisible()
    carte.passer.click()
    au_repos(qtbot, poste_ouvert)
    assert carte.constat.text() == A_QUI
    assert carte.choix is not None
    carte.choix.focus_initial()
    taper(SIGNES[0])
    assert carte.choix.valeur() == LEO
    carte.passer.click()
    au_repos(qtbot, poste_ouvert)
    assert (carte.constat.text(), poste_ouvert.session.dossier_id) == ("", "")
    assert poste_ouvert.session.document == {}
    assert coffre.rechercher("Roux Ida") == []
    with pytest.raises(ErreurUtilisateur, match="n'est pas dans ce coffre"):
        coffre.consulter(dossier, poste_ouvert.session.auteur)
    assert len(coffre.echanges.lot(500)) > attend
    coffre.agent = LEO
    assert coffre.consulter(dossier, Auteur(LEO))["protection"]["referent"] == LEO


def test_seul_sur_le_poste_il_faut_le_savoir(qtbot: QtBot, poste_ouvert: Poste) -> None:
    """La phrase dit que le dossier attendra ; le clavier est sur « Annuler », qui ne change rien."""
    dossier = creer(qtbot, poste_ouvert, **ROUX)
    ouvrir(qtbot, poste_ouvert, dossier)
    carte = suivi(qtbot, poste_ouvert).ecarts
    carte.je_connais.click()
    assert (carte.phrase.text(), carte.passer.text()) == (SEUL, mots.ATTENDRE)
    assert QApplication.focusWidget() is carte.renoncer
    presser(Qt.Key.Key_Space)
    assert not carte.main.isVisible()
    assert poste_ouvert.session.dossier_id == dossier
    carte.je_connais.click()
    carte.passer.click()
    au_repos(qtbot, poste_ouvert)
    assert poste_ouvert.session.dossier_id == ""


def test_la_meme_carte_pour_tous_et_rien_n_en_reste(qtbot: QtBot, poste_ouvert: Poste) -> None:
    """Discret ou non, vide ou non : la même ; en quittant l'écran, aucun nom n'y reste."""
    for document in (ROUX, {**ROUX, "protection": {"discret": True}}):
        dossier = creer(qtbot, poste_ouvert, **document)
        ouvrir(qtbot, poste_ouvert, dossier)
        ecran = suivi(qtbot, poste_ouvert)
        assert ecran.ecarts.isVisible()
        assert ecran.ecarts.je_connais.isVisible()
    ecran.ecarts.agent.poser("Zoé")
    poste_ouvert.fenetre.aller("accueil", {})
    assert ecran.ecarts.agent.contenu == ""
    assert not cast(Any, poste_ouvert.fenetre.aller("suivi", {"chemin": "demandeur.nom"})).ecarts.isVisible()
