"""Ce qu'un territoire dit dans une langue : ``territoires/<territoire>/langues/<langue>.toml``.

``[grilles.<id>]`` : libellé, remarque, puis ``rubriques``, ``criteres``, ``circuits`` par identifiant ;
``[faits.<nom>]`` : question, définition, libellés de ses codes ; ``[contacts.<id>]``, ``[lieux.<id>]`` ;
``[references]`` : un renvoi redit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from modele.chargement.mots_du_droit import MotsDuDroit
from modele.chargement.mots_du_territoire import CONTACT, FAIT, GRILLE, LIEU, MotsDuTerritoire
from modele.chargement.surcouches import ouvrir, tables_de, textes_de
from modele.cotation.grille import Grille
from modele.regles.disque import Lisible
from modele.regles.faits import Fait
from modele.regles.langues import langue as langue_de
from modele.regles.lecture import Lecteur
from modele.regles.traduction import Traduction
from modele.sources import Lecture
from modele.territoire.modele import Territoire


def locales_de(territoire: str, langue: str) -> str:
    """Le chemin de ce fichier sous les ressources."""
    return f"territoires/{territoire}/langues/{langue}.toml"


def ajouter_le_territoire(
    dite: MotsDuDroit, lecture: Lecture, territoire: Territoire, grilles: Sequence[Grille]
) -> MotsDuDroit:
    """La même langue, avec ce que ce territoire y redit. Lève ``FichierFautif`` si un fichier livré est fautif."""
    chemin = locales_de(territoire.id, dite.id)
    lus = lecture.servir_si_present(chemin, lambda fichier: _lire(fichier, dite.id, territoire, grilles))
    return dite if lus is None else replace(dite, lieu=lus[0], etats={**dite.etats, territoire.id: lus[1]})


def _lire(
    fichier: Lisible, langue: str, territoire: Territoire, grilles: Sequence[Grille]
) -> tuple[MotsDuTerritoire, Traduction]:
    langue_de(langue)
    lecteur, etat = ouvrir(fichier)
    lues = {
        "grilles": _grilles(lecteur, {grille.id: grille for grille in grilles}),
        "references": _references(lecteur, grilles),
        "faits": _faits(lecteur, {fait.nom: fait for grille in grilles for fait in grille.faits_locaux}),
        "contacts": _par_objet(lecteur, "contacts", territoire.contacts, CONTACT),
        "lieux": _par_objet(lecteur, "lieux", territoire.lieux, LIEU),
    }
    lecteur.finir()
    return MotsDuTerritoire(**lues), etat


def _grilles(lecteur: Lecteur, grilles: Mapping[str, Grille]) -> dict[str, Any]:
    racine = lecteur.table("grilles")
    return {} if racine is None else {nom: _grille(t, grilles[nom]) for nom, t in tables_de(racine, grilles).items()}


def _grille(table: Lecteur, grille: Grille) -> dict[str, Any]:
    connus = {
        "rubriques": {une.id: une.libelle for une in grille.rubriques},
        "criteres": {un.id: un.libelle for une in grille.rubriques for un in une.criteres},
        "circuits": {un.id: un.libelle for un in grille.hors_cotation},
    }
    dits: dict[str, Any] = {cle: table.texte(cle, obligatoire=True) for cle in GRILLE if cle in table}
    for cle, francais in connus.items():
        if (dite := table.table(cle)) is not None:
            dits[cle] = textes_de(dite, francais)
    table.clore()
    return dits


def _references(lecteur: Lecteur, grilles: Sequence[Grille]) -> dict[str, str]:
    table = lecteur.table("references")
    rubriques = [une for grille in grilles for une in grille.rubriques]
    lignes = [*(une.reference for une in rubriques), *(un.reference for une in rubriques for un in une.criteres)]
    connues = {reference: reference for reference in lignes}
    return {} if table is None else textes_de(table, connues)


def _faits(lecteur: Lecteur, faits: Mapping[str, Fait]) -> dict[str, Any]:
    racine = lecteur.table("faits")
    return {} if racine is None else {nom: _fait(t, faits[nom]) for nom, t in tables_de(racine, faits).items()}


def _fait(table: Lecteur, fait: Fait) -> dict[str, Any]:
    dits: dict[str, Any] = {cle: table.texte(cle, obligatoire=True) for cle in FAIT if cle in table}
    if "libelles" in table:
        dits["libelles"] = table.textes("libelles")
        if len(dits["libelles"]) != len(fait.codes):
            message = f"le français en a {len(fait.codes)}, cette langue {len(dits['libelles'])} : redites-les tous"
            table.signaler("libelles", message)
    table.clore()
    return dits


def _par_objet(lecteur: Lecteur, cle: str, objets: Iterable[Any], champs: Sequence[str]) -> dict[str, dict[str, str]]:
    racine, connus = lecteur.table(cle), {un.id: un for un in objets}
    if racine is None:
        return {}
    tables = tables_de(racine, connus)
    return {nom: textes_de(table, {un: getattr(connus[nom], un) for un in champs}) for nom, table in tables.items()}
