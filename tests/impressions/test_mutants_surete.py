"""Chaque façon de trahir la fiche neutre, posée dans le vrai code, est vue : elle cesse d'être la même partout."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from exemples_papier import (
    DECLARATION,
    LANGUE,
    annuaire,
    contact,
    contacts,
    donnees,
    ecrire_fiche,
    fiches,
    lieu,
    territoire,
)

from impressions import discretion
from impressions.document import composer, nom_de_fichier

AUTRE = (
    f"{annuaire()}"
    "Remis à {{ lieu.nom if lieu else '' }} le {{ imprime_le }} {{ territoire.nom }}"
    " {{ reponse('demandeur.nom') }}"
)
NEUTRE = DECLARATION + "sans_dossier = false\n" + LANGUE
LOCAL = contact("17", "Police municipale", "05 36 49 00 17")


def papiers(publiees: Path) -> set[tuple[str, bytes]]:
    """La fiche neutre de trois structures, dont une récrit la fiche, le jour, le lieu et un numéro."""
    structures = (
        donnees(),
        donnees(date_impression=date(2031, 1, 2), lieu=lieu("CCAS de Colombe"), document={}),
        donnees(territoire=territoire("Ailleurs"), fiches=fiches(publiees), contacts=contacts() | {"17": LOCAL}),
    )
    return {(nom_de_fichier("neutre", une), composer("neutre", une)) for une in structures}


def permises(champ: str) -> Callable[..., Any]:
    """La vraie fonction, qui laisse passer ce champ."""
    vraie = discretion.donnees_permises

    def mutante(fiche: Any, toutes: Any) -> Any:
        return replace(vraie(fiche, toutes), **{champ: getattr(toutes, champ)})

    return mutante


def texte_local(dessous: Any, dessus: Any) -> Any:
    """La couche du dessus remplace le texte, sûreté gardée."""
    return replace(dessous, editions={**dessous.editions, **dessus.declaration.editions}), ()


MUTANTS = {
    "la couche locale l'emporte": ("modele.fiches.couches.durcir", lambda _, dessus: dessus),
    "le texte local d'une fiche réservée sert": ("modele.fiches.fiches.superposer", texte_local),
    "la fiche reçoit tout": ("impressions.document.donnees_permises", lambda _, toutes: toutes),
    "le jour du passage reste": ("impressions.document.donnees_permises", permises("date_impression")),
    "le lieu reste": ("impressions.document.donnees_permises", permises("lieu")),
    "les numéros locaux restent": ("impressions.document.donnees_permises", permises("contacts")),
}


def test_la_fiche_neutre_est_une_seule_partout(tmp_path: Path) -> None:
    ecrire_fiche(tmp_path, "neutre", AUTRE, toml=NEUTRE)
    assert len(papiers(tmp_path)) == 1


@pytest.mark.parametrize(("nom", "mutant"), MUTANTS.values(), ids=MUTANTS)
def test_chaque_mutant_est_vu(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, nom: str, mutant: Any) -> None:
    monkeypatch.setattr(nom, mutant)
    ecrire_fiche(tmp_path, "neutre", AUTRE, toml=NEUTRE)
    assert len(papiers(tmp_path)) > 1
