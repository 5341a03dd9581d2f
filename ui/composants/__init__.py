"""Les composants de l'écran : nommés pour le lecteur d'écran, au clavier, dessinés par les jetons du thème.

Chacun exige son nom à la construction ; aucun ne connaît le coffre ni le dossier. Essais : ``tests/ui``.
Ceux que l'ouverture n'emploie pas ne s'importent qu'à leur premier emploi : la première fenêtre ne les attend pas.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from ui.composants.annonces import annoncer
from ui.composants.bandeau import BandeauAlerte
from ui.composants.base import changer_propriete, intertitre, nommer, separation, texte
from ui.composants.boutons import Bouton, BoutonCarte
from ui.composants.carte import Carte, retirer
from ui.composants.champs import Champ, ChampSecret, SaisieInvalide, champ
from ui.composants.constats import constater
from ui.composants.lignes import LigneEtat, LigneValeur, etiquette_aide
from ui.composants.mise_en_page import Bloc, Borne, Colonnes, Defilement, centrer, colonne, rangee, viser
from ui.composants.pastilles import Pastille, pastille_urgence
from ui.composants.touches import Touche

if TYPE_CHECKING:
    from ui.composants.choix import GrosChoix, GrosseCoche, GroupeChoix, Option
    from ui.composants.dessin_proposition import Proposition
    from ui.composants.intervalle import BarreIntervalle
    from ui.composants.pli import Pli
    from ui.composants.propositions import ListePropositions
    from ui.composants.sections import Avancement, ListeSections, Section

_TARDIFS: Final = {
    "GrosChoix": "choix",
    "GrosseCoche": "choix",
    "GroupeChoix": "choix",
    "Option": "choix",
    "BarreIntervalle": "intervalle",
    "ListePropositions": "propositions",
    "Pli": "pli",
    "Proposition": "dessin_proposition",
    "Avancement": "sections",
    "ListeSections": "sections",
    "Section": "sections",
}

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
    "Pli",
    "Proposition",
    "SaisieInvalide",
    "Section",
    "Touche",
    "annoncer",
    "centrer",
    "champ",
    "changer_propriete",
    "colonne",
    "constater",
    "etiquette_aide",
    "intertitre",
    "nommer",
    "pastille_urgence",
    "rangee",
    "retirer",
    "separation",
    "texte",
    "viser",
]


def __getattr__(nom: str) -> Any:
    if (module := _TARDIFS.get(nom)) is None:
        raise AttributeError(f"ui.composants n'a pas de {nom}")
    return getattr(import_module(f"ui.composants.{module}"), nom)
