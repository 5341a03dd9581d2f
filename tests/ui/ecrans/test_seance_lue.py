"""Une séance lue par qui y siège : l'écran s'offre, tout s'y lit, rien ne s'y écrit ; close, elle se lit pour tous."""

from __future__ import annotations

import pytest
from dossiers_ecran import etiquettes
from outils_ecran import MOT_DE_PASSE
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot
from test_ecran_candidats import AUTEUR, garni, lire
from test_ecran_seance import ecran, preparer, trois_decisions

from modele.coffre import Coffre, auteurs
from modele.droits import Auteur, Perimetre
from modele.seance.gardee import Convoque
from ui.composants import Champ
from ui.lancement import Poste
from ui.mots import seance as mots
from ui.theatre.joueur import Joueur

SAM = "Sam Modèle"


@pytest.fixture
def joueur(poste_ouvert: Poste, qtbot: QtBot) -> Joueur:
    return garni(poste_ouvert, qtbot)


def siege(joueur: Joueur, role: str = "membre_commission", compte: str = SAM) -> None:
    """Sam a un compte de ce rôle, noté à la séance si ``compte`` le dit."""

    def noter(coffre: Coffre) -> None:
        (une,) = coffre.seances.lister(AUTEUR)
        autres = tuple(un for un in une.membres if un.nom != SAM)
        sam = Convoque(qualite="maire", nom=SAM, compte=compte, present=True)
        coffre.seances.convoquer(une.id, (*autres, sam), AUTEUR)
        coffre.echanges.regler({auteurs.ROLES_DU_POSTE: f"contingent responsable agent social {role}"})
        coffre.comptes.ouvrir(SAM, "Sam", "Mairie", (role,), MOT_DE_PASSE, Auteur(coffre.agent))

    lire(joueur, noter)


def passer_a(joueur: Joueur, qui: str) -> None:
    joueur.session.fermer()
    joueur.attendre()
    joueur.session.rouvrir(MOT_DE_PASSE, lambda: None, print, agent=qui)
    joueur.attendre()


def offerts(joueur: Joueur) -> set[str]:
    return {action.id for action in joueur.fenetre.actions_possibles()}


def gestes(joueur: Joueur) -> set[str]:
    """Ce que l'écran offre d'activer ou de remplir."""
    ici = ecran(joueur)
    boutons = {un.accessibleName() or un.text() for un in ici.findChildren(QAbstractButton) if un.isVisible()}
    return boutons | {un.ligne.accessibleName() for un in ici.findChildren(Champ) if un.isVisible()}


@pytest.mark.parametrize("role", ["membre_commission", "delegue_bailleur", "observateur"])
def test_qui_siege_lit_sa_seance_sans_rien_pouvoir_y_ecrire(joueur: Joueur, role: str) -> None:
    trois_decisions(joueur)
    siege(joueur, role)
    passer_a(joueur, SAM)
    assert "seance" in offerts(joueur)
    assert offerts(joueur).isdisjoint({"candidats", "contingents", "flux"})
    joueur.aller("seance")
    ici = ecran(joueur)
    dits = "\n".join(etiquettes(ici))
    assert "Commission d'essai" in dits
    assert "Règlement intérieur : non noté." in ici.resume.text()
    assert "pour répondre : 10" in ici.resume.text()
    ici.candidats.liste.setCurrentRow(2)
    assert "trop petit pour ce foyer" in ici.candidats.raisons.text()
    assert "Nomsecret" not in "\n".join(etiquettes(ici))
    assert gestes(joueur) == {"Retour"}


def test_au_clavier_le_membre_parcourt_les_candidats(joueur: Joueur) -> None:
    """Entrée n'y fait rien ; les flèches changent de candidat ; le clavier va de liste en liste."""
    trois_decisions(joueur)
    siege(joueur)
    passer_a(joueur, SAM)
    joueur.aller("seance")
    ici = ecran(joueur)
    assert ici.liste.hasFocus()
    ici.candidats.liste.setFocus(Qt.FocusReason.OtherFocusReason)
    QTest.keyClick(ici.candidats.liste, Qt.Key.Key_Down)
    QTest.keyClick(ici.candidats.liste, Qt.Key.Key_Return)
    joueur.attendre()
    assert ici.candidats.reference == "C-02"
    assert ici.candidats.nom.text() == ""
    assert gestes(joueur) == {"Retour"}


def test_sans_seance_a_lui_le_membre_sait_a_qui_la_demander(joueur: Joueur) -> None:
    """Pas encore ouverte, ou sans son compte : rien n'en paraît, pas même le logement."""
    preparer(joueur)
    siege(joueur)
    passer_a(joueur, SAM)
    joueur.aller("seance")
    assert ecran(joueur).constat.text() == mots.AUCUNE_A_LIRE
    assert gestes(joueur) == {"Retour"}
    assert "Commission d'essai" not in "\n".join(etiquettes(ecran(joueur)))


def test_un_compte_qui_n_y_siege_pas_n_en_lit_rien(joueur: Joueur) -> None:
    trois_decisions(joueur)
    siege(joueur, compte="Quelqu'un d'autre")
    passer_a(joueur, SAM)
    joueur.aller("seance")
    assert ecran(joueur).constat.text() == mots.AUCUNE_A_LIRE


def test_close_la_seance_ne_fait_plus_que_se_lire(joueur: Joueur) -> None:
    """Un geste que le coffre refuserait ne s'offre pas : ni règlement, ni membre, ni motif."""
    ici = trois_decisions(joueur)
    ici.conduite.cloture.demander.click()
    ici.conduite.cloture.oui.click()
    joueur.attendre()
    assert ici.reglement.isHidden()
    assert ici.membres.neuf.isHidden()
    assert ici.membres.pli.isHidden()
    assert "pour répondre : 10" in ici.resume.text()
    assert gestes(joueur) == {"Retour", "Lire le nom", "Écrire les papiers…"}


@pytest.mark.parametrize("mutant", ["chacun mène", "offert à ses seuls objets"])
def test_mutants_de_la_lecture(joueur: Joueur, monkeypatch: pytest.MonkeyPatch, mutant: str) -> None:
    from modele.coffre.seances import Seances

    if mutant == "chacun mène":
        monkeypatch.setattr(Seances, "ecrit", lambda *_: True)
    else:
        lus = auteurs.genres_lus
        monkeypatch.setattr(auteurs, "genres_lus", lambda connexion, qui, *_: lus(connexion, qui, Perimetre.SOI))
    with pytest.raises(AssertionError):
        test_qui_siege_lit_sa_seance_sans_rien_pouvoir_y_ecrire(joueur, "observateur")
