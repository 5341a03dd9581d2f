"""De quoi dériver les faits d'un document écrit en clair, avec le droit national livré."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from outils_sources import deriver

from modele.dossier.faits import Derives
from modele.dossier.situation import etats_bruts
from modele.regles.etats import Etat
from modele.regles.lecture import lire_toml
from modele.regles.parametres import DeclarationParametre, LigneParametre, lire_parametres, resoudre

NATIONAL = Path(__file__).parents[4] / "ressources" / "national"
JOUR = date(2026, 11, 22)


@pytest.fixture(scope="session")
def parametres_nationaux() -> dict[str, DeclarationParametre]:
    """Les paramètres du droit livrés."""
    return lire_parametres(lire_toml(NATIONAL / "parametres.toml"))


@pytest.fixture(scope="session")
def derives(parametres_nationaux: dict[str, DeclarationParametre]) -> Callable[..., Derives]:
    """``derives(document, jour, territoire={…}, delai_anormalement_long_mois=36)`` : paramètres locaux en mots-clés."""

    def calculer(
        document: Mapping[str, Any],
        jour: date = JOUR,
        territoire: Mapping[str, Etat] | None = None,
        **locaux: Any,
    ) -> Derives:
        bruts = etats_bruts(document)
        assert not bruts.fautes, bruts.fautes
        niveau = {nom: _local(parametres_nationaux[nom], valeur) for nom, valeur in locaux.items()}
        return deriver(
            bruts.faits,
            bruts.personnes,
            jour,
            territoire or {},
            lambda dimensions: resoudre([niveau, parametres_nationaux], jour, dimensions),
            personnes_closes=bruts.personnes_closes,
            listes=bruts.listes,
        )

    return calculer


def _local(national: DeclarationParametre, valeur: Any) -> DeclarationParametre:
    lignes = valeur if isinstance(valeur, tuple) else (LigneParametre(valeur),)
    return DeclarationParametre(national.id, national.type, territorial=True, valeurs=lignes)


@pytest.fixture(scope="session")
def fait(derives: Callable[..., Derives]) -> Callable[..., Etat]:
    """``fait("taux_effort", document, …)`` : l'état d'un seul fait."""
    return lambda nom, *dossier, **reste: derives(*dossier, **reste).faits[nom]
