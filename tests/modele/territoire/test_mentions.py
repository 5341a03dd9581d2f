"""Ce que l'exploitant inscrit : tout, en toutes lettres, ou rien."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from modele.regles.fautes import ErreurUtilisateur, FichierFautif
from modele.territoire.mentions import CHAMPS, ecrire_mentions, lire_fichier, lire_mentions

JOUR = date(2026, 11, 29)
LIVRE = Path(__file__).parents[3] / "ressources" / "exemples" / "mentions.toml"
BON = "format = 1\naipd = 2026-10-01\n" + "".join(f'{champ} = "en toutes lettres"\n' for champ in CHAMPS)


def _fichier(tmp_path: Path, texte: str) -> Path:
    (tmp_path / "m.toml").write_text(texte, encoding="utf-8")
    return tmp_path / "m.toml"


def test_les_mentions_font_l_aller_et_le_retour(tmp_path: Path) -> None:
    mentions = lire_fichier(_fichier(tmp_path, BON), JOUR)
    assert mentions.aipd == date(2026, 10, 1)
    assert lire_mentions(ecrire_mentions(mentions)) == mentions


def test_le_modele_livre_est_refuse_tel_quel() -> None:
    """Rien n'a de valeur par défaut : chaque ligne est dite."""
    with pytest.raises(FichierFautif) as refus:
        lire_fichier(LIVRE, JOUR)
    assert all(champ in str(refus.value) for champ in ("aipd", *CHAMPS))


@pytest.mark.parametrize("champ", CHAMPS)
@pytest.mark.parametrize("dit", ["", "  ", "x"])
def test_une_ligne_vide_ou_trop_courte_est_refusee(champ: str, dit: str, tmp_path: Path) -> None:
    with pytest.raises(FichierFautif, match=champ):
        lire_fichier(_fichier(tmp_path, BON.replace(f'{champ} = "en toutes lettres"', f'{champ} = "{dit}"')), JOUR)


def test_une_analyse_a_venir_est_refusee(tmp_path: Path) -> None:
    with pytest.raises(FichierFautif, match="à venir"):
        lire_fichier(_fichier(tmp_path, BON.replace("2026-10-01", "2027-01-01")), JOUR)


def test_des_mentions_illisibles_se_disent() -> None:
    with pytest.raises(ErreurUtilisateur, match="Mettez Perron à jour"):
        lire_mentions(b'{"aipd": 3}')
