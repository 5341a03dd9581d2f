"""L'écran « À départager » : une carte par réponse que deux guichets ont donnée autrement."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from ui.composants import Bouton, Carte, Defilement, annoncer, colonne, etiquette_aide, rangee, retirer, texte
from ui.composants.masques import masque
from ui.ecrans.base import Ecran
from ui.ecrans.divergences.carte import CarteDivergence
from ui.etat.session import Session
from ui.etat.synchro import synchroniseur_de
from ui.theme import Ton, espace
from ui.theme.icones import Icone

if TYPE_CHECKING:
    from modele.bilan import Regles
    from modele.coffre import Coffre
    from modele.dossier.chemins import Document
    from ui.mots.departager import DivergenceDite, PartiDit

CHAPEAU: Final = (
    "Deux guichets ont noté des réponses différentes. Toutes sont gardées : la personne, ou un papier, dit laquelle"
    " est la bonne."
)
RIEN: Final = "Rien à départager : partout, les réponses sont les mêmes."
GARDE: Final = "Réponse gardée. Les autres postes la recevront au prochain envoi."
Cle = tuple[str, str]


class EcranDivergences(Ecran):
    """Les divergences de tous les dossiers de ce poste ; ``dossier`` : celui à montrer d'abord."""

    def __init__(self, session: Session) -> None:
        super().__init__("À départager", session)
        self.synchro = synchroniseur_de(session)
        self.cartes: list[CarteDivergence] = []
        self._dites: tuple[DivergenceDite, ...] = ()
        self._dossier = ""
        self._reportees: set[Cle] = set()
        self._montrees: set[Cle] = set()
        self._rang = 0
        self._liste = QVBoxLayout()
        self._liste.setSpacing(espace(4))
        self.rien = Carte(nom=RIEN, ton=Ton.COURANT)
        ligne = rangee(Icone("circle-check", Ton.COURANT), texte(RIEN), ecart=2)
        ligne.setStretch(1, 1)
        self.rien.ajouter(ligne)
        self.rien.hide()
        self.retour = Bouton("Retour", self._revenir, icone="arrow-left", raccourci="Alt+Left")
        self._chapeau = etiquette_aide(CHAPEAU)
        titre = rangee(texte("À départager", "titre", coupe=False), 1, self.retour)
        page = colonne(titre, self._chapeau, self.rien, ecart=3, marges=8)
        page.addLayout(self._liste)
        page.addStretch(1)
        boite = QVBoxLayout(self)
        boite.setContentsMargins(0, 0, 0, 0)
        self._page = Defilement(page)
        boite.addWidget(self._page)
        self.synchro.recu.connect(self._relire)
        session.ferme.connect(self._voiler)
        masque().change.connect(self._remasquer)
        session.regles_chargees.connect(self._relire)

    def paraitre(self, dossier: str = "", **_arguments: Any) -> None:
        self._dossier, self._rang = dossier or self.session.dossier_id, 0
        self._montrees.clear()
        self.retour.setFocus(Qt.FocusReason.OtherFocusReason)
        self._lire(lambda: self._page.verticalScrollBar().setValue(0))

    def disparaitre(self) -> None:
        self._montrees.clear()
        self._montrer(())

    # Lire.

    def _relire(self) -> None:
        if self.isVisible():
            self._lire(lambda: None)

    def _lire(self, ensuite: Callable[[], object]) -> None:
        regles, agent = self.session.regles, self.session.agent
        if regles is None:
            self.session.charger_regles()
            return

        def rendre(dites: Sequence[DivergenceDite]) -> None:
            self.montrer(dites)
            ensuite()

        self.synchro.ici(
            lambda _, coffre: preparer_toutes(coffre, regles, agent),
            rendre,
            pour=self,
            remplace="divergences",
        )

    # Montrer.

    def montrer(self, dites: Sequence[DivergenceDite]) -> None:
        """Montre ces divergences, celles du dossier ouvert d'abord, celles qu'on demandera en dernier."""
        rangees = sorted(dites, key=lambda une: (_cle(une) in self._reportees, une.dossier != self._dossier))
        if tuple(rangees) != self._dites or not rangees:
            self._montrer(tuple(rangees))
            self.rien.setVisible(not rangees)
            self._chapeau.setVisible(bool(rangees))
            self._viser()

    def _montrer(self, dites: tuple[DivergenceDite, ...]) -> None:
        self._dites = dites
        for ancienne in self.cartes:
            self._liste.removeWidget(ancienne)
            retirer(ancienne)
        self.cartes = [self._carte(dite) for dite in dites]
        for carte in self.cartes:
            self._liste.addWidget(carte)
            # Qt ne montre un ajout qu'au tour suivant : le focus n'attend pas.
            carte.show()

    def _carte(self, dite: DivergenceDite) -> CarteDivergence:
        cle = _cle(dite)
        masquee = self._masquee(dite)
        carte = CarteDivergence(
            dite,
            voilee=dite.protegee and (masquee or cle not in self._montrees),
            reportee=cle in self._reportees,
            masquee=masquee,
        )
        carte.choisie.connect(lambda parti: self._trancher(dite, parti))
        carte.reportee.connect(lambda: self._reporter(cle))
        carte.reprise.connect(lambda: self._reprendre(cle))
        # Voilée, la question elle-même ne se montre pas : le dossier s'ouvre où il en était.
        chemin = "" if carte.voilee else dite.chemin
        carte.ouvrir.connect(lambda: self.aller.emit("entretien", {"dossier": dite.dossier, "chemin": chemin}))
        carte.montrer.connect(lambda: self._devoiler(dite))
        return carte

    def _masquee(self, dite: DivergenceDite) -> bool:
        """Elle est d'un autre dossier que celui qu'on tient ouvert, et l'agent ne l'a pas démasquée."""
        return dite.dossier != self.session.dossier_id and not masque().montre(_ligne(dite))

    def _remasquer(self) -> None:
        if self.isVisible() and any(dite.dossier != self.session.dossier_id for dite in self._dites):
            self._refaire()

    def _refaire(self) -> None:
        dites, self._dites = self._dites, ()
        self.montrer(dites)

    def _viser(self) -> None:
        """Le clavier va à la carte qui suit celle qu'on vient de régler."""
        if self.cartes and self.isVisible():
            self._page.viser(self.cartes[min(self._rang, len(self.cartes) - 1)].premier)

    def _voiler(self) -> None:
        """L'écran se couvre : ce qui est protégé sera à montrer de nouveau."""
        if self._montrees:
            self._montrees.clear()
            self._refaire()

    # Agir.

    def _trancher(self, dite: DivergenceDite, parti: PartiDit) -> None:
        self._rang = self._dites.index(dite)

        def rendre(document: Document) -> None:
            annoncer(self, GARDE)
            self.alerte.emit(GARDE, Ton.COURANT)
            if document["id"] != dite.dossier:
                self.aller.emit("entretien", {"dossier": document["id"]})
                return
            self._reportees.discard(_cle(dite))
            self.session.relire()
            self.synchro.bientot()
            self._lire(lambda: None)

        auteur = self.session.auteur
        self.synchro.ici(
            lambda _, coffre: coffre.echanges.trancher(dite.dossier, dite.unite, parti.valeurs, auteur),
            rendre,
            lambda phrase: self.alerte.emit(phrase, Ton.IMMEDIAT),
            pour=self,
        )

    def _reporter(self, cle: Cle) -> None:
        self._reportees.add(cle)
        self._rang = 0
        self._refaire()

    def _reprendre(self, cle: Cle) -> None:
        self._reportees.discard(cle)
        self._refaire()
        self._rang = next((rang for rang, dite in enumerate(self._dites) if _cle(dite) == cle), 0)
        self._viser()

    def _devoiler(self, dite: DivergenceDite) -> None:
        self._montrees.add(_cle(dite))
        self._rang = self._dites.index(dite)
        if self._masquee(dite):
            masque().basculer(_ligne(dite), dite.dossier)
        else:
            self._refaire()

    def _revenir(self) -> None:
        ouvert = bool(self.session.dossier_id)
        self.aller.emit("entretien" if ouvert else "accueil", {})


def preparer_toutes(coffre: Coffre, regles: Regles, agent: str) -> list[DivergenceDite]:
    """Les divergences de ce poste, en mots ; à faire hors du fil de l'écran."""
    from modele.synchro.divergences import a_trancher
    from ui.mots.departager import preparer

    maintenant = datetime.now().astimezone()
    return [preparer(une, coffre.lire(une.dossier), regles, agent, maintenant) for une in a_trancher(coffre.echanges)]


def _cle(dite: DivergenceDite) -> Cle:
    return dite.dossier, dite.unite


def _ligne(dite: DivergenceDite) -> tuple[str, str, str]:
    return "divergence", dite.dossier, dite.unite
