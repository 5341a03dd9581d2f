"""Le moteur (SQLAlchemy sur psycopg) et les unités de travail, rejouées entières quand PostgreSQL les refuse.

Une unité est une fonction d'une connexion : elle lit, écrit, et ne laisse rien ailleurs. Deux unités qui se gênent
(40001, 40P01) se rejouent ; le reste du monde (base arrêtée, occupée, disque plein) se dit en français.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeVar

from psycopg.types.array import ListBinaryDumper
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.exc import TimeoutError as PoolEpuise

from modele.regles.fautes import ErreurUtilisateur

T = TypeVar("T")
Isolation = Literal["READ COMMITTED", "REPEATABLE READ", "SERIALIZABLE", "AUTOCOMMIT"]

REJOUABLES: Final = frozenset({"40001", "40P01"})
CONNEXIONS: Final = 20
_REGLAGES: Final = " ".join(
    f"-c {reglage}"
    for reglage in (
        "timezone=UTC",
        "statement_timeout=60s",
        "lock_timeout=15s",
        "idle_in_transaction_session_timeout=60s",
        # Un plan retenu sur une table vide servait encore quand elle tenait dix mille dossiers : chaque saisie coûtait
        # moitié plus.
        "plan_cache_mode=force_custom_plan",
    )
)
_INJOIGNABLE = "La base du registre ne répond pas. Rien n'est perdu : réessayez dans quelques instants."
_OCCUPEE = "La base du registre est très occupée. Rien n'est perdu : réessayez dans quelques instants."
_PLEINE = "Le disque de la base du registre est plein : rien n'a été enregistré. Prévenez l'administrateur."
_LECTURE_SEULE: Final = "25006"
_EN_LECTURE = "La base du registre n'accepte plus d'écriture : rien n'a été enregistré. Prévenez l'administrateur."


class BaseIndisponible(ErreurUtilisateur):
    """La base ne peut pas répondre maintenant. ``code`` : base_injoignable, occupee, pleine ou en_lecture."""

    def __init__(self, code: str, phrase: str) -> None:
        super().__init__(phrase)
        self.code = code


@dataclass(frozen=True, slots=True)
class Reprises:
    """Combien d'essais, et l'attente entre deux : doublée à chaque fois, avec gigue, plafonnée (en secondes)."""

    essais: int = 8
    premiere_s: float = 0.01
    plafond_s: float = 1.0
    dormir: Callable[[float], None] = time.sleep
    hasard: Callable[[], float] = random.random

    def attendre(self, essai: int) -> None:
        """Attend avant l'essai qui suit ``essai`` (le premier est 0)."""
        self.dormir(min(self.plafond_s, self.premiere_s * 2**essai) * (0.5 + self.hasard() / 2))


REPRISES: Final = Reprises()


def creer_moteur(adresse: str, au_rejeu: Callable[[str], None] | None = None) -> Engine:
    """Le moteur de ``postgresql://…`` ; ``au_rejeu`` reçoit la cause de chaque rejeu. Ne se connecte pas encore.

    Lève ``ErreurUtilisateur`` si l'adresse ne se lit pas.
    """
    moteur = create_engine(
        _url(adresse),
        pool_size=CONNEXIONS,
        max_overflow=0,
        pool_timeout=15,
        # Une erreur de PostgreSQL ne doit pas recopier un nom dans une trace.
        hide_parameters=True,
        connect_args={"connect_timeout": 5, "application_name": "perron-registre", "options": _REGLAGES},
        execution_options={"au_rejeu": au_rejeu} if au_rejeu else {},
    )
    event.listen(moteur, "connect", _listes_binaires)
    return moteur


def _listes_binaires(connexion: Any, _: object) -> None:
    """Une liste s'envoie en binaire : en texte, chaque état de dossier se réécrivait en hexadécimal, puis échappé."""
    connexion.adapters.register_dumper(list, ListBinaryDumper)


def unite_de_travail(
    moteur: Engine,
    fonction: Callable[[Connection], T],
    *,
    isolation: Isolation = "READ COMMITTED",
    lecture_seule: bool = False,
    reprises: Reprises = REPRISES,
) -> T:
    """Rend ``fonction(connexion)``, menée dans une transaction validée ; rejouée entière après 40001 ou 40P01.

    Lève ``BaseIndisponible`` ; toute autre exception de ``fonction`` annule la transaction et sort telle quelle.
    """
    for essai in range(reprises.essais):
        if essai:
            reprises.attendre(essai - 1)
        try:
            return _mener(moteur, fonction, isolation, lecture_seule)
        except _ARejouer as rejeu:
            prevenir = moteur.get_execution_options().get("au_rejeu")
            if prevenir:
                prevenir(rejeu.cause)
            derniere = rejeu
    raise derniere.phrase from derniere.panne


def lecture(moteur: Engine, fonction: Callable[[Connection], T], *, reprises: Reprises = REPRISES) -> T:
    """Une unité qui ne fait que lire, sur une vue stable de la base. Lève ``BaseIndisponible``."""
    return unite_de_travail(moteur, fonction, isolation="REPEATABLE READ", lecture_seule=True, reprises=reprises)


def question(moteur: Engine, fonction: Callable[[Connection], T], *, reprises: Reprises = REPRISES) -> T:
    """Une seule requête, qui ne fait que lire : sans transaction, elle coûte deux allers-retours de moins.

    Lève ``BaseIndisponible``.
    """
    return unite_de_travail(moteur, fonction, isolation="AUTOCOMMIT", reprises=reprises)


class _ARejouer(Exception):
    """L'essai est annulé sans trace ; ``cause`` : le code SQL, ou « connexion » si elle s'est rompue."""

    def __init__(self, cause: str, phrase: BaseIndisponible, panne: Exception) -> None:
        self.cause, self.phrase, self.panne = cause, phrase, panne


def _mener(moteur: Engine, fonction: Callable[[Connection], T], isolation: Isolation, lecture_seule: bool) -> T:
    validation = False
    try:
        with moteur.connect() as connexion:
            connexion.execution_options(isolation_level=isolation, postgresql_readonly=lecture_seule)
            with connexion.begin():
                rendu = fonction(connexion)
                validation = True
            return rendu
    except PoolEpuise as panne:
        raise BaseIndisponible("base_occupee", _OCCUPEE) from panne
    except DBAPIError as panne:
        indisponible = _indisponible(panne)
        cause = _code(panne)
        # Une lecture qui écrit est une erreur à nous, pas une base qui refuse.
        if indisponible is None or (lecture_seule and cause == _LECTURE_SEULE):
            raise
        # Rompue pendant la validation, la transaction a peut-être été gardée : la rejouer ferait deux fois.
        if cause in REJOUABLES or (panne.connection_invalidated and not validation):
            raise _ARejouer(cause or "connexion", indisponible, panne) from panne
        raise indisponible from panne


def _code(panne: DBAPIError) -> str:
    return getattr(panne.orig, "sqlstate", None) or ""


def _indisponible(panne: DBAPIError) -> BaseIndisponible | None:
    """Ce que dit du monde une erreur de PostgreSQL ; ``None`` : l'erreur est la nôtre."""
    code = _code(panne)
    if code in REJOUABLES or code in ("55P03", "57014", "53300"):
        return BaseIndisponible("base_occupee", _OCCUPEE)
    # Une connexion refusée ne porte pas de code : PostgreSQL n'a même pas pu la préparer.
    if code in ("53100", "53200") or (not code and "No space left on device" in str(panne.orig)):
        return BaseIndisponible("base_pleine", _PLEINE)
    if code == _LECTURE_SEULE:
        return BaseIndisponible("base_en_lecture", _EN_LECTURE)
    # Une connexion refusée ne porte pas toujours de code.
    muette = not code and type(panne).__name__ == "OperationalError"
    if muette or panne.connection_invalidated or code[:2] in ("08", "28", "3D") or code in ("57P01", "57P02", "57P03"):
        return BaseIndisponible("base_injoignable", _INJOIGNABLE)
    return None


def _url(adresse: str) -> URL:
    try:
        url = make_url(adresse)
    except (ArgumentError, ValueError):
        raise ErreurUtilisateur(_ADRESSE) from None
    if url.get_backend_name() not in ("postgresql", "postgres") or not url.database:
        raise ErreurUtilisateur(_ADRESSE)
    return url.set(drivername="postgresql+psycopg")


_ADRESSE = "L'adresse de la base ne se lit pas. Écrivez : postgresql://compte:mot-de-passe@hote:5432/base"
