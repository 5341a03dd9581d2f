"""L'écran Imprimer : la langue de la personne se propose, ce qui n'y est pas offert se dit et sort en français."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from dossiers_ecran import heberge, ouvrir

from ui.ecrans.imprimer.ecran import EcranImprimer
from ui.lancement import Poste
from ui.theatre.joueur import Joueur


@pytest.fixture
def joueur(poste_ouvert: Poste) -> Joueur:
    joueur = Joueur(poste_ouvert)
    joueur.atelier.horloge = lambda: date(2026, 11, 23)
    return joueur


def ecran(joueur: Joueur, langue: str, *fiches: str) -> EcranImprimer:
    """L'écran Imprimer d'une personne qui parle cette langue."""
    ouvrir(joueur, heberge(contact={"langue": langue}))
    joueur.aller("imprimer", fiches=list(fiches))
    montre: Any = joueur.ecran
    montre.composer()
    joueur.attendre()
    return montre


def test_la_langue_de_la_personne_se_propose(joueur: Joueur) -> None:
    montre = ecran(joueur, "en", "resume")
    assert montre.langue() == "en"
    assert montre.avec_francais.isVisible()
    assert montre.liasse is not None
    assert [feuille.travail for feuille in montre.liasse.feuilles] == ["Summary of your application"]


@pytest.mark.parametrize("parlee", ["fr", "lo"])
def test_sans_fiche_dans_sa_langue_le_francais(joueur: Joueur, parlee: str) -> None:
    montre = ecran(joueur, parlee, "resume")
    assert montre.langue() == "fr"
    assert not montre.avec_francais.isVisible()


def test_le_francais_a_cote_change_le_papier(joueur: Joueur) -> None:
    montre = ecran(joueur, "en", "resume")
    assert montre.liasse is not None
    avant = montre.liasse.feuilles[0].pdf
    montre.avec_francais.setChecked(True)
    montre.composer()
    joueur.attendre()
    assert montre.liasse.feuilles[0].pdf != avant


def test_une_fiche_de_surete_sort_en_francais_et_il_est_dit_de_la_lire(joueur: Joueur) -> None:
    """Jamais en silence : l'agent sait que ce papier-là n'est pas dans la langue choisie."""
    montre = ecran(joueur, "en", "115", "resume")
    assert montre.liasse is not None
    assert {feuille.fiche: feuille.travail for feuille in montre.liasse.feuilles} == {
        "115": "Sans toit ce soir",
        "resume": "Summary of your application",
    }
    assert "« Sans toit ce soir » sort en français" in montre.constat.text()
    assert "interprète par téléphone" in montre.constat.text()


def test_changer_de_dossier_repropose_la_langue(joueur: Joueur) -> None:
    """La personne suivante n'hérite pas de la langue de la précédente, et la coche vit encore."""
    assert ecran(joueur, "en", "resume").langue() == "en"
    suivant = ecran(joueur, "fr", "resume")
    assert suivant.langue() == "fr"
    assert not suivant.avec_francais.isVisible()
