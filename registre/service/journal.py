"""Le journal d'un poste : les dossiers de son périmètre, par séquence croissante, tombes comprises."""

from __future__ import annotations

from collections.abc import Container, Sequence
from datetime import datetime
from functools import partial
from typing import Any, Final

import msgspec
from msgspec import Raw, Struct, structs
from sqlalchemy import ColumnElement, Connection, Engine, Row, Select, case, func, null, select

from modele.dossier.acces import Acces
from modele.dossier.documents import encoder
from modele.dossier.operations import DOSSIER
from modele.fusion import decoder_etat
from modele.protocole.messages import PosteConnu, Refus
from registre.base.moteur import unite_de_travail
from registre.base.schema import dossier, guichet, perimetre, poste, territoire
from registre.base.tableaux import parmi
from registre.service.cles import lire_cle
from registre.service.consultations import noter
from registre.service.fin_de_reprise import finir_la_reprise
from registre.service.jetons import Porteur
from registre.service.refus import Refuse
from registre.service.retours import retenu, revenir
from registre.service.tenus import ABSORBE, PURGE
from registre.service.titres import Sceau, Titre

ENTREES_AU_PLUS: Final = 1000
OCTETS_AU_PLUS: Final = 4 * 1024 * 1024
POIGNEE: Final = "Le registre a été restauré : le poste relit tout ce territoire, puis envoie ce qui n'est pas parti."


class EntreeEncodee(Struct, frozen=True, omit_defaults=True):
    """Comme ``messages.Entree``, l'état tel que la base le garde : il n'est ni relu ni réécrit."""

    dossier: str
    sequence: int
    version: int
    etat: Raw | None = None
    tombe: str = ""
    absorbe_par: str = ""
    rattache: str = ""
    titre: str = ""


class Page(Struct, frozen=True):
    """Comme ``messages.Journal``, états encodés."""

    entrees: list[EntreeEncodee]
    jusque: int
    reste: bool
    poignee: str
    postes: dict[str, PosteConnu]


class _Signe(Struct, frozen=True):
    poste: str


class _Signatures(Struct, frozen=True):
    """D'un état, seulement les postes de ses auteurs."""

    auteurs: dict[str, _Signe] = {}


_SIGNATURES: Final = msgspec.json.Decoder(_Signatures)
_MEME: Final = (dossier.c.territoire == perimetre.c.territoire) & (dossier.c.id == perimetre.c.dossier)
# D'un dossier sorti, rien ne se lit, pas même la taille.
_ETAT: Final = case((perimetre.c.sorti, null()), else_=dossier.c.etat)


def lire_page(
    moteur: Engine,
    porteur: Porteur,
    apres: int,
    limite: int,
    poignee: str,
    maintenant: datetime,
    octets_au_plus: int = OCTETS_AU_PLUS,
    rendu: bool = False,
    genres: bool = True,
) -> Page:
    """Les entrées qui suivent la séquence ``apres`` : ``limite`` au plus, et ``octets_au_plus`` d'états (une au moins).

    ``poignee`` : celle que le poste a reçue, vide s'il part de zéro. ``rendu`` : il n'a plus rien à envoyer.
    ``genres`` : il connaît d'autres genres que le dossier. Ce qui est rendu est noté au journal des accès. Lève
    ``Refuse`` (410) si la poignée a changé, ou si le poste a lu plus loin que le registre n'a écrit.
    """
    lue = partial(
        _lire_page,
        porteur=porteur,
        apres=apres,
        limite=min(limite, ENTREES_AU_PLUS),
        poignee=poignee,
        maintenant=maintenant,
        octets_au_plus=octets_au_plus,
        rendu=rendu,
        genres=genres,
    )
    # Une vue stable : la séquence du territoire et les entrées sont du même instant.
    return unite_de_travail(moteur, lue, isolation="REPEATABLE READ")


def developper(page: Page) -> Page:
    """La même page pour un poste d'une version d'avant, qui attend chaque unité avec ses têtes."""
    return structs.replace(page, entrees=[_developpee(entree) for entree in page.entrees])


def _developpee(entree: EntreeEncodee) -> EntreeEncodee:
    if entree.etat is None:
        return entree
    return structs.replace(entree, etat=Raw(encoder(decoder_etat(bytes(entree.etat)))))


def _lire_page(
    connexion: Connection,
    porteur: Porteur,
    apres: int,
    limite: int,
    poignee: str,
    maintenant: datetime,
    octets_au_plus: int,
    rendu: bool,
    genres: bool,
) -> Page:
    ici = select(territoire.c.seq, territoire.c.poignee).where(territoire.c.territoire == porteur.territoire)
    courant = connexion.execute(ici).one()
    if poignee not in ("", courant.poignee) or apres > courant.seq:
        raise Refuse(410, Refus("poignee", POIGNEE, poignee=courant.poignee))
    if porteur.attendu and poignee:
        revenir(connexion, porteur, rendu)
        finir_la_reprise(connexion, porteur.territoire)
    tailles = connexion.execute(_tailles(porteur, apres, genres).limit(limite + 1)).all()
    tiennent = _combien(tailles[:limite], octets_au_plus)
    reste = tiennent < len(tailles)
    jusque = tailles[tiennent - 1].sequence if reste else courant.seq
    lignes = connexion.execute(_lignes(porteur, apres, jusque, genres)).all() if tailles else []
    noter(connexion, porteur, "", Acces.JOURNAL, [ligne.dossier for ligne in lignes if ligne.etat], maintenant)
    entrees = _entrees(connexion, porteur, lignes, courant.poignee) if lignes else []
    return Page(entrees, jusque, reste, courant.poignee, _postes(connexion, porteur, lignes))


def _tailles(porteur: Porteur, apres: int, genres: bool) -> Select[Any]:
    return _suite(
        porteur, apres, genres, perimetre.c.sequence, func.coalesce(func.octet_length(_ETAT), 0).label("octets")
    )


def _lignes(porteur: Porteur, apres: int, jusque: int, genres: bool) -> Select[Any]:
    du_poste = (perimetre.c.dossier, perimetre.c.sequence, perimetre.c.sorti)
    place = (dossier.c.poste, dossier.c.guichet, dossier.c.discret)
    colonnes = (*du_poste, *place, dossier.c.version, dossier.c.tombe, dossier.c.rattache)
    return _suite(porteur, apres, genres, *colonnes, _ETAT.label("etat")).where(perimetre.c.sequence <= jusque)


def _suite(porteur: Porteur, apres: int, genres: bool, *colonnes: ColumnElement[Any]) -> Select[Any]:
    suite = (
        select(*colonnes)
        .join_from(perimetre, dossier, _MEME)
        .where(
            perimetre.c.territoire == porteur.territoire,
            perimetre.c.poste == porteur.poste,
            perimetre.c.sequence > apres,
            ~retenu(porteur),
        )
        .order_by(perimetre.c.sequence)
    )
    return suite if genres else suite.where(dossier.c.genre == DOSSIER)


def _combien(tailles: Sequence[Row[Any]], octets_au_plus: int) -> int:
    """Combien d'entrées tiennent dans une page : une au moins, s'il y en a."""
    total = 0
    for nombre, taille in enumerate(tailles):
        total += taille.octets
        if total > octets_au_plus and nombre:
            return nombre
    return len(tailles)


def _entrees(connexion: Connection, porteur: Porteur, lignes: Sequence[Row[Any]], poignee: str) -> list[EntreeEncodee]:
    survivants = _tenus(connexion, porteur, [_survivant(ligne.tombe) for ligne in lignes if _survivant(ligne.tombe)])
    sceau = Sceau(lire_cle(connexion, porteur.territoire, "defi"))
    entrees = ((ligne, _entree(ligne, survivants)) for ligne in lignes)
    return [structs.replace(un, titre=sceau.sceller(_titre(ligne, un, porteur, poignee))) for ligne, un in entrees]


def _titre(ligne: Row[Any], entree: EntreeEncodee, porteur: Porteur, poignee: str) -> Titre:
    quoi = (porteur.territoire, poignee, ligne.dossier, ligne.sequence, porteur.poste)
    return Titre(*quoi, ligne.poste, ligne.guichet, ligne.discret, entree.tombe)


def _entree(ligne: Row[Any], survivants: Container[str]) -> EntreeEncodee:
    if ligne.sorti:
        # Ni sa version ni sa fin : qui ne le tient plus n'apprend ni qu'il vit, ni quand il change.
        return EntreeEncodee(ligne.dossier, ligne.sequence, 0, tombe="sortie")
    if ligne.etat:
        etat, rattache = Raw(ligne.etat), ligne.rattache or ""
        return EntreeEncodee(ligne.dossier, ligne.sequence, ligne.version, etat, rattache=rattache)
    if ligne.tombe == PURGE:
        return EntreeEncodee(ligne.dossier, ligne.sequence, ligne.version, tombe="purge")
    survivant = _survivant(ligne.tombe)
    if survivant in survivants:
        return EntreeEncodee(ligne.dossier, ligne.sequence, ligne.version, tombe="absorbe", absorbe_par=survivant)
    return EntreeEncodee(ligne.dossier, ligne.sequence, ligne.version, tombe="sortie")


def _survivant(tombe: str | None) -> str:
    return tombe.removeprefix(ABSORBE) if tombe and tombe.startswith(ABSORBE) else ""


def _tenus(connexion: Connection, porteur: Porteur, dossiers: Sequence[str]) -> frozenset[str]:
    """Ceux de ces dossiers que le poste tient : où est passé un dossier ne se dit pas à qui ne tient pas l'autre."""
    if not dossiers:
        return frozenset()
    requete = select(perimetre.c.dossier).where(
        perimetre.c.territoire == porteur.territoire,
        perimetre.c.poste == porteur.poste,
        parmi(perimetre.c.dossier, dossiers),
        perimetre.c.sorti.is_(False),
    )
    return frozenset(connexion.execute(requete).scalars())


def _postes(connexion: Connection, porteur: Porteur, lignes: Sequence[Row[Any]]) -> dict[str, PosteConnu]:
    """Le nom de chaque poste dont une valeur vient, et de son guichet."""
    auteurs = {
        signe.poste for ligne in lignes if ligne.etat for signe in _SIGNATURES.decode(ligne.etat).auteurs.values()
    }
    if not auteurs:
        return {}
    requete = (
        select(poste.c.id, poste.c.nom, guichet.c.nom.label("du_guichet"))
        .join(guichet, (guichet.c.territoire == poste.c.territoire) & (guichet.c.id == poste.c.guichet))
        .where(poste.c.territoire == porteur.territoire, parmi(poste.c.id, sorted(auteurs)))
    )
    return {un.id: PosteConnu(un.nom, un.du_guichet) for un in connexion.execute(requete)}
