"""Les candidats d'un logement à l'écran : ranger, lire les raisons, rouvrir, désigner ; aucun nom d'avance."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from commission_exemple import T2_PLUS, dossiers
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from test_ecran_contingents import joueur_a

from modele.coffre import Coffre
from modele.coffre.candidats import Logement
from modele.dossier.acces import Acces
from modele.dossier.codes import reference_courte
from modele.droits import Auteur
from ui.ecrans.candidats.ecran import EcranCandidats
from ui.lancement import Poste
from ui.mots import candidats as mots
from ui.theatre.joueur import Joueur

AUTEUR = Auteur("Nora Petit")


@pytest.fixture
def joueur(poste_ouvert: Poste, qtbot: QtBot) -> Joueur:
    return garni(poste_ouvert, qtbot)


def garni(poste_ouvert: Poste, qtbot: QtBot) -> Joueur:
    """Les dossiers d'exemple au coffre, et l'écran ouvert, chaque demande relue."""
    jeu = joueur_a(poste_ouvert, qtbot, "metropole-exemple", "contingents")
    lire(jeu, _remplir)
    jeu.aller("candidats")
    jeu.attendre()
    return jeu


def lire(joueur: Joueur, geste: Callable[[Coffre], Any]) -> Any:
    """Ce que rend ce geste du coffre."""
    rendus: list[Any] = []
    joueur.session.avec_coffre(geste, rendus.append, pour=joueur.session, echec=pytest.fail)
    joueur.attendre()
    return rendus[-1]


def _remplir(coffre: Coffre) -> None:
    for document in dossiers().values():
        neuf = {cle: dit for cle, dit in document.items() if cle not in ("id", "territoire", "schema", "cree_le")}
        neuf["demandeur"] = {**neuf.get("demandeur", {}), "nom": "Nomsecret"}
        coffre.creer_dossier(neuf, AUTEUR)


def ecran(joueur: Joueur) -> EcranCandidats:
    montre = joueur.ecran
    assert isinstance(montre, EcranCandidats)
    return montre


def ranger(joueur: Joueur) -> EcranCandidats:
    """Saisit le T2 d'exemple, et range."""
    vu = ecran(joueur)
    vu.saisie.basculer()
    vu.saisie.reference.poser("M-1")
    vu.saisie.commune.poser(T2_PLUS["code_insee"])
    for nom, groupe in vu.saisie.codes.items():
        groupe.poser(T2_PLUS.get(nom))
    vu.ranger.click()
    joueur.attendre()
    return vu


def choix(joueur: Joueur) -> list[Any]:
    """Ce que le coffre garde des choix de ce logement."""
    return list(lire(joueur, lambda coffre: coffre.candidats.lire("", Logement("M-1"), AUTEUR).choisies))


def test_chaque_demande_une_fois_rangee_ou_ecartee(joueur: Joueur) -> None:
    vu = ranger(joueur)
    assert vu.candidatures is not None
    classement = vu.candidatures.classement
    assert classement.candidats.height + classement.ecartes.height + vu.candidatures.a_relire == vu_en_tout(joueur)
    assert vu.candidatures.a_relire == 0
    assert vu.candidates.liste.count() == classement.candidats.height
    assert vu.candidates.raisons.text()


def test_la_commune_se_dit_par_son_nom(joueur: Joueur) -> None:
    """Sans accents ni majuscules ; un nom qui n'est pas d'ici se dit au champ, et rien ne se range."""
    vu = ecran(joueur)
    regles = joueur.session.regles
    assert regles is not None
    nom = regles.territoire.communes[T2_PLUS["code_insee"]].nom
    vu.saisie.basculer()
    vu.saisie.reference.poser("M-1")
    vu.saisie.commune.ligne.setText("Perdue-les-Bains")
    vu.ranger.click()
    joueur.attendre()
    assert vu.saisie.commune.faute == mots.COMMUNE
    assert vu.candidatures is None
    vu.saisie.commune.ligne.setText(f" {nom.upper()} ")
    vu.ranger.click()
    joueur.attendre()
    assert vu.candidatures is not None
    assert vu.candidatures.logement["code_insee"] == T2_PLUS["code_insee"]


def vu_en_tout(joueur: Joueur) -> int:
    combien = lire(joueur, lambda coffre: coffre.compter())
    assert isinstance(combien, int)
    return combien


def test_aucun_nom_avant_qu_on_l_ouvre(joueur: Joueur) -> None:
    """Une ligne à la fois ; choisir une autre ligne l'efface ; l'ouverture s'inscrit au journal."""
    vu = ranger(joueur)
    dites = [vu.candidates.liste.vue(rang).dite for rang in range(vu.candidates.liste.count())]
    assert "nomsecret" not in " ".join([*dites, vu.candidates.raisons.text()]).lower()
    vu.candidates.lire.click()
    joueur.attendre()
    assert "Nomsecret" in vu.candidates.nom.text()
    vu.candidates.liste.setCurrentRow(1)
    assert vu.candidates.nom.text() == ""
    gestes = lire(joueur, lambda coffre: [un.geste.acces for un in coffre.acces()])
    assert gestes.count(Acces.IDENTIFIER_UN_CANDIDAT) == 1


def test_un_nom_venu_tard_ne_se_lit_pas_sous_une_autre_ligne(joueur: Joueur) -> None:
    """Le coffre peut répondre après que l'agent a changé de ligne."""
    vu = ranger(joueur)
    vu.candidates.lire.click()
    vu.candidates.liste.setCurrentRow(1)
    joueur.attendre()
    assert vu.candidates.nom.text() == ""


def test_une_relecture_ne_refait_pas_le_classement_sous_les_doigts(joueur: Joueur) -> None:
    """La ligne choisie et le motif tapé restent à leur demande ; l'écran dit de ranger de nouveau."""
    vu = ranger(joueur)
    vu.candidates.liste.setCurrentRow(2)
    vu.candidates.motif.poser("Le premier s'est retiré.")
    premier = vu.candidates._page[0].dossier
    lire(joueur, lambda coffre: coffre.modifier(premier, {"demandeur.prenoms": "Zoé"}, AUTEUR))
    vu._tirer()
    joueur.attendre()
    assert (vu.candidates.liste.currentRow(), vu.candidates.motif.contenu) == (2, "Le premier s'est retiré.")
    assert (vu.a_relire.text(), vu.a_relire.isVisible()) == (mots.REFAIRE, True)


def test_un_classement_incomplet_demande_pourquoi_meme_au_premier_rang(joueur: Joueur) -> None:
    vu = ecran(joueur)
    derniere = lire(joueur, lambda coffre: coffre.creer_dossier({}, AUTEUR))["id"]
    ranger(joueur)
    assert vu.candidatures is not None
    assert vu.candidatures.a_relire == 1
    vu.candidates.designer.click()
    assert vu.candidates.faute.text() == mots.INCOMPLET
    assert choix(joueur) == []
    assert derniere not in {un.dossier for un in vu.candidates._page}


def test_un_logement_change_avant_la_reponse_ne_prend_pas_ce_classement(joueur: Joueur) -> None:
    vu = ranger(joueur)
    vu.ranger.click()
    vu.saisie.bouton.click()
    joueur.attendre()
    assert vu.candidatures is None
    assert not vu.candidates.liste.count()


def test_hors_de_l_ordre_un_motif_est_exige(joueur: Joueur) -> None:
    vu = ranger(joueur)
    vu.candidates.liste.setCurrentRow(1)
    vu.candidates.designer.click()
    assert vu.candidates.faute.text() == mots.HORS_DE_L_ORDRE
    assert choix(joueur) == []
    vu.candidates.motif.poser("Le premier s'est retiré.")
    vu.candidates.designer.click()
    joueur.attendre()
    assert [(une.rang, une.motif, une.par) for une in choix(joueur)] == [
        (2, "Le premier s'est retiré.", joueur.session.auteur.nom)
    ]
    assert "Le premier s'est retiré." in vu.choix.text()


def test_dans_l_ordre_les_trois_premiers_se_designent_sans_motif(joueur: Joueur) -> None:
    """Et l'égale de qui vient d'être désignée ; en sauter une le demande de nouveau."""
    vu = ranger(joueur)
    for ligne in range(3):
        vu.candidates.liste.setCurrentRow(ligne)
        vu.candidates.designer.click()
        joueur.attendre()
        assert vu.candidates.faute.text() == ""
    assert len(choix(joueur)) == 3
    assert all(une.motif == "" for une in choix(joueur))
    vu.candidates.liste.setCurrentRow(len(vu.candidates._page) - 1)
    vu.candidates.designer.click()
    joueur.attendre()
    assert vu.candidates.faute.text() == mots.HORS_DE_L_ORDRE
    assert len(choix(joueur)) == 3


def test_le_premier_se_designe_sans_motif_au_clavier(joueur: Joueur, qtbot: QtBot) -> None:
    vu = ranger(joueur)
    vu.candidates.designer.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(vu.candidates.designer, Qt.Key.Key_Return)
    joueur.attendre()
    assert [une.rang for une in choix(joueur)] == [1]


def test_rouvrir_demande_un_motif_et_la_range(joueur: Joueur) -> None:
    vu = ranger(joueur)
    rang = next(i for i, un in enumerate(vu.ecartees._page) if un.rouvrables == un.regles)
    dossier = vu.ecartees._page[rang].dossier
    vu.ecartees.liste.setCurrentRow(rang)
    vu.ecartees.rouvrir.click()
    assert vu.ecartees.faute.text() == mots.POURQUOI_ROUVRIR
    vu.ecartees.motif.poser("Ses ressources ont baissé.")
    vu.ecartees.rouvrir.click()
    joueur.attendre()
    assert vu.candidatures is not None
    assert dossier in {un.dossier for un in vu.candidatures.classement.dire(0, None)}
    assert reference_courte(dossier) in vu.choix.text()


def test_un_secteur_ne_se_rouvre_pour_personne(joueur: Joueur) -> None:
    vu = ranger(joueur)
    rang = next(i for i, un in enumerate(vu.ecartees._page) if "secteur" in un.regles)
    vu.ecartees.liste.setCurrentRow(rang)
    assert vu.ecartees.rouvrir.isHidden()
    assert mots.FERMEE in vu.ecartees.raisons.text()


def test_sans_reference_rien_ne_se_range(joueur: Joueur) -> None:
    vu = ecran(joueur)
    vu.saisie.basculer()
    vu.ranger.click()
    assert vu.saisie.faute.text() == mots.SAISIE
    assert vu.candidatures is None


def test_cache_rien_n_en_reste(joueur: Joueur) -> None:
    vu = ranger(joueur)
    joueur.aller("accueil")
    assert (vu.candidates.liste.count(), vu.ecartees.liste.count(), vu.candidatures) == (0, 0, None)
    assert vu.candidates.nom.text() == vu.choix.text() == ""


def test_caleol_mene_a_l_ecran(joueur: Joueur) -> None:
    """Le mot qu'un agent tape ; aucun « Perron ne sait pas encore » ne reste."""
    assert any(action.id == "candidats" for action in joueur.fenetre.actions_possibles())


def test_designer_laisse_sur_la_ligne_designee(joueur: Joueur) -> None:
    """Refait, le classement ne glisse pas une autre demande sous le geste suivant ; le clavier revient à la liste."""
    vu = ranger(joueur)
    vu.candidates.liste.setCurrentRow(2)
    ici = vu.candidates.liste.dit(2).split("·")[0]
    vu.candidates.motif.poser("Ce logement lui va.")
    vu.candidates.designer.click()
    joueur.attendre()
    assert vu.candidates.liste.currentRow() == 2
    assert vu.candidates.liste.dit(2).startswith(ici)
    assert vu.candidates.liste.hasFocus()


def test_aucun_code_de_fichier_ne_se_lit_nu(joueur: Joueur) -> None:
    """« T6P », « CHAMBRE », « HLMO » se disent en mots."""
    vu = ecran(joueur)
    dits = {
        groupe.bouton(code).text()
        for nom, groupe in vu.saisie.codes.items()
        for code in {"typologie": ("CHAMBRE", "T1B", "T6P"), "financement": ("HLMO",)}.get(nom, ())
    }
    assert dits == {"Chambre", "T1 bis", "T6 et plus", "HLM d'avant le PLUS (HLMO)"}
