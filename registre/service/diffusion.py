"""Qui tient quel dossier, et ce que chaque écriture y change : le journal de chaque poste se lit dans cette table.

La table des droits dit qui lit : un dossier est à tous les postes de son guichet ; discret, au poste qui l'a ouvert
ainsi ou l'a rendu tel, et aux postes « social » de ce guichet. Un objet rattaché est à qui tient son dossier.
Une séance est aussi aux postes de ceux qui y siègent, de son ouverture à sa clôture (``asseoir``).
Un lieu écarté d'un dossier (``ecartes``) n'y entre par aucun chemin ; s'il le tenait, il en reçoit la tombe.
Toute ligne écrite ici porte une séquence prise dans la même transaction, après ``UPDATE territoire``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    ColumnElement,
    Connection,
    Select,
    Text,
    bindparam,
    false,
    literal,
    not_,
    or_,
    select,
    true,
    tuple_,
    update,
)
from sqlalchemy.dialects import postgresql

from modele.droits import Action, Perimetre
from modele.fusion import document
from modele.genres import livres
from registre.base.schema import guichet, perimetre, poste, territoire
from registre.base.tableaux import les, lignes, parmi
from registre.service.ecartes import postes_ecartes
from registre.service.sieges import postes_de, sieges
from registre.service.tenus import Tenu

SEQUENCE = BigInteger
_COLONNES = ["territoire", "poste", "dossier", "sequence", "sorti"]
_SEQUENCES = (
    update(territoire)
    .where(territoire.c.territoire == bindparam("ou"))
    .values(seq=territoire.c.seq + bindparam("nombre"))
    .returning(territoire.c.seq)
)
_SUITE = lignes("suite", dossier=Text, sequence=BigInteger)
_AVANCER = (
    update(perimetre)
    .where(perimetre.c.territoire == bindparam("ou"), perimetre.c.dossier == _SUITE.c.dossier)
    .where(perimetre.c.sorti.is_(False))
    .values(sequence=_SUITE.c.sequence)
)


def prendre_des_sequences(connexion: Connection, ou: str, nombre: int) -> int:
    """La séquence qui précède les ``nombre`` suivantes, réservées jusqu'à la fin de la transaction.

    La ligne du territoire reste verrouillée : l'ordre des séquences est celui des validations. À appeler le plus tard
    possible, et avant de lire les postes : un poste qui s'enrôle attend, puis voit tout.
    """
    return int(connexion.execute(_SEQUENCES, {"ou": ou, "nombre": nombre}).scalar_one()) - nombre


def ouvrir_au_guichet(connexion: Connection, ou: str, tenus: Sequence[Tenu]) -> None:
    """Les objets neufs d'un même poste entrent chez ceux qui doivent les tenir."""
    par_genre: dict[str, list[Tenu]] = defaultdict(list)
    lire_les_ecartes(connexion, ou, tenus)
    interdits = [(tenu.id, lequel) for tenu in tenus for lequel in tenu.ecartes or ()]
    for tenu in tenus:
        par_genre[tenu.etat.genre].append(tenu)
    for genre, siens in par_genre.items():
        neufs = lignes("neufs", dossier=Text, sequence=BigInteger, discret=Boolean)
        lisent, protegent = (_qui(ou, genre, action, siens[0]) for action in (Action.LIRE, Action.LIRE_DISCRET))
        entrees = select(literal(ou), poste.c.id, neufs.c.dossier, neufs.c.sequence, false()).join_from(
            neufs, poste, or_(lisent & not_(neufs.c.discret), protegent & neufs.c.discret)
        )
        if interdits:
            entrees = entrees.where(tuple_(neufs.c.dossier, poste.c.id).not_in(interdits))
        valeurs = les(
            dossier=[tenu.id for tenu in siens],
            sequence=[tenu.sequence for tenu in siens],
            discret=[tenu.discret for tenu in siens],
        )
        # Après une restauration, un poste a pu dire qu'il n'en voulait plus avant qu'un autre ne l'apporte.
        pose = postgresql.insert(perimetre).from_select(_COLONNES, entrees).on_conflict_do_nothing()
        connexion.execute(pose, valeurs)


def ouvrir_au_guichet_de_chacun(connexion: Connection, ou: str, tenus: Sequence[Tenu]) -> None:
    """Comme ``ouvrir_au_guichet``, pour des objets de plusieurs postes."""
    for tenu in tenus:
        ouvrir_au_guichet(connexion, ou, [tenu])


def avancer(connexion: Connection, ou: str, sequences: Mapping[str, int]) -> None:
    """Chaque poste qui tient ces dossiers les recevra à leur nouvelle séquence."""
    if sequences:
        suite = les(dossier=list(sequences), sequence=list(sequences.values()))
        connexion.execute(_AVANCER, {"ou": ou, **suite})


def restreindre(connexion: Connection, ou: str, tenu: Tenu) -> None:
    """Le dossier devient discret : il entre chez ceux qui protègent, et sort de chez tous les autres."""
    gardent = select(poste.c.id).where(_qui(ou, tenu.etat.genre, Action.LIRE_DISCRET, tenu))
    _entrer(connexion, tenu, gardent, ou)
    _sortir_les_autres(connexion, ou, tenu, gardent)


def rendre_au_guichet(connexion: Connection, ou: str, tenu: Tenu) -> None:
    """La discrétion est levée : tout le guichet le tient de nouveau."""
    _entrer(connexion, tenu, select(poste.c.id).where(_qui(ou, tenu.etat.genre, Action.LIRE, tenu)), ou)


def reunir(connexion: Connection, ou: str, tenu: Tenu) -> None:
    """Ceux qui tenaient les dossiers absorbés tiennent le survivant, sauf s'il est discret et n'est pas à eux."""
    tiennent = select(perimetre.c.poste).where(
        perimetre.c.territoire == ou, parmi(perimetre.c.dossier, tenu.reunis), perimetre.c.sorti.is_(False)
    )
    qui = select(poste.c.id).where(poste.c.territoire == ou, poste.c.revoque_le.is_(None), poste.c.id.in_(tiennent))
    if tenu.discret:
        qui = qui.where(_qui(ou, tenu.etat.genre, Action.LIRE_DISCRET, tenu))
    _entrer(connexion, tenu, qui, ou)


def entrer(connexion: Connection, ou: str, lequel: str, tenu: Tenu) -> None:
    """Ce poste tient désormais ce dossier, et le recevra."""
    _entrer(connexion, tenu, select(literal(lequel)), ou)


def sortir(connexion: Connection, ou: str, lequel: str, tenu: Tenu) -> None:
    """Ce poste ne tient plus ce dossier, et recevra sa tombe."""
    connexion.execute(
        update(perimetre)
        .where(perimetre.c.territoire == ou, perimetre.c.poste == lequel, perimetre.c.dossier == tenu.id)
        .values(sequence=tenu.sequence, sorti=true())
    )


def suivre(connexion: Connection, ou: str, tenus: Sequence[Tenu]) -> None:
    """Ces objets rattachés entrent chez ceux qui tiennent leur dossier, et sortent de chez tous les autres."""
    for tenu in tenus:
        action = Action.LIRE_DISCRET if tenu.discret else Action.LIRE
        tiennent = select(perimetre.c.poste).where(
            perimetre.c.territoire == ou, perimetre.c.dossier == tenu.rattache, perimetre.c.sorti.is_(False)
        )
        gardent = select(poste.c.id).where(
            or_(_qui(ou, tenu.etat.genre, action, tenu) & poste.c.id.in_(tiennent), _adresse(ou, action, tenu))
        )
        _entrer(connexion, tenu, gardent, ou)
        _sortir_les_autres(connexion, ou, tenu, gardent)


def asseoir(connexion: Connection, ou: str, tenus: Sequence[Tenu]) -> None:
    """Les objets où l'on siège sont aussi à qui y siège, le temps qu'il les lit ; à nul autre."""
    for tenu in tenus:
        if not tenu.genre.siegent or tenu.tombe:
            continue
        action = Action.LIRE_DISCRET if tenu.discret else Action.LIRE
        assis = postes_de(connexion, ou, sieges(document(tenu.etat), tenu.genre))
        siege = poste.c.id.in_(assis) & _a_un_role(tenu.etat.genre, action, Perimetre.SEANCE)
        vivant = (poste.c.territoire == ou) & poste.c.revoque_le.is_(None)
        gardent = select(poste.c.id).where(or_(_qui(ou, tenu.etat.genre, action, tenu), vivant & siege))
        _entrer(connexion, tenu, gardent, ou)
        _sortir_les_autres(connexion, ou, tenu, gardent)


def _adresse(ou: str, action: Action, tenu: Tenu) -> ColumnElement[bool]:
    """Les postes du lieu à qui cet objet est adressé, tant qu'il n'est pas repris ; aucun d'un autre genre."""
    dit = document(tenu.etat) if tenu.genre.adresse and not tenu.tombe else {}
    nom = dit.get(tenu.genre.adresse)
    if not isinstance(nom, str) or tenu.genre.reprise in dit:
        return false()
    la = select(guichet.c.id).where(guichet.c.territoire == ou, guichet.c.nom == nom)
    vivant = (poste.c.territoire == ou) & poste.c.revoque_le.is_(None)
    return vivant & poste.c.guichet.in_(la) & _a_un_role(tenu.etat.genre, action, Perimetre.LIEU)


def lire_les_ecartes(connexion: Connection, ou: str, tenus: Sequence[Tenu]) -> None:
    """Retient, de chacun, les postes qui ne le tiennent jamais, tels que la base le dit maintenant."""
    lus = postes_ecartes(connexion, ou, [tenu.rattache or tenu.id for tenu in tenus])
    for tenu in tenus:
        tenu.ecartes = lus.get(tenu.rattache or tenu.id, frozenset())


def ecarter(connexion: Connection, ou: str, tenu: Tenu) -> None:
    """Le dossier sort de chez les postes qui en sont écartés ; qui ne l'a jamais tenu n'en reçoit rien."""
    for lequel in sorted(tenu.ecartes or ()):
        connexion.execute(
            update(perimetre)
            .where(
                *(perimetre.c.territoire == ou, perimetre.c.poste == lequel, perimetre.c.dossier == tenu.id),
                perimetre.c.sorti.is_(False),
            )
            .values(sequence=tenu.sequence, sorti=true())
        )


def revenir(connexion: Connection, ou: str, tenu: Tenu) -> None:
    """Un écart est levé : le dossier est de nouveau à tous ceux qui le lisent."""
    action = Action.LIRE_DISCRET if tenu.discret else Action.LIRE
    _entrer(connexion, tenu, select(poste.c.id).where(_qui(ou, tenu.etat.genre, action, tenu)), ou)


def _entrer(connexion: Connection, tenu: Tenu, qui: Select[Any], ou: str) -> None:
    if tenu.ecartes is None:
        lire_les_ecartes(connexion, ou, [tenu])
    postes = qui.subquery()
    entrees = select(literal(ou), postes.c[0], literal(tenu.id), literal(tenu.sequence, BigInteger), false()).where(
        postes.c[0].not_in(tenu.ecartes or [])
    )
    pose = postgresql.insert(perimetre).from_select(_COLONNES, entrees)
    connexion.execute(
        pose.on_conflict_do_update(
            index_elements=["territoire", "poste", "dossier"],
            set_={"sequence": pose.excluded.sequence, "sorti": pose.excluded.sorti},
        )
    )


def _sortir_les_autres(connexion: Connection, ou: str, tenu: Tenu, gardent: Select[Any]) -> None:
    connexion.execute(
        update(perimetre)
        .where(
            perimetre.c.territoire == ou,
            perimetre.c.dossier == tenu.id,
            perimetre.c.sorti.is_(False),
            perimetre.c.poste.not_in(gardent),
        )
        .values(sequence=tenu.sequence, sorti=true())
    )


def _qui(ou: str, genre: str, action: Action, tenu: Tenu) -> ColumnElement[bool]:
    """Les postes dont un rôle lit un objet de ce genre, d'après où il est pour eux."""
    ouvreur = (poste.c.id == tenu.poste) & _a_un_role(genre, action, Perimetre.SOI)
    guichet = (poste.c.guichet == tenu.guichet) & _a_un_role(genre, action, Perimetre.LIEU)
    partout = _a_un_role(genre, action, Perimetre.TERRITOIRE)
    return (poste.c.territoire == ou) & poste.c.revoque_le.is_(None) & or_(ouvreur, guichet, partout)


def _a_un_role(genre: str, action: Action, perimetre_: Perimetre) -> ColumnElement[bool]:
    """Vrai d'un ``poste`` qui a l'un des rôles que la table nomme pour cela."""
    roles = sorted(livres().droits.qui(genre, action, perimetre_))
    return poste.c.roles.bool_op("&&")(literal(roles, ARRAY(Text)))
