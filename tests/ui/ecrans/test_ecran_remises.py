"""L'écran « Remises entre lieux », vrais widgets : remettre le dossier ouvert, retirer, recevoir, refuser."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from dossiers_ecran import heberge, ouvrir
from outils_ecran import au_repos, presser, taper
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from modele.coffre import Coffre
from modele.coffre import remises as du_coffre
from modele.lieux.modele import Lieu
from ui.ecrans.accueil.ecran import EcranAccueil
from ui.ecrans.remises.ecran import EcranRemises
from ui.ecrans.remises.lieu import destinations
from ui.lancement import Poste
from ui.mots import remises as mots
from ui.theatre.joueur import Joueur
from ui.theatre.scenes_remises import LIEU, remplir

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
        coffre.regler("poste.nom", LIEU)

    poste.session.avec_coffre(renommer, lambda _: None, pour=poste.session)
    au_repos(qtbot, poste)


def test_remettre_puis_retirer_son_accord(ecran: EcranRemises, poste_ouvert: Poste, qtbot: QtBot) -> None:
    remettre(ecran, poste_ouvert, qtbot)
    assert ecran.constat.text() == mots.PROPOSEE
    (ligne,) = ecran.lignes
    dit = textes(ligne)
    assert f"remis à {LIEU} : pas encore reçu" in dit
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
    taper("suite", ecran.but.ligne)
    # Un nom que rien ne connaît ne part pas du premier coup.
    presser(Qt.Key.Key_Return, CTRL, widget=ecran.vers.ligne)
    assert (ecran.vers.faute, QApplication.focusWidget()) == (mots.INCONNU, ecran.vers.ligne)
    ecran.but.poser("")
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


def test_le_lieu_se_choisit_dans_l_annuaire_au_clavier(ecran: EcranRemises) -> None:
    """Quelques lettres, Entrée : le nom entier, et le clavier au champ d'après ; ni ce lieu, ni une adresse cachée."""
    ecran.vers.ligne.setFocus()
    taper("port", ecran.vers.ligne)
    assert [ecran.lieu.liste.vue(rang).titre for rang in range(ecran.lieu.liste.count())] == [LIEU]
    presser(Qt.Key.Key_Return, widget=ecran.vers.ligne)
    assert ecran.vers.contenu == LIEU
    assert ecran.lieu.liste.isHidden()
    assert QApplication.focusWidget() is ecran.but.ligne
    ecran.lieu.vider()
    taper("heberg", ecran.vers.ligne)
    assert ecran.lieu.liste.isHidden()
    ecran.vers.poser("ccas de colombe FICTIF")
    assert ecran.lieu.sur()
    assert ecran.vers.contenu == "CCAS de Colombe (fictif)"


def test_deux_lieux_qui_repondent_aucun_n_est_choisi_d_avance(ecran: EcranRemises) -> None:
    ecran.lieu.equiper([mots.Destination("Mairie nord"), mots.Destination("Mairie sud")])
    ecran.vers.ligne.setFocus()
    taper("mairie", ecran.vers.ligne)
    assert (ecran.lieu.liste.count(), ecran.lieu.liste.currentRow()) == (2, -1)
    presser(Qt.Key.Key_Down, widget=ecran.vers.ligne)
    presser(Qt.Key.Key_Return, widget=ecran.vers.ligne)
    assert ecran.vers.contenu == "Mairie nord"


def test_un_refuge_ne_se_propose_pas() -> None:
    refuge = Lieu("refuge", "Hébergement discret", "association", adresse_confidentielle=True)
    ouvert = replace(refuge, adresse_confidentielle=False)
    assert destinations([], [refuge], []) == []
    assert destinations([], [ouvert], []) == [mots.Destination("Hébergement discret", "association")]
    dits = destinations(["Annexe"], [ouvert, refuge], [])
    assert [(un.nom, mots.PAS_NOMME in un.detail) for un in dits] == [("Annexe", False), ("Hébergement discret", True)]
    assert destinations(["Annexe"], [ouvert], ["hebergement discret"]) == [mots.Destination("Annexe")]


# À l'accueil du lieu qui reçoit.


def accueil(poste: Poste, qtbot: QtBot) -> EcranAccueil:
    montre = poste.fenetre.aller("accueil")
    au_repos(qtbot, poste)
    assert isinstance(montre, EcranAccueil)
    return montre


def test_l_accueil_dit_ce_qui_arrive_sans_nommer_personne(
    ecran: EcranRemises, poste_ouvert: Poste, qtbot: QtBot
) -> None:
    """Parti d'ici, rien n'est à dire ; arrivé ici, la carte le dit, et mène aux remises."""
    nom: Any = poste_ouvert.session.document["demandeur"]["nom"]
    remettre(ecran, poste_ouvert, qtbot)
    assert accueil(poste_ouvert, qtbot).remises.isHidden()
    adresser_ici(poste_ouvert, qtbot)
    montre = accueil(poste_ouvert, qtbot)
    assert not montre.remises.isHidden()
    assert montre.remises.phrase.text().endswith("vous remet un dossier : à recevoir ou refuser.")
    assert not [mot for mot in (nom, "être suivie") if mot in textes(montre.remises)]
    montre.remises.voir.click()
    au_repos(qtbot, poste_ouvert)
    assert poste_ouvert.fenetre.ecran == "remises"
    (ligne,) = poste_ouvert.fenetre.pile.currentWidget().lignes  # type: ignore[attr-defined]
    presser(Qt.Key.Key_Space, widget=ligne.gestes[0])
    au_repos(qtbot, poste_ouvert)
    assert accueil(poste_ouvert, qtbot).remises.isHidden()


def test_nommee_a_un_agent_nul_autre_n_en_voit_rien_a_l_accueil(
    ecran: EcranRemises, poste_ouvert: Poste, qtbot: QtBot
) -> None:
    ecran.a_qui.poser("Paul Roux")
    remettre(ecran, poste_ouvert, qtbot)
    adresser_ici(poste_ouvert, qtbot)
    assert accueil(poste_ouvert, qtbot).remises.isHidden()
    poste_ouvert.session.agent = "Paul Roux"
    assert not accueil(poste_ouvert, qtbot).remises.isHidden()


def test_mutant_une_remise_nommee_se_dit_a_tous(
    ecran: EcranRemises, poste_ouvert: Poste, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(du_coffre, "_est", lambda *_: True)
    with pytest.raises(AssertionError):
        test_nommee_a_un_agent_nul_autre_n_en_voit_rien_a_l_accueil(ecran, poste_ouvert, qtbot)
