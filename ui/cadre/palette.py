"""La palette Ctrl+K : une action, un dossier, depuis n'importe où. Les actions d'abord, en mots de tous les jours.

Entrée ne prend que ce que les flèches ont choisi, ou l'action désignée : la seule trouvée, ou la seule dont le nom
commence par ce qui est tapé. Jamais une personne par mégarde.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt

from ui.cadre.actions import Action, PasEncore
from ui.cadre.dessus import Dessus
from ui.composants import ListePropositions, Proposition, annoncer, champ, colonne, etiquette_aide, texte
from ui.ecrans.trouves import propositions
from ui.mots.trouver import plier, trouver

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from modele.coffre import Trouve
    from ui.etat.session import Session

__all__ = ["Palette", "plier"]

AU_MOINS: Final = 2
"""Signes avant de chercher une personne."""
RIEN: Final = (
    "Rien ne s'appelle ainsi. Tapez un nom pour trouver un dossier, ou un geste : imprimer, orienter, supprimer, "
    "grossir le texte, verrouiller, quitter."
)
PAS_ENCORE: Final = "Perron ne sait pas encore faire cela : {}."


class Palette(Dessus):
    """La feuille de recherche. ``ouvrir`` reçoit l'identifiant du dossier choisi."""

    def __init__(
        self,
        fenetre: QWidget,
        session: Session,
        actions: Sequence[Action],
        ouvrir: Callable[[str], object],
        pas_encore: Sequence[PasEncore] = (),
    ) -> None:
        super().__init__(fenetre, "Rechercher")
        self._session, self._actions, self._ouvrir, self._pas_encore = session, actions, ouvrir, pas_encore
        self._trouvees: list[Proposition] = []
        self._dossiers: list[Proposition] | None = None
        self.saisie = champ("Rechercher un dossier, une action")
        self.liste = ListePropositions("Propositions", au_plus=8)
        self.liste.guider(self.saisie.ligne)
        self.liste.prise.connect(self.close)
        self.constat = texte("")
        self.constat.hide()
        aide = etiquette_aide("Flèches pour choisir, Entrée pour prendre, Échap pour fermer.")
        self.disposer(colonne(self.saisie, self.constat, self.liste, aide, 1, marges=5, ecart=3))
        self.saisie.frappe.connect(self.chercher)
        # Couverte, elle ne garde pas un nom cherché.
        session.ferme.connect(self.close)
        self.chercher("")

    def open(self) -> None:
        super().open()
        self.saisie.setFocus(Qt.FocusReason.OtherFocusReason)

    def chercher(self, saisie: str) -> None:
        """Montre les actions tout de suite ; les dossiers, dessous, quand le coffre les rend."""
        trouvees = trouver(saisie, self._actions)
        self._trouvees = [
            Proposition(a.libelle, a.faire, a.detail, icone=a.icone, touche=a.raccourci) for a in trouvees
        ]
        cherche = len(saisie.strip()) >= AU_MOINS and self._session.est_ouverte
        self._dossiers = None if cherche else []
        self._montrer(None)
        if cherche:
            self._session.rechercher(saisie, self._recevoir, pour=self)

    def _recevoir(self, trouves: list[Trouve]) -> None:
        self._dossiers = propositions(trouves, self._ouvrir)
        self._montrer(self.liste.courante())

    def _montrer(self, choisie: Proposition | None) -> None:
        toutes = [*self._trouvees, *(self._dossiers or ())]
        choisie = choisie or self._designee()
        self.liste.montrer(toutes, toutes.index(choisie) if choisie in toutes else -1)
        phrase = self._phrase()
        self.constat.setText(phrase)
        self.constat.setVisible(bool(phrase))
        if self.saisie.contenu and self._dossiers is not None:
            annoncer(self, phrase or f"{len(toutes)} proposition{'s' if len(toutes) > 1 else ''}")

    def _designee(self) -> Proposition | None:
        """L'action que ce qui est tapé désigne sans en laisser choisir une autre."""
        debut = plier(self.saisie.contenu.strip())
        if not debut:
            return None
        nommees = self._trouvees if len(self._trouvees) == 1 else []
        if len(debut) >= AU_MOINS:
            nommees = nommees or [une for une in self._trouvees if plier(une.titre).startswith(debut)]
        return nommees[0] if len(nommees) == 1 else None

    def _phrase(self) -> str:
        """Ce qu'il faut dire quand aucune action n'est trouvée ; vide sinon, ou tant que le coffre cherche."""
        if self._trouvees or not self.saisie.contenu:
            return ""
        manques = [un.libelle for un in trouver(self.saisie.contenu, self._pas_encore)]
        if manques:
            return PAS_ENCORE.format(" ; ".join(manques))
        return RIEN if self._dossiers == [] else ""

    def rompre(self) -> None:
        self._session.ferme.disconnect(self.close)
        super().rompre()
