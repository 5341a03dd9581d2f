"""Le logo de la structure : choisi, vu, enlevé d'un geste ; gardé au coffre ; jamais sur une fiche réservée."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
import pytest
from dossiers_ecran import etiquettes, heberge, ouvrir
from PIL import Image

from ui.composants import fichiers
from ui.ecrans.contacts import logo as carte_logo
from ui.ecrans.contacts.ecran import EcranContacts
from ui.ecrans.contacts.logo import AUCUN
from ui.ecrans.imprimer.travail import composer_liasse
from ui.lancement import Poste
from ui.theatre.joueur import Joueur

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 30"><path fill="#0a0" d="M0 0h90v30H0z"/></svg>'


@pytest.fixture
def joueur(poste_ouvert: Poste) -> Joueur:
    joueur = Joueur(poste_ouvert)
    joueur.atelier.horloge = lambda: date(2026, 11, 23)
    joueur.attendre()
    return joueur


def ecran(joueur: Joueur) -> EcranContacts:
    joueur.aller("contacts")
    joueur.attendre()
    montre = joueur.ecran
    assert isinstance(montre, EcranContacts)
    return montre


def png(dossier: Path, nom: str = "notre logo.PNG") -> Path:
    sortie = io.BytesIO()
    Image.new("RGB", (200, 80), "navy").save(sortie, "PNG")
    (dossier / nom).write_bytes(sortie.getvalue())
    return dossier / nom


def choisir(joueur: Joueur, monkeypatch: pytest.MonkeyPatch, chemin: Path) -> None:
    """Le bouton, comme l'agent ; la boîte de fichiers rend ce chemin."""
    monkeypatch.setattr(carte_logo, "choisir_un_fichier", lambda *_: chemin)
    joueur.presser("Choisir une image")
    joueur.attendre()


def images(joueur: Joueur, fiche: str) -> int:
    """Combien d'images porte ce papier, imprimé maintenant."""
    liasse = composer_liasse(joueur.bilan, [fiche], "fr", grands=False, largeur=300)
    assert liasse.feuilles, liasse.empechees
    pages = pdfium.PdfDocument(liasse.feuilles[0].pdf)
    return sum(len(list(page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE]))) for page in pages)


def test_un_png_choisi_se_voit_et_sort_sur_un_papier_ordinaire(
    joueur: Joueur, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    montre = ecran(joueur)
    assert AUCUN in etiquettes(montre.logo)
    assert not montre.logo.enlever.isVisible()
    choisir(joueur, monkeypatch, png(tmp_path))
    assert montre.logo.image.isVisible()
    assert montre.logo.image.pixmap().toImage().pixelColor(5, 5).name() == "#000080"
    assert montre.logo.enlever.isVisible()
    ouvrir(joueur, heberge(protection={"fiche_souhaitee": True}))
    assert images(joueur, "resume") == 1
    joueur.aller("contacts")
    joueur.attendre()
    joueur.presser("Enlever le logo")
    joueur.attendre()
    assert not montre.logo.image.isVisible()
    assert AUCUN in etiquettes(montre.logo)
    ouvrir(joueur, heberge())
    assert images(joueur, "resume") == 0


def test_un_svg_remplace_le_png(joueur: Joueur, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Un seul logo : le dernier choisi, quel que soit son format."""
    montre = ecran(joueur)
    dessin = tmp_path / "logo vert.svg"
    dessin.write_bytes(SVG)
    choisir(joueur, monkeypatch, dessin)
    choisir(joueur, monkeypatch, png(tmp_path))
    assert montre.logo.image.pixmap().toImage().pixelColor(5, 5).name() == "#000080"
    choisir(joueur, monkeypatch, dessin)
    assert montre.logo.image.pixmap().toImage().pixelColor(5, 5).name() == "#00aa00"
    regles = joueur.session.regles
    assert regles is not None
    assert regles.territoire.logo is not None
    assert regles.territoire.logo.genre == "svg"


@pytest.mark.parametrize(
    ("nom", "octets", "dit"),
    [
        ("logo.gif", b"GIF89a", "ni un PNG, ni un JPEG, ni un SVG"),
        ("logo.png", b"bonjour", "pas une image PNG"),
        ("logo.svg", SVG.replace(b"<path", b"<script/><path"), "script"),
        ("logo.png", b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + (200).to_bytes(4) + (80).to_bytes(4), "ne se lit pas"),
        ("logo.png", b"\x89PNG\r\n\x1a\n" + bytes(600_000), "fichier refusé"),
    ],
    ids=["gif", "texte", "script", "abime", "gros"],
)
def test_un_fichier_qui_ne_sert_pas_se_dit_et_ne_change_rien(
    joueur: Joueur, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, nom: str, octets: bytes, dit: str
) -> None:
    montre = ecran(joueur)
    (tmp_path / nom).write_bytes(octets)
    choisir(joueur, monkeypatch, tmp_path / nom)
    assert dit in montre.logo.echec.phrase
    assert AUCUN in etiquettes(montre.logo)
    choisir(joueur, monkeypatch, png(tmp_path))
    assert montre.logo.echec.phrase == ""


def test_jamais_sur_une_fiche_reservee(joueur: Joueur, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ni sur la feuille neutre, ni sur celle des violences, qui tait le lieu : octet pour octet comme sans logo."""
    ouvrir(joueur, heberge(protection={"fiche_souhaitee": True}))
    fiches = {un.id: un.surete for un in joueur.bilan.regles.fiches.disponibles()}
    sans_lieu = [un for un, surete in fiches.items() if surete.reservee or surete.sans_lieu]
    assert {"neutre", "violences"} <= set(sans_lieu)
    avant = composer_liasse(joueur.bilan, ["neutre"], "fr", grands=False, largeur=300).feuilles[0].pdf
    ecran(joueur)
    choisir(joueur, monkeypatch, png(tmp_path))
    ouvrir(joueur, heberge(protection={"fiche_souhaitee": True}))
    assert images(joueur, "resume") == 1
    for un in sans_lieu:
        assert images(joueur, un) == 0
    neutre = composer_liasse(joueur.bilan, ["neutre"], "fr", grands=False, largeur=300).feuilles[0].pdf
    assert bytes(neutre) == bytes(avant)


def test_mutant_une_fiche_qui_recoit_le_logo_quand_meme(
    joueur: Joueur, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sans ce que ``donnees_permises`` retire, le logo sortirait sur la feuille des violences : l'épreuve le voit."""
    ecran(joueur)
    choisir(joueur, monkeypatch, png(tmp_path))
    ouvrir(joueur, heberge())
    assert images(joueur, "violences") == 0
    monkeypatch.setattr("impressions.document.donnees_permises", lambda _fiche, donnees: donnees, raising=True)
    assert images(joueur, "violences") == 1


def test_renoncer_ne_change_rien(joueur: Joueur, monkeypatch: pytest.MonkeyPatch) -> None:
    montre = ecran(joueur)
    monkeypatch.setattr(fichiers, "_demander", lambda boite: boite.deleteLater())
    joueur.presser("Choisir une image")
    joueur.attendre()
    assert AUCUN in etiquettes(montre.logo)
