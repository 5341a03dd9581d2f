"""Le compte système qui mène PostgreSQL quand le registre est lancé sous root : PostgreSQL refuse root."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from modele.regles.fautes import ErreurUtilisateur

NOM: Final = "perron-registre"


@dataclass(frozen=True, slots=True)
class Compte:
    """Un compte du système."""

    nom: str
    uid: int
    gid: int


def sous_root() -> bool:
    """Le registre est-il lancé sous root ?"""
    return sys.platform != "win32" and os.geteuid() == 0


@cache
def compte_de_service() -> Compte | None:
    """Le compte à prendre, créé au besoin ; ``None`` : nous ne sommes pas root. Lève ``ErreurUtilisateur``."""
    if not sous_root():
        return None
    compte = _connu()
    if compte is None:
        _creer()
        compte = _connu()
    if compte is None:
        raise ErreurUtilisateur(
            f"PostgreSQL ne se lance pas sous root, et le compte « {NOM} » n'a pas pu être créé. "
            "Lancez le registre depuis un compte ordinaire, ou donnez-lui une base : --base postgresql://…"
        )
    return compte


def exiger_le_bon_compte(donnees: Path) -> None:
    """Sous root, un registre installé comme service ne se touche pas : ce qui s'y écrirait serait fermé à son compte.

    Lève ``ErreurUtilisateur``.
    """
    compte = _connu() if sous_root() else None
    if compte is None or not donnees.is_dir() or donnees.stat().st_uid != compte.uid:
        return
    raise ErreurUtilisateur(
        f"Les données de {donnees} sont celles du service, que mène le compte « {compte.nom} ». "
        "Employez la même commande sous ce compte : sudo perron-registre COMMANDE …"
    )


def traversable(compte: Compte, chemin: Path) -> bool:
    """Ce compte peut-il entrer dans ce dossier, parents compris ?"""
    reel = chemin.resolve()
    return all(_entre(compte, dossier.stat()) for dossier in (reel, *reel.parents))


def _entre(compte: Compte, etat: os.stat_result) -> bool:
    if etat.st_uid == compte.uid:
        return bool(etat.st_mode & stat.S_IXUSR)
    if etat.st_gid == compte.gid:
        return bool(etat.st_mode & stat.S_IXGRP)
    return bool(etat.st_mode & stat.S_IXOTH)


def _creer() -> None:
    try:
        subprocess.run(
            ["useradd", "--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", NOM],
            check=False,
            capture_output=True,
        )
    except OSError:
        # Pas de « useradd » ici : l'absence du compte se dira juste après.
        return


def _connu() -> Compte | None:
    if sys.platform == "win32":
        return None
    import pwd

    try:
        fiche = pwd.getpwnam(NOM)
    except KeyError:
        return None
    return Compte(NOM, fiche.pw_uid, fiche.pw_gid)
