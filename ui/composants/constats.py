"""Ce qu'un geste vient de donner, ou pourquoi il ne s'est pas fait : une phrase qui n'est là que quand elle dit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.composants.annonces import annoncer
from ui.composants.mise_en_page import viser

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLabel, QWidget


def constater(
    etiquette: QLabel, phrase: str, *, annonce: bool = False, pressant: bool = False, vers: QWidget | None = None
) -> None:
    """Montre ``phrase`` à cette étiquette ; vide, l'étiquette s'efface.

    ``annonce`` : le lecteur d'écran la dit ; ``pressant`` : il la dit aussitôt. ``vers`` : où mener le clavier.
    """
    etiquette.setText(phrase)
    etiquette.setVisible(bool(phrase))
    if not phrase:
        return
    if annonce or pressant:
        annoncer(etiquette, phrase, pressant=pressant)
    if vers is not None:
        viser(vers)
