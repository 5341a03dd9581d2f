"""Le fichier scellé d'un poste sans réseau, qu'un autre poste transmet sans pouvoir le lire ni le changer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import groupby

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, Engine, select

from modele.protocole.messages import (
    OPERATIONS_PAR_LOT,
    SCHEMA_COURANT,
    LotDOperations,
    OperationEnvoyee,
    Paquet,
    Recu,
    RecuDePaquet,
    Recus,
    RecuSigne,
    Refus,
    lire,
    octets,
)
from modele.protocole.scellement import desceller, sceller
from modele.protocole.signatures import signer, texte_du_recu
from registre.base.moteur import lecture
from registre.base.schema import poste
from registre.service.cles import lire_cle
from registre.service.jetons import Porteur, revoque
from registre.service.operations import recevoir
from registre.service.refus import Refuse, refuser

_ANCIEN = Refus(
    "schema_ancien",
    "Le Perron de ce poste est trop ancien pour ce registre. Mettez-le à jour ; rien de ce qui attend n'est perdu.",
)
_ETRANGER = "Ce paquet ne vient pas d'un poste de ce territoire. Demandez-en un nouveau au poste d'origine."


@dataclass(frozen=True, slots=True)
class _Origine:
    """Le poste qui a écrit le paquet : c'est lui qui signe, et à lui que le reçu est scellé."""

    porteur: Porteur
    cle_scellement: bytes
    revoque: bool


class _Epoque(Struct):
    epoque: str = ""


def recevoir_paquet(moteur: Engine, transmis_par: Porteur, scelle: bytes, maintenant: datetime) -> bytes:
    """Le reçu, signé, scellé pour le poste d'origine dont les opérations sont traitées comme s'il les avait envoyées.

    Un refus de ses opérations est dans le reçu ; le poste qui transmet n'en sait rien. Lève ``ErreurUtilisateur`` si le
    paquet ne s'ouvre pas, ``Refuse`` (422) s'il ne se lit pas ou vient d'ailleurs, ``BaseIndisponible``.
    """
    ouvrir, signature = lecture(moteur, partial(_cles, territoire=transmis_par.territoire))
    paquet = _ouvrir(desceller(ouvrir, scelle))
    origine = lecture(moteur, partial(_origine, territoire=transmis_par.territoire, paquet=paquet))
    if origine is None:
        raise refuser(422, "paquet_etranger", _ETRANGER)
    rendu = octets(_traiter(moteur, origine, paquet, maintenant))
    return sceller(origine.cle_scellement, octets(RecuSigne(rendu, signer(signature, texte_du_recu(rendu)))))


def _cles(connexion: Connection, territoire: str) -> tuple[bytes, bytes]:
    """Les clés privées du territoire : celle qui ouvre les paquets, celle qui signe les reçus."""
    return lire_cle(connexion, territoire, "scellement"), lire_cle(connexion, territoire, "signature")


def _ouvrir(clair: bytes) -> Paquet:
    try:
        return lire(clair, Paquet)
    except msgspec.DecodeError:
        raise refuser(
            422, "paquet_illisible", "Ce paquet ne se lit pas. Demandez-en un nouveau au poste d'origine."
        ) from None


def _origine(connexion: Connection, territoire: str, paquet: Paquet) -> _Origine | None:
    requete = select(poste).where(poste.c.territoire == territoire, poste.c.id == paquet.poste)
    ligne = connexion.execute(requete).one_or_none()
    if ligne is None or paquet.territoire != territoire:
        return None
    porteur = Porteur(territoire, ligne.id, ligne.guichet, frozenset(ligne.roles), bytes(ligne.cle_signature))
    return _Origine(porteur, bytes(ligne.cle_scellement), ligne.revoque_le is not None)


def _traiter(moteur: Engine, origine: _Origine, paquet: Paquet, maintenant: datetime) -> RecuDePaquet:
    if origine.revoque:
        return RecuDePaquet(paquet.poste, refus=revoque().refus)
    if paquet.schema < SCHEMA_COURANT - 1:
        return RecuDePaquet(paquet.poste, refus=_ANCIEN)
    issues: list[Recu] = []
    for lot in _lots(paquet.operations):
        try:
            recus = recevoir(moteur, origine.porteur, LotDOperations(lot), maintenant)
        except Refuse as refuse:
            return RecuDePaquet(paquet.poste, Recus(issues), refuse.refus)
        issues += recus.issues
        if recus.arret is not None:
            return RecuDePaquet(paquet.poste, Recus(issues, recus.arret))
    return RecuDePaquet(paquet.poste, Recus(issues))


def _lots(operations: Sequence[OperationEnvoyee]) -> Iterator[list[OperationEnvoyee]]:
    """Une époque à la fois, et au plus ce que tient un lot."""
    for _, memes in groupby(operations, _epoque):
        suite = list(memes)
        for debut in range(0, len(suite), OPERATIONS_PAR_LOT):
            yield suite[debut : debut + OPERATIONS_PAR_LOT]


def _epoque(operation: OperationEnvoyee) -> str:
    """Celle que dit l'en-tête ; ce qui ne se lit pas ira à la vérification, qui le refusera."""
    try:
        return msgspec.json.decode(operation.octets, type=_Epoque).epoque
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return ""
