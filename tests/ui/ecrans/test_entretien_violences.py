"""Les violences et le dossier partagé : rien ne s'écrit dans le commun, ni réponse, ni brouillon, ni opération."""

from __future__ import annotations

from typing import Any

import pytest
from outils_dossier import ENFANT, creer, ecrit, frappes, ici, ouvrir
from outils_ecran import au_repos, presser, taper
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel
from pytestqt.qtbot import QtBot

from modele.dossier.chemins import ABSENT
from modele.protection.violences import faits_de_violence
from ui.ecrans.entretien.ecran import EcranEntretien
from ui.lancement import Poste

PARTAGE: dict[str, Any] = {
    "foyer": {
        "avec_codemandeur": True,
        "personnes": {"elements": {ENFANT: {"prenoms": "Sami", "date_naissance": "2018-03-02"}}, "ordre": [ENFANT]},
    },
    "demandeur": {"nom": "Diallo", "prenoms": "Awa"},
    "protection": {"seul_a_seul": True},
}


def operations(qtbot: QtBot, poste: Poste, dossier: str) -> int:
    """Combien d'opérations portent ce dossier."""
    lues: list[list[Any]] = []
    poste.session.avec_coffre(lambda coffre: coffre.operations(dossier), lues.append, pour=poste.session)
    qtbot.waitUntil(lambda: bool(lues))
    return len(lues[0])


def seul_a_seul(qtbot: QtBot, poste: Poste, dossier: str, chemin: str) -> EcranEntretien:
    """Ouvre le dossier, coche « seul à seul » pour cette conversation, et va à la question."""
    ecran = ouvrir(qtbot, poste, dossier)
    poste.session.modifier({"protection.seul_a_seul": True})
    ecran.aller_a(chemin)
    return ecran


def reponses(ecran: EcranEntretien) -> dict[str, QAbstractButton]:
    """Ce qui se presse dans la question, par mot."""
    return {b.text(): b for b in ecran.question.findChildren(QAbstractButton) if b.isVisible()}


@pytest.fixture
def commun(poste_ouvert: Poste, qtbot: QtBot) -> str:
    """Un dossier à deux, où l'agent est seul avec la personne."""
    return creer(qtbot, poste_ouvert, **PARTAGE)


def test_la_peur_ne_laisse_rien_dans_le_dossier_commun(poste_ouvert: Poste, commun: str, qtbot: QtBot) -> None:
    """Oui, puis « ouvrir le dossier distinct » : le commun est resté tel quel, l'autre est discret et le dit."""
    avant, deja = ecrit(qtbot, poste_ouvert, commun), operations(qtbot, poste_ouvert, commun)
    ecran = seul_a_seul(qtbot, poste_ouvert, commun, "triage.peur_au_domicile")
    presser(Qt.Key.Key_1)
    assert ecran.pages.courante is ecran.distinct
    assert poste_ouvert.session.dossier_id == commun
    presser(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: poste_ouvert.session.dossier_id not in ("", commun))
    distinct = poste_ouvert.session.dossier_id
    neuf = ecrit(qtbot, poste_ouvert, distinct)
    assert (neuf["protection"]["discret"], neuf["triage"]["peur_au_domicile"]) == (True, True)
    assert commun not in str(neuf)
    assert "Diallo" not in str(neuf)
    assert ecrit(qtbot, poste_ouvert, commun) == avant
    assert distinct not in str(avant)
    assert operations(qtbot, poste_ouvert, commun) == deja
    assert frappes(qtbot, poste_ouvert, commun) == {}
    qtbot.waitUntil(lambda: not ecran.discret.isHidden())


def test_renoncer_ne_laisse_rien_non_plus(poste_ouvert: Poste, commun: str, qtbot: QtBot) -> None:
    """Revenir sans rien écrire : la question est de nouveau vide."""
    deja = operations(qtbot, poste_ouvert, commun)
    ecran = seul_a_seul(qtbot, poste_ouvert, commun, "triage.peur_au_domicile")
    presser(Qt.Key.Key_1)
    ecran.distinct.renoncer.emit()
    assert ecran.pages.courante is ecran.question
    assert not [b for b in ecran.question.findChildren(QAbstractButton) if b.isVisible() and b.isChecked()]
    assert operations(qtbot, poste_ouvert, commun) == deja
    assert "triage" not in ecrit(qtbot, poste_ouvert, commun)


def test_un_motif_de_violence_ouvre_aussi_un_dossier_distinct(poste_ouvert: Poste, commun: str, qtbot: QtBot) -> None:
    """Un code de violence parmi d'autres cases suffit ; un motif ordinaire s'écrit dans le commun."""
    ecran = seul_a_seul(qtbot, poste_ouvert, commun, "demande.motifs")
    cases = {b.text(): b for b in ecran.question.findChildren(QAbstractButton)}
    ordinaire = next(bouton for mot, bouton in cases.items() if mot == "Logement trop cher")
    ordinaire.click()
    assert ecrit(qtbot, poste_ouvert, commun)["demande"]["motifs"]["coches"] == ["trop_cher"]
    next(bouton for mot, bouton in cases.items() if mot == "Violences familiales").click()
    assert ecran.pages.courante is ecran.distinct
    assert ecrit(qtbot, poste_ouvert, commun)["demande"]["motifs"]["coches"] == ["trop_cher"]


def test_un_non_ne_laisse_rien_et_ne_dit_rien(poste_ouvert: Poste, commun: str, qtbot: QtBot) -> None:
    """« Non » dans un dossier commun : ni trace, ni dossier distinct proposé, on passe à la suite."""
    deja, avant = operations(qtbot, poste_ouvert, commun), ecrit(qtbot, poste_ouvert, commun)
    ecran = seul_a_seul(qtbot, poste_ouvert, commun, "triage.peur_au_domicile")
    for mot in ("Non", "Ne sait pas", "Ne souhaite pas répondre"):
        reponses(ecran)[mot].click()
        assert ecran.pages.courante is ecran.question
    assert operations(qtbot, poste_ouvert, commun) == deja
    assert ecrit(qtbot, poste_ouvert, commun) == avant
    assert frappes(qtbot, poste_ouvert, commun) == {}
    ecran.avancer()
    assert ecran.etape is not None
    assert ecran.etape.chemins[0] != "triage.peur_au_domicile"


def test_apres_un_non_le_conjoint_s_ajoute_sans_un_mot(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Elle a dit « non », seule ; il entre dans le dossier : rien à l'écran ne dit qu'une question a été posée."""
    dossier = creer(qtbot, poste_ouvert, triage={"peur_au_domicile": False}, demande={"mariage_force": {"refus": True}})
    ecran = ouvrir(qtbot, poste_ouvert, dossier, "foyer.avec_codemandeur")
    oui_a(ecran, "foyer.avec_codemandeur")
    neuf = ecrit(qtbot, poste_ouvert, dossier)
    assert neuf["foyer"]["avec_codemandeur"] is True
    assert not faits_de_violence(neuf)
    assert ecran.pages.courante is ecran.formulaire
    assert not poste_ouvert.fenetre.bandeau.isVisible()


def test_sans_etre_seul_a_seul_le_motif_ne_se_montre_pas_et_reste_coche(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Un code déjà coché ne s'efface pas quand on coche autre chose devant un proche."""
    motifs = {"coches": ["violences", "trop_cher"], "clos": False}
    dossier = creer(qtbot, poste_ouvert, demande={"motifs": motifs}, protection={"discret": True, "seul_a_seul": True})
    ecran = ouvrir(qtbot, poste_ouvert, dossier, "demande.motifs")
    assert not [mot for mot in reponses(ecran) if "iolence" in mot]
    reponses(ecran)["Handicap"].click()
    ecrits = ecrit(qtbot, poste_ouvert, dossier)["demande"]["motifs"]["coches"]
    assert set(ecrits) == {"violences", "trop_cher", "handicap"}
    reponses(ecran)["Ne sait pas"].click()
    assert ecrit(qtbot, poste_ouvert, dossier)["demande"]["motifs"]["coches"] == ["violences"]
    ecran.aller_a("protection.seul_a_seul")
    reponses(ecran)["Oui"].click()
    ecran.aller_a("demande.motifs")
    assert reponses(ecran)["Violences familiales"].isChecked()


def test_seul_a_seul_ne_vaut_que_pour_la_conversation(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Rouvert un autre jour, ou l'écran couvert : la coche est à refaire, les questions protégées se cachent."""
    dossier = creer(
        qtbot, poste_ouvert, protection={"discret": True, "seul_a_seul": True}, triage={"peur_au_domicile": True}
    )
    ecran = ouvrir(qtbot, poste_ouvert, dossier)
    assert not [e for e in ecran._parcours.etapes() if "triage.peur_au_domicile" in e.chemins]
    poste_ouvert.session.modifier({"protection.seul_a_seul": True})
    assert [e for e in ecran._parcours.etapes() if "triage.peur_au_domicile" in e.chemins]
    assert ecran.atelier.bilan is not None
    assert any(voie.discret for voie in ecran.atelier.bilan.voies_retenues)
    poste_ouvert.couverture.cacher()
    assert "seul_a_seul" not in poste_ouvert.session.document["protection"]


def test_le_dossier_distinct_ne_reprend_du_commun_que_ce_qui_a_ete_dit(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Ni les autres motifs, ni aucun identifiant d'élément du dossier commun."""
    dossier = creer(qtbot, poste_ouvert, **PARTAGE, demande={"motifs": {"coches": ["trop_cher"]}})
    ecran = seul_a_seul(qtbot, poste_ouvert, dossier, "demande.motifs")
    reponses(ecran)["Violences familiales"].click()
    presser(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: poste_ouvert.session.dossier_id not in ("", dossier))
    neuf = ecrit(qtbot, poste_ouvert, poste_ouvert.session.dossier_id)
    assert neuf["demande"]["motifs"]["coches"] == ["violences"]
    assert ENFANT not in str(neuf)


def test_un_enfant_entre_dans_un_dossier_discret_un_adulte_dans_un_autre(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """La date de naissance se donne d'abord, sans un mot de plus ; l'adulte entre dans un dossier commun neuf."""
    dossier = creer(
        qtbot,
        poste_ouvert,
        triage={"peur_au_domicile": True},
        protection={"discret": True, "seul_a_seul": True},
    )
    ecran = ouvrir(qtbot, poste_ouvert, dossier, "foyer.personnes")
    assert ici(ecran).endswith(".date_naissance")
    taper("09/07/2018")
    presser(Qt.Key.Key_Return)
    avant = ecrit(qtbot, poste_ouvert, dossier)
    (enfant,) = avant["foyer"]["personnes"]["elements"].values()
    assert enfant["date_naissance"] == "2018-07-09"
    ecran.aller_a("foyer.personnes")
    taper("01/01/1980")
    presser(Qt.Key.Key_Return)
    commun = continue_dans(qtbot, poste_ouvert, dossier)
    assert ecrit(qtbot, poste_ouvert, dossier) == avant
    neuf = ecrit(qtbot, poste_ouvert, commun)
    assert {un["date_naissance"] for un in neuf["foyer"]["personnes"]["elements"].values()} == {
        "2018-07-09",
        "1980-01-01",
    }
    assert not faits_de_violence(neuf)
    assert ecran.pages.courante is ecran.tableau
    assert not poste_ouvert.fenetre.bandeau.isVisible()
    assert ecran.discret.isHidden()


def continue_dans(qtbot: QtBot, poste: Poste, dossier: str) -> str:
    """Le dossier où l'agent se trouve après être sorti de celui-ci."""
    qtbot.waitUntil(lambda: poste.session.dossier_id not in ("", dossier))
    au_repos(qtbot, poste)
    return poste.session.dossier_id


def test_le_conjoint_s_ajoute_du_meme_geste_quoi_qui_se_soit_dit(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """« Oui » au codemandeur, là où une violence a été dite puis retirée : rien ne le dit, rien ne s'y lit."""
    dossier = creer(qtbot, poste_ouvert, demandeur={"nom": "Diallo", "prenoms": "Awa"})
    ecran = seul_a_seul(qtbot, poste_ouvert, dossier, "demande.mariage_force")
    poste_ouvert.session.modifier({"demande.mariage_force": True})
    poste_ouvert.session.modifier({"demande.mariage_force": ABSENT})
    au_repos(qtbot, poste_ouvert)
    avant, deja = ecrit(qtbot, poste_ouvert, dossier), operations(qtbot, poste_ouvert, dossier)
    ecran.aller_a("foyer.avec_codemandeur")
    oui_a(ecran, "foyer.avec_codemandeur")
    commun = continue_dans(qtbot, poste_ouvert, dossier)
    assert ecrit(qtbot, poste_ouvert, dossier) == avant
    assert operations(qtbot, poste_ouvert, dossier) == deja
    neuf = ecrit(qtbot, poste_ouvert, commun)
    assert (neuf["foyer"]["avec_codemandeur"], neuf["demandeur"]["nom"]) == (True, "Diallo")
    assert ecran.etape is not None
    assert "foyer.avec_codemandeur" in ecran.etape.chemins
    assert not poste_ouvert.fenetre.bandeau.isVisible()
    ecran.avancer()
    poste_ouvert.session.modifier({"codemandeur.nom": "Roux"})
    assert ecrit(qtbot, poste_ouvert, commun)["codemandeur"] == {"nom": "Roux"}


def test_un_ecran_qui_ne_demande_pas_n_ecrit_rien(poste_ouvert: Poste, commun: str, qtbot: QtBot) -> None:
    """Le coffre ne l'écrit pas : le document montré redevient le sien, et le dossier distinct se propose."""
    ecran = ouvrir(qtbot, poste_ouvert, commun)
    avant, deja = ecrit(qtbot, poste_ouvert, commun), operations(qtbot, poste_ouvert, commun)
    poste_ouvert.session.modifier({"triage.peur_au_domicile": True})
    poste_ouvert.session.modifier({"contact.langue": "ar"})
    au_repos(qtbot, poste_ouvert)
    assert poste_ouvert.session.dossier_id == commun
    assert "triage" not in poste_ouvert.session.document
    assert ecrit(qtbot, poste_ouvert, commun) == {**avant, "contact": {"langue": "ar"}}
    assert operations(qtbot, poste_ouvert, commun) == deja + 1
    assert ecran.pages.courante is ecran.distinct
    assert not poste_ouvert.session.non_enregistrees


def test_aucun_nom_dans_un_titre_de_dossier_discret(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """La fenêtre et les titres de questions ne nomment personne."""
    personnes = {"elements": {ENFANT: {"prenoms": "Sami", "date_naissance": "2018-03-02"}}, "ordre": [ENFANT]}
    dossier = creer(
        qtbot,
        poste_ouvert,
        demandeur={"nom": "Diallo", "prenoms": "Awa"},
        foyer={"personnes": personnes},
        protection={"discret": True},
    )
    ecran = ouvrir(qtbot, poste_ouvert, dossier, f"foyer.personnes.elements.{ENFANT}.lien")
    lu = titres(ecran) + poste_ouvert.fenetre.windowTitle()
    assert "Sami" not in lu
    assert "Diallo" not in lu


def oui_a(ecran: EcranEntretien, chemin: str) -> None:
    """« Oui » au champ d'un formulaire."""
    place = ecran.formulaire.place(chemin)
    assert place is not None
    next(b for b in place.saisie.findChildren(QAbstractButton) if b.text() == "Oui").click()


def titres(ecran: EcranEntretien) -> str:
    """Ce qui se lit en tête de la question."""
    return "\n".join(mot.text() for mot in ecran.entete.findChildren(QLabel))
