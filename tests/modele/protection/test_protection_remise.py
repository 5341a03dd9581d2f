"""Ce qui se remet à un autre lieu : la liste, rien qu'elle, et de ce qu'elle liste rien qui dise ce qui se tait."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modele.dossier.chemins import lire, poser
from modele.dossier.inventaire import inventaire
from modele.protection import remise
from modele.protection.remise import a_remettre, lire_remettables, remettables
from modele.protection.violences import sans_violence
from modele.regles.fautes import FichierFautif
from modele.regles.lecture import lire_texte

TOUT: dict[str, Any] = {}
for nom, champ in inventaire().champs.items():
    TOUT = poser(TOUT, nom, {"coches": ["trop_cher"]} if champ.genre == "coches" else f"DIT {nom}")
SANS_DANGER = sans_violence(TOUT)
"""Tout ce qui se demande, sauf ce qui dirait une violence."""
TOUT = poser(TOUT, "demande.motifs", {"coches": ["violences", "trop_cher"]})


def chemins(document: dict[str, Any], avant: str = "") -> set[str]:
    """Les champs d'un document, par chemin ; des coches sont un champ."""
    trouves: set[str] = set()
    for cle, valeur in document.items():
        ici = f"{avant}{cle}"
        trouves |= chemins(valeur, f"{ici}.") if isinstance(valeur, dict) and "coches" not in valeur else {ici}
    return trouves


def test_d_un_dossier_entier_ne_part_que_la_liste() -> None:
    assert chemins(a_remettre(SANS_DANGER, inventaire().champs)) == set(remettables())
    tus = set(remettables()) - chemins(a_remettre(TOUT, inventaire().champs))
    assert tus == {"contact.telephone", "contact.courriel"}


def test_aucune_violence_ne_part_meme_cochee_parmi_d_autres() -> None:
    assert "violences" not in json.dumps(a_remettre(TOUT, remettables()))
    assert a_remettre(TOUT, ["demande.motifs"]) == {"demande": {"motifs": {"coches": ["trop_cher"]}}}


@given(st.sets(st.sampled_from(sorted(inventaire().champs))), st.booleans())
def test_rien_ne_part_qui_ne_soit_liste_et_choisi(choisis: set[str], discret: bool) -> None:
    document = poser(TOUT, "protection.discret", discret)
    assert chemins(a_remettre(document, choisis)) <= choisis & set(remettables())


def test_d_un_dossier_discret_ni_adresse_ni_canal_qui_n_est_pas_sur() -> None:
    document = poser(poser(TOUT, "protection.discret", True), "contact.adresse_courrier_sure", "chez l'association")
    remis = a_remettre(document, remettables())
    assert remis["contact"]["adresse_courrier"] == "chez l'association"
    assert {"telephone", "courriel"}.isdisjoint(remis["contact"])


def test_ce_qui_n_est_pas_repondu_ne_part_pas() -> None:
    assert a_remettre({"demandeur": {"nom": {"refus": True}}}, remettables()) == {}


@pytest.mark.parametrize(
    "champ",
    [
        "demande.rien", "triage.toit_ce_soir", "protection.auteur", "codemandeur.nom", "demande.precisions",
        "demande.mariage_force",
    ],
)  # fmt: skip
def test_une_liste_ne_peut_pas_nommer_ce_qui_ne_se_remet_jamais(champ: str) -> None:
    with pytest.raises(FichierFautif, match=r"ne se remet jamais|n'est pas un champ"):
        lire_remettables(lire_texte(f'format = 1\nchamps = ["demandeur.nom", "{champ}"]', "remise.toml"))


def test_mutant_une_liste_qui_laisse_tout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remise, "se_tait", lambda *_, **__: False)
    monkeypatch.setattr(remise, "a_reporter", lambda document, chemin, **_: remise.ABSENT or document)
    with pytest.raises(AssertionError):
        test_d_un_dossier_entier_ne_part_que_la_liste()


def test_mutant_sans_le_report(monkeypatch: pytest.MonkeyPatch) -> None:
    """Copiés tels quels, les champs listés diraient une violence parmi les motifs."""
    monkeypatch.setattr(remise, "a_reporter", lambda document, chemin, **_: lire(document, chemin))
    with pytest.raises(AssertionError):
        test_aucune_violence_ne_part_meme_cochee_parmi_d_autres()
