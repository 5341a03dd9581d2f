"""Une année entière, contre un second calcul : des boucles Python sur le CSV, sans rien de la pièce."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from typing import Any

import polars as pl
import pytest
from annee_engendree import ATTRIBUTIONS, LE, engendrer
from calcul_simple import categorie, comptees, jour, lignes_de, prioritaire, proposees, signee
from fichiers_bailleurs import lire

from modele.attributions.bilan import CLES, bilan_annuel
from modele.attributions.colonnes import FichierDe
from modele.attributions.etat import EtatDuFlux, etat_du_flux

ORACLE = dict[str, Any]


@pytest.fixture(scope="module", params=[date(2026, 6, 30), LE], ids=["juin", "novembre"])
def annee(request: pytest.FixtureRequest) -> tuple[EtatDuFlux, list[dict[str, str]], list[dict[str, str]], date]:
    attributions, logements = engendrer()
    a, g = lire(attributions, jour=LE), lire(logements, FichierDe.LOGEMENTS, LE)
    assert (a.refusees, g.refusees) == ((), ())
    assert a.table.height == ATTRIBUTIONS
    le: date = request.param
    flux = [une for une in comptees(attributions, le) if une["hors_flux"] == "NON"]
    return etat_du_flux(a.table, g.table, le), flux, lignes_de(logements), le


def test_les_totaux_de_l_annee(annee: tuple[EtatDuFlux, list[dict[str, str]], list[dict[str, str]], date]) -> None:
    etat, flux, _, le = annee
    toutes = comptees(engendrer()[0], le)
    assert etat.totaux.attributions == len(toutes)
    assert etat.totaux.baux == sum(signee(une, le) for une in toutes)
    assert (etat.totaux.flux_attributions, etat.totaux.flux_baux) == (len(flux), sum(signee(une, le) for une in flux))
    assert etat.totaux.hors_flux == dict(
        sorted(Counter(une["hors_flux"] for une in toutes if une["hors_flux"] != "NON").items())
    )
    attendues = [une for une in toutes if (jour(une["date_reponse"]) or le) > le or une["reponse"] == "EN_COURS"]
    assert etat.totaux.en_cours == len(attendues)


def test_le_quart_de_l_annee(annee: tuple[EtatDuFlux, list[dict[str, str]], list[dict[str, str]], date]) -> None:
    etat, flux, _, le = annee
    par: dict[str, list[dict[str, str]]] = defaultdict(list)
    for une in flux:
        par[categorie(une)].append(une)
    assert {une.categorie.id for une in etat.quart} == set(par) - {"prefet_agents"}
    for ligne in etat.quart:
        siennes = par[ligne.categorie.id]
        assert ligne.attributions.attributions == len(siennes)
        assert ligne.attributions.realisees == sum(map(prioritaire, siennes))
        assert ligne.baux.attributions == sum(signee(une, le) for une in siennes)
        assert ligne.baux.realisees == sum(prioritaire(une) and signee(une, le) for une in siennes)
        attendu = {"prefet_prioritaires": len(siennes), "autres": None}.get(ligne.categorie.id, -(-len(siennes) // 4))
        assert ligne.attributions.minimum == attendu


def test_le_quart_de_chaque_reservataire(
    annee: tuple[EtatDuFlux, list[dict[str, str]], list[dict[str, str]], date],
) -> None:
    etat, flux, _, _ = annee
    par = Counter(
        une["siren_bailleur"] if categorie(une) == "bailleur" else une["reservataire"]
        for une in flux
        if categorie(une) != "prefet_agents"
    )
    vus = {un.siren_bailleur or un.nom: un.attributions.attributions for un in etat.quart_detaille}
    assert vus == dict(par)


def test_les_parts_et_les_plafonds_de_l_annee(
    annee: tuple[EtatDuFlux, list[dict[str, str]], list[dict[str, str]], date],
) -> None:
    etat, flux, _, _ = annee
    par_bailleur = Counter((une["siren_bailleur"], categorie(une)) for une in flux)
    vues = {(une.siren_bailleur, une.categorie.id): une.attributions for une in etat.parts if une.siren_bailleur}
    assert vues == dict(par_bailleur)
    attendus = set()
    for siren in {un for un, _ in par_bailleur}:
        total = sum(n for (un, _), n in par_bailleur.items() if un == siren)
        for plafond, qui, taux in (
            ("etat", ("prefet_prioritaires", "prefet_agents"), 30),
            ("agents", ("prefet_agents",), 5),
            ("collectivites", ("communes", "metropole"), 20),
        ):
            if sum(par_bailleur[siren, un] for un in qui) * 100 > taux * total:
                attendus.add((siren, plafond))
    assert {(un.siren_bailleur, un.plafond.id) for un in etat.depassements if un.siren_bailleur} == attendus


def test_les_compteurs_de_l_annee(annee: tuple[EtatDuFlux, list[dict[str, str]], list[dict[str, str]], date]) -> None:
    etat, flux, logements, le = annee
    cle = lambda une: (categorie(une), une["reservataire"], une["siren_bailleur"], une["code_insee"])  # noqa: E731
    proposes: dict[Any, set[str]] = defaultdict(set)
    for une in [*flux, *(une for une, _ in proposees(engendrer()[0], le))]:
        proposes[cle(une)].add(une["ref_bailleur"])
    for un in logements:
        if un["hors_flux"] == "NON":
            proposes[cle(un)].add(un["ref_bailleur"])
    vus = {(un.categorie, un.reservataire, un.siren_bailleur, un.code_insee): un for un in etat.compteurs}
    assert {un: len(refs) for un, refs in proposes.items()} == {un: lu.proposes for un, lu in vus.items()}
    attribues, baux, refus = Counter(map(cle, flux)), Counter[Any](), Counter[Any]()
    for une in flux:
        baux[cle(une)] += signee(une, le)
        repondu = (jour(une["date_reponse"]) or le) <= le
        refus[cle(une)] += repondu and une["reponse"] in ("REFUSEE", "SANS_REPONSE")
    assert all((lu.attribues, lu.baux, lu.refus) == (attribues[un], baux[un], refus[un]) for un, lu in vus.items())


def test_les_limites_de_l_annee(annee: tuple[EtatDuFlux, list[dict[str, str]], list[dict[str, str]], date]) -> None:
    etat, _, logements, le = annee
    passees = {un["ref_bailleur"] for un in logements if (jour(un["date_limite_designation"]) or le) < le}
    assert {une.ref_bailleur for une in etat.limites} == passees


PERIODES = ((1948, "avant_1949"), (1974, "1949_1974"), (1990, "1975_1990"), (2010, "1991_2010"), (9999, "apres_2010"))


def croisement(une: dict[str, str]) -> tuple[str, ...]:
    periode = next(nom for fin, nom in PERIODES if int(une["annee_construction"]) <= fin)
    return (
        une["siren_bailleur"], categorie(une), une["reservataire"],
        une["typologie"], une["financement"], une["en_qpv"], une["code_insee"], periode,
    )  # fmt: skip


def test_le_bilan_de_l_annee(annee: tuple[EtatDuFlux, list[dict[str, str]], list[dict[str, str]], date]) -> None:
    """Chaque ligne du croisement de R441-5-1, et leur total."""
    _, flux, logements, le = annee
    attributions, offerts = engendrer()
    bilan = bilan_annuel(lire(attributions, jour=LE).table, lire(offerts, FichierDe.LOGEMENTS, LE).table, 2026, le)
    attribues, sans = Counter(map(croisement, flux)), proposees(attributions, le)
    presentes, baux = Counter[Any](), Counter[Any]()
    for une in flux:
        presentes[croisement(une)] += int(une["nb_candidats"])
        baux[croisement(une)] += signee(une, le)
    for une, vus_la in sans:
        presentes[croisement(une)] += vus_la
    proposes: dict[Any, set[str]] = defaultdict(set)
    for une in [*flux, *(une for une, _ in sans), *(un for un in logements if un["hors_flux"] == "NON")]:
        proposes[croisement(une)].add(une["ref_bailleur"])
    vus = {tuple(ligne[cle] for cle in CLES): ligne for ligne in bilan.iter_rows(named=True)}
    assert set(vus) == set(proposes)
    for cle, ligne in vus.items():
        assert (ligne["attribues"], ligne["presentes"], ligne["baux"]) == (attribues[cle], presentes[cle], baux[cle])
        assert ligne["proposes"] == len(proposes[cle])
    assert bilan.select(pl.col("attribues").sum()).item() == len(flux)
