"""L'écran Orientation : une carte par voie, son détail, la suite donnée, et ce qui ne se montre pas."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from dossiers_ecran import etiquettes, heberge, ouvrir
from outils_ecran import presser
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from ui.ecrans.orientation.detail import A_SAISIR
from ui.ecrans.orientation.ecran import EcranOrientation
from ui.lancement import Poste
from ui.theatre.demonstration import premier_contact
from ui.theatre.joueur import Joueur
from ui.theme import Nom, Theme
from ui.theme.apparence import apparence

SANS_TOIT = {"triage": {"toit_ce_soir": "non", "enfant_avec": True}}


@pytest.fixture
def joueur(poste_ouvert: Poste) -> Joueur:
    """Un agent devant une famille sans toit, au 23/11/2026."""
    joueur = Joueur(poste_ouvert)
    joueur.atelier.horloge = lambda: date(2026, 11, 23)
    ouvrir(joueur, heberge(**SANS_TOIT))
    return joueur


def ecran(joueur: Joueur) -> EcranOrientation:
    joueur.aller("orientation")
    montre = joueur.ecran
    assert isinstance(montre, EcranOrientation)
    return montre


def test_une_carte_par_voie_retenue_la_plus_urgente_d_abord(joueur: Joueur) -> None:
    montre = ecran(joueur)
    assert [carte.voie.id for carte in montre.volet.cartes] == [voie.id for voie in joueur.bilan.voies_retenues]
    assert montre.montree == "sans-abri-enfant"
    assert montre.volet.cartes[0].hasFocus()


def test_le_detail_dit_tout_de_la_voie(joueur: Joueur) -> None:
    montre = ecran(joueur)
    voie = joueur.bilan.voies_retenues[0]
    assert voie.gestes[5] not in etiquettes(montre)
    joueur.presser(f"Voir {len(voie.gestes) - 5} autres gestes")
    dits = etiquettes(montre)
    for phrase in (*voie.gestes, *voie.a_dire, *voie.a_eviter):
        assert phrase in dits
    assert "115" in dits
    assert any("Vérifié le 29/11/2026" in mot for mot in dits)
    assert f"{voie.provenance.fondement}." in dits


def test_les_fleches_passent_d_une_voie_a_l_autre(joueur: Joueur) -> None:
    montre = ecran(joueur)
    presser(Qt.Key.Key_Down)
    assert montre.volet.cartes[1].hasFocus()
    presser(Qt.Key.Key_Return)
    joueur.attendre()
    assert montre.montree == montre.volet.cartes[1].voie.id
    assert joueur.bilan.voies_retenues[1].gestes[0] in etiquettes(montre)


def test_une_echeance_calculee_est_datee(joueur: Joueur) -> None:
    montre = ecran(joueur)
    montre.montrer("doublon")
    joueur.attendre()
    dits = etiquettes(montre)
    assert "10/12/2025" in dits
    assert "pas d'attestation : la personne peut saisir le préfet, qui fait enregistrer d'office" in dits


def test_ce_qui_est_a_faire_valider_le_dit(joueur: Joueur) -> None:
    """Une échéance ou un fondement de confiance D ou M porte la mention."""
    montre = ecran(joueur)
    for voie in joueur.bilan.voies_retenues:
        montre.montrer(voie.id)
        joueur.attendre()
        douteuse = voie.provenance.a_valider
        assert any("À faire valider" in mot for mot in etiquettes(montre)) is douteuse


def test_une_suite_sans_interlocuteur_ne_s_ecrit_pas(joueur: Joueur) -> None:
    montre = ecran(joueur)
    montre.suite.bouton.click()
    joueur.attendre()
    assert "suites" not in joueur.session.document
    assert montre.suite.aupres_de.faute


def test_la_suite_s_ajoute_sans_effacer_la_precedente(joueur: Joueur) -> None:
    montre = ecran(joueur)
    for aupres_de in ("115", "travailleur social"):
        assert montre.noter(aupres_de, "")
        joueur.attendre()
    suites = joueur.session.document["suites"]
    assert [suites["elements"][i]["aupres_de"] for i in suites["ordre"]] == ["115", "travailleur social"]
    assert all(s["faite_le"] == "2026-11-23" for s in suites["elements"].values())


def test_un_numero_de_securite_sociale_ne_s_ecrit_pas(joueur: Joueur) -> None:
    montre = ecran(joueur)
    assert not montre.noter("115", "son numéro : 1 85 05 78 006 084 91")
    assert "suites" not in joueur.session.document


def test_les_voies_possibles_menent_a_leur_question(joueur: Joueur) -> None:
    montre = ecran(joueur)
    assert "Des questions se posent seul à seul." in etiquettes(montre)
    joueur.presser(next(b.text() for b in montre.findChildren(QPushButton) if b.text().startswith("Voir ce qui reste")))
    joueur.presser("Soin urgent : Besoin d'un soin urgent")
    assert joueur.fenetre.ecran == "entretien"


def test_un_dossier_discret_ne_montre_rien_sans_geste(poste_ouvert: Poste) -> None:
    joueur = Joueur(poste_ouvert)
    ouvrir(joueur, heberge(protection={"discret": True, "seul_a_seul": True}, triage={"peur_au_domicile": True}))
    montre = ecran(joueur)
    secrets = [geste for voie in joueur.bilan.voies_retenues for geste in voie.gestes]
    assert not set(secrets) & set(etiquettes(montre))
    assert not montre.imprimer.isVisible()
    assert not montre.suite.isVisible()
    joueur.presser("Montrer les gestes")
    assert set(secrets) & set(etiquettes(montre))
    joueur.presser("Cacher les gestes")
    assert not set(secrets) & set(etiquettes(montre))


# Recours et priorités.


def test_les_recours_et_priorites_se_deplient_et_ne_disent_jamais_non(joueur: Joueur) -> None:
    """Repliés d'abord ; ouverts, chaque verdict a sa phrase, et la réserve suit."""
    montre = ecran(joueur)
    reserve = "La commission peut décider autrement ; vous pouvez la saisir."
    assert reserve not in etiquettes(montre)
    joueur.presser("Voir les recours et priorités")
    dits = etiquettes(montre)
    assert {"Rempli", "À établir", "Rien ne l'indique", reserve} <= set(dits)
    assert "Lettre k : dépourvu de logement, y compris hébergé par un tiers" in dits
    assert not [mot for mot in dits if mot.strip().lower() == "non"]
    assert not [mot for mot in dits if mot.startswith(("Lettre g", "Lettre h", "Lettre i"))]
    joueur.presser("Replier les recours et priorités")
    assert reserve not in etiquettes(montre)


def test_d_un_dossier_discret_rien_des_recours_ne_se_lit_sans_geste(poste_ouvert: Poste) -> None:
    joueur = Joueur(poste_ouvert)
    ouvrir(joueur, heberge(protection={"discret": True, "seul_a_seul": True}, triage={"peur_au_domicile": True}))
    montre = ecran(joueur)
    assert not montre.priorites.isVisible()
    joueur.presser("Montrer les gestes")
    joueur.presser("Voir les recours et priorités")
    assert any(mot.startswith("Lettre g") for mot in etiquettes(montre))
    joueur.presser("Cacher les gestes")
    assert not montre.priorites.isVisible()
    joueur.presser("Montrer les gestes")
    assert not any(mot.startswith("Lettre g") for mot in etiquettes(montre))


@pytest.fixture
def a_l_echelle() -> Iterator[Callable[[int], None]]:
    """Change la taille du texte le temps d'une épreuve."""
    yield lambda echelle: apparence().appliquer(Theme(Nom.CLAIR, echelle))
    apparence().appliquer(Theme())


def lu_en_haut(joueur: Joueur, geste: str) -> bool:
    """Vrai si ce geste se lit en entier dans la moitié haute de la page, sans défiler."""
    page = joueur.ecran
    etiquette = next(un for un in page.findChildren(QLabel) if un.text() == geste)
    bas = etiquette.mapTo(page, etiquette.rect().bottomLeft()).y()
    return etiquette.isVisible() and 0 < bas < page.height() // 2


@pytest.mark.parametrize("echelle", [100, 200])
@pytest.mark.parametrize("ou", ["orientation", "triage"])
def test_le_premier_geste_est_dans_la_moitie_haute(
    joueur: Joueur, a_l_echelle: Callable[[int], None], ou: str, echelle: int
) -> None:
    """À 1366 sur 768, sans défiler, à 100 et à 200 % : un agent fatigué le voit en ouvrant l'écran."""
    a_l_echelle(echelle)
    joueur.fenetre.resize(1366, 768)
    voie = joueur.bilan.voies_retenues[0]
    if ou == "triage":
        premier_contact(joueur)
    else:
        ecran(joueur)
    joueur.attendre()
    assert lu_en_haut(joueur, voie.gestes[0])


def test_etroit_la_voie_montree_d_abord_et_la_liste_d_un_geste(
    joueur: Joueur, a_l_echelle: Callable[[int], None]
) -> None:
    """À 200 % : le bouton dit combien de voies, en choisir une replie la liste et remonte à son premier geste."""
    joueur.fenetre.resize(1366, 768)
    montre = ecran(joueur)
    assert not montre.volet.deplier.isVisible()
    a_l_echelle(200)
    joueur.attendre()
    assert montre.volet.etroit
    assert not any(carte.isVisible() for carte in montre.volet.cartes)
    joueur.presser(f"Voir les {len(montre.volet.cartes)} voies")
    assert all(carte.isVisible() for carte in montre.volet.cartes)
    derniere = montre.volet.cartes[-1]
    derniere.click()
    joueur.attendre()
    assert montre.montree == derniere.voie.id
    assert not derniere.isVisible()
    assert lu_en_haut(joueur, derniere.voie.gestes[0])
    for bouton in (montre.imprimer, montre.retour):
        assert bouton.isVisibleTo(montre)
    a_l_echelle(100)
    joueur.attendre()
    assert all(carte.isVisible() for carte in montre.volet.cartes)
    assert montre.volet.titre.isVisible()
    assert montre.retour.isVisible()


def test_quitter_l_orientation_n_ouvre_aucune_fenetre(joueur: Joueur) -> None:
    """Le dossier se referme pendant que la voie est montrée : rien de la page ne s'ouvre à part."""
    ecran(joueur)
    joueur.poste.session.modifier({"demandeur.prenoms": "Ana"})
    joueur.aller("accueil")
    joueur.attendre()
    assert [w for w in QApplication.topLevelWidgets() if w.isVisible()] == [joueur.fenetre]


def test_une_echeance_dont_la_date_manque_le_dit(joueur: Joueur) -> None:
    """Un jugement sans sa date : « date à saisir », jamais « aucune échéance » (constat 13)."""
    montre = ecran(joueur)
    joueur.aller("orientation", voie="expulsion-jugement")
    joueur.attendre()
    assert A_SAISIR in etiquettes(montre)
    assert "Aucune échéance fixée par un texte." not in etiquettes(montre)
