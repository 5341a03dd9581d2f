"""Toutes les touches, lues sur les vrais écrans, cherchables."""

from __future__ import annotations

from typing import cast

from outils_dossier import creer, ouvrir
from outils_ecran import au_repos, montrer, presser, taper
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.composants import Bouton
from ui.ecrans import declares
from ui.ecrans.reglages.ecran import EcranReglages
from ui.lancement import Poste
from ui.mots.reglages import AUCUNE_TOUCHE, PARTOUT


def tout_ouvrir(qtbot: QtBot, poste: Poste) -> EcranReglages:
    montrer(qtbot, poste.fenetre)
    ecran = cast(EcranReglages, poste.fenetre.aller("reglages"))
    au_repos(qtbot, poste)
    ecran.clavier.pli.bouton.setFocus()
    presser(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: set(poste.fenetre.tenus) == set(declares()))
    au_repos(qtbot, poste)
    return ecran


def test_chaque_touche_ecrite_y_est_et_aucune_autre(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Celles de la fenêtre, et celles de chaque écran, même jamais visité."""
    carte = tout_ouvrir(qtbot, poste_ouvert).clavier
    lues = {(une.touche, une.detail) for une in carte.touches}
    gestes = {(a.raccourci, PARTOUT) for a in poste_ouvert.fenetre.actions_possibles() if a.raccourci}
    des_ecrans = {
        (bouton.touche, declares()[nom].libelle)
        for nom, ecran in poste_ouvert.fenetre.tenus.items()
        for bouton in ecran.findChildren(Bouton)
        if bouton.touche
    }
    assert lues == gestes | des_ecrans | {("F12", PARTOUT)}
    assert ("Ctrl+,", PARTOUT) in lues
    assert ("Ctrl+S", declares()["imprimer"].libelle) in lues


def test_chercher_une_touche_au_clavier(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Par le geste, par la touche ; rien trouvé se dit ; vide, tout revient."""
    carte = tout_ouvrir(qtbot, poste_ouvert).clavier
    assert QApplication.focusWidget() is carte.chercher.ligne
    taper("imprimer", carte.chercher.ligne)
    assert carte.trouvees()
    assert all("mprimer" in f"{une.libelle} {une.detail}" for une in carte.trouvees())
    carte.chercher.ligne.clear()
    taper("ctrl k", carte.chercher.ligne)
    assert [une.touche for une in carte.trouvees()] == ["Ctrl+K"]
    carte.chercher.ligne.clear()
    taper("zzyzx", carte.chercher.ligne)
    assert (carte.trouvees(), carte.constat.text()) == ([], AUCUNE_TOUCHE)


def test_un_ecran_lu_sans_etre_vu_ne_derange_rien(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Fabriqués pour leurs touches, tous suivent ensuite un dossier qui s'ouvre, change et se ferme."""
    tout_ouvrir(qtbot, poste_ouvert)
    dossier = creer(qtbot, poste_ouvert, demandeur={"nom": "Hamidi"})
    ouvrir(qtbot, poste_ouvert, dossier)
    poste_ouvert.session.modifier({"demandeur.nom": "Hamid"})
    au_repos(qtbot, poste_ouvert)
    poste_ouvert.session.fermer_dossier()
    au_repos(qtbot, poste_ouvert)
    assert not list((poste_ouvert.session.donnees / "pannes").glob("*"))
    assert poste_ouvert.fenetre.bandeau.phrase == ""
