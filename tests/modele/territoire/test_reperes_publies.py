"""Les repères publiés : dits tels qu'ils sont relevés, ce qui manque et ce qui est masqué aussi."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from modele.dossier.documents import encoder
from modele.dossier.nomenclatures import nationales
from modele.regles.fautes import ErreurUtilisateur
from modele.territoire.reperes import (
    LIGNES_AU_PLUS,
    Distribution,
    Repere,
    Reperes,
    dire_les_autres,
    lire_reperes,
    observer,
)

NOTES = Distribution(1385, {"p10": Decimal(1), "p50": Decimal("1.5"), "p75": Decimal("39.25")})
DELAIS = Distribution(164, {"p25": Decimal(13), "p50": Decimal(22), "p75": Decimal("36.5")})
REPERES = Reperes(
    "Infocentre",
    date(2026, 10, 1),
    11,
    [
        Repere("99X01", "T3", "primo", NOTES, DELAIS),
        Repere("99X01", "T3", "mutation", NOTES, Distribution(masque=True)),
        Repere("99X02", "T3", "primo", delais=Distribution(20, {"p50": Decimal(9)})),
    ],
)
COLOMBE, VIEUX_PONT = {"99X01": "Colombe"}, {"99X02": "Vieux-Pont"}


def _seul(communes: dict[str, str], typologie: str = "T3", population: str = "primo") -> tuple[str, str, str]:
    (un,) = observer(REPERES, communes, [typologie], [population]).lignes
    return un.titre, un.attente, un.notes


def test_ce_qui_est_releve_se_dit_avec_son_effectif() -> None:
    assert _seul(COLOMBE) == (
        "Colombe, T3, première demande",
        "Attente : une demande sur deux, 22 mois ou moins ; une sur quatre, plus de 36,5 mois (164 cas).",
        "Notes : une demande sur deux, 1,5 point ou moins ; une sur quatre, plus de 39,25 points (1\u202f385 cas).",
    )
    assert observer(REPERES, COLOMBE, ["T3"], ["primo"]).source == "Infocentre, extraction du 01/10/2026"


def test_un_petit_effectif_ne_dit_rien_de_plus() -> None:
    titre, attente, _ = _seul(COLOMBE, population="mutation")
    assert titre == "Colombe, T3, demande de mutation"
    assert attente == "Attente : trop peu de cas pour le dire."


@pytest.mark.parametrize(
    ("communes", "typologie"), [({"99X09": "Ailleurs"}, "T3"), (COLOMBE, "T1"), (VIEUX_PONT, "T3")]
)
def test_ce_qui_n_est_pas_releve_le_dit(communes: dict[str, str], typologie: str) -> None:
    """Une commune, une taille ou un quantile absents : jamais la valeur d'à côté."""
    _, attente, notes = _seul(communes, typologie)
    assert (attente, notes) == ("Attente : rien n'a été relevé.", "Notes : rien n'a été relevé.")


def test_les_communes_gardent_leur_ordre_et_les_dernieres_se_comptent() -> None:
    communes = {f"99X{rang:02}": f"Commune {rang}" for rang in (3, 1, 2)}
    vus = observer(REPERES, communes, ["T2", "T3"], ["primo"])
    assert [un.titre for un in vus.lignes][:3] == [
        "Commune 3, T2, première demande",
        "Commune 3, T3, première demande",
        "Commune 1, T2, première demande",
    ]
    assert (len(vus.lignes), vus.autres) == (LIGNES_AU_PLUS, 2)
    assert dire_les_autres(2).startswith("2 autres")
    assert dire_les_autres(1).startswith("Une autre")


def test_une_taille_que_ce_perron_ne_connait_pas_garde_son_code() -> None:
    assert "T9" not in nationales()["typologie"].codes
    assert _seul(COLOMBE, "T9")[0] == "Colombe, T9, première demande"


def test_ce_qui_se_publie_se_relit_exactement() -> None:
    assert lire_reperes(encoder(REPERES)) == REPERES


@pytest.mark.parametrize("octets", [b"", b"{}", b'{"nom":"x","extraction":"hier","seuil":1,"reperes":[]}'])
def test_des_reperes_illisibles_se_disent(octets: bytes) -> None:
    with pytest.raises(ErreurUtilisateur, match="ne se lisent pas"):
        lire_reperes(octets)
