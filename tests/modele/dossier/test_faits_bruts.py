"""Le catalogue des faits bruts, tel que les règles le lisent."""

from datetime import date

import pytest
from outils_sources import catalogue_brut

from modele.dossier.faits_bruts import faits_de_liste
from modele.dossier.inventaire import Genre, inventaire, lire_annotation
from modele.dossier.types import Champ
from modele.regles.faits import ROLE, TypeFait


@pytest.mark.parametrize(
    ("nom", "type_"),
    [
        ("logement_actuel.statut", TypeFait.CHOIX),
        ("demande.motifs", TypeFait.ENSEMBLE),
        ("logement_actuel.loyer", TypeFait.DECIMAL),
        ("demande.date_reception", TypeFait.DATE),
        ("triage.peur_au_domicile", TypeFait.BOOLEEN),
        ("recherche.personnes_a_loger", TypeFait.ENTIER),
        ("demandeur.emploi.situation", TypeFait.CHOIX),
        ("codemandeur.nationalite", TypeFait.CHOIX),
        ("personne.handicap.reconnu", TypeFait.BOOLEEN),
    ],
)
def test_le_type_d_un_fait_vient_de_son_champ(nom: str, type_: TypeFait) -> None:
    """Le type se déduit de l'annotation, jamais d'une seconde déclaration."""
    assert catalogue_brut()[nom].type is type_


@pytest.mark.parametrize(
    "nom",
    ["demandeur.nom", "logement_actuel.adresse.commune", "recherche.communes", "foyer.personnes", "ressources.revenus"],
)
def test_texte_adresse_commune_et_liste_ne_sont_pas_des_faits(nom: str) -> None:
    """Une condition ne compare pas du texte libre."""
    assert nom not in catalogue_brut()


def test_les_bornes_sont_du_type_du_fait() -> None:
    """Une borne de date est une date."""
    assert catalogue_brut()["demande.date_reception"].minimum == date(1980, 1, 1)
    assert catalogue_brut()["foyer.naissances_attendues"].maximum == 6


def test_un_fait_de_personne_mene_aux_trois_questions() -> None:
    """Inconnu, il devient la question du demandeur, du codemandeur et des autres."""
    champs = catalogue_brut()["personne.nationalite"].champs
    assert champs == ("demandeur.nationalite", "codemandeur.nationalite", "personne.nationalite")
    assert catalogue_brut()[ROLE].codes == ("demandeur", "codemandeur", "autre")


def test_les_elements_d_une_liste_ont_leurs_faits() -> None:
    """Une ressource se lit par son montant et son type."""
    faits = faits_de_liste("ressources.revenus")
    assert faits["montant"].nom == "revenu.montant"
    assert faits["type"].codes[0] == "salaire"
    assert "personne" not in faits


def test_aucun_champ_ne_garde_le_nir() -> None:
    """Le numéro de sécurité sociale n'a pas de place : seulement un booléen « vérifié sur pièce »."""
    champs = [*inventaire().champs.values(), *(c for liste in inventaire().listes.values() for c in liste.champs)]
    suspects = [c for c in champs if "nir" in c.chemin.split(".") or "securite_sociale" in c.chemin]
    assert suspects
    assert {c.genre for c in suspects} == {Genre.BOOLEEN}


def test_une_annotation_sans_champ_se_lit_nue() -> None:
    """Les clés techniques du dossier (id, schéma) ne sont pas des champs."""
    assert lire_annotation(str) == (None, str)
    assert lire_annotation(int | None)[0] is None
    assert Champ("x").violence is False
