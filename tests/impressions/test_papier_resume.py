"""Le résumé de la demande : dans l'ordre du formulaire officiel, à recopier, rien à signer."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from exemples_papier import RACINE, document, donnees
from lecture_pdf import texte, texte_plat

from impressions.depuis_bilan import donnees as donnees_de
from impressions.document import composer
from modele.bilan import charger_regles, etablir
from modele.dossier.chemins import poser

JOUR = date(2026, 11, 30)
LONG = "Rakotomalala-Andriantsitohaina de la Très Grande Famille des Plateaux du Centre et des Côtes " * 3


def resume(dossier: dict[str, Any]) -> str:
    return texte_plat(composer("resume", donnees_de(etablir(charger_regles("metropole-exemple"), dossier, JOUR))))


def test_les_pages_du_formulaire_se_suivent_dans_leur_ordre() -> None:
    for dossier in json.loads((RACINE / "ressources/exemples/dossiers.json").read_text("utf-8"))[:4]:
        plat = resume(dossier)
        numeros = [int(mot.split()[0]) for mot in plat.split("Page ")[1:] if mot.split()[0].isdigit()]
        assert numeros == sorted(numeros)


def test_une_case_dit_son_numero_sur_le_formulaire() -> None:
    assert "Numéro unique · A1 063112512345612345" in texte_plat(composer("resume", donnees()))


def test_une_ressource_tient_en_une_ligne() -> None:
    plat = texte_plat(composer("resume", donnees()))
    assert "ce que vous recevez chaque mois Salaire ou revenu d’activité · E7, E8 1 432,50 € par mois" in plat


def test_ce_que_le_formulaire_ne_demande_pas_ne_se_dit_que_connu() -> None:
    vide = resume({"id": "0198c0de-0000-7000-8000-000000000001", "territoire": "metropole-exemple"})
    assert "Ce que vous avez dit aussi" not in vide
    assert "Surface 41,5 m²" in texte_plat(composer("resume", donnees()))


def test_rien_a_signer() -> None:
    plat = texte_plat(composer("resume", donnees())).lower()
    assert "rien à signer" in plat
    assert "signature" not in plat


def test_ce_qui_se_dit_seul_a_seul_n_y_est_pas_meme_inconnu() -> None:
    plat = resume({"id": "0198c0de-0000-7000-8000-000000000001", "territoire": "metropole-exemple"})
    assert "violence" not in plat.lower()


def test_un_nom_tres_long_et_douze_personnes_se_lisent_en_entier() -> None:
    pris = document()
    pris["demandeur"]["nom"] = LONG.strip()
    plat = texte_plat(composer("resume", donnees(document=pris)))
    assert LONG.strip() in plat
    foyer: dict[str, Any] = {"id": "0198c0de-0000-7000-8000-000000000001", "territoire": "metropole-exemple"}
    for rang in range(12):
        foyer = poser(foyer, f"foyer.personnes.elements.p{rang}", {"prenoms": f"Prénom{rang}", "nom": "NOMBREUX"})
    plat = resume(foyer)
    assert all(f"Prénom{rang} NOMBREUX" in plat for rang in range(12))


def test_en_grands_caracteres_rien_ne_se_perd() -> None:
    petit, grand = (texte(composer("resume", donnees(), grands_caracteres=g)) for g in (False, True))
    assert {mot for mot in petit.split() if len(mot) > 6} <= set(grand.split())


def test_ni_texte_libre_ni_sante_sur_un_papier_qui_se_perd() -> None:
    plat = texte_plat(composer("resume", donnees()))
    assert "Marius" not in plat
    assert "Recopiez-les de l’écran" in plat
