"""Les réglages : chaque choix vaut à l'instant, se garde, s'annonce ; rien n'est à enregistrer, rien ne ment."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

import pytest
from outils_dossier import creer, ouvrir
from outils_ecran import au_repos, montrer, presser, taper
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from modele.synchro.etats import EtatEnvois, Lien
from ui.composants import Bouton
from ui.ecrans import declares, offerts
from ui.ecrans.declaration import Declaration, Offert
from ui.ecrans.imprimer import imprimante
from ui.ecrans.imprimer import reglages as reglages_impression
from ui.ecrans.imprimer.ecran import EcranImprimer
from ui.ecrans.reglages import ouverture
from ui.ecrans.reglages.ecran import EcranReglages
from ui.ecrans.reglages.registre import RELIER, VOIR
from ui.etat import preferences
from ui.etat.copies import copieur_de
from ui.lancement import Poste
from ui.systeme.files import INCONNUES
from ui.theme import Nom, Theme
from ui.theme.apparence import apparence

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def annonces(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    dites: list[str] = []
    monkeypatch.setattr("ui.ecrans.reglages.ecran.annoncer", lambda _widget, phrase: dites.append(phrase))
    return dites


@pytest.fixture
def ecran(poste_ouvert: Poste, qtbot: QtBot) -> EcranReglages:
    """Ouvert par sa touche."""
    montrer(qtbot, poste_ouvert.fenetre)
    presser(Qt.Key.Key_Comma, CTRL)
    au_repos(qtbot, poste_ouvert)
    assert poste_ouvert.fenetre.ecran == "reglages"
    return cast(EcranReglages, poste_ouvert.fenetre.pile.currentWidget())


def gardees(poste: Poste, qtbot: QtBot) -> preferences.Preferences:
    au_repos(qtbot, poste)
    return preferences.lire(poste.session.donnees)


def test_il_s_offre_dans_la_palette_et_le_menu(poste_ouvert: Poste) -> None:
    from ui.cadre.gestes import menu_agent

    assert "reglages" in {un.nom for un in offerts(Offert.PARTOUT)}
    menu = menu_agent(poste_ouvert.fenetre)
    assert declares()["reglages"].libelle in {a.text() for a in menu.actions()}
    menu.deleteLater()


GESTES: dict[str, tuple[Callable[[EcranReglages], object], str, object]] = {
    "theme": (lambda e: e.allure.themes.bouton("contraste"), "theme", "contraste"),
    "systeme": (lambda e: e.allure.themes.bouton("systeme"), "theme", "systeme"),
    "taille": (lambda e: e.allure.tailles.bouton(150), "echelle", 150),
    "verrou": (lambda e: e.ouverture.delais.bouton(15), "verrou_minutes", 15),
    "lieu": (lambda e: e.lieu.choix.bouton("ccas-colombe"), "lieu", "ccas-colombe"),  # type: ignore[union-attr]
}


@pytest.mark.parametrize("geste", GESTES)
def test_un_choix_au_clavier_vaut_se_garde_et_s_annonce(
    poste_ouvert: Poste, ecran: EcranReglages, qtbot: QtBot, annonces: list[str], geste: str
) -> None:
    """L'espace choisit ; le clavier reste sur la réponse ; aucun bouton « Enregistrer »."""
    viser, champ, voulu = GESTES[geste]
    if geste == "lieu":
        assert poste_ouvert.session.regles is not None
        voulu = poste_ouvert.session.regles.territoire.lieux[0].id
        assert ecran.lieu.choix is not None
        bouton = ecran.lieu.choix.bouton(voulu)
    else:
        bouton = viser(ecran)  # type: ignore[assignment]
    bouton.setFocus()
    presser(Qt.Key.Key_Space)
    assert getattr(poste_ouvert.session.preferences, champ) == voulu
    assert getattr(gardees(poste_ouvert, qtbot), champ) == voulu
    assert QApplication.focusWidget() is bouton
    assert len(annonces) == 1
    assert annonces == [ecran.constat.text()]
    assert "Enregistrer" not in {b.text() for b in ecran.findChildren(Bouton)}


def test_le_theme_et_la_taille_changent_l_ecran_tout_de_suite(ecran: EcranReglages, qtbot: QtBot) -> None:
    ecran.allure.themes.bouton("sombre").click()
    ecran.allure.tailles.bouton(200).click()
    qtbot.waitUntil(lambda: apparence().theme == Theme(Nom.SOMBRE, 200))


def test_une_fleche_tenue_n_habille_qu_une_fois(ecran: EcranReglages, qtbot: QtBot) -> None:
    """Chaque habillage se sent : parmi des touches déjà pressées, seul le choix où l'on s'arrête s'applique."""
    habillages: list[Theme] = []
    apparence().change.connect(lambda: habillages.append(apparence().theme))
    ecran.allure.tailles.focus_initial()
    for _ in range(4):
        presser(Qt.Key.Key_Right)
    choisie = ecran.allure.tailles.valeur()
    qtbot.waitUntil(lambda: bool(habillages))
    assert choisie > 100
    assert habillages == [Theme(Nom.CLAIR, choisie)]


def test_ce_qui_change_ailleurs_se_lit_ici(poste_ouvert: Poste, ecran: EcranReglages) -> None:
    """Le menu de l'agent, Ctrl+Plus : les mêmes réglages, un seul mécanisme."""
    poste_ouvert.fenetre.agir("theme_sombre")
    presser(Qt.Key.Key_Plus, CTRL)
    assert ecran.allure.themes.valeur() == "sombre"
    assert ecran.allure.tailles.valeur() == 125


def test_entree_sur_une_reponse_n_en_choisit_aucune(poste_ouvert: Poste, ecran: EcranReglages) -> None:
    ecran.ouverture.delais.bouton(30).setFocus()
    presser(Qt.Key.Key_Return)
    assert poste_ouvert.session.preferences.verrou_minutes == 5


def test_l_impression_est_celle_de_l_ecran_imprimer(
    poste_ouvert: Poste, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, annonces: list[str]
) -> None:
    """File, recto verso, exemplaires : réglés ici, ceux d'Imprimer ; là-bas, un exemplaire ne vaut qu'une fois."""
    files = ["Bureau", "Couloir"]
    monkeypatch.setattr(imprimante, "files", lambda: files)
    monkeypatch.setattr(imprimante, "recto_verso_possible", lambda _: True)
    monkeypatch.setattr(imprimante, "ecrit_un_fichier", lambda _: False)
    monkeypatch.setattr(reglages_impression, "capacites", lambda _: INCONNUES)
    montrer(qtbot, poste_ouvert.fenetre)
    ecran = cast(EcranReglages, poste_ouvert.fenetre.aller("reglages"))
    qtbot.waitUntil(lambda: ecran.impression.reglages.sait is not None)
    reglages = ecran.impression.reglages
    assert reglages.files is not None
    reglages.files.bouton("Couloir").click()
    qtbot.waitUntil(lambda: ecran.impression.reglages.sait is not None)
    reglages.recto_verso.click()
    reglages.copies.bouton(2).click()
    lues = gardees(poste_ouvert, qtbot)
    assert (lues.imprimante, lues.recto_verso, lues.exemplaires) == ("Couloir", True, 2)
    assert annonces[-1].startswith("Impression : Couloir · 2 exemplaires · recto verso.")
    ouvrir(qtbot, poste_ouvert, creer(qtbot, poste_ouvert))
    imprimer = cast(EcranImprimer, poste_ouvert.fenetre.aller("imprimer"))
    qtbot.waitUntil(lambda: imprimer.reglages.sait is not None)
    assert imprimer.reglages.resume() == "Couloir · 2 exemplaires · recto verso"
    imprimer.reglages.copies.bouton(5).click()
    assert gardees(poste_ouvert, qtbot).exemplaires == 2
    assert annonces[-1].startswith("Impression : Couloir")


def test_sans_imprimante_rien_ne_se_regle(ecran: EcranReglages, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imprimante, "files", list)
    ecran.impression.montrer()
    assert ecran.impression.reglages.isHidden()
    assert "Aucune imprimante" in ecran.impression.constat.text()


def test_la_sauvegarde_est_celle_des_envois(poste_ouvert: Poste, ecran: EcranReglages, qtbot: QtBot) -> None:
    """Le même copieur, la même carte : faite d'ici, elle se lit là-bas."""
    assert ecran.copies.derniere.accessibleName().endswith("pas encore faite")
    ecran.copies.copier.click()
    copieur = copieur_de(poste_ouvert.session)
    qtbot.waitUntil(lambda: copieur.etat is not None and copieur.etat.derniere is not None)
    qtbot.waitUntil(lambda: "pas encore" not in ecran.copies.derniere.accessibleName())


def test_le_lien_au_registre_mene_aux_envois(poste_ouvert: Poste, ecran: EcranReglages, qtbot: QtBot) -> None:
    """Sans registre, de quoi s'y relier ; relié, l'état ; révoqué, de quoi s'y relier de nouveau."""
    assert ecran.registre.geste.text() == RELIER
    ecran.registre.synchro.recevoir(EtatEnvois(Lien.EN_LIGNE, registre="https://registre.exemple:8443"))
    assert ecran.registre.geste.text() == VOIR
    ecran.registre.synchro.recevoir(EtatEnvois(Lien.REVOQUE))
    assert ecran.registre.geste.text() == RELIER
    ecran.registre.geste.click()
    assert poste_ouvert.fenetre.ecran == "envois"


def test_aucun_bouton_vers_un_ecran_qui_n_existe_pas(ecran: EcranReglages) -> None:
    """Les comptes : un bouton s'il y a un écran pour eux, rien sinon."""
    boutons = [b.text() for b in ecran.ouverture.findChildren(Bouton)]
    assert boutons == ([declares()["agents"].libelle] if "agents" in declares() else [])
    assert (ecran.ouverture.agents is not None) == ("agents" in declares())


def test_les_comptes_ont_leur_bouton_des_qu_ils_ont_un_ecran(
    poste: Poste, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    agents = Declaration("agents", "m:C", "Comptes de ce poste", icone="users")
    monkeypatch.setattr(ouverture, "declares", lambda: {"agents": agents})
    carte = ouverture.CarteOuverture(poste.session)
    qtbot.addWidget(carte)
    vers: list[str] = []
    carte.aller.connect(vers.append)
    assert carte.agents is not None
    carte.agents.click()
    assert (carte.agents.text(), vers) == ("Comptes de ce poste", ["agents"])


def test_le_territoire_se_lit_et_ne_se_change_pas(poste_ouvert: Poste, ecran: EcranReglages) -> None:
    """Il est du coffre. Les contacts et les mentions ont leur écran."""
    assert poste_ouvert.session.regles is not None
    nom = poste_ouvert.session.regles.territoire.nom
    assert ecran.lieu.territoire.accessibleName() == f"Territoire : {nom}"
    ecran.lieu.contacts.click()
    assert poste_ouvert.fenetre.ecran == "contacts"
    poste_ouvert.fenetre.aller("reglages")
    ecran.lieu.mentions.click()
    assert poste_ouvert.fenetre.ecran == "mentions"


def test_tab_atteint_chaque_groupe_dans_l_ordre(ecran: EcranReglages) -> None:
    """Au clavier seul : de la première carte à la recherche des touches, sans piège."""
    attendus = (ecran.allure, ecran.ouverture, ecran.lieu, ecran.copies, ecran.registre, ecran.clavier)
    ecran.retour.setFocus()
    vus: list[object] = []
    for _ in range(60):
        presser(Qt.Key.Key_Tab)
        ici = QApplication.focusWidget()
        assert ici is not None
        carte = next((un for un in attendus if un.isAncestorOf(ici)), None)
        if carte is not None and carte not in vus:
            vus.append(carte)
        if carte is ecran.clavier:
            break
    assert vus == list(attendus)


def test_ctrl_f_cherche_une_touche(poste_ouvert: Poste, ecran: EcranReglages, qtbot: QtBot) -> None:
    """La liste s'ouvre, le clavier dans sa recherche ; refait, ce qui y est tapé se remplace."""
    presser(Qt.Key.Key_F, CTRL)
    au_repos(qtbot, poste_ouvert)
    assert ecran.clavier.pli.deplie
    assert QApplication.focusWidget() is ecran.clavier.chercher.ligne
    taper("imprimer")
    assert 0 < len(ecran.clavier.trouvees()) < len(ecran.clavier.touches)
    presser(Qt.Key.Key_F, CTRL)
    taper("palette")
    assert ecran.clavier.chercher.contenu == "palette"
    assert ecran.clavier.pli.deplie


def test_retour_ramene_d_ou_l_on_vient_sans_tourner_en_rond(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Des dossiers aux réglages, des réglages aux comptes : chaque « Retour » défait un pas."""
    fenetre = poste_ouvert.fenetre
    montrer(qtbot, fenetre)
    fenetre.aller("dossiers")
    fenetre.aller("reglages")
    fenetre.aller("agents")
    for attendu in ("reglages", "dossiers"):
        au_repos(qtbot, poste_ouvert)
        presser(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
        assert fenetre.ecran == attendu
    fenetre.aller("accueil")
    fenetre.aller("reglages")
    au_repos(qtbot, poste_ouvert)
    presser(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert fenetre.ecran == "accueil"


def test_la_phrase_qui_confirme_se_voit_tout_en_bas(ecran: EcranReglages) -> None:
    barre = ecran._page.verticalScrollBar()
    barre.setValue(barre.maximum())
    assert barre.value() > 0
    ecran.ouverture.delais.bouton(30).click()
    assert "C'est gardé" in ecran.constat.text()
    assert ecran.constat.visibleRegion().boundingRect().size() == ecran.constat.size()
