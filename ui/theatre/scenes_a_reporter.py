"""Les scènes d'« À reporter », et d'une contradiction qui tient en tête de page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from modele.dossier.chemins import poser
from modele.dossier.documents import identifiant
from modele.protection.discretion import rendre_discret

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.theatre.joueur import Joueur


def scenes_a_reporter(joueur: Joueur, document: dict[str, Any]) -> Iterator[tuple[str, QWidget]]:
    """Un dossier ordinaire, puis le même discret, puis le même qui se contredit. Tout est fictif."""
    _ouvrir(joueur, document)
    joueur.aller("reporter")
    joueur.presser("Copier et passer à la suivante")
    yield "reporter", joueur.fenetre
    cache = poser(rendre_discret(document), "foyer.personnes", {"elements": {}, "clos": True})
    _ouvrir(joueur, cache)
    joueur.aller("reporter")
    yield "reporter-commune", joueur.fenetre
    joueur.presser("Non, elle est au seul nom de la personne")
    yield "reporter-discret", joueur.fenetre
    contredit = poser(poser(document, "demande.deja_enregistree", False), "demande.type", "renouvellement")
    _ouvrir(joueur, contredit)
    joueur.aller("entretien", dossier=joueur.session.dossier_id, chemin="demandeur.nom")
    yield "entretien-contradiction", joueur.fenetre
    joueur.finir_l_entretien()
    yield "entretien-fin-contradiction", joueur.fenetre


def _ouvrir(joueur: Joueur, document: dict[str, Any]) -> None:
    joueur.session.creer_dossier({**document, "id": identifiant()}, lambda _: None)
    joueur.attendre()
