"""Charge tout d'un coup : ``charger_regles(territoire, sources)`` rend un seul ``Regles`` que tout le reste reçoit.

Connaît sources, dossier, territoire, cotation, orientation. Appelé par le bilan et ses écrans, et par le registre, qui
vérifie ainsi ce qu'il va signer. Essais : ``tests/modele/chargement``.
"""

from modele.chargement.national import National, charger_national
from modele.chargement.regles import Regles, charger_regles

__all__ = ["National", "Regles", "charger_national", "charger_regles"]
