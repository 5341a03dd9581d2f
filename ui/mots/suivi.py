"""Qui a vu un dossier et qui l'a changé, en mots : sur ce poste, et ailleurs d'après le registre. Sans Qt.

Essais : ``tests/ui/mots/test_suivi.py``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from modele.dossier.acces import Acces
from modele.dossier.chemins import ABSENT
from modele.mots.ecriture import dire_jour, majuscule
from modele.mots.reponses import Diseur
from ui.mots.moments import ecrire_moment

if TYPE_CHECKING:
    from modele.chargement import Regles
    from modele.coffre import AccesNote, Changement
    from modele.protocole.messages import PosteConnu
    from modele.synchro.etats import LecteurMontre

_PERSONNE: Final = "Le poste"
"""Aucun agent n'a eu à agir : un poste reçoit de lui-même ce que tient son guichet."""
ICI: Final = "sur ce poste"
_ECRITURES: Final = (Acces.MODIFIER, Acces.TRANCHER)
"""Ce que l'histoire dit mieux ; « a changé des réponses, 4 fois » compterait aussi celles qui se taisent."""
_PREUVES: Final = {"justifie": "pièce vue", "valide": "validée"}


@dataclass(frozen=True, slots=True)
class Passage:
    """Une venue : qui, d'où, ce qu'il a fait, à quelle heure. Les mêmes gestes d'un même jour n'en font qu'une."""

    qui: str
    ou: str
    quand: datetime
    quoi: str
    combien: int = 1

    @property
    def dite(self) -> str:
        """« Ana Martin a changé des réponses, 4 fois »."""
        fois = f", {self.combien} fois" if self.combien > 1 else ""
        return f"{self.qui or _PERSONNE} {self.quoi}{fois}"


def passages(locaux: Iterable[AccesNote], d_ailleurs: Iterable[LecteurMontre]) -> tuple[Passage, ...]:
    """Tous les passages, le plus récent d'abord ; ce qui a changé se lit dans l'histoire, pas ici."""
    tous = [Passage(un.agent, "ce poste", un.quand, un.geste.dit) for un in locaux if _est_un_passage(un)]
    tous += [
        Passage(un.qui, ", ".join(filter(None, (un.poste, un.guichet))), un.quand, un.geste.dit)
        for un in d_ailleurs
        if _est_un_passage(un)
    ]
    ensemble: dict[object, Passage] = {}
    for un in sorted(tous, key=lambda un: un.quand, reverse=True):
        cle = (un.qui, un.ou, un.quoi, un.quand.astimezone().date())
        deja = ensemble.get(cle)
        ensemble[cle] = replace(deja, combien=deja.combien + 1) if deja is not None else un
    return tuple(ensemble.values())


def _est_un_passage(un: AccesNote | LecteurMontre) -> bool:
    return un.geste.acces not in _ECRITURES


class DiseurDHistoire:
    """Les changements d'un dossier, en phrases. ``postes`` : le nom des autres postes, par identifiant."""

    def __init__(self, regles: Regles, document: Mapping[str, Any], postes: Mapping[str, PosteConnu], *, discret: bool):
        self._diseur = Diseur(regles.vocabulaire, document, sans_nom=discret)
        criteres = (c for grille in regles.grilles for rubrique in grille.rubriques for c in rubrique.criteres)
        self._criteres = {critere.id: critere.libelle for critere in criteres}
        self._postes = postes

    def dire(self, changements: Iterable[Changement]) -> tuple[Passage, ...]:
        """Une ligne par changement, dans l'ordre donné."""
        return tuple(Passage(un.agent, self._ou(un), un.quand, self._quoi(un)) for un in changements)

    def sujet(self, chemin: str) -> str:
        """Ce dont parle une réponse : « Nom », « Preuve : Loyer trop cher »."""
        racine, _, reste = chemin.partition(".")
        if racine == "preuves":
            return f"Preuve : {self._criteres.get(reste, 'une ligne de la note')}"
        if racine == "confirmations":
            return f"Réponse inhabituelle confirmée : {self.sujet(reste.replace('/', '.'))}"
        return majuscule(self._diseur.sujet(chemin))

    def _quoi(self, un: Changement) -> str:
        sujet = self.sujet(un.chemin)
        avant, apres = (self._valeur(un.chemin, valeur) for valeur in (un.avant, un.apres))
        if un.retour:
            etat = "il n'y a plus de réponse" if un.apres is ABSENT else f"de nouveau « {apres} »"
            return f"a annulé son changement. {sujet} : {etat}"
        if un.avant is ABSENT:
            return f"a noté {sujet} : « {apres} »"
        if un.apres is ABSENT:
            return f"a effacé {sujet}, où il y avait « {avant} »"
        return f"a changé {sujet} : « {avant} » est devenu « {apres} »"

    def _valeur(self, chemin: str, valeur: Any) -> str:
        if chemin.startswith("preuves."):
            return _PREUVES.get(valeur, "à prouver")
        return self._diseur.dire(chemin, valeur)

    def _ou(self, un: Changement) -> str:
        if not un.poste:
            return ICI
        connu = self._postes.get(un.poste)
        return ", ".join(filter(None, (connu.nom, connu.guichet))) if connu else "sur un autre poste"


def par_jour(tous: Sequence[Passage], maintenant: datetime) -> tuple[tuple[str, tuple[Passage, ...]], ...]:
    """Les passages rangés par jour, chacun sous son nom."""
    fuseau = maintenant.tzinfo
    groupes = groupby(tous, key=lambda un: un.quand.astimezone(fuseau).date())
    return tuple((dire_jour(jour), tuple(du_jour)) for jour, du_jour in groupes)


def dire_heure(passage: Passage, maintenant: datetime) -> str:
    """« 10:42 »."""
    return ecrire_moment(passage.quand, passage.quand.astimezone(maintenant.tzinfo)).removeprefix("à ")
