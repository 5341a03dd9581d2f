"""Les repères publiés : dits tels qu'ils sont relevés, ce qui manque et ce qui est masqué aussi."""

from __future__ import annotations

import math
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modele.dossier.nomenclatures import nationales
from modele.mots.reperes import observer
from modele.territoire.reperes import Distribution, Repere, Reperes

NOTES = Distribution(1385, {"p50": Decimal("1.5"), "p75": Decimal("39.2")})
DELAIS = Distribution(164, {"p50": Decimal(22), "p75": Decimal("36.5")})
REPERES = Reperes(
    "Infocentre",
    date(2026, 10, 1),
    11,
    "demandes satisfaites en 2025",
    "demandes en cours",
    [
        Repere("99X01", "T3", "primo", NOTES, DELAIS),
        Repere("99X01", "T3", "mutation", NOTES, Distribution(masque=True)),
        Repere("99X02", "T3", "primo", delais=Distribution(20, {"p50": Decimal(9)})),
    ],
)
COLOMBE, VIEUX_PONT = {"99X01": "Colombe"}, {"99X02": "Vieux-Pont"}


def _seul(communes: dict[str, str], typologie: str = "T3", population: str = "primo") -> tuple[str, str, str]:
    (un,) = observer(REPERES, communes, [typologie], [population]).lignes
    return un.titre, un.delais, un.notes


def test_ce_qui_est_releve_se_dit_avec_son_effectif_et_ce_qu_il_mesure() -> None:
    assert _seul(COLOMBE) == (
        "Colombe, T3, demande hors mutation",
        "Délais : un sur deux, 22 mois ou moins ; un sur quatre, 36,5 mois ou plus (164 cas).",
        "Notes : une sur deux, 1,5 point ou moins ; une sur quatre, 39,2 points ou plus (1\u202f385 cas).",
    )
    assert observer(REPERES, COLOMBE, ["T3"], ["primo"]).source == (
        "Infocentre, extraction du 01/10/2026.",
        "Délais : demandes satisfaites en 2025. Notes : demandes en cours.",
        "Ce qui a été observé n'est ni une place, ni un délai promis.",
    )


def test_un_petit_effectif_ne_dit_rien_de_plus() -> None:
    titre, delais, _ = _seul(COLOMBE, population="mutation")
    assert titre == "Colombe, T3, mutation (locataire HLM)"
    assert delais == "Délais : trop peu de cas pour le dire."


@given(st.lists(st.integers(-5, 30), min_size=5, max_size=60))
def test_la_phrase_est_vraie_meme_des_ex_aequo(valeurs: list[int]) -> None:
    """Avec des notes entières, beaucoup sont égales : « plus de » serait faux, « ou plus » ne l'est jamais."""
    rangees = sorted(valeurs)
    mediane, haut = (rangees[math.ceil(part * len(rangees)) - 1] for part in (0.5, 0.75))
    repere = Repere("99X01", "T3", "primo", Distribution(len(valeurs), {"p50": Decimal(mediane), "p75": Decimal(haut)}))
    reperes = Reperes("x", date(2026, 1, 1), 5, "x", "x", [repere])
    dite = observer(reperes, COLOMBE, ["T3"], ["primo"]).lignes[0].notes
    if dite.startswith("Notes : trois sur quatre"):
        assert sum(un <= haut for un in valeurs) >= 0.75 * len(valeurs)
    else:
        assert sum(un <= mediane for un in valeurs) >= 0.5 * len(valeurs)
        assert sum(un >= haut for un in valeurs) >= 0.25 * len(valeurs)


@pytest.mark.parametrize(
    ("communes", "typologie"), [({"99X09": "Ailleurs"}, "T3"), (COLOMBE, "T1"), (VIEUX_PONT, "T3")]
)
def test_ce_que_l_extraction_ne_dit_pas_ne_vaut_pas_rien(communes: dict[str, str], typologie: str) -> None:
    """Une commune, une taille ou un quantile absents : ni zéro, ni la valeur d'à côté."""
    _, delais, notes = _seul(communes, typologie)
    assert (delais, notes) == ("Délais : cette extraction n'en dit rien.", "Notes : cette extraction n'en dit rien.")


def _communes(nombre: int) -> dict[str, str]:
    return {f"99X{rang:02}": f"Commune {rang}" for rang in reversed(range(nombre))}


@pytest.mark.parametrize(
    ("nombre", "typologies", "lignes", "reserve"),
    [
        (3, ["T2", "T3"], 4, ("Une autre commune souhaitée ne se montre pas ici.",)),
        (5, ["T2", "T3"], 4, ("3 autres communes souhaitées ne se montrent pas ici.",)),
        (2, ["T1", "T2", "T3", "T4", "T5"], 5, ("Une autre commune souhaitée ne se montre pas ici.",)),
        (2, ["T2", "T3"], 4, ()),
        (0, ["T2"], 0, ()),
        (2, [], 0, ()),
    ],
)
def test_les_premieres_communes_entieres_les_autres_comptees(
    nombre: int, typologies: list[str], lignes: int, reserve: tuple[str, ...]
) -> None:
    vus = observer(REPERES, _communes(nombre), typologies, ["primo"], ["suite"])
    assert (len(vus.lignes), vus.reserves) == (lignes, (*reserve, "suite"))
    assert [un.titre.split(",")[0] for un in vus.lignes][:1] == [f"Commune {nombre - 1}"][: len(vus.lignes)]


def test_une_taille_que_ce_perron_ne_connait_pas_garde_son_code() -> None:
    assert "T9" not in nationales()["typologie"].codes
    assert _seul(COLOMBE, "T9")[0] == "Colombe, T9, demande hors mutation"
