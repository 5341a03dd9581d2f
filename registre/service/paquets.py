"""Le fichier scellé d'un poste sans réseau, qu'un autre poste transmet sans pouvoir le lire ni le changer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import groupby

import msgspec
from msgspec import Struct, structs
from sqlalchemy import Connection, Engine, select

from modele.protocole.messages import (
    MIROIRS_PAR_REPRISE,
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
    Reprise,
    Sort,
    lire,
    octets,
    sceau_du_titre,
)
from modele.protocole.scellement import desceller, sceller
from modele.protocole.signatures import signer, texte_du_recu
from registre.base.moteur import lecture, unite_de_travail
from registre.base.schema import poste
from registre.base.schema import territoire as table_territoire
from registre.service.cles import lire_cle
from registre.service.comptes import declarer
from registre.service.fin_de_reprise import finir_la_reprise
from registre.service.jetons import Porteur, revoque
from registre.service.operations import recevoir
from registre.service.refus import Refuse, refuser
from registre.service.reprises import reprendre
from registre.service.retours import revenir

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
    cle, roles = bytes(ligne.cle_signature), frozenset(ligne.roles)
    porteur = Porteur(territoire, ligne.id, ligne.guichet, roles, cle, ligne.attendu)
    return _Origine(porteur, bytes(ligne.cle_scellement), ligne.revoque_le is not None)


def _traiter(moteur: Engine, origine: _Origine, paquet: Paquet, maintenant: datetime) -> RecuDePaquet:
    if origine.revoque:
        return RecuDePaquet(paquet.poste, refus=revoque().refus)
    if paquet.schema < SCHEMA_COURANT - 1:
        return RecuDePaquet(paquet.poste, refus=_ANCIEN)
    poignee = lecture(moteur, partial(_poignee, territoire=paquet.territoire))
    sorts = _reprendre(moteur, origine, paquet, maintenant) if paquet.poignee == poignee else {}
    try:
        # Avant les opérations : elles sont peut-être d'un compte ouvert hier.
        tenus = None if paquet.comptes is None else declarer(moteur, origine.porteur, paquet.comptes, maintenant)
    except Refuse as refuse:
        return RecuDePaquet(paquet.poste, refus=refuse.refus)
    rendu = _recevoir(moteur, origine, paquet, maintenant)
    if paquet.poignee == poignee and origine.porteur.attendu:
        # Sans réseau, il ne lira jamais le journal : son fichier vaut retour.
        tout = paquet.rendu and rendu.refus is None and (rendu.recus is None or rendu.recus.arret is None)
        unite_de_travail(moteur, partial(_est_revenu, porteur=origine.porteur, rendu=tout))
    return structs.replace(rendu, poignee=poignee, sorts=sorts, instant=maintenant, comptes=tenus)


def _reprendre(moteur: Engine, origine: _Origine, paquet: Paquet, maintenant: datetime) -> dict[str, Sort]:
    sorts: dict[str, Sort] = {}
    for debut in range(0, len(paquet.miroirs), MIROIRS_PAR_REPRISE):
        suite = paquet.miroirs[debut : debut + MIROIRS_PAR_REPRISE]
        rendus = reprendre(moteur, origine.porteur, Reprise(paquet.poignee, suite), maintenant).sorts
        sorts |= {sceau_du_titre(un.titre): sort for un, sort in zip(suite, rendus, strict=True)}
    return sorts


def _poignee(connexion: Connection, territoire: str) -> str:
    requete = select(table_territoire.c.poignee).where(table_territoire.c.territoire == territoire)
    return str(connexion.execute(requete).scalar_one())


def _est_revenu(connexion: Connection, porteur: Porteur, rendu: bool) -> None:
    revenir(connexion, porteur, rendu)
    finir_la_reprise(connexion, porteur.territoire)


def _recevoir(moteur: Engine, origine: _Origine, paquet: Paquet, maintenant: datetime) -> RecuDePaquet:
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
