"""Le schéma JSON publié d'un dossier, engendré depuis les types : ``ressources/schemas/dossier.schema.json``."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Struct

from modele.dossier.inventaire import ChampDossier, Genre, genre_du_champ, lire_annotation
from modele.dossier.nomenclatures import Nomenclature, nationales
from modele.dossier.types import SCHEMA, Champ, Dossier, Liste
from modele.dossier.verification import PREUVES
from ressources import RESSOURCES

FICHIER: Final = RESSOURCES / "schemas" / "dossier.schema.json"
_NU: Final[Mapping[Genre, Mapping[str, Any]]] = {
    Genre.BOOLEEN: {"type": "boolean"},
    Genre.ENTIER: {"type": "integer"},
    Genre.DECIMAL: {"type": "number"},
    Genre.DATE: {"type": "string", "format": "date"},
    Genre.TEXTE: {"type": "string"},
    Genre.TEXTES: {"type": "array", "items": {"type": "string"}},
}
_LIBRES: Final[Mapping[str, Mapping[str, Any]]] = {
    "preuves": {"type": "object", "additionalProperties": {"enum": list(PREUVES)}},
    "confirmations": {"type": "object", "additionalProperties": {"type": "string"}},
    "local": {"type": "object"},
}


def ecrire(chemin: Path = FICHIER) -> None:
    """Réécrit le schéma publié. À lancer après tout changement des types ou des nomenclatures."""
    chemin.write_text(texte(), encoding="utf-8")


def texte() -> str:
    """Le schéma, en JSON lisible et stable."""
    return msgspec.json.format(msgspec.json.encode(schema()), indent=2).decode() + "\n"


def schema() -> dict[str, Any]:
    """Le schéma JSON (2020-12) d'un dossier : types, bornes, codes, documentation. Les clés inconnues sont permises."""
    engendres = _Definitions()
    racine = engendres.objet(Dossier)
    racine["properties"] |= {
        "id": {"type": "string", "format": "uuid", "description": "UUIDv7, donné par le poste"},
        "territoire": {"type": "string"},
        "schema": {"type": "integer", "minimum": 1, "maximum": SCHEMA},
        "cree_le": {"type": "string", "format": "date-time"},
        **_LIBRES,
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Dossier de demande de logement social",
        **racine,
        "required": ["id", "territoire"],
        "$defs": {
            "refus": _seule("refus", {"const": True}),
            "ne_sait_pas": _seule("ne_sait_pas", {"const": True}),
            "aucun": _seule("aucun", {"const": True}),
            **{nom: _codes(nomenclature) for nom, nomenclature in nationales().items()},
            **engendres.types,
        },
    }


class _Definitions:
    """Les types rencontrés, chacun défini une fois et cité ensuite par son nom."""

    def __init__(self) -> None:
        self.types: dict[str, Any] = {}

    def citer(self, type_: type[Struct]) -> dict[str, Any]:
        if type_.__name__ not in self.types:
            self.types[type_.__name__] = {}
            self.types[type_.__name__] = self.objet(type_)
        return {"$ref": f"#/$defs/{type_.__name__}"}

    def objet(self, type_: type[Struct]) -> dict[str, Any]:
        proprietes: dict[str, Any] = {}
        for nom, annotation in get_type_hints(type_, include_extras=True).items():
            champ, valeur = lire_annotation(annotation)
            if champ is not None:
                proprietes[nom] = _reponse(ChampDossier(nom, genre_du_champ(champ, valeur), champ))
            elif get_origin(valeur) is Liste:
                proprietes[nom] = _liste(self.citer(get_args(valeur)[0]))
            elif isinstance(valeur, type) and issubclass(valeur, Struct):
                proprietes[nom] = self.citer(valeur)
        return {"type": "object", "description": inspect.cleandoc(type_.__doc__ or ""), "properties": proprietes}


def _liste(element: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {
            "elements": {"type": "object", "additionalProperties": element},
            "ordre": {"type": "array", "items": {"type": "string"}},
            "clos": {"type": "boolean"},
        },
    }


def _reponse(champ: ChampDossier) -> dict[str, Any]:
    """Une réponse : la valeur, ou ce qu'on en sait."""
    documentation = _documentation(champ.champ)
    if champ.genre is Genre.COCHES:
        return {**documentation, **_coches(champ.champ.nomenclature)}
    valeur = _valeur(champ)
    formes = [valeur, {"$ref": "#/$defs/refus"}, {"$ref": "#/$defs/ne_sait_pas"}]
    if champ.genre in (Genre.TEXTE, Genre.TEXTES):
        formes.append({"$ref": "#/$defs/aucun"})
    else:
        formes.append(_seule("parmi", {"type": "array", "items": valeur, "minItems": 1}))
    if champ.genre in (Genre.ENTIER, Genre.DECIMAL, Genre.DATE):
        formes.append(_seule("entre", {"type": "array", "items": valeur, "minItems": 2, "maxItems": 2}))
    return {**documentation, "anyOf": formes}


def _valeur(champ: ChampDossier) -> dict[str, Any]:
    if champ.genre is Genre.CHOIX:
        return {"$ref": f"#/$defs/{champ.champ.nomenclature}"}
    nombre = champ.genre in (Genre.ENTIER, Genre.DECIMAL)
    bornes = {"minimum": champ.champ.minimum, "maximum": champ.champ.maximum} if nombre else {}
    return {**_NU[champ.genre], **{cle: borne for cle, borne in bornes.items() if borne is not None}}


def _seule(cle: str, valeur: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": {cle: valeur}, "required": [cle], "additionalProperties": False}


def _coches(nomenclature: str) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {
            "coches": {"type": "array", "items": {"$ref": f"#/$defs/{nomenclature}"}, "uniqueItems": True},
            "clos": {"type": "boolean"},
            "refus": {"type": "boolean"},
        },
    }


def _codes(nomenclature: Nomenclature) -> dict[str, Any]:
    codes = [{"const": code.code, "title": code.libelle} for code in nomenclature.codes.values()]
    return {"title": nomenclature.libelle, "description": f"Source : {nomenclature.provenance.source}", "oneOf": codes}


def _documentation(champ: Champ) -> dict[str, Any]:
    dits = {
        "title": champ.definition,
        "x-unite": champ.unite,
        "x-cerfa": champ.cerfa,
        "x-source": champ.source,
        "x-longueur-sne": champ.longueur,
        "x-forme": champ.forme,
        "x-obligatoire": champ.obligatoire,
        "x-sensible": champ.sensible,
        "x-ephemere": champ.ephemere,
    }
    return {cle: dit for cle, dit in dits.items() if dit}


if __name__ == "__main__":
    ecrire()
