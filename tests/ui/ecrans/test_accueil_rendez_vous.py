"""L'accueil : les rendez-vous du jour sans nom, la semaine et les rappels comptés, rien de ceux des autres."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from outils_ecran import presser
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from modele.coffre.agenda import Choix
from modele.dossier.codes import reference_courte
from modele.droits import Auteur
from modele.rendez_vous import Creneau
from ui.ecrans.accueil.ecran import EcranAccueil
from ui.lancement import Poste
from ui.theatre.joueur import Joueur

ANA = Auteur("Ana Martin")
LIEU = "ccas-colombe"


@pytest.fixture
def joueur(poste_ouvert: Poste) -> Joueur:
    """Un dossier ouvert, au CCAS."""
    joueur = Joueur(poste_ouvert)
    joueur.session.preferences = joueur.session.preferences._replace(lieu=LIEU)
    joueur.session.creer_dossier({"demandeur": {"nom": "GARNIER", "prenoms": "Zoé"}}, lambda _: None)
    joueur.attendre()
    agenda = coffre_de(joueur).agenda
    agenda.choisir_le_lieu(LIEU)
    # Ces rendez-vous sont à venir à toute heure où l'essai se joue.
    for face in (agenda, coffre_de(joueur).taches):
        face._horloge = lambda: datetime.combine(date.today(), time(8)).astimezone()
    return joueur


def coffre_de(joueur: Joueur) -> Any:
    return joueur.session._coffre


def donner(joueur: Joueur, *creneaux: Creneau, dossier: str = "", auteur: Auteur = ANA) -> None:
    for creneau in creneaux:
        coffre_de(joueur).agenda.donner(dossier or joueur.session.dossier_id, Choix(creneau), auteur)


def a(minutes: int, jours: int = 0, avec: str = "") -> Creneau:
    return Creneau(date.today() + timedelta(jours), minutes, 5, LIEU, avec)


def lignes(joueur: Joueur) -> list[tuple[str, str]]:
    joueur.aller("accueil")
    joueur.attendre()
    ecran = joueur.ecran
    assert isinstance(ecran, EcranAccueil)
    vues = [ecran.a_faire.vue(rang) for rang in range(ecran.a_faire.count())]
    return [(vue.titre, vue.detail) for vue in vues]


def test_du_jour_un_par_ligne_et_sans_nom(joueur: Joueur) -> None:
    reference = reference_courte(joueur.session.dossier_id)
    donner(joueur, a(1430), a(1420, avec="Paul Roy"), a(600, 6), a(600, 9))
    vues = lignes(joueur)
    assert ("Rendez-vous à 23 h 50", f"Dossier {reference}") in vues
    assert not any("23 h 40" in titre for titre, _ in vues)
    # Celui de la semaine a sa ligne et son jour ; au-delà, l'agenda.
    assert sum(titre.startswith("Rendez-vous ") for titre, _ in vues) == 2
    assert any(titre.endswith(("à 10 h", "à 10 h 00")) for titre, _ in vues)
    assert not any("GARNIER" in titre + detail for titre, detail in vues)


def test_au_plus_cinq_puis_ce_qui_se_deplie(joueur: Joueur) -> None:
    """Rien ne défile dans la liste : une ligne déplie le reste, et la page seule défile."""
    donner(joueur, *(a(1395 + 5 * rang) for rang in range(8)))
    vues = [titre for titre, _ in lignes(joueur)]
    assert (len(vues), vues[0]) == (6, "8 rendez-vous à rappeler")
    suite = next(rang for rang, titre in enumerate(vues) if titre.startswith("Voir "))
    ecran = joueur.ecran
    assert isinstance(ecran, EcranAccueil)
    ecran.a_faire.setFocus()
    ecran.a_faire.setCurrentRow(suite)
    presser(Qt.Key.Key_Return)
    vues = [ecran.a_faire.vue(rang).titre for rang in range(ecran.a_faire.count())]
    assert sum(titre.startswith("Rendez-vous à") for titre in vues) == 8
    assert not any(titre.startswith("Voir ") for titre in vues)
    joueur.attendre()
    QTest.qWait(50)
    joueur.attendre()
    liste = ecran.a_faire
    assert liste.viewport().height() >= sum(liste.sizeHintForRow(rang) for rang in range(liste.count()))
    assert not ecran.a_faire.verticalScrollBar().isVisible()


def test_ceux_a_rappeler_se_comptent_et_menent_a_l_agenda(joueur: Joueur) -> None:
    donner(joueur, a(600, 2))
    vues = [titre for titre, _ in lignes(joueur)]
    assert "1 rendez-vous à rappeler" in vues
    ecran = joueur.ecran
    assert isinstance(ecran, EcranAccueil)
    ecran.a_faire.setCurrentRow(vues.index("1 rendez-vous à rappeler"))
    ecran.a_faire.setFocus()
    presser(Qt.Key.Key_Return)
    joueur.attendre()
    assert joueur.fenetre.ecran == "agenda"


def test_la_ligne_du_jour_ouvre_le_dossier(joueur: Joueur) -> None:
    dossier = joueur.session.dossier_id
    donner(joueur, a(1430))
    vues = [titre for titre, _ in lignes(joueur)]
    ecran = joueur.ecran
    assert isinstance(ecran, EcranAccueil)
    ecran.a_faire.setCurrentRow(vues.index("Rendez-vous à 23 h 50"))
    ecran.a_faire.setFocus()
    presser(Qt.Key.Key_Return)
    joueur.attendre()
    assert (joueur.fenetre.ecran, joueur.session.dossier_id) == ("entretien", dossier)


def test_un_discret_d_un_autre_n_y_est_pas(joueur: Joueur) -> None:
    """Ni sa ligne, ni le compte : d'ici, il n'est qu'« occupé », et l'accueil ne le dit pas."""
    paul = Auteur("Paul Roy")
    protege = {"protection": {"discret": True, "referent": paul.nom}}
    secret = coffre_de(joueur).creer_dossier(protege, paul)["id"]
    donner(joueur, a(1430), a(600, 2), dossier=secret, auteur=paul)
    assert not any("endez-vous" in titre for titre, _ in lignes(joueur))


def test_ceux_de_l_agent_d_avant_s_oublient_avant_de_lire_les_siens(joueur: Joueur) -> None:
    """Un autre prend la place : le temps de la lecture ne montre pas le rendez-vous du premier."""
    donner(joueur, a(1430))
    assert any("23 h 50" in titre for titre, _ in lignes(joueur))
    ecran = joueur.ecran
    assert isinstance(ecran, EcranAccueil)
    ecran.taches._agent = "quelqu'un d'avant"
    ecran._lire_les_listes()
    assert not any("23 h 50" in ecran.a_faire.vue(rang).titre for rang in range(ecran.a_faire.count()))
    joueur.attendre()
    assert any("23 h 50" in ecran.a_faire.vue(rang).titre for rang in range(ecran.a_faire.count()))
