"""Ce qu'une traduction ne change jamais : nombres, téléphones, emplacements ; et les mutants qui le laisseraient."""

from __future__ import annotations

import pytest

from modele.regles.egalite import ecart, nombres


@pytest.mark.parametrize(
    ("francais", "dit"),
    [
        ("Appelez le 115, jour et nuit", "Call 115, day and night"),
        ("plus de 300 000 habitants", "more than 300,000 inhabitants"),
        ("plus de 300\u202f000 habitants", "أكثر من ٣٠٠٬٠٠٠ نسمة"),
        ("05 36 49 01 15, de 9 h à 12 h 30", "from 9 to 12:30, 05 36 49 01 15"),
        ("CCH R.441-2-3, 1er étage", "1st floor (CCH R.441-2-3)"),
        ("le {{ jour | date }}, dans {n} mois", "in {n} months, on {{ jour  |  date }}"),
        ("{% if a %}oui{% endif %}", "{% if a %}yes{% endif %}"),
    ],
    ids=["numéro", "milliers", "chiffres arabes", "téléphone", "article", "emplacements", "condition"],
)
def test_une_traduction_juste_garde_tout(francais: str, dit: str) -> None:
    assert ecart(francais, dit) == ""


@pytest.mark.parametrize(
    ("francais", "dit", "faute"),
    [
        ("Appelez le 115", "Call 116", "il manque 115, 116 en trop"),
        ("115 et 115", "115", "il manque 115"),
        ("un mois", "1 month", "1 en trop"),
        ("le {date}", "on that day", "les emplacements ne sont pas ceux du français : il manque {date}"),
        ("{{ a }}", "{{ b }}", "il manque {{ a }}, {{ b }} en trop"),
    ],
    ids=["faux numéro", "une fois de moins", "en trop", "blanc perdu", "autre donnée"],
)
def test_une_traduction_qui_change_quelque_chose_se_voit(francais: str, dit: str, faute: str) -> None:
    assert faute in ecart(francais, dit)


def test_un_nombre_d_un_emplacement_n_en_est_pas_un() -> None:
    assert nombres("{{ liste[1] }} : 02") == {"2": 1}
