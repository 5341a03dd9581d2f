"""Ce qu'un lieu peut faire, et pour quel besoin on y va : ``national/accueil.toml``. Les niveaux sont d'usage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from modele.lieux.modele import NIVEAUX, Lieu
from modele.regles.disque import Lisible
from modele.regles.lecture import Lecteur, lire_toml
from modele.regles.provenance import COMPLETE, SANS_PROVENANCE, Provenance, lire_provenance

FICHIER: Final = "national/accueil.toml"


@dataclass(frozen=True, slots=True)
class Niveau:
    """Un niveau de service et ce qu'il recouvre. La loi n'en connaît pas : à faire valider."""

    rang: int
    libelle: str
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Mission:
    """Ce qu'un lieu peut faire, et le niveau où l'usage le range."""

    id: str
    libelle: str
    niveau: int


@dataclass(frozen=True, slots=True)
class Besoin:
    """Pourquoi l'on vient. ``missions`` : un lieu qui en a une y répond sans avoir à le redire."""

    id: str
    libelle: str
    missions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Accueil:
    """Les niveaux, les missions et les besoins, chacun par son code, dans l'ordre écrit."""

    niveaux: Mapping[int, Niveau] = field(default_factory=dict)
    missions: Mapping[str, Mission] = field(default_factory=dict)
    besoins: Mapping[str, Besoin] = field(default_factory=dict)
    provenance: Provenance = SANS_PROVENANCE

    def repond(self, lieu: Lieu, besoin: str) -> bool:
        """Vrai si l'on y va pour ce besoin : il le dit, l'une de ses missions y répond, ou il enregistre."""
        missions = {*lieu.missions, *(("enregistrer",) if lieu.enregistre else ())}
        return besoin in lieu.besoins or not missions.isdisjoint(self.besoins[besoin].missions)

    def besoins_de(self, lieu: Lieu) -> tuple[Besoin, ...]:
        """Les besoins auxquels ce lieu répond."""
        return tuple(un for nom, un in self.besoins.items() if self.repond(lieu, nom))


def lire_accueil(fichier: Lisible) -> Accueil:
    """Lit et vérifie le fichier. Lève ``FichierFautif`` avec toutes ses fautes."""
    lecteur = lire_toml(fichier)
    lecteur.exiger_format()
    provenance = lire_provenance(lecteur, exigees=COMPLETE)
    vus: set[str] = set()
    niveaux = [_niveau(table) for table in lecteur.tables("niveau", obligatoire=True)]
    missions = [_mission(table, vus) for table in lecteur.tables("mission", obligatoire=True)]
    besoins = [_besoin(table, vus, {une.id for une in missions}) for table in lecteur.tables("besoin")]
    lecteur.finir()
    return Accueil(
        {un.rang: un for un in niveaux}, {une.id: une for une in missions}, {un.id: un for un in besoins}, provenance
    )


def _niveau(table: Lecteur) -> Niveau:
    lu = Niveau(_rang(table), table.texte("libelle", obligatoire=True), lire_provenance(table, exigees=COMPLETE))
    table.clore()
    return lu


def _mission(table: Lecteur, vus: set[str]) -> Mission:
    lue = Mission(table.identifiant(vus), table.texte("libelle", obligatoire=True), _rang(table))
    table.clore()
    return lue


def _besoin(table: Lecteur, vus: set[str], missions: set[str]) -> Besoin:
    lu = Besoin(table.identifiant(vus), table.texte("libelle", obligatoire=True), table.textes("missions"))
    for inconnue in (une for une in lu.missions if une not in missions):
        table.signaler("missions", f"« {inconnue} » n'est pas une mission de ce fichier")
    table.clore()
    return lu


def _rang(table: Lecteur) -> int:
    rang = table.entier("niveau", obligatoire=True)
    if rang is not None and rang not in NIVEAUX:
        table.signaler("niveau", "attendu : 1, 2 ou 3")
    return rang or 0
