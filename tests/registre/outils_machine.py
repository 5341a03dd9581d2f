"""Une machine d'essai sous un dossier : Perron posé dans ``opt/perron``, le service tel que ses unités le lancent.

Ce que systemd ferait est fait ici d'après les unités : compte, environnement, masque, filtre d'appels système, mémoire
jamais à la fois écrite et exécutée. ``systemctl`` et ``journalctl`` ne sont pas lancés.
"""

from __future__ import annotations

import ctypes
import http.client
import json
import os
import re
import shlex
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from registre.base.compte import Compte, compte_de_service, sous_root, traversable
from registre.exploitation import COMMANDE, REGLAGES, reglages_de

RACINE = Path(__file__).parents[2]
UNITES = Path("etc/systemd/system")
POSES = ("registre", "modele", "ressources", "documentation")
NON_REJOUEES = ("systemctl", "journalctl", "make", "apt-get")
_CHEMINS = ("/opt/", "/etc/", "/var/", "/media/", "/srv/", "/tmp/")
_MEFIANT = ssl._create_unverified_context()
_NO_NEW_PRIVS, _MDWE, _SCMP_ALLOW, _SCMP_EPERM = 38, 65, 0x7FFF0000, 0x00050001


class Machine:
    """Un système d'essai : ``racine`` tient ``opt``, ``etc``, ``var``, ``media``, ``srv``."""

    def __init__(self) -> None:
        self.racine = Path(tempfile.mkdtemp(prefix="perron-machine-"))
        self.racine.chmod(0o755)
        self.compte = _compte()
        self.port = _port_libre()
        self.ou = self.racine / "opt" / "perron"
        self._service: subprocess.Popen[bytes] | None = None
        poser_perron(self.ou, _python_lisible(self.compte))
        for dossier in ("media/sauvegarde", "srv", "tmp"):
            (self.racine / dossier).mkdir(parents=True)

    def jouer(
        self, lignes: list[str], mots: dict[str, str] | None = None, avant: dict[str, Callable[[], Any]] | None = None
    ) -> dict[str, str]:
        """Lance ces lignes de la page, dans l'ordre ; rend ce que chacune a dit. ``avant`` : ce que l'exploitant fait
        de lui-même juste avant la ligne qui commence ainsi."""
        dit = {}
        for ligne in lignes:
            for debut, geste in (avant or {}).items():
                if ligne.startswith(debut):
                    geste()
            dit[ligne] = self._jouer_une([(mots or {}).get(mot, mot) for mot in shlex.split(ligne)])
        return dit

    def _jouer_une(self, mots: list[str]) -> str:
        if mots[0] == "sudo":
            mots = mots[1:]
        if mots[0] == "cd":
            self.ou = self._sous(mots[1])
            return ""
        if mots[0] in NON_REJOUEES:
            return self._a_la_place(mots)
        fini = self.lancer(*mots)
        assert fini.returncode == 0, f"{mots} : {fini.stderr}"
        return fini.stdout

    def lancer(self, *mots: str, ou: Path | None = None) -> subprocess.CompletedProcess[str]:
        """Une commande de la page, sous cette racine."""
        traduits = [str(self._sous(mot)) if mot.startswith(_CHEMINS) else mot for mot in mots]
        traduits = [mot.replace("https://localhost:8443", f"https://localhost:{self.port}") for mot in traduits]
        if traduits[0] == "perron-registre":
            traduits[0] = str(self.racine / COMMANDE)
        elif "installer" in traduits and "--racine" not in traduits:
            traduits += ["--racine", str(self.racine), "--port", str(self.port)]
        # Le dossier d'où l'on travaille vient peut-être d'être déplacé.
        ici = ou or (self.ou if self.ou.exists() else self.racine)
        return subprocess.run(traduits, cwd=ici, capture_output=True, text=True, check=False, timeout=120)

    def _sous(self, chemin: str) -> Path:
        return self.racine / chemin.lstrip("/")

    def _a_la_place(self, mots: list[str]) -> str:
        """L'effet qu'aurait systemd, lu dans les unités."""
        verbe, noms = mots[1], [mot for mot in mots[2:] if not mot.startswith("-")]
        if mots[0] == "systemctl" and verbe == "stop":
            self.arreter()
        elif mots[0] == "systemctl" and verbe in ("start", "enable") and "perron-registre" in noms:
            self.demarrer()
        elif mots[0] == "systemctl" and verbe == "reload":
            assert self.unite("perron-registre.service")["ExecReload"] == ["kill -HUP $MAINPID"]
            os.kill(self.processus(), signal.SIGHUP)
            assert self.demander("/sante")[0] == 200
        elif mots[0] == "systemctl" and verbe == "start":
            assert self.sauver()[0] == 0
        return ""

    def unite(self, nom: str) -> dict[str, list[str]]:
        """Les clés d'une unité ; un ``systemd`` les lirait de même."""
        lues: dict[str, list[str]] = {}
        for ligne in (self.racine / UNITES / nom).read_text(encoding="utf-8").splitlines():
            if "=" in ligne and not ligne.startswith("#"):
                cle, _, valeur = ligne.partition("=")
                lues.setdefault(cle, []).append(valeur)
        return lues

    def ouvrir(self, nom: str, traces: Path) -> subprocess.Popen[bytes]:
        """Lance l'``ExecStart`` d'une unité, sous son compte et son enfermement."""
        unite = self.unite(nom)
        assert unite["User"] == [self.compte.nom]
        reglages = shlex.split((self.racine / REGLAGES).read_text(encoding="utf-8"), comments=True)
        dits = dict(mot.split("=", 1) for mot in [*shlex.split(unite["Environment"][0]), *reglages])
        with traces.open("wb") as sortie:
            return subprocess.Popen(
                _deplier(unite["ExecStart"][0], dits), env={"PATH": os.defpath, **dits}, cwd="/",
                stdout=sortie, stderr=sortie, user=self.compte.uid, group=self.compte.gid, extra_groups=[],
                umask=int(unite["UMask"][0], 8), preexec_fn=_enfermer(unite),
            )  # fmt: skip

    def demarrer(self) -> None:
        """Le service, jusqu'à ce qu'il réponde."""
        self._service = self.ouvrir("perron-registre.service", self.racine / "traces")
        limite = time.monotonic() + 60
        while self.demander("/pret")[0] != 200:
            assert self._service.poll() is None, (self.racine / "traces").read_text(encoding="utf-8")
            assert time.monotonic() < limite
            time.sleep(0.1)

    def processus(self) -> int:
        """Le service."""
        assert self._service is not None
        return self._service.pid

    def arreter(self) -> None:
        """Comme ``systemctl stop`` : le signal au registre seul (``KillMode=mixed``)."""
        if self._service is not None:
            self._service.send_signal(signal.SIGTERM)
            assert self._service.wait(60) == 0
            self._service = None

    def sauver(self) -> tuple[int, str]:
        """Ce que fait la minuterie : le code de la sauvegarde, et ce qu'elle a dit."""
        traces = self.racine / "traces-sauvegarde"
        return self.ouvrir("perron-registre-sauvegarde.service", traces).wait(120), traces.read_text(encoding="utf-8")

    def demander(self, chemin: str) -> tuple[int, Any]:
        """Le statut et le corps d'une demande au service ; 0 s'il n'écoute pas."""
        client = http.client.HTTPSConnection("localhost", self.port, timeout=20, context=_MEFIANT)
        try:
            client.request("GET", chemin)
            reponse = client.getresponse()
            lu = reponse.read().decode()
            return reponse.status, json.loads(lu) if lu.startswith("{") else lu
        except OSError:
            return 0, None
        finally:
            client.close()

    def regler(self, nom: str, valeur: str) -> None:
        """L'exploitant change un réglage, à la main."""
        fichier = self.racine / REGLAGES
        texte = re.sub(rf'^{nom}=".*"$', lambda _: f'{nom}="{valeur}"', fichier.read_text("utf-8"), flags=re.MULTILINE)
        fichier.write_text(texte, encoding="utf-8")
        assert valeur in reglages_de(self.racine).values()

    def fermer(self) -> None:
        """Arrête et efface."""
        self.arreter()
        shutil.rmtree(self.racine)


def poser_perron(ou: Path, python: Path) -> None:
    """Perron dans ``ou``, avec un environnement qui emprunte les bibliothèques de celui de l'épreuve."""
    for piece in POSES:
        shutil.copytree(RACINE / piece, ou / piece, ignore=shutil.ignore_patterns("__pycache__"))
    site = ou / ".venv" / "lib" / f"python3.{sys.version_info.minor}" / "site-packages"
    (ou / ".venv" / "bin").mkdir(parents=True)
    site.mkdir(parents=True)
    (ou / ".venv" / "pyvenv.cfg").write_text(
        f"home = {python.parent}\ninclude-system-site-packages = false\n", encoding="utf-8"
    )
    (ou / ".venv" / "bin" / "python").symlink_to(python)
    prises = [str(Path(chemin).resolve()) for chemin in sys.path if chemin.endswith("site-packages")]
    (site / "perron.pth").write_text("\n".join(prises), encoding="utf-8")


def _compte() -> Compte:
    if not sous_root():
        pytest.skip("Il faut être root pour lancer le registre sous son compte.")
    compte = compte_de_service()
    assert compte is not None
    return compte


def _python_lisible(compte: Compte) -> Path:
    """Un Python que le compte peut lancer : le nôtre, sinon celui du système s'il est de la même version."""
    version = f"python3.{sys.version_info.minor}"
    for python in (Path(sys.executable).resolve(), Path("/usr/bin") / version):
        if python.exists() and traversable(compte, python.parent):
            return python
    pytest.skip(f"Aucun {version} que le compte « {compte.nom} » puisse lancer (apt-get install {version}).")


def _port_libre() -> int:
    with closing(socket.socket()) as prise:
        prise.bind(("127.0.0.1", 0))
        return int(prise.getsockname()[1])


def _deplier(ligne: str, valeurs: dict[str, str]) -> list[str]:
    """``${NOM}`` donne un mot, ``$NOM`` zéro, un ou plusieurs, comme dans une unité."""
    mots: list[str] = []
    for mot in shlex.split(ligne):
        if mot.startswith("$") and not mot.startswith("${"):
            mots += valeurs[mot[1:]].split()
        else:
            mots.append(re.sub(r"\$\{(\w+)\}", lambda nom: valeurs[nom[1]], mot))
    return mots


def _enfermer(unite: dict[str, list[str]]) -> Callable[[], None]:
    """Ce que l'unité interdit et qui peut se poser ici ; lancé dans le processus né, sous son compte."""
    libc = ctypes.CDLL(None, use_errno=True)
    permis, seccomp = _permis(tuple(unite["SystemCallFilter"])), _seccomp()

    def poser() -> None:
        libc.prctl(_NO_NEW_PRIVS, 1, 0, 0, 0)
        # Les noyaux d'avant 6.3 ne connaissent pas celui-ci.
        libc.prctl(_MDWE, 1, 0, 0, 0)
        if seccomp is not None:
            filtre = seccomp.seccomp_init(_SCMP_EPERM)
            for numero in permis:
                seccomp.seccomp_rule_add_array(filtre, _SCMP_ALLOW, numero, 0, None)
            assert seccomp.seccomp_load(filtre) == 0

    return poser


@cache
def _seccomp() -> Any:
    """La bibliothèque des filtres ; absente, l'épreuve se joue sans (les unités se lisent de toute façon)."""
    if shutil.which("systemd-analyze") is None:
        return None
    try:
        seccomp = ctypes.CDLL("libseccomp.so.2")
    except OSError:
        return None
    seccomp.seccomp_init.restype = ctypes.c_void_p
    seccomp.seccomp_init.argtypes = [ctypes.c_uint32]
    seccomp.seccomp_rule_add_array.argtypes = [
        ctypes.c_void_p,
        ctypes.c_uint32,
        ctypes.c_int,
        ctypes.c_uint,
        ctypes.c_void_p,
    ]
    seccomp.seccomp_load.argtypes = [ctypes.c_void_p]
    return seccomp


@cache
def _permis(filtres: tuple[str, ...]) -> list[int]:
    """Les appels système que laissent ces lignes ``SystemCallFilter``."""
    if _seccomp() is None:
        return []
    dit = subprocess.run(["systemd-analyze", "syscall-filter"], capture_output=True, text=True, check=True).stdout
    groupes: dict[str, list[str]] = {}
    for ligne in dit.splitlines():
        if ligne.startswith("@"):
            groupes[courant := ligne.strip()] = []
        elif ligne.startswith("    ") and not ligne.strip().startswith("#"):
            groupes[courant].append(ligne.strip())
    permis: set[str] = set()
    for filtre in filtres:
        noms = _deplier_groupe(filtre.lstrip("~"), groupes)
        permis = permis - noms if filtre.startswith("~") else permis | noms
    assert {"execve", "read"} <= permis
    assert not permis & {"chown", "mount", "setuid"}
    numeros = (_seccomp().seccomp_syscall_resolve_name(nom.encode()) for nom in sorted(permis))
    return [numero for numero in numeros if numero >= 0]


def _deplier_groupe(nom: str, groupes: dict[str, list[str]]) -> set[str]:
    if not nom.startswith("@"):
        return {nom}
    return {appel for membre in groupes[nom] for appel in _deplier_groupe(membre, groupes)}
