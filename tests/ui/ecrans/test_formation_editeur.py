"""Écrire un cas à l'écran, au clavier : copier, corriger d'après les fautes, essayer, publier, jouer, retirer."""

from __future__ import annotations

import pytest
from outils_ecran import au_repos, presser
from outils_ecran_formation import VIOLENCES, aller, jouer, suite, textes
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from modele.coffre.auteurs import ROLES_DU_POSTE
from modele.formation import Attente, lire_cas
from ui.ecrans.formation.cas_ecrits import fichier_de
from ui.ecrans.formation.choix import PageChoix
from ui.ecrans.formation.ecran import EcranFormation
from ui.ecrans.formation.editeur import PageEditeur
from ui.ecrans.formation.entretien import PageEntretien
from ui.ecrans.formation.resultat import PageResultat
from ui.ecrans.formation.seance import PageSeance
from ui.lancement import Poste

CAS = lire_cas(VIOLENCES)
ALT = Qt.KeyboardModifier.AltModifier
NEUF = "violences-enfants-2"


@pytest.fixture
def ecran(poste_ouvert: Poste, qtbot: QtBot) -> EcranFormation:
    return aller(qtbot, poste_ouvert)


def former(ecran: EcranFormation, titre: str = CAS.titre) -> PageSeance:
    assert isinstance(ecran.page, PageChoix)
    ecran.page.seance.click()
    page = ecran.page
    assert isinstance(page, PageSeance)
    page.choisir(next(un for un in page._connus if un.titre == titre))
    return page


def copier(qtbot: QtBot, poste: Poste, ecran: EcranFormation) -> PageEditeur:
    """Au clavier, le texte d'un cas livré, sous un autre nom."""
    page = former(ecran)
    assert not page.changer.isVisible()
    page.copier.setFocus()
    presser(Qt.Key.Key_Space, widget=page.copier)
    au_repos(qtbot, poste)
    editeur = ecran.page
    assert isinstance(editeur, PageEditeur)
    return editeur


def changer(qtbot: QtBot, poste: Poste, editeur: PageEditeur, avant: str, apres: str) -> None:
    """Remplace ces mots dans le texte, comme au clavier : sous le curseur, et l'historique les défait."""
    trouve = editeur.zone.document().find(avant)
    assert not trouve.isNull(), avant
    trouve.insertText(apres)
    verifie(qtbot, poste, editeur)


def verifie(qtbot: QtBot, poste: Poste, editeur: PageEditeur) -> None:
    qtbot.waitUntil(lambda: editeur.verifie is not None)
    au_repos(qtbot, poste)


def test_copie_un_cas_livre_est_valable_sous_un_nom_libre(
    ecran: EcranFormation, poste_ouvert: Poste, qtbot: QtBot
) -> None:
    editeur = copier(qtbot, poste_ouvert, ecran)
    verifie(qtbot, poste_ouvert, editeur)
    assert QApplication.focusWidget() is editeur.zone
    assert f'id = "{NEUF}"' in editeur.ecrit
    assert editeur.constat.text().startswith("Cas valable")
    assert "remplace" not in editeur.constat.text()
    assert not editeur.fautes.isVisible()
    assert editeur.envoyer.isEnabled()
    changer(qtbot, poste_ouvert, editeur, f'id = "{NEUF}"', f'id = "{CAS.id}"')
    assert editeur.constat.text().endswith("Il remplace le cas de ce nom, pour toute la structure.")


def test_une_faute_se_dit_avec_sa_ligne_et_entree_y_mene(
    ecran: EcranFormation, poste_ouvert: Poste, qtbot: QtBot
) -> None:
    """Les phrases de verifier-formation, à mesure ; fautif, il ne s'essaie ni ne se publie."""
    editeur = copier(qtbot, poste_ouvert, ecran)
    verifie(qtbot, poste_ouvert, editeur)
    ligne = editeur.ecrit.split('sorte = "ouverte"')[0].count("\n") + 1
    changer(qtbot, poste_ouvert, editeur, 'sorte = "ouverte"', 'sorte = "ouvert"')
    assert editeur.constat.text().endswith("à corriger.")
    assert not editeur.envoyer.isEnabled()
    assert not editeur.jouer.isEnabled()
    dites = [un.detail for un in map(editeur.fautes.vue, range(editeur.fautes.count()))]
    rang = next(rang for rang, dite in enumerate(dites) if "« ouvert » n'est pas permis" in dite)
    assert editeur.fautes.vue(rang).titre.startswith(f"Ligne {ligne}, etape")
    editeur.zone.moveCursor(QTextCursor.MoveOperation.Start)
    editeur.fautes.setFocus()
    editeur.fautes.setCurrentRow(rang)
    presser(Qt.Key.Key_Return, widget=editeur.fautes)
    assert QApplication.focusWidget() is editeur.zone
    assert editeur.zone.textCursor().blockNumber() + 1 == ligne
    changer(qtbot, poste_ouvert, editeur, 'sorte = "ouvert"', 'sorte = "ouverte"')
    assert editeur.envoyer.isEnabled()


def test_un_cas_livre_ne_s_adoucit_pas(ecran: EcranFormation, poste_ouvert: Poste, qtbot: QtBot) -> None:
    editeur = copier(qtbot, poste_ouvert, ecran)
    changer(qtbot, poste_ouvert, editeur, f'id = "{NEUF}"', f'id = "{CAS.id}"')
    grave = next(un for un in CAS.points() if un.attente is Attente.VITAL and un.tranche)
    debut, avant, suite_du_texte = editeur.ecrit.partition(f'id = "{grave.id}"')
    adouci = suite_du_texte.replace('attente = "vital"', 'attente = "attendu"', 1)
    editeur.zone.setPlainText(debut + avant + adouci)
    verifie(qtbot, poste_ouvert, editeur)
    assert "cela ne s'adoucit pas" in editeur.fautes.vue(0).detail


def test_s_essaie_sans_rien_publier_ni_noter_puis_se_publie_et_se_joue(
    ecran: EcranFormation, poste_ouvert: Poste, qtbot: QtBot
) -> None:
    """Par la donnée seule, à l'écran, au clavier : écrit, essayé, publié, joué de bout en bout, changé, retiré."""
    editeur = copier(qtbot, poste_ouvert, ecran)
    changer(qtbot, poste_ouvert, editeur, CAS.titre, "Notre cas à nous")
    presser(Qt.Key.Key_I, ALT)
    au_repos(qtbot, poste_ouvert)
    assert isinstance(ecran.page, PageEntretien)
    assert ecran.page.cas.titre == "Notre cas à nous"
    while not isinstance(ecran.page, PageResultat):
        suite(qtbot, poste_ouvert)
    assert not ecran.page.depart.isVisible()
    suite(qtbot, poste_ouvert)
    repris = ecran.page
    assert isinstance(repris, PageEditeur)
    verifie(qtbot, poste_ouvert, repris)
    suite(qtbot, poste_ouvert)
    assert isinstance(ecran.page, PageChoix)
    assert ecran._rendu is not None
    assert [un.cas for un in ecran._rendu.essais] == []
    assert ecran._rendu.brouillon == ""
    publie = next(un for un in ecran._rendu.cas if un.titre == "Notre cas à nous")
    assert "Tout ce que ce cas attend y est." in jouer(qtbot, poste_ouvert, ecran, cas=publie).constat.text()
    suite(qtbot, poste_ouvert)
    seance = former(ecran, "Notre cas à nous")
    assert seance.changer.isVisible()
    seance.changer.click()
    au_repos(qtbot, poste_ouvert)
    assert isinstance(ecran.page, PageEditeur)
    assert f'id = "{NEUF}"' in ecran.page.ecrit
    presser(Qt.Key.Key_PageUp, ALT)
    au_repos(qtbot, poste_ouvert)
    former(ecran, "Notre cas à nous").oter.click()
    au_repos(qtbot, poste_ouvert)
    assert isinstance(ecran.page, PageChoix)
    assert "Notre cas à nous" not in textes(ecran.page) + " ".join(un.text() for un in ecran.page.cartes)


def test_un_brouillon_se_garde_et_se_reprend(ecran: EcranFormation, poste_ouvert: Poste, qtbot: QtBot) -> None:
    editeur = copier(qtbot, poste_ouvert, ecran)
    changer(qtbot, poste_ouvert, editeur, CAS.titre, "À finir")
    poste_ouvert.fenetre.aller("accueil")
    au_repos(qtbot, poste_ouvert)
    aller(qtbot, poste_ouvert)
    page = former(ecran)
    assert page.brouillon.isVisible()
    page.brouillon.click()
    au_repos(qtbot, poste_ouvert)
    assert isinstance(ecran.page, PageEditeur)
    assert "À finir" in ecran.page.ecrit
    poste_ouvert.session.agent = "Léo Blanc"
    poste_ouvert.session.agent_change.emit()
    au_repos(qtbot, poste_ouvert)
    aller(qtbot, poste_ouvert)
    assert ecran._rendu is not None
    assert ecran._rendu.brouillon == ""


@pytest.mark.parametrize(("roles", "peut"), [("agent", False), ("formateur", True), ("responsable", True)])
def test_qui_publie(roles: str, peut: bool, ecran: EcranFormation, poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Sur un poste relié : le responsable et le formateur. Un agent l'apprend d'une phrase, et garde son texte."""
    poste_ouvert.session.avec_coffre(lambda coffre: coffre.regler(ROLES_DU_POSTE, roles), lambda _: None, pour=ecran)
    au_repos(qtbot, poste_ouvert)
    editeur = copier(qtbot, poste_ouvert, ecran)
    verifie(qtbot, poste_ouvert, editeur)
    suite(qtbot, poste_ouvert)
    assert isinstance(ecran.page, PageChoix) is peut
    if not peut:
        assert "Votre rôle ne permet pas ce geste" in ecran.echec.phrase
        assert ecran.page is editeur


def test_le_nom_du_fichier_est_celui_que_dit_le_texte() -> None:
    assert fichier_de('format = 1\nid = "mon-cas"\n').name == "mon-cas.toml"
    assert fichier_de("rien").name == "cas.toml"
    assert fichier_de('id = "../lieux"').name == "cas.toml"
