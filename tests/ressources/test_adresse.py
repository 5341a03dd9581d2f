"""Une seule adresse des ressources, et qui seul lit des fichiers de lui-même : tout le reste les reçoit."""

from __future__ import annotations

import re
from pathlib import Path

RACINE = Path(__file__).resolve().parents[2]
PIECES = ("modele", "ui", "impressions", "registre")
LISENT = {
    "modele/sources/sources.py": "les couches",
    "modele/dossier/nomenclatures.py": "les codes que connaissent le coffre, le mur et le registre",
    "modele/dossier/formes.py": "les formes d'écriture, qui vont avec la version",
    "modele/dossier/voies_ephemeres.py": "les voies dont la suite ne s'écrit pas, qui vont avec la version",
    "modele/dossier/dates_tenues.py": "les échéances que le document dit seul, que l'index du coffre retient",
    "modele/dossier/droits_personnes.py": "les droits des personnes, auxquels le coffre se tient",
    "modele/dossier/information.py": "ce qui est dû et ce qui s'inscrit, auxquels le coffre se tient",
    "modele/territoire/plan.py": "ce que la loi demande d'un plan, qui va avec la version",
    "modele/dossier/schema_json.py": "l'outil qui réécrit le schéma publié",
    "modele/genres/__init__.py": "les genres et leurs droits, auxquels le coffre et le registre se tiennent",
    "modele/chiffres/declaration.py": "les chiffres du rapport, que le coffre compte",
    "modele/chiffres/seuils.py": "sous combien de personnes rien ne se publie, que nulle structure ne baisse",
    "modele/attributions/droit.py": "le droit du flux, auquel le coffre et les commandes se tiennent",
    "modele/attributions/colonnes.py": "les colonnes d'un fichier de bailleur, qui vont avec la version",
    "modele/conference/definitions.py": "ce que la conférence examine, dont les commandes se tiennent",
    "modele/residences/droit.py": "ce que la loi dit des résidences à enjeu, et comment un nom s'y rapproche",
    "modele/attributions/classement/regles.py": "ce qu'une commission lit d'un dossier, et ce qui en écarte",
    "modele/seance/droit.py": "ce qu'une commission peut décider, qui y siège",
    "modele/protection/remise.py": "ce qui peut se remettre à un autre lieu",
    "modele/protection/sensibles.py": "ce que le mur refuse d'écrire",
    "modele/protection/adultes.py": "la majorité, que le mur lit",
    "modele/regles/langues.py": "les langues que Perron sait écrire, qui vont avec sa version",
    "modele/mots/phrases.py": "les phrases que Perron dit de lui-même",
    "modele/protection/voies.py": "les abréviations d'une adresse : ce qui se cache ne dépend pas d'une structure",
    "modele/ressemblance/graphies.py": "les graphies d'un même nom, que l'index de tout coffre a retenues",
    "impressions/polices.py": "les polices du papier",
    "ui/theme/apparence.py": "les polices de l'écran",
    "ui/theme/icones.py": "les icônes",
    "ui/systeme/identite.py": "l'icône du programme",
    "registre/exploitation.py": "les modèles des fichiers du service",
    "ui/theatre/scenes_information.py": "une fiche que la scène publie",
    "ui/etat/exemples.py": "les dossiers d'exemple",
}
"""Ce qui reste lu une fois par processus, livré seulement : aucune couche n'y touche (``sources.toml``)."""


def fichiers() -> list[Path]:
    return [un for piece in PIECES for un in (RACINE / piece).rglob("*.py")]


def test_l_adresse_ne_s_ecrit_qu_une_fois() -> None:
    """Personne d'autre ne remonte jusqu'au dossier des ressources."""
    motif = re.compile(r"""parents?\b.*["']ressources["']|["']ressources["'].*parents?\b|/ ["']ressources["']""")
    fautifs = [un.relative_to(RACINE).as_posix() for un in fichiers() if motif.search(un.read_text(encoding="utf-8"))]
    assert fautifs == []


def test_qui_lit_les_ressources_de_lui_meme_est_connu() -> None:
    """Une lecture de plus serait une seconde source, qu'aucune couche ne verrait."""
    lisent = {
        un.relative_to(RACINE).as_posix()
        for un in fichiers()
        if "from ressources import RESSOURCES" in un.read_text(encoding="utf-8")
    }
    assert lisent == set(LISENT)
