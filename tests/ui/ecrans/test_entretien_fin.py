"""La fin de l'entretien est une page : ce qui manque et pour quoi, à relire, et maintenant ; rien sous le même clic."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from outils_dossier import creer, ouvrir
from outils_ecran import au_repos, laisser_voir, presser, sans_fin
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from modele.bilan import Bilan, charger_regles, etablir
from modele.coffre.agenda import Choix
from modele.protection.mots import QUESTION_NEUTRE
from modele.rendez_vous import Creneau
from ui.composants.lien import Lien
from ui.ecrans.entretien.ecran import EcranEntretien
from ui.ecrans.entretien.manques import manques
from ui.lancement import Poste
from ui.mots.rendez_vous import SANS_PROCHAIN


def a_la_fin(qtbot: QtBot, poste: Poste, **contenu: Any) -> EcranEntretien:
    """L'entretien mené jusqu'à « Terminer », qu'on presse."""
    ecran = ouvrir(qtbot, poste, creer(qtbot, poste, **contenu))
    while ecran._parcours.suivante(ecran.etape) is not None:  # type: ignore[arg-type]
        ecran._ouvrir(ecran._parcours.suivante(ecran.etape))  # type: ignore[arg-type]
    assert ecran.suivant.text() == "Terminer"
    ecran.suivant.click()
    au_repos(qtbot, poste)
    return ecran


def dits(racine: QWidget) -> str:
    mots = [w.text() for w in racine.findChildren(QLabel)] + [w.accessibleName() for w in racine.findChildren(Lien)]
    return "\n".join(mots)


def liens(ecran: EcranEntretien) -> dict[str, Lien]:
    return {lien.accessibleName(): lien for lien in ecran.fin.findChildren(Lien)}


def test_terminer_mene_a_la_fin_et_un_second_clic_n_ouvre_rien(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Le second clic au même endroit ouvrait le dossier d'une autre personne."""
    ecran = a_la_fin(qtbot, poste_ouvert, demandeur={"nom": "Essai"})
    assert ecran.pages.courante is ecran.fin
    assert poste_ouvert.fenetre.ecran == "entretien"
    assert not ecran.suivant.isVisible()
    ou = ecran.suivant.geometry().center()
    QTest.mouseClick(ecran.suivant.parentWidget(), Qt.MouseButton.LeftButton, pos=ou)
    au_repos(qtbot, poste_ouvert)
    assert poste_ouvert.fenetre.ecran == "entretien"
    assert ecran.fin.imprimer.hasFocus()
    ecran.reculer()
    assert ecran.pages.courante is not ecran.fin
    assert not ecran.suivant.isHidden()


def test_un_manque_mene_a_sa_question_et_le_reste_revient(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """« Changer » est à une pression ; revenu d'un autre écran, on est encore à la fin."""
    ecran = a_la_fin(qtbot, poste_ouvert, demandeur={"nom": "Essai"})
    assert "Pour enregistrer la demande : " in dits(ecran.fin)
    bilan = ecran.atelier.bilan
    assert bilan is not None
    manque = manques(bilan).enregistrer[0]
    liens(ecran)[manque.sujet].click()
    assert ecran.etape is not None
    assert manque.chemin in ecran.etape.chemins
    ecran.finir()
    poste_ouvert.fenetre.aller("cotation")
    poste_ouvert.fenetre.aller("entretien")
    au_repos(qtbot, poste_ouvert)
    qtbot.waitUntil(lambda: ecran.pages.courante is ecran.fin)
    section = next(nom for nom in liens(ecran) if "Logement actuel : " in nom)
    liens(ecran)[section].click()
    assert ecran.pages.courante is ecran.fin
    liens(ecran)["Rien n'a été dit ici : aller à cette section"].click()
    assert ecran.etape.section.id == "logement_actuel"


def test_fermer_rend_l_accueil_et_une_reponse_met_la_page_a_jour(poste_ouvert: Poste, qtbot: QtBot) -> None:
    ecran = a_la_fin(qtbot, poste_ouvert, demandeur={"nom": "Essai"})
    avant = dits(ecran.fin)
    poste_ouvert.session.modifier({"demandeur.prenoms": "Ana", "logement_actuel.surface": 30})
    au_repos(qtbot, poste_ouvert)
    assert dits(ecran.fin) != avant
    assert ecran.pages.courante is ecran.fin
    ecran.fin.fermer.click()
    assert poste_ouvert.fenetre.ecran == "accueil"
    assert poste_ouvert.session.dossier_id == ""


def test_la_fin_ne_nomme_rien_de_ce_qui_se_demande_seul_a_seul(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """La même ligne neutre, à la même place, dans un dossier où une violence est dite et dans un autre."""
    for contenu in ({}, {"triage": {"peur_au_domicile": True}}):
        ecran = a_la_fin(qtbot, poste_ouvert, demandeur={"nom": "Essai"}, **contenu)
        dit = dits(ecran.fin)
        assert dit.count(QUESTION_NEUTRE) == 1
        assert not re.search(
            r"\b(violences?|peur|protection|traite|prostitution|seul)\b", dit.replace(QUESTION_NEUTRE, "")
        )


def test_chaque_manque_une_fois_et_jamais_ce_qui_est_repondu() -> None:
    """Un dossier vide, puis les mêmes questions répondues « ne sait pas » : plus rien d'exigé ne manque deux fois."""
    regles = charger_regles("metropole-exemple")

    def bilan(document: dict[str, Any]) -> Bilan:
        return etablir(regles, document, date(2026, 11, 29))

    restent = manques(bilan({}))
    chemins = [m.chemin for groupe in (restent.enregistrer, restent.note, restent.etude) for m in groupe]
    assert len(chemins) == len(set(chemins))
    assert restent.enregistrer
    assert restent.note
    repondu = bilan({"demandeur": {"nom": "Essai", "date_naissance": "1990-01-01"}})
    apres = manques(repondu)
    assert not {"demandeur.nom", "demandeur.date_naissance"} & {m.chemin for m in (*apres.enregistrer, *apres.etude)}


def test_l_annee_seule_dit_que_faire_et_un_seul_nom_ne_manque_pas() -> None:
    """La date se recopie de la pièce ; « il n'y en a pas » aux prénoms n'est pas une réponse qui manque."""
    naissance = {"entre": ["1980-01-01", "1980-12-31"]}
    document = {"demandeur": {"nom": "Rakotomalala", "prenoms": {"aucun": True}, "date_naissance": naissance}}
    restent = manques(etablir(charger_regles("metropole-exemple"), document, date(2026, 11, 29)))
    sujets = {manque.chemin: manque.sujet for manque in restent.enregistrer}
    assert "demandeur.prenoms" not in sujets
    assert sujets["demandeur.date_naissance"].endswith("écrivez la date que porte sa pièce, même 01/01")


def test_deux_touches_menent_a_chaque_reponse(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Une lettre ouvre la section, un chiffre mène à la réponse ; Échap referme."""
    ecran = a_la_fin(
        qtbot, poste_ouvert, demandeur={"nom": "Essai", "date_naissance": "1990-05-01"}, contact={"langue": "fr"}
    )
    rang = next(rang for rang, une in enumerate(ecran._parcours.sections) if une.section.id == "vous")
    QTest.keyClick(ecran.fin.imprimer, chr(ord("A") + rang))
    dit = dits(ecran.fin)
    assert "Nom de naissance : Essai" in dit
    assert "Date de naissance : 01/05/1990" in dit
    numero = next(nom for nom in liens(ecran) if "Date de naissance : " in nom).partition(".")[0]
    QTest.keyClick(ecran.fin, Qt.Key.Key_Escape)
    assert not [lien for lien in ecran.fin.findChildren(Lien) if lien.isVisible() and "Essai" in lien.text()]
    QTest.keyClick(ecran.fin, chr(ord("A") + rang))
    QTest.keyClick(ecran.fin, numero)
    au_repos(qtbot, poste_ouvert)
    assert ecran.etape is not None
    assert "demandeur.date_naissance" in ecran.etape.chemins
    assert ecran.pages.courante is not ecran.fin


def test_relire_ne_redit_rien_de_protege_ni_d_un_dossier_discret(poste_ouvert: Poste, qtbot: QtBot) -> None:
    ecran = a_la_fin(
        qtbot, poste_ouvert, protection={"discret": True}, demandeur={"nom": "Essai"}, triage={"peur_au_domicile": True}
    )
    for rang in range(len(ecran._parcours.sections)):
        ecran.fin.relire.presser(chr(ord("A") + rang))
        dit = dits(ecran.fin.relire)
        assert "Essai" not in dit
        assert "eur d'une personne" not in dit
        ecran.fin.relire._basculer(ecran.fin.relire._ouverte)


def test_terminer_dit_ce_qui_est_garde_et_propose_la_suite(poste_ouvert: Poste, qtbot: QtBot) -> None:
    ecran = a_la_fin(qtbot, poste_ouvert, demandeur={"nom": "Essai", "prenoms": "Ana"})
    assert "2 réponses sont gardées sur ce poste" in ecran.fin.garde.text()
    assert "manquent" in ecran.fin.garde.text()
    ecran.fin.reporter.click()
    au_repos(qtbot, poste_ouvert)
    assert poste_ouvert.fenetre.ecran == "reporter"


def test_les_contradictions_paraissent_a_la_fin(poste_ouvert: Poste, qtbot: QtBot) -> None:
    ecran = a_la_fin(qtbot, poste_ouvert, demande={"deja_enregistree": False, "type": "renouvellement"})
    assert "Un renouvellement, mais aucune demande enregistrée" in dits(ecran.fin)
    liens(ecran)["Nature de la demande"].click()
    assert ecran.etape is not None
    assert "demande.type" in ecran.etape.chemins


@pytest.mark.parametrize("touche", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_entree_sur_la_fin_ne_ferme_rien(poste_ouvert: Poste, qtbot: QtBot, touche: Qt.Key) -> None:
    """Entrée, répétée depuis la dernière question, ne va pas plus loin que l'impression proposée."""
    ecran = a_la_fin(qtbot, poste_ouvert, demandeur={"nom": "Essai"})
    ecran.setFocus()
    QTest.keyClick(ecran, touche)
    assert poste_ouvert.fenetre.ecran == "entretien"


def test_une_entree_de_trop_ne_quitte_pas_la_fin_avant_qu_on_l_ait_vue(
    poste_ouvert: Poste, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """La dernière réponse, puis Entrée deux fois : ce qui manque reste à lire."""
    sans_fin(monkeypatch)
    ecran = a_la_fin(qtbot, poste_ouvert)
    for un in (ecran.fin.imprimer, ecran.fin.fermer, ecran.fin.note):
        QTest.keyClick(un, Qt.Key.Key_Return)
    au_repos(qtbot, poste_ouvert)
    assert poste_ouvert.fenetre.ecran == "entretien"
    assert ecran.pages.courante is ecran.fin
    laisser_voir(qtbot, monkeypatch, ecran.fin._regard)
    QTest.keyClick(ecran.fin.imprimer, Qt.Key.Key_Return)
    au_repos(qtbot, poste_ouvert)
    assert poste_ouvert.fenetre.ecran == "imprimer"


def test_le_prochain_rendez_vous_se_lit_et_un_geste_en_donne_un(
    poste_ouvert: Poste, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Aucun : la page le dit ; donné, elle le montre en revenant. Rien ne reste du dossier fermé."""
    ecran = a_la_fin(qtbot, poste_ouvert, demandeur={"nom": "Essai"})
    prochain, session = ecran.fin.prochain, poste_ouvert.session
    assert prochain.dit.text() == SANS_PROCHAIN
    laisser_voir(qtbot, monkeypatch, ecran.fin._regard)
    ecran.fin.donner.setFocus()
    presser(Qt.Key.Key_Return)
    au_repos(qtbot, poste_ouvert)
    assert poste_ouvert.fenetre.ecran == "donner"
    demain = Creneau(date.today() + timedelta(1), 600, 30, "accueil")
    assert session._coffre is not None
    session._coffre.agenda.donner(session.dossier_id, Choix(demain), session.auteur)
    poste_ouvert.fenetre.aller("entretien", {"dossier": session.dossier_id})
    au_repos(qtbot, poste_ouvert)
    ecran.finir()
    au_repos(qtbot, poste_ouvert)
    assert prochain.dit.text().startswith("Prochain rendez-vous : demain à 10 h 00")
    session.fermer()
    au_repos(qtbot, poste_ouvert)
    assert prochain.dit.text() == ""
