"""Ce qui se publie d'une année : le masque, ses différences entre deux dossiers, la version figée."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "attributions"))

from fichiers_bailleurs import attributions, logements

from modele.chiffres import Diffusion, seuil_de
from modele.conference.definitions import lire_conference
from modele.conference.indicateurs import Annee, indicateurs
from modele.conference.publication import comparer, figer, publier, relire
from modele.regles.fautes import ErreurUtilisateur, FichierFautif
from modele.regles.lecture import lire_texte
from ressources import RESSOURCES

TEXTE = (RESSOURCES / "national" / "conference.toml").read_text(encoding="utf-8")


def annee_de(table: pl.DataFrame) -> Annee:
    return indicateurs(table, logements(), 2026)


def test_aux_habilites_rien_n_est_tu() -> None:
    publication = publier(annee_de(attributions()), None)
    assert not publication.tues
    assert not any(un.tu for un in publication.publies)


@pytest.mark.parametrize("diffusion", list(Diffusion))
def test_aucun_petit_effectif_ne_se_montre(diffusion: Diffusion) -> None:
    annee = annee_de(attributions())
    publication = publier(annee, diffusion)
    petites = {
        nom for nom, case in annee.tableau.cases.items() if case.publiee and not case.impossible
        and case.valeur < seuil_de(diffusion)
    }  # fmt: skip
    assert petites
    assert petites <= publication.tues
    for un in publication.publies:
        if any(case in publication.tues for case in un.indicateur.cases):
            assert un.comptes["valeur"] is None


def test_mutant_un_taux_montre_malgre_son_numerateur_tu() -> None:
    """2 sur 13 : le dénominateur seul se montre ; le taux et le manque rendraient le 2."""
    vus = {un.indicateur.cle: un for un in publier(annee_de(attributions()), Diffusion.PARTENAIRES).publies}
    metropole = vus["quart_prioritaire", "metropole"]
    assert metropole.tu
    assert metropole.comptes["denominateur"] == 16
    assert [metropole.comptes[un] for un in ("valeur", "numerateur", "minimum", "manque")] == [None] * 4


def test_deux_dossiers_ne_rendent_pas_une_personne() -> None:
    """Trois attributions de plus : leurs lignes ne se lisent pas par différence."""
    avant = publier(annee_de(attributions().head(117)), Diffusion.PARTENAIRES)
    figee = relire(figer(avant, "t"))
    annee = annee_de(attributions())
    apres = publier(annee, Diffusion.PARTENAIRES, (figee,))
    seuil = seuil_de(Diffusion.PARTENAIRES)
    communes = set(avant.cases) & set(apres.cases)
    assert communes
    assert not [nom for nom in communes if 0 < abs(avant.cases[nom] - apres.cases[nom]) < seuil]
    assert not avant.tues & set(apres.cases)
    sans = publier(annee, Diffusion.PARTENAIRES)
    assert [nom for nom in set(avant.cases) & set(sans.cases) if 0 < abs(avant.cases[nom] - sans.cases[nom]) < seuil]


def test_ce_qui_a_change_se_dit() -> None:
    figee = relire(figer(publier(annee_de(attributions().head(60)), None), "t"))
    publication = publier(annee_de(attributions()), None)
    changes = {un.cle: un for un in comparer(figee, publication)}
    total = changes["attributions", "territoire"]
    assert total.avant is not None
    assert total.apres is not None
    assert (total.avant["valeur"], total.apres["valeur"]) == (60, 120)
    assert comparer(relire(figer(publication, "t")), publication) == ()


def test_la_version_figee_ne_porte_rien_de_tu() -> None:
    publication = publier(annee_de(attributions()), Diffusion.PUBLIC)
    dit = json.loads(figer(publication, "t"))
    assert not set(dit["cases"]) & set(dit["tues"])
    assert dit["seuil"] == 11
    assert dit["methode"]["q1_hors_qpv"]["article"] == "CCH L441-1"


_INFINI = b'{"format": 1, "territoire": "t", "annee": 1e400, "diffusion": "public", "cases": {}, "tues": []}'


@pytest.mark.parametrize(
    "octets",
    [b"", b"[]", b'{"format": 2}', b'{"format": 1}', b"\xff", _INFINI, b"[" * 200_000],
    ids=["vide", "liste", "format", "sans_rien", "octets", "infini", "profond"],
)
def test_une_version_qui_n_en_est_pas_une_se_refuse(octets: bytes) -> None:
    with pytest.raises(ErreurUtilisateur, match="figé de la conférence"):
        relire(octets)


def test_une_mediane_sur_quelques_baux_ne_se_montre_pas() -> None:
    annee = annee_de(attributions())
    peu = replace(annee, indicateurs=tuple(replace(un, effectif=8) for un in annee.indicateurs))
    vus = {un.indicateur.cle: un for un in publier(peu, Diffusion.PARTENAIRES).publies}
    assert vus["delai_median", "territoire"].comptes["valeur"] is None


def test_une_annee_vide_ne_divise_pas_par_zero() -> None:
    annee = annee_de(attributions().head(0))
    assert all(not un.valeur for un in annee.indicateurs)
    publier(annee, Diffusion.PUBLIC)


@pytest.mark.parametrize(
    ("avant", "apres"),
    [
        ("objectif = 25", "objectif = 125"),
        ('nature = "part"', 'nature = "taux"'),
        ('article = "CCH R441-3"\n', ""),
        ("[situation]", "[autre]"),
        ("[groupe_de_situations]", "[autre]"),
        ('etudiant = ["RE"]', 'etudiant = ["LP"]'),
        ('numerateur = "Cases renseignées"\n', ""),
    ],
)
def test_un_fichier_fautif_se_refuse(avant: str, apres: str) -> None:
    assert avant in TEXTE
    with pytest.raises(FichierFautif):
        lire_conference(lire_texte(TEXTE.replace(avant, apres, 1), "conference.toml"))
