"""``main.py cil`` : ses clés, ses fichiers, ses refus."""

from __future__ import annotations

from pathlib import Path

import pikepdf
from outils_console import lancer, rendre

EXEMPLES = Path(__file__).resolve().parents[3] / "ressources" / "exemples" / "metropole-essai"
FICHIERS = ("--attributions", str(EXEMPLES / "attributions.csv"), "--logements", str(EXEMPLES / "logements.csv"))


def cil(sortie: Path, *suite: str, territoire: str = "metropole-essai") -> tuple[str, ...]:
    return ("cil", "--annee", "2026", "--territoire", territoire, "--sortie", str(sortie), *suite)


def test_les_nombres_exacts_et_le_dossier_masque(tmp_path: Path) -> None:
    rendu = rendre(*cil(tmp_path, *FICHIERS, "--json"))
    vus = {(un["id"], un["perimetre"]): un for un in rendu["indicateurs"]}
    assert vus["q1_hors_qpv", "territoire"]["valeur"] == round(18 / 73, 6)
    assert vus["delai_median", "territoire"]["valeur"] == 454
    assert (vus["quart_prioritaire", "metropole"]["minimum"], vus["quart_prioritaire", "metropole"]["manque"]) == (4, 2)
    assert {un.suffix for un in tmp_path.iterdir()} == {".pdf", ".xlsx", ".json"}
    with pikepdf.open(tmp_path / "conference-metropole-essai-2026.pdf") as pdf:
        with pdf.open_outline() as sommaire:
            titres = [une.title for une in sommaire.root]
        partenaires = [un for un in titres if un.startswith("Engagements : ")]
        # Chaque indicateur a sa partie ; chaque partenaire sa page, qui se lui remet.
        assert len(titres) - len(partenaires) >= len({un["id"] for un in rendu["indicateurs"]})
        assert partenaires
        assert len(pdf.pages) > len(partenaires)


def test_un_dossier_de_sortie_absent_se_cree(tmp_path: Path) -> None:
    assert rendre(*cil(tmp_path / "neuf" / "dossier", *FICHIERS, "--json"))["ecrits"]
    assert len(list((tmp_path / "neuf" / "dossier").iterdir())) == 3


def test_une_seconde_version_dit_ce_qui_a_change(tmp_path: Path) -> None:
    lancer(*cil(tmp_path, *FICHIERS))
    figee = tmp_path / "conference-metropole-essai-2026.json"
    assert rendre(*cil(tmp_path, *FICHIERS, "--precedent", str(figee), "--json"))["changes"] == []
    autre = lancer(*cil(tmp_path, *FICHIERS, "--precedent", str(figee), "--pour", "public"))
    assert (autre.returncode, autre.stdout) == (2, "")
    assert "mêmes lecteurs" in autre.stderr


def test_sans_fichiers_il_dit_ce_qui_manque_et_qui_l_a(tmp_path: Path) -> None:
    fini = lancer(*cil(tmp_path, territoire="toulouse-metropole"))
    assert fini.returncode == 0
    assert "01/03/2021" in fini.stdout
    assert "À remplir par le département." in " ".join(fini.stdout.split())


def test_les_refus_n_ecrivent_rien(tmp_path: Path) -> None:
    for suite, dit in ((FICHIERS[:2], "ensemble"), ((*FICHIERS, "--pour", "tous"), "--pour tous")):
        fini = lancer(*cil(tmp_path, *suite))
        assert (fini.returncode, fini.stdout) == (2, "")
        assert dit in fini.stderr
    assert not list(tmp_path.iterdir())


def test_une_version_deja_la_ne_se_remplace_pas_sans_elle(tmp_path: Path) -> None:
    """Elle seule dit ce que ses lecteurs savent : sans elle, la seconde rendrait ce que la première taisait."""
    lancer(*cil(tmp_path, *FICHIERS))
    figee = tmp_path / "conference-metropole-essai-2026.json"
    avant = {un: un.read_bytes() for un in tmp_path.iterdir()}
    ailleurs = tmp_path / "autre.json"
    ailleurs.write_bytes(figee.read_bytes().replace(b"120", b"121"))
    for suite in ((), ("--precedent", str(ailleurs))):
        fini = lancer(*cil(tmp_path, *FICHIERS, *suite))
        assert (fini.returncode, fini.stdout) == (2, "")
        assert f"--precedent {figee}" in " ".join(fini.stderr.split())
    assert {un: un.read_bytes() for un in avant} == avant
    assert lancer(*cil(tmp_path, *FICHIERS, "--precedent", str(figee))).returncode == 0


def test_un_dossier_au_nom_du_second_fichier_n_en_laisse_aucun(tmp_path: Path) -> None:
    (tmp_path / "conference-metropole-essai-2026.xlsx").mkdir()
    fini = lancer(*cil(tmp_path, *FICHIERS))
    assert (fini.returncode, fini.stdout) == (2, "")
    assert "c'est un dossier" in fini.stderr
    assert [un.suffix for un in tmp_path.iterdir()] == [".xlsx"]


def test_un_quartier_vide_dit_sa_ligne(tmp_path: Path) -> None:
    """Vide, il n'est pas « hors quartier » : la ligne se refuse, ou se compte à part et se dit."""
    texte = (EXEMPLES / "attributions.csv").read_text(encoding="utf-8-sig").splitlines()
    rang = next(i for i, une in enumerate(texte) if not une.startswith("#"))
    colonne = texte[rang].split(";").index("en_qpv")
    cases = texte[rang + 1].split(";")
    texte[rang + 1] = ";".join([*cases[:colonne], "", *cases[colonne + 1 :]])
    (vide := tmp_path / "vide.csv").write_text("\n".join(texte) + "\n", encoding="utf-8")
    suite = ("--attributions", str(vide), *FICHIERS[2:])
    fini = lancer(*cil(tmp_path, *suite))
    assert (fini.returncode, fini.stdout) == (2, "")
    assert "en_qpv" in fini.stderr
    assert "Compté sans 1 ligne refusée." in lancer(*cil(tmp_path, *suite, "--sans-les-fautives")).stdout


def test_le_dossier_ne_dit_de_la_qualite_que_son_taux(tmp_path: Path) -> None:
    dit = " ".join(lancer(*cil(tmp_path, *FICHIERS)).stdout.split())
    assert "97,38 %" in dit
    assert "818 sur 840" not in dit


def test_les_demandes_disent_la_pression_et_l_anciennete(tmp_path: Path) -> None:
    """Avec elles, ce qui manquait n'est plus dit manquant ; mal écrites, ou seules, rien n'est écrit."""
    demandes = ("--demandes", str(EXEMPLES / "demandes.csv"))
    rendu = rendre(*cil(tmp_path, *FICHIERS, *demandes, "--json"))
    vus = {(un["id"], un["perimetre"]): un for un in rendu["indicateurs"]}
    assert vus["pression", "territoire"]["denominateur"] == 120
    assert vus["anciennete_mediane", "territoire"]["effectif"] == vus["demandes_en_attente", "territoire"]["valeur"]
    assert not {"demandes_actives", "anciennete_des_actives"} & {un["id"] for un in rendu["manque"]}
    fautif = tmp_path / "d.csv"
    fautif.write_text("date_demande;date_radiation;code_insee;public\nhier;;99901;\n", encoding="utf-8")
    for suite, dit in (
        (demandes, "--attributions"),
        ((*FICHIERS, "--demandes", str(fautif)), "Ligne 2, date_demande"),
        ((*FICHIERS, "--demandes", str(tmp_path / "absent.csv")), "absent.csv"),
    ):
        fini = lancer(*cil(tmp_path / "autre", *suite))
        assert (fini.returncode, fini.stdout) == (2, "")
        assert dit in fini.stderr
    assert not (tmp_path / "autre").exists()
