"""Le titre de séjour livré : trois cas, trois voies ; « sans titre » n'est jamais écrit ni déduit."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import Any

import pytest

from modele.bilan import Bilan, etablir
from modele.chargement import Regles, charger_regles
from modele.orientation.resultat import Voie
from ressources import RESSOURCES

JOUR = date(2026, 11, 29)
VALABLE = "Votre titre est valable aujourd'hui"
A_VERIFIER = "« Ce papier n'est pas dans la liste que j'ai. Je vérifie avant de dire non. »"
TROIS = {"titre-sejour", "titre-sejour-expire", "titre-sejour-a-verifier", "titre-sejour-valable"}


@cache
def regles() -> Regles:
    return charger_regles("metropole-exemple")


def bilan(**demandeur: Any) -> Bilan:
    document = {
        "id": "x",
        "territoire": "metropole-exemple",
        "demandeur": {"nationalite": "hors_union_europeenne", **demandeur},
    }
    return etablir(regles(), document, JOUR)


def retenues(un: Bilan) -> dict[str, Voie]:
    return {voie.id: voie for voie in un.voies_retenues}


def dits(un: Bilan) -> str:
    return "\n".join(dit for voie in un.voies for dit in (voie.libelle, *voie.gestes, *voie.a_dire))


@pytest.mark.parametrize(
    ("titre", "fin", "voie"),
    [
        ("carte_resident", "2026-11-28", "titre-sejour-expire"),
        ("recepisse_premiere_demande", "2026-01-01", "titre-sejour-expire"),
        (None, "2026-11-28", "titre-sejour-expire"),
        ("recepisse_premiere_demande", "2027-05-01", "titre-sejour-a-verifier"),
        ("autre", None, "titre-sejour-a-verifier"),
        ("carte_resident", "2026-11-29", "titre-sejour-valable"),
        ("recepisse_renouvellement", "2027-05-01", "titre-sejour-valable"),
        ("carte_resident", None, "titre-sejour"),
        (None, "2027-05-01", "titre-sejour"),
        (None, None, "titre-sejour"),
    ],
)
def test_une_seule_voie_par_titre(titre: str | None, fin: str | None, voie: str) -> None:
    """Expiré ; hors de la liste ; valable au jour près ; sinon, le titre et sa date restent à regarder."""
    ecrit = {"titre_sejour": titre, "titre_sejour_fin": fin}
    un = bilan(**{nom: valeur for nom, valeur in ecrit.items() if valeur is not None})
    assert set(retenues(un)) & TROIS == {voie}
    assert (VALABLE in dits(un)) == (voie == "titre-sejour-valable")


@pytest.mark.parametrize("titre", ["autre", "recepisse_premiere_demande"])
def test_hors_de_la_liste_on_verifie_avant_de_dire_non(titre: str) -> None:
    """R441-2-3 veut une pièce qui atteste la régularité du séjour ; la liste vient de l'arrêté, nul ne l'invente.

    Rien n'est promis non plus : « votre pièce d'identité suffit » se tait.
    """
    un = bilan(titre_sejour=titre, titre_sejour_fin="2027-05-01")
    assert A_VERIFIER in retenues(un)["titre-sejour-a-verifier"].a_dire
    assert "enregistrer" in retenues(un)["titre-sejour-a-verifier"].remplacees
    assert "Votre pièce d'identité suffit" not in dits(un)


def test_expire_le_renouvellement_se_demande() -> None:
    """Le récépissé ou l'attestation de prolongation suffit."""
    expire = retenues(bilan(titre_sejour="carte_temporaire", titre_sejour_fin="2026-01-01"))["titre-sejour-expire"]
    assert any("si le renouvellement est lancé" in dit for dit in expire.a_dire)


def test_sans_titre_n_est_jamais_ecrit() -> None:
    """Ni un code, ni un identifiant, ni un libellé : il sort dans les commandes et les exports."""
    nationaux = [f for f in (RESSOURCES / "national").iterdir() if f.suffix == ".toml"]
    codes = [ligne for f in nationaux for ligne in f.read_text(encoding="utf-8").splitlines()]
    assert not [dit for dit in codes if re.match(r'(id|code|libelle) = ".*sans[-_ ]titre', dit, re.IGNORECASE)]
