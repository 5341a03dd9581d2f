"""Dû, fait, en retard, commune par commune et public par public ; ce qui s'en montre sous le masque.

Une case y est presque toujours d'un logement ou deux. Ses marges se lisent déjà ailleurs (par commune, par public) :
le masque les compte pour connues, et tait avec une case petite ce qui la rendrait par une soustraction.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from modele.attributions.dus import Croisement, LigneDue
from modele.chiffres import Diffusion, Tableau, masquer_pour

_TOUT = "tout"


@dataclass(frozen=True, slots=True)
class LigneCroisee:
    """Une commune et un public d'une convention. ``tue`` : ce qui est fait ne se montre pas, ni ce qui le redirait."""

    ligne: LigneDue
    tue: bool

    @property
    def retard(self) -> int:
        """Pour ranger, ce qui est en retard d'abord : tu ou inconnu, rien."""
        return 0 if self.tue else self.ligne.retard or 0


def publier_croisements(croisements: Iterable[Croisement], diffusion: Diffusion | None) -> tuple[LigneCroisee, ...]:
    """Chaque ligne, et si elle se tait ; ``None`` : à des habilités, rien n'est tu."""
    return tuple(une for croisement in croisements for une in _publier(croisement, diffusion))


def _publier(croisement: Croisement, diffusion: Diffusion | None) -> Iterator[LigneCroisee]:
    tues = masquer_pour(_tableau(croisement), diffusion) if diffusion is not None else frozenset[str]()
    for ligne in croisement.lignes:
        tue = _case(ligne.code_insee, ligne.public) in tues
        # Ce qui est tu ne quitte pas d'ici : un écran ne peut pas le montrer par mégarde.
        yield LigneCroisee(replace(ligne, fait=0, retard=None, projete=0) if tue else ligne, tue)


def _case(commune: str, public: str) -> str:
    return f"{commune} {public}"


def _tableau(croisement: Croisement) -> Tableau:
    """Chaque case, ses marges connues ; un public que la convention ne dit pas compte, sans se publier."""
    tableau = Tableau()
    faits: Mapping[tuple[str, str], int] = croisement.faits
    dits = {ligne.public for ligne in croisement.lignes}
    communes = dict.fromkeys([*(ligne.code_insee for ligne in croisement.lignes), *(ou for ou, _ in faits)])
    publics = dict.fromkeys([*(ligne.public for ligne in croisement.lignes), *(quel for _, quel in faits)])
    for ou in communes:
        for quel in publics:
            tableau.poser(_case(ou, quel), faits.get((ou, quel), 0), publiee=quel in dits)
    tableau.poser(_TOUT, sum(faits.values()), connue=True)
    for ou in communes:
        _sommer(tableau, f"commune {ou}", [_case(ou, quel) for quel in publics], connue=True)
    for quel in publics:
        _sommer(tableau, f"public {quel}", [_case(ou, quel) for ou in communes], connue=quel in dits)
    tableau.sommer(_TOUT, [f"commune {ou}" for ou in communes])
    tableau.sommer(_TOUT, [f"public {quel}" for quel in publics])
    return tableau


def _sommer(tableau: Tableau, total: str, parts: list[str], *, connue: bool) -> None:
    valeur = sum(tableau.cases[part].valeur for part in parts)
    tableau.poser(total, valeur, publiee=connue, connue=connue)
    tableau.sommer(total, parts)
