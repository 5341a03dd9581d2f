"""Les cas d'accueil, joués sur les vraies orientations : ce que l'agent doit voir, et ce que rien ne doit déduire."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from outils_sources import catalogue_brut, catalogue_derive, deriver

from modele.dossier.conduite import Derivation, mener
from modele.dossier.entretien import Visibilite
from modele.dossier.lecture_questionnaire import FICHIER, lire_questionnaire
from modele.dossier.questionnaire import Questionnaire
from modele.dossier.situation import EtatsBruts, etats_bruts
from modele.orientation.examen import orienter
from modele.orientation.regles import RegleOrientation, lire_orientations
from modele.orientation.resultat import Urgence, Voie
from modele.regles.etats import Situation
from ressources import RESSOURCES


@pytest.fixture(scope="module")
def regles() -> tuple[RegleOrientation, ...]:
    """Les orientations livrées."""
    catalogue = catalogue_brut().etendre(catalogue_derive().values())
    return lire_orientations(RESSOURCES / "national" / "orientations.toml", catalogue)


def voies(regles: tuple[RegleOrientation, ...], document: dict[str, Any]) -> dict[str, Voie]:
    """Les voies d'un dossier, sans que l'entretien ait rien rendu sans objet."""
    return {voie.id: voie for voie in orienter(regles, completer(etats_bruts(document)))}


def retenues(regles: tuple[RegleOrientation, ...], document: dict[str, Any]) -> set[str]:
    """Les identifiants des voies retenues."""
    return {voie.id for voie in voies(regles, document).values() if voie.certaine}


def test_dossier_vide_tout_reste_possible(regles: tuple[RegleOrientation, ...]) -> None:
    """L'inconnu n'est jamais « non » : sans réponse, aucune voie ne se tait, une seule est retenue."""
    trouvees = voies(regles, {})
    assert set(trouvees) == {regle.id for regle in regles}
    assert retenues(regles, {}) == {"enregistrer"}


def test_tout_refuse_vaut_inconnu(regles: tuple[RegleOrientation, ...]) -> None:
    """Ne pas vouloir répondre n'éteint aucune voie."""
    refus = {"refus": True}
    document = {
        "triage": {"peur_au_domicile": refus, "toit_ce_soir": refus, "danger_immediat": refus},
        "demande": {"motifs": refus},
        "logement_actuel": {"statut": refus},
    }
    assert set(voies(regles, document)) == {regle.id for regle in regles}


@pytest.mark.parametrize("reponse", [{"triage": {"toit_ce_soir": "non"}}, {"logement_actuel": {"statut": "sans_abri"}}])
def test_sans_toit_avec_son_fils(regles: tuple[RegleOrientation, ...], reponse: dict[str, Any]) -> None:
    """« Je dors dans ma voiture avec mon fils depuis hier » : 115 maintenant, avec ou sans les autres réponses."""
    assert "sans-abri" in retenues(regles, reponse)
    document = {**reponse, "triage": {**reponse.get("triage", {}), "enfant_avec": True}}
    trouvee = voies(regles, document)["sans-abri-enfant"]
    assert trouvee.certaine
    assert trouvee.urgence is Urgence.IMMEDIATE
    assert "115" in trouvee.contacts
    assert trouvee.remplacees == ("sans-abri",)
    assert {"domiciliation", "daho-commission"} <= {e.id for e in trouvee.echeances}
    assert "sans-abri" not in retenues(regles, document)


@pytest.mark.parametrize("enfant", [None, {"refus": True}, False])
def test_sans_savoir_pour_l_enfant_le_toit_reste_dit(regles: tuple[RegleOrientation, ...], enfant: Any) -> None:
    """La voie sans toit ne disparaît que devant une voie retenue, jamais devant une voie possible."""
    triage = {"toit_ce_soir": "non", **({} if enfant is None else {"enfant_avec": enfant})}
    assert "sans-abri" in retenues(regles, {"triage": triage})


def test_a_la_rue_et_en_danger_chez_soi_les_deux_voies_se_disent(regles: tuple[RegleOrientation, ...]) -> None:
    """La voie discrète n'efface pas le 115, ni l'inverse."""
    triage = {"toit_ce_soir": "non", "enfant_avec": True, "peur_au_domicile": True}
    assert {"sans-abri-enfant", "peur", "enfant-expose"} <= retenues(regles, {"triage": triage})


def test_un_titre_expire_et_sans_toit_le_115_et_le_daho_sans_promesse_fausse(
    regles: tuple[RegleOrientation, ...],
) -> None:
    """Ni « votre titre est valable », ni « la demande s'enregistre » : 115 sans condition, DAHO sans condition."""
    document = {
        "triage": {"toit_ce_soir": "non"},
        "demandeur": {"nationalite": "hors_union_europeenne", "titre_sejour_fin": "2026-01-01"},
    }
    trouvees = {id_: voie for id_, voie in voies(regles, document).items() if voie.certaine}
    assert not {"titre-sejour", "enregistrer"} & set(trouvees)
    assert {"sans-abri", "titre-sejour-expire"} <= set(trouvees)
    dits = [dit for voie in trouvees.values() for dit in (*voie.gestes, *voie.a_dire)]
    assert not [dit for dit in dits if "Votre titre est valable" in dit or "cas 2, sans délai préalable)" in dit]
    assert any("DAHO, sans condition de séjour" in dit for dit in dits)
    assert "115" in trouvees["titre-sejour-expire"].contacts
    assert "fin-titre" not in {e.id for e in trouvees["titre-sejour-expire"].echeances}


def test_un_mineur_seul_mene_au_119(regles: tuple[RegleOrientation, ...], questionnaire: Questionnaire) -> None:
    """L'âge inconnu ne dit pas qu'il est majeur : la voie reste possible."""
    jeune = apres_entretien(regles, questionnaire, {"demandeur": {"date_naissance": "2010-05-01"}})["demandeur-mineur"]
    assert jeune.certaine
    assert "119" in jeune.contacts
    assert not apres_entretien(regles, questionnaire, {})["demandeur-mineur"].certaine
    assert "demandeur-mineur" not in apres_entretien(
        regles, questionnaire, {"demandeur": {"date_naissance": "1990-05-01"}}
    )


def test_le_dernier_papier_prend_la_place_du_precedent(regles: tuple[RegleOrientation, ...]) -> None:
    """Un jugement dit après un commandement : « ce n'est pas encore un jugement » ne se dit plus. Une seule étape."""
    document = {
        "triage": {"papier_huissier": "commandement_payer"},
        "expulsion": {"etape": "jugement"},
        "ressources": {"dettes_logement": True},
    }
    assert retenues(regles, document) == {"expulsion-jugement", "enregistrer"}
    remplacees = voies(regles, document)["expulsion-jugement"].remplacees
    assert set(remplacees) == {"impaye"}


def test_dehors_ou_squat_sans_precision_suffit(regles: tuple[RegleOrientation, ...]) -> None:
    """Une réponse en partie connue ne retarde pas le 115."""
    document = {"logement_actuel": {"statut": {"parmi": ["sans_abri", "squat"]}}}
    assert "sans-abri" in retenues(regles, document)


@pytest.mark.parametrize(
    "document",
    [
        {"triage": {"peur_au_domicile": True, "peur_de": "conjoint"}},
        {"triage": {"peur_au_domicile": True}, "protection": {"auteur": "ex"}},
        {"demande": {"motifs": {"coches": ["violences"]}}},
        {"demande": {"mariage_force": True}},
        {"protection": {"preuves": {"coches": ["recepisse_plainte"]}}},
    ],
)
def test_il_ne_doit_pas_savoir(regles: tuple[RegleOrientation, ...], document: dict[str, Any]) -> None:
    """Un seul de ces faits suffit, aucune preuve n'est attendue, et la voie est discrète."""
    voie = voies(regles, document)["violences-couple"]
    assert voie.certaine
    assert voie.discret
    assert voie.urgence is Urgence.IMMEDIATE
    assert "3919" in voie.contacts


def test_la_violence_ne_se_deduit_de_rien(regles: tuple[RegleOrientation, ...]) -> None:
    """Séparation, enfant, danger, sans toit : rien de cela ne dit une violence."""
    document = {
        "triage": {"toit_ce_soir": "non", "enfant_avec": True, "danger_immediat": True, "sante_urgente": True},
        "demande": {"motifs": {"coches": ["separation"]}, "separation_en_cours": True},
    }
    assert not retenues(regles, document) & {"violences-couple", "enfant-expose", "agression-domicile"}


def test_une_voie_discrete_possible_se_tait(regles: tuple[RegleOrientation, ...]) -> None:
    """Tant que rien n'est dit, elle n'est qu'une question à poser seul à seul, sans geste ni numéro."""
    for voie in voies(regles, {}).values():
        if voie.discret:
            assert voie.libelle == "Une question à poser seul à seul"
            assert voie.gestes == voie.contacts == voie.a_dire == ()


def test_motifs_clos_sans_violence_la_peur_reste_a_demander(regles: tuple[RegleOrientation, ...]) -> None:
    """Une liste de motifs close devant un proche ne vaut pas une réponse."""
    document = {"demande": {"motifs": {"coches": ["trop_petit"], "clos": True}}}
    assert "triage.peur_au_domicile" in voies(regles, document)["violences-couple"].a_demander


@pytest.mark.parametrize(
    ("etape", "voie"),
    [
        ("impaye", "impaye"),
        ("commandement_payer", "expulsion-commandement-payer"),
        ("assignation", "expulsion-assignation"),
        ("jugement", "expulsion-jugement"),
        ("commandement_quitter", "expulsion-quitter"),
        ("concours_force_publique", "concours-force-publique"),
    ],
)
def test_chaque_papier_a_sa_voie(regles: tuple[RegleOrientation, ...], etape: str, voie: str) -> None:
    """« J'ai reçu un papier de l'huissier » : au triage ou à l'entretien, le papier mène à sa voie."""
    assert voie in retenues(regles, {"triage": {"papier_huissier": etape}})
    assert voie in retenues(regles, {"expulsion": {"etape": etape}})


def test_six_semaines_du_commandement_de_payer(regles: tuple[RegleOrientation, ...]) -> None:
    """42 jours après la date du papier (L89 art. 24 I)."""
    document = {"expulsion": {"etape": "commandement_payer", "date_papier": "2026-11-02"}}
    echeances = voies(regles, document)["expulsion-commandement-payer"].echeances
    assert [str(e.le) for e in echeances] == ["2026-12-14"]


@pytest.mark.parametrize(
    ("document", "attendue"),
    [
        ({"logement_actuel": {"statut": "chez_particulier"}}, "heberge-tiers"),
        ({"logement_actuel": {"statut": "structure_hebergement"}}, "sortant-hebergement"),
        ({"logement_actuel": {"statut": "locataire_hlm"}}, "mutation-hlm"),
        ({"demande": {"radiee": True}}, "radiation"),
        ({"demande": {"deja_enregistree": True}}, "doublon"),
        ({"demande": {"separation_en_cours": True}}, "separation"),
        ({"demandeur": {"emploi": {"situation": "salarie_prive"}}}, "salarie-prive"),
        ({"demandeur": {"nationalite": "hors_union_europeenne"}}, "titre-sejour"),
        ({"triage": {"logement_dangereux": True}}, "habitat-indigne"),
        ({"triage": {"sante_urgente": True}}, "sante-urgente"),
        ({"triage": {"danger_immediat": True}}, "danger-immediat"),
        ({"demandeur": {"handicap": {"logement_inadapte": True}}}, "handicap-inadapte"),
    ],
)
def test_chaque_situation_mene_a_sa_voie(
    regles: tuple[RegleOrientation, ...], document: dict[str, Any], attendue: str
) -> None:
    """Une réponse suffit à retenir la voie."""
    assert attendue in retenues(regles, document)


def test_un_titre_de_la_liste_n_est_jamais_ecarte(regles: tuple[RegleOrientation, ...]) -> None:
    """Un récépissé de renouvellement permet d'enregistrer : la voie ne se retient pas, et se tait avec sa date."""
    demandeur = {"nationalite": "hors_union_europeenne", "titre_sejour": "recepisse_renouvellement"}
    assert not voies(regles, {"demandeur": demandeur})["titre-sejour-expire"].certaine
    assert "enregistrer" in retenues(regles, {"demandeur": demandeur})
    assert "titre-sejour-expire" not in voies(regles, {"demandeur": demandeur | {"titre_sejour_fin": "2027-01-01"}})


def test_un_titre_qu_on_n_a_pas_vu_ne_dit_jamais_sans_titre(regles: tuple[RegleOrientation, ...]) -> None:
    """« Sans titre » ne s'écrit pas : la voie reste possible, jamais retenue, et l'enregistrement se dit."""
    document = {"demandeur": {"nationalite": "hors_union_europeenne"}}
    assert not voies(regles, document)["titre-sejour-expire"].certaine
    assert "enregistrer" in retenues(regles, document)


CALME = {
    "danger_immediat": False,
    "sante_urgente": False,
    "toit_ce_soir": "oui",
    "enfant_avec": False,
    "papier_huissier": "aucun",
    "logement_dangereux": False,
}


@pytest.fixture(scope="module")
def questionnaire() -> Questionnaire:
    """L'entretien livré."""
    return lire_questionnaire(RESSOURCES / FICHIER, catalogue_brut().etendre(catalogue_derive().values()))


def completer(bruts: EtatsBruts) -> Situation:
    """Les faits dérivés au 22/11/2026, sans territoire ni paramètre : tout ce qui en dépend reste inconnu."""
    derives = deriver(
        bruts.faits,
        bruts.personnes,
        date(2026, 11, 22),
        {},
        lambda _: {},
        personnes_closes=bruts.personnes_closes,
        listes=bruts.listes,
    )
    personnes = tuple({**b, **d} for b, d in zip(bruts.personnes, derives.personnes, strict=True))
    return Situation({**bruts.faits, **derives.faits}, personnes, bruts.personnes_closes)


def deriver_tout(bruts: EtatsBruts) -> Derivation:
    """Comme ``completer``, pour l'entretien."""
    return Derivation.faite(completer(bruts))


def apres_entretien(
    regles: tuple[RegleOrientation, ...], questionnaire: Questionnaire, document: dict[str, Any]
) -> dict[str, Voie]:
    """Les voies, les questions invisibles étant rendues sans objet."""
    situation = mener(questionnaire, document, etats_bruts(document), deriver_tout).situation
    return {voie.id: voie for voie in orienter(regles, situation)}


def test_aucune_question_cachee_n_eteint_une_voie_au_depart(
    regles: tuple[RegleOrientation, ...], questionnaire: Questionnaire
) -> None:
    """Une question pas encore visible n'est pas un « non » : dossier vide, toutes les voies restent ouvertes."""
    assert set(apres_entretien(regles, questionnaire, {})) == {regle.id for regle in regles}


def test_triage_calme_fait_taire_les_urgences_mais_pas_la_peur(
    regles: tuple[RegleOrientation, ...], questionnaire: Questionnaire
) -> None:
    """Six « non » éteignent les urgences qu'ils nient ; la question seul à seul, elle, reste à poser.

    Ce que seul l'entretien dit (l'étape, le danger à l'intérieur) n'est pas nié par le triage : possible, jamais plus.
    """
    trouvees = apres_entretien(regles, questionnaire, {"triage": CALME})
    assert not {"danger-immediat", "sante-urgente"} & set(trouvees)
    assert not any(trouvees[nom].certaine for nom in ("logement-danger-immediat", "concours-force-publique"))
    assert {"peur", "violences-couple", "agression-domicile", "victime-traite"} <= set(trouvees)


def test_un_motif_d_expulsion_rouvre_le_papier(
    regles: tuple[RegleOrientation, ...], questionnaire: Questionnaire
) -> None:
    """« Aucun papier » au triage, puis une expulsion dite dans les motifs : la question revient."""
    document = {"triage": CALME, "demande": {"motifs": {"coches": ["expulsion"]}}}
    entretien = mener(questionnaire, document, etats_bruts(document), deriver_tout).entretien
    etape = next(vue for vue in entretien.questions() if vue.chemin == "expulsion.etape")
    assert etape.visibilite is Visibilite.VISIBLE
    assert "expulsion-jugement" in apres_entretien(regles, questionnaire, document)


def test_sans_la_coche_rien_de_protege_n_est_visible(questionnaire: Questionnaire) -> None:
    """Devant un proche, aucune question protégée ne s'affiche, quoi que dise le reste."""
    document = {"triage": {**CALME, "peur_au_domicile": True}, "demande": {"motifs": {"coches": ["violences"]}}}
    entretien = mener(questionnaire, document, etats_bruts(document), deriver_tout).entretien
    protegees = [vue for vue in entretien.questions() if vue.question.seul_a_seul]
    assert {vue.visibilite for vue in protegees} == {Visibilite.SEUL_A_SEUL}


def test_le_titre_et_le_siret_ne_se_demandent_qu_a_qui_il_faut(questionnaire: Questionnaire) -> None:
    """Titre de séjour hors Union européenne ; SIRET d'un salarié du privé ; lien avec l'hébergeant chez un tiers."""

    def visibles(document: dict[str, Any]) -> set[str]:
        entretien = mener(questionnaire, document, etats_bruts(document), deriver_tout).entretien
        return {vue.chemin for vue in entretien.questions() if vue.visibilite is Visibilite.VISIBLE}

    conditionnelles = {
        "demandeur.titre_sejour",
        "demandeur.emploi.siret_employeur",
        "logement_actuel.lien_hebergeant",
    }
    francais = {"nationalite": "francaise", "emploi": {"situation": "agent_etat"}}
    etranger = {"nationalite": "hors_union_europeenne", "emploi": {"situation": "salarie_prive"}}
    assert not conditionnelles & visibles({"demandeur": francais, "logement_actuel": {"statut": "locataire_hlm"}})
    assert conditionnelles <= visibles({"demandeur": etranger, "logement_actuel": {"statut": "chez_particulier"}})


def test_les_alertes_previennent_sans_rien_bloquer(questionnaire: Questionnaire) -> None:
    """Huit mètres carrés à trois : inhabituel, à confirmer."""
    document = {"logement_actuel": {"statut": "locataire_prive", "surface": "8", "occupants": 3}}
    entretien = mener(questionnaire, document, etats_bruts(document), deriver_tout).entretien
    surface = next(vue for vue in entretien.questions() if vue.chemin == "logement_actuel.surface")
    assert len(surface.alertes) == 1
    assert surface.visibilite is Visibilite.VISIBLE
