"""Ce qui manque pour trancher : les faits des parties encore incertaines, et rien d'autre."""

from __future__ import annotations

from decimal import Decimal

import pytest

from modele.regles.conditions import AuMoins, Comparaison, Condition, NombreDePersonnes, Non, Op, Parametre, Tous, UnDe
from modele.regles.etats import INCONNU, REFUSE, Etat, Situation, connu
from modele.regles.faits import Fait, TypeFait
from modele.regles.manques import manques, mene


def est(nom: str) -> Comparaison:
    """Le fait booléen ``nom`` est vrai."""
    return Comparaison(Fait(nom, TypeFait.BOOLEEN), Op.EGAL, True)


A, B, C = est("a"), est("b"), est("c")
MINEUR = est("personne.mineur")
UN_MINEUR = NombreDePersonnes(Tous((MINEUR, est("personne.a_charge"))), Op.AU_MOINS, 1)


@pytest.mark.parametrize(
    ("condition", "faits", "attendus"),
    [
        (A, {}, ("a",)),
        (A, {"a": connu(False)}, ()),
        (A, {"a": REFUSE}, ()),
        (Non(A), {}, ("a",)),
        (Tous((A, B)), {}, ("a", "b")),
        (Tous((A, B)), {"a": connu(True)}, ("b",)),
        (Tous((A, B)), {"a": connu(False)}, ()),
        (UnDe((A, B)), {"a": connu(False)}, ("b",)),
        (UnDe((A, B)), {"a": connu(True)}, ()),
        (UnDe((A, Tous((B, A)))), {}, ("a", "b")),
        (UnDe((A, B)), {"a": REFUSE}, ("b",)),
        (AuMoins(2, (A, B, C)), {"a": connu(True)}, ("b", "c")),
        (AuMoins(2, (A, B, C)), {"a": connu(True), "b": connu(True)}, ()),
    ],
)
def test_seules_les_parties_ouvertes_se_demandent(
    condition: Condition, faits: dict[str, Etat], attendus: tuple[str, ...]
) -> None:
    """Dans l'ordre écrit, sans doublon ; rien si c'est tranché ; un refus ne se redemande pas."""
    assert manques(condition, Situation(faits)) == attendus


@pytest.mark.parametrize(
    ("personnes", "closes", "attendus"),
    [
        ((), True, ()),
        ((), False, ("personne.mineur", "personne.a_charge")),
        (({"personne.mineur": connu(True)},), True, ("personne.a_charge",)),
        (({"personne.mineur": connu(True), "personne.a_charge": REFUSE},), True, ()),
        (
            ({"personne.mineur": connu(True), "personne.a_charge": REFUSE},),
            False,
            ("personne.mineur", "personne.a_charge"),
        ),
        (({"personne.mineur": connu(True), "personne.a_charge": connu(True)}, {}), False, ()),
    ],
)
def test_sur_les_personnes_la_liste_ouverte_compte(
    personnes: tuple[dict[str, Etat], ...], closes: bool, attendus: tuple[str, ...]
) -> None:
    """Foyer non clos : quelqu'un peut encore s'ajouter ; foyer clos : seules les réponses qui manquent."""
    assert manques(UN_MINEUR, Situation({}, personnes, personnes_closes=closes)) == attendus


def test_un_seuil_absent_ne_fait_pas_redemander_le_fait() -> None:
    """Le fait est connu, c'est le paramètre qui manque : aucune question à la personne."""
    condition = Comparaison(Fait("n", TypeFait.DECIMAL), Op.MOINS_DE, Parametre("seuil"))
    assert manques(condition, Situation({"n": connu(Decimal(3))})) == ()
    assert manques(condition, Situation({"n": INCONNU})) == ("n",)


@pytest.mark.parametrize(
    ("condition", "faits", "attendu"),
    [
        (A, {"a": connu(True)}, True),
        (A, {}, False),
        (Tous((A, B)), {"a": connu(True)}, True),
        (Tous((A, B)), {}, False),
        (Tous((Non(A), B)), {"a": connu(False)}, False),
        (UnDe((Tous((A, B)), C)), {"a": connu(True)}, True),
        (UnDe((Tous((A, B)), C)), {"a": connu(True), "b": connu(False)}, False),
        (UN_MINEUR, {}, False),
    ],
)
def test_une_reponse_y_mene_si_une_part_en_est_vraie(
    condition: Condition, faits: dict[str, Etat], attendu: bool
) -> None:
    """Ni un « non », ni une part que le reste a fermée : personne n'a rien dit qui aille là."""
    assert mene(condition, Situation(faits)) is attendu
