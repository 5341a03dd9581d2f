"""Remettre un dossier à un autre lieu : l'accord, son retrait, ce qui arrive, ce qu'on en répond (norme, § 8).

Une remise est un objet rattaché au dossier, adressé à un lieu : le registre la porte à ce lieu seul, tant qu'elle n'est
pas retirée. Reçue, ses champs deviennent un dossier de ce lieu ; refusée ou retirée, elle est vidée.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Connection, select

from modele.coffre import auteurs, depot, journaux, releves, schema
from modele.coffre.base import Base
from modele.coffre.lignes import tenus_du_genre
from modele.coffre.regard import lieux_d_ici, visible
from modele.dossier.acces import Acces
from modele.dossier.chemins import ABSENT, Document
from modele.dossier.documents import decoder, encoder
from modele.dossier.operations import DOSSIER
from modele.droits import Action, Auteur
from modele.protection.discretion import est_discret
from modele.protection.referents import meme_agent
from modele.protection.remise import a_remettre, remettables
from modele.regles.fautes import ErreurUtilisateur

REMISE: Final = "remise"
LIEU: Final = "Écrivez le nom de l'autre lieu, celui que la personne a nommé, tel que le registre le connaît."
BUT: Final = "Écrivez pourquoi ce dossier est remis, dans les mots de la personne."
TERME: Final = "Dites jusqu'à quand vaut son accord : aujourd'hui au plus tôt."
NOMME: Final = "Ce dossier se remet à une personne nommée : écrivez le nom de l'agent qui le recevra."
CHAMP: Final = "« {} » ne se remet pas. Ce qui peut se remettre : {}."
RIEN: Final = "Rien de ce qui est choisi n'est répondu, ou ne peut se remettre. Choisissez autre chose."
DEJA: Final = "Cette remise a déjà sa réponse, ou n'est plus ici."
DEJA_RECUE: Final = "L'autre lieu l'a déjà reçue : son accord ne se retire plus d'ici. Appelez ce lieu."
MOTIF: Final = "Écrivez pourquoi elle est refusée : le lieu qui remet le dira à la personne."
_OBJET: Final = schema.dossier.c


@dataclass(frozen=True, slots=True)
class Remise:
    """Une remise. ``champs`` : ce qui est remis, sans les valeurs ; vide une fois reçue, refusée ou retirée.

    ``a_repondre`` : adressée à ce lieu, à cet agent si elle en nomme un, et son accord vaut encore.
    """

    id: str
    dossier: str
    de: str
    vers: str
    a_qui: str
    but: str
    accord_le: date
    jusqu_au: date
    champs: tuple[str, ...]
    retiree_le: str
    recue_le: str
    refusee_le: str
    motif: str
    a_repondre: bool = False

    @property
    def attend(self) -> bool:
        """Vrai tant que rien n'en est venu."""
        return not (self.retiree_le or self.recue_le or self.refusee_le)


class Remises:
    """Ce que l'écran et la commande font des remises. Sûr entre fils. Chaque geste lève ``ErreurUtilisateur``."""

    def __init__(self, base: Base, horloge: Callable[[], datetime]) -> None:
        self._base, self._horloge = base, horloge

    def proposer(
        self, dossier: str, vers: str, but: str, jusqu_au: date, auteur: Auteur, *,
        a_qui: str = "", champs: Collection[str] = (), zones: Collection[str] = (),
    ) -> Remise:  # fmt: skip
        """La personne est d'accord : ces champs (tous ceux de la liste sinon) iront à ce lieu."""
        with self._base.ecriture() as connexion:
            quand = self._horloge()
            document = depot.document_a_lire(connexion, dossier, auteur)
            ici, la = _lieux(connexion, vers)
            _exiger_l_accord(but, jusqu_au, quand.date(), a_qui, est_discret(document), champs)
            contenu = a_remettre(document, champs or remettables(), zones)
            if not contenu:
                raise ErreurUtilisateur(RIEN)
            initial = {
                "dossier": dossier, "de": ici, "vers": la, "a_qui": " ".join(a_qui.split()), "but": but.strip(),
                "accord_le": quand.date(), "jusqu_au": jusqu_au, "contenu": encoder(contenu).decode(),
                "par": auteur.nom,
            }  # fmt: skip
            (cree,) = depot.creer(connexion, [initial], auteur, quand, REMISE)
            journaux.noter(connexion, auteur.nom, quand, Acces.REMETTRE, dossier)
            return _lire(connexion, cree, auteur, quand.date())

    def retirer(self, remise: str, auteur: Auteur) -> None:
        """La personne retire son accord, tant que rien n'a été reçu : rien n'en reste là-bas."""
        with self._base.ecriture() as connexion:
            une = self._trouver(connexion, remise, auteur)
            if une.recue_le:
                raise ErreurUtilisateur(DEJA_RECUE)
            if not une.attend or une.vers in lieux_d_ici(connexion):
                raise ErreurUtilisateur(DEJA)
            valeurs = {"retiree_le": self._horloge().date(), "contenu": ABSENT}
            depot.modifier(connexion, une.id, valeurs, auteur, self._horloge())
            journaux.noter(connexion, auteur.nom, self._horloge(), Acces.RETIRER_UNE_REMISE, une.dossier)

    def lister(self, auteur: Auteur) -> list[Remise]:
        """Celles que ce poste a faites et celles qui lui sont adressées, la plus ancienne d'abord."""
        with self._base.lecture() as connexion:
            auteurs.exiger(connexion, auteur, REMISE, Action.LIRE)
            return list(_toutes(connexion, auteur, self._horloge().date()))

    def destinations(self, auteur: Auteur) -> tuple[list[str], list[str]]:
        """Les autres lieux que le registre a nommés à ce poste ; et les noms de celui-ci."""
        with self._base.lecture() as connexion:
            auteurs.exiger(connexion, auteur, REMISE, Action.LIRE)
            ici = lieux_d_ici(connexion)
            return [nom for nom in releves.lieux(connexion) if nom not in ici], ici

    def recevoir(self, remise: str, auteur: Auteur) -> Document:
        """Ce lieu la prend : ses champs deviennent un dossier d'ici, qui ne sait rien d'autre de l'ancien."""
        with self._base.ecriture() as connexion:
            une, quand = self._a_repondre(connexion, remise, auteur), self._horloge()
            contenu = json.loads(decoder(_document(connexion, une.id))["contenu"])
            if une.a_qui:
                # Remis à une personne nommée : il naît discret, et elle en répond.
                contenu["protection"] = {"discret": True, "referent": auteur.nom}
            (neuf,) = depot.creer(connexion, [contenu], auteur, quand, DOSSIER)
            journaux.noter(connexion, auteur.nom, quand, Acces.CREER, neuf["id"])
            self._repondre(connexion, une, {"recue_le": quand.date()}, auteur)
            return neuf

    def refuser(self, remise: str, motif: str, auteur: Auteur) -> None:
        """Ce lieu ne la prend pas, et dit pourquoi ; il n'en garde rien."""
        if not motif.strip():
            raise ErreurUtilisateur(MOTIF)
        with self._base.ecriture() as connexion:
            une = self._a_repondre(connexion, remise, auteur)
            self._repondre(connexion, une, {"refusee_le": self._horloge().date(), "motif": motif.strip()}, auteur)

    def _repondre(self, connexion: Connection, une: Remise, reponse: dict[str, Any], auteur: Auteur) -> None:
        valeurs = {**reponse, "repondue_par": auteur.nom, "contenu": ABSENT}
        depot.modifier(connexion, une.id, valeurs, auteur, self._horloge())
        journaux.noter(connexion, auteur.nom, self._horloge(), Acces.REPONDRE_A_UNE_REMISE, une.id)

    def _a_repondre(self, connexion: Connection, remise: str, auteur: Auteur) -> Remise:
        une = self._trouver(connexion, remise, auteur)
        if not une.a_repondre:
            raise ErreurUtilisateur(DEJA)
        return une

    def _trouver(self, connexion: Connection, remise: str, auteur: Auteur) -> Remise:
        """Dans les mêmes mots, qu'elle n'existe pas ou qu'elle soit à un autre agent."""
        auteurs.exiger(connexion, auteur, REMISE, Action.MODIFIER)
        for une in _toutes(connexion, auteur, self._horloge().date()):
            if une.id == remise:
                return une
        raise ErreurUtilisateur(DEJA)


def _exiger_l_accord(but: str, jusqu_au: date, jour: date, a_qui: str, discret: bool, champs: Collection[str]) -> None:
    """Tout ce sans quoi il n'y a pas d'accord. Lève ``ErreurUtilisateur``."""
    inconnus = [un for un in champs if un not in remettables()]
    if inconnus:
        raise ErreurUtilisateur(CHAMP.format(inconnus[0], ", ".join(remettables())))
    if not but.strip():
        raise ErreurUtilisateur(BUT)
    if jusqu_au < jour:
        raise ErreurUtilisateur(TERME)
    if discret and not a_qui.strip():
        raise ErreurUtilisateur(NOMME)


def _lieux(connexion: Connection, vers: str) -> tuple[str, str]:
    """Le nom de ce lieu-ci, tel que le registre le connaît, et celui de l'autre. Lève ``ErreurUtilisateur``."""
    miens = lieux_d_ici(connexion)
    nette = " ".join(vers.split())
    # Un poste ne connaît que les lieux dont il a reçu quelque chose : un autre nom part tel qu'il est écrit.
    la = next((nom for nom in releves.lieux(connexion) if nom.casefold() == nette.casefold()), nette)
    if not la or la in miens:
        raise ErreurUtilisateur(LIEU)
    return journaux.reglage(connexion, "registre.guichet") or miens[0], la


def _document(connexion: Connection, remise: str) -> str:
    document: str = connexion.scalars(select(_OBJET.document).where(_OBJET.id == remise)).one()
    return document


def _toutes(connexion: Connection, auteur: Auteur, jour: date) -> list[Remise]:
    colonnes = (_OBJET.document, _OBJET.discret)
    requete = select(*colonnes).where(tenus_du_genre(REMISE), visible(_OBJET.id))
    protege = auteurs.permet(connexion, auteur, DOSSIER, Action.LEVER_LA_DISCRETION)
    ici, lues = lieux_d_ici(connexion), []
    for ligne in connexion.execute(requete.order_by(_OBJET.id)):
        document = decoder(ligne.document)
        une = _lire(connexion, document, auteur, jour)
        if une.vers in ici:
            # Adressée ici à un agent nommé, nul autre n'en voit rien.
            vue = not une.a_qui or _est(une.a_qui, auteur)
        else:
            # D'un dossier discret d'ici : à qui l'a faite, et aux travailleurs sociaux.
            vue = not ligne.discret or protege or _est(str(document.get("par") or ""), auteur)
        if vue:
            lues.append(une)
    return lues


def _lire(connexion: Connection, document: Document, auteur: Auteur, jour: date) -> Remise:
    dit = {nom: str(document.get(nom) or "") for nom in ("de", "vers", "a_qui", "but", "motif", "contenu")}
    quand = {nom: str(document.get(nom) or "") for nom in ("retiree_le", "recue_le", "refusee_le")}
    contenu = json.loads(dit.pop("contenu") or "{}")
    jusqu_au = date.fromisoformat(document["jusqu_au"])
    pour_ici = dit["vers"] in lieux_d_ici(connexion) and (not dit["a_qui"] or _est(dit["a_qui"], auteur))
    return Remise(
        document["id"], document["dossier"], accord_le=date.fromisoformat(document["accord_le"]), jusqu_au=jusqu_au,
        champs=tuple(un for un in remettables() if _porte(contenu, un)),
        a_repondre=pour_ici and jusqu_au >= jour and not any(quand.values()), **dit, **quand,
    )  # fmt: skip


def _est(nomme: str, auteur: Auteur) -> bool:
    return meme_agent(nomme) == meme_agent(auteur.nom)


def _porte(contenu: Document, chemin: str) -> bool:
    ou: Any = contenu
    for morceau in chemin.split("."):
        ou = ou.get(morceau) if isinstance(ou, dict) else None
    return ou is not None
