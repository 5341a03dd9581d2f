"""Lancer l'application : montrer la fenêtre d'abord, charger le reste pendant que l'agent tape.

Rien de lourd (SQLAlchemy, Alembic, ReportLab…) ne s'importe avant la première fenêtre : ``tests/ui/test_lancement.py``.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from ui.cadre.poste import Poste

SANS_ECRAN = (
    "Aucun écran n'est branché à cette session : la fenêtre ne peut pas s'ouvrir. « make lancer » joue alors la"
    " démonstration ; « python main.py --aide » liste les commandes qui n'ont pas besoin d'écran."
)

# Ce que le gestionnaire de fenêtres ajoute autour, en pixels, au plus.
_CADRE = 48

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
    from PySide6.QtWidgets import QApplication

    from ui.cadre.poste import Poste
    from ui.etat import preferences
    from ui.theme.apparence import STYLE

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
    fenetre = poste.fenetre
    place = fenetre.screen().availableSize()
    # Le cadre s'ajoute : à la taille de l'écran, la barre du bas sortirait.
    if place.width() < fenetre.width() + _CADRE or place.height() < fenetre.height() + _CADRE:
        fenetre.showMaximized()
    else:
        fenetre.show()
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
    """Ouvre l'application ; rend son code de sortie (2 : aucun écran, et une phrase le dit)."""
    if ecran_absent():
        print(SANS_ECRAN, file=sys.stderr)
        return 2
    poste = preparer(argv)
    poste.pannes.poser()
    montrer(poste)
    from modele.regles.memoire import sans_vidage

    # Avant le premier mot de passe : la mémoire d'un poste qui meurt ne s'écrit pas.
    sans_vidage()
    franciser(poste.application)
    poste.completer()
    poste.precharger()
    # Fermée dès sa première image, la fenêtre ne rendrait jamais la main.
    code = poste.application.exec() if poste.fenetre.isVisible() else 0
    poste.fermer()
    sys.excepthook = sys.__excepthook__
    return code
