"""L'écran « Remises entre lieux », vrais widgets : remettre le dossier ouvert, retirer, recevoir, refuser."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from dossiers_ecran import heberge, ouvrir
from outils_ecran import au_repos, presser, taper
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from modele.coffre import Coffre
from ui.ecrans.remises.ecran import EcranRemises
from ui.lancement import Poste
from ui.mots import remises as mots
from ui.theatre.joueur import Joueur
from ui.theatre.scenes_remises import remplir

CTRL = Qt.KeyboardModifier.ControlModifier
AUTRE = "Annexe"


@pytest.fixture
def ecran(poste_ouvert: Poste, qtbot: QtBot) -> EcranRemises:
    ouvrir(Joueur(poste_ouvert), heberge())
    return aller(qtbot, poste_ouvert)


def aller(qtbot: QtBot, poste: Poste) -> EcranRemises:
    montre = poste.fenetre.aller("remises")
    au_repos(qtbot, poste)
    assert isinstance(montre, EcranRemises)
    return montre


def textes(widget: QWidget) -> str:
    return " ".join(un.text() for un in widget.findChildren(QLabel) if un.isVisible())


def remettre(ecran: EcranRemises, poste: Poste, qtbot: QtBot) -> None:
    remplir(ecran)
    presser(Qt.Key.Key_Return, CTRL, widget=ecran.vers.ligne)
    au_repos(qtbot, poste)


def adresser_ici(poste: Poste, qtbot: QtBot) -> None:
    """La même remise, comme venue d'un autre lieu : ce poste change de nom, elle est alors pour lui."""

    def renommer(coffre: Coffre) -> None:
        coffre.regler("poste.nom", "Mairie de Port-Clair")

    poste.session.avec_coffre(renommer, lambda _: None, pour=poste.session)
    au_repos(qtbot, poste)


def test_remettre_puis_retirer_son_accord(ecran: EcranRemises, poste_ouvert: Poste, qtbot: QtBot) -> None:
    remettre(ecran, poste_ouvert, qtbot)
    assert ecran.constat.text() == mots.PROPOSEE
    (ligne,) = ecran.lignes
    dit = textes(ligne)
    assert "remis à Mairie de Port-Clair : pas encore reçu" in dit
    assert "être suivie près de chez elle" in dit
    assert "Remis : nom de naissance, prénoms." in dit
    assert ecran.vers.contenu == ""
    (retirer,) = ligne.gestes
    presser(Qt.Key.Key_Space, widget=retirer)
    au_repos(qtbot, poste_ouvert)
    assert ecran.constat.text() == mots.RETIREE
    (ligne,) = ecran.lignes
    assert ligne.gestes == []
    assert "accord retiré" in textes(ligne)


def test_rien_n_est_coche_d_avance_et_ce_qui_manque_se_dit_au_champ(
    ecran: EcranRemises, poste_ouvert: Poste, qtbot: QtBot
) -> None:
    assert ecran.choix.valeur() == []
    presser(Qt.Key.Key_Return, CTRL, widget=ecran.vers.ligne)
    assert QApplication.focusWidget() is ecran.vers.ligne
    taper("Annexe", ecran.vers.ligne)
    presser(Qt.Key.Key_Return, CTRL, widget=ecran.vers.ligne)
    assert QApplication.focusWidget() is ecran.but.ligne
    taper("suite", ecran.but.ligne)
    taper("32/13/2026", ecran.jusqu_au.ligne)
    presser(Qt.Key.Key_Return, CTRL, widget=ecran.but.ligne)
    assert QApplication.focusWidget() is ecran.jusqu_au.ligne
    ecran.jusqu_au.poser(f"{date.today() + timedelta(days=9):%d/%m/%Y}")
    ecran.proposer()
    au_repos(qtbot, poste_ouvert)
    assert ecran.constat.text() == mots.CHOISIR
    assert ecran.lignes == []


def test_recevoir_montre_d_abord_pourquoi_et_quoi_puis_ouvre_le_dossier_neuf(
    ecran: EcranRemises, poste_ouvert: Poste, qtbot: QtBot
) -> None:
    avant = poste_ouvert.session.dossier_id
    remettre(ecran, poste_ouvert, qtbot)
    adresser_ici(poste_ouvert, qtbot)
    ecran.paraitre()
    au_repos(qtbot, poste_ouvert)
    (ligne,) = ecran.lignes
    dit = textes(ligne)
    assert "à recevoir ou refuser" in dit
    assert "Pourquoi : être suivie près de chez elle" in dit
    nom: Any = poste_ouvert.session.document["demandeur"]["nom"]
    assert nom not in dit
    presser(Qt.Key.Key_Space, widget=ligne.gestes[0])
    au_repos(qtbot, poste_ouvert)
    assert poste_ouvert.fenetre.ecran == "entretien"
    assert poste_ouvert.session.dossier_id not in ("", avant)
    assert poste_ouvert.session.document["demandeur"]["nom"] == nom


def test_refuser_demande_un_motif(ecran: EcranRemises, poste_ouvert: Poste, qtbot: QtBot) -> None:
    remettre(ecran, poste_ouvert, qtbot)
    adresser_ici(poste_ouvert, qtbot)
    ecran.paraitre()
    au_repos(qtbot, poste_ouvert)
    (ligne,) = ecran.lignes
    presser(Qt.Key.Key_Space, widget=ligne.gestes[1])
    au_repos(qtbot, poste_ouvert)
    assert "pourquoi elle est refusée" in poste_ouvert.fenetre.bandeau.phrase
    assert ligne.motif is not None
    taper("hors commune", ligne.motif.ligne)
    presser(Qt.Key.Key_Space, widget=ligne.gestes[1])
    au_repos(qtbot, poste_ouvert)
    assert ecran.constat.text() == mots.REFUSEE
    assert "refusé, « hors commune »" in textes(ecran.lignes[0])


def test_sans_dossier_pas_de_formulaire_et_quitter_ne_laisse_rien(
    ecran: EcranRemises, poste_ouvert: Poste, qtbot: QtBot
) -> None:
    remplir(ecran)
    presser(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier, widget=ecran)
    au_repos(qtbot, poste_ouvert)
    assert poste_ouvert.fenetre.ecran == "suivi"
    assert (ecran.vers.contenu, ecran.choix.valeur(), ecran.lignes) == ("", [], [])
    poste_ouvert.session.fermer_dossier()
    sans = aller(qtbot, poste_ouvert)
    assert sans.formulaire.isHidden()
    assert sans.constat.text() == mots.RIEN
    assert not sans.delicat
