"""Le panneau de l'entretien dit le dossier ouvert, même si le bilan a changé pendant qu'un autre écran était montré."""

from __future__ import annotations

from dossiers_ecran import etiquettes, heberge, ouvrir

from modele.mots.note import DiseurDeNote
from ui.ecrans.entretien.ecran import EcranEntretien
from ui.lancement import Poste
from ui.theatre.joueur import Joueur


def test_le_panneau_suit_le_dossier_cree_sur_un_autre_ecran(poste_ouvert: Poste) -> None:
    """Du triage ou de la cotation, on arrive à l'entretien d'une autre personne : ni sa note, ni ses voies d'avant."""
    joueur = Joueur(poste_ouvert)
    ouvrir(joueur, heberge(**{"logement_actuel.statut": "sans_abri", "triage.toit_ce_soir": "aucun"}))
    joueur.aller("entretien", dossier=joueur.session.dossier_id)
    joueur.aller("cotation")
    ouvrir(joueur, heberge())
    joueur.aller("entretien", dossier=joueur.session.dossier_id)
    ecran = joueur.ecran
    assert isinstance(ecran, EcranEntretien)
    assert joueur.bilan.cotation is not None
    grand, _, reste = DiseurDeNote().fourchette(joueur.bilan.cotation.declaree).partition(" ")
    lus = etiquettes(ecran.panneau)
    assert grand in lus
    assert reste in lus
    assert joueur.bilan.voies_retenues[0].libelle in lus
