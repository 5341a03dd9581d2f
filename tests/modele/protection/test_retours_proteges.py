"""Annuler ne défait jamais une protection : discrétion, réponse protégée effacée, canal d'un dossier discret."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modele.dossier.chemins import ABSENT, feuilles, poser
from modele.dossier.inventaire import inventaire
from modele.protection.discretion import devenir_discret, est_discret, rendre_discret
from modele.protection.retours import retablissables
from modele.protection.sensibles import sensibles
from modele.protection.violences import faits_de_violence

ORDINAIRE: dict[str, Any] = {"demandeur": {"nom": "Essai"}}
DISCRET = rendre_discret(ORDINAIRE)
ENFANT = {"nom": "Petit", "date_naissance": "2018-09-02"}


@pytest.mark.parametrize("document", [ORDINAIRE, DISCRET])
@pytest.mark.parametrize("valeur", [True, False, ABSENT])
def test_la_discretion_ne_se_touche_pas(document: dict[str, Any], valeur: Any) -> None:
    for chemin in devenir_discret():
        assert retablissables(document, {chemin: valeur}) == {}
    assert retablissables(document, {"protection.seul_a_seul": True}) == {}


@pytest.mark.parametrize(
    ("chemin", "valeur"),
    [
        ("demande.motifs", {"coches": ["violences"], "clos": True}),
        ("protection.preuves", {"coches": ["ordonnance_protection"], "clos": True}),
        ("triage.peur_au_domicile", False),
        ("contact.adresse_courrier_sure", "chez l'association"),
    ],
)
def test_une_reponse_protegee_effacee_ne_revient_pas(chemin: str, valeur: Any) -> None:
    """Ni dans un dossier discret, ni dans un ordinaire ; la retirer, elle, s'annule toujours."""
    for document in (ORDINAIRE, DISCRET):
        assert retablissables(document, {chemin: valeur}) == {}
        assert retablissables(document, {chemin: ABSENT}) == {chemin: ABSENT}


@pytest.mark.parametrize(
    "chemin", ["contact.telephone", "contact.telephone_sur", "contact.courriel", "contact.adresse_courrier"]
)
def test_d_un_dossier_discret_un_canal_remplace_ne_revient_pas(chemin: str) -> None:
    """Le numéro d'avant est peut-être celui que l'autre surveille."""
    assert retablissables(DISCRET, {chemin: "06"}) == {}
    assert retablissables(DISCRET, {"contact": {chemin.partition(".")[2]: "06"}}) == {}
    assert retablissables(ORDINAIRE, {chemin: "06"}) == {chemin: "06"}


def test_le_reste_revient_une_liste_aussi() -> None:
    """Une date, un enfant retiré par erreur, dans un dossier discret aussi."""
    remis = {"demande.date_reception": "2026-01-02", "foyer.personnes.elements.e": ENFANT}
    for document in (ORDINAIRE, DISCRET):
        assert retablissables(document, remis) == remis


CHAMPS = sorted(inventaire().champs)


@given(
    st.dictionaries(
        st.sampled_from(CHAMPS), st.sampled_from([True, "x", ABSENT, {"coches": ["violences"]}]), max_size=6
    ),
    st.booleans(),
)
def test_jamais_rien_de_protege_ni_de_sensible(valeurs: dict[str, Any], discret: bool) -> None:
    """Quoi qu'on remette : le dossier ne dit pas une violence de plus, et reste discret s'il l'était."""
    document = DISCRET if discret else ORDINAIRE
    apres = document
    remis = retablissables(document, valeurs)
    for chemin, valeur in remis.items():
        apres = poser(apres, chemin, valeur)
    assert faits_de_violence(apres) == faits_de_violence(document)
    assert est_discret(apres) is discret
    poses = {chemin for chemin, _ in feuilles(apres)} - {chemin for chemin, _ in feuilles(document)}
    assert not (discret and any(inventaire().champs[c].champ.sensible for c in poses if c in inventaire().champs))
    assert not poses & set(devenir_discret())
    assert {c for c in poses if c in sensibles().champs and not sensibles().champs[c].codes} == set()
