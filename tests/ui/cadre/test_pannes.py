"""Le rapport de panne : une pile et des versions, rien de personnel."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from ui.cadre.pannes import GARDES, Pannes, rapport


def panne() -> BaseException:
    nom_de_famille = "Moreau"
    try:
        raise ValueError(f"nom illisible : {nom_de_famille}")
    except ValueError as erreur:
        return erreur


def test_rapport_sans_message_ni_valeur_ni_chemin_absolu() -> None:
    """Types, pile relative, versions ; ni le nom, ni le compte de l'agent."""
    texte = rapport(panne())
    assert "builtins.ValueError" in texte
    assert "tests/ui/cadre/test_pannes.py" in texte.replace("\\", "/")
    assert "Moreau" not in texte
    assert "illisible" not in texte
    assert str(Path.home()) not in texte or str(Path.home()) == "/"
    assert "Python 3." in texte


def test_la_cause_est_dans_le_rapport() -> None:
    """Une panne en chaîne montre chaque maillon."""
    try:
        try:
            raise KeyError("secret")
        except KeyError as cause:
            raise RuntimeError from cause
    except RuntimeError as erreur:
        texte = rapport(erreur)
    assert texte.index("RuntimeError") < texte.index("KeyError")
    assert "secret" not in texte


def test_phrase_et_fichier(tmp_path: Path) -> None:
    """La phrase dit où est le rapport, qui existe."""
    phrase = Pannes(tmp_path, str).rapporter(panne())
    (fichier,) = tmp_path.glob("panne-*.txt")
    assert fichier.name in phrase
    assert "gardé" in phrase


def test_disque_qui_refuse_n_ajoute_pas_une_panne(tmp_path: Path) -> None:
    """Rapport impossible : la phrase quand même."""
    bouchon = tmp_path / "fichier"
    bouchon.write_text("")
    assert "panne" in Pannes(bouchon / "pannes", str).rapporter(panne())


def test_les_vieux_rapports_s_effacent(tmp_path: Path) -> None:
    """On en garde un nombre fixe, les plus récents."""
    for rang in range(GARDES + 3):
        (tmp_path / f"panne-2020-{rang:03}.txt").write_text("")
    Pannes(tmp_path, str).rapporter(panne())
    restants = sorted(p.name for p in tmp_path.iterdir())
    assert len(restants) == GARDES
    assert "panne-2020-000.txt" not in restants


def test_excepthook_dit_la_phrase(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Une exception que personne n'attrape arrive à l'écran, pas en trace."""
    dites: list[str] = []
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr("threading.excepthook", __import__("threading").excepthook)
    Pannes(tmp_path, dites.append).poser()
    erreur = panne()
    sys.excepthook(type(erreur), erreur, erreur.__traceback__)
    assert len(dites) == 1
    assert "Moreau" not in dites[0]
