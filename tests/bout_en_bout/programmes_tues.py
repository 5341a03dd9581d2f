"""Des programmes qu'on tue : un processus, un poste, un PostgreSQL."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from poste_tue import AGENT, LEGER, MOT_DE_PASSE, TERRITOIRE, a_cote

from modele.coffre import Coffre
from modele.dossier.documents import decoder
from registre.base.compte import compte_de_service
from registre.base.programmes import Programmes, accessibles, executables_livres

_RACINE = Path(__file__).parents[2]
_JOUEUR = Path(__file__).with_name("poste_tue.py")
_PATIENCE_S = 120


class Programme:
    """Un processus à nous : lancé, tué, relancé. Ses sorties s'ajoutent à ``nom.sortie`` et ``nom.erreurs``."""

    def __init__(self, ou: Path, nom: str) -> None:
        self.nom = nom
        self.sortie, self.erreurs = ou / f"{nom}.sortie", ou / f"{nom}.erreurs"
        self._processus: subprocess.Popen[bytes] | None = None
        self._depuis = 0

    def demarrer(self, *arguments: str) -> None:
        """Lance ``python`` avec ces arguments."""
        with self.sortie.open("ab") as sortie, self.erreurs.open("ab") as erreurs:
            self._depuis = sortie.tell()
            self._processus = subprocess.Popen(
                [sys.executable, *arguments], cwd=_RACINE, stdin=subprocess.DEVNULL, stdout=sortie, stderr=erreurs
            )

    @property
    def vivant(self) -> bool:
        """Lancé, et pas mort de lui-même."""
        return self._processus is not None and self._processus.poll() is None

    def tuer(self, comment: signal.Signals | None = None) -> None:
        """Le tue (SIGKILL, à défaut d'un autre signal) et attend sa fin.

        Lève ``AssertionError`` s'il était déjà mort : personne ne l'avait tué.
        """
        assert self._processus is not None
        assert self._processus.poll() is None, f"{self.nom} est mort seul : {self.dernieres_erreurs()}"
        self._processus.send_signal(comment or signal.SIGKILL)
        self._processus.wait(_PATIENCE_S)
        self._processus = None

    def achever(self) -> None:
        """Le tue s'il vit encore."""
        if self._processus is not None:
            self._processus.kill()
            self._processus.wait()
            self._processus = None

    def dit(self) -> bytes:
        """Sa sortie depuis son dernier lancement."""
        with self.sortie.open("rb") as sortie:
            sortie.seek(self._depuis)
            return sortie.read()

    def dernieres_erreurs(self) -> str:
        """La fin de sa sortie d'erreur."""
        return self.erreurs.read_text(encoding="utf-8")[-3000:]

    def attendre(self, ce_qui_vient: Callable[[bytes], Any]) -> Any:
        """Ce que ``ce_qui_vient`` trouve dans sa sortie, dès que c'est vrai ; rien s'il meurt avant."""
        limite = time.monotonic() + _PATIENCE_S
        while time.monotonic() < limite:
            vivant = self.vivant
            if trouve := ce_qui_vient(self.dit()):
                return trouve
            if not vivant:
                return None
            time.sleep(0.02)
        dit = self.dit()[-2000:].decode()
        raise AssertionError(f"{self.nom}, en {_PATIENCE_S} s, a seulement dit : {dit}\n{self.dernieres_erreurs()}")


class Poste(Programme):
    """Un poste : son coffre, ce qu'il note à côté, son processus."""

    def __init__(self, ou: Path, nom: str, invitation: str) -> None:
        dossier = ou / nom
        dossier.mkdir()
        super().__init__(dossier, nom)
        self.coffre = dossier / "coffre.perron"
        self._invitation = invitation
        Coffre.creer(self.coffre, AGENT, MOT_DE_PASSE, TERRITOIRE, nom, LEGER)[0].fermer()

    def lancer(self, graine: str) -> None:
        """Le relance."""
        self.demarrer(str(_JOUEUR), str(self.coffre), graine, self._invitation, self.nom)

    def attendre_un_tour(self) -> None:
        """Attend qu'un tour ait envoyé quelque chose, sans panne."""
        fait = self.attendre(lambda dit: any(un["envoyees"] and not un["panne"] for un in _faits(dit, "tour")))
        assert fait, f"{self.nom} est mort seul : {self.dernieres_erreurs()}"

    def faits(self, lequel: str) -> list[dict[str, Any]]:
        """Tous les faits de ce nom, de toutes ses vies."""
        return _faits(self.sortie.read_bytes(), lequel)

    def notees(self) -> list[str]:
        """Les opérations notées à côté."""
        note = a_cote(self.coffre)
        return note.read_text(encoding="ascii").split() if note.exists() else []


class Base:
    """Le PostgreSQL d'une grappe, par ses processus."""

    def __init__(self, donnees: Path) -> None:
        self.donnees = donnees

    def tuer(self, hasard: random.Random) -> None:
        """Tue le maître ; le plus souvent ses enfants avec lui, sinon ils finissent d'eux-mêmes."""
        maitre = int((self.donnees / "postgresql" / "postmaster.pid").read_text(encoding="utf-8").splitlines()[0])
        enfants = _enfants(maitre)
        os.kill(maitre, signal.SIGKILL)
        for enfant in enfants if hasard.random() < 0.7 else ():
            with suppress(ProcessLookupError):
                os.kill(enfant, signal.SIGKILL)
        _attendre_la_fin(maitre)

    def verifier_les_pages(self) -> None:
        """Chaque page de la base arrêtée porte sa somme de contrôle. Lève ``ErreurUtilisateur`` sinon."""
        compte = compte_de_service()
        programmes = Programmes(accessibles(executables_livres(), compte, self.donnees), compte, self.donnees)
        programmes.executer("pg_checksums", "--check", "-D", self.donnees / "postgresql")


def _faits(dit: bytes, lequel: str) -> list[dict[str, Any]]:
    lus = (decoder(ligne) for ligne in dit.splitlines(keepends=True) if ligne.endswith(b"\n"))
    return [fait for fait in lus if fait["fait"] == lequel]


def _enfants(pere: int) -> list[int]:
    taches = Path(f"/proc/{pere}/task/{pere}/children")
    return [int(enfant) for enfant in taches.read_text(encoding="ascii").split()]


def _attendre_la_fin(pid: int) -> None:
    limite = time.monotonic() + _PATIENCE_S
    while time.monotonic() < limite:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.01)
    raise AssertionError(f"le processus {pid} ne meurt pas")
