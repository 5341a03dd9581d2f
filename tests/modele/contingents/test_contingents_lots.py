"""Un fichier en morceaux : il se recolle tel quel, ou pas du tout."""

from __future__ import annotations

import os

import pytest

from modele.contingents import lots
from modele.contingents.lots import MORCEAU, Lot
from modele.dossier.documents import encoder
from modele.genres import livres

LOT = Lot("attributions", "Habitat Colombe", 2026, "attributions.csv", 120)


def garder(contenu: bytes) -> tuple[Lot, list[dict[str, object]]]:
    empreinte, morceaux = lots.decouper(contenu)
    return lots.relire(lots.champs(LOT, empreinte, len(morceaux), len(contenu))), morceaux


@pytest.mark.parametrize("taille", [0, 1, MORCEAU - 1, MORCEAU, MORCEAU + 1, 3 * MORCEAU + 7])
def test_il_se_recolle_tel_quel(taille: int) -> None:
    """Dans n'importe quel ordre d'arrivée, au milieu des morceaux d'un autre."""
    contenu = os.urandom(taille)
    lot, morceaux = garder(contenu)
    _, autres = garder(b"autre")
    assert len(morceaux) == max(1, -(-taille // MORCEAU)) == lot.tranches
    assert lots.recoller(lot, [*autres, *reversed(morceaux)]) == contenu
    assert (lot.octets, lot.sorte, lot.bailleur, lot.annee) == (taille, "attributions", "Habitat Colombe", 2026)


def test_un_morceau_passe_par_le_journal() -> None:
    """Loin du mébioctet qu'un objet peut peser au registre."""
    _, morceaux = garder(os.urandom(MORCEAU))
    assert len(encoder(morceaux[0])) < 600_000


def test_incomplet_ou_abime_il_ne_se_recolle_pas() -> None:
    """Jamais un contenu à moitié."""
    lot, morceaux = garder(os.urandom(2 * MORCEAU))
    assert lots.recoller(lot, morceaux[:1]) is None
    assert lots.recoller(lot, []) is None
    assert lots.recoller(lot, [morceaux[0], {**morceaux[1], "contenu": "pas du base64"}]) is None
    assert lots.recoller(lot, [morceaux[0], {**morceaux[1], "contenu": morceaux[0]["contenu"]}]) is None
    assert lots.recoller(lot, [morceaux[0], {**morceaux[1], "rang": -1}]) is None
    assert lots.recoller(lot, [morceaux[0], {**morceaux[1], "rang": None}]) is None
    assert lots.recoller(lot, [*morceaux, {**morceaux[1], "rang": 9}]) is not None


def test_tout_ce_qui_s_ecrit_est_du_genre() -> None:
    """Le lot, sauf ce qui le remplacera ; un morceau, en entier."""
    champs = set(livres().du("lot_attributions").inventaire.champs)
    assert set(lots.champs(LOT, "", 0, 0)) == champs - {"remplace_par"}
    assert set(garder(b"x")[1][0]) == set(livres().du("tranche_attributions").inventaire.champs)
