"""Ce que lit la personne : la question dans sa langue, sa note sans ligne protégée ; rien d'autre."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from outils_sources import sources_avec

from modele.bilan import etablir
from modele.chargement import Regles, charger_regles
from modele.chargement.manques import manques
from modele.dossier.chemins import poser
from modele.dossier.inventaire import Genre
from modele.dossier.questions import Question, Section
from modele.mots.phrases import mots
from modele.regles.langues import langue as langue_de
from modele.regles.langues import langues
from ressources import RESSOURCES
from ui.mots.ecran_demandeur import (
    FRANCAIS,
    MONTREES,
    SIMPLE,
    Montre,
    langue_de_la_note,
    langue_ecrite,
    note_dite,
    question_dite,
)

ICI, JOUR = "metropole-exemple", date(2026, 11, 23)
ENTETE = 'format = 1\nsource = "essai, traduction fictive"\nverifie_le = 2026-11-29\netat = "redigee"\n'
ARABE = "ما هو اسم عائلتك عند الولادة؟"
LIVREES = charger_regles(ICI)
ECRITES = [nom for nom in langues() if nom != FRANCAIS]


@pytest.fixture(scope="module")
def regles(tmp_path_factory: pytest.TempPathFactory) -> Regles:
    """Les règles livrées, où l'arabe et le dari ne redisent qu'une question, et l'ukrainien aucune."""
    dossier = tmp_path_factory.mktemp("langues")
    redites = dossier / "langues"
    shutil.copytree(RESSOURCES / "langues", redites)
    for langue in ("ar", "fa-AF", "uk"):
        texte = f'{ENTETE}[vous.nom]\ndire = "{ARABE}"\n' if langue != "uk" else ENTETE
        (redites / langue / "questionnaire.toml").write_text(texte, encoding="utf-8")
    return charger_regles(ICI, sources_avec(dossier, langues=redites))


def trouver(regles: Regles, champ: str) -> tuple[Section, Question]:
    return next((s, q) for s in regles.questionnaire.sections for q in s.questions if q.champ == champ)


def permises(regles: Regles) -> list[tuple[Section, Question]]:
    toutes = [(s, q) for s in regles.questionnaire.sections for q in s.questions]
    return [(s, q) for s, q in toutes if regles.permises.pictogramme(s, q, regles.catalogue)]


def dites(montre: Montre) -> list[str]:
    return [un.dit for un in montre.paragraphes]


def code_de(langue: str) -> str:
    """Un code de « contact.langue » qui la propose ; le français simple n'en a pas, l'agent le choisit."""
    return next(iter(langue_de(langue).parle), FRANCAIS)


# Ce que chaque langue sait dire.


@pytest.mark.parametrize("langue", ECRITES)
def test_chaque_question_permise_se_dit_dans_chaque_langue(langue: str) -> None:
    """La question et ses réponses : rien de français sur un écran qui parle une autre langue."""
    assert [un.cle for un in manques(LIVREES, langue) if un.cle.endswith(".dire")] == []
    for section, question in permises(LIVREES):
        montre = question_dite(section, question, "user", code_de(langue), LIVREES, simple=langue == SIMPLE)
        assert (montre.langue, montre.repli) == (langue, ""), question.champ
        if langue != SIMPLE:
            assert dites(montre)[0] != question.dire, question.champ


def test_mutant_une_question_permise_que_rien_ne_redit_manque(regles: Regles) -> None:
    cles = {un.cle for un in manques(regles, "ar") if un.cle.endswith(".dire")}
    assert len(cles) == len(permises(regles)) - 1
    assert "vous.prenoms.dire" in cles
    assert "vous.telephone.dire" not in cles  # elle ne se montre pas : elle se lit


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
    assert dites(montre)[0] == (question.dire if langue == FRANCAIS else ARABE)
    assert montre.pictogramme == "user"


@pytest.mark.parametrize(
    ("code", "nom"),
    [("uk", "ukrainien"), ("pl", "polonais"), ("fr", ""), (None, ""), ({"refus": True}, ""), ("xx", "")],
)
def test_un_repli_sur_le_francais_se_dit_a_l_agent_avec_quoi_faire(regles: Regles, code: Any, nom: str) -> None:
    section, question = trouver(regles, "demandeur.nom")
    repli = question_dite(section, question, "user", code, regles).repli
    assert (f"en {nom}" in repli and "interprète" in repli) if nom else repli == ""
    bilan = etablir(LIVREES, document(), JOUR).dit
    assert ("polonais" in note_dite(bilan, FRANCAIS, code).repli) is (code == "pl")


def test_une_question_que_la_langue_ne_redit_pas_reste_en_francais(regles: Regles) -> None:
    section, question = trouver(regles, "demandeur.prenoms")
    assert question_dite(section, question, "user", "ar", regles).langue == FRANCAIS
    assert langue_ecrite("ar", regles) == "ar"


# Les réponses.


def test_les_reponses_se_disent_une_par_code_dans_la_langue() -> None:
    section, question = trouver(LIVREES, "recherche.categorie")
    assert dites(question_dite(section, question, "search", "es", LIVREES))[1:4] == [
        LIVREES.langues["es"].codes["categorie_logement"][code] for code in ("appartement", "maison", "indifferent")
    ]
    assert dites(question_dite(section, question, "search", "fr", LIVREES))[1:] == [un.dire for un in question.options]


def test_oui_et_non_se_disent_dans_la_langue() -> None:
    section, question = trouver(LIVREES, "contact.accord_sms")
    assert question.genre is Genre.BOOLEEN
    assert dites(question_dite(section, question, "phone", "fr", LIVREES))[1] == "Oui \u200e· Non"
    assert dites(question_dite(section, question, "phone", "tr", LIVREES))[1] == "Evet \u200e· Hayır"


def test_trop_de_reponses_les_plus_donnees_ou_aucune() -> None:
    section, question = trouver(LIVREES, "logement_actuel.statut")
    montrees = dites(question_dite(section, question, "house", "fr", LIVREES))[1:]
    assert len(montrees) == len(question.frequentes) + 1 <= MONTREES
    assert montrees[-1] == "…"  # il y en a d'autres : la liste ne se lit pas comme entière
    section, question = trouver(LIVREES, "demandeur.titre_sejour")
    assert len(dites(question_dite(section, question, "file-text", "fr", LIVREES))) == 1


def test_une_langue_se_montre_du_doigt_par_son_nom_a_elle() -> None:
    section, question = trouver(LIVREES, "contact.langue")
    noms = dites(question_dite(section, question, "languages", None, LIVREES))[1]
    assert all(une.nom_propre in noms for une in langues().values() if une.parle)
    assert "géorgien" not in noms


def test_ce_que_personne_n_a_relu_se_dit() -> None:
    section, question = trouver(LIVREES, "demandeur.nom")
    for langue in ECRITES:
        montre = question_dite(section, question, "user", code_de(langue), LIVREES, simple=langue == SIMPLE)
        assert dites(montre)[-1] == mots(langue)("page.pas_relu")
    assert len(dites(question_dite(section, question, "user", "fr", LIVREES))) == 1


def test_le_francais_simple_ne_se_dit_que_si_l_agent_le_choisit() -> None:
    section, question = trouver(LIVREES, "logement_actuel.titulaire_bail")
    assert question_dite(section, question, "house", "fr", LIVREES).langue == FRANCAIS
    simple = question_dite(section, question, "house", "fr", LIVREES, simple=True)
    assert (simple.langue, dites(simple)[0]) == (SIMPLE, "Votre nom est-il sur le bail (le contrat du logement) ?")
    assert question_dite(section, question, "house", "ar", LIVREES, simple=True).langue == "ar"
    assert langue_de_la_note("pl", LIVREES, simple=True) == SIMPLE
    assert langue_de_la_note("ka", LIVREES, simple=True) == "ka"


# La note.


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


def test_la_note_dit_le_total_ses_rubriques_et_ce_qu_elle_ne_fait_pas() -> None:
    bilan = etablir(LIVREES, document(), JOUR).dit
    assert bilan.cotation is not None
    montre = note_dite(bilan)
    dits = dites(montre)
    assert "points" in dits[0]
    assert {mots()("note.peut_changer"), mots()("note.ne_decide_pas"), bilan.cotation.mention} <= set(dits)
    lignes = [un for un in montre.paragraphes if un.en_face]
    assert lignes
    assert all(un.en_face != "0" for un in lignes)
    assert any("Mois d'ancienneté" in un.dit for un in lignes)
    assert not any(secret in dit for dit in dits for secret in ("MOREL", "1988", "Essais", "chez"))


@pytest.mark.parametrize("langue", ECRITES)
def test_la_note_se_dit_dans_la_langue_avec_les_memes_points(langue: str) -> None:
    bilan = etablir(LIVREES, document(), JOUR).dit
    francais, dite = note_dite(bilan), note_dite(bilan.en(langue), langue, code_de(langue))
    assert dite.langue == langue
    assert {mots(langue)("note.ne_decide_pas"), mots(langue)("note.peut_changer")} <= set(dites(dite))
    avant, apres = ([un for un in une.paragraphes if un.en_face] for une in (francais, dite))
    assert len(avant) == len(apres)
    assert all(un.dit != autre.dit for un, autre in zip(avant, apres, strict=True))
    chiffres = [["".join(c for c in un.en_face if c.isdigit()) for un in lignes] for lignes in (avant, apres)]
    assert chiffres[0] == chiffres[1]


def test_sans_grille_rien_ne_se_montre() -> None:
    ailleurs = charger_regles("clermont-auvergne-metropole")
    bilan = etablir(ailleurs, document() | {"territoire": "clermont-auvergne-metropole"}, JOUR)
    assert bilan.cotation is None
    assert note_dite(bilan).paragraphes == ()


@pytest.mark.parametrize("langue", [FRANCAIS, "uk"])
def test_une_violence_dite_n_y_change_pas_un_mot(langue: str) -> None:
    """Dite dans une langue ou en français : ce qui reste de la réponse est le même, la case ôtée ne se compte pas."""
    sans, avec = (etablir(LIVREES, document(**reponses), JOUR).dit.en(langue) for reponses in ({}, VIOLENCES))
    motif = etablir(LIVREES, document(**{"demande.motifs": {"coches": [], "clos": True}}), JOUR).dit.en(langue)
    assert note_dite(avec, langue) in [note_dite(une, langue) for une in (motif, sans)]


@pytest.mark.parametrize("langue", [FRANCAIS, "uk"])
def test_mutant_la_note_entiere_se_verrait(langue: str) -> None:
    avec = etablir(LIVREES, document(**VIOLENCES), JOUR).en(langue)
    assert avec.cotation_entiere is not None
    entiere = replace(avec, cotation=avec.cotation_entiere)
    assert note_dite(entiere, langue) != note_dite(avec.dit, langue)
