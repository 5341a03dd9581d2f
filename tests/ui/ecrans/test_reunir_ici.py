"""Sans registre : un autre dossier d'ici se dit à la frappe, se compare, se réunit, s'annule ; tout au clavier."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from dossiers_ecran import etiquettes, ouvrir
from outils_ecran import presser
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from modele.synchro.etats import EtatEnvois, Lien
from ui.ecrans.doublons.comparaison import A_CHOISIR, DEFINITIF
from ui.ecrans.doublons.ecran import AUCUN_ICI, FONDU, SEPARES_DE_NOUVEAU, EcranDoublons
from ui.ecrans.doublons.reunions import CE_QUI_RESTE
from ui.ecrans.entretien.ecran import EcranEntretien
from ui.lancement import Poste
from ui.theatre.joueur import Joueur

AMINATA = {"nom": "Diallo", "prenoms": "Aminata", "date_naissance": "1990-05-14"}
CTRL = Qt.KeyboardModifier.ControlModifier


def dossier(joueur: Joueur, **document: Any) -> str:
    ouvrir(joueur, {"territoire": "metropole-exemple", **document})
    return joueur.session.dossier_id


@pytest.fixture
def joueur(poste_ouvert: Poste) -> Joueur:
    return Joueur(poste_ouvert)


@pytest.fixture
def deux(joueur: Joueur) -> tuple[str, str]:
    """L'ancien dossier d'Aminata, et celui qu'on lui ouvre, à une année près."""
    ancien = dossier(joueur, demandeur=AMINATA, contact={"telephone": "0600000001"})
    return ancien, dossier(joueur, demandeur={**AMINATA, "date_naissance": "1991-05-14"})


def doublons(joueur: Joueur) -> EcranDoublons:
    ecran = joueur.ecran
    assert isinstance(ecran, EcranDoublons)
    return ecran


def entretien(joueur: Joueur) -> EcranEntretien:
    ecran = joueur.ecran
    assert isinstance(ecran, EcranEntretien)
    return ecran


def du_coffre(joueur: Joueur, identifiant: str) -> Mapping[str, Any]:
    lus: list[Mapping[str, Any]] = []
    joueur.session.avec_coffre(lambda coffre: coffre.lire(identifiant), lus.append, pour=joueur.session)
    joueur.attendre()
    return lus[0]


def test_la_frappe_d_une_identite_le_dit_sans_nom_et_sans_prendre_le_clavier(joueur: Joueur) -> None:
    """Avant que la réponse soit écrite : combien, pourquoi ; hors de l'identité, plus rien."""
    dossier(joueur, demandeur=AMINATA)
    dossier(joueur)
    joueur.aller("entretien")
    joueur.aller_a("demandeur.nom")
    carte = entretien(joueur).semblables
    assert carte.isHidden()
    champ = QApplication.focusWidget()
    assert isinstance(champ, QLineEdit)
    for signe in "Diallo":
        QTest.keyClick(champ, signe)
    joueur.attendre()
    assert not carte.isHidden()
    assert carte.phrase.text() == "Un autre dossier de ce poste ressemble : même nom."
    assert QApplication.focusWidget() is champ
    assert "demandeur" not in joueur.session.document
    joueur.aller_a("contact.telephone")
    assert carte.isHidden()
    joueur.aller_a("demandeur.nom")
    assert not carte.isHidden()
    presser(Qt.Key.Key_R, CTRL)
    joueur.attendre()
    assert "Ce poste" in etiquettes(doublons(joueur))
    assert not any("DIALLO" in mot.upper() for mot in etiquettes(doublons(joueur)))


def test_d_un_dossier_discret_ni_a_lui_rien_ne_se_dit(joueur: Joueur) -> None:
    """Devenu discret pendant qu'on y est, la carte part ; l'autre ne le propose plus."""
    ancien = dossier(joueur, demandeur=AMINATA)
    dossier(joueur, demandeur=AMINATA)
    joueur.aller("entretien")
    joueur.aller_a("demandeur.nom")
    assert not entretien(joueur).semblables.isHidden()
    joueur.session.modifier({"protection.discret": True})
    joueur.attendre()
    assert entretien(joueur).semblables.isHidden()
    joueur.aller("entretien", dossier=ancien)
    joueur.aller_a("demandeur.nom")
    assert entretien(joueur).semblables.isHidden()
    joueur.aller("doublons")
    assert any(AUCUN_ICI in mot for mot in etiquettes(doublons(joueur)))


def test_comparer_choisir_lire_reunir_puis_annuler(joueur: Joueur, deux: tuple[str, str]) -> None:
    """Chaque réponse qui diffère se choisit ; tout ce qui sera gardé se lit avant ; l'annulation rend les deux."""
    ancien, neuf = deux
    joueur.aller("doublons")
    joueur.presser("Comparer")
    page = doublons(joueur).comparaison
    lequel, naissance = page.groupes()
    assert naissance.accessibleName() == "Date de naissance"
    joueur.presser("C'est la même personne")
    lequel.poser(ancien)
    joueur.presser("C'est la même personne")
    assert A_CHOISIR.format("Date de naissance") in etiquettes(doublons(joueur))
    assert QApplication.focusWidget() is not None
    QTest.keyClick(QApplication.focusWidget(), "2")
    joueur.attendre()
    assert naissance.valeur() == ancien
    joueur.presser("C'est la même personne")
    lus = etiquettes(doublons(joueur))
    assert "Le dossier dira" in lus
    assert not any("14/05" in mot for mot in lus), "masqué, comme tout ce qui nomme"
    joueur.presser("Montrer : Date de naissance")
    assert any("14/05/1990" in mot for mot in etiquettes(doublons(joueur)))
    # Un choix changé : ce qui se lisait ne vaut plus.
    naissance.findChildren(type(page.premier()))[0].click()
    joueur.attendre()
    assert "Le dossier dira" not in etiquettes(doublons(joueur))
    joueur.presser("C'est la même personne")
    joueur.presser("Oui, n'en faire qu'un dossier")
    assert joueur.session.dossier_id == ancien
    assert joueur.fenetre.bandeau.phrase == FONDU
    garde = du_coffre(joueur, ancien)
    assert (garde["demandeur"]["date_naissance"], garde["contact"]) == ("1991-05-14", {"telephone": "0600000001"})

    joueur.aller("doublons")
    (bouton,) = doublons(joueur).annulables.boutons
    bouton.click()
    joueur.attendre()
    assert CE_QUI_RESTE in etiquettes(doublons(joueur))
    bouton.click()
    joueur.attendre()
    assert joueur.fenetre.bandeau.phrase == SEPARES_DE_NOUVEAU
    assert du_coffre(joueur, ancien)["demandeur"] == AMINATA == joueur.session.document["demandeur"]
    assert du_coffre(joueur, neuf)["demandeur"]["date_naissance"] == "1991-05-14"
    assert doublons(joueur).annulables.isHidden()


def test_ce_n_est_pas_elle_se_retient(joueur: Joueur, deux: tuple[str, str]) -> None:
    """Sans registre, dans les deux sens, et la carte de l'entretien se tait."""
    ancien, _ = deux
    joueur.aller("doublons")
    joueur.presser("Ce n'est pas la même personne")
    assert doublons(joueur).cartes == []
    joueur.aller("doublons")
    assert doublons(joueur).cartes == []
    joueur.aller("entretien", dossier=ancien)
    joueur.aller_a("demandeur.nom")
    assert entretien(joueur).semblables.isHidden()


def test_relie_la_confirmation_dit_que_cela_ne_s_annulera_plus(joueur: Joueur, deux: tuple[str, str]) -> None:
    """Hors ligne, elle attend : ce poste l'annule encore, les autres guichets non."""
    ancien, _ = deux
    joueur.poste.synchro.recevoir(EtatEnvois(Lien.HORS_LIGNE))
    joueur.aller("doublons")
    joueur.presser("Comparer")
    lequel, naissance = doublons(joueur).comparaison.groupes()
    lequel.poser(ancien)
    naissance.poser(ancien)
    joueur.presser("C'est la même personne")
    assert DEFINITIF in etiquettes(doublons(joueur))


def test_celui_qu_on_tient_se_relit_tout_de_suite(joueur: Joueur, deux: tuple[str, str]) -> None:
    """Le dossier ouvert continue : l'écran montre ce que l'autre savait, et l'écrire encore ne l'efface pas."""
    _, neuf = deux
    joueur.aller("doublons")
    joueur.presser("Comparer")
    lequel, naissance = doublons(joueur).comparaison.groupes()
    lequel.poser(neuf)
    naissance.poser(neuf)
    joueur.presser("C'est la même personne")
    joueur.presser("Oui, n'en faire qu'un dossier")
    assert joueur.session.document["contact"] == {"telephone": "0600000001"}
    joueur.session.modifier({"contact.courriel": "a@example.org"})
    joueur.attendre()
    assert du_coffre(joueur, neuf)["contact"] == {"telephone": "0600000001", "courriel": "a@example.org"}


def test_du_premier_contact_ce_qui_s_y_est_dit_rejoint_son_dossier(joueur: Joueur) -> None:
    """Reçue sans nom, elle le dit ensuite : son dossier se propose, et garde ce qu'elle vient de répondre."""
    ancien = dossier(joueur, demandeur=AMINATA)
    dossier(joueur, logement_actuel={"statut": "sans_abri"}, triage={"lieu_ce_soir": False})
    joueur.aller("entretien")
    joueur.taper("demandeur.nom", "Diallo")
    joueur.taper("demandeur.prenoms", "Aminata")
    assert not entretien(joueur).semblables.isHidden()
    joueur.aller("doublons")
    joueur.presser("Comparer")
    (lequel,) = doublons(joueur).comparaison.groupes()
    lequel.poser(ancien)
    joueur.presser("C'est la même personne")
    joueur.presser("Oui, n'en faire qu'un dossier")
    garde = du_coffre(joueur, ancien)
    assert (garde["demandeur"], garde["logement_actuel"]["statut"]) == (AMINATA, "sans_abri")
