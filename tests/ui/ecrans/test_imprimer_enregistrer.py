"""Enregistrer : en français, dans les Documents, en disant que cela sort du coffre ; jamais d'un dossier discret."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from dossiers_ecran import heberge, ouvrir
from PySide6.QtCore import QStandardPaths, QTimer
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from modele.dossier.codes import reference_courte
from modele.regles.fautes import ErreurUtilisateur
from ui.cadre.fenetre import DES_SORTIS, OU_GARDER, UN_SORTI
from ui.composants.fichiers import (
    boite_de_fichiers,
    choisir_ou_ecrire,
    choisir_un_dossier,
    choisir_un_fichier,
    documents,
)
from ui.ecrans.imprimer import travail
from ui.ecrans.imprimer.ecran import EcranImprimer
from ui.ecrans.imprimer.sortis import EFFACE, EN_CLAIR, LE_DOSSIER, RIEN_NE_L_OUVRE
from ui.ecrans.imprimer.travail import PAS_DE_FICHIER, composer_liasse, enregistrer
from ui.lancement import Poste
from ui.theatre.joueur import Joueur


@pytest.fixture
def joueur(poste_ouvert: Poste) -> Joueur:
    """Un agent devant une famille sans toit, à l'écran Imprimer."""
    joueur = Joueur(poste_ouvert)
    joueur.atelier.horloge = lambda: date(2026, 11, 23)
    ouvrir(joueur, heberge(triage={"toit_ce_soir": "non"}))
    return joueur


def ecran(joueur: Joueur, *fiches: str) -> EcranImprimer:
    joueur.aller("imprimer", fiches=list(fiches))
    montre = joueur.ecran
    assert isinstance(montre, EcranImprimer)
    return montre


def test_la_boite_est_en_francais(qtbot: QtBot, poste: Poste) -> None:
    """Aucun des mots que la traduction de Qt laisse en anglais ; elle n'est pas celle du système."""
    boite = boite_de_fichiers(poste.fenetre, "Où enregistrer", "Dossier", "Enregistrer ici")
    mots = [un.text() for un in boite.findChildren(QLabel)] + [un.text() for un in boite.findChildren(QAbstractButton)]
    assert {"Regarder dans", "Dossier", "Type de fichier", "Enregistrer ici", "Annuler"} <= set(mots)
    assert not any(anglais in mot for mot in mots for anglais in ("Look", "File", "Cancel", "Choose", "&Open"))
    assert boite.testOption(QFileDialog.Option.DontUseNativeDialog)
    boite.deleteLater()


def test_elle_s_ouvre_dans_les_documents(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, poste: Poste) -> None:
    """Dans Documents, ou dans le dossier personnel s'il n'y en a pas ; jamais dans celui du programme."""
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _: str(tmp_path / "Documents"))
    assert documents() == Path.home()
    (tmp_path / "Documents").mkdir()
    boite = boite_de_fichiers(poste.fenetre, "Où enregistrer", "Dossier", "Enregistrer ici")
    assert Path(boite.directory().absolutePath()) == documents() == tmp_path / "Documents"
    boite.deleteLater()


@pytest.mark.parametrize("renoncer", [True, False])
def test_choisir_ou_renoncer(poste: Poste, tmp_path: Path, renoncer: bool) -> None:
    """Renoncer ne rend rien ; accepter rend le chemin."""
    (tmp_path / "x.perron-recu").write_bytes(b"")
    gestes = (
        (lambda: choisir_un_dossier(poste.fenetre, "Où"), tmp_path),
        (lambda: choisir_un_fichier(poste.fenetre, "Quel", "Reçus (*.perron-recu)"), tmp_path / "x.perron-recu"),
        (lambda: choisir_ou_ecrire(poste.fenetre, "Où", "y.perron-envoi", "(*)"), tmp_path / "y.perron-envoi"),
    )
    for geste, attendu in gestes:

        def finir(attendu: Path = attendu) -> None:
            boite = next(un for un in QApplication.topLevelWidgets() if isinstance(un, QFileDialog) and un.isVisible())
            boite.setDirectory(str(attendu if attendu.is_dir() else attendu.parent))
            if not attendu.is_dir():
                boite.findChildren(QLineEdit)[0].setText(attendu.name)
            boite.done(0 if renoncer else 1)

        QTimer.singleShot(50, finir)
        assert geste() == (None if renoncer else attendu)


def test_enregistrer_propose_d_ouvrir_et_d_effacer(
    joueur: Joueur, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Le nom est la référence ; le clavier est à « Ouvrir » ; effacé, il n'y a plus rien ; le départ oublie tout."""
    ouverts: list[str] = []
    monkeypatch.setattr(
        QDesktopServices, "openUrl", lambda adresse: bool(ouverts.append(adresse.toLocalFile())) or True
    )
    montre = ecran(joueur, "resume")
    assert any(un.text() == EN_CLAIR for un in montre.findChildren(QLabel) if un.isVisible())
    joueur.imprimer_dans(tmp_path)
    (pdf,) = tmp_path.glob("*.pdf")
    assert pdf.name in montre.sortis.noms.text()
    assert QApplication.focusWidget() is montre.sortis.ouvrir
    montre.sortis.ouvrir.click()
    assert [Path(un) for un in ouverts] == [pdf]
    montre.sortis.effacer.click()
    assert joueur.fenetre.bandeau.phrase == EFFACE
    assert not pdf.exists()
    joueur.imprimer_dans(tmp_path)
    joueur.aller("accueil")
    assert montre.sortis.noms.text() == ""
    # La personne suivante n'en lit ni le nom, ni la référence ; l'agent, qu'il reste un fichier à effacer.
    assert joueur.fenetre.bandeau.phrase == UN_SORTI
    (pdf,) = tmp_path.glob("*.pdf")
    joueur.presser("Effacer")
    assert not pdf.exists()
    assert joueur.fenetre.bandeau.phrase == ""


def test_quitter_propose_d_effacer_une_fois(joueur: Joueur, tmp_path: Path) -> None:
    """La première fermeture le demande ; la seconde les garde, et ferme."""
    ecran(joueur, "resume", "cotation")
    joueur.imprimer_dans(tmp_path)
    assert not joueur.fenetre.close()
    assert joueur.fenetre.bandeau.phrase == DES_SORTIS.format(2) + OU_GARDER
    assert joueur.fenetre.close()
    assert len(list(tmp_path.glob("*.pdf"))) == 2


def test_plusieurs_fichiers_ouvrent_leur_dossier(
    joueur: Joueur, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Et un poste qui ne sait pas ouvrir le dit."""
    ouverts: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda adresse: bool(ouverts.append(adresse.toLocalFile())))
    montre = ecran(joueur, "resume", "cotation")
    joueur.imprimer_dans(tmp_path)
    assert montre.sortis.ouvrir.isHidden()
    assert QApplication.focusWidget() is montre.sortis.dossier
    montre.sortis.dossier.click()
    assert [Path(un) for un in ouverts] == [tmp_path]
    assert joueur.fenetre.bandeau.phrase == LE_DOSSIER
    (tmp_path / "un").mkdir()
    montre = ecran(joueur, "resume")
    joueur.imprimer_dans(tmp_path / "un")
    montre.sortis.ouvrir.click()
    assert joueur.fenetre.bandeau.phrase == RIEN_NE_L_OUVRE


def test_la_personne_partie_le_bandeau_ne_parle_plus_d_elle(joueur: Joueur, tmp_path: Path) -> None:
    """L'écriture finit après le départ : la personne suivante n'en lit rien ; quitter propose encore de l'effacer."""
    montre = ecran(joueur, "resume")
    montre.composer()
    joueur.attendre()
    montre.enregistrer_dans(tmp_path)
    joueur.fenetre.aller("accueil")
    joueur.attendre()
    assert list(tmp_path.glob("*.pdf"))
    assert joueur.fenetre.bandeau.phrase == ""
    assert joueur.session.sortis.restent == 1


def test_une_fiche_de_surete_ne_s_ouvre_pas(joueur: Joueur, tmp_path: Path) -> None:
    """Ni « Ouvrir » (le poste en garderait la trace), ni avertissement : un nom constant, rien d'autre."""
    joueur.session.modifier({"protection.fiche_souhaitee": True})
    joueur.attendre()
    assert not joueur.bilan.a_taire
    reservees = [fiche.id for fiche in joueur.bilan.regles.fiches.disponibles() if fiche.surete.reservee]
    montre = ecran(joueur)
    offertes = [fiche for fiche in reservees if fiche in {offre.id for offre in montre._offres}]
    assert offertes
    montre = ecran(joueur, offertes[0])
    joueur.imprimer_dans(tmp_path)
    assert list(tmp_path.glob("*.pdf"))
    assert montre.sortis.isHidden()


def test_un_dossier_discret_ne_laisse_pas_de_fichier(joueur: Joueur, tmp_path: Path) -> None:
    """Le bouton n'y est pas, et le geste refuse."""
    joueur.session.modifier({"protection.discret": True, "protection.fiche_souhaitee": True})
    joueur.attendre()
    montre = ecran(joueur)
    widgets: list[QWidget] = [montre.enregistrer, montre.en_clair]
    assert all(un.isHidden() for un in widgets)
    joueur.imprimer_dans(tmp_path)
    assert list(tmp_path.glob("*.pdf")) == []
    assert joueur.fenetre.bandeau.phrase == PAS_DE_FICHIER


def test_le_mecanisme_refuse_meme_sans_l_ecran(joueur: Joueur, tmp_path: Path) -> None:
    """Une fiche neutre d'un dossier discret se compose, s'imprime, et ne s'écrit pas."""
    joueur.session.modifier({"protection.discret": True, "protection.fiche_souhaitee": True})
    joueur.attendre()
    liasse = composer_liasse(joueur.bilan, ["neutre"], "fr", grands=False, largeur=300)
    assert len(liasse.feuilles) == 1
    with pytest.raises(ErreurUtilisateur, match="ne laisse pas de fichier"):
        enregistrer(liasse, tmp_path)
    assert list(tmp_path.glob("*.pdf")) == []


def test_mutant_une_liasse_qui_ignore_la_discretion(joueur: Joueur, tmp_path: Path) -> None:
    """Sans le drapeau de la liasse, le fichier serait écrit : c'est lui qui tient."""
    joueur.session.modifier({"protection.discret": True, "protection.fiche_souhaitee": True})
    joueur.attendre()
    liasse = composer_liasse(joueur.bilan, ["neutre"], "fr", grands=False, largeur=300)
    ecrits = enregistrer(travail.replace(liasse, sans_fichier=False), tmp_path)
    assert [chemin.name for chemin in ecrits] == ["renseignements-utiles.pdf"]


def test_le_nom_est_la_reference_et_constant_pour_une_fiche_reservee(joueur: Joueur, tmp_path: Path) -> None:
    """Rien du titre ni de la personne dans un nom de fichier tiré d'un dossier."""
    joueur.session.modifier({"protection.fiche_souhaitee": True})
    joueur.attendre()
    ecran(joueur, "resume", "neutre")
    joueur.imprimer_dans(tmp_path)
    reference = reference_courte(joueur.session.dossier_id)
    assert {chemin.name for chemin in tmp_path.glob("*.pdf")} == {f"{reference}.pdf", "renseignements-utiles.pdf"}
