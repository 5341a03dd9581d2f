"""Mille postes de cinquante territoires sur un seul registre : arrivées à débit fixe, latences dites sans complaisance.

La latence se compte de l'heure prévue de la saisie, pas de son départ : un registre qui s'engorge ne se cache pas.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import psutil
from outils_registre import PosteDEssai
from sqlalchemy import Engine
from uuid_utils import uuid7

from modele.dossier.operations import Chaine, ChampPose, Operation, nouvelle_operation
from modele.dossier.unites import atomes
from modele.droits import Auteur
from modele.protocole.messages import (
    ENTETE_SCHEMA,
    SCHEMA_COURANT,
    LotDOperations,
    OperationEnvoyee,
    Recus,
    lire,
    octets,
)
from modele.protocole.signatures import signer, texte_d_operation
from registre.service.administration import creer_code, creer_guichet, creer_territoire
from registre.service.enrolement import enroler

_CONNEXIONS = 64
_UN_JOURNAL_SUR = 10


@dataclass(frozen=True, slots=True)
class Reglages:
    """``postes`` répartis sur ``territoires``, ``debit`` saisies par seconde pendant ``secondes``."""

    postes: int = 1000
    territoires: int = 50
    debit: float = 100.0
    secondes: float = 120.0


@dataclass
class PosteSimule:
    """Un poste qui n'a qu'un dossier et y change un champ."""

    poste: PosteDEssai
    jeton: str
    chaine: Chaine
    dossier: str = field(default_factory=lambda: str(uuid7()))
    derniere: str = ""
    verrou: asyncio.Lock = field(default_factory=asyncio.Lock)

    def saisir(self, rang: int) -> Operation:
        """L'opération suivante : la création, puis des numéros de téléphone."""
        if self.derniere:
            telephone = ChampPose(self.derniere, apres=f"+3363997{rang % 10_000:04d}")
            champs = {"contact.telephone": telephone}
        else:
            initial = {"id": self.dossier, "territoire": self.poste.territoire, "schema": 1, "cree_le": "2026-11-25"}
            initial |= {
                "demandeur": {"nom": f"Nom{rang}", "prenoms": "Nadia"},
                "contact": {"telephone": "+33639970000"},
            }
            champs = {chemin: ChampPose(apres=valeur) for chemin, valeur in atomes(initial)}
        operation = nouvelle_operation(self.chaine, self.dossier, champs, Auteur("agent"), datetime.now(UTC))
        self.chaine, self.derniere = self.chaine.apres(operation), operation.entete.id
        return operation


@dataclass
class Constat:
    """Ce qu'on a vu : latences en secondes, fautes par cause, dépense du registre et de PostgreSQL."""

    latences: list[float] = field(default_factory=list)
    fautes: Counter[str] = field(default_factory=Counter)
    journaux: int = 0
    duree: float = 0.0
    processeur_s: float = 0.0
    memoire_mo: float = 0.0

    def centile(self, part: float) -> float:
        """La latence, en millisecondes, que ``part`` des saisies ne dépassent pas."""
        rangees = sorted(self.latences)
        return 1000 * rangees[min(len(rangees) - 1, int(part * len(rangees)))]

    def __str__(self) -> str:
        return (
            f"{len(self.latences)} saisies en {self.duree:.0f} s ({len(self.latences) / self.duree:.0f}/s), "
            f"{self.journaux} lectures du journal, fautes : {dict(self.fautes) or 'aucune'} ; "
            f"latence p50 {self.centile(0.5):.0f} ms, p99 {self.centile(0.99):.0f} ms, max {self.centile(1):.0f} ms ; "
            f"registre et PostgreSQL : {self.processeur_s:.0f} s de processeur, {self.memoire_mo:.0f} Mo au plus"
        )


def enroler_tous(moteur: Engine, reglages: Reglages, maintenant: datetime) -> list[PosteSimule]:
    """Les territoires, un guichet chacun, et les postes enrôlés avec un jeton."""
    simules = []
    for rang in range(reglages.territoires):
        territoire = f"territoire-{rang:02d}"
        creer_territoire(moteur, territoire, territoire, maintenant)
        creer_guichet(moteur, territoire, "accueil", "Accueil")
        for numero in range(reglages.postes // reglages.territoires):
            poste = PosteDEssai(f"Poste {numero}", territoire)
            code = creer_code(moteur, territoire, "accueil", ("agent",), timedelta(hours=1), maintenant)
            poste.enrole = enroler(moteur, poste.demande(code), maintenant)
            simules.append(
                PosteSimule(poste, poste.jeton(moteur, maintenant), Chaine(territoire, poste.id, str(uuid7())))
            )
    return simules


def mener(adresse: str, postes: Sequence[PosteSimule], reglages: Reglages, programmes: Sequence[int]) -> Constat:
    """Mène la charge. ``programmes`` : les processus dont la dépense se compte, avec leurs enfants."""
    return asyncio.run(_mener(adresse, postes, reglages, programmes))


async def _mener(adresse: str, postes: Sequence[PosteSimule], reglages: Reglages, programmes: Sequence[int]) -> Constat:
    constat, hasard = Constat(), random.Random(2026)
    avant, depart = _depense(programmes)[0], time.perf_counter()
    limites = httpx.Limits(max_connections=_CONNEXIONS, max_keepalive_connections=_CONNEXIONS)
    async with httpx.AsyncClient(base_url=adresse, limits=limites, timeout=60, trust_env=False) as client:
        # Autant de convoyeurs que de connexions : mille demandes en attente dans httpx le ralentiraient, lui d'abord.
        file: asyncio.Queue[Coroutine[Any, Any, None] | None] = asyncio.Queue()
        convoyeurs = [asyncio.create_task(_convoyer(file)) for _ in range(_CONNEXIONS)]
        for rang in range(int(reglages.debit * reglages.secondes)):
            prevue = depart + rang / reglages.debit
            if (attente := prevue - time.perf_counter()) > 0:
                await asyncio.sleep(attente)
            # D'abord chaque poste crée son dossier, puis n'importe lequel saisit.
            simule = postes[rang] if rang < len(postes) else hasard.choice(postes)
            file.put_nowait(_saisir(client, simule, rang, prevue, constat))
            if rang % _UN_JOURNAL_SUR == 0:
                file.put_nowait(_lire(client, simule, constat))
        for _ in convoyeurs:
            file.put_nowait(None)
        await asyncio.gather(*convoyeurs)
    constat.duree = time.perf_counter() - depart
    apres, constat.memoire_mo = _depense(programmes)
    constat.processeur_s = apres - avant
    return constat


async def _convoyer(file: asyncio.Queue[Coroutine[Any, Any, None] | None]) -> None:
    while (demande := await file.get()) is not None:
        await demande


async def _saisir(client: httpx.AsyncClient, simule: PosteSimule, rang: int, prevue: float, constat: Constat) -> None:
    async with simule.verrou:
        operation = simule.saisir(rang)
        signature = signer(simule.poste.cle_signature, texte_d_operation(operation.octets))
        lot = LotDOperations([OperationEnvoyee(operation.octets, signature, operation.sel, operation.contenu)])
        try:
            reponse = await client.post("/v1/operations", content=octets(lot), headers=_entetes(simule))
        except httpx.HTTPError as panne:
            constat.fautes[type(panne).__name__] += 1
            return
        if reponse.status_code != httpx.codes.OK:
            constat.fautes[str(reponse.status_code)] += 1
            return
        constat.latences.append(time.perf_counter() - prevue)
        if any(recu.issue != "acceptee" for recu in lire(reponse.content, Recus).issues):
            constat.fautes["pas acceptée"] += 1


async def _lire(client: httpx.AsyncClient, simule: PosteSimule, constat: Constat) -> None:
    parametres = {"territoire": simule.poste.territoire, "apres": 0, "limite": 50, "poignee": ""}
    try:
        reponse = await client.get("/v1/journal", params=parametres, headers=_entetes(simule))
    except httpx.HTTPError as panne:
        constat.fautes[f"journal, {type(panne).__name__}"] += 1
        return
    constat.journaux += 1
    if reponse.status_code != httpx.codes.OK:
        constat.fautes[f"journal, {reponse.status_code}"] += 1


def _entetes(simule: PosteSimule) -> dict[str, str]:
    return {
        "Authorization": f"Bearer {simule.jeton}",
        ENTETE_SCHEMA: str(SCHEMA_COURANT),
        "Content-Type": "application/json",
    }


def _depense(programmes: Sequence[int]) -> tuple[float, float]:
    """Les secondes de processeur et la mémoire (Mo) de ces processus et de leurs enfants."""
    tous = {un for pid in programmes for un in (psutil.Process(pid), *psutil.Process(pid).children(recursive=True))}
    temps = memoire = 0.0
    for processus in tous:
        try:
            passe = processus.cpu_times()
            temps += passe.user + passe.system + passe.children_user + passe.children_system
            memoire += processus.memory_info().rss / 1e6
        except psutil.NoSuchProcess:
            continue
    return temps, memoire
