"""D'une saisie au dossier : la faute dite au champ, la réponse écrite, la frappe interrompue remise."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from ui.ecrans.entretien.fabrique import Place
from ui.ecrans.entretien.plume import Plume
from ui.saisies.choix import Saisie


class Ecriture:
    """Ce que font toutes les pages d'une réponse. ``ecrire`` : par où passent les valeurs, la plume à défaut."""

    def __init__(self, plume: Plume, ecrire: Callable[[Mapping[str, Any]], object] | None = None) -> None:
        self._plume = plume
        self._ecrire = ecrire or plume.ecrire
        self._fautes: dict[str, str] = {}

    def vider(self) -> None:
        """Oublie les fautes d'une page quittée."""
        self._fautes.clear()

    def brancher(self, place: Place, suite: Callable[[], object]) -> None:
        """Écrit ce que la saisie répond, garde ce qu'on y frappe ; Entrée appelle ``suite``."""
        place.saisie.repondue.connect(partial(self.repondre, place.chemin, place.saisie))
        place.saisie.frappe.connect(partial(self._plume.frapper, place.chemin))
        place.saisie.entree.connect(suite)

    def repondre(self, chemin: str, saisie: Saisie, valeur: Any) -> None:
        """Écrit une réponse, ou dit sa faute au champ."""
        faute = self._plume.faute(chemin, valeur)
        saisie.dire_faute(faute)
        if faute:
            self._fautes[chemin] = faute
        else:
            self._fautes.pop(chemin, None)
            self._ecrire({chemin: valeur})

    def valider(self, places: Iterable[Place]) -> bool:
        """Lit tout ce qui est tapé ; faux, et le clavier sur la faute, si quelque chose ne se lit pas."""
        return all(self.lire(place) for place in list(places))

    def lire(self, place: Place) -> bool:
        """Lit une saisie ; faux, et le clavier dessus, si elle ne se lit pas."""
        lue = place.saisie.valider()
        faute = self._fautes.get(place.chemin, "")
        if faute:
            place.saisie.dire_faute(faute)
        if faute or not lue:
            place.saisie.focus_initial()
            return False
        return True

    def restaurer(self, places: Iterable[Place]) -> None:
        """Remet les saisies interrompues."""
        for place in places:
            if (frappe := self._plume.restantes.get(place.chemin)) is not None:
                place.saisie.restaurer(frappe)
