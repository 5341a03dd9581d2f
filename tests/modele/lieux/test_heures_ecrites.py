"""Les heures s'écrivent et se relisent à l'identique ; un chevauchement, une date impossible se refusent."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from outils_lieux import heures, semaines

from modele.lieux.heures import Heures, JourAPart, Plage
from modele.lieux.heures_ecrites import (
    HeuresFautives,
    ecrire_a_part,
    ecrire_semaine,
    lire_a_part,
    lire_heures,
    lire_semaine,
)
from modele.lieux.mots import dire_heures

MATIN, APRES = Plage(540, 720), Plage(810, 1020)


@given(semaines())
def test_ce_qui_s_ecrit_se_relit_a_l_identique(dites: Heures) -> None:
    assert lire_heures(ecrire_semaine(dites.semaine), ecrire_a_part(dites.a_part), dites.feries.value) == dites


@pytest.mark.parametrize(
    ("ligne", "jours"),
    [
        ("lundi-vendredi 09:00-12:00", [0, 1, 2, 3, 4]),
        ("Lundi-Vendredi  9h-12h", [0, 1, 2, 3, 4]),
        ("mar,jeu 9:00-12:00", [1, 3]),
        ("lun-mar,dimanche 09h00-12h00", [0, 1, 6]),
    ],
)
def test_les_jours_se_lisent_de_plusieurs_facons(ligne: str, jours: list[int]) -> None:
    lus = lire_semaine([ligne])
    assert [rang for rang, plages in enumerate(lus) if plages] == jours
    assert {plages for plages in lus if plages} == {(MATIN,)}


def test_rien_d_ecrit_n_est_pas_ferme() -> None:
    """Inconnu n'est jamais « non »."""
    assert lire_semaine([]) == ()
    assert not heures().connues


def test_deux_plages_qui_se_touchent_n_en_font_qu_une() -> None:
    assert lire_semaine(["lundi 09:00-12:00 12:00-17:00"])[0] == (Plage(540, 1020),)


@pytest.mark.parametrize(
    ("ligne", "phrase"),
    [
        ("", "attendu des jours, puis des heures"),
        ("lundi", "attendu des jours, puis des heures"),
        ("lundy 09:00-12:00", "n'est pas un jour"),
        ("lunaire 09:00-12:00", "n'est pas un jour"),
        ("l 09:00-12:00", "n'est pas un jour"),
        ("vendredi-lundi 09:00-12:00", "n'est pas une suite de jours"),
        ("lundi-mardi-jeudi 09:00-12:00", "n'est pas une suite de jours"),
        ("lundi 09:00", "n'est pas une plage"),
        ("lundi 09:60-12:00", "n'est pas une heure du jour"),
        ("lundi 09:00-24:01", "n'est pas une heure du jour"),
        ("lundi 12:00-09:00", "finit avant de commencer"),
        ("lundi 22:00-02:00", "finit avant de commencer"),
        ("lundi 09:00-12:00 11:59-14:00", "lundi : 09:00-12:00 et 11:59-14:00 se chevauchent"),
    ],
)
def test_ce_qui_ne_se_lit_pas_se_dit(ligne: str, phrase: str) -> None:
    with pytest.raises(HeuresFautives, match=phrase):
        lire_semaine([ligne])


def test_deux_lignes_qui_se_chevauchent_se_refusent() -> None:
    """Le mutant qui ne regarde qu'une ligne à la fois casse ici."""
    with pytest.raises(HeuresFautives, match="mardi : 09:00-12:00 et 10:00-11:00 se chevauchent"):
        lire_semaine(["lundi-mercredi 09:00-12:00", "mardi 10:00-11:00"])


def test_les_jours_a_part() -> None:
    lus = lire_a_part(["2026-12-26..2027-01-02 fermé : congés", "2026-12-24 09:00-12:00", "2027-05-03 ferme"])
    assert lus == (
        JourAPart(date(2026, 12, 24), date(2026, 12, 24), (MATIN,)),
        JourAPart(date(2026, 12, 26), date(2027, 1, 2), motif="congés"),
        JourAPart(date(2027, 5, 3), date(2027, 5, 3)),
    )


@pytest.mark.parametrize(
    ("lignes", "phrase"),
    [
        (["demain fermé"], "attendu une date"),
        (["2026-13-01 fermé"], "attendu une date"),
        (["2026-12-24..2026-12-20 fermé"], "la fin est avant le début"),
        (["2026-12-24"], "dites « fermé », ou des heures"),
        (["2026-12-24 fermeture"], "n'est pas une plage"),
        (["2026-12-24 09:00-12:00 10:00-11:00"], "se chevauchent"),
        (["2026-12-20..2026-12-30 fermé", "2026-12-24 09:00-12:00"], "le 24/12/2026 est dit deux fois"),
        (["2026-12-24 fermé", "2026-12-24 fermé"], "le 24/12/2026 est dit deux fois"),
    ],
)
def test_un_jour_a_part_fautif_se_dit(lignes: list[str], phrase: str) -> None:
    with pytest.raises(HeuresFautives, match=phrase):
        lire_a_part(lignes)


@pytest.mark.parametrize(
    ("lignes", "dites"),
    [
        (["lundi-vendredi 09:00-12:00 13:30-17:00"], ("lundi au vendredi, 9 h à 12 h et 13 h 30 à 17 h",)),
        (["mardi,jeudi 09:00-16:00"], ("mardi et jeudi, 9 h à 16 h",)),
        (["lun-mer,ven 09:00-12:00"], ("lundi au mercredi et vendredi, 9 h à 12 h",)),
        (["lundi 9:00-12:00", "sam 10:00-12:15"], ("lundi, 9 h à 12 h", "samedi, 10 h à 12 h 15")),
        (["lundi-dimanche 00:00-24:00"], ("lundi au dimanche, jour et nuit",)),
        (["lundi 20:00-24:00"], ("lundi, 20 h à minuit",)),
        ([], ()),
    ],
)  # fmt: skip
def test_les_heures_se_disent_en_mots(lignes: list[str], dites: tuple[str, ...]) -> None:
    assert dire_heures(heures(*lignes)) == dites


def test_les_heures_se_disent_dans_une_autre_langue() -> None:
    ici = heures("lun-mer,ven 09:00-12:00 13:30-17:00", "samedi 10:00-12:00")
    assert dire_heures(ici, "en") == ("Monday–Wednesday, Friday 09:00–12:00, 13:30–17:00", "Saturday 10:00–12:00")
    assert dire_heures(ici, "fr-falc") == dire_heures(ici)


def test_lire_une_langue_ne_change_pas_les_jours_d_une_autre() -> None:
    """Le pachto emprunte ses jours : Babel les écrivait ensuite dans le géorgien, l'ukrainien, le turc."""
    ici = heures("lundi 09:00-12:00")
    dire_heures(ici, "ps")
    assert dire_heures(ici, "ka") == ("ორშაბათი 09:00–12:00",)
    assert dire_heures(ici, "tr") == ("Pazartesi 09:00–12:00",)
