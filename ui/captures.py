"""Photographier chaque écran, dans chaque thème et à chaque taille : une capture se regarde avant de dire fini.

``python -m ui.captures DOSSIER`` ; sans écran, avec ``QT_QPA_PLATFORM=offscreen``.
Un écran ajouté s'ajoute à ``_scenes``.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEventLoop, QLocale
from PySide6.QtWidgets import QApplication, QWidget

from modele.coffre import Trouve
from ui.apparence import apparence
from ui.ecrans.accueil import EcranAccueil
from ui.ecrans.ouverture import EcranOuverture
from ui.ecrans.ouverture.code_secours import MontrerCode
from ui.ecrans.ouverture.deverrouiller import Deverrouiller
from ui.lancement import Poste
from ui.page_neutre import PageNeutre, PageVerrou
from ui.palette import Palette
from ui.theme import Nom, Theme

TAILLE: Final = (1366, 768)
ECHELLES: Final = (100, 200)
MOT_DE_PASSE: Final = "quatre mots sans lien"
Scene = tuple[str, Callable[[], QWidget]]


def attendre(poste: Poste) -> None:
    """Laisse finir les travaux en cours et les dessins qu'ils demandent."""
    boucle = QEventLoop()
    poste.travaux.occupe.connect(lambda occupe: None if occupe else boucle.quit())
    # Un travail vide en queue : quand il revient, tout ce qui le précède est revenu.
    poste.travaux.lancer(lambda: None)
    boucle.exec()
    for _ in range(3):
        poste.application.processEvents()


def capturer(sortie: Path) -> list[Path]:
    """Écrit une image par écran, thème et taille dans ``sortie`` ; rend leurs chemins."""
    sortie.mkdir(parents=True, exist_ok=True)
    QLocale.setDefault(QLocale(QLocale.Language.French, QLocale.Country.France))
    application = QApplication.instance() or QApplication(["perron"])
    assert isinstance(application, QApplication)
    images = []
    with tempfile.TemporaryDirectory() as donnees:
        poste = Poste(application, Path(donnees))
        poste.fenetre.resize(*TAILLE)
        poste.fenetre.show()
        poste.fenetre.activateWindow()
        for nom, montrer in _scenes(poste):
            for theme, echelle in product(Nom, ECHELLES):
                apparence().appliquer(Theme(theme, echelle))
                poste.fenetre.resize(*TAILLE)
                vue = montrer()
                attendre(poste)
                image = sortie / f"{nom}-{theme.value}-{echelle}.png"
                vue.grab().save(str(image))
                images.append(image)
                if vue is not poste.fenetre:
                    vue.deleteLater()
        poste.fermer()
    return images


def _scenes(poste: Poste) -> Iterator[Scene]:
    fenetre = poste.fenetre

    def etape(rang: int) -> Callable[[], QWidget]:
        def montrer() -> QWidget:
            ecran = fenetre.aller("ouverture")
            assert isinstance(ecran, EcranOuverture)
            voulue = ecran.etapes.widget(rang)
            if isinstance(voulue, MontrerCode):
                voulue.montrer("K7QF-ABCD-EFGH-JKMN-PQRS-TUVW")
            ecran.montrer(voulue)  # type: ignore[arg-type]
            return fenetre

        return montrer

    for rang, nom in enumerate(("territoire", "vous", "code", "retaper", "exemples")):
        yield f"ouverture-{nom}", etape(rang)
    _remplir(poste)
    yield "ouverture-deverrouiller", etape(0)
    yield "ouverture-secours", _oublie(poste)
    yield "accueil", lambda: _accueil(poste, "")
    yield "accueil-recherche", lambda: _accueil(poste, "benali mouhamed 1984")
    yield "palette", lambda: _palette(poste)
    yield "page-neutre", lambda: _pleine(PageNeutre("Calendrier", date(2026, 11, 23)))
    yield "verrou", lambda: _pleine(PageVerrou("Perron"))


def _oublie(poste: Poste) -> Callable[[], QWidget]:
    def montrer() -> QWidget:
        ecran = poste.fenetre.aller("ouverture")
        assert isinstance(ecran, EcranOuverture)
        ouvrir = ecran.etapes.widget(0)
        assert isinstance(ouvrir, Deverrouiller)
        ouvrir.oublie.emit()
        return poste.fenetre

    return montrer


def _remplir(poste: Poste) -> None:
    """Un vrai coffre, les dossiers d'exemple, une saisie interrompue."""
    session = poste.session
    session.regler(replace(session.preferences, territoire="metropole-exemple"))
    session.creer("Ana Martin", MOT_DE_PASSE, lambda _: session.entrer(), sys.exit)
    attendre(poste)
    session.ajouter_exemples(lambda _: None, pour=session)
    attendre(poste)

    def ouvrir(trouves: list[Trouve]) -> None:
        session.ouvrir_dossier(trouves[0].dossier, lambda _: None)

    session.rechercher("moreau", ouvrir, pour=session)
    attendre(poste)
    attendre(poste)
    session.modifier({"logement_actuel.loyer": 200})
    session.brouillon("logement_actuel.surface", "3 pièces")
    attendre(poste)


def _accueil(poste: Poste, saisie: str) -> QWidget:
    ecran = poste.fenetre.aller("accueil")
    assert isinstance(ecran, EcranAccueil)
    attendre(poste)
    ecran.recherche.setText(saisie)
    ecran.chercher(saisie)
    return poste.fenetre


def _palette(poste: Poste) -> QWidget:
    palette = Palette(poste.fenetre)
    palette.show()
    palette.saisie.ligne.setText("ta")
    palette.chercher("ta")
    return palette


def _pleine(page: QWidget) -> QWidget:
    page.setWindowModality(page.windowModality().NonModal)
    page.resize(*TAILLE)
    page.show()
    return page


if __name__ == "__main__":
    for image in capturer(Path(sys.argv[1])):
        print(image)
