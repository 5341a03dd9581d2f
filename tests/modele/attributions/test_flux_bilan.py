"""Ce qui se publie du bilan : sous le seul masque, sans rien rendre par soustraction, et assez vite."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

import pytest
from fichiers_bailleurs import attributions, aucun_logement, des_attributions, logements

from modele.attributions import bilan as piece
from modele.attributions.bilan import DIMENSIONS, LignePubliee, bilan_annuel, publier, publier_hors_flux
from modele.chiffres import Diffusion, masque, seuil_de


@cache
def lignes(diffusion: Diffusion | None) -> tuple[LignePubliee, ...]:
    return publier(bilan_annuel(attributions(), logements(), 2026), diffusion)


def test_a_des_habilites_rien_n_est_tu() -> None:
    vues = lignes(None)
    ensemble = {une.categorie: (une.attribues, une.baux) for une in vues if not une.dimension}
    assert ensemble == {
        "prefet_prioritaires": (26, 22),
        "prefet_agents": (7, 7),
        "action_logement": (21, 14),
        "communes": (7, 7),
        "metropole": (16, 12),
        "bailleur": (28, 24),
    }
    for dimension in DIMENSIONS:
        assert sum(une.attribues or 0 for une in vues if une.dimension == dimension) == 105


@pytest.mark.parametrize("diffusion", list(Diffusion))
def test_aucun_petit_effectif_ne_se_publie(diffusion: Diffusion) -> None:
    seuil = seuil_de(diffusion)
    vues = lignes(diffusion)
    assert all(compte is None or compte >= seuil for une in vues for compte in (une.attribues, une.baux, une.proposes))
    assert all(une.baux is None for une in vues if une.attribues is None)


@pytest.mark.parametrize("diffusion", list(Diffusion))
def test_une_seule_case_tue_ne_se_retrouve_pas(diffusion: Diffusion) -> None:
    """Un total publié et toutes ses parts sauf une rendraient celle-ci."""
    for compte in ("attribues", "proposes", "baux"):
        par: dict[tuple[str, str], list[int | None]] = defaultdict(list)
        totaux: dict[str, int | None] = {}
        for une in lignes(diffusion):
            if une.dimension:
                par[une.categorie, une.dimension].append(getattr(une, compte))
            else:
                totaux[une.categorie] = getattr(une, compte)
        for (categorie, _), parts in par.items():
            assert totaux[categorie] is None or parts.count(None) != 1, (categorie, compte, parts)


def test_le_public_ne_voit_rien_de_plus_que_les_partenaires() -> None:
    proches, loin = lignes(Diffusion.PARTENAIRES), lignes(Diffusion.PUBLIC)
    for une, autre in zip(proches, loin, strict=True):
        for compte in ("attribues", "proposes", "baux"):
            assert getattr(autre, compte) is None or getattr(une, compte) is not None


def test_les_sans_bail_ne_se_retrouvent_pas() -> None:
    """Attribués moins baux dit ceux qui n'en ont pas : moins du seuil, l'un des deux se tait."""
    for une in lignes(Diffusion.PARTENAIRES):
        if une.attribues is not None and une.baux is not None:
            assert une.attribues == une.baux or une.attribues - une.baux >= seuil_de(Diffusion.PARTENAIRES)


def test_un_reservataire_trop_petit_n_est_pas_dit() -> None:
    table = des_attributions(*[{}] * 3, *[{"type_reservataire": "PPRIOR", "reservataire": "Préfecture"}] * 12)
    vues = publier(bilan_annuel(table, aucun_logement(), 2026), Diffusion.PARTENAIRES)
    assert {une.attribues for une in vues if une.categorie == "communes"} == {None}


def test_mutant_sans_le_masque(monkeypatch: pytest.MonkeyPatch) -> None:
    lignes.cache_clear()
    monkeypatch.setattr(piece, "masquer_pour", lambda *_: frozenset())
    with pytest.raises(AssertionError):
        test_aucun_petit_effectif_ne_se_publie(Diffusion.PARTENAIRES)
    lignes.cache_clear()


def test_les_diffusions_s_emboitent(monkeypatch: pytest.MonkeyPatch) -> None:
    """Le masque du public part de ce que celui des partenaires tait : deux tableaux côte à côte ne rendent rien."""
    appels: list[tuple[int, bool]] = []

    def masquer(tableau: object, seuil: int, deja: frozenset[str]) -> frozenset[str]:
        appels.append((seuil, "deja tu" in deja))
        return frozenset({*deja, "deja tu"})

    monkeypatch.setattr(masque, "masquer", masquer)
    publier(bilan_annuel(des_attributions({}), aucun_logement(), 2026), Diffusion.PUBLIC)
    seuils = [seuil_de(une) for une in Diffusion]
    assert [seuil for seuil, _ in appels] == seuils * (len(appels) // 2)
    assert all(emboite for seuil, emboite in appels if seuil == seuils[1])


def test_une_annee_de_construction_inconnue_se_dit() -> None:
    table = des_attributions({"annee_construction": ""})
    assert bilan_annuel(table, aucun_logement(), 2026)["periode"].to_list() == [None]
    valeurs = [
        une.valeur for une in publier(bilan_annuel(table, aucun_logement(), 2026), None) if une.dimension == "periode"
    ]
    assert valeurs == [""]


def test_un_bilan_vide_ne_publie_rien() -> None:
    vide = bilan_annuel(attributions().head(0), aucun_logement(), 2026)
    assert publier(vide, Diffusion.PUBLIC) == ()


def test_ce_qui_est_hors_du_flux_se_publie_sous_le_meme_masque() -> None:
    """4 relogements se taisent, et le total, ou les 11 mutations, avec eux."""
    hors = {"MUTATION": 11, "RENOUVELLEMENT_URBAIN": 4}
    assert publier_hors_flux(hors, None) == {"": 15, **hors}
    vu = publier_hors_flux(hors, Diffusion.PARTENAIRES)
    assert vu["RENOUVELLEMENT_URBAIN"] is None
    assert list(vu.values()).count(None) == 2
    assert publier_hors_flux({}, Diffusion.PUBLIC) == {}
