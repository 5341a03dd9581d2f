"""L'écran Recours DALO / DAHO : la table, motif par motif, et le calendrier avec qui doit répondre."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.composants import Bouton, Colonnes, Defilement, colonne, etiquette_aide, rangee, retirer, texte
from ui.composants.lien import Lien
from ui.ecrans.du_dossier import EcranDuDossier
from ui.ecrans.recours.calendrier import CarteCalendrier
from ui.ecrans.recours.table import cartes
from ui.etat.session import Session
from ui.mots.priorites import Sorte
from ui.theme import espace

if TYPE_CHECKING:
    from modele.bilan import Bilan

MASQUE: Final = "Rien de ces recours ne se montre sans votre geste."
MONTRER, CACHER = "Montrer les recours", "Cacher les recours"
FICHE: Final = "dalo"


class EcranRecours(EcranDuDossier):
    """La table à gauche, le calendrier à droite ; dessous si la place manque."""

    def __init__(self, session: Session) -> None:
        super().__init__("Recours DALO / DAHO", session)
        self.devoilee = False
        self._bilan: Bilan | None = None
        self._constat = etiquette_aide("")
        # D'où l'on est parti répondre : on y revient, au lien suivant.
        self._rang: int | None = None
        self.imprimer = Bouton("Imprimer la fiche", self._imprimer, genre="principal", icone="printer")
        self.saisir = Bouton("Saisir la commission", self._saisir, icone="file-text", montre="Ctrl+I")
        self.devoiler = Bouton(MONTRER, self._devoiler, icone="eye")
        self.retour = Bouton("Retour à l'orientation", self._revenir, icone="arrow-left", raccourci="Alt+Left")
        self.calendrier = CarteCalendrier(session, self._demander)
        self.calendrier.dit.connect(self.alerte)
        self._disposer()
        self._suivre()
        session.ferme.connect(self._cacher)

    def _disposer(self) -> None:
        titre = texte("Recours DALO / DAHO", "titre")
        boutons = Colonnes([(un, 0, 0) for un in (self.imprimer, self.saisir, self.retour)], ecart=3)
        haut = colonne(titre, rangee(boutons, 1), rangee(self.devoiler, 1), ecart=3)
        gauche, droite = QWidget(), QWidget()
        self._table = QVBoxLayout()
        self._table.setSpacing(espace(4))
        gauche.setLayout(colonne(self._table, 1, ecart=0))
        droite.setLayout(colonne(self.calendrier, 1, ecart=0))
        self._corps = Colonnes([(gauche, 6, 460), (droite, 5, 400)], ecart=4)
        ensemble = QVBoxLayout(self)
        ensemble.setContentsMargins(0, 0, 0, 0)
        self._page = Defilement(colonne(haut, self._constat, self._corps, 1, marges=6, ecart=4))
        ensemble.addWidget(self._page)

    @property
    def delicat(self) -> bool:
        """Toujours, dossier ouvert : ne masquer que certains dossiers dirait lesquels."""
        return bool(self.session.dossier_id)

    def paraitre(self, **_arguments: Any) -> None:
        self.devoilee = False
        self._bilan = None
        self.atelier.preparer()
        self._page.verticalScrollBar().setValue(0)
        self._changer(self.atelier.bilan)
        self._placer()

    def _placer(self) -> None:
        """Le clavier à sa place, tout de suite, puis une fois la page posée : un lien neuf n'y est pas encore."""
        self.focus_initial()
        QTimer.singleShot(0, self, self._replacer)

    def _replacer(self) -> None:
        if not self.isHidden():
            self.focus_initial()
            self._rang = None

    def focus_initial(self) -> None:
        """De retour d'une question, au lien qui a pris sa place ; un recours en cours, à ce qui s'y note."""
        rang, liens = self._rang, self._liens()
        if rang is not None and liens:
            place: QWidget = liens[min(rang, len(liens) - 1)]
        else:
            places = (self.calendrier.a_noter, self.imprimer, self.devoiler)
            place = next((un for un in places if un is not None and un.isVisibleTo(self)), self.retour)
        place.setFocus(Qt.FocusReason.TabFocusReason)

    def _liens(self) -> list[Lien]:
        return [un for un in self.findChildren(Lien) if un.isVisibleTo(self)]

    def _rang_tenu(self) -> int | None:
        return next((rang for rang, un in enumerate(self._liens()) if un.hasFocus()), None)

    def disparaitre(self) -> None:
        self.devoilee = False
        self._vider()

    def _fermer(self) -> None:
        self._vider()
        self._constat.setText("Aucun dossier ouvert.")
        for widget in (self.imprimer, self.saisir, self.devoiler, self._corps):
            widget.hide()

    def _recevoir(self, bilan: Bilan) -> None:
        if self._bilan is None or self._bilan.document is not bilan.document:
            self._montrer(bilan)

    def _montrer(self, bilan: Bilan) -> None:
        # Refaite d'une réponse qui arrive, la page rend le clavier au lien qui a pris la place.
        rang = self._rang_tenu()
        self._vider()
        self._bilan = bilan
        masque = bilan.a_taire and not self.devoilee
        self.imprimer.setVisible(not bilan.a_taire)
        self.saisir.show()
        self.devoiler.setVisible(bilan.a_taire)
        self.devoiler.renommer(CACHER if self.devoilee else MONTRER)
        self._corps.setVisible(not masque)
        self._constat.setText(MASQUE if masque else "")
        self._constat.setVisible(masque)
        if masque:
            return
        for carte in cartes(bilan, list(Sorte), self._demander):
            self._table.addWidget(carte)
        self.calendrier.montrer(bilan)
        if rang is not None:
            self._rang = rang
            self._placer()

    def _vider(self) -> None:
        self._bilan = None
        self.calendrier.oublier()
        while (element := self._table.takeAt(0)) is not None:
            retirer(element.widget())

    # Agir.

    def _demander(self, chemin: str) -> None:
        self._rang = self._rang_tenu()
        self._aller("entretien", {"chemin": chemin, "retour": "recours"})

    def _saisir(self) -> None:
        self._aller("saisine", {})

    def _devoiler(self) -> None:
        bilan, self.devoilee = self._bilan, not self.devoilee
        if bilan is not None:
            self._montrer(bilan)
        self.devoiler.setFocus(Qt.FocusReason.OtherFocusReason)

    def _cacher(self) -> None:
        """L'écran se couvre : les recours d'un dossier discret seront à montrer de nouveau."""
        if self.devoilee and self._bilan is not None:
            self._devoiler()

    def _imprimer(self) -> None:
        self._aller("imprimer", {"fiches": [FICHE]})

    def _revenir(self) -> None:
        self._aller("orientation", {})

    def _aller(self, nom: str, arguments: Mapping[str, Any]) -> None:
        self.aller.emit(nom, {"dossier": self.session.dossier_id, **arguments})
