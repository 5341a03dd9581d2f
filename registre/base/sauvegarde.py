"""Sauvegarder la base dans un fichier, et la remettre : d'un coup ou pas du tout.

Une base remise est plus vieille que ce que les postes ont vu : chaque territoire prend une poignée neuve, et les
postes repartent de zéro sans rien perdre de leur boîte d'envoi.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from time import monotonic, sleep
from typing import Final

from sqlalchemy import Connection, Engine, inspect, select, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError

from modele.regles.disque import raison
from modele.regles.fautes import ErreurUtilisateur
from registre.base import tenues
from registre.base.contenu import Contenu, contenu_de_la_base, contenu_du_fichier
from registre.base.migration import MIS_DE_COTE, SCHEMA_BASE, mettre_a_jour, version
from registre.base.moteur import lecture, unite_de_travail
from registre.base.programmes import Programmes, executables_livres, executables_pour
from registre.base.reprise import ouvrir_la_reprise
from registre.base.schema import territoire

_OCCUPEE: Final = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
    "AND application_name = 'perron-registre' AND pid <> pg_backend_pid()"
)
_DEPART_S: Final = 2.0
"""Ce qu'on laisse à une connexion rendue pour quitter le serveur."""


@dataclass(frozen=True, slots=True)
class Remise:
    """Une sauvegarde remise : ce que tenait la base ``avant``, et ``apres`` ; ``rejeu`` : ce qui s'y est rejoué."""

    avant: Contenu
    apres: Contenu
    rejeu: object = ""


Rejouer = Callable[..., object]
"""Transaction, ``ancien`` (le schéma de la base remplacée), ``maintenant`` ; rend ce qui a été rejoué."""


def sauvegarder(
    moteur: Engine, adresse: str, fichier: Path, *, autorite: bytes | None = None, garder: int = 1
) -> Contenu:
    """Écrit toute la base à côté de ``fichier``, la relit en entier, puis seulement remplace ; rend ce qu'elle tient.

    ``autorite`` : celle que les postes connaissent, gardée avec. ``garder`` : combien de sauvegardes en tout, les
    anciennes datées à côté. Lève ``ErreurUtilisateur`` ; l'ancienne sauvegarde est alors restée entière.
    """
    outils = _outils(moteur, exacts=False)
    provisoire = fichier.with_name(f".{fichier.name}.provisoire")
    try:
        _vider(adresse, outils, provisoire)
        tenu = _exiger_un_territoire(contenu_du_fichier(outils, provisoire))
        _exiger_le_meme_registre(outils, fichier, tenu)
        tenues.remplacer(fichier, provisoire, autorite, garder)
    except OSError as panne:
        raise ErreurUtilisateur(
            f"{fichier} : écriture impossible ({raison(panne)}). Choisissez un autre emplacement."
        ) from panne
    finally:
        with suppress(OSError):
            provisoire.unlink(missing_ok=True)
    return tenu


def _vider(adresse: str, outils: Programmes, ou: Path) -> None:
    """Toute la base dans ``ou``, lisible de nous seuls, et sur le disque."""
    ou.unlink(missing_ok=True)
    ou.touch(mode=0o600)
    sans, secret = _connexion(adresse)
    outils.executer(
        "pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--exclude-schema={MIS_DE_COTE}",
        f"--file={ou.absolute()}", f"--dbname={sans}", environnement=secret,
    )  # fmt: skip
    _durable(ou)


def _exiger_un_territoire(tenu: Contenu) -> Contenu:
    if not tenu.territoires:
        raise ErreurUtilisateur(
            "Ce registre ne tient aucun territoire : rien à sauvegarder, et l'ancienne sauvegarde n'a pas changé. "
            "Est-ce le bon dossier ? Dites-le : --donnees."
        )
    return tenu


def _exiger_le_meme_registre(outils: Programmes, fichier: Path, tenu: Contenu) -> None:
    """Une bonne sauvegarde ne cède pas sa place à celle d'un autre registre. Un fichier abîmé, si."""
    if not fichier.exists():
        return
    try:
        ancienne = contenu_du_fichier(outils, fichier)
    except ErreurUtilisateur:
        return
    if perdus := [nom for nom in ancienne.territoires if nom not in tenu.territoires]:
        raise ErreurUtilisateur(
            f"{fichier} est la sauvegarde d'un autre registre ({', '.join(perdus)}), que celui-ci ne tient pas "
            f"({', '.join(tenu.territoires)}). Rien n'a changé. Choisissez un autre nom, ou le bon dossier : --donnees."
        )


def exiger_une_sauvegarde(fichier: Path) -> None:
    """Lève ``ErreurUtilisateur`` si ``fichier`` n'est pas une sauvegarde entière qui tient un territoire."""
    _lire_une_sauvegarde(Programmes(executables_livres(), None, Path.cwd()), fichier)


def restaurer(
    moteur: Engine, adresse: str, fichier: Path, remplacer: bool = False, rejouer: Rejouer | None = None
) -> Remise:
    """Remet la base de ``fichier`` ; rend ce qu'elle tenait et ce qu'elle tient. ``remplacer`` : même occupée.

    ``rejouer`` : ce que dit encore la base remplacée, dans le schéma qu'on lui nomme, tant qu'elle est là.
    Lève ``ErreurUtilisateur`` : fichier illisible, vide ou trop récent, base occupée, registre en marche ; rien n'a
    changé.
    """
    outils = _outils(moteur, exacts=True)
    _lire_une_sauvegarde(outils, fichier)
    avant = lecture(moteur, contenu_de_la_base)
    # Nos connexions au repos compteraient pour un registre en marche.
    moteur.dispose()
    _attendre_le_repos(moteur)
    unite_de_travail(moteur, partial(_mettre_de_cote, remplacer=remplacer))
    try:
        ou, secret = _connexion(adresse)
        outils.executer(
            "pg_restore", "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges",
            f"--dbname={ou}", str(fichier.absolute()), environnement=secret,
        )  # fmt: skip
        lecture(moteur, _verifier)
        unite_de_travail(moteur, _garder_les_revocations)
        mettre_a_jour(moteur, restauration=True)
        maintenant = datetime.now(UTC)
        unite_de_travail(moteur, partial(ouvrir_la_reprise, maintenant=maintenant))
        rejeu = _rejouer(moteur, rejouer, maintenant) if rejouer else ""
    except BaseException:
        unite_de_travail(moteur, _remettre_comme_avant)
        raise
    unite_de_travail(moteur, _oublier_l_ancien)
    return Remise(avant, lecture(moteur, contenu_de_la_base), rejeu)


def _rejouer(moteur: Engine, rejouer: Rejouer, maintenant: datetime) -> object:
    """Une base remplacée parce qu'elle est abîmée n'empêche pas de remettre la sauvegarde."""
    try:
        return unite_de_travail(moteur, partial(rejouer, ancien=MIS_DE_COTE, maintenant=maintenant))
    except DBAPIError:
        return (
            "La base remplacée ne se lit plus : rien n'a pu en être rejoué. Ce qui a été effacé ou révoqué depuis la "
            "sauvegarde est à refaire, et les postes diront le reste."
        )


def _outils(moteur: Engine, exacts: bool) -> Programmes:
    version_du_serveur = lecture(
        moteur, lambda connexion: connexion.execute(text("SHOW server_version_num")).scalar_one()
    )
    return Programmes(executables_pour(int(version_du_serveur) // 10_000, exacts), None, Path.cwd())


def _lire_une_sauvegarde(outils: Programmes, fichier: Path) -> Contenu:
    if not fichier.is_file():
        raise ErreurUtilisateur(f"{fichier} : ce fichier n'existe pas. Vérifiez son nom et son dossier.")
    try:
        contenu = outils.executer("pg_restore", "--list", str(fichier.absolute()))
    except ErreurUtilisateur as panne:
        raise ErreurUtilisateur(f"{fichier} n'est pas une sauvegarde du registre, ou il est abîmé.") from panne
    if not all(f" TABLE public {table} " in contenu for table in ("territoire", "operation", "alembic_version")):
        raise ErreurUtilisateur(f"{fichier} n'est pas une sauvegarde du registre : il vient d'une autre base.")
    try:
        tenu = contenu_du_fichier(outils, fichier)
    except ErreurUtilisateur as panne:
        raise ErreurUtilisateur(
            f"{fichier} est abîmé : il ne se lit pas jusqu'au bout. "
            "Prenez une sauvegarde plus ancienne ; rien n'a changé."
        ) from panne
    if not tenu.territoires:
        raise ErreurUtilisateur(
            f"{fichier} est la sauvegarde d'un registre vide : aucun territoire. Prenez-en une autre ; rien n'a changé."
        )
    return tenu


def _attendre_le_repos(moteur: Engine) -> None:
    """Laisse à des connexions fermées l'instant qu'elles mettent à s'en aller de PostgreSQL."""
    terme = monotonic() + _DEPART_S
    # Une transaction par regard : dans la même, PostgreSQL redirait ce qu'il a vu d'abord.
    while lecture(moteur, _occupee) and monotonic() < terme:
        sleep(_DEPART_S / 50)


def _occupee(connexion: Connection) -> bool:
    return bool(connexion.execute(_OCCUPEE).scalar_one())


def _mettre_de_cote(connexion: Connection, remplacer: bool) -> None:
    if _occupee(connexion):
        raise ErreurUtilisateur("Un registre utilise cette base. Arrêtez-le, puis relancez la restauration.")
    if inspect(connexion).has_schema(MIS_DE_COTE):
        # Une restauration a été coupée : on repart de ce qu'il y avait avant elle.
        _remettre_comme_avant(connexion)
    tables = inspect(connexion).get_table_names(schema="public")
    if tables and "territoire" not in tables:
        raise ErreurUtilisateur("Cette base contient autre chose qu'un registre. Donnez une base vide : --base.")
    if "territoire" in tables and not remplacer and connexion.execute(select(territoire.c.territoire)).first():
        raise ErreurUtilisateur(
            "Cette base tient déjà un registre. Pour le remplacer par la sauvegarde, ajoutez --remplacer : "
            "ce qu'il contient sera perdu."
        )
    connexion.execute(text(f"ALTER SCHEMA public RENAME TO {MIS_DE_COTE}"))
    connexion.execute(text("CREATE SCHEMA public"))


def _remettre_comme_avant(connexion: Connection) -> None:
    connexion.execute(text("DROP SCHEMA IF EXISTS public CASCADE"))
    connexion.execute(text(f"ALTER SCHEMA {MIS_DE_COTE} RENAME TO public"))


def _oublier_l_ancien(connexion: Connection) -> None:
    connexion.execute(text(f"DROP SCHEMA {MIS_DE_COTE} CASCADE"))


def _verifier(connexion: Connection) -> None:
    remise = version(connexion)
    if remise > SCHEMA_BASE:
        raise ErreurUtilisateur(
            f"Cette sauvegarde vient d'un registre plus récent (schéma {remise}, connu {SCHEMA_BASE}). "
            "Mettez le registre à jour sur ce serveur, puis recommencez."
        )


def _garder_les_revocations(connexion: Connection) -> None:
    """Un poste volé, révoqué depuis la sauvegarde, ne rentre pas par elle : la base remplacée s'en souvient."""
    if inspect(connexion).has_table("poste", schema=MIS_DE_COTE):
        connexion.execute(
            text(
                f"UPDATE public.poste AS remis SET revoque_le = ancien.revoque_le FROM {MIS_DE_COTE}.poste AS ancien "
                "WHERE remis.territoire = ancien.territoire AND remis.id = ancien.id "
                "AND remis.revoque_le IS NULL AND ancien.revoque_le IS NOT NULL"
            )
        )


def _connexion(adresse: str) -> tuple[str, dict[str, str]]:
    """L'adresse sans son mot de passe, qui passe par l'environnement : les autres comptes voient nos arguments."""
    url = make_url(adresse)
    secret = {"PGPASSWORD": str(url.password)} if url.password else {}
    sans = URL.create("postgresql", url.username, host=url.host, port=url.port, database=url.database, query=url.query)
    return sans.render_as_string(), secret


def _durable(fichier: Path) -> None:
    descripteur = os.open(fichier, os.O_RDWR)
    try:
        os.fsync(descripteur)
    finally:
        os.close(descripteur)
