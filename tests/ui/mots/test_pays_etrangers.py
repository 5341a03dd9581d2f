"""Chercher un lieu qui peut être à l'étranger : un pays se trouve sous ses noms, sans prendre la place de la France."""

from __future__ import annotations

import pytest
from outils_sources import national

from modele.mots.noms import nommer_commune
from modele.territoire.vues import Communes
from ui.mots.communes import chercher
from ui.mots.pays import a_choisir, chercher_aussi_ailleurs, dire_trouvee, repond_seule

PAYS = national().pays
LIEUX = Communes({}, PAYS.france, PAYS.etranger)


@pytest.mark.parametrize(
    ("saisie", "code"),
    [
        ("Algérie", "99352"),
        ("algerie", "99352"),
        ("République tunisienne", "99351"),
        ("Ivory Coast", "99326"),
        ("cote d ivoire", "99326"),
        ("RDC", "99312"),
        ("Congo-Kinshasa", "99312"),
        ("Palestine", "99261"),
        ("Kosovo", "99157"),
        ("Türkiye", "99208"),
        ("UK", "99132"),
        ("Bermudes", "99425"),
        ("Mali", "99335"),
        ("Luxembourg", "99137"),
    ],
)
def test_un_nom_entier_vient_en_premier(saisie: str, code: str) -> None:
    """Le nom de l'INSEE, l'officiel, celui d'usage ou l'anglais ; devant les communes qui commencent ainsi."""
    assert chercher_aussi_ailleurs(saisie, LIEUX)[0].code == code


@pytest.mark.parametrize("saisie", ["alg", "sain", "mar", "rep"])
def test_un_debut_laisse_la_place_aux_communes_et_en_garde_aux_pays(saisie: str) -> None:
    """Six réponses au plus, les communes d'abord ; un pays a sa place même quand elles sont des centaines."""
    trouves = chercher_aussi_ailleurs(saisie, LIEUX)
    assert len(trouves) <= 6
    assert [c.etranger for c in trouves] == sorted(c.etranger for c in trouves)
    assert trouves[-1].etranger
    assert not trouves[0].etranger


def test_une_commune_homonyme_garde_sa_place() -> None:
    """Grenade est en Haute-Garonne, dans les Landes, et aux Antilles."""
    premiers = [(c.code, c.etranger) for c in chercher_aussi_ailleurs("Grenade", LIEUX)[:2]]
    assert premiers == [("31232", False), ("99435", True)]


@pytest.mark.parametrize(
    ("saisie", "code"),
    [
        ("Alger, Algérie", "99352"),
        ("oran algerie", "99352"),
        ("Londres (Royaume-Uni)", "99132"),
        ("Valence, Espagne", "99134"),
        ("Kinshasa RDC", "99312"),
        ("Bukavu, République démocratique du Congo", "99312"),
    ],
)
def test_une_ville_suivie_de_son_pays_donne_le_pays_et_dit_que_la_ville_ne_se_garde_pas(saisie: str, code: str) -> None:
    """La ville ne se perd pas en silence."""
    trouves = chercher_aussi_ailleurs(saisie, LIEUX)
    assert [c.code for c in trouves] == [code]
    assert dire_trouvee(trouves[0], saisie)[0].endswith(", sans la ville")
    assert a_choisir(trouves, saisie)


@pytest.mark.parametrize("saisie", ["Paris, France", "Tchécoslovaquie", "zzzz", "z", "Bourg Xyzt"])
def test_ce_qui_n_est_ni_commune_ni_pays_d_aujourd_hui_ne_donne_rien(saisie: str) -> None:
    """Un pays fermé n'est pas un lieu où l'on vit."""
    assert chercher_aussi_ailleurs(saisie, LIEUX) == []


def test_une_ville_de_france_ne_devient_pas_un_pays() -> None:
    """« Saint-Denis (La Réunion) » et « Toulouse » n'en proposent aucun."""
    for saisie in ("Saint-Denis (La Réunion)", "Toulouse", "31000"):
        assert not any(c.etranger for c in chercher_aussi_ailleurs(saisie, LIEUX))


def test_la_recherche_des_communes_ne_donne_jamais_un_pays() -> None:
    """Là où seule une commune a un sens, un pays ne se propose pas."""
    for saisie in ("Algérie", "Alger, Algérie", "Congo", "UK"):
        assert not any(c.etranger for c in chercher(saisie, LIEUX))


@pytest.mark.parametrize(("tapee", "seuls"), [("congo", 2), ("guinee", 3), ("niger", 1), ("algerie", 1)])
def test_un_pays_dont_le_nom_en_commence_un_autre_se_choisit(tapee: str, seuls: int) -> None:
    """« Congo » se dit des deux : Entrée n'en choisit aucun."""
    trouves = chercher_aussi_ailleurs(tapee, LIEUX)
    assert sum(repond_seule(c, tapee) for c in trouves) == seuls
    assert a_choisir(trouves, tapee) is (seuls > 1)


def test_un_pays_se_dit_a_l_etranger() -> None:
    """À l'écran ; sous quel nom il a été trouvé, sinon rien de plus."""
    assert nommer_commune("99352", LIEUX) == "Algérie (à l'étranger)"
    assert [dire_trouvee(c, "Algérie") for c in chercher_aussi_ailleurs("Algérie", LIEUX)] == [
        ("Algérie (à l'étranger)", "")
    ]


def test_les_deux_congo_se_distinguent() -> None:
    """L'INSEE dit « Congo » et « République démocratique du Congo » ; l'usage, Congo-Brazzaville et RDC."""
    assert [dire_trouvee(c, "congo") for c in chercher_aussi_ailleurs("congo", LIEUX)] == [
        ("Congo (à l'étranger)", "Congo-Brazzaville"),
        ("Congo (RDC) (à l'étranger)", ""),
    ]
    assert dire_trouvee(chercher_aussi_ailleurs("UK", LIEUX)[0], "UK") == ("UK (à l'étranger)", "Royaume-Uni")


def test_une_commune_se_dit_comme_partout() -> None:
    """Son nom, son code postal, son intercommunalité."""
    blagnac = chercher_aussi_ailleurs("Blagnac", LIEUX)
    assert dire_trouvee(blagnac[0], "Blagnac") == ("Blagnac (31700)", "Toulouse Métropole")
    assert not a_choisir(blagnac, "Blagnac")
