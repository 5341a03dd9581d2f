"""Classer : pour un logement, des colonnes tenues d'avance aux candidats rangés et aux demandes écartées, d'un trait.

Par la grille du territoire, puis l'ancienneté ; à égalité, le même rang. Rien d'autre ne départage : ni l'ordre du
fichier, ni une note qu'une personne aurait mise. Perron range, une personne désigne.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import msgspec

from modele.attributions.classement.expressions import expression
from modele.attributions.classement.regles import SECTEUR, Regle, regles
from modele.attributions.classement.tenue import (
    AILLEURS,
    DEMANDE,
    MAXIMUM,
    MINIMUM,
    POINTS,
    RAISONS,
    RECUE,
    SECTEUR_DE,
)
from modele.regles.etats import INCONNU, Etat, Situation, connu
from modele.regles.faits import Fait

if TYPE_CHECKING:
    import polars as pl

ECRITES: Final = 50
"""Les premiers, dont les raisons s'écrivent tout de suite ; celles des autres, quand on les ouvre."""
RANG: Final = "rang"
EGAUX: Final = "egaux"
_NUMERO: Final = "numero"
_REGLE: Final = "regle:"
_ECARTEE: Final = "ecartee"


class Rouverture(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Une personne rouvre une demande écartée par une règle, et dit pourquoi."""

    dossier: str
    regle: str
    par: str
    motif: str
    le: date


@dataclass(frozen=True, slots=True)
class Candidat:
    """Une demande rangée. ``points`` vides : aucune grille. ``egaux`` : combien portent ce rang, elle comprise."""

    dossier: str
    rang: int
    points: float | None
    minimum: float | None
    maximum: float | None
    recue: date | None
    egaux: int
    raisons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ecarte:
    """Une demande écartée, et chaque raison écrite. ``rouvrables`` : les règles qu'une personne peut rouvrir."""

    dossier: str
    regles: tuple[str, ...]
    rouvrables: tuple[str, ...]
    raisons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Classement:
    """Le résultat, en colonnes : on n'en fait des objets que pour ce qu'on montre."""

    candidats: pl.DataFrame
    ecartes: pl.DataFrame
    tenues: pl.DataFrame
    logement: Mapping[str, Any]
    rouvertes: tuple[Rouverture, ...]

    def dire(self, debut: int = 0, combien: int | None = ECRITES) -> tuple[Candidat, ...]:
        """Les candidats de cette page, raisons écrites ; ``combien`` vide : tous."""
        return tuple(self._candidat(une) for une in self._page(self.candidats, debut, combien))

    def dire_ecartes(self, debut: int = 0, combien: int | None = None) -> tuple[Ecarte, ...]:
        """Les demandes écartées, dans l'ordre de leur référence."""
        return tuple(self._ecarte(une) for une in self._page(self.ecartes.sort(DEMANDE), debut, combien))

    def faits(self, nom: str, dossiers: Sequence[str]) -> dict[str, bool | None]:
        """Ce fait oui ou non de chacune de ces demandes ; ``None`` : on ne sait pas."""
        import polars as pl

        lues = self.tenues.filter(pl.col(DEMANDE).is_in(list(dossiers))).select(DEMANDE, nom)
        return dict(lues.iter_rows())

    def _page(self, rangee: pl.DataFrame, debut: int, combien: int | None) -> Iterator[dict[str, Any]]:
        """Les lignes de cette page, ce que chaque règle en dit, et leurs raisons : de celles-là seulement."""
        page = rangee.slice(debut, combien)
        montrees = self.tenues[page[_NUMERO]]
        verdicts = montrees.with_columns(_secteur(montrees, self.logement)).select(
            RAISONS, *_verdicts(regles().regles, self.logement)
        )
        return page.hstack(verdicts).iter_rows(named=True)

    def _candidat(self, une: Mapping[str, Any]) -> Candidat:
        raisons = (*une[RAISONS], *_anciennete(une), *_egalite(une), *self._a_savoir(une))
        return Candidat(
            une[DEMANDE], une[RANG], une[POINTS], une[MINIMUM], une[MAXIMUM], une[RECUE], une[EGAUX], raisons
        )

    def _a_savoir(self, une: Mapping[str, Any]) -> Iterator[str]:
        """Ce que les règles disent sans écarter : à vérifier, rouverte par une personne, avertissement."""
        for regle in regles().regles:
            verdict = une[f"{_REGLE}{regle.id}"]
            if verdict is None and regle.verifier:
                yield f"{regle.verifier} ({regle.provenance.fondement})."
            elif verdict and not regle.ecarte:
                yield regle.raison
            elif verdict:
                rouverte = next(r for r in self.rouvertes if (r.dossier, r.regle) == (une[DEMANDE], regle.id))
                yield f"{regle.raison} Rouverte par {rouverte.par} le {rouverte.le:%d/%m/%Y} : {rouverte.motif}"

    def _ecarte(self, une: Mapping[str, Any]) -> Ecarte:
        fermees = {r.regle for r in self.rouvertes if r.dossier == une[DEMANDE]}
        vraies = [r for r in regles().regles if r.ecarte and une[f"{_REGLE}{r.id}"] and r.id not in fermees]
        rouvrables = tuple(r.id for r in vraies if not r.fermee)
        return Ecarte(une[DEMANDE], tuple(r.id for r in vraies), rouvrables, tuple(r.raison for r in vraies))


def _anciennete(une: Mapping[str, Any]) -> Iterator[str]:
    if une[RECUE] is None:
        yield "Date de première réception inconnue : l'ancienneté ne peut pas la départager."
    else:
        yield f"Demande reçue le {une[RECUE]:%d/%m/%Y}."


def _egalite(une: Mapping[str, Any]) -> Iterator[str]:
    if une[EGAUX] > 1:
        yield f"À égalité : {une[EGAUX]} demandes portent ce rang, ni la grille ni l'ancienneté ne les départage."


def etats_du_logement(logement: Mapping[str, Any]) -> Situation:
    """Ce qu'on sait du logement, d'une ligne du fichier de son bailleur ; un code étranger est inconnu."""
    return Situation({fait.nom: _etat(fait, logement.get(nom)) for nom, fait in regles().logement.items()})


def _etat(fait: Fait, valeur: Any) -> Etat:
    return INCONNU if valeur is None or (fait.codes and valeur not in fait.codes) else connu(valeur)


def classer(tenues: pl.DataFrame, logement: Mapping[str, Any], rouvertes: Sequence[Rouverture] = ()) -> Classement:
    """Chaque demande une fois, rangée ou écartée. ``logement`` : une ligne aux colonnes du bailleur.

    Une rouverture d'une règle fermée ne compte pas : rouvrir un secteur à la place de la personne la mènerait peut-être
    là où elle est en danger, et le refuser à elle seule le dirait.
    """
    import polars as pl

    fermees = {une.id for une in regles().regles if une.fermee}
    rouvertes = [une for une in rouvertes if une.regle not in fermees]
    ecartent, cles = [une for une in regles().regles if une.ecarte], (DEMANDE, POINTS, MINIMUM, MAXIMUM, RECUE)
    jugees = tenues.lazy().with_columns(_secteur(tenues, logement))
    jugees = jugees.select(*cles, pl.int_range(pl.len()).alias(_NUMERO), *_verdicts(ecartent, logement))
    ecartee = pl.any_horizontal([_ecarte_encore(une, rouvertes) for une in ecartent]).fill_null(value=False)
    reunies = jugees.select(*cles, _NUMERO, ecartee.alias(_ECARTEE)).collect()
    return Classement(
        candidats=_ranger(reunies.filter(~pl.col(_ECARTEE)).drop(_ECARTEE)),
        ecartes=reunies.filter(_ECARTEE).select(DEMANDE, _NUMERO),
        tenues=tenues,
        logement=logement,
        rouvertes=tuple(rouvertes),
    )


def _secteur(tenues: pl.DataFrame, logement: Mapping[str, Any]) -> pl.Expr:
    """La colonne de la commune du logement, à défaut celle de toute autre commune."""
    import polars as pl

    commune = f"{SECTEUR_DE}{logement.get('code_insee')}"
    return pl.col(commune if commune in tenues.columns else f"{SECTEUR_DE}{AILLEURS}").alias(SECTEUR)


def _verdicts(lues: Sequence[Regle], logement: Mapping[str, Any]) -> list[pl.Expr]:
    situation = etats_du_logement(logement)
    return [expression(une.si, situation).alias(f"{_REGLE}{une.id}") for une in lues]


def _ecarte_encore(regle: Regle, rouvertes: Sequence[Rouverture]) -> pl.Expr:
    import polars as pl

    verdict = pl.col(f"{_REGLE}{regle.id}")
    dossiers = [une.dossier for une in rouvertes if une.regle == regle.id]
    return verdict & ~pl.col(DEMANDE).is_in(dossiers) if dossiers else verdict


def _ranger(candidats: pl.DataFrame) -> pl.DataFrame:
    """La référence ne départage pas : elle fixe seulement l'ordre où se lisent ceux qui portent le même rang."""
    import polars as pl

    ordre = candidats.sort(POINTS, RECUE, DEMANDE, descending=[True, False, False], nulls_last=True)
    place, cles = pl.int_range(1, pl.len() + 1), (POINTS, RECUE)
    neuf = pl.any_horizontal([pl.col(nom).ne_missing(pl.col(nom).shift()) for nom in cles]) | (place == 1)
    rangee = ordre.with_columns(pl.when(neuf).then(place).forward_fill().alias(RANG))
    return rangee.with_columns(pl.len().over(RANG).alias(EGAUX))
