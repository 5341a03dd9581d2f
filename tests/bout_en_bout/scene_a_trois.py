"""Trois vrais programmes (le registre, son PostgreSQL, deux postes), qu'on tue et qu'on relance."""

from __future__ import annotations

import random
import re
import shutil
import signal
import socket
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from poste_tue import TERRITOIRE, coffre_ouvert
from programmes_tues import Base, Poste, Programme
from sqlalchemy import Engine

from modele.regles.fautes import ErreurUtilisateur
from modele.synchro import Synchro
from registre.base.embarque import Grappe
from registre.base.moteur import creer_moteur
from registre.demarrage import PREMIER_GUICHET
from registre.horloge import maintenant
from registre.ouverture import base_ouverte
from registre.service.administration import creer_code
from registre.service.codes import invitation

_DEMARRAGES_AU_PLUS = 5
_TOURS_AU_PLUS = 10


@dataclass
class Bilan:
    """Ce qui a été tué, et ce que les relances ont coûté."""

    graine: str
    manches: int = 0
    morts: Counter[str] = field(default_factory=Counter)
    demarrages_refuses: list[str] = field(default_factory=list)


class Scene:
    """Le registre (sur son PostgreSQL, ou sur une base à part si ``a_part``) et deux postes du même guichet."""

    def __init__(self, ou: Path, graine: str, *, a_part: bool) -> None:
        self.ou, self.donnees = ou, ou / "registre"
        self.hasard = random.Random(graine)
        self.bilan = Bilan(graine)
        self.registre = Programme(ou, "serveur")
        self.base = Base(ou / "base" if a_part else self.donnees)
        self.postes: list[Poste] = []
        self._port = _port_libre()
        self._grappe = Grappe(self.base.donnees) if a_part else None
        self._adresse = ""

    def ouvrir(self) -> None:
        """Le registre ouvert, deux postes prêts à s'y relier."""
        if self._grappe:
            self._adresse = self._grappe.demarrer()
        self._lancer_le_registre()
        self.postes.append(Poste(self.ou, "poste-1", self._premier_code()))
        self.postes.append(Poste(self.ou, "poste-2", self._autre_code()))

    # Les manches

    def jouer(self, manches: int) -> None:
        """Tue ``manches`` fois, à des instants tirés au sort, et relance ; laisse tout le monde en vie."""
        for poste in self.postes:
            self._lancer(poste)
        paquet: list[tuple[str, ...]] = []
        for _ in range(manches):
            paquet = paquet or self._nouveau_paquet()
            self._manche(paquet.pop())
            self.bilan.manches += 1
        for poste in self.postes:
            poste.attendre_un_tour()

    def _nouveau_paquet(self) -> list[tuple[str, ...]]:
        """Toutes les morts y sont ; à chaque paquet, d'autres meurent ensemble."""
        deux = self.hasard.choice(
            [("postes", "postes"), ("postes", "registre"), ("registre", "base"), ("postes", "base")]
        )
        paquet: list[tuple[str, ...]] = [("postes",), ("registre",), ("base",), deux]
        self.hasard.shuffle(paquet)
        return paquet

    def _manche(self, victimes: tuple[str, ...]) -> None:
        if self.hasard.random() < 0.85:
            for poste in self.postes:
                poste.attendre_un_tour()
        # Sinon, on tue pendant que les autres se relèvent encore.
        time.sleep(self.hasard.uniform(0, 0.9))
        relances = self._tuer(victimes)
        time.sleep(self.hasard.choice((0, self.hasard.uniform(0, 0.6))))
        for relancer in relances:
            relancer()

    def _tuer(self, victimes: tuple[str, ...]) -> list[Callable[[], None]]:
        """Les tue l'une derrière l'autre ; rend de quoi les relancer, la base avant le registre."""
        postes = self.hasard.sample(self.postes, victimes.count("postes"))
        for poste in postes:
            poste.tuer()
        if "registre" in victimes:
            self.registre.tuer()
        if "base" in victimes:
            self.base.tuer(self.hasard)
        self.bilan.morts.update(victimes)
        relances: list[Callable[[], None]] = []
        if "base" in victimes and self._grappe:
            relances.append(self._relancer_la_base)
        if "registre" in victimes or ("base" in victimes and not self._grappe):
            relances.append(self._relancer_le_registre)
        # Les postes d'abord : ils se relèvent pendant que le registre démarre, et ne le trouvent pas.
        return [lambda poste=poste: self._lancer(poste) for poste in postes] + relances

    def _relancer_la_base(self) -> None:
        """La base à part redémarre sous les pieds du registre, resté en vie."""
        assert self._grappe
        self._grappe.arreter()
        adresse = self._insister(self._grappe.demarrer)
        assert adresse == self._adresse

    def _relancer_le_registre(self) -> None:
        """Le redémarre ; s'il vit encore (sa base est morte sous lui), l'arrête d'abord, poliment ou non."""
        if self.registre.vivant:
            self.registre.tuer(self.hasard.choice((signal.SIGKILL, signal.SIGTERM)))
        if self.hasard.random() < 0.2:
            self._demarrer_le_registre()
            time.sleep(self.hasard.uniform(0, 2.5))
            self.registre.tuer()
            self.bilan.morts["registre qui démarre"] += 1
        self._lancer_le_registre()

    def _lancer_le_registre(self) -> None:
        """Lance le registre et attend qu'il soit ouvert."""
        self._insister(self._essayer_le_registre)

    def _essayer_le_registre(self) -> str:
        self._demarrer_le_registre()
        if not self.registre.attendre(lambda dit: b"Registre ouvert" in dit):
            raise OSError(self.registre.dernieres_erreurs())
        return ""

    def _demarrer_le_registre(self) -> None:
        base = ("--base", self._adresse) if self._grappe else ()
        self.registre.demarrer(
            "-m", "registre", "demarrer", "--sans-tls", "--port", str(self._port), "--donnees", str(self.donnees),
            "--territoire", TERRITOIRE, *base,
        )  # fmt: skip

    def _insister(self, demarrer: Callable[[], str]) -> str:
        """Comme le ferait le système : un démarrage refusé se recommence, et se compte."""
        for _ in range(_DEMARRAGES_AU_PLUS - 1):
            try:
                return demarrer()
            except (OSError, ErreurUtilisateur) as refus:
                self.bilan.demarrages_refuses.append(str(refus)[-300:])
                time.sleep(0.5)
        return demarrer()

    def _lancer(self, poste: Poste) -> None:
        poste.lancer(f"{self.bilan.graine}-{poste.nom}-{self.hasard.random()}")

    def _premier_code(self) -> str:
        trouvee = self.registre.attendre(lambda dit: re.search(rb"perron\+http://\S+\n", dit))
        assert trouvee, self.registre.dernieres_erreurs()
        return str(trouvee[0].decode().strip())

    def _autre_code(self) -> str:
        """Un code du même guichet, comme la commande ``creer-code`` le fait."""
        with base_ouverte(self.donnees, self._adresse or None) as ouverte:
            code = creer_code(
                ouverte.moteur, TERRITOIRE, PREMIER_GUICHET, ("agent", "social"), timedelta(days=1), maintenant()
            )
        return invitation(f"http://127.0.0.1:{self._port}", code, "")

    # La fin

    def vider(self) -> int:
        """Plus personne ne meurt : les postes envoient et reçoivent tout ; rend combien de tours il a fallu."""
        for poste in self.postes:
            poste.tuer()
        for tours in range(1, _TOURS_AU_PLUS + 1):
            bilans = [_un_tour(poste) for poste in self.postes]
            if not any(bilans):
                return tours
        raise AssertionError(f"les postes ne se vident pas : {bilans}")

    @contextmanager
    def base_relue(self) -> Iterator[Engine]:
        """Le registre arrêté comme l'administrateur l'arrête, les pages vérifiées, sa base rouverte pour être lue."""
        assert self.registre.vivant, f"le registre est mort seul : {self.registre.dernieres_erreurs()}"
        self.registre.tuer(signal.SIGTERM)
        if self._grappe:
            self._grappe.arreter()
        self.base.verifier_les_pages()
        grappe = Grappe(self.base.donnees)
        moteur = creer_moteur(grappe.demarrer(seule=True))
        try:
            yield moteur
        finally:
            moteur.dispose()
            grappe.arreter()

    def fautes_du_registre(self) -> list[str]:
        """Ses traces d'erreur : une base morte se dit « indisponible », jamais « erreur »."""
        lignes = self.registre.erreurs.read_text(encoding="utf-8").splitlines()
        return [ligne for ligne in lignes if not ligne.startswith("{") or '"niveau":"erreur"' in ligne]

    def fermer(self) -> None:
        """Ne laisse ni processus, ni fichier."""
        for programme in (*self.postes, self.registre):
            programme.achever()
        if self._grappe:
            self._grappe.arreter()
        reste = Grappe(self.base.donnees)
        reste.demarrer()
        reste.arreter()
        shutil.rmtree(self.ou)


@contextmanager
def scene(graine: str, *, a_part: bool = False) -> Iterator[Scene]:
    """Une scène prête, défaite à la sortie."""
    # Pas le dossier de pytest : il est fermé au compte qui mène PostgreSQL sous root.
    ou = Path(tempfile.mkdtemp(prefix="perron-morts-"))
    ou.chmod(0o711)
    ouverte = Scene(ou, graine, a_part=a_part)
    try:
        ouverte.ouvrir()
        yield ouverte
    finally:
        ouverte.fermer()


def _un_tour(poste: Poste) -> dict[str, Any]:
    """Un tour de ce poste ; rend ce qui n'est pas au repos, rien s'il l'est."""
    with coffre_ouvert(poste.coffre) as coffre:
        synchro = Synchro(coffre)
        bilan = synchro.tour()
        synchro.connexion.arreter()
        etat = synchro.etat()
    remous = {"envoyees": bilan.envoyees, "recues": bilan.recues, "panne": bilan.panne, "attente": etat.attente}
    return {quoi: combien for quoi, combien in remous.items() if combien}


def _port_libre() -> int:
    with socket.create_server(("127.0.0.1", 0)) as prise:
        return int(prise.getsockname()[1])
