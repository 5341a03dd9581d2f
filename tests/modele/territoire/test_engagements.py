"""Les engagements d'un territoire : ce qui est dit a sa source, ce qui manque dit qui le remplit."""

from __future__ import annotations

from pathlib import Path

import pytest

from modele.chargement import charger_regles
from modele.regles.fautes import FichierFautif
from modele.territoire.engagements import lire_engagements


@pytest.mark.parametrize("territoire", ["toulouse-metropole", "clermont-auvergne-metropole", "metropole-essai"])
def test_rien_n_y_est_sans_source(territoire: str) -> None:
    lus = charger_regles(territoire).territoire.engagements
    assert lus.documents
    assert any("épartement" in nom for nom in lus.par_partenaire)
    for un in lus.engagements:
        assert un.a_remplir_par if un.etat == "a_remplir" else un.texte
        assert lus.fictif or un.etat == "a_remplir" or un.provenance.source.startswith("https://")
    plh = next(un for un in lus.documents if un.id == "plh")
    assert plh.du or plh.periode or plh.a_remplir_par


@pytest.mark.parametrize(
    "texte",
    [
        '[[engagement]]\nid = "a"\npartenaire = "P"\netat = "a_remplir"\n',
        '[[engagement]]\nid = "a"\npartenaire = "P"\netat = "pris"\ntexte = "T"\n',
        '[[engagement]]\nid = "a"\npartenaire = "P"\netat = "promis"\n',
        '[[document]]\nid = "a"\nlibelle = "L"\n',
        '[[document]]\nid = "a"\nlibelle = "L"\ndu = 2020-01-01\n',
    ],
)
def test_ce_qui_est_dit_sans_source_se_refuse(tmp_path: Path, texte: str) -> None:
    fichier = tmp_path / "engagements.toml"
    fichier.write_text(f"format = 1\n{texte}", encoding="utf-8")
    with pytest.raises(FichierFautif):
        lire_engagements(fichier)


@pytest.mark.parametrize("territoire", ["toulouse-metropole", "clermont-auvergne-metropole"])
def test_aucun_engagement_ne_se_deduit_d_un_recit(territoire: str) -> None:
    """Aucune convention publique n'a été relue : un récit de presse est un document."""
    lus = charger_regles(territoire).territoire.engagements
    assert {un.etat for un in lus.engagements} == {"a_remplir"}
    recits = {un.id: un for un in lus.documents if un.id in ("reservation", "plan")}
    assert recits
    assert all(un.a_remplir_par for un in recits.values())
