"""Imprimer la fiche des lieux sans dossier : en français, depuis la commune cherchée. Sinon, écran Imprimer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from modele.dossier.chemins import poser
from modele.dossier.documents import identifiant

if TYPE_CHECKING:
    from modele.bilan import Bilan
    from ui.ecrans.imprimer.travail import Liasse
    from ui.etat.session import Session

FICHE: Final = "lieux"
COMMUNE: Final = "logement_actuel.adresse.commune"
_LARGEUR: Final = 560
SANS_IMPRIMANTE: Final = "Aucune imprimante n'est installée sur ce poste : faites noter l'adresse et le téléphone."


def sans_dossier(session: Session, commune: str) -> Bilan | None:
    """Le bilan de personne, qui part de cette commune ; ``None`` tant que rien n'est chargé."""
    from ui.etat.atelier import atelier_de

    document = {"id": identifiant(), "territoire": session.preferences.territoire}
    return atelier_de(session).etablir(poser(document, COMMUNE, commune) if commune else document)


def composer(bilan: Bilan) -> Liasse:
    """La fiche, composée."""
    from ui.ecrans.imprimer.travail import composer_liasse

    return composer_liasse(bilan, (FICHE,), "fr", grands=False, largeur=_LARGEUR)
