"""Dire une réponse du dossier : connue, inconnue, connue en partie, refusée, ou non imprimée."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from impressions.donnees import Donnees
from impressions.mots import Mots
from impressions.typographie import date_courte, euros, nombre, sans_nir
from modele.dossier.chemins import ABSENT, lire
from modele.protection.sensibles import dit_une_violence

_RANG = re.compile(r"^([^\[\]]+)\[(\d+)\]$")
_DATE = re.compile(r"^\d{4}-\d{2}-\d{2}$")


@dataclass(frozen=True, slots=True)
class Reponse:
    """Une réponse prête à lire. ``connue`` : la personne a répondu, au moins en partie ; ``inconnue`` : pas demandé."""

    texte: str
    connue: bool = True
    inconnue: bool = False


def chemin_reel(document: Mapping[str, Any], chemin: str) -> str:
    """Le chemin où « liste[2] » est remplacé par le deuxième élément de la liste, dans son ordre."""
    parties: list[str] = []
    for partie in chemin.split("."):
        rang = _RANG.match(partie)
        if not rang:
            parties.append(partie)
            continue
        prefixe = ".".join([*parties, rang[1]])
        ordre = lire(document, f"{prefixe}.ordre")
        place = int(rang[2]) - 1
        trouve = ordre[place] if isinstance(ordre, list) and 0 <= place < len(ordre) else "?"
        parties += [rang[1], "elements", trouve]
    return ".".join(parties)


def nombre_d_elements(document: Mapping[str, Any], chemin: str) -> int:
    """Le nombre d'éléments d'une liste du dossier (0 si elle n'existe pas)."""
    ordre = lire(document, f"{chemin}.ordre")
    return len(ordre) if isinstance(ordre, list) else 0


class Lecteur:
    """Lit les réponses d'un dossier et les dit dans une langue."""

    def __init__(self, donnees: Donnees, mots: Mots) -> None:
        self._donnees = donnees
        self._mots = mots

    def reponse(self, chemin: str, unite: str = "") -> Reponse | None:
        """La réponse au bout de ``chemin`` ; ``None`` si la question est sans objet.

        ``unite`` : clé de la table [unite] des mots (``euros``, ``m2``…), ou vide.
        """
        reel = chemin_reel(self._donnees.document, chemin)
        if reel in self._donnees.sans_objet:
            return None
        valeur = lire(self._donnees.document, reel)
        if valeur is ABSENT or valeur is None:
            return self._inconnue()
        if isinstance(valeur, Mapping):
            return self._table(reel, valeur, unite)
        if isinstance(valeur, str) and dit_une_violence(reel, valeur):
            return None
        return Reponse(self._dire(reel, valeur, unite))

    def _table(self, chemin: str, valeur: Mapping[str, Any], unite: str) -> Reponse:
        if valeur.get("refus"):
            return Reponse(self._mots("reponse.refus"), connue=False)
        if "coches" in valeur:
            return self._coches(chemin, valeur)
        if "parmi" in valeur:
            permis = [v for v in valeur["parmi"] if not dit_une_violence(chemin, str(v))]
            choix = [self._dire(chemin, v, unite) for v in permis]
            return Reponse(self._mots("reponse.incertain", valeur=self._ou(choix)))
        if "entre" in valeur:
            debut, fin = ("…" if v is None else self._dire(chemin, v, unite) for v in valeur["entre"])
            return Reponse(self._mots("reponse.entre", debut=debut, fin=fin))
        return self._inconnue()

    def _inconnue(self) -> Reponse:
        return Reponse(self._mots("reponse.inconnu"), connue=False, inconnue=True)

    def _coches(self, chemin: str, valeur: Mapping[str, Any]) -> Reponse:
        permis = [code for code in valeur["coches"] if not dit_une_violence(chemin, code)]
        texte = " ; ".join(self._dire(chemin, code, "") for code in permis)
        if valeur.get("clos"):
            return Reponse(texte or self._mots("reponse.vide"))
        if not texte:
            return self._inconnue()
        return Reponse(self._mots("reponse.a_completer", valeur=texte))

    def _ou(self, choix: list[str]) -> str:
        if len(choix) < 2:
            return "".join(choix)
        return self._mots("reponse.ou", premiers=" ; ".join(choix[:-1]), dernier=choix[-1])

    def _dire(self, chemin: str, valeur: Any, unite: str) -> str:
        if isinstance(valeur, bool):
            return self._mots("reponse.oui" if valeur else "reponse.non")
        if isinstance(valeur, list):
            return ", ".join(self._dire(chemin, v, unite) for v in valeur)
        chiffre = _decimal(valeur) if unite or not isinstance(valeur, str) else None
        if chiffre is not None:
            return self._mesure(chiffre, unite)
        texte = str(valeur)
        jour = _jour(texte)
        if jour is not None:
            return date_courte(jour, self._mots.langue)
        return sans_nir(self._donnees.codes(chemin, texte) or texte, self._mots("reponse.nir_retire"))

    def _mesure(self, valeur: Decimal, unite: str) -> str:
        if not unite:
            return nombre(valeur, self._mots.langue)
        dit = euros(valeur, self._mots.langue) if unite.startswith("euros") else nombre(valeur, self._mots.langue)
        return self._mots(f"unite.{unite}", valeur=dit)


def _decimal(valeur: Any) -> Decimal | None:
    try:
        lu = Decimal(str(valeur))
    except InvalidOperation:
        return None
    return lu if lu.is_finite() else None


def _jour(texte: str) -> date | None:
    """La date d'un texte « AAAA-MM-JJ » ; ``None`` si ce n'en est pas une (un brouillon peut porter le 31 février)."""
    try:
        return date.fromisoformat(texte) if _DATE.match(texte) else None
    except ValueError:
        return None
