"""Des chiffres qui se publient ensemble, et les sommes qui les lient : ce que chacun peut soustraire.

Tout ce qui s'additionne doit y être dit, même ce qui ne se publie pas (le reste d'une part, les autres lieux) : le
masque ne protège que des soustractions qu'il connaît.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Case:
    """Un effectif. ``impossible`` : nul par construction, son zéro ne dit rien de personne.

    ``publiee`` : faux de ce qui ne se montre pas, mais se déduirait (le reste d'une part). ``connue`` : qui lit ce
    tableau l'a déjà lue ailleurs ; elle se soustrait, et la taire ici ne cacherait rien.
    """

    valeur: int
    impossible: bool = False
    publiee: bool = True
    connue: bool = False

    @property
    def se_tait(self) -> bool:
        """Vrai si la taire protégerait quelqu'un."""
        return not self.impossible and not self.connue


@dataclass(frozen=True, slots=True)
class Somme:
    """``total`` est la somme des ``parts``."""

    total: str
    parts: tuple[str, ...]

    @property
    def cases(self) -> tuple[str, ...]:
        """Toutes celles qu'elle lie, le total en dernier."""
        return (*self.parts, self.total)


@dataclass(slots=True)
class Tableau:
    """Les cases, par identifiant, et leurs sommes."""

    cases: dict[str, Case] = field(default_factory=dict)
    sommes: list[Somme] = field(default_factory=list)

    def poser(
        self, nom: str, valeur: int, *, impossible: bool = False, publiee: bool = True, connue: bool = False
    ) -> None:
        """Une case de plus. Lève ``ValueError`` : déjà là, négative, ou dite impossible et pourtant comptée."""
        if nom in self.cases or valeur < 0 or (impossible and valeur):
            raise ValueError(f"case « {nom} » : {valeur}")
        self.cases[nom] = Case(valeur, impossible, publiee, connue)

    def sommer(self, total: str, parts: Sequence[str]) -> None:
        """Dit que ``total`` est leur somme. Lève ``ValueError`` si les nombres disent autre chose."""
        if self.cases[total].valeur != sum(self.cases[part].valeur for part in parts):
            raise ValueError(f"« {total} » n'est pas la somme de {', '.join(parts)}")
        self.sommes.append(Somme(total, tuple(parts)))

    def partager(self, total: str, part: str) -> None:
        """Dit que ``part`` est une part de ``total`` : publier les deux publie aussi ceux qui n'en sont pas."""
        reste = f"{total} sans {part}"
        self.poser(reste, self.cases[total].valeur - self.cases[part].valeur, publiee=False)
        self.sommer(total, (part, reste))

    def liees_a(self, nom: str) -> Iterator[Somme]:
        """Les sommes où est cette case."""
        return (somme for somme in self.sommes if nom in somme.cases)
