"""Ce qui se relève dans un fichier de bailleur sans rien en refuser : à vérifier avec lui, jamais une faute."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from modele.attributions.colonnes import FichierDe
from modele.attributions.droit import droit
from modele.attributions.lettres import portent_une_lettre
from modele.attributions.notions import Controles
from modele.attributions.tableau import LIGNE
from modele.regles.tableaux import LigneRefusee

if TYPE_CHECKING:
    import polars as pl

PAR_CONTROLE: Final = 100
"""Les lignes montrées d'un même relevé."""
_OUI: Final = "OUI"
_Releve = tuple[str, "pl.Expr", str]


def relever(table: pl.DataFrame, fichier: FichierDe) -> list[LigneRefusee]:
    """Ce qu'il y a à vérifier, ligne par ligne ; les nombres viennent de ``attributions.toml``."""
    releves = list(_DE[fichier](droit().controles))
    vus = table.select(quoi.fill_null(value=False).any().alias(str(rang)) for rang, (_, quoi, _) in enumerate(releves))
    leves = [un for un, vu in zip(releves, vus.row(0) if table.height else (), strict=False) if vu]
    return [
        LigneRefusee(int(ligne), colonne, f"{message} (à vérifier)")
        for colonne, quoi, message in leves
        for ligne in table.filter(quoi)[LIGNE].head(PAR_CONTROLE)
    ]


def _du_quartier(_: Controles) -> Iterator[_Releve]:
    import polars as pl

    avec_code = pl.col("code_qpv").is_not_null() & (pl.col("en_qpv") != _OUI)
    yield "en_qpv", avec_code, "un code de quartier prioritaire, et « en_qpv » ne dit pas OUI"
    sans_code = pl.col("code_qpv").is_null() & (pl.col("en_qpv") == _OUI)
    yield "code_qpv", sans_code, "en quartier prioritaire, sans le code du quartier"


def _hors_flux() -> _Releve:
    import polars as pl

    dans, reserves = droit().flux.dans_le_flux, pl.col("type_reservataire").fill_null("")
    non_reserves = next(un.types for un in droit().reservataires.values() if un.non_reserve)
    hors = (pl.col("hors_flux") != dans) & ~reserves.is_in(list(non_reserves))
    return "hors_flux", hors, "hors du flux, et pourtant réservé"


def _des_logements(regles: Controles) -> Iterator[_Releve]:
    import polars as pl

    yield from _du_quartier(regles)
    yield _hors_flux()
    yield "dpe_energie", pl.col("dpe_energie").is_null(), "pas de diagnostic de performance énergétique"
    indecent = pl.col("dpe_energie") == regles.dpe_indecent
    yield "dpe_energie", indecent, f"DPE {regles.dpe_indecent} : non décent pour une nouvelle location"
    yield "loyer_principal", pl.col("loyer_principal") > pl.col("loyer_maximal"), "loyer au-dessus du loyer maximal"
    au_plus = pl.col("date_information_reservataire").dt.offset_by(f"{regles.limite_mois}mo")
    tard = pl.col("date_limite_designation") > au_plus
    yield (
        "date_limite_designation",
        tard,
        f"plus de {regles.limite_mois} mois après l'information, si la zone est tendue",
    )


def _des_attributions(regles: Controles) -> Iterator[_Releve]:
    import polars as pl

    yield from _du_quartier(regles)
    yield _hors_flux()
    regle, decisions = droit().flux, droit().decisions
    interne = (pl.col("mutation") == regle.mutation_interne) & (pl.col("hors_flux") == regle.dans_le_flux)
    yield "mutation", interne, "mutation interne au bailleur, et pourtant dans le flux"
    refuse = pl.col("reponse").is_in([decisions.refusee, decisions.sans_reponse]) & pl.col("date_bail").is_not_null()
    yield "date_bail", refuse, "un bail, et pourtant refusé ou sans réponse"
    avant = pl.col("date_bail") < pl.col("date_caleol")
    yield "date_bail", avant, "le bail est signé avant la commission"
    lettres = pl.col("priorite_l441_1").map_batches(lambda cases: ~portent_une_lettre(cases), return_dtype=pl.Boolean)
    yield "priorite_l441_1", lettres, "cette lettre n'est pas de celles de L441-1 : elle ne se garde pas"
    rang = pl.col("nb_personnes").clip(1, len(regles.surfaces)) - 1
    minimum = rang.replace_strict(dict(enumerate(regles.surfaces)), default=None)
    petite = pl.col("surface_habitable") < minimum
    yield "surface_habitable", petite, "trop petit pour ce foyer (R822-25)"


_DE: Final = {FichierDe.LOGEMENTS: _des_logements, FichierDe.ATTRIBUTIONS: _des_attributions}
