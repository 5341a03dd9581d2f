"""Les dossiers ouverts sans qu'aucun geste n'y suive, pour le responsable. Dans la transaction qu'on donne.

Lus du journal des accès, une ligne par agent, dossier et jour ; ni durée, ni compte par agent. Le jour même n'y est
pas : la personne est peut-être encore là. Le responsable n'y lit pas ses propres ouvertures.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, func, select

from modele.coffre import auteurs, avis, journaux, schema
from modele.coffre.instants import en_utc
from modele.coffre.listes import Ouverture
from modele.dossier.acces import Acces
from modele.dossier.codes import reference_courte
from modele.droits import Action, Auteur

GARDEES: Final = timedelta(days=30)
"""Jusqu'où l'on remonte : un collègue s'en souvient encore."""
AU_PLUS: Final = 200
_LUES: Final = "ouvertures.lues"
_SANS_EFFET: Final = (Acces.CONSULTER.ecrire(), Acces.RENCONTRE.ecrire())
_VUS, _FAITS = schema.acces.alias("vus"), schema.acces.alias("faits")


def lister(connexion: Connection, auteur: Auteur, quand: datetime) -> list[Ouverture]:
    """Les ouvertures sans acte que le responsable n'a pas lues, la plus récente d'abord ; à nul autre."""
    if not avis.est_responsable(connexion, auteur):
        return []
    depuis = max(en_utc(quand - GARDEES), journaux.reglage(connexion, _LUES))
    premiere = func.min(_VUS.c.quand)
    requete = (
        select(_VUS.c.agent, _VUS.c.dossier, premiere.label("quand"))
        .where(
            *(_VUS.c.action == Acces.CONSULTER.ecrire(), _VUS.c.agent != auteur.nom, _VUS.c.dossier.is_not(None)),
            *(_VUS.c.quand > depuis, _VUS.c.quand < en_utc(_minuit(quand))),
            *(~_suivie_d_un_acte(), _VUS.c.dossier.in_(select(schema.dossier.c.id))),
        )
        .group_by(_VUS.c.agent, _VUS.c.dossier, _jour(_VUS))
        .order_by(premiere.desc())
        .limit(AU_PLUS)
    )
    return [
        Ouverture(reference_courte(ligne.dossier), datetime.fromisoformat(ligne.quand), ligne.agent)
        for ligne in connexion.execute(requete)
    ]


def lire(connexion: Connection, auteur: Auteur, quand: datetime) -> None:
    """Tout ce qui se liste aujourd'hui est lu. Lève ``ErreurUtilisateur`` si l'auteur n'en est pas le responsable."""
    auteurs.exiger(connexion, auteur, avis.ESSAI, Action.MODIFIER)
    journaux.regler(connexion, _LUES, en_utc(_minuit(quand)))


def _suivie_d_un_acte() -> ColumnElement[bool]:
    """Le même agent a fait quelque chose de ce dossier, le même jour."""
    return (
        select(_FAITS.c.id)
        .where(
            *(_FAITS.c.dossier == _VUS.c.dossier, _FAITS.c.agent == _VUS.c.agent, _jour(_FAITS) == _jour(_VUS)),
            _FAITS.c.action.not_in(_SANS_EFFET),
        )
        .exists()
    )


def _jour(table: Any) -> ColumnElement[str]:
    return func.substr(table.c.quand, 1, 10)


def _minuit(quand: datetime) -> datetime:
    return quand.replace(hour=0, minute=0, second=0, microsecond=0)
