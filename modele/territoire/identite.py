"""L'identité d'un territoire : son nom, son système, ce qui lui manque. De quoi le choisir avant d'en lire le reste."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import PurePosixPath
from typing import Any, Final

from modele.regles.fautes import Faute, FichierFautif
from modele.regles.lecture import Lecteur, lire_toml
from modele.regles.provenance import SANS_PROVENANCE, Provenance, lire_provenance
from modele.sources import Fichier, Lecture
from modele.territoire.zones import ZONES

IDENTITE: Final = "territoire.toml"


@dataclass(frozen=True, slots=True)
class Source:
    """D'où vient une donnée."""

    titre: str
    url: str = ""
    releve_le: date | None = None


@dataclass(frozen=True, slots=True)
class Systeme:
    """Le système officiel de la demande : lui seul donne la note opposable."""

    nom: str
    url: str = ""
    provenance: Provenance = SANS_PROVENANCE


class SorteManque(StrEnum):
    """De quelle sorte est ce qui manque à un territoire."""

    GRILLE = "grille"
    PARAMETRE = "parametre"
    ACCUEIL = "accueil"
    AUTRE = "autre"


@dataclass(frozen=True, slots=True)
class Manque:
    """Ce que Perron n'a pas pour ce territoire, et qui peut le donner."""

    sujet: str
    complete_par: str
    sorte: SorteManque = SorteManque.AUTRE
    remarque: str = ""


@dataclass(frozen=True, slots=True)
class Apercu:
    """De quoi choisir un territoire dans une liste."""

    id: str
    nom: str
    exemple: bool
    essais: bool = False


def lister(lecture: Lecture) -> tuple[Apercu, ...]:
    """Les territoires qui s'offrent, par nom, l'exemple d'abord ; celui des essais, jamais.

    Lève ``FichierFautif`` avec toutes les fautes.
    """
    fautes: list[Faute] = []
    lus: list[Apercu] = []
    for nom, chemin in identites(lecture).items():
        with fautes_de(nom, fautes):
            lus.append(lecture.servir(chemin, _apercu))
    if fautes:
        raise FichierFautif(fautes)
    return tuple(sorted((un for un in lus if not un.essais), key=lambda un: (not un.exemple, un.nom)))


def identites(lecture: Lecture) -> dict[str, str]:
    """Le chemin de l'identité de chaque territoire, par identifiant."""
    return {PurePosixPath(un).parent.name: un for un in lecture.sources.chemins(f"territoires/*/{IDENTITE}")}


@contextmanager
def fautes_de(dossier: str, fautes: list[Faute]) -> Iterator[None]:
    """Ce qui se lit ici ajoute ses fautes à ``fautes`` au lieu de les lever."""
    try:
        yield
    except FichierFautif as fautif:
        # Le nom seul ne dit pas de quel territoire il s'agit : on le préfixe de son dossier.
        nom = PurePosixPath(dossier).name
        fautes += [Faute(f"{nom}/{f.fichier}", f.chemin, f.ligne, f.message) for f in fautif.fautes]


def _apercu(fichier: Fichier) -> Apercu:
    lu = lire_identite(fichier)
    return Apercu(lu["id"], lu["nom"], lu["exemple"], lu["essais"])


def lire_identite(fichier: Fichier) -> dict[str, Any]:
    """Ce que dit ``territoire.toml``, par champ de ``Territoire``. Lève ``FichierFautif``."""
    lecteur = lire_toml(fichier)
    lecteur.exiger_format()
    table, systeme = lecteur.table("territoire", obligatoire=True), lecteur.table("systeme", obligatoire=True)
    lu = (_territoire(table, fichier.dossier) if table else {}) | {
        "systeme": _systeme(systeme) if systeme else Systeme(""),
        "manques": tuple(_manque(un) for un in lecteur.tables("manque")),
        "sources": tuple(_source(une) for une in lecteur.tables("source")),
    }
    lecteur.finir()
    return lu


def _territoire(table: Lecteur, dossier: str) -> dict[str, Any]:
    lu = {
        "id": table.texte("id", obligatoire=True),
        "nom": table.texte("nom", obligatoire=True),
        "exemple": table.booleen("sans_valeur_officielle"),
        "essais": table.booleen("essais"),
        "departements": table.textes("departements", obligatoire=True),
        "epci_siren": table.texte("epci_siren"),
        "outre_mer": table.booleen("outre_mer"),
        "agglomeration_plus_300000": ou_inconnu(table, "agglomeration_plus_300000"),
        "zone_plafonds": table.texte("zone_plafonds", permis=ZONES),
        "remarque": table.texte("remarque"),
    }
    if lu["essais"] and not lu["exemple"]:
        table.signaler("essais", "un territoire d'essais est « sans_valeur_officielle »")
    if lu["id"] != dossier:
        table.signaler("id", f"l'identifiant est le nom du dossier : « {dossier} »")
    table.clore()
    return lu


def ou_inconnu(table: Lecteur, cle: str) -> bool | None:
    """Ce que dit la clé ; ``None`` si elle n'y est pas : on ne sait pas."""
    return table.booleen(cle) if cle in table else None


def _systeme(table: Lecteur) -> Systeme:
    lu = Systeme(table.texte("nom", obligatoire=True), table.texte("url"), lire_provenance(table))
    table.clore()
    return lu


def _manque(table: Lecteur) -> Manque:
    lu = Manque(
        table.texte("sujet", obligatoire=True),
        table.texte("complete_par", obligatoire=True),
        SorteManque(table.texte("sorte", permis=list(SorteManque), defaut=SorteManque.AUTRE)),
        table.texte("remarque"),
    )
    table.clore()
    return lu


def _source(table: Lecteur) -> Source:
    lu = Source(table.texte("titre", obligatoire=True), table.texte("url"), table.date("releve_le", obligatoire=True))
    table.clore()
    return lu
