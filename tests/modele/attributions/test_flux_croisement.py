"""Commune et public croisés : contre un calcul simple, sur une année engendrée ; et ce qui s'en tait."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from annee_engendree import LE, engendrer
from calcul_simple import categorie, comptees, signee
from fichiers_bailleurs import aucun_logement, des_attributions, lire

from modele.attributions import croisement, dus
from modele.attributions.colonnes import FichierDe
from modele.attributions.conventions import Convention, Prevision, UniteDeDecompte
from modele.attributions.croisement import publier_croisements
from modele.attributions.etat import EtatDuFlux, etat_du_flux
from modele.chiffres import Diffusion, Tableau

PUBLICS = {"dalo": Decimal(25), "prioritaires": Decimal("12.5"), "autres": Decimal(40)}
JUIN = date(2026, 6, 30)
METROPOLE = "Métropole d'ici"


def conventions() -> list[Convention]:
    """La métropole chez trois bailleurs : chacune son unité, une sans objectif ; et celle d'une commune."""
    communs: dict[str, Any] = {"reservataire": METROPOLE, "categorie": "metropole", "perimetre": "999999999"}
    communs |= {"annee": 2026, "taux": Decimal(8)}
    return [
        Convention(siren_bailleur="000000001", publics=PUBLICS, **communs),
        Convention(
            siren_bailleur="000000002", publics={"dalo": Decimal(50)}, unite_de_decompte=UniteDeDecompte.BAIL, **communs
        ),
        Convention(siren_bailleur="000000003", **communs),
        Convention(
            **communs | {"reservataire": "Commune 7", "categorie": "communes", "perimetre": "99907"},
            siren_bailleur="000000001", publics=PUBLICS,
        ),
    ]  # fmt: skip


def previsions() -> list[Prevision]:
    """Par commune, sauf une : là, ce qui est dû ne se sait pas."""
    return [
        Prevision(
            siren_bailleur=f"00000000{bailleur}", annee=2026, code_insee=f"999{commune:02}",
            remises_en_location=100 + commune, premieres_mises=9, hors_flux={"MUTATION": commune},
        )
        for bailleur in (1, 2)
        for commune in range(1, 37)
    ]  # fmt: skip


def etat(le: date) -> EtatDuFlux:
    attributions, logements = engendrer()
    tables = lire(attributions, jour=LE).table, lire(logements, FichierDe.LOGEMENTS, LE).table
    return etat_du_flux(*tables, le, conventions(), previsions())


def public_de(une: dict[str, str]) -> str:
    return "dalo" if une["dalo"] == "OUI" else "prioritaires" if une["priorite_l441_1"] else "autres"


def attendues(le: date) -> dict[tuple[str, str, str, str], tuple[Any, ...]]:
    """Par réservataire, bailleur, commune et public : annuel, dû, fait, retard. Des boucles sur le CSV."""
    faits: dict[bool, Counter[tuple[str, str, str, str]]] = {False: Counter(), True: Counter()}
    for une in comptees(engendrer()[0], le):
        if une["hors_flux"] == "NON" and categorie(une) in ("metropole", "communes"):
            cle = une["reservataire"], une["siren_bailleur"], une["code_insee"], public_de(une)
            faits[False][cle] += 1
            faits[True][cle] += signee(une, le)
    vues: dict[tuple[str, str, str, str], tuple[Any, ...]] = {}
    for convention in conventions():
        bail = convention.unite_de_decompte is UniteDeDecompte.BAIL
        qui = convention.reservataire, convention.siren_bailleur
        siennes = {cle for cle in faits[False] if cle[:2] == qui and convention.perimetre in ("999999999", cle[2])}
        connues = {une.code_insee: une for une in previsions() if une.siren_bailleur == convention.siren_bailleur}
        prevues = [convention.perimetre] if convention.perimetre in connues else list(connues)
        for commune in {*prevues, *(cle[2] for cle in siennes)}:
            for public, objectif in convention.publics.items():
                cle = (*qui, commune, public)
                fait, prevue = faits[bail][cle], connues.get(commune)
                if prevue is None:
                    vues[cle] = None, None, fait, None
                    continue
                assiette = prevue.remises_en_location - prevue.hors_flux["MUTATION"]
                annuel = Fraction(8, 100) * assiette * Fraction(objectif) / 100
                du = annuel * le.timetuple().tm_yday // 365
                vues[cle] = annuel, du, fait, max(0, du - fait)
    return vues


def lues(etat: EtatDuFlux) -> dict[tuple[str, str, str, str], tuple[Any, ...]]:
    return {
        (une.convention.reservataire, une.convention.siren_bailleur, une.code_insee, une.public): (
            une.annuel, une.a_date, une.fait, une.retard,
        )
        for croise in etat.croisements
        for une in croise.lignes
    }  # fmt: skip


@pytest.mark.parametrize("le", [JUIN, LE], ids=["juin", "novembre"])
def test_l_annee_croisee_egale_un_calcul_simple(le: date) -> None:
    vues = lues(etat(le))
    assert vues == attendues(le)
    assert len(vues) > 150
    assert any(un[2] for un in vues.values())
    assert any(un[0] is None for un in vues.values())
    assert any(un[3] for un in vues.values())


def test_ses_marges_sont_celles_des_lignes_simples() -> None:
    """Ce qui est fait, réuni par commune ou par public, est ce que disent les lignes simples."""
    vu = etat(LE)
    for croise in vu.croisements:
        convention = croise.lignes[0].convention
        siennes = [une for une in vu.dus if une.convention == convention]
        for une in siennes:
            compte = sum(
                n for (ou, quel), n in croise.faits.items() if une.code_insee in ("", ou) and une.public in ("", quel)
            )
            assert compte == une.fait, une


def test_la_formule_se_suit_jusqu_a_l_objectif() -> None:
    une = next(une for une in etat(LE).croisements[0].lignes if une.code_insee == "99907" and une.public == "dalo")
    assert [str(un) for un in une.etapes] == [
        "Assiette du flux : 107 − 7 (mutations internes au bailleur) = 100",
        "Part ici : 8 % × 100 = 8",
        "Objectif : Reconnus prioritaires (DALO) : 25 % × 8 = 2",
    ]


def test_une_convention_sans_objectif_ne_se_croise_pas() -> None:
    assert [croise.lignes[0].convention.siren_bailleur for croise in etat(LE).croisements] == [
        "000000001", "000000002", "000000001",
    ]  # fmt: skip


# Le masque.


def exemple() -> EtatDuFlux:
    """Douze ordinaires et deux DALO dans une commune, huit et sept dans l'autre."""
    communs = {"date_caleol": "10/03/2026"}
    lignes = [communs | {"dalo": "OUI" if n < 2 else "NON"} for n in range(14)]
    lignes += [communs | {"dalo": "OUI" if n < 7 else "NON", "code_insee": "99902"} for n in range(15)]
    convention = Convention(
        reservataire="Commune de Vallebrume", categorie="communes", siren_bailleur="000000001", perimetre="99",
        annee=2026, taux=Decimal(12), publics={"dalo": Decimal(25), "autres": Decimal(50)},
    )  # fmt: skip
    return etat_du_flux(des_attributions(*lignes), aucun_logement(), JUIN, [convention], [])


def tues(diffusion: Diffusion | None) -> set[tuple[str, str]]:
    publiees = publier_croisements(exemple().croisements, diffusion)
    assert len(publiees) == 4
    return {(une.ligne.code_insee, une.ligne.public) for une in publiees if une.tue}


def verifier_que_le_masque_tient() -> None:
    """Deux se tait ; ses marges se lisant ailleurs, ses voisines de ligne et de colonne se taisent avec."""
    assert tues(None) == set()
    assert tues(Diffusion.PARTENAIRES) == {
        ("99901", "dalo"), ("99901", "autres"), ("99902", "dalo"), ("99902", "autres"),
    }  # fmt: skip


def test_une_petite_case_se_tait_avec_ce_qui_la_rendrait() -> None:
    verifier_que_le_masque_tient()


def test_ce_qui_est_tu_ne_sort_pas_de_la_piece() -> None:
    """Ni fait, ni retard, ni projection : l'écran ne peut pas le montrer par mégarde. Ce qui est dû reste."""
    for une in publier_croisements(exemple().croisements, Diffusion.PUBLIC):
        assert une.tue
        assert (une.ligne.fait, une.ligne.retard, une.ligne.projete, une.retard) == (0, None, 0, 0)
    (nue, *_) = publier_croisements(etat(LE).croisements, None)
    assert nue.retard == (nue.ligne.retard or 0)


# Les mutants.


def test_mutant_l_unite_oubliee_se_voit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dus, "_compte_du_public", lambda un, unite: un.attribues)
    assert lues(etat(LE)) != attendues(LE)


@pytest.mark.parametrize("mutant", ["sans masque", "marges ignorées"])
def test_mutant_un_masque_qui_fuit_se_voit(monkeypatch: pytest.MonkeyPatch, mutant: str) -> None:
    if mutant == "sans masque":
        monkeypatch.setattr(croisement, "masquer_pour", lambda tableau, diffusion: frozenset())
    else:
        monkeypatch.setattr(croisement, "_sommer", lambda *_, **__: None)
        monkeypatch.setattr(Tableau, "sommer", lambda *_: None)
    with pytest.raises(AssertionError):
        verifier_que_le_masque_tient()
