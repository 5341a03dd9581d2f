"""Dates, nombres et montants : le français écrit ici est celui de Babel ; les autres langues sont de Babel."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from babel.dates import format_date
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from modele.mots.ecriture import (
    MOINS,
    accorder,
    dire_date,
    dire_date_longue,
    dire_jour,
    dire_mois,
    dire_montant,
    dire_nombre,
    majuscule,
    minuscule,
    nom_de_langue,
    nom_propre_de_langue,
)
from modele.mots.phrases import mots
from modele.regles.egalite import nombres
from modele.regles.fautes import ErreurUtilisateur
from modele.regles.langues import langues

JOURS = st.dates(date(1000, 1, 1), date(2999, 12, 31))
NOMBRES = st.decimals(-(10**9), 10**9, places=2)


@given(JOURS)
def test_une_date_francaise_est_celle_de_babel(jour: date) -> None:
    """Sauf le premier du mois, que Babel ne dit pas « 1er »."""
    assert dire_date(jour) == format_date(jour, "dd/MM/yyyy", locale="fr")
    if jour.day != 1:
        assert dire_date_longue(jour) == format_date(jour, "long", locale="fr")
        assert dire_jour(jour) == format_date(jour, "full", locale="fr")
    assert dire_mois(jour) == format_date(jour, "MMMM yyyy", locale="fr")


@given(NOMBRES)
def test_un_nombre_francais_est_celui_de_babel(nombre: Decimal) -> None:
    """Avec le vrai signe moins."""
    assert dire_nombre(nombre) == format_decimal(nombre + 0, format="#,##0.##", locale="fr").replace("-", MOINS)


def test_le_premier_du_mois() -> None:
    assert dire_date_longue(date(2026, 11, 1)) == "1er novembre 2026"
    assert dire_jour(date(2026, 12, 1)) == "mardi 1er décembre 2026"


@pytest.mark.parametrize(
    ("nombre", "dit"),
    [
        (850, "850\u00a0€"),
        (Decimal("850.5"), "850,50\u00a0€"),
        (Decimal("-1234.50"), "\u22121\u202f234,50\u00a0€"),
        (Decimal("-0"), "0\u00a0€"),
    ],
)
def test_un_montant(nombre: Decimal | int, dit: str) -> None:
    """Les centimes seulement s'il y en a."""
    assert dire_montant(nombre) == dit


def test_une_autre_langue_a_ses_usages() -> None:
    """L'ordre des dates, l'année entière, les séparateurs, la place de l'euro, le vrai signe moins."""
    jour = date(2026, 3, 13)
    assert dire_date(jour, "es") == "13/3/2026"
    assert dire_date(jour, "en") == dire_date(jour, "fr-falc") == "13/03/2026"
    assert dire_date_longue(jour, "es") == "13 de marzo de 2026"
    assert dire_mois(jour, "es") == "marzo de 2026"
    assert dire_jour(jour, "en") == "Friday, 13 March 2026"
    assert dire_nombre(Decimal("1250.5"), "en") == "1,250.5"
    assert dire_montant(Decimal("-12.5"), "es") == "\u221212,50\u00a0€"


def test_une_phrase_commence_par_une_majuscule() -> None:
    assert majuscule("état civil") == "État civil"
    assert majuscule("") == ""


def test_le_turc_a_deux_i() -> None:
    """« i » y devient « İ », « I » y devient « ı » : la règle anglaise en ferait un autre mot."""
    assert majuscule("ilk başvuru", "tr") == "İlk başvuru"
    assert majuscule("ilk", "fr") == "Ilk"
    assert majuscule("ücret", "tr") == "Ücret"
    assert minuscule("İçinde oturan", "tr") == "içinde oturan"
    assert minuscule("Isı", "tr") == "ısı"
    assert minuscule("Şimdi", "tr") == "şimdi"


def test_le_georgien_n_a_pas_de_grande_lettre() -> None:
    """Sa capitale (« Ს ») n'écrit qu'un titre entier : au début d'une phrase, aucun Géorgien ne l'attend."""
    assert majuscule("სახელი", "ka") == "სახელი"
    assert minuscule("სახელი", "ka") == "სახელი"


def test_un_sigle_garde_ses_capitales() -> None:
    """« SMS » au milieu d'une liste ne devient pas « sMS »."""
    assert minuscule("SMS almayı kabul ediyor", "tr") == "SMS almayı kabul ediyor"
    assert minuscule("DALO reconnu") == "DALO reconnu"
    assert minuscule("Accord pour recevoir des SMS") == "accord pour recevoir des SMS"


def test_une_langue_que_personne_ne_sait_ecrire_se_refuse() -> None:
    """Ni trace ni date inventée : une phrase, avec le remède."""
    assert (nom_de_langue("ar"), nom_propre_de_langue("ar")) == ("arabe", "العربية")
    assert nom_de_langue("fr") == "français"
    assert nom_de_langue("xx") == nom_propre_de_langue("pas une langue") == ""
    with pytest.raises(ErreurUtilisateur, match="« xx » n’est pas une langue de Perron"):
        mots("xx")


@pytest.mark.parametrize(
    ("langue", "nombre", "forme"),
    [("fr", 1, "one"), ("fr", 2, "other"), ("en", 0, "other"), ("ru", 3, "few"), ("ru", 5, "many"), ("ar", 2, "two")],
)
def test_une_phrase_s_accorde_selon_sa_langue(langue: str, nombre: int, forme: str) -> None:
    """Un nombre de mois se dit de trois façons en russe, de six en arabe."""
    formes = {nom: nom for nom in ("zero", "one", "two", "few", "many", "other")}
    assert accorder(formes, nombre, langue) == forme


def test_une_forme_absente_est_la_commune() -> None:
    assert accorder({"other": "месяца"}, 5, "ru") == "месяца"


@pytest.mark.parametrize("langue", [nom for nom in langues() if nom not in ("fr", "fr-falc")])
def test_une_date_porte_les_nombres_du_francais(langue: str) -> None:
    """Le jour avant le mois, ou l'année d'abord ; jamais le mois d'abord, jamais une année à deux chiffres."""
    jour = date(2026, 3, 13)
    dite = dire_date(jour, langue)
    assert nombres(dite) == nombres("13 3 2026")
    assert not dite.startswith(("3", "03"))
    assert "€" in dire_montant(1432, langue)
