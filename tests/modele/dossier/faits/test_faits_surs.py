"""La sûreté de tous les faits dérivés : oublier une réponse n'exclut jamais la vérité."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from outils_sources import catalogue_derive, deriver
from tirages_faits import JOUR, PLAFONDS, Monde, avec_oublis, calculer, mondes

from modele.regles.etats import SANS_OBJET, Enumere, Etat, Intervalle, connu, partiel
from modele.regles.faits import TypeFait
from modele.regles.parametres import DeclarationParametre, LigneParametre, resoudre


def admet(etat: Etat, vrai: Etat) -> bool:
    """La vérité (une valeur, ou pas d'objet) est-elle encore possible ?"""
    if not etat.ouvert:
        return etat == vrai
    if vrai == SANS_OBJET:
        return etat.peut_etre_sans_objet
    match etat.domaine:
        case Enumere(possibles):
            return vrai.valeur in possibles
        case Intervalle(bas, haut):
            return bas <= vrai.valeur <= haut  # type: ignore[operator]
        case _:
            return True


@pytest.fixture(scope="module")
def parametres(parametres_nationaux: dict[str, DeclarationParametre]) -> dict[str, DeclarationParametre]:
    """Le droit national, un délai local par population et typologie, et un seuil de quartile."""
    delai = parametres_nationaux["delai_anormalement_long_mois"]
    lignes = (
        LigneParametre(30, dimensions={"population": ("primo",), "typologie": ("chambre", "T1", "T2", "T3")}),
        LigneParametre(24, dimensions={"population": ("primo",), "typologie": ("T4", "T5", "T6P")}),
        LigneParametre(60, dimensions={"population": ("mutation",)}),
    )
    quartile = parametres_nationaux["premier_quartile_annuel"]
    return parametres_nationaux | {
        delai.id: DeclarationParametre(delai.id, delai.type, valeurs=lignes),
        quartile.id: DeclarationParametre(quartile.id, quartile.type, valeurs=(LigneParametre(Decimal(9000)),)),
    }


# Ceux-là parlent de ce qui est dit : oublier une réponse les change.
DE_CE_QUI_EST_DIT = ("demande_connue", "attestation_attendue", "dalo_tribunal_saisi", "daho_tribunal_saisi")


# Réduire un contre-exemple de cent réponses prend des minutes ; son message nomme déjà le fait fautif.
@settings(max_examples=60, suppress_health_check=list(HealthCheck), deadline=None, phases=[Phase.generate])
@given(avec_oublis(), st.booleans())
def test_oublier_une_reponse_n_exclut_jamais_la_verite(
    parametres: dict[str, DeclarationParametre], couple: tuple[Monde, Monde], plafonds_connus: bool
) -> None:
    vrai, su = couple
    territoire = {nom: connu(12_000 + 3_000 * rang) for rang, nom in enumerate(PLAFONDS)}
    attendus = calculer(vrai, parametres, territoire)
    obtenus = calculer(su, parametres, territoire if plafonds_connus else {})
    for nom, etat in attendus.faits.items():
        if not etat.ouvert and nom not in DE_CE_QUI_EST_DIT:
            assert admet(obtenus.faits[nom], etat), f"{nom} : {etat} exclu par {obtenus.faits[nom]}"


@settings(max_examples=60, suppress_health_check=list(HealthCheck), deadline=None)
@given(mondes())
def test_un_fait_connu_respecte_le_type_et_les_bornes_qu_il_declare(
    parametres: dict[str, DeclarationParametre], monde: Monde
) -> None:
    types = {TypeFait.BOOLEEN: bool, TypeFait.ENTIER: int, TypeFait.DECIMAL: Decimal, TypeFait.CHOIX: str}
    rendus = calculer(monde, parametres, {})
    tables = [rendus.faits, *rendus.personnes]
    for nom, etat in [couple for table in tables for couple in table.items()]:
        fait = catalogue_derive()[nom]
        if etat.connu:
            assert isinstance(etat.valeur, types.get(fait.type, date)), nom
            assert fait.minimum is None or fait.minimum <= etat.valeur, nom  # type: ignore[operator]
            assert fait.maximum is None or etat.valeur <= fait.maximum, nom  # type: ignore[operator]
            assert not fait.codes or etat.valeur in fait.codes, nom


@given(st.dates(date(2015, 1, 1), JOUR), st.integers(0, 60))
def test_une_date_connue_a_un_mois_pres_donne_une_anciennete_en_intervalle(
    parametres: dict[str, DeclarationParametre], debut: date, ecart: int
) -> None:
    fin = min(JOUR, debut + timedelta(days=ecart))
    su = partiel(Intervalle(debut, fin)) if fin > debut else connu(debut)
    rendus = deriver({"demande.date_reception": su}, [], JOUR, {}, lambda d: resoudre([parametres], JOUR, d))
    etat = rendus.faits["anciennete_mois"]
    if etat.connu:
        return
    assert isinstance(etat.domaine, Intervalle)
    assert 0 < int(str(etat.domaine.maximum)) - int(str(etat.domaine.minimum)) <= ecart // 28 + 1
