"""Les deux barres de la fenêtre : en haut où l'on est et ce qu'on peut faire, en bas ce qui est enregistré."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ui.composants import Bouton, LigneEtat, Pastille, annoncer, nommer, rangee, texte
from ui.theme import Ton, espace
from ui.theme.apparence import apparence

if TYPE_CHECKING:
    from datetime import datetime

    from PySide6.QtGui import QResizeEvent, QShowEvent

TROP_VITE = "Trop vite : rien n'est répondu"
RIEN_A_ENREGISTRER = "Rien à enregistrer"
DEBUT_DES_ENVOIS = ("Tout reste ici, chiffré",)
ESSAI, ESSAI_BREF = "essai, données fictives", "essai"
ESSAI_DIT = (
    "Essai, données fictives : personne n'a encore inscrit qui répond des données. Voyez « Avant de vrais dossiers »."
)
_COTE, _ECART = espace(5), 4
_NOM_AU_PLUS = 30
"""Les signes d'un nom qui tiennent dans la barre ; la bulle le dit en entier."""


class _Barre(QFrame):
    """Une seule rangée, à toute taille : faute de place, elle dit la même chose en moins de mots."""

    def __init__(self, nom: str, genre: str, *contenu: QWidget | int) -> None:
        super().__init__()
        nommer(self, nom)
        self.setProperty("genre", genre)
        boite = QVBoxLayout(self)
        boite.setContentsMargins(_COTE, 3, _COTE, 3)
        boite.addLayout(rangee(*contenu, ecart=_ECART))
        self._degre = 0
        apparence().change.connect(self._ajuster)

    def _largeurs(self) -> tuple[int, ...]:
        """Ce que demande chaque degré, du plus disert au plus bref."""
        raise NotImplementedError

    def _serrer(self, degre: int) -> None:
        """Passe au degré ``degre``."""
        raise NotImplementedError

    def _ajuster(self) -> None:
        if not self.isVisible():
            # Mesurer des mots avant la première image la retarderait.
            return
        largeurs = self._largeurs()
        degre = next((rang for rang, large in enumerate(largeurs) if large <= self.width()), len(largeurs) - 1)
        if degre != self._degre:
            self._degre = degre
            self._serrer(degre)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._ajuster()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._ajuster()

    def minimumSizeHint(self) -> QSize:
        """La fenêtre reste libre de rétrécir : c'est alors que la barre se serre."""
        return QSize(self._largeurs()[-1], super().minimumSizeHint().height())


class BarreHaute(_Barre):
    """Perron, le dossier ouvert, territoire, statut de la grille ; recherche, agent, page neutre."""

    def __init__(
        self, chercher: Callable[[], object], agent: Callable[[], object], neutre: Callable[[], object]
    ) -> None:
        self._marque = texte("Perron", "marque", coupe=False)
        self._territoire = Pastille("territoire", ronde=True)
        self._statut = Pastille("grille", Ton.JOUR, ronde=True)
        self.essai = Pastille("usage", Ton.IMMEDIAT, ronde=True)
        self.essai.hide()
        self._lieu = self._mention = ""
        self.dossier = Pastille("dossier", Ton.ACTION, ronde=True)
        self.dossier.hide()
        self.recherche = Bouton(
            "Rechercher : dossier, action", chercher, genre="recherche", montre="Ctrl+K", icone="search"
        )
        self.agent = Bouton("Agent", agent, genre="discret", icone="user", description="Menu : affichage, verrouiller")
        self.neutre = Bouton("Page neutre", neutre, genre="discret", montre="F12")
        super().__init__(
            "Barre du haut",
            "barre_haute",
            *(self._marque, self.essai, self.dossier, self._territoire, self._statut, 1),
            *(self.recherche, self.agent, self.neutre),
        )
        self.situer("", "")
        self.ouvrir("")

    def situer(self, territoire: str, statut: str) -> None:
        """Le territoire et le statut de sa grille ; vides, rien ne se montre."""
        self._lieu, self._mention = territoire, statut
        for pastille, mot, ton in ((self._territoire, territoire, Ton.NEUTRE), (self._statut, statut, Ton.JOUR)):
            pastille.setVisible(bool(mot))
            if mot:
                pastille.montrer(mot, ton, description=territoire)
        self._statut.setToolTip(territoire)
        self._serrer(self._degre)
        self._ajuster()

    def tenir(self, nom: str) -> None:
        """Chez qui l'on est : le nom du dossier ouvert, ou sa référence ; vide : aucun."""
        # Cachée, elle ne garde pas non plus le nom de la personne d'avant.
        description = f"Dossier ouvert : {nom}" if nom else ""
        self.dossier.montrer(abrege(nom) or "Aucun dossier", Ton.ACTION, description=description)
        self.dossier.setToolTip(nom)
        self.dossier.setVisible(bool(nom))
        self._ajuster()

    def dire_essai(self, essai: bool) -> None:
        """Rien n'est inscrit de qui répond des données : l'écran le dit tant que c'est vrai, coffre fermé compris."""
        self.essai.setVisible(essai)
        self._serrer(self._degre)
        self._ajuster()

    def ouvrir(self, agent: str) -> None:
        """L'agent au poste ; vide : coffre verrouillé, rien à chercher."""
        self.recherche.setVisible(bool(agent))
        self.neutre.setVisible(bool(agent))
        self.agent.renommer(agent or "Affichage")
        self._ajuster()

    def _largeurs(self) -> tuple[int, ...]:
        boutons = [b for b in (self.recherche, self.agent, self.neutre) if not b.isHidden()]
        statut = [self._statut.sizeHint().width()] if self._mention else []
        lieu = [self._territoire.sizeHint().width()] if self._lieu else []
        fixe = [
            self._marque.sizeHint().width(),
            *([] if self.dossier.isHidden() else [self.dossier.sizeHint().width()]),
        ]
        # Mesurés sans les montrer : une largeur qui suivrait le degré ferait tourner la barre sans fin.
        dit, bref = ([] if self.essai.isHidden() else [self.essai.largeur(mot)] for mot in (ESSAI, ESSAI_BREF))
        larges, serres = ([b.largeur(serre) for b in boutons] for serre in (False, True))
        # Ce qui disparaît d'abord : le territoire, que dit aussi la bulle du statut ; puis les mots des boutons, puis
        # le statut, que la note redit. Le nom du dossier, jamais : on n'écrit pas chez un autre.
        presque = [*serres[:-1], *larges[-1:]]
        degres = (
            *([*dit, *lieu, *statut, *larges], [*dit, *statut, *larges], [*dit, *statut, *presque]),
            *([*bref, *statut, *serres], [*bref, *serres]),
        )
        return tuple(sum((*fixe, *degre)) + espace(_ECART) * (len(fixe) + len(degre)) + 2 * _COTE for degre in degres)

    def _serrer(self, degre: int) -> None:
        self._territoire.setVisible(bool(self._lieu) and degre == 0)
        self._statut.setVisible(bool(self._mention) and degre < 4)
        self.essai.montrer(ESSAI if degre < 3 else ESSAI_BREF, Ton.IMMEDIAT, description=ESSAI_DIT)
        for bouton in (self.recherche, self.agent):
            bouton.serrer(degre >= 2)
        self.neutre.serrer(degre >= 3)


def abrege(nom: str) -> str:
    """Le nom, coupé s'il ne tient pas."""
    return nom if len(nom) <= _NOM_AU_PLUS else f"{nom[: _NOM_AU_PLUS - 1].rstrip()}…"


class BarreBasse(_Barre):
    """Ce qui est enregistré, où, et le dossier ouvert."""

    def __init__(self) -> None:
        self.enregistre = LigneEtat(RIEN_A_ENREGISTRER, "circle-check", Ton.NEUTRE, gras=True, coupe=False)
        self._envois: Sequence[str] = DEBUT_DES_ENVOIS
        self._allure = ("cloud-off", Ton.NEUTRE)
        self.envoi = LigneEtat(DEBUT_DES_ENVOIS[0], *self._allure, coupe=False)
        self._numero = texte("", "petit", coupe=False)
        super().__init__("État de l'enregistrement", "barre_basse", self.enregistre, self.envoi, 1, self._numero)

    def _largeurs(self) -> tuple[int, ...]:
        numero = 0 if self._numero.isHidden() else self._numero.sizeHint().width()
        fixe = self.enregistre.sizeHint().width() + numero + 3 * espace(_ECART) + 2 * _COTE
        return tuple(fixe + self.envoi.largeur(phrase) for phrase in self._envois)

    def _serrer(self, degre: int) -> None:
        self.envoi.montrer(self._envois[degre], *self._allure)
        self.envoi.setToolTip(self._envois[0] if degre else "")

    def dire_envois(self, phrases: Sequence[str], icone: str, ton: Ton) -> None:
        """Où en sont les envois, la même chose de plus en plus brève : la plus longue qui tient se montre."""
        self._envois, self._allure = tuple(phrases), (icone, ton)
        self._degre = min(self._degre, len(self._envois) - 1)
        self._serrer(self._degre)
        self._ajuster()

    def dire_enregistre(self, instant: datetime) -> None:
        """« Enregistré sur ce poste à 10:42:07 »."""
        self.enregistre.montrer(f"Enregistré sur ce poste à {instant:%H:%M:%S}", "circle-check", Ton.COURANT)
        self._ajuster()

    def oublier(self) -> None:
        """Un autre agent est là : rien de ce qu'il a fait n'est à dire encore."""
        self.enregistre.montrer(RIEN_A_ENREGISTRER, "circle-check", Ton.NEUTRE)
        self._ajuster()

    def dire_echec(self) -> None:
        """L'enregistrement a échoué : l'état le dit autant que le bandeau."""
        self.enregistre.montrer("Pas enregistré", "circle-alert", Ton.IMMEDIAT)
        annoncer(self, "Pas enregistré", pressant=True)

    def dire_trop_vite(self) -> None:
        """Des touches trop serrées n'ont rien répondu : l'agent croirait le contraire."""
        self.enregistre.montrer(TROP_VITE, "circle-alert", Ton.JOUR)
        annoncer(self, TROP_VITE, pressant=True)
        self._ajuster()

    def dire_dossier(self, numero: str) -> None:
        """Le numéro du dossier ouvert, jamais un nom ; vide : aucun dossier."""
        self._numero.setText(numero)
        self._numero.setVisible(bool(numero))
        self._ajuster()
