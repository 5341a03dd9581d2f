"""Ctrl+Z et Ctrl+Y : défaire et refaire ce que l'agent vient d'écrire dans le dossier ouvert, le temps d'une réception.

La pile se garde au coffre avec chaque écriture : un poste tué la retrouve.
Essais : ``tests/ui/etat/test_annulation.py``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection

    from modele.dossier.chemins import Document
    from modele.dossier.retours import Geste, Retours


class Ecrivain(Protocol):
    """Ce qui tient un dossier ouvert et l'écrit : la session."""

    agent: str
    dossier_id: str
    document: Document

    @property
    def criteres_proteges(self) -> Collection[str]:
        """Les critères dont la seule preuve dit une violence."""

    def modifier(self, valeurs: Mapping[str, Any], *, retours: Retours | None = None) -> None:
        """Écrit ces réponses, et garde cette pile avec elles."""


class Revenu(NamedTuple):
    """Un retour en arrière : le champ qui lui donne son nom, ce qui a été remis, et si tout l'a été."""

    chemin: str
    valeurs: Mapping[str, Any]
    entier: bool


class Annulation:
    """Ce qui s'annule et se refait."""

    def __init__(self, session: Ecrivain) -> None:
        self._session = session
        self._pile: Retours | None = None

    @property
    def annulable(self) -> str:
        """Le champ du dernier geste ; vide si rien ne s'annule."""
        return self._pile.faits[-1].chemin if self._pile and self._pile.faits else ""

    def ouvrir(self, dossier: str, gardee: str = "") -> None:
        """Une réception commence, ou reprend si la pile ``gardee`` est à cet agent et à ce dossier ; vide : aucune."""
        if not dossier or not gardee:
            self._pile = None
            return
        from modele.dossier.retours import relire

        self._pile = relire(gardee).pour(self._session.agent, dossier)

    def noter(self, valeurs: Mapping[str, Any]) -> Retours:
        """Retient une écriture, avant qu'elle se fasse ; rend la pile à garder avec elle."""
        from modele.dossier.retours import Retours

        session = self._session
        pile = (self._pile or Retours()).pour(session.agent, session.dossier_id)
        self._pile = pile.avec(session.document, valeurs)
        return self._pile

    def annuler(self) -> Revenu | None:
        """Remet ce qu'il y avait avant le dernier geste ; ``None`` s'il n'y en a pas."""
        if self._pile is None or not self._pile.faits:
            return None
        return self._revenir(self._pile.faits[-1], self._pile.apres_annulation())

    def refaire(self) -> Revenu | None:
        """Remet ce que le dernier retour a défait ; ``None`` s'il n'y en a pas."""
        if self._pile is None or not self._pile.defaits:
            return None
        return self._revenir(self._pile.defaits[-1].inverse, self._pile.apres_refaite())

    def _revenir(self, geste: Geste, pile: Retours) -> Revenu:
        """Une écriture comme une autre, moins ce qu'un retour n'a pas le droit de remettre."""
        from modele.protection.retours import retablissables

        session = self._session
        valeurs = retablissables(session.document, geste.remis(session.document), session.criteres_proteges)
        self._pile = pile
        if valeurs:
            session.modifier(valeurs, retours=pile)
        return Revenu(geste.chemin, valeurs, entier=len(valeurs) == len(geste.apres))
