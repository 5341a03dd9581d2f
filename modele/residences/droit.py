"""Ce que la loi et Perron disent des résidences à enjeu : ``ressources/national/residences.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from modele.regles.lecture import Lecteur, lire_toml
from modele.regles.provenance import COMPLETE, Provenance, lire_provenance
from ressources import RESSOURCES

_FICHIER: Final = RESSOURCES / "national" / "residences.toml"
_EXIGEES: Final = (*COMPLETE, "fondement")


@dataclass(frozen=True, slots=True)
class Dite:
    """Une phrase, et d'où elle vient. ``annees`` : tous les combien la liste se refait ; zéro ailleurs."""

    dit: str
    provenance: Provenance
    annees: int = 0

    @property
    def sourcee(self) -> str:
        """« …, à faire valider (CCH L441-1). »"""
        suite = ", à faire valider" if self.provenance.a_valider else ""
        return f"{self.dit} ({self.provenance.fondement}{suite})."


@dataclass(frozen=True, slots=True)
class Droit:
    """Le fichier lu. ``sans_portee`` et ``abreviations`` : ce qui, dans un nom, ne le change pas."""

    liste: Dite
    surveille: Dite
    part: Dite
    derive: Dite
    offre: Dite
    sans_portee: frozenset[str]
    abreviations: Mapping[str, str]


@lru_cache(maxsize=1)
def droit() -> Droit:
    """Celui qui est livré. Lève ``FichierFautif`` avec toutes les fautes."""
    return lire_droit(lire_toml(_FICHIER))


def lire_droit(lecteur: Lecteur) -> Droit:
    """Lit et vérifie : chaque phrase a son article, sa source et son jour. Lève ``FichierFautif``."""
    lecteur.exiger_format()
    dites = {nom: _dite(_table(lecteur, nom)) for nom in ("liste", "surveille", "part", "derive", "offre")}
    if dites["liste"].annees < 1:
        lecteur.signaler("liste", "« annees » : attendu, 1 au moins")
    rapproche = _table(lecteur, "rapprochement")
    sans_portee = frozenset(rapproche.textes("sans_portee", obligatoire=True))
    table = _table(rapproche, "abreviations")
    abreviations = {court: table.texte(court, obligatoire=True) for court in table.cles}
    table.clore()
    rapproche.clore()
    lecteur.finir()
    return Droit(**dites, sans_portee=sans_portee, abreviations=abreviations)


def _table(lecteur: Lecteur, cle: str) -> Lecteur:
    """La table, ou une table vide que ses clés obligatoires diront fautive."""
    return lecteur.table(cle, obligatoire=True) or Lecteur({}, (cle,), lecteur.fautes)


def _dite(table: Lecteur) -> Dite:
    lue = Dite(table.texte("dit", obligatoire=True), lire_provenance(table, _EXIGEES), table.entier("annees") or 0)
    table.clore()
    return lue
