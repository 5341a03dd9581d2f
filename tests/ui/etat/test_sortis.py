"""Ce qui est sorti du coffre pendant une réception : compté tant qu'il est là, effacé d'un geste, jamais écrit."""

from __future__ import annotations

from pathlib import Path

from ui.etat.sortis import NE_S_EFFACE_PAS, Sortis


def test_ce_qui_reste_se_compte_et_s_efface(tmp_path: Path) -> None:
    """Effacé à la main, il ne compte plus ; effacé d'ici, il n'est plus là."""
    chemins = [tmp_path / f"{rang}.pdf" for rang in range(3)]
    for chemin in chemins:
        chemin.write_bytes(b"%PDF")
    sortis = Sortis()
    sortis.noter(chemins)
    sortis.noter(chemins[:1])
    assert sortis.restent == 3
    chemins[0].unlink()
    assert sortis.restent == 2
    assert sortis.effacer(chemins[1:2]) == ""
    assert [chemin.exists() for chemin in chemins] == [False, False, True]
    assert sortis.effacer() == ""
    assert sortis.restent == 0
    assert list(tmp_path.iterdir()) == []


def test_un_fichier_qui_resiste_se_dit_et_reste_propose(tmp_path: Path) -> None:
    """Un dossier à sa place : l'effacer échoue, même pour root."""
    (tmp_path / "x.pdf").mkdir()
    sortis = Sortis()
    sortis.noter([tmp_path / "x.pdf"])
    assert sortis.effacer() == NE_S_EFFACE_PAS
    assert sortis.restent == 1
