"""De petites grilles écrites en TOML et lues par le vrai lecteur, et des situations dites fait par fait."""

from __future__ import annotations

from datetime import date
from typing import Any

from outils_sources import catalogue_national

from modele.cotation.coter import Dires
from modele.cotation.grille import Grille
from modele.cotation.lecture_grille import grille_depuis
from modele.regles.etats import INCONNU, REFUSE, SANS_OBJET, Etat, Situation, connu
from modele.regles.faits import TypeFait
from modele.regles.lecture import lire_texte
from modele.regles.parametres import DeclarationParametre
from modele.regles.valeurs import valeur

JOUR = date(2026, 11, 22)
DIRES = Dires("Estimation non opposable : la note officielle est celle du système d'essai.")
SEUIL = {"seuil_essai": DeclarationParametre("seuil_essai", TypeFait.DECIMAL)}

ANCIENNETE = """
[[rubrique]]
id = "anciennete"
libelle = "Ancienneté"
cumul = "somme"
[[rubrique.critere]]
id = "mois"
libelle = "Mois d'ancienneté"
par_unite = { fait = "anciennete_mois", points = 1, chaque = 1, maximum = 60 }
"""


def grille(
    rubriques: str = ANCIENNETE,
    *,
    id_: str = "essai",
    population: str = "toutes",
    statut: str = "exemple",
    du: str = "2026-01-01",
    suite: str = "",
) -> Grille:
    """Une grille ; ``suite`` : d'autres clés de ``[grille]``."""
    sources = "" if statut == "exemple" else '[[grille.sources]]\ntitre = "Délibération"\nreleve_le = 2026-11-22\n'
    texte = (
        f'format = 1\n[grille]\nid = "{id_}"\nlibelle = "Grille {id_}"\nterritoire = "t"\nstatut = "{statut}"\n'
        f'population = "{population}"\nen_vigueur_du = {du}\n{suite}\n{sources}{rubriques}'
    )
    return grille_depuis(lire_texte(texte, "essai.toml"), catalogue_national(), SEUIL)


def situation(*personnes: dict[str, Any], parametres: dict[str, Etat] | None = None, **faits: Any) -> Situation:
    """Des faits dits (``__`` pour le point) ; un ``Etat`` est pris tel quel, une absence est inconnue."""
    lus = {nom.replace("__", "."): v for nom, v in faits.items()}
    tables = tuple({nom: _etat(nom, v) for nom, v in personne.items()} for personne in personnes)
    return Situation(
        {nom: _etat(nom, v) for nom, v in lus.items()}, tables, personnes_closes=True, parametres=parametres or {}
    )


def _etat(nom: str, dite: Any) -> Etat:
    return dite if isinstance(dite, Etat) else connu(valeur(catalogue_national()[nom], dite))


__all__ = ["ANCIENNETE", "DIRES", "INCONNU", "JOUR", "REFUSE", "SANS_OBJET", "grille", "situation"]
