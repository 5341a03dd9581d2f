"""Dire un fait : valeur, ce qui reste possible, ou pourquoi on ne sait pas."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from outils_sources import catalogue_brut

from modele.dossier.faits_bruts import nomenclatures_des_faits
from modele.dossier.nomenclatures import nationales
from modele.mots.ecriture import dire_date, dire_nombre
from modele.mots.faits import dire_etat, dire_valeur
from modele.regles.etats import INCONNU, REFUSE, SANS_OBJET, Enumere, Etat, Intervalle, Parties, connu, partiel
from modele.regles.faits import Fait, TypeFait

MOIS = Fait("n", TypeFait.ENTIER, unite="mois")
TAUX = Fait("t", TypeFait.DECIMAL, unite="%")
NU = Fait("x", TypeFait.DECIMAL)
JOUR = Fait("j", TypeFait.DATE)
OUI = Fait("b", TypeFait.BOOLEEN)
CHOIX = Fait("local.choix", TypeFait.CHOIX, codes=("un_code", "autre"))
CASES = Fait("local.cases", TypeFait.ENSEMBLE, codes=("un_code", "autre"))
STATUT = catalogue_brut()["logement_actuel.statut"]


@pytest.mark.parametrize(
    ("fait", "valeur", "dite"),
    [
        (OUI, True, "oui"),
        (OUI, False, "non"),
        (JOUR, date(2026, 3, 2), "02/03/2026"),
        (MOIS, 12, "12 mois"),
        (TAUX, Decimal("33.50"), "33,5\u202f%"),
        (NU, Decimal("1234567.80"), "1\u202f234\u202f567,8"),
        (CHOIX, "un_code", "un code"),
        (CASES, frozenset({"autre", "un_code"}), "un code, autre"),
        (CASES, frozenset(), "aucun"),
    ],
)
def test_une_valeur_connue(fait: Fait, valeur: Any, dite: str) -> None:
    """Un booléen n'est pas un nombre ; les cases suivent l'ordre de la liste."""
    assert dire_valeur(fait, valeur) == dite
    assert dire_etat(fait, connu(valeur)) == dite


@pytest.mark.parametrize(
    ("fait", "etat", "dit"),
    [
        (MOIS, INCONNU, "pas encore demandé"),
        (MOIS, REFUSE, "ne souhaite pas répondre"),
        (MOIS, SANS_OBJET, "sans objet"),
        (MOIS, partiel(Enumere((3, 6))), "3 mois ou 6 mois"),
        (MOIS, partiel(Intervalle(3, 6)), "entre 3 mois et 6 mois"),
        (MOIS, partiel(Intervalle(3, None)), "au moins 3 mois"),
        (MOIS, partiel(Intervalle(None, 6)), "au plus 6 mois"),
        (MOIS, partiel(Intervalle(0, 6)), "entre 0 mois et 6 mois"),
        (MOIS, partiel(Intervalle(None, None)), "pas encore demandé"),
        (JOUR, partiel(Intervalle(date(2026, 3, 1), date(2026, 3, 31))), "entre 01/03/2026 et 31/03/2026"),
        (CASES, partiel(Parties(frozenset({"autre"}), frozenset({"un_code"}))), "autre (liste à compléter)"),
        (CASES, partiel(Parties(frozenset(), frozenset({"un_code"}))), "pas encore demandé"),
    ],
)
def test_ce_qui_reste_possible(fait: Fait, etat: Etat, dit: str) -> None:
    """Inconnu, refusé, sans objet, en partie connu : cinq choses, cinq mots ; zéro est une borne."""
    assert dire_etat(fait, etat) == dit


@pytest.mark.parametrize(
    ("nombre", "dit"),
    [
        (0, "0"),
        (100, "100"),
        (-1200, "\u22121\u202f200"),
        (Decimal("10.00"), "10"),
        (Decimal("1E+3"), "1\u202f000"),
        (Decimal("0.050"), "0,05"),
    ],
)
def test_un_nombre_a_la_francaise(nombre: Any, dit: str) -> None:
    """Virgule, espace fine, zéros inutiles ôtés ; jamais de notation scientifique ; 100 garde ses zéros."""
    assert dire_nombre(nombre) == dit


def test_une_date_sur_deux_deux_quatre() -> None:
    assert dire_date(date(987, 1, 2)) == "02/01/0987"


def test_un_code_prend_le_libelle_de_sa_liste() -> None:
    """Le libellé officiel, sur le foyer comme sur une personne ; un code que la liste n'a pas reste lisible."""
    liste = nationales()[nomenclatures_des_faits()["logement_actuel.statut"]]
    assert dire_valeur(STATUT, "sans_abri") == liste.codes["sans_abri"].libelle
    assert dire_valeur(STATUT, "code_ancien") == "code ancien"
    for debut in ("demandeur.", "codemandeur.", "personne."):
        assert nomenclatures_des_faits()[f"{debut}nationalite"] == nomenclatures_des_faits()["demandeur.nationalite"]
