"""Notre côté de la synchronisation : un vrai registre servi à part, un vrai transport, les mêmes dossiers.

Les opérations existent avant l'essai, comme dans un coffre ; leur signature, elle, se fait à l'envoi et compte.
"""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

import httpx
from debits import RETOUCHES, UNE_A_UNE, Debits
from uuid_utils import uuid7

from modele.dossier.chemins import Document
from modele.dossier.operations import Chaine, ChampPose, Operation, nouvelle_operation
from modele.dossier.unites import atomes, unite
from modele.droits import Auteur
from modele.fusion import EtatDossier, a_citer, relire_etat
from modele.protocole import scellement, signatures
from modele.protocole.messages import OPERATIONS_PAR_LOT, Enrolement, Journal, LotDOperations, OperationEnvoyee
from modele.protocole.ramasseur import sans_ramasser
from modele.synchro.cles import Cles
from modele.synchro.reception import ENTREES_PAR_PAGE
from modele.synchro.transport import Transport
from registre.base.moteur import creer_moteur
from registre.service.administration import creer_code, creer_guichet, creer_territoire

T = TypeVar("T")

POSTES = 2
TERRITOIRE = "metropole-exemple"
_RACINE = Path(__file__).parents[2]
_PATIENCE_S = 60
_ECHAUFFEMENT = 200


@dataclass(slots=True)
class _Poste:
    """Un poste enrôlé, sa ligne avec le registre, et où en est sa chaîne."""

    transport: Transport
    cles: Cles
    chaine: Chaine

    def preparer(self, champs: Iterable[tuple[str, Mapping[str, ChampPose]]]) -> list[Operation]:
        """Les opérations qui posent ces champs, chacune dans son dossier, à la suite de celles d'avant."""
        faites = []
        for dossier, poses in champs:
            faites.append(nouvelle_operation(self.chaine, dossier, poses, Auteur("agent"), datetime.now(UTC)))
            self.chaine = self.chaine.apres(faites[-1])
        return faites

    def envoyer(self, operations: Sequence[Operation], par_lot: int = OPERATIONS_PAR_LOT) -> None:
        """Signe et envoie, lot après lot ; chaque opération doit être reçue sans refus."""
        for debut in range(0, len(operations), par_lot):
            lot = [
                OperationEnvoyee(
                    un.octets,
                    signatures.signer(self.cles.signature, signatures.texte_d_operation(un.octets)),
                    un.sel,
                    un.contenu,
                )
                for un in operations[debut : debut + par_lot]
            ]
            recus = self.transport.operations(LotDOperations(lot))
            assert [recu.code for recu in recus.issues] == [""] * len(lot)


def debits(adresse: str, dossiers: Sequence[Document]) -> Debits:
    """Les débits, sur la base vide à cette adresse, après un échauffement dans un autre territoire.

    ``POSTES`` travaillent ensemble, chacun à son guichet, avec sa part et son processus du registre : comme Kinto, ses
    processus, ses connexions et ses collections.
    """
    with _servis(adresse) as urls:
        with _postes(adresse, urls, "echauffement") as postes:
            _mener(postes, dossiers[:_ECHAUFFEMENT])
        with _postes(adresse, urls, TERRITOIRE) as postes:
            return _mener(postes, dossiers)


def _mener(postes: Sequence[_Poste], dossiers: Sequence[Document]) -> Debits:
    creations = [
        poste.preparer((document["id"], _creation(document, poste)) for document in dossiers[rang::POSTES])
        for rang, poste in enumerate(postes)
    ]
    montee = _chronometrer(lambda: _ensemble(_Poste.envoyer, postes, creations))
    recus: list[set[str]] = []
    descente = _chronometrer(lambda: recus.extend(_ensemble(_descendre, postes)))
    assert recus == [{un.entete.dossier for un in une} for une in creations]
    tenus = [[etat for page in _pages(poste) for etat in _etats(page)] for poste in postes]
    part = min(RETOUCHES, len(dossiers)) // POSTES
    retouches = [
        poste.preparer(_retouches(etats[:part], f"9{rang}"))
        for rang, (poste, etats) in enumerate(zip(postes, tenus, strict=True))
    ]
    par_lots = _chronometrer(lambda: _ensemble(_Poste.envoyer, postes, retouches))
    # D'autres dossiers : ceux-là ont changé depuis qu'on les a lus.
    seules = postes[0].preparer(_retouches(tenus[0][-UNE_A_UNE:], "98"))
    une_a_une = _chronometrer(lambda: postes[0].envoyer(seules, par_lot=1))
    return Debits(
        montee=len(dossiers) / montee,
        descente=len(dossiers) / descente,
        retouches=part * POSTES / par_lots,
        une_a_une=len(seules) / une_a_une,
    )


def _ensemble(geste: Callable[..., T], postes: Sequence[_Poste], *parts: Sequence[Any]) -> list[T]:
    with ThreadPoolExecutor(len(postes)) as fils:
        return list(fils.map(geste, postes, *parts))


def _descendre(poste: _Poste) -> set[str]:
    """Tout le journal ; comme le poste, ne garde d'une page lue et comprise que ce qu'il en a fait."""
    recus = set()
    for page in _pages(poste):
        with sans_ramasser():
            recus.update([etat.dossier for etat in _etats(page)])
    return recus


def _pages(poste: _Poste) -> Iterator[Journal]:
    apres, reste = 0, True
    while reste:
        page = poste.transport.journal(apres, ENTREES_PAR_PAGE, "")
        yield page
        apres, reste = page.jusque, page.reste


def _etats(page: Journal) -> list[EtatDossier]:
    return [relire_etat(entree.etat) for entree in page.entrees if entree.etat is not None]


def _creation(document: Document, poste: _Poste) -> Mapping[str, ChampPose]:
    entete = {"territoire": poste.chaine.territoire, "schema": 1, "cree_le": datetime.now(UTC).isoformat()}
    return {chemin: ChampPose(apres=valeur) for chemin, valeur in atomes({**document, **entete})}


def _retouches(etats: Iterable[EtatDossier], serie: str) -> Iterator[tuple[str, Mapping[str, ChampPose]]]:
    for place, etat in enumerate(etats):
        vu, tranche = a_citer(etat, unite("contact.telephone"))
        telephone = f"+33639{serie}{place:04d}"
        yield etat.dossier, {"contact.telephone": ChampPose(vu, apres=telephone, tranche=tranche)}


def _chronometrer(geste: Any) -> float:
    depart = time.perf_counter()
    geste()
    return time.perf_counter() - depart


@contextmanager
def _servis(adresse: str) -> Iterator[list[str]]:
    """Les adresses du registre, un processus par poste : l'un après l'autre, le premier prépare la base."""
    with ExitStack() as pile:
        yield [pile.enter_context(_servi(adresse)) for _ in range(POSTES)]


@contextmanager
def _servi(adresse: str) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as libre:
        port = libre.getsockname()[1]
    commande = [sys.executable, "-m", "registre", "demarrer", "--base", adresse, "--sans-tls", "--port", str(port)]
    with TemporaryDirectory() as donnees:
        commande += ["--donnees", donnees]
        with subprocess.Popen(commande, cwd=_RACINE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as processus:
            try:
                _attendre(f"http://127.0.0.1:{port}")
                yield f"http://127.0.0.1:{port}"
            finally:
                processus.terminate()
                processus.wait()


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
def _postes(adresse: str, urls: Sequence[str], territoire: str) -> Iterator[list[_Poste]]:
    moteur, maintenant = creer_moteur(adresse), datetime.now(UTC)
    creer_territoire(moteur, territoire, territoire, maintenant)
    codes = []
    for rang in range(POSTES):
        creer_guichet(moteur, territoire, f"guichet-{rang}", f"Guichet {rang}")
        codes.append(creer_code(moteur, territoire, f"guichet-{rang}", ("agent",), timedelta(hours=1), maintenant))
    moteur.dispose()
    with ExitStack() as pile:
        yield [_enroler(pile, url, code, territoire) for url, code in zip(urls, codes, strict=True)]


def _enroler(pile: ExitStack, url: str, code: str, territoire: str) -> _Poste:
    cles = Cles(str(uuid7()), signatures.nouvelle_cle_de_signature(), scellement.nouvelle_cle_de_scellement())
    publiques = (
        signatures.cle_publique(cles.signature),
        scellement.cle_publique_de_scellement(cles.scellement),
    )
    transport = pile.enter_context(Transport(url, "", territoire, cles))
    transport.enroler(Enrolement(code, cles.poste, "Poste de mesure", *publiques))
    return _Poste(transport, cles, Chaine(territoire, cles.poste, str(uuid7())))
