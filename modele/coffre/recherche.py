"""Chercher : par les termes les plus rares, puis par ressemblance. Un dossier discret n'a que deux portes exactes."""

from __future__ import annotations

import math
from collections import defaultdict
from heapq import nlargest, nsmallest

from sqlalchemy import Connection, bindparam, select

from modele.coffre.demande import Demande, lire_demande
from modele.coffre.depot import resume
from modele.coffre.fiches import Fiche, cle_discrete
from modele.coffre.listes import Trouve
from modele.coffre.proximite import SEUIL, Ressemblance, ressemblance
from modele.coffre.schema import dossier, frequence, personne, porte_discrete

_TERMES_PAR_GROUPE = 6
_LIGNES_AU_PLUS = 15_000
_CANDIDATS = 80

_FREQUENCES = select(frequence).where(
    frequence.c.terme.in_(bindparam("termes", expanding=True)), frequence.c.nombre > 0
)
_PERSONNES = select(personne).where(personne.c.id.in_(bindparam("ids", expanding=True)))
_DOSSIERS = select(dossier).where(dossier.c.id.in_(bindparam("ids", expanding=True)))


def rechercher(connexion: Connection, texte: str, limite: int) -> list[Trouve]:
    """Les dossiers qui ressemblent à ``texte``, les plus ressemblants d'abord."""
    demande = lire_demande(texte)
    scores = _par_reference(connexion, demande) | _par_porte_discrete(connexion, demande)
    for identifiant, trouvee in _par_ressemblance(connexion, demande).items():
        scores.setdefault(identifiant, trouvee)
    meilleurs = sorted(scores.items(), key=lambda un: (-un[1].score, un[0]))[:limite]
    lignes = {ligne.id: ligne for ligne in connexion.execute(_DOSSIERS, {"ids": [un for un, _ in meilleurs]})}
    return [
        Trouve(identifiant, resume(lignes[identifiant]), trouvee.raisons, trouvee.score)
        for identifiant, trouvee in meilleurs
    ]


def _par_reference(connexion: Connection, demande: Demande) -> dict[str, Ressemblance]:
    requete = select(dossier.c.id).where(dossier.c.reference == demande.reference)
    return {ligne.id: Ressemblance(1.0, ("même référence",)) for ligne in connexion.execute(requete)}


def _par_porte_discrete(connexion: Connection, demande: Demande) -> dict[str, Ressemblance]:
    cle = cle_discrete(list(demande.mots), demande.naissance)
    requete = select(porte_discrete.c.dossier).where(porte_discrete.c.cle == cle)
    trouvee = Ressemblance(1.0, ("nom complet et date de naissance",))
    return {ligne.dossier: trouvee for ligne in connexion.execute(requete)}


def _par_ressemblance(connexion: Connection, demande: Demande) -> dict[str, Ressemblance]:
    trouvees: dict[str, Ressemblance] = {}
    for ligne in connexion.execute(_PERSONNES, {"ids": _candidats(connexion, demande)}):
        trouvee = ressemblance(demande, Fiche(*ligne[2:]))
        deja = trouvees.get(ligne.dossier)
        if trouvee.score >= SEUIL and (deja is None or trouvee.score > deja.score):
            trouvees[ligne.dossier] = trouvee
    return trouvees


def _candidats(connexion: Connection, demande: Demande) -> list[int]:
    """Les personnes qui partagent le plus de termes rares avec la demande."""
    rares = _termes_rares(connexion, demande.termes())
    total = sum(rares.values())
    poids: defaultdict[int, float] = defaultdict(float)
    # Le curseur nu : une ligne de SQLAlchemy coûterait quatre fois sa lecture, et il y en a des milliers.
    curseur = connexion.connection.cursor()
    for terme, nombre in rares.items():
        rarete = math.log(1 + total / nombre)
        curseur.execute("SELECT rowid FROM terme WHERE terme MATCH ? LIMIT ?", (terme, _LIGNES_AU_PLUS))
        for (identifiant,) in curseur.fetchall():
            poids[identifiant] += rarete
    return nlargest(_CANDIDATS, poids, key=poids.__getitem__)


def _termes_rares(connexion: Connection, groupes: list[list[str]]) -> dict[str, int]:
    """Les plus rares de chaque groupe : une faute de frappe fait des termes rares, et faux, dans un seul groupe."""
    cherches = {terme for groupe in groupes for terme in groupe}
    nombres = {ligne.terme: ligne.nombre for ligne in connexion.execute(_FREQUENCES, {"termes": list(cherches)})}
    gardes = {
        terme
        for groupe in groupes
        for terme in nsmallest(_TERMES_PAR_GROUPE, set(groupe) & nombres.keys(), key=nombres.__getitem__)
    }
    rares: dict[str, int] = {}
    lues = 0
    for terme in sorted(gardes, key=lambda terme: (nombres[terme], terme)):
        lues += nombres[terme]
        if rares and lues > _LIGNES_AU_PLUS:
            break
        rares[terme] = nombres[terme]
    return rares
