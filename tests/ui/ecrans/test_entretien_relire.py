"""Corriger une réponse ancienne (constat 22) : deux touches de n'importe quelle page, et l'on en revient."""

from __future__ import annotations

import pytest
from outils_dossier import creer, ecrit, ici, ouvrir
from outils_ecran import au_repos, presser, taper
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from modele.protection.mots import QUESTION_NEUTRE
from ui.composants.lien import Lien
from ui.ecrans.entretien.ecran import EcranEntretien
from ui.ecrans.entretien.relire import SECTIONS, TOUCHE
from ui.lancement import Poste

CTRL_MAJ = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
DIT = {
    "demandeur": {"nom": "Essai", "prenoms": "Ana", "date_naissance": "1990-05-01", "nationalite": "francaise"},
    "demande": {"deja_enregistree": False},
    "logement_actuel": {"statut": "locataire_parc_prive", "loyer": 640},
}


def lettre_de(ecran: EcranEntretien, section: str) -> Qt.Key:
    """La touche écrite devant la section, dans le plan."""
    rang = next(n for n, une in enumerate(ecran._parcours.sections) if une.section.id == section)
    dite = ecran.sections.dit(rang)
    assert dite.startswith(f"{SECTIONS[rang]}. ")
    return Qt.Key(ord(SECTIONS[rang]))


def signe_de(ecran: EcranEntretien, sujet: str) -> str:
    """La touche écrite devant la réponse."""
    liens = ecran.pages.courante.findChildren(Lien)  # type: ignore[union-attr]
    return next(une.accessibleName() for une in liens if f". {sujet} : " in une.accessibleName()).partition(".")[0]


def test_de_n_importe_quelle_page_deux_touches_et_l_on_revient(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """On parle du loyer ; « en fait je suis née en 91 » : deux touches, la date, Entrée, et le loyer revient."""
    dossier = creer(qtbot, poste_ouvert, **DIT)
    ecran = ouvrir(qtbot, poste_ouvert, dossier, "logement_actuel.loyer")
    champ, etape = ici(ecran), ecran.etape
    presser(lettre_de(ecran, "vous"), CTRL_MAJ)
    assert ecran.pages.courante is ecran.reponses
    presser(Qt.Key(ord(signe_de(ecran, "Date de naissance"))))
    assert ici(ecran) == "demandeur.date_naissance"
    assert ecran.suivant.text() == "Revenir où l'on en était"
    assert ecran.suivant.touche == "Return"
    assert not ecran.precedent.isVisible()
    clavier = QApplication.focusWidget()
    clavier.selectAll()  # type: ignore[union-attr]
    taper("01/05/1991")
    presser(Qt.Key.Key_Return)
    au_repos(qtbot, poste_ouvert)
    assert ecran.etape is not None
    assert etape is not None
    assert ecran.etape.cle == etape.cle
    assert ici(ecran) == champ
    assert ecran.suivant.text() in ("Suivant", "Terminer")
    assert ecran.precedent.isVisible()
    assert ecrit(qtbot, poste_ouvert, dossier)["demandeur"]["date_naissance"] == "1991-05-01"


def test_alt_l_ouvre_la_section_courante_et_rend_la_page(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Deux touches encore ; une seconde fois, ou Échap, Alt+Gauche : la page d'où l'on vient, au même champ."""
    ecran = ouvrir(qtbot, poste_ouvert, creer(qtbot, poste_ouvert, **DIT), "logement_actuel.loyer")
    champ = ici(ecran)
    for touche, avec in ((Qt.Key.Key_L, ALT), (Qt.Key.Key_Left, ALT), (Qt.Key.Key_Escape, None)):
        presser(Qt.Key.Key_L, ALT)
        assert ecran.pages.courante is ecran.reponses
        assert ecran.reponses.carte.ouverte == "logement_actuel"
        if avec is None:
            presser(touche)
            assert ecran.pages.courante is ecran.reponses, "Échap replie d'abord"
        presser(touche, avec or Qt.KeyboardModifier.NoModifier)
        assert ecran.pages.courante is not ecran.reponses
        assert ici(ecran) == champ


def test_une_question_dite_se_change_et_entree_rend_la_page(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Un chiffre répond et reste ; Entrée revient. Alt+Gauche revient aussi, sans rien changer."""
    dossier = creer(qtbot, poste_ouvert, **DIT)
    ecran = ouvrir(qtbot, poste_ouvert, dossier, "logement_actuel.loyer")
    etape = ecran.etape
    assert etape is not None
    for touche, avec in ((Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_Left, ALT)):
        presser(lettre_de(ecran, "demande"), CTRL_MAJ)
        presser(Qt.Key.Key_1)
        au_repos(qtbot, poste_ouvert)
        assert ecran.etape is not None
        assert ecran.etape.section.id == "demande"
        presser(Qt.Key.Key_1)
        au_repos(qtbot, poste_ouvert)
        assert ecran.etape.section.id == "demande", "on voit ce qu'on a répondu"
        presser(touche, avec)
        au_repos(qtbot, poste_ouvert)
        assert ecran.etape.cle == etape.cle


def finir(qtbot: QtBot, poste: Poste, ecran: EcranEntretien) -> None:
    ecran.finir()
    au_repos(qtbot, poste)
    assert ecran.pages.courante is ecran.fin


def test_changer_depuis_la_fin_y_ramene_d_une_touche(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """La section dépliée le reste : la réponse suivante n'est qu'à une touche."""
    dossier = creer(qtbot, poste_ouvert, **DIT)
    ecran = ouvrir(qtbot, poste_ouvert, dossier)
    finir(qtbot, poste_ouvert, ecran)
    presser(lettre_de(ecran, "vous"))
    signe = Qt.Key(ord(signe_de(ecran, "Prénoms")))
    presser(signe)
    assert ici(ecran) == "demandeur.prenoms"
    assert ecran.suivant.text() == "Revenir à la fin"
    QApplication.focusWidget().selectAll()  # type: ignore[union-attr]
    taper("Zoe")
    presser(Qt.Key.Key_Return)
    au_repos(qtbot, poste_ouvert)
    assert ecran.pages.courante is ecran.fin
    assert "Prénoms : Zoe" in "\n".join(une.accessibleName() for une in ecran.fin.findChildren(Lien))
    presser(signe)
    assert ici(ecran) == "demandeur.prenoms"
    presser(Qt.Key.Key_Left, ALT)
    assert ecran.pages.courante is ecran.fin
    presser(Qt.Key.Key_Left, ALT)
    assert ecran.pages.courante is not ecran.fin
    assert ecran.suivant.text() in ("Suivant", "Terminer"), "le détour est fini"


def test_un_manque_de_la_fin_fait_le_tour_de_sa_page_et_revient(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Ce qui manque va souvent ensemble : Entrée va au champ vide d'après, et Ctrl+Entrée revient à la fin."""
    ecran = ouvrir(qtbot, poste_ouvert, creer(qtbot, poste_ouvert, demandeur={"nom": "Essai"}))
    finir(qtbot, poste_ouvert, ecran)
    lien = next(une for une in ecran.fin.findChildren(Lien) if une.accessibleName() == "Prénoms")
    lien.setFocus()
    presser(Qt.Key.Key_Return)
    assert ici(ecran) == "demandeur.prenoms"
    taper("Ana")
    presser(Qt.Key.Key_Return)
    au_repos(qtbot, poste_ouvert)
    assert ecran.pages.courante is ecran.formulaire
    assert ici(ecran) != "demandeur.prenoms"
    assert ecran.suivant.touche == "Ctrl+Return"
    presser(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    au_repos(qtbot, poste_ouvert)
    assert ecran.pages.courante is ecran.fin


def test_rien_de_protege_ni_d_un_dossier_discret(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Ce que la page de fin tait, celle-ci le tait ; elle se masque après F12 comme une question délicate."""
    for discret in (False, True):
        protection = {"discret": True} if discret else {}
        dossier = creer(
            qtbot, poste_ouvert, demandeur={"nom": "Essai"}, triage={"peur_au_domicile": True}, protection=protection
        )
        ecran = ouvrir(qtbot, poste_ouvert, dossier)
        for rang in range(len(ecran._parcours.sections)):
            presser(Qt.Key(ord(SECTIONS[rang])), CTRL_MAJ)
            assert ecran.pages.courante is ecran.reponses
            assert ecran.delicat
            page = ecran.reponses
            dit = "\n".join(
                [w.text() for w in page.findChildren(QLabel)] + [w.accessibleName() for w in page.findChildren(Lien)]
            )
            assert "peur" not in dit.lower().replace(QUESTION_NEUTRE.lower(), "")
            assert not (discret and "Essai" in dit)


@pytest.mark.parametrize("lettre", list(SECTIONS))
def test_aucune_lettre_de_section_n_est_deja_un_raccourci(poste_ouvert: Poste, lettre: str) -> None:
    pris = [QKeySequence(une.raccourci) for une in poste_ouvert.fenetre.actions_offertes.values() if une.raccourci]
    libres = {QKeySequence(QKeySequence.StandardKey.Redo), QKeySequence(QKeySequence.StandardKey.Undo)}
    assert QKeySequence(f"Ctrl+Shift+{lettre}") not in {*pris, *libres}
    assert QKeySequence(TOUCHE) not in pris


def test_un_clic_y_mene_aussi(poste_ouvert: Poste, qtbot: QtBot) -> None:
    ecran = ouvrir(qtbot, poste_ouvert, creer(qtbot, poste_ouvert, **DIT), "logement_actuel.loyer")
    QTest.mouseClick(ecran.relire, Qt.MouseButton.LeftButton)
    assert ecran.pages.courante is ecran.reponses
    QTest.mouseClick(ecran.precedent, Qt.MouseButton.LeftButton)
    assert ecran.pages.courante is not ecran.reponses


def test_ce_qui_se_deplie_se_voit_jusqu_au_bout(poste_ouvert: Poste, qtbot: QtBot) -> None:
    ecran = ouvrir(qtbot, poste_ouvert, creer(qtbot, poste_ouvert, **DIT), "demandeur.nom")
    presser(lettre_de(ecran, "recherche"), CTRL_MAJ)
    au_repos(qtbot, poste_ouvert)
    liens = ecran.reponses.findChildren(Lien)
    derniere = next(une for une in liens if une.accessibleName().startswith("Rien n'a été dit ici"))
    assert not derniere.visibleRegion().isEmpty()
    assert QApplication.focusWidget().accessibleName().startswith("Logement recherché")  # type: ignore[union-attr]
