"""La file du jour, au coffre : donner un numéro, appeler, recevoir, laisser partir. Ni nom, ni dossier, ni agent.

Entre les postes d'un lieu, elle passe par le registre comme tout objet ; deux postes sans réseau peuvent donner le même
numéro : les deux restent, et l'heure d'arrivée les distingue.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Connection, select

from modele.coffre import auteurs, depot, schema
from modele.coffre.agenda_lu import champ, du_genre
from modele.coffre.base import Base
from modele.coffre.lieu_d_accueil import lieu_d_accueil
from modele.dossier.documents import decoder
from modele.dossier.nomenclatures import nationales
from modele.droits import Action, Auteur
from modele.regles.fautes import ErreurUtilisateur
from modele.rendez_vous.passages import COURANTE, Etape, Passage, prochain_numero

PASSAGE: Final = "passage"
PLEINE: Final = "La file de ce jour a déjà {} numéros : aucun autre ne se donne. Vérifiez la date de ce poste."
AU_PLUS: Final = 2000
"""Numéros au plus d'un lieu en un jour : au-delà, c'est une touche restée enfoncée."""
_DEJA: Final = "Ce numéro a déjà changé, ici ou sur un autre poste. La file vient d'être relue."
_CODE: Final = "« {} » n'est pas une réponse possible. Choisissez dans la liste."
_CHAMPS: Final = frozenset(champ.name for champ in fields(Passage)) - {"id", "jour"}


class FileDuJour:
    """Ce que l'écran « La journée » fait de la file. Sûr entre fils. Chaque geste lève ``ErreurUtilisateur``."""

    def __init__(self, base: Base, horloge: Callable[[], datetime]) -> None:
        self._base, self._horloge = base, horloge

    def lister(self, auteur: Auteur, jour: date | None = None) -> list[Passage]:
        """Les passages de ce lieu, ce jour-là (aujourd'hui), du premier arrivé au dernier."""
        with self._base.lecture() as connexion:
            _exiger(connexion, auteur, Action.LIRE)
            return _du_jour(connexion, jour or self._horloge().date())

    def donner(self, motif: str, urgence: str, auteur: Auteur) -> Passage:
        """Le numéro suivant, à qui vient d'arriver."""
        _exiger_codes({"motif_accueil": motif, "urgence_passage": urgence})
        with self._base.ecriture() as connexion:
            quand = self._horloge()
            deja = _du_jour(connexion, quand.date())
            if len(deja) >= AU_PLUS:
                raise ErreurUtilisateur(PLEINE.format(AU_PLUS))
            ticket = {
                "lieu": lieu_d_accueil(connexion),
                "date": quand.date().isoformat(),
                "numero": prochain_numero(deja),
                "motif": motif,
                "urgence": urgence or COURANTE,
                "arrive": _heure(quand),
            }
            (cree,) = depot.creer(connexion, [ticket], auteur, quand, PASSAGE)
            return _passage(cree)

    def appeler(self, lequel: Passage, auteur: Auteur) -> Passage:
        """On appelle ce numéro ; jamais un nom."""
        return self._avancer(lequel, Etape.ATTEND, "appele", {}, auteur)

    def recevoir(self, lequel: Passage, auteur: Auteur) -> Passage:
        """La personne est reçue."""
        return self._avancer(lequel, Etape.APPELE, "recu", {}, auteur)

    def laisser_partir(self, lequel: Passage, issue: str, auteur: Auteur) -> Passage:
        """La personne est partie, et voici comment son passage a fini ; même sans avoir été reçue."""
        _exiger_codes({"issue_passage": issue})
        return self._avancer(lequel, None, "parti", {"issue": issue}, auteur)

    def _avancer(
        self, lequel: Passage, attendue: Etape | None, champ: str, autres: Mapping[str, str], auteur: Auteur
    ) -> Passage:
        with self._base.ecriture() as connexion:
            quand = self._horloge()
            lu = _passage(depot.document(connexion, lequel.id))
            if lu.etape is Etape.PARTI or (attendue is not None and lu.etape is not attendue):
                raise ErreurUtilisateur(_DEJA)
            return _passage(depot.modifier(connexion, lu.id, {champ: _heure(quand), **autres}, auteur, quand))


def _du_jour(connexion: Connection, jour: date) -> list[Passage]:
    ici = champ("date") == jour.isoformat(), champ("lieu") == lieu_d_accueil(connexion)
    requete = select(schema.dossier.c.document).where(*du_genre(PASSAGE), *ici)
    lus = [_passage(decoder(document)) for document in connexion.scalars(requete)]
    return sorted(lus, key=lambda un: (un.arrive, un.numero, un.id))


def _passage(document: Mapping[str, Any]) -> Passage:
    champs: dict[str, Any] = {"lieu": "", "numero": 0}
    champs |= {cle: valeur for cle, valeur in document.items() if cle in _CHAMPS}
    return Passage(document["id"], jour=date.fromisoformat(document["date"]), **champs)


def _exiger(connexion: Connection, auteur: Auteur, action: Action) -> None:
    auteurs.exiger(connexion, auteur, PASSAGE, action)


def _exiger_codes(dits: Mapping[str, str]) -> None:
    for nomenclature, code in dits.items():
        if code not in nationales()[nomenclature].codes:
            raise ErreurUtilisateur(_CODE.format(code))


def _heure(quand: datetime) -> str:
    return f"{quand:%H:%M}"
