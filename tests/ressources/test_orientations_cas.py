"""Les cas d'accueil, joués sur les vraies orientations : ce que l'agent doit voir, et ce que rien ne doit déduire."""

from __future__ import annotations

from typing import Any

import pytest

from modele.dossier.faits.ensemble import catalogue_derive
from modele.dossier.faits_bruts import catalogue_brut
from modele.dossier.nomenclatures import RESSOURCES
from modele.dossier.situation import situation_brute
from modele.orientation.examen import orienter
from modele.orientation.regles import RegleOrientation, lire_orientations
from modele.orientation.resultat import Urgence, Voie


@pytest.fixture(scope="module")
def regles() -> tuple[RegleOrientation, ...]:
    """Les orientations livrées."""
    catalogue = catalogue_brut().etendre(catalogue_derive().values())
    return lire_orientations(RESSOURCES / "national" / "orientations.toml", catalogue)


def voies(regles: tuple[RegleOrientation, ...], document: dict[str, Any]) -> dict[str, Voie]:
    """Les voies d'un dossier, sur ses seuls faits bruts."""
    return {voie.id: voie for voie in orienter(regles, situation_brute(document))}


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
    assert {"sans-abri", "sans-abri-enfant"} <= retenues(regles, document)
    trouvee = voies(regles, document)["sans-abri-enfant"]
    assert trouvee.urgence is Urgence.IMMEDIATE
    assert "115" in trouvee.contacts


def test_dehors_ou_squat_sans_precision_suffit(regles: tuple[RegleOrientation, ...]) -> None:
    """Une réponse en partie connue ne retarde pas le 115."""
    document = {"logement_actuel": {"statut": {"parmi": ["sans_abri", "squat"]}}}
    assert "sans-abri" in retenues(regles, document)


@pytest.mark.parametrize(
    "document",
    [
        {"triage": {"peur_au_domicile": True}},
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
    """Un récépissé de renouvellement permet d'enregistrer : la voie « sans titre » se tait."""
    document = {"demandeur": {"nationalite": "hors_union_europeenne", "titre_sejour": "recepisse_renouvellement"}}
    assert "sejour-sans-titre" not in voies(regles, document)
    assert "enregistrer" in retenues(regles, document)
