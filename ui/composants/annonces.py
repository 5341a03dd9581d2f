"""Ce qui se dit au lecteur d'écran sans qu'on l'y mène : une erreur, une note qui bouge, une page nouvelle."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QWidget


def page_neuve(fenetre: QWidget) -> None:
    """Une page vient de se montrer dans ``fenetre`` : qui lit l'écran saura où est le clavier."""
    from PySide6.QtGui import QAccessible

    if sys.platform == "linux" and QAccessible.isActive():
        from ui.composants.notification import notification

        notification(fenetre).redire_le_clavier()


def annoncer(widget: QWidget, message: str, pressant: bool = False) -> None:
    """Fait dire ``message`` par le lecteur d'écran ; ``pressant`` coupe ce qu'il disait (erreur, urgence)."""
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

    if not (message and QAccessible.isActive()):
        return
    if sys.platform == "linux":
        # Orca ne connaît l'annonce que depuis sa version 45 ; une notification qui paraît, toutes la disent.
        from ui.composants.notification import notification

        notification(widget.window()).ajouter(widget, message, pressant)
        return
    evenement = QAccessibleAnnouncementEvent(widget, message)
    if pressant:
        evenement.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
    QAccessible.updateAccessibility(evenement)
