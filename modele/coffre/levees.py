"""Lever la discrétion d'un dossier, en trois gestes : noter sa demande, confirmer à deux, lever deux jours après."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection

from modele.coffre import auteurs, depot, journaux
from modele.coffre.base import Base
from modele.coffre.instants import en_utc
from modele.dossier.acces import Acces
from modele.dossier.chemins import ABSENT
from modele.dossier.operations import DOSSIER
from modele.droits import Action, Auteur
from modele.protection import levee
from modele.protection.discretion import lever
from modele.protection.levee import Levee, lire_la_levee
from modele.protection.referents import meme_agent
from modele.regles.fautes import ErreurUtilisateur

SANS_MOTS: Final = "Écrivez ce qu'elle demande, dans ses mots."
_VIDE: Final = dict.fromkeys(levee.CHAMPS, ABSENT)


class Levees:
    """Les trois gestes, et le retrait. Sûr entre fils. Chacun lève ``ErreurUtilisateur`` s'il ne se peut pas."""

    def __init__(self, base: Base, horloge: Callable[[], datetime]) -> None:
        self._base, self._horloge = base, horloge

    def etat(self, dossier: str) -> Levee:
        """Où en est la levée de ce dossier."""
        with self._base.lecture() as connexion:
            return lire_la_levee(depot.document(connexion, dossier))

    def demander(self, dossier: str, mots: str, auteur: Auteur) -> None:
        """Note ce qu'elle demande ; une demande neuve efface la confirmation de l'ancienne."""
        if not mots.strip():
            raise ErreurUtilisateur(SANS_MOTS)
        dits = {levee.DEMANDE: mots.strip(), levee.DEMANDEE_PAR: auteur.nom}
        self._ecrire(dossier, auteur, lambda *_: {**_VIDE, **dits})

    def confirmer(self, dossier: str, auteur: Auteur) -> None:
        """Un autre travailleur social confirme : les quarante-huit heures partent d'ici."""

        def dire(connexion: Connection, quand: datetime) -> Mapping[str, Any]:
            note = lire_la_levee(depot.document(connexion, dossier))
            dits = {levee.CONFIRMEE_PAR: auteur.nom, levee.CONFIRMEE_LE: en_utc(quand)}
            if not note.demandee_par:
                raise ErreurUtilisateur(levee.SANS_DEMANDE)
            if meme_agent(note.demandee_par) == meme_agent(auteur.nom):
                raise ErreurUtilisateur(levee.SANS_SECOND)
            return dits

        self._ecrire(dossier, auteur, dire)

    def retirer(self, dossier: str, auteur: Auteur) -> None:
        """Elle change d'avis : rien n'en reste, le dossier n'a pas cessé d'être discret."""
        self._ecrire(dossier, auteur, lambda *_: _VIDE)

    def lever(self, dossier: str, auteur: Auteur) -> None:
        """Le dossier n'est plus discret, et cela voyage."""

        def dire(connexion: Connection, quand: datetime) -> Mapping[str, Any]:
            document = depot.document(connexion, dossier)
            if phrase := levee.manque(document, quand):
                raise ErreurUtilisateur(phrase)
            return {**_VIDE, **lever(lire_la_levee(document).demande)}

        self._ecrire(dossier, auteur, dire)

    def _ecrire(self, dossier: str, auteur: Auteur, dire: Callable[[Connection, datetime], Mapping[str, Any]]) -> None:
        with self._base.ecriture() as connexion:
            quand = self._horloge()
            auteurs.exiger(connexion, auteur, DOSSIER, Action.LEVER_LA_DISCRETION)
            depot.modifier(connexion, dossier, dire(connexion, quand), auteur, quand)
            journaux.noter(connexion, auteur.nom, quand, Acces.MODIFIER, dossier)
