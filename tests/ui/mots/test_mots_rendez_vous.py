"""Ce qui se dit d'un rendez-vous : le délai de la loi, une vue, un créneau pris deux fois ; jamais un nom."""

from __future__ import annotations

from datetime import date

import pytest

from modele.rendez_vous import Conflit, Creneau, LigneDAgenda, Passage, RendezVous
from ui.mots import rendez_vous as mots

LUNDI = date(2026, 12, 7)
DIX_HEURES = Creneau(LUNDI, 600, 30, "ccas", "Nora")
ENREGISTREE = {"demande": {"date_reception": "2026-12-01"}}


@pytest.mark.parametrize(
    ("jour", "fin"),
    [(date(2027, 1, 1), "le tient."), (date(2027, 1, 15), "01/02/2027."), (date(2027, 2, 2), "ne le tient pas.")],
    ids=["tenu", "nul ne sait", "manqué"],
)
def test_sans_plan_deux_dates_et_le_manque_se_voit(jour: date, fin: str) -> None:
    dit = mots.dire_le_delai(ENREGISTREE, None, jour, LUNDI)
    assert "n'est pas renseigné" in dit
    assert "avant le 01/01/2027" in dit
    assert dit.endswith(fin)


def test_avec_le_plan_une_seule_date() -> None:
    dit = mots.dire_le_delai(ENREGISTREE, 2, None, LUNDI)
    assert dit == "Délai de réception de ce territoire (CCH L441-2-8) : avant le 01/02/2027."


@pytest.mark.parametrize(("aujourd_hui", "passe"), [(date(2027, 2, 1), False), (date(2027, 2, 2), True)])
@pytest.mark.parametrize("mois", [2, None])
def test_passe_ne_se_dit_qu_apres_la_lecture_la_plus_tardive(mois: int | None, aujourd_hui: date, passe: bool) -> None:
    dit = mots.dire_le_delai(ENREGISTREE, mois, None, aujourd_hui)
    assert dit.endswith(mots.DELAI_PASSE) is passe


@pytest.mark.parametrize("dite", [None, "mars", {"entre": ["2026-01-01", "2026-12-01"]}], ids=["sans", "mal", "entre"])
def test_sans_date_exacte_aucun_delai(dite: object) -> None:
    assert mots.dire_le_delai({"demande": {"date_reception": dite}}, 1, LUNDI, LUNDI) == mots.SANS_ENREGISTREMENT


def test_les_bornes_d_une_vue() -> None:
    jeudi = date(2026, 12, 10)
    assert mots.bornes("jour", jeudi) == (jeudi, jeudi)
    assert mots.bornes("semaine", jeudi) == (LUNDI, date(2026, 12, 13))
    assert mots.bornes("mois", jeudi) == (date(2026, 12, 1), date(2026, 12, 31))
    assert mots.tourner("mois", jeudi, 1) == date(2027, 1, 1)
    assert mots.tourner("semaine", jeudi, -1) == date(2026, 12, 6)
    assert [mots.dire_la_vue(un, jeudi) for un in mots.SEJOURS] == [
        "Jeudi 10 décembre 2026", "Semaine du 7 décembre 2026", "Décembre 2026",
    ]  # fmt: skip


def test_un_creneau_occupe_ne_dit_rien_d_autre() -> None:
    occupe = LigneDAgenda(DIX_HEURES, "o")
    assert mots.dire_ligne(occupe, avec_le_jour=False) == ("10 h 00, 30 min : occupé", "avec Nora")
    tenu = RendezVous("r", "d", "K7Q2F-9M3AB", DIX_HEURES, type="reception", etat="absent", titre="GARNIER Zoé")
    titre, detail = mots.dire_ligne(LigneDAgenda(DIX_HEURES, "o", tenu), avec_le_jour=True)
    assert titre == "lundi 7 décembre 2026, 10 h 00, 30 min : dossier K7Q2F-9M3AB"
    assert "n'est pas venue" in detail
    conflit = Conflit(LigneDAgenda(DIX_HEURES, "o", tenu), occupe)
    assert "GARNIER" not in titre + detail + mots.dire_conflit(conflit)
    assert mots.dire_conflit(conflit).startswith("Lundi 7")


def test_ce_qui_compte_se_dit_au_singulier_et_au_pluriel() -> None:
    assert mots.dire_la_file(0, 0) == mots.FILE_VIDE
    assert mots.dire_la_file(1, 2) == "1 personne est là. 2 sont reparties depuis ce matin."
    assert mots.dire_combien(0, 0) == mots.AUCUN
    assert mots.dire_combien(1, 1) == "1 créneau pris."
    assert "Les 200 premiers" in mots.dire_combien(300, 200)


def test_un_code_d_une_autre_version_se_montre_tel_quel() -> None:
    assert mots.libelle("motif_accueil", "venu_d_ailleurs") == "venu_d_ailleurs"
    parti = Passage("p", "ccas", LUNDI, 1, arrive="09:00", parti="09:05", motif="pieces")
    assert mots.dire_passage(parti, "le numéro 1")[0] == "Le numéro 1 : parti à 9 h 05"
