"""Qui écrit, et ce que ses rôles lui permettent : l'auteur, les rôles déclarés, la table des droits.

Ne connaît que les règles : ni dossier, ni genre, qui n'est ici qu'un nom. Essais : ``tests/modele/droits``.
"""

from modele.droits.auteur import Auteur
from modele.droits.lecture import lire_droits_du_genre, lire_roles
from modele.droits.table import Action, Droit, Perimetre, Role, Table

__all__ = ["Action", "Auteur", "Droit", "Perimetre", "Role", "Table", "lire_droits_du_genre", "lire_roles"]
