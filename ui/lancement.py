"""Lancer l'application : montrer la fenêtre d'abord, charger le reste pendant que l'agent tape.

Rien de lourd (SQLAlchemy, Alembic, ReportLab…) ne s'importe avant la première fenêtre : ``tests/ui/test_lancement.py``.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from ui.cadre.poste import Poste
    from ui.systeme.instance import Instance

SANS_ECRAN = (
    "Aucun écran n'est branché à cette session : la fenêtre ne peut pas s'ouvrir. « make lancer » joue alors la"
    " démonstration ; « python main.py --aide » liste les commandes qui n'ont pas besoin d'écran."
)

DEJA_OUVERT = (
    "Perron est déjà ouvert sur ce coffre, mais il ne répond pas. S'il est ouvert sur un autre poste ou dans une autre"
    " session, fermez-le là-bas. Sinon, attendez une minute, puis recommencez."
)
_ATTENTE_S = 15.0
"""Ce qu'on laisse à celui qui tient le coffre pour se montrer, ou finir de se fermer."""

__all__ = ["Poste", "franciser", "lancer", "montrer", "preparer"]


def __getattr__(nom: str) -> Any:
    # Le poste charge Qt et toute la fenêtre : pas avant que ``preparer`` le demande.
    if nom != "Poste":
        raise AttributeError(f"ui.lancement n'a pas de {nom}")
    from ui.cadre.poste import Poste

    return Poste


def preparer(argv: Sequence[str]) -> Poste:
    """Crée l'application et sa fenêtre, sans rien charger de lourd. À faire suivre de ``montrer``."""
    # Rien de ce que le lancement fabrique n'est à jeter ; ensuite, le poste tient le ramasse-miettes.
    gc.disable()
    from ui.systeme import demarrage_qt

    demarrage_qt.employer(demarrage_qt.base(Path(sys.prefix)))
    from PySide6.QtWidgets import QApplication

    demarrage_qt.rendre_l_import()
    from ui.cadre.poste import Poste
    from ui.etat import preferences
    from ui.systeme import identite
    from ui.theme.apparence import STYLE

    application = QApplication.instance()
    if application is None:
        # Le style par argument : demandé en Python, il fabriquerait toutes les énumérations de QStyle.
        application = QApplication([*identite.arguments(list(argv)), "-style", STYLE])
        application.setProperty(STYLE, True)
    assert isinstance(application, QApplication)
    identite.declarer(application)
    return Poste(application, preferences.dossier_de_donnees(), fenetre_d_abord=True)


def montrer(poste: Poste) -> None:
    """Montre la fenêtre et la laisse se peindre : le mot de passe se tape déjà."""
    from PySide6.QtGui import QGuiApplication

    from ui.cadre import place

    # L'écran principal d'abord : c'est là qu'elle revient si le sien a disparu.
    ecrans = sorted(QGuiApplication.screens(), key=lambda un: un is not QGuiApplication.primaryScreen())
    place.poser(poste.fenetre, place.lire(poste.session.donnees), [un.availableGeometry() for un in ecrans])
    poste.application.processEvents()


def franciser(application: QApplication) -> None:
    """Les dates, les nombres et les mots de Qt en français. La première image n'en a aucun."""
    from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator

    QLocale.setDefault(QLocale(QLocale.Language.French, QLocale.Country.France))
    traducteur = QTranslator(application)
    if traducteur.load(QLocale(), "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(traducteur)


def ecran_absent() -> bool:
    """Vrai si aucun écran n'est annoncé : Qt tuerait le processus, en anglais."""
    annonces = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return sys.platform == "linux" and not any(os.environ.get(nom) for nom in annonces)


def lancer(argv: Sequence[str]) -> int:
    """Ouvre l'application ; rend son code de sortie (2 : aucun écran, ou coffre tenu ailleurs ; une phrase le dit)."""
    if ecran_absent():
        print(SANS_ECRAN, file=sys.stderr)
        return 2
    from ui.etat import preferences
    from ui.systeme.instance import Instance

    instance = Instance(preferences.dossier_de_donnees())
    if not instance.prendre() and (code := _rejoindre(instance, argv)) is not None:
        return code
    try:
        return _ouvrir(argv, instance)
    finally:
        instance.rendre()


def _rejoindre(instance: Instance, argv: Sequence[str]) -> int | None:
    """Le coffre est tenu : sa fenêtre se montre. ``None`` s'il vient de se libérer : à nous de l'ouvrir."""
    from time import monotonic, sleep

    from PySide6.QtWidgets import QApplication, QMessageBox

    from ui.systeme import identite
    from ui.systeme.voisins import demander_de_se_montrer

    application = QApplication.instance() or QApplication(identite.arguments(list(argv)))
    fin = monotonic() + _ATTENTE_S
    while monotonic() < fin:
        # Celui qui s'ouvre n'écoute pas encore, celui qui se ferme n'écoute plus : redemander, et reprendre.
        if demander_de_se_montrer(instance.donnees):
            return 0
        if instance.prendre():
            return None
        sleep(0.1)
    print(DEJA_OUVERT, file=sys.stderr)
    assert isinstance(application, QApplication)
    identite.declarer(application)
    QMessageBox.warning(None, identite.NOM, DEJA_OUVERT)
    return 2


def _ouvrir(argv: Sequence[str], instance: Instance) -> int:
    poste = preparer(argv)
    poste.pannes.poser()
    montrer(poste)
    from modele.regles.memoire import sans_vidage
    from ui.cadre import place
    from ui.systeme import identite

    # Avant le premier mot de passe : la mémoire d'un poste qui meurt ne s'écrit pas.
    sans_vidage()
    identite.illustrer(poste.application)
    franciser(poste.application)
    poste.completer()
    poste.ecouter_les_voisins(instance)
    poste.precharger()
    # Fermée dès sa première image, la fenêtre ne rendrait jamais la main.
    code = poste.application.exec() if poste.fenetre.isVisible() else 0
    place.retenir(poste.fenetre, poste.session.donnees)
    poste.fermer()
    sys.excepthook = sys.__excepthook__
    return code
