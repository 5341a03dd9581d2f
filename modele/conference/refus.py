"""Les offres refusées : pourquoi, et où. Un motif que le fichier ne dit pas manque, et se compte à côté."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from modele.attributions.droit import droit
from modele.conference.calcul import Calcul
from modele.conference.lignes import Indicateur

if TYPE_CHECKING:
    import polars as pl

_TOUS: Final = "refusees territoire"


def refus(calcul: Calcul) -> Iterator[Indicateur]:
    """Par motif ; puis leur part des attributions, par commune et, dans le flux, par réservataire."""
    import polars as pl

    refusees = calcul.lignes.filter(pl.col("reponse") == droit().decisions.refusee)
    motifs = refusees.drop_nulls("motif_refus").group_by("motif_refus").len()
    vus = [
        calcul.nombre("refus_par_motif", combien, code, refusees["motif_refus"].null_count(), f"{_TOUS} : reste motifs")
        for code, combien in motifs.sort("len", "motif_refus", descending=[True, False]).iter_rows()
    ]
    calcul.reste(_TOUS, [case for un in vus for case in un.cases], "motifs", publiee=True)
    yield from vus
    yield from _part(calcul, "refus_par_commune", "code_insee", "attributions_par_commune {}", refusees["code_insee"])
    du_flux = refusees.filter("dans_le_flux")["categorie"]
    yield from _part(calcul, "refus_par_reservataire", "categorie", "flux {}", du_flux)


def _part(calcul: Calcul, ident: str, maille: str, sur: str, refusees: pl.Series) -> Iterator[Indicateur]:
    """``sur`` : la case, montrée aussi, de toutes les attributions de cette maille."""
    combien = dict(refusees.value_counts().iter_rows())
    cases: list[str] = []
    for valeur in sorted(calcul.lignes[maille].drop_nulls().unique()):
        if (total := sur.format(valeur)) not in calcul.tableau.cases:
            continue
        cases.append(f"{ident} {valeur}")
        calcul.tableau.poser(cases[-1], combien.get(valeur, 0))
        calcul.tableau.partager(total, cases[-1])
        yield calcul.part(ident, valeur, (cases[-1], total))
    calcul.reste(_TOUS, cases, ident)
