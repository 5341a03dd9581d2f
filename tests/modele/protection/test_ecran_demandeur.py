"""La liste des questions que montre l'écran de la personne : rien de protégé, d'éphémère, de réservé ni sur autrui."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from modele.chargement import Regles, charger_regles
from modele.dossier.questionnaire import Questionnaire
from modele.dossier.questions import Question, Section
from modele.protection import ecran_demandeur
from modele.protection.ecran_demandeur import FICHIER, Permises, lire_permises, nul_autre, refus
from modele.regles.fautes import FichierFautif
from ressources import RESSOURCES

ENTETE = 'format = 1\nsource = "essai"\nverifie_le = 2026-11-30\n'
ICONES = frozenset({"user", "house"})


@pytest.fixture(scope="module")
def regles() -> Regles:
    return charger_regles("metropole-exemple")


def trouver(regles: Regles, champ: str) -> tuple[Section, Question]:
    return next((s, q) for s in regles.questionnaire.sections for q in s.questions if q.champ == champ)


def lire(
    regles: Regles,
    tmp_path: Path,
    *champs: str,
    icone: str = "user",
    durci: bool = False,
    questionnaire: Questionnaire | None = None,
) -> Permises:
    """La liste d'un fichier qui n'a que ces champs."""
    lieu = tmp_path / "ecran_demandeur.toml"
    dits = ", ".join(f'"{un}"' for un in champs)
    lieu.write_text(f'{ENTETE}[[pictogramme]]\nicone = "{icone}"\nchamps = [{dits}]\n', encoding="utf-8")
    return lire_permises(
        lieu,
        regles.catalogue,
        questionnaire=questionnaire or regles.questionnaire,
        icones=ICONES,
        durci=durci,
    )


def test_la_liste_livree_ne_tient_que_des_questions_permises(regles: Regles) -> None:
    """Chacune existe, se montre, et son icône est livrée ; presque tout le reste est dehors."""
    livrees = {un.stem for un in (RESSOURCES / "icones").glob("*.svg")}
    assert regles.permises.pictogrammes
    for champ, icone in regles.permises.pictogrammes.items():
        assert icone in livrees
        assert regles.permises.pictogramme(*trouver(regles, champ), regles.catalogue) == icone
    assert "demande.separation_en_cours" not in regles.permises.pictogrammes
    assert not any("adresse" in champ or "telephone" in champ for champ in regles.permises.pictogrammes)


JAMAIS = [
    ("triage.peur_au_domicile", "protégée"),
    ("demande.mariage_force", "protégée"),
    ("demande.motifs", "protégée"),
    ("demandeur.handicap.nature", "protégée"),
    ("contact.telephone", "protégée"),
    ("logement_actuel.adresse", "protégée"),
    ("contact.adresse_courrier_sure", "protégée"),
    ("triage.idees_suicidaires", "ne s'écrit pas"),
    ("triage.peur_de", "ne s'écrit pas"),
    ("protection.seul_a_seul", "coche de l'agent"),
    ("codemandeur.nom", "autrui"),
    ("foyer.personnes", "autrui"),
    ("foyer.avec_codemandeur", "autrui"),
    ("triage.enfant_avec", "autrui"),
    ("logement_actuel.hebergeant", "autrui"),
    ("logement_actuel.lien_hebergeant", "autrui"),
    ("contact.tiers_nom", "autrui"),
    ("ressources.rfr_n2_autres", "autrui"),
    ("pieces", "autrui"),
    ("demandeur.nez", "aucune question ne le demande"),
]


@pytest.mark.parametrize(("champ", "raison"), JAMAIS, ids=lambda un: un)
def test_ce_qui_n_y_entre_jamais_est_refuse_au_chargement(
    regles: Regles, tmp_path: Path, champ: str, raison: str
) -> None:
    with pytest.raises(FichierFautif) as levee:
        lire(regles, tmp_path, "demandeur.nom", champ)
    assert f"« {champ} »" in str(levee.value)
    assert raison in str(levee.value)


@pytest.mark.parametrize("champ", ["triage.peur_au_domicile", "codemandeur.nom", "triage.idees_suicidaires"])
def test_un_questionnaire_plus_recent_n_excuse_pas_un_champ_interdit(
    regles: Regles, tmp_path: Path, champ: str
) -> None:
    with pytest.raises(FichierFautif):
        lire(regles, tmp_path, champ, durci=True)


def test_mutant_sans_le_refus_la_peur_y_entrerait(
    regles: Regles, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ecran_demandeur, "refus", lambda *_: "")
    monkeypatch.setattr(ecran_demandeur, "refus_du_champ", lambda *_: "")
    for champ, _ in JAMAIS[:10]:
        assert champ in lire(regles, tmp_path, champ).pictogrammes


def test_un_champ_interdit_se_refuse_aussi_sur_sa_question(regles: Regles) -> None:
    assert refus(*trouver(regles, "contact.telephone"), regles.catalogue) == ecran_demandeur.JAMAIS_PROTEGEE
    assert refus(*trouver(regles, "codemandeur.nom"), regles.catalogue) == ecran_demandeur.JAMAIS_AUTRUI


def test_une_question_devenue_reservee_ne_se_montre_plus(regles: Regles, tmp_path: Path) -> None:
    """Le jugement se refait sur la question qui se pose : la liste ne suffit jamais."""
    section, question = trouver(regles, "demandeur.nom")
    permises = lire(regles, tmp_path, "demandeur.nom")
    assert permises.pictogramme(section, question, regles.catalogue) == "user"
    for durcie in ({"seul_a_seul": True}, {"coche": True}, {"muette": True}, {"ephemere": True}):
        assert permises.pictogramme(section, replace(question, **durcie), regles.catalogue) == ""
    assert permises.pictogramme(replace(section, liste="foyer.personnes"), question, regles.catalogue) == ""
    assert permises.pictogramme(*trouver(regles, "demandeur.prenoms"), regles.catalogue) == ""


@pytest.mark.parametrize(
    "champ",
    [
        "triage.peur_de",
        "triage.enceinte_ou_parent",
        "protection.preuves",
    ],
)
def test_une_question_que_seul_un_fait_protege_fait_poser_est_refusee(regles: Regles, champ: str) -> None:
    """La voir dirait la réponse d'avant."""
    section, question = trouver(regles, "demandeur.nom")
    appelee = replace(question, si=trouver(regles, champ)[1].si)
    assert refus(section, appelee, regles.catalogue) == ecran_demandeur.JAMAIS_SI
    assert refus(replace(section, si=appelee.si), question, regles.catalogue) == ecran_demandeur.JAMAIS_SI


def test_une_condition_qui_demande_une_violence_par_son_code(regles: Regles, monkeypatch: pytest.MonkeyPatch) -> None:
    section, question = trouver(regles, "contact.interprete")
    assert refus(section, question, regles.catalogue) == ""
    monkeypatch.setattr(ecran_demandeur, "condition_protegee", lambda _: True)
    assert refus(section, question, regles.catalogue) == ecran_demandeur.JAMAIS_SI


def test_un_questionnaire_plus_recent_protege_sans_etre_ecarte(regles: Regles, tmp_path: Path) -> None:
    """La liste est plus vieille que lui : la question n'est plus permise, et rien n'est fautif."""
    section, question = trouver(regles, "demandeur.nom")
    questions = tuple(replace(q, seul_a_seul=True) if q is question else q for q in section.questions)
    durci = Questionnaire(
        tuple(replace(s, questions=questions) if s is section else s for s in regles.questionnaire.sections)
    )
    with pytest.raises(FichierFautif):
        lire(regles, tmp_path, "demandeur.nom", "demandeur.prenoms", questionnaire=durci)
    lue = lire(regles, tmp_path, "demandeur.nom", "demandeur.prenoms", questionnaire=durci, durci=True)
    assert set(lue.pictogrammes) == {"demandeur.prenoms"}


@pytest.mark.parametrize(
    ("champs", "icone", "faute"),
    [
        (("demandeur.nom", "demandeur.nom"), "user", "est écrit deux fois"),
        (("demandeur.nom",), "users", "« users »"),
        (("demandeur.non",), "user", "vouliez-vous « demandeur.nom »"),
    ],
    ids=["deux fois", "icone", "faute de frappe"],
)
def test_les_fautes_d_ecriture_se_disent(
    regles: Regles, tmp_path: Path, champs: tuple[str, ...], icone: str, faute: str
) -> None:
    with pytest.raises(FichierFautif) as levee:
        lire(regles, tmp_path, *champs, icone=icone)
    assert faute in str(levee.value)


def test_le_fichier_dit_d_ou_il_vient(regles: Regles, tmp_path: Path) -> None:
    lieu = tmp_path / "x.toml"
    lieu.write_text('format = 1\n[[pictogramme]]\nchamps = ["demandeur.nom"]\n', encoding="utf-8")
    with pytest.raises(FichierFautif) as levee:
        lire_permises(lieu, regles.catalogue, questionnaire=regles.questionnaire, icones=ICONES)
    assert "source" in str(levee.value)
    assert "icone" in str(levee.value)
    assert FICHIER.startswith("national/")


SEULE = {"protection": {"seul_a_seul": True}}


@pytest.mark.parametrize(
    ("document", "en_memoire", "seule"),
    [
        ({}, {}, False),
        ({"protection": {"seul_a_seul": False}}, {}, False),
        ({"protection": {"seul_a_seul": {"ne_sait_pas": True}}}, {}, False),
        (SEULE, {}, True),
        (SEULE, {"triage.interprete_a_la_place": True}, False),
        (SEULE | {"contact": {"interprete": "proche_adulte"}}, {}, False),
        (SEULE | {"contact": {"interprete": {"parmi": ["telephone", "proche_adulte"]}}}, {}, False),
        (SEULE | {"contact": {"interprete": {"parmi": ["telephone"]}}}, {}, True),
        (SEULE | {"contact": {"interprete": {"refus": True}}}, {}, True),
        (SEULE | {"contact": {"interprete": "telephone"}}, {}, True),
    ],
    ids=["rien", "non", "on ne sait", "oui", "parle a sa place", "proche", "proche peut-etre", "choix", "refus", "tel"],
)
def test_qui_est_la_se_sait_par_la_coche_de_l_agent(
    document: dict[str, object], en_memoire: dict[str, object], seule: bool
) -> None:
    """Rien de coché n'est pas « personne » : l'inconnu compte comme quelqu'un."""
    assert nul_autre(document, en_memoire) is seule


def test_mutant_une_absence_de_coche_lue_comme_personne(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ecran_demandeur, "lire", lambda *_: True)
    assert nul_autre({}, {})
