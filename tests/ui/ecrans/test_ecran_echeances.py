"""« 2 orientations sans réponse depuis 12 jours » : à l'accueil, puis d'un geste ce qui est venu, au clavier."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from dossiers_ecran import etiquettes, heberge, ouvrir
from outils_ecran import presser, taper
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from modele.droits import Auteur
from ui.ecrans.accueil.ecran import EcranAccueil
from ui.ecrans.echeances.ecran import EcranEcheances
from ui.ecrans.orientation.ecran import EcranOrientation
from ui.lancement import Poste
from ui.mots.echeances import RIEN
from ui.mots.suites import NE_S_ECRIT_PAS, NOTER_LE_REFUS, SANS_MOTIF
from ui.theatre.joueur import Joueur

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


def test_l_accueil_les_compte_et_y_mene(joueur: Joueur) -> None:
    """Un nombre, sans nom ; le dossier discret n'y compte pas ; Entrée mène à la liste."""
    montre = accueil(joueur)
    dites = [(un.titre, un.detail) for un in map(montre.a_faire.vue, range(montre.a_faire.count()))]
    compte = ("2 orientations sans réponse", "depuis 12 jours")
    assert compte in dites
    montre.a_faire.setCurrentRow(dites.index(compte))
    montre.a_faire.setFocus()
    presser(Qt.Key.Key_Return)
    joueur.attendre()
    assert joueur.fenetre.ecran == "echeances"


def test_d_une_touche_ce_qui_presse_et_pas_une_liste_vide(poste_ouvert: Poste) -> None:
    """Un silence de la commission, aucune réponse attendue : l'écran s'ouvre sur les délais ; le choix se garde."""
    joueur = Joueur(poste_ouvert)
    recue = (date.today() - timedelta(95)).isoformat()
    joueur.session._coffre.creer_dossier({"dalo": {"statut": "depose", "date_reception_dossier": recue}}, ANA)  # type: ignore[union-attr]
    # Sans passer par l'accueil : l'écran relit lui-même les délais que seul un bilan sait.
    montre = echeances(joueur)
    for _ in range(4):
        QTest.qWait(80)
        joueur.attendre()
    assert montre.groupe == "Délais et fins"
    assert [un for un in lignes(montre) if "Décision de la commission" in un and "Date venue" in un]
    presser(Qt.Key.Key_Return)
    joueur.attendre()
    assert joueur.fenetre.ecran == "recours"
    assert [mot for mot in etiquettes(joueur.ecran) if "Silence de la commission" in mot]
    echeances(joueur)
    joueur.presser("Réponses attendues")
    joueur.attendre()
    assert montre.constat.text().replace("\u00a0", " ").startswith(f"{RIEN} Délais et fins : ")


def test_ce_qui_est_venu_s_ecrit_d_un_geste_au_clavier(joueur: Joueur) -> None:
    """La plus ancienne d'abord, masquée ; un bouton, et elle n'attend plus ; le dossier ne s'est pas ouvert."""
    montre = echeances(joueur)
    assert len(lignes(montre)) == 2
    assert "sans réponse depuis 12 jours" in lignes(montre)[0]
    assert not any("garnier" in mot.casefold() for mot in [*lignes(montre), *etiquettes(montre)])
    assert montre.issue is not None
    dossier = montre._rappels[0].dossier
    montre.issue.boutons["acceptee"].setFocus()
    presser(Qt.Key.Key_Space)
    joueur.attendre()
    (reste,) = lignes(montre)
    assert "depuis 3 jours" in reste
    suite = coffre_de(joueur).lire(dossier)["suites"]["elements"]["s"]
    assert (suite["issue"], suite["issue_le"]) == ("acceptee", date.today().isoformat())
    assert joueur.session.dossier_id == ""
    assert montre.constat.text().startswith("Noté : acceptée, dossier ")
    joueur.presser("Renouvellements")
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
    joueur.presser("Délais et fins")
    joueur.attendre()
    dites = [dite for dite in lignes(montre) if "Décision de la commission de médiation" in dite]
    assert len(dites) == 1
    demandees = f"{date.today() - timedelta(290):%d/%m/%Y}"
    assert f"suspendu depuis le {demandees} : apportez les pièces, le délai repart" in dites[0].replace("\u00a0", " ")
    assert "passé" not in dites[0].lower()


def test_un_refus_demande_son_motif(joueur: Joueur) -> None:
    montre = echeances(joueur)
    issue = montre.issue
    assert issue is not None
    dossier = montre._rappels[0].dossier
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
    recue = (date.today() - timedelta(350)).replace(day=1).isoformat()
    coffre_de(joueur).creer_dossier({"demande": {"date_reception": recue}}, ANA)
    montre = echeances(joueur)
    joueur.presser("Renouvellements")
    joueur.attendre()
    assert lignes(montre)[0].startswith("À renouveler avant le")
    assert montre.issue is None
    joueur.presser("Délais et fins")
    joueur.attendre()
    assert lignes(montre) == []
    assert [mot for mot in etiquettes(montre) if mot.startswith(RIEN)]


def test_entree_ouvre_le_dossier(joueur: Joueur) -> None:
    montre = echeances(joueur)
    dossier = montre._rappels[0].dossier
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
