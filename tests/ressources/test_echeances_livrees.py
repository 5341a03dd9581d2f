"""Les échéances livrées, contre un calcul écrit à part : jamais plus tard que le texte, jamais « passé » trop tôt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from outils_sources import derives_nationaux
from texte_des_delais import DATES, franc, jours, mois, ouvrable

from modele.bilan import charger_regles, etablir
from modele.dossier.ephemeres import sans_ephemeres
from modele.orientation import durees
from modele.orientation import echeances as datation
from modele.orientation.resultat import Echeance, EtatEcheance, Voie
from modele.regles.etats import INCONNU, Situation, connu

REGLES = charger_regles("metropole-exemple")
VOIES = {regle.id: regle for regle in REGLES.orientations}


Faits = Mapping[str, Any]
Lectures = Callable[[Faits], list[date]]


def _tribunal(faits: Faits) -> list[date]:
    """R441-16-1 : trois mois, ou six ; R778-2 : quatre mois à compter de leur expiration."""
    six = faits["prefet_six_mois"]
    fins = [mois(faits["dalo.date_decision"], n) for n, exclu in ((3, True), (6, False)) if six is not exclu]
    return [lecture for fin in fins for lecture in (mois(fin, 4), franc(mois(jours(fin, 1), 4)))]


def _tribunal_daho(faits: Faits) -> list[date]:
    """R441-18 : six semaines, ou trois mois ; R778-2."""
    decision, accueil = faits["dalo.daho_date_decision"], faits["dalo.daho_accueil"]
    fins = [] if accueil == "transition" else [jours(decision, 42)]
    fins += [] if accueil == "hebergement" else [mois(decision, 3)]
    return [lecture for fin in fins for lecture in (mois(fin, 4), franc(mois(jours(fin, 1), 4)))]


def _contester(decision: str, notification: str) -> Lectures:
    """R421-1 : deux mois de la notification ; depuis la décision, par prudence."""

    def lectures(faits: Faits) -> list[date]:
        notifiee = mois(faits[notification], 2)
        return [mois(faits[decision], 2), notifiee, franc(notifiee)]

    return lectures


def _payer(faits: Faits) -> list[date]:
    """L89 art. 24 I : six semaines ; deux mois si un ancien bail le dit ; de l'acte, ou de sa remise."""
    departs = (faits["depart_commandement_payer"], faits["expulsion.commandement_payer_remis_le"])
    lectures = [lecture for depart in departs for lecture in (jours(depart, 42), mois(depart, 2))]
    return [*lectures, ouvrable(lectures[-1])]


def _offre(faits: Faits) -> list[date]:
    """R441-10 : le délai écrit dans l'offre, dix jours au moins."""
    return [jours(faits["demande.proposition_recue_le"], 10), faits["demande.proposition_repondre_avant"]]


# Par échéance : les faits d'où elle part (avec les choix qui changent la lecture), et ses lectures.
CAS: dict[tuple[str, str], tuple[tuple[str, ...], tuple[str, ...], str, Lectures]] = {
    ("dalo-reconnu", "tribunal"): (("dalo.date_decision",), ("prefet_six_mois",), "dalo.recours_notifies", _tribunal),
    ("daho-reconnu", "tribunal-daho"): (
        ("dalo.daho_date_decision",),
        ("dalo.daho_accueil",),
        "dalo.daho_recours_notifies",
        _tribunal_daho,
    ),
    ("dalo-rejete", "contester"): (
        ("dalo.date_decision", "dalo.date_notification"),
        (),
        "dalo.recours_notifies",
        _contester("dalo.date_decision", "dalo.date_notification"),
    ),
    ("daho-rejete", "contester-daho"): (
        ("dalo.daho_date_decision", "dalo.daho_date_notification"),
        (),
        "dalo.daho_recours_notifies",
        _contester("dalo.daho_date_decision", "dalo.daho_date_notification"),
    ),
    ("expulsion-commandement-payer", "six-semaines"): (
        ("depart_commandement_payer", "expulsion.commandement_payer_remis_le"),
        (),
        "",
        _payer,
    ),
    ("dalo-reconnu", "reponse-offre"): (
        ("demande.proposition_recue_le", "demande.proposition_repondre_avant"),
        (),
        "",
        _offre,
    ),
}
CODES: dict[str, list[Any]] = {"dalo.daho_accueil": ["transition", "hebergement", None]}


def echeance(voie: str, nom: str, faits: Faits) -> Echeance:
    """L'échéance livrée, sur ces faits ; ce qui n'y est pas est inconnu."""
    # Toujours connu d'un dossier : ce qui est noté, ou non.
    faits = {"dalo_tribunal_saisi": False, "daho_tribunal_saisi": False, **faits}
    etats = {fait: INCONNU if valeur is None else connu(valeur) for fait, valeur in faits.items()}
    dites = datation.echeances(VOIES[voie].echeances, Situation(etats, personnes_closes=True))
    return next(une for une in dites if une.id == nom)


def fautes(cas: tuple[str, str], faits: Faits, recours: bool | None) -> list[str]:
    """Ce que l'échéance dit de plus tardif que le texte, ou de passé quand une lecture reste ouverte."""
    voie, nom = cas
    opposable = CAS[cas][2]
    trouvee = echeance(voie, nom, {**faits, **({opposable: recours} if opposable else {})})
    trouvees, lectures = [], CAS[cas][3](faits)
    if trouvee.le is None or trouvee.le > min(lectures):
        trouvees.append(f"agissez avant {trouvee.le}, quand le texte dit {min(lectures)}")
    if trouvee.etat(max(lectures)) is EtatEcheance.PASSEE:
        trouvees.append(f"passée le {trouvee.fin_possible}, quand une lecture va jusqu'au {max(lectures)}")
    if opposable and recours is not True and trouvee.fin_possible is not None:
        trouvees.append("passée sans recours notifié")
    return trouvees


@st.composite
def situations(tirer: st.DrawFn) -> tuple[tuple[str, str], dict[str, Any], bool | None]:
    """Une échéance, ses dates dans l'ordre (l'acte avant sa notification), ses choix, les recours dits ou non."""
    cas = tirer(st.sampled_from(sorted(CAS)))
    departs, choix, _, _ = CAS[cas]
    premier = tirer(DATES)
    ecarts = [0, *sorted(tirer(st.integers(0, 60)) for _ in departs[1:])]
    faits: dict[str, Any] = {nom: jours(premier, ecart) for nom, ecart in zip(departs, ecarts, strict=True)}
    faits |= {nom: tirer(st.sampled_from(CODES.get(nom, [True, False, None]))) for nom in choix}
    if cas == ("expulsion-commandement-payer", "six-semaines"):
        faits["papier_expulsion"] = "commandement_payer"
    return cas, faits, tirer(st.sampled_from([True, False, None]))


@given(tire=situations())
def test_jamais_plus_tard_que_le_texte_jamais_passe_trop_tot(
    tire: tuple[tuple[str, str], dict[str, Any], bool | None],
) -> None:
    """Fins de mois, années bissextiles, fériés : les deux dates tiennent à toute lecture du texte."""
    assert fautes(*tire) == []


@given(tire=situations(), retires=st.sets(st.integers(0, 1), min_size=1))
def test_sans_un_depart_rien_n_est_jamais_passe(
    tire: tuple[tuple[str, str], dict[str, Any], bool | None], retires: set[int]
) -> None:
    """Une date qui manque laisse une lecture ouverte."""
    cas, faits, recours = tire
    departs, opposable = CAS[cas][0], CAS[cas][2]
    connus = {nom: dit for nom, dit in faits.items() if nom not in {departs[n % len(departs)] for n in retires}}
    trouvee = echeance(*cas, {**connus, **({opposable: recours} if opposable else {})})
    assert trouvee.fin_possible is None


JOURS_DE_D8 = {"dalo.date_decision": date(2026, 11, 30), "prefet_six_mois": False}


def test_mutant_un_delai_compte_depuis_la_decision(monkeypatch: pytest.MonkeyPatch) -> None:
    """30/11 + 7 mois = 30/06 : deux jours trop tard, vu par le calcul de l'essai."""
    offre, tribunal = (une for une in VOIES["dalo-reconnu"].echeances if une.id in ("offre-prefet", "tribunal"))
    sept = replace(offre.lectures[0].terme, duree=(durees.Pas(7),))
    faux = replace(tribunal, lectures=(replace(tribunal.lectures[0], terme=sept),))
    monkeypatch.setitem(VOIES, "dalo-reconnu", replace(VOIES["dalo-reconnu"], echeances=(offre, faux)))
    assert fautes(("dalo-reconnu", "tribunal"), JOURS_DE_D8, True)


def test_mutant_la_fin_est_la_lecture_prudente(monkeypatch: pytest.MonkeyPatch) -> None:
    """« Passé » dit après la première date : vu."""
    monkeypatch.setattr(datation, "max", lambda fins, key: min(fins, key=key), raising=False)
    assert fautes(("dalo-reconnu", "tribunal"), JOURS_DE_D8 | {"prefet_six_mois": None}, True)


@pytest.mark.parametrize(
    ("decision", "six", "agir"),
    [
        (date(2026, 11, 30), False, date(2027, 6, 28)),
        (date(2026, 8, 31), True, date(2027, 6, 28)),
        (date(2026, 11, 30), None, date(2027, 6, 28)),
        (date(2023, 11, 30), False, date(2024, 6, 29)),
    ],
)
def test_le_tribunal_part_de_l_expiration_du_delai_du_prefet(decision: date, six: bool | None, agir: date) -> None:
    """D8 : jamais le 30/06."""
    faits = {"dalo.date_decision": decision, "prefet_six_mois": six}
    assert echeance("dalo-reconnu", "tribunal", faits).le == agir


# La trêve, du dossier à la voie.

NON = {"relogement_assure": False, "logement_etudiant_perdu": False}


def dossier_quitter(eloigne: bool | None = None, **dits: Any) -> dict[str, Any]:
    expulsion = {"etape": "commandement_quitter", "date_papier": "2026-12-20", **dits}
    return {"expulsion": expulsion} | ({} if eloigne is None else {"triage": {"eloigne_du_domicile": eloigne}})


def quitter(jour: date, eloigne: bool | None = False, **dits: Any) -> Voie:
    bilan = etablir(REGLES, dossier_quitter(eloigne, **dits), jour, exacte=False)
    return next(voie for voie in bilan.voies_retenues if voie.id == "expulsion-quitter")


def datees(voie: Voie) -> dict[str, tuple[date | None, bool]]:
    """Celles qui ont une date : le délai du juge, pas encore demandé, s'énonce seulement."""
    return {une.id: (une.le, une.sous_reserve) for une in voie.echeances if une.le is not None}


def test_la_mauvaise_foi_ote_les_deux_mois_jamais_la_treve() -> None:
    """Le 15 janvier : protégé jusqu'au 31 mars, quoi que le juge ait dit de la bonne foi (CPCE L412-1, L412-6)."""
    de_bonne_foi = {"mauvaise_foi": False, "delai_deux_mois": "maintenu", "entree_forcee": "non"}
    fin = (date(2027, 3, 31), False)
    assert datees(quitter(date(2027, 1, 15), **NON, **de_bonne_foi)) == {
        "quitter": (date(2027, 2, 20), False),
        "treve": fin,
    }
    mauvaise = {**de_bonne_foi, "mauvaise_foi": True}
    assert datees(quitter(date(2027, 1, 15), **NON, **mauvaise)) == {"treve": fin}


def test_la_treve_se_dit_sous_reserve_tant_qu_une_exception_n_est_pas_demandee() -> None:
    assert datees(quitter(date(2027, 1, 15), mauvaise_foi=True)) == {"treve": (date(2027, 3, 31), True)}


def test_entree_par_force_chez_autrui_pas_de_treve() -> None:
    """Ailleurs, seulement si la décision le dit."""
    assert datees(quitter(date(2027, 1, 15), entree_forcee="domicile_autrui")) == {}
    ailleurs = {**NON, "entree_forcee": "autre_lieu"}
    assert "treve" in datees(quitter(date(2027, 1, 15), **ailleurs, treve_ecartee=False))
    assert datees(quitter(date(2027, 1, 15), **ailleurs, treve_ecartee=True)) == {}


TOUT_NON = {**NON, "mauvaise_foi": False, "delai_deux_mois": "maintenu", "entree_forcee": "non"}


def test_ecarte_du_domicile_ni_deux_mois_ni_treve_a_l_ecran() -> None:
    """CPCE L412-8 : dit au premier contact, il ôte les deux dates ; sa voie seule dit pourquoi."""
    assert datees(quitter(date(2027, 1, 15), eloigne=True, **TOUT_NON)) == {}


def test_ecarte_du_domicile_rien_ne_s_en_ecrit_et_aucun_papier_ne_promet() -> None:
    """L'exception ne se garde pas : oubliée, elle est inconnue pour tous, et la date se dit sous réserve à tous.

    Le papier de qui est écarté et celui de tout autre sont le même : ni trace, ni promesse.
    """
    jour = date(2027, 1, 15)
    ecarte = dossier_quitter(True, **TOUT_NON)
    assert sans_ephemeres(ecarte) == dossier_quitter(None, **TOUT_NON)
    oublie = datees(quitter(jour, eloigne=None, **TOUT_NON))
    assert oublie == {"quitter": (date(2027, 2, 20), True), "treve": (date(2027, 3, 31), True)}


def test_aucun_fait_derive_ne_retient_l_eloignement() -> None:
    """Un fait dérivé s'exporte et se relit : L412-8 n'entre que dans l'exception des échéances."""
    assert not [nom for nom, fait in derives_nationaux().items() if "triage.eloigne_du_domicile" in fait.entrees]


def test_hors_de_la_treve_elle_ne_se_dit_pas() -> None:
    assert "treve" not in datees(quitter(date(2027, 4, 1)))


def test_le_commandement_de_payer_devient_du_jour_a_sept_jours() -> None:
    """Cette semaine, puis aujourd'hui : 20/10/2026 + 6 semaines = 01/12/2026."""
    document = {"expulsion": {"etape": "commandement_payer", "date_papier": "2026-10-20"}}

    def urgence(jour: date) -> str:
        voies = etablir(REGLES, document, jour, exacte=False).voies_retenues
        return next(v.urgence.value for v in voies if v.id == "expulsion-commandement-payer")

    assert urgence(date(2026, 11, 23)) == "semaine"
    assert urgence(date(2026, 11, 24)) == urgence(date(2026, 12, 25)) == "jour"


@given(depart=DATES, pas=st.integers(0, 400), encore=st.integers(0, 400))
def test_une_urgence_ne_redescend_jamais(depart: date, pas: int, encore: int) -> None:
    """Jour après jour, quelle que soit la date de l'acte."""
    from modele.orientation.examen import orienter

    faits = {"expulsion.etape": connu("commandement_payer"), "expulsion.date_papier": connu(depart)}
    ordre = ["immediate", "jour", "semaine", "courante"]

    def rang(jour: date) -> int:
        (voie,) = orienter([VOIES["expulsion-commandement-payer"]], Situation(faits, personnes_closes=True), jour)
        return ordre.index(voie.urgence.value)

    jour = depart + timedelta(days=pas)
    assert rang(jour + timedelta(days=encore)) <= rang(jour)
