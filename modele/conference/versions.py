"""Les versions figées d'un dossier, en chaîne : chacune nomme l'empreinte de celle d'avant.

Une version perdue laisse un nom que rien ne porte ; une version changée n'a plus son empreinte. Deux postes qui figent
sans se voir font deux suites à la même : la version d'après tient compte des deux.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from modele.conference.publication import Figee, relire
from modele.regles.fautes import ErreurUtilisateur
from modele.regles.limites import OCTETS_AU_PLUS

PERDUE: Final = "Une version du dossier {} pour {} manque : celle que la version de {} suivait n'est plus sur ce poste."
ALTEREE: Final = "La version de {} du dossier {} pour {} n'est plus celle qui a été figée : elle ne se relit pas."
DEUX_SUITES: Final = (
    "Deux postes ont figé le dossier {} pour {} sans se voir : la version suivante tiendra compte des deux."
)


@dataclass(frozen=True, slots=True)
class Version:
    """Une version telle qu'elle se garde. ``contenu`` : compressé, en base64. ``quand``, ``par`` : quand, par qui."""

    territoire: str
    annee: int
    diffusion: str
    precedente: str
    empreinte: str
    contenu: str
    id: str = ""
    par: str = ""
    quand: str = ""

    @property
    def suite(self) -> tuple[str, int, str]:
        """La chaîne dont elle est."""
        return self.territoire, self.annee, self.diffusion


def enchainer(figee: bytes, avant: Sequence[Version]) -> Version:
    """La version à garder après ``avant``, celles de la même chaîne. Lève ``ErreurUtilisateur`` si ce n'en est pas."""
    lue = relire(figee)
    suite = lue.territoire, lue.annee, lue.diffusion
    precedente = derniere(avant, suite)
    contenu = base64.b64encode(zlib.compress(figee, 9)).decode()
    return Version(*suite, precedente, empreinte_de(precedente, figee), contenu)


def derniere(versions: Iterable[Version], suite: tuple[str, int, str]) -> str:
    """L'empreinte de celle que nulle ne suit encore ; vide : aucune version. De deux suites, la dernière gardée."""
    siennes = [une for une in versions if une.suite == suite]
    suivies = {une.precedente for une in siennes}
    return next((une.empreinte for une in reversed(siennes) if une.empreinte not in suivies), "")


def empreinte_de(precedente: str, figee: bytes) -> str:
    """Celle d'une version : elle tient celle d'avant et son contenu."""
    return hashlib.sha256(precedente.encode() + b"\n" + figee).hexdigest()


def ouvrir(version: Version) -> bytes:
    """Le dossier figé. Lève ``ErreurUtilisateur`` s'il n'est plus celui qui fut gardé."""
    octets = _decompresser(version.contenu)
    if (
        octets is None
        or empreinte_de(version.precedente, octets) != version.empreinte
        or not _de_sa_suite(version, octets)
    ):
        raise ErreurUtilisateur(ALTEREE.format(_jour(version), version.annee, version.diffusion))
    return octets


def _de_sa_suite(version: Version, octets: bytes) -> bool:
    try:
        lue = relire(octets)
    except ErreurUtilisateur:
        return False
    return (lue.territoire, lue.annee, lue.diffusion) == version.suite


def lire(version: Version) -> Figee:
    """Ce qu'elle publiait. Lève comme ``ouvrir``."""
    return relire(ouvrir(version))


def verifier(versions: Iterable[Version]) -> list[str]:
    """Ce qui ne va pas dans ces chaînes, une phrase chacun : perdue, changée, deux suites."""
    toutes = list(versions)
    dites: list[str] = []
    for une in toutes:
        siennes = [autre for autre in toutes if autre.suite == une.suite]
        try:
            ouvrir(une)
        except ErreurUtilisateur as faute:
            dites.append(str(faute))
        if une.precedente and une.precedente not in {autre.empreinte for autre in siennes}:
            dites.append(PERDUE.format(une.annee, une.diffusion, _jour(une)))
        if sum(autre.precedente == une.precedente for autre in siennes) > 1:
            dites.append(DEUX_SUITES.format(une.annee, une.diffusion))
    return list(dict.fromkeys(dites))


def _jour(version: Version) -> str:
    return version.quand[:10] or "ce jour"


def _decompresser(contenu: str) -> bytes | None:
    try:
        moulin = zlib.decompressobj()
        octets = moulin.decompress(base64.b64decode(contenu, validate=True), OCTETS_AU_PLUS)
    except (binascii.Error, zlib.error, ValueError):
        return None
    return octets if moulin.eof else None
