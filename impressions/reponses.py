"""Les réponses du dossier telles qu'un papier les montre : connue, inconnue, ou tue. Les mots sont ceux de tous."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from impressions.donnees import Donnees
from impressions.typographie import sans_nir
from modele.dossier.chemins import ABSENT, ORDRE, chemin_d_element, lire
from modele.dossier.reponses import NE_SAIT_PAS
from modele.mots.ecriture import dire_montant, dire_nombre
from modele.mots.phrases import Mots
from modele.mots.reponses import Diseur, Voix
from modele.protection.sensibles import dit_une_violence, par_toute_reponse

_HORS_PAPIER = ("protection.", "triage.")
_RANG = re.compile(r"^(.+)\[(\d+)\]$")


@dataclass(frozen=True, slots=True)
class Reponse:
    """Une réponse prête à lire. ``connue`` : la personne a répondu, au moins en partie ; ``inconnue`` : pas demandé."""

    texte: str
    connue: bool = True
    inconnue: bool = False


def chemin_reel(document: Mapping[str, Any], chemin: str) -> str:
    """Le chemin où « liste[2] » est remplacé par le deuxième élément de la liste, dans son ordre."""
    avant, crochet, suite = chemin.partition("].")
    rang = _RANG.match(f"{avant}]" if crochet else avant)
    if not rang:
        return chemin
    ordre, place = lire(document, f"{rang[1]}.{ORDRE}"), int(rang[2]) - 1
    trouve = ordre[place] if isinstance(ordre, list) and 0 <= place < len(ordre) else "?"
    return chemin_d_element(rang[1], str(trouve), suite)


def nombre_d_elements(document: Mapping[str, Any], chemin: str) -> int:
    """Le nombre d'éléments d'une liste du dossier (0 si elle n'existe pas)."""
    ordre = lire(document, f"{chemin}.{ORDRE}")
    return len(ordre) if isinstance(ordre, list) else 0


def ne_s_imprime_pas(chemin: str) -> bool:
    """Vrai d'un fait protégé et de tout le premier contact : nul gabarit, même écrit par une structure, ne les dit."""
    return par_toute_reponse(chemin) or chemin.startswith(_HORS_PAPIER)


class Lecteur:
    """Lit les réponses d'un dossier et les dit dans une langue."""

    def __init__(self, donnees: Donnees, mots: Mots) -> None:
        self._donnees = donnees
        self._mots = mots
        self._diseur = Diseur(donnees.vocabulaire, donnees.document, mots, voix=Voix.PAPIER)

    def reponse(self, chemin: str, unite: str = "") -> Reponse | None:
        """La réponse au bout de ``chemin`` ; ``None`` si la question est sans objet, ou la réponse tue.

        ``unite`` : clé de la table [unite] des mots (``euros``, ``m2``…), ou vide.
        """
        reel = chemin_reel(self._donnees.document, chemin)
        if ne_s_imprime_pas(reel):
            return None
        if reel in self._donnees.sans_objet:
            return None
        valeur = lire(self._donnees.document, reel)
        if isinstance(valeur, str) and dit_une_violence(reel, valeur):
            return None
        valeur = _sans_violence(reel, valeur)
        if _inconnue(valeur):
            return Reponse(self._mots("reponse.inconnu"), connue=False, inconnue=True)
        dit = self._mesure(valeur, unite) or self._diseur.dire(reel, valeur)
        if isinstance(valeur, Mapping) and valeur.get("refus"):
            return Reponse(dit, connue=bool(valeur.get("coches")))
        if isinstance(valeur, Mapping) and "parmi" in valeur:
            dit = self._mots("reponse.incertain", valeur=dit)
        return Reponse(sans_nir(dit, self._mots("reponse.nir_retire")))

    def _mesure(self, valeur: Any, unite: str) -> str:
        """Un nombre avec l'unité du papier ; vide s'il n'y en a pas, ou si ce n'en est pas un."""
        nombre = _decimal(valeur) if unite else None
        if nombre is None:
            return ""
        langue = self._mots.langue
        dit = dire_montant(nombre, langue) if unite.startswith("euros") else dire_nombre(nombre, langue)
        return self._mots(f"unite.{unite}", valeur=dit)


def _sans_violence(chemin: str, valeur: Any) -> Any:
    """La réponse, où les codes qui disent une violence ne sont pas."""
    if not isinstance(valeur, Mapping):
        return valeur
    return {
        cle: [un for un in dits if not dit_une_violence(chemin, str(un))]
        if cle in ("coches", "parmi") and isinstance(dits, list)
        else dits
        for cle, dits in valeur.items()
    }


def _inconnue(valeur: Any) -> bool:
    """Vrai si rien n'est répondu : pas encore demandé, ou la personne ne sait pas."""
    if valeur is ABSENT or valeur is None or valeur == NE_SAIT_PAS:
        return True
    if not isinstance(valeur, Mapping) or valeur.get("refus"):
        return False
    if "coches" in valeur or "clos" in valeur:
        return not valeur.get("coches") and valeur.get("clos") is not True
    return not (valeur.get("parmi") or _bornee(valeur.get("entre")))


def _bornee(entre: Any) -> bool:
    return isinstance(entre, list | tuple) and any(borne is not None for borne in entre)


def _decimal(valeur: Any) -> Decimal | None:
    if isinstance(valeur, bool):
        return None
    try:
        lu = Decimal(str(valeur))
    except InvalidOperation:
        return None
    return lu if lu.is_finite() else None
