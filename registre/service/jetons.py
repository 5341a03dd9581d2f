"""Prouver qui l'on est : un défi à signer, un jeton court, et ce qu'il ouvre. À l'heure du registre seulement.

Le défi porte sa propre preuve (HMAC) : en demander n'écrit rien. Il ne sert qu'une fois, même rejoué en même temps.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Final

import msgspec
from sqlalchemy import Connection, Engine, bindparam, delete, insert, select
from sqlalchemy.dialects import postgresql

from modele.protocole.messages import Defi, DemandeDeDefi, DemandeDeJeton, Jeton
from modele.protocole.signatures import texte_du_defi, verifier
from registre.base.moteur import lecture, question, unite_de_travail
from registre.base.schema import defi, jeton, poste
from registre.service.cles import lire_cle
from registre.service.refus import Refuse, refuser

DUREE_DU_DEFI: Final = timedelta(minutes=2)
DUREE_DU_JETON: Final = timedelta(minutes=10)
# La marge où un jeton échu se dit « échu », et non « inconnu ».
_SOUVENIR: Final = timedelta(hours=1)

# Construite une fois : chaque requête passe par elle.
_TENU = (
    select(
        jeton.c.expire_le,
        poste.c.id,
        poste.c.guichet,
        poste.c.roles,
        poste.c.revoque_le,
        poste.c.cle_signature,
        poste.c.attendu,
    )
    .join(poste, (poste.c.territoire == jeton.c.territoire) & (poste.c.id == jeton.c.poste))
    .where(jeton.c.territoire == bindparam("territoire"), jeton.c.empreinte == bindparam("empreinte"))
)


@dataclass(frozen=True, slots=True)
class Porteur:
    """Le poste que son jeton a fait connaître : ce qu'il peut voir se décide d'après cela, jamais d'après ses dires.

    ``cle`` : celle qui vérifie ses signatures (32 octets). ``attendu`` : la base a été restaurée depuis son passage.
    """

    territoire: str
    poste: str
    guichet: str
    roles: frozenset[str]
    cle: bytes
    attendu: bool = False


def donner_defi(moteur: Engine, demande: DemandeDeDefi, maintenant: datetime) -> Defi:
    """Un défi à signer. Le même pour un poste inconnu : la demande n'apprend rien. Lève ``Refuse``."""
    cle = lecture(moteur, partial(lire_cle, territoire=demande.territoire, nom="defi"))
    expire = int((maintenant + DUREE_DU_DEFI).timestamp())
    valeur = f"{expire}.{secrets.token_hex(16)}"
    return Defi(f"{valeur}.{_sceau(cle, demande.territoire, demande.poste, valeur)}", maintenant)


def donner_jeton(moteur: Engine, demande: DemandeDeJeton, maintenant: datetime) -> Jeton:
    """Un jeton contre un défi signé. Lève ``Refuse`` : défi faux, échu ou servi, signature fausse, poste révoqué."""
    secret = f"{demande.territoire}.{secrets.token_urlsafe(32)}"
    unite_de_travail(moteur, partial(_inscrire, demande=demande, secret=secret, maintenant=maintenant))
    return Jeton(secret, int(DUREE_DU_JETON.total_seconds()), maintenant)


def reconnaitre(moteur: Engine, presente: str, maintenant: datetime) -> Porteur:
    """Le poste qui porte ce jeton. Lève ``Refuse`` : jeton inconnu ou échu (401), poste révoqué (403)."""
    territoire = presente.partition(".")[0]
    cles = {"territoire": territoire, "empreinte": empreinte_de(presente)}
    ligne = question(moteur, lambda connexion: connexion.execute(_TENU, cles).one_or_none())
    if ligne is None:
        raise refuser(401, "jeton_inconnu", "Ce poste doit se faire reconnaître de nouveau par le registre.")
    if ligne.revoque_le is not None:
        raise revoque()
    if ligne.expire_le <= maintenant:
        raise refuser(401, "jeton_echu", "La session de ce poste est échue : il se fait reconnaître de nouveau.")
    cle = bytes(ligne.cle_signature)
    return Porteur(territoire, ligne.id, ligne.guichet, frozenset(ligne.roles), cle, ligne.attendu)


def empreinte_de(secret: str) -> bytes:
    """Ce que la base garde d'un secret."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).digest()


def _inscrire(connexion: Connection, demande: DemandeDeJeton, secret: str, maintenant: datetime) -> None:
    territoire = demande.territoire
    valeur, expire = _defi_verifie(lire_cle(connexion, territoire, "defi"), demande, maintenant)
    _exiger_le_poste(connexion, demande)
    for table in (defi, jeton):
        perimes = table.c.expire_le < maintenant - _SOUVENIR
        connexion.execute(delete(table).where(table.c.territoire == territoire, perimes))
    # L'unicité tranche entre deux rejeux simultanés : le second attend le premier, puis ne pose rien.
    pose = postgresql.insert(defi).values(territoire=territoire, valeur=valeur, expire_le=expire)
    if connexion.execute(pose.on_conflict_do_nothing().returning(defi.c.valeur)).one_or_none() is None:
        raise refuser(401, "defi_deja_servi", "Ce défi a déjà servi : le poste en demande un autre.")
    connexion.execute(
        insert(jeton).values(
            territoire=territoire,
            empreinte=empreinte_de(secret),
            poste=demande.poste,
            expire_le=maintenant + DUREE_DU_JETON,
        )
    )


def _exiger_le_poste(connexion: Connection, demande: DemandeDeJeton) -> None:
    requete = select(poste.c.cle_signature, poste.c.revoque_le).where(
        poste.c.territoire == demande.territoire, poste.c.id == demande.poste
    )
    ligne = connexion.execute(requete).one_or_none()
    texte = texte_du_defi(demande.territoire, demande.poste, demande.defi)
    if ligne is None or not verifier(ligne.cle_signature, demande.signature, texte):
        raise refuser(
            401, "signature_fausse", "Le registre ne reconnaît pas ce poste. Enrôlez-le avec un nouveau code."
        )
    if ligne.revoque_le is not None:
        raise revoque()


def _defi_verifie(cle: bytes, demande: DemandeDeJeton, maintenant: datetime) -> tuple[str, datetime]:
    valeur, _, sceau = demande.defi.rpartition(".")
    attendu = _sceau(cle, demande.territoire, demande.poste, valeur)
    if not hmac.compare_digest(sceau.encode("utf-8", "replace"), attendu.encode()):
        raise refuser(401, "defi_faux", "Ce défi ne vient pas de ce registre : le poste en demande un autre.")
    expire = datetime.fromtimestamp(int(valeur.partition(".")[0]), UTC)
    if expire <= maintenant:
        raise refuser(401, "defi_echu", "Ce défi est échu : le poste en demande un autre.")
    return valeur, expire


def _sceau(cle: bytes, territoire: str, poste: str, valeur: str) -> str:
    return hmac.new(cle, msgspec.json.encode((territoire, poste, valeur)), "sha256").hexdigest()


def revoque() -> Refuse:
    """Le refus que reçoit un poste révoqué, où qu'il se présente."""
    return refuser(
        403, "poste_revoque", "Ce poste a été révoqué : il n'a plus accès au registre. Voyez l'administrateur."
    )
