"""Les plafonds de ressources d'un ménage, en commande."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from modele.mots.ecriture import dire_nombre
from modele.sources import Lecture, ouvrir
from modele.territoire import bareme
from modele.territoire.pays import charger_pays
from modele.territoire.plafonds import FINANCEMENTS, plafonds
from modele.territoire.plafonds_essayes import PlafondsEssayes, essayer

_STATUTS = {"publie": "publié", "calcule_irl": "calculé, à faire valider", "calcule_130pct_plus": "calculé sur le PLUS"}


def chercher(
    jour: date,
    commune: str,
    personnes: int,
    *,
    personne_seule_avec_charge: bool = False,
    jeune_menage: bool = False,
    handicap: bool = False,
) -> dict[str, Any]:
    """La catégorie, la zone et les plafonds en euros par an. Lève ``ErreurUtilisateur``."""
    pays = charger_pays(Lecture(ouvrir()))
    trouves = plafonds(
        pays,
        jour,
        commune,
        personnes,
        personne_seule_avec_charge=personne_seule_avec_charge,
        jeune_menage=jeune_menage,
        handicap=handicap,
    )
    return {
        "categorie": trouves.categorie,
        "zone": trouves.zone,
        **{financement: getattr(trouves, financement) for financement in FINANCEMENTS},
        "annee": trouves.annee,
        "commune": pays.france.trouver(commune).nom,
        "pls_exact": str(trouves.pls_exact),
        "statuts": trouves.statuts,
        "confiances": trouves.confiances,
        "remarques": list(trouves.remarques),
        "lecture_favorable": trouves.lecture_favorable,
    }


def dire(rendu: dict[str, Any]) -> str:
    """Les plafonds en texte."""
    lignes = [
        f"{rendu['commune']}, plafonds {rendu['annee']}, catégorie {rendu['categorie']}, "
        f"zone {rendu['zone'].replace('_', ' ')}",
        *(
            f"  {nom.upper():<5}{_montants(rendu, nom)} € par an ({_STATUTS[rendu['statuts'][nom]]})"
            for nom in FINANCEMENTS
        ),
        *rendu["remarques"],
    ]
    return "\n".join(lignes)


def _montants(rendu: dict[str, Any], nom: str) -> str:
    """Le plafond, ou les deux si le texte a deux lectures."""
    favorable = rendu["lecture_favorable"]
    deux = [rendu[nom], *([favorable[nom]] if favorable else [])]
    return " ou ".join(map(dire_nombre, deux))


def essayer_table(chemin: Path) -> PlafondsEssayes:
    """Ce que vaut la table d'une année de plus, à blanc. Lève ``FichierFautif`` avec toutes ses fautes."""
    lecture = Lecture(ouvrir())
    return essayer(lecture.servir(bareme.FICHIER, bareme.lire_bareme), chemin)


def dire_essai(essai: PlafondsEssayes, chemin: Path) -> str:
    """L'essai en texte : ce qu'il faut relire sur l'arrêté avant d'ajouter la table."""
    lignes = [f"{chemin} : table de {essai.annee} valable, {essai.cellules} plafonds. Rien n'est écrit."]
    for financement, (bas, haut) in essai.ecarts.items():
        lignes.append(f"  {financement.upper():<5}de {bas} % à {haut} % par rapport à {essai.annee - 1}")
    lignes += [f"À relire sur l'arrêté : {une}" for une in essai.a_relire]
    lignes.append("Pour l'employer : ajoutez ses lignes à ressources/national/plafonds_hlm.csv.")
    return "\n".join(lignes)
