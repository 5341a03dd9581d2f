"""Tant que rien n'est inscrit, chaque écran dit l'essai ; six lignes remplies au clavier l'éteignent."""

from __future__ import annotations

import pytest
from outils_ecran import presser
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from modele.coffre import Coffre
from modele.territoire.mentions import CHAMPS, lire_mentions
from ui.ecrans import declares
from ui.ecrans.declaration import Offert
from ui.ecrans.mentions.ecran import INSCRIT, EcranMentions
from ui.etat import preferences
from ui.etat.usage import usage_de
from ui.lancement import Poste
from ui.theatre.joueur import Joueur

DITS = {
    "aipd": "01/10/2020",
    "delegue": "Mme Petit, rgpd@ccas.example",
    "responsables": "Le CCAS",
    "accord": "Un seul responsable",
    "conservation": "Deux ans",
    "hebergement": "Ce poste",
}


@pytest.fixture
def joueur(poste_ouvert: Poste) -> Joueur:
    """L'écran montré."""
    joueur = Joueur(poste_ouvert)
    joueur.attendre()
    joueur.aller("mentions")
    joueur.attendre()
    return joueur


def ecran(joueur: Joueur) -> EcranMentions:
    montre = joueur.ecran
    assert isinstance(montre, EcranMentions)
    return montre


def remplir(joueur: Joueur, dits: dict[str, str]) -> None:
    for nom, un in ecran(joueur).champs.items():
        un.ligne.setText(dits.get(nom, ""))


def dit_l_essai(joueur: Joueur) -> bool:
    return joueur.fenetre.barre_haute.essai.isVisibleTo(joueur.fenetre)


def test_l_essai_se_dit_sur_chaque_ecran(joueur: Joueur) -> None:
    for nom, declaration in declares().items():
        if Offert.PARTOUT in declaration.offert:
            joueur.aller(nom)
            assert dit_l_essai(joueur), nom
    pastille = joueur.fenetre.barre_haute.essai
    assert pastille.text() == "essai, données fictives"
    assert "personne n'a encore inscrit qui répond des données" in pastille.accessibleDescription()


def test_une_ligne_qui_manque_se_dit_a_son_champ_et_rien_ne_s_inscrit(joueur: Joueur) -> None:
    clavier = QApplication.focusWidget()
    assert clavier is not None
    assert ecran(joueur).champs["aipd"].isAncestorOf(clavier)
    for manque in ("aipd", *CHAMPS):
        remplir(joueur, {nom: dit for nom, dit in DITS.items() if nom != manque})
        presser(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        clavier = QApplication.focusWidget()
        assert clavier is not None
        assert ecran(joueur).champs[manque].isAncestorOf(clavier), manque
    remplir(joueur, DITS | {"aipd": "01/10/2126"})
    presser(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    joueur.attendre()
    assert usage_de(joueur.session).mentions is None
    assert dit_l_essai(joueur)


def test_six_lignes_eteignent_l_essai_coffre_ferme_compris(joueur: Joueur) -> None:
    remplir(joueur, DITS)
    presser(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    joueur.attendre()
    assert not dit_l_essai(joueur)
    assert ecran(joueur).constat.text().startswith(INSCRIT)
    assert joueur.session.agent in ecran(joueur).constat.text()
    gardees: list[str] = []

    def lire(coffre: Coffre) -> str:
        return coffre.reglage("mentions")

    joueur.session.avec_coffre(lire, gardees.append, pour=ecran(joueur))
    joueur.attendre()
    assert lire_mentions(gardees[0].encode()).delegue == DITS["delegue"]
    joueur.session.fermer()
    joueur.attendre()
    assert not dit_l_essai(joueur)
    assert preferences.lire(joueur.session.donnees).essai is False


def test_entree_passe_au_champ_suivant_et_n_inscrit_jamais(joueur: Joueur) -> None:
    remplir(joueur, DITS)
    for _ in range(len(DITS) + 3):
        clavier = QApplication.focusWidget()
        if clavier is ecran(joueur).inscrire:
            break
        presser(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is ecran(joueur).inscrire
    joueur.attendre()
    assert usage_de(joueur.session).mentions is None
