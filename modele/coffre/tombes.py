"""Ce que ce poste ne tient plus : sorti de son périmètre, effacé partout, ou fondu dans un autre.

La copie, le miroir et l'index s'en vont ; ce qui attend l'envoi reste, entier. Dans la transaction qu'on donne.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, delete, select, update

from modele.coffre import histoires, rattaches, schema
from modele.coffre.index import desindexer
from modele.coffre.instants import en_utc
from modele.coffre.journaux import regler
from modele.coffre.lignes import ABSORBE, EFFACE, OUVERT, PURGE, SORTI
from modele.genres import livres

A_RECRIRE: Final = "effacements.a_recrire"
"""Le réglage qui dit qu'un effacement venu d'ailleurs a laissé des pages libres à récrire."""
_TITRES: Final = {
    SORTI: "Dossier sorti de ce poste",
    PURGE: "Dossier effacé",
    EFFACE: "Dossier effacé",
    ABSORBE: "Dossier fondu dans un autre",
}
_COPIES: Final = (schema.miroir, schema.divergence, schema.pose, schema.doublon, schema.brouillon, schema.report)


def sortir(connexion: Connection, dossiers: Iterable[str]) -> None:
    """Ces dossiers ne sont plus tenus ici, ni ce qui leur est rattaché. Leur retour les rendra entiers."""
    for dossier in dossiers:
        for objet in (dossier, *rattaches.de(connexion, dossier)):
            _vider(connexion, objet, SORTI)
            effacer_contenus(connexion, objet)


def purger(connexion: Connection, dossier: str) -> None:
    """Ce dossier est effacé partout, et ce qui lui est rattaché : il n'en reste que des identifiants.

    Ce qui l'a été d'ici, et l'ordre de le faire, restent la preuve. Le fichier se récrit à la prochaine ouverture.
    """
    for objet in (dossier, *rattaches.de(connexion, dossier)):
        if not reste(connexion, objet):
            _vider(connexion, objet, PURGE)
            effacer_contenus(connexion, objet)
            histoires.oublier(connexion, objet)
            connexion.execute(delete(schema.doublon).where(schema.doublon.c.autre == objet))
    connexion.execute(delete(schema.frequence).where(schema.frequence.c.nombre <= 0))
    regler(connexion, A_RECRIRE, "oui")


def reste(connexion: Connection, objet: str) -> bool:
    """Vrai de ce qui est déjà effacé à la demande d'une personne, et de l'objet qui en a porté l'ordre."""
    colonnes = schema.dossier.c
    ligne = connexion.execute(select(colonnes.etat, colonnes.genre).where(colonnes.id == objet)).first()
    return ligne is not None and (ligne.etat == EFFACE or livres().du(ligne.genre).efface)


def oublier_les_refus(connexion: Connection, avant: datetime) -> bool:
    """Efface les saisies refusées d'un dossier effacé partout, que nul n'a classées ; vrai s'il y en avait."""
    quarantaine, operation, dossier = schema.quarantaine.c, schema.operation.c, schema.dossier.c
    # Des saisies refusées vers leurs dossiers : dans l'autre sens, chaque ouverture relirait tous les dossiers.
    anciennes = (
        select(quarantaine.operation, operation.dossier)
        .join(schema.operation, operation.id == quarantaine.operation)
        .where(quarantaine.classee_le.is_(None), quarantaine.depuis <= en_utc(avant))
    )
    refusees = connexion.execute(anciennes).all()
    voulus = {une.dossier for une in refusees}
    purges = set(connexion.scalars(select(dossier.id).where(dossier.id.in_(voulus), dossier.etat == PURGE)))
    refus = [une for une in refusees if une.dossier in purges]
    for refusee in refus:
        classer = update(schema.quarantaine).where(quarantaine.operation == refusee.operation)
        connexion.execute(classer.values(classee_le=en_utc(avant)))
        effacer_contenus(connexion, refusee.dossier)
    return bool(refus)


def absorber(connexion: Connection, dossier: str, survivant: str) -> None:
    """Ce dossier est fondu dans un autre, qui reçoit sa frappe en cours ; les deux histoires restent."""
    if _tenu(connexion, survivant):
        colonnes = schema.brouillon.c
        deplacer = update(schema.brouillon).prefix_with("OR IGNORE").where(colonnes.dossier == dossier)
        connexion.execute(deplacer.values(dossier=survivant))
    # Son numéro provisoire mène au survivant, pour toujours.
    provisoire = connexion.scalar(select(schema.dossier.c.provisoire).where(schema.dossier.c.id == dossier))
    _vider(connexion, dossier, ABSORBE, absorbe_par=survivant, provisoire=provisoire)
    rattaches.reporter(connexion, dossier, survivant)


def effacer(connexion: Connection, objet: str) -> None:
    """Cet objet, qui n'a jamais quitté ce poste, n'a plus ni copie ni contenu ; rien ne dit plus s'il était discret."""
    _vider(connexion, objet, EFFACE, discret=False)
    effacer_contenus(connexion, objet)
    # Un mot que plus personne ne porte se lirait encore dans l'index.
    connexion.execute(delete(schema.frequence).where(schema.frequence.c.nombre <= 0))


def effacer_contenus(connexion: Connection, dossier: str) -> None:
    """Efface contenu et sel de ses opérations, sauf ce qui attend l'envoi ou la décision d'une personne."""
    colonnes = schema.operation.c
    gardees = select(schema.envoi.c.operation).union_all(
        select(schema.quarantaine.c.operation).where(schema.quarantaine.c.classee_le.is_(None))
    )
    effacer = update(schema.operation).where(colonnes.dossier == dossier, colonnes.id.not_in(gardees))
    connexion.execute(effacer.where(colonnes.contenu.is_not(None)).values(sel=None, contenu=None))


def partis(connexion: Connection, dossiers: Iterable[str]) -> set[str]:
    """Ceux de ces dossiers dont le contenu ne doit plus rester ici."""
    colonnes = schema.dossier.c
    requete = select(colonnes.id).where(colonnes.id.in_(list(dossiers)), colonnes.etat.in_((SORTI, PURGE)))
    return set(connexion.scalars(requete))


def _tenu(connexion: Connection, dossier: str) -> bool:
    colonnes = schema.dossier.c
    requete = select(colonnes.id).where(colonnes.id == dossier, colonnes.etat == OUVERT)
    return connexion.scalar(requete) is not None


def _vider(connexion: Connection, dossier: str, etat: str, **valeurs: Any) -> None:
    desindexer(connexion, dossier)
    for table in _COPIES:
        connexion.execute(delete(table).where(table.c.dossier == dossier))
    vide = {"document": "{}", "titre": _TITRES[etat], "detail": "", "agent": "", "provisoire": None, "etat": etat}
    connexion.execute(update(schema.dossier).where(schema.dossier.c.id == dossier).values(vide | valeurs))
