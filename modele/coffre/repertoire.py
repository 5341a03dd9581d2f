"""La liste des dossiers : filtrer, trier, compter en SQL, une page à la fois. Dans la transaction qu'on donne."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, and_, func, insert, or_, select

from modele.coffre import rappels, schema
from modele.coffre.lignes import OUVERT, resumables, resume
from modele.coffre.listes import PAR_PAGE, EcheanceALire, Filtre, PageDossiers, Range, Tri
from modele.dossier.acces import Acces
from modele.dossier.chemins import Document
from modele.dossier.dates_tenues import DateTenue
from modele.dossier.documents import decoder
from modele.dossier.operations import DOSSIER

_DOSSIER: Final = schema.dossier.c
_ECHEANCE: Final = schema.echeance.c
_ACCES: Final = schema.acces.c
_RELIRE_APRES: Final = timedelta(days=7)
"""Le temps qui passe change aussi ce qu'un dossier demande : un âge, un délai, un texte."""
_ORDRES: Final[Mapping[Tri, tuple[ColumnElement[Any], ...]]] = MappingProxyType(
    {
        Tri.CHANGE: (_DOSSIER.modifie_le.desc(), _DOSSIER.id.desc()),
        Tri.CREE: (_DOSSIER.cree_le.desc(), _DOSSIER.id),
        Tri.ECHEANCE: (_ECHEANCE.le.is_(None), _ECHEANCE.le, _DOSSIER.modifie_le.desc(), _DOSSIER.id),
    }
)
_TENUS: Final = (_DOSSIER.etat == OUVERT, _DOSSIER.genre == DOSSIER)


def lister(connexion: Connection, agent: str, filtre: Filtre, tri: Tri, page: int) -> PageDossiers:
    """Une page de la liste, telle que ``agent`` la voit ; la dernière s'il y en a moins que demandé."""
    voulus = (*_TENUS, _visibles(agent), *_du_filtre(filtre, agent))
    total = connexion.execute(select(func.count()).select_from(schema.dossier).where(*voulus)).scalar_one()
    page = max(0, min(page, (total - 1) // PAR_PAGE))
    requete = _avec_echeance(resumables()).where(*voulus).order_by(*_ORDRES[tri])
    lues = connexion.execute(requete.limit(PAR_PAGE).offset(page * PAR_PAGE))
    return PageDossiers(
        tuple(
            Range(ligne.id, resume(ligne), date.fromisoformat(ligne.le) if ligne.le else None, ligne.lue_le is not None)
            for ligne in lues
        ),
        page,
        total,
    )


def echeances_a_lire(connexion: Connection, jour: date, au_plus: int) -> list[EcheanceALire]:
    """Les dossiers dont la prochaine échéance est à chercher, les derniers changés d'abord ; jamais un discret."""
    perimee = or_(
        _ECHEANCE.lue_le.is_(None),
        _ECHEANCE.lue_le <= (jour - _RELIRE_APRES).isoformat(),
        and_(_ECHEANCE.le < jour.isoformat(), _ECHEANCE.lue_le < jour.isoformat()),
    )
    requete = (
        select(_DOSSIER.id, _DOSSIER.document)
        .outerjoin(schema.echeance, _ECHEANCE.dossier == _DOSSIER.id)
        .where(*_TENUS, _DOSSIER.discret.is_(False), perimee)
        .order_by(_DOSSIER.modifie_le.desc())
        .limit(au_plus)
    )
    return [EcheanceALire(ligne.id, decoder(ligne.document)) for ligne in connexion.execute(requete)]


def noter_echeance(
    connexion: Connection,
    dossier: str,
    document: Document,
    le: date | None,
    jour: date,
    delais: Sequence[DateTenue] = (),
) -> None:
    """Retient ce qu'un bilan a lu dans ce document, ce jour-là : la prochaine échéance, les délais de ses voies.

    Sans effet si le dossier a changé depuis, ou s'il est discret.
    """
    tenu = select(_DOSSIER.document).where(*_TENUS, _DOSSIER.id == dossier, _DOSSIER.discret.is_(False))
    actuel = connexion.scalar(tenu)
    if actuel is not None and decoder(actuel) == document:
        ligne = {"dossier": dossier, "le": le.isoformat() if le else None, "lue_le": jour.isoformat()}
        connexion.execute(insert(schema.echeance).prefix_with("OR REPLACE"), ligne)
        rappels.noter_les_voies(connexion, document, delais)


def _avec_echeance(requete: Select[Any]) -> Select[Any]:
    return requete.add_columns(_ECHEANCE.le, _ECHEANCE.lue_le).outerjoin(
        schema.echeance, _ECHEANCE.dossier == _DOSSIER.id
    )


def _visibles(agent: str) -> ColumnElement[bool]:
    """Un dossier discret n'est dans aucune liste, sauf celle de qui l'a créé sur ce poste."""
    return or_(_DOSSIER.discret.is_(False), _DOSSIER.id.in_(_ecrits(agent, Acces.CREER)))


def _du_filtre(filtre: Filtre, agent: str) -> tuple[ColumnElement[bool], ...]:
    if filtre is Filtre.MIENS:
        return (or_(_DOSSIER.agent == agent, _DOSSIER.id.in_(ecrits_par(agent))),)
    if filtre is Filtre.A_TERMINER:
        # Une réponse « ne sait pas » n'est pas un texte : le numéro reste à reporter.
        numero = func.json_type(_DOSSIER.document, "$.demande.numero_unique")
        interrompus = select(schema.brouillon.c.dossier)
        return (or_(func.coalesce(numero, "") != "text", _DOSSIER.id.in_(interrompus)),)
    return ()


def ecrits_par(agent: str) -> Select[Any]:
    """Les dossiers que cet agent a créés ou changés ici."""
    return _ecrits(agent, Acces.CREER, Acces.MODIFIER)


def _ecrits(agent: str, *gestes: Acces) -> Select[Any]:
    return select(_ACCES.dossier).where(_ACCES.agent == agent, _ACCES.action.in_([un.ecrire() for un in gestes]))
