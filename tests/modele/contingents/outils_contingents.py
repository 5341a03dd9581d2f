"""Des conventions et des passages d'essai, fictifs."""

from __future__ import annotations

from modele.contingents.conventions import ConventionTenue

NUE = ConventionTenue("metropole", "Métropole d'exemple", "Habitat Colombe", "epci", "999999999", 2026)
