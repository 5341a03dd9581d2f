"""Effacer un objet à la fin de sa durée de conservation : contenus, sels, état ; la chaîne reste vérifiable.

Restent les identifiants et les empreintes : rien ne ressuscite, une opération tardive est refusée.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from msgspec import structs
from sqlalchemy import Connection, Engine, LargeBinary, Text, delete, or_, select, update

from modele.protocole.messages import Recu, lire, octets
from modele.regles.fautes import ErreurUtilisateur
from registre.base.moteur import unite_de_travail
from registre.base.schema import dossier, doublon_ecarte, numero_unique, operation
from registre.base.tableaux import les, lignes, parmi
from registre.service import diffusion, personnes
from registre.service.tenus import PURGE, rattaches, verrouiller


def purger(moteur: Engine, territoire: str, lequel: str) -> int:
    """Efface ce dossier, ceux qu'il a absorbés et tout ce qui leur est rattaché ; rend combien d'opérations.

    Chaque poste qui le tient en reçoit la tombe. Déjà purgé : 0. Lève ``ErreurUtilisateur`` s'il est inconnu, ou fondu
    dans un autre (c'est l'autre qui se purge).
    """
    return unite_de_travail(moteur, partial(purger_ici, territoire=territoire, lequel=lequel))


def purger_ici(connexion: Connection, territoire: str, lequel: str) -> int:
    """Comme ``purger``, dans la transaction qu'on donne."""
    tenu = verrouiller(connexion, territoire, [lequel]).get(lequel)
    if tenu is None:
        raise ErreurUtilisateur(f"Aucun dossier {lequel} dans le territoire {territoire}. Vérifiez son identifiant.")
    if tenu.absorbe_par:
        raise ErreurUtilisateur(
            f"Le dossier {lequel} a été fondu dans le dossier {tenu.absorbe_par} : purgez celui-ci, les deux le seront."
        )
    if tenu.tombe:
        return 0
    tous = [lequel, *tenu.etat.absorbes]
    tous += rattaches(connexion, territoire, tous)
    verrouiller(connexion, territoire, sorted(tous[1:]))
    effacees = _effacer_les_contenus(connexion, territoire, tous)
    personnes.retirer(connexion, territoire, tous, tous)
    _effacer_les_traces(connexion, territoire, tous)
    avant = diffusion.prendre_des_sequences(connexion, territoire, len(tous))
    sequences = {un: sequence for sequence, un in enumerate(tous, avant + 1)}
    suite = lignes("suite", id=Text, sequence=diffusion.SEQUENCE)
    connexion.execute(
        update(dossier)
        .where(dossier.c.territoire == territoire, dossier.c.id == suite.c.id)
        .values(etat=None, tombe=PURGE, sequence=suite.c.sequence),
        les(id=list(sequences), sequence=list(sequences.values())),
    )
    diffusion.avancer(connexion, territoire, sequences)
    return effacees


def _effacer_les_contenus(connexion: Connection, territoire: str, tous: Sequence[str]) -> int:
    ici = (operation.c.territoire == territoire, parmi(operation.c.dossier, tous))
    requete = select(operation.c.id, operation.c.issue).where(*ici, operation.c.contenu.is_not(None))
    gardees = connexion.execute(requete).all()
    # Le reçu d'une divergence dit la valeur en vigueur : elle s'efface aussi.
    recus = [octets(structs.replace(lire(bytes(ligne.issue), Recu), vigueur={})) for ligne in gardees]
    suite = lignes("suite", id=Text, issue=LargeBinary)
    connexion.execute(
        update(operation)
        .where(operation.c.territoire == territoire, operation.c.id == suite.c.id)
        .values(sel=None, contenu=None, issue=suite.c.issue),
        les(id=[ligne.id for ligne in gardees], issue=recus),
    )
    return len(gardees)


def _effacer_les_traces(connexion: Connection, territoire: str, tous: Sequence[str]) -> None:
    """Le numéro unique et les ressemblances écartées désignent encore la personne."""
    connexion.execute(
        delete(numero_unique).where(numero_unique.c.territoire == territoire, parmi(numero_unique.c.dossier, tous))
    )
    cotes = or_(parmi(doublon_ecarte.c.a, tous), parmi(doublon_ecarte.c.b, tous))
    connexion.execute(delete(doublon_ecarte).where(doublon_ecarte.c.territoire == territoire, cotes))
