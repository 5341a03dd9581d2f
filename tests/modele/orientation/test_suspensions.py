"""La suspension d'un délai (R441-14) : la date où agir n'en bouge pas, la plus tardive recule, jamais « passé »."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_echeances_datees import LECTURE, OUTRE_MER, RECEPTION, E, echeances, une
from test_examen_des_voies import lire, voie

from modele.bilan import charger_regles, etablir
from modele.orientation import echeances as datation
from modele.orientation import suspensions
from modele.orientation.durees import Pas
from modele.orientation.resultat import Echeance, EtatEcheance
from modele.orientation.suspensions import Suspension
from modele.regles.etats import REFUSE, Intervalle, partiel
from modele.regles.fautes import FichierFautif

SUSPENDU = 'suspendu = { du = "dalo.pieces_demandees_le", au = "dalo.pieces_remises_le", confiance = "M" }\n'
TROIS_MOIS = RECEPTION + "duree = { mois = 3 }\n"
RECU = date(2026, 11, 12)
REGLES = charger_regles("metropole-exemple")


def arretee(tmp_path: Path, corps: str = TROIS_MOIS, du: Any = None, au: Any = None, **faits: Any) -> Echeance:
    """Une échéance du dossier reçu le 12/11/2026, arrêtée du jour ``du`` au jour ``au``."""
    dits = {"dalo__pieces_demandees_le": du, "dalo__pieces_remises_le": au}
    connus = {nom: dit for nom, dit in dits.items() if dit is not None}
    return une(tmp_path, SUSPENDU + corps, recu=RECU, **connus, **faits)


def test_sans_courrier_rien_ne_s_arrete(tmp_path: Path) -> None:
    """Ni courrier, ni refus de dire : une remise seule n'a rien arrêté."""
    for du, au in ((None, None), (None, date(2026, 12, 21)), (REFUSE, None)):
        trouvee = arretee(tmp_path, du=du, au=au)
        assert (trouvee.le, trouvee.fin_possible, trouvee.suspension) == (date(2027, 2, 12), date(2027, 2, 12), None)


def test_sans_remise_le_delai_est_arrete_et_n_a_plus_de_fin(tmp_path: Path) -> None:
    trouvee = arretee(tmp_path, du=date(2026, 12, 1))
    assert (trouvee.le, trouvee.fin_possible) == (date(2027, 2, 12), None)
    assert trouvee.suspension == Suspension(date(2026, 12, 1), None, "M")
    assert trouvee.suspendue
    assert trouvee.etat(date(2099, 1, 1)) is EtatEcheance.PEUT_ETRE


def test_les_deux_dates_connues_la_fin_recule_d_autant(tmp_path: Path) -> None:
    """Du 1er au 21 décembre compris, 21 jours : 12/02/2027 + 21 = 05/03/2027 ; à faire valider."""
    trouvee = arretee(tmp_path, du=date(2026, 12, 1), au=date(2026, 12, 21))
    assert (trouvee.le, trouvee.fin_possible, trouvee.confiance_fin) == (date(2027, 2, 12), date(2027, 3, 5), "M")
    assert trouvee.suspension is not None
    assert trouvee.suspension.jusqu_au == date(2027, 3, 5)
    assert not trouvee.suspendue
    assert trouvee.etat(date(2027, 3, 5)) is EtatEcheance.PEUT_ETRE
    assert trouvee.etat(date(2027, 3, 6)) is EtatEcheance.PASSEE


def test_les_jours_ajoutes_au_depart_ou_a_la_fin_la_plus_tardive() -> None:
    """15/02 + 20 jours + 3 mois = 07/06 ; 15/02 + 3 mois + 20 jours = 04/06 : les mois sont inégaux."""
    arret = Suspension(date(2027, 2, 20), date(2027, 3, 11), "M")
    assert arret.repousser(date(2027, 2, 15), (Pas(3),), "aucun") == date(2027, 6, 7)


def test_seuls_comptent_les_jours_apres_le_depart() -> None:
    """Un courrier d'avant la réception n'arrête que le délai déjà parti ; tout entier avant, rien."""
    reception, six = date(2026, 12, 1), (Pas(jours=42),)
    chevauche = Suspension(date(2026, 11, 20), date(2026, 12, 3), "M")
    assert chevauche.repousser(reception, six, "aucun") == date(2027, 1, 15)
    assert Suspension(date(2026, 11, 1), date(2026, 11, 20), "M").repousser(reception, six, "aucun") == date(
        2027, 1, 12
    )


def test_au_bout_du_calendrier_aucune_date() -> None:
    arret = Suspension(date(9999, 12, 1), date(9999, 12, 31), "M")
    assert arret.repousser(date(9999, 11, 30), (Pas(1),), "aucun") is None


def test_des_pieces_remises_avant_le_courrier_laissent_le_delai_arrete(tmp_path: Path) -> None:
    """Une autre demande a pu suivre : dans le doute, rien n'est reparti."""
    assert arretee(tmp_path, du=date(2026, 12, 20), au=date(2026, 12, 1)).suspendue


def test_une_date_a_peu_pres_compte_la_suspension_la_plus_longue(tmp_path: Path) -> None:
    """Le courrier au plus tôt, la remise au plus tard."""
    du, au = (partiel(Intervalle(date(2026, 12, a), date(2026, 12, b))) for a, b in ((1, 5), (18, 21)))
    trouvee = arretee(tmp_path, du=du, au=au)
    assert trouvee.suspension == Suspension(date(2026, 12, 1), date(2026, 12, 21), "M", date(2027, 3, 5))


def test_sans_depart_il_s_arrete_sans_dire_jusqu_ou(tmp_path: Path) -> None:
    corps = (
        LECTURE
        + "duree = { mois = 3 }\n"
        + RECEPTION
        + LECTURE
        + 'depuis = "dalo.date_notification"\nduree = { mois = 3 }\n'
    )
    trouvee = arretee(tmp_path, corps, du=date(2026, 12, 1), au=date(2026, 12, 21))
    assert trouvee.suspension == Suspension(date(2026, 12, 1), date(2026, 12, 21), "M")
    assert trouvee.fin_possible is None


def test_aucune_lecture_ouverte_rien_n_est_repousse(tmp_path: Path) -> None:
    corps = RECEPTION + LECTURE + f"si = {OUTRE_MER}\nduree = {{ mois = 6 }}\n"
    dits = {"du": date(2026, 12, 1), "au": date(2026, 12, 21)}
    trouvee = arretee(tmp_path, corps, **dits, territoire__outre_mer=False)
    assert (trouvee.le, trouvee.fin_possible) == (None, None)
    assert trouvee.suspension is not None
    assert trouvee.suspension.jusqu_au is None


SUITE = E.format(id="suite") + 'depuis = { echeance = "e" }\nduree = { mois = 2 }\n'


@pytest.mark.parametrize(
    ("sans_fin", "au", "attendues", "repoussee"),
    [
        ("", None, (date(2027, 4, 12), None), None),
        ("", date(2026, 12, 21), (date(2027, 4, 12), date(2027, 5, 5)), date(2027, 5, 5)),
        ("sans_fin = true\n", date(2026, 12, 21), (date(2027, 4, 12), None), date(2027, 5, 5)),
    ],
)
def test_l_echeance_qui_en_part_s_arrete_avec_elle(
    tmp_path: Path, sans_fin: str, au: date | None, attendues: tuple[date, date | None], repoussee: date | None
) -> None:
    """Le silence ne se conteste que deux mois après la date repoussée ; « sans fin », rien n'est passé."""
    faits = {"dalo__pieces_demandees_le": date(2026, 12, 1)} | ({"dalo__pieces_remises_le": au} if au else {})
    corps = E.format(id="e") + SUSPENDU + sans_fin + TROIS_MOIS + SUITE + sans_fin
    suite = echeances(tmp_path, corps, recu=RECU, **faits)["suite"]
    assert (suite.le, suite.fin_possible) == attendues
    assert suite.suspension is not None
    assert (suite.suspension.jusqu_au, suite.suspendue) == (repoussee, au is None)


def test_une_autre_lecture_part_d_une_echeance_que_rien_n_arrete(tmp_path: Path) -> None:
    """De deux départs, l'un seul arrêté : elle l'est, et la plus tardive des deux dates la repousse."""
    corps = E.format(id="libre") + 'depuis = "dalo.date_notification"\nduree = { mois = 3 }\n'
    corps += E.format(id="e") + SUSPENDU + TROIS_MOIS
    corps += E.format(id="suite") + 'depuis = { echeance = "libre" }\nduree = { mois = 2 }\n'
    corps += LECTURE + 'depuis = { echeance = "e" }\nduree = { mois = 2 }\n'
    dits = {"dalo__date_notification": RECU, "dalo__pieces_demandees_le": date(2026, 12, 1)}
    assert echeances(tmp_path, corps, recu=RECU, **dits)["suite"].suspendue
    reparti = echeances(tmp_path, corps, recu=RECU, **dits, dalo__pieces_remises_le=date(2026, 12, 21))["suite"]
    assert (reparti.suspension and reparti.suspension.jusqu_au) == date(2027, 5, 5)


# Ce que la lecture refuse.


@pytest.mark.parametrize(
    ("corps", "attendu"),
    [
        (SUSPENDU.replace("dalo.pieces_demandees_le", "dalo.statut") + TROIS_MOIS, "n'est pas une date"),
        (SUSPENDU.replace("dalo.pieces_remises_le", "dalo.rien") + TROIS_MOIS, "fait inconnu"),
        (SUSPENDU.replace(', confiance = "M"', ", quand = 3") + TROIS_MOIS, "quand"),
        (TROIS_MOIS + E.format(id="suite") + SUSPENDU + 'depuis = { echeance = "e" }\nduree = { mois = 2 }\n', "autre"),
    ],
)
def test_une_suspension_mal_ecrite_ne_se_charge_pas(tmp_path: Path, corps: str, attendu: str) -> None:
    with pytest.raises(FichierFautif) as levee:
        lire(tmp_path, voie(suite=E.format(id="e") + corps))
    assert any(attendu in str(faute) for faute in levee.value.fautes)


def test_sa_confiance_est_celle_de_l_echeance_a_defaut(tmp_path: Path) -> None:
    corps = E.format(id="e") + SUSPENDU.replace(', confiance = "M"', "") + TROIS_MOIS + 'confiance = "V2"\n'
    (regle,) = lire(tmp_path, voie(suite=corps))
    suspendu = regle.echeances[0].suspendu
    assert suspendu is not None
    assert (suspendu.du.nom, suspendu.au.nom, suspendu.confiance) == (
        "dalo.pieces_demandees_le", "dalo.pieces_remises_le", "V2",
    )  # fmt: skip


# Les invariants, sur les échéances livrées et sur celles qui finissent.

JOURS = st.dates(date(2020, 1, 1), date(2035, 12, 31))
PREFIXES = st.sampled_from(["", "daho_"])


def du_dossier(prefixe: str, recu: date, du: date | None, au: date | None, jour: date) -> dict[str, Echeance]:
    """Les échéances livrées d'un recours déposé, par leur identifiant."""
    reception = f"{prefixe}date_reception" + ("" if prefixe else "_dossier")
    dits = {reception: recu, f"{prefixe}pieces_demandees_le": du, f"{prefixe}pieces_remises_le": au}
    dalo = {f"{prefixe}statut": "depose", **{nom: str(dit) for nom, dit in dits.items() if dit is not None}}
    bilan = etablir(REGLES, {"dalo": dalo}, jour, exacte=False)
    return {une.echeance.id: une.echeance for une in bilan.calendrier if une.echeance is not None and une.datee}


def fautes_de_suspension(prefixe: str, recu: date, du: date, au: date | None) -> list[str]:
    """Ce qu'une suspension aurait avancé, dit passé, ou tu."""
    jour, tard = date(2040, 1, 1), date(2199, 1, 1)
    sans, avec = du_dossier(prefixe, recu, None, None, jour), du_dossier(prefixe, recu, du, au, jour)
    trouvees = [nom for nom in sans if nom not in avec or avec[nom].le != sans[nom].le]
    for nom, dite in avec.items():
        arret = dite.suspension
        if arret is None or arret.en_cours is not (au is None or au < du):
            trouvees.append(f"{nom} : arrêtée, et pas dite")
        elif arret.en_cours and (arret.jusqu_au is not None or dite.etat(tard) is EtatEcheance.PASSEE):
            trouvees.append(f"{nom} : passée pendant l'arrêt")
        elif not arret.en_cours and (arret.jusqu_au is None or dite.le is None or arret.jusqu_au < dite.le):
            trouvees.append(f"{nom} : repoussée plus tôt que sans arrêt")
    return trouvees


@given(prefixe=PREFIXES, recu=JOURS, du=JOURS, au=st.none() | JOURS)
def test_une_suspension_n_avance_aucune_date_et_rien_n_y_passe(
    prefixe: str, recu: date, du: date, au: date | None
) -> None:
    assert fautes_de_suspension(prefixe, recu, du, au) == []


@pytest.fixture(scope="module")
def finie(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Une règle qui a une fin, pour l'éprouver : celles du recours livré n'en ont jamais."""
    corps = E.format(id="e") + SUSPENDU + TROIS_MOIS + SUITE
    (regle,) = lire(tmp_path_factory.mktemp("finie"), voie(suite=corps))
    return regle


def datees(finie: Any, **faits: date) -> list[Echeance]:
    from test_examen_des_voies import situation

    return list(datation.echeances(finie.echeances, situation(**faits)))


@given(recu=JOURS, du=JOURS, duree=st.integers(0, 400), jour=JOURS)
def test_la_fin_ne_recule_que_d_autant_et_jamais_plus_tot(
    finie: Any, recu: date, du: date, duree: int, jour: date
) -> None:
    """Entre la fin sans suspension et la même, tous les jours d'arrêt et trois jours de mois inégaux en plus."""
    dalo = {"dalo__date_reception_dossier": recu}
    sans = datees(finie, **dalo)
    en_cours = datees(finie, **dalo, dalo__pieces_demandees_le=du)
    reparties = datees(
        finie, **dalo, dalo__pieces_demandees_le=du, dalo__pieces_remises_le=du + timedelta(duree)
    )  # fmt: skip
    for avant, arretee_, apres in zip(sans, en_cours, reparties, strict=True):
        assert avant.fin_possible is not None
        assert apres.fin_possible is not None
        assert avant.fin_possible <= apres.fin_possible <= avant.fin_possible + timedelta(duree + 1 + 6)
        assert (arretee_.le, arretee_.fin_possible, apres.le) == (avant.le, None, avant.le)
        assert arretee_.etat(jour) is not EtatEcheance.PASSEE


CAS = ("", date(2026, 11, 12), date(2026, 12, 1))


def test_mutant_un_arret_qui_avance_la_date(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suspensions, "Pas", lambda jours: Pas(jours=-jours))
    assert fautes_de_suspension(*CAS, date(2026, 12, 21))


def test_mutant_une_suspension_sans_remise_prise_pour_finie(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Suspension, "en_cours", property(lambda _: False))
    assert fautes_de_suspension(*CAS, None)


def test_mutant_une_demande_de_pieces_ignoree(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(datation, "suspension", lambda *_: None)
    assert fautes_de_suspension(*CAS, None)


def test_mutant_la_fin_garde_sa_date_pendant_l_arret(finie: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sans le regard sur l'arrêt, une échéance construite avec une fin se dirait passée."""
    arretee_ = Echeance("e", "E", le=RECU, fin_possible=RECU, suspension=Suspension(RECU, None, "M"))
    assert arretee_.etat(date(2030, 1, 1)) is EtatEcheance.PEUT_ETRE
    monkeypatch.setattr(Echeance, "suspendue", property(lambda _: False))
    assert arretee_.etat(date(2030, 1, 1)) is EtatEcheance.PASSEE
