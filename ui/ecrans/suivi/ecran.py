"""L'écran « Suivi » : qui a vu ce dossier, ici et dans les autres guichets. Essais : ``test_ecran_suivi.py``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from modele.synchro.etats import LecteurMontre, Lien
from ui.composants import Bouton, Carte, Defilement, annoncer, colonne, etiquette_aide, rangee, retirer, texte
from ui.ecrans.base import Ecran
from ui.etat.session import Session
from ui.etat.synchro import synchroniseur_de
from ui.mots.suivi import Passage, dire_heure, par_jour, passages
from ui.theme import espace

if TYPE_CHECKING:
    from modele.coffre import AccesNote

SANS_DOSSIER: Final = "Aucun dossier n'est ouvert : cherchez la personne d'abord."
CE_POSTE: Final = "Les passages sur ce poste. Les autres guichets ne sont pas connus : ce poste n'est pas relié."
HORS_LIGNE: Final = "Les passages sur ce poste. Les autres guichets se liront au retour du réseau."
DEMANDE: Final = "Les passages sur ce poste ; ceux des autres guichets arrivent…"
TOUS: Final = "Tous les passages, sur ce poste et dans les autres guichets."


class EcranSuivi(Ecran):
    """Qui a vu le dossier ouvert, jour par jour."""

    def __init__(self, session: Session) -> None:
        super().__init__("Suivi", session)
        self.synchro = synchroniseur_de(session)
        self._acces: Sequence[AccesNote] = ()
        self._jours = QVBoxLayout()
        self._jours.setSpacing(espace(3))
        self.constat = etiquette_aide("")
        self.retour = Bouton("Retour", self._revenir, icone="arrow-left", raccourci="Alt+Left")
        self.supprimer = Bouton("Supprimer ce dossier", self._supprimer, genre="discret", icone="x", raccourci="Alt+S")
        titre = rangee(texte("Qui a vu ce dossier", "titre", coupe=False), 1, self.retour)
        page = colonne(titre, self.constat, rangee(self.supprimer, 1), ecart=3, marges=8)
        page.addLayout(self._jours)
        page.addStretch(1)
        boite = QVBoxLayout(self)
        boite.setContentsMargins(0, 0, 0, 0)
        self._page = Defilement(page)
        boite.addWidget(self._page)

    def paraitre(self, **_arguments: Any) -> None:
        self._page.verticalScrollBar().setValue(0)
        self.retour.setFocus(Qt.FocusReason.OtherFocusReason)
        self._vider()
        dossier = self.session.dossier_id
        self.supprimer.setVisible(bool(dossier))
        if not dossier:
            self._dire(SANS_DOSSIER)
            return
        self._dire(DEMANDE)
        self.session.avec_coffre(lambda coffre: coffre.acces(dossier), self._lire, pour=self, remplace="suivi")

    def disparaitre(self) -> None:
        self._vider()

    def _lire(self, acces: Sequence[AccesNote]) -> None:
        self._acces = acces
        self.montrer(())
        etat, dossier, agent = self.synchro.etat, self.session.dossier_id, self.session.agent
        if etat is None or etat.lien is Lien.SANS_REGISTRE:
            self._dire(CE_POSTE)
        elif etat.lien is not Lien.EN_LIGNE:
            self._dire(HORS_LIGNE)
        else:
            self.synchro.la_bas(
                lambda synchro: synchro.guichets.lecteurs(dossier, agent),
                self._recevoir,
                lambda _: self._dire(HORS_LIGNE),
                pour=self,
                remplace="suivi",
            )

    def _recevoir(self, lecteurs: Sequence[LecteurMontre]) -> None:
        self.montrer(lecteurs)
        self._dire(TOUS)

    def montrer(self, d_ailleurs: Sequence[LecteurMontre]) -> None:
        """Montre les accès de ce poste et ces lectures d'ailleurs."""
        self._vider()
        maintenant = datetime.now().astimezone()
        for jour, du_jour in par_jour(passages(self._acces, d_ailleurs), maintenant):
            carte = Carte(jour[:1].upper() + jour[1:])
            for passage in du_jour:
                carte.ajouter(_ligne(passage, maintenant))
            self._jours.addWidget(carte)

    def _vider(self) -> None:
        while (element := self._jours.takeAt(0)) is not None:
            retirer(element.widget())

    def _dire(self, phrase: str) -> None:
        self.constat.setText(phrase)
        annoncer(self, phrase)

    def _supprimer(self) -> None:
        self.aller.emit("suppression", {})

    def _revenir(self) -> None:
        self.aller.emit("entretien" if self.session.dossier_id else "accueil", {})


def _ligne(passage: Passage, maintenant: datetime) -> Any:
    from ui.composants import Bloc, nommer

    heure = texte(dire_heure(passage, maintenant), "gras", coupe=False)
    mots = colonne(texte(passage.dite), etiquette_aide(passage.ou), ecart=0)
    ligne = rangee(heure, mots, ecart=4)
    ligne.setStretch(1, 1)
    ligne.setAlignment(heure, Qt.AlignmentFlag.AlignTop)
    bloc = Bloc(ligne)
    nommer(bloc, f"{heure.text()}, {passage.dite}, {passage.ou}")
    return bloc
