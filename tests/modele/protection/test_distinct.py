"""Le dossier distinct ne trahit rien du dossier commun."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from outils_protection import COMMUN, JOUR

from modele.dossier.chemins import feuilles
from modele.protection.adultes import partage
from modele.protection.distinct import a_reprendre, dossier_distinct
from modele.protection.mur import interdire
from modele.regles.fautes import ErreurUtilisateur


def test_le_dossier_distinct_est_neuf_et_discret() -> None:
    """Sans rien demander, il ne reprend rien : un identifiant neuf, et la discrétion."""
    distinct = dossier_distinct(COMMUN, "2026-11-22T10:00:00Z", JOUR)
    assert set(distinct) == {"id", "territoire", "schema", "cree_le", "protection"}
    assert distinct["protection"] == {"discret": True}
    assert distinct["id"] != COMMUN["id"]
    assert interdire(distinct, "triage.peur_au_domicile", True, JOUR) is None


def test_il_reprend_l_identite_de_celle_qui_parle_et_ses_enfants() -> None:
    """La codemandeuse devient la demandeuse ; seule l'identité suit, et l'enfant a un identifiant neuf."""
    choix = {"qui": "codemandeur", "identite": True, "enfants": ["enfant-1"]}
    distinct = dossier_distinct(COMMUN, "2026-11-22T10:00:00Z", JOUR, **choix)
    assert distinct["demandeur"] == {"nom": "Roux", "prenoms": "Inès", "date_naissance": "1990-01-02"}
    enfants = distinct["foyer"]["personnes"]
    assert list(enfants["elements"].values()) == [{"prenoms": "Zoé", "date_naissance": "2018-05-04"}]
    assert enfants["ordre"] == list(enfants["elements"]) != ["enfant-1"]
    assert "codemandeur" not in distinct


@pytest.mark.parametrize("enfant", ["adulte-1", "inconnu"])
def test_il_ne_reprend_aucun_autre_adulte(enfant: str) -> None:
    """Un adulte repris pourrait le lire."""
    with pytest.raises(ErreurUtilisateur, match="mineur"):
        dossier_distinct(COMMUN, "2026-11-22T10:00:00Z", JOUR, enfants=[enfant])


def test_une_identite_illisible_ne_se_reprend_pas() -> None:
    """Un brouillon sans demandeur donne un dossier vide."""
    assert "demandeur" not in dossier_distinct({"territoire": "t"}, "x", JOUR, identite=True)


CHOIX = st.fixed_dictionaries(
    {
        "qui": st.sampled_from(["demandeur", "codemandeur"]),
        "identite": st.booleans(),
        "enfants": st.sampled_from([[], ["enfant-1"]]),
    }
)


@settings(max_examples=50, deadline=None)
@given(CHOIX)
def test_rien_ne_relie_les_deux_dossiers(choix: dict[str, Any]) -> None:
    """Ni identifiant, ni numéro, ni téléphone, ni clé inconnue ; le dossier commun n'est pas touché."""
    avant = dict(feuilles(COMMUN))
    distinct = dossier_distinct(COMMUN, "2026-11-22T10:00:00Z", JOUR, **choix)
    ecrit = repr(distinct)
    assert not any(
        trace in ecrit for trace in ("commun", "enfant-1", "0561000000", "031012612345600001", "conjoint", "2026-01-01")
    )
    assert dict(feuilles(COMMUN)) == avant
    assert not partage(distinct, JOUR)


def test_le_distinct_ne_reprend_que_les_violences_dites() -> None:
    """Les autres cases, les éléments de liste et leur ordre restent dans le commun."""
    assert a_reprendre(
        {
            "demande.motifs": {"coches": ["trop_cher", "violences"], "clos": True},
            "triage.peur_au_domicile": True,
            "pieces.elements.neuf": {"piece": "ordonnance-protection", "personne": "id-du-commun"},
            "pieces.ordre": ["id-du-commun", "neuf"],
        }
    ) == {"demande.motifs": {"coches": ["violences"], "clos": False}, "triage.peur_au_domicile": True}
