"""Le fichier des demandes à l'écran : lu pour compter, jamais gardé ; une ligne fautive se dit, rien n'en est pris."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from test_ecran_conference import ANNEE, avec_fichiers, compter, deplier, ecran, joueur_a

from ui.lancement import Poste
from ui.mots import conference as mots
from ui.theatre.joueur import Joueur


@pytest.fixture
def joueur(poste_ouvert: Poste, qtbot: QtBot) -> Joueur:
    jeu = joueur_a(poste_ouvert, qtbot, "metropole-exemple")
    avec_fichiers(jeu)
    return jeu


def ecrire(tmp_path: Path, *autres: str) -> Path:
    fichier = tmp_path / "demandes.csv"
    hier = date.today() - timedelta(days=400)
    lignes = [f"{hier:%d/%m/%Y};;99X01;{public}" for public in ("DALO", "AUTRE", "MUTATION") for _ in range(20)]
    fichier.write_text("\n".join(("date_demande;date_radiation;code_insee;public", *lignes, *autres)), encoding="utf-8")
    return fichier


def lire(joueur: Joueur, fichier: Path) -> None:
    ecran(joueur).dossier.lire_des_demandes(fichier)
    joueur.attendre()


def test_les_demandes_se_comptent_avec_les_attributions(joueur: Joueur, tmp_path: Path) -> None:
    ici = compter(joueur, "habilites")
    assert ici.dossier.lues.text() == mots.SANS_DEMANDES
    assert not any("Demandes en attente" in dit for dit in deplier(joueur))
    lire(joueur, ecrire(tmp_path))
    assert ici.dossier.vu is None, "ce qui était compté sans elles ne se lit plus comme s'il les comptait"
    assert "60 demandes" in ici.dossier.lues.text()
    joueur.presser("Compter")
    (en_attente,) = [
        un for un in ici.dossier.vu.publication.publies if un.indicateur.cle == ("demandes_en_attente", "territoire")
    ]
    assert en_attente.comptes["valeur"] == 60
    assert ici.annee == ANNEE


def test_une_ligne_fautive_se_dit_et_rien_n_en_est_pris(joueur: Joueur, tmp_path: Path) -> None:
    lire(joueur, ecrire(tmp_path, "31/02/2025;;99X01;AUTRE"))
    ici = ecran(joueur).dossier
    assert "Ligne 62" in ici.constat.text()
    assert ici.demandes is None
    assert ici.sans.isHidden()
    lire(joueur, tmp_path / "absent.csv")
    assert "absent.csv" in ici.constat.text()
    assert "Vérifiez son nom" in ici.constat.text()


def test_quitter_l_ecran_ou_ne_plus_le_lire_n_en_laisse_rien(joueur: Joueur, tmp_path: Path) -> None:
    lire(joueur, ecrire(tmp_path))
    ici = ecran(joueur).dossier
    ici.sans.click()
    assert ici.demandes is None
    lire(joueur, ecrire(tmp_path))
    assert ici.demandes is not None
    joueur.aller("accueil")
    assert ici.demandes is None
    assert ici.lues.text() == mots.SANS_DEMANDES
