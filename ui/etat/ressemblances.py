"""Chercher dans les autres guichets la personne d'un dossier qui vient de partir : une fois par identité. Sans Qt.

Un dossier créé hors ligne est ainsi cherché au retour du réseau, sans que personne ait à y penser.
Essais : ``tests/ui/registre/test_ressemblances.py``.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, Final

from modele.dossier.chemins import lire
from modele.dossier.reponses import AUCUN
from modele.dossier.validation import date_a_peu_pres
from modele.protection.discretion import est_discret

if TYPE_CHECKING:
    from collections.abc import Mapping

    from modele.coffre import Coffre
    from modele.synchro import Synchro

_CLE: Final = "ressemblances."
_EXIGES: Final = ("demandeur.nom", "demandeur.prenoms", "demandeur.date_naissance")
_AUSSI: Final = ("demandeur.nom_usage", "contact.telephone", "demande.numero_unique")


def chercher_une_fois(synchro: Synchro, coffre: Coffre, dossier: str, agent: str) -> int:
    """Combien de dossiers ressemblent ; zéro sans demander si l'identité manque, est la même ou ne se cherche pas.

    Lève ``ErreurUtilisateur`` si le registre ne répond pas : la prochaine fois redemandera.
    """
    document = coffre.lire(dossier)
    marque = _marque(document)
    if not marque or coffre.reglage(f"{_CLE}{dossier}") == marque:
        return 0
    trouves = synchro.doublons.chercher(dossier, agent)
    if not synchro.etat().absents:
        # Sinon des dossiers ne se montrent pas encore : on cherchera de nouveau.
        coffre.regler(f"{_CLE}{dossier}", marque)
    return len(trouves)


def _dit(ecrit: Any) -> bool:
    """Une réponse qui ne changera guère : un texte, une naissance à l'année, ou « il n'y en a pas » (un seul nom)."""
    return (isinstance(ecrit, str) and bool(ecrit)) or ecrit == AUCUN or date_a_peu_pres(ecrit)


def _marque(document: Mapping[str, Any]) -> str:
    """L'empreinte de ce qui a été cherché ; vide tant que l'identité n'est pas entière, ou d'un dossier discret."""
    exiges = [lire(document, chemin) for chemin in _EXIGES]
    if not (all(map(_dit, exiges)) and any(isinstance(un, str) for un in exiges[:2])) or est_discret(document):
        return ""
    dits = [str(lire(document, chemin)) for chemin in (*_EXIGES, *_AUSSI)]
    return hashlib.sha256("\n".join(dits).encode()).hexdigest()
