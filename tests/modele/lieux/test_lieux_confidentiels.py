"""Un hébergement de victimes n'a qu'un téléphone : son adresse ne s'écrit pas, donc ne se lit nulle part."""

from __future__ import annotations

from dataclasses import replace

import pytest

from modele.lieux.lecture import lire_lieu
from modele.lieux.modele import Lieu
from modele.regles.lecture import lire_texte

CONFIDENTIEL = 'id = "x"\nnom = "Un lieu"\ngenre = "hébergement"\nfictif = true\nadresse_confidentielle = true\n'


def fautes(ecrit: str) -> str:
    lecteur = lire_texte(f"{CONFIDENTIEL}{ecrit}", "lieux.toml")
    lire_lieu(lecteur)
    return " ".join(map(str, lecteur.fautes.rendre()))


def test_il_se_lit_avec_son_seul_telephone() -> None:
    lecteur = lire_texte(f'{CONFIDENTIEL}telephone = "05 36 49 00 99"', "lieux.toml")
    lu = lire_lieu(lecteur)
    lecteur.finir()
    assert lu.adresse_confidentielle
    assert lu.lignes == ("05 36 49 00 99",)


@pytest.mark.parametrize(
    "ecrit",
    ['adresse = "1, rue du Secret"', 'commune = "99X01"', 'dessert = ["99X01"]', 'acces = "Sonnez deux fois."'],
)
def test_son_adresse_sa_commune_et_son_entree_sont_refusees(ecrit: str) -> None:
    assert "confidentielle" in fautes(ecrit)


@pytest.mark.parametrize(
    "ecrit",
    [
        'horaires = "au 12 rue du Secret, de 9 h à 17 h"',
        'horaires = "12 bis, avenue du Secret"',
        'telephone = "05 36 49 00 99, 31000 Toulouse"',
        'exceptions = ["2026-12-24 fermé : déménage au 3, impasse du Secret"]',
    ],
)
def test_une_adresse_glissee_ailleurs_est_refusee(ecrit: str) -> None:
    """Le mot « confidentielle » y est ; l'adresse, elle, ne se redit pas."""
    dites = fautes(ecrit)
    assert "ressemble à une adresse" in dites
    assert "Secret" not in dites


def test_un_lieu_ordinaire_garde_son_adresse() -> None:
    """Le mutant qui trouve tout confidentiel casse ici ; celui qui ne trouve rien, ci-dessus."""
    ordinaire = Lieu("x", "12, rue du Marché", "CCAS", "12, rue du Marché", "99X01")
    assert ordinaire.trahit == ""
    assert replace(ordinaire, adresse_confidentielle=True).trahit
