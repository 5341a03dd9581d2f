"""Le prochain rendez-vous de la personne du dossier ouvert, lu quand la page paraît."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from ui.composants import Bloc, colonne, texte
from ui.mots.rendez_vous import dire_le_prochain

if TYPE_CHECKING:
    from modele.rendez_vous import RendezVous
    from ui.etat.session import Session


class ProchainRendezVous(Bloc):
    """Une ligne ; celle d'un autre dossier ne reste pas sous les yeux : vide, le temps de lire la sienne."""

    def __init__(self, session: Session) -> None:
        self.dit = texte("")
        super().__init__(colonne(self.dit))
        self._session = session
        session.ferme.connect(lambda: self.dit.setText(""))

    def lire(self) -> None:
        """Relit l'agenda de ce dossier."""
        dossier, auteur = self._session.dossier_id, self._session.auteur
        self.dit.setText("")

        def rendre(tenus: Sequence[RendezVous]) -> None:
            if dossier == self._session.dossier_id:
                self.dit.setText(dire_le_prochain(tenus, datetime.now()))

        if dossier:
            self._session.avec_coffre(
                lambda coffre: coffre.agenda.du_dossier(dossier, auteur), rendre, pour=self,
                remplace="fin, rendez-vous", echec=lambda _: None,
            )  # fmt: skip
