"""Une condition, une fois lue et vérifiée : un arbre immuable qui tient les faits eux-mêmes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from modele.regles.faits import Fait, TypeFait, Valeur


class Op(StrEnum):
    """Les comparaisons."""

    EGAL = "egal"
    DIFFERENT = "different"
    PLUS_DE = "plus_de"
    AU_MOINS = "au_moins"
    MOINS_DE = "moins_de"
    AU_PLUS = "au_plus"
    PARMI = "parmi"
    HORS_DE = "hors_de"
    CONTIENT = "contient"
    CONTIENT_UN_DE = "contient_un_de"
    CONTIENT_TOUT = "contient_tout"
    RENSEIGNE = "renseigne"


@dataclass(frozen=True, slots=True)
class Parametre:
    """Un paramètre du droit, nommé : sa valeur, de ce type, dépend de la date et du territoire."""

    nom: str
    type: TypeFait = TypeFait.DECIMAL


Operande = Valeur | Parametre


@dataclass(frozen=True, slots=True)
class Comparaison:
    """Un fait comparé à une valeur, à un paramètre ou à des codes."""

    fait: Fait
    op: Op
    operande: Operande


@dataclass(frozen=True, slots=True)
class Tous:
    """Toutes vraies."""

    de: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class UnDe:
    """Au moins une vraie."""

    de: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Non:
    """La contraire."""

    condition: Condition


@dataclass(frozen=True, slots=True)
class AuMoins:
    """Au moins ``n`` vraies."""

    n: int
    de: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class NombreDePersonnes:
    """Le nombre de personnes du foyer qui remplissent la condition, comparé à ``n``.

    « Une personne » en est le cas « au moins une » : un seul mécanisme.
    ``role`` : seulement celles de ce rôle (``""`` : toutes) ; ``condition`` compare déjà leur rôle, il ne sert qu'à
    savoir si quelqu'un peut encore s'ajouter.
    """

    condition: Condition
    op: Op
    n: int
    role: str = ""


Condition = Comparaison | Tous | UnDe | Non | AuMoins | NombreDePersonnes


def comparaisons(condition: Condition) -> Iterator[Comparaison]:
    """Toutes les comparaisons de l'arbre, quantificateurs compris, dans l'ordre écrit."""
    match condition:
        case Comparaison():
            yield condition
        case Non(dessous) | NombreDePersonnes(dessous):
            yield from comparaisons(dessous)
        case _:
            for dessous in condition.de:
                yield from comparaisons(dessous)


def quantificateurs(condition: Condition) -> Iterator[NombreDePersonnes]:
    """Les quantificateurs de l'arbre, dans l'ordre écrit."""
    match condition:
        case NombreDePersonnes():
            yield condition
        case Non(dessous):
            yield from quantificateurs(dessous)
        case Tous(de) | UnDe(de) | AuMoins(_, de):
            for dessous in de:
                yield from quantificateurs(dessous)


def noms_des_faits(condition: Condition) -> tuple[str, ...]:
    """Les faits dont parle la condition, sans doublon, dans l'ordre écrit."""
    return tuple(dict.fromkeys(c.fait.nom for c in comparaisons(condition)))


def avec_faits(condition: Condition, redire: Callable[[Fait], Fait]) -> Condition:
    """La même condition, ses faits redits : elle vaut toujours autant, seuls leurs mots changent."""
    match condition:
        case Comparaison():
            return replace(condition, fait=redire(condition.fait))
        case Non() | NombreDePersonnes():
            return replace(condition, condition=avec_faits(condition.condition, redire))
        case _:
            return replace(condition, de=tuple(avec_faits(une, redire) for une in condition.de))
