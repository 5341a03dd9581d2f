"""L'écran « Agents et mot de passe », au clavier, vrais widgets ; et le verrou où un autre agent prend la place."""

from __future__ import annotations

from datetime import date

import pytest
from outils_ecran import MOT_DE_PASSE, au_repos, presser, taper
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from modele.coffre import Coffre
from modele.coffre.comptes import CompteAgent
from ui.cadre.barres import RIEN_A_ENREGISTRER
from ui.cadre.couverture import Voile
from ui.cadre.gestes import menu_agent, palette
from ui.cadre.page_neutre import PageNeutre, PageVerrou
from ui.composants import Bouton
from ui.ecrans.agents.ecran import EcranAgents, LigneCompte
from ui.ecrans.agents.formulaires import Fermer, Identite, MonMotDePasse, Rouvrir
from ui.ecrans.ouverture.choix_agent import ABSENT_QUE_FAIRE, NomAbsent
from ui.ecrans.ouverture.deverrouiller import Deverrouiller
from ui.ecrans.ouverture.ecran import EcranOuverture
from ui.etat.serrure import SECOURS_A_GARDER
from ui.lancement import Poste
from ui.mots import agents as mots

ANA, AWA = "Ana Martin", "Awa Diallo"
DE_AWA = "cinq mots pour Awa"


@pytest.fixture
def ecran(poste_ouvert: Poste, qtbot: QtBot) -> EcranAgents:
    """L'écran, atteint par son nom."""
    return aller(qtbot, poste_ouvert)


def aller(qtbot: QtBot, poste: Poste) -> EcranAgents:
    ecran = poste.fenetre.aller("agents")
    au_repos(qtbot, poste)
    assert isinstance(ecran, EcranAgents)
    return ecran


def textes(widget: QWidget) -> str:
    return " | ".join(un.text() for un in widget.findChildren(QLabel) if un.isVisible())


def ajouter(qtbot: QtBot, poste: Poste, ecran: EcranAgents, prenom: str, nom: str, *roles: str, secret: str) -> None:
    """Ajoute un agent : ses mots tapés, ses rôles cochés, Entrée."""
    ecran.ajouter.click()
    formulaire = ecran.formulaire
    assert isinstance(formulaire, Identite)
    assert QApplication.focusWidget() is formulaire.prenom.ligne
    taper(prenom, formulaire.prenom.ligne)
    presser(Qt.Key.Key_Return, widget=formulaire.prenom.ligne)
    assert QApplication.focusWidget() is formulaire.nom.ligne
    taper(nom, formulaire.nom.ligne)
    for role in roles:
        formulaire.roles.bouton(role).click()
    taper(secret, formulaire.saisie.premier.ligne)
    taper(secret, formulaire.saisie.second.ligne)
    presser(Qt.Key.Key_Return, widget=formulaire.saisie.second.ligne)
    au_repos(qtbot, poste)


def ajouter_awa(qtbot: QtBot, poste: Poste, *roles: str) -> EcranAgents:
    ecran = aller(qtbot, poste)
    ajouter(qtbot, poste, ecran, "Awa", "Diallo", *(roles or ("agent",)), secret=DE_AWA)
    return ecran


def ligne_de(ecran: EcranAgents, nom: str) -> LigneCompte:
    return next(un for un in ecran.lignes if un.compte.nom == nom)


def comptes(qtbot: QtBot, poste: Poste) -> list[CompteAgent]:
    lus: list[CompteAgent] = []
    auteur = poste.session.auteur
    poste.session.avec_coffre(lambda coffre: coffre.comptes.lister(auteur), lus.extend, pour=poste.session)
    au_repos(qtbot, poste)
    return lus


def verrouiller(poste: Poste) -> PageVerrou:
    poste.couverture.verrouiller()
    page = poste.couverture.page
    assert isinstance(page, PageVerrou)
    return page


def reprendre(qtbot: QtBot, poste: Poste, nom: str, secret: str) -> None:
    """Au verrou : choisit son nom, tape son mot de passe, Entrée."""
    page = poste.couverture.page or verrouiller(poste)
    if not page.reprise.choix.isHidden():
        page.reprise.choix.liste.setCurrentText(nom)
    taper(secret, page.reprise.mot_de_passe.ligne)
    presser(Qt.Key.Key_Return, widget=page.reprise.mot_de_passe.ligne)
    au_repos(qtbot, poste)


# L'écran


def test_seul_il_est_administrateur_et_ne_se_ferme_pas(ecran: EcranAgents) -> None:
    assert "Administrateur" in textes(ecran)
    assert [un.compte.nom for un in ecran.lignes] == [ANA]
    assert [un.text() for un in ecran.lignes[0].gestes] == ["Changer"]
    assert not ecran.journal.isVisible()


def test_ajouter_un_agent(qtbot: QtBot, poste_ouvert: Poste) -> None:
    """Son compte s'ouvre avec ses rôles ; le journal le dit ; le mot de passe est dit provisoire."""
    ecran = ajouter_awa(qtbot, poste_ouvert, "agent", "social")
    assert ecran.formulaire is None
    assert ecran.constat.text() == mots.OUVERT.format(AWA)
    assert ligne_de(ecran, AWA).compte.roles == ("agent", "social")
    assert mots.PROVISOIRE_LUI in textes(ligne_de(ecran, AWA))
    assert f"{ANA} a ouvert un compte : « {AWA} »" in textes(ecran.journal)
    assert poste_ouvert.session.agents() == [ANA, AWA]
    assert QApplication.focusWidget() is ecran.ajouter, "le suivant s'ajoute d'une touche"


def test_ce_qui_manque_se_dit_au_champ_et_rien_n_est_envoye(
    qtbot: QtBot, poste_ouvert: Poste, ecran: EcranAgents
) -> None:
    ecran.ajouter.click()
    formulaire = ecran.formulaire
    assert isinstance(formulaire, Identite)
    formulaire.valider()
    assert formulaire.nom.faute == mots.SANS_NOM
    taper("Diallo", formulaire.nom.ligne)
    formulaire.valider()
    assert "12 signes" in formulaire.saisie.premier.faute
    for ligne in (formulaire.saisie.premier.ligne, formulaire.saisie.second.ligne):
        taper(DE_AWA, ligne)
    formulaire.valider()
    au_repos(qtbot, poste_ouvert)
    assert "au moins un rôle" in formulaire.echec.text(), "le coffre refuse, l'écran le dit et garde ce qui est tapé"
    assert formulaire.faire.isEnabled()
    assert formulaire.nom.contenu == "Diallo"
    formulaire.renoncer.click()
    assert ecran.formulaire is None
    assert len(comptes(qtbot, poste_ouvert)) == 1


def test_changer_puis_fermer_puis_rouvrir(qtbot: QtBot, poste_ouvert: Poste) -> None:
    ecran = ajouter_awa(qtbot, poste_ouvert)
    ligne_de(ecran, AWA).gestes[0].click()
    formulaire = ecran.formulaire
    assert isinstance(formulaire, Identite)
    taper("Accueil", formulaire.service.ligne)
    formulaire.roles.bouton("responsable").click()
    formulaire.faire.click()
    au_repos(qtbot, poste_ouvert)
    change = ligne_de(ecran, AWA).compte
    assert (change.signature, change.roles) == ("Accueil, Awa", ("agent", "responsable"))
    assert QApplication.focusWidget() is ligne_de(ecran, AWA).gestes[0]

    ligne_de(ecran, AWA).gestes[1].click()
    assert isinstance(ecran.formulaire, Fermer)
    assert QApplication.focusWidget() is ecran.formulaire.renoncer, "Entrée ne ferme rien par accident"
    ecran.formulaire.faire.click()
    au_repos(qtbot, poste_ouvert)
    assert "(compte fermé)" in textes(ligne_de(ecran, AWA))
    assert QApplication.focusWidget() is ligne_de(ecran, AWA).gestes[0], "« Rouvrir », si c'était une erreur"
    assert poste_ouvert.session.agents() == [ANA]

    codes: list[str] = []
    poste_ouvert.session.avec_coffre(Coffre.renouveler_secours, codes.append, pour=poste_ouvert.session)
    au_repos(qtbot, poste_ouvert)
    ligne_de(ecran, AWA).gestes[0].click()
    rouvrir = ecran.formulaire
    assert isinstance(rouvrir, Rouvrir)
    rouvrir.valider()
    assert rouvrir.code.faute == mots.SANS_CODE
    taper(codes[0], rouvrir.code.ligne)
    for ligne in (rouvrir.saisie.premier.ligne, rouvrir.saisie.second.ligne):
        taper(DE_AWA, ligne)
    rouvrir.faire.click()
    au_repos(qtbot, poste_ouvert)
    assert ligne_de(ecran, AWA).compte.ouvert
    assert poste_ouvert.session.agents() == [ANA, AWA]


def test_changer_son_mot_de_passe(qtbot: QtBot, poste_ouvert: Poste, ecran: EcranAgents) -> None:
    """L'ancien est exigé ; le nouveau ouvre, l'ancien n'ouvre plus."""
    assert ecran.changer is not None
    ecran.changer.click()
    formulaire = ecran.formulaire
    assert isinstance(formulaire, MonMotDePasse)
    formulaire.valider()
    assert formulaire.ancien.faute == mots.SANS_ANCIEN
    for ligne in (formulaire.saisie.premier.ligne, formulaire.saisie.second.ligne):
        taper(DE_AWA, ligne)
    taper("ce n'est pas lui", formulaire.ancien.ligne)
    formulaire.valider()
    au_repos(qtbot, poste_ouvert)
    assert "Ce n'est pas le mot de passe" in formulaire.echec.text()
    formulaire.ancien.poser(None)
    taper(MOT_DE_PASSE, formulaire.ancien.ligne)
    formulaire.valider()
    au_repos(qtbot, poste_ouvert)
    assert ecran.constat.text() == mots.MOT_CHANGE
    assert QApplication.focusWidget() is ecran.retour
    reprendre(qtbot, poste_ouvert, ANA, MOT_DE_PASSE)
    assert poste_ouvert.couverture.couverte
    reprendre(qtbot, poste_ouvert, ANA, DE_AWA)
    assert not poste_ouvert.couverture.couverte


def test_qui_n_administre_pas_ne_voit_que_son_compte(qtbot: QtBot, poste_ouvert: Poste) -> None:
    ajouter_awa(qtbot, poste_ouvert)
    reprendre(qtbot, poste_ouvert, AWA, DE_AWA)
    ecran = aller(qtbot, poste_ouvert)
    vus = textes(ecran)
    assert AWA in vus
    assert mots.PROVISOIRE in vus
    assert mots.SANS_DROIT in vus
    assert ANA not in vus
    assert ecran.lignes == []
    assert not ecran.ajouter.isVisible()
    assert not ecran.journal.isVisible()


def test_quitter_l_ecran_oublie_ce_qui_s_y_tapait(poste_ouvert: Poste, ecran: EcranAgents) -> None:
    ecran.ajouter.click()
    poste_ouvert.fenetre.aller("accueil")
    assert ecran.formulaire is None
    assert ecran.lignes == []


def test_la_palette_et_le_menu_y_menent(qtbot: QtBot, poste_ouvert: Poste) -> None:
    """« Changer d'agent » ne s'offre qu'à plusieurs."""

    def offerts() -> tuple[set[str], list[str]]:
        menu = menu_agent(poste_ouvert.fenetre)
        dits = [un.text() for un in menu.actions()]
        menu.deleteLater()
        return {un.id for un in poste_ouvert.fenetre.actions_possibles()}, dits

    possibles, menu = offerts()
    assert "agents" in possibles
    assert "changer_agent" not in possibles
    assert "Agents et mot de passe" in menu
    ajouter_awa(qtbot, poste_ouvert)
    possibles, menu = offerts()
    assert "changer_agent" in possibles
    assert "Changer d'agent" in menu
    cherchee = palette(poste_ouvert.fenetre)
    cherchee.deleteLater()
    poste_ouvert.fenetre.agir("changer_agent")
    page = poste_ouvert.couverture.page
    assert isinstance(page, PageVerrou)
    assert page.focusWidget() is page.reprise.choix.liste
    reprendre(qtbot, poste_ouvert, ANA, MOT_DE_PASSE)


# Le verrou


def test_seul_le_verrou_ne_propose_rien(qtbot: QtBot, poste_ouvert: Poste) -> None:
    page = verrouiller(poste_ouvert)
    assert page.reprise.choix.isHidden()
    reprendre(qtbot, poste_ouvert, ANA, MOT_DE_PASSE)


@pytest.mark.qt_log_ignore(r"This plugin does not support (propagateSizeHints|raise|grabbing)", extend=True)
def test_la_liste_du_verrou_s_ouvre_et_se_choisit_au_clavier(qtbot: QtBot, poste_ouvert: Poste) -> None:
    """Sa liste déroulante est une fenêtre de plus : la couverture ne doit ni la voiler, ni lui prendre le clavier."""
    ajouter_awa(qtbot, poste_ouvert)
    page = verrouiller(poste_ouvert)
    liste = page.reprise.choix.liste
    liste.showPopup()
    vue = liste.view()
    assert vue.isVisible()
    assert not vue.window().findChildren(Voile)
    presser(Qt.Key.Key_Down, widget=vue)
    presser(Qt.Key.Key_Return, widget=vue)
    assert page.reprise.choix.agent == AWA
    reprendre(qtbot, poste_ouvert, AWA, DE_AWA)
    assert not poste_ouvert.couverture.couverte


def test_un_autre_agent_prend_la_place(qtbot: QtBot, poste_ouvert: Poste) -> None:
    """Son mot de passe à lui ; le dossier et le dialogue de l'autre sont fermés, sa frappe gardée."""
    session = poste_ouvert.session
    ajouter_awa(qtbot, poste_ouvert, "agent")
    session.creer_dossier({"territoire": "metropole-exemple", "demandeur": {"nom": "Roux"}}, lambda _: None)
    au_repos(qtbot, poste_ouvert)
    dossier = session.dossier_id
    poste_ouvert.fenetre.aller("entretien", {"dossier": dossier})
    session.brouillon("contact.adresse_courrier", "Rue des")
    au_repos(qtbot, poste_ouvert)
    dialogue = QDialog(poste_ouvert.fenetre)
    dialogue.show()

    page = verrouiller(poste_ouvert)
    assert page.reprise.choix.agent == ANA
    reprendre(qtbot, poste_ouvert, AWA, MOT_DE_PASSE)
    assert poste_ouvert.couverture.couverte, "le mot de passe d'une autre n'ouvre pas son compte"
    assert AWA in page.reprise.mot_de_passe.faute
    reprendre(qtbot, poste_ouvert, AWA, DE_AWA)
    assert not poste_ouvert.couverture.couverte
    assert (session.agent, session.dossier_id, session.document) == (AWA, "", {})
    assert poste_ouvert.fenetre.ecran == "accueil"
    assert poste_ouvert.fenetre.barre_haute.agent.text() == AWA
    assert not poste_ouvert.fenetre.barre_haute.dossier.isVisible()
    assert not dialogue.isVisible()

    reprises: list[str] = []
    session.avec_coffre(lambda c: [un.texte for un in c.reprises()], reprises.extend, pour=session)
    au_repos(qtbot, poste_ouvert)
    assert reprises == ["Rue des"]


def test_qui_ne_lit_aucun_dossier_ne_voit_pas_la_frappe(qtbot: QtBot, poste_ouvert: Poste) -> None:
    """Un compte qui ne fait que tenir les comptes : ni dossier récent, ni saisie interrompue."""
    session = poste_ouvert.session
    ajouter_awa(qtbot, poste_ouvert, "administrateur")
    session.creer_dossier({"territoire": "metropole-exemple", "demandeur": {"nom": "ROUX"}}, lambda _: None)
    au_repos(qtbot, poste_ouvert)
    session.brouillon("contact.adresse_courrier", "Rue des")
    au_repos(qtbot, poste_ouvert)
    reprendre(qtbot, poste_ouvert, AWA, DE_AWA)
    vus = textes(poste_ouvert.fenetre)
    assert "ROUX" not in vus
    assert "Saisie interrompue" not in vus


def test_le_meme_agent_retrouve_tout(qtbot: QtBot, poste_ouvert: Poste) -> None:
    """Reprendre sous son nom ne ferme rien."""
    session = poste_ouvert.session
    ajouter_awa(qtbot, poste_ouvert)
    session.creer_dossier({"territoire": "metropole-exemple"}, lambda _: None)
    au_repos(qtbot, poste_ouvert)
    dossier = session.dossier_id
    reprendre(qtbot, poste_ouvert, ANA, MOT_DE_PASSE)
    assert session.dossier_id == dossier


def test_ce_qui_attendait_est_signe_de_qui_l_a_donne(qtbot: QtBot, poste_ouvert: Poste) -> None:
    """Une réponse donnée poste couvert part à la réouverture : sous le nom de qui l'a donnée, pas de qui rouvre."""
    session = poste_ouvert.session
    ajouter_awa(qtbot, poste_ouvert)
    session.creer_dossier({"territoire": "metropole-exemple"}, lambda _: None)
    au_repos(qtbot, poste_ouvert)
    dossier = session.dossier_id
    verrouiller(poste_ouvert)
    session.modifier({"demandeur.nom": "Roux"})
    reprendre(qtbot, poste_ouvert, AWA, DE_AWA)
    par: list[str] = []
    session.avec_coffre(lambda c: [un.entete.par.nom for un in c.operations(dossier)], par.extend, pour=session)
    au_repos(qtbot, poste_ouvert)
    assert par[-1] == ANA


@pytest.mark.parametrize("combien", [1, 2])
def test_un_compte_ferme_apprend_au_verrou_que_faire(qtbot: QtBot, poste_ouvert: Poste, combien: int) -> None:
    """La même phrase qu'à l'ouverture, au clavier, et le mot de passe se tape encore ; la page neutre n'en dit rien."""
    if combien == 2:
        ajouter_awa(qtbot, poste_ouvert)
    page = verrouiller(poste_ouvert)
    assert page.focusWidget() is page.reprise.mot_de_passe.ligne
    assert ABSENT_QUE_FAIRE not in textes(page)
    page.absent.bouton.setFocus()
    presser(Qt.Key.Key_Space, widget=page.absent.bouton)
    assert ABSENT_QUE_FAIRE in textes(page)
    assert poste_ouvert.couverture.couverte
    assert not PageNeutre("Calendrier", date(2026, 11, 23)).findChildren(NomAbsent)
    reprendre(qtbot, poste_ouvert, ANA, MOT_DE_PASSE)
    assert not poste_ouvert.couverture.couverte


# L'ouverture


def test_a_l_ouverture_on_choisit_son_nom_d_abord(qtbot: QtBot, poste_ouvert: Poste) -> None:
    """Rien n'est choisi d'avance ; sans nom, aucune case n'est essayée."""
    ajouter_awa(qtbot, poste_ouvert)
    poste_ouvert.session.fermer()
    poste_ouvert.session.agent = ""
    ecran = poste_ouvert.fenetre.aller("ouverture")
    assert isinstance(ecran, EcranOuverture)
    ouvrir = ecran.etapes.pages[0]
    assert isinstance(ouvrir, Deverrouiller)
    assert QApplication.focusWidget() is ouvrir.choix.liste
    assert ouvrir.choix.agent == ""
    taper(DE_AWA, ouvrir.mot_de_passe.ligne)
    presser(Qt.Key.Key_Return, widget=ouvrir.mot_de_passe.ligne)
    assert "Choisissez d'abord votre nom" in textes(ouvrir.choix)
    ouvrir.choix.liste.setFocus()
    presser(Qt.Key.Key_Down, widget=ouvrir.choix.liste)
    presser(Qt.Key.Key_Down, widget=ouvrir.choix.liste)
    assert ouvrir.choix.agent == AWA
    with qtbot.waitSignal(poste_ouvert.session.ouvert):
        presser(Qt.Key.Key_Return, widget=ouvrir.mot_de_passe.ligne)
    au_repos(qtbot, poste_ouvert)
    assert poste_ouvert.session.agent == AWA


@pytest.mark.parametrize("combien", [1, 2])
def test_un_compte_ferme_apprend_a_l_ouverture_que_faire(qtbot: QtBot, poste_ouvert: Poste, combien: int) -> None:
    """Qui ne trouve pas son nom a une phrase, qu'il reste un compte ou plusieurs ; elle ne nomme personne."""
    if combien == 2:
        ajouter_awa(qtbot, poste_ouvert)
    poste_ouvert.session.fermer()
    poste_ouvert.session.agent = ""
    ecran = poste_ouvert.fenetre.aller("ouverture")
    assert isinstance(ecran, EcranOuverture)
    ouvrir = ecran.etapes.pages[0]
    assert isinstance(ouvrir, Deverrouiller)
    assert ABSENT_QUE_FAIRE not in textes(ouvrir)
    ouvrir.absent.bouton.setFocus()
    presser(Qt.Key.Key_Space, widget=ouvrir.absent.bouton)
    assert ABSENT_QUE_FAIRE in textes(ouvrir)
    assert not [nom for nom in (ANA, AWA, "Ana", "Awa") if nom in textes(ouvrir)]
    # Repliée pour le suivant.
    poste_ouvert.fenetre.aller("ouverture")
    assert ABSENT_QUE_FAIRE not in textes(ecran)


def test_l_heure_d_un_autre_ne_se_lit_plus(qtbot: QtBot, poste_ouvert: Poste) -> None:
    """Ce qu'Ana a enregistré n'est pas à Awa ; reprendre sous son nom, en revanche, ne l'efface pas."""
    session, barre = poste_ouvert.session, poste_ouvert.fenetre.barre_basse
    ajouter_awa(qtbot, poste_ouvert)
    session.creer_dossier({"territoire": "metropole-exemple"}, lambda _: None)
    au_repos(qtbot, poste_ouvert)
    assert "Enregistré sur ce poste à" in textes(barre)
    reprendre(qtbot, poste_ouvert, ANA, MOT_DE_PASSE)
    assert "Enregistré sur ce poste à" in textes(barre)
    reprendre(qtbot, poste_ouvert, AWA, DE_AWA)
    assert "Enregistré" not in textes(barre)
    assert RIEN_A_ENREGISTRER in textes(barre)


@pytest.mark.parametrize(("roles", "montre"), [(("agent",), False), (("administrateur",), True)])
def test_le_code_jamais_ressaisi_ne_se_montre_qu_a_un_administrateur(
    qtbot: QtBot, poste_ouvert: Poste, roles: tuple[str, ...], montre: bool
) -> None:
    """Il ouvre tous les comptes : un autre agent, en entrant, ne le reçoit pas."""
    session = poste_ouvert.session
    ajouter_awa(qtbot, poste_ouvert, *roles)
    session.avec_coffre(lambda coffre: coffre.regler(SECOURS_A_GARDER, "oui"), lambda _: None, pour=session)
    au_repos(qtbot, poste_ouvert)
    session.fermer()
    session.agent = ""
    codes: list[str] = []
    session.secours_a_garder.connect(codes.append)
    session.ouvrir(DE_AWA, pytest.fail, AWA)
    au_repos(qtbot, poste_ouvert)
    assert bool(codes) is montre
    assert poste_ouvert.fenetre.ecran == ("agents" if montre else "accueil")


@pytest.mark.parametrize("octets", [b"{", b"[]", b'{"cases": [{"genre": "secours", "agent": ""}, 3]}'])
def test_un_fichier_de_cles_illisible_ne_propose_personne(poste_ouvert: Poste, octets: bytes) -> None:
    """Le déverrouillage le dira ; la liste, elle, ne plante pas."""
    cles = poste_ouvert.session.chemin.with_name(f"{poste_ouvert.session.chemin.name}.cles")
    gardes = cles.read_bytes()
    cles.write_bytes(octets)
    assert poste_ouvert.session.agents() == []
    cles.write_bytes(gardes)


def test_un_mot_de_passe_provisoire_se_dit_a_qui_entre(qtbot: QtBot, poste_ouvert: Poste) -> None:
    """Et se change d'un geste ; à qui a choisi le sien, rien."""
    bandeau = poste_ouvert.fenetre.bandeau
    ajouter_awa(qtbot, poste_ouvert)
    assert bandeau.phrase == ""
    reprendre(qtbot, poste_ouvert, AWA, DE_AWA)
    assert bandeau.phrase == mots.PROVISOIRE
    (changer,) = [un for un in bandeau.findChildren(Bouton) if un.text() == "Le changer"]
    changer.click()
    au_repos(qtbot, poste_ouvert)
    ecran = poste_ouvert.fenetre.pile.currentWidget()
    assert isinstance(ecran, EcranAgents)
    formulaire = ecran.formulaire
    assert isinstance(formulaire, MonMotDePasse)
    taper(DE_AWA, formulaire.ancien.ligne)
    for ligne in (formulaire.saisie.premier.ligne, formulaire.saisie.second.ligne):
        taper("le sien pour elle seule", ligne)
    formulaire.valider()
    au_repos(qtbot, poste_ouvert)
    assert poste_ouvert.session.compte is not None
    assert not poste_ouvert.session.compte.provisoire
    assert bandeau.phrase == ""
    bandeau.dire("Ce qui se disait à Awa")
    reprendre(qtbot, poste_ouvert, ANA, MOT_DE_PASSE)
    assert bandeau.phrase == ""


# Le papier


def test_le_papier_dit_le_service_et_le_prenom_de_qui_a_le_poste(qtbot: QtBot, poste_ouvert: Poste) -> None:
    """Dès que le compte les dit ; à un autre agent, les siens."""
    session = poste_ouvert.session
    ecran = ajouter_awa(qtbot, poste_ouvert)
    assert session.signature == ""
    ligne_de(ecran, ANA).gestes[0].click()
    formulaire = ecran.formulaire
    assert isinstance(formulaire, Identite)
    taper("Ana", formulaire.prenom.ligne)
    taper("Insertion", formulaire.service.ligne)
    formulaire.faire.click()
    au_repos(qtbot, poste_ouvert)
    assert session.signature == "Insertion, Ana"
    reprendre(qtbot, poste_ouvert, AWA, DE_AWA)
    assert session.signature == "Awa"
    reprendre(qtbot, poste_ouvert, ANA, MOT_DE_PASSE)
    assert session.signature == "Insertion, Ana"
