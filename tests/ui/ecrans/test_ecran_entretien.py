"""L'entretien au clavier, sur un vrai coffre : répondre, ne pas répondre, s'interrompre, reprendre."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from outils_dossier import ENFANT, creer, ecrit, frappes, ici, ouvrir
from outils_ecran import MOT_DE_PASSE, au_repos, presser, taper
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from ui.composants import Bouton
from ui.ecrans.entretien.ecran import EcranEntretien
from ui.ecrans.entretien.restantes import questions_decisives
from ui.lancement import Poste
from ui.theme import Nom, Theme
from ui.theme.apparence import apparence

NSP, REFUS = {"ne_sait_pas": True}, {"refus": True}


def bouton(ecran: QWidget, mot: str) -> QAbstractButton:
    """Le bouton visible qui porte ce mot."""
    return next(b for b in ecran.findChildren(QAbstractButton) if b.text() == mot and b.isVisible())


def lire(document: dict[str, Any], chemin: str) -> Any:
    """La valeur au bout d'un chemin, ``None`` si elle n'y est pas."""
    for cle in chemin.split("."):
        document = document.get(cle, {}) if isinstance(document, dict) else {}
    return document or None


def test_un_choix_s_enregistre_et_entree_avance(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Un chiffre répond, Entrée passe à la suite, et la réponse est sur le disque."""
    dossier = creer(qtbot, poste_ouvert)
    ecran = ouvrir(qtbot, poste_ouvert, dossier, "logement_actuel.sinistre")
    ecran.aller_a("demande.motifs")
    presser(Qt.Key.Key_1)
    presser(Qt.Key.Key_0)
    presser(Qt.Key.Key_Return)
    assert ecran.etape is not None
    assert ecran.etape.cle != "demande.motifs"
    assert lire(ecrit(qtbot, poste_ouvert, dossier), "demande.motifs")["clos"] is True


def test_dans_un_formulaire_un_chiffre_repond_et_passe_au_champ_suivant(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """La page reste : l'agent voit ce qu'il vient de répondre, et le champ d'après attend."""
    dossier = creer(qtbot, poste_ouvert)
    ecran = ouvrir(qtbot, poste_ouvert, dossier, "demandeur.civilite")
    presser(Qt.Key.Key_2)
    au_repos(qtbot, poste_ouvert)
    assert ici(ecran) == "demandeur.nom"
    taper("BENALI")
    presser(Qt.Key.Key_Return)
    au_repos(qtbot, poste_ouvert)
    assert ici(ecran) == "demandeur.nom_usage"
    document = ecrit(qtbot, poste_ouvert, dossier)
    assert (document["demandeur"]["civilite"], document["demandeur"]["nom"]) == ("madame", "BENALI")


def test_ce_qui_n_existe_pas_se_dit_d_une_touche(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """« Pas d'autre nom » : ni refus, ni oubli."""
    dossier = creer(qtbot, poste_ouvert)
    ecran = ouvrir(qtbot, poste_ouvert, dossier, "demandeur.nom_usage")
    presser(Qt.Key.Key_A, Qt.KeyboardModifier.AltModifier)
    assert ecrit(qtbot, poste_ouvert, dossier)["demandeur"]["nom_usage"] == {"aucun": True}
    assert ici(ecran) == "demandeur.prenoms"


def test_le_dernier_champ_ne_part_que_par_entree(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Une touche qui répond ne quitte jamais la page."""
    dossier = creer(qtbot, poste_ouvert)
    ecran = ouvrir(qtbot, poste_ouvert, dossier, "demandeur.nationalite")
    avant = ecran.etape
    presser(Qt.Key.Key_1)
    au_repos(qtbot, poste_ouvert)
    assert ecran.etape is not None
    assert avant is not None
    assert ecran.etape.cle == avant.cle
    assert ecrit(qtbot, poste_ouvert, dossier)["demandeur"]["nationalite"] == "francaise"
    presser(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert ecran.etape.cle != avant.cle


def test_rien_de_tout_cela_repond_non_a_ce_qu_il_nomme(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Un geste, écrit avec ce qu'il refuse ; ce qui a déjà sa réponse ne change pas."""
    dossier = creer(qtbot, poste_ouvert, logement_actuel={"statut": "locataire_prive", "indigne": True})
    ecran = ouvrir(qtbot, poste_ouvert, dossier, "logement_actuel.non_decent")
    assert "non décent" in ecran.formulaire.rien.accessibleDescription().lower() or ecran.formulaire.rien.isVisible()
    presser(Qt.Key.Key_X, Qt.KeyboardModifier.AltModifier)
    logement = ecrit(qtbot, poste_ouvert, dossier)["logement_actuel"]
    assert (logement["non_decent"], logement["impropre"], logement["sinistre"]) == (False, False, "aucun")
    assert logement["indigne"] is True


def test_ce_qui_est_su_se_confirme(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Le papier vu au premier contact ne se redemande pas ; rien ne s'écrit avant qu'on confirme."""
    dossier = creer(qtbot, poste_ouvert, triage={"papier_huissier": "jugement"})
    ecran = ouvrir(qtbot, poste_ouvert, dossier, "expulsion.etape")
    assert "jugement" in ecran.question.su.dire.text().lower()
    assert "expulsion" not in ecrit(qtbot, poste_ouvert, dossier)
    presser(Qt.Key.Key_C, Qt.KeyboardModifier.AltModifier)
    assert ecrit(qtbot, poste_ouvert, dossier)["expulsion"]["etape"] == "jugement"
    assert not ecran.question.su.isVisible()


def test_le_code_postal_propose_la_commune(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Une seule commune porte ce code : elle se confirme."""
    logement = {"statut": "locataire_prive", "adresse": {"code_postal": "69100"}}
    dossier = creer(qtbot, poste_ouvert, logement_actuel=logement)
    ecran = ouvrir(qtbot, poste_ouvert, dossier, "logement_actuel.adresse")
    ecran.formulaire.confirmer()
    assert ecrit(qtbot, poste_ouvert, dossier)["logement_actuel"]["adresse"]["commune"] == "69266"


def test_entree_apres_une_date_ne_saute_pas_de_page(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Constat 12 : la touche va au champ de date, Entrée le lit et passe une page, pas deux."""
    dossier = creer(qtbot, poste_ouvert)
    ecran = ouvrir(qtbot, poste_ouvert, dossier, "logement_actuel.statut")
    presser(Qt.Key.Key_1)
    au_repos(qtbot, poste_ouvert)
    taper("01/08/2026")
    presser(Qt.Key.Key_Return)
    au_repos(qtbot, poste_ouvert)
    logement = ecrit(qtbot, poste_ouvert, dossier)["logement_actuel"]
    assert logement["depuis"] == "2026-08-01"
    courante = ecran._parcours.de_chemin("logement_actuel.statut")
    assert courante is not None
    assert ecran.etape == ecran._parcours.suivante(courante)


def test_l_histoire_d_une_reponse_est_a_une_touche(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """De la question à qui l'a répondue, et retour."""
    dossier = creer(qtbot, poste_ouvert, demandeur={"nom": "Benali"})
    ouvrir(qtbot, poste_ouvert, dossier, "demandeur.nom")
    presser(Qt.Key.Key_H, Qt.KeyboardModifier.AltModifier)
    assert poste_ouvert.fenetre.ecran == "suivi"
    presser(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    au_repos(qtbot, poste_ouvert)
    ecran = poste_ouvert.fenetre.pile.currentWidget()
    assert isinstance(ecran, EcranEntretien)
    assert ici(ecran) == "demandeur.nom"


def test_refus_et_ne_sait_pas_sont_deux_reponses(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Chacun s'écrit à sa façon, et reste choisi quand on revient."""
    dossier = creer(qtbot, poste_ouvert)
    ecran = ouvrir(qtbot, poste_ouvert, dossier, "demandeur.nationalite")
    bouton(ecran, "Ne souhaite pas répondre").click()
    ecran.aller_a("demande.deja_enregistree")
    bouton(ecran, "Ne sait pas").click()
    document = ecrit(qtbot, poste_ouvert, dossier)
    assert (document["demandeur"]["nationalite"], document["demande"]["deja_enregistree"]) == (REFUS, NSP)
    ecran.aller_a("demandeur.nationalite")
    place = ecran.formulaire.place("demandeur.nationalite")
    assert place is not None
    assert "Ne souhaite pas répondre" in [b.text() for b in place.saisie.findChildren(QAbstractButton)]


def test_les_coches_ne_sont_closes_que_si_on_le_dit(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Cocher laisse le reste inconnu ; « c'est tout » le ferme."""
    dossier = creer(qtbot, poste_ouvert)
    ecran = ouvrir(qtbot, poste_ouvert, dossier, "demande.motifs")
    bouton(ecran, "Logement trop cher").click()
    assert ecrit(qtbot, poste_ouvert, dossier)["demande"]["motifs"]["clos"] is False
    bilan = ecran.atelier.bilan
    assert bilan is not None
    assert not bilan.situation.etat("demande.motifs").connu
    bouton(ecran, "C'est tout : rien d'autre").click()
    ferme = ecrit(qtbot, poste_ouvert, dossier)["demande"]["motifs"]
    assert ferme["clos"] is True
    assert len(ferme["coches"]) == 1


@pytest.mark.parametrize(
    ("tape", "attendu"),
    [
        ("12/03/2026", "2026-03-12"),
        ("12032026", "2026-03-12"),
        ("03/2026", {"entre": ["2026-03-01", "2026-03-31"]}),
        ("2024", {"entre": ["2024-01-01", "2024-12-31"]}),
    ],
)
def test_une_date_s_ecrit_exacte_ou_entre_ses_bornes(
    poste_ouvert: Poste, qtbot: QtBot, tape: str, attendu: Any
) -> None:
    """On écrit ce qu'on sait, jamais un jour inventé."""
    dossier = creer(qtbot, poste_ouvert, logement_actuel={"statut": "chez_particulier"})
    ecran = ouvrir(qtbot, poste_ouvert, dossier, "logement_actuel.statut")
    champ = next(ligne for ligne in ecran.findChildren(QLineEdit) if ligne.accessibleName() == "Depuis quand ?")
    champ.setFocus()
    taper(tape)
    presser(Qt.Key.Key_Tab)
    assert ecrit(qtbot, poste_ouvert, dossier)["logement_actuel"]["depuis"] == attendu


def test_une_date_illisible_se_dit_au_champ_et_ne_s_ecrit_pas(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """La faute est dite en français, Suivant ne passe pas, le brouillon garde la frappe."""
    dossier = creer(qtbot, poste_ouvert)
    ecran = ouvrir(qtbot, poste_ouvert, dossier, "demandeur.date_naissance")
    taper("32/13/1984")
    presser(Qt.Key.Key_Return)
    assert ecran.etape is not None
    assert ici(ecran) == "demandeur.date_naissance"
    assert "Cette date n'existe pas" in "\n".join(mot.text() for mot in ecran.findChildren(QLabel) if mot.isVisible())
    assert "demandeur" not in ecrit(qtbot, poste_ouvert, dossier)
    qtbot.waitUntil(lambda: frappes(qtbot, poste_ouvert, dossier) == {"demandeur.date_naissance": "32/13/1984"})


def test_une_naissance_a_venir_est_une_faute(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Ce que le dossier refuse se dit au champ, même si la frappe se lit."""
    dossier = creer(qtbot, poste_ouvert)
    ecran = ouvrir(qtbot, poste_ouvert, dossier, "demandeur.date_naissance")
    taper(f"01/01/{date.today().year + 1}")
    presser(Qt.Key.Key_Return)
    presser(Qt.Key.Key_Return)
    assert ecran.etape is not None
    assert ici(ecran) == "demandeur.date_naissance"
    assert "demandeur" not in ecrit(qtbot, poste_ouvert, dossier)


def test_un_numero_de_securite_sociale_ne_va_meme_pas_au_brouillon(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Le NIR n'existe pas dans Perron."""
    dossier = creer(qtbot, poste_ouvert)
    ecran = ouvrir(qtbot, poste_ouvert, dossier, "demandeur.nom")
    taper("2 55 08 14 168 025")
    ecran.plume.vider()
    taper(" 38")
    presser(Qt.Key.Key_Return)
    ecran.plume.vider()
    assert frappes(qtbot, poste_ouvert, dossier) == {}
    assert "demandeur" not in ecrit(qtbot, poste_ouvert, dossier)


def test_revenir_d_un_autre_ecran_ne_perd_pas_le_fil(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """De la note à l'entretien, on retrouve la question qu'on avait quittée."""
    dossier = creer(qtbot, poste_ouvert)
    ouvrir(qtbot, poste_ouvert, dossier, "demande.motifs")
    poste_ouvert.fenetre.aller("cotation")
    ecran = poste_ouvert.fenetre.aller("entretien")
    assert isinstance(ecran, EcranEntretien)
    qtbot.waitUntil(lambda: ecran.etape is not None)
    assert ecran.etape is not None
    assert ecran.etape.cle == "demande.motifs"


def test_une_saisie_interrompue_se_reprend(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Le poste se ferme en pleine frappe : à la réouverture, le texte est là et l'écran le dit."""
    dossier = creer(qtbot, poste_ouvert)
    ouvrir(qtbot, poste_ouvert, dossier, "demandeur.date_naissance")
    taper("12/0")
    poste_ouvert.session.fermer()
    with qtbot.waitSignal(poste_ouvert.session.rouvert):
        poste_ouvert.session.rouvrir(MOT_DE_PASSE, lambda: None, pytest.fail)
    poste_ouvert.fenetre.aller("accueil")
    au_repos(qtbot, poste_ouvert)
    ecran = ouvrir(qtbot, poste_ouvert, dossier)
    assert ecran.etape is not None
    assert ici(ecran) == "demandeur.date_naissance"
    assert "Saisie interrompue" in ecran.reprise.findChildren(QLabel)[0].text()
    assert "12/0" in [ligne.text() for ligne in ecran.findChildren(QLineEdit)]


def test_quitter_un_champ_par_f12_ne_perd_rien(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Une frappe lisible devient une réponse avant que le coffre se ferme."""
    dossier = creer(qtbot, poste_ouvert)
    ouvrir(qtbot, poste_ouvert, dossier, "demandeur.nom")
    taper("Özdemir")
    presser(Qt.Key.Key_F12)
    with qtbot.waitSignal(poste_ouvert.session.rouvert):
        poste_ouvert.session.rouvrir(MOT_DE_PASSE, lambda: None, pytest.fail)
    assert ecrit(qtbot, poste_ouvert, dossier)["demandeur"]["nom"] == "Özdemir"


def test_une_personne_s_ajoute_se_complete_et_la_liste_se_clot(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Taper dans la ligne vide commence une personne ; Entrée sur la suivante mène à « pas d'autre »."""
    dossier = creer(qtbot, poste_ouvert, demandeur={"nom": "Benali"})
    ecran = ouvrir(qtbot, poste_ouvert, dossier, "foyer.personnes")
    taper("Lina")
    presser(Qt.Key.Key_Return)
    au_repos(qtbot, poste_ouvert)
    assert ici(ecran).endswith(".date_naissance"), "le nom se propose : il se confirmera"
    taper("09/07/2018")
    presser(Qt.Key.Key_Return)
    au_repos(qtbot, poste_ouvert)
    presser(Qt.Key.Key_C, Qt.KeyboardModifier.AltModifier)
    presser(Qt.Key.Key_T, Qt.KeyboardModifier.AltModifier)
    foyer = ecrit(qtbot, poste_ouvert, dossier)["foyer"]["personnes"]
    (element,) = foyer["elements"].values()
    assert element == {"prenoms": "Lina", "date_naissance": "2018-07-09", "nom": "Benali"}
    assert foyer["clos"] is True
    assert ecran.atelier.bilan is not None
    assert len(ecran.atelier.bilan.situation.personnes) == 2


def test_comme_au_dessus_reprend_ce_que_la_ligne_a_de_commun(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Le lien et la charge, jamais le prénom ni la naissance, ni le sexe."""
    aine = {"prenoms": "Sami", "date_naissance": "2012-09-02", "lien": "enfant", "sexe": "masculin", "a_charge": True}
    cadet = {"prenoms": "Lina", "date_naissance": "2015-01-20"}
    autre = "0190a201-0000-7000-8000-000000000002"
    personnes = {"elements": {ENFANT: {**aine, "garde": "permanente"}, autre: cadet}, "ordre": [ENFANT, autre]}
    dossier = creer(qtbot, poste_ouvert, foyer={"personnes": personnes})
    ecran = ouvrir(qtbot, poste_ouvert, dossier, f"foyer.personnes.elements.{autre}.lien")
    presser(Qt.Key.Key_D, Qt.KeyboardModifier.AltModifier)
    au_repos(qtbot, poste_ouvert)
    ecrites = ecrit(qtbot, poste_ouvert, dossier)["foyer"]["personnes"]["elements"][autre]
    assert ecrites == {**cadet, "lien": "enfant", "a_charge": True, "garde": "permanente"}
    assert ici(ecran).endswith(".sexe")


def test_retirer_une_personne_l_enleve_du_document(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Ni élément, ni rang oublié."""
    personnes = {"elements": {ENFANT: {"prenoms": "Sami"}}, "ordre": [ENFANT]}
    dossier = creer(qtbot, poste_ouvert, foyer={"personnes": personnes})
    ecran = ouvrir(qtbot, poste_ouvert, dossier, "foyer.personnes")
    bouton(ecran, "Retirer").click()
    foyer = ecrit(qtbot, poste_ouvert, dossier)["foyer"]["personnes"]
    assert (foyer["elements"], foyer["ordre"]) == ({}, [])


def test_on_sait_a_quelle_page_de_la_section_on_est(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Une page compte pour une, qu'elle porte une question ou dix."""
    dossier = creer(qtbot, poste_ouvert)
    ecran = ouvrir(qtbot, poste_ouvert, dossier, "logement_actuel.statut")
    (section,) = (s for s in ecran._parcours.sections if s.section.id == "logement_actuel")
    assert ecran.entete.ou.text() == f"Logement actuel · page 1 sur {len(section.etapes)}"


def test_la_note_qui_arrive_ne_deplace_pas_le_clavier(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Les cellules d'un tableau restent les mêmes, et gardent leur frappe."""
    personnes = {"elements": {ENFANT: {"prenoms": "Sami"}}, "ordre": [ENFANT]}
    dossier = creer(qtbot, poste_ouvert, foyer={"personnes": personnes})
    ecran = ouvrir(qtbot, poste_ouvert, dossier, f"foyer.personnes.elements.{ENFANT}.date_naissance")
    taper("12/0")
    clavier = QApplication.focusWidget()
    ecran.atelier.bilan_change.emit(ecran.atelier.bilan)
    au_repos(qtbot, poste_ouvert)
    assert QApplication.focusWidget() is clavier
    assert isinstance(clavier, QLineEdit)
    assert clavier.text() == "12/0"


def test_une_commune_se_choisit_sans_accents(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """La clé écrite est le code INSEE, par ordre de préférence."""
    dossier = creer(qtbot, poste_ouvert)
    ouvrir(qtbot, poste_ouvert, dossier, "recherche.communes")
    for nom in ("saint etienne", "lyon"):
        taper(nom)
        presser(Qt.Key.Key_Return)
    assert ecrit(qtbot, poste_ouvert, dossier)["recherche"]["communes"] == ["42218", "69123"]


def test_une_alerte_laisse_passer_et_garde_trace(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """« Inhabituel, à confirmer » n'empêche pas d'écrire ; confirmé, il ne revient pas."""
    dossier = creer(qtbot, poste_ouvert, logement_actuel={"statut": "locataire_prive"})
    ecran = ouvrir(qtbot, poste_ouvert, dossier, "logement_actuel.occupants")
    taper("14")
    presser(Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: any(b.text() == "C'est bien cela" for b in ecran.findChildren(Bouton) if b.isVisible()))
    bouton(ecran, "C'est bien cela").click()
    document = ecrit(qtbot, poste_ouvert, dossier)
    assert document["logement_actuel"]["occupants"] == 14
    assert "12 personnes" in document["confirmations"]["logement_actuel/occupants"]


def test_effacer_rend_la_question_pas_encore_demandee(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Une réponse donnée par erreur ne devient ni refus, ni « ne sait pas »."""
    dossier = creer(qtbot, poste_ouvert, demandeur={"nationalite": "francaise"})
    ecran = ouvrir(qtbot, poste_ouvert, dossier, "demandeur.nationalite")
    bouton(ecran, "Effacer la réponse").click()
    assert lire(ecrit(qtbot, poste_ouvert, dossier), "demandeur.nationalite") is None


def test_tout_ce_qui_se_presse_ou_se_tape_a_un_nom(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Chaque question du questionnaire, l'une après l'autre, ne montre que des widgets nommés."""
    personnes = {"elements": {ENFANT: {"prenoms": "Sami"}}, "ordre": [ENFANT]}
    dossier = creer(
        qtbot, poste_ouvert, foyer={"personnes": personnes, "avec_codemandeur": True}, protection={"seul_a_seul": True}
    )
    ecran = ouvrir(qtbot, poste_ouvert, dossier)
    assert ecran.atelier.bilan is not None
    for vue in list(ecran.atelier.bilan.entretien.questions()):
        ecran.aller_a(vue.chemin)
        for widget in ecran.findChildren(QWidget):
            if isinstance(widget, QAbstractButton | QLineEdit) and widget.isVisible():
                assert widget.accessibleName(), f"{vue.chemin} : {widget}"


def test_une_note_qui_change_met_le_panneau_a_jour(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """La note sûre tout de suite, l'exacte ensuite, et la question répondue quitte « ce qui reste »."""
    dossier = creer(qtbot, poste_ouvert)
    ecran = ouvrir(qtbot, poste_ouvert, dossier, "logement_actuel.statut")
    qtbot.waitUntil(lambda: "vivez-vous en ce moment" in restes(ecran))
    avant = ecran.atelier.bilan
    presser(Qt.Key.Key_4)
    assert ecran.atelier.bilan is not avant, "l'intervalle sûr n'attend pas"
    qtbot.waitUntil(lambda: "vivez-vous en ce moment" not in restes(ecran))


def restes(ecran: EcranEntretien) -> str:
    """Les questions de « ce qui reste à demander »."""
    return "\n".join(b.text() for b in ecran.panneau.reste.findChildren(QAbstractButton))


def test_une_forme_inhabituelle_s_ecrit_et_se_dit(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Un numéro unique d'une autre forme est gardé, et l'agent est invité à le relire."""
    dossier = creer(qtbot, poste_ouvert, demande={"deja_enregistree": True})
    ecran = ouvrir(qtbot, poste_ouvert, dossier, "demande.numero_unique")
    taper("ABC 12")
    presser(Qt.Key.Key_Tab)
    assert ecrit(qtbot, poste_ouvert, dossier)["demande"]["numero_unique"] == "ABC 12"
    qtbot.waitUntil(
        lambda: "inhabituelle" in "\n".join(m.text() for m in ecran.formulaire.alertes.findChildren(QLabel))
    )


def test_la_derniere_question_mene_a_la_fin(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """« Suivant » y devient « Terminer »."""
    dossier = creer(qtbot, poste_ouvert)
    ecran = ouvrir(qtbot, poste_ouvert, dossier, "pieces")
    while ecran.suivant.text() == "Suivant":
        ecran.avancer()
    assert ecran.suivant.text() == "Terminer"
    ecran.avancer()
    assert ecran.pages.courante is ecran.fin


def test_une_piece_vue_se_note_et_se_retire(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """« Vue » date la pièce et le panneau le dit ; pressé deux fois, il l'enlève ; « c'est tout » clôt la section."""
    dossier = creer(qtbot, poste_ouvert, demandeur={"nationalite": "francaise"})
    ecran = ouvrir(qtbot, poste_ouvert, dossier, "pieces")
    bouton(ecran, "Vue").setFocus()
    presser(Qt.Key.Key_Space)
    (piece,) = ecrit(qtbot, poste_ouvert, dossier)["pieces"]["elements"].values()
    assert (piece["etat"], piece["personne"]) == ("vue", "demandeur")
    qtbot.waitUntil(lambda: "vue" in [mot.text() for mot in ecran.panneau.pieces.findChildren(QLabel)])
    qtbot.waitUntil(bouton(ecran, "Vue").hasFocus)
    presser(Qt.Key.Key_Space)
    assert ecrit(qtbot, poste_ouvert, dossier)["pieces"]["elements"] == {}
    bouton(ecran, "C'est tout pour aujourd'hui").click()
    assert ecran.etape is not None
    assert ecran.etape.repondue


def test_le_papier_lu_remplace_celui_du_triage(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """« Jugement » au triage, un commandement de payer sous les yeux : une seule étape, une seule opération."""
    dossier = creer(qtbot, poste_ouvert, triage={"papier_huissier": "jugement"})
    ecran = ouvrir(qtbot, poste_ouvert, dossier, "expulsion.etape")
    ecran.plume.ecrire({"expulsion.etape": "commandement_payer"})
    document = ecrit(qtbot, poste_ouvert, dossier)
    assert lire(document, "expulsion.etape") == lire(document, "triage.papier_huissier") == "commandement_payer"
    coffre = poste_ouvert.session._coffre
    assert coffre is not None
    assert {"expulsion.etape", "triage.papier_huissier"} <= coffre.operations(dossier)[-1].champs.keys()


def test_une_liste_ouverte_est_parmi_ce_qui_reste_a_demander(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Combien d'enfants : cela change la note autant qu'une question, et mène au tableau ; close, elle n'y est plus."""
    dits = {"logement_actuel": {"statut": "locataire_prive"}, "demande": {"deja_enregistree": False}}
    dossier = creer(qtbot, poste_ouvert, **dits, foyer={"avec_codemandeur": False})
    ecran = ouvrir(qtbot, poste_ouvert, dossier)
    assert ecran.atelier.bilan is not None
    assert "foyer.personnes" in [vue.chemin for vue, _ in questions_decisives(ecran.atelier.bilan)]
    ecran.aller_a("foyer.personnes")
    assert ecran.pages.courante is ecran.tableau
    presser(Qt.Key.Key_T, Qt.KeyboardModifier.AltModifier)
    au_repos(qtbot, poste_ouvert)
    assert "foyer.personnes" not in [vue.chemin for vue, _ in questions_decisives(ecran.atelier.bilan)]


def test_arrive_au_milieu_d_une_page_entree_en_fait_le_tour(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Du dernier champ, Entrée revient à ceux qu'on n'a pas vus avant de quitter la page."""
    dossier = creer(qtbot, poste_ouvert)
    ecran = ouvrir(qtbot, poste_ouvert, dossier, "demandeur.nationalite")
    avant = ecran.etape
    presser(Qt.Key.Key_Return)
    assert (ecran.etape, ici(ecran)) == (avant, "contact.langue")


def test_le_champ_montre_un_instant_n_est_pas_vu(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """La page s'ouvre sur son premier champ avant d'aller au champ voulu ; le tour y revient."""
    dossier = creer(qtbot, poste_ouvert, foyer={"avec_codemandeur": True})
    ecran = ouvrir(qtbot, poste_ouvert, dossier)
    ecran.aller_a("codemandeur.handicap.reconnu")
    presser(Qt.Key.Key_Return)
    assert ici(ecran) == "codemandeur.lien"


def test_une_question_qui_ne_se_pose_que_peut_etre_mene_a_celle_qui_le_dira(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """« Reprise après un chômage » ne se pose qu'à qui travaille : on demande d'abord s'il travaille."""
    dits = {"logement_actuel": {"statut": "locataire_prive"}, "demande": {"deja_enregistree": False}}
    dossier = creer(qtbot, poste_ouvert, **dits, foyer={"avec_codemandeur": False})
    ecran = ouvrir(qtbot, poste_ouvert, dossier)
    assert ecran.atelier.bilan is not None
    decisives = [vue.chemin for vue, _ in questions_decisives(ecran.atelier.bilan)]
    assert "demandeur.emploi.situation" in decisives
    assert "demandeur.emploi.chomage_plus_un_an" not in decisives


def test_ce_que_les_pieces_disent_du_type_se_confirme_et_ne_se_redemande_pas(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Constat 31 : « deux pièces », puis « c'est un T1, un T2 ? ». Su à l'instant, il se confirme d'une touche."""
    dossier = creer(qtbot, poste_ouvert, logement_actuel={"statut": "locataire_prive", "occupants": 3, "surface": 40})
    ecran = ouvrir(qtbot, poste_ouvert, dossier, "logement_actuel.pieces")
    assert ici(ecran) == "logement_actuel.pieces"
    taper("2")
    presser(Qt.Key.Key_Return)
    au_repos(qtbot, poste_ouvert)
    assert ici(ecran) == "logement_actuel.loyer", "le type est su : Entrée passe au loyer"
    presser(Qt.Key.Key_C, Qt.KeyboardModifier.AltModifier)
    assert ecrit(qtbot, poste_ouvert, dossier)["logement_actuel"]["type"] == "T2"


def test_une_proposition_que_nul_n_a_vue_retient_une_fois_la_page(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Sautée, elle se perdrait : on s'y arrête avant de quitter ; une seconde Entrée passe, sans y répondre."""
    logement = {"statut": "proprietaire_occupant", "occupants": 3, "surface": 40, "pieces": 2, "aide_logement": 0}
    dossier = creer(qtbot, poste_ouvert, logement_actuel=logement, ressources={"dettes_logement": False})
    ecran = ouvrir(qtbot, poste_ouvert, dossier, "logement_actuel.surface")
    page = ecran.etape
    presser(Qt.Key.Key_Return)
    assert ecran.etape is page
    assert ici(ecran) == "logement_actuel.type"
    presser(Qt.Key.Key_Return)
    assert ecran.etape is not page
    au_repos(qtbot, poste_ouvert)
    assert "type" not in ecrit(qtbot, poste_ouvert, dossier)["logement_actuel"]


@pytest.mark.parametrize("suivante", ["logement_actuel.sinistre", "foyer.personnes", "ressources.revenus"])
def test_a_deux_cents_pour_cent_une_page_s_ouvre_par_son_debut(
    poste_ouvert: Poste, qtbot: QtBot, suivante: str
) -> None:
    """Empilée, la page d'avant était plus longue : défilée d'après ses mesures, la neuve s'ouvrait sur le panneau."""
    apparence().appliquer(Theme(Nom.CLAIR, 200))
    dossier = creer(qtbot, poste_ouvert, logement_actuel={"statut": "locataire_prive"})
    ecran = ouvrir(qtbot, poste_ouvert, dossier, "demande.motifs")
    defile = ecran.volets._pile
    assert ecran.volets.empiles
    defile.verticalScrollBar().setValue(defile.verticalScrollBar().maximum())
    ecran.aller_a(suivante)
    au_repos(qtbot, poste_ouvert)
    clavier = QApplication.focusWidget()
    assert clavier is not None
    assert defile.verticalScrollBar().value() == 0
    assert clavier.mapTo(defile.viewport(), QPoint(0, 0)).y() < defile.viewport().height()
