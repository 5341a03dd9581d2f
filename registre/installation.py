"""Installer le registre comme service de systemd : son compte, ses dossiers, ses unités, sa sauvegarde chaque nuit."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final

import typer

from modele.regles.disque import raison
from modele.regles.fautes import ErreurUtilisateur
from registre import exploitation
from registre.base.compte import NOM, Compte, compte_de_service, sous_root, traversable
from registre.service.administration import exiger_identifiant

SYSTEME: Final = Path("/")
UNITES: Final = ("perron-registre", "perron-registre-sauvegarde.timer")
CODE: Final = Path(__file__).resolve().parent.parent
# Ce que les unités cachent au service : du code posé là ne s'y lirait pas.
_CACHES: Final = tuple(map(Path, ("/home", "/root", "/run/user", "/tmp", "/var/tmp")))
# Au-delà, la prise de PostgreSQL irait dans un dossier que le service ne partage pas avec les commandes.
_DONNEES_AU_PLUS: Final = 74
_INTERDITS: Final = frozenset('"\\$`%')
_DEFAUTS: Final = {"port": "8443", "garder": "14", "base": "", "adresse": "", "options": ""}


@dataclass(frozen=True, slots=True)
class Plan:
    """Où tout va. ``compte`` nul : celui qui lance (un essai, sans root)."""

    racine: Path
    compte: Compte | None
    donnees: Path
    sauvegarde: Path
    reglages: dict[str, str]


def installer(
    territoire: Annotated[
        str,
        typer.Option("--territoire", metavar="T", help="Le territoire à créer ; sans lui, restaurez une sauvegarde."),
    ] = "",
    nom: Annotated[str, typer.Option("--nom", metavar="NOM", help="Le nom à afficher.")] = "",
    sauvegardes: Annotated[
        Path | None, typer.Option("--sauvegardes", metavar="DOSSIER", help="Le support où garder les sauvegardes.")
    ] = None,
    donnees: Annotated[
        Path | None,
        typer.Option("--donnees", metavar="DOSSIER", help="Où vivent les données (/var/lib/perron-registre)."),
    ] = None,
    base: Annotated[
        str | None, typer.Option("--base", metavar="ADRESSE", help="Un PostgreSQL à vous ; se garde dans les réglages.")
    ] = None,
    port: Annotated[
        int | None, typer.Option("--port", metavar="N", min=1, max=65535, help="Le port d'écoute (8443).")
    ] = None,
    adresse: Annotated[
        str | None, typer.Option("--adresse", metavar="HOTE", help="Le nom par lequel les postes joignent la machine.")
    ] = None,
    garder: Annotated[
        int | None, typer.Option("--garder", metavar="N", min=1, help="Combien de sauvegardes garder (14).")
    ] = None,
    racine: Annotated[
        Path, typer.Option("--racine", metavar="DOSSIER", help="Tout poser sous ce dossier plutôt que sur le système.")
    ] = SYSTEME,
    relire: Annotated[
        bool,
        typer.Option("--relire", help="Avec --racine : n'écrire que les fichiers, pour les lire avant d'installer."),
    ] = False,
) -> None:
    """Installe le registre comme service (systemd), ou le remet à jour ; ce que vous avez changé reste."""
    if territoire:
        exiger_identifiant(territoire, "territoire")
    dits = {"base": base, "port": port, "adresse": adresse, "garder": garder}
    reglages = {cle: str(dit) for cle, dit in dits.items() if dit is not None}
    if relire and racine == SYSTEME:
        raise ErreurUtilisateur("Dites où écrire les fichiers à relire : --racine DOSSIER.")
    plan = _plan(racine.absolute(), relire, donnees, sauvegardes, reglages)
    if relire:
        _poser(plan)
        return
    _exiger_un_code_lisible(plan)
    _amenager(plan)
    _poser(plan)
    if territoire:
        print(_commander(plan, "creer-territoire", territoire, "--nom", nom or territoire), end="")
    _dire_la_suite(plan)


def _plan(racine: Path, relire: bool, donnees: Path | None, sauvegardes: Path | None, dits: dict[str, str]) -> Plan:
    if sys.platform == "win32":
        raise ErreurUtilisateur("Cette commande installe un service de systemd, sous Linux.")
    if racine == SYSTEME and not sous_root():
        raise ErreurUtilisateur("Installer le service demande les droits d'administration : recommencez avec sudo.")
    anciens = exploitation.reglages_de(racine)
    ou = (donnees or Path(anciens.get("donnees") or racine / "var/lib" / NOM)).absolute()
    if sauvegardes is not None:
        fichier = sauvegardes.absolute() / NOM / "registre"
    elif "sauvegarde" in anciens:
        fichier = Path(anciens["sauvegarde"])
    else:
        raise ErreurUtilisateur("Dites où garder les sauvegardes, hors de cet ordinateur : --sauvegardes /media/….")
    if not relire and len(str(ou)) > _DONNEES_AU_PLUS:
        raise ErreurUtilisateur(f"{ou} : ce chemin est trop long pour PostgreSQL ({_DONNEES_AU_PLUS} lettres au plus).")
    reglages = {**_DEFAUTS, **anciens, **dits, "donnees": str(ou), "sauvegarde": str(fichier)}
    for chemin in (CODE, Path(sys.executable), racine, ou, fichier):
        if _INTERDITS & set(str(chemin)) or any(ord(lettre) < 32 for lettre in str(chemin)):
            raise ErreurUtilisateur(f"{chemin} : ce chemin porte un guillemet, « $ », « % » ou « \\ ». Changez-le.")
    return Plan(racine, None if relire else compte_de_service(), ou, fichier, reglages)


def _exiger_un_code_lisible(plan: Plan) -> None:
    """Le service lit Perron là où il est : un dossier que son compte ne voit pas ne ferait qu'un service mort."""
    python = Path(sys.executable)
    caches = plan.racine == SYSTEME and any(CODE.is_relative_to(cache) for cache in _CACHES)
    fermes = plan.compte is not None and not all(
        traversable(plan.compte, ou) for ou in (CODE, python.parent, python.resolve().parent)
    )
    if caches or fermes:
        raise ErreurUtilisateur(
            f"Perron est dans {CODE} (Python : {python.resolve()}), fermé au compte du service. "
            "Posez-le dans /opt/perron, préparez-le avec le Python du système, et recommencez de là."
        )


def _amenager(plan: Plan) -> None:
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


def _poser(plan: Plan) -> None:
    cites = {cle: exploitation.cite(dit) for cle, dit in plan.reglages.items()}
    fixes = {
        "code": CODE, "python": sys.executable, "compte": NOM, "groupe": _groupe(plan.compte),
        "reglages": plan.racine / exploitation.REGLAGES, "commande": plan.racine / exploitation.COMMANDE,
        "sauvegardes": plan.sauvegarde.parent,
    }  # fmt: skip
    for ecrit in exploitation.poser(plan.racine, {**cites, **{cle: str(dit) for cle, dit in fixes.items()}}):
        if ecrit.chemin == plan.racine / exploitation.REGLAGES and plan.compte is not None and sys.platform != "win32":
            os.chown(ecrit.chemin, -1, plan.compte.gid)
        a_lire = f" : vous l'avez changé ; comparez-le à {ecrit.chemin.name}{exploitation.NOUVEAU}, à côté"
        print(f"{ecrit.issue.capitalize()} : {ecrit.chemin}{a_lire if ecrit.issue == 'gardé' else ''}")


def _groupe(compte: Compte | None) -> str:
    if compte is None or sys.platform == "win32":
        return NOM
    import grp

    return grp.getgrgid(compte.gid).gr_name


def _commander(plan: Plan, *arguments: str) -> str:
    """Une commande du registre, comme l'exploitant la lancera : sous le compte, avec ses réglages."""
    fini = subprocess.run(
        [plan.racine / exploitation.COMMANDE, *arguments], capture_output=True, text=True, check=False
    )
    if fini.returncode:
        raise ErreurUtilisateur(fini.stderr.strip() or f"« {arguments[0]} » a échoué (code {fini.returncode}).")
    return fini.stdout


def _dire_la_suite(plan: Plan) -> None:
    if plan.racine == SYSTEME and Path("/run/systemd/system").is_dir():
        subprocess.run(["systemctl", "daemon-reload"], check=False)
    if plan.sauvegarde.parent.stat().st_dev == plan.donnees.stat().st_dev:
        print(f"Attention : {plan.sauvegarde.parent} est sur le disque de la base. Gardez une copie ailleurs.")
    print(f"Mettez-le en route : sudo systemctl enable --now {' '.join(UNITES)}")
