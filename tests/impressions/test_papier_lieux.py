"""La fiche des lieux : huit au plus, les plus proches ; fermetures, accès, langues ; jamais le niveau."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from exemples_papier import donnees
from lecture_pdf import texte

from impressions import depuis_bilan
from impressions.depuis_bilan import donnees as du_bilan
from impressions.document import composer
from impressions.lieux import LIEUX_AU_PLUS, dire_en_plus
from modele.bilan import etablir
from modele.chargement import charger_regles
from modele.dossier.chemins import poser
from modele.lieux.heures_ecrites import lire_heures
from modele.lieux.modele import Lieu
from modele.mots.phrases import mots
from modele.regles.provenance import Provenance

JOUR = date(2026, 12, 1)
OUVERT: dict[str, Any] = {"id": "x", "territoire": "metropole-exemple"}
A_VIEUX_PONT = poser(OUVERT, "logement_actuel.adresse.commune", "99X02")


def papier(document: dict[str, Any], langue: str = "fr") -> str:
    bilan = etablir(charger_regles("metropole-exemple"), document, JOUR)
    return texte(composer("lieux", du_bilan(bilan, langue), langue)).replace("\u202f", " ").replace("\u00a0", " ")


def test_les_plus_proches_d_abord_et_jamais_le_niveau() -> None:
    """Le niveau est d'usage [M] : à l'écran « à faire valider », sur le papier rien."""
    dit = papier(A_VIEUX_PONT)
    assert dit.index("Maison de solidarité de Vieux-Pont") < dit.index("CCAS de Colombe") < dit.index("Port-Clair")
    assert dit.index("CCAS de Colombe") < papier(OUVERT).index("Maison de solidarité de Vieux-Pont")
    assert "iveau" not in dit
    assert "à faire valider" not in dit
    for attendu in (
        "Fermé du 26/12/2026 au 02/01/2027", "24/12/2026 : 09:00–12:00", "Entrée de plain-pied", "Langues parlées :",
        "lundi au vendredi, 9 h à 12 h 30", "après-midi sur rendez-vous",
    ):  # fmt: skip
        assert attendu in " ".join(dit.split()), attendu
    assert "ébergement, appel" not in dit


def test_les_heures_et_l_acces_se_disent_dans_la_langue() -> None:
    dit = " ".join(papier(A_VIEUX_PONT, "en").split())
    for attendu in (
        "Monday–Friday 09:00–12:30",
        "afternoons by appointment",
        "Languages spoken",
        "Closed from 26/12/2026",
    ):
        assert attendu in dit
    assert "lundi" not in dit
    assert "Entrée de plain-pied" not in dit


def test_d_un_dossier_qui_se_tait_rien_ne_se_calcule_de_l_adresse() -> None:
    """Norme de sûreté, § 8."""
    regles = charger_regles("metropole-exemple")
    discret = etablir(regles, poser(A_VIEUX_PONT, "protection.discret", True), JOUR)
    assert du_bilan(discret).lieux == du_bilan(etablir(regles, OUVERT, JOUR)).lieux
    assert du_bilan(etablir(regles, A_VIEUX_PONT, JOUR)).lieux != du_bilan(discret).lieux


def test_mutant_le_depart_qui_lit_aussi_un_discret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(depuis_bilan, "_depart", lambda _: "99X02")
    with pytest.raises(AssertionError):
        test_d_un_dossier_qui_se_tait_rien_ne_se_calcule_de_l_adresse()


def test_au_dela_de_huit_d_autres_existent() -> None:
    lieux = tuple(Lieu(f"l{rang}", f"Lieu {rang}", "CCAS", f"{rang}, rue") for rang in range(LIEUX_AU_PLUS + 1))
    base = donnees()
    tous = replace(base, territoire=replace(base.territoire, lieux=lieux))
    assert "D’autres lieux existent" not in texte(composer("lieux", tous))
    dit = texte(composer("lieux", replace(tous, lieux=lieux[:LIEUX_AU_PLUS])))
    assert "D’autres lieux existent" in dit
    assert f"Lieu {LIEUX_AU_PLUS}" not in dit


def test_ce_qui_s_ajoute_est_su_et_a_venir() -> None:
    un = Lieu(
        "x", "X", "CCAS", langues=("fr", "zgh"), provenance=Provenance(source="site", verifie_le=JOUR),
        heures=lire_heures(
            (),
            ("2026-11-01 fermé", "2026-12-05 fermé", "2026-12-07..2026-12-08 10:00-11:00", "2027-08-01 fermé"), ""),
    )  # fmt: skip
    assert list(dire_en_plus(un, mots(), JOUR)) == [
        "Fermé le 05/12/2026", "07/12/2026–08/12/2026 : 10:00–11:00", "Langues parlées : français",
        "vérifié le 01/12/2026",
    ]  # fmt: skip
    assert list(dire_en_plus(Lieu("y", "Y", "CCAS"), mots(), JOUR + timedelta(days=1))) == []
