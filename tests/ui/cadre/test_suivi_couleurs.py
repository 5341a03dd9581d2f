"""« Comme le système » : le thème change avec lui, garde la taille du texte, et cesse quand l'agent choisit."""

from __future__ import annotations

import pytest
from PySide6.QtDBus import QDBusVariant

from ui.cadre.suivi_couleurs import SYSTEME, SuiviDesCouleurs
from ui.lancement import Poste
from ui.theme import Nom, Theme
from ui.theme.apparence import apparence


def demander(poste: Poste, cle: str, valeur: int) -> None:
    assert poste.couleurs.couleurs is not None
    poste.couleurs.couleurs._annonce("org.freedesktop.appearance", cle, QDBusVariant(valeur))


def test_le_theme_suit_le_systeme(poste: Poste) -> None:
    poste.session.regler(poste.session.preferences._replace(theme=SYSTEME, echelle=150))
    demander(poste, "color-scheme", 1)
    assert apparence().theme == Theme(Nom.SOMBRE, 150)
    demander(poste, "contrast", 1)
    assert apparence().theme == Theme(Nom.CONTRASTE, 150)
    demander(poste, "contrast", 0)
    demander(poste, "color-scheme", 2)
    assert apparence().theme == Theme(Nom.CLAIR, 150)


def test_un_theme_choisi_ne_suit_plus(poste: Poste) -> None:
    """Et le système n'est pas écouté tant que personne ne s'en remet à lui."""
    assert poste.couleurs.couleurs is None
    poste.session.regler(poste.session.preferences._replace(theme=SYSTEME))
    poste.session.regler(poste.session.preferences._replace(theme=Nom.CLAIR.value))
    demander(poste, "color-scheme", 1)
    assert apparence().theme == Theme(Nom.CLAIR)


def test_mutant_qui_suit_toujours(poste: Poste, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sans le test du réglage, le choix de l'agent serait écrasé."""
    poste.session.regler(poste.session.preferences._replace(theme=SYSTEME))
    poste.session.regler(poste.session.preferences._replace(theme=Nom.CLAIR.value))
    monkeypatch.setattr("ui.cadre.suivi_couleurs.SYSTEME", Nom.CLAIR.value)
    demander(poste, "color-scheme", 1)
    assert isinstance(poste.couleurs, SuiviDesCouleurs)
    assert apparence().theme.nom is Nom.SOMBRE
