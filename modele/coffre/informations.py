"""L'information, au coffre : ce que ce poste tient du registre, ce qui a été donné à chaque personne, qui prévenir.

Une fiche de sûreté n'est inscrite au compte de personne (``modele/dossier/information.py``) : elle s'y lirait.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, select

from modele.coffre import auteurs, avis, corrections, depot, rattaches, schema
from modele.coffre.base import Base
from modele.coffre.lignes import OUVERT, tenus_du_genre
from modele.coffre.listes import InformationTenue, Parti
from modele.dossier.chemins import Document
from modele.dossier.documents import decoder
from modele.dossier.information import PAPIER, Donnee, livree
from modele.dossier.operations import DOSSIER
from modele.droits import Action, Auteur
from modele.regles.fautes import ErreurUtilisateur

INCONNUE: Final = "Cette information n'est pas de celles que la loi doit à la personne. Rien n'a été noté."
_OBJET: Final = schema.dossier.c
_PERSONNE: Final = schema.dossier.alias("personne_du_papier")


class Informations:
    """Ce que l'écran en lit et en écrit. Sûr entre fils. Chaque geste lève ``ErreurUtilisateur``."""

    def __init__(self, base: Base, horloge: Callable[[], datetime]) -> None:
        self._base, self._horloge = base, horloge

    # Ce qui sert ici.

    def tenues(self) -> list[InformationTenue]:
        """Les paquets reçus du registre, par nom."""
        with self._base.lecture() as connexion:
            return corrections.tenues(connexion)

    def a_lire(self, agent: str) -> list[InformationTenue]:
        """Les corrections urgentes que cet agent n'a pas lues, la plus récente d'abord."""
        with self._base.lecture() as connexion:
            return corrections.a_lire(connexion, agent)

    def lire(self, agent: str, tenue: InformationTenue) -> None:
        """Cet agent l'a lue ; une correction plus récente se dira de nouveau."""
        if tenue.urgence is not None:
            with self._base.ecriture() as connexion:
                corrections.lire(connexion, agent, tenue.nom, tenue.urgence.rang)

    # Ce qui est donné à une personne.

    def donnees(self, dossier: str, auteur: Auteur) -> list[Donnee]:
        """Ce qui a été donné à cette personne, du plus ancien au plus récent."""
        with self._base.lecture() as connexion:
            depot.document_a_lire(connexion, dossier, auteur)
            return [_donnee(un) for un in rattaches.documents(connexion, dossier, PAPIER)]

    def remettre(self, dossier: str, fiches: Iterable[str], langue: str, auteur: Auteur) -> list[str]:
        """Ces fiches viennent de sortir pour cette personne ; rend celles qui s'inscrivent. Les autres, jamais."""
        inscrites = [fiche for fiche in dict.fromkeys(fiches) if fiche in livree().inscrites]
        self._noter(dossier, [{"fiche": fiche, "langue": langue} for fiche in inscrites], auteur)
        return inscrites

    def dire(self, dossier: str, du: str, auteur: Auteur) -> None:
        """Cette information vient d'être dite de vive voix."""
        if du not in {un.id for un in livree().dus}:
            raise ErreurUtilisateur(INCONNUE)
        self._noter(dossier, [{"du": du}], auteur)

    def _noter(self, dossier: str, papiers: Collection[Document], auteur: Auteur) -> None:
        if not papiers:
            return
        with self._base.ecriture() as connexion:
            quand = self._horloge()
            depot.document_a_lire(connexion, dossier, auteur)
            connues = corrections.connues(connexion)
            commun = {"dossier": dossier, "le": quand.date().isoformat()}
            commun |= {"corrections": " ".join(connues)} if connues else {}
            depot.creer(connexion, [{**commun, **un} for un in papiers], auteur, quand, PAPIER)

    # Qui prévenir.

    def partis(self, correction: InformationTenue, auteur: Auteur) -> list[Parti]:
        """Qui est parti avec une fiche d'avant cette correction, le dernier d'abord.

        Un dossier discret n'y est que pour qui en répond, par sa référence.
        """
        urgence = correction.urgence
        if urgence is None:
            return []
        with self._base.lecture() as connexion:
            if not auteurs.permet(connexion, auteur, DOSSIER, Action.LIRE):
                return []
            repond = {un.dossier for un in avis.suivis(connexion, auteur)}
            return [
                parti
                for donnee, parti in _papiers(connexion, urgence.fiches, repond)
                if _rang_connu(donnee, correction.nom) < urgence.rang
            ]


def _papiers(connexion: Connection, fiches: Collection[str], repond: Collection[str]) -> list[tuple[Donnee, Parti]]:
    """Les papiers de ces fiches, un par dossier et par fiche : le dernier sorti, seul à corriger ceux d'avant."""
    eux = _PERSONNE.c
    requete = (
        select(_OBJET.document.label("papier"), eux.id, eux.titre, eux.detail, eux.reference, eux.discret)
        .join(_PERSONNE, eux.id == _OBJET.rattache)
        .where(tenus_du_genre(PAPIER), eux.etat == OUVERT)
    )
    derniers: dict[tuple[str, str], tuple[Donnee, Parti]] = {}
    for ligne in connexion.execute(requete.order_by(_OBJET.cree_le, _OBJET.id)):
        donnee = _donnee(decoder(ligne.papier))
        if donnee.fiche in fiches and (not ligne.discret or ligne.id in repond):
            derniers[ligne.id, donnee.fiche] = (donnee, _parti(ligne, donnee))
    return sorted(derniers.values(), key=lambda une: une[1].le, reverse=True)


def _donnee(document: Document) -> Donnee:
    connues = frozenset(str(document.get("corrections", "")).split())
    fiche, du, langue = (str(document.get(cle, "")) for cle in ("fiche", "du", "langue"))
    return Donnee(fiche, du, langue, date.fromisoformat(document["le"]), connues)


def _parti(ligne: Row[*tuple[Any, ...]], donnee: Donnee) -> Parti:
    titre, detail = ("", "") if ligne.discret else (ligne.titre, ligne.detail)
    return Parti(ligne.id, titre, detail, ligne.reference, ligne.discret, donnee.fiche, donnee.langue, donnee.le)


def _rang_connu(donnee: Donnee, nom: str) -> int:
    rangs = [un.rpartition("@")[2] for un in donnee.corrections if un.rpartition("@")[0] == nom]
    return int(rangs[0]) if rangs and rangs[0].isdecimal() else 0
