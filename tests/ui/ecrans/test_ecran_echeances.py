"""« 2 orientations sans réponse depuis 12 jours » : à l'accueil, puis d'un geste ce qui est venu, au clavier."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from dossiers_ecran import etiquettes, heberge, ouvrir
from outils_ecran import presser, taper
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from modele.coffre.listes import AFaire, Tranche
from modele.droits import Auteur
from ui.composants import Bouton, Defilement
from ui.ecrans.accueil.ecran import EcranAccueil
from ui.ecrans.echeances.ecran import EcranEcheances
from ui.ecrans.orientation.ecran import EcranOrientation
from ui.lancement import Poste
from ui.mots.echeances import ILLISIBLE, POURQUOI, RIEN
from ui.mots.suites import NE_S_ECRIT_PAS, NOTER_LE_REFUS, SANS_MOTIF
from ui.theatre.joueur import Joueur
from ui.theme import Theme
from ui.theme.apparence import apparence

ANA = Auteur("Ana Martin")


def suivi(jours: int, voie: str = "fsl", **autres: Any) -> dict[str, Any]:
    faite = (date.today() - timedelta(jours)).isoformat()
    suite = {"orientation": voie, "aupres_de": "Maison de quartier", "faite_le": faite, **autres}
    return {"suites": {"elements": {"s": suite}, "ordre": ["s"]}, "demandeur": {"nom": "GARNIER", "prenoms": "Zoé"}}


@pytest.fixture
def joueur(poste_ouvert: Poste) -> Joueur:
    """Deux dossiers transmis sans réponse, un discret de même, un dont la réponse est venue."""
    joueur = Joueur(poste_ouvert)
    coffre = joueur.session._coffre
    assert coffre is not None
    for document in (suivi(12), suivi(3), suivi(40, issue="acceptee")):
        coffre.creer_dossier(document, ANA)
    coffre.creer_dossier(suivi(50) | {"protection": {"discret": True}}, Auteur("Paul"))
    return joueur


def accueil(joueur: Joueur) -> EcranAccueil:
    joueur.aller("accueil")
    joueur.attendre()
    montre = joueur.ecran
    assert isinstance(montre, EcranAccueil)
    return montre


def echeances(joueur: Joueur) -> EcranEcheances:
    joueur.aller("echeances")
    joueur.attendre()
    montre = joueur.ecran
    assert isinstance(montre, EcranEcheances)
    return montre


def coffre_de(joueur: Joueur) -> Any:
    return joueur.session._coffre


def lignes(montre: EcranEcheances) -> list[str]:
    return [montre.liste.vue(rang).titre for rang in range(montre.liste.count())]


def aller_a(montre: EcranEcheances, debut: str) -> AFaire:
    """La ligne qui commence ainsi, choisie."""
    rang = next(rang for rang, titre in enumerate(lignes(montre)) if titre.startswith(debut))
    montre.liste.setFocus()
    montre.liste.setCurrentRow(rang)
    une = montre.liste.sujet()
    assert une is not None
    return une


def test_l_accueil_les_liste_masques_et_mene_au_reste(joueur: Joueur) -> None:
    """Une ligne par date, sans nom ; le discret d'un autre n'y est pas ; Bas y va, Ctrl J montre tout."""
    montre = accueil(joueur)
    dites = [montre.a_faire.vue(rang) for rang in range(montre.a_faire.count())]
    attendues = [une.titre for une in dites if "sans réponse" in une.titre]
    assert [titre.rpartition(" depuis ")[2] for titre in attendues] == ["12 jours", "3 jours"]
    assert not any("garnier" in (une.titre + une.detail).casefold() for une in dites)
    assert montre.taches.comptes.text() == "2 aujourd'hui"
    presser(Qt.Key.Key_Down)
    assert montre.a_faire.hasFocus()
    presser(Qt.Key.Key_F4)
    assert "GARNIER" in montre.a_faire.vue(montre.a_faire.currentRow()).detail
    presser(Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    joueur.attendre()
    assert joueur.fenetre.ecran == "echeances"


def test_bas_reste_a_la_recherche_quand_on_cherche(joueur: Joueur) -> None:
    montre = accueil(joueur)
    taper("garnier")
    joueur.attendre()
    presser(Qt.Key.Key_Down)
    assert montre.recherche.hasFocus()


def test_reporter_de_l_accueil_au_clavier_puis_annuler(joueur: Joueur) -> None:
    """Alt R sur la ligne : un jour, un motif, Entrée ; repliée partout, elle se déplie et revient d'un geste."""
    accueil(joueur)
    presser(Qt.Key.Key_Down)
    presser(Qt.Key.Key_R, Qt.KeyboardModifier.AltModifier)
    joueur.attendre()
    ecran = joueur.ecran
    assert isinstance(ecran, EcranEcheances)
    assert ecran.report is not None
    assert ecran.report.jours[0].hasFocus()
    presser(Qt.Key.Key_Tab)
    presser(Qt.Key.Key_Space)
    assert ecran.report.jusqu_au.valeur() == date.today() + timedelta(3)
    presser(Qt.Key.Key_Return)
    joueur.attendre()
    assert ecran.report.motif.faute.startswith("Écrivez pourquoi")
    taper("elle rappelle jeudi")
    presser(Qt.Key.Key_Return)
    joueur.attendre()
    assert ecran.constat.text().startswith("Reporté au ")
    assert ecran.liste.hasFocus()
    assert lignes(ecran)[-1] == "Reportés (1)"
    assert sum("sans réponse" in titre for titre in lignes(ecran)) == 1
    ecran.liste.setCurrentRow(ecran.liste.count() - 1)
    presser(Qt.Key.Key_Return)
    assert "reporté au" in ecran.liste.vue(ecran.liste.count() - 1).detail
    assert "rappelle" not in "".join([*lignes(ecran), *etiquettes(ecran)])
    ecran.liste.setCurrentRow(ecran.liste.count() - 1)
    joueur.attendre()
    presser(Qt.Key.Key_R, Qt.KeyboardModifier.AltModifier)
    joueur.attendre()
    assert ecran.constat.text().startswith("Report annulé")
    assert sum("sans réponse" in titre for titre in lignes(ecran)) == 2
    assert not any(titre.startswith("Reportés") for titre in lignes(ecran))


def test_la_date_tapee_qui_depasse_ou_ne_se_lit_pas(joueur: Joueur) -> None:
    montre = echeances(joueur)
    montre._demander_le_report()
    assert montre.report is not None
    for tape, faute in (("bientôt", ILLISIBLE), ("12/2026", ILLISIBLE), ("", ILLISIBLE)):
        montre.report.jusqu_au.ligne.setText(tape)
        montre.report.valider.click()
        assert montre.report.jusqu_au.faute == faute
    montre.report.jusqu_au.ligne.setText(f"{date.today() + timedelta(90):%d/%m/%Y}")
    montre.report.motif.ligne.setText("plus tard")
    montre.report.valider.click()
    joueur.attendre()
    assert "au plus jusqu'au" in montre.report.motif.faute


def test_une_date_de_droit_venue_n_offre_pas_de_report(joueur: Joueur) -> None:
    recue = (date.today() - timedelta(370)).isoformat()
    coffre_de(joueur).creer_dossier({"demande": {"date_reception": recue}}, ANA)
    montre = echeances(joueur)
    une = aller_a(montre, "À renouveler")
    assert une.tranche is Tranche.MAINTENANT
    joueur.attendre()
    assert not [un for un in montre.gestes.findChildren(Bouton) if un.text().startswith("Reporter")]
    montre._demander_le_report()
    assert montre.report is None


def test_un_seul_agent_puis_tous(joueur: Joueur) -> None:
    """Le choix se fait au menu ; l'accueil et l'écran ont le même."""
    coffre_de(joueur).creer_dossier(suivi(5), Auteur("Paul Roy"))
    montre = accueil(joueur)
    assert montre.taches.comptes.text() == "3 aujourd'hui"
    montre.taches.de.prendre(ANA.nom)
    joueur.attendre()
    assert (montre.taches.de.text(), montre.taches.comptes.text()) == ("De : Moi", "2 aujourd'hui")
    montre.taches.tout.click()
    joueur.attendre()
    ecran = joueur.ecran
    assert isinstance(ecran, EcranEcheances)
    assert ecran.de.code == ANA.nom
    assert sum("sans réponse" in titre for titre in lignes(ecran)) == 2
    ecran.de.click()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [une.text() for une in menu.actions()] == ["Tous", "Moi"]
    menu.actions()[0].trigger()
    menu.close()
    joueur.attendre()
    assert sum("sans réponse" in titre for titre in lignes(ecran)) == 3


def test_une_tranche_et_une_sorte(joueur: Joueur) -> None:
    montre = echeances(joueur)
    presser(Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    joueur.attendre()
    assert lignes(montre) == []
    assert montre.tranches["maintenant"].hasFocus()
    presser(Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    joueur.attendre()
    assert len(lignes(montre)) == 2
    assert montre.tranches["jour"].text() == "Aujourd'hui (2)"
    montre.sorte.prendre("Renouvellements")
    joueur.attendre()
    assert [mot for mot in etiquettes(montre) if mot.startswith(RIEN)]


def test_une_date_de_recours_mene_a_son_calendrier(poste_ouvert: Poste) -> None:
    """Un silence de la commission : sans passer par l'accueil, l'écran relit lui-même ce que seul un bilan sait."""
    joueur = Joueur(poste_ouvert)
    recue = (date.today() - timedelta(95)).isoformat()
    coffre_de(joueur).creer_dossier({"dalo": {"statut": "depose", "date_reception_dossier": recue}}, ANA)
    montre = echeances(joueur)
    for _ in range(4):
        QTest.qWait(80)
        joueur.attendre()
    aller_a(montre, "Décision de la commission")
    presser(Qt.Key.Key_Return)
    joueur.attendre()
    assert joueur.fenetre.ecran == "recours"
    assert [mot for mot in etiquettes(joueur.ecran) if "Silence de la commission" in mot]


def test_ce_qui_est_venu_s_ecrit_d_un_geste_au_clavier(joueur: Joueur) -> None:
    """La plus ancienne d'abord, masquée ; un bouton, et elle n'attend plus ; le dossier ne s'est pas ouvert."""
    montre = echeances(joueur)
    assert len(lignes(montre)) == 2
    assert "sans réponse depuis 12 jours" in lignes(montre)[0]
    assert not any("garnier" in mot.casefold() for mot in [*lignes(montre), *etiquettes(montre)])
    assert montre.issue is not None
    dossier = montre.liste.sujets()[0].dossier
    montre.issue.boutons["acceptee"].setFocus()
    presser(Qt.Key.Key_Space)
    joueur.attendre()
    (reste,) = lignes(montre)
    assert "depuis 3 jours" in reste
    suite = coffre_de(joueur).lire(dossier)["suites"]["elements"]["s"]
    assert (suite["issue"], suite["issue_le"]) == ("acceptee", date.today().isoformat())
    assert joueur.session.dossier_id == ""
    assert montre.constat.text().startswith("Noté : acceptée, dossier ")
    presser(Qt.Key.Key_4, Qt.KeyboardModifier.AltModifier)
    joueur.attendre()
    assert not montre.constat.text().startswith("Noté")


def test_un_delai_arrete_dit_d_apporter_les_pieces_et_ne_s_efface_pas(joueur: Joueur) -> None:
    """Sa date venue depuis des mois : la commission ne s'est pas tue, la ligne reste et ne dit jamais « passé »."""
    jours = {"date_reception_dossier": 300, "pieces_demandees_le": 290}
    dalo = {nom: (date.today() - timedelta(n)).isoformat() for nom, n in jours.items()}
    coffre_de(joueur).creer_dossier({"dalo": {"statut": "depose", **dalo}}, ANA)
    # L'accueil lit les délais des dossiers à côté ; l'écran les liste ensuite.
    accueil(joueur)
    montre = echeances(joueur)
    aller_a(montre, "Décision de la commission de médiation")
    vue = montre.liste.vue(montre.liste.currentRow())
    demandees = f"{date.today() - timedelta(290):%d/%m/%Y}"
    assert f"suspendu depuis le {demandees} : apportez les pièces, le délai repart" in vue.detail.replace("\u00a0", " ")
    assert "par prudence" in vue.titre
    assert "passé" not in vue.dite.lower()


def test_un_refus_demande_son_motif(joueur: Joueur) -> None:
    montre = echeances(joueur)
    issue = montre.issue
    assert issue is not None
    dossier = montre.liste.sujets()[0].dossier
    issue.boutons["refusee"].click()
    joueur.attendre()
    assert issue.boutons["refusee"].text() == NOTER_LE_REFUS
    issue.boutons["refusee"].click()
    assert issue.motif.faute == SANS_MOTIF
    taper("1 85 05 78 006 084 91")
    presser(Qt.Key.Key_Return)
    joueur.attendre()
    assert "issue" not in coffre_de(joueur).lire(dossier)["suites"]["elements"]["s"]
    issue.motif.poser(None)
    issue.motif.setFocus()
    taper("trop loin")
    presser(Qt.Key.Key_Return)
    joueur.attendre()
    assert coffre_de(joueur).lire(dossier)["suites"]["elements"]["s"]["issue_motif"] == "trop loin"


def test_les_autres_sortes_n_offrent_pas_d_issue(joueur: Joueur) -> None:
    recue = (date.today() - timedelta(350)).isoformat()
    coffre_de(joueur).creer_dossier({"demande": {"date_reception": recue}}, ANA)
    montre = echeances(joueur)
    aller_a(montre, "À renouveler avant le")
    assert montre.issue is None


def test_entree_ouvre_le_dossier(joueur: Joueur) -> None:
    montre = echeances(joueur)
    dossier = montre.liste.sujets()[0].dossier
    montre.liste.setFocus()
    presser(Qt.Key.Key_Return)
    joueur.attendre()
    assert joueur.session.dossier_id == dossier


# À l'orientation.


@pytest.fixture
def orientation(poste_ouvert: Poste) -> tuple[Joueur, EcranOrientation]:
    joueur = Joueur(poste_ouvert)
    joueur.atelier.horloge = lambda: date(2026, 11, 23)
    ouvrir(joueur, heberge(triage={"toit_ce_soir": "non"}))
    joueur.aller("orientation")
    montre = joueur.ecran
    assert isinstance(montre, EcranOrientation)
    return joueur, montre


def test_transmis_attendu_venu(orientation: tuple[Joueur, EcranOrientation]) -> None:
    """Tout s'écrit depuis l'écran ; ce qui est venu aussi, et se corrige."""
    joueur, montre = orientation
    carte = montre.suite
    carte.aupres_de.ligne.setText("SIAO")
    carte.faite_le.ligne.setText("18/11/2026")
    carte.attendue_le.ligne.setText("20/11/2026")
    carte.expire_le.ligne.setText("01/2027")
    carte.bouton.click()
    joueur.attendre()
    ((qui, suite),) = joueur.session.document["suites"]["elements"].items()
    assert suite == {
        "orientation": montre.montree,
        "faite_le": "2026-11-18",
        "attendue_le": "2026-11-20",
        "expire_le": {"entre": ["2027-01-01", "2027-01-31"]},
        "aupres_de": "SIAO",
        "suivie_par": joueur.session.agent,
    }
    assert any("sans réponse depuis 5 jours" in mot for mot in etiquettes(montre))
    montre.suite.issues[qui].boutons["sans_reponse"].click()
    joueur.attendre()
    assert any(mot.startswith("Sans réponse le 23/11/2026") for mot in etiquettes(montre))
    joueur.presser("Corriger ce qui est venu")
    joueur.presser("Acceptée")
    assert joueur.session.document["suites"]["elements"][qui]["issue"] == "acceptee"


def test_une_date_qui_ne_se_lit_pas_ne_s_ecrit_pas(orientation: tuple[Joueur, EcranOrientation]) -> None:
    joueur, montre = orientation
    montre.suite.aupres_de.ligne.setText("SIAO")
    montre.suite.attendue_le.ligne.setText("bientôt")
    montre.suite.bouton.click()
    joueur.attendre()
    assert montre.suite.attendue_le.faute
    assert "suites" not in joueur.session.document


@pytest.mark.parametrize(
    ("triage", "voie"),
    [
        ({"mis_en_cause": True}, "trafic"),
        ({"peur_au_domicile": True, "peur_de": "voisin"}, "peur-d-un-voisin"),
    ],
)
def test_une_voie_ephemere_ne_se_suit_pas(
    orientation: tuple[Joueur, EcranOrientation], triage: dict[str, Any], voie: str
) -> None:
    """Par l'éphémère seul, ou quand lui seul l'ouvre ici : ni carte, ni écriture ; pas même au coffre."""
    joueur, montre = orientation
    for nom, dit in {**triage, "toit_ce_soir": "non"}.items():
        joueur.session.retenir(f"triage.{nom}", dit)
    memoire = joueur.session.avec_ephemeres({**joueur.session.document, "protection": {"seul_a_seul": True}})
    bilan = joueur.atelier.etablir(memoire)
    assert bilan is not None
    assert voie in {une.id for une in bilan.voies_montrees}
    assert voie not in bilan.voies_suivies
    assert "sans-abri" in bilan.voies_suivies or "sans-abri-enfant" in bilan.voies_suivies
    montre._bilan, montre.devoilee = bilan, True
    montre.montrer(voie)
    assert not montre.suite.isVisible()
    dites: list[str] = []
    montre.alerte.connect(lambda phrase, _: dites.append(phrase))
    assert not montre.noter("avocat", "")
    assert dites == [NE_S_ECRIT_PAS]
    joueur.session.modifier({"suites.elements.x": {"orientation": "trafic", "aupres_de": "avocat"}})
    joueur.attendre()
    assert "avocat" not in str(coffre_de(joueur).lire(joueur.session.dossier_id))


# Ce qu'un lecteur d'écran dit, ce qui tient à 200 %.


def test_chaque_ligne_se_dit_avec_son_urgence_et_sans_nom(joueur: Joueur) -> None:
    coffre_de(joueur).creer_dossier({"demande": {"date_reception": "2020-01-02"}} | suivi(1), ANA)
    for liste in (accueil(joueur).a_faire, echeances(joueur).liste):
        dites = [liste.dit(rang) for rang in range(liste.count()) if liste.vue(rang).urgence]
        assert dites
        assert all(dite.split(",")[0] in {"maintenant", "aujourd'hui", "cette semaine", "courant"} for dite in dites)
        assert not any("garnier" in dite.casefold() for dite in dites)
        assert "Entrée pour prendre" in liste.accessibleDescription()
    liste.setCurrentRow(0)
    liste.setFocus()
    presser(Qt.Key.Key_F4)
    assert "GARNIER" in liste.dit(0)


def test_tout_ce_qui_prend_le_clavier_se_nomme_comme_il_s_ecrit(joueur: Joueur) -> None:
    montre = echeances(joueur)
    montre._demander_le_report()
    joueur.attendre()
    boutons = [un for un in montre.findChildren(Bouton) if un.isVisible()]
    assert {"Sorte : Toutes", "De : Tous", "Reporter…", "Reporter", "Demain"} <= {un.text() for un in boutons}
    assert all(un.accessibleName() == un.text() for un in boutons)
    assert montre.report is not None
    assert montre.report.motif.ligne.accessibleName() == POURQUOI


def test_a_deux_cents_pour_cent_les_boutons_se_suivent_et_rien_ne_deborde(joueur: Joueur) -> None:
    """Empilés un par un, ils poussaient la liste hors de l'écran."""
    montre = echeances(joueur)
    joueur.fenetre.resize(1366, 768)
    avant = apparence().theme
    apparence().appliquer(Theme(echelle=200))
    joueur.attendre()
    try:
        places = [un.mapTo(montre, QPoint()) for un in montre.tranches.values()]
        assert len({ou.y() for ou in places}) <= 2
        assert all(un.mapTo(montre, un.rect().topRight()).x() < montre.width() for un in montre.tranches.values())
        (page,) = [une for une in montre.findChildren(Defilement) if une.parentWidget() is montre]
        assert page.widget().minimumSizeHint().width() <= page.viewport().width()
        garni = accueil(joueur)
        for un in (garni.taches.de, garni.taches.tout):
            assert un.mapTo(garni, un.rect().topRight()).x() < garni.width()
        assert not garni.a_faire.verticalScrollBar().isVisible()
    finally:
        apparence().appliquer(avant)
        joueur.attendre()
