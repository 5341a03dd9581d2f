"""Les états de l'écran Imprimer, et le logo de la structure : « pas de papier », une langue qui manque."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QWidget

from ui.ecrans.imprimer.ecran import EcranImprimer
from ui.theatre.joueur import Joueur

Vue = tuple[str, QWidget]


def scenes_imprimer(joueur: Joueur) -> Iterator[Vue]:
    """Le dossier est ouvert."""
    joueur.aller("imprimer")
    yield "imprimer-vide", joueur.fenetre
    joueur.presser("Tout ce qu'il faut pour cette personne")
    yield "imprimer", joueur.fenetre
    avant = joueur.bilan.document.get("contact", {}).get("langue")
    joueur.session.modifier({"contact.langue": "uk"})
    joueur.attendre()
    yield "imprimer-langue", joueur.fenetre
    joueur.session.modifier({"contact.langue": avant} if avant else {"contact.langue": "fr"})
    joueur.attendre()
    ecran = joueur.ecran
    assert isinstance(ecran, EcranImprimer)
    ecran.se_passer_de_papier()
    joueur.attendre()
    yield "imprimer-sans-papier", joueur.fenetre
    ecran.sans_papier.renonce.emit()
    joueur.attendre()
