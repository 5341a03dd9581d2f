"""Un dossier créé par erreur : mis de côté, rendu pendant trente jours, puis effacé. Dans la transaction qu'on donne.

Seul s'en va un dossier que le registre n'a jamais pu recevoir : ce poste ne sait pas l'effacer chez les autres. Mis de
côté, il n'est plus dans aucune liste, ni dans la recherche, ni dans l'envoi. Effacé, il en reste un identifiant, une
date et une raison en code ; l'en-tête de ses opérations, que la chaîne couvre, ne porte rien de lui.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, insert, or_, select, update

from modele.coffre import auteurs, envois, gels, histoires, journaux, rattaches, schema, tombes
from modele.coffre.etats_d_ici import fondus_dans
from modele.coffre.index import desindexer, indexer
from modele.coffre.instants import en_utc
from modele.coffre.lignes import OUVERT, SUPPRIME, ouvert, resumables, resume
from modele.coffre.listes import Supprime
from modele.coffre.regard import visible
from modele.dossier.acces import Acces
from modele.dossier.documents import decoder
from modele.dossier.suppression import RENDU_PENDANT, Raison, relire
from modele.droits import Action, Auteur
from modele.regles.fautes import ErreurUtilisateur

_OBJET: Final = schema.dossier.c
_SUPPRESSION: Final = schema.suppression.c
_AU_PLUS: Final = 200
SANS_MOTS: Final = "Écrivez pourquoi ce dossier s'en va, en quelques mots."
DEJA_PARTI: Final = (
    "Le registre a reçu ce dossier, ou l'a peut-être reçu : d'autres guichets peuvent le lire, et ce poste ne sait pas "
    "encore l'effacer chez eux. Il n'est donc pas supprimé. S'il est en double, fondez-le dans l'autre (Ressemblances)."
)
REUNI: Final = "Ce dossier en réunit deux : annulez d'abord leur réunion (Ressemblances), puis supprimez."
PLUS_LA: Final = "Ce dossier n'est plus à rendre : il l'a déjà été, ou ses trente jours sont passés."


def supprimer(
    connexion: Connection, dossier: str, raison: Raison, mots: str, auteur: Auteur, quand: datetime
) -> datetime:
    """Met le dossier de côté, et ce qui lui est rattaché ; rend l'instant où il s'effacera.

    Lève ``ErreurUtilisateur`` : sans mots, sans droit, gelé, déjà reçu par le registre, ou plus tenu ici.
    """
    ligne = ouvert(connexion, dossier)
    _exiger(connexion, auteur, ligne)
    if not mots.strip():
        raise ErreurUtilisateur(SANS_MOTS)
    # Gelé, il se garde : la personne l'a demandé.
    gels.exiger_libre(connexion, dossier, ligne.genre, quand.date())
    objets = [dossier, *rattaches.de(connexion, dossier)]
    if envois.ont_pu_partir(connexion, objets):
        raise ErreurUtilisateur(DEJA_PARTI)
    if fondus_dans(connexion, dossier):
        raise ErreurUtilisateur(REUNI)
    for objet in objets:
        desindexer(connexion, objet)
    envois.retenir(connexion, objets)
    _changer(connexion, objets, SUPPRIME)
    fin = quand + RENDU_PENDANT
    connexion.execute(
        insert(schema.suppression).prefix_with("OR REPLACE"),
        {"dossier": dossier, "le": en_utc(quand), "raison": raison, "mots": mots.strip(), "jusqu_au": en_utc(fin)},
    )
    journaux.noter(connexion, auteur.nom, quand, Acces.SUPPRIMER, dossier)
    return fin


def lister(connexion: Connection) -> list[Supprime]:
    """Ceux qui se rendent encore, le dernier supprimé d'abord."""
    requete = (
        resumables()
        .add_columns(_SUPPRESSION.raison, _SUPPRESSION.mots, _SUPPRESSION.le, _SUPPRESSION.jusqu_au)
        .join(schema.suppression, _SUPPRESSION.dossier == _OBJET.id)
        .where(_OBJET.etat == SUPPRIME)
        .order_by(_SUPPRESSION.le.desc())
        .limit(_AU_PLUS)
    )
    return [
        Supprime(
            ligne.id,
            resume(ligne),
            relire(ligne.raison),
            ligne.mots,
            datetime.fromisoformat(ligne.le),
            datetime.fromisoformat(ligne.jusqu_au),
        )
        for ligne in connexion.execute(requete)
    ]


def rendre(connexion: Connection, dossier: str, auteur: Auteur, quand: datetime) -> None:
    """Rend le dossier tel qu'il était, et ce qui lui est rattaché : rien ne s'y écrit, le mur n'a rien de neuf à juger.

    Lève ``ErreurUtilisateur`` : sans droit, ou plus à rendre.
    """
    supprime = select(schema.dossier).where(_OBJET.id == dossier, _OBJET.etat == SUPPRIME, visible(_OBJET.id))
    ligne = connexion.execute(supprime).first()
    if ligne is None:
        raise ErreurUtilisateur(PLUS_LA)
    _exiger(connexion, auteur, ligne)
    objets = _ensemble(connexion, dossier)
    _changer(connexion, [objet.id for objet in objets], OUVERT)
    indexer(connexion, [(objet.genre, decoder(objet.document)) for objet in objets])
    envois.rendre(connexion, [objet.id for objet in objets], quand)
    connexion.execute(schema.suppression.delete().where(_SUPPRESSION.dossier == dossier))
    journaux.noter(connexion, auteur.nom, quand, Acces.RENDRE, dossier)


def echus(connexion: Connection, quand: datetime) -> Sequence[str]:
    """Ceux dont les trente jours sont passés."""
    requete = select(_SUPPRESSION.dossier).join(schema.dossier).where(_OBJET.etat == SUPPRIME)
    return connexion.scalars(requete.where(_SUPPRESSION.jusqu_au <= en_utc(quand))).all()


def effacer(connexion: Connection, dossier: str) -> None:
    """Efface pour de bon : il ne reste que la preuve."""
    for objet in _ensemble(connexion, dossier):
        tombes.effacer(connexion, objet.id)
        histoires.oublier(connexion, objet.id)
    connexion.execute(update(schema.suppression).where(_SUPPRESSION.dossier == dossier).values(mots=""))


def _exiger(connexion: Connection, auteur: Auteur, ligne: Row[Any]) -> None:
    discret = [Action.LIRE_DISCRET] if ligne.discret else []
    auteurs.exiger(connexion, auteur, ligne.genre, Action.SUPPRIMER, *discret)


def _ensemble(connexion: Connection, dossier: str) -> Sequence[Row[Any]]:
    """Le dossier mis de côté et ce qui l'a été avec lui."""
    requete = select(schema.dossier).where(or_(_OBJET.id == dossier, _OBJET.rattache == dossier))
    return connexion.execute(requete.where(_OBJET.etat == SUPPRIME).order_by(_OBJET.id)).all()


def _changer(connexion: Connection, objets: Sequence[str], etat: str) -> None:
    connexion.execute(update(schema.dossier).where(_OBJET.id.in_(objets)).values(etat=etat))
