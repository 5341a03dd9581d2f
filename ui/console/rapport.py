"""Le rapport d'activité en commande : les chiffres d'une année et d'un lieu, avec leur définition ; PDF et tableur."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from modele.chiffres import Diffusion
from modele.chiffres.declaration import Chiffre, declares
from modele.chiffres.rapport import Ligne
from modele.droits import Auteur
from modele.regles.disque import ecrire
from modele.regles.fautes import ErreurUtilisateur
from modele.regles.lecture import hors_liste
from ui.console.lignes import paragraphe
from ui.console.mot_de_passe import demander
from ui.mots.plan import bilan_de, exiger_un_plan, exiger_une_annee_finie
from ui.mots.rapport import (
    avis,
    dire_perimetre,
    dire_tues,
    dire_valeur,
    papier_de,
    par_chiffre,
    sorte,
    tableur_de,
    titre_de,
    voies_dites,
)

if TYPE_CHECKING:
    from modele.chargement import Regles
    from modele.coffre import Coffre
    from modele.coffre.rapports import Tire

_AU_PUBLIC: Final = "Le bilan annuel du plan va à l'assemblée : ajoutez « --pour public »."
_COFFRE: Final = "Aucun coffre à {}. Donnez celui de ce poste : --coffre COFFRE."


@dataclass(frozen=True, slots=True)
class Voulu:
    """Ce que dit la ligne de commande. ``coffre`` vide : celui de ce poste."""

    annee: int
    lieu: str
    pour: str
    coffre: Path | None
    pdf: Path | None
    csv: Path | None
    bilan: Path | None = None


def mener(voulu: Voulu) -> Tire:
    """Le rapport, et les fichiers demandés écrits. Lève ``ErreurUtilisateur``."""
    if voulu.pour not in list(Diffusion):
        raise ErreurUtilisateur(f"--pour {voulu.pour} : {hors_liste(voulu.pour, list(Diffusion))}.")
    if voulu.bilan is not None:
        exiger_le_public(voulu)
    from modele.coffre import Coffre

    ouvert = Coffre.ouvrir(_coffre(voulu.coffre), demander())
    try:
        regles = _regles(ouvert)
        if voulu.bilan is not None:
            exiger_un_plan(regles.territoire.plan)
        tire = _tirer(ouvert, voulu, regles)
    finally:
        ouvert.fermer()
    _sortir(tire, voulu, regles)
    return tire


def exiger_le_public(voulu: Voulu) -> None:
    """Le bilan du plan va à l'assemblée. Lève ``ErreurUtilisateur`` avant qu'aucun nombre ne se compte."""
    if voulu.pour != Diffusion.PUBLIC:
        raise ErreurUtilisateur(_AU_PUBLIC)
    exiger_une_annee_finie(voulu.annee, date.today())


def _coffre(donne: Path | None) -> Path:
    if donne is not None:
        return donne
    from ui.etat.preferences import dossier_de_donnees
    from ui.etat.serrure import NOM_COFFRE

    chemin = dossier_de_donnees() / NOM_COFFRE
    if not chemin.exists():
        raise ErreurUtilisateur(_COFFRE.format(chemin))
    return chemin


def _regles(coffre: Coffre) -> Regles:
    from modele.chargement import charger_regles

    return charger_regles(coffre.echanges.chaine().territoire)


def _tirer(coffre: Coffre, voulu: Voulu, regles: Regles) -> Tire:
    diffusion = Diffusion(voulu.pour)
    return coffre.rapports.tirer(voulu.annee, voulu.lieu, Auteur(coffre.agent), voies_dites(regles), diffusion)


def _sortir(tire: Tire, voulu: Voulu, regles: Regles) -> None:
    if voulu.pdf is not None:
        from impressions.rapport import composer_rapport

        ecrire(voulu.pdf, composer_rapport(papier_de(tire), date.today()), prive=True)
    if voulu.bilan is not None:
        from impressions.bilan_du_plan import composer_bilan

        dit = bilan_de(exiger_un_plan(regles.territoire.plan), tire, date.today())
        ecrire(voulu.bilan, composer_bilan(dit, date.today()), prive=True)
    if voulu.csv is not None:
        ecrire(voulu.csv, tableur_de(tire), prive=True)


def en_json(tire: Tire) -> dict[str, Any]:
    """L'objet du contrat."""
    rapport = tire.rapport
    par_id = {un.id: un for un in declares().chiffres}
    return {
        "annee": rapport.annee,
        "lieu": rapport.lieu,
        "pour": rapport.diffusion,
        "seuil": rapport.seuil,
        "methode": rapport.methode,
        "fige_le": tire.fige_le.date() if tire.fige_le else None,
        "provisoire": tire.fige_le is None,
        "chiffres": [_ligne(ligne, par_id[ligne.chiffre]) for ligne in rapport.lignes if ligne.chiffre in par_id],
    }


def _ligne(ligne: Ligne, chiffre: Chiffre) -> dict[str, Any]:
    dite: dict[str, Any] = {
        "id": ligne.id,
        "valeur": ligne.valeur,
        "definition": chiffre.definition,
        "operations": None if ligne.operations is None else {"nombre": ligne.operations, "sortes": [sorte(ligne)]},
        "chiffre": chiffre.id,
        "libelle": ligne.libelle,
        "unite": ligne.unite,
        "perimetre": chiffre.perimetre,
    }
    return dite | ({"masque": True} if ligne.masque else {}) | ({} if ligne.suivi else {"suivi": False})


def dire(tire: Tire) -> str:
    """Le rapport en texte de 80 colonnes."""
    rapport = tire.rapport
    lignes = [titre_de(tire)]
    for un in avis(tire):
        lignes += paragraphe(un, "")
    for chiffre, montrees, tues in par_chiffre(tire):
        lignes += ["", *paragraphe(f"{chiffre.libelle} ({dire_perimetre(chiffre.perimetre, rapport.lieu)})", "")]
        lignes += paragraphe(chiffre.definition)
        for ligne in montrees:
            lignes += paragraphe(f"{dire_valeur(ligne)} : {ligne.libelle}")
        lignes += [f"  {dire_tues(tues)}"] if tues else []
    return "\n".join(lignes)
