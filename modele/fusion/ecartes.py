"""Un état venu d'ailleurs, sans ce qui ne s'écrit pas : un autre poste, ou un registre plus ancien, a pu le garder."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import structs

from modele.dossier.ephemeres import en_dit, est_ephemere, gardables
from modele.dossier.operations import DOSSIER
from modele.fusion.etat import Tete
from modele.fusion.etat_ecrit import EtatEcrit


def sans_ecartes(ecrit: EtatEcrit) -> EtatEcrit:
    """Le même état, lui-même s'il ne disait rien qui ne s'écrive pas."""
    if ecrit.genre != DOSSIER or not (_dits(ecrit) or _en_discussion(ecrit)):
        return ecrit
    return structs.replace(
        ecrit,
        dits={operation: gardes for operation, champs in ecrit.dits.items() if (gardes := gardables(champs))},
        unites={cle: list(map(_tete, tetes)) for cle, tetes in ecrit.unites.items() if not est_ephemere(cle)},
    )


def _dits(ecrit: EtatEcrit) -> bool:
    return any(map(_dit, ecrit.dits.values()))


def _en_discussion(ecrit: EtatEcrit) -> bool:
    tetes = (tete for tetes in ecrit.unites.values() for tete in tetes)
    return any(map(est_ephemere, ecrit.unites)) or any(_dit(un) for tete in tetes for un in _tables(tete))


def _dit(champs: Mapping[str, Any]) -> bool:
    return any(en_dit(chemin, valeur) for chemin, valeur in champs.items())


def _tables(tete: Tete) -> tuple[dict[str, Any], ...]:
    return tete.valeurs, tete.base, tete.vues


def _tete(tete: Tete) -> Tete:
    valeurs, base, vues = map(gardables, _tables(tete))
    return structs.replace(tete, valeurs=valeurs, base=base, vues=vues)
