"""Chercher : par les termes les plus rares, puis par ressemblance. Un dossier discret n'y a que sa référence.

Ce qui le trouve par son nom est dans ``porte_discrete``, que rien ici ne lit : mots et durée sont les mêmes, qu'il y en
ait un ou non.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, fields
from heapq import nsmallest
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, bindparam, select
from sqlalchemy.engine.interfaces import DBAPICursor

from modele.coffre.lignes import ABSORBE, OUVERT, resumables, resume
from modele.coffre.listes import Trouve
from modele.coffre.schema import dossier
from modele.dossier.numeros import relire_provisoire
from modele.dossier.operations import DOSSIER
from modele.ressemblance.degrossir import les_plus_proches
from modele.ressemblance.demande import Demande, lire_demande
from modele.ressemblance.fiches import Fiche, numero_nu
from modele.ressemblance.phonetique import mots
from modele.ressemblance.proximite import SEUIL, Ressemblance, la_meilleure, ressemblance

NOM_DE_NAISSANCE = "nom de naissance"
_TERMES_PAR_GROUPE = 8
_LIGNES_AU_PLUS = 11_000
_LIGNES_QUI_DESIGNENT = 6_000
# Un nom mal écrit et rien d'autre laisse des centaines de gens à égalité ; une date en laisse moins.
_CANDIDATS, _CANDIDATS_DATES = 800, 400
_COMPARES = 30
_COMPARES_D_ABORD = 12

_COLONNES = ", ".join(("dossier", *(champ.name for champ in fields(Fiche))))
# Une liste se donne et se rend en JSON, d'un bloc : une ligne rendue à Python coûte plus que de la trouver, et il y en
# a des milliers.
_PERSONNES = f"SELECT {_COLONNES} FROM json_each(?) AS voulu CROSS JOIN personne ON personne.id = voulu.value"
_MOTS = (
    "SELECT json_group_array(noms || ' ' || prenoms) "
    "FROM json_each(?) AS voulu CROSS JOIN personne ON personne.id = voulu.value"
)
_NOMBRES = "SELECT terme, nombre FROM frequence WHERE nombre > 0 AND terme IN (SELECT value FROM json_each(?))"
_PORTEURS = "SELECT json_group_array(rowid) FROM (SELECT rowid FROM terme WHERE terme MATCH ? LIMIT ?)"
_DOSSIERS = resumables().where(dossier.c.id.in_(bindparam("ids", expanding=True)))


@dataclass(frozen=True, slots=True)
class _Terme:
    texte: str
    nombre: int
    part: float


def rechercher(connexion: Connection, texte: str, limite: int) -> list[Trouve]:
    """Les dossiers qui ressemblent à ``texte``, les plus ressemblants d'abord."""
    demande = lire_demande(texte)
    designes = _par_reference(connexion, demande) or _par_numero_provisoire(connexion, texte)
    return _trouves(connexion, designes or _par_ressemblance(connexion, demande), limite)


def ressemblants(connexion: Connection, demande: Demande, limite: int) -> list[Trouve]:
    """Ceux qui ressemblent à une personne dont on sait ce qui est nom et ce qui est prénom."""
    return _trouves(connexion, _par_ressemblance(connexion, demande), limite)


def _trouves(connexion: Connection, scores: Mapping[str, Ressemblance], limite: int) -> list[Trouve]:
    meilleurs = sorted(scores.items(), key=lambda un: (-un[1].score, un[0]))[:limite]
    lignes = {ligne.id: ligne for ligne in connexion.execute(_DOSSIERS, {"ids": [un for un, _ in meilleurs]})}
    return [
        Trouve(
            identifiant,
            resume(lignes[identifiant]),
            _raisons(trouvee, lignes[identifiant].titre),
            trouvee.score,
            trouvee.meme,
        )
        for identifiant, trouvee in meilleurs
    ]


def _raisons(trouvee: Ressemblance, titre: str) -> tuple[str, ...]:
    """Pourquoi il est là ; un nom que la liste ne montre pas est le nom de naissance, sous un nom d'usage."""
    montres = mots(titre)
    cache = any(nom not in montres for nom in trouvee.noms)
    return (*trouvee.raisons, NOM_DE_NAISSANCE) if cache else trouvee.raisons


def _par_reference(connexion: Connection, demande: Demande) -> dict[str, Ressemblance]:
    if not demande.reference:
        return {}
    trouves = _suivre(connexion, dossier.c.reference == demande.reference)
    return {identifiant: Ressemblance(1.0, ("même référence",)) for identifiant in trouves}


def _par_numero_provisoire(connexion: Connection, texte: str) -> dict[str, Ressemblance]:
    """Le numéro provisoire se cherche pour toujours ; d'un dossier discret, il ne mène à rien."""
    numero = relire_provisoire(texte)
    if numero is None:
        return {}
    trouves = _suivre(connexion, dossier.c.provisoire == numero_nu(numero), dossier.c.discret.is_(False))
    return {identifiant: Ressemblance(1.0, ("même numéro provisoire",)) for identifiant in trouves}


def _suivre(connexion: Connection, designe: ColumnElement[bool], *permis: ColumnElement[bool]) -> set[str]:
    """Les dossiers tenus ici que ceci désigne ; un dossier fondu dans un autre mène à lui."""
    colonnes, trouves = dossier.c, set()
    a_suivre = list(connexion.execute(select(colonnes.id, colonnes.etat, colonnes.absorbe_par).where(designe)))
    vus: set[str] = set()
    while a_suivre:
        ligne = a_suivre.pop()
        vus.add(ligne.id)
        if ligne.etat == OUVERT:
            trouves.add(ligne.id)
        elif ligne.etat == ABSORBE and ligne.absorbe_par not in vus:
            suivant = select(colonnes.id, colonnes.etat, colonnes.absorbe_par).where(colonnes.id == ligne.absorbe_par)
            a_suivre += connexion.execute(suivant)
    return set(
        connexion.scalars(select(colonnes.id).where(colonnes.id.in_(trouves), colonnes.genre == DOSSIER, *permis))
    )


def _par_ressemblance(connexion: Connection, demande: Demande) -> dict[str, Ressemblance]:
    # Le curseur nu : une ligne de SQLAlchemy coûterait quatre fois sa lecture, et il y en a des milliers.
    curseur = connexion.connection.cursor()
    trouvees: dict[str, Ressemblance] = {}
    for identifiant, *colonnes in _a_comparer(curseur, demande):
        trouvee = ressemblance(demande, Fiche(*colonnes))
        if trouvee.score >= SEUIL:
            trouvees[identifiant] = la_meilleure(trouvees.get(identifiant), trouvee)
    return trouvees


def _a_comparer(curseur: DBAPICursor, demande: Demande) -> list[tuple[str, ...]]:
    """Les personnes que l'index désigne le mieux, puis, de toutes celles qu'il désigne, les plus proches de nom."""
    ids = _candidats(curseur, demande, _CANDIDATS_DATES if demande.naissance else _CANDIDATS)
    if len(ids) > _COMPARES and demande.mots:
        reste = ids[_COMPARES_D_ABORD:]
        noms: list[str] = _d_un_bloc(curseur, _MOTS, json.dumps(reste))
        proches = les_plus_proches(demande.mots, noms, _COMPARES - _COMPARES_D_ABORD)
        ids = [*ids[:_COMPARES_D_ABORD], *(reste[rang] for rang in proches)]
    curseur.execute(_PERSONNES, (json.dumps(ids[:_COMPARES]),))
    return list(curseur.fetchall())


def _d_un_bloc(curseur: DBAPICursor, instruction: str, *valeurs: object) -> list[Any]:
    curseur.execute(instruction, valeurs)
    [(bloc,)] = curseur.fetchall()
    # msgspec : trois fois plus vite que json sur des milliers de nombres.
    return msgspec.json.decode(bloc, type=list)


def _candidats(curseur: DBAPICursor, demande: Demande, combien: int) -> list[int]:
    """Les personnes qui partagent le plus de termes avec la demande.

    Les termes rares désignent des personnes ; les communs départagent seulement celles qui le sont déjà.
    """
    poids: dict[int, float] = {}
    lues = 0
    for terme in _termes(curseur, demande):
        personnes: list[int] = _d_un_bloc(curseur, _PORTEURS, terme.texte, _LIGNES_AU_PLUS)
        if lues and lues + terme.nombre > _LIGNES_QUI_DESIGNENT:
            personnes = [identifiant for identifiant in personnes if identifiant in poids]
        for identifiant in personnes:
            poids[identifiant] = poids.get(identifiant, 0.0) + terme.part
        lues += terme.nombre
    return sorted(poids, key=poids.__getitem__, reverse=True)[:combien]


def _termes(curseur: DBAPICursor, demande: Demande) -> list[_Terme]:
    """Les termes à lire, du plus rare au plus commun.

    Chaque groupe a son budget et son poids : une faute de frappe fait des termes rares et faux, mais dans un seul.
    """
    groupes = demande.termes()
    cherches = list({terme for groupe in groupes for terme in groupe.termes})
    curseur.execute(_NOMBRES, (json.dumps(cherches),))
    nombres = dict(curseur.fetchall())
    gardes: list[_Terme] = []
    for groupe in groupes:
        connus = {terme: nombres[terme] for terme in groupe.termes if terme in nombres}
        gardes += _du_groupe(connus, groupe.poids, _LIGNES_AU_PLUS // len(groupes))
    return sorted(gardes, key=lambda terme: terme.nombre)


def _du_groupe(nombres: dict[str, int], poids: float, lignes: int) -> list[_Terme]:
    """Les plus rares qui tiennent ensemble dans ``lignes``, au moins un ; ils se partagent le poids du groupe."""
    rares: dict[str, int] = {}
    for terme in nsmallest(_TERMES_PAR_GROUPE, nombres, key=nombres.__getitem__):
        lignes -= nombres[terme]
        if rares and lignes < 0:
            break
        rares[terme] = nombres[terme]
    raretes = {terme: 1 / math.log(2 + nombre) for terme, nombre in rares.items()}
    somme = sum(raretes.values())
    return [_Terme(terme, rares[terme], poids * rarete / somme) for terme, rarete in raretes.items()]
