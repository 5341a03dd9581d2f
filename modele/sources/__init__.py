"""D'où viennent les données : livrées → reçues du registre (signées) → modifiées par la structure. Connaît regles.

``ouvrir`` : les sources d'un poste ; ``Lecture`` : ce qui sert, et ce qui est mis de côté. ``sources.toml`` dit quelles
couches touchent chaque nature de données ; ce qui dépend du contenu (fiches, numéros, voies immédiates) est gardé par
qui le lit. Appelés par ``modele.chargement`` et le registre. Essais : ``tests/modele/sources``.
"""

from modele.sources.couches import NOMS, Couche, Ecart, Fichier, Surcharge
from modele.sources.natures import Nature, Natures
from modele.sources.paquet import Paquet, Urgence, assembler, lire_paquet
from modele.sources.sources import CORRIGE, Garder, Lecture, Recu, Sources, ecarter, ouvrir

__all__ = [
    "CORRIGE", "NOMS", "Couche", "Ecart", "Fichier", "Garder", "Lecture", "Nature", "Natures", "Paquet", "Recu",
    "Sources", "Surcharge", "Urgence", "assembler", "ecarter", "lire_paquet", "ouvrir",
]  # fmt: skip
