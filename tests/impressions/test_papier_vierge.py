"""Le formulaire papier vierge : son code se relit, rien du dossier n'y entre, aucune case ne trahit."""

from __future__ import annotations

import io
import json
from datetime import date
from typing import Any

import zxingcpp
from exemples_papier import RACINE
from lecture_pdf import texte, texte_plat
from PIL import Image

from impressions.apercu import pages
from impressions.depuis_bilan import donnees as donnees_de
from impressions.document import composer
from modele.bilan import charger_regles, etablir

JOUR = date(2026, 11, 30)
CODE = "PERRON-14069-05-1"


def vierge(dossier: dict[str, Any], jour: date = JOUR, **reglages: bool) -> bytes:
    return composer(
        "formulaire-vierge", donnees_de(etablir(charger_regles("metropole-exemple"), dossier, jour)), **reglages
    )


def vide() -> bytes:
    return vierge({"territoire": "metropole-exemple"})


def test_le_code_qr_se_relit_sur_la_page_et_dit_ce_qui_est_imprime() -> None:
    for pdf in (vide(), vierge({"territoire": "metropole-exemple"}, grands_caracteres=True)):
        lus = zxingcpp.read_barcodes(Image.open(io.BytesIO(pages(pdf, 1240)[0])))
        assert [(lu.format, lu.text) for lu in lus] == [(zxingcpp.BarcodeFormat.QRCode, CODE)]
        assert CODE in texte(pdf)


def test_le_code_se_relit_sur_une_mauvaise_photocopie() -> None:
    page = Image.open(io.BytesIO(pages(vide(), 900)[0])).convert("L").point(lambda gris: 40 if gris < 128 else 225)
    assert [lu.text for lu in zxingcpp.read_barcodes(page.rotate(3, fillcolor=225))] == [CODE]


def test_rien_du_dossier_n_y_entre() -> None:
    """Le texte est le même pour tous les dossiers d'exemple ordinaires, et le même un autre jour."""
    dossiers = json.loads((RACINE / "ressources/exemples/dossiers.json").read_text("utf-8"))[:4]
    attendu = texte(vide())
    assert all(texte(vierge(dossier)) == attendu for dossier in dossiers)
    assert texte(vierge(dossiers[0], date(2027, 3, 3))) == attendu


def test_les_pages_du_formulaire_se_suivent() -> None:
    plat = texte_plat(vide())
    places = [plat.index(f"Page {numero} · ") for numero in (1, 2, 3, 4, 6, 7, 8, 9)]
    assert places == sorted(places)


def test_aucune_case_ne_dit_une_violence_ni_une_sante_ni_ne_se_signe() -> None:
    plat = texte_plat(vide()).lower()
    assert "violence" not in plat
    assert "handicap se remplissent avec la personne" in plat
    assert "signature" not in plat
    assert "il n’y a rien à signer" in plat
    assert "n’écrivez pas votre numéro de sécurité sociale" in plat


def test_les_reponses_fermees_se_cochent_les_autres_s_ecrivent() -> None:
    plat = texte_plat(vide())
    assert "Célibataire" in plat
    assert "__ / __ / ____" in plat
    assert "Communes souhaitées" in plat
