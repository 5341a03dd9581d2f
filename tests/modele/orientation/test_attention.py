"""L'ordre de l'attention : six voies au plus, jamais une urgence repliée, et rien d'effacé."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from modele.orientation.attention import AU_PLUS, ranger
from modele.orientation.resultat import Urgence, Voie


def _voie(nom: str, urgence: Urgence = Urgence.SEMAINE, **reste: Any) -> Voie:
    return Voie(**{"id": nom, "libelle": nom, "urgence": urgence, "certaine": True, "discret": False, **reste})


def _possible(nom: str, *a_demander: str, menee: bool = True, **reste: Any) -> Voie:
    return _voie(nom, certaine=False, a_demander=a_demander, menee=menee, **reste)


def _noms(voies: tuple[Voie, ...]) -> list[str]:
    return [voie.id for voie in voies]


def test_retenues_d_abord_puis_ce_qu_une_question_tranche() -> None:
    """Deux questions, ou nulle réponse qui y mène : une ligne, repliée."""
    rangees = ranger(
        [
            _possible("sans-suite", "a", menee=False),
            _possible("a-trancher", "b"),
            _voie("retenue"),
            _possible("deux-questions", "c", "d"),
            _possible("refusee"),
        ]
    )
    assert _noms(rangees.en_avant) == ["retenue", "a-trancher"]
    assert _noms(rangees.repliees) == ["sans-suite", "deux-questions", "refusee"]


def test_six_au_plus_mais_jamais_une_urgence_repliee() -> None:
    """Sept urgences retenues : toutes se montrent, et rien d'autre ; sans elles, six voies."""
    urgentes = [_voie(f"urgente-{rang}", Urgence.IMMEDIATE) for rang in range(7)]
    autres = [_voie(f"autre-{rang}") for rang in range(8)]
    assert _noms(ranger([*urgentes, *autres]).en_avant) == _noms(tuple(urgentes))
    assert _noms(ranger(autres).en_avant) == [f"autre-{rang}" for rang in range(AU_PLUS)]


def test_une_seule_question_a_poser_seul_a_seul() -> None:
    """Elles disent toutes la même chose : la montrer deux fois dirait qu'il y en a deux."""
    discretes = [_possible(nom, "x", discret=True) for nom in ("une", "autre")]
    rangees = ranger([*discretes, _possible("ordinaire", "y")])
    assert _noms(rangees.en_avant) == ["une", "ordinaire"]
    assert _noms(rangees.repliees) == ["autre"]


@given(
    st.lists(
        st.builds(
            _voie,
            st.uuids().map(str),
            st.sampled_from(Urgence),
            certaine=st.booleans(),
            discret=st.booleans(),
            menee=st.booleans(),
            a_demander=st.lists(st.sampled_from("abc"), max_size=2).map(tuple),
        ),
        unique_by=lambda voie: voie.id,
    )
)
def test_replier_n_est_pas_taire(voies: list[Voie]) -> None:
    """Chaque voie est quelque part, une fois ; une immédiate retenue est toujours devant."""
    rangees = ranger(voies)
    assert sorted(_noms(rangees.en_avant + rangees.repliees)) == sorted(voie.id for voie in voies)
    assert all(voie in rangees.en_avant for voie in voies if voie.certaine and voie.urgence is Urgence.IMMEDIATE)
    pressantes = sum(voie.certaine and voie.urgence is Urgence.IMMEDIATE for voie in voies)
    assert len(rangees.en_avant) <= max(AU_PLUS, pressantes)
