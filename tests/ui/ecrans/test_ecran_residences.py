"""Les résidences à enjeu à l'écran : listes, manques, comptes, dérive ; et l'effet d'un candidat, avant de désigner."""

from __future__ import annotations

import pytest
from commission_exemple import dossiers
from outils_ecran import MOT_DE_PASSE
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from test_ecran_candidats import AUTEUR, _remplir, lire
from test_ecran_contingents import joueur_a

from modele.coffre import Coffre
from modele.dossier.acces import Acces
from modele.droits import Auteur
from modele.residences.listes import Residences
from ui.ecrans.candidats.ecran import EcranCandidats
from ui.ecrans.residences.ecran import EcranResidences
from ui.etat.candidats import classer_du_coffre
from ui.etat.effet_residence import Touchee
from ui.lancement import Poste
from ui.mots import residences as mots
from ui.theatre.joueur import Joueur
from ui.theatre.scenes_contingents import garder


@pytest.fixture
def joueur(poste_ouvert: Poste, qtbot: QtBot) -> Joueur:
    jeu = joueur_a(poste_ouvert, qtbot, "metropole-exemple", "contingents")
    lire(jeu, _remplir)
    jeu.aller("flux")
    garder(jeu)
    return jeu


def ecran(joueur: Joueur) -> EcranResidences:
    joueur.aller("residences")
    montre = joueur.ecran
    assert isinstance(montre, EcranResidences)
    return montre


def lus(joueur: Joueur) -> int:
    def compter(coffre: Coffre) -> int:
        return sum(un.geste.acces is Acces.LIRE_ATTRIBUTIONS for un in coffre.acces())

    combien = lire(joueur, compter)
    assert isinstance(combien, int)
    return combien


def test_les_lieux_leurs_listes_et_ce_qui_manque(joueur: Joueur) -> None:
    vu = ecran(joueur)
    assert vu.liste.count() == len(vu.lieux) == 2
    assert "Liste de la loi du 15/01/2025" in vu.listes.text()
    assert "À surveiller, non entrée : à remplir par la métropole." in vu.listes.text()
    assert "CCH L441-1-6 3° bis" in vu.source.text()
    assert not vu.derive.isVisible()
    assert vu.etat is None


def test_compter_dit_chaque_annee_et_rien_n_en_reste(joueur: Joueur) -> None:
    vu = ecran(joueur)
    vu.compter.click()
    joueur.attendre()
    assert vu.etat is not None
    assert vu._annees.count() == len(vu.etat.suivis[0].annees) == 1
    assert vu.etat.suivis[0].annees[0].total
    assert vu.etat.suivis[0].annees[0].peut_etre
    assert "il faut deux années" in vu.derive.text()
    assert "à faire valider" in vu.definitions.text()
    vu.liste.setCurrentRow(1)
    assert vu.source.text().startswith("Le Vieux Moulin")
    joueur.aller("accueil")
    assert (vu.etat, vu.lieux, vu._annees.count(), vu.source.text()) == (None, (), 0, "")


def test_un_agent_d_accueil_n_en_lit_rien(joueur: Joueur) -> None:
    """Ni l'entrée, ni un compte ; et changer de compte vide l'écran."""
    vu, session = ecran(joueur), joueur.session
    vu.compter.click()
    joueur.attendre()

    def ouvrir(coffre: Coffre) -> None:
        coffre.comptes.ouvrir("Léo Blanc", "Léo", "Accueil", ("agent", "social"), MOT_DE_PASSE, Auteur(coffre.agent))

    session.avec_coffre(ouvrir, lambda _: None, pour=session)
    joueur.attendre()
    session.fermer()
    joueur.attendre()
    assert vu.etat is None
    session.rouvrir(MOT_DE_PASSE, lambda: None, print, agent="Léo Blanc")
    joueur.attendre()
    assert "residences" not in {action.id for action in joueur.fenetre.actions_possibles()}
    joueur.aller("residences")
    assert not vu.compter.isVisible()
    assert "Votre rôle ne permet pas ce geste" in vu.constat.text()


def test_au_clavier_entree_compte(joueur: Joueur) -> None:
    vu = ecran(joueur)
    vu.liste.setFocus(Qt.FocusReason.OtherFocusReason)
    QTest.keyClick(vu.liste, Qt.Key.Key_Return)
    joueur.attendre()
    assert vu.etat is not None


def test_sans_fichier_l_ecran_dit_quoi_faire(poste_ouvert: Poste, qtbot: QtBot) -> None:
    jeu = joueur_a(poste_ouvert, qtbot, "metropole-exemple", "contingents")
    vu = ecran(jeu)
    assert vu.constat.text() == mots.SANS_FICHIER
    assert not vu.compter.isVisible()
    vu._compter()
    assert vu.etat is None


def candidats(joueur: Joueur) -> EcranCandidats:
    joueur.aller("candidats")
    joueur.attendre()
    montre = joueur.ecran
    assert isinstance(montre, EcranCandidats)
    return montre


def saisir(joueur: Joueur, residence: str, commune: str = "99X01") -> EcranCandidats:
    vu = candidats(joueur)
    vu.saisie.basculer()
    vu.saisie.reference.poser("M-1")
    vu.saisie.commune.poser(commune)
    vu.saisie.residence.poser(residence)
    vu.ranger.click()
    joueur.attendre()
    return vu


def test_l_effet_de_chaque_candidat_se_dit_avant_de_designer(joueur: Joueur) -> None:
    vu = saisir(joueur, "rés. les Colombes")
    assert vu.candidatures is not None
    touchee = vu.candidatures.touchee
    assert touchee.lieu is not None
    assert touchee.annee is not None
    assert touchee.lieu.nom == "Résidence Les Colombes"
    combien = vu.candidates.liste.count()
    assert combien
    for rang in range(combien):
        assert f"sur {touchee.annee.total + 1}" in vu.candidates.liste.vue(rang).dite
    assert "ce serait" in vu.candidates.raisons.text()
    assert "liste de la loi" in vu.residence.text()


def test_un_quartile_inconnu_est_une_fourchette_et_un_connu_un_nombre(joueur: Joueur) -> None:
    vu = saisir(joueur, "Les Colombes")
    assert vu.candidatures is not None
    classement, touchee = vu.candidatures.classement, vu.candidatures.touchee
    noms = [un.dossier for un in classement.dire(combien=None)]
    effets = touchee.effets(classement, noms)
    assert set(effets) == set(noms)
    for nom, dit in classement.faits("premier_quartile", noms).items():
        assert effets[nom].premier is dit
        bas, haut = effets[nom].apres
        assert haut - bas == effets[nom].avant[1] - effets[nom].avant[0] + (dit is None)


@pytest.mark.parametrize(
    ("nom", "dit"), [("Tour Zénith", mots.PEUT_ETRE), ("", mots.PEUT_ETRE), ("Colombes", "Ressemble")]
)
def test_une_residence_saisie_non_reconnue_est_peut_etre(joueur: Joueur, nom: str, dit: str) -> None:
    """Jamais « dans aucune résidence » ; et rien des attributions ne se lit pour elle."""
    avant = lus(joueur)
    vu = saisir(joueur, nom)
    assert dit in vu.residence.text()
    assert lus(joueur) == avant + 1  # les logements offerts, que l'écran lit pour les proposer
    assert vu.candidatures is not None
    assert vu.candidatures.touchee.lieu is None
    assert "ce serait" not in vu.candidates.raisons.text()


def test_l_effet_ne_change_ni_le_rang_ni_les_ecartes(joueur: Joueur) -> None:
    """Le même classement, que la résidence soit reconnue ou non."""
    regles, auteur = joueur.session.regles, joueur.session.auteur
    assert regles is not None
    logement = {"ref_bailleur": "M-1", "code_insee": "99X01"}
    rendus = [
        lire(joueur, lambda coffre, nom=nom: classer_du_coffre(coffre, regles, auteur, logement | {"residence": nom}))
        for nom in ("Les Colombes", "Tour Zénith")
    ]
    assert rendus[0].touchee.lieu is not None
    assert rendus[0].classement.dire(combien=None) == rendus[1].classement.dire(combien=None)
    assert rendus[0].classement.dire_ecartes() == rendus[1].classement.dire_ecartes()


def test_sans_liste_le_dit() -> None:
    assert list(mots.dire_ou(Touchee().ou, Residences())) == [mots.SANS_LISTE]


def test_un_dossier_discret_a_le_meme_effet_qu_un_autre(joueur: Joueur) -> None:
    """Le même document, discret ou non : le même quartile, donc le même mot."""
    document = next(iter(dossiers().values()))
    neuf = {cle: dit for cle, dit in document.items() if cle not in ("id", "territoire", "schema", "cree_le")}

    def creer(coffre: Coffre) -> tuple[str, str]:
        ordinaire = coffre.creer_dossier(neuf, AUTEUR)
        cache = coffre.creer_dossier({**neuf, "protection": {"discret": True}}, AUTEUR)
        return str(ordinaire["id"]), str(cache["id"])

    ids = lire(joueur, creer)
    candidats(joueur)
    vu = saisir(joueur, "Les Colombes")
    assert vu.candidatures is not None
    effets = vu.candidatures.touchee.effets(vu.candidatures.classement, ids)
    assert effets[ids[0]] == effets[ids[1]]
