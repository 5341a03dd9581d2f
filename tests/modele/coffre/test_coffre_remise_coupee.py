"""Ce qu'une remise coupée laisse à côté du coffre s'en va, sauf ce qui est prêt à prendre sa place."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from modele.coffre import remise


def test_un_trousseau_reste_seul_s_en_va_et_une_remise_prete_reste(tmp_path: Path) -> None:
    """La seconde d'après, la guérison prend un autre nom : l'ancien ne traîne pas."""
    chemin = tmp_path / "c.perron"
    seul = chemin.with_name(f"{chemin.name}.gueri-2020-01-01T000000.cles")
    coupe = chemin.with_name(f"{chemin.name}.gueri-2020-01-01T000000.ecriture")
    prete = chemin.with_name(f"{chemin.name}.gueri-2020-01-02T000000")
    cles = prete.with_name(f"{prete.name}.cles")
    for fichier in (seul, coupe, prete, cles):
        fichier.write_bytes(b"x")
    remise.preparer(chemin, datetime(2026, 11, 29, 12, tzinfo=UTC))
    assert sorted(tmp_path.iterdir()) == sorted([prete, cles])
