"""Le droit à l'information d'une personne : ce qui lui est dû à chaque moment, ce qui lui a été donné, et quand.

Déclaré dans ``ressources/national/information.toml`` (CCH L441-2-6, R441-2-16, R441-2-17) ; ce qui est donné est un
objet rattaché au dossier (``genres/papier.toml``). Jamais une fiche de sûreté : inscrite, elle dirait ce que la
personne fuit.
Essais : ``tests/modele/dossier/test_information.py``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from modele.dossier.chemins import ABSENT, lire
from modele.dossier.inventaire import inventaire
from modele.regles.lecture import Lecteur, lire_toml
from ressources import RESSOURCES

PAPIER: Final = "papier"
DROIT: Final = RESSOURCES / "national" / "information.toml"
_FICHES: Final = RESSOURCES / "fiches"
_RESERVEE: Final = ("securite", "sans_dossier", "discret")


class Moment(StrEnum):
    """Quand une information est due ; dans l'ordre d'une demande."""

    AVANT = "avant"
    DEPOT = "depot"
    APRES = "apres"


@dataclass(frozen=True, slots=True)
class Du:
    """Une information due. ``des`` : les chemins dont une réponse la rend due ; ``fiches`` : l'une d'elles la donne."""

    id: str
    moment: Moment
    libelle: str
    article: str
    des: tuple[str, ...] = ()
    grille: bool = False
    fiches: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Information:
    """Ce que dit le fichier. ``inscrites`` : les seules fiches qui s'inscrivent au compte d'une personne."""

    inscrites: frozenset[str]
    dus: tuple[Du, ...]
    sources: tuple[str, ...]
    verifie_le: date | None


@dataclass(frozen=True, slots=True)
class Donnee:
    """Ce qui a été donné. ``fiche`` vide : dit de vive voix, et c'est ``du`` ; ``corrections`` : « fiche.x@2 »."""

    fiche: str
    du: str
    langue: str
    le: date
    corrections: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Etat:
    """Une information due, et la dernière fois qu'elle a été donnée, s'il y en a une."""

    du: Du
    donnee: Donnee | None = None


def dus(
    information: Information, document: Mapping[str, Any], donnees: Iterable[Donnee], *, grille: bool
) -> list[Etat]:
    """Ce qui est dû aujourd'hui à cette personne, dans l'ordre du fichier, et ce qui en a été donné.

    ``grille`` : le territoire a une cotation. Une information dont le moment n'est pas venu n'y est pas.
    """
    connues = sorted(donnees, key=lambda une: une.le)
    return [
        Etat(du, next((une for une in reversed(connues) if _donne(une, du)), None))
        for du in information.dus
        if (grille or not du.grille) and (not du.des or any(_repondu(document, un) for un in du.des))
    ]


def _repondu(document: Mapping[str, Any], chemin: str) -> bool:
    return lire(document, chemin) not in (ABSENT, None)


def _donne(donnee: Donnee, du: Du) -> bool:
    return donnee.fiche in du.fiches if donnee.fiche else donnee.du == du.id


@lru_cache(maxsize=1)
def livree() -> Information:
    """L'information que Perron livre : comme le droit, nulle structure n'y touche."""
    return lire_information(lire_toml(DROIT))


def lire_information(lecteur: Lecteur, fiches: Path = _FICHES) -> Information:
    """Lit le fichier. Lève ``FichierFautif`` : moment inconnu, chemin inconnu, fiche de sûreté inscrite."""
    lecteur.exiger_format()
    sources, verifie_le = lecteur.textes("sources", obligatoire=True), lecteur.date("verifie_le", obligatoire=True)
    inscrites = lecteur.textes("inscrites", obligatoire=True)
    for fiche in inscrites:
        if refus := _refus(fiche, fiches):
            lecteur.signaler("inscrites", f"« {fiche} » {refus}")
    vus: set[str] = set()
    lus = tuple(_du(table, vus, inscrites) for table in lecteur.tables("du", obligatoire=True))
    lecteur.finir()
    return Information(frozenset(inscrites), lus, sources, verifie_le)


def _refus(fiche: str, fiches: Path) -> str:
    """Pourquoi cette fiche ne s'inscrit pas ; vide si elle le peut."""
    fichier = fiches / fiche / "fiche.toml"
    if not fichier.is_file():
        return "n'est pas une fiche livrée"
    drapeaux = lire_toml(fichier)
    if any(drapeaux.booleen(nom) for nom in _RESERVEE):
        return "est une fiche de sûreté : elle ne s'inscrit au compte de personne"
    return ""


def _du(table: Lecteur, vus: set[str], inscrites: Collection[str]) -> Du:
    identifiant = table.identifiant(vus)
    moment = table.texte("moment", obligatoire=True, permis=tuple(Moment))
    du = Du(
        id=identifiant,
        moment=Moment(moment) if moment in tuple(Moment) else Moment.AVANT,
        libelle=table.texte("libelle", obligatoire=True),
        article=table.texte("article", obligatoire=True),
        des=table.textes("des"),
        grille=table.booleen("grille"),
        fiches=table.textes("fiches"),
    )
    for chemin in du.des:
        if chemin not in inventaire().champs:
            table.signaler("des", f"« {chemin} » n'est pas un champ du dossier")
    for fiche in du.fiches:
        if fiche not in inscrites:
            table.signaler("fiches", f"« {fiche} » n'est pas parmi « inscrites » : nul ne saurait qu'elle a été donnée")
    table.clore()
    return du
