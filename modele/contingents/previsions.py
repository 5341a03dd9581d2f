"""Ce qu'un bailleur prévoit d'une année, tel que cela se garde : de quoi calculer l'assiette du flux (CCH R441-5).

Une par bailleur, année et commune (vide : tout le territoire). Sans remises en location, elle ne dit encore rien. Quand
un bailleur en a une, elle remplace le nombre que disent les conventions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from modele.attributions.conventions import Prevision
from modele.attributions.droit import droit
from modele.contingents import conventions
from modele.contingents.conventions import ConventionTenue
from modele.contingents.lecture import lire_date, lire_entier, lire_texte
from modele.dossier.chemins import ABSENT, Document

_DEUX: Final = "Deux prévisions de {}, {}, {} : l'une saisie par {}, l'autre par {}. {} Retirez celle qui est de trop."
_NE_COMPTENT_PAS: Final = "Elles ne disent pas les mêmes nombres : d'ici là, rien n'est dû par ce bailleur."
_COMPTENT_UNE_FOIS: Final = "Elles disent les mêmes nombres : ils ne comptent qu'une fois."


@dataclass(frozen=True, slots=True)
class PrevisionTenue:
    """``id`` vide : pas encore gardée. ``hors_flux`` : combien, par valeur de ``hors_flux`` d'``attributions.toml``."""

    bailleur: str
    siren: str
    annee: int
    commune: str = ""
    remises: int | None = None
    premieres: int | None = None
    hors_flux: Mapping[str, int] = field(default_factory=dict)
    source: str = ""
    id: str = ""
    par: str = ""
    retiree_le: date | None = None

    @property
    def cle(self) -> tuple[str, int, str]:
        """Ce qui la distingue de toute autre."""
        return self.siren, self.annee, self.commune

    @property
    def de_trop(self) -> bool:
        """Vrai s'il s'en retranche plus qu'il n'y en a."""
        prevus = (self.remises or 0) + (self.premieres or 0)
        return self.remises is not None and sum(self.hors_flux.values()) > prevus


def relire(document: Document, par: str = "") -> PrevisionTenue:
    """La prévision que dit ce document ; ce qu'un autre poste y a mal écrit se lit comme ce qui manque."""
    lus = {valeur: lire_entier(document, _chemin(valeur)) for valeur in droit().hors_flux}
    return PrevisionTenue(
        bailleur=lire_texte(document, "bailleur.nom"),
        siren=lire_texte(document, "bailleur.siren"),
        annee=lire_entier(document, "annee") or 0,
        commune=lire_texte(document, "commune"),
        remises=lire_entier(document, "remises"),
        premieres=lire_entier(document, "premieres_mises"),
        hors_flux={valeur: lu for valeur, lu in lus.items() if lu is not None},
        source=lire_texte(document, "source"),
        retiree_le=lire_date(document, "retiree_le"),
        id=lire_texte(document, "id"),
        par=par,
    )


def champs(prevision: PrevisionTenue) -> dict[str, Any]:
    """Ce qui s'écrit d'elle, par chemin ; ``ABSENT`` : ce qu'elle ne dit pas."""
    dits: dict[str, Any] = {
        "bailleur.nom": prevision.bailleur,
        "bailleur.siren": prevision.siren,
        "annee": prevision.annee,
        "commune": prevision.commune,
        "remises": prevision.remises,
        "premieres_mises": prevision.premieres,
        "source": prevision.source,
        "retiree_le": prevision.retiree_le,
        **{_chemin(valeur): prevision.hors_flux.get(valeur) for valeur in droit().hors_flux},
    }
    return {chemin: ABSENT if valeur in (None, "") else valeur for chemin, valeur in dits.items()}


def pour_le_flux(une: PrevisionTenue) -> Prevision | None:
    """Ce qu'il en faut pour compter ; ``None`` tant que ses remises en location ou le SIREN manquent."""
    if une.remises is None or not une.siren:
        return None
    return Prevision(
        siren_bailleur=une.siren,
        annee=une.annee,
        code_insee=une.commune,
        remises_en_location=une.remises,
        premieres_mises=une.premieres or 0,
        hors_flux=dict(une.hors_flux),
    )


def reunir(tenues: Iterable[PrevisionTenue], signees: Sequence[ConventionTenue]) -> tuple[Prevision, ...]:
    """Celles des bailleurs qui en ont donné ; des autres, le nombre que disent leurs conventions."""
    tenues = [une for une in tenues if une.retiree_le is None]
    donnees = [lue for lue in map(pour_le_flux, tenues) if lue is not None]
    dites = {(une.siren_bailleur, une.annee) for une in donnees}
    restent = [une for une in conventions.previsions(signees) if (une.siren_bailleur, une.annee) not in dites]
    # Deux qui se contredisent : la somme du bailleur serait fausse sans que rien le montre.
    fausses = {(une.siren, une.annee) for une, autre in doublons(tenues) if pour_le_flux(une) != pour_le_flux(autre)}
    uniques = [une for rang, une in enumerate(donnees) if une not in donnees[:rang]]
    return (*(une for une in uniques if (une.siren_bailleur, une.annee) not in fausses), *restent)


def doublons(tenues: Iterable[PrevisionTenue]) -> list[tuple[PrevisionTenue, PrevisionTenue]]:
    """Les mêmes bailleur, année et commune, deux fois : deux postes ont écrit sans se voir."""
    premieres: dict[tuple[str, int, str], PrevisionTenue] = {}
    deux = []
    for une in tenues:
        if une.retiree_le is None and premieres.setdefault(une.cle, une) is not une:
            deux.append((premieres[une.cle], une))
    return deux


def contraires(tenues: Iterable[PrevisionTenue]) -> list[str]:
    """Chaque doublon, une phrase : qui les a saisies, et ce qui compte d'ici là."""
    return [
        _DEUX.format(
            une.bailleur,
            une.annee,
            f"commune {une.commune}" if une.commune else "tout le territoire",
            une.par,
            autre.par,
            _COMPTENT_UNE_FOIS if pour_le_flux(une) == pour_le_flux(autre) else _NE_COMPTENT_PAS,
        )
        for une, autre in doublons(tenues)
    ]


def _chemin(valeur: str) -> str:
    return f"hors_flux.{valeur.lower()}"
