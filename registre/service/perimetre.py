"""Tenir un dossier d'un autre guichet, avec un motif qui reste écrit ; ne plus tenir un dossier."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Final

from sqlalchemy import Connection, Engine, select

from modele.dossier.acces import Acces
from modele.protocole.messages import Effet, Ouverture, Sortie
from registre.base.moteur import unite_de_travail
from registre.base.schema import perimetre
from registre.service import diffusion
from registre.service.consultations import noter
from registre.service.jetons import Porteur
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
    tenu = vivant(prendre(connexion, porteur, [demande.dossier]), demande.dossier)
    if tenu is None or tenu.tombe or not _peut_tenir(porteur, tenu):
        raise hors_perimetre()
    exiger_la_reprise_finie(connexion, porteur, tenu.id)
    tenu.sequence = diffusion.prendre_des_sequences(connexion, porteur.territoire, 1) + 1
    diffusion.entrer(connexion, porteur.territoire, porteur.poste, tenu)
    noter(connexion, porteur, demande.agent, Acces.OUVERTURE, [tenu.id], maintenant, motif=demande.motif.strip())
    return Effet(tenu.sequence)


def _peut_tenir(porteur: Porteur, tenu: Tenu) -> bool:
    if not tenu.discret:
        return True
    return porteur.guichet == tenu.guichet and ("social" in porteur.roles or porteur.poste == tenu.poste)


def _sortir(connexion: Connection, porteur: Porteur, demande: Sortie, maintenant: datetime) -> Effet:
    tenu = prendre(connexion, porteur, [demande.dossier]).get(demande.dossier)
    requete = select(perimetre.c.sequence, perimetre.c.sorti).where(
        perimetre.c.territoire == porteur.territoire,
        perimetre.c.poste == porteur.poste,
        perimetre.c.dossier == demande.dossier,
    )
    ligne = connexion.execute(requete).one_or_none()
    if tenu is None or ligne is None:
        raise hors_perimetre()
    if ligne.sorti:
        return Effet(ligne.sequence)
    tenu.sequence = diffusion.prendre_des_sequences(connexion, porteur.territoire, 1) + 1
    diffusion.sortir(connexion, porteur.territoire, porteur.poste, tenu)
    noter(connexion, porteur, demande.agent, Acces.SORTIE, [tenu.id], maintenant)
    return Effet(tenu.sequence)
