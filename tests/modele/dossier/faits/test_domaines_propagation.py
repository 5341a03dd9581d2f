"""La propagation : les cinq états d'une entrée, et la sûreté des domaines rendus."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modele.dossier.faits import domaines
from modele.dossier.faits.domaines import appliquer, bornes, compter, contraire, dans, dire, entre, l_un, tous
from modele.regles.conditions import Comparaison, Op
from modele.regles.etats import (
    INCONNU,
    REFUSE,
    SANS_OBJET,
    Enumere,
    Etat,
    Intervalle,
    Parties,
    Situation,
    Statut,
    connu,
    partiel,
)
from modele.regles.faits import Fait, TypeFait
from modele.regles.kleene import evaluer

ENTIER = Fait("n", TypeFait.ENTIER, minimum=0, maximum=100)
LIBRE = Fait("libre", TypeFait.ENTIER)
JOUR = Fait("jour", TypeFait.DATE)
OUI = Fait("oui", TypeFait.BOOLEEN)
CODE = Fait("code", TypeFait.CHOIX, codes=("a", "b", "c"))
CENTIEMES = Fait("d", TypeFait.DECIMAL, decimales=2)


def plus_un(n: int | None) -> int | None:
    return None if n is None else n + 1


def test_une_entree_connue_donne_un_fait_connu() -> None:
    assert appliquer(plus_un, [(connu(3), ENTIER)], ENTIER) == connu(4)


def test_une_entree_sans_objet_arrive_comme_none() -> None:
    assert appliquer(plus_un, [(SANS_OBJET, ENTIER)], ENTIER) == SANS_OBJET


@pytest.mark.parametrize("etat", [INCONNU, REFUSE])
def test_un_nombre_non_dit_reste_non_dit(etat: Etat) -> None:
    assert appliquer(plus_un, [(etat, ENTIER)], ENTIER) == etat


def test_un_refus_et_un_inconnu_ensemble_laissent_une_question_a_poser() -> None:
    entrees = [(REFUSE, ENTIER), (INCONNU, ENTIER)]
    assert appliquer(lambda a, b: a + b, entrees, ENTIER) == INCONNU


def test_un_intervalle_devient_un_intervalle() -> None:
    etat = appliquer(plus_un, [(partiel(Intervalle(3, 5)), ENTIER)], ENTIER)
    assert etat == partiel(Intervalle(4, 6))


def test_un_cote_ouvert_prend_la_borne_du_fait() -> None:
    etat = appliquer(plus_un, [(partiel(Intervalle(3, None)), ENTIER)], ENTIER)
    assert etat == partiel(Intervalle(4, 101))
    etat = appliquer(lambda j: j, [(partiel(Intervalle(None, date(2026, 1, 1))), JOUR)], JOUR)
    assert etat == partiel(Intervalle(date.min, date(2026, 1, 1)))


def test_une_petite_enumeration_reste_exacte() -> None:
    etat = appliquer(plus_un, [(partiel(Enumere((1, 7))), ENTIER)], ENTIER)
    assert etat == partiel(Enumere((2, 8)))


def test_une_question_peut_etre_sans_objet_garde_cette_possibilite() -> None:
    etat = appliquer(plus_un, [(partiel(Enumere((1,)), peut_etre_sans_objet=True), ENTIER)], ENTIER)
    assert etat == partiel(Enumere((2,)), peut_etre_sans_objet=True)
    inconnue = Etat(Statut.INCONNU, peut_etre_sans_objet=True)
    assert appliquer(plus_un, [(inconnue, ENTIER)], ENTIER) == inconnue


def test_un_booleen_sur_un_nombre_inconnu_se_tranche_si_toutes_ses_valeurs_s_accordent() -> None:
    assert appliquer(lambda n: n >= 0, [(INCONNU, ENTIER)], OUI) == connu(True)
    assert appliquer(lambda n: n >= 50, [(INCONNU, ENTIER)], OUI) == INCONNU
    assert appliquer(lambda n: n >= 50, [(INCONNU, LIBRE)], OUI) == INCONNU


def test_un_choix_inconnu_parcourt_ses_codes() -> None:
    assert appliquer(lambda c: c in "abc", [(INCONNU, CODE)], OUI) == connu(True)
    reduit = appliquer(lambda c: "a" if c == "a" else "b", [(INCONNU, CODE)], CODE)
    assert reduit == partiel(Enumere(("a", "b")))
    assert appliquer(lambda c: c, [(REFUSE, CODE)], CODE) == REFUSE


def test_un_ensemble_ou_un_choix_sans_codes_ne_se_parcourt_pas() -> None:
    parties = partiel(Parties(frozenset(), frozenset("a")))
    ensemble = Fait("e", TypeFait.ENSEMBLE, codes=("a",))
    assert appliquer(len, [(parties, ensemble)], ENTIER) == INCONNU
    assert appliquer(lambda c: c, [(REFUSE, Fait("c", TypeFait.CHOIX))], CODE) == REFUSE


def test_trop_de_combinaisons_renonce_sans_mentir(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(domaines, "COMBINAISONS_AU_PLUS", 3)
    entrees = [(partiel(Intervalle(1, 2)), ENTIER)] * 2
    assert appliquer(lambda a, b: a + b, entrees, ENTIER) == INCONNU


def test_un_decimal_s_arrondit_au_pair() -> None:
    assert appliquer(lambda d: d, [(connu(Decimal("0.125")), CENTIEMES)], CENTIEMES) == connu(Decimal("0.12"))
    assert appliquer(lambda d: d, [(connu(Decimal("0.375")), CENTIEMES)], CENTIEMES) == connu(Decimal("0.38"))


intervalles = st.tuples(st.integers(0, 100), st.integers(0, 100)).map(sorted)


@given(intervalles, intervalles, st.integers(-5, 5), st.integers(-5, 5), st.data())
def test_toute_completion_est_dans_l_intervalle_rendu(
    un: list[int], deux: list[int], poids: int, autre: int, donnees: st.DataObject
) -> None:
    def fonction(a: int, b: int) -> int:
        return poids * a + autre * b + a * b * poids

    etat = appliquer(fonction, [(entre(*un), ENTIER), (entre(*deux), ENTIER)], LIBRE)
    vrai = fonction(donnees.draw(st.integers(*un)), donnees.draw(st.integers(*deux)))
    if etat.connu:
        assert vrai == etat.valeur
    else:
        assert isinstance(etat.domaine, Intervalle)
        assert etat.domaine.minimum <= vrai <= etat.domaine.maximum  # type: ignore[operator]


ETATS_BOOLEENS = [
    connu(True),
    connu(False),
    INCONNU,
    REFUSE,
    SANS_OBJET,
    Etat(Statut.INCONNU, peut_etre_sans_objet=True),
    partiel(Enumere((False,)), peut_etre_sans_objet=True),
    partiel(Enumere((True,)), peut_etre_sans_objet=True),
    partiel(Enumere((False, True))),
]


@pytest.mark.parametrize("etat", ETATS_BOOLEENS, ids=str)
def test_un_etat_se_dit_comme_le_jugerait_une_condition(etat: Etat) -> None:
    """Dont : un « non » à une question qui n'est peut-être pas à poser reste un « non »."""
    vrai = Comparaison(Fait("b", TypeFait.BOOLEEN), Op.EGAL, True)
    assert dire(etat) is evaluer(vrai, Situation({"b": etat}))


def test_kleene_un_vrai_suffit_un_faux_suffit() -> None:
    oui, non = connu(True), connu(False)
    assert l_un([INCONNU, oui]) == oui
    assert l_un([non, SANS_OBJET]) == non
    assert l_un([non, REFUSE]) == REFUSE
    assert l_un([non], clos=False) == INCONNU
    assert tous([INCONNU, non]) == non
    assert tous([oui, oui]) == oui
    assert tous([oui, REFUSE, INCONNU]) == INCONNU
    assert (contraire(oui), contraire(SANS_OBJET), contraire(REFUSE)) == (non, oui, REFUSE)


def test_compter_ajoute_les_doutes_et_les_absents() -> None:
    assert compter([connu(True), connu(False)]) == connu(1)
    assert compter([connu(True), INCONNU], autres_au_plus=2) == partiel(Intervalle(1, 4))


@pytest.mark.parametrize(
    ("etat", "attendu"),
    [
        (connu("a"), connu(True)),
        (connu("b"), connu(False)),
        (SANS_OBJET, connu(False)),
        (REFUSE, REFUSE),
        (partiel(Enumere(("a", "c"))), connu(True)),
        (partiel(Enumere(("a", "b"))), INCONNU),
        (partiel(Enumere(("b",)), peut_etre_sans_objet=True), connu(False)),
        (partiel(Enumere(("a",)), peut_etre_sans_objet=True), INCONNU),
    ],
)
def test_un_choix_est_dans_un_groupe(etat: Etat, attendu: Etat) -> None:
    assert dans(etat, frozenset("ac")) == attendu


def test_les_bornes_d_un_nombre_sans_objet_sont_zero() -> None:
    assert bornes(SANS_OBJET, ENTIER) == (0, 0)
    assert bornes(INCONNU, ENTIER) == (0, 100)
    assert bornes(INCONNU, LIBRE) is None
    assert bornes(partiel(Parties(frozenset(), frozenset())), ENTIER) is None
