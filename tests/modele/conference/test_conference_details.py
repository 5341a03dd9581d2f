"""Les découpages plus fins : ils ne font taire aucun nombre du dossier, et ne rendent rien de ce qui se tait."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "attributions"))
sys.path.insert(0, str(Path(__file__).parents[1] / "chiffres"))

from fichiers_bailleurs import attributions, logements
from test_chiffres_masque_simple import bornes_simplement, determinees_simplement
from test_conference_annee import tables

from modele.chiffres import Diffusion, seuil_de
from modele.chiffres.tableau import Tableau
from modele.conference import publication
from modele.conference.indicateurs import Annee, indicateurs
from modele.conference.publication import figer, publier, relire


def annees() -> dict[str, Annee]:
    return {"exemples": indicateurs(attributions(), logements(), 2026), "engendrée": indicateurs(*tables(), 2026)}


@pytest.fixture(params=["exemples", "engendrée"])
def annee(request: pytest.FixtureRequest) -> Annee:
    return annees()[request.param]


@pytest.mark.parametrize("diffusion", list(Diffusion))
def test_aucun_detail_ne_fait_taire_un_nombre_du_dossier(annee: Annee, diffusion: Diffusion) -> None:
    """Ce que le dossier montre sans eux, il le montre avec eux."""
    sans = publier(replace(annee, details=()), diffusion).cases
    avec = publier(annee, diffusion).cases
    assert {nom: avec.get(nom) for nom in sans} == dict(sans)


def test_un_detail_assez_gros_se_montre() -> None:
    """Sinon, l'épreuve d'au-dessus serait vide."""
    montrees = publier(annees()["engendrée"], Diffusion.PARTENAIRES).cases
    assert [nom for nom in montrees if nom.startswith(("parcours ", "refus_par_motif ", "delai_median_public "))]


@pytest.mark.parametrize("diffusion", list(Diffusion))
def test_ce_qui_se_montre_ne_rend_rien_de_ce_qui_se_tait(annee: Annee, diffusion: Diffusion) -> None:
    """Un lecteur qui tient toutes les sommes, détails compris, n'en tire aucune petite case."""
    dit = publier(annee, diffusion)
    toutes = {nom: case for un in (annee.tableau, *annee.details) for nom, case in un.cases.items()}
    lues = Tableau(toutes, list(dit.sommes))
    inconnues = {nom for somme in dit.sommes for nom in somme.cases if nom not in dit.cases}
    inconnues -= {nom for nom in inconnues if toutes[nom].impossible}
    rendues, entre = determinees_simplement(dit.sommes, inconnues), bornes_simplement(lues, inconnues)
    seuil = seuil_de(diffusion)
    petites = [nom for nom in inconnues if toutes[nom].valeur < seuil]
    assert petites
    assert [nom for nom in petites if nom in rendues or entre[nom][1] - entre[nom][0] < seuil] == []


def test_un_detail_refuse_se_tait_entier_et_le_reste_a_la_version_suivante() -> None:
    annee = annees()["exemples"]
    dit = publier(annee, Diffusion.PARTENAIRES)
    figee = relire(figer(dit, "t"))
    refuses = [un for un in annee.details if un.cases.keys() <= dit.tues]
    assert refuses
    for un in refuses:
        assert not un.cases.keys() & dit.cases.keys()
        assert not set(un.sommes) & {*dit.sommes}
    suite = publier(annee, Diffusion.PARTENAIRES, (figee,))
    assert dict(suite.cases) == dict(dit.cases)


def test_mutant_un_detail_toujours_montre_ferait_taire_le_dossier(monkeypatch: pytest.MonkeyPatch) -> None:
    def toujours(annee: Annee, diffusion: Diffusion, avant: object) -> object:
        tableau = Tableau(dict(annee.tableau.cases), list(annee.tableau.sommes))
        for un in annee.details:
            tableau = Tableau(tableau.cases | un.cases, [*tableau.sommes, *un.sommes])
        return publication._tues(tableau, diffusion, (), frozenset()), [tableau]

    monkeypatch.setattr(publication, "_masquer", toujours)
    with pytest.raises(AssertionError):
        test_aucun_detail_ne_fait_taire_un_nombre_du_dossier(annees()["exemples"], Diffusion.PARTENAIRES)


def test_un_reservataire_sans_rien_dans_le_flux_n_a_pas_de_refus_de_flux() -> None:
    """Ses attributions sont toutes hors du flux : son dénominateur n'existe pas."""
    hors = pl.when(pl.col("type_reservataire") == "COLACT").then(pl.lit("MUTATION")).otherwise(pl.col("hors_flux"))
    annee = indicateurs(attributions().with_columns(hors_flux=hors), logements(), 2026)
    vus = {un.perimetre for un in annee.indicateurs if un.definition.id == "refus_par_reservataire"}
    assert vus
    assert "action_logement" not in vus
