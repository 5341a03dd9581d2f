"""Ce qui distingue deux lectures d'un dossier : les faits dont l'état diffère, et rien d'autre.

Un dossier se relit comme si rien n'y avait été dit de violences (décision 0011), puis à chaque passage de l'entretien :
ce qui ne lit aucun de ces faits rend la même chose, et se reprend au lieu de se refaire.
Essais : ``tests/modele/dossier/test_reprises.py``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from modele.dossier.inventaire import inventaire
from modele.dossier.situation import EtatsBruts, EtatsListe, roles_clos
from modele.regles.etats import Etat


def ecarts(avant: EtatsBruts, apres: EtatsBruts) -> frozenset[str] | None:
    """Les faits et les listes qui diffèrent ; ``None`` si ce ne sont plus les mêmes personnes ou les mêmes éléments."""
    if _cadre(avant) != _cadre(apres):
        return None
    noms = {
        *noms_differents(avant.faits, apres.faits),
        *(nom for a, b in zip(avant.personnes, apres.personnes, strict=True) for nom in noms_differents(a, b)),
        *(nom for chemin, liste in avant.listes.items() for nom in _de_liste(chemin, liste, apres.listes[chemin])),
    }
    return frozenset(noms)


def _cadre(bruts: EtatsBruts) -> object:
    """Qui est là, et qui peut encore s'ajouter : ce qu'un compte de personnes lit sans le nommer."""
    listes = [(chemin, list(liste.elements), liste.close) for chemin, liste in bruts.listes.items()]
    return bruts.identifiants, bruts.personnes_closes, roles_clos(bruts.faits), listes


def _de_liste(chemin: str, avant: EtatsListe, apres: EtatsListe) -> Iterable[str]:
    """Le chemin de la liste, et le nom de chaque champ qui diffère, si l'un d'eux diffère."""
    if avant is apres:
        return ()
    paires = zip(avant.elements.values(), apres.elements.values(), strict=True)
    champs = {nom for une, autre in paires for nom in noms_differents(une, autre)}
    prefixe = inventaire().listes[chemin].prefixe
    return {chemin, *(f"{prefixe}.{nom}" for nom in champs)} if champs else ()


def noms_differents(avant: Mapping[str, Etat], apres: Mapping[str, Etat]) -> Iterator[str]:
    """Les faits dont l'état n'est pas le même dans ces deux tables, ou qui manquent à l'une."""
    if avant is apres:
        return
    for nom, etat in avant.items():
        autre = apres.get(nom)
        if autre is not etat and autre != etat:
            yield nom
    if len(apres) != len(avant) or apres.keys() != avant.keys():
        yield from apres.keys() - avant.keys()
