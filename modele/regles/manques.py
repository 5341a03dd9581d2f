"""Ce qui manque pour trancher : les faits que lisent les parties encore incertaines d'une condition."""

from __future__ import annotations

from modele.regles.conditions import AuMoins, Comparaison, Condition, NombreDePersonnes, Non, Tous, UnDe, comparaisons
from modele.regles.etats import INCONNU, Etat, Situation, Statut
from modele.regles.kleene import evaluer


def manques(condition: Condition, situation: Situation) -> tuple[str, ...]:
    """Les noms des faits à demander pour trancher, dans l'ordre écrit ; vide si la condition est tranchée.

    Un fait refusé ne se redemande pas ; un fait connu que seul un paramètre sans valeur empêche de trancher non plus.
    """
    return tuple(dict.fromkeys(_manques(condition, situation)))


def _manques(condition: Condition, situation: Situation) -> list[str]:
    if evaluer(condition, situation) is not None:
        return []
    match condition:
        case Comparaison():
            nom = condition.fait.nom
            return [nom] if _a_demander(situation.etat(nom)) else []
        case Non(dessous):
            return _manques(dessous, situation)
        case Tous(de) | UnDe(de) | AuMoins(_, de):
            return [nom for dessous in de for nom in _manques(dessous, situation)]
        case NombreDePersonnes(dessous):
            return _manques_des_personnes(dessous, situation)


def _manques_des_personnes(condition: Condition, situation: Situation) -> list[str]:
    noms = dict.fromkeys(c.fait.nom for c in comparaisons(condition))
    etats = [personne.get(nom, INCONNU) for personne in situation.personnes for nom in noms]
    return list(noms) if not situation.personnes_closes or any(map(_a_demander, etats)) else []


def _a_demander(etat: Etat) -> bool:
    return etat.ouvert and etat.statut is not Statut.REFUSE
