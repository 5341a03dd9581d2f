"""Le registre : chaque fait déclare ce qu'il lit, et ne lit rien d'autre."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from outils_sources import catalogue_brut, catalogue_derive, derives_nationaux

from modele.dossier.faits.demande import POPULATIONS, TYPOLOGIES
from modele.dossier.faits.ensemble import FAITS_DES_DIMENSIONS
from modele.dossier.faits.lecture import Lecture
from modele.dossier.faits.logement import ETAPES
from modele.dossier.faits.registre import fait_d_etats
from modele.dossier.nomenclatures import nationales
from modele.dossier.situation import etats_bruts
from modele.regles.etats import INCONNU, Etat
from modele.regles.faits import TypeFait
from modele.regles.lecture import lire_toml
from modele.regles.parametres import DIMENSIONS, DeclarationParametre

NATIONAL = Path(__file__).parents[4] / "ressources" / "national"
LISTES = {"foyer.personnes", "ressources.revenus", "refus"}
PUBLICS = [
    "anciennete_mois",
    "anciennete_mois_entames",
    "delai_anormalement_long_depasse",
    "personne.age",
    "personne.mineur",
    "demandeur.age",
    "nombre_personnes",
    "nombre_enfants_mineurs",
    "mineur_a_charge",
    "nombre_a_charge",
    "parent_isole",
    "ressources_mensuelles",
    "revenu_par_uc",
    "taux_effort",
    "reste_a_vivre",
    "suroccupation",
    "surface_par_personne",
    "sous_occupation",
    "duree_logement_actuel_mois",
    "population",
    "categorie_menage",
    "sous_plafond_plai",
    "sous_plafond_plus",
    "sous_plafond_pls",
    "menace_expulsion",
    "handicap_foyer",
    "dalo_reconnu",
    "ase_moins_21_ans",
    "reprise_apres_chomage",
    "sans_logement",
    "heberge_tiers",
    "heberge_structure",
    "typologie_souhaitee",
    "territoire.outre_mer",
    "territoire.agglomeration_plus_300000",
    "refus_non_justifies",
    "relogement_operation_urbaine",
    "violences_declarees",
]


def test_les_noms_publics_existent() -> None:
    assert set(PUBLICS) <= set(catalogue_derive())


# Ils ne lisent que la date de calcul, ou que le territoire : aucune réponse ne les change.
DU_JOUR_ET_DU_LIEU = {"fin_de_treve", "en_treve", "prefet_six_mois"}


@pytest.mark.parametrize("fait", catalogue_derive().values(), ids=lambda fait: fait.nom)
def test_un_fait_dit_sa_source_et_remonte_a_des_champs_du_dossier(fait: Any) -> None:
    assert fait.definition
    assert fait.source
    assert set(fait.champs) <= {*catalogue_brut(), *LISTES}
    assert fait.champs or fait.nom.startswith("territoire.") or fait.nom in DU_JOUR_ET_DU_LIEU


@pytest.mark.parametrize("derive", derives_nationaux().values(), ids=lambda derive: derive.fait.nom)
def test_un_fait_ne_lit_que_ce_qu_il_declare(
    derive: Any, parametres_nationaux: dict[str, DeclarationParametre], monkeypatch: pytest.MonkeyPatch
) -> None:
    document = {"foyer": {"avec_codemandeur": True, "personnes": {"elements": {"a": {}}, "clos": True}}}
    bruts = etats_bruts(document)
    lus: set[str] = set()
    parametres: set[str] = set()
    autres = set(derives_nationaux()) - {derive.fait.nom}

    def etat(self: Lecture, nom: str) -> Etat:
        lus.add(nom)
        return INCONNU if nom in autres else vrai_etat(self, nom)

    vrai_etat, vrai_parametre, vraie_liste = Lecture.etat, Lecture.parametre, Lecture.liste
    monkeypatch.setattr(Lecture, "etat", etat)
    monkeypatch.setattr(Lecture, "parametre", lambda s, n: (parametres.add(n), vrai_parametre(s, n))[1])
    monkeypatch.setattr(Lecture, "liste", lambda s, n: (lus.add(n), vraie_liste(s, n))[1])
    lecture = Lecture(
        bruts.faits,
        bruts.personnes,
        True,
        20,
        bruts.listes,
        date(2026, 11, 22),
        {},
        {},
        catalogue_brut(),
        derives_nationaux(),
        bruts.personnes[0],
    )
    derive.calculer(lecture)
    assert lus - {"date_calcul", "personne.role"} <= set(derive.entrees)
    assert parametres <= set(derive.parametres)
    assert set(derive.parametres) <= set(parametres_nationaux)


def test_chaque_dimension_d_un_parametre_a_le_fait_qui_la_dit() -> None:
    assert set(FAITS_DES_DIMENSIONS) == set(DIMENSIONS)
    assert set(FAITS_DES_DIMENSIONS.values()) <= set(catalogue_derive())


def test_un_nom_ne_se_declare_pas_deux_fois() -> None:
    declarer = fait_d_etats("anciennete_mois", TypeFait.ENTIER, "encore", source="rien", champs=())
    with pytest.raises(ValueError, match="anciennete_mois"):
        declarer(lambda lecture: INCONNU)


def test_les_listes_de_codes_suivent_les_nomenclatures() -> None:
    assert set(TYPOLOGIES) == set(nationales()["typologie"].codes)
    assert tuple(nationales()["etape_expulsion"].codes) == ETAPES
    assert POPULATIONS == ("primo", "mutation")


def test_chaque_parametre_national_sert_a_un_fait(parametres_nationaux: dict[str, DeclarationParametre]) -> None:
    """Sauf ceux qui ne comptent aucun fait : quand relire le droit, en combien de mois recevoir."""
    lus = {p for d in derives_nationaux().values() for p in d.parametres}
    assert lus == set(parametres_nationaux) - {"revue_du_droit_jours", "delai_reception_mois"}


def test_les_parametres_disent_leur_source_et_s_accordent_avec_la_table_des_categories(
    parametres_nationaux: dict[str, DeclarationParametre],
) -> None:
    assert all(p.provenance.source and p.provenance.verifie_le and p.libelle for p in parametres_nationaux.values())
    assert all(p.valeurs or p.a_saisir_par for p in parametres_nationaux.values())
    regles = lire_toml(NATIONAL / "regles_categorie_menage.toml")
    baisse = regles.table("ressources")
    jeune = regles.table("jeune_menage")
    assert baisse is not None
    assert jeune is not None
    assert parametres_nationaux["baisse_revenus_part"].valeurs[0].valeur == baisse.nombre("baisse_seuil")
    assert str(parametres_nationaux["jeune_menage_somme_ages"].valeurs[0].valeur) in jeune.texte("definition")
