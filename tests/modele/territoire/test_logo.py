"""Le logo : trois formats, une taille bornée, rien qui aille chercher hors du fichier ; fautif, il se dit."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from outils_sources import LIVREES
from PIL import Image

from modele.chargement import charger_regles
from modele.regles.fautes import FichierFautif
from modele.sources import Couche, Fichier, Lecture
from modele.territoire.logo import OCTETS_AU_PLUS, Logo, lire_logo, servir_logo

SVG = b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
DOSSIER = "territoires/metropole-exemple"


def image(genre: str, large: int = 200, haut: int = 80) -> bytes:
    sortie = io.BytesIO()
    Image.new("RGB", (large, haut), "navy").save(sortie, genre)
    return sortie.getvalue()


def fichier(nom: str, octets: bytes, couche: Couche = Couche.STRUCTURE) -> Fichier:
    return Fichier(f"{DOSSIER}/{nom}", couche, octets=octets, origine="modifié ici")


@pytest.mark.parametrize(
    ("nom", "octets"),
    [("logo.png", image("PNG")), ("logo.jpg", image("JPEG")), ("logo.svg", SVG)],
    ids=["png", "jpg", "svg"],
)
def test_les_trois_formats_se_lisent(nom: str, octets: bytes) -> None:
    assert lire_logo(fichier(nom, octets)) == Logo(nom[-3:], octets)


FAUTIFS = {
    "trop gros": ("logo.png", image("PNG") + b"\0" * OCTETS_AU_PLUS, "dépasse 512 Kio"),
    "pas un png": ("logo.png", image("JPEG"), "pas une image PNG"),
    "pas un jpeg": ("logo.jpg", image("PNG"), "pas une image JPEG"),
    "jpeg coupé": ("logo.jpg", image("JPEG")[:6], "pas une image JPEG"),
    "minuscule": ("logo.png", image("PNG", 200, 12), "200 × 12 points"),
    "immense": ("logo.png", image("PNG", 5_000, 900), "5000 × 900 points"),
    "bandeau": ("logo.png", image("PNG", 900, 50), "8 fois plus long"),
    "pas un svg": ("logo.svg", b"<html></html>", "pas une image SVG"),
    "entités": ("logo.svg", SVG.replace(b"<svg", b"<svg><!ENTITY a 'b'>", 1), "entités"),
    "script": ("logo.svg", SVG.replace(b"<path", b"<script/><path"), "script"),
    "geste": ("logo.svg", SVG.replace(b"<path", b"<path onload='x()'"), "script"),
    "ailleurs": ("logo.svg", SVG.replace(b"<path", b"<use href='file:///etc/passwd'/><path"), "autre fichier"),
    "texte": ("logo.svg", SVG.replace(b"<path", b"<text>CCAS</text><path"), "en tracés"),
}


@pytest.mark.parametrize("cas", FAUTIFS)
def test_un_logo_fautif_se_dit(cas: str) -> None:
    nom, octets, dit = FAUTIFS[cas]
    with pytest.raises(FichierFautif, match="ce logo ne sert pas") as faute:
        lire_logo(fichier(nom, octets))
    assert dit in str(faute.value)


def _lecture(*fichiers: Fichier) -> Lecture:
    poses: dict[str, tuple[Fichier, ...]] = {}
    for un in fichiers:
        poses[un.chemin] = (*poses.get(un.chemin, ()), un)
    return Lecture(replace(LIVREES, au_dessus=poses))


def test_celui_de_la_structure_prime_quel_que_soit_son_format() -> None:
    publie, sien = fichier("logo.png", image("PNG"), Couche.TERRITOIRE), fichier("logo.svg", SVG)
    assert servir_logo(_lecture(publie, sien), DOSSIER) == Logo("svg", SVG)
    assert servir_logo(_lecture(publie), DOSSIER) == Logo("png", publie.octets)
    assert servir_logo(_lecture(), DOSSIER) is None


def test_un_logo_fautif_laisse_servir_celui_du_dessous() -> None:
    publie = fichier("logo.png", image("PNG"), Couche.TERRITOIRE)
    lecture = _lecture(publie, fichier("logo.png", b"abime"))
    assert servir_logo(lecture, DOSSIER) == Logo("png", publie.octets)
    assert "ce logo ne sert pas" in lecture.ecarts[-1].message


def test_le_territoire_charge_porte_son_logo_et_dit_celui_qui_ne_sert_pas() -> None:
    sain, fautif = fichier("logo.svg", SVG), fichier("logo.png", b"abime")
    regles = charger_regles("metropole-exemple", _lecture(sain, fautif).sources)
    assert regles.territoire.logo == Logo("svg", SVG)
    assert ["logo.png" in str(un) for un in regles.ecarts_des_fiches] == [True]
