"""Les types du dossier : la seule source des faits bruts, du schéma JSON publié et de la validation."""

from modele.dossier.types.base import Champ, Coches, Incertain, Liste, Rep
from modele.dossier.types.dossier import SCHEMA, Dossier

__all__ = ["SCHEMA", "Champ", "Coches", "Dossier", "Incertain", "Liste", "Rep"]
