"""Ce qui presse : à l'accueil, sur son écran, à l'orientation ; et la discrétion qui se lève à deux."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from modele.dossier.dates_tenues import Nature
from ui.ecrans.echeances.ecran import EcranEcheances

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from modele.dossier.chemins import Document
    from ui.theatre.joueur import Joueur


def scenes_des_echeances(joueur: Joueur, document: Document) -> Iterator[tuple[str, QWidget]]:
    """``document`` : un dossier ordinaire ; il s'en crée trois, transmis et sans réponse, ou à renouveler."""
    jour = date.today()
    for rang, (voie, attente) in enumerate((("preparer-dalo", 12), ("hebergement-qui-cesse", 5), ("domiciliation", 3))):
        faite = (jour - timedelta(attente)).isoformat()
        suite: dict[str, Any] = {"orientation": voie, "aupres_de": "Maison de quartier", "faite_le": faite}
        recue = (jour - timedelta(365 - 25 * (rang + 1))).isoformat()
        demande = {**document.get("demande", {}), "date_reception": recue}
        suites = {"elements": {"s": suite}, "ordre": ["s"]}
        joueur.session.creer_dossier({**document, "demande": demande, "suites": suites}, lambda _: None)
        joueur.attendre()
    # Un recours dont le délai s'est arrêté : des pièces demandées, rien de remis.
    jours = {"date_reception_dossier": 80, "pieces_demandees_le": 60}
    dalo = {"statut": "depose", **{nom: (jour - timedelta(n)).isoformat() for nom, n in jours.items()}}
    joueur.session.creer_dossier({**document, "dalo": dalo}, lambda _: None)
    joueur.attendre()
    joueur.aller("accueil")
    joueur.attendre()
    yield "accueil-echeances", joueur.fenetre
    joueur.aller("echeances")
    joueur.attendre()
    yield "echeances", joueur.fenetre
    yield from _sur_l_ecran(joueur)
    joueur.aller("accueil")
    joueur.attendre()
    yield "accueil-reportes", joueur.fenetre


def _sur_l_ecran(joueur: Joueur) -> Iterator[tuple[str, QWidget]]:
    """Un refus qui s'écrit, un report demandé puis replié, deux sortes."""
    ecran = joueur.ecran
    assert isinstance(ecran, EcranEcheances)
    une = next(une for une in ecran.liste.sujets() if une.date.nature is Nature.REPONSE)
    ecran.liste.choisir(une.dossier, une.date.cle)
    joueur.attendre()
    joueur.presser("Refusée")
    yield "echeances-refus", joueur.fenetre
    # Qui joue la scène a pu choisir une autre ligne entre deux états.
    ecran.liste.choisir(une.dossier, une.date.cle)
    joueur.attendre()
    joueur.presser("Reporter…")
    joueur.attendre()
    yield "echeances-reporter", joueur.fenetre
    if ecran.report is None:
        ecran.liste.choisir(une.dossier, une.date.cle)
        joueur.attendre()
        joueur.presser("Reporter…")
        joueur.attendre()
    joueur.presser("Dans 3 jours")
    assert ecran.report is not None
    ecran.report.motif.ligne.setText("elle apporte son avis d'imposition jeudi")
    joueur.presser("Reporter")
    joueur.attendre()
    ecran.liste.deplier_les_reportes()
    ecran.liste.setCurrentRow(ecran.liste.count() - 1)
    joueur.attendre()
    yield "echeances-reportes", joueur.fenetre
    for nom, sorte in (("renouvellements", "Renouvellements"), ("delais", "Délais et fins")):
        ecran.sorte.prendre(sorte)
        joueur.attendre()
        yield f"echeances-{nom}", joueur.fenetre
