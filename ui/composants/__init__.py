"""Les composants de l'écran : nommés pour le lecteur d'écran, au clavier, dessinés par les jetons du thème.

Chacun exige son nom à la construction ; aucun ne connaît le coffre ni le dossier. Essais : ``tests/ui``.
"""

from ui.composants.bandeau import BandeauAlerte
from ui.composants.base import annoncer, changer_propriete, nommer, separation, texte
from ui.composants.boutons import Bouton, BoutonCarte
from ui.composants.carte import Carte, retirer
from ui.composants.champs import Champ, ChampSecret, champ, champ_date, champ_nombre
from ui.composants.choix import GrosChoix, GrosseCoche, GroupeChoix, Option
from ui.composants.intervalle import BarreIntervalle
from ui.composants.lignes import LigneEtat, LigneValeur, etiquette_aide
from ui.composants.mise_en_page import Bloc, Borne, Colonnes, Defilement, centrer, colonne, rangee
from ui.composants.pastilles import Pastille, pastille_urgence
from ui.composants.propositions import ListePropositions, Proposition
from ui.composants.sections import Avancement, ListeSections, Section
from ui.composants.touches import Touche

__all__ = [
    "Avancement",
    "BandeauAlerte",
    "BarreIntervalle",
    "Bloc",
    "Borne",
    "Bouton",
    "BoutonCarte",
    "Carte",
    "Champ",
    "ChampSecret",
    "Colonnes",
    "Defilement",
    "GrosChoix",
    "GrosseCoche",
    "GroupeChoix",
    "LigneEtat",
    "LigneValeur",
    "ListePropositions",
    "ListeSections",
    "Option",
    "Pastille",
    "Proposition",
    "Section",
    "Touche",
    "annoncer",
    "centrer",
    "champ",
    "champ_date",
    "champ_nombre",
    "changer_propriete",
    "colonne",
    "etiquette_aide",
    "nommer",
    "pastille_urgence",
    "rangee",
    "retirer",
    "separation",
    "texte",
]
