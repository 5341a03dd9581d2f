"""« Jamais la même demi-journée ni le même lieu que… » : posé par qui répond d'un dossier discret, tu aux autres.

Chaque rendez-vous à venir de ce dossier publie une occupation « indisponible » par dossier à tenir à part : sans l'un
ni l'autre, reconnue à une empreinte par qui tient l'autre.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from secrets import token_hex
from typing import Any, Final

from sqlalchemy import Connection, select

from modele.coffre import agenda_lu, avis, depot, rattaches, regard, schema
from modele.coffre.base import Base
from modele.coffre.lignes import OUVERT
from modele.dossier.chemins import Document
from modele.dossier.codes import relire_reference
from modele.dossier.operations import DOSSIER
from modele.droits import Auteur
from modele.protection.discretion import est_discret
from modele.regles.fautes import ErreurUtilisateur
from modele.rendez_vous import RendezVous, empreinte
from modele.rendez_vous.lignes import DONNE

EVITEMENT: Final = "evitement"
_OCCUPATION: Final = "occupation"
_INDISPONIBLES: Final = "indisponibles"
PAS_A_VOUS: Final = (
    "Seule la personne qui répond de ce dossier discret, ou son suppléant, tient ses rendez-vous à part."
)
AUTRE_ABSENT: Final = "Aucun autre dossier ne porte la référence « {} » sur ce poste. Relisez-la sur son papier."


@dataclass(frozen=True, slots=True)
class AEviter:
    """Un dossier à tenir à part de celui-ci. ``meme_lieu`` : ni le même lieu, quel que soit le jour."""

    id: str
    dossier: str
    autre: str
    meme_lieu: bool


class Evitements:
    """Ce que l'écran en fait. Sûr entre fils. Chaque geste lève ``ErreurUtilisateur``."""

    def __init__(self, base: Base, horloge: Callable[[], datetime]) -> None:
        self._base, self._horloge = base, horloge

    def lister(self, dossier: str, auteur: Auteur) -> list[AEviter]:
        """Ceux qui valent, du plus ancien au plus récent ; à qui répond de ce dossier."""
        with self._base.lecture() as connexion:
            _exiger_de_repondre(connexion, dossier, auteur)
            return _en_vigueur(connexion, dossier)

    def poser(self, dossier: str, reference: str, auteur: Auteur, *, meme_lieu: bool = False) -> AEviter:
        """Les rendez-vous de ce dossier ne se donnent plus aux demi-journées de ceux de l'autre, ni l'inverse."""
        with self._base.ecriture() as connexion:
            _exiger_de_repondre(connexion, dossier, auteur)
            autre = _par_reference(connexion, reference)
            if autre is None or autre == dossier:
                raise ErreurUtilisateur(AUTRE_ABSENT.format(reference.strip()))
            quand = self._horloge()
            dit = {"dossier": dossier, "autre": autre, "meme_lieu": meme_lieu}
            (pose,) = depot.creer(connexion, [dit], auteur, quand, EVITEMENT)
            _republier(connexion, dossier, auteur, quand)
            return _lu(pose)

    def lever(self, lequel: AEviter, auteur: Auteur) -> None:
        """Il ne vaut plus ; ce qu'il rendait indisponible ne l'est plus."""
        with self._base.ecriture() as connexion:
            _exiger_de_repondre(connexion, lequel.dossier, auteur)
            quand = self._horloge()
            depot.modifier(connexion, lequel.id, {"leve_le": quand.date().isoformat()}, auteur, quand)
            _republier(connexion, lequel.dossier, auteur, quand)


def publier(connexion: Connection, rendez_vous: str, auteur: Auteur, quand: datetime) -> None:
    """Ce que ce rendez-vous rend indisponible, et rien de ce qu'il rendait avant."""
    tenu = agenda_lu.un(connexion, rendez_vous)
    anciens = depot.document(connexion, rendez_vous).get(_INDISPONIBLES, [])
    poses = _en_vigueur(connexion, tenu.dossier) if tenu.etat == DONNE else []
    if not anciens and not poses:
        return
    for ancien in anciens:
        depot.modifier(connexion, ancien, {"etat": "libre"}, auteur, quand)
    dits = [_indisponible(tenu, un) for un in poses]
    neufs = depot.creer(connexion, dits, auteur, quand, _OCCUPATION) if dits else []
    depot.modifier(connexion, rendez_vous, {_INDISPONIBLES: [un["id"] for un in neufs]}, auteur, quand)


def _republier(connexion: Connection, dossier: str, auteur: Auteur, quand: datetime) -> None:
    for un in agenda_lu.du_dossier(connexion, dossier):
        if un.etat == DONNE and un.creneau.jour >= quand.date():
            publier(connexion, un.id, auteur, quand)


def _indisponible(tenu: RendezVous, evite: AEviter) -> dict[str, Any]:
    """Le lieu n'y est que s'il est à éviter : ce qui ne sert pas ne se publie pas."""
    place = {"date": tenu.creneau.jour.isoformat(), "heure": tenu.creneau.heure, "duree": tenu.creneau.duree}
    ou = {"lieu": tenu.creneau.lieu} if evite.meme_lieu else {}
    return {**place, **ou, "etat": "indisponible", "pour": empreinte(evite.autre, token_hex(16))}


def _exiger_de_repondre(connexion: Connection, dossier: str, auteur: Auteur) -> None:
    document = depot.document_a_lire(connexion, dossier, auteur)
    if not est_discret(document) or dossier not in {un.dossier for un in avis.suivis(connexion, auteur)}:
        raise ErreurUtilisateur(PAS_A_VOUS)


def _par_reference(connexion: Connection, reference: str) -> str | None:
    table = schema.dossier.c
    requete = select(table.id).where(
        table.reference == (relire_reference(reference) or ""),
        *(table.genre == DOSSIER, table.etat == OUVERT, regard.visible(table.id)),
    )
    return connexion.scalar(requete)


def _en_vigueur(connexion: Connection, dossier: str) -> list[AEviter]:
    lus = rattaches.documents(connexion, dossier, EVITEMENT)
    return [_lu(un) for un in lus if "leve_le" not in un]


def _lu(document: Document) -> AEviter:
    return AEviter(document["id"], document["dossier"], document["autre"], bool(document.get("meme_lieu")))
