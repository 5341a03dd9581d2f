"""Faire entrer un poste : un code à usage unique contre ses deux clés publiques."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    FromClause,
    Row,
    case,
    false,
    func,
    insert,
    literal,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.dialects import postgresql

from modele.droits import Action, Perimetre
from modele.genres import livres
from modele.protocole.messages import Enrole, Enrolement
from modele.protocole.scellement import cle_publique_de_scellement
from modele.protocole.signatures import cle_publique
from registre.base.moteur import unite_de_travail
from registre.base.schema import code_enrolement, dossier, guichet, perimetre, poste, territoire
from registre.service.cles import lire_cle
from registre.service.codes import relire_code
from registre.service.ecartes import oter_du_poste
from registre.service.jetons import empreinte_de
from registre.service.refus import refuser
from registre.service.retours import en_reprise

_CLE: Final = 32
_NOM_AU_PLUS: Final = 120
_IDENTIFIANT_AU_PLUS: Final = 64


def enroler(moteur: Engine, demande: Enrolement, maintenant: datetime) -> Enrole:
    """Inscrit le poste et lui donne ce que ses rôles lisent ; une réponse perdue se redemande à l'identique.

    Lève ``Refuse`` : code inconnu, échu ou déjà utilisé (403), identifiant de poste déjà pris (409), clés (422).
    """
    _exiger_bien_formee(demande)
    return unite_de_travail(moteur, partial(_inscrire, demande=demande, maintenant=maintenant))


def _exiger_bien_formee(demande: Enrolement) -> None:
    nom_juste = demande.nom.isprintable() and 0 < len(demande.nom.strip()) <= _NOM_AU_PLUS
    identifiant_juste = demande.poste.isprintable() and 0 < len(demande.poste) <= _IDENTIFIANT_AU_PLUS
    if not (nom_juste and identifiant_juste and len(demande.cle_signature) == len(demande.cle_scellement) == _CLE):
        raise refuser(
            422,
            "enrolement_invalide",
            f"Un poste s'enrôle avec un identifiant ({_IDENTIFIANT_AU_PLUS} signes au plus), un nom "
            f"({_NOM_AU_PLUS} au plus) et deux clés de {_CLE} octets.",
        )


def _inscrire(connexion: Connection, demande: Enrolement, maintenant: datetime) -> Enrole:
    lieu, secret = relire_code(demande.code)
    ou = (code_enrolement.c.territoire == lieu, code_enrolement.c.empreinte == empreinte_de(secret))
    # Verrouillée : deux postes qui présentent le même code passent l'un après l'autre.
    code = connexion.execute(select(code_enrolement).where(*ou).with_for_update()).one_or_none()
    if code is None:
        raise refuser(403, "code_inconnu", "Ce code d'enrôlement n'existe pas. Recopiez-le, ou demandez-en un autre.")
    if code.utilise_le is not None:
        _exiger_le_meme(connexion, code, demande)
    elif code.expire_le <= maintenant:
        raise refuser(403, "code_echu", "Ce code d'enrôlement est échu. Demandez-en un autre à l'administrateur.")
    else:
        _poser(connexion, code, demande, maintenant)
        connexion.execute(update(code_enrolement).where(*ou).values(utilise_le=maintenant, poste=demande.poste))
    return _reponse(connexion, code, maintenant)


def _exiger_le_meme(connexion: Connection, code: Row[Any], demande: Enrolement) -> None:
    """Le code a servi : seul le poste qui l'a utilisé, avec les mêmes clés, en redemande la réponse."""
    requete = select(poste.c.id).where(
        poste.c.territoire == code.territoire,
        poste.c.id == code.poste,
        poste.c.id == demande.poste,
        poste.c.cle_signature == demande.cle_signature,
        poste.c.cle_scellement == demande.cle_scellement,
    )
    if connexion.execute(requete).one_or_none() is None:
        raise refuser(
            403,
            "code_utilise",
            "Ce code d'enrôlement a déjà servi, et pas pour ce poste. Prévenez l'administrateur : il vérifie "
            "quel poste l'a utilisé, le révoque si nul ne le connaît, et vous donne un autre code.",
        )


def _poser(connexion: Connection, code: Row[Any], demande: Enrolement, maintenant: datetime) -> None:
    pose = postgresql.insert(poste).values(
        territoire=code.territoire,
        id=demande.poste,
        guichet=code.guichet,
        nom=demande.nom.strip(),
        cle_signature=demande.cle_signature,
        cle_scellement=demande.cle_scellement,
        roles=code.roles,
        enrole_le=maintenant,
        # Pendant une reprise, lui aussi dit d'abord ce qu'il tient : la sauvegarde ne le connaissait peut-être pas.
        absent=en_reprise(code.territoire),
        attendu=en_reprise(code.territoire),
    )
    if connexion.execute(pose.on_conflict_do_nothing().returning(poste.c.id)).one_or_none() is None:
        raise refuser(409, "poste_existant", "Un poste porte déjà cet identifiant : le poste en tire un autre.")
    donner_les_dossiers(connexion, code, demande.poste)


def donner_les_dossiers(connexion: Connection, code: Row[Any], nouveau: str) -> None:
    """Les objets du guichet qu'il n'a jamais tenus entrent dans le périmètre du poste, chacun avec sa séquence neuve.

    ``code`` : son territoire, son guichet, ses rôles. Pendant une reprise, rien : l'un d'eux est peut-être devenu
    discret depuis la sauvegarde. La fin de la reprise les lui donne.
    """
    if connexion.execute(select(en_reprise(code.territoire))).scalar_one():
        return
    ici = territoire.c.territoire == code.territoire
    deja = select(perimetre.c.dossier).where(
        perimetre.c.territoire == code.territoire, perimetre.c.poste == nouveau, perimetre.c.dossier == dossier.c.id
    )
    # Le compteur d'abord : plus aucun dossier ne s'ouvre ici avant la fin de cette transaction.
    seq = connexion.execute(select(territoire.c.seq).where(ici).with_for_update()).scalar_one()
    dossiers = select(
        literal(code.territoire),
        literal(nouveau),
        dossier.c.id,
        seq + func.row_number().over(order_by=dossier.c.id),
        false(),
    ).where(dossier.c.territoire == code.territoire, dossier.c.tombe.is_(None), _lus(code), ~deja.exists())
    colonnes = ["territoire", "poste", "dossier", "sequence", "sorti"]
    donner = insert(perimetre).from_select(colonnes, dossiers).execution_options(preserve_rowcount=True)
    donnes = connexion.execute(donner).rowcount
    # Rien n'en est encore lu : ce dont ce lieu est écarté n'y a jamais été.
    oter_du_poste(connexion, code.territoire, nouveau)
    if donnes:
        connexion.execute(update(territoire).where(ici).values(seq=seq + donnes))


def _lus(code: Row[Any]) -> ColumnElement[bool]:
    """Vrai d'un objet que l'un de ces rôles lit ; rattaché, il faut lire aussi son dossier."""
    suivi = dossier.alias("suivi")
    lisibles = select(suivi.c.id).where(suivi.c.territoire == code.territoire, _lisibles(code, suivi, False))
    rattaches = _lisibles(code, dossier, True) & dossier.c.rattache.in_(lisibles)
    return _lisibles(code, dossier, False) | rattaches


def _lisibles(code: Row[Any], de: FromClause, rattaches: bool) -> ColumnElement[bool]:
    """Vrai des objets, rattachés ou non, dont l'un de ces rôles lit le genre ; ``de`` : la table, ou son alias."""
    genres = [genre.id for genre in livres().par_id.values() if bool(genre.rattache) is rattaches]
    return or_(false(), *(_lit(code, de, genre) for genre in genres))


def _lit(code: Row[Any], de: FromClause, genre: str) -> ColumnElement[bool]:
    ordinaire, discret = (_jusqu_ou(code, de, genre, action) for action in (Action.LIRE, Action.LIRE_DISCRET))
    return (de.c.genre == genre) & case((de.c.discret, discret), else_=ordinaire)


def _jusqu_ou(code: Row[Any], de: FromClause, genre: str, action: Action) -> ColumnElement[bool]:
    permet = livres().droits.permet
    if permet(code.roles, genre, action, Perimetre.TERRITOIRE):
        return true()
    return de.c.guichet == code.guichet if permet(code.roles, genre, action, Perimetre.LIEU) else false()


def _reponse(connexion: Connection, code: Row[Any], maintenant: datetime) -> Enrole:
    nom = select(guichet.c.nom).where(guichet.c.territoire == code.territoire, guichet.c.id == code.guichet)
    return Enrole(
        territoire=code.territoire,
        guichet=code.guichet,
        nom_guichet=connexion.execute(nom).scalar_one(),
        roles=tuple(code.roles),
        cle_registre=cle_publique(lire_cle(connexion, code.territoire, "signature")),
        scellement_registre=cle_publique_de_scellement(lire_cle(connexion, code.territoire, "scellement")),
        instant=maintenant,
    )
