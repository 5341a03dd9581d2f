"""L'étape de l'expulsion : une seule, quoi qu'aient dit le triage, l'entretien et les papiers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tirages_faits import ACTES

from modele.dossier.faits.logement import ETAPES
from modele.regles.etats import INCONNU, REFUSE, SANS_OBJET, Enumere, Etat, Statut, connu, partiel

Fait = Callable[..., Etat]


def dossier(triage: Any = None, etape: Any = None, **dates: Any) -> dict[str, Any]:
    """``jugement="2026-09-01"`` : la date écrite sur cet acte."""
    document: dict[str, Any] = {"expulsion": {ACTES[acte][0]: jour for acte, jour in dates.items()}}
    if etape is not None:
        document["expulsion"]["etape"] = etape
    return document | ({"triage": {"papier_huissier": triage}} if triage is not None else {})


@pytest.mark.parametrize(
    ("document", "attendu"),
    [
        (dossier(), INCONNU),
        (dossier(triage="jugement"), connu("jugement")),
        (dossier(triage="aucun"), INCONNU),
        (dossier(triage="aucun", etape="aucun"), connu("aucun")),
        (dossier(triage="jugement", etape="commandement_payer"), connu("commandement_payer")),
        (dossier(triage="jugement", etape={"ne_sait_pas": True}), connu("jugement")),
        (dossier(triage="jugement", etape={"refus": True}), REFUSE),
        # Le dernier acte daté l'emporte sur ce qui a été dit.
        (
            dossier(etape="jugement", jugement="2026-09-01", commandement_quitter="2026-11-02"),
            connu("commandement_quitter"),
        ),
        (
            dossier(etape="jugement", jugement="2024-09-01", commandement_payer="2026-11-02"),
            connu("commandement_payer"),
        ),
        (dossier(etape="impaye", commandement_payer="2026-11-02"), connu("commandement_payer")),
        (dossier(etape="aucun", jugement="2026-11-02"), connu("jugement")),
        (
            dossier(etape="jugement", jugement="2026-11-02", commandement_quitter="2026-11-02"),
            connu("commandement_quitter"),
        ),
        # Dit plus loin, mais sans sa date : le papier lu n'est pas effacé par un acte d'avant.
        (
            dossier(etape="concours_force_publique", jugement="2026-09-01"),
            connu("concours_force_publique"),
        ),
        # Dit moins loin, et sans sa date : les deux restent possibles.
        (
            dossier(etape="commandement_payer", jugement="2024-09-01"),
            partiel(Enumere(("commandement_payer", "jugement"))),
        ),
        # Le triage seul, et un acte daté : aucun des deux ne se tait.
        (
            dossier(triage="jugement", commandement_payer="2026-11-02"),
            partiel(Enumere(("commandement_payer", "jugement"))),
        ),
        (dossier(triage="commandement_payer", commandement_payer="2026-11-02"), connu("commandement_payer")),
        # « Je ne sais pas lequel » : l'acte daté, ou l'un de ceux dont la date manque.
        (
            dossier(triage={"parmi": ["commandement_payer", "assignation"]}, commandement_payer="2026-11-02"),
            partiel(Enumere(("commandement_payer", "assignation"))),
        ),
        (
            dossier(triage={"parmi": ["impaye", "commandement_payer"]}, commandement_payer="2026-11-02"),
            connu("commandement_payer"),
        ),
        (
            dossier(jugement="2026-11-02"),
            partiel(Enumere(tuple(ACTES))),
        ),
        # Une date approchée ne range pas les actes.
        (dossier(etape="jugement", jugement={"entre": ["2026-01-01", "2026-12-31"]}), connu("jugement")),
    ],
)
def test_une_seule_etape(fait: Fait, document: dict[str, Any], attendu: Etat) -> None:
    assert fait("papier_expulsion", document) == attendu


def test_la_date_de_remise_suffit_a_dater_un_acte(fait: Fait) -> None:
    document = {"expulsion": {"etape": "jugement", "jugement_le": "2026-09-01", "concours_notifie_le": "2026-11-20"}}
    assert fait("papier_expulsion", document) == connu("concours_force_publique")


def test_une_section_sans_objet_n_a_pas_d_etape() -> None:
    from outils_sources import deriver

    bruts = {"expulsion.etape": SANS_OBJET, "expulsion.jugement_le": connu(date(2026, 11, 2))}
    rendus = deriver(bruts, [], date(2026, 11, 29), {}, lambda d: {})
    assert rendus.faits["papier_expulsion"] == SANS_OBJET


DATES = st.dates(date(2020, 1, 1), date(2026, 11, 29)).map(lambda jour: jour.isoformat())


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from([None, *ETAPES]),
    st.sampled_from([None, *ETAPES]),
    st.dictionaries(st.sampled_from(list(ACTES)), DATES, max_size=3),
)
def test_l_acte_le_plus_avance_qu_on_ait_dit_ne_se_tait_jamais_faute_de_date(
    fait: Fait, triage: str | None, etape: str | None, dates: dict[str, str]
) -> None:
    """Ce que l'entretien a dit de plus avancé que tout acte daté reste possible ; à défaut, ce qu'a dit le triage."""
    dit = etape or triage
    etat = fait("papier_expulsion", dossier(triage, etape, **dates))
    if dit in ACTES and dit not in dates and all(ETAPES.index(dit) > ETAPES.index(acte) for acte in dates):
        possibles = (etat.valeur,) if etat.connu else etat.domaine.valeurs  # type: ignore[union-attr]
        assert dit in possibles


@pytest.mark.parametrize("acte", ACTES)
def test_les_delais_partent_de_l_acte_puis_de_sa_remise_puis_du_dernier_papier(fait: Fait, acte: str) -> None:
    """La date de l'acte et celle de sa remise sont deux champs ; les documents d'avant n'en ont qu'une pour tous."""
    ecrit, remis = ACTES[acte]

    def depart(**reste: Any) -> Etat:
        return fait(f"depart_{acte}", {"expulsion": {"etape": acte} | reste})

    assert depart(**{ecrit: "2026-11-02", remis: "2026-11-05"}) == connu(date(2026, 11, 2))
    assert depart(**{remis: "2026-11-05"}) == connu(date(2026, 11, 5))
    assert depart(date_papier="2026-11-09") == connu(date(2026, 11, 9))
    assert depart() == INCONNU
    autre = "impaye"
    assert fait(f"depart_{acte}", {"expulsion": {"etape": autre, "date_papier": "2026-11-09"}}) == INCONNU
    assert depart(**{ecrit: {"entre": ["2026-11-01", "2026-11-30"]}}).statut is Statut.PARTIEL
