"""Le thème et la taille du texte de ce poste : en vigueur à l'instant, et gardés. Le menu, la palette et les réglages
passent tous par ici. Essais : ``tests/ui/etat/test_allure.py``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.etat.preferences import SYSTEME, Preferences
from ui.theme import Nom, Theme
from ui.theme.apparence import apparence

if TYPE_CHECKING:
    from ui.etat.session import Session


def theme_voulu(preferences: Preferences) -> Theme:
    """Ce que demandent ces réglages ; suivre le système, c'est prendre aujourd'hui ce qu'il demande."""
    nom = du_systeme() if preferences.theme == SYSTEME else Nom(preferences.theme)
    return Theme(nom, preferences.echelle)


def du_systeme() -> Nom:
    """Le thème que le système demande, à la première lecture ; ``SuiviDesCouleurs`` écoute ensuite ce qui change."""
    from ui.systeme.couleurs import CouleursDuSysteme

    return Nom(CouleursDuSysteme(portail=False).voulues)


def changer(session: Session, *, theme: str = "", echelle: int = 0) -> None:
    """Met ce thème (ou ``SYSTEME``), cette taille, en vigueur et les garde ; ce qui n'est pas dit ne change pas.

    Tout habiller de nouveau se sent : d'une flèche tenue, seul le choix où l'on s'arrête s'applique.
    """
    avant = session.preferences
    voulues = avant._replace(theme=theme or avant.theme, echelle=echelle or avant.echelle)
    # Une taille qui change ne redemande rien au système : le thème d'à présent reste.
    nom = theme_voulu(voulues).nom if theme else apparence().voulu.nom
    apparence().demander(Theme(nom, voulues.echelle))
    session.regler(voulues)
