"""Notre côté de la synchronisation : un vrai registre servi à part, un vrai transport, les mêmes dossiers.

Les opérations existent avant l'essai, comme dans un coffre ; leur signature, elle, se fait à l'envoi et compte.
"""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
from debits import Debits
from uuid_utils import uuid7

from modele.dossier.chemins import Document
from modele.dossier.operations import Chaine, ChampPose, Operation, nouvelle_operation
from modele.dossier.unites import atomes, unite
from modele.fusion import EtatDossier, a_citer
from modele.protocole import scellement, signatures
from modele.protocole.messages import OPERATIONS_PAR_LOT, Enrolement, LotDOperations, OperationEnvoyee
from modele.synchro.cles import Cles
from modele.synchro.transport import Transport
from registre.base.moteur import creer_moteur
from registre.service.administration import creer_code, creer_guichet, creer_territoire

RETOUCHES = 1000
TERRITOIRE = "metropole-exemple"
_RACINE = Path(__file__).parents[2]
_PATIENCE_S = 60
_PAGE = 500


def debits(adresse: str, dossiers: Sequence[Document]) -> Debits:
    """Les trois débits, sur la base vide à cette adresse."""
    with _servi(adresse) as url, _poste(adresse, url) as (transport, cles):
        chaine = Chaine(TERRITOIRE, cles.poste, str(uuid7()))
        creations: list[Operation] = []
        for document in dossiers:
            chaine = _suivante(creations, chaine, document["id"], _creation(document))
        montee = _chronometrer(lambda: _monter(transport, cles, creations))
        etats: list[EtatDossier] = []
        descente = _chronometrer(lambda: etats.extend(_descendre(transport)))
        assert len(etats) == len(dossiers)
        retouches: list[Operation] = []
        for rang, etat in enumerate(etats[:RETOUCHES]):
            chaine = _suivante(retouches, chaine, etat.dossier, _retouche(etat, f"+3363997{rang:04d}"))
        une_a_une = _chronometrer(lambda: _monter(transport, cles, retouches, par_lot=1))
    return Debits(len(dossiers) / montee, len(dossiers) / descente, len(retouches) / une_a_une)


def _monter(
    transport: Transport, cles: Cles, operations: Sequence[Operation], par_lot: int = OPERATIONS_PAR_LOT
) -> None:
    for debut in range(0, len(operations), par_lot):
        lot = [
            OperationEnvoyee(
                un.octets,
                signatures.signer(cles.signature, signatures.texte_d_operation(un.octets)),
                un.sel,
                un.contenu,
            )
            for un in operations[debut : debut + par_lot]
        ]
        recus = transport.operations(LotDOperations(lot))
        assert [recu.code for recu in recus.issues] == [""] * len(lot)


def _descendre(transport: Transport) -> Iterator[EtatDossier]:
    apres, reste = 0, True
    while reste:
        page = transport.journal(apres, _PAGE, "")
        yield from (entree.etat for entree in page.entrees if entree.etat is not None)
        apres, reste = page.jusque, page.reste


def _creation(document: Document) -> Mapping[str, ChampPose]:
    entete = {"territoire": TERRITOIRE, "schema": 1, "cree_le": datetime.now(UTC).isoformat()}
    return {chemin: ChampPose(apres=valeur) for chemin, valeur in atomes({**document, **entete})}


def _retouche(etat: EtatDossier, telephone: str) -> Mapping[str, ChampPose]:
    vu, tranche = a_citer(etat, unite("contact.telephone"))
    return {"contact.telephone": ChampPose(vu, apres=telephone, tranche=tranche)}


def _suivante(faites: list[Operation], chaine: Chaine, dossier: str, champs: Mapping[str, ChampPose]) -> Chaine:
    faites.append(nouvelle_operation(chaine, dossier, champs, "agent", datetime.now(UTC)))
    return chaine.apres(faites[-1])


def _chronometrer(geste: Any) -> float:
    depart = time.perf_counter()
    geste()
    return time.perf_counter() - depart


@contextmanager
def _servi(adresse: str) -> Iterator[str]:
    """L'adresse du registre, dans un processus à lui."""
    with socket.create_server(("127.0.0.1", 0)) as libre:
        port = libre.getsockname()[1]
    commande = [sys.executable, "-m", "registre", "demarrer", "--base", adresse, "--sans-tls", "--port", str(port)]
    with subprocess.Popen(commande, cwd=_RACINE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as processus:
        try:
            _attendre(f"http://127.0.0.1:{port}")
            yield f"http://127.0.0.1:{port}"
        finally:
            processus.terminate()


def _attendre(url: str) -> None:
    limite = time.monotonic() + _PATIENCE_S
    while time.monotonic() < limite:
        try:
            if httpx.get(f"{url}/pret", trust_env=False).status_code == httpx.codes.OK:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise TimeoutError("le registre n'a pas démarré")


@contextmanager
def _poste(adresse: str, url: str) -> Iterator[tuple[Transport, Cles]]:
    moteur, maintenant = creer_moteur(adresse), datetime.now(UTC)
    creer_territoire(moteur, TERRITOIRE, "Métropole d'exemple", maintenant)
    creer_guichet(moteur, TERRITOIRE, "accueil", "Accueil")
    code = creer_code(moteur, TERRITOIRE, "accueil", ("agent",), timedelta(hours=1), maintenant)
    moteur.dispose()
    cles = Cles(str(uuid7()), signatures.nouvelle_cle_de_signature(), scellement.nouvelle_cle_de_scellement())
    publiques = (
        signatures.cle_publique(cles.signature),
        scellement.cle_publique_de_scellement(cles.scellement),
    )
    with Transport(url, "", TERRITOIRE, cles) as transport:
        transport.enroler(Enrolement(code, cles.poste, "Poste de mesure", *publiques))
        yield transport, cles
