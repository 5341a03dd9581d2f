"""Le bac à sable d'un agent : un coffre à part, pour se former. Rien n'en part, la vraie recherche ne le voit pas.

Il est dans son propre dossier, à côté du coffre du poste, sous une empreinte qui ne nomme personne. Son mot de passe,
tiré au hasard, est gardé dans le coffre du poste : qui l'ouvre ouvre le sien. Perdu ou abîmé, il se recommence vide.
"""

from __future__ import annotations

import hashlib
import secrets
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import msgspec
from sqlalchemy import select

from modele.coffre import schema
from modele.coffre.chaines import BAC_A_SABLE
from modele.coffre.cles import Cout
from modele.coffre.coffre import Coffre
from modele.coffre.lignes import tenus_du_genre
from modele.dossier.documents import decoder
from modele.droits import Auteur
from modele.formation import en_cours
from modele.regles.fautes import ErreurUtilisateur

DOSSIER: Final = "formation"
TENTATIVE: Final = "tentative"
_NOM: Final = "bac-a-sable.perron"
_SECRET: Final = "formation."
_EN_COURS: Final = "en_cours."
_PARTAGE: Final = "partage"
_BROUILLON: Final = "brouillon"
# Le mot de passe est tiré au hasard, sur 256 bits : un essai n'a pas à coûter cher.
_COUT: Final = Cout(passes=1, memoire=8 * 1024, fils=1)
_OBJET: Final = schema.dossier.c


@dataclass(frozen=True, slots=True)
class Tentative:
    """Un cas joué. ``verdicts`` : par point noté, son verdict ; ``textes`` : ce que l'agent a écrit, par étape."""

    cas: str
    version: str
    verdicts: Mapping[str, str]
    textes: Mapping[str, str]
    le: datetime | None = None


class BacASable:
    """Le bac à sable ouvert d'un agent. Comme le coffre : à appeler d'un fil à part, et à fermer."""

    def __init__(self, coffre: Coffre, auteur: Auteur) -> None:
        self._coffre, self._auteur = coffre, auteur

    @property
    def coffre(self) -> Coffre:
        """Le coffre lui-même : ce qui s'y essaie n'en sort pas."""
        return self._coffre

    def garder(self, tentative: Tentative) -> None:
        """Garde cet essai, à l'agent seul."""
        contenu = {"verdicts": dict(tentative.verdicts), "textes": dict(tentative.textes)}
        document: dict[str, Any] = {
            "cas": tentative.cas,
            "version": tentative.version,
            "contenu": msgspec.json.encode(contenu).decode(),
        }
        self._coffre.creer_objet(TENTATIVE, document, self._auteur)

    def essais(self) -> list[Tentative]:
        """Les essais de l'agent, du plus récent au plus ancien."""
        requete = select(_OBJET.document, _OBJET.cree_le).where(tenus_du_genre(TENTATIVE))
        with self._coffre._base.lecture() as connexion:
            lignes = connexion.execute(requete.order_by(_OBJET.cree_le.desc(), _OBJET.id.desc())).all()
        return [_relire(decoder(ligne.document), ligne.cree_le) for ligne in lignes]

    def laisser(self, essai: en_cours.EnCours) -> None:
        """Garde où en est cet essai, pour le reprendre ; un seul par cas, le dernier."""
        self._coffre.regler(_EN_COURS + essai.cas, en_cours.ecrire(essai))

    def laisses(self) -> dict[str, en_cours.EnCours]:
        """Les essais à reprendre, par cas."""
        lus = map(en_cours.relire, self._coffre.echanges.reglages(_EN_COURS).values())
        return {lu.cas: lu for lu in lus if lu is not None}

    def finir(self, cas: str) -> None:
        """Cet essai n'est plus à reprendre."""
        self._coffre.regler(_EN_COURS + cas, "")

    @property
    def partage(self) -> bool | None:
        """L'agent veut-il que ses comptes partent, sans son nom ? ``None`` : il ne l'a pas dit."""
        return {"oui": True, "non": False}.get(self._coffre.reglage(_PARTAGE))

    def partager(self, veut: bool) -> None:
        """Ce que l'agent veut ; effacer ses essais l'oublie."""
        self._coffre.regler(_PARTAGE, "oui" if veut else "non")

    @property
    def brouillon(self) -> str:
        """Le cas que l'agent écrit, pas encore publié ; vide s'il n'y en a pas."""
        return self._coffre.reglage(_BROUILLON)

    def garder_le_brouillon(self, ecrit: str) -> None:
        """Garde le cas qui s'écrit ; vide, il est publié ou jeté."""
        self._coffre.regler(_BROUILLON, ecrit)

    def fermer(self) -> None:
        """Rend le fichier."""
        self._coffre.fermer()


def chemin(coffre: Path, agent: str) -> Path:
    """Où est le bac à sable de cet agent, à côté de ce coffre."""
    return coffre.parent / DOSSIER / _empreinte(agent) / _NOM


def ouvrir(coffre: Coffre, auteur: Auteur, cout: Cout = _COUT) -> BacASable:
    """Le bac à sable de qui a ouvert ce coffre, neuf la première fois, ou s'il ne s'ouvrira plus.

    Lève ``ErreurUtilisateur`` si le disque ou une écriture en cours l'empêchent maintenant : rien ne s'efface alors.
    """
    ou, reglage = chemin(coffre.chemin, auteur.nom), _SECRET + _empreinte(auteur.nom)
    secret = coffre.reglage(reglage)
    if secret and ou.is_file():
        try:
            return BacASable(Coffre.ouvrir(ou, secret, cout=cout), auteur)
        except ErreurUtilisateur as faute:
            if _passagere(faute):
                raise
            # Fictif d'un bout à l'autre : le recommencer vaut mieux que d'arrêter quelqu'un qui apprend.
    effacer(coffre, auteur)
    secret = secrets.token_urlsafe(32)
    coffre.regler(reglage, secret)
    neuf, _ = Coffre.creer(ou, auteur.nom, secret, BAC_A_SABLE, "Formation", cout=cout)
    return BacASable(neuf, auteur)


def _passagere(faute: ErreurUtilisateur) -> bool:
    """Le disque, ses droits, une écriture en cours : cela passera. Un fichier abîmé, un secret perdu, non."""
    cause = getattr(faute.__cause__, "orig", faute.__cause__)
    nom = str(getattr(cause, "sqlite_errorname", ""))
    return isinstance(cause, OSError) or (bool(nom) and not nom.startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT")))


def effacer(coffre: Coffre, auteur: Auteur) -> None:
    """Efface le bac à sable de cet agent, ses essais compris ; sans effet s'il n'en a pas."""
    shutil.rmtree(chemin(coffre.chemin, auteur.nom).parent, ignore_errors=True)


def _empreinte(agent: str) -> str:
    return hashlib.sha256(agent.encode()).hexdigest()[:16]


def _relire(document: Mapping[str, Any], cree_le: str) -> Tentative:
    contenu = msgspec.json.decode(str(document.get("contenu", "{}")))
    return Tentative(
        str(document.get("cas", "")),
        str(document.get("version", "")),
        contenu.get("verdicts", {}),
        contenu.get("textes", {}),
        datetime.fromisoformat(cree_le),
    )
