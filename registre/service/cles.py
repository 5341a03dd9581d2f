"""Les clés du registre pour un territoire : signature (Ed25519), scellement (X25519), défis (HMAC)."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Final, Literal

from sqlalchemy import Connection, insert, select

from modele.protocole.scellement import nouvelle_cle_de_scellement
from modele.protocole.signatures import nouvelle_cle_de_signature
from registre.base.schema import cle_registre
from registre.service.refus import refuser

Nom = Literal["signature", "scellement", "defi"]
_FABRIQUES: Final[dict[Nom, Callable[[], bytes]]] = {
    "signature": nouvelle_cle_de_signature,
    "scellement": nouvelle_cle_de_scellement,
    "defi": secrets.token_bytes,
}


def creer_cles(connexion: Connection, territoire: str) -> None:
    """Tire les clés d'un territoire neuf."""
    lignes = [{"territoire": territoire, "nom": nom, "valeur": tirer()} for nom, tirer in _FABRIQUES.items()]
    connexion.execute(insert(cle_registre), lignes)


def lire_cle(connexion: Connection, territoire: str, nom: Nom) -> bytes:
    """La clé privée. Lève ``Refuse`` si le territoire n'est pas tenu ici."""
    requete = select(cle_registre.c.valeur).where(cle_registre.c.territoire == territoire, cle_registre.c.nom == nom)
    valeur = connexion.execute(requete).scalar_one_or_none()
    if valeur is None:
        raise refuser(404, "territoire_inconnu", f"Ce registre ne tient pas le territoire « {territoire} ».")
    return bytes(valeur)
