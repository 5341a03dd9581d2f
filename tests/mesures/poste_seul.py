"""Un poste neuf, sa fenêtre à 1366 × 768 et son coffre ouvert, pour une mesure qui se joue à l'écran."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ui.theatre.joueur import Joueur


@contextmanager
def poste(territoire: str = "metropole-exemple") -> Iterator[Joueur]:
    """Le joueur de ce poste ; nulle frappe n'y attend d'être seule, la mesure les presse une à une."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QLocale
    from PySide6.QtWidgets import QApplication

    from ui.composants.frappes import Frappes
    from ui.lancement import Poste
    from ui.theatre.joueur import Joueur

    QLocale.setDefault(QLocale(QLocale.Language.French, QLocale.Country.France))
    Frappes.REPIT_MS = 0
    application = QApplication.instance() or QApplication(["perron"])
    assert isinstance(application, QApplication)
    with tempfile.TemporaryDirectory() as donnees:
        neuf = Poste(application, Path(donnees))
        neuf.couverture.arreter()
        neuf.fenetre.resize(1366, 768)
        neuf.fenetre.show()
        neuf.fenetre.activateWindow()
        joueur = Joueur(neuf)
        session = joueur.session
        session.regler(session.preferences._replace(territoire=territoire))
        session.creer("Ana Martin", "quatre mots sans lien", lambda _: session.entrer(), print)
        joueur.attendre()
        yield joueur
        neuf.fermer()
