"""Qui est ce poste pour le registre : son identifiant, ses clés, et celles du registre. Gardés dans le coffre."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from uuid_utils import UUID, uuid7

from modele.protocole.messages import Enrole

if TYPE_CHECKING:
    from modele.coffre.echanges import Echanges

PREFIXE: Final = "registre."
_UUID_V7: Final = 7


@dataclass(frozen=True, slots=True)
class Cles:
    """Les clés privées d'un poste et l'identifiant sous lequel il s'enrôle."""

    poste: str
    signature: bytes
    scellement: bytes


@dataclass(frozen=True, slots=True)
class Liaison:
    """Un poste enrôlé. ``autorite`` : le certificat (PEM) à exiger, vide si celui du registre est public."""

    adresse: str
    autorite: str
    cles: Cles
    guichet: str
    cle_registre: bytes
    scellement_registre: bytes


def cles_pour(echanges: Echanges, code: str) -> Cles:
    """Les clés à présenter avec ce code : les mêmes tant que le code est le même, pour redemander une réponse perdue.

    Écrites dans le coffre avant d'être dites au registre.
    """
    lus, marque = echanges.reglages(PREFIXE), _marque(code)
    if lus.get("registre.essai.code") == marque:
        return _cles(lus, "registre.essai.")
    from modele.protocole import scellement, signatures

    neuves = (
        # Un registre restauré l'a peut-être oublié : le même poste y rend ce qu'il tient sous son nom.
        _cles(lus, PREFIXE)
        if lus.get("registre.poste")
        else Cles(
            _identifiant(echanges), signatures.nouvelle_cle_de_signature(), scellement.nouvelle_cle_de_scellement()
        )
    )
    echanges.regler({"registre.essai.code": marque} | _reglages(neuves, "registre.essai."))
    return neuves


def est_le_code_qui_a_servi(echanges: Echanges, code: str) -> bool:
    """Vrai si c'est par ce code que ce poste est entré : le recoller n'est pas un vol."""
    return echanges.reglages(PREFIXE).get("registre.code_servi") == _marque(code)


def _marque(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()


def tirer_un_autre_poste(echanges: Echanges) -> Cles:
    """Un identifiant neuf et des clés neuves : l'ancien est pris (révoqué, ou ce coffre est la copie d'un autre)."""
    from modele.protocole import scellement, signatures

    autres = Cles(str(uuid7()), signatures.nouvelle_cle_de_signature(), scellement.nouvelle_cle_de_scellement())
    echanges.regler(_reglages(autres, "registre.essai."))
    return autres


def retenir(echanges: Echanges, adresse: str, autorite: str, cles: Cles, enrole: Enrole) -> Liaison:
    """Le registre a répondu : ce poste est enrôlé."""
    servi = echanges.reglages(PREFIXE)["registre.essai.code"]
    reglages = _reglages(cles, PREFIXE) | {
        "registre.adresse": adresse,
        "registre.autorite": autorite,
        "registre.guichet": enrole.nom_guichet,
        "registre.roles": " ".join(enrole.roles),
        "registre.cle_registre": enrole.cle_registre.hex(),
        "registre.scellement_registre": enrole.scellement_registre.hex(),
        "registre.essai.code": "",
        "registre.code_servi": servi,
    }
    echanges.regler(reglages)
    return _liaison(reglages)


def liaison(echanges: Echanges) -> Liaison | None:
    """La liaison de ce coffre, ou ``None`` s'il n'est enrôlé nulle part."""
    lus = echanges.reglages(PREFIXE)
    return _liaison(lus) if lus.get("registre.adresse") else None


def _liaison(lus: Mapping[str, str]) -> Liaison:
    return Liaison(
        lus["registre.adresse"],
        lus["registre.autorite"],
        _cles(lus, PREFIXE),
        lus["registre.guichet"],
        bytes.fromhex(lus["registre.cle_registre"]),
        bytes.fromhex(lus["registre.scellement_registre"]),
    )


def _cles(lus: Mapping[str, str], prefixe: str) -> Cles:
    return Cles(
        lus[f"{prefixe}poste"],
        bytes.fromhex(lus[f"{prefixe}cle_signature"]),
        bytes.fromhex(lus[f"{prefixe}cle_scellement"]),
    )


def _reglages(cles: Cles, prefixe: str) -> dict[str, str]:
    return {
        f"{prefixe}poste": cles.poste,
        f"{prefixe}cle_signature": cles.signature.hex(),
        f"{prefixe}cle_scellement": cles.scellement.hex(),
    }


def _identifiant(echanges: Echanges) -> str:
    """Celui du coffre s'il est d'un coffre récent ; sinon un neuf."""
    poste = echanges.chaine().poste
    return poste if _est_uuid7(poste) else str(uuid7())


def _est_uuid7(texte: str) -> bool:
    try:
        return UUID(texte).version == _UUID_V7
    except ValueError:
        return False
