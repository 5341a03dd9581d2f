"""Qui a vu le dossier ouvert : les passages de ce poste, ceux d'ailleurs, ou ce qui manque et pourquoi."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from dossiers_ecran import etiquettes, ouvrir

from modele.dossier.acces import Acces, Geste
from modele.synchro.etats import EtatEnvois, LecteurMontre, Lien
from ui.ecrans.suivi.ecran import CE_POSTE, HORS_LIGNE, SANS_DOSSIER, EcranSuivi
from ui.lancement import Poste
from ui.theatre.joueur import Joueur
from ui.theatre.scenes import heberge


def test_sans_dossier_ouvert_la_phrase_le_dit(poste_ouvert: Poste) -> None:
    """Rien à suivre."""
    joueur = Joueur(poste_ouvert)
    joueur.aller("suivi")
    assert SANS_DOSSIER in etiquettes(joueur.ecran)


def test_les_passages_d_ici_puis_d_ailleurs(poste_ouvert: Poste) -> None:
    """Sur ce poste d'abord ; ce qui vient du registre s'y mêle ; hors ligne, c'est dit ; en partant, rien ne reste."""
    joueur = Joueur(poste_ouvert)
    ouvrir(joueur, heberge())
    joueur.aller("suivi")
    assert CE_POSTE in etiquettes(joueur.ecran)
    assert "Ana Martin a créé le dossier" in etiquettes(joueur.ecran)
    poste_ouvert.synchro.recevoir(EtatEnvois(Lien.HORS_LIGNE))
    joueur.aller("suivi")
    assert HORS_LIGNE in etiquettes(joueur.ecran)
    ecran = joueur.ecran
    assert isinstance(ecran, EcranSuivi)
    hier = datetime.now().astimezone() - timedelta(days=1)
    ecran.montrer([LecteurMontre("Karim Benali", "accueil 2", "CCAS de Colombe", hier, Geste(Acces.CONSULTER))])
    joueur.attendre()
    assert {"Karim Benali a ouvert le dossier", "accueil 2, CCAS de Colombe"} <= set(etiquettes(ecran))
    joueur.aller("accueil")
    assert not any("Karim" in mot for mot in joueur.mots(ecran))


def test_ce_qui_s_imprime_se_lit_en_francais(poste_ouvert: Poste, tmp_path: Path) -> None:
    """Une fiche sort, puis on ouvre Suivi : une phrase, jamais le mot que garde le journal."""
    joueur = Joueur(poste_ouvert)
    ouvrir(joueur, heberge())
    joueur.aller("imprimer", fiches=["115"])
    joueur.imprimer_dans(tmp_path)
    assert list(tmp_path.glob("*.pdf"))
    joueur.aller("suivi")
    assert f"Ana Martin {Acces.IMPRIMER.phrase}" in etiquettes(joueur.ecran)
    assert "Ana Martin imprimer" not in etiquettes(joueur.ecran)
