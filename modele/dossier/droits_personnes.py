"""Les droits d'une personne sur ce qui est gardé d'elle : ce qu'ils disent, et où en est une demande.

Déclarés dans ``ressources/national/droits_personnes.toml`` ; une demande est un objet rattaché au dossier
(``genres/demande_de_droit.toml``). Rien ne se donne sur-le-champ à quelqu'un d'autre que la personne.
Essais : ``tests/modele/dossier/test_droits_personnes.py``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final

from modele.dossier.faits.calendrier import ajouter_mois
from modele.regles.lecture import Lecteur, lire_toml
from modele.regles.provenance import COMPLETE, Provenance, lire_provenance
from ressources import RESSOURCES

DEMANDE: Final = "demande_de_droit"
EFFACEMENT: Final = "effacement"
PERSONNE: Final = "personne"
CODEMANDEUR: Final = "codemandeur"
REPRESENTANT: Final = "representant"
_FICHIER: Final = RESSOURCES / "national" / "droits_personnes.toml"
_SOURCEE: Final = ("fondement", *COMPLETE)
_UN_JOUR: Final = timedelta(days=1)


class Droit(StrEnum):
    """Les droits que Perron sait exercer : les codes de la nomenclature « droit_personne »."""

    ACCES = "acces"
    RECTIFICATION = "rectification"
    LIMITATION = "limitation"
    OPPOSITION = "opposition"
    EFFACEMENT = "effacement"


class Suite(StrEnum):
    """La suite donnée : les codes de la nomenclature « suite_demande »."""

    FAITE = "faite"
    TRANSMISE = "transmise"
    LEVEE = "levee"
    REFUSEE = "refusee"


@dataclass(frozen=True, slots=True)
class DroitDit:
    """Un droit, en mots : ce que la personne dit, ce que Perron fait, d'où il vient."""

    id: Droit
    libelle: str
    parole: str
    fait: str
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Regles:
    """Ce que dit le fichier. ``champs`` et ``enfant`` : la liste blanche d'une feuille d'accès."""

    mois: int
    delai: str
    delai_vient_de: Provenance
    reclamation: str
    reclamation_vient_de: Provenance
    droits: Mapping[Droit, DroitDit]
    tiers_dire: tuple[str, ...]
    tiers_faire: tuple[str, ...]
    laisse: str
    champs: tuple[str, ...]
    enfant: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Demande:
    """Une demande telle qu'elle est gardée. ``suite`` : ``None`` tant qu'aucune n'est donnée."""

    id: str
    dossier: str
    droit: Droit
    par: str
    piece: str
    objet: str
    recue_le: date
    repondre_avant: date
    gele_le: date | None = None
    accord_le: date | None = None
    suite: Suite | None = None
    suite_le: date | None = None
    motif: str = ""

    @property
    def attend(self) -> bool:
        """Vrai tant qu'une réponse est due : un gel posé en est une."""
        return self.suite is None and self.gele_le is None

    @property
    def tient_le_gel(self) -> bool:
        """Vrai d'un gel posé et pas levé, quel que soit l'accord d'un jour."""
        return self.droit is Droit.LIMITATION and self.gele_le is not None and self.suite is None

    @property
    def seule(self) -> bool:
        """Vrai si elle ne touche pas ce qui est d'un autre : un codemandeur ne gèle ni n'efface le dossier des deux."""
        return self.par != CODEMANDEUR or self.droit not in (Droit.LIMITATION, Droit.EFFACEMENT)

    def agir_des(self) -> date:
        """Le premier jour où l'on peut donner ou faire : le lendemain, si un autre est venu pour elle."""
        return self.recue_le + _UN_JOUR if self.par == REPRESENTANT else self.recue_le

    def gele(self, jour: date) -> bool:
        """Vrai si elle gèle le dossier ce jour-là : un gel posé, sans accord de la personne pour ce jour."""
        return self.tient_le_gel and self.accord_le != jour


@lru_cache(maxsize=1)
def regles() -> Regles:
    """Les droits déclarés, livrés avec Perron. Lève ``FichierFautif`` avec toutes les fautes."""
    return lire_regles(lire_toml(_FICHIER))


def lire_regles(lecteur: Lecteur) -> Regles:
    """Lit et vérifie le fichier des droits. Lève ``FichierFautif`` avec toutes les fautes."""
    lecteur.exiger_format()
    delai, reclamation, tiers, acces = (
        lecteur.table(nom, obligatoire=True) or Lecteur({}, (nom,), lecteur.fautes)
        for nom in ("delai", "reclamation", "tiers", "acces")
    )
    lues = Regles(
        mois=delai.entier("mois", obligatoire=True) or 0,
        delai=delai.texte("phrase", obligatoire=True),
        delai_vient_de=lire_provenance(delai, exigees=_SOURCEE),
        reclamation=reclamation.texte("phrase", obligatoire=True),
        reclamation_vient_de=lire_provenance(reclamation, exigees=_SOURCEE),
        droits={dit.id: dit for dit in map(_droit, lecteur.tables("droit", obligatoire=True))},
        tiers_dire=tiers.textes("dire", obligatoire=True),
        tiers_faire=tiers.textes("faire", obligatoire=True),
        laisse=acces.texte("laisse", obligatoire=True),
        champs=acces.textes("champs", obligatoire=True),
        enfant=acces.textes("enfant", obligatoire=True),
    )
    for table in (delai, reclamation, tiers, acces):
        table.clore()
    lecteur.finir()
    return lues


def _droit(table: Lecteur) -> DroitDit:
    dit = DroitDit(
        id=Droit(table.texte("id", obligatoire=True, permis=tuple(Droit), defaut=Droit.ACCES)),
        libelle=table.texte("libelle", obligatoire=True),
        parole=table.texte("parole", obligatoire=True),
        fait=table.texte("fait", obligatoire=True),
        provenance=lire_provenance(table, exigees=_SOURCEE),
    )
    table.clore()
    return dit


def repondre_avant(recue_le: date) -> date:
    """Le dernier jour où répondre à une demande reçue ce jour-là."""
    return ajouter_mois(recue_le, regles().mois)


def lisibles(documents: Iterable[Mapping[str, Any]]) -> list[Demande]:
    """Les demandes que disent ces documents ; celle qu'une autre version a écrite autrement n'arrête pas les autres."""
    lues = []
    for document in documents:
        with suppress(KeyError, TypeError, ValueError):
            lues.append(relire(document))
    return lues


def relire(document: Mapping[str, Any]) -> Demande:
    """La demande que dit ce document. Lève ``KeyError``, ``TypeError`` ou ``ValueError`` s'il n'en dit pas une."""
    jours = {nom: date.fromisoformat(document[nom]) for nom in ("gele_le", "accord_le", "suite_le") if nom in document}
    return Demande(
        id=document["id"],
        dossier=document["dossier"],
        droit=Droit(document["droit"]),
        par=document["par"],
        piece=document.get("piece", ""),
        objet=document.get("objet", ""),
        recue_le=date.fromisoformat(document["recue_le"]),
        repondre_avant=date.fromisoformat(document["repondre_avant"]),
        suite=Suite(document["suite"]) if "suite" in document else None,
        motif=document.get("motif", ""),
        **jours,
    )


def est_gele(demandes: Iterable[Demande], jour: date) -> bool:
    """Vrai si l'une de ces demandes gèle leur dossier ce jour-là."""
    return any(demande.gele(jour) for demande in demandes)
