"""Un vrai CUPS, à part : son dossier, ses files, sa prise ; ce qu'il a reçu se lit par ipptool, pas par Perron.

Root sur Debian (``.ci/preparer-cups``) : le pilote CUPS-PDF écrit au nom de qui imprime, ce que root seul permet.
"""

from __future__ import annotations

import ctypes
import os
import plistlib
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

CUPSD = shutil.which("cupsd", path="/usr/sbin:/usr/bin:/sbin")
PILOTE = Path("/usr/lib/cups/backend/cups-pdf")
GENERIQUE = "lsb/usr/cups-pdf/CUPS-PDF_opt.ppd"
SANS_CUPS = "CUPS et CUPS-PDF ne sont pas installés, ou l'épreuve n'est pas lancée par root"
PRESENT = bool(CUPSD) and PILOTE.exists() and os.geteuid() == 0
SORTIS = Path("/var/spool/cups-pdf/ANONYMOUS")
"""Où CUPS-PDF écrit ce qu'imprime un compte que le système ne connaît pas."""
AGENT = "agent-d-essai"
RETENU, OTE, SORTI = 4, 7, 9
"""L'état d'un travail (RFC 8011, job-state)."""
# Ce qu'une imprimante de couloir annonce d'elle-même : recto verso, et un code de quatre chiffres.
_EN_PLUS = """*cupsJobPassword: "1111"
*OpenUI *Duplex/Recto verso: PickOne
*OrderDependency: 20 AnySetup *Duplex
*DefaultDuplex: None
*Duplex None/Non: "<</Duplex false>>setpagedevice"
*Duplex DuplexNoTumble/Oui: "<</Duplex true/Tumble false>>setpagedevice"
*Duplex DuplexTumble/Court: "<</Duplex true/Tumble true>>setpagedevice"
*CloseUI: *Duplex
"""
_CUPSD = """Listen {prise}
Listen 127.0.0.1:{port}
DefaultAuthType None
LogLevel debug
Browsing Off
PreserveJobFiles No
PreserveJobHistory Yes
WebInterface No
<Location />
Order allow,deny
Allow all
</Location>
<Policy default>
JobPrivateAccess all
JobPrivateValues none
<Limit All>
Order deny,allow
</Limit>
</Policy>
"""
_FICHIERS = """ServerRoot {racine}/etc
StateDir {racine}/etat
CacheDir {racine}/cache
RequestRoot {racine}/attente
TempDir {racine}/attente/tmp
AccessLog {racine}/journal/acces
ErrorLog {racine}/journal/erreurs
PageLog {racine}/journal/pages
Sandboxing relaxed
User lp
Group lp
SystemGroup root
"""


class Cups:
    """``files`` : « Accueil » (recto), « Couloir » (recto verso, code)."""

    def __init__(self, racine: Path, port: int) -> None:
        self.racine, self.port = racine, port

    def admin(self, *commande: str) -> None:
        """Une commande de CUPS sur ce serveur."""
        subprocess.run([f"/usr/sbin/{commande[0]}", *commande[1:]], check=True, capture_output=True)

    def travaux(self, file: str) -> list[dict[str, Any]]:
        """Les travaux de cette file, finis ou non, tels que CUPS les dit."""
        vus = self._demander("Get-Jobs", f"printers/{file}", "uri printer-uri $uri ATTR keyword which-jobs all")
        # D'un travail fini, la liste ne donne bientôt que l'état ; demandé seul, CUPS relit le reste.
        entiers = [un if "job-name" in un else self._seul(un) for un in vus]
        return sorted(entiers, key=lambda un: int(un["job-id"]))

    def _seul(self, travail: dict[str, Any]) -> dict[str, Any]:
        (lu,) = self._demander("Get-Job-Attributes", f"jobs/{travail['job-id']}", "uri job-uri $uri")
        return travail | lu

    def _demander(self, quoi: str, ou: str, sur_quoi: str) -> list[dict[str, Any]]:
        essai = self.racine / "demande.test"
        essai.write_text(
            f"{{ OPERATION {quoi} GROUP operation-attributes-tag ATTR charset attributes-charset utf-8\n"
            f"ATTR naturalLanguage attributes-natural-language fr ATTR {sur_quoi}\n"
            "ATTR keyword requested-attributes all }\n"
        )
        lu = subprocess.run(
            ["ipptool", "-X", f"ipp://127.0.0.1:{self.port}/{ou}", str(essai)], capture_output=True, check=False
        )
        groupes = plistlib.loads(lu.stdout)["Tests"][0]["ResponseAttributes"]
        return [un for un in groupes if "job-id" in un]

    def attendre(self, file: str, etat: int, combien: int = 1, patience: float = 180) -> list[dict[str, Any]]:
        """Les travaux de cette file, une fois que ``combien`` sont dans cet état."""
        fin = time.monotonic() + patience
        while True:
            vus = [un for un in self.travaux(file) if un["job-state"] == etat]
            if len(vus) >= combien or time.monotonic() > fin:
                return vus
            time.sleep(0.2)

    def papier(self, travail: dict[str, Any]) -> Path:
        """Le PDF que la file a sorti pour ce travail."""
        (sorti,) = SORTIS.glob(f"*job_{travail['job-id']}.pdf")
        return sorti

    def remis(self, travail: dict[str, Any]) -> str:
        """Les options que CUPS a remises au pilote de l'imprimante avec ce travail."""
        lignes = (self.racine / "journal" / "erreurs").read_text(encoding="utf-8", errors="replace").splitlines()
        return next(ligne for ligne in lignes if f"[Job {travail['job-id']}] argv[5]" in ligne)


@contextmanager
def un_cups() -> Iterator[Cups]:
    """Un CUPS lancé le temps de l'épreuve, que Qt et Perron prennent pour celui du poste."""
    racine = Path(tempfile.mkdtemp(prefix="cups-"))
    racine.chmod(0o755)
    for nom in ("etc", "etat", "cache", "attente/tmp", "journal"):
        (racine / nom).mkdir(parents=True)
    with socket.socket() as libre:
        libre.bind(("127.0.0.1", 0))
        port = libre.getsockname()[1]
    prise = racine / "etat" / "cups.sock"
    # Deux épreuves à la fois écrivent dans le même dossier de sortie : leurs travaux n'ont pas les mêmes numéros.
    premier = secrets.randbelow(900_000) + 10_000
    (racine / "cache" / "job.cache").write_text(f"NextJobId {premier}\n")
    (racine / "etc" / "cupsd.conf").write_text(_CUPSD.format(prise=prise, port=port))
    (racine / "etc" / "cups-files.conf").write_text(_FICHIERS.format(racine=racine))
    reglages = ["-c", str(racine / "etc" / "cupsd.conf"), "-s", str(racine / "etc" / "cups-files.conf")]
    assert CUPSD is not None
    serveur = subprocess.Popen([CUPSD, *reglages, "-f"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    cups = Cups(racine, port)
    try:
        with _pris_pour_le_poste(prise):
            _attendre_la_prise(prise)
            _poser_les_files(cups)
            yield cups
    finally:
        serveur.terminate()
        serveur.wait()
        for un in range(premier, premier + 50):
            for sorti in SORTIS.glob(f"*job_{un}.pdf"):
                sorti.unlink()
        shutil.rmtree(racine)


@contextmanager
def _pris_pour_le_poste(prise: Path) -> Iterator[None]:
    """Par l'environnement, pour les fils à venir ; par la bibliothèque, pour celui-ci, qui l'a peut-être déjà lu."""
    avant = {nom: os.environ.get(nom) for nom in ("CUPS_SERVER", "CUPS_USER")}
    os.environ |= {"CUPS_SERVER": str(prise), "CUPS_USER": AGENT}
    cups = ctypes.CDLL("libcups.so.2")
    cups.cupsSetServer(str(prise).encode())
    cups.cupsSetUser(AGENT.encode())
    try:
        yield
    finally:
        cups.cupsSetServer(None)
        cups.cupsSetUser(None)
        for nom, valeur in avant.items():
            os.environ.pop(nom) if valeur is None else os.environ.update({nom: valeur})


def _attendre_la_prise(prise: Path) -> None:
    fin = time.monotonic() + 180
    while subprocess.run(["lpstat", "-r"], capture_output=True, check=False).stdout != b"scheduler is running\n":
        assert time.monotonic() < fin, f"cupsd ne répond pas sur {prise}"
        time.sleep(0.1)


def _poser_les_files(cups: Cups) -> None:
    source = Path("/usr/share/ppd/cups-pdf/CUPS-PDF_opt.ppd").read_text(encoding="utf-8")
    couloir = cups.racine / "couloir.ppd"
    couloir.write_text(source.replace("*OpenUI *PageSize", f"{_EN_PLUS}\n*OpenUI *PageSize", 1), encoding="utf-8")
    cups.admin("lpadmin", "-p", "Accueil", "-E", "-v", "cups-pdf:/", "-m", GENERIQUE)
    cups.admin("lpadmin", "-p", "Couloir", "-E", "-v", "cups-pdf:/", "-P", str(couloir))
