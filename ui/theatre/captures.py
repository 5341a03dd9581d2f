"""Photographier chaque écran, dans chaque thème et à chaque taille : une capture se regarde avant de dire fini.

``python -m ui.theatre.captures DOSSIER [NOM…]`` ; sans écran, avec ``QT_QPA_PLATFORM=offscreen``. ``NOM`` : ces
scènes seules. Un écran ajouté s'ajoute à ``ui.theatre.scenes``.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Final

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication, QWidget

from ui.composants.frappes import Frappes
from ui.lancement import Poste
from ui.theatre.joueur import Joueur
from ui.theatre.scenes import scenes
from ui.theme import Nom, Theme
from ui.theme.apparence import apparence

TAILLE: Final = (1366, 768)
ECHELLES: Final = (100, 200)


def capturer(sortie: Path, noms: Collection[str] = ()) -> Iterator[Path]:
    """Écrit une image par état, thème et taille dans ``sortie`` ; rend leurs chemins au fil de l'eau.

    ``noms`` : les états voulus ; vide, tous.
    """
    sortie.mkdir(parents=True, exist_ok=True)
    QLocale.setDefault(QLocale(QLocale.Language.French, QLocale.Country.France))
    application = QApplication.instance() or QApplication(["perron"])
    assert isinstance(application, QApplication)
    for echelle in ECHELLES:
        # Rejoué à chaque taille : agrandir un écran déjà ouvert ne montre pas comment il s'ouvre, agrandi.
        yield from _jouer(application, sortie, noms, echelle)


def _jouer(application: QApplication, sortie: Path, noms: Collection[str], echelle: int) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as donnees:
        poste = Poste(application, Path(donnees))
        # Personne ne touche au poste pendant les prises : il se verrouillerait au milieu, et chaque frappe est voulue.
        poste.couverture.arreter()
        Frappes.REPIT_MS = 0
        poste.fenetre.resize(*TAILLE)
        poste.fenetre.show()
        poste.fenetre.activateWindow()
        # Après le poste, qui remet ses réglages.
        apparence().appliquer(Theme(echelle=echelle))
        joueur = Joueur(poste)
        for nom, vue in scenes(joueur):
            if not noms or nom in noms:
                yield from _photographier(joueur, vue, sortie, nom, echelle)
        poste.fermer()
        poste.fenetre.close()


def _photographier(joueur: Joueur, vue: QWidget, sortie: Path, nom: str, echelle: int) -> Iterator[Path]:
    for theme in Nom:
        apparence().appliquer(Theme(theme, echelle))
        joueur.fenetre.resize(*TAILLE)
        joueur.attendre()
        image = sortie / f"{nom}-{theme.value}-{echelle}.png"
        vue.grab().save(str(image))
        yield image
    apparence().appliquer(Theme(echelle=echelle))
    joueur.attendre()


if __name__ == "__main__":
    _DOSSIER, *_NOMS = sys.argv[1:] or ["-"]
    if _DOSSIER.startswith("-"):
        sys.exit("Dites où écrire les images : python -m ui.theatre.captures DOSSIER [NOM…]")
    for ecrite in capturer(Path(_DOSSIER), _NOMS):
        print(ecrite)
