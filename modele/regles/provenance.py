"""D'où vient une donnée : fondement, source, confiance, date de vérification. Ne se lit qu'ici."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final

from modele.regles import confiance as confiances
from modele.regles.confiance import CONFIANCES
from modele.regles.lecture import Lecteur

COMPLETE: Final = ("source", "confiance", "verifie_le")
"""Ce que toute donnée du droit exige ; le fondement s'y ajoute là où il y en a un."""
# Les clés que d'anciens fichiers emploient : elles disent la même chose.
_FONDEMENT: Final = ("fondement", "article", "reference")
_VERIFIE_LE: Final = ("verifie_le", "releve_le")


@dataclass(frozen=True, slots=True)
class Provenance:
    """``fondement`` : l'article, la délibération ; ``source`` : où on l'a lu ; ``confiance`` : V, V2, D ou M."""

    fondement: str = ""
    source: str = ""
    confiance: str = "V"
    verifie_le: date | None = None

    @property
    def a_valider(self) -> bool:
        """Vrai si cela se dit « à faire valider »."""
        return confiances.a_valider(self.confiance)


SANS_PROVENANCE: Final = Provenance()


def lire_provenance(table: Lecteur, exigees: Collection[str] = ()) -> Provenance:
    """La provenance que dit une table. ``exigees`` : les clés sans lesquelles elle est fautive.

    ``article`` et ``reference`` valent ``fondement`` ; ``releve_le`` vaut ``verifie_le``.
    """
    fondement, verifie = _cle(table, _FONDEMENT), _cle(table, _VERIFIE_LE)
    return Provenance(
        fondement=table.texte(fondement, obligatoire="fondement" in exigees),
        source=table.texte("source", obligatoire="source" in exigees),
        confiance=table.texte("confiance", obligatoire="confiance" in exigees, permis=CONFIANCES, defaut="V"),
        verifie_le=table.date(verifie, obligatoire="verifie_le" in exigees),
    )


def _cle(table: Lecteur, noms: tuple[str, ...]) -> str:
    """Celle de ces clés que la table emploie, à défaut la première ; une faute si elle en emploie deux."""
    ecrites = [nom for nom in noms if nom in table]
    for autre in ecrites[1:]:
        table.brut(autre)
        table.signaler(autre, f"« {ecrites[0]} » le dit déjà ; gardez-en une")
    return ecrites[0] if ecrites else noms[0]
