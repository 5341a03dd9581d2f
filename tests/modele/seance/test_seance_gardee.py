"""D'un objet gardé à une séance, et retour : rien ne se perd, rien de mal écrit ne passe."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from modele.seance import gardee
from modele.seance.gardee import Candidat, Convoque, DecisionEcrite, Etat, ReponseEcrite, SeanceGardee, relire

JOUR = date(2026, 12, 1)
_TEXTES = st.text("abc é'", min_size=1, max_size=8)
_JOURS = st.none() | st.dates(date(2026, 1, 1), date(2026, 12, 31))
_CANDIDATS = st.builds(
    Candidat,
    reference=st.sampled_from(["C-01", "C-02", "C-03"]),
    rang=st.none() | st.integers(1, 9),
    designe_par=_TEXTES,
    motif=_TEXTES,
    prefet_le=_JOURS,
    ecartent=st.lists(_TEXTES, max_size=2).map(tuple),
    decision=st.builds(DecisionEcrite, genre=_TEXTES, motif=_TEXTES, rang=st.none() | st.integers(1, 4)),
    reponse=st.builds(ReponseEcrite, reponse=_TEXTES, le=_JOURS, adapte=st.none() | st.booleans()),
)
_MEMBRES = st.builds(Convoque, nom=_TEXTES, compte=_TEXTES, present=st.booleans())


@given(st.lists(_CANDIDATS, max_size=4), st.lists(_MEMBRES, max_size=3), _JOURS, _TEXTES)
def test_relire_ce_qu_on_a_ecrit(candidats: list[Any], membres: list[Any], ouverte: date | None, lieu: str) -> None:
    une = SeanceGardee(
        id="s",
        lieu=lieu,
        ouverte_le=ouverte,
        candidats=tuple(replace(un, id=f"c{rang}") for rang, un in enumerate(candidats)),
        membres=tuple(replace(un, id=f"m{rang}") for rang, un in enumerate(membres)),
    )
    assert relire({"id": "s", **gardee.en_document(une)}) == une


@pytest.mark.parametrize(
    ("membres", "noms"),
    [
        ({"elements": {"a": {"nom": "A"}, "b": {"nom": "B"}}, "ordre": ["b", "z"]}, ["B", "A"]),
        ({"elements": {"a": {"nom": "A"}, "b": 3}, "ordre": 3}, ["A"]),
        ({"elements": 3}, []),
        (3, []),
    ],
)
def test_une_liste_se_lit_dans_son_ordre(membres: Any, noms: list[str]) -> None:
    lue = relire({"membres": membres})
    assert lue is not None
    assert [un.nom for un in lue.membres] == noms


@pytest.mark.parametrize("faux", [{"close_le": "hier"}, {"bailleur": 3}, {"reglement": {"inconnue": 1}}])
def test_mal_ecrite_elle_ne_se_lit_pas(faux: dict[str, Any]) -> None:
    assert relire(faux) is None


def test_ou_elle_en_est() -> None:
    jours = ("ouverte_le", "tenue_le", "close_le", "retiree_le")
    etats = [SeanceGardee(**dict.fromkeys(jours[:combien], JOUR)).etat for combien in range(5)]
    assert etats == [Etat.PREPAREE, Etat.OUVERTE, Etat.TENUE, Etat.CLOSE, Etat.RETIREE]


def test_la_mieux_rangee_qui_n_est_pas_proposee_compte_sans_reference() -> None:
    une = SeanceGardee(candidats=(Candidat(reference="C-01", rang=2),))
    assert une.classees.rangs == {"C-01": 2}
    oubliee = replace(une, grille=gardee.Grille(oublie=1))
    assert min(oubliee.classees.rangs.values()) == 1
    assert set(oubliee.classees.rangs) == {"C-01", ""}


def test_la_ligne_d_un_logement_se_garde_et_se_relit() -> None:
    colonnes = {"ref_bailleur": "A = 1", "surface": 41.5, "pmr": True, "vide": None}
    lignes = gardee.ligne_du_logement(colonnes)
    assert gardee.Logement(ligne=lignes).colonnes == {cle: dit for cle, dit in colonnes.items() if dit is not None}
