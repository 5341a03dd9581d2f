"""Où sont ceux qui siègent : les postes où leur compte est ouvert. Un agent est le nom de son compte."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Connection, select

from modele.dossier.chemins import lire
from modele.dossier.situation import elements
from modele.droits import Action, Perimetre
from modele.genres import Genre, livres
from modele.protection.referents import meme_agent
from registre.base.schema import compte, fermeture


def sieges(document: Mapping[str, Any], genre: Genre) -> frozenset[str]:
    """Les comptes de ceux qui y siègent, tant qu'ils la lisent ; aucun avant son ouverture, ni après sa clôture."""
    if not isinstance(lire(document, genre.depuis), str) or isinstance(lire(document, genre.definitif), str):
        return frozenset()
    liste, _, champ = genre.siegent.partition(".")
    dits = (un.get(champ) for un in elements(document, liste).values())
    return frozenset(meme_agent(nom) for nom in dits if isinstance(nom, str) and nom.strip())


def postes_de(connexion: Connection, ou: str, noms: Collection[str]) -> list[str]:
    """Les postes où l'un de ces comptes est ouvert, avec un rôle qui siège, et que le registre n'a pas fermé."""
    if not noms:
        return []
    requete = select(compte.c.poste, compte.c.id, compte.c.nom, compte.c.roles, compte.c.ferme)
    declares = connexion.execute(requete.where(compte.c.territoire == ou).order_by(compte.c.depuis, compte.c.id))
    # De chaque compte, le dernier état qu'il a déclaré, par son nom : rouvert, il l'est sous un autre identifiant.
    derniers = {(un.poste, meme_agent(un.nom)): un for un in declares}
    fermetures = select(fermeture.c.poste, fermeture.c.nom).where(
        fermeture.c.territoire == ou, fermeture.c.rouvert_le.is_(None)
    )
    fermes = {(un.poste, meme_agent(un.nom)) for un in connexion.execute(fermetures)}
    return sorted(
        poste
        for (poste, nom), un in derniers.items()
        if nom in noms and not un.ferme and (poste, nom) not in fermes and _siege(un.roles)
    )


def _siege(roles: Collection[str]) -> bool:
    """L'un de ses rôles siège ; un compte qui a tous les rôles ``sans_registre`` a ceux de son poste."""
    droits = livres().droits
    tous = set(droits.sans_registre) <= set(roles)
    siegent = {
        role
        for genre in livres().par_id.values()
        if genre.siegent
        for role in droits.qui(genre.id, Action.LIRE, Perimetre.SEANCE)
    }
    return tous or not siegent.isdisjoint(roles)
