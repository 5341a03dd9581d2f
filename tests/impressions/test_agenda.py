"""L'agenda d'un recours : une référence et « rendez-vous », relu par deux lecteurs ; jamais d'un dossier discret."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from impressions import agenda
from impressions.agenda import REFUS, SANS_DATE, SANS_REFERENCE, composer_agenda, dates_de_l_agenda
from modele.bilan import Bilan, Regles, charger_regles, etablir
from modele.dossier.codes import reference_courte
from modele.regles.fautes import ErreurUtilisateur
from modele.rendez_vous import Creneau

JOUR = date(2026, 11, 29)
QUI = {"nom": "AMRANI", "prenoms": "Nadia", "date_naissance": "1988-04-10"}
ETATS: list[dict[str, Any]] = [
    {"statut": "depose", "date_reception_dossier": "2026-11-12"},
    {"statut": "reconnu", "date_decision": "2026-11-12"},
    {"statut": "rejete", "date_decision": "2026-11-12", "date_notification": "2026-11-16"},
    {"daho_statut": "depose", "daho_date_reception": "2026-11-12"},
    {"daho_statut": "reconnu", "daho_date_decision": "2026-11-12"},
    {"daho_statut": "rejete", "daho_date_decision": "2026-11-12"},
]


@cache
def regles(territoire: str = "clermont-auvergne-metropole") -> Regles:
    return charger_regles(territoire)


def bilan(dalo: dict[str, Any], **autres: Any) -> Bilan:
    return etablir(regles(), {"id": "x", "demandeur": QUI, "dalo": dalo, **autres}, JOUR, exacte=False)


def lus_par_icalendar(brut: bytes) -> list[tuple[date, str]]:
    return [(jour["DTSTART"].dt, str(jour["SUMMARY"])) for jour in Calendar.from_ical(brut).walk("VEVENT")]


def lus_par_vobject(brut: bytes) -> list[tuple[date, str]]:
    lu = vobject.readOne(brut.decode())
    return [(jour.dtstart.value, jour.summary.value) for jour in lu.vevent_list]


@pytest.mark.parametrize("dalo", ETATS, ids=lambda dalo: f"{next(iter(dalo))}-{next(iter(dalo.values()))}")
def test_deux_lecteurs_y_lisent_les_memes_jours(dalo: dict[str, Any]) -> None:
    """Chaque date à venir du calendrier ; d'un délai en doute, les deux."""
    voulu = bilan(dalo)
    attendus = [(le, f"Rendez-vous {reference_courte('x')}") for le in dates_de_l_agenda(voulu)]
    assert attendus
    brut = composer_agenda(voulu)
    assert lus_par_icalendar(brut) == lus_par_vobject(brut) == attendus


def test_un_delai_en_doute_porte_ses_deux_dates() -> None:
    """Clermont-Ferrand : 3 ou 6 mois au préfet, on ne sait pas ; 4 mois ensuite."""
    dates = dates_de_l_agenda(bilan(ETATS[1]))
    assert dates == (date(2027, 2, 12), date(2027, 5, 12), date(2027, 6, 12), date(2027, 9, 12))


@given(dalo=st.sampled_from(ETATS))
def test_rien_d_autre_ne_s_y_lit(dalo: dict[str, Any]) -> None:
    """Ni nom, ni recours, ni objet : les mêmes clés, faites de la référence, d'un jour ou de constantes."""
    brut = composer_agenda(bilan(dalo, triage={"toit_ce_soir": "non"})).decode()
    reference = reference_courte("x")
    cles = {ligne.partition(":")[0].partition(";")[0] for ligne in brut.splitlines()}
    assert cles == {"BEGIN", "END", "VERSION", "PRODID", "SUMMARY", "DTSTART", "DTSTAMP", "UID"}
    for ligne in brut.splitlines():
        cle, _, dit = ligne.partition(":")
        if cle == "SUMMARY":
            assert dit == f"Rendez-vous {reference}"
        if cle == "UID":
            assert dit.startswith(reference)
    assert not [mot for mot in ("dalo", "daho", "amrani", "nadia", "tribunal", "commission") if mot in brut.lower()]


def test_le_meme_jour_se_remplace_a_la_seconde_importation() -> None:
    identifiants = [str(un["UID"]) for un in Calendar.from_ical(composer_agenda(bilan(ETATS[0]))).walk("VEVENT")]
    assert len(set(identifiants)) == len(identifiants)
    assert composer_agenda(bilan(ETATS[0])) == composer_agenda(bilan(ETATS[0]))


# Les refus.


@pytest.mark.parametrize(
    "autres",
    [{"protection": {"discret": True}}, {"demande": {"motifs": {"coches": ["violences"], "clos": True}}}],
    ids=["discret", "le-devient"],
)
@pytest.mark.parametrize("dalo", ETATS, ids=lambda dalo: f"{next(iter(dalo))}-{next(iter(dalo.values()))}")
def test_jamais_d_un_dossier_discret(dalo: dict[str, Any], autres: dict[str, Any]) -> None:
    with pytest.raises(ErreurUtilisateur) as refus:
        composer_agenda(bilan(dalo, **autres))
    assert str(refus.value) == REFUS


def test_mutant_qui_ne_regarde_pas_la_discretion(monkeypatch: pytest.MonkeyPatch) -> None:
    """Le refus ne tient qu'à ce regard : sans lui, l'agenda d'un dossier discret sort."""
    monkeypatch.setattr(Bilan, "a_taire", property(lambda _: False))
    assert composer_agenda(bilan(ETATS[0], protection={"discret": True}))


def test_sans_date_a_venir_ni_reference_rien_ne_sort() -> None:
    with pytest.raises(ErreurUtilisateur, match="Aucune date") as vide:
        composer_agenda(bilan({"statut": "depose"}))
    assert str(vide.value) == SANS_DATE
    sans = etablir(regles(), {"dalo": ETATS[0]}, JOUR, exacte=False)
    assert agenda.empechement_de_l_agenda(sans) == SANS_REFERENCE


def test_une_date_passee_n_y_est_plus() -> None:
    recue = {"statut": "depose", "date_reception_dossier": "2026-07-01"}
    assert dates_de_l_agenda(bilan(recue)) == (date(2026, 12, 1),)


# Un rendez-vous donné à l'accueil.

CRENEAU = Creneau(date(2026, 12, 8), 600, 45, "ccas-colombe", "Nora Petit")


def test_un_rendez_vous_ne_dit_que_son_heure_et_sa_reference() -> None:
    """Ni lieu, ni avec qui, ni nom ; la même heure relue par deux lecteurs."""
    brut = agenda.composer_rendez_vous({"id": "x", "demandeur": QUI}, CRENEAU, JOUR)
    (moment,) = Calendar.from_ical(brut).walk("VEVENT")
    assert (moment["DTSTART"].dt, moment["DURATION"].dt) == (datetime(2026, 12, 8, 10), timedelta(minutes=45))
    assert str(moment["SUMMARY"]) == f"Rendez-vous {reference_courte('x')}"
    assert vobject.readOne(brut.decode()).vevent.dtstart.value == datetime(2026, 12, 8, 10)
    assert {str(cle) for cle in moment} == {"UID", "DTSTAMP", "DTSTART", "DURATION", "SUMMARY"}
    assert not any(mot in brut.decode() for mot in ("AMRANI", "Nora", "ccas"))


def test_un_rendez_vous_discret_ne_sort_pas() -> None:
    with pytest.raises(ErreurUtilisateur, match="discret"):
        agenda.composer_rendez_vous({"id": "x", "protection": {"discret": True}}, CRENEAU, JOUR)


def test_mutant_un_discret_qui_sortirait(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sans la garde, le fichier d'un dossier discret s'écrirait."""
    monkeypatch.setattr(agenda, "est_discret", lambda _: False)
    assert agenda.composer_rendez_vous({"id": "x", "protection": {"discret": True}}, CRENEAU, JOUR)
