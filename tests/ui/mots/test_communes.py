"""Chercher une commune : sans accents, par code postal, celles du territoire d'abord."""

from __future__ import annotations

from pathlib import Path

import pytest
from outils_sources import national, territoire

from modele.mots.noms import nommer_commune
from modele.territoire.communes import lire_communes
from modele.territoire.vues import Communes
from ui.mots.communes import chercher, dire_pourquoi

FRANCE = Communes({}, national().pays.france)


@pytest.mark.parametrize(
    ("saisie", "code"),
    [("saint etienne", "42218"), ("St-Etienne", "42218"), ("31000", "31555"), ("CLERMONT-FERRAND", "63113")],
)
def test_le_nom_nu_ou_le_code_postal_suffit(saisie: str, code: str) -> None:
    """La plus attendue vient en premier."""
    assert chercher(saisie, FRANCE)[0].code == code


def test_les_communes_du_territoire_passent_devant() -> None:
    """À Toulouse, « blag » est Blagnac avant Blagny, et n'y est qu'une fois."""
    proches = Communes(territoire("toulouse-metropole").communes, FRANCE.france)
    noms = [commune.nom for commune in chercher("blag", proches)]
    assert noms[0] == "Blagnac"
    assert noms.count("Blagnac") == 1


@pytest.mark.parametrize(
    ("saisie", "code", "pourquoi", "postaux"),
    [
        ("paris 11e", "75056", "Paris 11e Arrondissement", ("75011",)),
        ("Paris 11ème arrondissement", "75056", "Paris 11e Arrondissement", ("75011",)),
        ("lyon 3", "69123", "Lyon 3e Arrondissement", ("69003",)),
        ("Marseille 1er", "13055", "Marseille 1er Arrondissement", ("13001",)),
        ("Cordieux", "01262", "pour Cordieux", None),
        ("arbignieu", "01015", "pour Arbignieu", None),
        ("chalons sur marne", "51108", "pour Châlons-sur-Marne", None),
        ("Capesterre-de-Guadeloupe", "97107", "pour Capesterre-de-Guadeloupe", None),
    ],
)
def test_un_arrondissement_ou_un_ancien_nom_suffit(
    saisie: str, code: str, pourquoi: str, postaux: tuple[str, ...] | None
) -> None:
    """La commune d'aujourd'hui, avec le nom qu'on a dit et son code postal."""
    premiere = chercher(saisie, FRANCE)[0]
    assert (premiere.code, dire_pourquoi(premiere)) == (code, pourquoi)
    assert postaux is None or premiere.codes_postaux == postaux


@pytest.mark.parametrize(
    ("saisie", "code", "autrement"),
    [
        ("Marseille XIIIe", "13055", "Marseille 13e Arrondissement"),
        ("Lyon 03", "69123", "Lyon 3e Arrondissement"),
        ("lyon v", "69123", "Lyon 5e Arrondissement"),
        ("Paris XI", "75056", "Paris 11e Arrondissement"),
        ("paris 11 eme", "75056", "Paris 11e Arrondissement"),
        ("Lyon 69003", "69123", ""),
        ("69003 Lyon", "69123", ""),
        ("Stains 93240", "93072", ""),
        ("Aix en Provence 13100", "13001", ""),
        ("Toulouse cedex 9", "31555", ""),
        ("31000 Toulouse Cedex", "31555", ""),
        ("La Plaine 93210", "93066", ""),
        ("Saint-Denis (La Réunion)", "97411", ""),
        ("Saint Denis Réunion", "97411", ""),
        ("saint-denis 974", "97411", ""),
        ("Saint-Denis 97400", "97411", ""),
        ("saint denis (93)", "93066", ""),
        ("saint denis seine saint denis", "93066", ""),
        ("saint pierre martinique", "97225", ""),
        ("Saint-Laurent-du-Maroni Guyane", "97311", ""),
        ("31 Toulouse", "31555", ""),
        ("Bastia (2b)", "2B033", ""),
        ("Ajaccio 2A", "2A004", ""),
    ],
)
def test_ce_qui_la_situe_s_ecrit_avec_elle(saisie: str, code: str, autrement: str) -> None:
    """Le code postal, le département par son nom ou son numéro, un cedex, un rang en chiffres romains."""
    premiere = chercher(saisie, FRANCE)[0]
    assert (premiere.code, premiere.autrement) == (code, autrement)


def test_une_table_sans_nom_de_departement_se_lit(tmp_path: Path) -> None:
    """Celle qu'une structure a écrite : le numéro suffit alors."""
    table = tmp_path / "communes.csv"
    table.write_text(
        "# à la main\ncode_insee,nom,codes_postaux,departement,region,nom_epci\n97411,Saint-Denis,97400,974,04,CINOR\n",
        encoding="utf-8",
    )
    communes = Communes(lire_communes(table), FRANCE.france)
    assert chercher("saint-denis 974", communes)[0].epci == "CINOR"


def test_le_nom_d_aujourd_hui_passe_devant() -> None:
    """« Lyon » est Lyon, pas son premier arrondissement ; l'intercommunalité la situe."""
    lyon = chercher("lyon", FRANCE)[0]
    assert (lyon.code, lyon.autrement, dire_pourquoi(lyon)) == ("69123", "", lyon.epci)
    assert chercher("75011", FRANCE)[0].nom == "Paris"


@pytest.mark.parametrize(
    "saisie", ["", " ", "z", "zzzzzz", "Alger", "Kinshasa (RDC)", "zzzz 974", "cedex 9", "93 12 00"]
)
def test_rien_d_assez_precis_ne_propose_rien(saisie: str) -> None:
    """Une lettre ou un mot inconnu : aucune proposition."""
    assert chercher(saisie, FRANCE) == []


def test_un_code_se_dit_par_son_nom() -> None:
    """L'écran ne montre jamais un code INSEE connu."""
    assert nommer_commune("31555", FRANCE).startswith("Toulouse (31000")
    assert nommer_commune("99999", FRANCE) == "99999"
