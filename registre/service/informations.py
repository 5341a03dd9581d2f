"""Ce que chaque poste tient de ce que le territoire publie : qui est en retard, et de quoi. Rien d'un dossier."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final

from sqlalchemy import Connection, Engine, delete, select
from sqlalchemy.dialects.postgresql import insert

from modele.protocole.messages import InformationsTenues, Referentiel
from registre.base.moteur import lecture, unite_de_travail
from registre.base.schema import information_tenue, poste
from registre.service.administration import exiger_territoire
from registre.service.jetons import Porteur
from registre.service.refus import refuser

AU_PLUS: Final = 1000
_TENUE: Final = information_tenue.c


@dataclass(frozen=True, slots=True)
class PosteInforme:
    """Ce qu'un poste a dit tenir. ``dit_le`` : la dernière fois ; ``None`` : il ne l'a jamais dit, on ne sait pas."""

    id: str
    nom: str
    guichet: str
    dit_le: datetime | None
    versions: dict[str, int]

    def retards(self, publies: list[Referentiel]) -> list[tuple[Referentiel, int]]:
        """Ce qu'il n'a pas encore : la publication, et la version qu'il tient (0 : aucune)."""
        return [(un, self.versions.get(un.nom, 0)) for un in publies if self.versions.get(un.nom, 0) < un.version]


def noter(moteur: Engine, porteur: Porteur, tenues: InformationsTenues, maintenant: datetime) -> InformationsTenues:
    """Ce poste tient ces versions, et elles seules ; rend ce qui a été retenu. Lève ``Refuse`` s'il y en a trop."""
    if len(tenues.versions) > AU_PLUS:
        raise refuser(413, "trop_de_versions", f"Un poste dit {AU_PLUS} versions au plus.")
    return unite_de_travail(moteur, partial(_noter, porteur=porteur, tenues=tenues, maintenant=maintenant))


def _noter(
    connexion: Connection, porteur: Porteur, tenues: InformationsTenues, maintenant: datetime
) -> InformationsTenues:
    du_poste = (_TENUE.territoire == porteur.territoire, _TENUE.poste == porteur.poste)
    connexion.execute(delete(information_tenue).where(*du_poste))
    lignes = [
        {
            "territoire": porteur.territoire,
            "poste": porteur.poste,
            "nom": nom,
            "version": version,
            "dite_le": maintenant,
        }
        for nom, version in sorted(tenues.versions.items())
    ]
    if lignes:
        # Deux échanges du même poste peuvent se croiser : le dernier vaut.
        dire = insert(information_tenue)
        ecrase = {"version": dire.excluded.version, "dite_le": dire.excluded.dite_le}
        connexion.execute(
            dire.on_conflict_do_update(index_elements=["territoire", "poste", "nom"], set_=ecrase), lignes
        )
    return tenues


def postes(moteur: Engine, ou: str) -> list[PosteInforme]:
    """Les postes non révoqués de ce territoire, par guichet et par nom. Lève ``ErreurUtilisateur`` : territoire."""
    return lecture(moteur, partial(_postes, ou=ou))


def _postes(connexion: Connection, ou: str) -> list[PosteInforme]:
    exiger_territoire(connexion, ou)
    versions: dict[str, dict[str, int]] = {}
    dits: dict[str, datetime] = {}
    for ligne in connexion.execute(select(information_tenue).where(_TENUE.territoire == ou)):
        versions.setdefault(ligne.poste, {})[ligne.nom] = ligne.version
        dits[ligne.poste] = max(ligne.dite_le, dits.get(ligne.poste, ligne.dite_le))
    actifs = select(poste.c.id, poste.c.nom, poste.c.guichet).where(
        poste.c.territoire == ou, poste.c.revoque_le.is_(None)
    )
    return [
        PosteInforme(un.id, un.nom, un.guichet, dits.get(un.id), versions.get(un.id, {}))
        for un in connexion.execute(actifs.order_by(poste.c.guichet, poste.c.nom, poste.c.id))
    ]
