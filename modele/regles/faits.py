"""Les faits : ce dont une condition a le droit de parler."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

Nombre = int | Decimal
Valeur = bool | int | Decimal | date | str | frozenset[str]
Groupes = Mapping[str, frozenset[str]]


class TypeFait(StrEnum):
    """Les six types d'un fait."""

    BOOLEEN = "booleen"
    ENTIER = "entier"
    DECIMAL = "decimal"
    DATE = "date"
    CHOIX = "choix"
    ENSEMBLE = "ensemble"


ORDONNES = frozenset({TypeFait.ENTIER, TypeFait.DECIMAL, TypeFait.DATE})
PREFIXE_PERSONNE = "personne."
PREFIXE_LOCAL = "local."
# Le fait qui dit la place d'une personne dans la demande : toujours connu, il ne se demande pas.
ROLE = f"{PREFIXE_PERSONNE}role"


@dataclass(frozen=True, slots=True)
class Fait:
    """Un fait déclaré : son nom, son type, ses bornes et sa source.

    ``champs`` : chemins du dossier dont il dépend ; c'est ainsi qu'un fait inconnu devient les questions à poser.
    ``decimales`` : nombre de décimales gardées (arrondi au pair) ; ``None`` : décimal sans pas.
    ``demandes`` : les codes que demandent les conditions dont il est fait (fait, codes) ; ses champs ne les disent pas.
    ``libelles`` : d'un fait local, ce que disent ses codes, dans leur ordre.
    """

    nom: str
    type: TypeFait
    definition: str = ""
    unite: str = ""
    minimum: Nombre | date | None = None
    maximum: Nombre | date | None = None
    decimales: int | None = None
    codes: tuple[str, ...] = ()
    source: str = ""
    confiance: str = "V"
    champs: tuple[str, ...] = ()
    question: str = ""
    libelles: tuple[str, ...] = ()
    demandes: tuple[tuple[str, frozenset[str]], ...] = field(default=(), compare=False, repr=False)

    def libelle(self, code: str) -> str:
        """Ce que dit ce code ; le code lui-même, lisible, si rien ne le dit."""
        return dict(zip(self.codes, self.libelles, strict=False)).get(code) or code.replace("_", " ")

    @property
    def de_personne(self) -> bool:
        """Vrai si le fait se lit sur chaque personne du foyer (``personne.age``)."""
        return self.nom.startswith(PREFIXE_PERSONNE)


class Catalogue(Mapping[str, Fait]):
    """Les faits connus, par nom. Immuable : ``etendre`` rend un nouveau catalogue.

    ``groupes`` : les groupes de codes qu'une comparaison peut nommer (``dans_groupe``), par identifiant.
    """

    def __init__(self, faits: Iterable[Fait] = (), groupes: Groupes | None = None) -> None:
        self._faits = {fait.nom: fait for fait in faits}
        self.groupes: Groupes = groupes or {}

    def __getitem__(self, nom: str) -> Fait:
        return self._faits[nom]

    def __iter__(self) -> Iterator[str]:
        return iter(self._faits)

    def __len__(self) -> int:
        return len(self._faits)

    def etendre(self, faits: Iterable[Fait]) -> Catalogue:
        """Ce catalogue, plus ``faits`` (qui l'emportent à nom égal) ; mêmes groupes."""
        return Catalogue([*self._faits.values(), *faits], self.groupes)

    def proche(self, nom: str) -> str | None:
        """Le nom connu le plus ressemblant, ou ``None`` si rien ne ressemble assez."""
        return proche(nom, self._faits)


def proche(mot: str, connus: Iterable[str]) -> str | None:
    """Le mot connu le plus ressemblant à ``mot`` (au moins 60 sur 100), ou ``None``."""
    # Sert à dire une faute : le premier lancement n'en a pas, et l'importer lui coûterait.
    from rapidfuzz import process

    trouve = process.extractOne(mot, list(connus), score_cutoff=60)
    return trouve[0] if trouve else None
