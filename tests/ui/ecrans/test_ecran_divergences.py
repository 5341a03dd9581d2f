"""Départager à l'écran : rien de choisi d'avance, au clavier, protégé quand il le faut, et rien d'oublié."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from dossiers_ecran import etiquettes, ouvrir
from outils_ecran import presser, vider
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from modele.dossier.chemins import poser
from ui.ecrans.divergences.carte import CHOISIR, NEUTRE
from ui.ecrans.divergences.ecran import EcranDivergences
from ui.lancement import Poste
from ui.mots.departager import DivergenceDite, preparer
from ui.theatre.joueur import Joueur
from ui.theatre.scenes import heberge
from ui.theatre.scenes_envois import divergences

MAINTENANT = datetime(2026, 11, 25, 11, 40).astimezone()


@pytest.fixture
def joueur(poste_ouvert: Poste) -> Joueur:
    """Un dossier ouvert, l'écran montré."""
    joueur = Joueur(poste_ouvert)
    ouvrir(joueur, heberge())
    joueur.aller("divergences")
    return joueur


def dites(joueur: Joueur, document: dict[str, Any] | None = None) -> list[DivergenceDite]:
    session = joueur.session
    assert session.regles is not None
    lu = document or session.document
    montrees = divergences(lu, MAINTENANT)
    return [preparer(une, lu, session.regles, "Ana Martin", MAINTENANT) for une in montrees]


def ecran(joueur: Joueur) -> EcranDivergences:
    montre = joueur.ecran
    assert isinstance(montre, EcranDivergences)
    return montre


def test_rien_n_est_choisi_d_avance_et_garder_l_exige(joueur: Joueur) -> None:
    """Aucune réponse n'est cochée ; presser « Garder » sans choix le dit et ne garde rien."""
    ecran(joueur).montrer(dites(joueur))
    gardees: list[object] = []
    for carte in ecran(joueur).cartes:
        carte.choisie.connect(gardees.append)
        assert not any(parti.isChecked() for parti in carte.partis)
    joueur.presser("Garder la réponse choisie")
    assert CHOISIR in etiquettes(ecran(joueur))
    assert gardees == []


def test_au_clavier_seul(joueur: Joueur) -> None:
    """Entrée choisit, les flèches passent à l'autre, Tab va au bouton, Entrée garde."""
    ecran(joueur).montrer(dites(joueur)[:1])
    (carte,) = ecran(joueur).cartes
    gardees: list[Any] = []
    # La façade n'a rien à départager ici : seul compte ce que l'écran demande.
    carte.choisie.disconnect()
    carte.choisie.connect(gardees.append)
    assert QApplication.focusWidget() is carte.partis[0]
    presser(Qt.Key.Key_Return)
    assert carte.partis[0].isChecked()
    presser(Qt.Key.Key_Right)
    assert [parti.isChecked() for parti in carte.partis] == [False, True]
    while QApplication.focusWidget() is not carte.garder:
        presser(Qt.Key.Key_Tab)
    presser(Qt.Key.Key_Return)
    assert gardees == [carte.partis[1].parti]
    assert gardees[0].valeurs == {"contact.telephone": "0698765432"}


def test_chaque_reponse_se_dit_en_entier_au_lecteur_d_ecran(joueur: Joueur) -> None:
    """Qui, quoi, où, quand, et laquelle est lue en attendant."""
    ecran(joueur).montrer(dites(joueur)[:1])
    noms = [parti.accessibleName() for parti in ecran(joueur).cartes[0].partis]
    assert noms[0].startswith("CCAS de Vieux-Pont : Téléphone : 06 12 34 56 78, Karim Benali, accueil 2, hier à ")
    assert noms[0].endswith("lue partout en attendant")
    assert noms[1].startswith("La vôtre : Téléphone : 06 98 76 54 32, Vous, sur ce poste, à ")


def test_demander_a_la_personne_met_de_cote_sans_rien_perdre(joueur: Joueur) -> None:
    """La carte passe en dernier, avec la question à poser ; on peut y revenir."""
    ecran(joueur).montrer(dites(joueur)[:2])
    joueur.presser("Je demande à la personne")
    sujets = [carte.dite.sujet for carte in ecran(joueur).cartes]
    assert sujets == ["Identité", "Téléphone"]
    assert "« À quel numéro peut-on vous joindre ? »" in etiquettes(ecran(joueur))
    joueur.presser("Départager maintenant")
    assert all(carte.partis for carte in ecran(joueur).cartes)
    telephone = next(carte for carte in ecran(joueur).cartes if carte.dite.sujet == "Téléphone")
    assert QApplication.focusWidget() is telephone.partis[0]


def test_un_dossier_discret_ne_montre_rien_sans_un_geste_et_se_recouvre(joueur: Joueur) -> None:
    """Ni valeur ni sujet ; « Montrer » les montre ; l'écran couvert, tout est à montrer de nouveau."""
    discret = poser(joueur.session.document, "protection.discret", True)
    protegee = replace(dites(joueur, discret)[0], titre="Dossier discret")
    ecran(joueur).montrer([protegee])
    (carte,) = ecran(joueur).cartes
    assert carte.partis == []
    assert NEUTRE in etiquettes(ecran(joueur))
    assert not any("06 " in mot or "Téléphone" in mot for mot in joueur.mots(ecran(joueur)))
    departs: list[dict[str, Any]] = []
    ecran(joueur).aller.disconnect(joueur.fenetre.aller)
    ecran(joueur).aller.connect(lambda _, arguments: departs.append(arguments))
    joueur.presser("Dossier discret")
    assert departs == [{"dossier": joueur.session.dossier_id, "chemin": ""}]
    joueur.presser("Montrer")
    assert any("06 98 76 54 32" in mot for mot in etiquettes(ecran(joueur)))
    joueur.session.ferme.emit()
    joueur.attendre()
    assert not any("06 98 76 54 32" in mot for mot in joueur.mots(ecran(joueur)))


def test_quitter_l_ecran_n_y_laisse_rien(joueur: Joueur, qapp: QApplication) -> None:
    """Les réponses de la personne d'avant ne restent pas, même cachées."""
    montre = ecran(joueur)
    montre.montrer(dites(joueur))
    joueur.aller("accueil")
    vider(qapp)
    assert montre.cartes == []
    assert not any("06 98" in mot for mot in joueur.mots(montre))


def test_ouvrir_la_question_mene_a_l_entretien(joueur: Joueur) -> None:
    """Au champ qui diffère, dans son dossier."""
    ecran(joueur).montrer(dites(joueur)[:1])
    departs: list[tuple[str, dict[str, Any]]] = []
    ecran(joueur).aller.disconnect(joueur.fenetre.aller)
    ecran(joueur).aller.connect(lambda nom, arguments: departs.append((nom, arguments)))
    joueur.presser("Ouvrir la question")
    assert departs == [("entretien", {"dossier": joueur.session.dossier_id, "chemin": "contact.telephone"})]
