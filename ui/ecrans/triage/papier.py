"""Imprimer la fiche d'urgence depuis le premier contact : sans dossier et sans nom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from modele.bilan import Bilan
    from ui.ecrans.imprimer.travail import Liasse
    from ui.etat.session import Session

_LARGEUR = 560
# Rien ne s'enregistre ici : la phrase de l'écran Imprimer enverrait à un geste que cette page n'a pas.
SANS_IMPRIMANTE = "Aucune imprimante n'est installée sur ce poste : faites noter les numéros, un par un."


def fiches_de(bilan: Bilan) -> tuple[str, ...]:
    """Les fiches des voies retenues, jamais celles d'une voie discrète ; aucune si le dossier serait discret."""
    from impressions.offres import d_emblee

    return () if bilan.a_taire else d_emblee(bilan)


def composer(bilan: Bilan) -> Liasse:
    """Ces fiches, composées."""
    from ui.ecrans.imprimer.travail import composer_liasse

    return composer_liasse(bilan, fiches_de(bilan), "fr", grands=False, largeur=_LARGEUR)


def demander(liasse: Liasse, parent: QWidget, session: Session) -> QPrinter | str | None:
    """L'imprimante réglée ; ``None`` si l'agent renonce ; ou pourquoi rien ne s'imprime."""
    from ui.ecrans.imprimer.boite import demander_imprimante

    if not liasse.feuilles:
        return " ".join(liasse.empechees)
    return demander_imprimante(parent, session, SANS_IMPRIMANTE, sans_fichier=liasse.sans_fichier)
