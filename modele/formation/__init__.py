"""Se former sur des cas : un cas est une donnée (``ressources/formation``), écrite à la main, noté sur elle seule.

Ne connaît ni voie, ni grille, ni dossier : ce qu'oriente Perron ne change aucune note. Connaît regles et sources.
Essais : ``tests/modele/formation``.
"""

from __future__ import annotations

from modele.formation.cas import Attente, Cas, Etape, Piste, Point, Question, Reference, Scene, Sorte
from modele.formation.chargement import charger_cas, ecrits_ici, verifier_contre
from modele.formation.en_cours import EnCours
from modele.formation.entretien import Posee, comprendre, repondre
from modele.formation.lecture import lire_cas
from modele.formation.notation import Note, Parcours, Resultat, Verdict, noter, parcours_de_reference

__all__ = [
    "Attente", "Cas", "EnCours", "Etape", "Note", "Parcours", "Piste", "Point", "Posee", "Question", "Reference",
    "Resultat", "Scene", "Sorte", "Verdict", "charger_cas", "comprendre", "ecrits_ici", "lire_cas", "noter",
    "parcours_de_reference", "repondre", "verifier_contre",
]  # fmt: skip
