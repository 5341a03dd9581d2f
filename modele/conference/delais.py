"""De la demande au bail : médiane et quartiles du territoire, puis par commune, par réservataire, par public.

Une médiane ne se dit que d'assez de baux (``petits_effectifs.toml``) ; le délai de qui a un bail sous-estime l'attente.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from modele.chiffres.quantiles import quartiles
from modele.conference.calcul import Calcul
from modele.conference.lignes import TERRITOIRE, Indicateur

if TYPE_CHECKING:
    import polars as pl

_TOUS: Final = "delai_median effectif"


def delais(calcul: Calcul) -> Iterator[Indicateur]:
    """Ceux du territoire, puis des mutations."""
    import polars as pl

    yield from _delai(calcul, calcul.baux, ("delai_median", "delai_premier_quartile"))
    mutations = calcul.baux.filter(pl.col("mutation").is_in(["INTERNE", "EXTERNE"]))
    calcul.tableau.poser("mutations", mutations.height, publiee=False)
    calcul.tableau.partager("baux territoire", "mutations")
    yield from _delai(calcul, mutations, ("delai_median_mutations",))
    calcul.contenir(_TOUS, "delai_median_mutations effectif")
    calcul.contenir("baux territoire : reste delai_median", "mutations : reste delai_median_mutations")


def _delai(calcul: Calcul, lignes: pl.DataFrame, voulus: Sequence[str]) -> Iterator[Indicateur]:
    jours = lignes["delai"].drop_nulls().to_list()
    rangs = quartiles(jours) if jours else {}
    case, total = f"{voulus[0]} effectif", "mutations" if len(voulus) == 1 else "baux territoire"
    calcul.tableau.poser(case, len(jours))
    calcul.reste(total, [case], voulus[0], publiee=True)
    moyenne = sum(jours) / len(jours) if jours else None
    dits = {voulus[0]: rangs.get("mediane")}
    if len(voulus) > 1:
        dits |= {
            "delai_premier_quartile": rangs.get("q1"),
            "delai_troisieme_quartile": rangs.get("q3"),
            "delai_moyen": moyenne,
        }
    for ident, valeur in dits.items():
        yield Indicateur(
            calcul.textes[ident],
            TERRITOIRE,
            valeur,
            non_renseignes=lignes.height - len(jours),
            effectif=len(jours),
            cases=(case,),
            inconnus=f"{total} : reste {voulus[0]}",
        )


def delais_par_maille(calcul: Calcul) -> Iterator[Indicateur]:
    """La médiane de chaque commune, de chaque réservataire (de son flux), de chaque public."""
    import polars as pl

    dates = calcul.baux.drop_nulls("delai")
    yield from _par(calcul, "delai_median_commune", dates, "code_insee", "attributions_par_commune {}")
    yield from _par(calcul, "delai_median_reservataire", dates.filter("dans_le_flux"), "categorie", "flux {}")
    publics = dates.with_columns(pl.concat_str(pl.lit("public_"), "public").alias("public"))
    yield from _par(calcul, "delai_median_public", publics, "public")


def _par(calcul: Calcul, ident: str, dates: pl.DataFrame, maille: str, dans: str = "") -> Iterator[Indicateur]:
    """``dans`` : la case, montrée aussi, dont ces baux font partie."""
    cases: list[str] = []
    groupes = dates.drop_nulls(maille).group_by(maille).agg("delai").sort(maille)
    for valeur, jours in groupes.iter_rows():
        cases.append(f"{ident} {valeur} effectif")
        calcul.tableau.poser(cases[-1], len(jours))
        if dans and dans.format(valeur) in calcul.tableau.cases:
            calcul.contenir(dans.format(valeur), cases[-1])
        mediane = quartiles(jours)["mediane"]
        yield Indicateur(calcul.textes[ident], valeur, mediane, effectif=len(jours), cases=(cases[-1],))
    calcul.reste(_TOUS, cases, ident)
