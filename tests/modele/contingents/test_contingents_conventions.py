"""Une convention tenue : elle se relit comme elle s'écrit, et ce qui manque se dit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from outils_contingents import NUE

from modele.attributions.colonnes import FichierDe
from modele.attributions.conventions import UniteDeDecompte
from modele.attributions.droit import droit
from modele.contingents import conventions
from modele.contingents.conventions import ATTENDUS, PUBLICS, ConventionTenue
from modele.dossier.chemins import ABSENT, poser
from modele.dossier.nomenclatures import nationales
from modele.dossier.operations import en_json
from modele.genres import livres

PLEINE = replace(
    NUE,
    siren="000000001",
    taux=Decimal("11.63"),
    base="remises en location de l'année",
    assiette=244,
    deductions=("mutation",),
    publics=("dalo", "prioritaires"),
    publics_dits="et les femmes",
    objectifs={"dalo": Decimal(25)},
    signee_le=date(2024, 6, 7),
    a_revoir_le=date(2026, 12, 1),
    fin_le=date(2027, 6, 7),
    unite="attribue",
    premieres=False,
    source="convention signée",
)


def document(convention: ConventionTenue) -> dict[str, Any]:
    rendu: dict[str, Any] = {}
    for chemin, valeur in conventions.champs(convention).items():
        rendu = rendu if valeur is ABSENT else poser(rendu, chemin, en_json(valeur))
    return rendu


@pytest.mark.parametrize("convention", [NUE, PLEINE], ids=["nue", "pleine"])
def test_elle_se_relit_comme_elle_s_ecrit(convention: ConventionTenue) -> None:
    """Ce qu'elle ne dit pas n'est pas écrit, et se relit absent : jamais zéro, jamais non."""
    assert conventions.relire(document(convention)) == convention


def test_tout_ce_qui_s_ecrit_est_du_genre() -> None:
    """Chaque chemin est déclaré, et chaque champ déclaré s'écrit ; les codes sont ceux des nomenclatures."""
    assert set(conventions.champs(NUE)) == set(livres().du("convention_reservation").inventaire.champs)
    assert set(ATTENDUS) <= set(conventions.champs(NUE))
    assert tuple(nationales()["public_de_convention"].codes) == PUBLICS


def test_les_codes_sont_ceux_du_droit() -> None:
    """Ce qu'on saisit se calcule : mêmes réservataires, mêmes déductions, mêmes unités, mêmes publics."""
    regles, codes = droit(), {nom: set(nationales()[nom].codes) for nom in nationales()}
    assert codes["reservataire_de_convention"] == {un.id for un in regles.reservataires.values() if not un.non_reserve}
    assert codes["deduction_du_flux"] == {un.lower() for un in regles.hors_flux}
    assert codes["unite_de_decompte"] == set(UniteDeDecompte)
    assert set(regles.publics) - {"autres"} <= codes["public_de_convention"]
    assert codes["fichier_de_bailleur"] == set(FichierDe)


def test_ce_qu_il_faut_pour_compter_le_flux() -> None:
    """Sans taux ou sans SIREN, rien ; sans unité dite, l'attribution (R441-2-9) ; les publics que le flux compte."""
    rendue = conventions.pour_le_flux(replace(PLEINE, unite="", objectifs={"dalo": Decimal(25), "salarie": Decimal(5)}))
    assert rendue is not None
    assert rendue.cle == ("Métropole d'exemple", "metropole", "000000001", "999999999", 2026)
    assert (rendue.taux, rendue.unite_de_decompte) == (Decimal("11.63"), UniteDeDecompte.ATTRIBUE)
    assert rendue.publics == {"dalo": Decimal(25)}
    assert conventions.pour_le_flux(replace(PLEINE, taux=None)) is None
    assert conventions.pour_le_flux(replace(PLEINE, siren="")) is None


def test_ce_que_les_conventions_disent_du_flux_de_leur_bailleur() -> None:
    """Par bailleur, année et commune ; deux nombres différents n'en font aucun, une retirée n'en dit rien."""
    commune = replace(PLEINE, ou="commune", code="99X01", assiette=40)
    dites = conventions.previsions([PLEINE, replace(PLEINE, sorte="communes"), commune, replace(PLEINE, siren="")])
    assert [(une.siren_bailleur, une.code_insee, une.remises_en_location) for une in dites] == [
        ("000000001", "", 244), ("000000001", "99X01", 40),
    ]  # fmt: skip
    assert conventions.previsions([PLEINE, replace(PLEINE, sorte="communes", assiette=245)]) == ()
    assert conventions.previsions([replace(PLEINE, assiette=None), replace(PLEINE, retiree_le=date(2026, 1, 2))]) == ()


def test_ce_qui_manque_se_dit_dans_l_ordre() -> None:
    """D'une convention connue par sa seule date, tout le reste manque."""
    assert conventions.manques(PLEINE) == ()
    assert conventions.manques(NUE) == ATTENDUS
    assert conventions.manques(replace(NUE, signee_le=date(2024, 6, 7))) == tuple(
        un for un in ATTENDUS if un != "signee_le"
    )
    # Faux se dit : les premières mises en location n'y sont pas, on le sait.
    assert "premieres_mises_en_location" not in conventions.manques(replace(NUE, premieres=False))


def test_ce_qui_est_mal_ecrit_ailleurs_se_lit_comme_absent() -> None:
    """Une forme inattendue ne fait rien tomber."""
    lue = conventions.relire(
        {
            "reservataire": {"sorte": 3, "nom": None},
            "annee": True,
            "taux": "douze",
            "assiette": "244",
            "publics": "dalo",
            "deductions": [1, "mutation"],
            "signee_le": "hier",
            "fin_le": 2026,
            "premieres_mises_en_location": "oui",
            "objectifs": {"dalo": False},
        }
    )
    assert lue == ConventionTenue("", "", "", "", "", 0, deductions=("mutation",))
    assert not lue.complete


@pytest.mark.parametrize("sans", ["sorte", "reservataire", "bailleur", "ou", "code"])
def test_sa_cle_est_entiere(sans: str) -> None:
    """Sans l'un de ces cinq, ou sans année, on ne la distingue pas."""
    assert NUE.complete
    assert not replace(NUE, **{sans: ""}).complete  # type: ignore[arg-type]
    assert not replace(NUE, annee=0).complete
