"""La fusion de deux histoires d'un objet : pure, la même au poste et au registre.

Par unité (``modele.dossier.unites``), on garde toutes les têtes : les valeurs qu'aucune autre n'a remplacées en
connaissance de cause. L'une est en vigueur ; si elles diffèrent, il y a divergence et une personne tranche.
Connaît dossier et genres seulement : ni base, ni réseau, ni horloge. Essais : ``tests/modele/fusion``.
"""

from modele.fusion.absorption import absorber
from modele.fusion.ecartes import sans_ecartes
from modele.fusion.etat import EtatDossier, Origine, Tete
from modele.fusion.etat_ecrit import EtatEcrit, decoder_etat, ecrire_etat, encoder_etat, relire_etat
from modele.fusion.fusionner import Fusion, Issue, fusionner
from modele.fusion.lecture import Divergence, Proposition, a_citer, divergences, document, trancher
from modele.fusion.reunion import reunir

__all__ = [
    "Divergence",
    "EtatDossier",
    "EtatEcrit",
    "Fusion",
    "Issue",
    "Origine",
    "Proposition",
    "Tete",
    "a_citer",
    "absorber",
    "decoder_etat",
    "divergences",
    "document",
    "ecrire_etat",
    "encoder_etat",
    "fusionner",
    "relire_etat",
    "reunir",
    "sans_ecartes",
    "trancher",
]
