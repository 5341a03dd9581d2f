"""Les corrections urgentes que ce poste a reçues, et qui les a lues. Dans la transaction qu'on donne.

Une correction est dite par le manifeste du paquet, signé avec lui ; les publications suivantes la redisent.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Final, NamedTuple

from sqlalchemy import Connection, select

from modele.coffre import journaux, schema
from modele.coffre.listes import InformationTenue
from modele.protection.referents import meme_agent
from modele.protocole.signatures import verifier
from modele.regles.fautes import ErreurUtilisateur
from modele.sources import Urgence, lire_paquet, ouvrir

_LUES: Final = "corrections.lues."
_TENU: Final = schema.referentiel.c


class _Manifeste(NamedTuple):
    version: str
    nationale: bool
    urgence: Urgence | None


# Par nom : la signature du paquet ouvert, et ce qu'il dit. Un poste en tient quelques dizaines.
_OUVERTS: Final[dict[str, tuple[bytes, _Manifeste | None]]] = {}


def tenues(connexion: Connection) -> list[InformationTenue]:
    """Les paquets que ce poste tient du registre, par nom, avec la dernière correction urgente de chacun."""
    genres = ouvrir().natures.genres
    requete = select(_TENU.nom, _TENU.version, _TENU.signature, _TENU.recu_le).order_by(_TENU.nom)
    return [
        InformationTenue(
            ligne.nom, ligne.version, datetime.fromisoformat(ligne.recu_le).astimezone(),
            *dit,
        )
        for ligne in connexion.execute(requete).all()
        if ligne.nom.partition(".")[0] in genres
        and (dit := _manifeste(connexion, ligne.nom, bytes(ligne.signature))) is not None
    ]  # fmt: skip


def rang(connexion: Connection, chemin: str) -> int:
    """La dernière correction urgente qui a changé ce fichier (« fiches/conge/fr.md ») ; 0 : aucune."""
    natures = ouvrir().natures
    rangs = [0]
    for tenue in tenues(connexion):
        if tenue.urgence is not None:
            genre, _, identifiant = tenue.nom.partition(".")
            situer = natures.genres[genre].situer
            rangs += [un for nom, un in tenue.urgence.rangs.items() if situer(identifiant, nom) == chemin]
    return max(rangs)


def connues(connexion: Connection) -> list[str]:
    """« fiche.conge@2 » pour chaque correction tenue : ce que sait un papier qui sort maintenant."""
    return [f"{une.nom}@{une.urgence.rang}" for une in tenues(connexion) if une.urgence is not None]


def a_lire(connexion: Connection, agent: str) -> list[InformationTenue]:
    """Celles que cet agent n'a pas lues, la plus récente d'abord."""
    lues = _lues(connexion, agent)
    urgentes = [une for une in tenues(connexion) if une.urgence is not None and lues.get(une.nom, 0) < une.urgence.rang]
    return sorted(urgentes, key=lambda une: (une.recu_le, une.nom), reverse=True)


def lire(connexion: Connection, agent: str, nom: str, rang_lu: int) -> None:
    """Cet agent a lu cette correction ; une plus récente se dira de nouveau."""
    lues = _lues(connexion, agent)
    lues[nom] = max(rang_lu, lues.get(nom, 0))
    journaux.regler(connexion, _LUES + meme_agent(agent), json.dumps(lues, sort_keys=True))


def _lues(connexion: Connection, agent: str) -> dict[str, int]:
    lues: dict[str, int] = json.loads(journaux.reglage(connexion, _LUES + meme_agent(agent)) or "{}")
    return lues


def _manifeste(connexion: Connection, nom: str, signature: bytes) -> _Manifeste | None:
    """Ce que dit le manifeste de ce paquet : ouvert une fois, sa signature dit lequel c'est."""
    deja = _OUVERTS.get(nom)
    if deja is None or deja[0] != signature:
        contenu = connexion.execute(select(_TENU.contenu).where(_TENU.nom == nom)).scalar_one()
        deja = _OUVERTS[nom] = (signature, _ouvrir(bytes(contenu), nom))
    return deja[1]


def _ouvrir(contenu: bytes, nom: str) -> _Manifeste | None:
    try:
        paquet = lire_paquet(contenu, nom, ouvrir().natures, verifier)
    except ErreurUtilisateur:
        # Les sources le mettent de côté, et le disent.
        return None
    return _Manifeste(paquet.version, paquet.nationale, paquet.urgence)
