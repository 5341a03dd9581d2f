"""Ce qui s'offre à l'impression : une seule décision, pour l'écran comme pour la commande."""

from __future__ import annotations

import sys
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "ui" / "ecrans"))
from dossiers_ecran import heberge

from impressions.depuis_bilan import donnees
from impressions.document import composer
from impressions.offres import NEUTRE, offres, tout_ce_qu_il_faut
from modele.bilan import Bilan, Regles, charger_regles, etablir
from modele.regles.fautes import ErreurUtilisateur

JOUR = date(2026, 11, 23)
DISCRET: dict[str, Any] = {"protection": {"discret": True}}
VOULUE: dict[str, Any] = {"protection": {"discret": True, "fiche_souhaitee": True}}


@cache
def regles(territoire: str) -> Regles:
    return charger_regles(territoire)


def bilan(territoire: str = "metropole-exemple", **reponses: Any) -> Bilan:
    return etablir(regles(territoire), heberge(**reponses), JOUR)


@pytest.mark.parametrize(
    "fait",
    [
        bilan(),
        bilan("clermont-auvergne-metropole"),
        bilan(**DISCRET),
        bilan(**VOULUE),
        bilan(protection={"fiche_souhaitee": True}),
    ],
    ids=["ordinaire", "sans grille", "discret", "discret, feuille voulue", "feuille voulue"],
)
def test_ce_qui_s_offre_se_compose_et_le_reste_non(fait: Bilan) -> None:
    """L'écran n'offre rien que la commande refuserait ; il ne tait que la feuille réservée pas encore voulue."""
    offertes = {offre.id for offre in offres(fait)}
    for fiche in fait.regles.fiches.disponibles():
        if fiche.id in offertes:
            assert composer(fiche.id, donnees(fait)).startswith(b"%PDF")
        elif not fiche.surete.discret:
            with pytest.raises(ErreurUtilisateur, match=fiche.id):
                composer(fiche.id, donnees(fait))


def test_une_feuille_reservee_ne_s_offre_que_voulue() -> None:
    """Personne ne repart avec une feuille qu'il n'a pas demandée."""
    assert NEUTRE not in {offre.id for offre in offres(bilan())}
    assert offres(bilan(**DISCRET)) == ()
    assert [offre.id for offre in offres(bilan(**VOULUE))] == [NEUTRE]
    assert (tout_ce_qu_il_faut(bilan(**DISCRET)), tout_ce_qu_il_faut(bilan(**VOULUE))) == ((), (NEUTRE,))


def test_la_note_ne_s_offre_que_calculee() -> None:
    """Sans grille, ni offerte, ni dans « tout ce qu'il faut »."""
    sans = bilan("clermont-auvergne-metropole")
    assert "cotation" not in {offre.id for offre in offres(sans)}
    assert "cotation" not in tout_ce_qu_il_faut(sans)
    assert "cotation" in tout_ce_qu_il_faut(bilan())


def test_les_fiches_des_voies_retenues_d_abord() -> None:
    """Ce que la situation demande est en tête, et se dit proposé."""
    fait = bilan(triage={"toit_ce_soir": "non", "enfant_avec": True})
    premieres = [offre.id for offre in offres(fait) if offre.proposee]
    assert premieres == [offre.id for offre in offres(fait)][: len(premieres)]
    assert "115" in premieres
