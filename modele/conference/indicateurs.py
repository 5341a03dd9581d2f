"""Les indicateurs d'une année, tels que les textes les demandent ; chacun dit de quelles cases il est fait."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from modele.attributions.bilan import bilan_des
from modele.attributions.droit import droit
from modele.attributions.noms import reunir_les_noms
from modele.attributions.notions import Quart
from modele.attributions.preparation import preparer
from modele.attributions.quart import compter
from modele.chiffres.quantiles import quartiles
from modele.chiffres.tableau import Tableau
from modele.conference.definitions import conference
from modele.conference.demandes import indicateurs_des_demandes
from modele.conference.lignes import TERRITOIRE, Indicateur

if TYPE_CHECKING:
    import polars as pl

COLLECTIVITES: Final = "collectivites"
RENSEIGNEES: Final = (
    "quartile", "relogement_nru", "travailleur_essentiel", "mutation", "situation_anterieure", "date_demande",
    "type_reservataire",
)  # fmt: skip
"""Les colonnes dont ces indicateurs se calculent : leur part renseignée est le score de qualité."""
_Q1: Final = "Q1"
_NON_DIT: Final = "NONDOC"
_REPONSES: Final = ("acceptees", "refusees", "sans_reponse", "en_cours")
_HORS_FLUX: Final = {"hors_flux_mutations": "MUTATION", "hors_flux_renouvellement": "RENOUVELLEMENT_URBAIN"}


@dataclass(frozen=True, slots=True)
class Annee:
    """Les indicateurs d'une année et le tableau de leurs cases, avec toutes les sommes qui les lient.

    ``bilan``, ``hors_flux`` : ce que le bilan du flux (CCH R441-5-1) compte des mêmes lignes, et qui se lit à côté.
    """

    annee: int
    indicateurs: tuple[Indicateur, ...]
    tableau: Tableau
    bilan: pl.DataFrame | None = None
    hors_flux: Mapping[str, int] = field(default_factory=dict)


def indicateurs(
    attributions: pl.DataFrame, logements: pl.DataFrame, annee: int, demandes: pl.DataFrame | None = None
) -> Annee:
    """Ceux de l'année, d'après les fichiers de tous les bailleurs ; à lignes égales, nombres égaux.

    ``demandes`` : celles que lit ``demandes.lire_demandes``, pour dire qui attend encore.
    """
    lues, offertes = reunir_les_noms(attributions, logements)
    preparees = preparer(lues, date(annee, 12, 31))
    tableau, lignes = Tableau(), _completer(preparees.attribuees)
    calcul = _Calcul(lignes, tableau, annee)
    hors = dict(lignes.remove("dans_le_flux").group_by("hors_flux").len().sort("hors_flux").iter_rows())
    tous = list(calcul.tous())
    if demandes is not None:
        tous += indicateurs_des_demandes(demandes, annee, tableau)
    return Annee(annee, tuple(tous), tableau, bilan_des(preparees, offertes), hors)


def _completer(lignes: pl.DataFrame) -> pl.DataFrame:
    """Les attributions de l'année, et ce dont chaque taux se compte."""
    import polars as pl

    quartile = pl.col("quartile").fill_null(_NON_DIT)
    reloge = (pl.col("relogement_nru") == "OUI").fill_null(value=False)
    # Une case vide n'est ni dedans ni dehors : elle ne compte dans aucun des deux taux.
    qpv = (pl.col("en_qpv") == "OUI").fill_null(value=False)
    hors_qpv = (pl.col("en_qpv") == "NON").fill_null(value=False)
    inconnu = (quartile == _NON_DIT) | (hors_qpv & pl.col("relogement_nru").is_null())
    return lignes.with_columns(
        qui=pl.coalesce("bailleur", "siren_bailleur"),
        qpv=qpv,
        hors_qpv=hors_qpv,
        q1_ou_reloge=(quartile == _Q1) | reloge,
        autres=~quartile.is_in([_Q1, _NON_DIT]),
        non_dit=inconnu & (qpv | ~((quartile == _Q1) | reloge)),
        delai=(pl.col("date_bail") - pl.col("date_demande")).dt.total_days(),
    )


class _Calcul:
    """Une année en cours de compte : ses lignes, le tableau qu'elle remplit."""

    def __init__(self, lignes: pl.DataFrame, tableau: Tableau, annee: int) -> None:
        import polars as pl

        self._lignes, self._tableau, self._annee = lignes, tableau, annee
        self._baux = lignes.filter("bail")
        self._flux = lignes.filter("dans_le_flux")
        self._droit, self._textes = droit(), conference().definitions
        self._semestre = self._baux.filter(pl.col("date_bail") <= date(annee, 6, 30))

    def tous(self) -> Iterator[Indicateur]:
        """Chacun, dans l'ordre du fichier."""
        yield from self._comptes()
        yield from self._hors_qpv()
        yield from self._en_qpv()
        yield from self._quart()
        yield from self._parts()
        yield from self._delais()
        yield from self._situations()
        yield from self._essentiels()
        yield from self._communes()
        yield self._qualite()

    def _nombre(
        self, ident: str, valeur: int, perimetre: str = TERRITOIRE, inconnus: int | None = None, ou: str = ""
    ) -> Indicateur:
        case = f"{ident} {perimetre}"
        self._tableau.poser(case, valeur)
        return Indicateur(self._textes[ident], perimetre, valeur, non_renseignes=inconnus, cases=(case,), inconnus=ou)

    def _part(
        self, ident: str, perimetre: str, cases: tuple[str, str], inconnus: int | None = None, case_inconnus: str = ""
    ) -> Indicateur:
        haut, bas = (self._tableau.cases[une].valeur for une in cases)
        return Indicateur(
            self._textes[ident],
            perimetre,
            float(Fraction(haut, bas)) if bas else None,
            haut,
            bas,
            inconnus,
            cases=cases,
            inconnus=case_inconnus or f"{cases[1]} inconnus",
        )

    def _comptes(self) -> Iterator[Indicateur]:
        codes, reponses = self._droit.decisions, dict(self._lignes.group_by("reponse").len().iter_rows())
        yield self._nombre("attributions", self._lignes.height)
        par = {
            "acceptees": codes.acceptee,
            "refusees": codes.refusee,
            "sans_reponse": codes.sans_reponse,
            "en_cours": codes.en_cours,
        }
        for ident in _REPONSES:
            yield self._nombre(ident, reponses.get(par[ident], 0))
        self._reste("attributions territoire", [f"{un} territoire" for un in _REPONSES])
        yield self._nombre("baux", self._baux.height)
        self._tableau.partager("attributions territoire", "baux territoire")
        self._acceptees_et_baux(codes.acceptee)
        yield from self._hors_du_flux()

    def _acceptees_et_baux(self, acceptee: str) -> None:
        """Une offre acceptée a presque toujours son bail : l'une moins l'autre rendrait les autres."""
        import polars as pl

        ensemble = "baux acceptés"
        self._tableau.poser(ensemble, self._baux.filter(pl.col("reponse") == acceptee).height, publiee=False)
        self._tableau.partager("acceptees territoire", ensemble)
        self._reste("baux territoire", [ensemble])

    def _hors_du_flux(self) -> Iterator[Indicateur]:
        hors = dict(self._lignes.remove("dans_le_flux").group_by("hors_flux").len().iter_rows())
        yield self._nombre("hors_flux", sum(hors.values()))
        for ident, motif in _HORS_FLUX.items():
            yield self._nombre(ident, hors.get(motif, 0))
        self._reste("hors_flux territoire", [f"{un} territoire" for un in _HORS_FLUX])
        yield self._nombre("flux_attributions", self._flux.height)
        self._tableau.sommer("attributions territoire", ["hors_flux territoire", "flux_attributions territoire"])
        yield self._nombre("flux_baux", int(self._flux["bail"].sum()))
        self._tableau.partager("flux_attributions territoire", "flux_baux territoire")
        self._tableau.partager("baux territoire", "flux_baux territoire")

    def _reste(self, total: str, parts: Sequence[str], dit: str = "", *, publiee: bool = False) -> None:
        """Le total est leur somme, et ce qu'aucune ne dit : ce reste aussi se déduirait."""
        reste = f"{total} : reste {dit or parts[0]}"
        cases = self._tableau.cases
        combien = cases[total].valeur - sum(cases[un].valeur for un in parts)
        self._tableau.poser(reste, combien, impossible=not combien, publiee=publiee)
        self._tableau.sommer(total, [*parts, reste])

    def _couple(
        self, ident: str, perimetre: str, lignes: pl.DataFrame, oui: str, *, publiee: bool = True
    ) -> tuple[str, str]:
        """Le numérateur et le dénominateur d'un taux, posés avec leur différence."""
        cases = (f"{ident} {perimetre} numérateur", f"{ident} {perimetre} dénominateur")
        self._tableau.poser(cases[0], int(lignes[oui].sum()), publiee=publiee)
        self._tableau.poser(cases[1], lignes.height, publiee=publiee)
        self._tableau.partager(cases[1], cases[0])
        return cases

    def _inconnus(
        self, cases: tuple[str, str], lignes: pl.DataFrame, publics: list[str], *, publiee: bool = True
    ) -> int:
        """Ceux dont rien ne dit s'ils en sont : une part de ce que le numérateur laisse, et qui se montre aussi."""
        case, combien = f"{cases[1]} inconnus", int(lignes["non_dit"].sum())
        self._tableau.poser(case, combien, impossible=not combien, publiee=publiee)
        self._reste(f"{cases[1]} sans {cases[0]}", [case])
        publics.append(case)
        return combien

    def _contenir(self, total: str, part: str) -> None:
        """L'une est dans l'autre, et les deux se montrent : leur différence aussi ; de rien, rien ne reste."""
        if not self._tableau.cases[total].impossible:
            self._tableau.partager(total, part)

    def _contenir_le_taux(self, total: tuple[str, str], part: tuple[str, str]) -> None:
        """Tout ce dont un taux est fait est dans l'autre : ses deux nombres, ses inconnus, et ce qu'ils laissent."""
        for grande, petite in zip(_morceaux(total), _morceaux(part), strict=True):
            self._contenir(grande, petite)

    def _par_bailleur(self, ident: str, lignes: pl.DataFrame, *, publiee: bool = True) -> Iterator[Indicateur]:
        """Le territoire, puis chaque bailleur, que leurs sommes lient. ``publiee`` : le territoire se montre."""
        import polars as pl

        tous = self._couple(ident, TERRITOIRE, lignes, "q1_ou_reloge", publiee=publiee)
        inconnus: list[str] = []
        yield self._part(ident, TERRITOIRE, tous, self._inconnus(tous, lignes, inconnus, publiee=publiee))
        siens: list[tuple[str, str]] = []
        for qui in sorted(self._lignes["qui"].unique()):
            les_siennes = lignes.filter(pl.col("qui") == qui)
            siens.append(self._couple(ident, qui, les_siennes, "q1_ou_reloge"))
            yield self._part(ident, qui, siens[-1], self._inconnus(siens[-1], les_siennes, inconnus))
        self._tableau.sommer(inconnus[0], inconnus[1:])
        for rang in range(2):
            self._tableau.sommer(tous[rang], [un[rang] for un in siens])

    def _hors_qpv(self) -> Iterator[Indicateur]:
        annee, semestre = "q1_hors_qpv", "q1_hors_qpv_semestre1"
        yield from self._par_bailleur(annee, self._baux.filter("hors_qpv"))
        # Le contrôle semestriel est par bailleur ; le territoire ne s'en publie pas, mais s'en déduirait.
        for un in self._par_bailleur(semestre, self._semestre.filter("hors_qpv"), publiee=False):
            haut, bas = un.cases
            self._contenir_le_taux((haut.replace(semestre, annee), bas.replace(semestre, annee)), (haut, bas))
            if un.perimetre != TERRITOIRE:
                yield un

    def _en_qpv(self) -> Iterator[Indicateur]:
        couples = {}
        for ident, lignes in (("hors_q1_qpv_attributions", self._lignes), ("hors_q1_qpv_baux", self._baux)):
            siennes = lignes.filter("qpv")
            couples[ident] = self._couple(ident, TERRITOIRE, siennes, "autres")
            yield self._part(ident, TERRITOIRE, couples[ident], self._inconnus(couples[ident], siennes, []))
        self._contenir_le_taux(couples["hors_q1_qpv_attributions"], couples["hors_q1_qpv_baux"])
        self._tableau.partager("attributions territoire", couples["hors_q1_qpv_attributions"][1])
        hors = "q1_hors_qpv territoire dénominateur"
        self._reste("baux territoire", [hors, couples["hors_q1_qpv_baux"][1]], "quartiers")

    def _par_reservataire(self) -> Mapping[str, tuple[int, int]]:
        import polars as pl

        comptes = self._flux.group_by("categorie").agg(pl.len(), pl.col("prioritaire").sum())
        lus = {qui: (n, oui) for qui, n, oui in comptes.iter_rows()}
        return {un: lus[un] for un in self._droit.reservataires if un in lus}

    def _quart(self) -> Iterator[Indicateur]:
        for qui, (combien, prioritaires) in self._par_reservataire().items():
            self._tableau.poser(f"flux {qui}", combien)
            regle = self._droit.reservataires[qui].quart
            if regle is Quart.AUCUN:
                continue
            case = f"prioritaires {qui}"
            self._tableau.poser(case, prioritaires)
            self._tableau.partager(f"flux {qui}", case)
            du = compter(prioritaires, combien, regle)
            vu = self._part("quart_prioritaire", qui, (case, f"flux {qui}"))
            yield Indicateur(
                vu.definition,
                qui,
                vu.valeur,
                vu.numerateur,
                vu.denominateur,
                None,
                du.minimum,
                du.manque,
                None,
                vu.cases,
            )

    def _parts(self) -> Iterator[Indicateur]:
        qui = self._par_reservataire()
        total = "flux_attributions territoire"
        self._reste(total, [f"flux {un}" for un in qui], "réservataires")
        collectives = [f"flux {un}" for un in qui if "COLTER" in self._droit.reservataires[un].types]
        ensemble = f"flux {COLLECTIVITES}"
        self._tableau.poser(ensemble, sum(self._tableau.cases[un].valeur for un in collectives))
        self._tableau.sommer(ensemble, collectives)
        for un in (*qui, COLLECTIVITES):
            yield self._part("part_flux", un, (f"flux {un}", total))

    def _delais(self) -> Iterator[Indicateur]:
        import polars as pl

        yield from self._delai(self._baux, TERRITOIRE, ("delai_median", "delai_premier_quartile"))
        mutations = self._baux.filter(pl.col("mutation").is_in(["INTERNE", "EXTERNE"]))
        self._tableau.poser("mutations", mutations.height, publiee=False)
        self._tableau.partager("baux territoire", "mutations")
        yield from self._delai(mutations, TERRITOIRE, ("delai_median_mutations",))
        self._contenir("delai_median effectif", "delai_median_mutations effectif")
        self._contenir("baux territoire : reste delai_median", "mutations : reste delai_median_mutations")

    def _delai(self, lignes: pl.DataFrame, perimetre: str, voulus: Sequence[str]) -> Iterator[Indicateur]:
        jours = lignes["delai"].drop_nulls().to_list()
        rangs = quartiles(jours) if jours else {}
        case, total = f"{voulus[0]} effectif", "mutations" if len(voulus) == 1 else "baux territoire"
        self._tableau.poser(case, len(jours))
        self._reste(total, [case], voulus[0], publiee=True)
        moyenne = sum(jours) / len(jours) if jours else None
        dits = {voulus[0]: rangs.get("mediane")}
        if len(voulus) > 1:
            dits |= {
                "delai_premier_quartile": rangs.get("q1"),
                "delai_troisieme_quartile": rangs.get("q3"),
                "delai_moyen": moyenne,
            }
        for ident, valeur in dits.items():
            manquants = lignes.height - len(jours)
            yield Indicateur(
                self._textes[ident],
                perimetre,
                valeur,
                non_renseignes=manquants,
                effectif=len(jours),
                cases=(case,),
                inconnus=f"{total} : reste {voulus[0]}",
            )

    def _situations(self) -> Iterator[Indicateur]:
        import polars as pl

        comptes = (
            self._baux.filter(pl.col("situation_anterieure").is_not_null())
            .group_by("situation_anterieure")
            .len()
            .sort("len", "situation_anterieure", descending=[True, False])
        )
        inconnus = self._baux["situation_anterieure"].null_count()
        vus = [
            self._nombre("situation_anterieure", combien, code, inconnus, "baux territoire : reste situations")
            for code, combien in comptes.iter_rows()
        ]
        self._reste("baux territoire", [une for un in vus for une in un.cases], "situations", publiee=True)
        yield from vus

    def _essentiels(self) -> Iterator[Indicateur]:
        import polars as pl

        dites = self._baux.filter(pl.col("travailleur_essentiel").is_in(["OUI", "NON"])).with_columns(
            essentiel=pl.col("travailleur_essentiel") == "OUI"
        )
        cases = self._couple("travailleurs_essentiels", TERRITOIRE, dites, "essentiel")
        self._reste("baux territoire", [cases[1]], "essentiels", publiee=True)
        yield self._part(
            "travailleurs_essentiels",
            TERRITOIRE,
            cases,
            self._baux.height - dites.height,
            "baux territoire : reste essentiels",
        )

    def _communes(self) -> Iterator[Indicateur]:
        comptes = self._lignes.group_by("code_insee").len().sort("code_insee")
        vus = [self._nombre("attributions_par_commune", combien, code) for code, combien in comptes.iter_rows()]
        self._tableau.sommer("attributions territoire", [une for un in vus for une in un.cases])
        yield from vus

    def _qualite(self) -> Indicateur:
        import polars as pl

        vides = self._lignes.select(
            *(pl.col(un).fill_null(_NON_DIT).is_in([_NON_DIT, ""]).sum() for un in _TEXTES),
            pl.col("date_demande").is_null().sum(),
        ).row(0, named=True)
        manquantes = sum(vides.values())
        attendues = self._lignes.height * len(RENSEIGNEES)
        pleines = attendues - manquantes
        valeur = float(Fraction(pleines, attendues)) if attendues else None
        # Le taux et les attributions rendent les cases vides : elles se comptent avec ce qui s'en dit ailleurs.
        self._tableau.poser("qualite manquantes", manquantes, impossible=not manquantes)
        for un, combien in vides.items():
            self._tableau.poser(f"vides {un}", combien, impossible=not combien, publiee=False)
        self._tableau.sommer("qualite manquantes", [f"vides {un}" for un in vides])
        for un, inconnus in _VIDES_DES_BAUX.items():
            self._contenir(f"vides {un}", f"baux territoire : reste {inconnus}")
        return Indicateur(
            self._textes["qualite"],
            TERRITOIRE,
            valeur,
            pleines,
            attendues,
            manquantes,
            cases=("attributions territoire", "qualite manquantes"),
            taux_seul=True,
        )


def _morceaux(cases: tuple[str, str]) -> tuple[str, ...]:
    haut, bas = cases
    sans, inconnus = f"{bas} sans {haut}", f"{bas} inconnus"
    return haut, bas, sans, inconnus, f"{sans} : reste {inconnus}"


_VIDES_DES_BAUX: Final = {
    "situation_anterieure": "situations", "travailleur_essentiel": "essentiels", "date_demande": "delai_median",
}  # fmt: skip
"""Les vides d'une colonne qui se comptent aussi, des seuls baux, à côté d'un indicateur."""
_TEXTES: Final = tuple(une for une in RENSEIGNEES if une != "date_demande")
