"""Jouer un entretien dans les vrais écrans, comme l'agent : on y voit des mots, on les presse, on tape.

La démonstration et les épreuves de bout en bout s'en servent.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QEventLoop, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget
from shiboken6 import isValid

from modele.dossier.situation import elements
from ui.ecrans.entretien.champs import PageChamps
from ui.ecrans.entretien.ecran import EcranEntretien
from ui.ecrans.imprimer.ecran import EcranImprimer
from ui.etat.atelier import Atelier, atelier_de
from ui.etat.travaux import Travaux
from ui.theme import Nom, Theme
from ui.theme.apparence import apparence

if TYPE_CHECKING:
    from modele.bilan import Bilan
    from ui.ecrans.base import Ecran
    from ui.lancement import Poste

_PATIENCE_MS = 180_000
"""Millisecondes avant de dire qu'un fil ne répond plus ; large, un poste chargé n'est pas un fil perdu."""

_PASSES = 20
"""Au plus ; une page qui ne se pose pas en vingt passes ne se posera pas, et ses contrôles le diront."""


class Introuvable(LookupError):
    """Un mot attendu n'est pas à l'écran ; le message dit ceux qui y sont."""


class Joueur:
    """Un agent devant ``poste``. Chaque geste attend que l'écran soit revenu au repos."""

    def __init__(self, poste: Poste) -> None:
        self.poste = poste
        self.fenetre = poste.fenetre
        self.session = poste.session

    @property
    def atelier(self) -> Atelier:
        """Ce qui tient le bilan courant."""
        return atelier_de(self.session)

    @property
    def bilan(self) -> Bilan:
        """Le bilan du dossier ouvert."""
        bilan = self.atelier.bilan
        if bilan is None:
            raise Introuvable("aucun dossier n'est ouvert")
        return bilan

    @property
    def ecran(self) -> Ecran:
        """L'écran montré."""
        return cast("Ecran", self.fenetre.pile.currentWidget())

    def dernier(self, liste: str) -> str:
        """L'identifiant du dernier élément d'une liste du dossier ouvert."""
        return list(elements(self.session.document, liste))[-1]

    # Attendre.

    def attendre(self) -> None:
        """Laisse finir les travaux de tous les fils, ceux qu'ils demandent à leur tour, et les dessins."""
        for _ in range(3):
            # Les fils de la session et ceux qu'un écran garde pour lui : une file d'impression peut répondre tard.
            autres = (*self.session.findChildren(Travaux), *self.fenetre.findChildren(Travaux))
            for travaux in (self.poste.travaux, *autres):
                # Un dossier qui se ferme entre-temps arrête le fil de ses calculs.
                if isValid(travaux):
                    _laisser_finir(travaux)
            self._laisser_se_poser()

    def _laisser_se_poser(self) -> None:
        """Une page se mesure en plusieurs passes, et une colonne qui s'empile en demande d'autres."""
        avant: list[object] | None = None
        for _ in range(_PASSES):
            for _ in range(3):
                self.poste.application.processEvents()
            places = [w.geometry().getRect() for w in self.fenetre.findChildren(QWidget) if w.isVisible()]
            if places == avant:
                return
            avant = places

    # Agir.

    def aller(self, nom: str, **arguments: object) -> None:
        """Va à l'écran ``nom``."""
        self.fenetre.aller(nom, dict(arguments))
        self.attendre()

    def presser(self, mot: str) -> None:
        """Presse ce qui porte ce mot : une réponse, un bouton, une carte."""
        self._visible(mot).click()
        self.attendre()

    def aller_a(self, chemin: str) -> None:
        """Va, dans l'entretien, à la question qui remplit ``chemin``."""
        self._entretien().aller_a(chemin)
        self.attendre()

    def finir_l_entretien(self) -> None:
        """Va à la page de fin."""
        self._entretien().finir()
        self.attendre()

    def repondre(self, chemin: str, *mots: str) -> None:
        """Va à la question et presse chacune des réponses."""
        self.aller_a(chemin)
        for mot in mots:
            self._repondre_ici(mot)

    def _repondre_ici(self, mot: str) -> None:
        """Presse une réponse du champ qui a le clavier, sur une page qui en a plusieurs ; à défaut, ce mot."""
        page = self._entretien().pages.courante
        place = page.place(page.ici) if isinstance(page, PageChamps) else None
        if place is None:
            self.presser(mot)
            return
        assert isinstance(page, PageChamps)
        boutons = [b for ou in (place.saisie, page.volet) for b in ou.findChildren(QAbstractButton) if b.isVisible()]
        voulu = next((bouton for bouton in boutons if bouton.text() == mot), None)
        if voulu is None:
            raise Introuvable(f"« {mot} » ne répond pas à ce champ ; on y lit : {[b.text() for b in boutons]}")
        voulu.click()
        self.attendre()

    def taper(self, chemin: str, contenu: str) -> None:
        """Va à la question, tape la réponse, presse Entrée."""
        self.aller_a(chemin)
        self.ecrire(contenu)

    def ecrire(self, contenu: str) -> None:
        """Tape dans le champ qui a le clavier, à défaut dans la première zone de frappe vide, puis Entrée."""
        zones = [z for z in self._zone_du_champ() or self.ecran.findChildren(QLineEdit) if z.isVisible()]
        zones = [z for z in zones if not z.text()]
        if not zones:
            raise Introuvable("aucune zone de frappe vide à l'écran")
        zone = zones[0]
        zone.setFocus(Qt.FocusReason.OtherFocusReason)
        for signe in contenu:
            _touche(zone, 0, signe)
        _touche(zone, Qt.Key.Key_Return, "\r")
        self.attendre()

    def _zone_du_champ(self) -> list[QLineEdit]:
        page = self.ecran.pages.courante if isinstance(self.ecran, EcranEntretien) else None
        place = page.place(page.ici) if isinstance(page, PageChamps) else None
        return place.saisie.findChildren(QLineEdit) if place is not None else []

    def imprimer_dans(self, dossier: Path) -> None:
        """Compose ce qui est coché et l'enregistre dans ``dossier``."""
        ecran = self.ecran
        assert isinstance(ecran, EcranImprimer)
        ecran.composer()
        self.attendre()
        ecran.enregistrer_dans(dossier)
        self.attendre()

    # Voir.

    def mots(self, fenetre: QWidget | None = None) -> list[str]:
        """Tout ce qui se lit à l'écran : textes, noms et descriptions accessibles, titres."""
        racine = fenetre or self.fenetre
        lus = [racine.windowTitle()]
        for widget in racine.findChildren(QWidget):
            if widget.isVisible():
                lus += [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip()]
                lus += [str(texte()) for nom in ("text", "placeholderText") if (texte := getattr(widget, nom, None))]
        return [mot for mot in lus if mot]

    def photographier(self, sortie: Path, nom: str, *themes: Nom) -> list[Path]:
        """Une image de la fenêtre par thème ; revient au premier thème demandé."""
        voulus = themes or (Nom.CLAIR, Nom.SOMBRE)
        images = []
        for theme in (*voulus, voulus[0]):
            apparence().appliquer(Theme(theme, apparence().theme.echelle))
            self.attendre()
            image = sortie / f"{nom}-{theme.value}.png"
            if image not in images:
                self.fenetre.grab().save(str(image))
                images.append(image)
        return images

    def _visible(self, mot: str) -> QAbstractButton:
        visibles = [b for b in self.fenetre.findChildren(QAbstractButton) if b.isVisible() and b.isEnabled()]
        for lire in (lambda b: b.text() == mot, lambda b: mot in b.accessibleName()):
            trouve = next((b for b in visibles if lire(b)), None)
            if trouve is not None:
                return trouve
        raise Introuvable(f"« {mot} » n'est pas à l'écran ; on y lit : {[b.accessibleName() for b in visibles]}")

    def _entretien(self) -> EcranEntretien:
        if not isinstance(self.ecran, EcranEntretien):
            self.aller("entretien", dossier=self.session.dossier_id)
        assert isinstance(self.ecran, EcranEntretien)
        return self.ecran


def _laisser_finir(travaux: Travaux) -> None:
    """Attend que ce qui a été demandé à ce fil soit revenu. Lève ``TimeoutError`` s'il ne répond plus."""
    # Une boucle qui dort : tourner à vide disputerait l'interprète au fil qu'on attend.
    boucle, garde, revenus = QEventLoop(), QTimer(), []
    garde.setSingleShot(True)
    garde.timeout.connect(boucle.quit)

    def revenir(rendu: object) -> None:
        revenus.append(rendu)
        boucle.quit()

    travaux.lancer(lambda: None, revenir)
    # Ce qui se ferme pendant l'attente emporte son fil : il ne répondra plus, et n'a plus rien à finir.
    travaux.destroyed.connect(boucle.quit)
    garde.start(_PATIENCE_MS)
    boucle.exec()
    if not revenus and isValid(travaux):
        raise TimeoutError("un fil de travail ne répond plus")


def _touche(cible: QWidget, touche: int, signe: str) -> None:
    for sorte in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(cible, QKeyEvent(sorte, touche, Qt.KeyboardModifier.NoModifier, signe))
