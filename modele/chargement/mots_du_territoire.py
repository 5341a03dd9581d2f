"""Un territoire dit dans une langue : les lignes de sa grille, ses questions, ses numéros, ses horaires."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from modele.cotation.grille import CircuitAPart, Critere, Fixe, Forme, Grille, Rubrique
from modele.regles.conditions import Condition, avec_faits
from modele.regles.faits import Fait
from modele.territoire.modele import Territoire

Redire = Callable[[Fait], Fait]


@dataclass(frozen=True, slots=True)
class MotsDuTerritoire:
    """``grilles`` : par grille, puis par table (« rubriques », « criteres »…), puis par identifiant.

    ``references`` : un renvoi (« Exemple ») redit ; un article ou une délibération reste tel quel.
    """

    grilles: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    references: Mapping[str, str] = field(default_factory=dict)
    faits: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    contacts: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    lieux: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def grille_dite(self, grille: Grille, redire: Redire) -> Grille:
        """La même grille, ses libellés et ses faits redits."""
        dits = self.grilles.get(grille.id, {})
        return replace(
            grille,
            libelle=dits.get("libelle", grille.libelle),
            remarque=dits.get("remarque", grille.remarque),
            rubriques=tuple(self._rubrique(une, dits, redire) for une in grille.rubriques),
            hors_cotation=tuple(self._circuit(un, dits) for un in grille.hors_cotation),
            faits_locaux=tuple(map(redire, grille.faits_locaux)),
        )

    def _rubrique(self, rubrique: Rubrique, dits: Mapping[str, Any], redire: Redire) -> Rubrique:
        return replace(
            rubrique,
            libelle=_dit(dits, "rubriques", rubrique.id, rubrique.libelle),
            reference=self._reference(rubrique.reference),
            criteres=tuple(self._critere(un, dits, redire) for un in rubrique.criteres),
        )

    def _critere(self, critere: Critere, dits: Mapping[str, Any], redire: Redire) -> Critere:
        return replace(
            critere,
            libelle=_dit(dits, "criteres", critere.id, critere.libelle),
            reference=self._reference(critere.reference),
            forme=_forme(critere.forme, redire),
            si=_condition(critere.si, redire),
        )

    def _circuit(self, circuit: CircuitAPart, dits: Mapping[str, Any]) -> CircuitAPart:
        return replace(circuit, libelle=_dit(dits, "circuits", circuit.id, circuit.libelle))

    def _reference(self, reference: str) -> str:
        return self.references.get(reference, reference)

    def territoire_dit(self, territoire: Territoire) -> Territoire:
        """Le même territoire : ses numéros et ses lieux, leurs mots redits."""
        return replace(
            territoire,
            contacts=tuple(replace(un, **self.contacts.get(un.id, {})) for un in territoire.contacts),
            lieux=tuple(replace(un, **self.lieux.get(un.id, {})) for un in territoire.lieux),
        )


def _dit(dits: Mapping[str, Any], table: str, identifiant: str, francais: str) -> str:
    return str(dits.get(table, {}).get(identifiant, francais))


def _forme(forme: Forme, redire: Redire) -> Forme:
    return forme if isinstance(forme, Fixe) else replace(forme, fait=redire(forme.fait))


def _condition(condition: Condition | None, redire: Redire) -> Condition | None:
    return None if condition is None else avec_faits(condition, redire)
