"""Les deux mondes où se joue la machine : le registre modèle, et le vrai derrière un relais qui casse."""

from __future__ import annotations

import shutil
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from outils_coffre import AGENT, COUT, MOT_DE_PASSE
from outils_http import servie
from outils_postgresql import Postgresql
from outils_registre import Horloge
from outils_synchro import SANS_LIMITES, Site
from registre_modele import TERRITOIRE, RegistreModele, TransportModele
from relais import Panne, Relais
from sqlalchemy import select

from modele.coffre import Coffre
from modele.dossier.operations import Operation
from modele.fusion import EtatDossier, decoder_etat
from modele.protocole.messages import Enrole
from modele.synchro import cles
from modele.synchro.cles import Cles
from modele.synchro.synchro import Synchro
from modele.synchro.transport import Transport
from registre.base.schema import dossier, operation
from registre.http.application import creer_application
from registre.http.contexte import Registre


class Poste:
    """Un coffre et sa synchronisation, qu'on peut tuer, restaurer, copier."""

    def __init__(self, monde: Monde, chemin: Path) -> None:
        self._monde, self.chemin = monde, chemin
        self.ouvrir()

    def ouvrir(self) -> None:
        """Ouvre le coffre."""
        self.coffre = Coffre.ouvrir(self.chemin, MOT_DE_PASSE, cout=COUT)
        self.synchro = Synchro(self.coffre, self._monde.relier, hasard=lambda: 0.5)

    def fermer(self) -> None:
        """Rend le fichier et la connexion."""
        self.synchro.connexion.arreter()
        self.coffre.fermer()

    def copier(self, vers: Path) -> Path:
        """Copie le coffre : sauvegarde, ou clone."""
        self.coffre._base.vider_journal()
        for suffixe in ("", ".cles"):
            source = self.chemin.with_name(self.chemin.name + suffixe)
            shutil.copy(source, vers.with_name(vers.name + suffixe))
        return vers

    def restaurer(self, sauvegarde: Path) -> None:
        """Le disque est mort : le coffre est celui de la sauvegarde."""
        self.fermer()
        for suffixe in ("", ".cles"):
            shutil.copy(
                sauvegarde.with_name(sauvegarde.name + suffixe), self.chemin.with_name(self.chemin.name + suffixe)
            )
        for suffixe in ("-wal", "-shm"):
            self.chemin.with_name(self.chemin.name + suffixe).unlink(missing_ok=True)
        self.ouvrir()


class Monde(ABC):
    """Un registre et le dossier où vivent les coffres. ``pannes`` : ce qui arrive aux prochains échanges."""

    def __init__(self) -> None:
        self.dossier = Path(tempfile.mkdtemp(prefix="perron-machine-"))
        self.pannes: list[Panne] = []

    def tirer(self) -> Panne:
        """La panne du prochain échange."""
        return self.pannes.pop(0) if self.pannes else Panne()

    def poste(self, nom: str) -> Poste:
        """Un poste neuf, relié au registre."""
        chemin = self.dossier / f"{nom}.perron"
        Coffre.creer(chemin, AGENT, MOT_DE_PASSE, TERRITOIRE, nom, COUT)[0].fermer()
        poste = Poste(self, chemin)
        self.enroler(poste, nom)
        return poste

    def fermer(self) -> None:
        """Efface tout."""
        shutil.rmtree(self.dossier)

    @abstractmethod
    def relier(self, adresse: str, autorite: str, territoire: str, du_poste: Cles) -> Transport:
        """La connexion d'un poste."""

    @abstractmethod
    def enroler(self, poste: Poste, nom: str) -> None:
        """Relie un poste neuf."""

    @abstractmethod
    def operations(self) -> list[tuple[str, Operation]]:
        """Tout ce que le registre a reçu, avec le poste qui l'a envoyé."""

    @abstractmethod
    def etats(self) -> dict[str, EtatDossier]:
        """Les dossiers fusionnés."""


class MondeModele(Monde):
    """Face au registre en mémoire."""

    def __init__(self) -> None:
        super().__init__()
        self.registre = RegistreModele()

    def relier(self, adresse: str, autorite: str, territoire: str, du_poste: Cles) -> Transport:
        return TransportModele(self.registre, du_poste.poste, self.tirer)  # type: ignore[return-value]

    def enroler(self, poste: Poste, nom: str) -> None:
        du_poste = cles.cles_pour(poste.coffre.echanges, "code")
        enrole = Enrole(TERRITOIRE, "accueil", "Accueil", ("agent",), b"\0" * 32, b"\0" * 32, datetime.now(UTC))
        cles.retenir(poste.coffre.echanges, "http://modele", "", du_poste, enrole)

    def operations(self) -> list[tuple[str, Operation]]:
        return list(self.registre.operations.values())

    def etats(self) -> dict[str, EtatDossier]:
        return self.registre.etats


class MondeReel(Monde):
    """Face au vrai serveur et au vrai PostgreSQL, à travers le relais."""

    def __init__(self, postgresql: Postgresql) -> None:
        super().__init__()
        postgresql.vider()
        self._moteur = postgresql.moteur
        self._pile = ExitStack()
        horloge = Horloge()
        application = creer_application(Registre(postgresql.moteur, horloge, SANS_LIMITES))
        servi = self._pile.enter_context(servie(application))
        self._site = Site(postgresql.moteur, self.dossier, servi, horloge)
        ou = urlsplit(servi.adresse)
        assert ou.hostname
        assert ou.port
        self._relais = Relais(ou.hostname, ou.port, self.tirer)

    def relier(self, adresse: str, autorite: str, territoire: str, du_poste: Cles) -> Transport:
        return Transport(self._relais.adresse, autorite, territoire, du_poste)

    def enroler(self, poste: Poste, nom: str) -> None:
        poste.synchro.enroler(self._site.invitation(), nom)

    def operations(self) -> list[tuple[str, Operation]]:
        colonnes = (operation.c.poste, operation.c.entete, operation.c.sel, operation.c.contenu)
        with self._moteur.connect() as connexion:
            lignes = connexion.execute(select(*colonnes).order_by(operation.c.sequence)).all()
        return [(un.poste, Operation(bytes(un.entete), _octets(un.sel), _octets(un.contenu))) for un in lignes]

    def etats(self) -> dict[str, EtatDossier]:
        with self._moteur.connect() as connexion:
            lignes = connexion.execute(select(dossier.c.id, dossier.c.etat)).all()
        return {un.id: decoder_etat(bytes(un.etat)) for un in lignes}

    def fermer(self) -> None:
        self._relais.fermer()
        self._pile.close()
        super().fermer()


def fermer_tous(postes: Iterable[Poste], puis: Callable[[], object]) -> None:
    """Ferme chaque poste, puis le monde, quoi qu'il arrive."""
    try:
        for poste in postes:
            poste.fermer()
    finally:
        puis()


def _octets(lus: bytes | memoryview | None) -> bytes | None:
    return None if lus is None else bytes(lus)
