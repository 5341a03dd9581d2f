"""Le dossier de la conférence et le bilan du flux (CCH R441-5-1) de la même année, lus côte à côte.

Ce que l'un montre se soustrait de l'autre : ce que le bilan tait se tait ici, ce qu'il montre s'y compte pour connu, et
leurs sommes communes (un réservataire par commune, dans un quartier, ses baux) sont dans le tableau que le masque juge.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from modele.attributions.bilan import LignePubliee, publier, publier_hors_flux
from modele.chiffres import Diffusion
from modele.chiffres.tableau import Case, Tableau

if TYPE_CHECKING:
    import polars as pl

    from modele.conference.indicateurs import Annee

_MOTIFS: Final = {
    "": "hors_flux territoire", "MUTATION": "hors_flux_mutations territoire",
    "RENOUVELLEMENT_URBAIN": "hors_flux_renouvellement territoire",
}  # fmt: skip
_LIEES: Final = ("code_insee", "en_qpv")
"""Les dimensions du bilan que le dossier compte aussi ; les autres ne tiennent qu'au total du réservataire."""


def avec_le_bilan(annee: Annee, diffusion: Diffusion) -> tuple[Tableau, frozenset[str]]:
    """Le tableau de l'année et ce que le bilan y ajoute ; et ce que ce bilan tait déjà."""
    tableau = Tableau(dict(annee.tableau.cases), list(annee.tableau.sommes))
    if annee.bilan is None:
        return tableau, frozenset()
    tues = set[str]()
    for motif, combien in publier_hors_flux(annee.hors_flux, diffusion).items():
        if (case := _MOTIFS.get(motif)) is not None:
            _connaitre(tableau, case, combien, tues)
    if annee.bilan.height:
        _Bilan(tableau, annee.bilan, publier(annee.bilan, diffusion, logements=False), tues).ajouter()
    return tableau, frozenset(tues)


def _connaitre(tableau: Tableau, nom: str, montree: int | None, tues: set[str]) -> None:
    """La même case, là-bas et ici : montrée, elle est connue ; tue, elle l'est des deux côtés."""
    case = tableau.cases[nom]
    if montree is None:
        tues.add(nom)
    else:
        tableau.cases[nom] = Case(case.valeur, case.impossible, case.publiee, connue=True)


class _Bilan:
    """Les lignes publiées du bilan, en cases de ce tableau : chacune connue ou cachée, et ce qui les lie au dossier."""

    def __init__(self, tableau: Tableau, exact: pl.DataFrame, publiees: Iterable[LignePubliee], tues: set[str]) -> None:
        self._tableau, self._tues = tableau, tues
        self._exact = self._compter(exact)
        self._lignes = [une for une in publiees if une.dimension in ("", *_LIEES)]

    @staticmethod
    def _compter(exact: pl.DataFrame) -> dict[tuple[str, str, str], tuple[int, int]]:
        import polars as pl

        sommes = pl.col("attribues", "baux").sum()
        lus = {(qui, "", ""): (n, baux) for qui, n, baux in exact.group_by("categorie").agg(sommes).iter_rows()}
        for dimension in _LIEES:
            comptes = exact.group_by("categorie", dimension).agg(sommes).iter_rows()
            lus |= {(qui, dimension, valeur or ""): (n, baux) for qui, valeur, n, baux in comptes}
        return lus

    def ajouter(self) -> None:
        """Pose ses cases, puis ses sommes."""
        for une in self._lignes:
            exacts = self._exact[une.categorie, une.dimension, une.valeur]
            for sorte, combien, montree in zip(("attribues", "baux"), exacts, (une.attribues, une.baux), strict=True):
                self._poser(une, sorte, combien, montree)
        for qui in dict.fromkeys(une.categorie for une in self._lignes):
            self._lier(qui)
        self._croiser()

    def _poser(self, une: LignePubliee, sorte: str, combien: int, montree: int | None) -> None:
        nom = _nom(une.categorie, une.dimension, une.valeur, sorte)
        if nom in self._tableau.cases:
            _connaitre(self._tableau, nom, montree, self._tues)
            return
        self._tableau.poser(nom, combien, impossible=montree is None and not combien, publiee=montree is not None,
                            connue=montree is not None)  # fmt: skip

    def _lier(self, qui: str) -> None:
        """Un réservataire est la somme de ses communes, et de ses quartiers ou non ; ses baux sont des siennes."""
        for dimension in _LIEES:
            for sorte in ("attribues", "baux"):
                parts = [_nom(qui, dimension, valeur, sorte) for valeur in self._valeurs(qui, dimension)]
                self._tableau.sommer(_nom(qui, "", "", sorte), parts)

    def _valeurs(self, qui: str, dimension: str) -> list[str]:
        return [une.valeur for une in self._lignes if (une.categorie, une.dimension) == (qui, dimension)]

    def _croiser(self) -> None:
        """Ce que le dossier compte de tous les réservataires, et ce qui n'est pas du flux : le reste."""
        cases, lieux = self._tableau.cases, {une.valeur for une in self._lignes if une.dimension == "code_insee"}
        qui = list(dict.fromkeys(une.categorie for une in self._lignes))
        for code in sorted(lieux):
            self._reste(f"attributions_par_commune {code}", "attribues", "code_insee", code)
        self._reste("hors_q1_qpv_attributions territoire dénominateur", "attribues", "en_qpv", "OUI")
        self._reste("hors_q1_qpv_baux territoire dénominateur", "baux", "en_qpv", "OUI")
        self._reste("q1_hors_qpv territoire dénominateur", "baux", "en_qpv", "NON")
        baux = [_nom(un, "", "", "baux") for un in qui]
        if cases["flux_baux territoire"].valeur == sum(cases[un].valeur for un in baux):
            self._tableau.sommer("flux_baux territoire", baux)

    def _reste(self, total: str, sorte: str, dimension: str, valeur: str) -> None:
        cases = self._tableau.cases
        noms = (_nom(une.categorie, dimension, valeur, sorte) for une in self._lignes)
        parts = [nom for nom in dict.fromkeys(noms) if nom in cases]
        combien = cases[total].valeur - sum(cases[nom].valeur for nom in parts) if total in cases else -1
        if combien >= 0:
            reste = f"{total} : hors du bilan"
            self._tableau.poser(reste, combien, impossible=not combien, publiee=False)
            self._tableau.sommer(total, [*parts, reste])


def _nom(qui: str, dimension: str, valeur: str, sorte: str) -> str:
    if not dimension and sorte == "attribues":
        return f"flux {qui}"
    return f"bilan {qui} {dimension} {valeur} {sorte}"
