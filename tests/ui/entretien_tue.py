"""Un agent qui joue des entretiens sans fin dans la vraie fenêtre, et dit sur sa sortie tout ce qu'il fait.

Se lance dans un processus à part, que ``test_morts.py`` tue : ``python entretien_tue.py DOSSIER_DE_DONNEES GRAINE`` ;
avec un troisième argument, l'agent tape ce nom et s'arrête là, sans quitter le champ.
Chaque ligne de sortie est un fait JSON daté par l'horloge du système (``time.monotonic``), écrit avant le geste.
"""

from __future__ import annotations

import os
import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

os.environ["QT_QPA_PLATFORM"] = "offscreen"
sys.path.insert(0, str(Path(__file__).parents[2]))

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget

from modele.dossier.chemins import ABSENT
from modele.dossier.documents import encoder
from modele.dossier.inventaire import Genre
from ui.composants import GroupeChoix
from ui.ecrans.accueil.ecran import EcranAccueil
from ui.ecrans.doublons.ecran import EcranDoublons
from ui.ecrans.entretien.champs import PageChamps
from ui.ecrans.entretien.ecran import EcranEntretien
from ui.lancement import Poste

MOT_DE_PASSE = "quatre mots sans lien"
BATTEMENT = 50
_LETTRES = "abdeilmnorstuvé"


def dire(**fait: Any) -> None:
    """Écrit un fait, d'un coup : la mort ne le coupe pas."""
    os.write(1, encoder({**fait, "a": time.monotonic()}) + b"\n")


class Temoin(QObject):
    """Note ce qui est demandé, ce qui est dit enregistré, et les retards de l'écran ; ne change rien."""

    def __init__(self, poste: Poste) -> None:
        super().__init__(poste.fenetre)
        self._session = poste.session
        self._modifier, self._creer = poste.session.modifier, poste.session.creer_dossier
        poste.session.modifier = self._noter  # type: ignore[method-assign]
        poste.session.creer_dossier = self._noter_creation  # type: ignore[method-assign]
        poste.session.enregistre.connect(lambda _: dire(fait="enregistre"))
        self._dernier = time.monotonic()
        minuterie = QTimer(self)
        minuterie.setInterval(BATTEMENT)
        minuterie.timeout.connect(self._battre)
        minuterie.start()

    def _noter(self, valeurs: dict[str, Any]) -> None:
        dites = {chemin: {"absent": True} if valeur is ABSENT else valeur for chemin, valeur in valeurs.items()}
        dire(fait="ecrit", dossier=self._session.dossier_id, valeurs=dites)
        self._modifier(valeurs)

    def _noter_creation(self, *arguments: Any) -> None:
        dire(fait="creation")
        self._creer(*arguments)

    def _battre(self) -> None:
        maintenant = time.monotonic()
        retard = maintenant - self._dernier - BATTEMENT / 1000
        self._dernier = maintenant
        if retard > 0.1:
            dire(fait="retard", duree=retard)


class Agent(QObject):
    """Joue un entretien après l'autre. Le scénario est un générateur : il rend les millisecondes à attendre."""

    def __init__(self, poste: Poste, hasard: random.Random, nom: str = "") -> None:
        super().__init__(poste.fenetre)
        self._poste, self._hasard = poste, hasard
        self._scenario = self._jouer(nom)

    def avancer(self) -> None:
        """Fait le geste suivant, puis attend."""
        QTimer.singleShot(next(self._scenario), self, self.avancer)

    def _jouer(self, nom: str) -> Iterator[int]:
        session = self._poste.session
        session.ouvrir(MOT_DE_PASSE, lambda phrase: dire(fait="refus", phrase=phrase))
        while session.regles is None:
            yield 10
        while True:
            yield from self._ouvrir_un_dossier()
            dire(fait="dossier", dossier=session.dossier_id)
            if nom:
                yield from self._laisser_en_plan(nom)
            for _ in range(self._hasard.randrange(15, 40)):
                yield from self._repondre()
            self._poste.fenetre.aller("accueil")

    def _laisser_en_plan(self, nom: str) -> Iterator[int]:
        self._ecran.aller_a("demandeur.nom")
        place = self._ecran.formulaire.place("demandeur.nom")
        assert place is not None
        yield from self._taper(place.saisie.findChildren(QLineEdit)[0], nom)
        while True:
            yield 100

    def _ouvrir_un_dossier(self) -> Iterator[int]:
        accueil = self._poste.fenetre.aller("accueil")
        assert isinstance(accueil, EcranAccueil)
        yield from self._taper(accueil.recherche, self._mot())
        accueil.commencer()
        while not isinstance(ecran := self._poste.fenetre.pile.currentWidget(), EcranDoublons):
            yield 10
        yield from self._taper(ecran.verification.naissance.ligne, "1990")
        while self._poste.fenetre.ecran == "doublons":
            # Ce qui ressemble se montre d'abord ; le geste, refait, ouvre quand même.
            ecran.verification.demander()
            yield 10
        while not self._pret():
            yield 10

    def _pret(self) -> bool:
        return self._poste.fenetre.ecran == "entretien" and self._ecran.etape is not None

    @property
    def _ecran(self) -> EcranEntretien:
        ecran = self._poste.fenetre.pile.currentWidget()
        assert isinstance(ecran, EcranEntretien)
        return ecran

    def _repondre(self) -> Iterator[int]:
        """Un geste sur la question montrée, puis la suivante ; parfois une question prise au hasard."""
        ecran = self._ecran
        page, avant = ecran.pages.courante, ecran.etape
        if page is ecran.tableau and self._hasard.random() < 0.4:
            yield from self._presser(ecran.tableau, ("Retirer", "Il n'y en a pas", "Peut-être"))
        elif page is ecran.distinct:
            ecran.distinct.renoncer.emit()
        else:
            yield from self._remplir(page)
        yield self._hasard.randrange(40, 250)
        ecran.avancer()
        yield self._hasard.randrange(20, 80)
        if ecran.etape is avant or self._hasard.random() < 0.2:
            ecran.aller_a(self._hasard.choice(CHEMINS))
            yield 20

    def _remplir(self, page: QWidget) -> Iterator[int]:
        choix = [g for g in page.findChildren(GroupeChoix) if g.isVisible()]
        lignes = [ligne for ligne in page.findChildren(QLineEdit) if ligne.isVisible() and not ligne.isReadOnly()]
        if lignes and self._hasard.random() < 0.85:
            for ligne in lignes[:3]:
                yield from self._taper(ligne, self._contenu(ligne))
        elif choix:
            boutons = [b for b in choix[0].findChildren(QAbstractButton) if b.isVisible()]
            self._hasard.choice(boutons).click()

    def _presser(self, page: QWidget, mots: tuple[str, ...]) -> Iterator[int]:
        mot = self._hasard.choice(mots)
        bouton = next(
            (b for b in page.findChildren(QAbstractButton) if b.isVisible() and b.text().startswith(mot)), None
        )
        if bouton is not None:
            bouton.click()
        yield 40

    def _contenu(self, ligne: QLineEdit) -> str:
        if ligne.placeholderText() == "jj/mm/aaaa":
            tire = self._hasard
            return f"{tire.randrange(1, 29):02d}/{tire.randrange(1, 13):02d}/{tire.randrange(1950, 2026)}"
        page = self._ecran.pages.courante
        places = page._places.values() if isinstance(page, PageChamps) else page._toutes()  # type: ignore[union-attr]
        genre = next((p.vue.question.genre for p in places if p.saisie.isAncestorOf(ligne)), None)
        return str(self._hasard.randrange(1, 60)) if genre in (Genre.ENTIER, Genre.DECIMAL) else self._mot()

    def _mot(self) -> str:
        return "".join(self._hasard.choice(_LETTRES) for _ in range(self._hasard.randrange(3, 12))).capitalize()

    def _taper(self, ligne: QLineEdit, contenu: str) -> Iterator[int]:
        ligne.setFocus()
        ligne.selectAll()
        for signe in contenu:
            for sorte in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(ligne, QKeyEvent(sorte, 0, Qt.KeyboardModifier.NoModifier, signe))
            self._dire_frappe()
            yield self._hasard.randrange(15, 90)

    def _dire_frappe(self) -> None:
        """Ce que la plume a reçu : un champ à brouillon, jamais la recherche ni une violence interdite."""
        if self._poste.fenetre.ecran == "entretien":
            dire(fait="frappes", dossier=self._poste.session.dossier_id, restantes=self._ecran.plume.restantes)


CHEMINS = (
    "demandeur.nom",
    "demandeur.prenoms",
    "demandeur.date_naissance",
    "demandeur.nationalite",
    "demandeur.situation_familiale",
    "demandeur.emploi.situation",
    "contact.telephone",
    "foyer.personnes",
    "foyer.avec_codemandeur",
    "demande.motifs",
    "demande.numero_unique",
    "logement_actuel.statut",
    "logement_actuel.surface",
)


def main() -> None:
    """Ouvre le poste et joue jusqu'à la mort."""
    application = QApplication(["perron"])
    poste = Poste(application, Path(sys.argv[1]))
    poste.pannes.poser()
    poste.fenetre.show()
    temoin = Temoin(poste)
    agent = Agent(poste, random.Random(sys.argv[2]), *sys.argv[3:])
    dire(fait="pret")
    agent.avancer()
    application.exec()
    del temoin


if __name__ == "__main__":
    main()
