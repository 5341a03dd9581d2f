"""Donner un rendez-vous : créneaux libres, chevauchements, délai de réception, file du jour. Des calculs, sans base.

Ne connaît que les règles et le dossier ; ce qui se garde est dans ``modele/coffre/agenda.py`` et
``modele/coffre/file_du_jour.py``. Essais : ``tests/modele/rendez_vous``.
"""

from __future__ import annotations

from modele.rendez_vous.creneaux import Creneau, lire_heure, qui_se_genent, se_genent
from modele.rendez_vous.delais import DelaiDeReception, delai_de_reception
from modele.rendez_vous.evitements import Evitement, designe, empreinte, evites
from modele.rendez_vous.lignes import Conflit, LigneDAgenda, RendezVous
from modele.rendez_vous.passages import Etape, Passage, dire_les_numeros, en_ordre, prochain_numero
from modele.rendez_vous.plages import Horaires, Plage, libres, lire_horaires

__all__ = [
    "Conflit",
    "Creneau",
    "DelaiDeReception",
    "Etape",
    "Evitement",
    "Horaires",
    "LigneDAgenda",
    "Passage",
    "Plage",
    "RendezVous",
    "delai_de_reception",
    "designe",
    "dire_les_numeros",
    "empreinte",
    "en_ordre",
    "evites",
    "libres",
    "lire_heure",
    "lire_horaires",
    "prochain_numero",
    "qui_se_genent",
    "se_genent",
]
