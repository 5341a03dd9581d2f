"""Une contradiction reste en tête de toute page du dossier, mène à chaque réponse, ou se confirme avec trace."""

from __future__ import annotations

from typing import cast

import pytest
from outils_dossier import creer, ecrit, ouvrir
from outils_ecran import au_repos, montrer, presser
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from modele.dossier.chemins import lire
from ui.cadre.contradictions import BandeContradictions
from ui.composants import Bouton
from ui.ecrans.entretien.ecran import EcranEntretien
from ui.lancement import Poste
from ui.theme import Nom, Theme
from ui.theme.apparence import apparence

CONTREDIT = {"deja_enregistree": False, "type": "renouvellement"}
PAGES = ("entretien", "cotation", "orientation", "imprimer", "suivi")


def dite(bande: BandeContradictions) -> str:
    return " ".join(une.text() for une in bande.findChildren(QLabel) if une.text())


def boutons(bande: BandeContradictions) -> dict[str, Bouton]:
    return {un.text(): un for un in bande.findChildren(Bouton)}


def preparer(qtbot: QtBot, poste: Poste) -> EcranEntretien:
    dossier = creer(qtbot, poste, demande=CONTREDIT, demandeur={"nom": "Essai"})
    montrer(qtbot, poste.fenetre)
    return ouvrir(qtbot, poste, dossier, "demandeur.prenoms")


def test_la_bande_tient_en_tete_de_chaque_page_du_dossier_et_pas_a_l_accueil(poste_ouvert: Poste, qtbot: QtBot) -> None:
    preparer(qtbot, poste_ouvert)
    bande = poste_ouvert.contradictions
    for page in PAGES:
        poste_ouvert.fenetre.aller(page)
        au_repos(qtbot, poste_ouvert)
        assert bande.isVisible(), page
        assert "renouvellement" in dite(bande)
    poste_ouvert.fenetre.aller("accueil")
    au_repos(qtbot, poste_ouvert)
    assert not bande.isVisible()


def test_une_touche_mene_a_chaque_reponse_et_la_changer_regle_tout(poste_ouvert: Poste, qtbot: QtBot) -> None:
    ecran = preparer(qtbot, poste_ouvert)
    bande = poste_ouvert.contradictions
    for touche, chemin in ((Qt.Key.Key_1, "demande.deja_enregistree"), (Qt.Key.Key_2, "demande.type")):
        poste_ouvert.fenetre.aller("cotation")
        presser(touche, Qt.KeyboardModifier.AltModifier)
        au_repos(qtbot, poste_ouvert)
        qtbot.waitUntil(lambda voulu=chemin: ecran.etape is not None and voulu in ecran.etape.chemins)  # type: ignore[misc]
        assert poste_ouvert.fenetre.ecran == "entretien"
        assert bande.isVisible()
    poste_ouvert.session.modifier({"demande.type": "premiere"})
    au_repos(qtbot, poste_ouvert)
    assert not bande.isVisible()


def test_c_est_bien_cela_se_garde_et_la_bande_revient_si_la_reponse_change(poste_ouvert: Poste, qtbot: QtBot) -> None:
    preparer(qtbot, poste_ouvert)
    bande, dossier = poste_ouvert.contradictions, poste_ouvert.session.dossier_id
    presser(Qt.Key.Key_0, Qt.KeyboardModifier.AltModifier)
    au_repos(qtbot, poste_ouvert)
    assert not bande.isVisible()
    garde = lire(ecrit(qtbot, poste_ouvert, dossier), "confirmations.contradictions/renouvellement-sans-demande")
    assert cast(str, garde).startswith("Un renouvellement, mais aucune demande enregistrée")
    poste_ouvert.session.modifier({"demande.type": "modification"})
    au_repos(qtbot, poste_ouvert)
    assert bande.isVisible()


def test_ctrl_z_reprend_la_confirmation_sans_quitter_la_page(poste_ouvert: Poste, qtbot: QtBot) -> None:
    ecran = preparer(qtbot, poste_ouvert)
    presser(Qt.Key.Key_0, Qt.KeyboardModifier.AltModifier)
    au_repos(qtbot, poste_ouvert)
    poste_ouvert.fenetre.agir("annuler")
    au_repos(qtbot, poste_ouvert)
    assert poste_ouvert.contradictions.isVisible()
    assert "c'est bien cela" in poste_ouvert.fenetre.bandeau.phrase
    assert ecran.etape is not None
    assert "demandeur.prenoms" in ecran.etape.chemins


def test_plusieurs_se_disent_une_a_une_et_la_personne_se_nomme(poste_ouvert: Poste, qtbot: QtBot) -> None:
    enfant = {"prenoms": "Sami", "nom": "Essai", "date_naissance": "1980-01-01", "lien": "enfant"}
    dossier = creer(
        qtbot,
        poste_ouvert,
        demande=CONTREDIT,
        demandeur={"nom": "Essai", "date_naissance": "1990-01-01"},
        foyer={"personnes": {"elements": {"0190a201-0000-7000-8000-000000000001": enfant}}},
    )
    montrer(qtbot, poste_ouvert.fenetre)
    ouvrir(qtbot, poste_ouvert, dossier)
    bande = poste_ouvert.contradictions
    assert "1 sur 2" in dite(bande)
    boutons(bande)["C'est bien cela"].click()
    au_repos(qtbot, poste_ouvert)
    assert "Sami" in dite(bande)
    assert "1 sur" not in dite(bande)


def test_d_un_dossier_discret_la_bande_ne_nomme_personne(poste_ouvert: Poste, qtbot: QtBot) -> None:
    enfant = {"prenoms": "Sami", "nom": "Essai", "date_naissance": "2010-01-01", "lien": "enfant"}
    dossier = creer(
        qtbot,
        poste_ouvert,
        protection={"discret": True},
        demandeur={"nom": "Essai", "date_naissance": "2000-01-01"},
        foyer={"personnes": {"elements": {"0190a201-0000-7000-8000-000000000001": enfant}}},
    )
    montrer(qtbot, poste_ouvert.fenetre)
    ouvrir(qtbot, poste_ouvert, dossier)
    bande = poste_ouvert.contradictions
    assert bande.isVisible()
    assert "Sami" not in f"{dite(bande)} {' '.join(boutons(bande))}"


def test_la_bande_part_avec_son_dossier(poste_ouvert: Poste, qtbot: QtBot) -> None:
    preparer(qtbot, poste_ouvert)
    assert poste_ouvert.contradictions.isVisible()
    autre = creer(qtbot, poste_ouvert, demandeur={"nom": "Autre"})
    ouvrir(qtbot, poste_ouvert, autre)
    assert not poste_ouvert.contradictions.isVisible()
    assert dite(poste_ouvert.contradictions) == ""


@pytest.mark.parametrize("echelle", [100, 150, 200])
def test_a_toute_taille_la_bande_tient_dans_la_fenetre(poste_ouvert: Poste, qtbot: QtBot, echelle: int) -> None:
    """À 200 %, changer la taille du texte sous une bande faisait tomber le poste."""
    preparer(qtbot, poste_ouvert)
    poste_ouvert.fenetre.resize(1366, 768)
    apparence().appliquer(Theme(Nom.CLAIR, echelle))
    for _ in range(3):
        au_repos(qtbot, poste_ouvert)
    bande = poste_ouvert.contradictions
    assert poste_ouvert.fenetre.width() == 1366
    for bouton in boutons(bande).values():
        assert bouton.isVisible()
        assert bouton.mapTo(bande, bouton.rect().bottomRight()).x() <= bande.width()


@pytest.mark.parametrize("cle", ["aide", "nom"])
def test_chaque_geste_de_la_bande_a_un_nom_et_dit_sa_touche(poste_ouvert: Poste, qtbot: QtBot, cle: str) -> None:
    preparer(qtbot, poste_ouvert)
    for bouton in boutons(poste_ouvert.contradictions).values():
        assert bouton.accessibleName() if cle == "nom" else "Alt" in bouton.accessibleDescription()
        assert bouton.height() >= 40
