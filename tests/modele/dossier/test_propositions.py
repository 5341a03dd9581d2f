"""Ce qui est déjà su se propose à confirmer et ne se redemande pas (constat 31) ; rien d'une violence n'y paraît."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from outils_sources import catalogue_brut, catalogue_derive

from modele.bilan import Bilan, charger_regles, etablir
from modele.dossier.chemins import ABSENT
from modele.dossier.lecture_questionnaire import lire_questionnaire
from modele.dossier.propositions import sue
from modele.protection.violences import peut_dire
from modele.regles.conditions import noms_des_faits
from modele.regles.fautes import FichierFautif

JOUR = date(2026, 11, 29)
SECTION = 'format = 1\nsource = "x"\nverifie_le = 2026-11-29\n[[section]]\nid = "s"\nlibelle = "S"\n'
TYPE = '[[section.question]]\nid = "type"\nchamp = "logement_actuel.type"\ndire = "Un T1 ?"\n'
INDIGNE = '[[section.question]]\nid = "indigne"\nchamp = "logement_actuel.indigne"\ndire = "Dangereux ?"\n'
SURFACE = '[[section.question]]\nid = "surface"\nchamp = "logement_actuel.surface"\ndire = "Combien ?"\n'
PRINCIPAL = '[[section.question]]\nid = "principal"\nchamp = "demande.motif_principal"\ndire = "Laquelle ?"\n'
SI = '[[section.question.propose_si]]\nvaleur = "T2"\nsi = '
SI_PIECES = '[[section.question.propose_si]]\nsi = { fait = "logement_actuel.pieces", egal = 2 }\n'
ENFANT = "0190a201-0000-7000-8000-000000000001"


def _bilan(**document: Any) -> Bilan:
    return etablir(charger_regles("metropole-exemple"), {"territoire": "metropole-exemple", **document}, JOUR)


def _sue(chemin: str, **document: Any) -> Any:
    bilan = _bilan(**document)
    (vue,) = (une for une in bilan.entretien.questions() if une.chemin == chemin)
    return sue(vue, bilan.document, bilan.situation)


def _logement(**dit: Any) -> dict[str, Any]:
    return {"logement_actuel": {"statut": "locataire_prive", **dit}}


@pytest.mark.parametrize(
    ("chemin", "document", "attendu"),
    [
        ("logement_actuel.type", _logement(pieces=2), "T2"),
        ("logement_actuel.type", _logement(pieces=7), "T6P"),
        ("logement_actuel.type", _logement(), ABSENT),
        ("logement_actuel.type", _logement(statut="hotel", pieces=1), ABSENT),
        ("logement_actuel.indigne", {"triage": {"logement_dangereux": True}, **_logement()}, True),
        ("ressources.dettes_logement", {"triage": {"papier_huissier": "commandement_payer"}, **_logement()}, True),
        ("ressources.dettes_logement", {"triage": {"papier_huissier": "jugement"}, **_logement()}, ABSENT),
        ("demande.type", {"demande": {"deja_enregistree": False}}, "premiere"),
        ("demande.type", {"demande": {"deja_enregistree": True}}, ABSENT),
        ("demande.relogement_operation_urbaine", {"demande": {"motifs": {"coches": ["demolition"]}}}, True),
        ("demande.relogement_operation_urbaine", {"demande": {"motifs": {"coches": ["trop_petit"]}}}, ABSENT),
        ("demande.motif_principal", {"demande": {"motifs": {"coches": ["trop_petit"]}}}, "trop_petit"),
        ("demande.motif_principal", {"demande": {"motifs": {"coches": ["trop_petit", "sante"]}}}, ABSENT),
        ("demande.motif_principal", {"demande": {"motifs": {"coches": ["violences"]}}}, ABSENT),
        ("demande.motif_principal", {"demande": {"motifs": {"refus": True}}}, ABSENT),
    ],
)
def test_ce_qui_a_ete_dit_ne_se_redemande_pas(chemin: str, document: dict[str, Any], attendu: Any) -> None:
    """Su, il se confirme ; pas sûr, il se demande : jamais un « non » tiré de ce qui n'a pas été dit."""
    assert _sue(chemin, **document) == attendu


@pytest.mark.parametrize(("situation", "lien"), [("marie", "conjoint"), ("pacse", "partenaire_pacs"), ("veuf", ABSENT)])
def test_le_lien_du_codemandeur_vient_de_ce_qu_on_a_dit_du_couple(situation: str, lien: Any) -> None:
    deux = {"foyer": {"avec_codemandeur": True}}
    dit = {"demandeur": {"situation_familiale": situation}, **deux}
    assert _sue("codemandeur.lien", **dit, demande={"separation_en_cours": False}) == lien
    assert _sue("codemandeur.lien", **dit, demande={"separation_en_cours": True}) is ABSENT
    assert _sue("codemandeur.lien", **dit) is ABSENT


def test_chacun_se_lit_dans_sa_ligne() -> None:
    """La civilité d'un adulte vient de ce qui est dit de lui, pas d'un autre."""
    autre = "0190a201-0000-7000-8000-000000000002"
    personnes = {
        ENFANT: {"date_naissance": "1990-01-01", "sexe": "feminin"},
        autre: {"date_naissance": "1991-01-01"},
    }
    document = {"foyer": {"personnes": {"elements": personnes, "ordre": [ENFANT, autre]}}}
    assert _sue(f"foyer.personnes.elements.{ENFANT}.civilite", **document) == "madame"
    assert _sue(f"foyer.personnes.elements.{autre}.civilite", **document) is ABSENT


def test_les_refus_notes_un_a_un_ne_se_recomptent_pas() -> None:
    refus = {"a": {"justifie": False}, "b": {"justifie": True}}
    elements = {f"0190a201-0000-7000-8000-00000000000{rang}": dit for rang, dit in enumerate(refus.values())}
    document = {"demande": {"deja_enregistree": True}, "refus": {"elements": elements, "clos": True}}
    assert _sue("demande.refus_non_justifies", **document) == 1


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        (TYPE + SI_PIECES + 'valeur = "T9"\n', "T9"),
        (TYPE + SI_PIECES, "obligatoire"),
        (INDIGNE + SI_PIECES + 'valeur = "T2"\n', "clé inconnue"),
        (SURFACE + SI_PIECES, "un choix, ou un oui ou non"),
        (TYPE + '[[section.question.propose_si]]\nvaleur = "T2"\n', "obligatoire"),
        (PRINCIPAL + SI_PIECES + 'valeur = "violences"\n', "violence"),
        (TYPE + SI + '{ fait = "triage.peur_au_domicile" }\n', "ne se propose pas"),
        (TYPE + SI + '{ fait = "triage.mineur_seul" }\n', "ne se propose pas"),
        (TYPE + SI + '{ fait = "demande.motifs", contient = "violences" }\n', "ne se propose pas"),
        (TYPE + SI + '{ non = { fait = "demande.motifs", contient = "trop_petit" } }\n', "ne se propose pas"),
        (TYPE + SI + '{ fait = "taux_effort", plus_de = 1 }\n', "ne se lit pas dans une réponse"),
    ],
)
def test_chaque_faute_d_une_proposition_est_dite(tmp_path: Path, texte: str, attendu: str) -> None:
    """Surtout celle qui montrerait, par ce qu'elle propose, ce qui se tait."""
    fichier = tmp_path / "q.toml"
    fichier.write_text(SECTION + texte, encoding="utf-8")
    with pytest.raises(FichierFautif) as levee:
        lire_questionnaire(fichier, catalogue_brut().etendre(catalogue_derive().values()))
    assert any(attendu in faute.message for faute in levee.value.fautes), levee.value.fautes


def test_rien_de_livre_ne_se_propose_d_un_fait_protege() -> None:
    questions = [q for s in charger_regles("metropole-exemple").questionnaire.sections for q in s.questions]
    lus = {fait for q in questions for d in q.deductions for fait in noms_des_faits(d.si)}
    assert lus
    assert not [fait for fait in lus - {"demande.motifs"} if peut_dire(fait, True)]
    assert catalogue_brut().keys() >= {fait for fait in lus if not fait.startswith("personne.")}
