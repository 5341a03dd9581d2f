"""L'écran de la personne : éteint, ouvert d'un geste, et vidé ou fermé au moindre doute (norme de sûreté, § 6)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from outils_ecran import MOT_DE_PASSE, au_repos, presser
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from modele.dossier.chemins import ABSENT
from modele.dossier.questions import SEUL_A_SEUL
from modele.mots.phrases import mots
from modele.protection.discretion import devenir_discret, rendre_discret
from modele.protection.ecran_demandeur import Permises
from ui.cadre.ecran_tourne import EcranTourne
from ui.cadre.fenetre_demandeur import FenetreDemandeur
from ui.cadre.gestes import palette as palette_de
from ui.cadre.moniteurs import Moniteur
from ui.etat.ecran_demandeur import EcranDemandeur
from ui.lancement import Poste
from ui.mots.ecran_demandeur import (
    CHANGES,
    DEBORDE,
    DOUBLES,
    FERMER,
    LANGUE,
    MONTRER_LA_NOTE,
    OUVRIR,
    QUELQU_UN,
    REPRENDRE,
    TOUCHE,
)
from ui.theatre.joueur import Joueur
from ui.theatre.scenes import couple, heberge
from ui.theatre.scenes_ecran_demandeur import brancher, debrancher

NOM = "Quel est votre nom de naissance ?"
PERMISE, INTERDITE = "demandeur.nom", "contact.telephone"


@pytest.fixture
def joueur(poste_ouvert: Poste) -> Joueur:
    """Un agent, deux écrans, un dossier ouvert à une question permise ; rien n'est encore montré."""
    joueur = Joueur(poste_ouvert)
    joueur.atelier.horloge = lambda: date(2026, 11, 23)
    brancher(joueur)
    ouvrir(joueur, heberge())
    return joueur


def ouvrir(joueur: Joueur, document: dict[str, Any], chemin: str = PERMISE) -> None:
    joueur.atelier.preparer()
    joueur.attendre()
    joueur.session.creer_dossier(document, lambda _: None)
    joueur.attendre()
    joueur.aller("entretien", dossier=joueur.session.dossier_id, chemin=chemin)


def tourne(joueur: Joueur) -> EcranTourne:
    return joueur.poste.ecran_tourne


def etat(joueur: Joueur) -> EcranDemandeur:
    return tourne(joueur).etat


def dits(joueur: Joueur) -> list[str]:
    """Ce que lit la personne ; une liste vide : rien, fenêtre ouverte ou non."""
    fenetre = tourne(joueur).montree
    return [mot.replace("\u00a0", " ") for mot in fenetre.affiche.dits] if fenetre is not None else []


def gestes(joueur: Joueur) -> set[str]:
    """Ce que la palette offre."""
    palette = palette_de(joueur.fenetre)
    offerts = {action.id for action in palette._actions}
    palette.close()
    return offerts


def montrer(joueur: Joueur) -> FenetreDemandeur:
    joueur.presser(OUVRIR)
    fenetre = tourne(joueur).montree
    assert fenetre is not None
    return fenetre


def reprendre(qtbot: QtBot, poste: Poste) -> None:
    poste.couverture._reprendre(MOT_DE_PASSE)
    qtbot.waitUntil(lambda: not poste.couverture.couverte)
    au_repos(qtbot, poste)


# Éteint, puis ouvert d'un geste.


def test_eteint_par_defaut(joueur: Joueur) -> None:
    assert not etat(joueur).ouvert
    assert tourne(joueur).montree is None


def test_un_geste_l_ouvre_a_la_question_en_cours_un_autre_le_ferme(joueur: Joueur) -> None:
    fenetre = montrer(joueur)
    assert fenetre.isVisible()
    assert dits(joueur) == [NOM]
    assert "ecran_demandeur" in gestes(joueur)
    joueur.presser(FERMER)
    assert tourne(joueur).montree is None
    joueur.fenetre.activateWindow()
    joueur.attendre()
    presser(Qt.Key.Key_F8, widget=joueur.fenetre)
    assert TOUCHE == "F8"
    assert dits(joueur) == [NOM]


def test_il_suit_la_question_et_rien_qu_elle(joueur: Joueur) -> None:
    """Jamais la réponse : ni celle qui vient d'être donnée, ni celles d'avant."""
    montrer(joueur)
    joueur.aller_a("logement_actuel.statut")
    avant = dits(joueur)
    assert avant[0] == "Où vivez-vous en ce moment ? Et cette nuit, où avez-vous dormi ?"
    joueur.session.modifier({"logement_actuel.statut": "squat"})
    joueur.attendre()
    assert dits(joueur) == avant  # ce qui peut se répondre, le même pour tous : la réponse n'y change rien
    joueur.aller_a("demandeur.prenoms")
    assert dits(joueur) == ["Vos prénoms ?"]
    assert "Zoé" not in " ".join(dits(joueur))


def bandeau(joueur: Joueur) -> str:
    """Ce que l'agent lit en haut de sa fenêtre, à toute taille de texte."""
    return joueur.fenetre.bandeau.phrase


def test_la_langue_dite_change_la_question_a_l_instant(joueur: Joueur) -> None:
    montrer(joueur)
    joueur.session.modifier({LANGUE: "ka"})
    joueur.attendre()
    assert dits(joueur)[0] == joueur.atelier.bilan.regles.langues["ka"].questions["vous"]["nom"]["dire"]
    assert bandeau(joueur) == ""


def test_une_langue_que_perron_n_ecrit_pas_se_dit_a_l_agent(joueur: Joueur) -> None:
    """Le français en face, et l'agent sait pourquoi, une fois ; l'écran fermé, il n'en lit plus rien."""
    montrer(joueur)
    joueur.session.modifier({LANGUE: "pl"})
    joueur.attendre()
    assert dits(joueur) == [NOM]
    assert "polonais" in bandeau(joueur)
    joueur.fenetre.bandeau.oublier()
    joueur.aller_a("demandeur.prenoms")
    assert bandeau(joueur) == ""  # lu : la question suivante ne le redit pas
    joueur.presser(FERMER)
    montrer(joueur)
    assert "polonais" in bandeau(joueur)  # une autre réception le redit
    joueur.presser(FERMER)
    assert bandeau(joueur) == ""


def test_le_repli_part_quand_la_langue_se_sait(joueur: Joueur) -> None:
    montrer(joueur)
    joueur.session.modifier({LANGUE: "pl"})
    joueur.attendre()
    joueur.session.modifier({LANGUE: "uk"})
    joueur.attendre()
    assert bandeau(joueur) == ""


def test_mutant_un_repli_qui_se_tait(joueur: Joueur, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tourne(joueur), "_dire_le_repli", lambda _: None)
    montrer(joueur)
    joueur.session.modifier({LANGUE: "pl"})
    joueur.attendre()
    assert bandeau(joueur) == ""


def test_le_francais_simple_est_un_geste_de_cette_reception(joueur: Joueur) -> None:
    assert "simple_demandeur" not in gestes(joueur)
    montrer(joueur)
    assert "simple_demandeur" in gestes(joueur)
    etat(joueur).basculer_le_simple()
    assert dits(joueur)[0] == "Quel est votre nom de famille, à la naissance ?"
    joueur.session.modifier({LANGUE: "ar"})
    joueur.attendre()
    assert "simple_demandeur" not in gestes(joueur)
    etat(joueur).basculer_le_simple()  # sans effet : la personne lit l'arabe
    joueur.session.modifier({LANGUE: "fr"})
    joueur.attendre()
    assert dits(joueur)[0] == "Quel est votre nom de famille, à la naissance ?"
    joueur.presser(FERMER)
    montrer(joueur)
    assert dits(joueur) == [NOM]


def test_sans_second_ecran_rien_ne_s_offre(joueur: Joueur) -> None:
    debrancher(joueur)
    assert not joueur.ecran.personne.bouton.isVisible()  # type: ignore[attr-defined]
    assert "ecran_demandeur" not in gestes(joueur)
    presser(Qt.Key.Key_F8, widget=joueur.fenetre)
    assert tourne(joueur).montree is None
    assert joueur.fenetre.bandeau.phrase == ""


# Ce qui se montre : la liste, et rien d'autre.


@pytest.mark.parametrize(
    "chemin", [INTERDITE, "demande.motifs", "triage.toit_ce_soir", "foyer.personnes", "logement_actuel.adresse"]
)
def test_une_question_hors_liste_le_vide(joueur: Joueur, chemin: str) -> None:
    fenetre = montrer(joueur)
    joueur.aller_a(chemin)
    assert dits(joueur) == []
    assert fenetre.isVisible()
    joueur.aller_a(PERMISE)
    assert dits(joueur) == [NOM]


def test_mutant_une_liste_qui_permet_tout(joueur: Joueur, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Permises, "pictogramme", lambda *_: "user")
    montrer(joueur)
    joueur.aller_a(INTERDITE)
    assert dits(joueur) != []


def test_les_pages_sans_question_le_vident(joueur: Joueur) -> None:
    """La page de fin, celle des réponses, un autre écran."""
    montrer(joueur)
    joueur.presser("Relire, changer")
    assert dits(joueur) == []
    joueur.aller_a(PERMISE)
    assert dits(joueur) == [NOM]
    joueur.finir_l_entretien()
    assert dits(joueur) == []
    joueur.aller_a(PERMISE)
    for ecran in ("cotation", "orientation", "suivi"):
        joueur.aller(ecran)
        assert dits(joueur) == [], ecran
    joueur.aller("entretien", chemin=PERMISE)
    assert dits(joueur) == [NOM]


def test_une_question_seul_a_seul_ne_se_montre_pas(joueur: Joueur) -> None:
    montrer(joueur)
    joueur.session.modifier({SEUL_A_SEUL: True})
    joueur.attendre()
    joueur.aller_a("demande.mariage_force")
    assert dits(joueur) == []


# La note.


def seule(joueur: Joueur) -> None:
    joueur.session.modifier({SEUL_A_SEUL: True})
    joueur.attendre()


def test_la_note_ne_se_montre_que_seul_a_seul_et_d_un_geste(joueur: Joueur) -> None:
    montrer(joueur)
    joueur.aller("cotation")
    assert dits(joueur) == []
    joueur.presser(MONTRER_LA_NOTE)
    assert dits(joueur) == []
    assert joueur.fenetre.bandeau.phrase == QUELQU_UN
    seule(joueur)
    assert dits(joueur) == []
    joueur.presser(MONTRER_LA_NOTE)
    assert "points" in dits(joueur)[0]
    assert joueur.fenetre.bandeau.phrase == ""
    assert "MOREL" not in " ".join(dits(joueur))


def test_la_note_est_dans_sa_langue_et_se_refait_quand_elle_change(joueur: Joueur) -> None:
    montrer(joueur)
    joueur.session.modifier({SEUL_A_SEUL: True, LANGUE: "ar"})
    joueur.aller("cotation")
    joueur.presser(MONTRER_LA_NOTE)
    arabe = dits(joueur)
    assert mots("ar")("note.ne_decide_pas") in arabe
    joueur.session.modifier({LANGUE: "fr"})
    joueur.attendre()
    assert mots()("note.ne_decide_pas") in dits(joueur)
    assert dits(joueur) != arabe


def test_un_accompagnant_arrive_et_la_note_s_efface(joueur: Joueur) -> None:
    montrer(joueur)
    seule(joueur)
    joueur.aller("cotation")
    joueur.presser(MONTRER_LA_NOTE)
    assert dits(joueur)
    joueur.session.modifier({SEUL_A_SEUL: ABSENT})
    assert dits(joueur) == []
    seule(joueur)
    assert dits(joueur) == []
    joueur.presser(MONTRER_LA_NOTE)
    joueur.session.modifier({"contact.interprete": "proche_adulte"})
    assert dits(joueur) == []


def test_mutant_un_accompagnant_qui_ne_compte_pas(joueur: Joueur, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("modele.protection.ecran_demandeur.nul_autre", lambda *_: True)
    montrer(joueur)
    joueur.aller("cotation")
    joueur.presser(MONTRER_LA_NOTE)
    assert dits(joueur) != []


def test_la_note_part_avec_sa_page(joueur: Joueur) -> None:
    montrer(joueur)
    seule(joueur)
    joueur.aller("cotation")
    joueur.presser(MONTRER_LA_NOTE)
    assert "note_demandeur" in gestes(joueur)
    joueur.aller("orientation")
    assert dits(joueur) == []
    assert "note_demandeur" not in gestes(joueur)
    joueur.aller("cotation")
    assert dits(joueur) == []
    joueur.presser(MONTRER_LA_NOTE)
    joueur.aller("entretien", chemin=PERMISE)
    assert dits(joueur) == [NOM]


# Le dossier discret.


def test_absent_d_un_dossier_discret_sans_un_mot(joueur: Joueur) -> None:
    joueur.session.fermer_dossier()
    ouvrir(joueur, rendre_discret(heberge()))
    bandeau = joueur.fenetre.bandeau.phrase
    assert not etat(joueur).possible
    assert not joueur.ecran.personne.bouton.isVisible()  # type: ignore[attr-defined]
    assert gestes(joueur).isdisjoint({"ecran_demandeur", "note_demandeur"})
    presser(Qt.Key.Key_F8, widget=joueur.fenetre)
    etat(joueur).montrer_la_note()
    assert tourne(joueur).montree is None
    assert joueur.fenetre.bandeau.phrase == bandeau


def test_un_dossier_qui_devient_discret_le_ferme_tout_de_suite(joueur: Joueur) -> None:
    montrer(joueur)
    joueur.session.modifier(devenir_discret())
    # Avant tout retour du coffre.
    assert tourne(joueur).montree is None
    joueur.attendre()
    assert tourne(joueur).montree is None
    assert joueur.fenetre.bandeau.phrase == ""
    assert not joueur.ecran.personne.bouton.isVisible()  # type: ignore[attr-defined]


def test_mutant_un_dossier_discret_qui_ne_ferme_pas(joueur: Joueur, monkeypatch: pytest.MonkeyPatch) -> None:
    montrer(joueur)
    monkeypatch.setattr("modele.protection.discretion.est_discret", lambda _: False)
    monkeypatch.setattr("modele.bilan.est_discret", lambda _: False)
    joueur.session.modifier(devenir_discret())
    assert tourne(joueur).montree is not None


def test_une_voie_discrete_le_ferme_meme_sans_rendre_discret(joueur: Joueur) -> None:
    """Un dossier qu'un autre adulte lit ne devient pas discret de lui-même ; il est à taire aussitôt."""
    joueur.session.fermer_dossier()
    ouvrir(joueur, couple())
    montrer(joueur)
    joueur.session.modifier({"demande.motifs": {"coches": ["violences"], "clos": True}})
    assert tourne(joueur).montree is None
    joueur.attendre()
    assert tourne(joueur).montree is None


# F12, le verrou, la fin.


def test_f12_le_vide_et_rien_ne_le_rallume_qu_un_geste(qtbot: QtBot, joueur: Joueur) -> None:
    fenetre = montrer(joueur)
    presser(Qt.Key.Key_F12, widget=joueur.fenetre)
    assert dits(joueur) == []
    assert fenetre.isVisible()
    assert fenetre.windowTitle() == "Calendrier"
    reprendre(qtbot, joueur.poste)
    joueur.fenetre.demasquer()
    joueur.attendre()
    assert dits(joueur) == []
    joueur.aller_a("demandeur.prenoms")
    assert dits(joueur) == []
    joueur.presser(REPRENDRE)
    assert dits(joueur) == ["Vos prénoms ?"]


def test_f12_efface_la_note(qtbot: QtBot, joueur: Joueur) -> None:
    montrer(joueur)
    seule(joueur)
    joueur.aller("cotation")
    joueur.presser(MONTRER_LA_NOTE)
    presser(Qt.Key.Key_F12, widget=joueur.fenetre)
    assert dits(joueur) == []
    reprendre(qtbot, joueur.poste)
    joueur.fenetre.demasquer()
    joueur.attendre()
    # Qui a fait couvrir l'écran est peut-être là : « seul à seul » est à cocher de nouveau.
    etat(joueur).montrer_la_note()
    assert dits(joueur) == []


def test_mutant_f12_qui_ne_vide_pas(qtbot: QtBot, joueur: Joueur, monkeypatch: pytest.MonkeyPatch) -> None:
    montrer(joueur)
    joueur.session.ferme.disconnect(etat(joueur).vider)
    presser(Qt.Key.Key_F12, widget=joueur.fenetre)
    assert dits(joueur) == [NOM]
    reprendre(qtbot, joueur.poste)


@pytest.mark.parametrize("fin", ["verrou", "accueil", "autre dossier", "triage", "parti"])
def test_la_reception_finie_le_ferme(qtbot: QtBot, joueur: Joueur, fin: str) -> None:
    montrer(joueur)
    session = joueur.session
    {
        "verrou": joueur.poste.couverture.verrouiller,
        "accueil": lambda: joueur.aller("accueil"),
        "autre dossier": lambda: session.creer_dossier(heberge(), lambda _: None),
        "triage": lambda: joueur.aller("triage"),
        "parti": session.fermer_dossier,
    }[fin]()
    joueur.attendre()
    assert tourne(joueur).montree is None
    assert not etat(joueur).ouvert
    if joueur.poste.couverture.couverte:
        reprendre(qtbot, joueur.poste)
        assert tourne(joueur).montree is None


def test_un_dossier_gele_le_ferme(joueur: Joueur) -> None:
    montrer(joueur)
    joueur.session.gele = True
    joueur.session.dossier_change.emit(joueur.session.document)
    assert tourne(joueur).montree is None
    joueur.session.gele = False


def test_un_autre_agent_qui_rouvre_le_ferme(qtbot: QtBot, joueur: Joueur) -> None:
    montrer(joueur)
    presser(Qt.Key.Key_F12, widget=joueur.fenetre)
    etat(joueur)._agent = "Quelqu'un d'autre"
    reprendre(qtbot, joueur.poste)
    assert tourne(joueur).montree is None


def test_entrer_le_ferme(joueur: Joueur) -> None:
    montrer(joueur)
    joueur.session.ouvert.emit()
    joueur.attendre()
    assert tourne(joueur).montree is None


# Les écrans changent.


def test_tout_changement_d_ecrans_le_ferme_et_se_dit(joueur: Joueur) -> None:
    fenetre = montrer(joueur)
    affiche = fenetre.affiche
    tourne(joueur).moniteurs.change.emit()
    assert affiche.dits == []
    assert not fenetre.isVisible()
    assert joueur.fenetre.bandeau.phrase == CHANGES
    # Le second est toujours là : il se rouvre d'un geste, jamais de lui-même.
    joueur.attendre()
    assert tourne(joueur).montree is None
    montrer(joueur)
    assert dits(joueur) == [NOM]
    assert joueur.fenetre.bandeau.phrase == ""


def test_ferme_un_changement_d_ecrans_ne_dit_rien(joueur: Joueur) -> None:
    tourne(joueur).moniteurs.change.emit()
    assert joueur.fenetre.bandeau.phrase == ""


def test_mutant_un_debranchement_qui_ne_ferme_pas(joueur: Joueur) -> None:
    montrer(joueur)
    tourne(joueur).moniteurs.change.disconnect(tourne(joueur)._ecrans_changes)
    debrancher(joueur)
    assert tourne(joueur).montree is not None
    etat(joueur).fermer()


def test_un_bureau_duplique_se_refuse_et_se_dit(joueur: Joueur) -> None:
    ici, place = QGuiApplication.primaryScreen(), QRect(0, 0, 1366, 768)
    tourne(joueur).moniteurs.lister = lambda: [Moniteur(place, ici), Moniteur(place, ici)]
    joueur.presser(OUVRIR)
    assert tourne(joueur).montree is None
    assert joueur.fenetre.bandeau.phrase == DOUBLES


def test_la_fenetre_de_l_agent_a_cheval_se_refuse_et_se_dit(joueur: Joueur) -> None:
    ici = QGuiApplication.primaryScreen()
    places = QRect(0, 0, 100, 768), QRect(100, 0, 2000, 768)
    tourne(joueur).moniteurs.lister = lambda: [Moniteur(place, ici) for place in places]
    joueur.presser(OUVRIR)
    assert tourne(joueur).montree is None
    assert joueur.fenetre.bandeau.phrase == DEBORDE


def test_la_fenetre_de_l_agent_deplacee_chez_la_personne_le_ferme(qtbot: QtBot, joueur: Joueur) -> None:
    montrer(joueur)
    joueur.fenetre.move(18_900, 0)
    qtbot.waitUntil(lambda: tourne(joueur).montree is None)
    assert joueur.fenetre.bandeau.phrase == DEBORDE
    joueur.fenetre.move(0, 0)


def test_l_ecran_parti_entre_le_geste_et_la_fenetre(joueur: Joueur, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(etat(joueur), "empechement", str)
    tourne(joueur).moniteurs.lister = list
    etat(joueur).basculer()
    assert not etat(joueur).ouvert
    assert tourne(joueur).montree is None


# Une fenêtre qu'on regarde, et rien d'autre.


def test_ni_clavier_ni_barre_des_taches_ni_titre(joueur: Joueur) -> None:
    """Le greffon sans écran donne le clavier à toute fenêtre : s'en abstenir s'éprouve sur un vrai serveur."""
    fenetre = montrer(joueur)
    drapeaux = fenetre.windowFlags()
    assert drapeaux & Qt.WindowType.WindowDoesNotAcceptFocus
    assert fenetre.windowType() is Qt.WindowType.Tool
    assert fenetre.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    assert not fenetre.testAttribute(Qt.WidgetAttribute.WA_QuitOnClose)
    assert fenetre.windowTitle() == fenetre.accessibleName() == "Perron"
    assert fenetre.focusPolicy() is fenetre.affiche.focusPolicy() is Qt.FocusPolicy.NoFocus


def test_ce_qu_on_y_touche_ne_fait_rien_et_n_est_pas_l_agent(joueur: Joueur) -> None:
    """Un enfant qui tapote l'écran ne tient pas le poste déverrouillé."""
    fenetre = montrer(joueur)
    couverture = joueur.poste.couverture
    couverture._dernier_geste = -1.0
    poignee = fenetre.windowHandle()
    assert poignee is not None
    QTest.mouseClick(fenetre, Qt.MouseButton.LeftButton, pos=QPoint(40, 40))
    QTest.mouseClick(poignee, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(40, 40))
    assert couverture._dernier_geste == -1.0
    assert dits(joueur) == [NOM]


def test_f12_couvre_meme_si_un_bureau_lui_donnait_le_clavier(qtbot: QtBot, joueur: Joueur) -> None:
    fenetre = montrer(joueur)
    QTest.keyClick(fenetre, Qt.Key.Key_A)
    assert not joueur.poste.couverture.couverte
    QTest.keyClick(fenetre, Qt.Key.Key_F12)
    assert joueur.poste.couverture.couverte
    assert dits(joueur) == []
    reprendre(qtbot, joueur.poste)


def test_mutant_une_fenetre_qui_vaut_un_geste_de_l_agent(joueur: Joueur) -> None:
    fenetre = montrer(joueur)
    fenetre.setProperty("tournee", False)
    couverture = joueur.poste.couverture
    couverture._dernier_geste = -1.0
    QTest.mouseClick(fenetre, Qt.MouseButton.LeftButton, pos=QPoint(40, 40))
    assert couverture._dernier_geste != -1.0


def test_aucune_voix(joueur: Joueur, monkeypatch: pytest.MonkeyPatch) -> None:
    """Le lecteur d'écran de l'agent parle dans le hall : l'écran de la personne n'annonce rien."""
    annonces: list[object] = []
    fenetre = montrer(joueur)

    def noter(evenement: Any) -> None:
        if evenement.type() is QAccessible.Event.Announcement and evenement.object().window() is fenetre:
            annonces.append(evenement)

    monkeypatch.setattr("ui.composants.annonces.sys.platform", "win32")
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(QAccessible, "updateAccessibility", noter)
    joueur.aller_a("demandeur.prenoms")
    joueur.aller_a(INTERDITE)
    assert annonces == []


def test_fermer_perron_ferme_aussi_l_ecran_de_la_personne(joueur: Joueur) -> None:
    fenetre = montrer(joueur)
    joueur.fenetre.close()
    assert not fenetre.isVisible()
    assert tourne(joueur).montree is None


def test_l_evenement_ordinaire_suit_son_cours(joueur: Joueur) -> None:
    fenetre = montrer(joueur)
    assert fenetre.event(QEvent(QEvent.Type.MouseMove))
    fenetre.event(QEvent(QEvent.Type.LayoutRequest))
    assert fenetre.affiche.size() == fenetre.size()
