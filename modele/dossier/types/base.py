"""Les briques communes des types du dossier : réponse, champ documenté, liste ouverte ou close."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, TypeAlias, TypeVar

from msgspec import UNSET, Struct, UnsetType

T = TypeVar("T")


class Incertain(Struct, omit_defaults=True, forbid_unknown_fields=True):
    """Une réponse qui n'est pas une valeur : connue en partie (``parmi`` ou ``entre``) ou refusée.

    ``parmi`` : les seules valeurs possibles. ``entre`` : bornes incluses, d'un nombre ou d'une date ISO.
    ``refus`` : la personne ne souhaite pas répondre. ``ne_sait_pas`` : demandé, elle ne sait pas ; reste inconnu.
    ``aucun`` : ce qui est demandé n'existe pas (« pas d'autre nom »).
    """

    parmi: list[Any] | UnsetType = UNSET
    entre: tuple[Any, Any] | UnsetType = UNSET
    refus: bool | UnsetType = UNSET
    ne_sait_pas: bool | UnsetType = UNSET
    aucun: bool | UnsetType = UNSET


# Clé absente : pas encore demandé. « Sans objet » ne s'écrit pas : il se déduit du questionnaire.
Rep: TypeAlias = T | Incertain | UnsetType


@dataclass(frozen=True, slots=True)
class Champ:
    """Ce qu'un champ du dossier veut dire : définition, liste de codes, case du Cerfa 14069*05, bornes, unité.

    ``nomenclature`` : identifiant dans ``ressources/national/nomenclatures.toml``.
    ``atome`` : nom du groupe de champs qui vont ensemble (adresse, identité…), pour la fusion.
    ``sensible`` : jamais sur un papier ni dans une liste d'un dossier discret.
    ``violence`` : dit une violence subie ; jamais écrit dans un dossier partagé avec un autre adulte.
    ``obligatoire`` : signalé obligatoire par la notice du formulaire (cases « O »).
    ``longueur`` : nombre de caractères que le SNE accepte. ``forme`` : siret, siren, telephone, courriel, code_postal,
    insee, insee_ou_pays (un pays y répond aussi), numero_unique, numero_provisoire, heure. ``designe`` : le texte est
    l'identifiant d'une ``piece`` ou d'une ``orientation``. ``passee`` : une date qui ne peut pas être après le jour
    de la saisie.
    ``l_emporte`` : de plusieurs propositions, « vrai » est en vigueur tant que personne n'a tranché.
    ``ephemere`` : ne vit qu'en mémoire, le temps du premier contact ; rien ne l'écrit (``modele.dossier.ephemeres``).
    ``recopie`` : d'un champ éphémère, le champ gardé où un geste de l'agent le recopie, si la personne le veut.
    """

    definition: str
    nomenclature: str = ""
    cerfa: str = ""
    unite: str = ""
    minimum: int | str | None = None
    maximum: int | str | None = None
    decimales: int | None = None
    atome: str = ""
    sensible: bool = False
    violence: bool = False
    obligatoire: bool = False
    longueur: int | None = None
    forme: str = ""
    designe: str = ""
    passee: bool = False
    l_emporte: bool = False
    ephemere: bool = False
    recopie: str = ""
    source: str = ""

    @property
    def etranger(self) -> bool:
        """Vrai d'une commune à laquelle un pays répond aussi : ce qui se vit ou se possède peut être à l'étranger."""
        return self.forme == "insee_ou_pays"


class Coches(Struct, omit_defaults=True):
    """Plusieurs codes cochés. Tant que ``clos`` est faux, ce qui est coché est vrai et le reste est inconnu."""

    coches: list[str] = []
    clos: bool = False
    refus: bool = False


class Liste(Struct, Generic[T], omit_defaults=True):
    """Des éléments par identifiant (UUIDv7), leur ordre à part. ``clos`` : il n'y en a pas d'autres."""

    elements: dict[str, T] = {}
    ordre: list[str] = []
    clos: bool = False
