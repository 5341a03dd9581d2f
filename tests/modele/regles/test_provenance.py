"""La provenance se lit en un endroit : anciennes clés acceptées, jamais deux fois la même chose."""

from __future__ import annotations

from datetime import date

import pytest

from modele.regles.lecture import lire_texte
from modele.regles.provenance import COMPLETE, Provenance, lire_provenance


def lue(texte: str, *exigees: str) -> tuple[Provenance, list[str]]:
    """La provenance d'une table, et ses fautes."""
    lecteur = lire_texte(texte, "essai.toml")
    provenance = lire_provenance(lecteur, exigees)
    lecteur.clore()
    return provenance, [f"{faute.chemin} : {faute.message}" for faute in lecteur.fautes.rendre()]


@pytest.mark.parametrize("fondement", ["fondement", "article", "reference"])
@pytest.mark.parametrize("verifie", ["verifie_le", "releve_le"])
def test_les_anciennes_cles_disent_la_meme_chose(fondement: str, verifie: str) -> None:
    texte = f'{fondement} = "CCH L441-1"\nsource = "x"\nconfiance = "D"\n{verifie} = 2026-11-22\n'
    provenance, fautes = lue(texte, "fondement", *COMPLETE)
    assert provenance == Provenance("CCH L441-1", "x", "D", date(2026, 11, 22))
    assert provenance.a_valider
    assert fautes == []


def test_deux_cles_pour_une_chose_sont_une_faute() -> None:
    _, fautes = lue('fondement = "a"\narticle = "b"\nreference = "c"\n')
    assert fautes == [
        "article : « fondement » le dit déjà ; gardez-en une",
        "reference : « fondement » le dit déjà ; gardez-en une",
    ]


def test_ce_qui_est_exige_et_manque_se_dit() -> None:
    provenance, fautes = lue("", "fondement", *COMPLETE)
    assert {faute.partition(" ")[0] for faute in fautes} == {"fondement", "source", "confiance", "verifie_le"}
    assert provenance == Provenance()
    assert not provenance.a_valider
    assert lue("") == (Provenance(), [])


def test_une_confiance_inconnue_se_dit() -> None:
    assert "« X » n'est pas permis" in lue('confiance = "X"')[1][0]
