"""Qui ne tient jamais un dossier, et n'y écrit pas : les agents et les lieux que ses écarts nomment (``Genre.ecarte``).

Un lieu se reconnaît au nom d'un poste ou de son guichet ; un agent, au nom qui signe. Le refus est celui d'un dossier
inconnu.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, or_, select

from modele.dossier.chemins import Document
from modele.fusion import decoder_etat, document
from modele.genres import livres
from modele.protection.ecarts import LIEU, ecarte, leve
from registre.base.schema import dossier, guichet, perimetre, poste
from registre.base.tableaux import parmi_les
from registre.service.jetons import Porteur

Ecarts = dict[str, dict[str, Document]]
"""Par dossier, ses écarts par identifiant."""
_ECARTS: Final = select(dossier.c.id, dossier.c.rattache, dossier.c.etat).where(
    dossier.c.territoire == bindparam("ou"),
    parmi_les(dossier.c.rattache, "dossiers"),
    parmi_les(dossier.c.genre, "genres"),
    dossier.c.tombe.is_(None),
)
_SUIVIS: Final = select(dossier.c.rattache).where(
    dossier.c.territoire == bindparam("ou"), parmi_les(dossier.c.genre, "genres"), dossier.c.tombe.is_(None)
)
_LIEUX: Final = (
    select(poste.c.id, poste.c.nom, guichet.c.nom.label("du_guichet"))
    .join(guichet, (guichet.c.territoire == poste.c.territoire) & (guichet.c.id == poste.c.guichet))
    .where(poste.c.territoire == bindparam("ou"))
)


def lire(connexion: Connection, ou: str, dossiers: Collection[str]) -> Ecarts:
    """Les écarts de ces dossiers. À lire une fois les dossiers verrouillés : un écart neuf prend le même verrou."""
    genres = [un.id for un in livres().par_id.values() if un.ecarte]
    lus: Ecarts = {}
    if dossiers:
        cles = {"ou": ou, "dossiers": list(dossiers), "genres": genres}
        for ligne in connexion.execute(_ECARTS, cles):
            lus.setdefault(ligne.rattache, {})[ligne.id] = document(decoder_etat(ligne.etat))
    return lus


def postes_ecartes(connexion: Connection, ou: str, dossiers: Collection[str]) -> dict[str, frozenset[str]]:
    """Les postes qui ne tiennent jamais chacun de ces dossiers ; sans ceux que rien n'écarte."""
    lus = lire(connexion, ou, dossiers)
    if not any(LIEU in un and not leve(un) for siens in lus.values() for un in siens.values()):
        return {}
    lieux = connexion.execute(_LIEUX, {"ou": ou}).all()
    return {
        lequel: frozenset(un.id for un in lieux if _ecarte(siens.values(), "", (un.nom, un.du_guichet)))
        for lequel, siens in lus.items()
    }


def caches(connexion: Connection, porteur: Porteur, dossiers: Collection[str], agent: str) -> set[str]:
    """Ceux de ces dossiers que cet agent, ou ce poste, n'ouvre jamais."""
    lus = lire(connexion, porteur.territoire, dossiers)
    if not lus:
        return set()
    lieux = [
        (un.nom, un.du_guichet)
        for un in connexion.execute(_LIEUX, {"ou": porteur.territoire})
        if un.id == porteur.poste
    ]
    return {lequel for lequel, siens in lus.items() if _ecarte(siens.values(), agent, *lieux)}


def oter_du_poste(connexion: Connection, ou: str, lequel: str) -> None:
    """Ce qu'on vient de donner à ce poste, et dont il est écarté : il n'en saura rien."""
    genres = [un.id for un in livres().par_id.values() if un.ecarte]
    suivis = connexion.execute(_SUIVIS, {"ou": ou, "genres": genres}).scalars().all()
    tus = [un for un, postes in postes_ecartes(connexion, ou, suivis).items() if lequel in postes]
    if tus:
        d_eux = select(dossier.c.id).where(
            dossier.c.territoire == ou, or_(dossier.c.id.in_(tus), dossier.c.rattache.in_(tus))
        )
        ici = (perimetre.c.territoire == ou, perimetre.c.poste == lequel, perimetre.c.sorti.is_(False))
        connexion.execute(delete(perimetre).where(*ici, perimetre.c.dossier.in_(d_eux)))


def ecarte_l_auteur(siens: Mapping[str, Document], agent: str) -> bool:
    """L'un de ces écarts nomme cet agent."""
    return _ecarte(siens.values(), agent, ())


def _ecarte(siens: Iterable[Mapping[str, Any]], agent: str, *lieux: Collection[str]) -> bool:
    noms = [nom for un in lieux for nom in un]
    return any(ecarte(un, agent, noms) for un in siens)
