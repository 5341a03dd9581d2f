"""Les indicateurs d'une année, tels que les textes les demandent ; chacun dit de quelles cases il est fait."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING, Final

from modele.attributions.bilan import bilan_des
from modele.attributions.droit import droit
from modele.attributions.noms import reunir_les_noms
from modele.attributions.notions import Quart
from modele.attributions.preparation import preparer
from modele.attributions.quart import compter
from modele.chiffres.tableau import Tableau
from modele.conference.calcul import Calcul
from modele.conference.delais import delais, delais_par_maille
from modele.conference.demandes import indicateurs_des_demandes
from modele.conference.lignes import TERRITOIRE, Indicateur
from modele.conference.parcours import parcours
from modele.conference.refus import refus

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

    ``details`` : chaque découpage plus fin, à part : il ne se montre que s'il ne fait taire aucun nombre du tableau.
    ``bilan``, ``hors_flux`` : ce que le bilan du flux (CCH R441-5-1) compte des mêmes lignes, et qui se lit à côté.
    """

    annee: int
    indicateurs: tuple[Indicateur, ...]
    tableau: Tableau
    bilan: pl.DataFrame | None = None
    hors_flux: Mapping[str, int] = field(default_factory=dict)
    details: tuple[Tableau, ...] = ()


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
    details = [_a_part(tableau, partial(famille, calcul)) for famille in (parcours, refus, delais_par_maille)]
    tous += [un for dits, _ in details for un in dits]
    seuls = tuple(detail for _, detail in details)
    return Annee(annee, tuple(tous), tableau, bilan_des(preparees, offertes), hors, seuls)


def _a_part(tableau: Tableau, compter: Callable[[], Iterator[Indicateur]]) -> tuple[list[Indicateur], Tableau]:
    """Ces indicateurs, et leurs cases ôtées du tableau : seules, avec les sommes qui les y lient."""
    avant, sommes = set(tableau.cases), len(tableau.sommes)
    dits = list(compter())
    seules = Tableau({nom: tableau.cases.pop(nom) for nom in [*tableau.cases] if nom not in avant})
    seules.sommes, tableau.sommes[sommes:] = tableau.sommes[sommes:], []
    return dits, seules


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


class _Calcul(Calcul):
    """Ceux des taux, des parts et des situations ; les autres sont dans ``refus``, ``parcours``, ``delais``."""

    def __init__(self, lignes: pl.DataFrame, tableau: Tableau, annee: int) -> None:
        import polars as pl

        super().__init__(lignes, tableau)
        self._annee, self._droit = annee, droit()
        self._semestre = self.baux.filter(pl.col("date_bail") <= date(annee, 6, 30))

    def tous(self) -> Iterator[Indicateur]:
        """Chacun, dans l'ordre du fichier."""
        yield from self._comptes()
        yield from self._hors_qpv()
        yield from self._en_qpv()
        yield from self._quart()
        yield from self._parts()
        yield from delais(self)
        yield from self._situations()
        yield from self._essentiels()
        yield from self._communes()
        yield self._qualite()

    def _comptes(self) -> Iterator[Indicateur]:
        codes, reponses = self._droit.decisions, dict(self.lignes.group_by("reponse").len().iter_rows())
        yield self.nombre("attributions", self.lignes.height)
        par = {
            "acceptees": codes.acceptee,
            "refusees": codes.refusee,
            "sans_reponse": codes.sans_reponse,
            "en_cours": codes.en_cours,
        }
        for ident in _REPONSES:
            yield self.nombre(ident, reponses.get(par[ident], 0))
        self.reste("attributions territoire", [f"{un} territoire" for un in _REPONSES])
        yield self.nombre("baux", self.baux.height)
        self.tableau.partager("attributions territoire", "baux territoire")
        self._acceptees_et_baux(codes.acceptee)
        yield from self._hors_du_flux()

    def _acceptees_et_baux(self, acceptee: str) -> None:
        """Une offre acceptée a presque toujours son bail : l'une moins l'autre rendrait les autres."""
        import polars as pl

        ensemble = "baux acceptés"
        self.tableau.poser(ensemble, self.baux.filter(pl.col("reponse") == acceptee).height, publiee=False)
        self.tableau.partager("acceptees territoire", ensemble)
        self.reste("baux territoire", [ensemble])

    def _hors_du_flux(self) -> Iterator[Indicateur]:
        hors = dict(self.lignes.remove("dans_le_flux").group_by("hors_flux").len().iter_rows())
        yield self.nombre("hors_flux", sum(hors.values()))
        for ident, motif in _HORS_FLUX.items():
            yield self.nombre(ident, hors.get(motif, 0))
        self.reste("hors_flux territoire", [f"{un} territoire" for un in _HORS_FLUX])
        yield self.nombre("flux_attributions", self.flux.height)
        self.tableau.sommer("attributions territoire", ["hors_flux territoire", "flux_attributions territoire"])
        yield self.nombre("flux_baux", int(self.flux["bail"].sum()))
        self.tableau.partager("flux_attributions territoire", "flux_baux territoire")
        self.tableau.partager("baux territoire", "flux_baux territoire")

    def _inconnus(
        self, cases: tuple[str, str], lignes: pl.DataFrame, publics: list[str], *, publiee: bool = True
    ) -> int:
        """Ceux dont rien ne dit s'ils en sont : une part de ce que le numérateur laisse, et qui se montre aussi."""
        case, combien = f"{cases[1]} inconnus", int(lignes["non_dit"].sum())
        self.tableau.poser(case, combien, impossible=not combien, publiee=publiee)
        self.reste(f"{cases[1]} sans {cases[0]}", [case])
        publics.append(case)
        return combien

    def _contenir_le_taux(self, total: tuple[str, str], part: tuple[str, str]) -> None:
        """Tout ce dont un taux est fait est dans l'autre : ses deux nombres, ses inconnus, et ce qu'ils laissent."""
        for grande, petite in zip(_morceaux(total), _morceaux(part), strict=True):
            self.contenir(grande, petite)

    def _par_bailleur(self, ident: str, lignes: pl.DataFrame, *, publiee: bool = True) -> Iterator[Indicateur]:
        """Le territoire, puis chaque bailleur, que leurs sommes lient. ``publiee`` : le territoire se montre."""
        import polars as pl

        tous = self.couple(ident, TERRITOIRE, lignes, "q1_ou_reloge", publiee=publiee)
        inconnus: list[str] = []
        yield self.part(ident, TERRITOIRE, tous, self._inconnus(tous, lignes, inconnus, publiee=publiee))
        siens: list[tuple[str, str]] = []
        for qui in sorted(self.lignes["qui"].unique()):
            les_siennes = lignes.filter(pl.col("qui") == qui)
            siens.append(self.couple(ident, qui, les_siennes, "q1_ou_reloge"))
            yield self.part(ident, qui, siens[-1], self._inconnus(siens[-1], les_siennes, inconnus))
        self.tableau.sommer(inconnus[0], inconnus[1:])
        for rang in range(2):
            self.tableau.sommer(tous[rang], [un[rang] for un in siens])

    def _hors_qpv(self) -> Iterator[Indicateur]:
        annee, semestre = "q1_hors_qpv", "q1_hors_qpv_semestre1"
        yield from self._par_bailleur(annee, self.baux.filter("hors_qpv"))
        # Le contrôle semestriel est par bailleur ; le territoire ne s'en publie pas, mais s'en déduirait.
        for un in self._par_bailleur(semestre, self._semestre.filter("hors_qpv"), publiee=False):
            haut, bas = un.cases
            self._contenir_le_taux((haut.replace(semestre, annee), bas.replace(semestre, annee)), (haut, bas))
            if un.perimetre != TERRITOIRE:
                yield un

    def _en_qpv(self) -> Iterator[Indicateur]:
        couples = {}
        for ident, lignes in (("hors_q1_qpv_attributions", self.lignes), ("hors_q1_qpv_baux", self.baux)):
            siennes = lignes.filter("qpv")
            couples[ident] = self.couple(ident, TERRITOIRE, siennes, "autres")
            yield self.part(ident, TERRITOIRE, couples[ident], self._inconnus(couples[ident], siennes, []))
        self._contenir_le_taux(couples["hors_q1_qpv_attributions"], couples["hors_q1_qpv_baux"])
        self.tableau.partager("attributions territoire", couples["hors_q1_qpv_attributions"][1])
        hors = "q1_hors_qpv territoire dénominateur"
        self.reste("baux territoire", [hors, couples["hors_q1_qpv_baux"][1]], "quartiers")

    def _par_reservataire(self) -> Mapping[str, tuple[int, int]]:
        import polars as pl

        comptes = self.flux.group_by("categorie").agg(pl.len(), pl.col("prioritaire").sum())
        lus = {qui: (n, oui) for qui, n, oui in comptes.iter_rows()}
        return {un: lus[un] for un in self._droit.reservataires if un in lus}

    def _quart(self) -> Iterator[Indicateur]:
        for qui, (combien, prioritaires) in self._par_reservataire().items():
            self.tableau.poser(f"flux {qui}", combien)
            regle = self._droit.reservataires[qui].quart
            if regle is Quart.AUCUN:
                continue
            case = f"prioritaires {qui}"
            self.tableau.poser(case, prioritaires)
            self.tableau.partager(f"flux {qui}", case)
            du = compter(prioritaires, combien, regle)
            vu = self.part("quart_prioritaire", qui, (case, f"flux {qui}"))
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
        self.reste(total, [f"flux {un}" for un in qui], "réservataires")
        collectives = [f"flux {un}" for un in qui if "COLTER" in self._droit.reservataires[un].types]
        ensemble = f"flux {COLLECTIVITES}"
        self.tableau.poser(ensemble, sum(self.tableau.cases[un].valeur for un in collectives))
        self.tableau.sommer(ensemble, collectives)
        for un in (*qui, COLLECTIVITES):
            yield self.part("part_flux", un, (f"flux {un}", total))

    def _situations(self) -> Iterator[Indicateur]:
        import polars as pl

        comptes = (
            self.baux.filter(pl.col("situation_anterieure").is_not_null())
            .group_by("situation_anterieure")
            .len()
            .sort("len", "situation_anterieure", descending=[True, False])
        )
        inconnus = self.baux["situation_anterieure"].null_count()
        vus = [
            self.nombre("situation_anterieure", combien, code, inconnus, "baux territoire : reste situations")
            for code, combien in comptes.iter_rows()
        ]
        self.reste("baux territoire", [une for un in vus for une in un.cases], "situations", publiee=True)
        yield from vus

    def _essentiels(self) -> Iterator[Indicateur]:
        import polars as pl

        dites = self.baux.filter(pl.col("travailleur_essentiel").is_in(["OUI", "NON"])).with_columns(
            essentiel=pl.col("travailleur_essentiel") == "OUI"
        )
        cases = self.couple("travailleurs_essentiels", TERRITOIRE, dites, "essentiel")
        self.reste("baux territoire", [cases[1]], "essentiels", publiee=True)
        yield self.part(
            "travailleurs_essentiels",
            TERRITOIRE,
            cases,
            self.baux.height - dites.height,
            "baux territoire : reste essentiels",
        )

    def _communes(self) -> Iterator[Indicateur]:
        comptes = self.lignes.group_by("code_insee").len().sort("code_insee")
        vus = [self.nombre("attributions_par_commune", combien, code) for code, combien in comptes.iter_rows()]
        self.tableau.sommer("attributions territoire", [une for un in vus for une in un.cases])
        yield from vus

    def _qualite(self) -> Indicateur:
        import polars as pl

        vides = self.lignes.select(
            *(pl.col(un).fill_null(_NON_DIT).is_in([_NON_DIT, ""]).sum() for un in _TEXTES),
            pl.col("date_demande").is_null().sum(),
        ).row(0, named=True)
        manquantes = sum(vides.values())
        attendues = self.lignes.height * len(RENSEIGNEES)
        pleines = attendues - manquantes
        valeur = float(Fraction(pleines, attendues)) if attendues else None
        # Le taux et les attributions rendent les cases vides : elles se comptent avec ce qui s'en dit ailleurs.
        self.tableau.poser("qualite manquantes", manquantes, impossible=not manquantes)
        for un, combien in vides.items():
            self.tableau.poser(f"vides {un}", combien, impossible=not combien, publiee=False)
        self.tableau.sommer("qualite manquantes", [f"vides {un}" for un in vides])
        for un, inconnus in _VIDES_DES_BAUX.items():
            self.contenir(f"vides {un}", f"baux territoire : reste {inconnus}")
        return Indicateur(
            self.textes["qualite"],
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
