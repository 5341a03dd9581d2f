"""L'écran des envois : relier, ce qui attend, un refus et ses gestes, la clé ; chaque état a ses mots et gestes."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from dossiers_ecran import etiquettes
from outils_ecran import presser
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from modele.synchro.etats import EtatEnvois, Lien
from modele.synchro.paquet import SUFFIXE_DU_RECU
from ui.composants import fichiers
from ui.ecrans.envois.ecran import EcranEnvois
from ui.ecrans.envois.fichier import RECUS
from ui.ecrans.envois.quarantaine import CLASSER, GARDEE
from ui.lancement import Poste
from ui.theatre.joueur import Joueur
from ui.theatre.scenes_envois import CAUSE, coupe, en_ligne, refusee

MAINTENANT = datetime.now().astimezone()


@pytest.fixture
def joueur(poste_ouvert: Poste) -> Joueur:
    """L'écran montré, sur un poste relié à rien."""
    joueur = Joueur(poste_ouvert)
    joueur.attendre()
    joueur.aller("envois")
    return joueur


def ecran(joueur: Joueur) -> EcranEnvois:
    montre = joueur.ecran
    assert isinstance(montre, EcranEnvois)
    return montre


def lus(joueur: Joueur) -> str:
    return " | ".join(etiquettes(ecran(joueur))).replace("\u00a0", " ")


def test_sans_registre_on_ne_propose_que_de_se_relier(joueur: Joueur) -> None:
    """Le clavier est au code ; ni envoi, ni clé, ni reçu."""
    assert QApplication.focusWidget() is ecran(joueur).relier.code.ligne
    assert "relié à aucun registre" in lus(joueur)
    assert ecran(joueur).envoyer.isHidden()
    assert ecran(joueur).fichier.isHidden()


def test_une_fois_relie_le_clavier_est_en_haut_de_la_page(joueur: Joueur) -> None:
    """Le code ne se montre plus : sans cela, le clavier passait à la carte d'après, et la page défilait."""
    page = ecran(joueur)
    page.relier.nom.ligne.setFocus(Qt.FocusReason.TabFocusReason)
    joueur.poste.synchro.recevoir(en_ligne(MAINTENANT))
    joueur.attendre()
    assert page.relier.isHidden()
    assert QApplication.focusWidget() is page.envoyer
    assert page._page.verticalScrollBar().value() == 0


def test_un_code_manquant_ou_faux_le_dit_au_champ(joueur: Joueur) -> None:
    """Rien ne part sans code ; un code qui ne se lit pas laisse ce qui est tapé."""
    relier = ecran(joueur).relier
    joueur.presser("Relier ce poste")
    assert relier.code.faute
    relier.code.ligne.setText("n'importe quoi")
    relier.nom.ligne.setText("accueil 1")
    presser(Qt.Key.Key_Return, widget=relier.code.ligne)
    joueur.attendre()
    assert "code d'enrôlement" in relier.echec.phrase
    assert relier.code.contenu == "n'importe quoi"
    assert relier.relier.isEnabled()
    joueur.aller("accueil")
    assert relier.code.contenu == ""


def test_ce_qui_attend_se_lit_dossier_par_dossier(joueur: Joueur) -> None:
    """Combien, depuis quand, parti ou non ; un dossier discret y est neutre."""
    joueur.poste.synchro.recevoir(coupe(datetime.now().astimezone()))
    liste = ecran(joueur).attente.liste
    lignes = [liste.dit(rang) for rang in range(liste.count())]
    assert [ligne.replace("\u00a0", " ").partition(", ")[2] for ligne in lignes] == [
        "2 saisies depuis 2 h 14, à envoyer",
        "5 saisies depuis 40 min, envoyées, reçu attendu",
        "1 saisie depuis 4 min, à envoyer",
    ]
    assert all(ligne.startswith("Dossier ") and "discret" not in ligne for ligne in lignes)
    liste.setFocus()
    presser(Qt.Key.Key_Space, widget=liste)
    assert liste.dit(0).startswith("MOREL Zoé, 2")
    assert "rien n'est perdu" in lus(joueur)
    assert ecran(joueur).envoyer.isVisible()
    assert not ecran(joueur).fichier.bouton_transmettre.isEnabled()
    assert ecran(joueur).fichier.bouton_ecrire.isEnabled()


def test_ce_que_l_agent_ne_peut_pas_lire_attend_sans_nom(joueur: Joueur) -> None:
    """Qui tient les comptes sans tenir de dossier voit combien attend ; il n'y a rien à démasquer."""
    etat = coupe(datetime.now().astimezone())
    joueur.poste.synchro.recevoir(replace(etat, attente=tuple(replace(un, titre="") for un in etat.attente)))
    liste = ecran(joueur).attente.liste
    assert (liste.count(), liste.masque_des_noms()) == (3, False)
    dit = liste.dit(0)
    liste.setFocus()
    presser(Qt.Key.Key_F4, widget=liste)
    assert liste.dit(0) == dit


def test_un_refus_dit_sa_raison_ce_qui_etait_saisi_et_ne_s_efface_pas(joueur: Joueur) -> None:
    """La cause, la valeur, trois gestes ; classer demande confirmation, et se défait."""
    refus = refusee(MAINTENANT)
    joueur.poste.synchro.recevoir(en_ligne(MAINTENANT, quarantaine=(refus,)))
    joueur.attendre()
    ecran(joueur).montrer_saisies({"o": {"contact.telephone": "0698765432"}})
    joueur.attendre()
    assert CAUSE in lus(joueur)
    assert GARDEE in lus(joueur)
    assert "Ce qui avait été saisi : Téléphone : 06 98 76 54 32." in lus(joueur)
    classees: list[str] = []
    (carte,) = ecran(joueur).refus
    carte.classer.disconnect()
    carte.classer.connect(lambda: classees.append(refus.operation))
    joueur.presser("Classer")
    assert CLASSER in lus(joueur)
    joueur.presser("Non, la garder ici")
    assert classees == []
    joueur.presser("Classer")
    joueur.presser("Oui, classer")
    assert classees == [refus.operation]


def test_reprendre_une_saisie_mene_a_sa_question_avec_sa_valeur(joueur: Joueur) -> None:
    """Le bandeau redit ce qui était saisi : il suffit de le retaper."""
    joueur.poste.synchro.recevoir(en_ligne(MAINTENANT, quarantaine=(refusee(MAINTENANT),)))
    joueur.attendre()
    ecran(joueur).montrer_saisies({"o": {"contact.telephone": "0698765432"}})
    departs: list[tuple[str, dict[str, Any]]] = []
    ecran(joueur).aller.disconnect(joueur.fenetre.aller)
    ecran(joueur).aller.connect(lambda nom, arguments: departs.append((nom, arguments)))
    joueur.presser("Reprendre la saisie")
    assert departs == [("entretien", {"dossier": "d", "chemin": "contact.telephone"})]
    assert "06 98 76 54 32" in joueur.fenetre.bandeau.phrase


def test_une_saisie_protegee_ne_se_redit_pas(joueur: Joueur) -> None:
    """Ni son sujet, ni sa valeur."""
    refus = refusee(MAINTENANT)
    joueur.poste.synchro.recevoir(en_ligne(MAINTENANT, quarantaine=(refus,)))
    joueur.attendre()
    ecran(joueur).montrer_saisies({"o": {"triage.peur_au_domicile": True}})
    assert "peur" not in lus(joueur).lower()
    assert "Ce qui avait été saisi" not in lus(joueur)


@pytest.mark.parametrize("lien", list(Lien))
def test_chaque_lien_a_ses_mots_et_ses_gestes(joueur: Joueur, lien: Lien) -> None:
    """Se relier n'est offert que sans accès ; envoyer, que si l'on en a un."""
    joueur.poste.synchro.recevoir(EtatEnvois(lien, dernier_echange=MAINTENANT))
    joueur.attendre()
    ferme = lien in (Lien.SANS_REGISTRE, Lien.REVOQUE)
    assert ecran(joueur).relier.isVisible() is ferme
    assert ecran(joueur).envoyer.isVisible() is not ferme
    assert ecran(joueur).phrase.text()


def test_le_fichier_scelle_se_choisit_sans_la_boite_du_systeme(
    joueur: Joueur, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """La boîte du système échapperait à la page neutre ; renoncer n'écrit rien."""
    joueur.poste.synchro.recevoir(coupe(MAINTENANT))
    vues: list[bool] = []
    voulus = [tmp_path / "cle.perron-envoi", None]

    def demander(boite: QFileDialog) -> Path | None:
        vues.append(boite.testOption(QFileDialog.Option.DontUseNativeDialog))
        return voulus.pop(0)

    monkeypatch.setattr(fichiers, "_demander", demander)
    fichier = ecran(joueur).fichier
    fichier.ecrire.disconnect()
    ecrits: list[Path] = []
    fichier.ecrire.connect(ecrits.append)
    joueur.presser("Écrire le fichier scellé")
    joueur.presser("Écrire le fichier scellé")
    assert ecrits == [tmp_path / "cle.perron-envoi"]
    assert vues == [True, True]


def test_le_recu_d_un_fichier_transmis_se_voit_dans_la_boite_qui_le_cherche() -> None:
    """Le poste qui transmet le nomme ; celui d'origine ne montre que ce nom-là."""
    assert f"(*{SUFFIXE_DU_RECU})" in RECUS
