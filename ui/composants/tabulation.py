"""La touche Tab suit les yeux : tout ce qui prend le clavier, dans l'ordre où cela se lit, et rien d'autre.

La chaîne de Qt suit l'ordre de fabrication ; des widgets nés après les autres la cassaient en boucles d'où l'on ne
sortait plus. Ici l'ordre se lit à chaque frappe, dans ce qui se montre.
Essais : ``tests/ui/test_tabulation.py``.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QGridLayout, QLayout, QScrollArea, QStackedWidget, QWidget


def lus(racine: QWidget) -> Iterator[QWidget]:
    """Ce qui se montre sous ``racine``, dans l'ordre où cela se lit."""
    for enfant in _enfants(racine):
        if enfant.isVisible() and not enfant.isWindow():
            yield enfant
            yield from lus(enfant)


def portes(racine: QWidget) -> list[QWidget]:
    """Ce que Tab atteint sous ``racine``, dans l'ordre."""
    return [widget for widget in lus(racine) if prend(widget)]


def prend(widget: QWidget) -> bool:
    """Vrai si Tab s'arrête à ce widget."""
    par_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return par_tab and widget.focusProxy() is None and widget.isEnabled()


def passer(racine: QWidget, *, avant: bool) -> bool:
    """Donne le clavier à ce qui se lit après (ou, ``avant`` faux, juste avant) ce qui l'a ; faux s'il n'y a rien."""
    tous, ici = list(lus(racine)), QApplication.focusWidget()
    places = [rang for rang, widget in enumerate(tous) if prend(widget)]
    if not places:
        return False
    # Ce qui a le clavier peut n'être pas un arrêt de Tab : une réponse prise au clic, un groupe qu'on vient d'ouvrir.
    while ici is not None and ici not in tous:
        # Ce qui l'avait vient de se cacher : le clavier reste près de là, il ne saute pas en tête de fenêtre.
        ici = ici.parentWidget()
    rang = tous.index(ici) if ici is not None else -1
    if avant:
        suivante = next((place for place in places if place > rang), places[0])
    else:
        suivante = next((place for place in reversed(places) if place < rang), places[-1])
    raison = Qt.FocusReason.TabFocusReason if avant else Qt.FocusReason.BacktabFocusReason
    tous[suivante].setFocus(raison)
    return True


def _enfants(widget: QWidget) -> list[QWidget]:
    """Ceux de la disposition, à leur place ; puis les autres, de haut en bas et de gauche à droite."""
    if isinstance(widget, QScrollArea):
        contenu = widget.widget()
        return [contenu] if contenu is not None else []
    if isinstance(widget, QStackedWidget):
        return [montre] if (montre := widget.currentWidget()) is not None else []
    disposes = list(_disposes(widget, widget.layout()))
    connus = set(disposes)
    libres = [un for un in _directs(widget) if un not in connus]
    return [*disposes, *sorted(libres, key=lambda un: (un.y(), un.x()))]


def _directs(widget: QObject) -> Iterator[QWidget]:
    return (un for un in widget.children() if isinstance(un, QWidget))


def _disposes(porteur: QWidget, disposition: QLayout | None) -> Iterator[QWidget]:
    """Les widgets d'une disposition, celles qu'elle porte comprises ; une grille se lit ligne à ligne.

    Jamais par ``itemAt`` : PySide garde la place qu'il rend, Qt la détruit avec son widget, et ce qui naît ensuite à la
    même adresse meurt avec le programme (vu : une erreur de segmentation, bien après la touche Tab).
    """
    if disposition is None:
        return
    portees = [une for une in disposition.children() if isinstance(une, QLayout)]
    dedans: list[QWidget | QLayout] = [un for un in _directs(porteur) if disposition.indexOf(un) >= 0]
    for un in sorted([*dedans, *portees], key=partial(_rang, disposition)):
        if isinstance(un, QWidget):
            yield un
        else:
            yield from _disposes(porteur, un)


def _rang(disposition: QLayout, un: QWidget | QLayout) -> tuple[int, ...]:
    rang = disposition.indexOf(un)
    if isinstance(disposition, QGridLayout):
        return tuple(disposition.getItemPosition(rang))[:2]  # type: ignore[arg-type]
    return (rang,)
