"""Une écriture passerait-elle, et ce que l'exploitant surveille : disque libre, dernière sauvegarde, certificat."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from modele.regles.fautes import ErreurUtilisateur
from registre import tls
from registre.base.migration import SCHEMA_BASE, version
from registre.base.moteur import BaseIndisponible, Reprises, unite_de_travail

DERNIERE_SAUVEGARDE: Final = "derniere-sauvegarde.json"
AUCUNE: Final = "aucune connue"
DISQUE_AU_MOINS: Final = 64 * 1024 * 1024
"""Quatre morceaux du journal de PostgreSQL : en dessous, la prochaine écriture peut l'arrêter."""
_UN_ESSAI: Final = Reprises(essais=1)
# Qui demande sans arrêt n'écrit pas sans arrêt.
_GARDER_S: Final = 1.0


class Pret(Struct, frozen=True):
    """Une écriture passerait-elle (``etat`` : pret, pas_pret), sinon pourquoi (``code``, ``message``).

    Dates ISO en UTC. ``disque_libre`` en octets, nul si la base est ailleurs ; ``sauvegarde`` : la dernière connue, ou
    « aucune connue », et son âge en secondes ; ``certificat_fin`` : nul sans TLS.
    """

    etat: str
    schema: int = 0
    code: str = ""
    message: str = ""
    disque_libre: int | None = None
    sauvegarde: str = AUCUNE
    sauvegarde_age_s: int | None = None
    certificat_fin: str | None = None


class Sauvegarde(Struct, frozen=True):
    """Ce que ``sauvegarder`` laisse dans le dossier de données."""

    le: datetime
    fichier: str = ""


@dataclass(frozen=True, slots=True)
class Machine:
    """Ce que le registre voit de sa machine. ``donnees`` nul : rien ; ``embarquee`` : la base vit dans ``donnees``."""

    donnees: Path | None = None
    embarquee: bool = False
    tls: bool = False
    prises: Callable[[], int] = int

    def disque_libre(self) -> int | None:
        """Octets libres où vit la base embarquée."""
        if self.donnees is None or not self.embarquee:
            return None
        try:
            return shutil.disk_usage(self.donnees).free
        except OSError:
            return None

    def sauvegarde(self) -> Sauvegarde | None:
        """La dernière sauvegarde connue."""
        if self.donnees is None:
            return None
        try:
            lue = msgspec.json.decode((self.donnees / DERNIERE_SAUVEGARDE).read_bytes(), type=Sauvegarde)
        except (OSError, msgspec.DecodeError, UnicodeDecodeError):
            return None
        return lue if lue.le.tzinfo else msgspec.structs.replace(lue, le=lue.le.replace(tzinfo=UTC))

    def certificat_fin(self) -> datetime | None:
        """Jusqu'à quand vaut le certificat servi."""
        if self.donnees is None or not self.tls:
            return None
        try:
            return tls.fin_du_serveur(self.donnees)
        except ErreurUtilisateur:
            return None

    def jauges(self, maintenant: datetime) -> dict[str, float]:
        """Les mêmes, en nombres."""
        libre, gardee, fin = self.disque_libre(), self.sauvegarde(), self.certificat_fin()
        jauges: dict[str, float] = {"perron_prises": self.prises()}
        if libre is not None:
            jauges["perron_disque_libre_octets"] = libre
        if gardee is not None:
            jauges["perron_sauvegarde_age_secondes"] = (maintenant - gardee.le).total_seconds()
        if fin is not None:
            jauges["perron_certificat_reste_secondes"] = (fin - maintenant).total_seconds()
        return jauges


class Essai:
    """Essaie d'écrire, une fois par seconde au plus, et retient ce qu'il en est."""

    def __init__(self) -> None:
        self._verrou = threading.Lock()
        self._quand = -_GARDER_S
        self._dernier = Pret("pas_pret")

    def mener(self, moteur: Engine, machine: Machine, maintenant: datetime) -> Pret:
        """L'état de cette seconde."""
        with self._verrou:
            if time.monotonic() - self._quand >= _GARDER_S:
                self._dernier = pret(moteur, machine, maintenant)
                self._quand = time.monotonic()
            return self._dernier


def pret(moteur: Engine, machine: Machine, maintenant: datetime) -> Pret:
    """Écrit pour de vrai, sans rien changer, et dit ce que la machine en laisse voir."""
    etat = msgspec.structs.replace(_ecrire(moteur, machine.disque_libre()), **_vu(machine, maintenant))
    return msgspec.structs.replace(etat, etat="pas_pret" if etat.code else "pret")


def _ecrire(moteur: Engine, libre: int | None) -> Pret:
    try:
        schema = unite_de_travail(moteur, _une_ecriture, reprises=_UN_ESSAI)
    except BaseIndisponible as panne:
        return Pret("", code=panne.code, message=str(panne))
    except DBAPIError:
        # Un droit retiré, une table perdue : la suite des requêtes le dira dans les traces.
        return Pret(
            "", code="ecriture_refusee", message="La base du registre refuse d'écrire. Prévenez l'administrateur."
        )
    if schema != SCHEMA_BASE:
        phrase = f"La base est au schéma {schema} et ce registre au {SCHEMA_BASE} : redémarrez-le, ou mettez-le à jour."
        return Pret("", schema, "schema_de_base", phrase)
    if libre is not None and libre < DISQUE_AU_MOINS:
        phrase = f"Il ne reste que {libre // 2**20} Mo sur le disque de la base du registre : libérez de la place."
        return Pret("", schema, "base_pleine", phrase)
    return Pret("", schema)


def _une_ecriture(connexion: Connection) -> int:
    """Une écriture validée, donc rendue au disque, qui ne change rien : annulée, PostgreSQL ne l'y porterait pas."""
    schema = version(connexion)
    if schema:
        connexion.execute(text("UPDATE alembic_version SET version_num = version_num"))
    return schema


def _vu(machine: Machine, maintenant: datetime) -> dict[str, object]:
    gardee, fin = machine.sauvegarde(), machine.certificat_fin()
    return {
        "disque_libre": machine.disque_libre(),
        "sauvegarde": gardee.le.astimezone(UTC).isoformat(timespec="seconds") if gardee else AUCUNE,
        "sauvegarde_age_s": int((maintenant - gardee.le).total_seconds()) if gardee else None,
        "certificat_fin": fin.isoformat(timespec="seconds") if fin else None,
    }
