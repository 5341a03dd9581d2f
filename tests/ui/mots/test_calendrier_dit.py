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


def a_noter(nom: str, examine: Bilan) -> list[str]:
    return [une.chemin for une in dits.questions_a_noter(etape(nom, examine), examine)]


RECONNU = {"statut": "reconnu", "date_decision": "2026-11-12", "recours_notifies": True}


def test_une_etape_sans_depart_dit_le_delai_et_mene_a_sa_date() -> None:
    depose = bilan(statut="depose")
    une = etape("commission-dalo", depose)
    assert dits.quand(une) == "À dater : 3 mois à compter de : réception du dossier par la commission"
    assert (dits.fin(une), dits.suite(une, depose.jour)) == ("", "")
    assert a_noter("commission-dalo", depose) == ["dalo.date_reception_dossier"]


def test_tant_que_la_date_ne_se_demande_pas_c_est_le_statut() -> None:
    """Sans recours dit, puis « aucun recours » : la question du statut, à poser ou à revoir."""
    for examine in (bilan(), bilan(statut="aucun")):
        assert a_noter("commission-dalo", examine) == ["dalo.statut"]


def test_une_etape_datee_mene_ou_s_ecrit_ce_qui_est_venu() -> None:
    """La décision de la commission, l'issue de son silence : le statut. Le tribunal : si la décision dit ses délais."""
    depose = bilan(statut="depose", date_reception_dossier="2026-11-12")
    assert a_noter("commission-dalo", depose) == ["dalo.statut", "dalo.pieces_demandees_le"]
    assert a_noter("silence-dalo", depose) == ["dalo.statut"]
    assert a_noter("tribunal-dalo", bilan(**RECONNU)) == ["dalo.recours_notifies", "dalo.tribunal_saisi_le"]


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
    assert dits.questions_a_noter(pas, examine) == ()


def test_une_date_passee_dit_ce_qui_reste() -> None:
    examine = bilan(date(2027, 2, 20), **RECONNU)
    assert dits.suite(etape("offre-dalo", examine), examine.jour) == (
        "Passé ; pas d'offre : saisissez le tribunal administratif"
    )


def test_ce_qui_reste_a_faire_valider_le_dit() -> None:
    examine = bilan(daho_statut="depose")
    assert dits.titre(etape("silence-daho", examine)).endswith(" (à faire valider)")
    assert not dits.titre(etape("commission-daho", examine)).endswith(" (à faire valider)")


# Un délai arrêté (R441-14), un tribunal saisi (L441-2-3-1).

DEPOSE = {"statut": "depose", "date_reception_dossier": "2026-11-12"}
ARRETE = {**DEPOSE, "pieces_demandees_le": "2026-12-01"}
REPARTI = {**ARRETE, "pieces_remises_le": "2026-12-21"}


def test_un_delai_arrete_le_dit_et_mene_a_la_remise_des_pieces() -> None:
    """Une réponse n'est plus attendue un jour dit ; agir, si, par prudence."""
    examine = bilan(date(2026, 12, 5), **ARRETE)
    commission, silence = etape("commission-dalo", examine), etape("silence-dalo", examine)
    suspendu = "Suspendu depuis le 01/12/2026 : apportez les pièces, le délai repart"
    assert dits.quand(commission) == suspendu
    assert dits.quand(silence) == f"{suspendu} ; par prudence, agissez avant le 12/04/2027"
    remise, statut, courrier = "dalo.pieces_remises_le", "dalo.statut", "dalo.pieces_demandees_le"
    assert a_noter("commission-dalo", examine) == [remise, statut, courrier]
    assert a_noter("silence-dalo", examine) == [remise, statut]


def test_jamais_passe_tant_que_le_delai_est_arrete() -> None:
    """Dix ans plus tard : la commission ne s'est pas tue, et la contestation n'est peut-être pas perdue."""
    examine = bilan(date(2036, 12, 5), **ARRETE)
    dites = [dits.suite(etape(nom, examine), examine.jour) for nom in ("commission-dalo", "silence-dalo")]
    assert dites == ["", "Peut-être pas perdu : déposez quand même"]


def test_le_delai_reparti_dit_ses_deux_dates() -> None:
    """21 jours d'arrêt : du 12/02/2027 au 05/03/2027 ; la date où agir ne bouge pas."""
    examine = bilan(date(2026, 12, 29), **REPARTI)
    commission, silence = etape("commission-dalo", examine), etape("silence-dalo", examine)
    arret = "Délai arrêté du 01/12/2026 au 21/12/2026, le temps des pièces : la fin recule"
    assert (dits.quand(commission), dits.quand(silence)) == (
        "Réponse attendue avant le 12/02/2027",
        "Agissez avant le 12/04/2027",
    )
    assert dits.fin(commission) == f"{arret}, au 05/03/2027 d'après ces dates (à faire valider)"
    assert dits.fin(silence) == f"{arret}, au 05/05/2027 d'après ces dates (à faire valider)"


def test_le_tribunal_saisi_rien_ne_dit_plus_de_le_saisir() -> None:
    """Deux mois à compter de la saisine ; ni « agissez avant », ni « saisissez »."""
    examine = bilan(date(2026, 11, 29), **RECONNU, tribunal_saisi_le="2026-11-20")
    noms = [une.regle.id for une in examine.calendrier if une.regle.recours == "dalo"]
    assert noms == ["reponse-offre", "jugement-dalo", "indemnisation-dalo"]
    assert dits.quand(etape("jugement-dalo", examine)) == "Réponse attendue avant le 20/01/2027"
    assert a_noter("jugement-dalo", examine) == ["dalo.tribunal_saisi_le", "demande.proposition_recue_le"]
    tard = bilan(date(2028, 1, 1), **RECONNU, tribunal_saisi_le="2026-11-20")
    assert dits.suite(etape("jugement-dalo", tard), tard.jour) == (
        "Pas de décision : demandez au greffe du tribunal où en est la requête"
    )
