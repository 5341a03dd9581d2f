"""Ce que lit la personne : la question dans sa langue, sa note sans ligne protégée ; rien d'autre."""

from __future__ import annotations

import shutil
from datetime import date
from typing import Any

import pytest
from outils_sources import sources_avec

from modele.bilan import etablir
from modele.chargement import Regles, charger_regles
from modele.dossier.chemins import poser
from modele.dossier.questions import Question, Section
from ressources import RESSOURCES
from ui.mots.ecran_demandeur import DEPEND, FRANCAIS, NE_DECIDE_PAS, langue_ecrite, note_dite, question_dite

ICI, JOUR = "metropole-exemple", date(2026, 11, 23)
ENTETE = 'format = 1\nsource = "essai, traduction fictive"\nverifie_le = 2026-11-29\netat = "redigee"\n'
ARABE = "ما هو اسم عائلتك عند الولادة؟"


@pytest.fixture(scope="module")
def regles(tmp_path_factory: pytest.TempPathFactory) -> Regles:
    """Les règles livrées, où une question est dite en arabe et une autre en dari."""
    dossier = tmp_path_factory.mktemp("langues")
    langues = dossier / "langues"
    shutil.copytree(RESSOURCES / "langues", langues)
    for langue in ("ar", "fa-AF"):
        texte = f'{ENTETE}[vous.nom]\ndire = "{ARABE}"\n'
        (langues / langue / "questionnaire.toml").write_text(texte, encoding="utf-8")
    return charger_regles(ICI, sources_avec(dossier, langues=langues))


def trouver(regles: Regles, champ: str) -> tuple[Section, Question]:
    return next((s, q) for s in regles.questionnaire.sections for q in s.questions if q.champ == champ)


@pytest.mark.parametrize(
    ("code", "langue"),
    [("ar", "ar"), ("fa", "fa-AF"), ("uk", FRANCAIS), ("fr", FRANCAIS), (None, FRANCAIS), ({"refus": True}, FRANCAIS)],
    ids=["arabe", "persan", "sans traduction", "francais", "rien", "refus"],
)
def test_la_question_se_dit_dans_la_langue_de_la_personne_sinon_en_francais(
    regles: Regles, code: Any, langue: str
) -> None:
    section, question = trouver(regles, "demandeur.nom")
    montre = question_dite(section, question, "user", code, regles)
    assert montre.langue == langue
    assert [un.dit for un in montre.paragraphes] == [question.dire if langue == FRANCAIS else ARABE]
    assert montre.pictogramme == "user"


def test_une_question_que_la_langue_ne_redit_pas_reste_en_francais(regles: Regles) -> None:
    section, question = trouver(regles, "demandeur.prenoms")
    assert question_dite(section, question, "user", "ar", regles).langue == FRANCAIS
    assert langue_ecrite("ar", regles) == "ar"


def document(**reponses: Any) -> dict[str, Any]:
    dit: dict[str, Any] = {
        "territoire": ICI,
        "demande": {"type": "premiere", "deja_enregistree": True, "date_reception": "2025-11-10"},
        "demandeur": {"nom": "MOREL", "date_naissance": "1988-01-05"},
        "foyer": {"avec_codemandeur": False, "personnes": {"elements": {}, "clos": True}},
        "logement_actuel": {"statut": "chez_particulier", "adresse": {"voie": "3 rue des Essais"}},
    }
    for chemin, valeur in reponses.items():
        dit = poser(dit, chemin, valeur)
    return dit


VIOLENCES = {"demande.motifs": {"coches": ["violences"], "clos": True}}


def test_la_note_dit_le_total_ses_rubriques_et_ce_qu_elle_ne_fait_pas(regles: Regles) -> None:
    note = etablir(regles, document(), JOUR).dit.cotation
    assert note is not None
    montre = note_dite(note)
    dits = [un.dit for un in montre.paragraphes]
    assert "points" in dits[0]
    assert {DEPEND, NE_DECIDE_PAS, note.mention} <= set(dits)
    lignes = [un for un in montre.paragraphes if un.en_face]
    assert lignes
    assert all(un.en_face != "0" for un in lignes)
    assert any("Mois d'ancienneté" in un.dit for un in lignes)
    assert not any(secret in dit for dit in dits for secret in ("MOREL", "1988", "Essais", "chez"))


def test_une_violence_dite_n_y_change_pas_un_mot(regles: Regles) -> None:
    sans, avec = (etablir(regles, document(**dites), JOUR) for dites in ({}, VIOLENCES))
    motif = etablir(regles, document(**{"demande.motifs": {"coches": [], "clos": True}}), JOUR)
    notes = [bilan.dit.cotation for bilan in (avec, motif, sans)]
    assert notes[0] is not None
    assert notes[1] is not None
    # Ce qui reste de la réponse est le même : la case ôtée ne se compte pas.
    assert note_dite(notes[0]) in [note_dite(une) for une in notes[1:] if une is not None]


def test_mutant_la_note_entiere_se_verrait(regles: Regles) -> None:
    avec = etablir(regles, document(**VIOLENCES), JOUR)
    assert avec.cotation_entiere is not None
    assert avec.dit.cotation is not None
    assert note_dite(avec.cotation_entiere) != note_dite(avec.dit.cotation)
