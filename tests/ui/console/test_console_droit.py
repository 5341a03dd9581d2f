"""« main.py droit » : rien de ce qui est déclaré n'y manque, et l'âge d'une vérification se compte."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from outils_console import RACINE, lancer, rendre
from test_console_contrats import cles, documentees

from modele.chargement.revue import RegleRelue, relire
from modele.regles.provenance import Provenance
from modele.sources import Lecture, ouvrir

JOUR = ("--date", "2026-11-29")
NATIONAL = RACINE / "ressources" / "national"
DECLAREES = {
    "voie": ("orientations", "orientation"),
    "motif de recours": ("dalo", "motif"),
    "condition de recours": ("dalo", "condition"),
    "public prioritaire": ("publics_prioritaires", "public"),
    "fait": ("faits", "fait_derive"),
    "paramètre": ("parametres", "parametre"),
    "pièce": ("pieces", "piece"),
    "contact": ("contacts", "contact"),
}


def test_droit_rend_les_cles_documentees() -> None:
    assert set(cles(rendre("droit", *JOUR, "--json"))) == documentees("droit")[0]


@pytest.mark.parametrize("sorte", DECLAREES)
def test_chaque_regle_declaree_y_est(sorte: str) -> None:
    """Par identifiant, sans en oublier une : une règle qu'on ajoute au fichier s'y trouve."""
    fichier, cle = DECLAREES[sorte]
    ecrites = tomllib.loads((NATIONAL / f"{fichier}.toml").read_text(encoding="utf-8"))[cle]
    lues = {regle.id: regle for regle in relire(Lecture(ouvrir())) if regle.sorte == sorte}
    assert set(lues) == {une["id"] for une in ecrites}
    assert all(regle.provenance.source and regle.provenance.verifie_le for regle in lues.values())


def test_les_echeances_et_les_plafonds_y_sont() -> None:
    """Une échéance porte la source de sa voie et sa propre confiance ; une année de plafonds, la moins sûre."""
    lues = {(regle.sorte, regle.id): regle.provenance for regle in relire(Lecture(ouvrir()))}
    voies = tomllib.loads((NATIONAL / "orientations.toml").read_text(encoding="utf-8"))["orientation"]
    for voie in voies:
        for echeance in voie.get("echeance", []):
            lue = lues["échéance", f"{voie['id']}/{echeance['id']}"]
            assert (lue.confiance, lue.verifie_le) == (echeance.get("confiance", "V"), voie["verifie_le"])
    assert lues["plafonds", "plai-2026"].confiance == "D"
    assert lues["plafonds", "plus-2026"].confiance == "V2"
    assert lues["plafonds", "plus-2026"].verifie_le == date(2026, 11, 22)
    assert "29 juillet 1987" in lues["plafonds", "plus-2026"].fondement


def test_seulement_ce_qui_est_a_revoir() -> None:
    """Vérifié il y a sept jours : à revoir au-delà de six, pas de sept ; six mois plus tard, tout l'est."""
    vieilles = rendre("droit", *JOUR, "--plus-vieux-que", "6", "--json")["regles"]
    assert {regle["age_jours"] for regle in vieilles} == {7}
    assert all(regle["a_revoir"] for regle in vieilles)
    assert not rendre("droit", *JOUR, "--plus-vieux-que", "7", "--json")["regles"]
    plus_tard = rendre("droit", "--date", "2027-06-30", "--json")
    assert plus_tard["seuil_jours"] == 180
    assert plus_tard["a_revoir"] == len(plus_tard["regles"])


def test_un_territoire_ajoute_les_siennes() -> None:
    sortes = {r["sorte"] for r in rendre("droit", *JOUR, "--territoire", "metropole-exemple", "--json")["regles"]}
    assert {"paramètre du territoire", "contact du territoire", "lieu du territoire", "voie"} <= sortes


def test_droit_se_lit_dans_80_colonnes_et_s_imprime(tmp_path: Path) -> None:
    """Le texte, puis le tableau : un vrai PDF, le même à chaque fois."""
    dit = lancer("droit", *JOUR, "--plus-vieux-que", "6").stdout
    assert max(len(ligne) for ligne in dit.splitlines()) <= 80
    assert "À REVOIR" in dit
    papiers = []
    for nom in ("a.pdf", "b.pdf"):
        fini = lancer("droit", *JOUR, "--pdf", str(tmp_path / nom))
        assert (fini.returncode, fini.stdout.strip()) == (0, str(tmp_path / nom))
        papiers.append((tmp_path / nom).read_bytes())
    assert papiers[0] == papiers[1]
    assert papiers[0].startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("arguments", "phrase"),
    [
        (("--plus-vieux-que", "-1"), "donnez un nombre de jours, 0 ou plus"),
        (("--plus-vieux-que", "beaucoup"), "un nombre entier"),
        (("--territoire", "nulle-part"), "Le territoire « nulle-part » n'existe pas"),
        (("--date", "2026-02-30"), "cette date n'existe pas"),
        (("--pdf", "nulle/part/droit.pdf"), "nulle/part"),
    ],
)
def test_une_faute_se_dit_en_francais(arguments: tuple[str, ...], phrase: str) -> None:
    fini = lancer("droit", *arguments)
    assert (fini.returncode, fini.stdout) == (2, "")
    assert phrase in fini.stderr


@given(verifie=st.dates(date(2000, 1, 1), date(2050, 1, 1)), age=st.integers(0, 4000), seuil=st.integers(0, 4000))
def test_a_revoir_le_lendemain_de_son_age(verifie: date, age: int, seuil: int) -> None:
    """Exactement ``seuil`` jours : pas encore ; un de plus : à revoir. Sans date : toujours."""
    regle = RegleRelue("voie", "x", "X", Provenance(verifie_le=verifie))
    jour = verifie + timedelta(days=age)
    assert regle.age(jour) == age
    assert regle.a_revoir(jour, seuil) is (age > seuil)
    assert RegleRelue("voie", "x", "X", Provenance()).a_revoir(jour, seuil)


def test_un_territoire_dit_ce_qui_lui_manque() -> None:
    """Les contacts qu'il doit dire, avec qui appeler en attendant ; un territoire inconnu se refuse."""
    fini = lancer("verifier-territoire", "toulouse-metropole")
    assert fini.returncode == 0
    dit = " ".join(fini.stdout.split())
    assert "12 contacts à saisir sur 12" in dit
    assert "(ase-departement). En attendant : Appelez le 119" in dit
    assert "À compléter par" in dit
    assert max(len(ligne) for ligne in fini.stdout.splitlines()) <= 80
    inconnu = lancer("verifier-territoire", "toulouse")
    assert (inconnu.returncode, inconnu.stdout) == (2, "")
