"""Installer le service : ce qui s'écrit, ce qui ne se remplace pas, ce qui se refuse ; ce que systemd en pense."""

from __future__ import annotations

import dataclasses
import re
import shutil
import stat
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from outils_machine import COMMANDE, RACINE, REGLAGES, UNITES

from modele.regles.fautes import ErreurUtilisateur
from registre import installation, lieux
from registre.exploitation import cite, reglages_de
from registre.programme import executer

SERVICE = UNITES / "perron-registre.service"
SAUVEGARDE = UNITES / "perron-registre-sauvegarde.service"
MINUTERIE = UNITES / "perron-registre-sauvegarde.timer"
# Sur dix, d'après systemd-analyze security ; 0 : rien à reprendre.
SEUIL = 2.0
_ANALYSE = pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze n'est pas installé")


def relire(racine: Path, *options: str) -> int:
    """Écrit les fichiers sous ``racine``, sans rien créer d'autre."""
    return executer(["installer", "--relire", "--racine", str(racine), *options])


@pytest.fixture
def posee(tmp_path: Path) -> Path:
    """Une racine où les fichiers sont posés."""
    assert relire(tmp_path, "--sauvegardes", "/media/sauvegarde") == 0
    return tmp_path


def test_relire_n_ecrit_que_les_fichiers(posee: Path) -> None:
    poses = {un.relative_to(posee) for un in posee.rglob("*") if un.is_file()}
    assert poses == {SERVICE, SAUVEGARDE, MINUTERIE, REGLAGES, COMMANDE}
    modes = {un: stat.S_IMODE((posee / un).stat().st_mode) for un in poses}
    assert modes == {SERVICE: 0o644, SAUVEGARDE: 0o644, MINUTERIE: 0o644, REGLAGES: 0o640, COMMANDE: 0o755}
    assert [un for un in poses if re.search(r"@[a-z]+@", (posee / un).read_text("utf-8"))] == []


def test_ce_que_l_exploitant_a_change_reste_et_le_neuf_est_a_cote(
    posee: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change = (posee / SERVICE).read_text("utf-8").replace("RestartSec=15", "RestartSec=60")
    (posee / SERVICE).write_text(change, encoding="utf-8")
    capsys.readouterr()
    # D'autres sauvegardes : les unités citent leur dossier.
    assert relire(posee, "--sauvegardes", "/media/autre", "--donnees", "/srv/registre") == 0
    dit = capsys.readouterr().out
    assert (posee / SERVICE).read_text("utf-8") == change
    assert '"/srv/registre"' in (posee / f"{SERVICE}.nouveau").read_text("utf-8")
    assert f"Gardé : {posee / SERVICE} : vous l'avez changé" in dit
    assert f"Écrit : {posee / SAUVEGARDE}" in dit
    assert '"-/media/autre/perron-registre"' in (posee / SAUVEGARDE).read_text("utf-8")
    assert not (posee / f"{SAUVEGARDE}.nouveau").exists()


def test_relance_sans_option_elle_garde_les_reglages_et_leurs_commentaires(
    posee: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reglages = posee / REGLAGES
    mien = reglages.read_text("utf-8").replace('PERRON_PORT="8443"', '# demande du 3 mai\nPERRON_PORT="9443"')
    reglages.write_text(mien, encoding="utf-8")
    capsys.readouterr()
    assert relire(posee) == 0
    assert capsys.readouterr().out.count("Inchangé") == 5
    assert reglages.read_text("utf-8") == mien
    assert relire(posee, "--garder", "30") == 0
    assert reglages.read_text("utf-8") == mien
    neuf = (posee / f"{REGLAGES}.nouveau").read_text("utf-8")
    assert ('PERRON_PORT="9443"' in neuf, 'PERRON_GARDER="30"' in neuf) == (True, True)


def test_une_adresse_difficile_se_relit_pareille_partout(posee: Path) -> None:
    base = 'postgresql://p:a$b`c"d\\e%40@hote/base'
    assert relire(posee, "--base", base) == 0
    assert reglages_de(posee)["base"] == base
    dit = subprocess.run(
        ["sh", "-c", f'. "{posee / REGLAGES}"; printf %s "$PERRON_BASE"'], capture_output=True, text=True, check=True
    )
    assert dit.stdout == base
    with pytest.raises(ErreurUtilisateur, match="saut de ligne"):
        cite("a\nb")


@pytest.mark.parametrize(
    ("options", "phrase"),
    [
        ([], "Dites où garder les sauvegardes"),
        (["--sauvegardes", '/media/"a"'], "ce chemin porte un guillemet"),
        (["--sauvegardes", "/media/50%"], "ce chemin porte un guillemet"),
        (["--sauvegardes", "/media/s", "--territoire", "Mon CCAS"], "ne convient pas pour un territoire"),
        (["--sauvegardes", "/media/s", "--port", "0"], "--port : cette valeur ne convient pas"),
        (["--sauvegardes", "/media/s", "--garder", "0"], "--garder : cette valeur ne convient pas"),
    ],
)
def test_un_refus_se_dit_et_n_ecrit_rien(
    options: list[str], phrase: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert relire(tmp_path, *options) == 2
    assert phrase in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_sur_le_systeme_il_faut_etre_root_et_relire_demande_ou(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(installation, "sous_root", lambda: False)
    assert executer(["installer", "--sauvegardes", "/media/s"]) == 2
    assert "recommencez avec sudo" in capsys.readouterr().err
    assert executer(["installer", "--relire", "--sauvegardes", "/media/s"]) == 2
    assert "--racine DOSSIER" in capsys.readouterr().err


@pytest.mark.parametrize("quoi", ["CODE", "donnees", "sauvegarde"])
@pytest.mark.parametrize("lieu", ["/home/agent/perron", "/root/perron", "/tmp/perron"])
def test_un_lieu_que_le_service_ne_verrait_pas_se_dit(quoi: str, lieu: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lieux.sys, "executable", "/bin/sh")
    monkeypatch.setattr(lieux, "CODE", Path("/opt/perron"))
    plan = lieux.Plan(lieux.SYSTEME, None, Path("/var/lib/perron-registre"), Path("/media/s/p/registre"), {})
    lieux.exiger_un_code_lisible(plan)
    if quoi == "CODE":
        monkeypatch.setattr(lieux, "CODE", Path(lieu))
    else:
        plan = dataclasses.replace(plan, **{quoi: Path(lieu)})
    with pytest.raises(ErreurUtilisateur, match=f"{lieu}.* : le service ne voit ni"):
        lieux.exiger_un_code_lisible(plan)


@pytest.fixture
def court() -> Iterator[Path]:
    """Un dossier au nom court : celui de pytest s'allonge à chaque essai, et PostgreSQL refuse un long chemin."""
    with tempfile.TemporaryDirectory(prefix="perron-essais-") as dossier:
        yield Path(dossier)


def test_changer_de_dossier_n_invente_pas_un_registre_vide(court: Path) -> None:
    ancien, neuf = court / "a", court / "b"
    lieux.exiger_les_memes_donnees(ancien, neuf)
    (ancien / "postgresql").mkdir(parents=True)
    (ancien / "postgresql" / "PG_VERSION").touch()
    lieux.exiger_les_memes_donnees(ancien, ancien)
    with pytest.raises(ErreurUtilisateur, match=f"mv {ancien} {neuf}"):
        lieux.exiger_les_memes_donnees(ancien, neuf)
    ancien.rename(neuf)
    lieux.exiger_les_memes_donnees(ancien, neuf)


def test_un_dossier_de_donnees_trop_long_se_dit(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Sa prise irait dans le dossier temporaire du service, que les commandes ne voient pas."""
    donnees = str(tmp_path / ("d" * 80))
    assert executer(["installer", "--racine", str(tmp_path), "--sauvegardes", "/media/s", "--donnees", donnees]) == 2
    assert "trop long pour PostgreSQL" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_sans_le_support_des_sauvegardes_rien_ne_s_installe(tmp_path: Path) -> None:
    plan = lieux.Plan(tmp_path, None, tmp_path / "d", tmp_path / "absent/perron-registre/registre", {})
    with pytest.raises(ErreurUtilisateur, match="Branchez le support des sauvegardes"):
        lieux.amenager(plan)
    assert list(tmp_path.iterdir()) == []


def test_sans_sudo_la_commande_le_dit(posee: Path) -> None:
    """Elle ne peut pas lire les réglages : ils tiennent un mot de passe."""
    (posee / REGLAGES).unlink()
    sans_root = (posee / COMMANDE).read_text("utf-8").replace('"$(id -u)" = 0', '"$(id -u)" = jamais')
    fini = subprocess.run(["sh", "-c", sans_root], capture_output=True, text=True, check=False)
    assert (fini.returncode, "avec sudo" in fini.stderr) == (2, True)


@_ANALYSE
def test_systemd_approuve_les_unites(posee: Path) -> None:
    unites = [str(posee / un) for un in (SERVICE, SAUVEGARDE, MINUTERIE)]
    fini = subprocess.run(["systemd-analyze", "verify", *unites], capture_output=True, text=True, check=False)
    assert (fini.returncode, fini.stdout + fini.stderr) == (0, "")
    fini = subprocess.run(["systemd-analyze", "calendar", "*-*-* 02:30"], capture_output=True, text=True, check=False)
    assert fini.returncode == 0
    assert "OnCalendar=*-*-* 02:30\n" in (posee / MINUTERIE).read_text("utf-8")


def exposition(unite: Path) -> float:
    """La note que lui donne systemd, de 0 à 10."""
    fini = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", str(unite)], capture_output=True, text=True, check=True
    )
    return float(re.findall(r"Overall exposure level for .*: ([\d.]+)", fini.stdout)[0])


@_ANALYSE
@pytest.mark.parametrize("unite", [SERVICE, SAUVEGARDE])
def test_les_unites_sont_enfermees(unite: Path, posee: Path) -> None:
    assert exposition(posee / unite) <= SEUIL
    assert f"refuse plus de {SEUIL}".replace(".", ",") in (RACINE / "documentation/exploitation.md").read_text("utf-8")


@_ANALYSE
@pytest.mark.parametrize("sans", ["SystemCallFilter", "CapabilityBoundingSet", "Restrict"])
def test_mutant_une_unite_moins_enfermee_passe_le_seuil(sans: str, posee: Path) -> None:
    """Ces lignes-là comptent assez pour que leur absence se voie."""
    lignes = (posee / SERVICE).read_text("utf-8").splitlines()
    mutant = posee / UNITES / "mutant.service"
    mutant.write_text("\n".join(ligne for ligne in lignes if not ligne.startswith(sans)), encoding="utf-8")
    assert exposition(mutant) > SEUIL


def test_les_deux_unites_s_enferment_pareil_et_n_otent_pas_la_memoire_de_postgresql(posee: Path) -> None:
    """``RemoveIPC`` sur la sauvegarde ôterait au PostgreSQL du service sa mémoire partagée."""
    dites = [
        [ligne for ligne in (posee / un).read_text("utf-8").splitlines() if not ligne.startswith("#")]
        for un in (SERVICE, SAUVEGARDE)
    ]
    debuts = (
        "Protect",
        "Private",
        "Restrict",
        "System",
        "NoNew",
        "Capab",
        "Ambient",
        "Lock",
        "Memory",
        "UMask",
        "User",
    )
    murs = [[ligne for ligne in un if ligne.startswith(debuts)] for un in dites]
    murs = [[ligne for ligne in un if not ligne.startswith("RestartSec")] for un in murs]
    assert sorted(murs[0]) == sorted(murs[1])
    assert len(murs[0]) > 20
    assert all(un.count("User=perron-registre") == un.count("Group=perron-registre") == 1 for un in dites)
    assert not [ligne for un in dites for ligne in un if ligne.startswith("RemoveIPC")]
