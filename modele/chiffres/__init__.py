"""Les chiffres qui se publient : un seul masque des petits effectifs pour toutes les sorties, et ce qu'est un rapport.

Rien n'y compte : on lui donne des nombres, il dit lesquels se montrent. Essais : ``tests/modele/chiffres``.
"""

from modele.chiffres.masque import masquer, masquer_pour, petit
from modele.chiffres.seuils import Diffusion, seuil_de, seuils
from modele.chiffres.tableau import Tableau

__all__ = ["Diffusion", "Tableau", "masquer", "masquer_pour", "petit", "seuil_de", "seuils"]
