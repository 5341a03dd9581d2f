"""La carte d'une divergence : ce qu'il y avait, les réponses en présence, le choix. Rien n'est choisi d'avance."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QWidget

from modele.dossier.chemins import est_element
from ui.composants import (
    Bloc,
    Bouton,
    Colonnes,
    annoncer,
    colonne,
    etiquette_aide,
    intertitre,
    nommer,
    rangee,
    texte,
    viser,
)
from ui.composants.menus import CarteAGestes
from ui.ecrans.divergences.parti import CarteParti, lignes, preuves
from ui.mots.departager import DivergenceDite
from ui.mots.masques import designer_par_reference
from ui.theme import Ton, espace
from ui.theme.icones import Icone

NEUTRE: Final = "Une réponse à voir seul à seul"
D_UN_AUTRE: Final = "Une réponse notée autrement"
CHOISIR: Final = "Choisissez d'abord une des réponses."
_PLUS_TARD: Final = "À demander à la personne. En attendant, toutes les réponses restent gardées."


class CarteDivergence(CarteAGestes):
    """Une chose à départager.

    ``choisie`` : la réponse gardée. ``reportee`` : on demandera à la personne. ``reprise`` : la départager maintenant.
    ``ouvrir`` : aller à la question, dans l'entretien. ``montrer`` : lever le voile d'une réponse protégée, ou le
    masque d'un dossier qui n'est pas celui qu'on tient ouvert.
    """

    choisie = Signal(object)
    reportee = Signal()
    reprise = Signal()
    ouvrir = Signal()
    montrer = Signal()

    def __init__(
        self,
        dite: DivergenceDite,
        *,
        voilee: bool,
        reportee: bool,
        masquee: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        sujet = NEUTRE if voilee else D_UN_AUTRE if masquee else dite.sujet
        self._qui = designer_par_reference(dite.dossier) if masquee else dite.titre
        super().__init__(nom=f"{self._qui} : {sujet}", parent=parent)
        self.dite, self.voilee = dite, voilee
        self.partis: list[CarteParti] = []
        self._groupe = QButtonGroup(self)
        self._faute = texte("", "gras", Ton.IMMEDIAT)
        self._faute.hide()
        self._titrer(sujet)
        if voilee or masquee:
            self.premier: QWidget = Bouton("Montrer", self.montrer.emit, icone="eye", description=sujet)
            self.ajouter(rangee(self.premier, 1))
        elif reportee:
            self._reporter()
        else:
            self._disposer()

    def _titrer(self, sujet: str) -> None:
        dossier = Bouton(
            self._qui, self.ouvrir.emit, genre="discret", icone="folder-open", description="Ouvrir le dossier"
        )
        self.ajouter(
            Colonnes([(_titre(sujet), 1, 300), (dossier, 0, 0)], ecart=3, ecart_pile=1),
        )

    def _question(self) -> None:
        if self.dite.question:
            ligne = rangee(
                Icone("message-circle-question-mark", Ton.ACTION), texte(f"« {self.dite.question} »", "gras"), ecart=2
            )
            ligne.setStretch(1, 1)
            self.ajouter(ligne)

    def _reporter(self) -> None:
        self._question()
        self.premier = Bouton("Départager maintenant", self.reprise.emit, icone="split", description=self.dite.sujet)
        self.ajouter(etiquette_aide(_PLUS_TARD), rangee(self.premier, 1))

    def _disposer(self) -> None:
        dite = self.dite
        self.ajouter(etiquette_aide(dite.recit))
        self._question()
        colonnes: list[tuple[QWidget, int, int]] = []
        if dite.avant:
            colonnes.append((self._avant(), 1, 240))
        for parti in dite.partis:
            carte = CarteParti(parti, element=est_element(dite.unite))
            carte.toggled.connect(lambda _: self._faute.hide())
            self._groupe.addButton(carte)
            self.partis.append(carte)
            colonnes.append((carte, 1, 240))
        self.premier = self.partis[0]
        self.ajouter(Colonnes(colonnes, ecart=3, ecart_pile=2))
        if dite.pareil:
            pareil = " · ".join(f"{une.libelle} : {une.dite}" for une in dite.pareil)
            self.ajouter(etiquette_aide(f"Pareil partout · {pareil}"))
        self.ajouter(*preuves(dite.pieces))
        self.garder = Bouton("Garder la réponse choisie", self._garder, genre="principal", description=dite.sujet)
        plus_tard = Bouton("Je demande à la personne", self.reportee.emit, icone="clock", description=dite.sujet)
        question = Bouton("Ouvrir la question", self.ouvrir.emit, genre="discret", description=dite.sujet)
        gestes = Colonnes([(self.garder, 0, 0), (plus_tard, 0, 0), (question, 0, 0)], ecart=2)
        self.ajouter(self._faute, rangee(gestes, 1))

    def _avant(self) -> QWidget:
        """Ce que chacun avait sous les yeux : sans cadre, cela ne se choisit pas."""
        entete = rangee(Icone("history", Ton.NEUTRE), texte("Avant", "gras"), ecart=2)
        entete.setStretch(1, 1)
        pied = etiquette_aide("Ce que chacun avait sous les yeux.")
        boite = colonne(entete, *lignes(self.dite.avant), pied, 1)
        boite.setContentsMargins(espace(1), espace(3), espace(4), espace(3))
        bloc = Bloc(boite)
        nommer(bloc, "Avant")
        return bloc

    def _garder(self) -> None:
        choisi = self._groupe.checkedButton()
        if not isinstance(choisi, CarteParti):
            self._faute.setText(CHOISIR)
            self._faute.show()
            annoncer(self, CHOISIR, pressant=True)
            viser(self.premier)
            return
        self.choisie.emit(choisi.parti)


def _titre(sujet: str) -> QWidget:
    ligne = rangee(Icone("split", "encre"), intertitre(sujet), ecart=2)
    ligne.setStretch(1, 1)
    bloc = Bloc(ligne)
    nommer(bloc, sujet)
    return bloc
