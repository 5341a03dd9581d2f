"""Les comptes des postes : ce qu'ils déclarent, ce que le registre a fermé, et au titre de quoi une opération se juge.

Un état ne se retire jamais et le dernier l'emporte, quel que soit l'ordre où ils arrivent : une déclaration en retard,
ou d'un coffre remis d'une copie, ne rend pas un compte fermé. Un poste qui n'a rien déclaré se juge comme avant.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, Engine, Row, bindparam, select
from sqlalchemy.dialects import postgresql

from modele.genres import livres
from modele.protocole.messages import ComptesTenus, Declaration, DeclarationSignee, EtatDeCompte, lire
from modele.protocole.signatures import texte_de_declaration, verifier
from registre.base.moteur import lecture, unite_de_travail
from registre.base.schema import compte, compteur, fermeture, poste
from registre.service.consultations import AGENT_AU_PLUS, nom_d_agent
from registre.service.jetons import Porteur
from registre.service.refus import Refuse, refuser
from registre.service.verification import est_identifiant

JOURS: Final = "jours_hors_de_portee"
"""Le compteur du territoire où se garde le délai, s'il en a un."""
_ETATS_AU_PLUS: Final = 2000
_ROLES_AU_PLUS: Final = 40
_DU_POSTE: Final = (
    select(compte)
    .where(compte.c.territoire == bindparam("territoire"), compte.c.poste == bindparam("poste"))
    .order_by(compte.c.depuis, compte.c.id)
)
_FERMETURES: Final = select(fermeture.c.nom, fermeture.c.ferme_le, fermeture.c.rouvert_le).where(
    fermeture.c.territoire == bindparam("territoire"), fermeture.c.poste == bindparam("poste")
)


class CompteRefuse(Exception):
    """Rien ne se fait sous ce nom à cet instant. ``code`` : ``compte_inconnu`` ou ``compte_ferme``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(slots=True)
class Vie:
    """Ce qu'un compte a été : ses états déclarés, du plus ancien au plus récent, et les temps où il est fermé ici."""

    etats: list[Row[Any]] = field(default_factory=list)
    fermetures: list[tuple[datetime, datetime | None]] = field(default_factory=list)

    @property
    def ferme_ici(self) -> bool:
        """Vrai s'il est fermé au registre aujourd'hui."""
        return any(rouvert is None for _, rouvert in self.fermetures)

    def a(self, quand: datetime) -> Row[Any]:
        """Son état à cet instant ; avant le premier, celui-là."""
        return next((etat for etat in reversed(self.etats) if etat.depuis <= quand), self.etats[0])

    def ouvert_a(self, quand: datetime) -> bool:
        """Vrai si, à cet instant, ni le poste ni le registre ne l'avait fermé."""
        if any(debut <= quand and (fin is None or quand < fin) for debut, fin in self.fermetures):
            return False
        return not self.a(quand).ferme


class ComptesDuPoste:
    """Les comptes d'un poste. Vide : il n'en a déclaré aucun, ses opérations se jugent avec ses seuls rôles."""

    def __init__(self, vies: dict[str, Vie] | None = None) -> None:
        self.vies = {nom: vie for nom, vie in (vies or {}).items() if vie.etats}
        self._depuis = min((vie.etats[0].depuis for vie in self.vies.values()), default=None)

    def roles(self, nom: str, quand: datetime, du_poste: Collection[str]) -> frozenset[str]:
        """Les rôles au titre desquels ce nom agit à cet instant. Lève ``CompteRefuse``.

        Un compte qui a tous les rôles ``sans_registre`` a ceux de son poste, comme au coffre. Sans nom (le code de
        secours), et ce qui date d'avant que ce poste ait des comptes, se juge avec ceux du poste.
        """
        permis = frozenset(du_poste)
        if self._depuis is None or not nom:
            return permis
        vie = self.vies.get(nom)
        if vie is None:
            if quand < self._depuis:
                return permis
            raise CompteRefuse("compte_inconnu")
        if not vie.ouvert_a(quand):
            raise CompteRefuse("compte_ferme")
        siens = frozenset(vie.a(quand).roles)
        return permis if siens.issuperset(livres().droits.sans_registre) else permis & siens


def du_poste(connexion: Connection, territoire: str, lequel: str) -> ComptesDuPoste:
    """Les comptes de ce poste, tels qu'ils sont dans cette transaction."""
    cles = {"territoire": territoire, "poste": lequel}
    vies: dict[str, Vie] = defaultdict(Vie)
    for etat in connexion.execute(_DU_POSTE, cles):
        vies[etat.nom].etats.append(etat)
    if vies:
        for nom, ferme_le, rouvert_le in connexion.execute(_FERMETURES, cles):
            vies[nom].fermetures.append((ferme_le, rouvert_le))
    return ComptesDuPoste(vies)


_REFUS: Final = {
    "compte_inconnu": "Le registre ne connaît pas encore votre compte sur ce poste : il l'apprend au prochain échange.",
    "compte_ferme": "Votre compte est fermé au registre. Voyez la personne qui administre le registre.",
}


def au_nom(moteur: Engine, porteur: Porteur, agent: str, maintenant: datetime) -> Porteur:
    """Le poste, avec les seuls rôles de l'agent pour qui il demande. Lève ``Refuse`` (403) : inconnu, ou fermé."""
    siens = lecture(moteur, partial(du_poste, territoire=porteur.territoire, lequel=porteur.poste))
    try:
        return replace(porteur, roles=siens.roles(nom_d_agent(agent), maintenant, porteur.roles))
    except CompteRefuse as refus:
        raise refuser(403, refus.code, _REFUS[refus.code]) from None


def declarer(moteur: Engine, porteur: Porteur, dite: DeclarationSignee, maintenant: datetime) -> ComptesTenus:
    """Retient les comptes que ce poste déclare ; rend ce que le registre en tient. Se redit sans rien changer.

    Lève ``Refuse`` : illisible, démesurée (422) ; d'un autre poste, ou que sa clé n'a pas signée (403).
    """
    lue = _lue(porteur, dite)
    return unite_de_travail(moteur, partial(_retenir, porteur=porteur, etats=lue.etats, maintenant=maintenant))


def _lue(porteur: Porteur, dite: DeclarationSignee) -> Declaration:
    if not verifier(porteur.cle, dite.signature, texte_de_declaration(dite.octets)):
        raise refuser(403, "signature_fausse", "Ces comptes ne sont pas signés par ce poste : rien n'a été gardé.")
    try:
        lue = lire(dite.octets, Declaration)
    except msgspec.DecodeError:
        raise _illisible() from None
    if (lue.territoire, lue.poste) != (porteur.territoire, porteur.poste):
        raise refuser(403, "territoire", "Ces comptes sont ceux d'un autre poste : rien n'a été gardé.")
    if len(lue.etats) > _ETATS_AU_PLUS or not all(_bien_forme(etat) for etat in lue.etats):
        raise _illisible()
    return lue


def _illisible() -> Refuse:
    return refuser(422, "comptes_illisibles", "Les comptes de ce poste ne se lisent pas : rien n'a été gardé.")


def _bien_forme(etat: EtatDeCompte) -> bool:
    nom_juste = etat.nom.isprintable() and etat.nom == etat.nom.strip() and 0 < len(etat.nom) <= AGENT_AU_PLUS
    roles_justes = len(etat.roles) <= _ROLES_AU_PLUS and all(
        role.isprintable() and len(role) <= AGENT_AU_PLUS for role in etat.roles
    )
    # Un instant sans fuseau ne se compare à rien.
    return est_identifiant(etat.id) and nom_juste and roles_justes and etat.depuis.tzinfo is not None


def _retenir(connexion: Connection, porteur: Porteur, etats: list[EtatDeCompte], maintenant: datetime) -> ComptesTenus:
    ici = (poste.c.territoire == porteur.territoire, poste.c.id == porteur.poste)
    # Une déclaration à la fois, et jamais au milieu d'un lot de ce poste.
    connexion.execute(select(poste.c.id).where(*ici).with_for_update(key_share=True)).one()
    lignes = [_ligne(porteur, etat, maintenant) for etat in etats]
    if lignes:
        connexion.execute(postgresql.insert(compte).on_conflict_do_nothing(), lignes)
    return _tenus(connexion, porteur, {etat.id for etat in etats}, maintenant)


def _ligne(porteur: Porteur, etat: EtatDeCompte, maintenant: datetime) -> dict[str, Any]:
    return {
        "territoire": porteur.territoire,
        "poste": porteur.poste,
        "id": etat.id,
        "nom": etat.nom,
        "roles": list(etat.roles),
        "ferme": etat.ferme,
        "depuis": etat.depuis,
        "recu_le": maintenant,
    }


def _tenus(connexion: Connection, porteur: Porteur, dits: Collection[str], maintenant: datetime) -> ComptesTenus:
    vies = du_poste(connexion, porteur.territoire, porteur.poste).vies
    ignores = (etat for vie in vies.values() for etat in vie.etats if etat.id not in dits)
    return ComptesTenus(
        maintenant,
        tuple(sorted(nom for nom, vie in vies.items() if vie.ferme_ici)),
        tuple(_dits(ignores)),
        jours(connexion, porteur.territoire),
    )


def _dits(lignes: Iterable[Row[Any]]) -> Iterable[EtatDeCompte]:
    for une in sorted(lignes, key=lambda une: (une.depuis, une.id)):
        yield EtatDeCompte(une.id, une.nom, tuple(une.roles), une.depuis, une.ferme)


def jours(connexion: Connection, territoire: str) -> int:
    """Combien de jours un compte vit hors de portée, si ce territoire le dit ; 0 sinon."""
    requete = select(compteur.c.valeur).where(compteur.c.territoire == territoire, compteur.c.nom == JOURS)
    return int(connexion.execute(requete).scalar_one_or_none() or 0)
