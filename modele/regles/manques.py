"""Ce qui manque pour trancher : les faits que lisent les parties encore incertaines d'une condition, ou un refus."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from modele.regles.conditions import Comparaison, Condition, NombreDePersonnes, Non, Parametre, comparaisons
from modele.regles.etats import INCONNU, Etat, FaitsPersonne, Situation, Statut
from modele.regles.faits import ROLE
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
            etat = _etat(condition, situation, personne)
            return [condition.fait.nom] if etat.ouvert and etat.statut is not Statut.REFUSE else []
        case NombreDePersonnes():
            return _manques_des_personnes(condition, situation)
        case Non(dessous):
            return _manques(dessous, situation, personne)
        case _:
            return [nom for dessous in condition.de for nom in _manques(dessous, situation, personne)]


def _etat(comparaison: Comparaison, situation: Situation, personne: FaitsPersonne | None) -> Etat:
    nom = comparaison.fait.nom
    return situation.etat(nom) if personne is None else personne.get(nom, INCONNU)


def _manques_des_personnes(compte: NombreDePersonnes, situation: Situation) -> list[str]:
    """Tout ce que lit la condition si quelqu'un peut s'ajouter ; sinon, ce qui manque sur les personnes nommées."""
    if situation.peut_s_ajouter(compte.role):
        return [c.fait.nom for c in comparaisons(compte.condition) if c.fait.nom != ROLE]
    return [nom for personne in situation.personnes for nom in _manques(compte.condition, situation, personne)]


def refusee(condition: Condition, situation: Situation, personne: FaitsPersonne | None = None) -> bool:
    """Vrai si seuls des refus empêchent de trancher une condition qui ne l'est pas ; ``personne`` : cf. ``evaluer``."""
    return all(etat.statut is Statut.REFUSE for etat in _ouverts(condition, situation, personne))


def _ouverts(condition: Condition, situation: Situation, personne: FaitsPersonne | None) -> Iterator[Etat]:
    """Les états qui empêchent de trancher ; quelqu'un qui peut encore s'ajouter en est un, inconnu."""
    match condition:
        case Comparaison():
            yield from (etat for etat in _compares(condition, situation, personne) if etat.ouvert)
        case NombreDePersonnes(dessous):
            if situation.peut_s_ajouter(condition.role):
                yield INCONNU
            for une in situation.personnes:
                yield from _ouverts_de((dessous,), situation, une)
        case Non(dessous):
            yield from _ouverts(dessous, situation, personne)
        case _:
            yield from _ouverts_de(condition.de, situation, personne)


def _ouverts_de(
    conditions: Iterable[Condition], situation: Situation, personne: FaitsPersonne | None
) -> Iterator[Etat]:
    for condition in conditions:
        if evaluer(condition, situation, personne) is None:
            yield from _ouverts(condition, situation, personne)


def _compares(comparaison: Comparaison, situation: Situation, personne: FaitsPersonne | None) -> Iterator[Etat]:
    """L'état du fait, et celui du paramètre auquel il se compare."""
    yield _etat(comparaison, situation, personne)
    if isinstance(comparaison.operande, Parametre):
        yield situation.parametres.get(comparaison.operande.nom, INCONNU)


def mene(condition: Condition, situation: Situation) -> bool:
    """Vrai si une réponse déjà donnée va vers cette condition : une part en est vraie, et rien ne la ferme.

    Ce qui n'est vrai que d'être nié n'y mène pas : personne ne l'a dit.
    """
    match condition:
        case Comparaison() | NombreDePersonnes():
            return evaluer(condition, situation) is True
        case Non():
            return False
        case _:
            return any(mene(une, situation) for une in condition.de if evaluer(une, situation) is not False)
