"""Où vivent le code, les données et les sauvegardes du service : ce que son compte doit pouvoir lire, ou tenir seul."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from modele.regles.disque import raison
from modele.regles.fautes import ErreurUtilisateur
from registre.base.compte import Compte, traversable

SYSTEME: Final = Path("/")
CODE: Final = Path(__file__).resolve().parent.parent
# Ce que les unités cachent au service.
_CACHES: Final = tuple(map(Path, ("/home", "/root", "/run/user", "/tmp", "/var/tmp")))
# Au-delà, la prise de PostgreSQL irait dans un dossier que le service ne partage pas avec les commandes.
_DONNEES_AU_PLUS: Final = 74
_INTERDITS: Final = frozenset('"\\$`%')


@dataclass(frozen=True, slots=True)
class Plan:
    """Où tout va. ``compte`` nul : celui qui lance (un essai, sans root)."""

    racine: Path
    compte: Compte | None
    donnees: Path
    sauvegarde: Path
    reglages: dict[str, str]


def exiger_des_chemins_simples(*chemins: Path) -> None:
    """Les unités et le shell les citent. Lève ``ErreurUtilisateur``."""
    for chemin in chemins:
        if _INTERDITS & set(str(chemin)) or any(ord(lettre) < 32 for lettre in str(chemin)):
            raise ErreurUtilisateur(f"{chemin} : ce chemin porte un guillemet, « $ », « % » ou « \\ ». Changez-le.")


def exiger_les_memes_donnees(anciennes: Path, donnees: Path) -> None:
    """Un service qui change de dossier y créerait un registre vide. Lève ``ErreurUtilisateur``."""
    if len(str(donnees)) > _DONNEES_AU_PLUS:
        raise ErreurUtilisateur(
            f"{donnees} : ce chemin est trop long pour PostgreSQL ({_DONNEES_AU_PLUS} lettres au plus)."
        )
    if _tient_un_registre(anciennes) and not _tient_un_registre(donnees):
        raise ErreurUtilisateur(
            f"Le registre est dans {anciennes}, et {donnees} n'en tient aucun. Arrêtez-le, déplacez ce dossier "
            f"(mv {anciennes} {donnees}), puis recommencez."
        )


def _tient_un_registre(donnees: Path) -> bool:
    return (donnees / "postgresql" / "PG_VERSION").exists()


def exiger_un_code_lisible(plan: Plan) -> None:
    """Perron se lance-t-il sous le compte du service, là où il est ? Lève ``ErreurUtilisateur``."""
    python = Path(sys.executable).resolve()
    if plan.racine == SYSTEME:
        for lieu in (CODE, python, plan.donnees, plan.sauvegarde):
            if any(lieu.is_relative_to(cache) for cache in _CACHES):
                raise ErreurUtilisateur(
                    f"{lieu} : le service ne voit ni les dossiers personnels, ni les temporaires. "
                    "Posez Perron dans /opt/perron, préparé avec le Python du système, et recommencez de là."
                )
    if plan.compte is not None and not _se_lance(plan.compte):
        raise ErreurUtilisateur(
            f"Perron ne se lance pas de {CODE} (Python : {python}) sous le compte « {plan.compte.nom} ». Posez-le dans "
            "/opt/perron, préparez-le avec le Python du système, ouvrez-le en lecture (chmod -R go+rX /opt/perron)."
        )


def _se_lance(compte: Compte) -> bool:
    # Sans les fichiers compilés : l'installation, lancée par root, vient d'en laisser qui cacheraient un code fermé.
    env = {"PYTHONPATH": str(CODE), "PYTHONPYCACHEPREFIX": os.devnull, "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        fini = subprocess.run(
            [sys.executable, "-P", "-c", "import registre.commandes"], env=env, cwd="/",
            capture_output=True, check=False, user=compte.uid, group=compte.gid, extra_groups=[],
        )  # fmt: skip
    except OSError:
        return False
    return fini.returncode == 0


def amenager(plan: Plan) -> None:
    """Le dossier des données et celui des sauvegardes, au seul compte du service. Lève ``ErreurUtilisateur``."""
    support = plan.sauvegarde.parent.parent
    if not support.is_dir():
        raise ErreurUtilisateur(f"{support} n'existe pas. Branchez le support des sauvegardes, puis recommencez.")
    for dossier in (plan.donnees, plan.sauvegarde.parent):
        try:
            dossier.mkdir(parents=True, exist_ok=True)
            dossier.chmod(0o700)
            _confier(dossier, plan.compte)
        except OSError as panne:
            raise ErreurUtilisateur(
                f"{dossier} ne peut pas appartenir au compte du service ({raison(panne)}). "
                "Un support en FAT ou exFAT ne garde pas les droits : formatez-le en ext4, chiffré."
            ) from panne
        if plan.compte is not None and not traversable(plan.compte, dossier):
            raise ErreurUtilisateur(
                f"{dossier} est fermé au compte « {plan.compte.nom} » par un dossier au-dessus. Choisissez-en un autre."
            )


def _confier(dossier: Path, compte: Compte | None) -> None:
    """Tout ce qu'il tient change de main : des données lancées à la main, une sauvegarde d'une autre machine."""
    if compte is None or sys.platform == "win32":
        return
    for chemin in (dossier, *dossier.rglob("*")):
        os.chown(chemin, compte.uid, compte.gid, follow_symlinks=False)
