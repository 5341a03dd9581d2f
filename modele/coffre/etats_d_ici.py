"""L'état d'un dossier que le registre n'a jamais rendu : ses opérations nées ici, rejouées par la même fusion.

Sans registre, deux dossiers d'une même personne se fondent ainsi : leurs têtes sont celles que le registre tiendrait.
Dans la transaction qu'on donne.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from msgspec import UNSET
from sqlalchemy import Connection, select

from modele.coffre import schema
from modele.coffre.lignes import ABSORBE, operation_de
from modele.dossier.operations import Operation
from modele.fusion import EtatDossier, absorber, fusionner

ABSORBES: Final = "absorbes."
"""Le champ d'un dossier qui en nomme un autre, fondu en lui."""
_OPERATION: Final = schema.operation.c
_OBJET: Final = schema.dossier.c


def etat_d_ici(connexion: Connection, dossier: str, poste: str = "") -> EtatDossier:
    """Ses opérations rejouées, et celles de ceux que ce poste a fondus en lui. ``poste`` : l'auteur, au registre."""
    nees = operations_d_ici(connexion, dossier)
    etat = EtatDossier(dossier, nees[0].entete.territoire, genre=nees[0].entete.genre)
    for operation in nees:
        etat = fusionner(etat, operation, poste).etat
        for absorbe in absorbes_par(operation):
            if absorbe in fondus_dans(connexion, dossier):
                etat = absorber(etat, etat_d_ici(connexion, absorbe, poste))
    return etat


def operations_d_ici(connexion: Connection, dossier: str) -> list[Operation]:
    """Celles qui valent, de la plus ancienne à la plus récente : ni refusées par le registre, ni annulées ici."""
    ecartees = select(schema.quarantaine.c.operation)
    requete = select(schema.operation).where(_OPERATION.dossier == dossier, _OPERATION.id.not_in(ecartees))
    return [operation_de(ligne) for ligne in connexion.execute(requete.order_by(schema.ordre_des_operations))]


def absorbes_par(operation: Operation) -> Iterator[str]:
    """Les dossiers que cette opération fond dans le sien."""
    for chemin, champ in operation.champs.items():
        if chemin.startswith(ABSORBES) and champ.apres is not UNSET:
            yield chemin.removeprefix(ABSORBES)


def fondus_dans(connexion: Connection, dossier: str) -> set[str]:
    """Ceux qui ne sont plus que dans ce dossier."""
    requete = select(_OBJET.id).where(_OBJET.absorbe_par == dossier, _OBJET.etat == ABSORBE)
    return set(connexion.scalars(requete))
