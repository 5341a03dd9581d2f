"""Ce qu'on sait d'un fait : connu, inconnu, connu en partie, refusé, sans objet. Cinq choses, jamais confondues."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import lru_cache

from modele.regles.faits import Nombre, Valeur


class Statut(StrEnum):
    """Les cinq états d'un fait."""

    CONNU = "connu"
    INCONNU = "inconnu"
    PARTIEL = "connu en partie"
    REFUSE = "refusé"
    SANS_OBJET = "sans objet"


# Lire un membre par sa classe coûte neuf fois une variable (Python 3.11) : c'est le geste le plus fréquent des règles.
_CONNU, _PARTIEL, _OUVERTS = Statut.CONNU, Statut.PARTIEL, (Statut.INCONNU, Statut.PARTIEL, Statut.REFUSE)


@dataclass(frozen=True, slots=True)
class Enumere:
    """Domaine réduit à quelques valeurs (codes, nombres, dates, booléens, ou parties entières d'un ensemble)."""

    valeurs: tuple[Valeur, ...]


@dataclass(frozen=True, slots=True)
class Intervalle:
    """Domaine réduit à un intervalle fermé de nombres ou de dates ; ``None`` : pas de borne de ce côté."""

    minimum: Nombre | date | None
    maximum: Nombre | date | None


@dataclass(frozen=True, slots=True)
class Parties:
    """Ensembles contenant au moins ``certains``, plus n'importe quelle partie de ``possibles``."""

    certains: frozenset[str]
    possibles: frozenset[str]


Domaine = Enumere | Intervalle | Parties


@dataclass(frozen=True, slots=True)
class Etat:
    """L'état d'un fait.

    ``domaine`` : les valeurs encore possibles ; ``None`` (inconnu, refusé) : toutes celles du fait.
    ``peut_etre_sans_objet`` : la question n'est peut-être pas à poser ; l'absence d'objet reste alors possible.
    """

    statut: Statut
    valeur: Valeur | None = None
    domaine: Domaine | None = None
    peut_etre_sans_objet: bool = False

    @property
    def connu(self) -> bool:
        """Vrai si la valeur est connue."""
        return self.statut is _CONNU

    @property
    def ouvert(self) -> bool:
        """Vrai si plusieurs valeurs restent possibles (inconnu, connu en partie, refusé)."""
        return self.statut in _OUVERTS


INCONNU = Etat(Statut.INCONNU)
REFUSE = Etat(Statut.REFUSE)
SANS_OBJET = Etat(Statut.SANS_OBJET)


def connu(valeur: Valeur) -> Etat:
    """Un fait dont on connaît la valeur."""
    # Un oui, un non, un code : les mêmes à chaque dossier, autant ne pas les refaire.
    return _code_connu(valeur) if isinstance(valeur, (bool, str)) else Etat(_CONNU, valeur)


@lru_cache(maxsize=4096)
def _code_connu(valeur: bool | str) -> Etat:
    return Etat(_CONNU, valeur)


def partiel(domaine: Domaine, *, peut_etre_sans_objet: bool = False) -> Etat:
    """Un fait connu en partie : seules les valeurs de ``domaine`` restent possibles."""
    return Etat(_PARTIEL, domaine=domaine, peut_etre_sans_objet=peut_etre_sans_objet)


FaitsPersonne = Mapping[str, Etat]


class PersonneRetenue(dict[str, Etat]):
    """Une personne qu'on examine souvent : elle retient les verdicts déjà rendus sur elle.

    ``verdicts`` : par condition (son identité), les paramètres lus alors et le verdict.
    """

    __slots__ = ("verdicts",)

    def __init__(self, etats: Mapping[str, Etat]) -> None:
        super().__init__(etats)
        self.verdicts: dict[int, tuple[Mapping[str, Etat], bool | None]] = {}


@dataclass(frozen=True, slots=True)
class Situation:
    """Tout ce qu'on sait, à une date, d'une demande sur un territoire : ce que lisent les conditions.

    ``faits`` : état de chaque fait (absent : inconnu). ``personnes`` : une table d'états par personne du foyer.
    ``personnes_closes`` : vrai si personne d'autre ne peut s'ajouter ; sinon jusqu'à ``personnes_max`` au total, mais
    aucune des rôles de ``roles_clos`` (on sait déjà s'il y a un codemandeur).
    ``parametres`` : valeur des paramètres du droit, déjà choisie par date et par dimension (absent : inconnu).
    """

    faits: Mapping[str, Etat]
    personnes: tuple[FaitsPersonne, ...] = ()
    personnes_closes: bool = False
    personnes_max: int = 20
    parametres: Mapping[str, Etat] = field(default_factory=dict)
    roles_clos: frozenset[str] = frozenset()

    def avec_faits(self, faits: Mapping[str, Etat]) -> Situation:
        """La même situation, ces faits à la place des siens."""
        return Situation(
            faits, self.personnes, self.personnes_closes, self.personnes_max, self.parametres, self.roles_clos
        )

    def peut_s_ajouter(self, role: str = "") -> bool:
        """Vrai si une personne (de ce rôle, s'il est dit) peut encore s'ajouter."""
        return not (self.personnes_closes or role in self.roles_clos)

    def etat(self, nom: str) -> Etat:
        """L'état du fait ``nom`` ; inconnu s'il n'a jamais été dit."""
        return self.faits.get(nom, INCONNU)
