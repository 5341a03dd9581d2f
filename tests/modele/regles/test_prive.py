"""Le dossier du coffre n'est lisible que du compte de l'agent, sous POSIX comme sous Windows."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from modele.regles import prive
from modele.regles.prive import dossier_prive, fermer


def test_sous_posix_personne_d_autre(tmp_path: Path) -> None:
    dossier_prive(tmp_path / "donnees", "linux")
    assert (tmp_path / "donnees").stat().st_mode & 0o777 == 0o700


def test_sous_windows_la_liste_d_acces_se_ferme(tmp_path: Path) -> None:
    """Par identifiants : « Administrateurs » ne s'appelle pas pareil partout ; hérité par ce qui s'y créera."""
    faites: list[Sequence[str]] = []

    def executer(commande: Sequence[str]) -> bool:
        faites.append(commande)
        return True

    dossier_prive(tmp_path / "donnees", "win32", executer)
    assert faites == [fermer(tmp_path / "donnees")]
    assert faites[0][:3] == ["icacls", str(tmp_path / "donnees"), "/inheritance:r"]
    permis = [mot for mot in faites[0] if mot.startswith("*S-1-")]
    assert permis == ["*S-1-3-4:(OI)(CI)F", "*S-1-5-18:(OI)(CI)F", "*S-1-5-32-544:(OI)(CI)F"]
    # Ni « tout le monde », ni « utilisateurs », ni « utilisateurs authentifiés ».
    assert not {"*S-1-1-0", "*S-1-5-32-545", "*S-1-5-11"} & {mot.partition(":")[0] for mot in permis}


def test_un_dossier_qui_existe_garde_ses_droits(tmp_path: Path) -> None:
    (tmp_path / "choisi").mkdir(mode=0o750)
    avant = (tmp_path / "choisi").stat().st_mode
    dossier_prive(tmp_path / "choisi", "win32", lambda _: 1 / 0)  # type: ignore[return-value, arg-type]
    assert (tmp_path / "choisi").stat().st_mode == avant


def test_la_commande_se_lance_et_dit_son_echec(tmp_path: Path) -> None:
    assert prive._executer([sys.executable, "-c", ""])
    assert not prive._executer([sys.executable, "-c", "raise SystemExit(5)"])
    assert not prive._executer([str(tmp_path / "absente")])
    assert prive._drapeaux("win32") == 0x08000000


def test_sans_icacls_le_dossier_existe_quand_meme(tmp_path: Path) -> None:
    """Le profil de l'agent est déjà fermé aux autres : ouvrir le coffre passe avant."""
    dossier_prive(tmp_path / "donnees", "win32")
    assert (tmp_path / "donnees").is_dir()
