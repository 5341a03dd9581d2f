"""Vrai, faux, ou on ne sait pas encore : l'évaluation prudente d'une condition (logique de Kleene).

Sert à la visibilité, aux pièces, aux orientations, aux motifs ; et aux points quand tout est connu.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from modele.regles.conditions import (
    AuMoins,
    Comparaison,
    Condition,
    NombreDePersonnes,
    Non,
    Op,
    Parametre,
    Tous,
    UnDe,
)
from modele.regles.etats import (
    INCONNU,
    Enumere,
    Etat,
    FaitsPersonne,
    Intervalle,
    Parties,
    PersonneRetenue,
    Situation,
    Statut,
)
from modele.regles.faits import Fait, TypeFait

Plage = tuple[Any, Any]  # bornes incluses ; None : rien ne borne de ce côté
# Une variable se lit neuf fois plus vite qu'un membre par sa classe (Python 3.11), et tout passe ici à chaque frappe.
_SANS_OBJET, _NON_DITS = Statut.SANS_OBJET, (Statut.INCONNU, Statut.SANS_OBJET)
_BOOLEEN, _CHOIX, _ENSEMBLE = TypeFait.BOOLEEN, TypeFait.CHOIX, TypeFait.ENSEMBLE
_RENSEIGNE, _EGAL, _DIFFERENT, _PARMI = Op.RENSEIGNE, Op.EGAL, Op.DIFFERENT, Op.PARMI
_MOINS_DE, _AU_MOINS, _PLUS_DE, _AU_PLUS = Op.MOINS_DE, Op.AU_MOINS, Op.PLUS_DE, Op.AU_PLUS


def evaluer(condition: Condition, situation: Situation, personne: FaitsPersonne | None = None) -> bool | None:
    """Vrai, faux, ou ``None`` si les réponses connues ne suffisent pas à trancher.

    ``personne`` : les faits de la personne sur qui porte la condition, s'il y en a une.
    """
    # Les plus fréquentes d'abord, et sans motif de classe : trois fois plus lent.
    if isinstance(condition, Comparaison):
        return _comparer(condition, situation, personne)
    if isinstance(condition, Tous):
        return _jusqu_a(False, condition.de, situation, personne)
    if isinstance(condition, UnDe):
        return _jusqu_a(True, condition.de, situation, personne)
    if isinstance(condition, Non):
        return _contraire(evaluer(condition.condition, situation, personne))
    if isinstance(condition, AuMoins):
        return _au_moins(condition.n, [evaluer(c, situation, personne) for c in condition.de])
    return _compter(condition, situation)


def _contraire(verdict: bool | None) -> bool | None:
    return None if verdict is None else not verdict


def _jusqu_a(
    decide: bool, conditions: Sequence[Condition], situation: Situation, personne: FaitsPersonne | None
) -> bool | None:
    """``decide`` dès qu'une condition le rend ; sinon son contraire, s'il n'y a pas de doute : le « et », le « ou »."""
    incertain = False
    for condition in conditions:
        verdict = evaluer(condition, situation, personne)
        if verdict is decide:
            return decide
        incertain = incertain or verdict is None
    return None if incertain else not decide


def _au_moins(n: int, verdicts: list[bool | None]) -> bool | None:
    certains = verdicts.count(True)
    if certains >= n:
        return True
    return None if certains + verdicts.count(None) >= n else False


def _compter(condition: NombreDePersonnes, situation: Situation) -> bool | None:
    """Entre le nombre de personnes qui remplissent sûrement la condition et celui qui le pourraient."""
    verdicts = [_sur_une_personne(condition.condition, situation, personne) for personne in situation.personnes]
    sures = verdicts.count(True)
    possibles = sures + verdicts.count(None)
    if situation.peut_s_ajouter(condition.role):
        possibles += max(0, situation.personnes_max - len(verdicts))
    return comparer_plages(condition.op, (sures, possibles), (condition.n, condition.n))


def _sur_une_personne(condition: Condition, situation: Situation, personne: FaitsPersonne) -> bool | None:
    """Le verdict sur une personne ; il ne lit que ses faits et les paramètres, et se retient si elle le permet."""
    if not isinstance(personne, PersonneRetenue):
        return evaluer(condition, situation, personne)
    retenu = personne.verdicts.get(id(condition))
    if retenu is None or retenu[0] is not situation.parametres:
        retenu = (situation.parametres, evaluer(condition, situation, personne))
        personne.verdicts[id(condition)] = retenu
    return retenu[1]


def _comparer(condition: Comparaison, situation: Situation, personne: FaitsPersonne | None) -> bool | None:
    fait = condition.fait
    etat = situation.etat(fait.nom) if personne is None else personne.get(fait.nom, INCONNU)
    return trancher(condition, etat, situation)


def trancher(condition: Comparaison, etat: Etat, situation: Situation) -> bool | None:
    """Le verdict d'une comparaison pour un état du fait ; ``situation`` donne les paramètres."""
    if condition.op is _RENSEIGNE:
        return (etat.statut not in _NON_DITS) is condition.operande
    if etat.statut is _SANS_OBJET:
        return False
    verdict = _comparer_etat(condition, etat, situation)
    # Une question qui ne se posera peut-être pas laisse toujours la place au faux.
    return None if verdict and etat.peut_etre_sans_objet else verdict


def _comparer_etat(condition: Comparaison, etat: Etat, situation: Situation) -> bool | None:
    fait, op, operande = condition.fait, condition.op, condition.operande
    if isinstance(operande, Parametre):
        seuil = situation.parametres.get(operande.nom, INCONNU)
        return comparer_plages(op, plage(etat, fait), plage(seuil, None))
    type_ = fait.type
    if type_ is _ENSEMBLE:
        return _commun(_comparer_parties(op, partie, operande) for partie in parties(etat, fait))
    if type_ is _BOOLEEN or type_ is _CHOIX:
        if etat.valeur is not None:  # le cas courant, sans détour
            return _comparer_code(op, etat.valeur, operande)
        if etat.domaine is None and type_ is _BOOLEEN:  # l'autre cas courant : vrai ou faux, on ne sait pas
            return None
        return _commun(_comparer_code(op, code, operande) for code in codes(etat, fait))
    if isinstance(etat.domaine, Enumere):
        return _commun(comparer_plages(op, (v, v), (operande, operande)) for v in etat.domaine.valeurs)
    return comparer_plages(op, plage(etat, fait), (operande, operande))


def _commun(verdicts: Iterable[bool | None]) -> bool | None:
    """Le verdict de toutes les valeurs possibles, s'il est le même ; on s'arrête au premier qui diffère."""
    suite = iter(verdicts)
    premier = next(suite)
    for verdict in suite:
        if verdict is not premier:
            return None
    return premier


def codes(etat: Etat, fait: Fait) -> tuple[Any, ...]:
    """Les valeurs encore possibles d'un booléen ou d'un choix."""
    if etat.connu:
        return (etat.valeur,)
    if isinstance(etat.domaine, Enumere):
        return etat.domaine.valeurs
    return (False, True) if fait.type is _BOOLEEN else fait.codes


def _comparer_code(op: Op, code: Any, operande: Any) -> bool:
    if op is _EGAL:
        return bool(code == operande)
    if op is _DIFFERENT:
        return bool(code != operande)
    return (code in operande) is (op is _PARMI)


def parties(etat: Etat, fait: Fait) -> tuple[Parties, ...]:
    """Les ensembles encore possibles d'un fait ensemble."""
    if etat.connu:
        assert isinstance(etat.valeur, frozenset)
        return (Parties(etat.valeur, frozenset()),)
    if isinstance(etat.domaine, Parties):
        return (etat.domaine,)
    if isinstance(etat.domaine, Enumere):
        return tuple(Parties(v, frozenset()) for v in etat.domaine.valeurs if isinstance(v, frozenset))
    return (Parties(frozenset(), frozenset(fait.codes)),)


def _comparer_parties(op: Op, partie: Parties, operande: Any) -> bool | None:
    voulus = operande if isinstance(operande, frozenset) else frozenset({operande})
    pris = len(voulus & partie.certains)
    au_plus = len(voulus & (partie.certains | partie.possibles))
    besoin = 1 if op is Op.CONTIENT_UN_DE else len(voulus)
    if pris >= besoin:
        return True
    return None if au_plus >= besoin else False


def plage(etat: Etat, fait: Fait | None) -> Plage:
    """Les bornes d'un nombre ou d'une date ; ``fait`` absent : un paramètre, sans bornes propres."""
    if etat.connu:
        return (etat.valeur, etat.valeur)
    if isinstance(etat.domaine, Enumere):
        return (min(etat.domaine.valeurs), max(etat.domaine.valeurs))
    bas, haut = (fait.minimum, fait.maximum) if fait else (None, None)
    if isinstance(etat.domaine, Intervalle):
        return (_extreme(max, bas, etat.domaine.minimum), _extreme(min, haut, etat.domaine.maximum))
    return (bas, haut)


def _extreme(choisir: Callable[[Any, Any], Any], a: Any, b: Any) -> Any:
    return b if a is None else a if b is None else choisir(a, b)


def comparer_plages(op: Op, gauche: Plage, droite: Plage) -> bool | None:
    """Compare deux intervalles fermés : vrai ou faux si c'est le cas de tous leurs points."""
    if op is _MOINS_DE:
        return _moins_de(gauche, droite)
    if op is _AU_MOINS:
        return _contraire(_moins_de(gauche, droite))
    if op is _PLUS_DE:
        return _moins_de(droite, gauche)
    if op is _AU_PLUS:
        return _contraire(_moins_de(droite, gauche))
    egal = _egal(gauche, droite)
    return egal if op is _EGAL else _contraire(egal)


def _moins_de(gauche: Plage, droite: Plage) -> bool | None:
    if _avant(gauche[1], droite[0], strict=True):
        return True
    return False if _avant(droite[1], gauche[0], strict=False) else None


def _egal(gauche: Plage, droite: Plage) -> bool | None:
    if gauche[0] is not None and gauche[0] == gauche[1] == droite[0] == droite[1]:
        return True
    disjoints = _avant(gauche[1], droite[0], strict=True) or _avant(droite[1], gauche[0], strict=True)
    return False if disjoints else None


def _avant(haut: int | Decimal | date | None, bas: int | Decimal | date | None, *, strict: bool) -> bool:
    """Vrai si ``haut`` est sûrement avant ``bas`` ; une borne absente n'assure rien."""
    if haut is None or bas is None:
        return False
    return bool(haut < bas) if strict else bool(haut <= bas)  # type: ignore[operator]
