"""Ouvert à un instant, jusqu'à quand, quand cela rouvre : à la pendule du lieu, jamais « fermé » faute de savoir."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from outils_lieux import JOUR, heures, semaines

from modele.lieux.heures import Heures
from modele.lieux.ouverture import Ouvert, ouvert_a, ouverture, ouvre_ce_jour

CCAS = heures("lundi-vendredi 09:00-12:00 13:30-17:00", feries="ferme")
INSTANTS = st.datetimes(datetime(2026, 11, 20), datetime(2026, 12, 20)).map(
    lambda un: un.replace(second=0, microsecond=0)
)
PARIS = ZoneInfo("Europe/Paris")


def a(heure: str, jour: date = JOUR) -> datetime:
    return datetime.fromisoformat(f"{jour}T{heure}")


@pytest.mark.parametrize(
    ("instant", "ouvert", "jusqu_a", "prochaine"),
    [
        (a("08:59"), Ouvert.NON, None, a("09:00")),
        (a("09:00"), Ouvert.OUI, a("12:00"), None),
        (a("11:59"), Ouvert.OUI, a("12:00"), None),
        (a("12:00"), Ouvert.NON, None, a("13:30")),
        (a("17:00"), Ouvert.NON, None, a("09:00", date(2026, 12, 1))),
        (a("18:00", date(2026, 12, 4)), Ouvert.NON, None, a("09:00", date(2026, 12, 7))),
    ],
)
def test_ouvert_jusqu_a_quand(
    instant: datetime, ouvert: Ouvert, jusqu_a: datetime | None, prochaine: datetime | None
) -> None:
    """À 12 h, c'est fermé ; à 9 h, c'est ouvert."""
    dite = ouverture(CCAS, instant)
    assert (dite.ouvert, dite.jusqu_a, dite.prochaine) == (ouvert, jusqu_a, prochaine)


@given(semaines(), INSTANTS)
def test_la_reference_minute_par_minute(dites: Heures, instant: datetime) -> None:
    """Un compte naïf, minute après minute, dit la même chose."""

    def ouvre(quand: datetime) -> bool:
        minutes = quand.hour * 60 + quand.minute
        return any(une.de <= minutes < une.a for une in dites.du_jour(quand.date()) or ())

    dite = ouverture(dites, instant)
    assert (dite.ouvert is Ouvert.OUI) == ouvre(instant)
    assert dite.ouvert is ouvert_a(dites, instant)
    suite = (instant + timedelta(minutes=un) for un in range(1, 8 * 24 * 60))
    if dite.ouvert is Ouvert.OUI:
        assert dite.jusqu_a == next((un for un in suite if not ouvre(un)), None)
    elif dite.prochaine is None or dite.prochaine - instant >= timedelta(days=8):
        assert not any(map(ouvre, suite))
    else:
        assert dite.prochaine == next(filter(ouvre, suite))


def test_un_jour_ferie_ferme_ouvre_ou_ne_se_sait_pas() -> None:
    noel = a("10:00", date(2026, 12, 25))
    assert ouverture(CCAS, noel).ouvert is Ouvert.NON
    ouvert = heures("lundi-vendredi 09:00-12:00", feries="ouvert")
    assert ouverture(ouvert, noel).ouvert is Ouvert.OUI
    tait = heures("lundi-vendredi 09:00-12:00")
    dite = ouverture(tait, noel)
    assert (dite.ouvert, dite.prochaine) == (Ouvert.INCONNU, a("09:00", date(2026, 12, 28)))
    assert ouvre_ce_jour(tait, noel.date()) is Ouvert.INCONNU


def test_un_jour_ferie_ou_l_on_n_ouvre_jamais_reste_ferme() -> None:
    samedi_ferie = a("10:00", date(2026, 8, 15))
    assert ouverture(heures("lundi 09:00-12:00"), samedi_ferie).ouvert is Ouvert.NON


def test_des_heures_inconnues_ne_ferment_rien() -> None:
    """Le mutant qui rend « fermé » d'un lieu sans heures casse ici."""
    assert ouverture(heures(), a("10:00")).ouvert is Ouvert.INCONNU
    assert ouvert_a(heures(), a("10:00")) is Ouvert.INCONNU
    assert ouvre_ce_jour(heures(), JOUR) is Ouvert.INCONNU
    assert ouvre_ce_jour(CCAS, JOUR) is Ouvert.OUI
    assert ouvre_ce_jour(CCAS, JOUR - timedelta(days=1)) is Ouvert.NON


def test_un_jour_a_part_l_emporte_sur_la_semaine_et_sur_le_jour_ferie() -> None:
    ici = heures("lundi-vendredi 09:00-12:00", a_part=("2026-12-25 14:00-16:00", "2026-12-28 fermé : travaux"))
    assert ouverture(ici, a("14:30", date(2026, 12, 25))).jusqu_a == a("16:00", date(2026, 12, 25))
    ferme = ouverture(ici, a("10:00", date(2026, 12, 28)))
    assert (ferme.ouvert, ferme.motif, ferme.prochaine) == (Ouvert.NON, "travaux", a("09:00", date(2026, 12, 29)))


def test_apres_minuit_la_plage_se_poursuit() -> None:
    nuit = heures("vendredi 20:00-24:00", "samedi 00:00-02:00")
    vendredi = date(2026, 12, 4)
    assert ouverture(nuit, a("23:00", vendredi)).jusqu_a == a("02:00", vendredi + timedelta(days=1))
    assert ouverture(heures("vendredi 20:00-24:00"), a("23:00", vendredi)).jusqu_a == a("00:00", date(2026, 12, 5))


def test_jour_et_nuit_ne_ferme_pas() -> None:
    toujours = heures("lundi-dimanche 00:00-24:00", feries="ouvert")
    dite = ouverture(toujours, a("23:00"))
    assert (dite.ouvert, dite.jusqu_a) == (Ouvert.OUI, None)


def test_ferme_tout_un_trimestre_ne_promet_rien() -> None:
    ferme = heures("lundi-vendredi 09:00-12:00", a_part=("2026-11-01..2027-03-01 fermé : travaux",))
    assert ouverture(ferme, a("10:00")).prochaine is None


@pytest.mark.parametrize("jour", [date(2026, 3, 29), date(2026, 10, 25)], ids=["heure d'été", "heure d'hiver"])
def test_le_changement_d_heure_ne_deplace_pas_la_fermeture(jour: date) -> None:
    """« Jusqu'à 17 h » se lit à la pendule, le jour où l'heure saute comme celui où elle revient."""
    nuit = heures("dimanche 00:00-05:00 09:00-17:00")
    for fold in (0, 1):
        for heure, ferme in (("02:30", "05:00"), ("10:00", "17:00")):
            instant = a(heure, jour).replace(tzinfo=PARIS, fold=fold)
            assert ouverture(nuit, instant).jusqu_a == a(ferme, jour)


def test_la_fin_du_calendrier_ne_casse_rien() -> None:
    assert ouverture(CCAS, datetime(9999, 12, 31, 23, 0)).prochaine is None
