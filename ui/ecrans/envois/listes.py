"""Ce qui attend l'envoi, et les reçus du registre."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Final

from ui.composants import Carte, ListePropositions, Proposition, texte
from ui.mots.envois import compter, dire_duree
from ui.mots.masques import designer_par_reference
from ui.mots.moments import ecrire_moment

if TYPE_CHECKING:
    from modele.coffre.listes import EnAttente, RecuTenu
    from modele.synchro.etats import EtatEnvois

ISSUES: Final = {
    "acceptee": "reçue",
    "fusionnee": "reçue, un autre guichet disait pareil",
    "divergence": "reçue, une réponse diffère ailleurs",
    "refusee": "refusée, gardée ici",
}
RECUS: Final = 12


class CarteAttente(Carte):
    """Un dossier par ligne : combien de saisies, depuis quand, combien sont parties sans reçu."""

    def __init__(self, ouvrir: Callable[[str], object]) -> None:
        super().__init__("Ce qui attend", icone="send")
        self._ouvrir = ouvrir
        self.liste = ListePropositions("Dossiers qui attendent l'envoi", au_plus=6, geste="Ouvrir le dossier")
        self.rien = texte("Rien n'attend.")
        self.ajouter(self.liste, self.rien)

    def montrer(self, etat: EtatEnvois, maintenant: datetime) -> None:
        """Change les lignes."""
        lignes = [self._ligne(un, maintenant) for un in etat.attente]
        self.liste.montrer(lignes)
        self.liste.setVisible(bool(lignes))
        self.rien.setVisible(not lignes)

    def _ligne(self, un: EnAttente, maintenant: datetime) -> Proposition:
        combien = compter(un.saisies, "saisie", "saisies")
        detail = f"{combien} depuis {dire_duree(maintenant - un.depuis)}"
        return _masquee(un, partial(self._ouvrir, un.dossier), detail, _parties(un))


def _masquee(un: EnAttente | RecuTenu, faire: Callable[[], object], detail: str, aide: str) -> Proposition:
    masque = designer_par_reference(un.dossier)
    # Sans titre, l'agent ne peut pas lire ce dossier : il n'y a rien à démasquer.
    clair = (un.titre, detail) if un.titre else None
    return Proposition(masque, faire, detail, aide, cle=f"{un.dossier} {aide}", clair=clair, dossier=un.dossier)


def _parties(un: EnAttente) -> str:
    if not un.envoyees:
        return "à envoyer"
    if un.envoyees == un.saisies:
        return "envoyé, reçu attendu" if un.envoyees == 1 else "envoyées, reçu attendu"
    return f"dont {un.envoyees} envoyées, reçu attendu"


class CarteRecus(Carte):
    """Les derniers reçus : un envoi n'est dit réussi que par le registre lui-même."""

    def __init__(self, ouvrir: Callable[[str], object]) -> None:
        super().__init__("Reçus du registre", icone="circle-check")
        self._ouvrir = ouvrir
        self.liste = ListePropositions("Derniers reçus", au_plus=5, geste="Ouvrir le dossier")
        self.rien = texte("Aucun reçu pour l'instant.")
        self.ajouter(self.liste, self.rien)

    def montrer(self, recus: Sequence[RecuTenu], maintenant: datetime) -> None:
        """Change les lignes, les derniers d'abord."""
        lignes = [self._ligne(un, maintenant) for un in recus[:RECUS]]
        self.liste.montrer(lignes)
        self.liste.setVisible(bool(lignes))
        self.rien.setVisible(not lignes)

    def _ligne(self, un: RecuTenu, maintenant: datetime) -> Proposition:
        quand = ecrire_moment(un.quand, maintenant)
        return _masquee(un, partial(self._ouvrir, un.dossier), ISSUES.get(un.issue, un.issue), quand)
