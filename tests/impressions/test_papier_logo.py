"""Le logo et la place du tampon : sur une fiche ordinaire, balisés ; jamais sur une fiche réservée."""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from exemples_papier import DECLARATION, LANGUE, LANGUE_RESERVEE, RESERVEE, annuaire, donnees, ecrire_fiche, fiches
from lecture_pdf import arbre, texte_plat
from PIL import Image
from test_papier_pdfua import fautes

from impressions.document import composer
from modele.regles.fautes import ErreurUtilisateur
from modele.sources import Couche
from modele.territoire.logo import Logo

SVG = Logo(
    "svg",
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 30"><rect width="90" height="30" fill="#123"/></svg>',
)


def image(genre: str, mode: str = "RGB", large: int = 300, haut: int = 100) -> Logo:
    sortie = io.BytesIO()
    Image.new(mode, (large, haut), (20, 40, 90) if mode == "RGB" else (20, 40, 90, 120)).save(sortie, genre)
    return Logo("jpg" if genre == "JPEG" else "png", sortie.getvalue())


LOGOS = {"png": image("PNG"), "transparent": image("PNG", "RGBA"), "jpg": image("JPEG"), "svg": SVG}


@pytest.mark.parametrize("genre", LOGOS)
def test_le_logo_s_imprime_et_dit_ce_qu_il_est(genre: str) -> None:
    pdf = composer("115", donnees(logo=LOGOS[genre]))
    figures = [une for une in arbre(pdf) if une.role == "Figure"]
    assert [une.alt for une in figures] == ["Logo : Maison de la Solidarité des Tilleuls"]
    assert fautes(pdf) == {}
    assert composer("115", donnees(logo=LOGOS[genre])) == pdf
    # En haut à droite, dans la marge de la page.
    vue = pdfium.PdfDocument(pdf)[0].render(scale=1).to_pil().convert("L")
    assert min(vue.crop((400, 44, 547, 90)).tobytes()) < 160
    assert min(vue.crop((550, 0, 595, 842)).tobytes()) == 255


def test_le_logo_prend_le_nom_du_territoire_a_defaut_de_lieu() -> None:
    pdf = composer("115", donnees(logo=SVG, lieu=None))
    assert "Logo : Métropole d’exemple" in [une.alt.replace("'", "’") for une in arbre(pdf)]


def test_une_serie_n_ecrit_pas_le_logo_deux_fois(monkeypatch: pytest.MonkeyPatch) -> None:
    composer("115", donnees(logo=SVG))
    monkeypatch.setattr("impressions.images._dessiner_svg", lambda octets: pytest.fail("déjà dessiné"))
    composer("cotation", donnees(logo=SVG))


@pytest.mark.parametrize("abime", [Logo("png", LOGOS["png"].octets[:60]), Logo("svg", b"<svg>"), Logo("jpg", b"x")])
def test_un_logo_abime_se_dit_et_le_papier_s_imprime(abime: Logo) -> None:
    papier = composer("115", donnees(logo=abime))
    assert "logo de la structure ne se lit pas" in papier.avertissement
    assert papier == composer("115", donnees())


def test_aucune_fiche_reservee_ne_porte_de_logo() -> None:
    reservees = [une.id for une in fiches().disponibles() if une.surete.reservee]
    assert "neutre" in reservees
    for fiche in reservees:
        assert composer(fiche, donnees(logo=SVG)) == composer(fiche, donnees())


def test_la_place_du_tampon_est_un_cadre_nomme(tmp_path: Path) -> None:
    ecrire_fiche(tmp_path, "essai", "Bonjour.\n\n``` tampon\n```", toml=DECLARATION + LANGUE)
    pdf = composer("essai", donnees(fiches=fiches(tmp_path)))
    assert "Cachet de la structure" in texte_plat(pdf)
    assert fautes(pdf) == {}


def test_une_fiche_reservee_ne_porte_pas_de_tampon(tmp_path: Path) -> None:
    corps = f"{annuaire()}\n``` tampon\n```"
    ecrire_fiche(tmp_path, "curieuse", corps, toml=RESERVEE + LANGUE_RESERVEE, entete='titre = "Curieuse"')
    with pytest.raises(ErreurUtilisateur, match="ne peut pas porter de tampon"):
        composer("curieuse", donnees(fiches=fiches(tmp_path, couche=Couche.NATIONALE)))
