"""Un fait qui dit une violence : par ses champs, par un code que sa condition demande, ou par un autre fait."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from outils_sources import catalogue_brut, catalogue_derive, catalogue_national, parametres_nationaux

from modele.cotation.lecture_grille import grille_depuis
from modele.cotation.neutre import criteres_proteges
from modele.dossier.faits.donnees import lire_faits
from modele.dossier.faits.registre import ecrits
from modele.protection.faits import fait_protege
from modele.regles.faits import Catalogue
from modele.regles.lecture import lire_texte

FICHIER = Path(__file__).parents[3] / "ressources" / "national" / "faits.toml"
# Rien dans ses champs ne le trahit : « demande.motifs » se lit dans tout dossier. Le code demandé, si.
CACHE = """
[[fait_derive]]
id = "motif_urgent"
type = "booleen"
definition = "Motif urgent"
fondement = "Essai"
source = "Essai"
confiance = "M"
verifie_le = 2026-11-22
si = { un_de = [{ fait = "demande.motifs", dans_groupe = "motifs_violences" }, { fait = "menace_expulsion" }] }

[[fait_derive]]
id = "motif_urgent_et_seul"
type = "booleen"
definition = "Motif urgent, sans codemandeur"
fondement = "Essai"
source = "Essai"
confiance = "M"
verifie_le = 2026-11-22
si = { tous = [{ fait = "motif_urgent" }, { non = { fait = "foyer.avec_codemandeur" } }] }
"""
GRILLE = """
format = 1
[grille]
id = "g"
libelle = "g"
territoire = "t"
statut = "exemple"
population = "toutes"
en_vigueur_du = 2026-01-01
[[rubrique]]
id = "r"
libelle = "r"
cumul = "somme"
[[rubrique.critere]]
id = "urgent"
libelle = "Urgent"
points = 1
si = { fait = "motif_urgent_et_seul" }
[[rubrique.critere]]
id = "dehors"
libelle = "Dehors"
points = 1
si = { fait = "sans_logement" }
"""


@cache
def catalogue(dossier: Path) -> Catalogue:
    fichier = dossier / "faits.toml"
    fichier.write_text(FICHIER.read_text(encoding="utf-8") + CACHE, encoding="utf-8")
    derives = lire_faits(fichier, ecrits(), catalogue_brut(), parametres_nationaux())
    return catalogue_brut().etendre(catalogue_derive(derives).values())


@pytest.mark.parametrize(
    ("nom", "protege"),
    [
        ("violences_declarees", True),
        ("demande.agression_domicile", True),
        ("demande.motifs", False),
        ("sans_logement", False),
        ("parent_isole", False),
        ("fait_qui_n_existe_pas", False),
    ],
)
def test_les_faits_livres(nom: str, protege: bool) -> None:
    assert fait_protege(catalogue_national(), nom) is protege


def test_un_code_demande_par_un_fait_le_protege_meme_de_loin(tmp_path: Path) -> None:
    """Mutant : ne regarder que les champs laisserait la grille l'écrire en toutes lettres."""
    connus = catalogue(tmp_path)
    assert fait_protege(connus, "motif_urgent")
    assert fait_protege(connus, "motif_urgent_et_seul")
    assert not fait_protege(connus, "menace_expulsion")


def test_une_grille_qui_l_emploie_tait_sa_ligne(tmp_path: Path) -> None:
    connus = catalogue(tmp_path)
    grille = grille_depuis(lire_texte(GRILLE, "g.toml"), connus, {})
    assert criteres_proteges([grille], connus) == {"urgent"}
