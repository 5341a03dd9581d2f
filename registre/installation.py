"""Installer le registre comme service de systemd : son compte, ses dossiers, ses unités, sa sauvegarde chaque nuit."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Annotated, Final

import typer

from modele.regles.fautes import ErreurUtilisateur
from registre import exploitation
from registre.base.compte import NOM, Compte, compte_de_service, sous_root
from registre.lieux import (
    CODE,
    SYSTEME,
    Plan,
    amenager,
    exiger_des_chemins_simples,
    exiger_les_memes_donnees,
    exiger_un_code_lisible,
)
from registre.service.administration import exiger_identifiant

UNITES: Final = ("perron-registre", "perron-registre-sauvegarde.timer")
_DEFAUTS: Final = {"port": "8443", "garder": "14", "base": "", "adresse": "", "options": ""}


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
    exiger_un_code_lisible(plan)
    amenager(plan)
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
    reglages = {**_DEFAUTS, **anciens, **dits, "donnees": str(ou), "sauvegarde": str(fichier)}
    exiger_des_chemins_simples(CODE, Path(sys.executable), racine, ou, fichier)
    if not relire:
        exiger_les_memes_donnees(Path(anciens.get("donnees", ou)), ou)
    return Plan(racine, None if relire else compte_de_service(), ou, fichier, reglages)


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
