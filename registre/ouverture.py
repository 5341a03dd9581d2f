"""Ouvrir la base, embarquée ou donnée, et ce que le dossier de données retient du service."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct
from sqlalchemy import Engine

from modele.regles.disque import ecrire, raison
from modele.regles.fautes import ErreurUtilisateur
from registre.base.compte import exiger_le_bon_compte
from registre.base.embarque import Grappe
from registre.base.migration import mettre_a_jour, version
from registre.base.moteur import creer_moteur, lecture

DERNIERE: Final = "derniere-sauvegarde.json"


class Service(Struct, frozen=True):
    """Où les postes joignent le registre : ``hote:port`` (autorité locale), ou une adresse ``http://``."""

    adresse: str


@dataclass(frozen=True, slots=True)
class Ouverte:
    """Une base ouverte : son moteur, son adresse, et le PostgreSQL embarqué si c'en est un."""

    moteur: Engine
    adresse: str
    grappe: Grappe | None = None


@contextmanager
def base_ouverte(
    donnees: Path,
    base: str | None,
    *,
    seule: bool = False,
    a_jour: bool = True,
    creer: bool = False,
    au_rejeu: Callable[[str], None] | None = None,
) -> Iterator[Ouverte]:
    """La base de ``donnees``, ou celle de ``base`` (``postgresql://…``) ; arrêtée à la sortie si nous l'avons lancée.

    ``seule`` : aucun autre programme ne doit la mener ; ``a_jour`` : la migrer d'abord ; ``creer`` : faire un registre
    neuf s'il n'y en a pas. Lève ``ErreurUtilisateur`` ; sans ``creer``, rien n'est laissé où il n'y avait rien.
    """
    exiger_le_bon_compte(donnees)
    if not creer and not base and not _existe(donnees):
        raise ErreurUtilisateur(_absent(f"dans {donnees.absolute()}"))
    grappe = None if base else Grappe(donnees)
    adresse = base or ""
    try:
        if grappe is not None:
            adresse = grappe.demarrer(seule)
        moteur = creer_moteur(adresse, au_rejeu)
        try:
            if not creer and not lecture(moteur, version):
                raise ErreurUtilisateur(_absent(f"dans {donnees.absolute()}" if grappe else "dans cette base"))
            if a_jour:
                mettre_a_jour(moteur)
            yield Ouverte(moteur, adresse, grappe)
        finally:
            moteur.dispose()
    finally:
        if grappe is not None:
            grappe.arreter()


def _existe(donnees: Path) -> bool:
    try:
        return (donnees / "postgresql" / "PG_VERSION").exists()
    except OSError as panne:
        raise ErreurUtilisateur(
            f"Le dossier {donnees.absolute()} ne se lit pas ({raison(panne)}). "
            "Lancez la commande depuis le compte du registre, ou dites son dossier : --donnees."
        ) from panne


def _absent(ou: str) -> str:
    return (
        f"Aucun registre {ou}. Si le vôtre est ailleurs, dites où : --donnees (ou --base) ; chaque compte de "
        "l'ordinateur a son dossier. Rien n'a été créé."
    )


def retenir_service(donnees: Path, service: Service) -> None:
    """Garde où joindre ce registre, pour les codes d'enrôlement. Lève ``ErreurUtilisateur``."""
    donnees.mkdir(parents=True, exist_ok=True, mode=0o700)
    ecrire(donnees / "service.json", msgspec.json.encode(service))


class Sauvegarde(Struct, frozen=True):
    """La dernière sauvegarde écrite et relue : quand (UTC), et le nom du fichier."""

    le: datetime
    fichier: str


def retenir_sauvegarde(donnees: Path, fichier: Path, le: datetime) -> None:
    """Garde la date de la dernière sauvegarde, pour qui surveille le registre. Lève ``ErreurUtilisateur``."""
    if donnees.is_dir():
        ecrire(donnees / DERNIERE, msgspec.json.encode(Sauvegarde(le, fichier.name)))


def service_retenu(donnees: Path) -> Service | None:
    """Où joindre ce registre, s'il a déjà démarré."""
    try:
        return msgspec.json.decode((donnees / "service.json").read_bytes(), type=Service)
    except (OSError, msgspec.DecodeError):
        return None
