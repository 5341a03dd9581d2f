"""Les natures de données, lues dans ``sources.toml`` : où elles se rangent, quelles couches peuvent y toucher."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from modele.regles.disque import Lisible
from modele.regles.faits import proche
from modele.regles.fautes import ErreurUtilisateur
from modele.regles.lecture import Lecteur, lire_toml
from modele.sources.couches import Couche, Surcharge

FICHIER: Final = "national/sources.toml"
_ID: Final = r"[a-z0-9][a-zA-Z0-9-]{0,47}"
_OCTETS_D_UNE_CLE: Final = 32


@dataclass(frozen=True, slots=True)
class Genre:
    """Ce qui se publie d'un bloc. ``racine`` : où ses fichiers se rangent, « fiches/{id} »."""

    id: str
    racine: str

    def situer(self, identifiant: str, fichier: str) -> str:
        """Le chemin d'un de ses fichiers sous les ressources."""
        return f"{self.racine.replace('{id}', identifiant)}/{fichier}"


@dataclass(frozen=True)
class Nature:
    """Une nature de données : les fichiers qui en sont, et les couches qui peuvent y toucher."""

    id: str
    genre: Genre
    fichiers: tuple[str, ...]
    couches: frozenset[Couche]
    raison: str

    @cached_property
    def motif(self) -> re.Pattern[str]:
        """L'expression que suivent les chemins de ses fichiers."""
        return re.compile("|".join(_motif(self.genre.situer("{id}", fichier)) for fichier in self.fichiers))


@dataclass(frozen=True)
class Natures:
    """Tout ``sources.toml``. ``cles`` : celles dont la signature vaut publication nationale."""

    genres: Mapping[str, Genre]
    natures: Mapping[str, Nature]
    cles: tuple[bytes, ...] = ()

    def de(self, chemin: str) -> Nature | None:
        """La nature d'un fichier, ou ``None`` s'il n'est d'aucune."""
        return next((nature for nature in self.natures.values() if nature.motif.fullmatch(chemin)), None)

    def refus(self, chemin: str, couche: Couche) -> str:
        """Pourquoi cette couche ne peut pas toucher à ce fichier ; vide si elle le peut."""
        nature = self.de(chemin)
        if nature is None:
            return "Perron n'emploie aucun fichier de ce nom"
        return "" if couche in nature.couches else nature.raison

    def genre(self, nom: str) -> Genre:
        """Le genre de ce nom. Lève ``ErreurUtilisateur`` avec le plus ressemblant."""
        if nom in self.genres:
            return self.genres[nom]
        voisin = proche(nom, self.genres)
        suite = f" ; vouliez-vous « {voisin} » ?" if voisin else f" ; attendu : {', '.join(self.genres)}."
        raise ErreurUtilisateur(f"« {nom} » n'est pas un genre de données qui se publie{suite}")

    def situer(self, surcharge: Surcharge) -> str:
        """Le chemin sous les ressources de ce qu'une structure a modifié ; vide si sa nature n'existe pas."""
        nature = self.natures.get(surcharge.nature)
        return nature.genre.situer(surcharge.id, surcharge.fichier) if nature else ""


def lire_natures(fichier: Lisible) -> Natures:
    """Lit et vérifie ``sources.toml``. Lève ``FichierFautif`` avec toutes les fautes."""
    lecteur = lire_toml(fichier)
    if lecteur.entier("format", obligatoire=True) not in (1, None):
        lecteur.signaler("format", "ce format est inconnu ; attendu : 1")
    genres = {table.texte("id", obligatoire=True): _genre(table) for table in lecteur.tables("genre", obligatoire=True)}
    natures: dict[str, Nature] = {}
    for table in lecteur.tables("nature", obligatoire=True):
        nature = _nature(table, genres)
        if nature.id in natures:
            table.signaler("id", f"« {nature.id} » est écrit deux fois")
        natures[nature.id] = nature
    cles = tuple(_cle(table) for table in lecteur.tables("cle_nationale"))
    lecteur.clore()
    lecteur.fautes.verifier()
    return Natures(genres, natures, cles)


def _genre(table: Lecteur) -> Genre:
    genre = Genre(table.texte("id", obligatoire=True), table.texte("racine", obligatoire=True))
    table.clore()
    return genre


def _nature(table: Lecteur, genres: Mapping[str, Genre]) -> Nature:
    genre = table.texte("genre", obligatoire=True, permis=tuple(genres))
    ecrites = table.textes("couches", obligatoire=True)
    for inconnue in (une for une in ecrites if une not in list(Couche)):
        table.signaler("couches", f"« {inconnue} » n'est pas une couche ; attendu : {', '.join(Couche)}")
    nature = Nature(
        id=table.texte("id", obligatoire=True),
        genre=genres.get(genre, Genre("", "")),
        fichiers=table.textes("fichiers", obligatoire=True),
        couches=frozenset(Couche(une) for une in ecrites if une in list(Couche)),
        raison=table.texte("raison", obligatoire=True),
    )
    table.clore()
    return nature


def _cle(table: Lecteur) -> bytes:
    table.texte("organisme", obligatoire=True)
    table.date("verifie_le", obligatoire=True)
    table.texte("source", obligatoire=True)
    try:
        cle = base64.b64decode(table.texte("cle", obligatoire=True), validate=True)
    except binascii.Error:
        cle = b""
    if len(cle) != _OCTETS_D_UNE_CLE:
        table.signaler("cle", "attendu : une clé publique Ed25519, 32 octets en base 64")
    table.clore()
    return cle


def _motif(chemin: str) -> str:
    """« fiches/{id}/*.md » : ``{id}`` est un identifiant, ``*`` un morceau de chemin sans barre."""
    return re.escape(chemin).replace(r"\{id\}", _ID).replace(r"\*", r"[^/]+")
