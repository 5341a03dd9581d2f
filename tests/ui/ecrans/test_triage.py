"""Le premier contact, au clavier : ce qu'il rend, ce qu'il n'écrit pas, ce qu'il ne demande pas."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import cast

import pytest
from outils_dossier import equiper
from outils_ecran import MOT_DE_PASSE, au_repos, laisser_voir, presser, sans_fin
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from modele.coffre import Coffre
from modele.dossier.codes import reference_courte
from modele.protection.discretion import est_discret
from ui.ecrans.accueil.ecran import EcranAccueil
from ui.ecrans.triage.ecran import EcranTriage
from ui.ecrans.triage.papier import SANS_IMPRIMANTE, composer
from ui.lancement import Poste
from ui.mots.dossier import A_NOTER

UNE_LIGNE = 56
"""Pixels d'un bandeau d'une phrase, à 100 % : un bouton de 44, et de quoi le distinguer de la page."""
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


# Le dossier né du premier contact ne se perd pas (essais au guichet, constat 8).


def _avec_peur(triage: EcranTriage) -> None:
    repondre(triage, danger_immediat=NON, sante_urgente=NON, toit_ce_soir=OUI, enfant_avec=NON)
    repondre(triage, papier_huissier=Qt.Key.Key_1, logement_dangereux=NON, seul_a_seul=OUI, peur_au_domicile=OUI)


def _a_nommer(poste: Poste, qtbot: QtBot) -> list[str]:
    accueil = poste.fenetre.aller("accueil")
    au_repos(qtbot, poste)
    assert isinstance(accueil, EcranAccueil)
    liste = accueil.sans_nom.liste
    return [liste.dit(rang) for rang in range(liste.count())]


@pytest.mark.parametrize("peur", [True, False], ids=["discret", "ordinaire"])
def test_la_reference_se_dit_des_poursuivre_et_mene_de_l_accueil_au_dossier(
    triage: EcranTriage, poste_ouvert: Poste, qtbot: QtBot, *, peur: bool
) -> None:
    """Alt+Origine avant tout nom : la même phrase, la même ligne, discret ou non ; l'agent y revient au clavier."""
    if peur:
        _avec_peur(triage)
    presser(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    presser(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: poste_ouvert.fenetre.ecran == "entretien")
    au_repos(qtbot, poste_ouvert)
    dossier = poste_ouvert.session.dossier_id
    assert est_discret(poste_ouvert.session.document) is peur
    reference = reference_courte(dossier)
    assert poste_ouvert.fenetre.bandeau.phrase == A_NOTER.format(reference=reference)
    presser(Qt.Key.Key_Home, Qt.KeyboardModifier.AltModifier)
    au_repos(qtbot, poste_ouvert)
    assert poste_ouvert.fenetre.ecran == "accueil"
    (ligne,) = _a_nommer(poste_ouvert, qtbot)
    assert reference in ligne
    assert "iscret" not in ligne
    accueil = poste_ouvert.fenetre.pile.currentWidget()
    assert isinstance(accueil, EcranAccueil)
    assert not accueil.sans_nom.isHidden()
    presser(Qt.Key.Key_Down, widget=accueil.sans_nom.liste)
    presser(Qt.Key.Key_Return, widget=accueil.sans_nom.liste)
    au_repos(qtbot, poste_ouvert)
    assert poste_ouvert.session.dossier_id == dossier


@pytest.mark.parametrize("peur", [True, False], ids=["discret", "ordinaire"])
def test_la_reference_a_noter_s_en_va_d_elle_meme_et_tient_sur_une_ligne(
    triage: EcranTriage, poste_ouvert: Poste, qtbot: QtBot, *, peur: bool
) -> None:
    """Un nom donné, l'en-tête dit chez qui l'on est ; d'un dossier discret, la référence y est pour toujours."""
    if peur:
        _avec_peur(triage)
    presser(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    presser(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: poste_ouvert.fenetre.ecran == "entretien")
    au_repos(qtbot, poste_ouvert)
    session, bandeau = poste_ouvert.session, poste_ouvert.fenetre.bandeau
    a_noter = A_NOTER.format(reference=reference_courte(session.dossier_id))
    assert bandeau.phrase == a_noter
    assert bandeau.height() <= UNE_LIGNE
    session.modifier({"logement_actuel.surface": 30})
    au_repos(qtbot, poste_ouvert)
    assert bandeau.phrase == ("" if peur else a_noter)
    session.modifier({"demandeur.prenoms": "Ana"})
    au_repos(qtbot, poste_ouvert)
    assert bandeau.phrase == ""
    bandeau.dire("Autre chose.")
    session.modifier({"demandeur.nom": "Essai"})
    au_repos(qtbot, poste_ouvert)
    assert bandeau.phrase == "Autre chose.", "un nom n'enlève que la référence à noter"


def test_ni_le_verrou_ni_la_mort_du_poste_ne_perdent_le_dossier_et_nul_autre_ne_le_voit(
    triage: EcranTriage, poste_ouvert: Poste, qtbot: QtBot, tmp_path: Path
) -> None:
    """Le poste meurt avant un nom : le coffre, relu tel quel, le tient ; un autre agent ne l'a sur aucune liste."""
    _avec_peur(triage)
    presser(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    presser(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: poste_ouvert.fenetre.ecran == "entretien")
    session = poste_ouvert.session
    qtbot.waitUntil(lambda: bool(session.dossier_id))
    dossier, agent = session.dossier_id, session.agent
    morts = tmp_path / "morts"
    shutil.copytree(session.chemin.parent, morts)
    apres = Coffre.ouvrir(morts / session.chemin.name, MOT_DE_PASSE)
    try:
        assert [un.dossier for un in apres.sans_nom(agent)] == [dossier]
        assert apres.sans_nom("Paul") == []
    finally:
        apres.fermer()
    session.fermer()
    au_repos(qtbot, poste_ouvert)
    session.rouvrir(MOT_DE_PASSE, lambda: None, print)
    qtbot.waitUntil(lambda: session.est_ouverte)
    assert [reference_courte(dossier) in ligne for ligne in _a_nommer(poste_ouvert, qtbot)] == [True]
    session.agent = "Paul"
    assert _a_nommer(poste_ouvert, qtbot) == []


# La fiche, sans dossier (constat 37).


def test_la_fiche_115_s_imprime_du_resultat_sans_ouvrir_de_dossier(
    triage: EcranTriage, poste_ouvert: Poste, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Une touche, une page, rien d'écrit ; sans imprimante, l'écran le dit."""
    sans_toit_avec_enfant(triage)
    assert not triage.imprimer.isHidden()
    parties: list[bool] = []

    def aucune(_parent: object, _session: object, sans: str, *, sans_fichier: bool) -> str:
        parties.append(sans_fichier)
        return sans

    monkeypatch.setattr("ui.ecrans.imprimer.boite.demander_imprimante", aucune)
    presser(Qt.Key.Key_F4)
    au_repos(qtbot, poste_ouvert)
    assert parties == [False]
    # Rien ne s'y enregistre : l'écran ne dit pas de le faire.
    assert poste_ouvert.fenetre.bandeau.phrase == SANS_IMPRIMANTE
    assert "enregistrez" not in SANS_IMPRIMANTE
    assert triage._bilan is not None
    assert [feuille.fiche for feuille in composer(triage._bilan).feuilles] == ["115"]
    comptes: list[int] = []
    poste_ouvert.session.avec_coffre(lambda coffre: coffre.compter(), comptes.append, pour=poste_ouvert.session)
    qtbot.waitUntil(lambda: bool(comptes))
    assert comptes == [0]


def test_une_entree_de_trop_ne_saute_pas_les_gestes(
    triage: EcranTriage, poste_ouvert: Poste, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Le chiffre, puis Entrée par habitude : le résultat reste à lire ; pressée après, elle ouvre le dossier."""
    sans_toit_avec_enfant(triage)
    presser(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    sans_fin(monkeypatch)
    triage.conclure()
    presser(Qt.Key.Key_Return)
    au_repos(qtbot, poste_ouvert)
    assert poste_ouvert.fenetre.ecran == "triage"
    assert not poste_ouvert.session.dossier_id
    laisser_voir(qtbot, monkeypatch, triage._regard)
    for _ in range(3):
        presser(Qt.Key.Key_Return, widget=triage.poursuivre)
    au_repos(qtbot, poste_ouvert)
    assert poste_ouvert.fenetre.ecran == "entretien"
    comptes: list[int] = []
    poste_ouvert.session.avec_coffre(lambda coffre: coffre.compter(), comptes.append, pour=poste_ouvert.session)
    qtbot.waitUntil(lambda: bool(comptes))
    assert comptes == [1], "trois pressions, un dossier"


def test_rien_ne_s_imprime_du_premier_contact_si_le_dossier_serait_discret(triage: EcranTriage) -> None:
    _avec_peur(triage)
    presser(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert triage.imprimer.isHidden()
