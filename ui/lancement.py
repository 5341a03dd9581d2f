"""Lancer l'application : montrer la fenêtre d'abord, charger le reste pendant que l'agent tape.

Rien de lourd (SQLAlchemy, Alembic, ReportLab…) ne s'importe avant la première fenêtre : ``tests/ui/test_lancement.py``.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QApplication

from ui import preferences
from ui.apparence import STYLE, apparence
from ui.fenetre import Fenetre
from ui.pannes import Pannes
from ui.session import Session
from ui.theme import Nom, Theme
from ui.travaux import Travaux

if TYPE_CHECKING:
    from pathlib import Path

    from ui.couverture import Couverture

LOURDS: Final = (
    "argon2.low_level",
    "cryptography.hazmat.primitives.ciphers.aead",
    "sqlcipher3.dbapi2",
    "modele.coffre.base",
    "modele.coffre.recherche",
    "modele.coffre.migration",
    "ui.ecrans.accueil",
)
"""Ce qui se charge d'avance, sur le fil des travaux, une fois la fenêtre montrée."""


class Poste:
    """L'application montée : fenêtre, session, travaux. ``fermer`` rend tout.

    ``fenetre_d_abord`` : ce que la première image n'emploie pas attend ``completer``.
    """

    couverture: Couverture

    def __init__(self, application: QApplication, donnees: Path, *, fenetre_d_abord: bool = False) -> None:
        self.application = application
        self.travaux = Travaux(lambda panne: self.pannes.rapporter(panne))
        self.session = Session(donnees, self.travaux, preferences.lire(donnees))
        reglages = self.session.preferences
        apparence().appliquer(Theme(Nom(reglages.theme), reglages.echelle))
        self.fenetre = Fenetre(self.session)
        self.pannes = Pannes(donnees / "pannes", self.fenetre.bandeau.dire)
        self.fenetre.aller("ouverture")
        if not fenetre_d_abord:
            self.completer()

    def completer(self) -> None:
        """Pose la couverture (F12, absence) et les gestes : filtrer tous les événements coûte un quart du lancement."""
        from ui import gestes
        from ui.couverture import Couverture

        self.couverture = Couverture(self.fenetre, self.session)
        gestes.poser(self.fenetre, self.couverture)

    def precharger(self) -> None:
        """Charge d'avance ce dont l'accueil aura besoin."""
        for module in LOURDS:
            self.travaux.lancer(partial(import_module, module))

    def fermer(self) -> None:
        """Ferme le coffre et arrête les fils : celui du coffre, et ceux que des écrans ont ouverts sous la session."""
        self.couverture.arreter()
        self.session.fermer()
        for travaux in (*self.session.findChildren(Travaux), self.travaux):
            travaux.arreter(oublier=True)


def preparer(argv: Sequence[str]) -> Poste:
    """Crée l'application et sa fenêtre, sans rien charger de lourd. À faire suivre de ``montrer``."""
    application = QApplication.instance()
    if application is None:
        # Le style par argument : demandé en Python, il fabriquerait toutes les énumérations de QStyle.
        application = QApplication([*argv, "-style", STYLE])
        application.setProperty(STYLE, True)
    assert isinstance(application, QApplication)
    application.setApplicationName("Perron")
    return Poste(application, preferences.dossier_de_donnees(), fenetre_d_abord=True)


def montrer(poste: Poste) -> None:
    """Montre la fenêtre et la laisse se peindre : le mot de passe se tape déjà."""
    poste.fenetre.show()
    poste.application.processEvents()


def franciser(application: QApplication) -> None:
    """Les dates, les nombres et les mots de Qt en français. La première image n'en a aucun."""
    from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator

    QLocale.setDefault(QLocale(QLocale.Language.French, QLocale.Country.France))
    traducteur = QTranslator(application)
    if traducteur.load(QLocale(), "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(traducteur)


def lancer(argv: Sequence[str]) -> int:
    """Ouvre l'application ; rend son code de sortie."""
    poste = preparer(argv)
    poste.pannes.poser()
    montrer(poste)
    franciser(poste.application)
    poste.completer()
    poste.precharger()
    # Fermée dès sa première image, la fenêtre ne rendrait jamais la main.
    code = poste.application.exec() if poste.fenetre.isVisible() else 0
    poste.fermer()
    sys.excepthook = sys.__excepthook__
    return code
