"""Supprimer un dossier créé par erreur, au clavier ; le retrouver, le rendre ; ne rien montrer des autres."""

from __future__ import annotations

from typing import Any, cast

import pytest
from outils_dossier import creer, ecrit, ouvrir
from outils_ecran import au_repos, montrer, presser, taper
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from modele.dossier.suppression import Raison
from ui.composants.masques import masque
from ui.ecrans.suppression.ecran import EcranSuppression
from ui.ecrans.supprimes.ecran import EcranSupprimes
from ui.etat.session import REPONSES_EN_ATTENTE
from ui.lancement import Poste
from ui.mots.suppressions import AUCUN, SANS_DOSSIER, SANS_MOTS, SANS_RAISON

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
CONTENUS: dict[str, dict[str, Any]] = {
    "ordinaire": {"demandeur": {"nom": "Hamidi", "prenoms": "Zahra"}},
    "discret": {"demandeur": {"nom": "Hamidi", "prenoms": "Zahra"}, "protection": {"discret": True}},
}


def aller(qtbot: QtBot, poste: Poste, contenu: dict[str, Any]) -> tuple[str, EcranSuppression]:
    """Par le suivi du dossier, au clavier."""
    montrer(qtbot, poste.fenetre)
    dossier = creer(qtbot, poste, **contenu)
    ouvrir(qtbot, poste, dossier)
    poste.fenetre.aller("suivi")
    au_repos(qtbot, poste)
    presser(Qt.Key.Key_S, ALT)
    assert poste.fenetre.ecran == "suppression"
    return dossier, cast(EcranSuppression, poste.fenetre.pile.currentWidget())


def lus(ecran: EcranSupprimes) -> str:
    return " ".join(e.text() for e in ecran.findChildren(QLabel) if e.isVisible())


@pytest.mark.parametrize("contenu", CONTENUS.values(), ids=CONTENUS)
def test_supprimer_puis_rendre_au_clavier(qtbot: QtBot, poste_ouvert: Poste, contenu: dict[str, Any]) -> None:
    """Une raison, des mots, Ctrl+Entrée : l'accueil, sans lui ; « Dossiers supprimés » le rend entier."""
    dossier, ecran = aller(qtbot, poste_ouvert, contenu)
    presser(Qt.Key.Key_4)
    assert ecran.raisons.valeur() is Raison.FAUSSE_MANIPULATION
    ecran.mots.setFocus()
    taper("mauvais écran")
    presser(Qt.Key.Key_Return, CTRL)
    au_repos(qtbot, poste_ouvert)
    session, fenetre = poste_ouvert.session, poste_ouvert.fenetre
    assert (fenetre.ecran, session.dossier_id, session.document) == ("accueil", "", {})
    assert "Dossier supprimé" in fenetre.bandeau.phrase
    assert "HAMIDI" not in fenetre.bandeau.phrase
    liste = cast(EcranSupprimes, fenetre.aller("supprimes"))
    au_repos(qtbot, poste_ouvert)
    (ligne,) = liste.lignes
    assert "HAMIDI" not in lus(liste)
    assert "mauvais" not in lus(liste)
    ligne.qui.bouton.click()
    assert ("HAMIDI" in lus(liste)) is ("protection" not in contenu)
    assert "mauvais écran" in lus(liste)
    ligne.rendre.click()
    au_repos(qtbot, poste_ouvert)
    assert (liste.lignes, liste.constat.text()) == ([], AUCUN)
    assert ecrit(qtbot, poste_ouvert, dossier)["demandeur"]["nom"] == "Hamidi"


def test_un_seul_nom_a_la_fois(qtbot: QtBot, poste_ouvert: Poste) -> None:
    """Montrer l'un cache l'autre ; quitter l'écran cache tout."""
    for nom in ("Un", "Deux"):
        ouvrir(qtbot, poste_ouvert, creer(qtbot, poste_ouvert, demandeur={"nom": nom}))
        poste_ouvert.session.supprimer_dossier(Raison.ESSAI, "essai", lambda _: None, pytest.fail)
        au_repos(qtbot, poste_ouvert)
    montrer(qtbot, poste_ouvert.fenetre)
    liste = cast(EcranSupprimes, poste_ouvert.fenetre.aller("supprimes"))
    au_repos(qtbot, poste_ouvert)
    for ligne in liste.lignes:
        ligne.qui.bouton.click()
    assert ["« essai »" in ligne.qui.nom.text() for ligne in liste.lignes] == [False, True]
    # F12, le verrou : le masque de toute l'application remasque aussi celle-ci.
    masque().remasquer()
    assert not ["« essai »" for ligne in liste.lignes if "« essai »" in ligne.qui.nom.text()]
    liste.lignes[1].qui.bouton.click()
    liste.lignes[1].qui.bouton.click()
    assert "« essai »" not in lus(liste)
    poste_ouvert.fenetre.aller("accueil")
    assert liste.lignes == []


def test_sans_raison_ni_mots_rien_ne_part(qtbot: QtBot, poste_ouvert: Poste) -> None:
    """Ctrl+Entrée trop tôt dit ce qui manque ; « Ne rien supprimer » revient au suivi."""
    dossier, ecran = aller(qtbot, poste_ouvert, CONTENUS["ordinaire"])
    presser(Qt.Key.Key_Return, CTRL)
    assert ecran.constat.text() == SANS_RAISON
    presser(Qt.Key.Key_1)
    presser(Qt.Key.Key_Return, CTRL)
    assert ecran.mots.faute == SANS_MOTS
    presser(Qt.Key.Key_Left, ALT)
    au_repos(qtbot, poste_ouvert)
    assert (poste_ouvert.fenetre.ecran, poste_ouvert.session.dossier_id) == ("suivi", dossier)


def test_ce_que_le_registre_a_pu_recevoir_reste(qtbot: QtBot, poste_ouvert: Poste) -> None:
    """La phrase dit pourquoi, et le dossier est toujours ouvert."""
    dossier, ecran = aller(qtbot, poste_ouvert, CONTENUS["ordinaire"])

    def tenter(coffre: Any) -> None:
        coffre.echanges.noter_essai([un.entete.id for un in coffre.echanges.lot(10)])

    poste_ouvert.session.avec_coffre(tenter, lambda _: None, pour=ecran)
    au_repos(qtbot, poste_ouvert)
    presser(Qt.Key.Key_1)
    ecran.mots.poser("double")
    presser(Qt.Key.Key_Return, CTRL)
    au_repos(qtbot, poste_ouvert)
    assert "chez eux" in ecran.constat.text()
    assert poste_ouvert.session.dossier_id == dossier
    assert ecran.supprimer.isEnabled()


def test_sans_dossier_ouvert_l_ecran_le_dit(qtbot: QtBot, poste_ouvert: Poste) -> None:
    """Depuis la palette, à l'accueil."""
    montrer(qtbot, poste_ouvert.fenetre)
    ecran = cast(EcranSuppression, poste_ouvert.fenetre.aller("suppression"))
    assert ecran.constat.text() == SANS_DOSSIER
    assert not ecran.supprimer.isVisible()
    presser(Qt.Key.Key_Return, CTRL)
    presser(Qt.Key.Key_Left, ALT)
    assert poste_ouvert.fenetre.ecran == "accueil"


def test_des_reponses_non_enregistrees_d_abord(qtbot: QtBot, poste_ouvert: Poste) -> None:
    """Une écriture bloquée s'écrirait dans un dossier parti."""
    aller(qtbot, poste_ouvert, CONTENUS["ordinaire"])
    poste_ouvert.session._bloquee = True
    phrases: list[str] = []
    poste_ouvert.session.supprimer_dossier(Raison.ESSAI, "essai", pytest.fail, phrases.append)
    assert phrases == [REPONSES_EN_ATTENTE]
    poste_ouvert.session._bloquee = False
