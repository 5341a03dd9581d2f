"""Ce qui manque pour trancher : les faits que lisent les parties encore incertaines d'une condition."""

from __future__ import annotations

from modele.regles.conditions import AuMoins, Comparaison, Condition, NombreDePersonnes, Non, Tous, UnDe, comparaisons
from modele.regles.etats import INCONNU, Situation, Statut
from modele.regles.kleene import evaluer


def manques(condition: Condition, situation: Situation) -> tuple[str, ...]:
    """Les noms des faits à demander pour trancher, dans l'ordre écrit ; vide si la condition est tranchée.

    Un fait refusé ne se redemande pas.
    """
    return tuple(dict.fromkeys(_manques(condition, situation)))


def _manques(condition: Condition, situation: Situation) -> list[str]:
    if evaluer(condition, situation) is not None:
        return []
    match condition:
        case Comparaison():
            nom = condition.fait.nom
            return [] if situation.etat(nom).statut is Statut.REFUSE else [nom]
        case Non(dessous):
            return _manques(dessous, situation)
        case Tous(de) | UnDe(de) | AuMoins(_, de):
            return [nom for dessous in de for nom in _manques(dessous, situation)]
        case NombreDePersonnes(dessous):
            return _manques_des_personnes(dessous, situation)


def _manques_des_personnes(condition: Condition, situation: Situation) -> list[str]:
    noms = dict.fromkeys(c.fait.nom for c in comparaisons(condition))
    etats = [personne.get(nom, INCONNU) for personne in situation.personnes for nom in noms]
    a_dire = not situation.personnes_closes or any(e.ouvert and e.statut is not Statut.REFUSE for e in etats)
    return list(noms) if a_dire else []
