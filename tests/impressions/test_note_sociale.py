"""La note sociale : un modèle rempli du dossier, que la structure récrit ; rien de protégé ni du premier contact."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import pytest
from lecture_pdf import octets, texte_plat

from impressions import reponses
from impressions.depuis_bilan import donnees
from impressions.document import composer
from impressions.papier import Papier
from modele.bilan import etablir
from modele.chargement import Regles, charger_regles
from modele.regles.fautes import ErreurUtilisateur
from modele.sources import Surcharge, ouvrir

FICHE = "note-sociale"
JOUR = date(2026, 11, 30)
ELLE: Mapping[str, Any] = {
    "id": "01a20192-b44e-73b4-baf3-9c43df7d0806",
    "territoire": "metropole-exemple",
    "demandeur": {"nom": "Lefèvre", "prenoms": "Zoé", "date_naissance": "1980-02-01"},
    "logement_actuel": {"statut": "chez_particulier"},
    "demande": {"numero_unique": "EXEMPLE1125000173", "motifs": {"coches": ["handicap"], "clos": True}},
}
DITE: Mapping[str, Any] = {
    **ELLE,
    "demande": {**ELLE["demande"], "mariage_force": False, "precisions": "TEXTELIBRE"},
    "protection": {"plainte_souhaitee": False, "fiche_souhaitee": True},
    "triage": {"peur_au_domicile": False, "toit_ce_soir": "provisoire"},
}
INDISCRET = """+++
titre = "Note sociale"
+++
{% if vrai("protection.discret") or vrai("triage.peur_au_domicile") %}BRANCHE{% endif %}
{{ reponse("protection.auteur") }} {{ reponse("triage.toit_ce_soir") }} {{ reponse("demande.mariage_force") }}
{% if connu("triage.toit_ce_soir", "protection.plainte_souhaitee") %}CONNU{% endif %}

Note de notre CCAS, pour {{ reponse("demandeur.nom") }}.

``` reponses
protection.auteur : Auteur
triage.toit_ce_soir : Toit ce soir
demande.mariage_force : Forcé
```
"""


def note(document: Mapping[str, Any] = ELLE, regles: Regles | None = None) -> Papier:
    lues = regles or charger_regles("metropole-exemple")
    return composer(FICHE, donnees(etablir(lues, document, JOUR)))


def recrite(texte: str) -> Regles:
    ecrite = Surcharge("fiche", FICHE, "fr.md", texte.encode(), "Claire", datetime(2026, 11, 30, tzinfo=UTC))
    regles = charger_regles("metropole-exemple", ouvrir(surcharges=[ecrite]))
    assert not regles.ecarts
    return regles


def test_elle_se_remplit_du_dossier_et_se_date() -> None:
    lu = texte_plat(note())
    for dit in ("Note sociale", "30/11/2026", "Lefèvre", "Zoé", "01/02/1980", "EXEMPLE1125000173", "Handicap"):
        assert dit in lu
    assert "Date et signature" in lu


def test_la_structure_la_recrit() -> None:
    lu = texte_plat(note(regles=recrite(INDISCRET)))
    assert "Note de notre CCAS, pour Lefèvre." in lu


def test_rien_de_protege_ni_du_premier_contact_n_y_entre() -> None:
    """Un dossier commun : la même feuille, octet pour octet, qu'on en ait parlé ou non."""
    assert b"TEXTELIBRE" not in octets(note(DITE))
    assert note(DITE) == note(ELLE)


def test_un_texte_recrit_ne_fait_rien_dire_du_mur() -> None:
    """Même écrit exprès par une structure, un gabarit ne lit ni fait protégé ni premier contact."""
    regles = recrite(INDISCRET)
    lu = texte_plat(note(DITE, regles))
    for jamais in ("BRANCHE", "CONNU", "Toit ce soir", "Auteur", "Forcé"):
        assert jamais not in lu
    assert lu == texte_plat(note(ELLE, regles))


def test_mutant_sans_la_garde_le_premier_contact_s_imprimerait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reponses, "ne_s_imprime_pas", lambda _: False)
    assert "Toit ce soir" in texte_plat(note(DITE, recrite(INDISCRET)))


def test_d_un_dossier_discret_elle_ne_s_imprime_pas() -> None:
    with pytest.raises(ErreurUtilisateur, match="dossier discret"):
        note({**ELLE, "protection": {"discret": True}})
