"""Les seuils : livrés, sourcés, et qui ne font que monter quand on publie plus loin."""

from __future__ import annotations

import pytest

from modele.chiffres import Diffusion, seuil_de, seuils
from modele.chiffres.seuils import lire_seuils
from modele.regles.fautes import FichierFautif
from modele.regles.lecture import lire_texte

SOURCE = 'source = "s"\nconfiance = "D"\nverifie_le = 2026-11-29\n'


def fichier(partenaires: int = 5, public: int = 11, quantile: int = 11) -> str:
    dits = [("partenaires", partenaires), ("public", public)]
    tables = [f'[[diffusion]]\nid = "{qui}"\nlibelle = "x"\nseuil = {seuil}\n{SOURCE}' for qui, seuil in dits]
    return "format = 1\n" + "".join(tables) + f"[quantile]\nseuil = {quantile}\n{SOURCE}"


def test_les_seuils_livres_sont_ceux_de_la_norme() -> None:
    assert [seuil_de(une) for une in Diffusion] == [5, 11]
    assert seuils().quantile.effectif == 11


def test_ce_sont_des_choix_de_perron_a_faire_valider() -> None:
    dits = [*seuils().diffusions.values(), seuils().quantile]
    assert all(un.provenance.a_valider and un.provenance.verifie_le for un in dits)


@pytest.mark.parametrize(
    ("texte", "phrase"),
    [
        (fichier(partenaires=1), "attendu : 2 ou plus"),
        (fichier(partenaires=12), "plus on publie loin"),
        (fichier().replace('id = "public"', 'id = "presse"'), "attendu, dans cet ordre"),
        (fichier().replace("seuil = 11", 'seuil = "onze"'), "nombre entier"),
        (fichier().partition("[quantile]")[0], "quantile"),
    ],
    ids=["trop-bas", "descend", "diffusion-inconnue", "pas-un-nombre", "sans-quantile"],
)
def test_un_fichier_fautif_dit_sa_faute(texte: str, phrase: str) -> None:
    with pytest.raises(FichierFautif, match=phrase):
        lire_seuils(lire_texte(texte, "petits_effectifs.toml"))
