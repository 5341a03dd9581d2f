"""Ce qui se vérifie d'un lot avant d'ouvrir la base : forme, territoire, signatures, contenus."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from types import NoneType
from typing import Any, Final

import msgspec
from msgspec import UNSET, UnsetType

from modele.dossier.ephemeres import en_dit
from modele.dossier.operations import DOSSIER, ChampPose, Entete, Operation
from modele.genres import livres
from modele.protocole.messages import OPERATIONS_PAR_LOT, OperationEnvoyee
from modele.protocole.signatures import texte_d_operation
from registre.service.refus import Refuse, refuser
from registre.service.signatures import toutes_vraies

ENTETE_AU_PLUS: Final = 4096
CONTENU_AU_PLUS: Final = 1 << 20
_IDENTIFIANT: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_CHEMIN: Final = re.compile(r"[^.#\x00]+(?:\.[^.#\x00]+){0,11}")
_CHEMIN_AU_PLUS: Final = 400
_PROFONDEUR_AU_PLUS: Final = 12
_RANG_AU_PLUS: Final = 2**62
_IMMUABLES: Final = frozenset({"id", "territoire", "schema", "cree_le"})
_ABSORBES: Final = "absorbes"
_PLATS: Final = frozenset({str, bool, int, float, Decimal, NoneType, UnsetType})


class Nature(Enum):
    """Ce que le chemin d'un champ dit de lui."""

    ORDINAIRE = 0
    FAUSSE = 1
    IMMUABLE = 2
    ABSORPTION = 3


@dataclass(frozen=True, slots=True)
class Recue(Operation):
    """Une opération du lot, authentique, lue une seule fois. ``citee`` : son empreinte, que la suivante cite.

    ``faute`` : « contenu » ou « schema » si ses champs ne se lisent pas. ``immuables`` : ceux de ses champs qui ne se
    posent qu'à la création. ``absorbes`` : ceux qu'elle fond dans son objet. ``rattache`` : le dossier auquel elle le
    rattache. ``comprise`` : le poste l'a déjà dans ce qu'il repropose à la base restaurée.
    """

    signature: bytes
    lu: Entete
    citee: bytes
    dits: dict[str, ChampPose]
    immuables: tuple[str, ...] = ()
    absorbes: tuple[str, ...] = ()
    rattache: str = ""
    faute: str = ""
    comprise: bool = False

    @property
    def entete(self) -> Entete:
        """L'en-tête, déjà lu."""
        return self.lu

    @property
    def champs(self) -> dict[str, ChampPose]:
        """Les champs, déjà lus."""
        return self.dits


def verifier_le_lot(territoire: str, cle: bytes, envoyees: Sequence[OperationEnvoyee]) -> list[Recue]:
    """Les opérations d'un poste dont ``cle`` est la clé publique, lues. Le lot entier tient, ou rien.

    Lève ``Refuse`` : trop d'opérations (413) ; en-tête illisible, époques mêlées, rangs qui ne se suivent pas (422) ;
    autre territoire, signature fausse (403).
    """
    if len(envoyees) > OPERATIONS_PAR_LOT:
        raise refuser(413, "lot_trop_grand", f"Un lot tient {OPERATIONS_PAR_LOT} opérations au plus.")
    entetes = [_entete(envoyee.octets) for envoyee in envoyees]
    if len({entete.id for entete in entetes}) < len(entetes):
        raise _desordonne()
    for rang, entete in enumerate(entetes):
        if entete.epoque != entetes[0].epoque or entete.rang != entetes[0].rang + rang:
            raise _desordonne()
        if entete.territoire != territoire:
            raise refuser(403, "territoire", "Ces opérations ne sont pas de ce territoire : rien n'a été enregistré.")
    if not toutes_vraies(cle, ((un.signature, texte_d_operation(un.octets)) for un in envoyees)):
        raise refuser(403, "signature_fausse", "Une opération n'est pas signée par ce poste : rien n'a été gardé.")
    return [_lire(envoyee, entete) for envoyee, entete in zip(envoyees, entetes, strict=True)]


def est_identifiant(texte: str) -> bool:
    """Vrai pour un UUID écrit comme Perron l'écrit."""
    return _IDENTIFIANT.fullmatch(texte) is not None


def _entete(octets: bytes) -> Entete:
    try:
        if len(octets) > ENTETE_AU_PLUS:
            raise _illisible()
        entete = msgspec.json.decode(octets, type=Entete)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        raise _illisible() from None
    identifiants = all(map(est_identifiant, (entete.id, entete.epoque, entete.dossier)))
    if not identifiants or not 0 < entete.rang < _RANG_AU_PLUS or entete.fait_le.utc.tzinfo is None:
        raise _illisible()
    return entete


def _desordonne() -> Refuse:
    return refuser(422, "lot_desordonne", "Un lot tient les opérations d'une seule époque, rang après rang.")


def _illisible() -> Refuse:
    return refuser(422, "lot_illisible", "Une opération du lot ne se lit pas : rien n'a été enregistré.")


def _lire(envoyee: OperationEnvoyee, entete: Entete) -> Recue:
    operation = Operation(envoyee.octets, envoyee.sel, envoyee.contenu)
    champs, faute = _champs(operation)
    rares = [(chemin, nature) for chemin in champs if (nature := _nature(chemin)) is not Nature.ORDINAIRE]
    if not faute and not _bien_formes(champs, rares, entete.genre):
        champs, rares, faute = {}, [], "schema"
    return Recue(
        operation.octets,
        operation.sel,
        operation.contenu,
        envoyee.signature,
        entete,
        hashlib.sha256(operation.octets).digest(),
        champs,
        immuables=tuple(chemin for chemin, nature in rares if nature is Nature.IMMUABLE),
        absorbes=tuple(sorted(_absorbes(champs, rares))),
        rattache=_rattache(champs, entete.genre),
        faute=faute,
        comprise=envoyee.comprise,
    )


def _champs(operation: Operation) -> tuple[dict[str, ChampPose], str]:
    """Les champs, ou la faute d'un contenu qui n'est pas celui que l'en-tête annonce."""
    contenu = operation.contenu
    if not contenu or len(contenu) > CONTENU_AU_PLUS or not operation.fidele():
        return {}, "contenu"
    try:
        return operation.champs, ""
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return {}, "contenu"


def _nature(chemin: str) -> Nature:
    # Un chemin démesuré n'entre pas dans le cache : il y resterait.
    return _nature_connue(chemin) if len(chemin) <= _CHEMIN_AU_PLUS else Nature.FAUSSE


@lru_cache(maxsize=50_000)
def _nature_connue(chemin: str) -> Nature:
    if _CHEMIN.fullmatch(chemin) is None:
        return Nature.FAUSSE
    racine = chemin.partition(".")[0]
    if racine in _IMMUABLES:
        return Nature.IMMUABLE
    return Nature.ABSORPTION if racine == _ABSORBES else Nature.ORDINAIRE


def _bien_formes(champs: Mapping[str, ChampPose], rares: Sequence[tuple[str, Nature]], genre: str) -> bool:
    """Ces champs ont la forme de ce qui s'écrit.

    Ce qui ne s'écrit pas (``modele.dossier.ephemeres``) n'a pas de forme : l'opération signée ne peut pas être amputée,
    elle est refusée sous le motif de toute autre faute de forme, rien n'en est gardé, et le poste la ressaisit sans.
    """
    if Nature.FAUSSE in dict(rares).values() or not all(map(_champ_borne, champs.values())):
        return False
    return genre != DOSSIER or not any(
        en_dit(chemin, champ.apres) or en_dit(chemin, champ.avant) for chemin, champ in champs.items()
    )


def _absorbes(champs: Mapping[str, ChampPose], rares: Sequence[tuple[str, Nature]]) -> Iterator[str]:
    """Les dossiers que ces champs disent fondus dans le leur."""
    for chemin, nature in rares:
        if nature is Nature.ABSORPTION and champs[chemin].apres is not UNSET:
            yield chemin.partition(".")[2]


def _rattache(champs: Mapping[str, ChampPose], genre: str) -> str:
    """Le dossier auquel ces champs rattachent leur objet ; vide s'ils n'en disent rien."""
    champ = champs.get(livres().du(genre).rattache)
    return "" if champ is None else str(champ.apres)


def _champ_borne(champ: ChampPose) -> bool:
    apres, avant = champ.apres, champ.avant
    return (type(apres) in _PLATS or _bornee(apres)) and (type(avant) in _PLATS or _bornee(avant))


def _bornee(valeur: Any, profondeur: int = _PROFONDEUR_AU_PLUS) -> bool:
    """Une valeur sans fin ferait échouer la lecture de tout le dossier."""
    if type(valeur) in _PLATS:
        return True
    dessous = valeur.values() if isinstance(valeur, dict) else valeur
    return profondeur > 0 and all(_bornee(un, profondeur - 1) for un in dessous)
