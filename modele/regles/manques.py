"""Ce qui manque pour trancher : les faits que lisent les parties encore incertaines d'une condition."""

from __future__ import annotations

from modele.regles.conditions import Comparaison, Condition, NombreDePersonnes, Non, comparaisons
from modele.regles.etats import INCONNU, FaitsPersonne, Situation, Statut
from modele.regles.kleene import evaluer


def manques(condition: Condition, situation: Situation) -> tuple[str, ...]:
    """Les noms des faits à demander pour trancher, dans l'ordre écrit ; vide si la condition est tranchée.

    Un fait refusé ne se redemande pas ; un fait connu que seul un paramètre sans valeur empêche de trancher non plus.
    """
    return tuple(dict.fromkeys(_manques(condition, situation)))


def _manques(condition: Condition, situation: Situation, personne: FaitsPersonne | None = None) -> list[str]:
    if evaluer(condition, situation, personne) is not None:
        return []
    match condition:
        case Comparaison():
            nom = condition.fait.nom
            etat = situation.etat(nom) if personne is None else personne.get(nom, INCONNU)
            return [nom] if etat.ouvert and etat.statut is not Statut.REFUSE else []
        case NombreDePersonnes(dessous):
            return _manques_des_personnes(dessous, situation)
        case Non(dessous):
            return _manques(dessous, situation, personne)
        case _:
            return [nom for dessous in condition.de for nom in _manques(dessous, situation, personne)]


def _manques_des_personnes(condition: Condition, situation: Situation) -> list[str]:
    """Tout ce que lit la condition si quelqu'un peut s'ajouter ; sinon, ce qui manque sur les personnes nommées."""
    if not situation.personnes_closes:
        return [comparaison.fait.nom for comparaison in comparaisons(condition)]
    return [nom for personne in situation.personnes for nom in _manques(condition, situation, personne)]
