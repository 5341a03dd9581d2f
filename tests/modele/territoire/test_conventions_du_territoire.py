"""Ce qui est public des conventions : lu, sourcé, jamais complété ; le coffre le remplace une fois saisi."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from outils_sources import territoire

from modele.contingents import controles
from modele.contingents.conventions import ATTENDUS, manques
from modele.regles.fautes import FichierFautif
from modele.territoire.conventions import Conventions, lire_conventions

UNE = """[[convention]]
id = "a"
sorte = "metropole"
reservataire = "M"
bailleur = "B"
perimetre = "epci"
code = "1"
"""
SOURCE = 'source = "site"\nverifie_le = 2026-11-30\n'


def lire(tmp_path: Path, texte: str) -> Conventions:
    fichier = tmp_path / "conventions.toml"
    fichier.write_text("format = 1\n" + texte, encoding="utf-8")
    return lire_conventions(fichier)


def test_clermont_s_ouvre_sur_ses_quatre_bailleurs_et_rien_d_invente() -> None:
    """Signées le 07/06/2024 ; tout le reste manque, et l'on sait qui l'a."""
    conventions = territoire("clermont-auvergne-metropole").conventions
    assert conventions.bailleurs == ("Auvergne Habitat", "Assemblia", "CDC Habitat", "OPHIS")
    for une in conventions.a_completer(2026, ()):
        assert une.convention.signee_le == date(2024, 6, 7)
        assert manques(une.convention) == tuple(un for un in ATTENDUS if un != "signee_le")
        assert une.convention.publics_dits
        assert "Clermont Auvergne Métropole" in une.a_saisir_par
        assert une.provenance.source.startswith("https://www.clermontmetropole.eu/")
        assert une.provenance.verifie_le == date(2026, 11, 30)
    assert conventions.passage_provenance.a_valider
    assert set(conventions.passage) == {"inventaire", "conseil", "convention"}


def test_toulouse_ne_dit_que_ce_qui_est_public() -> None:
    """Aucune convention trouvée : cela se dit, avec ce qui a été relu."""
    conventions = territoire("toulouse-metropole").conventions
    assert conventions.conventions == ()
    assert "Aucune convention" in conventions.remarque
    assert conventions.provenance.source


def test_l_exemple_est_fictif_complet_et_ne_se_contredit_pas() -> None:
    """De quoi montrer chaque champ ; rien n'y dépasse le tout."""
    conventions = territoire("metropole-exemple").conventions
    lues = [une.convention for une in conventions.a_completer(2026, ())]
    assert len(lues) == 10
    assert all(une.fictif for une in conventions.conventions)
    assert all(manques(une) == () for une in lues)
    for rang, une in enumerate(lues):
        assert controles.refus(une, lues[:rang]) == ""


def test_un_territoire_qui_n_en_dit_rien(tmp_path: Path) -> None:
    """Sans fichier : rien, et rien ne tombe."""
    vide = Conventions()
    assert (vide.bailleurs, vide.a_completer(2026, ())) == ((), ())
    assert lire(tmp_path, SOURCE + 'remarque = "rien"\n') == replace(lire(tmp_path, SOURCE), remarque="rien")


def test_elle_court_de_sa_signature_a_sa_fin(tmp_path: Path) -> None:
    """Sans dates, rien ne dit qu'elle ne court pas."""
    datee = lire(tmp_path, "fictif = true\n" + UNE + "signee_le = 2024-06-07\nfin_le = 2027-05-31\n")
    assert [len(datee.a_completer(annee, ())) for annee in (2023, 2024, 2027, 2028)] == [0, 1, 1, 0]
    (sans,) = lire(tmp_path, "fictif = true\n" + UNE).a_completer(1999, ())
    assert sans.convention.annee == 1999


def test_saisie_au_coffre_elle_ne_se_complete_plus(tmp_path: Path) -> None:
    """La même clé ; celle d'une autre année reste à compléter."""
    lues = lire(tmp_path, "fictif = true\n" + UNE)
    (publique,) = lues.a_completer(2026, ())
    tenue = replace(publique.convention, taux=Decimal(8), id="x")
    assert lues.a_completer(2026, [tenue]) == ()
    assert lues.a_completer(2027, [tenue])


@pytest.mark.parametrize(
    ("texte", "dit"),
    [
        (UNE, "source"),
        (SOURCE + UNE, "source"),
        ("fictif = true\n" + UNE.replace('"metropole"', '"village"', 1), "sorte"),
        ("fictif = true\n" + UNE + "taux = 101\n", "de 0 à 100"),
        ("fictif = true\n" + UNE + 'publics = ["tous"]\n', "tous"),
        ("fictif = true\n" + UNE + "[convention.objectifs]\ndalo = -1\n", "de 0 à 100"),
        ("fictif = true\n" + UNE + UNE, "a"),
        (SOURCE + '[passage]\nconseil = "la mairie"\n', "source"),
        ("fictif = true\n[passage]\ninvente = 1\n", "invente"),
    ],
)
def test_ce_qui_est_fautif_se_refuse(texte: str, dit: str, tmp_path: Path) -> None:
    """Sans source, hors liste, hors bornes, deux fois."""
    with pytest.raises(FichierFautif, match=dit):
        lire(tmp_path, texte)


def test_ce_qu_elle_dit_se_lit(tmp_path: Path) -> None:
    """Jusqu'aux premières mises en location, vraies, fausses ou non dites."""
    dite = UNE + 'premieres_mises_en_location = false\ndeductions = ["mutation"]\n[convention.objectifs]\ndalo = 12.5\n'
    une = lire(tmp_path, "fictif = true\n" + dite).conventions[0].convention
    assert (une.premieres, une.deductions, dict(une.objectifs)) == (False, ("mutation",), {"dalo": Decimal("12.5")})
    assert lire(tmp_path, "fictif = true\n" + UNE).conventions[0].convention.premieres is None
