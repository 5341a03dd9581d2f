"""Les repères publiés se relisent, ou se disent illisibles."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from modele.dossier.documents import encoder
from modele.regles.fautes import ErreurUtilisateur
from modele.territoire.reperes import Distribution, Repere, Reperes, lire_reperes

DELAIS = Distribution(164, {"p50": Decimal(22), "p75": Decimal("36.5")})
REPERES = Reperes(
    "Infocentre",
    date(2026, 10, 1),
    11,
    "demandes de 2025",
    "demandes en cours",
    [Repere("99X01", "T3", "primo", DELAIS)],
)


def test_ce_qui_se_publie_se_relit_exactement() -> None:
    """Pas un chiffre de plus ni de moins."""
    assert lire_reperes(encoder(REPERES)) == REPERES


@pytest.mark.parametrize("octets", [b"", b"{}", b'{"nom":"\xff"}', b'{"nom":"x","extraction":"hier","seuil":1}'])
def test_des_reperes_illisibles_se_disent(octets: bytes) -> None:
    """Un registre plus récent que ce poste : une phrase, jamais une trace."""
    with pytest.raises(ErreurUtilisateur, match="ne se lisent pas"):
        lire_reperes(octets)
