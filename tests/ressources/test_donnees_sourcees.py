"""Ce que les données disent de ce qui n'est pas tranché : la donnée, sa source, sa marque ; et ce qui s'efface."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from typing import Any

import pytest
from outils_sources import derives_nationaux, parametres_nationaux

from modele.bilan import Bilan, etablir
from modele.chargement import Regles, charger_regles
from modele.dossier.ephemeres import gardables
from modele.dossier.nomenclatures import nationales
from modele.dossier.questions import Option
from ressources import RESSOURCES

JOUR = date(2026, 11, 29)


@cache
def regles() -> Regles:
    return charger_regles("metropole-exemple")


def bilan(**document: Any) -> Bilan:
    return etablir(regles(), {"id": "x", "territoire": "metropole-exemple", **document}, JOUR)


def orientation(nom: str) -> dict[str, Any]:
    lues = tomllib.loads((RESSOURCES / "national" / "orientations.toml").read_text(encoding="utf-8"))["orientation"]
    return next(une for une in lues if une["id"] == nom)


def test_la_taille_de_l_entreprise_n_est_pas_une_condition() -> None:
    """L313-1 dit qui cotise (cinquante salariés), jamais qui peut demander : l'agent ne refuse pas là-dessus."""
    voie = orientation("salarie-prive")
    dits = [geste for geste in voie["gestes"] if "entreprise" in geste]
    assert dits == ["Ne refusez pas sur la taille de l'entreprise : AL'in dit ce qu'elle ouvre (à faire valider)."]
    assert "L313-1" in voie["fondement"]
    assert not [geste for geste in voie["gestes"] if "10 salariés" in geste or "plus de 20" in geste]


def test_la_carte_talent_se_dit_par_ses_deux_noms() -> None:
    """Renommée en 2025 : une carte d'avant le dit encore, et le code ne change pas pour les dossiers écrits."""
    code = nationales()["titre_sejour"].codes["passeport_talent"]
    assert code.libelle == "Carte « talent » (ex-« passeport talent »)"
    assert "2025-539" in code.note


SORTIES = {
    "Je sors d'un hôpital ou d'une prison, et je n'ai pas de toit": "sans_abri",
    "Je sors d'un hôpital ou d'une prison, et une structure m'héberge": "structure_hebergement",
}


def options_du_logement() -> tuple[Option, ...]:
    question = next(v.question for v in bilan().entretien.questions() if v.chemin == "logement_actuel.statut")
    return question.options


@pytest.mark.parametrize(("dire", "code"), list(SORTIES.items()))
def test_sorti_d_un_hopital_ou_de_prison_le_toit_seul_se_garde(dire: str, code: str) -> None:
    """Une seule phrase pour les deux : ce qui s'écrit, ce qui se relit et ce qui se compte ne dit que le toit."""
    assert {option.dire: option.reponse for option in options_du_logement()}[dire] == code
    relue = next(option.dire for option in options_du_logement() if option.reponse == code)
    assert "prison" not in relue


@pytest.mark.parametrize("sortie", ["sortie_prison", "sortie_hopital"])
def test_la_coche_de_la_sortie_ne_laisse_que_le_toit(sortie: str) -> None:
    """Dite au premier contact, elle ouvre sa voie ; rien n'en reste dans ce qui se garde."""
    toit = {"logement_actuel.statut": "sans_abri"}
    assert gardables({f"triage.{sortie}": True, **toit}) == toit
    document: dict[str, Any] = {"logement_actuel": {"statut": "sans_abri"}}
    avec = bilan(**document, triage={sortie: True})
    assert sortie.replace("_", "-") in {voie.id for voie in avec.voies_retenues}
    sans = bilan(**document)
    assert "sans-abri" in {voie.id for voie in sans.voies_retenues}
    assert not {"sortie-prison", "sortie-hopital"} & {voie.id for voie in sans.voies_retenues}


def test_le_premier_quartile_dit_pourquoi_le_seuil_est_compris() -> None:
    """« Inférieur à un montant » qui est « le plus élevé du quartile » : le texte se contredit au point d'égalité."""
    fait = derives_nationaux()["premier_quartile"].fait
    assert "au plus égales" in fait.definition
    assert "le plus élevé" in fait.source
    assert fait.confiance == "D"


def test_la_reactivation_garde_sa_marque() -> None:
    """Cinq mois après la radiation : un texte de 2015, non relu ; l'échéance et le paramètre restent à valider."""
    echeance = next(e for e in orientation("radiation")["echeance"] if e["id"] == "reactivation")
    assert echeance["confiance"] == "D"
    assert parametres_nationaux()["reactivation_apres_validite_mois"].provenance.confiance == "D"


def entree(fichier: str, cle: str, nom: str) -> dict[str, Any]:
    lues = tomllib.loads((RESSOURCES / "national" / f"{fichier}.toml").read_text(encoding="utf-8"))[cle]
    return next(une for une in lues if une["id"] == nom)


@pytest.mark.parametrize(
    ("fichier", "cle", "nom", "confiance", "dit"),
    [
        ("faits", "fait_derive", "personne.peut_demander", "V", "art. 413-1, 413-2 et 414 (base LEGI"),
        ("parametres", "parametre", "age_majorite", "V", "art. 414 (base LEGI"),
        ("publics_prioritaires", "public", "h", "V", "CASF L121-9 II (base LEGI"),
        ("orientations", "orientation", "sortie-prostitution", "V", "CASF L121-9 (base LEGI"),
        ("faits", "fait_derive", "cmi_invalidite_foyer", "V2", "art. 2, non relu"),
        ("faits", "fait_derive", "personne_seule_avec_charge", "V2", "art. 2, non relu"),
        ("parametres", "parametre", "plafond_pls_coefficient", "D", "art. 1er (« majorés de 30 % »)"),
        ("dalo", "motif", "dalo-7", "V", "décret 2002-120 art. 4, cité par"),
    ],
)
def test_un_texte_relu_le_dit_et_un_texte_non_relu_aussi(
    fichier: str, cle: str, nom: str, confiance: str, dit: str
) -> None:
    """Émancipation, majorité, parcours de sortie, plafonds, décence : ce qui a été lu, et ce qui reste à lire."""
    une = entree(fichier, cle, nom)
    assert (une["confiance"], une["verifie_le"]) == (confiance, JOUR)
    assert dit in une["source"]


def test_personne_seule_la_surface_ou_le_volume_suffit() -> None:
    """Décret 2002-120, art. 4 : 9 m² sous 2,20 m, ou 20 m³ ; il faut n'avoir ni l'un ni l'autre."""
    assert "ni 9 m² sous 2,20 m, ni 20 m³" in entree("dalo", "motif", "dalo-7")["critere"]


def test_de_plusieurs_offres_celle_qui_presse_d_abord() -> None:
    """Le dossier n'en date qu'une ; les refusées ont leur liste. Se taire vaut refus (R441-10)."""
    question = next(v.question for v in bilan().entretien.questions() if v.chemin == "demande.proposition_recue")
    assert "Plusieurs offres" in question.pourquoi
    alerte = next(v.question for v in bilan().entretien.questions() if v.chemin == "ressources.rfr_n2").alertes
    assert any("un avis à deux" in une.message for une in alerte)
