"""L'opération : ce qui a changé, qui, quand. Immuable, enchaînée à la précédente par son empreinte.

Elle tient en deux suites d'octets, jamais re-sérialisées : l'en-tête, que la chaîne couvre, et le contenu (les champs),
que l'en-tête ne connaît que par ``SHA-256(sel ‖ contenu)``. Effacer contenu et sel laisse la chaîne vérifiable.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from typing import Any, Final

import msgspec
from msgspec import UNSET, Struct, UnsetType
from uuid_utils import uuid7

from modele.dossier.chemins import ABSENT, ELEMENTS, Document, est_element, lire, poser
from modele.dossier.documents import decimal_lu, decoder, encoder
from modele.dossier.types import SCHEMA
from modele.droits.auteur import Auteur

DOSSIER: Final = "dossier"
"""Le genre d'un objet dont rien n'en dit un autre."""
FORMAT: Final = 2
"""Le format des opérations écrites : chaque champ y est une feuille et y emmène son unité (voir ``unites``)."""

# ``gc=False``, ici et dans les messages : ils ne font jamais de boucle, et un dossier en tient des dizaines que le
# ramasse-miettes relirait.


class ChampPose(Struct, frozen=True, omit_defaults=True, gc=False):
    """Un champ changé : l'opération qui avait posé la valeur vue, la valeur avant, la valeur après.

    ``avant`` ou ``apres`` manquant : la clé n'était pas, ou n'est plus, dans le document. ``tranche`` : les autres
    opérations que ce changement remplace en connaissance de cause (même valeur vue, ou divergence tranchée).
    """

    vu: str | None = None
    avant: Any | UnsetType = UNSET
    apres: Any | UnsetType = UNSET
    tranche: tuple[str, ...] = ()


class Instant(Struct, frozen=True, gc=False):
    """L'heure du poste, à titre d'information : instant UTC et décalage local en minutes."""

    utc: datetime
    decalage: int


class Entete(Struct, frozen=True, omit_defaults=True, kw_only=True, gc=False):
    """Ce que la chaîne couvre. ``precedente`` et ``contenu`` : SHA-256 en hexadécimal.

    ``genre`` et ``dossier`` : l'objet. ``agent`` : l'auteur, dans les opérations d'avant ``auteur`` ; ``par`` lit l'un
    ou l'autre. ``suite_de`` : au rang 1 d'une époque neuve, l'époque que ce poste n'a pas pu continuer. ``format`` : 1,
    les champs sont ceux que l'écran a posés ; 2, des feuilles, unité par unité.
    """

    id: str
    territoire: str
    poste: str
    epoque: str
    rang: int
    genre: str = DOSSIER
    dossier: str
    agent: str = ""
    auteur: Auteur | None = None
    fait_le: Instant
    schema: int
    precedente: str | None
    contenu: str
    suite_de: str | None = None
    format: int = 1

    @property
    def par(self) -> Auteur:
        """Qui l'a faite ; sans rôle si l'opération n'en dit pas."""
        return self.auteur or Auteur(self.agent)


@dataclass(frozen=True, slots=True)
class Chaine:
    """Où s'ajoute la prochaine opération : le poste, son époque, le dernier rang et sa dernière empreinte.

    ``suite_de`` : l'époque que celle-ci continue.
    """

    territoire: str
    poste: str
    epoque: str
    rang: int = 0
    empreinte: bytes | None = None
    suite_de: str | None = None

    def apres(self, operation: Operation) -> Chaine:
        """La même chaîne, une fois ``operation`` ajoutée."""
        return replace(self, rang=operation.entete.rang, empreinte=operation.empreinte)


@dataclass(frozen=True, slots=True)
class Operation:
    """Une opération et ses octets tels qu'ils sont gardés et transmis. ``contenu`` vide : purgé."""

    octets: bytes
    sel: bytes | None
    contenu: bytes | None

    @property
    def entete(self) -> Entete:
        """L'en-tête lu."""
        return msgspec.json.decode(self.octets, type=Entete)

    @property
    def empreinte(self) -> bytes:
        """Ce que la suivante citera."""
        return hashlib.sha256(self.octets).digest()

    @property
    def champs(self) -> dict[str, ChampPose]:
        """Les champs changés, par chemin ; aucun si le contenu est purgé."""
        return _champs().decode(self.contenu) if self.contenu else {}

    def fidele(self) -> bool:
        """Le contenu est-il celui que l'en-tête annonce ? Un contenu purgé l'est."""
        if self.contenu is None or self.sel is None:
            return self.contenu is self.sel
        return _empreinte_du_contenu(self.sel, self.contenu) == self.entete.contenu


def nouvelle_operation(
    chaine: Chaine,
    dossier: str,
    champs: Mapping[str, ChampPose],
    auteur: Auteur,
    fait_le: datetime,
    genre: str = DOSSIER,
) -> Operation:
    """L'opération qui suit ``chaine``. ``dossier`` : l'objet, de ce genre ; ``fait_le`` porte son fuseau."""
    sel, contenu = os.urandom(16), encoder(champs)
    entete = Entete(
        id=str(uuid7()),
        territoire=chaine.territoire,
        poste=chaine.poste,
        epoque=chaine.epoque,
        rang=chaine.rang + 1,
        genre=genre,
        dossier=dossier,
        auteur=auteur,
        fait_le=_instant(fait_le),
        schema=SCHEMA,
        precedente=chaine.empreinte.hex() if chaine.empreinte else None,
        contenu=_empreinte_du_contenu(sel, contenu),
        suite_de=None if chaine.rang else chaine.suite_de,
        format=FORMAT,
    )
    return Operation(msgspec.json.encode(entete), sel, contenu)


def rechainer(chaine: Chaine, operation: Operation) -> Operation:
    """La même opération (identifiant, contenu, auteur) à la suite de ``chaine``, dans une époque neuve.

    Un poste restauré ou cloné ne peut plus continuer son ancienne époque : ce qui n'est pas parti part par celle-ci.
    """
    entete = msgspec.structs.replace(
        operation.entete,
        epoque=chaine.epoque,
        rang=chaine.rang + 1,
        precedente=chaine.empreinte.hex() if chaine.empreinte else None,
        suite_de=None if chaine.rang else chaine.suite_de,
    )
    return Operation(msgspec.json.encode(entete), operation.sel, operation.contenu)


def rejouer(operations: Iterable[Operation], document: Document | None = None) -> Document:
    """Le document que ces opérations, dans leur ordre, font de ``document`` (vide par défaut)."""
    rejoue: Document = dict(document or {})
    for operation in operations:
        rejoue = appliquer(rejoue, operation.champs)
    return rejoue


def appliquer(document: Document, champs: Mapping[str, ChampPose]) -> Document:
    """Le document une fois ces champs posés ou retirés."""
    for chemin, champ in champs.items():
        document = retirer(document, chemin) if champ.apres is UNSET else poser(document, chemin, champ.apres)
    return document


def retirer(document: Document, chemin: str) -> Document:
    """Le document sans ce champ, ni la table qu'il laisserait vide ; un élément de liste vide reste un élément."""
    if lire(document, chemin) is ABSENT:
        return document
    document = poser(document, chemin, ABSENT)
    dessus = chemin.rpartition(".")[0]
    if lire(document, dessus) == {} and not est_element(dessus) and not dessus.endswith(f".{ELEMENTS}"):
        return retirer(document, dessus)
    return document


def fautes_de_chaine(operations: Iterable[Operation]) -> Iterator[str]:
    """Les ruptures d'une chaîne (un territoire, un poste, une époque), par rang croissant."""
    rang, precedente = 0, None
    for operation in operations:
        rang, entete = rang + 1, operation.entete
        if entete.rang != rang:
            yield f"rang {rang} : l'opération manque"
            rang = entete.rang
        elif entete.precedente != precedente:
            yield f"rang {rang} : l'opération ne suit pas la précédente"
        if not operation.fidele():
            yield f"rang {rang} : le contenu a changé"
        precedente = operation.empreinte.hex()


def en_json(valeur: Any) -> Any:
    """La valeur telle que le JSON la rendra : dates en ISO, décimaux exacts."""
    return decoder(encoder(valeur))


@cache
def _champs() -> msgspec.json.Decoder[dict[str, ChampPose]]:
    return msgspec.json.Decoder(dict[str, ChampPose], float_hook=decimal_lu)


def _instant(quand: datetime) -> Instant:
    decalage = quand.utcoffset()
    assert decalage is not None, "un instant sans fuseau ne se compare à rien"
    return Instant(quand.astimezone(UTC), round(decalage.total_seconds() / 60))


def _empreinte_du_contenu(sel: bytes, contenu: bytes) -> str:
    return hashlib.sha256(sel + contenu).hexdigest()
