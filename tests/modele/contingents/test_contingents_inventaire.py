"""L'inventaire lu d'un tableau : chaque ligne fautive a sa raison, les autres entrent."""

from __future__ import annotations

from datetime import date

import pytest

from modele.contingents import inventaire
from modele.contingents.inventaire import essayer
from modele.contingents.passages import Reserve
from modele.regles.fautes import ErreurUtilisateur


def test_un_tableau_se_lit_par_ses_colonnes() -> None:
    """Dans n'importe quel ordre, par le code ou par les mots, vides sautées, sous Windows aussi."""
    texte = "Fin;Référence;Origine\n31/12/2030;A;garantie_emprunt\n;B;Garantie d'un emprunt\n;;\n2031-01-02;C;\n"
    for codage in ("utf-8", "utf-8-sig", "cp1252"):
        lu = essayer(texte.encode(codage), ())
        assert (lu.lus, lu.refusees) == (3, ())
        assert lu.bons == (
            Reserve("A", "garantie_emprunt", date(2030, 12, 31)),
            Reserve("B", "garantie_emprunt"),
            Reserve("C", "", date(2031, 1, 2)),
        )
    assert essayer(b"reference\nA\n", ()).bons == (Reserve("A"),)


@pytest.mark.parametrize(
    ("ligne", "colonne", "dit"),
    [
        (";terrain;", "reference", "vide"),
        ("A;terrain;", "reference", "déjà dans l'inventaire"),
        ("Z;cadeau;", "origine", "n'est pas une origine"),
        ("Z;;31/02/2030", "fin", "n'est pas une date"),
        ("Z;;bientôt", "fin", "n'est pas une date"),
        (f"{'Z' * 2001};;", "reference", "trop longue"),
        ("Z\ufffd;;", "reference", "un signe ne se lit pas"),
    ],
)
def test_une_ligne_fautive_se_refuse_seule(ligne: str, colonne: str, dit: str) -> None:
    """La bonne, au-dessus, entre."""
    lu = essayer(f"reference;origine;fin\nA;;\n{ligne}\n".encode(), ())
    assert [un.reference for un in lu.bons] == ["A"]
    (refusee,) = lu.refusees
    assert (refusee.ligne, refusee.colonne) == (3, colonne)
    assert dit in refusee.message


def test_ce_qui_est_deja_saisi_ne_s_ajoute_pas() -> None:
    """Un logement ne donne qu'un droit."""
    assert essayer(b"reference\nA\nB\n", {"A"}).bons == (Reserve("B"),)


@pytest.mark.parametrize("octets", [b"", b"nom;prenom\nx;y\n", b"reference\0\n"])
def test_ce_qui_n_est_pas_un_inventaire_se_refuse(octets: bytes) -> None:
    """Une phrase, jamais une trace."""
    with pytest.raises(ErreurUtilisateur, match="Import refusé"):
        essayer(octets, ())


def test_trop_long_il_se_coupe_en_deux(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ni trop de lignes, ni trop d'octets."""
    monkeypatch.setattr(inventaire, "LIGNES_AU_PLUS", 2)
    with pytest.raises(ErreurUtilisateur, match="Coupez-le en deux"):
        essayer(b"reference\nA\nB\n", ())
    monkeypatch.setattr(inventaire, "OCTETS_AU_PLUS", 4)
    with pytest.raises(ErreurUtilisateur, match="tableau"):
        essayer(b"reference\n", ())
