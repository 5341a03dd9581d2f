"""Un territoire dit dans une langue : les lignes de sa grille, ses questions, ses numéros, ses horaires."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, TypeVar

from modele.cotation.grille import Critere, Fixe, Forme, Grille, Rubrique
from modele.lieux.modele import Lieu
from modele.lieux.mots import dire_heures
from modele.regles.conditions import Condition, avec_faits
from modele.regles.faits import Fait
from modele.territoire.modele import Territoire

T = TypeVar("T")
Redire = Callable[[Fait], Fait]
Marquer = Callable[[str], str]
"""Ce que rien ne redit, tel qu'il s'imprimera."""
GRILLE: Final = ("libelle", "remarque")
FAIT: Final = ("question", "definition")
CONTACT: Final = ("libelle", "horaires", "quand")
LIEU: Final = ("horaires", "acces")


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

    def grille_dite(self, grille: Grille, redire: Redire, marquer: Marquer) -> Grille:
        """La même grille, ses libellés et ses faits redits."""
        dits = self.grilles.get(grille.id, {})
        return replace(
            redits(grille, GRILLE, dits, marquer),
            rubriques=tuple(self._rubrique(une, dits, redire, marquer) for une in grille.rubriques),
            hors_cotation=tuple(redit(un, dits, "circuits", marquer) for un in grille.hors_cotation),
            faits_locaux=tuple(map(redire, grille.faits_locaux)),
        )

    def _rubrique(self, rubrique: Rubrique, dits: Mapping[str, Any], redire: Redire, marquer: Marquer) -> Rubrique:
        return replace(
            redit(rubrique, dits, "rubriques", marquer),
            reference=self._reference(rubrique.reference),
            criteres=tuple(self._critere(un, dits, redire, marquer) for un in rubrique.criteres),
        )

    def _critere(self, critere: Critere, dits: Mapping[str, Any], redire: Redire, marquer: Marquer) -> Critere:
        return replace(
            redit(critere, dits, "criteres", marquer),
            reference=self._reference(critere.reference),
            forme=_forme(critere.forme, redire),
            si=_condition(critere.si, redire),
        )

    def _reference(self, reference: str) -> str:
        return self.references.get(reference, reference)

    def territoire_dit(self, territoire: Territoire, marquer: Marquer, langue: str) -> Territoire:
        """Le même territoire : ses numéros et ses lieux, leurs mots redits ; leurs heures, dites dans la langue."""
        return replace(
            territoire,
            contacts=tuple(redits(un, CONTACT, self.contacts.get(un.id, {}), marquer) for un in territoire.contacts),
            lieux=tuple(self._lieu(un, marquer, langue) for un in territoire.lieux),
        )

    def _lieu(self, lieu: Lieu, marquer: Marquer, langue: str) -> Lieu:
        redit_ici = redits(lieu, LIEU, self.lieux.get(lieu.id, {}), marquer)
        return replace(redit_ici, heures_dites=dire_heures(lieu.heures, langue))


def redits(objet: T, champs: Collection[str], dits: Mapping[str, Any], marquer: Marquer) -> T:
    """Le même objet, ces champs redits ; ceux que rien ne redit restent en français, marqués."""
    dites = {champ: dits[champ] if champ in dits else _marque(getattr(objet, champ), marquer) for champ in champs}
    return replace(objet, **dites)  # type: ignore[type-var]


def redit(objet: T, dits: Mapping[str, Any], table: str, marquer: Marquer) -> T:
    """Le même objet d'une grille, son libellé redit dans cette table."""
    dite = dits.get(table, {}).get(objet.id)  # type: ignore[attr-defined]
    return redits(objet, ("libelle",), {} if dite is None else {"libelle": dite}, marquer)


def _marque(francais: str | Sequence[str], marquer: Marquer) -> str | tuple[str, ...]:
    return marquer(francais) if isinstance(francais, str) else tuple(map(marquer, francais))


def _forme(forme: Forme, redire: Redire) -> Forme:
    return forme if isinstance(forme, Fixe) else replace(forme, fait=redire(forme.fait))


def _condition(condition: Condition | None, redire: Redire) -> Condition | None:
    return None if condition is None else avec_faits(condition, redire)
