"""Qui répond du dossier ouvert : son référent et son suppléant, nommés ici, jamais sur un papier."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from modele.dossier.chemins import ABSENT
from modele.protection.referents import REFERENT, SUPPLEANT, meme_agent, referents
from ui.composants import Bouton, Carte, Colonnes, champ, constater, etiquette_aide, rangee
from ui.mots import avis as mots

if TYPE_CHECKING:
    from ui.etat.session import Session

TITRE: Final = "Qui répond de ce dossier"


class CarteReferents(Carte):
    """Deux noms d'agents, et le bouton qui les garde. ``dit`` : ce qui a été fait."""

    def __init__(self, session: Session) -> None:
        super().__init__(TITRE)
        self._session = session
        self.referent, self.suppleant = champ(mots.REFERENT), champ(mots.SUPPLEANT)
        self.agents = etiquette_aide("")
        self.moi = Bouton("C'est moi", self._me_nommer, genre="discret", description="Me nommer référent")
        self.garder = Bouton("Enregistrer", self._garder, icone="check", description=TITRE)
        self.constat = etiquette_aide("")
        self.ajouter(
            etiquette_aide(mots.A_QUOI),
            Colonnes([(self.referent, 1, 300), (self.suppleant, 1, 300)], ecart=3),
            self.agents,
            rangee(self.garder, self.moi, 1, ecart=2),
            self.constat,
        )
        self.referent.entree.connect(lambda: self.suppleant.setFocus())
        self.suppleant.entree.connect(self._garder)

    def montrer(self) -> None:
        """Les noms du dossier ouvert, et les agents de ce poste."""
        referent, suppleant = referents(self._session.document)
        self.referent.poser(referent or None)
        self.suppleant.poser(suppleant or None)
        self._dire("")
        self._lire_les_agents(lambda agents: self.agents.setText(mots.dire_agents(agents)))

    def oublier(self) -> None:
        """Rien du dossier fermé ne reste."""
        self.referent.poser(None)
        self.suppleant.poser(None)
        self._dire("")

    def _lire_les_agents(self, fini: Callable[[Sequence[str]], object]) -> None:
        from modele.coffre import agents

        self._session.avec_coffre(lambda coffre: agents(coffre.chemin), fini, pour=self, remplace="agents")

    def _me_nommer(self) -> None:
        self.referent.poser(self._session.agent)
        self.suppleant.setFocus()

    def _garder(self) -> None:
        noms = [" ".join(un.contenu.split()) for un in (self.referent, self.suppleant)]
        if noms[1] and meme_agent(noms[0]) == meme_agent(noms[1]):
            self.suppleant.dire_faute(mots.LE_MEME)
            self.suppleant.setFocus()
            return
        self.suppleant.dire_faute("")
        avant = referents(self._session.document)
        changes = {
            chemin: nom or ABSENT
            for chemin, nom, ancien in zip((REFERENT, SUPPLEANT), noms, avant, strict=True)
            if nom != ancien
        }
        self._session.modifier(changes)
        if referents(self._session.document) == tuple(noms):
            self._dire(mots.GARDES)

    def _dire(self, phrase: str) -> None:
        constater(self.constat, phrase, annonce=True)
