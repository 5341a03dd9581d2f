"""Les lieux vus d'un territoire : ses communes, celles de France, les pays étrangers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from modele.territoire.communes import Commune, France
from modele.territoire.etranger import Etranger


@dataclass(frozen=True, slots=True)
class Communes:
    """Les communes vues d'un territoire : ``proches``, les siennes, toutes celles de ``france``, puis ``etranger``."""

    proches: Mapping[str, Commune]
    france: France
    etranger: Etranger = field(default_factory=Etranger)

    def get(self, code: str) -> Commune | None:
        """La commune, ou le pays, de ce code ; ``None`` s'il n'en est pas."""
        return self.proches.get(code) or self.etranger.pays.get(code) or self.france.communes.get(code)
