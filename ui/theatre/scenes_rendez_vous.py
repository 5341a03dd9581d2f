"""L'accueil à 8 h 55 : la file et les rendez-vous du jour, l'agenda, un créneau pris deux fois, un autre à donner."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from modele.coffre.agenda import Choix
from modele.rendez_vous import Creneau

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from modele.dossier.chemins import Document
    from ui.theatre.joueur import Joueur

LIEU = "ccas-colombe"


def scenes_des_rendez_vous(joueur: Joueur, document: Document) -> Iterator[tuple[str, QWidget]]:
    """``document`` : un dossier ordinaire ; un dossier discret s'y ajoute, que cet agent ne suit pas."""
    session = joueur.session
    session.regler(session.preferences._replace(lieu=LIEU))
    joueur.aller("journee")
    joueur.attendre()
    yield "journee-vide", joueur.fenetre
    session.creer_dossier(document, lambda _: None)
    joueur.attendre()
    remplir(joueur, session.dossier_id, document)
    joueur.aller("journee")
    joueur.attendre()
    yield "journee", joueur.fenetre
    joueur.presser("Se renseigner")
    yield "journee-urgence", joueur.fenetre
    joueur.presser("À son tour")
    joueur.attendre()
    joueur.aller("agenda")
    joueur.attendre()
    joueur.presser("Mois")
    joueur.attendre()
    yield "agenda", joueur.fenetre
    joueur.aller("donner")
    joueur.attendre()
    yield "donner", joueur.fenetre


def remplir(joueur: Joueur, dossier: str, document: Document) -> None:
    """Trois rendez-vous dont un discret d'un autre agent, deux personnes qui attendent, un créneau de trop.

    Ceux du jour sont au plus tard de la journée : un créneau passé ne se donne pas, et la scène se joue à toute heure.
    """
    auteur = joueur.session.auteur
    autre = type(auteur)("Paul Roy")
    jour, demain = date.today(), date.today() + timedelta(1)

    def faire(coffre: Any) -> None:
        coffre.agenda.choisir_le_lieu(LIEU)
        coffre.agenda.donner(dossier, Choix(Creneau(jour, 1434, 5, LIEU), langue="ar", interprete="demande"), auteur)
        coffre.agenda.donner(dossier, Choix(Creneau(demain, 600, 30, LIEU, "Nora"), "entretien"), auteur)
        protege = {"discret": True, "referent": autre.nom}
        discret = coffre.creer_dossier({**document, "protection": protege}, autre)["id"]
        coffre.agenda.donner(discret, Choix(Creneau(jour, 1428, 5, LIEU)), autre)
        pris = {"lieu": LIEU, "avec": "Nora", "date": demain.isoformat(), "heure": "10:15", "duree": 30}
        coffre.creer_objet("occupation", {**pris, "etat": "occupe"}, autre)
        coffre.file.donner("pieces", "courante", auteur)
        appele = coffre.file.donner("demande", "courante", auteur)
        coffre.file.donner("aide", "urgente", auteur)
        coffre.file.appeler(appele, auteur)

    joueur.session.avec_coffre(faire, lambda _: None, pour=joueur.session)
    joueur.attendre()
