"""Un poste relié, tel qu'un agent s'en sert : il colle un code, il répond, il regarde."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from outils_registre import GUICHET, TERRITOIRE, Horloge
from PySide6.QtWidgets import QLabel
from sqlalchemy import Engine

from impressions.offres import offres
from modele.coffre import Coffre
from modele.synchro import Synchro
from modele.synchro.cles import Cles
from modele.synchro.empechements import Classe, Empechement
from modele.synchro.transport import Transport
from registre.service.administration import creer_code
from ui.ecrans.envois.ecran import EcranEnvois
from ui.lancement import Poste
from ui.theatre.joueur import Joueur


class Ligne:
    """La ligne d'un poste avec le registre ; ``coupee`` : plus rien ne passe. ``en_attente`` : un appel attend."""

    def __init__(self) -> None:
        self.coupee = self.en_attente = False
        self._passage = threading.Event()
        self._passage.set()

    @contextmanager
    def muette(self) -> Iterator[None]:
        """Le registre ne répond à rien tant qu'on y est."""
        self._passage.clear()
        try:
            yield
        finally:
            self._passage.set()

    def passer(self) -> None:
        """Laisse passer un appel, attend, ou le perd."""
        self.en_attente = not self._passage.is_set()
        self._passage.wait(30)
        self.en_attente = False
        if self.coupee:
            raise Empechement(Classe.RESEAU, "Le registre ne répond pas.")

    def relier_a(self, coffre: Coffre) -> Synchro:
        """La synchronisation de ce coffre, sur cette ligne."""
        return Synchro(coffre, self._relier, hasard=lambda: 1.0)

    def _relier(self, adresse: str, autorite: str, territoire: str, cles: Cles) -> Transport:
        return _TransportCoupe(self, adresse, autorite, territoire, cles)


class _TransportCoupe(Transport):
    def __init__(self, ligne: Ligne, *liaison: Any) -> None:
        super().__init__(*liaison)
        self._ligne_coupee = ligne

    def _avec_jeton(self, demander: Callable[[dict[str, str]], bytes]) -> bytes:
        self._ligne_coupee.passer()
        return super()._avec_jeton(demander)


@dataclass
class Site:
    """Un registre servi à ``adresse``, et de quoi y faire entrer des postes."""

    moteur: Engine
    adresse: str
    horloge: Horloge

    def invitation(self, guichet: str = GUICHET, roles: tuple[str, ...] = ("agent",)) -> str:
        """Le code d'enrôlement à coller dans un poste de ce guichet."""
        code = creer_code(self.moteur, TERRITOIRE, guichet, roles, timedelta(hours=1), self.horloge())
        return f"perron+{self.adresse}/{code}"


@dataclass
class Guichet:
    """Un poste et qui s'en sert."""

    poste: Poste
    ligne: Ligne
    nom: str

    def __post_init__(self) -> None:
        self.joueur = Joueur(self.poste)
        self.joueur.attendre()

    def relier(self, invitation: str) -> None:
        """Colle le code d'enrôlement dans l'écran des envois."""
        self.devant()
        self.joueur.aller("envois")
        ecran = self.joueur.ecran
        assert isinstance(ecran, EcranEnvois)
        ecran.relier.code.ligne.setText(invitation)
        ecran.relier.nom.ligne.setText(self.nom)
        self.joueur.presser("Relier ce poste")
        self.joueur.attendre()

    def tour(self) -> None:
        """Envoie et reçoit."""
        self.poste.synchro.tourner()
        self.joueur.attendre()

    def ouvrir(self, dossier: str, chemin: str) -> None:
        """Ouvre l'entretien de ce dossier à cette question."""
        self.devant()
        self.joueur.atelier.preparer()
        self.joueur.attendre()
        self.joueur.aller("entretien", dossier=dossier, chemin=chemin)
        self.joueur.aller_a(chemin)

    def devant(self) -> None:
        """Met cette fenêtre devant."""
        self.poste.fenetre.activateWindow()
        self.joueur.attendre()

    def lire(self, dossier: str) -> dict[str, Any]:
        """Le document tel qu'il est sur le disque."""
        lus: list[dict[str, Any]] = []
        self.poste.session.avec_coffre(lambda coffre: coffre.lire(dossier), lus.append, pour=self.poste.session)
        self.joueur.attendre()
        return lus[0]

    def creer(self, document: dict[str, Any]) -> str:
        """Crée un dossier ; rend son identifiant."""
        crees: list[str] = []
        self.poste.session.creer_dossier(document, crees.append)
        self.joueur.attendre()
        return crees[0]

    def repondre(self, dossier: str, valeurs: dict[str, Any]) -> None:
        """Répond dans un dossier sans que cette fenêtre prenne le clavier."""
        self.poste.session.ouvrir_dossier(dossier, lambda _: None)
        self.joueur.attendre()
        self.poste.session.modifier(valeurs)
        self.joueur.attendre()

    def mots(self) -> str:
        """Tout ce qui se lit dans la fenêtre."""
        textes = [un.text() for un in self.poste.fenetre.findChildren(QLabel) if un.isVisible()]
        return " | ".join(textes).replace("\u00a0", " ")


def titres(guichet: Guichet) -> set[str]:
    """Les fiches que ce poste offre pour un dossier vide."""
    bilan = guichet.joueur.atelier.etablir({"territoire": TERRITOIRE})
    assert bilan is not None
    return {offre.titre for offre in offres(bilan)}
