"""La porte d'un dossier discret : l'orthographe et l'année à peu près ; le seul demandeur."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modele.ressemblance import porte as module
from modele.ressemblance.demande import Demande, lire_demande
from modele.ressemblance.porte import Porte, admise, annees, assez_dit, bornes, porte

DISCRET = {"protection": {"discret": True}}
AWA: dict[str, Any] = {"nom": "Traoré", "prenoms": "Awa Marie", "date_naissance": "1980-05-14"}


def _admise(demandeur: dict[str, Any], saisie: str) -> tuple[str, ...]:
    comparable = porte({"demandeur": demandeur} | DISCRET)
    assert comparable is not None
    trouvee = admise(lire_demande(saisie), comparable)
    return () if trouvee is None else trouvee.raisons


def test_le_seul_demandeur_d_un_dossier_discret() -> None:
    """Ni codemandeur ni foyer ; d'un dossier ordinaire, pas de porte ; de ce qui n'est pas un texte, rien."""
    foyer = {"codemandeur": {"nom": "Roux"}, "foyer": {"personnes": {"elements": {"e": {"nom": "Roux"}}}}}
    assert porte({"demandeur": AWA} | foyer) is None
    attendue = Porte("traore", "awa marie", "1980-05-14", "1980-05-14")
    assert porte({"demandeur": AWA | {"nom_usage": {"refus": True}}} | foyer | DISCRET) == attendue
    assert porte({"demandeur": AWA | {"nom_usage": "Traoré Kone"}} | DISCRET) == Porte(
        "traore kone", "awa marie", "1980-05-14", "1980-05-14"
    )
    assert porte(DISCRET) == Porte()


@pytest.mark.parametrize(
    ("naissance", "attendues"),
    [
        ("1980-05-14", ("1980-05-14", "1980-05-14")),
        ("1980", ("1980-01-01", "1980-12-31")),
        ("1980-02", ("1980-02-01", "1980-02-29")),
        ({"entre": ["1980-01-01", "1980-12-31"]}, ("1980-01-01", "1980-12-31")),
        ({"entre": ["1980", "1981"]}, ("1980-01-01", "1981-12-31")),
        ({"parmi": ["1981-03-02", "1980-02-03"]}, ("1980-02-03", "1981-03-02")),
        ({"entre": [None, "1980-12-31"]}, ("1980-12-31", "1980-12-31")),
        ({"refus": True}, ("", "")),
        ("le printemps", ("", "")),
        (1980, ("", "")),
        (None, ("", "")),
    ],
)
def test_une_naissance_se_lit_a_ce_qu_on_en_sait(naissance: Any, attendues: tuple[str, str]) -> None:
    """Le jour, le mois, l'année, deux bornes, plusieurs dates ; le reste est inconnu."""
    lue = porte({"demandeur": {"date_naissance": naissance}} | DISCRET)
    assert lue is not None
    assert (lue.du, lue.au) == attendues


@pytest.mark.parametrize(
    ("saisie", "assez"),
    [("traore 1980", True), ("traore awa 14/05/1980", True), ("traore awa", False), ("14/05/1980", False), ("", False)],
)
def test_il_faut_un_nom_et_une_annee(saisie: str, assez: bool) -> None:
    assert assez_dit(lire_demande(saisie)) is assez


def test_a_un_an_pres() -> None:
    assert annees(Demande(naissance="1980-05-14")) == annees(Demande(naissance="1980")) == ("1979-01-01", "1981-12-31")
    assert bornes("1980-05") == ("1980-05-01", "1980-05-31")


@pytest.mark.parametrize(
    ("saisie", "raisons"),
    [
        ("traore awa 14/05/1980", ("même nom", "même date de naissance")),
        ("AWA TRAORÉ 1980", ("même nom", "même année de naissance")),
        ("awa marie traore 1981", ("même nom", "année de naissance à un an près")),
        ("traore awa 1979", ("même nom", "année de naissance à un an près")),
        ("traorre ava 14/05/1980", ("nom proche", "même date de naissance")),
        ("de traore awa 03/09/1980", ("nom proche", "même année de naissance")),
        ("traoreawa 1980", ("nom proche", "même année de naissance")),
        ("traore 1980", ("nom proche", "même année de naissance")),
        ("awa 1980", ("nom proche", "même année de naissance")),
        ("traore awa fatoumata 1980", ("nom proche", "même année de naissance")),
        ("traore awa 1978", ()),
        ("traore awa 1982", ()),
        ("traore moussa 14/05/1980", ()),
        ("martin awa 14/05/1980", ()),
        ("de la 1980", ()),
    ],
)
def test_l_orthographe_et_l_annee(saisie: str, raisons: tuple[str, ...]) -> None:
    """Fautes, particules, ordre, mots collés, un mot de plus, un seul nom ; jamais deux ans, ni un autre prénom."""
    assert _admise(AWA, saisie) == raisons


@pytest.mark.parametrize(
    ("demandeur", "saisie", "naissance"),
    [
        ({"nom": "Traoré", "prenoms": "Awa", "date_naissance": {"entre": ["1980-01-01", "1980-12-31"]}},
         "traore awa 1980", "même année de naissance"),
        ({"nom": "Traoré", "prenoms": "Awa", "date_naissance": {"entre": ["1980-01-01", "1980-12-31"]}},
         "traore awa 00/00/1980", "même année de naissance"),
        ({"nom": "Traoré", "prenoms": "Awa", "date_naissance": {"entre": ["1980-05-01", "1980-05-31"]}},
         "traore awa 14/05/1980", "même mois de naissance"),
        ({"nom": "Traoré", "prenoms": "Awa", "date_naissance": "1980-05-04"},
         "traore awa 05/04/1980", "jour et mois inversés ?"),
        ({"nom": "Traoré", "prenoms": "Awa", "date_naissance": "1980-05-04"},
         "traore awa 05/05/1980", "même année de naissance"),
        ({"nom": "Rakotomalala", "prenoms": "", "date_naissance": "1992-01-01"},
         "Rakotomalala 01/01/1992", "même date de naissance"),
        ({"nom": "Rakotomalala", "date_naissance": "1992"}, "Jean Rakotomalala 1992", "même année de naissance"),
        ({"prenoms": "Rakotomalala"}, "Rakotomalala 1992", "naissance inconnue au dossier"),
        ({"nom": "Işık", "prenoms": "Ayşe", "date_naissance": "1990-05-04"},
         "IŞIK AYŞE 04/05/1990", "même date de naissance"),
        ({"nom": "Ly", "prenoms": "An", "date_naissance": "1990-05-04"}, "an ly 1990", "même année de naissance"),
    ],
)  # fmt: skip
def test_qui_n_a_qu_un_nom_ou_qu_une_annee_a_une_porte(demandeur: dict[str, Any], saisie: str, naissance: str) -> None:
    """Les cas publics 02b, et leurs voisins."""
    raisons = _admise(demandeur, saisie)
    assert raisons[1:] == (naissance,)


def test_sans_nom_ou_sans_naissance_au_dossier() -> None:
    """Sans nom écrit, rien n'admet ; sans naissance écrite, il faut le nom entier, à la lettre."""
    assert _admise({"date_naissance": "1980"}, "traore awa 1980") == ()
    assert _admise({"nom": "Traoré", "prenoms": "Awa"}, "traorre awa 1980") == ()
    assert _admise({"nom": "Traoré", "prenoms": "Awa"}, "traore 1980") == ()


def test_le_plus_sur_d_abord() -> None:
    """La date entière vaut mieux que le mois, le mois que l'année, l'année que l'année d'à côté."""
    demande = lire_demande("traore awa 14/05/1980")
    dates = ("1980-05-14", "1980-05", "1980", "1981", "")
    trouvees = [admise(demande, Porte("traore", "awa", *bornes(un))) for un in dates]
    scores = [trouvee.score for trouvee in trouvees if trouvee is not None]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == len(dates)


_SU = {"nom": "traore", "prenoms": "awa", "second": "marie"}
_NAISSANCES = ("1980", "05/1980", "14/05/1980")


@given(
    dits=st.sets(st.sampled_from(sorted(_SU)), min_size=1),
    ecrits=st.sets(st.sampled_from(sorted(_SU)), min_size=1),
    dite=st.sampled_from(_NAISSANCES),
    ecrite=st.sampled_from(["1980", "1980-05", "1980-05-14"]),
)
def test_dire_plus_de_vrai_n_ote_jamais_son_dossier(dits: set[str], ecrits: set[str], dite: str, ecrite: str) -> None:
    """Trouvé avec moins, trouvé avec plus : ni un nom, ni un jour vrai de plus, dit ou écrit, ne ferme la porte."""
    comparable = Porte(*_ecrit(ecrits), *bornes(ecrite))
    demande = lire_demande(" ".join([*(_SU[un] for un in sorted(dits)), dite]))
    trouvee = admise(demande, comparable)
    assert (trouvee is not None) == bool(dits & ecrits) or _de_part_et_d_autre(dits, ecrits)
    for moins in (set(un) for n in range(1, len(dits)) for un in combinations(sorted(dits), n)):
        avant = admise(lire_demande(" ".join([*(_SU[un] for un in sorted(moins)), dite])), comparable)
        assert avant is None or trouvee is not None or len(moins & ecrits) < 2


def _ecrit(ecrits: set[str]) -> tuple[str, str]:
    return _SU["nom"] if "nom" in ecrits else "", " ".join(_SU[un] for un in ("prenoms", "second") if un in ecrits)


def _de_part_et_d_autre(dits: set[str], ecrits: set[str]) -> bool:
    """Chacun sait deux mots, mais un seul est commun : trop peu pour la dire."""
    return len(dits) > 1 and len(ecrits) > 1 and len(dits & ecrits) < 2


def test_mutant_comparer_a_la_lettre_la_perd(monkeypatch: pytest.MonkeyPatch) -> None:
    """La clé exacte d'avant : une faute, et la personne n'a plus de porte."""
    monkeypatch.setattr(module, "_MOT_RECONNU", 1.0)
    monkeypatch.setattr(module, "_ENSEMBLE_RECONNU", 1.03)
    assert _admise(AWA, "traorre ava 14/05/1980") == ()
