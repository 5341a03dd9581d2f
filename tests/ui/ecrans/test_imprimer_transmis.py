"""Un papier sort : « transmis à… le… » s'écrit d'ici ; jamais d'une voie éphémère, ni d'un dossier discret."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from dossiers_ecran import heberge, ouvrir

from ui.ecrans.imprimer.ecran import EcranImprimer
from ui.ecrans.imprimer.transmis import NOTE, SANS_VOIE
from ui.lancement import Poste
from ui.mots.suites import SANS_DESTINATAIRE
from ui.theatre.joueur import Joueur


@pytest.fixture
def joueur(poste_ouvert: Poste) -> Joueur:
    joueur = Joueur(poste_ouvert)
    joueur.atelier.horloge = lambda: date(2026, 11, 23)
    ouvrir(joueur, heberge(triage={"toit_ce_soir": "non"}))
    return joueur


def sortir(joueur: Joueur, dans: Path, *fiches: str) -> EcranImprimer:
    joueur.aller("imprimer", fiches=list(fiches))
    montre = joueur.ecran
    assert isinstance(montre, EcranImprimer)
    assert montre.transmis.isHidden()
    joueur.imprimer_dans(dans)
    return montre


def test_transmis_a_qui_pour_quelle_voie(joueur: Joueur, tmp_path: Path) -> None:
    """Rien n'est pris d'avance ; une fois dit, la suite est au dossier et la carte s'en va."""
    voie = next(une for une in joueur.bilan.voies_retenues if une.fiches)
    montre = sortir(joueur, tmp_path, voie.fiches[0])
    carte = montre.transmis
    assert not carte.isHidden()
    dites: list[str] = []
    montre.alerte.connect(lambda phrase, _: dites.append(phrase))
    if carte.voies is not None:
        assert carte.voies.valeur() is None
        carte.bouton.click()
        assert dites == [SANS_VOIE]
        carte.voies.poser(voie.id)
    carte.bouton.click()
    assert carte.aupres_de.faute == SANS_DESTINATAIRE
    carte.aupres_de.ligne.setText("SIAO")
    carte.attendue_le.ligne.setText("bientôt")
    carte.bouton.click()
    assert carte.attendue_le.faute
    carte.attendue_le.ligne.setText("30/11/2026")
    carte.bouton.click()
    joueur.attendre()
    (suite,) = joueur.session.document["suites"]["elements"].values()
    assert suite == {
        "orientation": voie.id,
        "faite_le": "2026-11-23",
        "aupres_de": "SIAO",
        "attendue_le": "2026-11-30",
        "suivie_par": joueur.session.agent,
    }
    assert dites[-1] == NOTE
    assert carte.isHidden()


def test_un_numero_de_securite_sociale_ne_s_ecrit_pas(joueur: Joueur, tmp_path: Path) -> None:
    voie = next(une for une in joueur.bilan.voies_retenues if une.fiches)
    carte = sortir(joueur, tmp_path, voie.fiches[0]).transmis
    if carte.voies is not None:
        carte.voies.poser(voie.id)
    carte.aupres_de.ligne.setText("1 85 05 78 006 084 91")
    carte.bouton.click()
    joueur.attendre()
    assert "suites" not in joueur.session.document


def test_quitter_l_ecran_oublie_la_carte(joueur: Joueur, tmp_path: Path) -> None:
    voie = next(une for une in joueur.bilan.voies_retenues if une.fiches)
    carte = sortir(joueur, tmp_path, voie.fiches[0]).transmis
    carte.aupres_de.ligne.setText("SIAO")
    joueur.aller("accueil")
    assert carte.isHidden()
    assert carte.aupres_de.contenu == ""


def test_jamais_d_un_dossier_qui_se_tait(joueur: Joueur) -> None:
    """Aucune voie suivie, ou un dossier discret : la carte ne paraît pas."""
    joueur.aller("imprimer")
    montre = joueur.ecran
    assert isinstance(montre, EcranImprimer)
    montre.transmis.montrer(joueur.bilan, ["inconnue"])
    assert montre.transmis.isHidden()
    fiches = [fiche for voie in joueur.bilan.voies_retenues for fiche in voie.fiches]
    joueur.session.modifier({"protection.discret": True})
    joueur.attendre()
    montre.transmis.montrer(joueur.bilan, fiches)
    assert montre.transmis.isHidden()
