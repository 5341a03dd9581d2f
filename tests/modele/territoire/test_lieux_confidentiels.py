"""Un hébergement de victimes n'a qu'un téléphone : son adresse ne s'écrit pas, donc ne se lit nulle part."""

from __future__ import annotations

import pytest

from modele.regles.lecture import lire_texte
from modele.territoire.chargement import _lieu

CONFIDENTIEL = 'id = "x"\nnom = "Un lieu"\ngenre = "hébergement"\nfictif = true\nadresse_confidentielle = true\n'


def test_il_se_lit_avec_son_seul_telephone() -> None:
    lecteur = lire_texte(f'{CONFIDENTIEL}telephone = "05 36 49 00 99"', "lieux.toml")
    lu = _lieu(lecteur)
    lecteur.finir()
    assert lu.adresse_confidentielle
    assert lu.lignes == ("05 36 49 00 99",)


@pytest.mark.parametrize("ecrit", ['adresse = "1, rue du Secret"', 'commune = "99X01"'])
def test_son_adresse_et_sa_commune_sont_refusees(ecrit: str) -> None:
    lecteur = lire_texte(f"{CONFIDENTIEL}{ecrit}", "lieux.toml")
    _lieu(lecteur)
    assert "confidentielle" in " ".join(map(str, lecteur.fautes.rendre()))
