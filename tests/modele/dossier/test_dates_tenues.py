"""Les échéances que le document dit seul : aucune ne manque, aucune ne s'invente."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from modele.bilan import charger_regles, etablir
from modele.dossier.dates_tenues import (
    DateTenue,
    Nature,
    attend_une_reponse,
    dates_tenues,
    declarees,
    lire_declarees,
)
from modele.regles.fautes import FichierFautif
from modele.regles.lecture import lire_texte

JOUR = date(2026, 11, 18)
VOIE = "fsl"


def suite(**champs: Any) -> dict[str, Any]:
    return {"suites": {"elements": {"s": {"orientation": VOIE, **champs}}, "ordre": ["s"]}}


def test_une_reponse_attendue() -> None:
    (tenue,) = dates_tenues(suite(faite_le="2026-11-18", attendue_le="2026-11-25"))
    assert tenue == DateTenue(Nature.REPONSE, "reponse:s", date(2026, 11, 25), depuis=JOUR, objet=VOIE)


def test_sans_jour_dit_elle_est_attendue_des_le_lendemain() -> None:
    (tenue,) = dates_tenues(suite(faite_le="2026-11-18"))
    assert tenue.le == JOUR + timedelta(1)
    assert dates_tenues(suite()) == ()
    assert dates_tenues(suite(faite_le="9999-12-31")) == ()


def test_une_orientation_qui_expire() -> None:
    tenues = dates_tenues(suite(faite_le="2026-11-18", expire_le={"entre": ["2027-02-01", "2027-02-28"]}))
    (expire,) = [une for une in tenues if une.nature is Nature.EXPIRATION]
    assert (expire.le, expire.fin, expire.objet) == (date(2027, 2, 1), date(2027, 2, 28), VOIE)


@pytest.mark.parametrize("venu", [{"issue": "acceptee"}, {"reponse": "place pour deux"}])
def test_ce_qui_est_venu_n_attend_plus(venu: dict[str, str]) -> None:
    assert dates_tenues(suite(faite_le="2026-11-18", expire_le="2027-01-01", **venu)) == ()
    assert not attend_une_reponse({"orientation": VOIE, **venu})
    assert not attend_une_reponse({"faite_le": "2026-11-18"})


@pytest.mark.parametrize("illisible", ["18/11/2026", 3, {"refus": True}, {"entre": ["2026"]}, None])
def test_une_date_qui_ne_se_lit_pas_ne_dit_rien(illisible: Any) -> None:
    assert dates_tenues({"protection": {"ordonnance_fin": illisible}}) == ()


def test_la_fin_d_une_ordonnance() -> None:
    (tenue,) = dates_tenues({"protection": {"ordonnance_fin": "2027-03-01"}})
    assert (tenue.nature, tenue.le, tenue.fin) == (Nature.ORDONNANCE, date(2027, 3, 1), None)


def test_une_demande_radiee_ne_se_renouvelle_pas() -> None:
    demande = {"date_reception": "2025-12-01"}
    assert [une.le for une in dates_tenues({"demande": demande})] == [date(2026, 12, 1)]
    assert dates_tenues({"demande": demande | {"radiee": True}}) == ()


_DATES = st.dates(date(2015, 1, 1), date(2035, 1, 1)).map(date.isoformat)


@given(recue=_DATES, renouvelee=st.none() | _DATES)
@settings(max_examples=15)
def test_le_renouvellement_est_celui_du_bilan(recue: str, renouvelee: str | None) -> None:
    """Deux chemins, une seule date : l'index et le bilan ne peuvent pas se contredire."""
    demande = {"deja_enregistree": True, "date_reception": recue, "jamais_renouvelee": renouvelee is None}
    demande |= {"date_renouvellement": renouvelee} if renouvelee else {}
    document = {"id": "d", "territoire": "metropole-exemple", "demande": demande}
    fait = etablir(charger_regles("metropole-exemple"), document, JOUR, exacte=False).situation
    assert [une.le for une in dates_tenues(document)] == [fait.etat("fin_validite_demande").valeur]


def test_toute_sorte_est_declaree() -> None:
    assert set(declarees()) == set(Nature)
    assert declarees()[Nature.RENOUVELLEMENT].rappels == (90, 60, 30)


@pytest.mark.parametrize(
    ("texte", "faute"),
    [
        ('[[echeance]]\nid = "reponse"\nlibelle = "x"\nrappels = [0]', "il manque : expiration"),
        ('[[echeance]]\nid = "reponse"\nlibelle = "x"\nrappels = [0]', "report_au_plus"),
        ('report_au_plus = 0\n[[echeance]]\nid = "reponse"\nlibelle = "x"\nrappels = [0]', "1 ou plus"),
        ('[[echeance]]\nid = "noel"\nlibelle = "x"\nrappels = [0]', "attendu : reponse"),
        ('[[echeance]]\nid = "reponse"\nlibelle = "x"\nrappels = [-1]', "des nombres de jours"),
        ('[[echeance]]\nid = "reponse"\nlibelle = "x"\nrappels = []', "des nombres de jours"),
    ],
)
def test_un_fichier_fautif_se_dit(texte: str, faute: str) -> None:
    with pytest.raises(FichierFautif, match=faute):
        lire_declarees(lire_texte(f"format = 1\n{texte}\n", "echeances.toml"))


def test_rien_de_ce_qui_compte_ou_attribue_ne_lit_les_suites() -> None:
    """Ni fait, ni note, ni voie : le suivi d'une orientation ne sert qu'à qui la suit (norme de sûreté, § 2)."""
    regles = charger_regles("metropole-exemple")
    assert not [nom for nom, fait in regles.catalogue.items() for lu in (nom, *fait.champs) if lu.startswith("suites")]
