"""Le plan partenarial : treize contenus écrits ou manquants ; bilans, évaluation, fin, d'après leurs dates."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modele.chargement import charger_regles
from modele.dossier.faits.calendrier import ajouter_mois
from modele.regles.fautes import ErreurUtilisateur
from modele.territoire.plan import ANNUEL, TRIENNAL, Plan, cadre, dates, fin, fin_au_plus_tard, lire_plan, manquants

SOURCE = 'format = 1\nsource = "essai"\nverifie_le = 2026-11-30\nadopte_le = 2020-01-15\n'


def plan(texte: str, dossier: Path) -> Plan:
    fichier = dossier / "plan.toml"
    fichier.write_text(texte, encoding="utf-8")
    return lire_plan(fichier)


def test_le_cadre_dit_treize_contenus() -> None:
    assert list(cadre().contenus) == list(range(1, 14))
    assert (cadre().duree, cadre().evaluation_avant, cadre().prorogation) == (72, 6, 12)


def test_clermont_finit_le_28_juin_2025_au_plus_tard_en_2027() -> None:
    """À la main : adopté le 28/06/2019, six ans, deux prorogations d'un an au plus."""
    regles = charger_regles("clermont-auvergne-metropole")
    plan_d_ici = regles.territoire.plan
    assert plan_d_ici is not None
    assert (fin(plan_d_ici), fin_au_plus_tard(plan_d_ici)) == (date(2025, 6, 28), date(2027, 6, 28))
    assert manquants(plan_d_ici) == list(range(1, 14))
    assert plan_d_ici.provenance.source


def test_d_un_territoire_sans_plan_rien_ne_s_invente() -> None:
    assert charger_regles("toulouse-metropole").territoire.plan is None


def test_ce_qui_n_y_est_pas_ecrit_manque() -> None:
    exemple = charger_regles("metropole-exemple").territoire.plan
    assert exemple is not None
    assert manquants(exemple) == [3, 4, 5, 8, 9, 10, 12, 13]


def test_les_dates_d_un_plan_a_la_main(tmp_path: Path) -> None:
    """Adopté le 15/01/2020 : bilans les 15/01 de 2021 à 2025, triennal le 15/01/2023, évaluation 15/07/2025."""
    lu = plan(f"{SOURCE}bilans_annuels = [2021-03-01, 2022-02-01]\nbilans_triennaux = [2023-05-02]\n", tmp_path)
    lues = dates(lu, date(2024, 2, 1))
    assert [(un.objet, un.le) for un in lues] == [
        (ANNUEL, date(2021, 1, 15)), (ANNUEL, date(2022, 1, 15)), (ANNUEL, date(2023, 1, 15)),
        (TRIENNAL, date(2023, 1, 15)), (ANNUEL, date(2024, 1, 15)), (ANNUEL, date(2025, 1, 15)),
        ("Évaluation avant la fin", date(2025, 7, 15)), ("Fin du plan", date(2026, 1, 15)),
    ]  # fmt: skip
    assert [un.fait for un in lues[:4]] == [date(2021, 3, 1), date(2022, 2, 1), None, date(2023, 5, 2)]
    # Le troisième bilan n'est pas fait et son année est finie ; le quatrième court encore.
    assert [un.depasse for un in lues] == [False, False, True, False, False, False, False, False]


def test_proroge_il_vaut_jusqu_a_sa_derniere_date(tmp_path: Path) -> None:
    lu = plan(f"{SOURCE}prorogations = [2027-01-15]\nevaluation_le = 2025-06-01\n", tmp_path)
    assert fin(lu) == date(2027, 1, 15)
    evaluation = next(un for un in dates(lu, date(2026, 12, 1)) if un.objet.startswith("Évaluation"))
    assert (evaluation.fait, evaluation.depasse) == (date(2025, 6, 1), False)
    assert dates(lu, date(2027, 2, 1))[-1].depasse


@given(st.dates(date(2000, 1, 1), date(2060, 1, 1)), st.dates(date(2000, 1, 1), date(2070, 1, 1)))
def test_les_dates_sont_dans_la_duree_et_dans_l_ordre(adopte: date, jour: date) -> None:
    lues = dates(Plan(adopte), jour)
    assert [un.le for un in lues] == sorted(un.le for un in lues)
    assert all(adopte < un.le <= ajouter_mois(adopte, 72) for un in lues)
    assert [un.objet for un in lues].count(ANNUEL) == 5
    assert [un.objet for un in lues].count(TRIENNAL) == 1
    # Rien n'est dit passé avant son terme.
    assert not any(un.depasse and un.le >= jour for un in lues)


@pytest.mark.parametrize(
    ("texte", "phrase"),
    [
        ("format = 1\nadopte_le = 2020-01-15\n", "source"),
        (f'{SOURCE}[[contenu]]\nrang = 14\nresume = "x"\n', "13 contenus"),
        (f"{SOURCE}[[contenu]]\nrang = 1\n", "resume"),
        (f"{SOURCE}bilans_annuels = [2019-01-01]\n", "avant l'adoption"),
        (f'{SOURCE}bilans_annuels = ["hier"]\n', "liste de dates"),
        (f"{SOURCE}bilans_annuels = 3\n", "liste de dates"),
        (f"{SOURCE}prorogations = [2026-01-15, 2027-01-15, 2028-01-15]\n", "une fois"),
        ('format = 1\nfictif = true\n[[contenu]]\nresume = "x"\n', "adopte_le"),
    ],
)
def test_un_plan_fautif_dit_sa_faute(texte: str, phrase: str, tmp_path: Path) -> None:
    with pytest.raises(ErreurUtilisateur, match=phrase):
        plan(texte, tmp_path)
