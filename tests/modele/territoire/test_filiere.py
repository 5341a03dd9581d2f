"""La filière d'un territoire : ce qu'elle demande a sa source ; ce qui n'est pas dit manque, et rien n'est inventé."""

from __future__ import annotations

from pathlib import Path

import pytest

from modele.chargement import charger_regles
from modele.orientation.filiere import demandes
from modele.regles.fautes import FichierFautif
from modele.territoire.filiere import DEMANDES, Filiere, lire_filiere

LU = 'source = "essai"\nconfiance = "V"\nverifie_le = 2026-11-30\n'


def lire(dossier: Path, texte: str) -> Filiere:
    fichier = dossier / "filiere.toml"
    fichier.write_text(texte, encoding="utf-8")
    return lire_filiere(fichier)


@pytest.mark.parametrize("territoire", ["toulouse-metropole", "clermont-auvergne-metropole"])
def test_d_un_territoire_reel_rien_n_est_invente(territoire: str) -> None:
    """Aucune source publique ne dit ce que leurs filières demandent : tout manque, et se montre manquant."""
    regles = charger_regles(territoire)
    filiere = regles.territoire.filiere
    assert filiere.demandes == {}
    assert not filiere.fictive
    assert filiere.provenance.source.startswith("https://")
    assert [une.attendu.id for une in demandes(regles.filiere, filiere) if une.dite is None] == list(DEMANDES)


def test_la_filiere_d_exemple_se_dit_fictive_et_il_y_manque_quelque_chose() -> None:
    regles = charger_regles("metropole-exemple")
    assert regles.territoire.filiere.fictive
    manquent = [une.attendu.id for une in demandes(regles.filiere, regles.territoire.filiere) if une.dite is None]
    assert manquent == ["evaluation"]


def test_une_demande_porte_sa_source(tmp_path: Path) -> None:
    demande = '[[demande]]\nid = "label"\naupres_de = "A"\ncomment = "B."\n'
    lue = lire(tmp_path, f"format = 1\n{LU}{demande}{LU}")
    assert lue.demandes["label"].provenance.source == "essai"
    with pytest.raises(FichierFautif, match="source"):
        lire(tmp_path, f"format = 1\n{LU}{demande}")
    assert lire(tmp_path, f"format = 1\nfictif = true\n{demande}").demandes["label"].provenance.source == ""


def test_une_demande_inconnue_se_dit(tmp_path: Path) -> None:
    demande = '[[demande]]\nid = "labelle"\naupres_de = "A"\ncomment = "B."\n'
    with pytest.raises(FichierFautif, match="attendu : label, note_sociale, evaluation"):
        lire(tmp_path, f"format = 1\nfictif = true\n{demande}")
