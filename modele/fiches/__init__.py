"""Les fiches : ce qu'elles disent d'elles-mêmes, leurs textes par langue, leurs paragraphes à condition, leurs couches.

``charger_fiches(lecture, contexte, territoire)`` ; le papier (``impressions``) les compose. Connaît protection, sources
et regles. Ajouter une fiche ou une langue : ``ressources/fiches/README.md``. Essais : ``tests/modele/fiches``.
"""

from modele.fiches.fiches import Fiche, FicheDisponible, Fiches, charger_fiches
from modele.fiches.surete import Surete

__all__ = ["Fiche", "FicheDisponible", "Fiches", "Surete", "charger_fiches"]
