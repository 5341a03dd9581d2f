"""L'ordre où la demande se recopie sur le portail ou le formulaire officiel : une donnée lue et vérifiée."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from modele.dossier.inventaire import ChampDossier, inventaire
from modele.regles.disque import Lisible
from modele.regles.lecture import Lecteur, lire_toml, vouliez_vous
from modele.regles.provenance import lire_provenance

FICHIER: Final = "national/portail.toml"
_JAMAIS: Final = ("securite_sociale", "protection.", "triage.")


@dataclass(frozen=True, slots=True)
class Rubrique:
    """Des cases qui se suivent. ``liste`` : la rubrique se répète pour chaque élément ; ``champs`` y sont relatifs."""

    id: str
    libelle: str
    champs: tuple[str, ...]
    liste: str = ""


@dataclass(frozen=True, slots=True)
class Portail:
    """``dit`` : ce que vaut cet ordre, à dire à l'agent. ``rubriques`` : dans l'ordre.

    ``formulaire``, ``version`` : du papier que ces cases suivent, et de leur ordre ici ; ce que dit son code.
    """

    dit: str
    rubriques: tuple[Rubrique, ...]
    formulaire: str = ""
    version: int = 1


def lire_portail(chemin: Lisible) -> Portail:
    """L'ordre d'un fichier. Lève ``FichierFautif`` avec toutes les fautes."""
    lecteur = lire_toml(chemin)
    lecteur.exiger_format()
    lire_provenance(lecteur, exigees=("source", "verifie_le"))
    dit, vus = lecteur.texte("dit", obligatoire=True), set[str]()
    formulaire, version = lecteur.texte("formulaire", obligatoire=True), lecteur.entier("version", obligatoire=True)
    rubriques = tuple(_lire(table, vus) for table in lecteur.tables("rubrique", obligatoire=True))
    lecteur.finir()
    return Portail(dit, rubriques, formulaire, version or 1)


def _lire(table: Lecteur, vus: set[str]) -> Rubrique:
    nom = table.identifiant(vus)
    liste = table.texte("liste", permis=tuple(inventaire().listes))
    champs = lire_reportables(table, "champs", liste, obligatoire=True)
    libelle = table.texte("libelle", obligatoire=True)
    table.clore()
    return Rubrique(nom, libelle, champs, liste)


def lire_reportables(table: Lecteur, cle: str, liste: str = "", *, obligatoire: bool = False) -> tuple[str, ...]:
    """Des champs du dossier qui peuvent se recopier sur un papier officiel ; un autre est une faute.

    ``liste`` : celle dont ils sont, relatifs à un de ses éléments ; vide : ceux du dossier.
    """
    champs = table.textes(cle, obligatoire=obligatoire)
    for champ in champs:
        if refus := refus_de_reporter(champ, liste):
            table.signaler(cle, refus)
    return champs


def refus_de_reporter(champ: str, liste: str = "") -> str:
    """Pourquoi ce champ ne se recopie sur aucun papier officiel ; vide s'il le peut."""
    connus = _connus(liste)
    trouve = connus.get(champ)
    if trouve is None:
        return f"« {champ} » : ce champ n'existe pas dans le dossier{vouliez_vous(champ, connus)}"
    return f"« {champ} » ne se reporte jamais : ni fait protégé, ni éphémère, ni numéro" if _tu(champ, trouve) else ""


def _connus(liste: str) -> dict[str, ChampDossier]:
    if liste not in inventaire().listes:
        return inventaire().champs
    return {champ.chemin: champ for champ in inventaire().listes[liste].champs}


def _tu(nom: str, champ: ChampDossier) -> bool:
    return champ.champ.violence or champ.champ.ephemere or any(interdit in nom for interdit in _JAMAIS)
