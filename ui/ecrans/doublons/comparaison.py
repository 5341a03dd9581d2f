"""Les deux dossiers côte à côte, et la décision : n'en faire qu'un, ou non. Rien n'est choisi d'avance."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QWidget

from ui.composants import (
    Bloc,
    Bouton,
    Carte,
    Colonnes,
    GroupeChoix,
    Option,
    Pastille,
    annoncer,
    colonne,
    etiquette_aide,
    nommer,
    rangee,
    texte,
    viser,
)
from ui.composants.masques import masque
from ui.mots.comparer import LigneComparee, Verdict
from ui.mots.masques import CACHE
from ui.theme import Ton, espace

VERDICTS: Final = {
    Verdict.DIFFERENT: ("différent", "triangle-alert", Ton.JOUR),
    Verdict.UN_COTE: ("d'un seul côté", "circle", Ton.NEUTRE),
    Verdict.PAREIL: ("pareil", "check", Ton.COURANT),
}
EFFET: Final = (
    "Les deux histoires restent. Ce que l'un seul savait rejoint l'autre ; là où ils diffèrent, rien n'est écrasé : "
    "ce sera à départager."
)
LEQUEL: Final = "Dites d'abord quel dossier continue."
MONTRER: Final = "Montrer"
MASQUER: Final = "Masquer"
DEFINITIF: Final = "Pour tous les guichets, il n'y aura plus qu'un dossier. Cela ne se défait pas."


class PageComparaison(QWidget):
    """``memes`` : c'est la même personne, et le dossier qui continue. ``differents`` : ce n'est pas elle."""

    memes = Signal(str)
    differents = Signal()
    renoncer = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._corps = Carte(nom="Les deux dossiers")
        self._decision = Carte("Une seule personne ?", icone="users")
        self._lequel: GroupeChoix | None = None
        self._faute = texte("", "gras", Ton.IMMEDIAT)
        self._gestes, self._confirmation = QWidget(), QWidget()
        self.meme = self.confirmer = Bouton("Oui")
        droite = Bloc(colonne(self._decision, 1))
        gauche = Bloc(colonne(self._corps, 1))
        self.setLayout(colonne(Colonnes([(gauche, 7, 780), (droite, 4, 400)], ecart=4), 1))

    def montrer(self, lignes: Sequence[LigneComparee], noms: tuple[str, str], options: Sequence[Option]) -> None:
        """``noms`` : les titres des deux colonnes. ``options`` : les deux dossiers, dont l'un continuera."""
        self._corps.vider(garder=0)
        self._corps.ajouter(texte(_compter(lignes), "gras"), _table(lignes, noms))
        self._decision.vider()
        self._lequel = GroupeChoix("Quel dossier continue ?", options)
        self._lequel.choisi.connect(lambda _: self._faute.hide())
        self._faute = texte("", "gras", Ton.IMMEDIAT)
        self._faute.hide()
        self._gestes, self._confirmation = self._poser_gestes(), self._poser_confirmation()
        self._confirmation.hide()
        self._decision.ajouter(
            texte(EFFET),
            texte("Quel dossier continue ?", "gras"),
            self._lequel,
            self._faute,
            self._gestes,
            self._confirmation,
        )

    def _poser_gestes(self) -> QWidget:
        self.meme = Bouton("C'est la même personne", self._demander, genre="principal", icone="users")
        autre = Bouton("Ce n'est pas la même personne", self.differents.emit, icone="x")
        retour = Bouton("Décider plus tard", self.renoncer.emit, genre="discret")
        return Bloc(rangee(Colonnes([(self.meme, 0, 0), (autre, 0, 0), (retour, 0, 0)], ecart=2), 1))

    def _poser_confirmation(self) -> QWidget:
        self.confirmer = Bouton("Oui, n'en faire qu'un dossier", self._fondre, genre="principal", icone="users")
        non = Bouton("Non, garder les deux", self._hesiter)
        gestes = rangee(Colonnes([(self.confirmer, 0, 0), (non, 0, 0)], ecart=2), 1)
        return Bloc(colonne(texte(DEFINITIF, "gras"), gestes, ecart=2))

    def premier(self) -> QWidget:
        """Le premier geste : le choix, où rien n'est choisi."""
        return self._lequel.findChildren(QAbstractButton)[0] if self._lequel is not None else self

    def _demander(self) -> None:
        if self._lequel is not None and self._lequel.valeur() is None:
            self._faute.setText(LEQUEL)
            self._faute.show()
            annoncer(self, LEQUEL, pressant=True)
            viser(self.premier())
            return
        self._gestes.hide()
        self._confirmation.show()
        annoncer(self, DEFINITIF)
        viser(self.confirmer)

    def _hesiter(self) -> None:
        self._confirmation.hide()
        self._gestes.show()
        viser(self.meme)

    def _fondre(self) -> None:
        if self._lequel is not None and (garde := self._lequel.valeur()) is not None:
            self.memes.emit(garde)


def _compter(lignes: Sequence[LigneComparee]) -> str:
    nombres = {verdict: sum(ligne.verdict is verdict for ligne in lignes) for verdict in Verdict}
    return " · ".join(
        f"{nombre} {VERDICTS[verdict][0]}{'s' if nombre > 1 and verdict is not Verdict.UN_COTE else ''}"
        for verdict, nombre in nombres.items()
        if nombre
    )


def _table(lignes: Sequence[LigneComparee], noms: tuple[str, str]) -> QWidget:
    grille = QGridLayout()
    grille.setContentsMargins(0, 0, 0, 0)
    grille.setHorizontalSpacing(espace(4))
    grille.setVerticalSpacing(espace(2))
    for colonne_, part in enumerate((3, 4, 4, 0)):
        grille.setColumnStretch(colonne_, part)
    for rang, titre in enumerate(noms, 1):
        grille.addWidget(texte(titre, "gras"), 0, rang)
    for rang, ligne in enumerate(lignes, 1):
        _LigneDeTable(ligne, rang, grille)
    table = Bloc(grille)
    nommer(table, "Les deux dossiers, champ par champ")
    return table


class _LigneDeTable(QObject):
    """Un champ comparé. Ce qui dit qui est quelqu'un n'y paraît que démasqué ; le verdict, lui, se lit toujours."""

    def __init__(self, ligne: LigneComparee, rang: int, grille: QGridLayout) -> None:
        self._mots = etiquette_aide(""), texte(""), texte("")
        super().__init__(self._mots[0])
        self._ligne, self._cle = ligne, ("comparaison", rang, ligne.libelle)
        mot, icone, ton = VERDICTS[ligne.verdict]
        self._pastille = Pastille(mot, ton, icone)
        self._oeil = Bouton(MONTRER, lambda: masque().basculer(self._cle), genre="discret", icone="eye")
        self._oeil.serrer(True)
        for place, cellule in enumerate((*self._mots, self._pastille, self._oeil)):
            grille.addWidget(cellule, rang, place)
        self._oeil.setVisible(ligne.masquee)
        masque().change.connect(self._montrer)
        self._montrer()

    def _montrer(self) -> None:
        ligne, clair = self._ligne, not self._ligne.masquee or masque().montre(self._cle)
        dits = (ligne.libelle, ligne.ici, ligne.la_bas) if clair else (ligne.neutre, CACHE, CACHE)
        for etiquette, dit in zip(self._mots, dits, strict=True):
            etiquette.setText(dit)
        mot, icone, ton = VERDICTS[ligne.verdict]
        self._pastille.montrer(mot, ton, icone, description=f"{dits[0]} : {dits[1]}, {dits[2]}")
        self._oeil.renommer(f"{MASQUER if clair else MONTRER} : {ligne.neutre}")
