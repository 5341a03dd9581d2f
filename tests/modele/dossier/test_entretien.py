"""L'entretien déroulé : visible, peut-être, à poser seul à seul, sans objet, et où l'on en est."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from outils_sources import catalogue_brut

from modele.dossier.chemins import Document, poser
from modele.dossier.conduite import Derivation, Deriver, mener
from modele.dossier.entretien import Avancement, Entretien, QuestionVue, Visibilite, derouler
from modele.dossier.lecture_questionnaire import lire_questionnaire
from modele.dossier.questionnaire import Questionnaire
from modele.dossier.situation import EtatsBruts, etats_bruts
from modele.regles.etats import INCONNU, REFUSE, SANS_OBJET, Enumere, Statut, connu
from modele.regles.faits import Fait, TypeFait

TEXTE = """
format = 1
[[section]]
id = "logement"
libelle = "Logement"
[[section.question]]
id = "statut"
champ = "logement_actuel.statut"
dire = "Où avez-vous dormi ?"
[[section.question]]
id = "lien"
champ = "logement_actuel.lien_hebergeant"
dire = "Qui vous héberge ?"
si = { fait = "logement_actuel.statut", egal = "chez_particulier" }
[[section.question]]
id = "fin"
champ = "logement_actuel.fin_hebergement"
dire = "Jusqu'à quand ?"
si = { fait = "logement_actuel.lien_hebergeant", egal = "ami" }
[[section.question]]
id = "surface"
champ = "logement_actuel.surface"
dire = "Quelle surface ?"
si = { fait = "logement_actuel.statut", hors_de = ["sans_abri"] }
[[section.question.alerte]]
si = { fait = "logement_actuel.surface", moins_de = 9 }
message = "Moins de 9 m² : à confirmer."
[[section.question]]
id = "surface-bis"
champ = "logement_actuel.surface"
dire = "Et dans ce foyer ?"
si = { fait = "logement_actuel.statut", egal = "residence_sociale" }
[[section.question]]
id = "peur"
champ = "triage.peur_au_domicile"
dire = "Avez-vous peur de quelqu'un ?"
seul_a_seul = true

[[section]]
id = "codemandeur"
libelle = "Codemandeur"
si = { fait = "foyer.avec_codemandeur" }
[[section.question]]
id = "nationalite"
champ = "codemandeur.nationalite"
dire = "Sa nationalité ?"
[[section.question]]
id = "titre"
champ = "codemandeur.titre_sejour"
dire = "Son titre ?"
si = { fait = "codemandeur.nationalite", egal = "hors_union_europeenne" }

[[section]]
id = "foyer"
libelle = "Foyer"
liste = "foyer.personnes"
[[section.question]]
id = "charge"
champ = "personne.a_charge"
dire = "Est-il à votre charge ?"
[[section.question]]
id = "garde"
champ = "personne.garde"
dire = "Vit-il toujours avec vous ?"
si = { fait = "personne.a_charge" }
[[section.question]]
id = "jours"
champ = "personne.jours_par_mois"
dire = "Combien de jours ?"
si = { fait = "personne.garde", hors_de = ["permanente"] }

[[section]]
id = "revenus"
libelle = "Revenus"
liste = "ressources.revenus"
[[section.question]]
id = "type"
champ = "revenu.type"
dire = "Quelle ressource ?"
[[section.question]]
id = "montant"
champ = "revenu.montant"
dire = "Combien ?"
si = { fait = "revenu.type", different = "autre" }
"""


@pytest.fixture(scope="module")
def questionnaire(tmp_path_factory: pytest.TempPathFactory) -> Questionnaire:
    fichier = tmp_path_factory.mktemp("q") / "q.toml"
    fichier.write_text(TEXTE, encoding="utf-8")
    return lire_questionnaire(fichier, catalogue_brut())


def _document(**reponses: Any) -> Document:
    document: Document = {}
    for chemin, reponse in reponses.items():
        document = poser(document, chemin.replace("__", "."), reponse)
    return document


def _derouler(questionnaire: Questionnaire, document: Document) -> Entretien:
    bruts = etats_bruts(document)
    return derouler(questionnaire, document, bruts, bruts.situation())


def _vues(entretien: Entretien) -> dict[str, QuestionVue]:
    return {vue.question.id: vue for vue in entretien.questions()}


def test_une_question_sans_condition_est_visible(questionnaire: Questionnaire) -> None:
    """Au début, ce qui dépend d'une réponse inconnue est peut-être à poser."""
    vues = _vues(_derouler(questionnaire, {}))
    assert vues["statut"].visibilite is Visibilite.VISIBLE
    assert vues["lien"].visibilite is Visibilite.PEUT_ETRE
    assert vues["peur"].visibilite is Visibilite.SEUL_A_SEUL


def test_une_question_invisible_rend_son_fait_sans_objet_et_les_suivantes_le_voient(
    questionnaire: Questionnaire,
) -> None:
    """« Chez qui » n'a pas d'objet à l'hôtel ; « jusqu'à quand », qui en dépend, non plus."""
    document = _document(logement_actuel__statut="hotel", logement_actuel__lien_hebergeant="ami")
    entretien = _derouler(questionnaire, document)
    vues = _vues(entretien)
    assert vues["lien"].visibilite is vues["fin"].visibilite is Visibilite.SANS_OBJET
    assert entretien.bruts.faits["logement_actuel.lien_hebergeant"] == SANS_OBJET
    assert entretien.bruts.faits["logement_actuel.fin_hebergement"] == SANS_OBJET
    assert vues["lien"].reponse == "ami"


def test_une_visibilite_inconnue_rend_le_fait_peut_etre_sans_objet(questionnaire: Questionnaire) -> None:
    """La réponse donnée ne compte que si la question se pose."""
    entretien = _derouler(questionnaire, _document(logement_actuel__lien_hebergeant="ami"))
    etat = entretien.bruts.faits["logement_actuel.lien_hebergeant"]
    assert (etat.domaine, etat.peut_etre_sans_objet) == (Enumere(("ami",)), True)
    assert _vues(entretien)["fin"].visibilite is Visibilite.PEUT_ETRE


@pytest.mark.parametrize(
    ("statut", "attendu"), [("hotel", Statut.INCONNU), ("sans_abri", Statut.SANS_OBJET), (None, Statut.INCONNU)]
)
def test_un_champ_porte_par_deux_questions_suit_celle_qui_est_visible(
    questionnaire: Questionnaire, statut: str | None, attendu: Statut
) -> None:
    """Il n'est sans objet que si aucune de ses questions ne se pose."""
    entretien = _derouler(questionnaire, _document(logement_actuel__statut=statut))
    etat = entretien.bruts.faits["logement_actuel.surface"]
    assert etat.statut is attendu
    assert etat.peut_etre_sans_objet is (statut is None)


def test_une_question_seul_a_seul_attend_le_moment(questionnaire: Questionnaire) -> None:
    """Non posée, elle n'est pas sans objet : elle reste à poser."""
    avant = _derouler(questionnaire, {})
    assert avant.bruts.faits["triage.peur_au_domicile"] == INCONNU
    apres = _derouler(questionnaire, _document(protection__seul_a_seul=True))
    assert _vues(apres)["peur"].visibilite is Visibilite.VISIBLE


def test_une_alerte_ne_parle_que_si_sa_question_se_pose(questionnaire: Questionnaire) -> None:
    """Inhabituel, à confirmer ; jamais sur une question invisible."""
    alerte = _derouler(questionnaire, _document(logement_actuel__statut="hotel", logement_actuel__surface=8))
    assert _vues(alerte)["surface"].alertes == ("Moins de 9 m² : à confirmer.",)
    muette = _derouler(questionnaire, _document(logement_actuel__statut="sans_abri", logement_actuel__surface=8))
    assert _vues(muette)["surface"].alertes == ()


@pytest.mark.parametrize(
    ("avec", "visibilite"),
    [(True, Visibilite.VISIBLE), (False, Visibilite.SANS_OBJET), (None, Visibilite.PEUT_ETRE)],
)
def test_une_section_se_cache_avec_sa_condition(
    questionnaire: Questionnaire, avec: bool | None, visibilite: Visibilite
) -> None:
    """La condition de la section vaut pour chacune de ses questions."""
    vues = _vues(_derouler(questionnaire, _document(foyer__avec_codemandeur=avec)))
    assert vues["nationalite"].visibilite is visibilite


def test_le_champ_du_codemandeur_se_cache_aussi_sur_sa_personne(questionnaire: Questionnaire) -> None:
    """``codemandeur.titre_sejour`` et ``personne.titre_sejour`` restent d'accord."""
    document = _document(foyer__avec_codemandeur=True, codemandeur__nationalite="francaise")
    bruts = _derouler(questionnaire, document).bruts
    assert bruts.faits["codemandeur.titre_sejour"] == SANS_OBJET == bruts.personnes[1]["personne.titre_sejour"]


def test_ce_qu_on_ne_demande_jamais_a_un_role_y_est_sans_objet(questionnaire: Questionnaire) -> None:
    """La garde ne se dit pas du demandeur ; la nationalité, ici, n'est demandée qu'au codemandeur."""
    document = _document(foyer__personnes={"elements": {"a": {"nationalite": {"refus": True}}, "b": {}}})
    bruts = _derouler(questionnaire, document).bruts
    assert bruts.faits["demandeur.garde"] == SANS_OBJET == bruts.personnes[0]["personne.garde"]
    assert bruts.personnes[1]["personne.nationalite"] == REFUSE
    assert bruts.personnes[2]["personne.nationalite"] == SANS_OBJET
    assert bruts.faits["codemandeur.garde"].statut is Statut.SANS_OBJET


def test_chaque_personne_a_ses_questions(questionnaire: Questionnaire) -> None:
    """La section se répète, et la réponse de l'un ne décide pas pour l'autre."""
    elements = {"a": {"a_charge": True, "garde": "alternee"}, "b": {"a_charge": False}}
    entretien = _derouler(questionnaire, _document(foyer__personnes={"elements": elements}))
    foyer = [section for section in entretien.sections if section.section.id == "foyer"]
    assert [section.element for section in foyer] == ["a", "b"]
    assert [vue.visibilite for vue in foyer[0].questions] == [Visibilite.VISIBLE] * 3
    assert [vue.visibilite for vue in foyer[1].questions] == [Visibilite.VISIBLE, *[Visibilite.SANS_OBJET] * 2]
    assert foyer[0].questions[1].chemin == "foyer.personnes.elements.a.garde"
    assert entretien.bruts.personnes[1]["personne.garde"] == connu("alternee")
    assert entretien.bruts.personnes[2]["personne.jours_par_mois"] == SANS_OBJET


def test_une_liste_vide_reste_une_section(questionnaire: Questionnaire) -> None:
    """Il faut bien une place pour ajouter quelqu'un, ou dire qu'il n'y a personne."""
    ouverte = [s for s in _derouler(questionnaire, {}).sections if s.section.id == "foyer"]
    assert [(s.element, s.questions, s.avancement) for s in ouverte] == [("", (), Avancement.VIDE)]
    close = _derouler(questionnaire, _document(foyer__personnes={"clos": True}))
    assert [s.avancement for s in close.sections if s.section.id == "foyer"] == [Avancement.FAIT]


def test_les_revenus_ont_leurs_etats(questionnaire: Questionnaire) -> None:
    """Une autre liste que les personnes : le sans objet y est marqué aussi."""
    revenus = {"elements": {"r": {"type": "autre", "montant": 3}}, "clos": True}
    bruts = _derouler(questionnaire, _document(ressources__revenus=revenus)).bruts
    assert bruts.listes["ressources.revenus"].elements["r"]["montant"] == SANS_OBJET
    assert bruts.listes["ressources.revenus"].close


def test_l_avancement_compte_les_questions_visibles(questionnaire: Questionnaire) -> None:
    """Vide, en cours, fait : « ne sait pas » et refus sont des réponses."""

    def logement(**reponses: Any) -> tuple[int, int, Avancement]:
        section = _derouler(questionnaire, _document(**reponses)).sections[0]
        return section.repondues, len(section.posees), section.avancement

    assert logement() == (0, 1, Avancement.VIDE)
    assert logement(logement_actuel__statut="hotel") == (1, 2, Avancement.EN_COURS)
    faite = logement(logement_actuel__statut="hotel", logement_actuel__surface={"ne_sait_pas": True})
    assert faite == (2, 2, Avancement.FAIT)


def _deriver(fait: str, calcul: Callable[[EtatsBruts], Any]) -> Deriver:
    def deriver(bruts: EtatsBruts) -> Derivation:
        situation = bruts.situation()
        return Derivation.faite(replace(situation, faits={**situation.faits, fait: calcul(bruts)}))

    return deriver


def _avec_derive(tmp_path: Path, si: str) -> Questionnaire:
    fichier = tmp_path / "q.toml"
    texte = TEXTE.replace('[[section]]\nid = "codemandeur"', f'{si}\n[[section]]\nid = "codemandeur"', 1)
    fichier.write_text(texte, encoding="utf-8")
    return lire_questionnaire(fichier, catalogue_brut().etendre([Fait("derive", TypeFait.BOOLEEN)]))


def test_mener_accorde_les_faits_derives_et_la_visibilite(tmp_path: Path) -> None:
    """Un fait dérivé d'une question invisible est recalculé avant de décider des autres."""
    question = '[[section.question]]\nid = "pieces"\nchamp = "logement_actuel.pieces"\ndire = "?"\nsi = {fait="derive"}'
    questionnaire = _avec_derive(tmp_path, question)
    deriver = _deriver("derive", lambda b: connu(b.faits["logement_actuel.lien_hebergeant"] == connu("ami")))
    document = _document(logement_actuel__statut="hotel", logement_actuel__lien_hebergeant="ami")
    conduite = mener(questionnaire, document, etats_bruts(document), deriver)
    entretien, situation = conduite.entretien, conduite.situation
    assert situation.faits["derive"] == connu(False)
    assert _vues(entretien)["pieces"].visibilite is Visibilite.SANS_OBJET


def test_mener_ne_tourne_pas_sans_fin(tmp_path: Path) -> None:
    """Une question qui se cache elle-même par un fait dérivé : on garde la dernière passe."""
    question = '[[section.question]]\nid = "pieces"\nchamp = "logement_actuel.pieces"\ndire = "?"\nsi = {fait="derive"}'
    questionnaire = _avec_derive(tmp_path, question)
    deriver = _deriver("derive", lambda b: connu(b.faits["logement_actuel.pieces"] == SANS_OBJET))
    document = _document(logement_actuel__pieces=2)
    entretien = mener(questionnaire, document, etats_bruts(document), deriver).entretien
    assert _vues(entretien)["pieces"].visibilite in (Visibilite.VISIBLE, Visibilite.SANS_OBJET)


def _visibilites(entretien: Entretien) -> dict[tuple[str, str], Visibilite]:
    return {(vue.question.id, vue.chemin): vue.visibilite for vue in entretien.questions()}


STATUTS = st.sampled_from(
    [None, "hotel", "sans_abri", "chez_particulier", {"refus": True}, {"parmi": ["hotel", "squat"]}]
)
PERSONNE = st.fixed_dictionaries({}, optional={"a_charge": st.booleans(), "garde": st.sampled_from(["alternee", "x"])})


@settings(max_examples=150, deadline=None)
@given(
    statut=STATUTS,
    lien=st.sampled_from([None, "ami", {"refus": True}]),
    avec=st.sampled_from([None, True, False]),
    personnes=st.dictionaries(st.sampled_from("abc"), PERSONNE, max_size=3),
)
def test_completer_une_reponse_ne_contredit_jamais_ce_qui_etait_tranche(
    questionnaire: Questionnaire, statut: Any, lien: Any, avec: bool | None, personnes: dict[str, Any]
) -> None:
    """Une question visible ou sans objet le reste quand on répond à ce qui était inconnu."""
    base = _document(
        logement_actuel__lien_hebergeant=lien, foyer__avec_codemandeur=avec, foyer__personnes={"elements": personnes}
    )
    avant = _visibilites(_derouler(questionnaire, base))
    complet = poser(base, "logement_actuel.statut", statut)
    apres = _visibilites(_derouler(questionnaire, complet))
    tranchees = {q for q, visibilite in avant.items() if visibilite is not Visibilite.PEUT_ETRE}
    assert all(apres[q] == avant[q] for q in tranchees)
