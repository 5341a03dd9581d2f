"""Le premier contact, au clavier : ce qu'il rend, ce qu'il n'écrit pas, ce qu'il ne demande pas."""

from __future__ import annotations

from typing import cast

import pytest
from outils_dossier import equiper
from outils_ecran import au_repos, presser
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from ui.ecrans.triage.ecran import EcranTriage
from ui.lancement import Poste

OUI, NON, NSP, REFUS = Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_N, Qt.Key.Key_R


@pytest.fixture
def triage(poste_ouvert: Poste, qtbot: QtBot) -> EcranTriage:
    """Le triage ouvert par son raccourci, à sa première question."""
    equiper(qtbot, poste_ouvert)
    presser(Qt.Key.Key_U, Qt.KeyboardModifier.ControlModifier)
    assert poste_ouvert.fenetre.ecran == "triage"
    ecran = cast(EcranTriage, poste_ouvert.fenetre.pile.currentWidget())
    qtbot.waitUntil(lambda: bool(ecran.chemin))
    return ecran


def repondre(ecran: EcranTriage, **touches: Qt.Key) -> None:
    """Répond à chaque question dans l'ordre où elle vient."""
    for nom, touche in touches.items():
        assert ecran.chemin.endswith(nom), f"attendu {nom}, montré {ecran.chemin}"
        presser(touche)


def sans_toit_avec_enfant(ecran: EcranTriage) -> None:
    """S1 : une voiture, un enfant, rien d'autre."""
    repondre(
        ecran,
        danger_immediat=NON,
        sante_urgente=NON,
        toit_ce_soir=Qt.Key.Key_3,
        enfant_avec=OUI,
        papier_huissier=Qt.Key.Key_1,
        logement_dangereux=NON,
        seul_a_seul=NON,
    )


def textes(ecran: EcranTriage) -> str:
    """Tout ce qui se lit à l'écran."""
    return "\n".join(mot.text() for mot in ecran.findChildren(QLabel) if mot.isVisible())


def test_sans_toit_donne_la_voie_sans_abri_puis_l_entretien(
    poste_ouvert: Poste, triage: EcranTriage, qtbot: QtBot
) -> None:
    """S1 du premier mot à l'entretien : sept touches, le 115, et le dossier reprend les réponses."""
    sans_toit_avec_enfant(triage)
    lu = textes(triage)
    assert "Sans toit ce soir, avec un enfant" in lu
    assert "115" in lu
    presser(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: poste_ouvert.fenetre.ecran == "entretien")
    au_repos(qtbot, poste_ouvert)
    assert poste_ouvert.session.document["triage"]["toit_ce_soir"] == "non"
    voies = triage.atelier.bilan.voies_retenues if triage.atelier.bilan else ()
    assert voies[0].libelle == "Sans toit ce soir, avec un enfant"


def test_rien_n_est_ecrit_avant_poursuivre(poste_ouvert: Poste, triage: EcranTriage, qtbot: QtBot) -> None:
    """Répondre à tout, puis revenir à l'accueil : aucun dossier, et l'écran a dit qu'il ne gardait rien."""
    sans_toit_avec_enfant(triage)
    assert "Rien n'est enregistré" in textes(triage)
    poste_ouvert.fenetre.aller("accueil")
    comptes: list[int] = []
    poste_ouvert.session.avec_coffre(lambda coffre: coffre.compter(), comptes.append, pour=poste_ouvert.session)
    qtbot.waitUntil(lambda: bool(comptes))
    assert comptes == [0]
    assert triage.document == {}


def test_la_peur_ne_se_demande_pas_si_accompagnee(triage: EcranTriage) -> None:
    """Sans la coche, la question n'apparaît jamais ; le résultat dit une seule fois qu'une question reste."""
    sans_toit_avec_enfant(triage)
    lu = textes(triage)
    assert "peur" not in lu.casefold()
    assert lu.count("Des questions se posent seul à seul") == 1
    assert "peur_au_domicile" not in triage.document["triage"]


def test_retirer_la_coche_oublie_la_reponse_sur_la_peur(triage: EcranTriage) -> None:
    """Quelqu'un entre : la réponse donnée seul à seul ne reste pas en mémoire."""
    repondre(triage, danger_immediat=NON, sante_urgente=NON, toit_ce_soir=OUI, enfant_avec=NON)
    repondre(triage, papier_huissier=Qt.Key.Key_1, logement_dangereux=NON, seul_a_seul=OUI, peur_au_domicile=OUI)
    assert triage.document["triage"]["peur_au_domicile"] is True
    presser(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    presser(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    repondre(triage, seul_a_seul=NON)
    assert "peur_au_domicile" not in triage.document["triage"]


def test_la_peur_dite_seul_a_seul_ouvre_un_dossier_discret(
    poste_ouvert: Poste, triage: EcranTriage, qtbot: QtBot
) -> None:
    """S2 : dès sa création, le dossier est discret."""
    repondre(triage, danger_immediat=NON, sante_urgente=NON, toit_ce_soir=OUI, enfant_avec=OUI)
    repondre(triage, papier_huissier=Qt.Key.Key_1, logement_dangereux=NON, seul_a_seul=OUI, peur_au_domicile=OUI)
    presser(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    presser(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: poste_ouvert.fenetre.ecran == "entretien")
    au_repos(qtbot, poste_ouvert)
    assert poste_ouvert.session.document["protection"]["discret"] is True
    operations: list[list[object]] = []
    identifiant = poste_ouvert.session.dossier_id
    poste_ouvert.session.avec_coffre(
        lambda coffre: coffre.operations(identifiant), operations.append, pour=poste_ouvert.session
    )
    qtbot.waitUntil(lambda: bool(operations))
    assert len(operations[0]) == 1, "le dossier n'a jamais existé sans être discret"


def test_refuser_n_est_pas_ne_pas_savoir(triage: EcranTriage) -> None:
    """Les deux absences de réponse s'écrivent différemment."""
    repondre(triage, danger_immediat=NSP, sante_urgente=REFUS)
    assert triage.document["triage"] == {"danger_immediat": {"ne_sait_pas": True}, "sante_urgente": {"refus": True}}


def test_un_danger_se_voit_des_la_premiere_reponse(triage: EcranTriage, qtbot: QtBot) -> None:
    """Le verdict n'attend pas la dernière question."""
    repondre(triage, danger_immediat=OUI)
    qtbot.waitUntil(lambda: "Danger immédiat" in textes(triage))
    assert "17" in textes(triage)


@pytest.mark.parametrize("touches", [(Qt.Key.Key_Return,), (Qt.Key.Key_Down, Qt.Key.Key_Return)])
def test_entree_ne_saute_ni_ne_repond(triage: EcranTriage, touches: tuple[Qt.Key, ...]) -> None:
    """Entrée, même répétée, laisse la question montrée : « danger immédiat » ne se répond ni ne se saute par erreur."""
    for touche in touches * 3:
        presser(touche)
    assert triage.chemin == "triage.danger_immediat"
    assert "triage" not in triage.document


def test_repondre_puis_entree_ne_saute_pas_la_suivante(triage: EcranTriage) -> None:
    """Une réponse passe d'elle-même à la suite : l'Entrée qui la suit par habitude ne saute pas la question d'après."""
    presser(NON)
    presser(Qt.Key.Key_Return)
    assert triage.chemin == "triage.sante_urgente"
    presser(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert triage.chemin == "triage.danger_immediat"
    presser(Qt.Key.Key_Return)
    assert triage.chemin == "triage.sante_urgente", "répondue, Entrée avance"
