"""Le poste monté : la fenêtre, sa session et ses travaux. Essais : ``tests/ui/test_lancement.py``."""

from __future__ import annotations

import os
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Final

from ui.cadre.fenetre import Fenetre
from ui.cadre.pannes import Pannes
from ui.etat import preferences
from ui.etat.allure import theme_voulu
from ui.etat.ramassage import Ramassage
from ui.etat.session import Session
from ui.etat.travaux import Travaux
from ui.theme import Ton
from ui.theme.apparence import apparence

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

    from ui.cadre.clavier import Clavier
    from ui.cadre.contradictions import BandeContradictions
    from ui.cadre.couverture import Couverture
    from ui.cadre.ecran_tourne import EcranTourne
    from ui.cadre.exercice import Exercice
    from ui.cadre.raccourcis_d_abord import RaccourcisDAbord
    from ui.cadre.suivi_couleurs import SuiviDesCouleurs
    from ui.etat.synchro import Synchroniseur
    from ui.systeme.instance import Instance
    from ui.systeme.voisins import Ecoute

LOURDS: Final = (
    "argon2.low_level",
    "cryptography.hazmat.primitives.ciphers.aead",
    "sqlcipher3.dbapi2",
    "modele.coffre.base",
    "modele.coffre.coffre",
    "modele.coffre.migration",
    "modele.coffre.reouverture",
    "modele.synchro.referentiels",
    "modele.lieux.verifications",
    "modele.synchro.synchro",
    "modele.genres",
    "modele.bilan",
    "ui.ecrans.accueil.ecran",
    "ui.mots.agents",
    "ui.mots.dossier",
)
"""Ce qui se charge d'avance, sur le fil des travaux, une fois la fenêtre montrée."""


def _lire_les_genres() -> None:
    # Leurs fichiers se lisent une fois ; la première liste de l'accueil l'attendrait.
    from modele.genres import livres

    livres()


class Poste:
    """L'application montée : fenêtre, session, travaux. ``fermer`` rend tout.

    ``fenetre_d_abord`` : ce que la première image n'emploie pas attend ``completer``.
    """

    couverture: Couverture
    contradictions: BandeContradictions
    couleurs: SuiviDesCouleurs
    ecran_tourne: EcranTourne
    exercice: Exercice
    raccourcis: RaccourcisDAbord
    clavier: Clavier
    synchro: Synchroniseur
    voisins: Ecoute | None = None

    def __init__(self, application: QApplication, donnees: Path, *, fenetre_d_abord: bool = False) -> None:
        self.application = application
        self.ramassage = Ramassage()
        self.travaux = Travaux(lambda panne: self.pannes.rapporter(panne))
        self.session = Session(donnees, self.travaux, preferences.lire(donnees))
        voulu = theme_voulu(self.session.preferences)
        if apparence().theme != voulu:
            apparence().appliquer(voulu)
        self.fenetre = Fenetre(self.session)
        self.pannes = Pannes(donnees / "pannes", self.fenetre.bandeau.dire)
        self.fenetre.aller("ouverture")
        if not fenetre_d_abord:
            self.completer()

    def completer(self) -> None:
        """Pose la couverture (F12, absence), les gestes et les envois.

        Filtrer tous les événements coûte un quart du lancement.
        """
        from ui.cadre import gestes
        from ui.cadre.clavier import Clavier
        from ui.cadre.contradictions import BandeContradictions
        from ui.cadre.couverture import Couverture
        from ui.cadre.ecran_tourne import EcranTourne
        from ui.cadre.exercice import Exercice
        from ui.cadre.raccourcis_d_abord import RaccourcisDAbord
        from ui.cadre.suivi_couleurs import SuiviDesCouleurs
        from ui.composants import accessibilite
        from ui.composants.frappes import Frappes
        from ui.etat.atelier import atelier_de
        from ui.etat.copies import copieur_de
        from ui.etat.reperes import reperes_de
        from ui.etat.synchro import synchroniseur_de
        from ui.etat.usage import usage_de

        accessibilite.installer(self.fenetre)
        self.couverture = Couverture(self.fenetre, self.session)
        gestes.poser(self.fenetre, self.couverture)
        self.ecran_tourne = EcranTourne(self.fenetre, self.couverture)
        self.exercice = Exercice(self.fenetre, self.couverture, self.pannes.rapporter)
        self.contradictions = BandeContradictions(self.fenetre, atelier_de(self.session))
        self.raccourcis = RaccourcisDAbord(self.fenetre)
        self.clavier = Clavier(self.fenetre)
        self.couleurs = SuiviDesCouleurs(self.session)
        Frappes.trop_vite = self.fenetre.barre_basse.dire_trop_vite
        self.fenetre.dire_l_usage()
        self.synchro = synchroniseur_de(self.session)
        # Un coffre guéri se dit à qui entre, jusqu'à ce qu'il l'ait lu.
        copieur_de(self.session).reprise.connect(lambda phrase: self.fenetre.bandeau.dire(phrase, Ton.JOUR))
        self.synchro.change.connect(self.fenetre.dire_envois)
        self.synchro.recu.connect(self.session.relire)
        self.synchro.compte_ferme.connect(self.fenetre.dire_compte_ferme)
        self.synchro.recu.connect(self.session.relire_les_sources)
        for publie in (reperes_de(self.session), usage_de(self.session)):
            self.synchro.recu.connect(publie.relire)
        self.synchro.ressemblance.connect(self.fenetre.dire_ressemblance)
        self.synchro.a_departager.connect(self.fenetre.dire_a_departager)

    def ecouter_les_voisins(self, instance: Instance) -> None:
        """Un second lancement montre cette fenêtre ; F12 couvre toutes celles de ce compte. Le verrou est tenu."""
        from ui.systeme.voisins import Ecoute

        self.voisins = Ecoute(instance.donnees, self.fenetre)
        self.voisins.montrer.connect(self._se_montrer)
        self.voisins.couvrir.connect(self.couverture.cacher_aussi)
        self.couverture.cachee.connect(self.voisins.couvrir_les_autres)
        if instance.tenue:
            self.voisins.ouvrir()

    def _se_montrer(self, jeton: str) -> None:
        """``jeton`` : ce que le bureau a remis à qui vient de nous lancer ; sans lui, Wayland ne montre rien."""
        if jeton:
            os.environ["XDG_ACTIVATION_TOKEN"] = jeton
        self.couverture.montrer()

    def precharger(self) -> None:
        """Charge d'avance ce dont l'accueil aura besoin."""
        for module in LOURDS:
            self.travaux.lancer(partial(import_module, module))
        self.travaux.lancer(_lire_les_genres)
        self.session.preparer_les_regles()

    def fermer(self) -> None:
        """Ferme le coffre et arrête les fils : celui du coffre, et ceux que des écrans ont ouverts sous la session."""
        from ui.composants.frappes import Frappes

        # La fenêtre va partir : plus rien ne lui parle.
        if self.voisins is not None:
            self.voisins.fermer()
        Frappes.trop_vite = None
        self.ecran_tourne.arreter()
        self.exercice.finir()
        self.couverture.arreter()
        self.session.finir_la_reception()
        self.session.fermer()
        for travaux in (*self.session.findChildren(Travaux), self.travaux):
            travaux.arreter(oublier=True)
        self.ramassage.arreter()
