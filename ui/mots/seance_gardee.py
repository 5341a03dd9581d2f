"""Les mots français de chaque champ d'une séance gardée, et de ce qu'il dit : nulle clé, nul code ne se montre nu."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from modele.dossier.chemins import ABSENT, ORDRE, est_element, situer
from modele.dossier.situation import elements
from modele.genres import livres
from modele.seance.droit import droit
from modele.seance.suites import REPONSES

SEANCE: Final = "seance"
_RIEN: Final = "rien de noté"
_ORDRE: Final = "L'ordre de la liste"
_ELEMENTS: Final[Mapping[str, str]] = {"membres": "Membre", "candidats": "Candidat"}
_GROUPES: Final[Mapping[str, str]] = {
    "tete": "La commission et le logement",
    "rangs": "Les rangs figés",
    "reglement": "Le règlement intérieur",
    "dispense": "L'exception aux trois demandes",
    "residence": "La résidence",
    "membre": "Qui siège",
    "candidat": "La désignation",
    "priorite": "La priorité vérifiée",
    "accord": "L'accord de la personne",
    "numero": "Le numéro vérifié",
    "retrait": "Le retrait",
    "decision": "La décision",
    "reponse": "La réponse à l'offre",
}


class DiseurDeSeance:
    """Les mots d'une séance. ``document`` : de quoi nommer un candidat par sa référence, un membre par son nom."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._document = document

    def sujet(self, cle: str) -> str:
        """Ce dont parle une unité : « C-01 : la décision »."""
        liste, identifiant, _ = situer(cle)
        qui = self.element(liste, identifiant) if liste else ""
        if est_element(cle):
            return qui
        parent, groupe, nom = cle.partition("#")
        quoi = _GROUPES.get(nom, "La séance") if groupe else self.libelle(parent)
        return f"{qui} : {quoi[:1].lower()}{quoi[1:]}" if qui and identifiant else quoi

    def libelle(self, chemin: str) -> str:
        """Le nom d'un champ, tel que le genre le dit."""
        if chemin.endswith(f".{ORDRE}"):
            return _ORDRE
        declare, place = livres().du(SEANCE).inventaire, situer(chemin)
        if not place.liste:
            return declare.champs[chemin].champ.definition if chemin in declare.champs else "Un champ de la séance"
        champs = declare.listes[place.liste].champs if place.liste in declare.listes else ()
        trouves = (un.champ.definition for un in champs if un.chemin == place.champ)
        return next(trouves, self.element(place.liste, place.element))

    def element(self, liste: str, identifiant: str) -> str:
        """« C-01 », « Alix Essai » ; à défaut « Membre »."""
        dit = elements(self._document, liste).get(identifiant, {})
        nom = dit.get("reference") or dit.get("nom")
        return str(nom) if nom else _ELEMENTS.get(liste, "Élément")

    def dire(self, chemin: str, valeur: Any) -> str:
        """Ce que dit ce champ, en toutes lettres."""
        if valeur is ABSENT or valeur is None or valeur in ({}, [], ""):
            return _RIEN
        if isinstance(valeur, Mapping):
            return " ; ".join(self._table(chemin, valeur)) or _RIEN
        if chemin.endswith(f".{ORDRE}") and isinstance(valeur, list):
            return ", ".join(self.element(chemin.rpartition(".")[0], str(un)) for un in valeur)
        if isinstance(valeur, list):
            return ", ".join(self.dire(chemin, un) for un in valeur)
        if isinstance(valeur, bool):
            return "oui" if valeur else "non"
        return _codes(situer(chemin).champ or chemin).get(str(valeur)) or _jour(str(valeur))

    def _table(self, chemin: str, valeur: Mapping[str, Any]) -> Iterator[str]:
        for cle, dit in valeur.items():
            dessous = f"{chemin}.{cle}"
            libelle = "" if isinstance(dit, Mapping) else f"{self.libelle(dessous)} : "
            yield f"{libelle}{self.dire(dessous, dit)}"


def _codes(champ: str) -> Mapping[str, str]:
    """Les mots des codes de ce champ ; aucun d'un texte."""
    lu = droit()
    tables: Mapping[str, Mapping[str, str]] = {
        "qualite": {un.id: un.libelle for un in lu.qualites.values()},
        "decision.genre": {un.id: un.libelle for un in lu.decisions.values()},
        "decision.motif_legal": {un.id: un.libelle for un in lu.motifs.values()},
        "dispense.genre": {un.id: un.libelle for un in lu.exceptions.values()},
        "reponse.reponse": REPONSES,
    }
    return tables.get(champ, {})


def _jour(dit: str) -> str:
    try:
        return f"{date.fromisoformat(dit):%d/%m/%Y}" if len(dit) == 10 else dit
    except ValueError:
        return dit
