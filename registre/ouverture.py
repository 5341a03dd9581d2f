"""Ouvrir la base, embarquée ou donnée, et ce que le dossier de données retient du service."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec
from msgspec import Struct
from sqlalchemy import Engine

from modele.regles.disque import ecrire
from registre.base.embarque import Grappe
from registre.base.migration import mettre_a_jour
from registre.base.moteur import creer_moteur


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
    au_rejeu: Callable[[str], None] | None = None,
) -> Iterator[Ouverte]:
    """La base de ``donnees``, ou celle de ``base`` (``postgresql://…``) ; arrêtée à la sortie si nous l'avons lancée.

    ``seule`` : aucun autre programme ne doit la mener ; ``a_jour`` : la migrer d'abord. Lève ``ErreurUtilisateur``.
    """
    grappe = None if base else Grappe(donnees)
    adresse = base or ""
    try:
        if grappe is not None:
            adresse = grappe.demarrer(seule)
        moteur = creer_moteur(adresse, au_rejeu)
        try:
            if a_jour:
                mettre_a_jour(moteur)
            yield Ouverte(moteur, adresse, grappe)
        finally:
            moteur.dispose()
    finally:
        if grappe is not None:
            grappe.arreter()


def retenir_service(donnees: Path, service: Service) -> None:
    """Garde où joindre ce registre, pour les codes d'enrôlement. Lève ``ErreurUtilisateur``."""
    donnees.mkdir(parents=True, exist_ok=True, mode=0o700)
    ecrire(donnees / "service.json", msgspec.json.encode(service))


def service_retenu(donnees: Path) -> Service | None:
    """Où joindre ce registre, s'il a déjà démarré."""
    try:
        return msgspec.json.decode((donnees / "service.json").read_bytes(), type=Service)
    except (OSError, msgspec.DecodeError):
        return None
