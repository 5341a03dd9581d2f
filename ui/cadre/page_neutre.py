"""La page neutre et la page de verrouillage : ce qui se montre à la place de tout le reste."""

from __future__ import annotations

import calendar
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from modele.mots.ecriture import JOURS, MOIS
from ui.composants import Bouton, Carte, ChampSecret, Defilement, centrer, colonne, nommer, rangee, texte
from ui.composants.lignes import LigneEtat
from ui.ecrans.ouverture.choix_agent import ChoixAgent, NomAbsent
from ui.theme import Ton, espace


class Reprise(QWidget):
    """Le mot de passe qui lève la couverture. ``demandee`` : ce mot de passe, et qui le tape. ``oublie`` : perdu."""

    demandee = Signal(str, str)
    oublie = Signal()

    def __init__(self, bouton: str) -> None:
        super().__init__()
        nommer(self, "Reprendre")
        self._mot = bouton
        self.choix = ChoixAgent()
        self.mot_de_passe = ChampSecret("Mot de passe")
        self.reprendre = Bouton(bouton, self._demander, genre="principal", montre="Return")
        self.oubli = Bouton("Mot de passe oublié", self.oublie.emit, genre="discret", raccourci="Alt+O")
        self.setLayout(colonne(self.choix, self.mot_de_passe, rangee(self.reprendre, self.oubli, 1, ecart=3), ecart=3))
        self.mot_de_passe.entree.connect(self._demander)

    def vider(self) -> None:
        """Efface le mot de passe et attend une frappe."""
        self.mot_de_passe.vider()
        self._attendre(False)
        self.mot_de_passe.setFocus(Qt.FocusReason.OtherFocusReason)

    def refuser(self, phrase: str) -> None:
        """Le mot de passe n'a pas ouvert : le dire au champ."""
        self.vider()
        self.mot_de_passe.dire_faute(phrase)

    def _demander(self) -> None:
        if self.mot_de_passe.contenu and self.reprendre.isEnabled() and not self.choix.manque():
            self._attendre(True)
            self.demandee.emit(self.mot_de_passe.contenu, self.choix.agent)

    def _attendre(self, attente: bool) -> None:
        self.reprendre.setEnabled(not attente)
        # Partir vers le code pendant l'essai ouvrirait le coffre derrière lui, ou répondrait à une page qui n'est plus.
        self.oubli.setEnabled(not attente)


class PageDessus(QWidget):
    """Une fenêtre par-dessus toutes les autres, qui garde le clavier. Elle ne se ferme que par ``Couverture``."""

    reprise_demandee = Signal(str, str)
    secours_demande = Signal()

    def __init__(self, titre: str, bouton: str) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        self.setWindowTitle(titre)
        nommer(self, titre)
        self.setProperty("genre", "page")
        self.reprise = Reprise(bouton)
        self.reprise.demandee.connect(self.reprise_demandee)
        self.reprise.oublie.connect(self.secours_demande)
        self._levee = False

    def lever(self) -> None:
        """Ferme la page."""
        self._levee = True
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        # La croix de la fenêtre ou Alt+F4 découvriraient le dossier.
        event.setAccepted(self._levee)


class PageNeutre(PageDessus):
    """Un calendrier et des notes vides. Rien n'y parle de logement ; « Ouvrir » montre où taper le mot de passe."""

    def __init__(self, titre: str, aujourdhui: date, exige: bool = True) -> None:
        super().__init__(titre, "Ouvrir")
        self._exige = exige
        self._ouvrir = Bouton("Ouvrir", self.demander, genre="discret")
        self.reprise.hide()
        notes = Carte("Notes")
        notes.ajouter(texte("Aucune note.", "doux"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        corps = QWidget()
        corps.setLayout(colonne(_mois(aujourdhui), notes, self._ouvrir, self.reprise, 1, ecart=5))
        boite = QVBoxLayout(self)
        boite.setContentsMargins(0, 0, 0, 0)
        boite.addWidget(Defilement(centrer(corps, 640)))

    def demander(self) -> None:
        """Montre le champ du mot de passe ; sans coffre (``exige`` faux), rien à protéger : la page se lève."""
        if not self._exige:
            self.reprise_demandee.emit("", "")
            return
        self._ouvrir.hide()
        self.reprise.show()
        self.reprise.vider()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.reprise.isHidden():
            self.demander()
            return
        super().keyPressEvent(event)


class PageVerrou(PageDessus):
    """Le poste verrouillé après une absence : la saisie est gardée, le mot de passe la rend."""

    def __init__(self, titre: str) -> None:
        super().__init__(titre, "Déverrouiller")
        # Ici et à l'ouverture, jamais sur la page neutre : rien n'y parle d'un poste partagé.
        self.absent = NomAbsent()
        corps = QWidget()
        corps.setLayout(
            colonne(
                1,
                texte("Poste verrouillé", "titre"),
                LigneEtat("Votre saisie est gardée, telle que vous l'avez laissée.", "lock", Ton.NEUTRE),
                self.reprise,
                self.absent,
                2,
                ecart=4,
            )
        )
        boite = QVBoxLayout(self)
        boite.setContentsMargins(0, 0, 0, 0)
        boite.addWidget(Defilement(centrer(corps, 480)))

    def demander(self) -> None:
        """Le champ est déjà là : y mettre le clavier."""
        self.reprise.vider()


def _mois(aujourdhui: date) -> QWidget:
    """Le mois en cours, un jour par case, aujourd'hui marqué."""
    carte = Carte(f"{MOIS[aujourdhui.month - 1].capitalize()} {aujourdhui.year}")
    grille = QGridLayout()
    grille.setSpacing(espace(2))
    for rang, jour in enumerate(JOURS):
        grille.addWidget(_case(jour[:3], "petit"), 0, rang)
    for semaine, jours in enumerate(calendar.Calendar().monthdayscalendar(aujourdhui.year, aujourdhui.month), 1):
        for rang, numero in enumerate(jours):
            genre, ton = ("gras", Ton.ACTION) if numero == aujourdhui.day else ("texte", "")
            grille.addWidget(_case(str(numero or ""), genre, ton), semaine, rang)
    carte.ajouter(grille)
    return carte


def _case(mot: str, genre: str, ton: Ton | str = "") -> QLabel:
    case = texte(mot, genre, ton, coupe=False)
    case.setAlignment(Qt.AlignmentFlag.AlignCenter)
    case.setMinimumHeight(32)
    return case
