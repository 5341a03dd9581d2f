"""Une année engendrée : chaque indicateur égal à un calcul simple, en boucles, sans polars."""

from __future__ import annotations

import random
import statistics
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache
from math import ceil
from pathlib import Path
from typing import Any

import polars as pl
import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "attributions"))

from annee_engendree import LE, engendrer

from modele.attributions.colonnes import FichierDe
from modele.attributions.droit import droit
from modele.attributions.import_bailleur import essayer
from modele.attributions.notions import Quart
from modele.attributions.preparation import preparer
from modele.conference import delais as delais_
from modele.conference import indicateurs as module
from modele.conference import parcours as parcours_
from modele.conference import refus as refus_
from modele.conference.definitions import conference
from modele.conference.indicateurs import RENSEIGNEES, indicateurs

Ligne = dict[str, Any]
Nombres = tuple[int | None, int | None, float | None]
FIN_DE_SEMESTRE = date(LE.year, 6, 30)
VALEURS: dict[str, tuple[str | None, ...]] = {
    "quartile": ("Q1", "Q1", "Q2", "Q3", "Q4", "NONDOC", None),
    "relogement_nru": ("OUI", "NON", "NON", "NON", "NONDOC", None),
    "travailleur_essentiel": ("OUI", "NON", "NONDOC", None),
    "mutation": ("NON", "INTERNE", "EXTERNE", None),
    "situation_anterieure": ("LP", "HLM", "CP", "CPE", "SD", "INCONNU", None),
    "motif_refus": ("LOYER", "ETAT_LOGEMENT", "AUTRE", None),
}


@cache
def tables() -> tuple[pl.DataFrame, pl.DataFrame]:
    textes = engendrer(combien=700)
    lues = [
        essayer(texte.encode(), fichier, None, LE).table
        for texte, fichier in zip(textes, (FichierDe.ATTRIBUTIONS, FichierDe.LOGEMENTS), strict=True)
    ]
    # Ce que les fichiers engendrés n'ont pas, et des cases vides partout : inconnu n'est pas non.
    hasard = random.Random(7)
    tirees = {
        colonne: pl.Series(hasard.choices(valeurs, k=lues[0].height), dtype=lues[0][colonne].dtype)
        for colonne, valeurs in VALEURS.items()
    }
    avant = pl.Series([hasard.choice((None, 90, 400, 401, 1200, 2000)) for _ in range(lues[0].height)])
    vides = pl.int_range(pl.len()) % 13
    attributions = lues[0].with_columns(
        **tirees,
        date_demande=pl.col("date_caleol") - pl.duration(days=avant),
        en_qpv=pl.when(vides == 7).then(None).otherwise(pl.col("en_qpv")),
    )
    return attributions, lues[1]


@cache
def lignes() -> list[Ligne]:
    """Les attributions de l'année telles que le flux les lit, une par logement et réservataire."""
    return preparer(tables()[0], date(LE.year, 12, 31)).attribuees.to_dicts()


def vus() -> dict[tuple[str, str], Nombres]:
    return {un.cle: (un.numerateur, un.denominateur, un.valeur) for un in indicateurs(*tables(), LE.year).indicateurs}


def part(haut: int, bas: int) -> Nombres:
    return haut, bas, haut / bas if bas else None


def nombre(combien: float | None) -> Nombres:
    return None, None, combien


def q1(une: Ligne) -> bool:
    return une["quartile"] == "Q1" or une["relogement_nru"] == "OUI"


def autre(une: Ligne) -> bool:
    return une["quartile"] in ("Q2", "Q3", "Q4")


def quantile(jours: list[int], rang: float) -> float:
    """Interpolé entre les deux voisins."""
    ranges = sorted(jours)
    place = rang * (len(ranges) - 1)
    bas = int(place)
    return ranges[bas] + (place - bas) * (ranges[min(bas + 1, len(ranges) - 1)] - ranges[bas])


def simples() -> Iterator[tuple[tuple[str, str], Nombres]]:
    toutes, baux = lignes(), [une for une in lignes() if une["bail"]]
    flux = [une for une in toutes if une["hors_flux"] == "NON"]
    codes = droit().decisions
    yield ("attributions", "territoire"), nombre(len(toutes))
    for ident in ("acceptees", "refusees", "sans_reponse", "en_cours"):
        code = getattr(codes, {"acceptees": "acceptee", "refusees": "refusee"}.get(ident, ident))
        yield (ident, "territoire"), nombre(sum(une["reponse"] == code for une in toutes))
    yield ("baux", "territoire"), nombre(len(baux))
    yield ("hors_flux", "territoire"), nombre(len(toutes) - len(flux))
    for ident, motif in (("hors_flux_mutations", "MUTATION"), ("hors_flux_renouvellement", "RENOUVELLEMENT_URBAIN")):
        yield (ident, "territoire"), nombre(sum(une["hors_flux"] == motif for une in toutes))
    yield ("flux_attributions", "territoire"), nombre(len(flux))
    yield ("flux_baux", "territoire"), nombre(sum(bool(une["bail"]) for une in flux))
    yield from taux(toutes, baux)
    yield from reservataires(flux)
    yield from delais(baux)
    for code, combien in Counter(une["situation_anterieure"] for une in baux).items():
        if code is not None:
            yield ("situation_anterieure", code), nombre(combien)
    dites = [une for une in baux if une["travailleur_essentiel"] in ("OUI", "NON")]
    oui = sum(une["travailleur_essentiel"] == "OUI" for une in dites)
    yield ("travailleurs_essentiels", "territoire"), part(oui, len(dites))
    for code, combien in Counter(une["code_insee"] for une in toutes).items():
        yield ("attributions_par_commune", code), nombre(combien)
    yield from mailles(toutes, baux, flux)
    pleines = sum(une[colonne] not in (None, "", "NONDOC") for une in toutes for colonne in RENSEIGNEES)
    yield ("qualite", "territoire"), part(pleines, len(toutes) * len(RENSEIGNEES))


def mailles(toutes: list[Ligne], baux: list[Ligne], flux: list[Ligne]) -> Iterator[tuple[tuple[str, str], Nombres]]:
    """Parcours, refus et délais, par commune, par réservataire, par public."""
    groupe_de = {code: groupe for groupe, codes in conference().groupes.items() for code in codes}
    vers = {"OUI": "qpv", "NON": "hors_qpv"}
    dits = [(groupe_de.get(une["situation_anterieure"], "autres"), vers.get(une["en_qpv"])) for une in baux
            if une["situation_anterieure"] is not None]  # fmt: skip
    for groupe in {groupe for groupe, _ in dits}:
        for ou in vers.values():
            yield ("parcours", f"{groupe}_vers_{ou}"), nombre(dits.count((groupe, ou)))
    refusees = [une for une in toutes if une["reponse"] == droit().decisions.refusee]
    for motif in {une["motif_refus"] for une in refusees if une["motif_refus"] is not None}:
        yield ("refus_par_motif", motif), nombre(sum(une["motif_refus"] == motif for une in refusees))
    for ident, maille, ces in (("commune", "code_insee", toutes), ("reservataire", "categorie", flux)):
        for valeur in {une[maille] for une in ces}:
            siennes = [une for une in ces if une[maille] == valeur]
            non = sum(une["reponse"] == droit().decisions.refusee for une in siennes)
            yield (f"refus_par_{ident}", valeur), part(non, len(siennes))
    dates = [une for une in baux if une["date_demande"]]
    for ident, maille in (("commune", "code_insee"), ("reservataire", "categorie"), ("public", "public")):
        for valeur in {une[maille] for une in dates}:
            jours = [
                (une["date_bail"] - une["date_demande"]).days
                for une in dates
                if une[maille] == valeur and (ident != "reservataire" or une["hors_flux"] == "NON")
            ]
            if jours:
                ou = f"public_{valeur}" if ident == "public" else valeur
                yield (f"delai_median_{ident}", ou), nombre(statistics.median(jours))


def taux(toutes: list[Ligne], baux: list[Ligne]) -> Iterator[tuple[tuple[str, str], Nombres]]:
    hors = [une for une in baux if une["en_qpv"] == "NON"]
    avant = [une for une in hors if une["date_bail"] <= FIN_DE_SEMESTRE]
    yield ("q1_hors_qpv", "territoire"), part(sum(map(q1, hors)), len(hors))
    for qui in {une["bailleur"] for une in toutes}:
        for ident, ces in (("q1_hors_qpv", hors), ("q1_hors_qpv_semestre1", avant)):
            siens = [une for une in ces if une["bailleur"] == qui]
            yield (ident, qui), part(sum(map(q1, siens)), len(siens))
    for ident, ces in (("hors_q1_qpv_attributions", toutes), ("hors_q1_qpv_baux", baux)):
        dedans = [une for une in ces if une["en_qpv"] == "OUI"]
        yield (ident, "territoire"), part(sum(map(autre, dedans)), len(dedans))


def reservataires(flux: list[Ligne]) -> Iterator[tuple[tuple[str, str], Nombres]]:
    collectives = 0
    for qui, combien in Counter(une["categorie"] for une in flux).items():
        yield ("part_flux", qui), part(combien, len(flux))
        collectives += combien if "COLTER" in droit().reservataires[qui].types else 0
        if droit().reservataires[qui].quart is not Quart.AUCUN:
            oui = sum(une["categorie"] == qui and bool(une["prioritaire"]) for une in flux)
            yield ("quart_prioritaire", qui), part(oui, combien)
    yield ("part_flux", "collectivites"), part(collectives, len(flux))


def delais(baux: list[Ligne]) -> Iterator[tuple[tuple[str, str], Nombres]]:
    jours = [(une["date_bail"] - une["date_demande"]).days for une in baux if une["date_demande"]]
    mutations = [
        (une["date_bail"] - une["date_demande"]).days
        for une in baux
        if une["date_demande"] and une["mutation"] in ("INTERNE", "EXTERNE")
    ]
    yield ("delai_median", "territoire"), nombre(statistics.median(jours) if jours else None)
    yield ("delai_premier_quartile", "territoire"), nombre(quantile(jours, 0.25) if jours else None)
    yield ("delai_troisieme_quartile", "territoire"), nombre(quantile(jours, 0.75) if jours else None)
    yield ("delai_moyen", "territoire"), nombre(statistics.mean(jours) if jours else None)
    yield ("delai_median_mutations", "territoire"), nombre(statistics.median(mutations) if mutations else None)


def ecarts() -> dict[tuple[str, str], tuple[Nombres | None, Nombres | None]]:
    """Là où le produit et le calcul simple ne disent pas la même chose."""
    trouves, attendus = vus(), dict(simples())
    return {
        cle: (trouves.get(cle), attendus.get(cle))
        for cle in trouves | attendus
        if trouves.get(cle) is None or trouves[cle] != pytest.approx(attendus.get(cle), abs=1e-9)
    }


def test_chaque_indicateur_egale_un_calcul_simple() -> None:
    assert ecarts() == {}
    # Ce que dit le fichier des demandes a son épreuve : ``test_conference_demandes.py``.
    d_ailleurs = {"demandes_en_attente", "pression"} | {
        un for un in conference().definitions if un[:10] == "anciennete"
    }
    assert {ident for ident, _ in vus()} == set(conference().definitions) - d_ailleurs


def test_le_quart_dit_son_minimum() -> None:
    for un in indicateurs(*tables(), LE.year).indicateurs:
        if un.definition.id == "quart_prioritaire":
            assert un.denominateur is not None
            assert un.numerateur is not None
            regle = droit().reservataires[un.perimetre].quart
            if regle is Quart.INCONNU:
                assert (un.minimum, un.manque) == (None, None)
                continue
            minimum = un.denominateur if regle is Quart.ENTIER else ceil(un.denominateur / 4)
            assert (un.minimum, un.manque) == (minimum, max(0, minimum - un.numerateur))


def test_les_inconnus_se_comptent_a_part() -> None:
    lus = {un.cle: un.non_renseignes for un in indicateurs(*tables(), LE.year).indicateurs}
    hors = [une for une in lignes() if une["bail"] and une["en_qpv"] == "NON"]
    quoi = [
        une for une in hors if not q1(une) and (une["quartile"] in (None, "NONDOC") or une["relogement_nru"] is None)
    ]
    assert lus["q1_hors_qpv", "territoire"] == len(quoi) > 0


@pytest.mark.parametrize(
    ("ou", "nom", "valeur", "touche"),
    [
        (module, "_Q1", "Q2", "q1_hors_qpv"),
        (
            module,
            "_HORS_FLUX",
            {"hors_flux_mutations": "VENTE", "hors_flux_renouvellement": "VENTE"},
            "hors_flux_mutations",
        ),
        (
            delais_,
            "quartiles",
            lambda jours: {"mediane": sum(jours) / len(jours), "q1": 0.0, "q3": 0.0},
            "delai_median",
        ),
        (delais_, "quartiles", lambda jours: {"mediane": max(jours), "q1": 0.0, "q3": 0.0}, "delai_median_commune"),
        (parcours_, "_AUTRES", "parc_prive", "parcours"),
        (refus_, "_part", lambda *_: iter(()), "refus_par_commune"),
        (module, "RENSEIGNEES", (*RENSEIGNEES, "rang"), "qualite"),
    ],
    ids=["quartile", "motif", "delai", "maille", "parcours", "refus", "qualite"],
)
def test_mutants_une_regle_changee_se_voit(
    monkeypatch: pytest.MonkeyPatch, ou: object, nom: str, valeur: object, touche: str
) -> None:
    monkeypatch.setattr(ou, nom, valeur)
    assert touche in {ident for ident, _ in ecarts()}
