"""Le lieu que la personne nomme : quelques lettres, un nom de la liste ; un nom inconnu se redemande."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, Final

from ui.composants import Bloc, ListePropositions, Proposition, champ, colonne
from ui.mots.remises import INCONNU, PAS_NOMME, Destination, qui_repond

if TYPE_CHECKING:
    from modele.lieux.modele import Lieu

_AIDE: Final = "Quelques lettres de son nom ; flèches pour choisir, Entrée pour prendre."


class ChoixDuLieu(Bloc):
    """Un champ et les lieux qui y répondent. ``apres`` : où va le clavier, le lieu choisi."""

    def __init__(self, nom: str, apres: Callable[[], object]) -> None:
        self.champ = champ(nom, _AIDE)
        self.liste = ListePropositions("Lieux trouvés", au_plus=4)
        super().__init__(colonne(self.champ, self.liste, ecart=1))
        self._apres = apres
        self._connues: tuple[Destination, ...] = ()
        # Le nom inconnu déjà redemandé : le même geste, refait, l'envoie tel qu'il est écrit.
        self._redemande = ""
        self.liste.guider(self.champ.ligne)
        self.champ.frappe.connect(self._proposer)
        self.vider()

    def equiper(self, connues: Iterable[Destination]) -> None:
        """Les lieux où remettre, tels que ce poste les connaît."""
        self._connues = tuple(connues)

    def vider(self) -> None:
        """Rien n'y reste."""
        self._redemande = ""
        self.champ.poser(None)
        self.champ.dire_faute("")
        self._fermer()

    def sur(self) -> bool:
        """Vrai si ce lieu est connu, ou si l'agent redit un nom que rien ne connaît ; faux, et le champ le dit."""
        ecrit = self.champ.contenu.strip()
        exactes = [un for un in self._connues if un.est(ecrit)]
        if exactes:
            self.champ.poser(exactes[0].nom)
            return True
        if ecrit == self._redemande:
            return True
        self._redemande = ecrit
        self.champ.dire_faute(INCONNU)
        return False

    def _proposer(self, saisie: str) -> None:
        trouvees = qui_repond(saisie, self._connues)
        # Aucune n'est choisie d'avance : c'est la personne qui nomme le lieu.
        lignes = [Proposition(un.nom, partial(self._prendre, un), un.detail) for un in trouvees]
        self.liste.montrer(lignes, choisie=0 if len(lignes) == 1 else -1)
        self.liste.setVisible(bool(lignes))

    def _prendre(self, choisie: Destination) -> None:
        self.champ.poser(choisie.nom)
        self.champ.dire_faute("")
        self._fermer()
        self._apres()

    def _fermer(self) -> None:
        self.liste.montrer([])
        self.liste.hide()


def destinations(connus: Iterable[str], lieux: Iterable[Lieu], ici: Iterable[str]) -> list[Destination]:
    """Ceux que le registre a nommés, puis ceux de l'annuaire ; jamais une adresse confidentielle, ni ce lieu-ci."""
    dites = [Destination(nom) for nom in connus]
    pas_nomme = f" · {PAS_NOMME}" if dites else ""
    dites += [Destination(un.nom, f"{un.genre}{pas_nomme}") for un in lieux if not un.adresse_confidentielle]
    gardees: list[Destination] = []
    for une in dites:
        if not any(une.est(autre) for autre in (*ici, *(un.nom for un in gardees))):
            gardees.append(une)
    return gardees
