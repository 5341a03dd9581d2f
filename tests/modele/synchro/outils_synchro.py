"""Des postes reliés à un vrai registre, et de quoi couper la ligne entre eux."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from outils_coffre import AGENT, COUT, MOT_DE_PASSE
from outils_http import Servi
from outils_registre import GUICHET, TERRITOIRE, Horloge, peupler
from sqlalchemy import Engine, text
from uuid_utils import uuid7

from modele.coffre import Coffre
from modele.coffre.auteurs import ROLES_DU_POSTE
from modele.coffre.chaines import poser_chaine_du_poste
from modele.dossier.chemins import Document
from modele.dossier.operations import Chaine
from modele.droits import Auteur
from modele.genres import livres
from modele.synchro.cles import Cles
from modele.synchro.empechements import Classe, Empechement
from modele.synchro.synchro import Synchro
from modele.synchro.transport import Transport
from registre.base.reprise import ouvrir_la_reprise
from registre.base.schema import metadonnees
from registre.http.limites import Debit, Limites, Seaux
from registre.service.administration import creer_code

_LARGE = Debit(1e6, 1_000_000)
SANS_LIMITES = Limites(Seaux(_LARGE), Seaux(_LARGE), Seaux(_LARGE))
NADIA: Document = {"demandeur": {"nom": "Fatihi", "prenoms": "Nadia", "date_naissance": "1984-03-12"}}
COUPURE = "La ligne est coupée."


@dataclass
class Coupures:
    """Ce qui arrive aux prochains appels, par nom : ``avant`` la demande, ou ``apres`` (la réponse se perd)."""

    avant: list[str] = field(default_factory=list)
    apres: list[str] = field(default_factory=list)
    pendant: dict[str, Callable[[], object]] = field(default_factory=dict)
    faits: list[str] = field(default_factory=list)


class TransportCoupe(Transport):
    """Le vrai transport, dont un appel peut se perdre en route."""

    def __init__(self, coupures: Coupures, *liaison: Any) -> None:
        super().__init__(*liaison)
        self._coupures = coupures

    def __getattribute__(self, nom: str) -> Any:
        attribut = super().__getattribute__(nom)
        if nom.startswith("_") or nom in ("fermer", "ecart"):
            return attribut
        coupures: Coupures = super().__getattribute__("_coupures")

        def appeler(*valeurs: Any) -> Any:
            coupures.faits.append(nom)
            if nom in coupures.avant:
                coupures.avant.remove(nom)
                raise Empechement(Classe.RESEAU, COUPURE)
            rendu = attribut(*valeurs)
            if geste := coupures.pendant.pop(nom, None):
                geste()
            if nom in coupures.apres:
                coupures.apres.remove(nom)
                raise Empechement(Classe.RESEAU, COUPURE)
            return rendu

        return appeler


@dataclass
class Poste:
    """Un coffre ouvert et sa synchronisation."""

    coffre: Coffre
    synchro: Synchro
    coupures: Coupures

    def creer(self, document: Document = NADIA) -> str:
        """Crée un dossier ; rend son identifiant."""
        return str(self.coffre.creer_dossier(document, Auteur(AGENT))["id"])

    def poser(self, dossier: str, **champs: Any) -> Document:
        """Pose des champs (``__`` pour un point)."""
        return self.coffre.modifier(dossier, {nom.replace("__", "."): un for nom, un in champs.items()}, Auteur(AGENT))

    def tour(self) -> None:
        """Un tour qui va au bout."""
        bilan = self.synchro.tour()
        assert bilan.panne == "", bilan

    def oublier_ses_roles(self) -> None:
        """Comme un poste enrôlé par une version qui ne les retenait pas : le registre seul les connaît."""
        self.coffre.regler(ROLES_DU_POSTE, "")

    def attente(self) -> int:
        """Combien d'opérations ne sont pas revenues."""
        return sum(un.saisies for un in self.synchro.etat().attente)

    def fermer(self) -> None:
        """Rend le fichier et la connexion."""
        self.synchro.connexion.arreter()
        self.coffre.fermer()


@cache
def _moule() -> str:
    chemin = Path(tempfile.mkdtemp(prefix="perron-moule-")) / "moule.perron"
    atexit.register(shutil.rmtree, chemin.parent)
    Coffre.creer(chemin, AGENT, MOT_DE_PASSE, TERRITOIRE, "moule", COUT)[0].fermer()
    return str(chemin)


class Site:
    """Un registre servi à ``adresse`` et les postes qui y sont reliés."""

    def __init__(self, moteur: Engine, dossier: Path, servi: Servi, horloge: Horloge) -> None:
        self.moteur, self.dossier, self.servi, self.horloge = moteur, dossier, servi, horloge
        self._postes: list[Poste] = []
        peupler(moteur, TERRITOIRE)

    def fermer(self) -> None:
        """Ferme tous les postes."""
        for poste in self._postes:
            poste.fermer()

    def invitation(
        self, guichet: str = GUICHET, roles: tuple[str, ...] = ("agent",), territoire: str = TERRITOIRE
    ) -> str:
        """Le texte à donner à un poste."""
        code = creer_code(self.moteur, territoire, guichet, roles, timedelta(hours=1), self.horloge())
        return f"perron+{self.servi.adresse}/{code}"

    def poste(
        self, nom: str = "un", guichet: str = GUICHET, roles: tuple[str, ...] = ("agent",), agents: Sequence[str] = ()
    ) -> Poste:
        """Un poste neuf, enrôlé. ``agents`` : qui d'autre y a un compte, avec les rôles du poste."""
        poste = self.rouvrir(self._coffre_du_moule(nom))
        for agent in agents:
            de_base = livres().droits.sans_registre
            poste.coffre.comptes.ouvrir(agent, "", "", de_base, MOT_DE_PASSE, Auteur(AGENT))
        poste.synchro.enroler(self.invitation(guichet, roles), nom)
        return poste

    def coffre_neuf(self, nom: str, territoire: str = TERRITOIRE) -> Path:
        """Le chemin d'un coffre neuf, fermé, relié à rien."""
        chemin = self.dossier / f"{nom}.perron"
        Coffre.creer(chemin, AGENT, MOT_DE_PASSE, territoire, nom, COUT)[0].fermer()
        return chemin

    def _coffre_du_moule(self, nom: str) -> Path:
        """Comme ``coffre_neuf``, sans rejouer les migrations : la copie d'un coffre vide, sous une identité neuve."""
        chemin = self.dossier / f"{nom}.perron"
        for suffixe in ("", ".cles"):
            shutil.copy(_moule() + suffixe, f"{chemin}{suffixe}")
        coffre = Coffre.ouvrir(chemin, MOT_DE_PASSE, cout=COUT)
        with coffre._base.ecriture() as connexion:
            poser_chaine_du_poste(connexion, Chaine(TERRITOIRE, str(uuid7()), str(uuid7())))
        coffre.fermer()
        return chemin

    def poste_copie(self, nom: str, modele: Poste) -> Poste:
        """Un poste de plus, dont le coffre est la copie de celui-ci."""
        return self.rouvrir(copier(modele, self.dossier / f"{nom}.perron"))

    def rouvrir(self, chemin: Path, horloge: Callable[[], datetime] | None = None) -> Poste:
        """Le poste dont le coffre est à ce chemin."""
        coffre, coupures = Coffre.ouvrir(chemin, MOT_DE_PASSE, cout=COUT), Coupures()

        def relier(adresse: str, autorite: str, territoire: str, cles: Cles) -> Transport:
            return TransportCoupe(coupures, adresse, autorite, territoire, cles)

        poste = Poste(coffre, Synchro(coffre, relier, horloge=horloge, hasard=lambda: 0.5), coupures)
        self._postes.append(poste)
        return poste


def copier(poste: Poste, vers: Path) -> Path:
    """Copie le coffre fermé ou ouvert d'un poste : sauvegarde, ou clone."""
    poste.coffre._base.vider_journal()
    for suffixe in ("", ".cles"):
        source = poste.coffre.chemin
        shutil.copy(source.with_name(source.name + suffixe), vers.with_name(vers.name + suffixe))
    return vers


def sauver_le_registre(site: Site) -> dict[str, list[Any]]:
    """Toute la base, à cet instant."""
    with site.moteur.connect() as connexion:
        return {nom: list(connexion.execute(table.select()).mappings()) for nom, table in metadonnees.tables.items()}


def restaurer_le_registre(site: Site, sauvegarde: dict[str, list[Any]], *, en_le_disant: bool = True) -> None:
    """Remet la base comme elle était, comme le fait ``registre restaurer`` ; ou sans le dire : la même poignée."""
    with site.moteur.begin() as connexion:
        connexion.execute(text("TRUNCATE " + ", ".join(f'"{nom}"' for nom in metadonnees.tables)))
        for table in metadonnees.sorted_tables:
            if sauvegarde[table.name]:
                connexion.execute(table.insert(), [dict(ligne) for ligne in sauvegarde[table.name]])
        if en_le_disant:
            ouvrir_la_reprise(connexion, site.horloge())
