"""Les comptes par année et quartile, la dérive, l'effet : contre un calcul simple, ligne à ligne, sans polars."""

from __future__ import annotations

import random
import sys
from collections import Counter
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[1] / "attributions"))

from annee_engendree import LE, engendrer
from fichiers_bailleurs import attributions, logements

from modele.attributions.colonnes import FichierDe
from modele.attributions.import_bailleur import essayer
from modele.attributions.preparation import preparer
from modele.chargement import charger_regles
from modele.residences import calcul
from modele.residences import effet as effets
from modele.residences.calcul import Annee, Sens, Suivi, etablir
from modele.residences.effet import effet
from modele.residences.listes import Lieu
from modele.residences.rapprochement import rapprocher

COURS = Lieu("cours", "Résidence du Cours", "99901", legale=True)
QUARTIER = Lieu("quartier", "Quartier deux", "99902", legale=False, code_qpv="QN000002")
CODES = ("Q1", "Q2", "Q3", "Q4", "NONDOC", None)
NOMS = ("Résidence du Cours", "rés. du cours", "Le Cours neuf", "", "Tour Zénith")


def engendrees(graine: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Une année, dont une part des lignes a une résidence et un quartile, et une autre d'avant."""
    hasard = random.Random(graine)
    textes = engendrer(graine, combien=900, offerts=30)
    table, offerts = (
        essayer(texte.encode(), fichier, None, LE).table
        for texte, fichier in zip(textes, (FichierDe.ATTRIBUTIONS, FichierDe.LOGEMENTS), strict=True)
    )
    lignes = table.height
    une = table.with_columns(
        residence=pl.Series([hasard.choice(NOMS) or None for _ in range(lignes)]),
        quartile=pl.Series([hasard.choice(CODES) for _ in range(lignes)], dtype=pl.String),
    )  # fmt: skip
    jours = [pl.col(nom).dt.offset_by("-1y") for nom in ("date_caleol", "date_reponse", "date_bail")]
    avant = une.head(400).with_columns(*jours, id_attribution="V" + pl.col("id_attribution"))
    return pl.concat([une, avant]), offerts


@pytest.mark.parametrize("graine", [1, 2, 3])
def test_chaque_compte_egale_un_calcul_simple(graine: int) -> None:
    table, offerts = engendrees(graine)
    etat = etablir(table, offerts, [COURS, QUARTIER], LE)
    for annee in (2025, 2026):
        lues = preparer(table, min(LE, date(annee, 12, 31))).attribuees.to_dicts()
        lignes = [une for une in lues if une["reponse"] not in ("REFUSEE", "SANS_REPONSE")]
        assert len(lignes) < len(lues)
        for lieu in (COURS, QUARTIER):
            vu, dedans, peut_etre = etat.suivi(lieu.id).de(annee), [], 0
            for une in lignes:
                if lieu is QUARTIER:
                    y_est = une["code_qpv"] == "QN000002"
                    se_peut = une["code_insee"] == "99902" and une["en_qpv"] != "NON" and not une["code_qpv"]
                else:
                    ici = une["code_insee"] == "99901"
                    y_est = ici and une["residence"] in ("Résidence du Cours", "rés. du cours")
                    se_peut = ici and not y_est
                dedans += [une] if y_est else []
                peut_etre += se_peut and not y_est
            dits = Counter(une["quartile"] if une["quartile"] in calcul.QUARTILES else "sans" for une in dedans)
            assert vu.comptes == {part: dits[part] for part in calcul.PARTS}
            assert (vu.total, vu.peut_etre) == (len(dedans), peut_etre)
            assert vu.baux == sum(une["bail"] for une in dedans)
            assert vu.total
        assert sum(etat.ensembles[annee].values()) == len(lignes)


def test_une_offre_refusee_n_installe_personne(monkeypatch: pytest.MonkeyPatch) -> None:
    table, offerts = engendrees(4)
    avec = etablir(table, offerts, [COURS], LE).suivi("cours").de(2026).total

    class Aucune:
        refusee = sans_reponse = "?"

    monkeypatch.setattr(calcul, "droit", lambda: type("D", (), {"decisions": Aucune})())
    assert etablir(table, offerts, [COURS], LE).suivi("cours").de(2026).total > avec


def test_les_exemples_par_quartier() -> None:
    lieux = charger_regles("metropole-essai").territoire.residences.lieux
    etat = etablir(attributions(), logements(), lieux, date(2026, 11, 27))
    un = etat.suivi("quartier-un").de(2026)
    assert un.total <= 15
    assert un.part == (Fraction(un.premiers, un.total), Fraction(un.premiers + un.sans_quartile, un.total))
    verger = etat.suivi("verger-long").de(2026)
    assert (verger.total, verger.part) == (0, None)
    assert verger.peut_etre > 0
    assert etat.suivi("quartier-un").de(1999) == Annee(1999, {})


def test_la_residence_d_une_reference_se_lit_au_fichier_des_logements() -> None:
    """Une référence que deux lignes disent dans deux résidences n'en dit aucune."""
    table, offerts = engendrees(5)
    muettes = table.with_columns(residence=pl.lit(None, pl.String))
    ici = muettes.filter((pl.col("code_insee") == "99901") & (pl.col("reponse") == "ACCEPTEE")
                         & (pl.col("decision") == "ATTRIBUTION")).head(2)  # fmt: skip
    refs = ici.select("siren_bailleur", "ref_bailleur").rows()
    modele = offerts.head(1)
    dits = [(refs[0], "rés. du Cours"), (refs[1], "rés. du Cours"), (refs[1], "Tour Zénith"), (refs[1], None)]
    decrits = pl.concat([
        modele.with_columns(siren_bailleur=pl.lit(siren), ref_bailleur=pl.lit(ref), residence=pl.lit(nom, pl.String))
        for (siren, ref), nom in dits
    ])  # fmt: skip
    vu = etablir(ici, decrits, [COURS], LE).suivi("cours")
    assert sum(une.total for une in vu.annees) == 1
    assert sum(une.peut_etre for une in vu.annees) == 1


def annee(quand: int, q1: int, q2: int = 0, sans: int = 0, peut_etre: int = 0) -> Annee:
    return Annee(quand, {"Q1": q1, "Q2": q2, "Q3": 0, "Q4": 0, "sans": sans}, 0, peut_etre)


@pytest.mark.parametrize(
    ("avant", "apres", "sens"),
    [
        (annee(2025, 2, 8), annee(2026, 5, 5), Sens.MONTE),
        (annee(2025, 5, 5), annee(2026, 2, 8), Sens.BAISSE),
        (annee(2025, 5, 5), annee(2026, 1, 1), Sens.EGALE),
        (annee(2025, 2, 8), annee(2026, 1, 7, sans=4), Sens.INCONNU),
    ],
)
def test_la_derive_ne_dit_que_ce_que_ses_bornes_permettent(avant: Annee, apres: Annee, sens: Sens) -> None:
    derive = Suivi(COURS, (avant, annee(2024, 0), apres)).derive
    assert derive is not None
    assert derive.sens is sens
    assert derive.entiere
    assert (derive.avant, derive.apres) == (avant, apres)


def test_sans_deux_annees_nulle_derive_et_un_inconnu_se_dit() -> None:
    assert Suivi(COURS, (annee(2026, 3, 4),)).derive is None
    for avant, apres in ((1, 0), (0, 1)):
        derive = Suivi(COURS, (annee(2025, 1, 1, peut_etre=avant), annee(2026, 2, 1, peut_etre=apres))).derive
        assert derive is not None
        assert not derive.entiere


NOMBRE = st.integers(0, 12)


@given(NOMBRE, NOMBRE, NOMBRE, NOMBRE, NOMBRE, NOMBRE)
def test_la_derive_contient_toute_verite(a: int, b: int, c: int, d: int, e: int, f: int) -> None:
    """Quoi que vaillent les quartiles inconnus, l'écart vrai est entre les bornes, et le sens dit ne se dément pas."""
    derive = Suivi(COURS, (annee(2025, a, b, c), annee(2026, d, e, f))).derive
    if derive is None:
        assert not (a + b + c and d + e + f)
        return
    for i in range(c + 1):
        for j in range(f + 1):
            vrai = Fraction(d + j, d + e + f) - Fraction(a + i, a + b + c)
            assert derive.bas <= vrai <= derive.haut
            assert (
                derive.sens is Sens.INCONNU
                or {1: Sens.MONTE, 0: Sens.EGALE, -1: Sens.BAISSE}[(vrai > 0) - (vrai < 0)] is derive.sens
            )


def test_sept_sur_douze_ce_serait_huit_sur_treize() -> None:
    vu = effet(annee(2026, 7, 5), premier=True)
    assert (vu.avant, vu.apres, vu.sur, vu.sens) == ((7, 7), (8, 8), 12, Sens.MONTE)
    assert effet(annee(2026, 7, 5), premier=False).sens is Sens.BAISSE
    inconnu = effet(annee(2026, 7, 5), premier=None)
    assert (inconnu.apres, inconnu.sens) == ((7, 8), Sens.INCONNU)
    assert effet(annee(2026, 0), premier=True).sens is Sens.INCONNU
    assert effet(annee(2026, 5), premier=True).sens is Sens.EGALE
    assert effet(annee(2026, 4, 0, sans=1), premier=True).sens is Sens.INCONNU
    assert effet(annee(2026, 1, 1, peut_etre=9), premier=True).peut_etre == 9


def verifier_l_effet(a: int, b: int, c: int, premier: bool | None) -> None:
    vu = effets.effet(annee(2026, a, b, c), premier)
    for i in range(c + 1):
        for venu in (True, False) if premier is None else (premier,):
            assert vu.avant[0] <= a + i <= vu.avant[1]
            assert vu.apres[0] <= a + i + venu <= vu.apres[1]
            if vu.sens is not Sens.INCONNU:
                ecart = Fraction(a + i + venu, vu.sur + 1) - Fraction(a + i, vu.sur)
                assert vu.sens is {1: Sens.MONTE, 0: Sens.EGALE, -1: Sens.BAISSE}[(ecart > 0) - (ecart < 0)]


@given(NOMBRE, NOMBRE, NOMBRE, st.sampled_from([True, False, None]))
def test_l_effet_contient_toute_verite(a: int, b: int, c: int, premier: bool | None) -> None:
    verifier_l_effet(a, b, c, premier)


def test_le_mutant_pour_qui_inconnu_est_non_se_voit(monkeypatch: pytest.MonkeyPatch) -> None:
    vrai = effets.effet

    def faux(une: Annee, premier: bool | None) -> Any:
        return vrai(une, bool(premier))

    monkeypatch.setattr(effets, "effet", faux)
    with pytest.raises(AssertionError):
        verifier_l_effet(7, 5, 0, premier=None)


def test_le_mutant_qui_oublie_les_non_reconnues_se_voit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calcul, "_peut_y_etre", lambda _placee, _lieu: False)
    with pytest.raises(AssertionError):
        test_chaque_compte_egale_un_calcul_simple(1)


def test_une_ligne_reconnue_ailleurs_n_est_plus_peut_etre_ici() -> None:
    ligne = {"residence": "Résidence du Cours", "code_insee": "99901", "code_qpv": None, "en_qpv": "NON"}
    autre = Lieu("autre", "Le Pré", "99901", legale=True)
    placee = calcul._Placee(ligne, rapprocher(ligne, [COURS, autre]))
    assert not calcul._peut_y_etre(placee, autre)


def test_une_residence_d_un_quartier_se_compte_dans_les_deux() -> None:
    """Ce qui est dans l'un et dans l'autre se dit : la publication l'en soustrait."""
    table, offerts = engendrees(6)
    ici = table.filter(pl.col("code_insee") == "99901").with_columns(code_qpv=pl.lit("QN000001"), en_qpv=pl.lit("OUI"))
    quartier = Lieu("quartier", "Quartier un", "99901", legale=False, code_qpv="QN000001")
    etat = etablir(ici, offerts, [COURS, quartier], LE)
    assert set(etat.communs) == {(annee, "cours", "quartier") for annee in (2025, 2026)}
    for (quand, _, _), comptes in etat.communs.items():
        assert comptes == etat.suivi("cours").de(quand).comptes
        assert etat.suivi("quartier").de(quand).total > sum(comptes.values()) > 0
