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
from ui.composants.dits import ENTETE, TABLE, dire_comme
from ui.composants.masques import masque
from ui.mots.comparer import AGarder, Garde, LigneComparee, Verdict
from ui.mots.masques import CACHE
from ui.theme import Ton, espace

VERDICTS: Final = {
    Verdict.DIFFERENT: ("différent", "triangle-alert", Ton.JOUR),
    Verdict.UN_COTE: ("d'un seul côté", "circle", Ton.NEUTRE),
    Verdict.PAREIL: ("pareil", "check", Ton.COURANT),
}
EFFET: Final = (
    "Les deux histoires restent. Ce que l'un seul savait rejoint l'autre ; une personne, un revenu que les deux disent "
    "pareil ne compte qu'une fois."
)
LEQUEL: Final = "Dites d'abord quel dossier continue."
MONTRER: Final = "Montrer"
MASQUER: Final = "Masquer"
CE_QUI_DIFFERE: Final = "Là où ils diffèrent, dites lequel a raison."
A_CHOISIR: Final = "Dites d'abord ce qui se garde : {}."
SERA_GARDE: Final = "Ce qui sera gardé"
DIRA: Final = "Le dossier dira"
DEFINITIF: Final = (
    "Pour tous les guichets, il n'y aura plus qu'un dossier. Cela s'annule d'ici tant que ce n'est pas parti au "
    "registre ; ensuite, non."
)
ANNULABLE: Final = "Il n'y aura plus qu'un dossier sur ce poste. Cela s'annule ensuite : Ressemblances, Ctrl R."


class PageComparaison(QWidget):
    """``memes`` : c'est la même personne ; le dossier qui continue, et ce qui se garde. ``differents`` : pas elle."""

    memes = Signal(str, dict)
    differents = Signal()
    renoncer = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._corps = Carte(nom="Les deux dossiers")
        self._decision = Carte("Une seule personne ?", icone="users")
        self._lequel: GroupeChoix | None = None
        self._gardes: dict[str, tuple[AGarder, GroupeChoix]] = {}
        self._garde: Garde | None = None
        self._lignes: tuple[Sequence[LigneComparee], tuple[str, str]] = ((), ("", ""))
        self._dossiers: tuple[str, ...] = ()
        self._effet = DEFINITIF
        self._faute = texte("", "gras", Ton.IMMEDIAT)
        self._gestes, self._confirmation = QWidget(), QWidget()
        self.meme = self.confirmer = Bouton("Oui")
        droite = Bloc(colonne(self._decision, 1))
        gauche = Bloc(colonne(self._corps, 1))
        self.setLayout(colonne(Colonnes([(gauche, 7, 780), (droite, 4, 400)], ecart=4), 1))

    def montrer(
        self,
        lignes: Sequence[LigneComparee],
        noms: tuple[str, str],
        options: Sequence[Option],
        garde: Garde | None = None,
        *,
        relie: bool = False,
    ) -> None:
        """``noms`` : les titres des deux colonnes. ``options`` : les deux dossiers, dont l'un continuera.

        ``garde`` : ce qu'il y a à choisir. ``relie`` : la réunion partira au registre, et ne s'annulera plus.
        """
        self._garde, self._lignes, self._effet = garde, (lignes, noms), DEFINITIF if relie else ANNULABLE
        self._dossiers = tuple(option.code for option in options)
        self._poser_la_table()
        self._decision.vider()
        self._lequel = GroupeChoix("Quel dossier continue ?", options)
        self._lequel.choisi.connect(lambda _: self._rechoisir())
        self._faute = texte("", "gras", Ton.IMMEDIAT)
        self._faute.hide()
        self._gestes, self._confirmation = self._poser_gestes(), self._poser_confirmation()
        self._confirmation.hide()
        self._decision.ajouter(
            texte(EFFET),
            texte("Quel dossier continue ?", "gras"),
            self._lequel,
            *self._poser_les_choix(noms, options),
            self._faute,
            self._gestes,
            self._confirmation,
        )

    def _poser_la_table(self) -> None:
        lignes, noms = self._lignes
        self._corps.vider(garder=0)
        self._corps.ajouter(texte(_compter(lignes), "gras"), _table(lignes, noms, self._dossiers))

    def _poser_les_choix(self, noms: tuple[str, str], options: Sequence[Option]) -> list[QWidget]:
        """Une ligne par réponse qui diffère : l'un ou l'autre, rien n'est choisi d'avance. Les valeurs sont à côté."""
        self._gardes = {}
        for une in self._garde.choix if self._garde is not None else ():
            deux = [Option(option.code, nom, demi=True) for option, nom in zip(options, noms, strict=True)]
            groupe = GroupeChoix(une.libelle, deux, signes=True)
            groupe.choisi.connect(lambda _: self._rechoisir())
            self._gardes[une.unite] = (une, groupe)
        if not self._gardes:
            return []
        poses = [un for une, groupe in self._gardes.values() for un in (texte(une.libelle, "gras"), groupe)]
        return [etiquette_aide(CE_QUI_DIFFERE), *poses]

    def _poser_gestes(self) -> QWidget:
        self.meme = Bouton("C'est la même personne", self._demander, genre="principal", icone="users")
        autre = Bouton("Ce n'est pas la même personne", self.differents.emit, icone="x")
        retour = Bouton("Décider plus tard", self.renoncer.emit, genre="discret")
        return Bloc(rangee(Colonnes([(self.meme, 0, 0), (autre, 0, 0), (retour, 0, 0)], ecart=2), 1))

    def _poser_confirmation(self) -> QWidget:
        self.confirmer = Bouton("Oui, n'en faire qu'un dossier", self._fondre, genre="principal", icone="users")
        non = Bouton("Non, garder les deux", self._hesiter)
        gestes = rangee(Colonnes([(self.confirmer, 0, 0), (non, 0, 0)], ecart=2), 1)
        return Bloc(colonne(texte(self._effet, "gras"), gestes, ecart=2))

    def premier(self) -> QWidget:
        """Le premier geste : le choix, où rien n'est choisi."""
        return self._lequel.findChildren(QAbstractButton)[0] if self._lequel is not None else self

    def groupes(self) -> list[GroupeChoix]:
        """Le dossier qui continue, puis chaque réponse à choisir, dans l'ordre."""
        return [*([self._lequel] if self._lequel is not None else []), *(groupe for _, groupe in self._gardes.values())]

    def _demander(self) -> None:
        if self._lequel is not None and self._lequel.valeur() is None:
            self._manque(LEQUEL, self.premier())
            return
        for une, groupe in self._gardes.values():
            if groupe.valeur() is None:
                self._manque(A_CHOISIR.format(une.libelle), groupe.findChildren(QAbstractButton)[0])
                return
        self._montrer_ce_qui_sera_garde()
        self._gestes.hide()
        self._confirmation.show()
        annoncer(self, self._effet)
        viser(self.confirmer)

    def _manque(self, phrase: str, ou: QWidget) -> None:
        self._faute.setText(phrase)
        self._faute.show()
        annoncer(self, phrase, pressant=True)
        viser(ou)

    def _choisis(self) -> dict[str, str]:
        return {unite: groupe.valeur() for unite, (_, groupe) in self._gardes.items()}

    def _montrer_ce_qui_sera_garde(self) -> None:
        """Avant d'écrire : tout ce que le dossier dira, à la place des deux."""
        if self._garde is None or self._lequel is None:
            return
        lignes = self._garde.apercu(self._lequel.valeur(), self._choisis())
        self._corps.vider(garder=0)
        self._corps.ajouter(texte(SERA_GARDE, "gras"), _table(lignes, (DIRA,), self._dossiers))

    def _rechoisir(self) -> None:
        """Un choix a changé : ce qui allait être gardé ne vaut plus."""
        self._faute.hide()
        if not self._confirmation.isHidden():
            self._revenir_aux_deux()

    def _revenir_aux_deux(self) -> None:
        self._confirmation.hide()
        self._poser_la_table()
        self._gestes.show()

    def _hesiter(self) -> None:
        self._revenir_aux_deux()
        viser(self.meme)

    def _fondre(self) -> None:
        if self._lequel is not None and (survivant := self._lequel.valeur()) is not None:
            choisis = self._garde.codes(survivant, self._choisis()) if self._garde is not None else {}
            self.memes.emit(survivant, choisis)


def _compter(lignes: Sequence[LigneComparee]) -> str:
    nombres = {verdict: sum(ligne.verdict is verdict for ligne in lignes) for verdict in Verdict}
    return " · ".join(
        f"{nombre} {VERDICTS[verdict][0]}{'s' if nombre > 1 and verdict is not Verdict.UN_COTE else ''}"
        for verdict, nombre in nombres.items()
        if nombre
    )


def _table(lignes: Sequence[LigneComparee], noms: tuple[str, ...], dossiers: tuple[str, ...]) -> QWidget:
    """Un champ par ligne, et une colonne par nom : les deux dossiers, ou celui qui restera."""
    grille = QGridLayout()
    grille.setContentsMargins(0, 0, 0, 0)
    grille.setHorizontalSpacing(espace(4))
    grille.setVerticalSpacing(espace(2))
    for colonne_, part in enumerate((3, 4, 4, 0)):
        grille.setColumnStretch(colonne_, part)
    for rang, titre in enumerate(noms, 1):
        entete = texte(titre, "gras")
        dire_comme(entete, ENTETE)
        grille.addWidget(entete, 0, rang)
    for rang, ligne in enumerate(lignes, 1):
        _LigneDeTable(ligne, rang, grille, noms, dossiers)
    table = Bloc(grille)
    dire_comme(table, TABLE)
    nommer(table, "Les deux dossiers, champ par champ" if len(noms) > 1 else SERA_GARDE)
    return table


class _LigneDeTable(QObject):
    """Un champ comparé. Ce qui dit qui est quelqu'un n'y paraît que démasqué ; le verdict, lui, se lit toujours."""

    def __init__(
        self, ligne: LigneComparee, rang: int, grille: QGridLayout, noms: tuple[str, ...], dossiers: tuple[str, ...]
    ) -> None:
        self._noms, seul = noms, len(noms) == 1
        self._mots = etiquette_aide(""), texte(""), texte("")
        super().__init__(self._mots[0])
        self._ligne, self._cle = ligne, ("comparaison", rang, ligne.libelle)
        mot, icone, ton = VERDICTS[ligne.verdict]
        self._pastille = Pastille(mot, ton, icone)
        self._oeil = Bouton(MONTRER, lambda: masque().basculer(self._cle, *dossiers), genre="discret", icone="eye")
        self._oeil.serrer(True)
        for place, cellule in enumerate((*self._mots, self._pastille, self._oeil)):
            grille.addWidget(cellule, rang, place)
        # Montré sans parent, il serait une fenêtre et prendrait le clavier : on ne fait que cacher.
        for cellule in (*(() if ligne.masquee else (self._oeil,)), *((self._mots[2], self._pastille) if seul else ())):
            cellule.hide()
        masque().change.connect(self._montrer)
        self._montrer()

    def _montrer(self) -> None:
        ligne, clair = self._ligne, not self._ligne.masquee or masque().montre(self._cle)
        dits = (ligne.libelle, ligne.ici, ligne.la_bas) if clair else (ligne.neutre, CACHE, CACHE)
        for etiquette, dit in zip(self._mots, dits, strict=True):
            etiquette.setText(dit)
        # Une cellule s'entend sous son champ et sa colonne ; lue seule, une date ne dit pas de quoi, ni de qui.
        for etiquette, colonne_, dit in zip(self._mots[1:], self._noms, dits[1:], strict=False):
            etiquette.setAccessibleName(f"{dit} : {dits[0]}, {colonne_}")
        mot, icone, ton = VERDICTS[ligne.verdict]
        self._pastille.montrer(mot, ton, icone, description=f"{dits[0]} : {dits[1]}, {dits[2]}")
        self._oeil.renommer(f"{MASQUER if clair else MONTRER} : {ligne.neutre}")
