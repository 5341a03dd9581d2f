"""Les colonnes qu'un fichier de bailleur peut porter : ``ressources/national/fichiers_bailleurs.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from modele.regles.lecture import Lecteur, lire_toml
from modele.regles.provenance import COMPLETE, Provenance, lire_provenance
from ressources import RESSOURCES

_FICHIER: Final = RESSOURCES / "national" / "fichiers_bailleurs.toml"


class FichierDe(StrEnum):
    """Ce que dit un fichier de bailleur."""

    LOGEMENTS = "logements"
    ATTRIBUTIONS = "attributions"


class Nature(StrEnum):
    """Ce qu'est une case."""

    TEXTE = "texte"
    CODE = "code"
    DATE = "date"
    NOMBRE = "nombre"
    ENTIER = "entier"
    CHIFFRES = "chiffres"
    OUI_NON = "oui_non"


OUI: Final = "OUI"
OUI_NON: Final = (OUI, "NON", "NONDOC")


@dataclass(frozen=True, slots=True)
class Colonne:
    """Une colonne attendue. ``exigee`` : elle doit être là ; ``remplie`` : chaque case aussi (voir le fichier).

    ``presence`` : ce que dit une case se vérifie et ne se garde pas ; il n'en reste que « OUI » (norme « La sûreté des
    personnes », 2 et 9 : une lettre de L441-1 peut dire une violence).
    """

    id: str
    libelle: str
    nature: Nature
    exigee: bool
    remplie: bool
    cle: bool
    passee: bool
    presence: bool
    longueur: int
    valeurs: tuple[str, ...]
    autres: tuple[str, ...]

    @property
    def libre(self) -> bool:
        """Vrai si tout texte y est admis."""
        return self.nature is Nature.TEXTE or (self.nature is Nature.CODE and not self.valeurs)

    @property
    def fermees(self) -> tuple[str, ...]:
        """Les seules valeurs admises ; aucune : il y en a trop pour les dire."""
        return OUI_NON if self.nature is Nature.OUI_NON else self.valeurs


@dataclass(frozen=True, slots=True)
class Formats:
    """Les colonnes de chaque fichier, dans l'ordre, et d'où on les tient."""

    fichiers: Mapping[FichierDe, Mapping[str, Colonne]]
    provenance: Provenance


def colonnes(fichier: FichierDe) -> Mapping[str, Colonne]:
    """Celles de ce fichier, par identifiant, dans l'ordre."""
    return formats().fichiers[fichier]


@lru_cache(maxsize=1)
def formats() -> Formats:
    """Ceux qui sont livrés. Lève ``FichierFautif`` avec toutes les fautes."""
    return lire_formats(lire_toml(_FICHIER))


def lire_formats(lecteur: Lecteur) -> Formats:
    """Lit et vérifie. Lève ``FichierFautif``."""
    lecteur.exiger_format()
    lus = {fichier: MappingProxyType(_colonnes(lecteur, fichier)) for fichier in FichierDe}
    provenance = lire_provenance(lecteur, COMPLETE)
    lecteur.finir()
    return Formats(lus, provenance)


def _colonnes(lecteur: Lecteur, fichier: FichierDe) -> dict[str, Colonne]:
    vus: set[str] = set()
    lues = {une.id: une for une in (_colonne(table, vus) for table in lecteur.tables(fichier, obligatoire=True))}
    if not any(une.cle for une in lues.values()):
        lecteur.signaler(fichier, "aucune colonne n'est « cle » : deux fois la même ligne compterait double")
    return lues


def _colonne(table: Lecteur, vus: set[str]) -> Colonne:
    lue = Colonne(
        table.identifiant(vus),
        table.texte("libelle", obligatoire=True),
        Nature(table.texte("nature", obligatoire=True, permis=list(Nature)) or Nature.TEXTE),
        table.booleen("exigee"),
        table.booleen("remplie"),
        table.booleen("cle"),
        table.booleen("passee"),
        table.booleen("presence"),
        table.entier("longueur") or 0,
        table.textes("valeurs"),
        table.textes("autres"),
    )
    if lue.nature is Nature.CHIFFRES and not lue.longueur:
        table.signaler("longueur", "sans elle, on ne sait pas combien de zéros le tableur a perdus")
    if lue.remplie and not lue.exigee:
        table.signaler("remplie", "une colonne dont chaque case est exigée est elle-même exigée")
    table.clore()
    return lue
