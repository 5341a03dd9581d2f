"""Naître, entrer, sortir, migrer : le document d'un dossier, en JSON exact."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache
from typing import Any, Final

import msgspec

from modele.dossier.chemins import Document
from modele.dossier.ephemeres import est_ephemere
from modele.dossier.positions_json import cles
from modele.dossier.retires import sans_retires
from modele.dossier.types import SCHEMA
from modele.dossier.verification import Ecart, verifier
from modele.regles.fautes import ErreurUtilisateur, Faute, FichierFautif

Migration = Callable[[Document], Document]
# La migration « n » fait passer du schéma n au schéma n + 1. Une version publiée n'en sort jamais.
MIGRATIONS: Final[Mapping[int, Migration]] = {}
# Aucune valeur du métier n'approche cette grandeur ; au-delà, un exposant ferait un nombre de millions de chiffres.
_EXPOSANT_AU_PLUS: Final = 30
_REPONSE_FAUTIVE: Final = "cette réponse ne se lit pas. Relisez cette ligne : le schéma publié dit ce qu'elle admet."


class NombreDemesure(msgspec.DecodeError):
    """Un nombre lisible, mais d'une grandeur que rien dans le métier n'approche."""


def identifiant() -> str:
    """Un identifiant neuf, UUIDv7 : il se trie par date de création et ne dit rien d'autre."""
    import uuid_utils

    return str(uuid_utils.uuid7())


def nouveau(territoire: str, cree_le: str) -> Document:
    """Un dossier neuf et vide. ``cree_le`` : instant ISO 8601, donné par l'appelant."""
    return {"id": identifiant(), "territoire": territoire, "schema": SCHEMA, "cree_le": cree_le}


def decoder(octets: bytes | str) -> Any:
    """Le JSON d'un document, décimaux exacts (jamais ``float``). Lève ``msgspec.DecodeError``."""
    try:
        return _decodeur().decode(octets)
    except (UnicodeError, RecursionError) as cause:
        raise msgspec.DecodeError(str(cause)) from None


def encoder(document: Any) -> bytes:
    """Le JSON compact et stable d'un document ou d'une de ses valeurs : clés triées, décimaux écrits tels quels."""
    return _encodeur().encode(document)


def exporter(document: Mapping[str, Any]) -> str:
    """Le JSON lisible d'un document, stable : deux documents égaux donnent le même texte."""
    return msgspec.json.format(encoder(document), indent=2).decode() + "\n"


def importer(texte: bytes | str, fichier: str, *, strict: bool = True) -> Document:
    """Un document lu, migré et vérifié ; ses clés inconnues sont gardées, ses codes retirés s'effacent.

    ``fichier`` nomme la source dans les fautes. ``strict`` faux : une réponse fautive est gardée telle quelle, son
    fait restera inconnu. Lève ``FichierFautif`` avec toutes les fautes (clé et ligne), ``ErreurUtilisateur`` si le
    document vient d'une version plus récente.
    """
    document = _ouvrir(texte, fichier)
    ecarts = [*_entete(document), *_doublons(texte)]
    if not ecarts:
        document = sans_retires(migrer(document, fichier))
        ecarts = verifier(document) if strict else []
    if ecarts:
        ou = _lignes(texte)
        fautes = [_faute(fichier, ecart, _ligne(ou, ecart.chemin)) for ecart in ecarts]
        raise FichierFautif(sorted(fautes, key=lambda faute: faute.ligne or 0))
    return document


def migrer(document: Document, source: str, migrations: Mapping[int, Migration] | None = None) -> Document:
    """Le document au schéma courant, une migration après l'autre. Lève ``ErreurUtilisateur`` s'il est plus récent."""
    connues = MIGRATIONS if migrations is None else migrations
    courant = max(connues, default=SCHEMA - 1) + 1
    version = document.get("schema", SCHEMA)
    if version > courant:
        raise ErreurUtilisateur(
            f"{source} : ce dossier vient d'une version plus récente de Perron (schéma {version}, ce poste lit "
            f"jusqu'au {courant}). Mettez ce poste à jour ; le dossier n'a pas été touché."
        )
    for depuis in range(version, courant):
        document = {**connues[depuis](document), "schema": depuis + 1}
    return document


def decimal_lu(ecrit: str) -> Decimal:
    """Le nombre à virgule que ce texte JSON dit, exact. Lève ``NombreDemesure``."""
    lu = Decimal(ecrit)
    if abs(lu.adjusted()) > _EXPOSANT_AU_PLUS:
        # Sans le répéter : à cet instant on ne sait pas encore à quel champ il répond.
        raise NombreDemesure("nombre démesuré")
    return lu


def _ouvrir(texte: bytes | str, fichier: str) -> Document:
    try:
        document = decoder(texte)
    except msgspec.DecodeError as cause:
        place = re.search(r"\(byte (\d+)\)", str(cause))
        ligne = _octets(texte)[: int(place[1])].count(b"\n") + 1 if place else None
        message = "ce n'est pas du JSON lisible. Vérifiez les guillemets, les virgules et les accolades à cet endroit."
        if isinstance(cause, NombreDemesure):
            message = f"{cause}. Corrigez-le."
        raise FichierFautif([Faute(fichier, "", ligne, message)]) from None
    if not isinstance(document, dict):
        raise FichierFautif([Faute(fichier, "", 1, "attendu : un dossier, un objet JSON { … }")])
    return document


def _entete(document: Document) -> list[Ecart]:
    """Ce sans quoi le document n'est pas un dossier."""
    ecarts = [
        Ecart(cle, "cette clé manque ou n'est pas un texte ; elle est obligatoire")
        for cle in ("id", "territoire")
        if not isinstance(document.get(cle), str) or not document[cle]
    ]
    schema = document.get("schema", SCHEMA)
    if isinstance(schema, bool) or not isinstance(schema, int) or schema < 1:
        ecarts.append(Ecart("schema", "attendu : un numéro de version, 1 ou plus"))
    return ecarts


def _doublons(texte: bytes | str) -> list[Ecart]:
    """Une clé écrite deux fois : le décodeur n'en garderait qu'une, en silence."""
    vues: set[tuple[str, ...]] = set()
    ecarts = []
    for chemin, ligne in cles(_octets(texte).decode()):
        if chemin in vues:
            ecarts.append(Ecart(".".join(chemin), f"cette clé est écrite deux fois (ligne {ligne}). Gardez-en une."))
        vues.add(chemin)
    return ecarts


def _lignes(texte: bytes | str) -> dict[str, int]:
    return {".".join(chemin): ligne for chemin, ligne in cles(_octets(texte).decode())}


def _faute(fichier: str, ecart: Ecart, ligne: int | None) -> Faute:
    """La faute à dire ; d'une réponse qui ne s'écrit pas, ni le champ ni la valeur : un journal la garderait."""
    if est_ephemere(ecart.chemin):
        return Faute(fichier, ecart.chemin.partition(".")[0], ligne, _REPONSE_FAUTIVE)
    return Faute(fichier, ecart.chemin, ligne, ecart.message)


def _ligne(ou: Mapping[str, int], chemin: str) -> int | None:
    """La ligne du chemin, ou celle de la table la plus proche au-dessus de lui."""
    while chemin and chemin not in ou:
        chemin = chemin.rpartition(".")[0]
    return ou.get(chemin)


def _octets(texte: bytes | str) -> bytes:
    return texte.encode(errors="replace") if isinstance(texte, str) else texte


@cache
def _decodeur() -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(float_hook=decimal_lu)


@cache
def _encodeur() -> msgspec.json.Encoder:
    return msgspec.json.Encoder(decimal_format="number", order="sorted")
