"""Les fiches : ce qu'elles disent d'elles-mêmes, leurs textes par langue, leurs couches. Connaît sources et regles.

``charger_fiches(lecture, territoire)`` ; le papier (``impressions``) les compose. Ajouter une fiche ou une langue :
``ressources/fiches/README.md``. Essais : ``tests/modele/fiches``.
"""

from modele.fiches.fiches import Fiche, FicheDisponible, Fiches, charger_fiches

__all__ = ["Fiche", "FicheDisponible", "Fiches", "charger_fiches"]
