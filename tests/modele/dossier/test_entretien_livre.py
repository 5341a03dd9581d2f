"""Le questionnaire livré, déroulé sur des dossiers quelconques."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from outils_sources import catalogue_brut, catalogue_derive

from modele.dossier.chemins import Document, poser
from modele.dossier.conduite import Derivation, mener
from modele.dossier.entretien import Visibilite
from modele.dossier.lecture_questionnaire import FICHIER, lire_questionnaire
from modele.dossier.questionnaire import Questionnaire
from modele.dossier.situation import EtatsBruts, etats_bruts
from modele.regles.etats import Statut
from modele.regles.faits import Fait, TypeFait
from ressources import RESSOURCES

TOUS = [fait for fait in catalogue_brut().values() if not fait.de_personne]
ELEMENTS = [fait for fait in catalogue_brut().values() if fait.de_personne and fait.nom != "personne.role"]


@pytest.fixture(scope="module")
def questionnaire() -> Questionnaire:
    return lire_questionnaire(RESSOURCES / FICHIER, catalogue_brut().etendre(catalogue_derive().values()))


def _reponse(fait: Fait) -> st.SearchStrategy[Any]:
    """Une réponse admissible à ce fait, ou un refus, ou « ne sait pas »."""
    valeurs: dict[TypeFait, st.SearchStrategy[Any]] = {
        TypeFait.BOOLEEN: st.booleans(),
        TypeFait.ENTIER: st.integers(0, 6),
        TypeFait.DECIMAL: st.integers(1, 900),
        TypeFait.DATE: st.dates().map(str),
        TypeFait.CHOIX: st.sampled_from(fait.codes or ("",)),
        TypeFait.ENSEMBLE: st.fixed_dictionaries(
            {"coches": st.lists(st.sampled_from(fait.codes or ("",)), unique=True, max_size=3), "clos": st.booleans()}
        ),
    }
    return st.one_of(valeurs[fait.type], st.sampled_from([{"refus": True}, {"ne_sait_pas": True}]))


def _posee(prefixe: str, fait: Fait) -> st.SearchStrategy[tuple[str, Any]]:
    relatif = fait.nom.removeprefix("personne.")
    return st.tuples(st.just(f"{prefixe}{relatif}"), _reponse(fait))


REPONSES = st.one_of(
    st.sampled_from(TOUS).flatmap(lambda fait: _posee("", fait)),
    st.sampled_from(ELEMENTS).flatmap(lambda fait: _posee("foyer.personnes.elements.a.", fait)),
    st.sampled_from(ELEMENTS).flatmap(lambda fait: _posee("foyer.personnes.elements.b.", fait)),
)


def _deriver(bruts: EtatsBruts) -> Any:
    return Derivation.faite(bruts.situation())


@settings(max_examples=60, deadline=None)
@given(st.lists(REPONSES, max_size=25))
def test_un_fait_est_sans_objet_exactement_quand_aucune_question_ne_se_pose(
    questionnaire: Questionnaire, reponses: list[tuple[str, Any]]
) -> None:
    """Pour chaque champ du foyer : sans objet si toutes ses questions le sont, et jamais autrement."""
    document: Document = {}
    for chemin, reponse in reponses:
        document = poser(document, chemin, reponse)
    conduite = mener(questionnaire, document, etats_bruts(document), _deriver)
    entretien, situation = conduite.entretien, conduite.situation
    visibilites: dict[str, set[Visibilite]] = {}
    for vue in entretien.questions():
        for fait in vue.question.faits if vue.chemin == vue.question.champ else ():
            visibilites.setdefault(fait, set()).add(vue.visibilite)
    assert visibilites
    for fait, vues in visibilites.items():
        cache = vues == {Visibilite.SANS_OBJET}
        assert (situation.etat(fait).statut is Statut.SANS_OBJET) is cache, (fait, vues)


def test_un_dossier_neuf_ne_pose_que_ce_qu_il_peut(questionnaire: Questionnaire) -> None:
    """Au premier contact, le triage est là, et la peur attend d'être seul à seul."""
    entretien = mener(questionnaire, {}, etats_bruts({}), _deriver).entretien
    vues = {vue.chemin: vue.visibilite for vue in entretien.questions()}
    assert vues["triage.toit_ce_soir"] is Visibilite.VISIBLE
    assert vues["triage.peur_au_domicile"] is Visibilite.SEUL_A_SEUL
    assert vues["codemandeur.nationalite"] is Visibilite.PEUT_ETRE
