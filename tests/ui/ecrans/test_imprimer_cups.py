"""Imprimer pour de vrai : par Qt, vers une file de CUPS qui sort un PDF ; ce qu'elle a reçu, dit par CUPS."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from dossiers_ecran import heberge, ouvrir
from outils_cups import AGENT, OTE, PRESENT, RETENU, SANS_CUPS, SORTI, Cups, un_cups
from outils_ecran import presser
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from modele.regles.fautes import ErreurUtilisateur
from ui.ecrans.imprimer import imprimante
from ui.ecrans.imprimer.boite import UN_FICHIER_REFUSE
from ui.ecrans.imprimer.ecran import ENVOYE, EcranImprimer
from ui.ecrans.imprimer.imprimante import REFUSEE, TITRE, Reglage, Sortie, envoyer, preparer
from ui.ecrans.imprimer.suite import RETIRE
from ui.lancement import Poste
from ui.systeme import files
from ui.systeme.files import INCONNUES, capacites, retenus
from ui.theatre.joueur import Joueur

pytestmark = pytest.mark.skipif(not PRESENT, reason=SANS_CUPS)


@pytest.fixture(scope="module")
def cups() -> Iterator[Cups]:
    with un_cups() as lance:
        yield lance


@pytest.fixture
def joueur(poste_ouvert: Poste, cups: Cups) -> Joueur:
    """Un agent devant une famille sans toit, sur un poste qui a deux files."""
    joueur = Joueur(poste_ouvert)
    joueur.atelier.horloge = lambda: date(2026, 11, 23)
    ouvrir(joueur, heberge(triage={"toit_ce_soir": "non"}))
    return joueur


def ecran(joueur: Joueur, qtbot: QtBot, file: str, *fiches: str) -> EcranImprimer:
    """L'écran, ses pages composées, et cette file choisie qui a dit ce qu'elle sait."""
    joueur.aller("imprimer", fiches=list(fiches))
    montre = joueur.ecran
    assert isinstance(montre, EcranImprimer)
    qtbot.waitUntil(lambda: bool(montre.reglages.offertes))
    montre.reglages.choisir(file)
    qtbot.waitUntil(lambda: montre.reglages.sait is not None)
    montre.composer()
    joueur.attendre()
    return montre


def imprimer(joueur: Joueur, qtbot: QtBot, montre: EcranImprimer) -> None:
    """Ctrl+Entrée, et rien d'autre ; la file l'a dit pris."""
    presser(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier, widget=montre)
    joueur.attendre()
    assert joueur.fenetre.bandeau.phrase == ENVOYE.format(montre.reglages.file)


def test_ce_que_sait_la_file_se_lit_chez_elle(cups: Cups) -> None:
    """Une file sans code n'en demande pas ; une file qui n'existe pas ne sait rien, et ne retient rien."""
    accueil, couloir = capacites("Accueil"), capacites("Couloir")
    assert (accueil.retenue, accueil.code, accueil.sans_entete, accueil.fichier) == (True, 0, True, True)
    assert couloir.code == 4
    assert capacites("Inconnue") == INCONNUES
    assert retenus("Inconnue") == ()


def test_tout_ce_qui_est_regle_arrive_a_la_file_et_rien_ne_reste(
    joueur: Joueur, qtbot: QtBot, cups: Cups, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Titre neutre, exemplaires, recto verso, pas de page d'en-tête, le code que l'écran donne ; aucun fichier."""
    passage = tmp_path / "passage"
    passage.mkdir()
    monkeypatch.setenv("TMPDIR", str(passage))
    montre = ecran(joueur, qtbot, "Couloir", "115", "resume")
    montre.reglages.copies.bouton(2).click()
    montre.reglages.recto_verso.click()
    assert montre.reglages.resume() == "Couloir · 2 exemplaires · recto verso · avec un code"
    avant = {chemin for chemin in tmp_path.rglob("*") if chemin.is_file()}
    imprimer(joueur, qtbot, montre)
    (travail,) = cups.attendre("Couloir", SORTI)
    assert {cle: travail[cle] for cle in ("job-name", "copies", "sides", "job-originating-user-name")} == {
        "job-name": TITRE,
        "copies": 2,
        "sides": "two-sided-long-edge",
        "job-originating-user-name": AGENT,
    }
    assert travail["job-sheets"] == ["none", "none"]
    code = montre.suite.code.text()
    assert len(code) == 4
    assert montre.suite.code.isVisible()
    assert f"job-password={code} " in cups.remis(travail)
    assert montre.liasse is not None
    pages = sum(len(feuille.pages) for feuille in montre.liasse.feuilles)
    sorti = pdfium.PdfDocument(cups.papier(travail).read_bytes())
    assert len(sorti) == 2 * (pages + pages % 2)
    # Une vraie page : de l'encre sur du blanc.
    assert len(set(sorti[0].render(scale=0.2).to_pil().convert("L").tobytes())) > 20
    assert list(passage.iterdir()) == []
    neufs = {chemin for chemin in tmp_path.rglob("*") if chemin.is_file()} - avant
    assert [chemin for chemin in neufs if chemin.read_bytes()[:4] in (b"%PDF", b"%!PS", b"\x89PNG")] == []
    joueur.aller("accueil")
    assert montre.suite.code.text() == ""


def test_un_code_neuf_a_chaque_fois(joueur: Joueur, qtbot: QtBot) -> None:
    montre = ecran(joueur, qtbot, "Couloir", "115")
    assert montre.reglages.sortie() is Sortie.CODE
    codes = {montre.reglages.reglage().code for _ in range(40)}
    assert len(codes) > 20
    assert all(len(code) == 4 and code.isdigit() for code in codes)


def test_le_titre_est_le_meme_pour_une_fiche_a_taire(joueur: Joueur, qtbot: QtBot, cups: Cups) -> None:
    """Une feuille neutre qui aurait son titre à elle se reconnaîtrait dans la file."""
    joueur.session.modifier({"protection.fiche_souhaitee": True})
    joueur.attendre()
    for fiche in ("neutre", "resume"):
        montre = ecran(joueur, qtbot, "Accueil", fiche)
        imprimer(joueur, qtbot, montre)
    noms = [un["job-name"] for un in cups.attendre("Accueil", SORTI, 2)]
    assert len(noms) >= 2
    assert set(noms) == {TITRE}


def test_mutant_un_titre_par_fiche_se_lit_dans_la_file(cups: Cups, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ce que dit CUPS suit bien ce qu'envoie Perron : l'épreuve du titre peut échouer."""
    monkeypatch.setattr(imprimante, "TITRE", "Violences")
    avant = len(cups.attendre("Couloir", SORTI, 0))
    envoyer(preparer(Reglage("Couloir"), capacites("Couloir")), [_page()])
    assert cups.attendre("Couloir", SORTI, avant + 1)[-1]["job-name"] == "Violences"


def test_un_papier_retenu_attend_puis_sort_d_un_geste(joueur: Joueur, qtbot: QtBot, cups: Cups) -> None:
    """Le poste se souvient qu'il retient ; revenu à l'écran, ce qui attend s'y voit encore, sans nommer personne."""
    montre = ecran(joueur, qtbot, "Accueil", "115")
    assert montre.reglages.sorties is not None
    montre.reglages.sorties.bouton(Sortie.RETENUE).click()
    imprimer(joueur, qtbot, montre)
    qtbot.waitUntil(lambda: montre.suite.liberer.isVisible())
    assert len(cups.attendre("Accueil", RETENU)) == 1
    joueur.aller("accueil")
    assert not montre.suite.isVisible()
    montre = ecran(joueur, qtbot, "Accueil", "115")
    assert montre.reglages.sortie() is Sortie.RETENUE
    qtbot.waitUntil(lambda: montre.suite.liberer.isVisible())
    montre.suite.liberer.click()
    qtbot.waitUntil(lambda: not montre.suite.isVisible())
    assert cups.attendre("Accueil", SORTI)
    assert retenus("Accueil") == ()


def test_un_papier_retenu_s_ote_de_la_file(joueur: Joueur, qtbot: QtBot, cups: Cups) -> None:
    montre = ecran(joueur, qtbot, "Accueil", "115")
    assert montre.reglages.sorties is not None
    montre.reglages.sorties.bouton(Sortie.RETENUE).click()
    imprimer(joueur, qtbot, montre)
    qtbot.waitUntil(lambda: montre.suite.oter.isVisible())
    montre.suite.oter.click()
    qtbot.waitUntil(lambda: joueur.fenetre.bandeau.phrase == RETIRE)
    assert cups.attendre("Accueil", OTE)
    assert retenus("Accueil") == ()


def test_une_file_qui_refuse_se_dit(joueur: Joueur, qtbot: QtBot, cups: Cups) -> None:
    """Qt n'en dit rien : sans cela, l'agent croirait le papier sorti."""
    montre = ecran(joueur, qtbot, "Accueil", "115")
    cups.admin("cupsreject", "Accueil")
    try:
        presser(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier, widget=montre)
        joueur.attendre()
        assert joueur.fenetre.bandeau.phrase == REFUSEE.format("Accueil")
    finally:
        cups.admin("cupsaccept", "Accueil")


def test_mutant_sans_la_reponse_de_cups_un_refus_passerait(cups: Cups, monkeypatch: pytest.MonkeyPatch) -> None:
    cups.admin("cupsreject", "Accueil")
    try:
        with pytest.raises(ErreurUtilisateur):
            envoyer(preparer(Reglage("Accueil"), INCONNUES), [_page()])
        monkeypatch.setattr(imprimante, "refuse", lambda: False)
        envoyer(preparer(Reglage("Accueil"), INCONNUES), [_page()])
    finally:
        cups.admin("cupsaccept", "Accueil")


def test_un_dossier_discret_ne_s_imprime_pas_dans_un_fichier(joueur: Joueur, qtbot: QtBot, cups: Cups) -> None:
    """La file CUPS-PDF n'est pas une imprimante : elle laisserait la feuille sur le poste. Rien n'y part."""
    joueur.session.modifier({"protection.discret": True, "protection.fiche_souhaitee": True})
    joueur.attendre()
    montre = ecran(joueur, qtbot, "Accueil", "neutre")
    assert montre.liasse is not None
    assert montre.liasse.feuilles
    avant = len(cups.travaux("Accueil"))
    presser(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier, widget=montre)
    joueur.attendre()
    assert joueur.fenetre.bandeau.phrase == UN_FICHIER_REFUSE.format("Accueil")
    assert len(cups.travaux("Accueil")) == avant


def test_sans_la_bibliotheque_de_cups_rien_n_est_promis(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ni retenue, ni code : Windows, ou un poste sans imprimante."""
    monkeypatch.setattr(files, "_cups", lambda: None)
    assert capacites("Accueil") == INCONNUES
    assert retenus("Accueil") == ()
    assert not files.refuse()
    assert os.environ["CUPS_SERVER"]


def _page() -> bytes:
    from PySide6.QtCore import QBuffer
    from PySide6.QtGui import QImage

    image, tampon = QImage(80, 110, QImage.Format.Format_RGB32), QBuffer()
    image.fill(Qt.GlobalColor.gray)
    image.save(tampon, "PNG")  # type: ignore[call-overload]
    return bytes(tampon.data().data())
