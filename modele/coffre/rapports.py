"""Le rapport d'activité, au coffre : le tirer, le figer quand l'année est finie, le relire tel qu'il a été figé.

D'une année en cours, il est provisoire et ne se garde pas : deux tirages à un jour d'écart diraient qui est venu ce
jour-là, il n'est donc que pour le responsable, qui tient déjà ces dossiers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import msgspec
from sqlalchemy import Connection, select

from modele.chiffres.declaration import declares
from modele.chiffres.rapport import Rapport, etablir
from modele.chiffres.seuils import Diffusion
from modele.coffre import auteurs, depot, releves, schema
from modele.coffre.base import Base
from modele.coffre.lignes import tenus_du_genre
from modele.dossier.documents import decoder, encoder
from modele.droits import Action, Auteur
from modele.regles.fautes import ErreurUtilisateur

RAPPORT: Final = "rapport"
_LIEU: Final = "Aucun lieu ne s'appelle « {} » pour ce poste. Il connaît : {}."
_SANS_NOM: Final = "Ce poste n'a pas de nom de lieu : reliez-le au registre (« Envois »), qui donne celui du guichet."
_ANNEE: Final = "L'année {} ne se compte pas : donnez celle-ci ou une année passée, en quatre chiffres."
_PREMIERE: Final = 2000
_ILLISIBLE: Final = (
    "Le rapport figé de {} ne se lit pas : il vient peut-être d'un Perron plus récent. Mettez Perron à jour."
)
_OBJET: Final = schema.dossier.c


@dataclass(frozen=True, slots=True)
class Tire:
    """Un rapport, et quand il a été figé ; ``None`` : provisoire, l'année n'est pas finie."""

    rapport: Rapport
    fige_le: datetime | None = None


class Rapports:
    """Ce que l'écran et la commande font du rapport d'activité. Sûr entre fils. Lève ``ErreurUtilisateur``."""

    def __init__(self, base: Base, horloge: Callable[[], datetime]) -> None:
        self._base, self._horloge = base, horloge

    def lieux(self, auteur: Auteur) -> list[str]:
        """Les lieux dont ce poste peut tirer le rapport, le sien d'abord."""
        with self._base.lecture(entiere=True) as connexion:
            auteurs.exiger(connexion, auteur, RAPPORT, Action.LIRE)
            return list(releves.lieux(connexion))

    def tirer(self, annee: int, lieu: str, auteur: Auteur, voies: Mapping[str, str], diffusion: Diffusion) -> Tire:
        """Le rapport de cette année et de ce lieu ; d'une année finie, figé au premier tirage et relu ensuite.

        ``voies`` : le libellé des voies qui ne sont pas discrètes.
        """
        # Entière : chacun lit les mêmes nombres, même de dossiers dont il est écarté ; aucune ligne n'en nomme un.
        with self._base.ecriture(entiere=True) as connexion:
            auteurs.exiger(connexion, auteur, RAPPORT, Action.LIRE, Action.CREER)
            quand = self._horloge()
            if not _PREMIERE <= annee <= quand.year:
                raise ErreurUtilisateur(_ANNEE.format(annee))
            nom, postes = _trouver(connexion, lieu)
            if (deja := _fige(connexion, annee, nom, diffusion)) is not None:
                return deja
            releve = releves.relever(connexion, declares(), postes, annee, voies)
            rapports = etablir(declares(), releve, voies, annee, nom)
            if annee == quand.year:
                return Tire(rapports[diffusion])
            contenu = encoder(rapports).decode()
            depot.creer(connexion, [{"annee": f"{annee:04}", "lieu": nom, "contenu": contenu}], auteur, quand, RAPPORT)
            return Tire(rapports[diffusion], quand)


def _trouver(connexion: Connection, dit: str) -> tuple[str, frozenset[str]]:
    """Le lieu de ce nom (sans égard aux majuscules) et ses postes ; rien de dit, celui de ce poste, jamais un autre."""
    connus = releves.lieux(connexion)
    voulu = " ".join(dit.split()).casefold()
    for nom, postes in connus.items():
        if voulu == nom.casefold() or (not voulu and releves.ICI in postes):
            return nom, postes
    raise ErreurUtilisateur(_LIEU.format(dit, ", ".join(connus)) if voulu and connus else _SANS_NOM)


def _fige(connexion: Connection, annee: int, lieu: str, diffusion: Diffusion) -> Tire | None:
    """Celui qui a été figé ; de deux postes qui l'ont figé sans se voir, le premier."""
    requete = select(_OBJET.document, _OBJET.cree_le).where(tenus_du_genre(RAPPORT))
    for ligne in connexion.execute(requete.order_by(_OBJET.cree_le, _OBJET.id)):
        document = decoder(ligne.document)
        if (document.get("annee"), document.get("lieu")) == (f"{annee:04}", lieu):
            return Tire(_relire(document.get("contenu"), annee)[diffusion], datetime.fromisoformat(ligne.cree_le))
    return None


def _relire(contenu: object, annee: int) -> dict[Diffusion, Rapport]:
    try:
        return msgspec.json.decode(str(contenu), type=dict[Diffusion, Rapport])
    except msgspec.DecodeError as cause:
        raise ErreurUtilisateur(_ILLISIBLE.format(annee)) from cause
