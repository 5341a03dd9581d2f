"""« main.py verifier-plafonds » : la table de l'année suivante, essayée à blanc ; et une année absente, refusée."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from outils_console import RACINE, lancer

from modele.regles.fautes import FichierFautif
from modele.territoire.bareme import lire_bareme
from modele.territoire.plafonds_essayes import essayer

TABLE = RACINE / "ressources" / "national" / "plafonds_hlm.csv"
ENTETE = "annee,financement,zone,categorie,plafond_eur,statut"


def de_2027(hausse: str = "1.01") -> list[str]:
    """Les lignes de 2026, haussées, pour 2027."""
    lignes = [ligne.split(",") for ligne in TABLE.read_text(encoding="utf-8").splitlines() if ligne[:5] == "2026,"]
    return [f"2027,{f},{z},{c},{round(int(e) * Decimal(hausse))},publie" for _, f, z, c, e, _ in lignes]


def ecrire(dossier: Path, lignes: list[str], entete: str = ENTETE) -> Path:
    chemin = dossier / "plafonds-2027.csv"
    chemin.write_text("\n".join([entete, *lignes, ""]), encoding="utf-8")
    return chemin


def test_une_table_complete_se_dit_et_rien_ne_s_ecrit(tmp_path: Path) -> None:
    avant = TABLE.read_bytes()
    fini = lancer("verifier-plafonds", str(ecrire(tmp_path, de_2027())))
    assert fini.returncode == 0, fini.stderr
    assert "table de 2027 valable, 63 plafonds. Rien n'est écrit." in fini.stdout
    assert "par rapport à 2026" in fini.stdout
    assert "À relire" not in fini.stdout
    assert TABLE.read_bytes() == avant


def test_une_faute_de_frappe_se_voit_a_son_ecart(tmp_path: Path) -> None:
    debut = "2027,PLUS,autres_regions,1,"
    lignes = [f"{debut}24900,publie" if ligne.startswith(debut) else ligne for ligne in de_2027()]
    dit = lancer("verifier-plafonds", str(ecrire(tmp_path, lignes))).stdout
    assert "À relire sur l'arrêté : PLUS, autres_regions, ligne 1" in dit


def echanger(ligne: str, un: str, autre: str) -> str:
    """La ligne où l'un et l'autre ont pris la place l'un de l'autre."""
    return ligne.replace(un, ",X,").replace(autre, un).replace(",X,", autre)


FAUTES = {
    "colonne manquante": (lambda ls: ls, "annee,financement,zone,categorie,plafond_eur", "il manque : statut"),
    "zone inconnue": (lambda ls: [*ls[1:], ls[0].replace("paris_et_limitrophes", "paris")], ENTETE, "zone attendue"),
    "catégorie inconnue": (lambda ls: [*ls, "2027,PLUS,autres_regions,7,90000,publie"], ENTETE, "ligne inconnue"),
    "ligne manquante": (lambda ls: ls[1:], ENTETE, "il manque : "),
    "ligne double": (lambda ls: [*ls, ls[0]], ENTETE, "est écrit 2 fois"),
    "autre année": (lambda ls: [ligne.replace("2027", "2028") for ligne in ls], ENTETE, "année attendue : 2027"),
    "déjà connue": (lambda ls: [ligne.replace("2027", "2026") for ligne in ls], ENTETE, "année attendue : 2027"),
    "rien": (lambda _: [], ENTETE, "aucune ligne"),
    "PLS sous le PLUS": (
        lambda ls: [echanger(ligne, ",PLS,", ",PLUS,") for ligne in ls],
        ENTETE, "le plafond PLS n'est pas au-dessus du PLUS",
    ),
    "catégories à l'envers": (
        lambda ls: [echanger(ligne, ",2,", ",3,") for ligne in ls],
        ENTETE, "n'est pas au-dessus de la",
    ),
}  # fmt: skip


@pytest.mark.parametrize("nom", FAUTES)
def test_chaque_faute_se_dit(tmp_path: Path, nom: str) -> None:
    change, entete, phrase = FAUTES[nom]
    with pytest.raises(FichierFautif, match=phrase):
        essayer(lire_bareme(TABLE), ecrire(tmp_path, change(de_2027()), entete))


def test_une_faute_en_commande_se_dit_code_2(tmp_path: Path) -> None:
    fini = lancer("verifier-plafonds", str(ecrire(tmp_path, de_2027()[1:])))
    assert (fini.returncode, fini.stdout) == (2, "")
    assert "il manque : " in fini.stderr
    absent = lancer("verifier-plafonds", str(tmp_path / "rien.csv"))
    assert (absent.returncode, absent.stdout) == (2, "")


def test_une_annee_absente_se_refuse() -> None:
    """2027 n'est pas remplacée par 2026 : un plafond de l'an passé écarterait quelqu'un à tort."""
    fini = lancer("plafonds", "--date", "2027-01-01", "--commune", "63113", "--personnes", "1")
    assert (fini.returncode, fini.stdout) == (2, "")
    assert "Aucune table de plafonds pour 2027" in fini.stderr


@given(manquante=st.integers(0, 62))
def test_aucune_cellule_ne_peut_manquer(tmp_path_factory: pytest.TempPathFactory, manquante: int) -> None:
    """Chaque financement, zone et catégorie : celle qu'on ôte est nommée."""
    lignes = de_2027()
    otee = lignes.pop(manquante).split(",")
    chemin = ecrire(tmp_path_factory.mktemp("plafonds"), lignes)
    with pytest.raises(FichierFautif, match=f"il manque : {otee[1].lower()},{otee[2]},{otee[3]}"):
        essayer(lire_bareme(TABLE), chemin)
