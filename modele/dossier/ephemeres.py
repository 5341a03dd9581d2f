"""Ce qui ne s'écrit pas : un champ ``ephemere`` vit en mémoire le temps du premier contact, et nulle part ailleurs.

Norme : « La sûreté des personnes », § 3. Le coffre l'écarte de toute écriture et de toute réception, le registre le
refuse, le papier ne le voit pas. Aucun champ éphémère n'est dans une liste : un chemin suffit à le reconnaître. La
suite d'une voie que lui seul ouvre (``modele.dossier.voies_ephemeres``) ne s'écrit pas davantage.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import Any, Final, TypeVar

from modele.dossier.chemins import element_de
from modele.dossier.inventaire import inventaire
from modele.dossier.voies_ephemeres import SUITES, nomme_une_voie_ephemere, suites_a_ecarter

Table = TypeVar("Table", bound=Mapping[str, Any])
_CONFIRMATIONS: Final = "confirmations"


@lru_cache(maxsize=1)
def ephemeres() -> tuple[str, ...]:
    """Les chemins des champs qui ne s'écrivent pas."""
    return tuple(nom for nom, trouve in inventaire().champs.items() if trouve.champ.ephemere)


def est_ephemere(chemin: str) -> bool:
    """Vrai si ce chemin est un champ qui ne s'écrit pas, ce qu'il contient, ou la confirmation de sa réponse."""
    if not chemin.startswith(_racines()):
        return False
    debut = f"{_CONFIRMATIONS}."
    nom = chemin[len(debut) :].replace("/", ".") if chemin.startswith(debut) else chemin
    return any(nom == un or nom.startswith(f"{un}.") for un in ephemeres())


def en_dit(chemin: str, valeur: Any) -> bool:
    """Vrai si écrire cette valeur à ce chemin écrirait quelque chose qui ne s'écrit pas."""
    if est_ephemere(chemin) or nomme_une_voie_ephemere(chemin, valeur):
        return True
    return _contient(chemin, valeur) and sans_ephemeres(valeur, chemin) is not valeur


def sans_ephemeres(table: Table, chemin: str = "") -> Table:
    """Le même document (ou la table écrite à ``chemin``) sans rien de ce qui ne s'écrit pas.

    Lui-même s'il n'en disait rien ; une table qui n'avait rien d'autre part avec.
    """
    gardes: dict[str, Any] = {}
    for cle, valeur in table.items():
        place = f"{chemin}.{cle}" if chemin else cle
        if est_ephemere(place) or nomme_une_voie_ephemere(place, valeur):
            continue
        garde = sans_ephemeres(valeur, place) if _contient(place, valeur) else valeur
        if garde or garde is valeur:
            gardes[cle] = garde
    # Comparer les valeurs une à une coûterait plus que de regarder si ce sont les mêmes.
    pareil = len(gardes) == len(table) and all(gardes[cle] is valeur for cle, valeur in table.items())
    return table if pareil else gardes  # type: ignore[return-value]


def gardables(valeurs: Mapping[str, Any]) -> dict[str, Any]:
    """Ce qui s'écrit de ces valeurs, par chemin ; les autres s'écartent, et rien ne dit lesquelles."""
    ecartees = suites_a_ecarter(valeurs)
    return {
        chemin: sans_ephemeres(valeur, chemin) if _contient(chemin, valeur) else valeur
        for chemin, valeur in valeurs.items()
        if not (est_ephemere(chemin) or (ecartees and _de_l_une(chemin, ecartees)))
    }


def _de_l_une(chemin: str, ecartees: Collection[str]) -> bool:
    """Une suite écartée l'est tout entière : à qui, quand, le reste la dirait. Son ordre seul ne dit rien."""
    return chemin in ecartees or element_de(chemin) in ecartees


def _contient(chemin: str, valeur: Any) -> bool:
    """Vrai d'une table où un champ éphémère pourrait être écrit."""
    return chemin.startswith(_racines()) and isinstance(valeur, Mapping)


@lru_cache(maxsize=1)
def _racines() -> tuple[str, ...]:
    return tuple({_CONFIRMATIONS, SUITES, *(nom.partition(".")[0] for nom in ephemeres())})
