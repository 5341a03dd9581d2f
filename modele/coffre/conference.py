"""La conférence intercommunale du logement, au coffre : les engagements, les dossiers figés. Décision 0049.

Qui n'a ni le rôle de contingent ni celui de responsable n'en lit rien. Chaque lecture s'inscrit au journal du poste.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from modele.coffre import auteurs, depot, journaux
from modele.coffre.base import Base
from modele.coffre.gardes import ENGAGEMENT, FIGEE, lues, objets
from modele.conference import versions
from modele.conference.versions import Version
from modele.contingents import engagements
from modele.contingents.engagements import EngagementTenu
from modele.dossier.acces import Acces
from modele.dossier.chemins import ABSENT
from modele.droits import Action, Auteur
from modele.regles.fautes import ErreurUtilisateur

_ABSENT: Final = "Cet engagement n'est plus sur ce poste. Relisez l'écran : il a peut-être été retiré ailleurs."


@dataclass(frozen=True, slots=True)
class ConferenceTenue:
    """Ce que ce poste tient. ``fautes`` : ce qui manque ou a changé, ce que deux postes ont écrit sans se voir."""

    engagements: tuple[EngagementTenu, ...] = ()
    versions: tuple[Version, ...] = ()
    fautes: tuple[str, ...] = ()


class Conferences:
    """Ce que l'écran et la commande font de la conférence. Sûr entre fils. Lève ``ErreurUtilisateur``."""

    def __init__(self, base: Base, horloge: Callable[[], datetime]) -> None:
        self._base, self._horloge = base, horloge

    def lire(self, territoire: str, auteur: Auteur) -> ConferenceTenue:
        """Ce qui est tenu de ce territoire, les versions de la première à la dernière."""
        with self._base.ecriture() as connexion:
            auteurs.exiger(connexion, auteur, ENGAGEMENT, Action.LIRE)
            auteurs.exiger(connexion, auteur, FIGEE, Action.LIRE)
            self._noter(connexion, auteur, Acces.LIRE_CONFERENCE, territoire)
            tenus = [un for un in _engagements(connexion) if un.ou == territoire]
            figees = [une for une in lues(connexion) if une.territoire == territoire]
            fautes = (*versions.verifier(figees), *engagements.contraires(tenus))
            return ConferenceTenue(tuple(engagements.servent(tenus)), tuple(figees), fautes)

    def garder(self, engagement: EngagementTenu, auteur: Auteur) -> EngagementTenu:
        """Crée cet engagement, ou le change s'il a un ``id``."""
        with self._base.ecriture() as connexion:
            dits, quand = engagements.champs(engagement), self._horloge()
            if engagement.id:
                _trouver(connexion, engagement.id)
                garde = depot.modifier(connexion, engagement.id, dits, auteur, quand)
            else:
                neuf = {nom: valeur for nom, valeur in dits.items() if valeur is not ABSENT}
                (garde,) = depot.creer(connexion, [neuf], auteur, quand, ENGAGEMENT)
            self._noter(connexion, auteur, Acces.SAISIR_ENGAGEMENT, engagement.signataire or engagement.texte)
            return engagements.relire(garde, auteur.nom)

    def retirer(self, lequel: str, auteur: Auteur) -> None:
        """Saisi par erreur : il ne compte plus et ne se montre plus ; son histoire reste."""
        with self._base.ecriture() as connexion:
            tenu, quand = _trouver(connexion, lequel), self._horloge()
            depot.modifier(connexion, lequel, {"retiree_le": quand.date()}, auteur, quand)
            self._noter(connexion, auteur, Acces.RETIRER_ENGAGEMENT, tenu.signataire or tenu.texte)

    def figer(self, version: Version, auteur: Auteur) -> Version:
        """Garde cette version, que ``versions.enchainer`` a faite. Refusée si une autre est arrivée entre temps."""
        with self._base.ecriture() as connexion:
            dits = {nom: getattr(version, nom) for nom in ("annee", "diffusion", "precedente", "empreinte", "contenu")}
            champs = {nom: valeur for nom, valeur in {"ou": version.territoire, **dits}.items() if valeur != ""}
            (gardee,) = depot.creer(connexion, [champs], auteur, self._horloge(), FIGEE)
            self._noter(connexion, auteur, Acces.FIGER_CONFERENCE, f"{version.annee}, {version.diffusion}")
            return replace(version, id=str(gardee["id"]), par=auteur.nom, quand=str(gardee["cree_le"]))

    def _noter(self, connexion: Connection, auteur: Auteur, acces: Acces, motif: str) -> None:
        journaux.noter(connexion, auteur.nom, self._horloge(), acces, None, motif)


def _engagements(connexion: Connection) -> list[EngagementTenu]:
    return [engagements.relire(un, par) for un, par in objets(connexion, ENGAGEMENT)]


def _trouver(connexion: Connection, lequel: str) -> EngagementTenu:
    """Celui-ci. Lève ``ErreurUtilisateur`` si ce poste ne le tient pas."""
    for un in _engagements(connexion):
        if un.id == lequel:
            return un
    raise ErreurUtilisateur(_ABSENT)
