"""Les données publiées par un territoire (grilles, fiches, lieux, numéros, paramètres, repères) : datées, signées."""

from __future__ import annotations

import hashlib
import re
from datetime import datetime
from functools import partial
from typing import Final

from sqlalchemy import Connection, Engine, func, insert, select
from sqlalchemy.dialects.postgresql import distinct_on

from modele.protocole.messages import Referentiel
from modele.protocole.signatures import signer, texte_du_referentiel
from modele.regles.fautes import ErreurUtilisateur
from registre.base.moteur import lecture, unite_de_travail
from registre.base.schema import referentiel, territoire
from registre.service.administration import exiger_territoire
from registre.service.cles import lire_cle
from registre.service.refus import refuser

TAILLE_AU_PLUS: Final = 32 * 1024 * 1024
_NOM: Final = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")


def publier(moteur: Engine, ou: str, nom: str, contenu: bytes, maintenant: datetime) -> Referentiel:
    """Publie la version suivante. Lève ``ErreurUtilisateur`` : territoire inconnu, nom ou taille refusés."""
    if not _NOM.fullmatch(nom):
        raise ErreurUtilisateur(
            f"« {nom} » ne convient pas pour un référentiel : minuscules, chiffres, points, tirets ; 64 signes au plus."
        )
    if not 0 < len(contenu) <= TAILLE_AU_PLUS:
        raise ErreurUtilisateur(f"Le référentiel « {nom} » est vide ou dépasse 32 Mio. Vérifiez le fichier.")
    return unite_de_travail(moteur, partial(_publier, ou=ou, nom=nom, contenu=contenu, maintenant=maintenant))


def lister(moteur: Engine, ou: str) -> list[Referentiel]:
    """La dernière version de chaque référentiel, par nom."""
    r = referentiel.c
    requete = (
        select(r.nom, r.version, r.taille, r.empreinte, r.signature, r.publie_le)
        .where(r.territoire == ou)
        .ext(distinct_on(r.nom))
        .order_by(r.nom, r.version.desc())
    )
    lignes = lecture(moteur, lambda connexion: connexion.execute(requete).all())
    return [Referentiel(un.nom, un.version, un.taille, un.empreinte.hex(), un.signature, un.publie_le) for un in lignes]


def lire(moteur: Engine, ou: str, nom: str, version: int) -> bytes:
    """Les octets d'une version. Lève ``Refuse`` si elle n'existe pas."""
    r = referentiel.c
    requete = select(r.contenu).where(r.territoire == ou, r.nom == nom, r.version == version)
    contenu = lecture(moteur, lambda connexion: connexion.execute(requete).scalar_one_or_none())
    if contenu is None:
        raise refuser(404, "referentiel_inconnu", f"Le référentiel « {nom} » n'a pas de version {version}.")
    return bytes(contenu)


def _publier(connexion: Connection, ou: str, nom: str, contenu: bytes, maintenant: datetime) -> Referentiel:
    exiger_territoire(connexion, ou)
    # Deux publications du même nom se suivent : chacune sa version.
    connexion.execute(select(territoire.c.seq).where(territoire.c.territoire == ou).with_for_update())
    precedente = select(func.max(referentiel.c.version)).where(referentiel.c.territoire == ou, referentiel.c.nom == nom)
    version = (connexion.execute(precedente).scalar_one() or 0) + 1
    empreinte = hashlib.sha256(contenu).digest()
    signature = signer(lire_cle(connexion, ou, "signature"), texte_du_referentiel(ou, nom, version, contenu))
    connexion.execute(
        insert(referentiel).values(
            territoire=ou,
            nom=nom,
            version=version,
            contenu=contenu,
            taille=len(contenu),
            empreinte=empreinte,
            signature=signature,
            publie_le=maintenant,
        )
    )
    return Referentiel(nom, version, len(contenu), empreinte.hex(), signature, maintenant)
