"""Tenir un dossier d'un autre guichet, avec un motif qui reste écrit ; ne plus tenir un dossier."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Final

from sqlalchemy import Connection, Engine, select

from modele.dossier.acces import Acces
from modele.droits import Action
from modele.genres import livres
from modele.protocole.messages import Effet, Ouverture, Sortie
from registre.base.moteur import unite_de_travail
from registre.base.schema import perimetre
from registre.service import diffusion
from registre.service.consultations import noter
from registre.service.ecartes import caches
from registre.service.jetons import Porteur
from registre.service.jugement import ou
from registre.service.refus import hors_perimetre, refuser
from registre.service.retours import exiger_la_reprise_finie
from registre.service.tenus import Tenu, prendre, vivant

MOTIF_AU_PLUS: Final = 300


def ouvrir(moteur: Engine, porteur: Porteur, demande: Ouverture, maintenant: datetime) -> Effet:
    """Le poste tient désormais ce dossier (ou celui où il a été fondu) et le recevra ; le motif est gardé.

    Lève ``Refuse`` : motif absent (422) ; dossier inconnu, purgé ou discret, sans dire lequel (404) ; des postes
    n'ont pas tout renvoyé depuis une restauration (503).
    """
    if not 0 < len(demande.motif.strip()) <= MOTIF_AU_PLUS:
        raise refuser(422, "motif_absent", f"Dites pourquoi ce dossier s'ouvre ici, en {MOTIF_AU_PLUS} signes au plus.")
    return unite_de_travail(moteur, partial(_ouvrir, porteur=porteur, demande=demande, maintenant=maintenant))


def sortir(moteur: Engine, porteur: Porteur, demande: Sortie, maintenant: datetime) -> Effet:
    """Le poste ne tient plus ce dossier : son journal lui en rendra la tombe. Redemandé, rend la même séquence.

    Lève ``Refuse`` (404) s'il ne l'a jamais tenu.
    """
    return unite_de_travail(moteur, partial(_sortir, porteur=porteur, demande=demande, maintenant=maintenant))


def _ouvrir(connexion: Connection, porteur: Porteur, demande: Ouverture, maintenant: datetime) -> Effet:
    tenus = prendre(connexion, porteur, [demande.dossier], [demande.dossier])
    tenu = vivant(tenus, demande.dossier)
    if (
        tenu is None
        or tenu.tombe
        or not _peut_tenir(porteur, tenu)
        or caches(connexion, porteur, [tenu.id], demande.agent)
    ):
        raise hors_perimetre()
    exiger_la_reprise_finie(connexion, porteur, tenu.id)
    suivent = _placer(connexion, porteur, tenu, tenus)
    diffusion.entrer(connexion, porteur.territoire, porteur.poste, tenu)
    diffusion.suivre(connexion, porteur.territoire, suivent)
    noter(connexion, porteur, demande.agent, Acces.OUVERTURE, [tenu.id], maintenant, motif=demande.motif.strip())
    return Effet(tenu.sequence)


def _peut_tenir(porteur: Porteur, tenu: Tenu) -> bool:
    """Un objet rattaché s'ouvre avec son dossier, jamais seul."""
    action = Action.LIRE_DISCRET if tenu.discret else Action.OUVRIR
    return not tenu.rattache and livres().droits.permet(porteur.roles, tenu.etat.genre, action, ou(porteur, tenu))


def _placer(connexion: Connection, porteur: Porteur, tenu: Tenu, tenus: Mapping[str, Tenu]) -> list[Tenu]:
    """Donne une séquence à l'objet, puis à chacun de ceux qui le suivent ; rend ceux-ci."""
    suivent = [un for un in tenus.values() if un.rattache == tenu.id and not un.tombe]
    avant = diffusion.prendre_des_sequences(connexion, porteur.territoire, 1 + len(suivent))
    for sequence, un in enumerate((tenu, *suivent), avant + 1):
        un.sequence = sequence
    return suivent


def _sortir(connexion: Connection, porteur: Porteur, demande: Sortie, maintenant: datetime) -> Effet:
    tenus = prendre(connexion, porteur, [demande.dossier], [demande.dossier])
    tenu = tenus.get(demande.dossier)
    requete = select(perimetre.c.sequence, perimetre.c.sorti).where(
        perimetre.c.territoire == porteur.territoire,
        perimetre.c.poste == porteur.poste,
        perimetre.c.dossier == demande.dossier,
    )
    ligne = connexion.execute(requete).one_or_none()
    if tenu is None or ligne is None or tenu.rattache:
        raise hors_perimetre()
    if ligne.sorti:
        return Effet(ligne.sequence)
    suivent = _placer(connexion, porteur, tenu, tenus)
    for un in (tenu, *suivent):
        diffusion.sortir(connexion, porteur.territoire, porteur.poste, un)
    noter(connexion, porteur, demande.agent, Acces.SORTIE, [tenu.id], maintenant)
    return Effet(tenu.sequence)
