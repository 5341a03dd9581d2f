"""Les parcours résidentiels : d'où viennent ceux qui signent un bail, et s'ils vont en quartier prioritaire ou non.

Les situations du fichier se regroupent (``conference.toml``, groupes de Perron) ; ce qu'un fichier ne dit pas manque,
et ne se range nulle part.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from modele.conference.calcul import Calcul
from modele.conference.definitions import conference
from modele.conference.lignes import Indicateur

_VERS: Final = {"qpv": "hors_q1_qpv_baux territoire dénominateur", "hors_qpv": "q1_hors_qpv territoire dénominateur"}
"""Où l'on va, et la case montrée qui compte tous ceux qui y vont."""
_AUTRES: Final = "autres"


def parcours(calcul: Calcul) -> Iterator[Indicateur]:
    """« parc_social_vers_qpv » : les baux de ce groupe de situations, là."""
    import polars as pl

    groupe_de = {code: groupe for groupe, codes in conference().groupes.items() for code in codes}
    dits = calcul.baux.drop_nulls("situation_anterieure").with_columns(
        groupe=pl.col("situation_anterieure").replace_strict(groupe_de, default=_AUTRES, return_dtype=pl.String)
    )
    groupes = dits["groupe"].unique().sort().to_list()
    for groupe in groupes:
        siens = dits.filter(pl.col("groupe") == groupe)
        codes = siens["situation_anterieure"].unique().sort().to_list()
        calcul.tableau.poser(f"parcours {groupe}", siens.height, publiee=False)
        calcul.tableau.sommer(f"parcours {groupe}", [f"situation_anterieure {code}" for code in codes])
        vus = [calcul.nombre("parcours", int(siens[ou].sum()), f"{groupe}_vers_{ou}") for ou in _VERS]
        calcul.reste(f"parcours {groupe}", [case for un in vus for case in un.cases], "quartier")
        yield from vus
    for ou, total in _VERS.items():
        calcul.reste(total, [f"parcours {groupe}_vers_{ou}" for groupe in groupes], "parcours")
