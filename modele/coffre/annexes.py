"""Ce que le registre publie ou signale à côté des dossiers : référentiels, doublons, noms des postes.

Chaque fonction s'exécute dans la transaction qu'on lui donne.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, delete, func, insert, or_, select, update

from modele.coffre import schema
from modele.coffre.instants import en_utc
from modele.coffre.journaux import reglages, regler
from modele.coffre.lignes import OUVERT
from modele.coffre.listes import Publie, RecuTenu, Semblable
from modele.protocole.messages import Ecart, PosteConnu

_DOUBLON: Final = schema.doublon.c
_A_DIRE: Final = "ecart."


def referentiel(connexion: Connection, nom: str) -> Publie | None:
    """La version tenue ici de ce référentiel, ou ``None``."""
    ligne = connexion.execute(select(schema.referentiel).where(schema.referentiel.c.nom == nom)).first()
    return None if ligne is None else Publie(nom, ligne.version, ligne.contenu)


def versions_des_referentiels(connexion: Connection) -> dict[str, int]:
    """La version tenue de chaque référentiel."""
    colonnes = schema.referentiel.c
    return {ligne.nom: ligne.version for ligne in connexion.execute(select(colonnes.nom, colonnes.version))}


def garder_referentiel(connexion: Connection, publie: Publie, signature: bytes, quand: datetime) -> bool:
    """Garde une version plus neuve ; faux, sans rien toucher, si celle d'ici l'est autant."""
    if versions_des_referentiels(connexion).get(publie.nom, 0) >= publie.version:
        return False
    connexion.execute(
        insert(schema.referentiel).prefix_with("OR REPLACE"),
        {
            "nom": publie.nom,
            "version": publie.version,
            "contenu": publie.contenu,
            "signature": signature,
            "recu_le": en_utc(quand),
        },
    )
    return True


def noter_doublons(connexion: Connection, dossier: str, semblables: Iterable[Semblable]) -> None:
    """Remplace les ressemblances connues d'un dossier ; ce qu'une personne a écarté le reste."""
    connexion.execute(delete(schema.doublon).where(_DOUBLON.dossier == dossier, _DOUBLON.ecarte.is_(False)))
    lignes = [
        {
            "dossier": dossier,
            "autre": un.autre,
            "guichet": un.guichet,
            "raisons": json.dumps(un.raisons),
            "score": un.score,
            "ecarte": False,
        }
        for un in semblables
    ]
    if lignes:
        connexion.execute(insert(schema.doublon).prefix_with("OR IGNORE"), lignes)


def ecarter_doublon(connexion: Connection, un: str, autre: str) -> None:
    """Une personne l'a dit : ces deux dossiers ne sont pas de la même personne. Retenu dans les deux sens.

    Même jamais proposés l'un à l'autre : ce qui ressemble se cherche de nouveau à chaque frappe.
    """
    connexion.execute(update(schema.doublon).where(_paire(un, autre)).values(ecarte=True))
    connus = set(connexion.scalars(select(schema.dossier.c.id).where(schema.dossier.c.id.in_((un, autre)))))
    lignes = [
        {"dossier": le, "autre": lautre, "guichet": "", "raisons": "[]", "score": 0.0, "ecarte": True}
        for le, lautre in ((un, autre), (autre, un))
        if le in connus and lautre
    ]
    if lignes:
        connexion.execute(insert(schema.doublon).prefix_with("OR IGNORE"), lignes)


def retenir_l_ecart(connexion: Connection, un: str, autre: str, agent: str) -> None:
    """Ce que cet agent vient d'écarter est à dire au registre, quand il y en aura un et qu'il répondra."""
    if autre not in ("", un):
        regler(connexion, f"{_A_DIRE}{un} {autre}", agent)


def ecarts_a_dire(connexion: Connection) -> list[Ecart]:
    """Les paires à dire ; pas celles dont ce poste tient l'un pour discret."""
    lus = [(*cle.removeprefix(_A_DIRE).split(), agent) for cle, agent in reglages(connexion, _A_DIRE).items()]
    discrets = set(connexion.scalars(select(schema.dossier.c.id).where(schema.dossier.c.discret)))
    return [Ecart(un, autre, agent) for un, autre, agent in lus if discrets.isdisjoint((un, autre))]


def ecart_dit(connexion: Connection, ecart: Ecart) -> None:
    """Cette paire n'est plus à dire."""
    connexion.execute(delete(schema.reglage).where(schema.reglage.c.cle == f"{_A_DIRE}{ecart.a} {ecart.b}"))


def oublier_l_ecart(connexion: Connection, un: str, autre: str) -> None:
    """Ces deux dossiers peuvent se proposer de nouveau."""
    connexion.execute(delete(schema.doublon).where(_paire(un, autre)))


def ecartes(connexion: Connection, dossier: str) -> set[str]:
    """Ceux dont une personne a dit qu'ils ne sont pas de la même personne que celui-ci."""
    paires = select(_DOUBLON.dossier, _DOUBLON.autre).where(
        _DOUBLON.ecarte, or_(_DOUBLON.dossier == dossier, _DOUBLON.autre == dossier)
    )
    return {un for ligne in connexion.execute(paires) for un in ligne} - {dossier}


def _paire(un: str, autre: str) -> ColumnElement[bool]:
    return or_(
        and_(_DOUBLON.dossier == un, _DOUBLON.autre == autre), and_(_DOUBLON.dossier == autre, _DOUBLON.autre == un)
    )


def doublons(connexion: Connection, dossier: str | None, lisibles: ColumnElement[bool]) -> list[Semblable]:
    """Les ressemblances que personne n'a écartées, les plus fortes d'abord."""
    requete = _doublons().where(lisibles).order_by(_DOUBLON.score.desc(), _DOUBLON.autre)
    lignes = connexion.execute(requete if dossier is None else requete.where(_DOUBLON.dossier == dossier)).all()
    tenus = _tenus(connexion, {ligne.autre for ligne in lignes})
    return [
        Semblable(
            ligne.dossier,
            ligne.titre,
            ligne.autre,
            ligne.guichet,
            tuple(json.loads(ligne.raisons)),
            ligne.score,
            ligne.autre in tenus,
        )
        for ligne in lignes
    ]


def compter_doublons(connexion: Connection, lisibles: ColumnElement[bool]) -> int:
    """Combien de dossiers ressemblent à un autre."""
    return connexion.execute(select(func.count()).select_from(_doublons().where(lisibles).subquery())).scalar_one()


def noms_des_postes(connexion: Connection) -> dict[str, PosteConnu]:
    """Le nom de chaque poste connu et celui de son guichet."""
    return {ligne.id: PosteConnu(ligne.nom, ligne.guichet) for ligne in connexion.execute(select(schema.poste_connu))}


def recus(connexion: Connection, limite: int, lisibles: ColumnElement[bool]) -> list[RecuTenu]:
    """Les derniers reçus du registre, le plus récent d'abord."""
    requete = (
        select(schema.recu, schema.dossier.c.id.label("dossier"), schema.dossier.c.titre, schema.dossier.c.discret)
        .join(schema.operation, schema.operation.c.id == schema.recu.c.operation)
        .join(schema.dossier, schema.dossier.c.id == schema.operation.c.dossier)
        .where(lisibles)
        .order_by(schema.recu.c.quand.desc(), schema.ordre_des_operations.desc())
        .limit(limite)
    )
    return [_recu(ligne) for ligne in connexion.execute(requete)]


def divergences(connexion: Connection, lisibles: ColumnElement[bool]) -> list[tuple[str, str, str]]:
    """Chaque unité qui diverge : le dossier, son titre, l'unité."""
    requete = (
        select(schema.divergence, schema.dossier.c.titre)
        .join(schema.dossier)
        .where(lisibles)
        .order_by(schema.divergence.c.dossier, schema.divergence.c.unite)
    )
    return [(ligne.dossier, ligne.titre, ligne.unite) for ligne in connexion.execute(requete)]


def compter_divergences(connexion: Connection, lisibles: ColumnElement[bool]) -> int:
    """Combien d'unités divergent."""
    de_dossiers = schema.divergence.join(schema.dossier)
    return connexion.execute(select(func.count()).select_from(de_dossiers).where(lisibles)).scalar_one()


def _doublons() -> Select[Any]:
    """D'un dossier devenu discret, ni lui ni celui à qui il ressemble n'en disent plus rien."""
    discrets = select(schema.dossier.c.id).where(schema.dossier.c.discret).scalar_subquery()
    return (
        select(schema.doublon, schema.dossier.c.titre)
        .join(schema.dossier)
        .where(_DOUBLON.ecarte.is_(False), schema.dossier.c.etat == OUVERT)
        .where(_DOUBLON.dossier.not_in(discrets), _DOUBLON.autre.not_in(discrets))
    )


def _tenus(connexion: Connection, dossiers: Collection[str]) -> set[str]:
    colonnes = schema.dossier.c
    return set(connexion.scalars(select(colonnes.id).where(colonnes.id.in_(dossiers), colonnes.etat == OUVERT)))


def _recu(ligne: Row[Any]) -> RecuTenu:
    champs = () if ligne.discret else tuple(json.loads(ligne.champs))
    return RecuTenu(
        ligne.operation, ligne.dossier, ligne.titre, ligne.issue, champs, datetime.fromisoformat(ligne.quand)
    )
