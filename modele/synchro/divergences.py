"""Ce que deux postes ont dit autrement, prêt à montrer : qui, où, quand, et ce qu'il y avait avant."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta, timezone
from typing import TYPE_CHECKING, Final

from modele.fusion import Divergence, Proposition, divergences
from modele.protocole.messages import PosteConnu
from modele.synchro import cles
from modele.synchro.etats import DivergenceMontree, PropositionMontree

if TYPE_CHECKING:
    from modele.coffre.echanges import Echanges

_INCONNU: Final = PosteConnu("", "")


def a_trancher(echanges: Echanges) -> list[DivergenceMontree]:
    """Toutes les divergences des dossiers tenus ici, ce qui attend l'envoi compris, sans réseau."""
    liaison = cles.liaison(echanges)
    poste = liaison.cles.poste if liaison else ""
    titres = {dossier: titre for dossier, titre, _ in echanges.divergences()}
    noms = echanges.noms_des_postes()
    return [
        _montree(dossier, titre, une, noms, poste, etat.genre)
        for dossier, titre in titres.items()
        if (etat := echanges.etat_projete(dossier, poste)) is not None
        for une in divergences(etat)
    ]


def _montree(
    dossier: str, titre: str, divergence: Divergence, noms: Mapping[str, PosteConnu], poste: str, genre: str
) -> DivergenceMontree:
    propositions = divergence.propositions
    return DivergenceMontree(
        dossier,
        titre,
        divergence.unite,
        tuple(_proposition(une, rang == 0, noms, poste) for rang, une in enumerate(propositions)),
        next((une.base for une in propositions if une.base), {}),
        genre,
    )


def _proposition(
    proposition: Proposition, en_vigueur: bool, noms: Mapping[str, PosteConnu], poste: str
) -> PropositionMontree:
    auteur = proposition.auteur
    du = noms.get(auteur.poste, _INCONNU)
    quand = auteur.fait_le.astimezone(timezone(timedelta(minutes=auteur.decalage)))
    ici = auteur.poste == poste
    return PropositionMontree(proposition.valeurs, en_vigueur, ici, auteur.agent, du.nom, du.guichet, quand)
