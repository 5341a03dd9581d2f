"""L'histoire d'un dossier : une violence y a-t-elle un jour été dite, même effacée. Dans la transaction qu'on donne.

Une marque par dossier se pose quand une violence s'écrit ou se reçoit : elle reste quand la réponse est retirée, quand
le miroir se refait et quand le dossier sort d'ici ; la purge l'efface. Ce qu'un coffre plus ancien n'a pas marqué se
retrouve dans ses opérations, lues seulement quand un adulte entre dans un dossier.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from msgspec import UNSET
from sqlalchemy import Connection, delete, insert, select

from modele.coffre import miroirs, schema
from modele.coffre.lignes import operation_de
from modele.dossier.chemins import Document
from modele.dossier.documents import decoder
from modele.dossier.operations import Operation
from modele.fusion import EtatDossier
from modele.protection import etats
from modele.protection.violences import affirme, affirmes

_MARQUE: Final = "histoire."
_DOSSIER: Final = schema.dossier.c
_OPERATION: Final = schema.operation.c
_REGLAGE: Final = schema.reglage.c


def retenir(connexion: Connection, operations: Iterable[Operation]) -> None:
    """Marque les dossiers où ces opérations, qui viennent de naître, disent une violence."""
    _marquer(connexion, [une.entete.dossier for une in operations if _affirme(une)])


def retenir_les_vues(
    connexion: Connection, documents: Iterable[Document], projetes: Iterable[EtatDossier] = ()
) -> None:
    """Marque ceux de ces documents, venus du registre, qui disent une violence, et ces états si une tête en dit une."""
    dits = [document["id"] for document in documents if affirmes(document)]
    # D'un état dont chaque unité n'a qu'une tête, le document dit tout.
    multiples = (etat for etat in projetes if any(len(tetes) > 1 for tetes in etat.unites.values()))
    _marquer(connexion, [*dits, *(etat.dossier for etat in multiples if etats.a_porte(etat))])


def a_porte(connexion: Connection, dossier: str) -> bool:
    """Vrai si une violence a un jour été dite dans ce dossier, ou dans un de ceux fondus en lui."""
    dossiers = avec_les_absorbes(connexion, dossier)
    marques = select(_REGLAGE.cle).where(_REGLAGE.cle.in_([f"{_MARQUE}{un}" for un in dossiers])).limit(1)
    if connexion.scalar(marques) is not None:
        return True
    courant = connexion.scalar(select(_DOSSIER.document).where(_DOSSIER.id == dossier))
    if courant is not None and affirmes(decoder(courant)):
        return True
    miroir = miroirs.etat_du_miroir(connexion, dossier)
    return (miroir is not None and etats.a_porte(miroir)) or _dite_ici(connexion, dossiers)


def oublier(connexion: Connection, dossier: str) -> None:
    """Le dossier est effacé partout : la marque aussi."""
    connexion.execute(delete(schema.reglage).where(_REGLAGE.cle == f"{_MARQUE}{dossier}"))


def _dite_ici(connexion: Connection, dossiers: Sequence[str]) -> bool:
    requete = select(schema.operation).where(_OPERATION.dossier.in_(dossiers), _OPERATION.contenu.is_not(None))
    return any(_affirme(operation_de(ligne)) for ligne in connexion.execute(requete))


def _affirme(operation: Operation) -> bool:
    return any(
        affirme(chemin, valeur)
        for chemin, champ in operation.champs.items()
        for valeur in (champ.apres, champ.avant)
        if valeur is not UNSET
    )


def avec_les_absorbes(connexion: Connection, dossier: str) -> list[str]:
    """Le dossier et ceux dont l'histoire est la sienne, de proche en proche."""
    tous = [dossier]
    for un in tous:
        tous += connexion.scalars(select(_DOSSIER.id).where(_DOSSIER.absorbe_par == un, _DOSSIER.id.not_in(tous)))
    return tous


def _marquer(connexion: Connection, dossiers: Sequence[str]) -> None:
    if dossiers:
        lignes = [{"cle": f"{_MARQUE}{dossier}", "valeur": "oui"} for dossier in dossiers]
        connexion.execute(insert(schema.reglage).prefix_with("OR IGNORE"), lignes)
