"""Qui n'ouvre jamais un dossier, au coffre : le noter, le lever, passer la main. Ce qui cache est dans ``regard``.

Noter et lever se font de qui peut ouvrir le dossier, à la demande de la personne. Un dossier garde toujours quelqu'un
qui peut l'ouvrir, ou l'agent sait qu'il attend un autre compte.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection

from modele.coffre import annexes, auteurs, comptes, depot, gels, journaux, rattaches
from modele.coffre.base import Base
from modele.coffre.listes import Ecart
from modele.coffre.regard import lieux_d_ici
from modele.dossier.acces import Acces
from modele.dossier.chemins import ABSENT, Document
from modele.dossier.operations import DOSSIER
from modele.droits import Action, Auteur
from modele.protection import ecarts
from modele.protection.discretion import est_discret
from modele.protection.referents import REFERENT, SUPPLEANT, meme_agent, referents
from modele.regles.fautes import ErreurUtilisateur

ECART: Final = "ecart"
QUI: Final = "Écrivez le nom d'un agent, ou celui d'un lieu : l'un ou l'autre."
SOI: Final = "C'est vous : « Je connais cette personne » passe la main à quelqu'un d'autre."
PERSONNE: Final = (
    "Plus personne n'ouvrirait ce dossier : il n'est tenu que dans ce lieu. Écartez les agents un par un, ou remettez "
    "d'abord la personne à un autre lieu."
)
A_QUI: Final = "Choisissez qui reçoit ce dossier, parmi les comptes de ce poste qui peuvent l'ouvrir."
SEUL: Final = (
    "Aucun autre compte de ce poste ne peut ouvrir ce dossier : il y restera, entier, et attendra qu'un autre compte "
    "s'ouvre. Confirmez que vous le savez."
)
PLUS_LA: Final = "Cet écart n'est plus à lever : il l'a déjà été, ou le dossier n'est plus sur ce poste."


class Ecarts:
    """Ce que l'écran fait des écarts d'un dossier. Sûr entre fils. Chaque geste lève ``ErreurUtilisateur``."""

    def __init__(self, base: Base, horloge: Callable[[], datetime]) -> None:
        self._base, self._horloge = base, horloge

    def lister(self, dossier: str, auteur: Auteur) -> list[Ecart]:
        """Ceux qui valent aujourd'hui, du plus ancien au plus récent."""
        with self._base.lecture() as connexion:
            depot.document_a_lire(connexion, dossier, auteur)
            return _en_vigueur(connexion, dossier)

    def lieux(self) -> list[str]:
        """Les lieux et les postes connus d'ici, par nom : ceux qui peuvent se choisir."""
        with self._base.lecture() as connexion:
            return sorted(_lieux(connexion))

    def agents(self, dossier: str, auteur: Auteur) -> list[str]:
        """Les autres comptes de ce poste qui peuvent ouvrir ce dossier : qui peut être écarté, ou le recevoir."""
        with self._base.lecture() as connexion:
            return _autres(connexion, depot.document_a_lire(connexion, dossier, auteur), auteur)

    def ecarter(self, dossier: str, auteur: Auteur, *, agent: str = "", lieu: str = "") -> bool:
        """Cet agent, ou ce lieu, n'ouvre plus jamais ce dossier ; il n'en répond plus. Redit, sans effet.

        Faux si ce poste ne connaît personne de ce nom : mal écrit, il ne protégerait de personne.
        """
        agent, lieu = " ".join(agent.split()), " ".join(lieu.split())
        if bool(agent) == bool(lieu):
            raise ErreurUtilisateur(QUI)
        if ecarts.nomme_de_meme(agent, auteur.nom):
            raise ErreurUtilisateur(SOI)
        with self._base.ecriture() as connexion:
            document = depot.document_a_lire(connexion, dossier, auteur)
            # Tel que son compte le signe : c'est ainsi que le journal des accès le connaît.
            agent = next((un.nom for un in comptes.tous(connexion) if ecarts.nomme_de_meme(agent, un.nom)), agent)
            if any(_meme(un, agent, lieu) for un in _en_vigueur(connexion, dossier)):
                return _connu(connexion, agent, lieu)
            _exiger_un_autre_lieu(connexion, document, lieu)
            self._ecarter(connexion, document, {ecarts.AGENT: agent, ecarts.LIEU: lieu}, auteur, Acces.ECARTER)
            return _connu(connexion, agent, lieu)

    def passer_la_main(self, dossier: str, a: str, auteur: Auteur, *, attend: bool = False) -> None:
        """« Je connais cette personne » : l'auteur ne l'ouvre plus jamais, ``a`` en répond à sa place.

        ``attend`` : il sait qu'aucun autre compte d'ici ne peut l'ouvrir, et que le dossier en attendra un.
        """
        with self._base.ecriture() as connexion:
            document = depot.document_a_lire(connexion, dossier, auteur)
            autres = _autres(connexion, document, auteur)
            if not autres and not attend:
                raise ErreurUtilisateur(SEUL)
            if autres and a not in autres:
                raise ErreurUtilisateur(A_QUI)
            qui = {ecarts.AGENT: auteur.nom}
            self._ecarter(connexion, document, qui, auteur, Acces.PASSER_LA_MAIN, a if autres else "")

    def lever(self, lequel: Ecart, auteur: Auteur) -> None:
        """La personne demande que cet écart ne vaille plus."""
        with self._base.ecriture() as connexion:
            quand = self._horloge()
            depot.document_a_lire(connexion, lequel.dossier, auteur)
            if lequel not in _en_vigueur(connexion, lequel.dossier):
                raise ErreurUtilisateur(PLUS_LA)
            leve = {ecarts.LEVE_LE: quand.date().isoformat(), ecarts.LEVE_PAR: auteur.nom}
            depot.modifier(connexion, lequel.id, leve, auteur, quand)
            journaux.noter(connexion, auteur.nom, quand, Acces.LEVER_UN_ECART, lequel.dossier)

    def _ecarter(
        self,
        connexion: Connection,
        document: Document,
        qui: Mapping[str, str],
        auteur: Auteur,
        acces: Acces,
        a: str = "",
    ) -> None:
        quand, dossier = self._horloge(), document["id"]
        repond = _qui_en_repond(document, qui.get(ecarts.AGENT, ""), a)
        # Gelé, il ne change pas de mains : il se protège d'abord.
        if repond and not gels.est_gele(connexion, dossier, quand.date()):
            depot.modifier(connexion, dossier, repond, auteur, quand)
        dits = {champ: dit for champ, dit in qui.items() if dit}
        depot.creer(connexion, [{"dossier": dossier, **dits}], auteur, quand, ECART)
        journaux.noter(connexion, auteur.nom, quand, acces, dossier)


def _en_vigueur(connexion: Connection, dossier: str) -> list[Ecart]:
    lus = rattaches.documents(connexion, dossier, ECART)
    return [
        Ecart(un["id"], dossier, un.get(ecarts.AGENT, ""), un.get(ecarts.LIEU, "")) for un in lus if not ecarts.leve(un)
    ]


def _lieux(connexion: Connection) -> set[str]:
    postes = annexes.noms_des_postes(connexion).values()
    return {nom for un in postes for nom in (un.nom, un.guichet) if nom} | set(lieux_d_ici(connexion))


def _connu(connexion: Connection, agent: str, lieu: str) -> bool:
    connus = (un.nom for un in comptes.tous(connexion)) if agent else _lieux(connexion)
    return any(ecarts.nomme_de_meme(agent or lieu, nom) for nom in connus)


def _meme(un: Ecart, agent: str, lieu: str) -> bool:
    return (meme_agent(un.agent), meme_agent(un.lieu)) == (meme_agent(agent), meme_agent(lieu))


def _autres(connexion: Connection, document: Document, auteur: Auteur) -> list[str]:
    """Les comptes ouverts d'ici, autres que lui, dont les rôles lisent ce dossier et que rien n'en écarte."""
    action = Action.LIRE_DISCRET if est_discret(document) else Action.LIRE
    ecartes = {meme_agent(un.agent) for un in _en_vigueur(connexion, document["id"])} | {meme_agent(auteur.nom)}
    ouverts = [un.nom for un in comptes.tous(connexion) if un.ouvert and meme_agent(un.nom) not in ecartes]
    return [nom for nom in ouverts if auteurs.permet(connexion, Auteur(nom), DOSSIER, action)]


def _exiger_un_autre_lieu(connexion: Connection, document: Document, lieu: str) -> None:
    """Lève ``ErreurUtilisateur`` si ce lieu est le seul où ce dossier se tient."""
    ici: Collection[str] = lieux_d_ici(connexion) if lieu else ()
    relie = bool(journaux.reglage(connexion, "registre.guichet"))
    if any(ecarts.nomme_de_meme(lieu, nom) for nom in ici) and (est_discret(document) or not relie):
        raise ErreurUtilisateur(PERSONNE)


def _qui_en_repond(document: Document, ecarte: str, a: str) -> dict[str, Any]:
    """Ce qui change de qui répond de ce dossier : l'écarté n'en répond plus ; ``a`` le remplace, s'il est nommé."""
    referent, suppleant = referents(document)
    lui = meme_agent(ecarte)
    change: dict[str, Any] = {}
    if suppleant and meme_agent(suppleant) in (lui, meme_agent(a)):
        change[SUPPLEANT] = ABSENT
    if a and (not referent or meme_agent(referent) == lui):
        change[REFERENT] = a
    elif referent and meme_agent(referent) == lui:
        change[REFERENT] = ABSENT
    return change
