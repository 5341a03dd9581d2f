"""Nadia, 8 h 55 : la file par numéros, au clavier ; les rendez-vous du jour, sans nommer personne."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from outils_ecran import presser, taper
from PySide6.QtCore import Qt

from modele.coffre.agenda import Choix
from modele.droits import Auteur
from modele.rendez_vous import Creneau
from ui.ecrans.journee.ecran import EcranJournee
from ui.lancement import Poste
from ui.mots.rendez_vous import AUCUN, FILE_VIDE
from ui.theatre.joueur import Joueur

ANA, PAUL = Auteur("Ana Martin"), Auteur("Paul")
LIEU = "ccas-colombe"


@pytest.fixture
def joueur(poste_ouvert: Poste) -> Joueur:
    joueur = Joueur(poste_ouvert)
    coffre = coffre_de(joueur)
    matin = datetime.now().astimezone().replace(hour=8, minute=55, second=0, microsecond=0)
    coffre._horloge = lambda: matin
    joueur.session.preferences = joueur.session.preferences._replace(lieu=LIEU)
    coffre.agenda.choisir_le_lieu(LIEU)
    return joueur


def coffre_de(joueur: Joueur) -> Any:
    return joueur.session._coffre


def journee(joueur: Joueur) -> EcranJournee:
    joueur.aller("journee")
    joueur.attendre()
    montre = joueur.ecran
    assert isinstance(montre, EcranJournee)
    return montre


def lignes(liste: Any) -> list[str]:
    return [
        f"{liste.vue(rang).titre} | {liste.vue(rang).detail}".replace("\u00a0", " ") for rang in range(liste.count())
    ]


def test_deux_touches_donnent_un_numero(joueur: Joueur) -> None:
    """La file est vide ; « 1 » puis « 1 » : le numéro 1 attend, et le clavier est prêt pour le suivant."""
    montre = journee(joueur)
    assert FILE_VIDE in montre.constat.text()
    assert AUCUN in montre.constat.text()
    assert "jamais un nom" in montre.lieu.text()
    assert "CCAS de Colombe" in montre.lieu.text()
    taper("1")
    assert not montre.urgence.isHidden()
    taper("1")
    joueur.attendre()
    assert lignes(montre.file) == ["Le numéro 1 : attend depuis 8 h 55 | Se renseigner"]
    assert montre.a_dire.text() == "Donnez-lui le numéro 1."
    assert montre.a_dire.isVisible()
    taper("3")
    taper("2")
    joueur.attendre()
    assert lignes(montre.file)[0] == "Le numéro 2, avant les autres : attend depuis 8 h 55 | Apporter des pièces"


def test_appelee_recue_partie_au_clavier(joueur: Joueur) -> None:
    """Entrée fait avancer ; l'issue tient en deux touches : partir, puis comment."""
    coffre_de(joueur).file.donner("renseignement", "courante", ANA)
    montre = journee(joueur)
    montre.file.setFocus()
    presser(Qt.Key.Key_Return)
    joueur.attendre()
    assert "Appelez « le numéro 1 »." in montre.a_dire.text()
    assert (montre.appeler.isEnabled(), montre.recevoir.isEnabled()) == (False, True)
    presser(Qt.Key.Key_Return)
    joueur.attendre()
    assert lignes(montre.file) == ["Le numéro 1 : reçu à 8 h 55 | Se renseigner"]
    montre.partir.click()
    taper("2")
    joueur.attendre()
    assert lignes(montre.file) == []
    assert "1 est repartie depuis ce matin." in montre.constat.text()
    (passage,) = coffre_de(joueur).file.lister(ANA)
    assert (passage.issue, passage.parti) == ("dossier", "08:55")


def test_une_ligne_changee_ailleurs_se_dit(joueur: Joueur) -> None:
    un = coffre_de(joueur).file.donner("renseignement", "courante", ANA)
    montre = journee(joueur)
    coffre_de(joueur).file.appeler(un, ANA)
    montre.appeler.click()
    joueur.attendre()
    assert coffre_de(joueur).file.lister(ANA)[0].appele == "08:55"


@pytest.fixture
def deux(joueur: Joueur) -> Joueur:
    """Un rendez-vous ordinaire, un autre discret que Paul suit."""
    coffre = coffre_de(joueur)
    qui = {"demandeur": {"nom": "GARNIER", "prenoms": "Zoé"}}
    ordinaire = coffre.creer_dossier(qui, ANA)["id"]
    discret = coffre.creer_dossier({**qui, "protection": {"discret": True, "referent": "Paul"}}, PAUL)["id"]
    jour = date.today()
    coffre.agenda.donner(ordinaire, Choix(Creneau(jour, 570, 30, LIEU), interprete="demande", langue="ar"), ANA)
    coffre.agenda.donner(discret, Choix(Creneau(jour, 600, 30, LIEU)), PAUL)
    return joueur


def test_les_rendez_vous_du_jour_ne_nomment_personne(deux: Joueur) -> None:
    montre = journee(deux)
    ordinaire, discret = lignes(montre.rendez_vous)
    assert ordinaire.startswith("9 h 30, 30 min : dossier ")
    assert "interprète à trouver (arabe)" in ordinaire
    assert discret == "10 h 00, 30 min : occupé | "
    assert "GARNIER" not in str(lignes(montre.rendez_vous))
    montre.rendez_vous.setCurrentRow(0)
    montre.rendez_vous.setFocus()
    assert montre.rendez_vous.demasquer()
    assert "GARNIER" in montre.rendez_vous.vue(0).devoilee().detail
    montre.rendez_vous.setCurrentRow(1)
    assert montre._venues.isHidden()


def test_elle_est_la_son_numero_se_donne(deux: Joueur) -> None:
    montre = journee(deux)
    montre.rendez_vous.setCurrentRow(0)
    montre.venue.click()
    deux.attendre()
    assert montre.a_dire.text() == "Donnez-lui le numéro 1."
    assert montre.a_dire.isVisible()
    (ticket,) = coffre_de(deux).file.lister(ANA)
    assert ticket.motif == "rendez_vous"
    tenu = coffre_de(deux).agenda.lignes(date.today(), date.today(), ANA)[0].rendez_vous
    assert (tenu.etat, tenu.passage) == ("venu", ticket.id)


def test_pas_venue_se_note(deux: Joueur) -> None:
    montre = journee(deux)
    montre.rendez_vous.setCurrentRow(0)
    montre.absente.click()
    deux.attendre()
    assert "pas venue" in lignes(montre.rendez_vous)[0]
    assert coffre_de(deux).file.lister(ANA) == []


def test_entree_ouvre_le_dossier(deux: Joueur) -> None:
    montre = journee(deux)
    montre.rendez_vous.setCurrentRow(0)
    montre.rendez_vous.setFocus()
    presser(Qt.Key.Key_Return)
    deux.attendre()
    assert deux.fenetre.ecran == "entretien"
