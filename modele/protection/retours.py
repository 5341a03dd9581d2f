"""Ce qu'« annuler » n'a pas le droit de remettre : revenir en arrière ne défait jamais une protection."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from typing import Any

from modele.dossier.chemins import ABSENT, feuilles, poser, sans_identifiant
from modele.dossier.inventaire import ChampDossier, inventaire
from modele.dossier.questions import SEUL_A_SEUL
from modele.protection.commun import atomes_sensibles
from modele.protection.discretion import dit_la_discretion, est_discret
from modele.protection.violences import faits_de_violence


def retablissables(
    document: Mapping[str, Any], valeurs: Mapping[str, Any], criteres: Collection[str] = ()
) -> dict[str, Any]:
    """De ces valeurs d'avant, par chemin, celles qui peuvent se remettre dans ce document.

    Jamais la discrétion levée ; jamais une réponse protégée, effacée ou remplacée ; dans un dossier discret, ni
    adresse, ni moyen de joindre la personne, ni rien de ``sensible`` : ce qui l'a remplacé l'a peut-être mise à l'abri.
    Retirer ce qu'on vient d'écrire reste permis, sauf la discrétion. ``criteres`` : voir ``faits_de_violence``.
    """
    discret = est_discret(document)
    return {
        chemin: valeur for chemin, valeur in valeurs.items() if not _defendue(chemin, valeur, criteres, discret=discret)
    }


def _defendue(chemin: str, valeur: Any, criteres: Collection[str], *, discret: bool) -> bool:
    # « Seul à seul » se coche pour qui est là, maintenant.
    if dit_la_discretion(chemin) or chemin == SEUL_A_SEUL:
        return True
    if valeur is ABSENT:
        return False
    if faits_de_violence(poser({}, chemin, valeur), criteres):
        return True
    return discret and any(est_sensible(feuille) for feuille in _feuilles(chemin, valeur))


def _feuilles(chemin: str, valeur: Any) -> Iterator[str]:
    """Les champs que pose cette valeur : elle-même, ou toute une table."""
    yield chemin
    if isinstance(valeur, Mapping):
        yield from (feuille for feuille, _ in feuilles(valeur, f"{chemin}."))


def est_sensible(chemin: str) -> bool:
    """Vrai si ce champ, ou l'un de ceux de son groupe, est ``sensible`` : une adresse, un numéro, un texte libre."""
    champ = _champs().get(sans_identifiant(chemin))
    return champ is not None and (champ.champ.sensible or champ.champ.atome in atomes_sensibles())


@lru_cache(maxsize=1)
def _champs() -> dict[str, ChampDossier]:
    """Tous les champs, ceux des listes sous le chemin de leur liste."""
    des_listes = {f"{liste.chemin}.{un.chemin}": un for liste in inventaire().listes.values() for un in liste.champs}
    return {**inventaire().champs, **des_listes}
