"""``main.py flux`` : ses clés, son texte, ses fichiers, ses refus ; jamais la moitié de rien."""

from __future__ import annotations

import io
import re
import sys
from datetime import date
from pathlib import Path

import pikepdf
import polars as pl
import pytest
from outils_console import lancer, rendre

from modele.attributions.droit import droit
from ui.console.flux import Voulu, mener
from ui.mots import flux as mots

RACINE = Path(__file__).resolve().parents[3]
EXEMPLES = RACINE / "ressources" / "exemples" / "metropole-essai"
ATTRIBUTIONS, LOGEMENTS = EXEMPLES / "attributions.csv", EXEMPLES / "logements.csv"
CONVENTIONS = """format = 1
[[convention]]
reservataire = "Commune de Vallebrume"
categorie = "communes"
siren_bailleur = "000000001"
perimetre = "99"
annee = 2026
taux = 12
publics = { dalo = 25 }
[[prevision]]
siren_bailleur = "000000001"
annee = 2026
remises_en_location = 50
"""


def flux(*suite: str, attributions: Path = ATTRIBUTIONS, logements: Path = LOGEMENTS) -> tuple[str, ...]:
    fichiers = ("--attributions", str(attributions), "--logements", str(logements))
    return ("flux", "--territoire", "metropole-essai", *fichiers, "--le", "2026-11-27", *suite)


def faux(dossier: Path, avant: str, apres: str) -> Path:
    texte = ATTRIBUTIONS.read_text(encoding="utf-8")
    assert avant in texte
    (dossier / "faux.csv").write_text(texte.replace(avant, apres, 1), encoding="utf-8")
    return dossier / "faux.csv"


def test_les_nombres_des_exemples_sortent() -> None:
    rendu = rendre(*flux("--json"))
    assert len(rendu["dates_limites_depassees"]) == 15
    vus = {
        une["reservataire"]: (une["realisees"], une["attributions"], une["minimum"], une["manque"])
        for une in rendu["quart_prioritaire"]
    }
    assert vus == {
        "metropole": (2, 16, 4, 2),
        "communes": (1, 7, 2, 1),
        "action_logement": (2, 21, 6, 4),
        "bailleur": (5, 28, 7, 2),
        "prefet_prioritaires": (26, 26, 26, 0),
    }
    assert rendu["fictif"] is True
    assert rendu["hypothese"]["a_valider"] is True
    assert rendu["erreurs"] == {"attributions": [], "logements": []}


def test_un_second_fichier_a_ses_nombres(tmp_path: Path) -> None:
    """Une attribution de la métropole devient prioritaire : 3 sur 16, il en manque 1."""
    second = faux(tmp_path, "27/01/2026;NON;;NON", "27/01/2026;OUI;;NON")
    rendu = rendre(*flux("--json", attributions=second))
    assert next(une for une in rendu["quart_prioritaire"] if une["reservataire"] == "metropole")["manque"] == 1


def test_ses_cles_sont_documentees(tmp_path: Path) -> None:
    (tmp_path / "c.toml").write_text(CONVENTIONS, encoding="utf-8")
    fautif = faux(tmp_path, ";27/01/2026;NON", ";31/02/2026;NON")
    rendu = rendre(
        *flux("--json", "--conventions", str(tmp_path / "c.toml"), "--sans-les-fautives", attributions=fautif)
    )
    racines = set(rendu)
    document = (RACINE / "documentation" / "commandes.md").read_text(encoding="utf-8").partition("\n## flux\n")[2]
    lignes = [re.findall(r"`([^`]+)`", une) for une in re.findall(r"^\| (`[^|]+) \|", document, re.M)]
    racine = lambda cle: re.split(r"[.\[]", cle)[0]  # noqa: E731
    # Une ligne dit d'abord sa clé entière, puis ses voisines.
    assert {racine(ligne[0]) for ligne in lignes} <= racines <= {racine(cle) for ligne in lignes for cle in ligne}
    (faute,) = rendu["erreurs"]["attributions"]
    assert faute == {"ligne": 4, "colonne": "date_bail", "message": "« 31/02/2026 » n'est pas une date (JJ/MM/AAAA)"}
    assert rendu["lus"]["attributions"] == {"lignes": 120, "refusees": 1}
    assert rendu["dus"][0]["annuel"] == 6.0


def test_le_texte_se_lit() -> None:
    fini = lancer(*flux())
    assert fini.returncode == 0
    assert "Métropole ou communauté : 2 sur 16, 4 au moins, il en manque 2" in fini.stdout
    assert "(à faire valider)" in fini.stdout
    assert max(map(len, fini.stdout.splitlines())) <= 80


def test_un_plafond_se_surveille_avant_de_se_dire_depasse() -> None:
    """Au 27 novembre, l'année peut encore l'effacer ; au 31 décembre, non."""
    dit = " ".join(lancer(*flux()).stdout.split())
    assert "Plafonds à surveiller : ils portent sur le flux de l'année entière :" in dit
    assert "sur 105 attributions à ce jour, 31,4 %, au-dessus de 30 %" in dit
    assert "Plafonds dépassés" not in dit
    close = " ".join(lancer(*(un.replace("2026-11-27", "2026-12-31") for un in flux())).stdout.split())
    assert "Plafonds dépassés" in close
    assert "à surveiller" not in close
    assert {un["etabli"] for un in rendre(*flux("--json"))["depassements"]} == {False}


def test_ce_qui_est_du_se_lit(tmp_path: Path) -> None:
    (tmp_path / "c.toml").write_text(CONVENTIONS, encoding="utf-8")
    dit = " ".join(lancer(*flux("--conventions", str(tmp_path / "c.toml"))).stdout.split())
    assert "Commune de Vallebrume, 000000001 : 1 fait sur 5 dus à cette date (6 dans l'année), 4 en retard." in dit
    assert "ce qui est dû ne se sait pas" in dit


@pytest.mark.parametrize(("pour", "tu"), [("habilites", False), ("partenaires", True), ("public", True)])
def test_commune_et_public_se_croisent_sous_le_masque(tmp_path: Path, pour: str, tu: bool) -> None:
    (tmp_path / "c.toml").write_text(CONVENTIONS, encoding="utf-8")
    suite = ("--conventions", str(tmp_path / "c.toml"), "--pour", pour)
    une = rendre(*flux("--json", *suite))["dus_croises"][0]
    assert (une["reservataire"], une["public"], une["tu"]) == ("Commune de Vallebrume", "dalo", tu)
    assert (une["fait"] is None) is tu
    dit = " ".join(lancer(*flux(*suite)).stdout.split())
    assert ("Reconnus prioritaires (DALO) : non publié ; ce qui est dû ne se sait pas" in dit) is tu


def test_un_logement_revenu_et_une_convention_sans_ligne_se_disent(tmp_path: Path) -> None:
    """Un nom écrit autrement ne fait pas un retard muet ; ce que devient le droit est à faire valider."""
    autre = CONVENTIONS.partition("[[prevision]]")[0].partition("[[convention]]")[2].replace("Commune de", "Ville de")
    (tmp_path / "c.toml").write_text(
        CONVENTIONS.replace("Commune de Vallebrume", "COMMUNE DE  VALLEBRUME") + "[[convention]]" + autre,
        encoding="utf-8",
    )
    texte = ATTRIBUTIONS.read_text(encoding="utf-8")
    siennes = [une for une in texte.splitlines() if "Commune de Vallebrume" in une and ";000000001;" in une]
    revenue = siennes[0].replace(";RESERVATAIRE;", ";BAILLEUR;")
    assert revenue != siennes[0]
    fichier = faux(tmp_path, siennes[0], revenue)
    suite = ("--conventions", str(tmp_path / "c.toml"))
    rendu = rendre(*flux("--json", *suite, attributions=fichier))
    assert (rendu["dus"][0]["fait"], rendu["dus"][0]["revenus"]) == (0, 1)
    (une,) = rendu["conventions_non_nommees"]
    assert (une["reservataire"], une["categorie"], une["perimetre"]) == ("Ville de Vallebrume", "communes", "99")
    dit = " ".join(lancer(*flux(*suite, attributions=fichier)).stdout.split())
    assert "1 revenu au bailleur, à part." in dit
    assert "perdu ou reporté, selon la convention. (à faire valider)" in dit
    assert "Ville de Vallebrume, 000000001 (Communes) : aucune ligne ne le nomme à ce titre" in dit


def d_une_annee_finie(dossier: Path) -> tuple[str, ...]:
    """Les deux exemples, un an plus tôt."""
    dossier.mkdir()
    for fichier in (ATTRIBUTIONS, LOGEMENTS):
        texte = fichier.read_text(encoding="utf-8").replace("/2026", "/2025")
        (dossier / fichier.name).write_text(texte, encoding="utf-8")
    lus = {"attributions": dossier / ATTRIBUTIONS.name, "logements": dossier / LOGEMENTS.name}
    return tuple("2025-12-31" if mot == "2026-11-27" else mot for mot in flux(**lus))


def test_le_public_n_a_de_bilan_que_d_une_annee_finie(tmp_path: Path) -> None:
    """En cours d'année, deux bilans publiés se soustrairaient ; d'une année finie, il s'écrit, sous le masque."""
    fini = lancer(*flux("--bilan", str(tmp_path), "--pour", "public"))
    assert fini.returncode == 2
    assert "ne se tire que d'une année finie" in " ".join(fini.stderr.split())
    assert list(tmp_path.iterdir()) == []
    ici = d_une_annee_finie(tmp_path / "avant")
    rendu = rendre(*ici, "--bilan", str(tmp_path), "--pour", "public", "--json")
    assert {Path(un).name for un in rendu["ecrits"]} == {f"bilan-flux-2025.{un}" for un in ("pdf", "csv", "xlsx")}
    table = pl.read_csv((tmp_path / "bilan-flux-2025.csv").read_bytes(), separator=";", infer_schema=False)
    assert "non publié" in table["attribues"].to_list()


def test_mutant_le_public_a_toute_date(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.mots.bilan_flux.exiger_finie", lambda *_: None)
    mener(Voulu("metropole-essai", ATTRIBUTIONS, LOGEMENTS, date(2026, 11, 27), tmp_path, "public"))
    assert (tmp_path / "bilan-flux-2026.pdf").exists()


@pytest.mark.parametrize("pour", ["habilites", "partenaires"])
def test_le_bilan_s_ecrit_en_pdf_et_en_tableur(tmp_path: Path, pour: str) -> None:
    rendu = rendre(*flux("--bilan", str(tmp_path), "--pour", pour, "--json"))
    assert sorted(Path(un).name for un in rendu["ecrits"]) == sorted(un.name for un in tmp_path.iterdir())
    table = pl.read_csv((tmp_path / "bilan-flux-2026.csv").read_bytes(), separator=";", infer_schema=False)
    classeur = pl.read_excel(io.BytesIO((tmp_path / "bilan-flux-2026.xlsx").read_bytes()), infer_schema_length=None)
    assert classeur.columns == table.columns
    assert classeur.height == table.height
    if pour == "habilites":
        assert table["attribues"].cast(pl.Int64).sum() == 105
        assert table["proposes"].cast(pl.Int64).sum() == 142
        assert "periode_construction (à faire valider)" in table.columns
    else:
        assert "non publié" in table["baux"].to_list()
    with pikepdf.open(tmp_path / "bilan-flux-2026.pdf") as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert "/StructTreeRoot" in pdf.Root
    rien_de_deduit_n_est_nu(texte_du_papier(tmp_path / "bilan-flux-2026.pdf"))


def texte_du_papier(papier: Path) -> str:
    import pypdfium2

    with pypdfium2.PdfDocument(papier) as document:
        return " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in document)


def rien_de_deduit_n_est_nu(texte: str) -> None:
    """Ni période de construction, ni réservataire rangé par déduction sans sa marque (norme, 6)."""
    assert "Action Logement" in texte
    assert "ériode" not in texte
    assert all(une.libelle not in texte for une in droit().periodes)
    for un in droit().reservataires.values():
        deduit = un.provenance.a_valider or un.non_reserve
        assert texte.count(un.libelle) == texte.count(f"{un.libelle} (classement à faire valider)") or not deduit


@pytest.mark.parametrize("mutant", ["periode", "titre"])
def test_mutant_le_papier_du_bilan_sans_ses_marques(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mutant: str
) -> None:
    if mutant == "periode":
        monkeypatch.setattr(mots, "_PERIODE", "jamais")
    else:
        monkeypatch.setattr(mots, "_titre", lambda categorie: droit().reservataires[categorie].libelle)
    voulu = Voulu("metropole-essai", ATTRIBUTIONS, LOGEMENTS, date(2026, 11, 27), tmp_path, "habilites")
    mener(voulu)
    with pytest.raises(AssertionError):
        rien_de_deduit_n_est_nu(texte_du_papier(tmp_path / "bilan-flux-2026.pdf"))


@pytest.mark.skipif(sys.platform == "win32", reason="les droits d'un fichier y sont autres")
def test_le_bilan_n_est_lisible_que_de_nous(tmp_path: Path) -> None:
    lancer(*flux("--bilan", str(tmp_path)))
    assert {un.stat().st_mode & 0o077 for un in tmp_path.iterdir()} == {0}


@pytest.mark.parametrize(
    ("avant", "apres", "dit"),
    [
        (
            ";27/01/2026;NON",
            ";31/02/2026;NON",
            "faux.csv, ligne 4, colonne date_bail : « 31/02/2026 » n'est pas une date",
        ),
        (";27/01/2026;NON", ";27/01/2126;NON", "« 27/01/2126 » est à venir"),
        ("ATT-2026-0002", "ATT-2026-0001", "une ligne ne se compte pas deux fois"),
        (";date_bail;", ";bail;", ""),
        (";date_bail;", ";signe_le;", "il manque la colonne « date_bail »"),
    ],
)
def test_un_fichier_faux_se_refuse_sans_rien_ecrire(tmp_path: Path, avant: str, apres: str, dit: str) -> None:
    sortie = tmp_path / "sortie"
    sortie.mkdir()
    # Les exemples disent deux fois 0001 chez deux bailleurs ; le doublon est d'un même bailleur.
    fautif = faux(tmp_path, avant, apres)
    if "0001" in apres:
        fautif.write_text(
            fautif.read_text(encoding="utf-8").replace("000000001;Habitat", "000000003;Habitat", 1), encoding="utf-8"
        )
    fini = lancer(*flux("--bilan", str(sortie), attributions=fautif))
    if not dit:
        # « bail » est un nom d'usage de cette colonne : il se devine.
        assert fini.returncode == 0
        return
    assert (fini.returncode, fini.stdout) == (2, "")
    assert dit in fini.stderr
    assert list(sortie.iterdir()) == []


def test_trop_de_fautes_se_comptent(tmp_path: Path) -> None:
    fautif = tmp_path / "faux.csv"
    fautif.write_text(ATTRIBUTIONS.read_text(encoding="utf-8").replace(";OUI;", ";OUAIS;"), encoding="utf-8")
    fini = lancer(*flux(attributions=fautif))
    assert fini.returncode == 2
    assert "autres fautes." in fini.stderr
    assert len(fini.stderr.splitlines()) == 23
    sans = lancer(*flux("--sans-les-fautives", attributions=fautif)).stdout
    assert "(toutes avec « --json »)" in " ".join(sans.split())


@pytest.mark.parametrize(
    ("suite", "dit"),
    [
        (("--pour", "tous"), "--pour tous"),
        (("--conventions", "absent.toml"), "absent.toml"),
        (("--bilan", "dossier-absent"), "dossier-absent"),
    ],
)
def test_une_option_fausse_se_dit(suite: tuple[str, ...], dit: str) -> None:
    fini = lancer(*flux(*suite))
    assert (fini.returncode, fini.stdout) == (2, "")
    assert dit in fini.stderr
    assert "Traceback" not in fini.stderr


@pytest.mark.parametrize("le", ["9999-12-31", "0001-01-01", "1999-12-31", "2101-01-01"])
def test_une_annee_impossible_se_dit(le: str) -> None:
    fini = lancer(*(un.replace("2026-11-27", le) for un in flux()))
    assert (fini.returncode, fini.stdout) == (2, "")
    assert f"--le {le} : attendu un jour de 2000 à 2100" in fini.stderr
    assert "Traceback" not in fini.stderr


def test_un_fichier_ou_un_territoire_absent_se_dit(tmp_path: Path) -> None:
    fini = lancer(*flux(attributions=tmp_path / "rien.csv"))
    assert fini.returncode == 2
    assert "rien.csv" in fini.stderr
    ailleurs = (
        "flux",
        "--territoire",
        "metropole-essay",
        "--attributions",
        str(ATTRIBUTIONS),
        "--logements",
        str(LOGEMENTS),
    )
    assert "vouliez-vous « metropole-essai »" in lancer(*ailleurs).stderr
    assert "--le 2026-13-01" in lancer(*ailleurs, "--le", "2026-13-01").stderr


def test_une_commune_d_ailleurs_se_dit(tmp_path: Path) -> None:
    ailleurs = faux(tmp_path, ";99901;Vallebrume;QN99901X;OUI;T3", ";63113;Clermont;QN99901X;OUI;T3")
    assert rendre(*flux("--json", attributions=ailleurs))["hors_territoire"] == {"63113": 1}
    assert "63113 : 1" in lancer(*flux(attributions=ailleurs)).stdout
