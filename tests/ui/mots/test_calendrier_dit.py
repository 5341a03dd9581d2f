"""Le calendrier dit : ses dates, ce qui manque pour le dater, ce qu'une date passée laisse possible."""

from __future__ import annotations

from datetime import date
from typing import Any

from modele.bilan import Bilan, charger_regles, etablir
from modele.orientation.calendrier import Etape
from ui.mots import calendrier as dits

REGLES = charger_regles("metropole-exemple")


def bilan(jour: date = date(2026, 11, 29), **dalo: Any) -> Bilan:
    return etablir(REGLES, {"dalo": dalo}, jour, exacte=False)


def etape(nom: str, examine: Bilan) -> Etape:
    return next(une for une in examine.calendrier if une.regle.id == nom)


RECONNU = {"statut": "reconnu", "date_decision": "2026-11-12", "recours_notifies": True}


def test_une_etape_sans_depart_dit_le_delai_et_mene_a_sa_date() -> None:
    depose = bilan(statut="depose")
    une = etape("commission-dalo", depose)
    assert dits.quand(une) == "À dater : 3 mois à compter de : réception du dossier par la commission"
    assert (dits.fin(une), dits.suite(une, depose.jour)) == ("", "")
    question = dits.question_a_noter(une, depose)
    assert question is not None
    assert question.chemin == "dalo.date_reception_dossier"


def test_tant_que_la_date_ne_se_demande_pas_c_est_le_statut() -> None:
    """Sans recours dit, puis « aucun recours » : la question du statut, à poser ou à revoir."""
    for examine in (bilan(), bilan(statut="aucun")):
        question = dits.question_a_noter(etape("commission-dalo", examine), examine)
        assert question is not None
        assert question.chemin == "dalo.statut"


def test_une_etape_datee_mene_ou_s_ecrit_ce_qui_est_venu() -> None:
    """La décision de la commission, l'issue de son silence : le statut. Le tribunal : si la décision dit ses délais."""
    depose = bilan(statut="depose", date_reception_dossier="2026-11-12")
    for nom in ("commission-dalo", "silence-dalo"):
        question = dits.question_a_noter(etape(nom, depose), depose)
        assert question is not None
        assert question.chemin == "dalo.statut"
    examine = bilan(**RECONNU)
    question = dits.question_a_noter(etape("tribunal-dalo", examine), examine)
    assert question is not None
    assert question.chemin == "dalo.recours_notifies"


def test_un_recours_est_en_cours_une_fois_depose() -> None:
    assert not dits.en_cours(bilan(), "dalo")
    assert dits.en_cours(bilan(statut="depose"), "dalo")
    assert not dits.en_cours(bilan(statut="depose"), "daho")


def test_la_fin_possible_dit_sa_confiance_ou_qu_elle_n_est_pas_etablie() -> None:
    examine = bilan(**RECONNU)
    assert dits.fin(etape("offre-dalo", examine)) == "Fin possible : 13/02/2027 (à faire valider)"
    demande = {"deja_enregistree": True, "radiee": False, "proposition_recue": True}
    offre = {"demande": demande | {"proposition_recue_le": "2026-11-20"}, "dalo": RECONNU}
    recue = etape("reponse-offre", etablir(REGLES, offre, date(2026, 11, 29), exacte=False))
    assert dits.fin(recue) == "Fin possible : pas établie ; jamais « passé » d'avance"
    precise = offre | {"demande": offre["demande"] | {"proposition_repondre_avant": "2026-11-30"}}
    ecrite = etape("reponse-offre", etablir(REGLES, precise, date(2026, 11, 29), exacte=False))
    assert dits.quand(ecrite) == "Agissez avant le 30/11/2026"
    assert dits.fin(ecrite) == ""


def test_le_dernier_pas_n_a_pas_de_delai() -> None:
    examine = bilan(**RECONNU)
    pas = etape("indemnisation-dalo", examine)
    assert (dits.titre(pas), dits.quand(pas)) == ("Dernier pas : demander réparation", dits.SANS_DELAI)
    assert (dits.fin(pas), dits.suite(pas, examine.jour)) == ("", "")
    assert dits.question_a_noter(pas, examine) is None


def test_une_date_passee_dit_ce_qui_reste() -> None:
    examine = bilan(date(2027, 2, 20), **RECONNU)
    assert dits.suite(etape("offre-dalo", examine), examine.jour) == (
        "Passé ; pas d'offre : saisissez le tribunal administratif"
    )


def test_ce_qui_reste_a_faire_valider_le_dit() -> None:
    examine = bilan(daho_statut="depose")
    assert dits.titre(etape("silence-daho", examine)).endswith(" (à faire valider)")
    assert not dits.titre(etape("commission-daho", examine)).endswith(" (à faire valider)")
