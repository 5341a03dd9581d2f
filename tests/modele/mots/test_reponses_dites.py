"""Dire une réponse : les mots de l'entretien, pour chaque genre de champ et chaque façon de ne pas savoir."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from modele.bilan import Regles, charger_regles
from modele.dossier.chemins import ABSENT
from modele.dossier.inventaire import inventaire
from modele.dossier.unites import unite
from modele.mots.reponses import Diseur, Voix

ENFANT = "0190a201-0000-7000-8000-000000000001"
CHEMIN = f"foyer.personnes.elements.{ENFANT}"
DOCUMENT = {
    "foyer": {"personnes": {"elements": {ENFANT: {"prenoms": "Inès", "nom": "MOREL"}}, "ordre": [ENFANT]}},
}


@pytest.fixture(scope="module")
def regles() -> Regles:
    return charger_regles("metropole-exemple")


@pytest.fixture
def diseur(regles: Regles) -> Diseur:
    return Diseur(regles.vocabulaire, DOCUMENT)


@pytest.mark.parametrize(
    ("chemin", "valeur", "dite"),
    [
        ("contact.telephone", "0612345678", "06 12 34 56 78"),
        ("contact.telephone", "+33612345678", "06 12 34 56 78"),
        ("contact.telephone", "+213612345678", "+213612345678"),
        ("contact.telephone", ABSENT, "rien de noté"),
        ("contact.telephone", {"refus": True}, "ne souhaite pas répondre"),
        ("contact.telephone", {"ne_sait_pas": True}, "ne sait pas"),
        ("contact.telephone_sur", True, "oui"),
        ("logement_actuel.statut", "chez_particulier", "Chez quelqu'un : un ami, de la famille"),
        ("logement_actuel.depuis", "2026-02-01", "01/02/2026"),
        ("logement_actuel.depuis", {"entre": ["2026-02-01", None]}, "au moins 01/02/2026"),
        ("logement_actuel.depuis", {"entre": [None, "2026-02-01"]}, "au plus 01/02/2026"),
        ("logement_actuel.surface", {"entre": [40, 50]}, "entre 40 m² et 50 m²"),
        ("logement_actuel.loyer", Decimal("612.50"), "612,5 euros par mois"),
        ("demande.motifs", {"coches": ["sans_logement_propre"], "clos": True}, None),
        ("demande.motifs", {"coches": [], "clos": True}, "aucune réponse cochée"),
        ("demande.motifs", {"coches": []}, "rien de noté"),
        ("demande.motifs", {"refus": True}, "ne souhaite pas répondre"),
        ("recherche.communes", ["31555"], "Toulouse (31000…)"),
        ("demandeur.nom", "dupont_durand", "dupont_durand"),
        ("foyer.personnes.ordre", [ENFANT], "Inès MOREL"),
        (f"{CHEMIN}.lien", "enfant", "Mon enfant"),
        ("logement_actuel.depuis", "2026-02-31", "2026-02-31"),
    ],
)
def test_chaque_reponse_se_dit(diseur: Diseur, chemin: str, valeur: Any, dite: str | None) -> None:
    """Ni code, ni date ISO, ni accolade à l'écran."""
    obtenue = diseur.dire(chemin, valeur)
    if dite is not None:
        assert obtenue.replace("\u202f", " ") == dite
    assert "{" not in obtenue


def test_un_choix_incertain_reprend_la_phrase_de_l_entretien(regles: Regles, diseur: Diseur) -> None:
    """Une option qui couvre plusieurs codes se redit telle qu'elle a été lue."""
    question = regles.vocabulaire.question("logement_actuel.statut")
    assert question is not None
    vague = next(option for option in question.options if not option.exacte)
    assert diseur.dire("logement_actuel.statut", vague.reponse) == vague.dire


@pytest.mark.parametrize(
    ("chemin", "sujet"),
    [
        ("contact.telephone_sur", "Téléphone"),
        ("demandeur.prenoms", "Identité"),
        ("codemandeur.nom", "Conjoint ou codemandeur : Identité"),
        ("logement_actuel.adresse.voie", "Adresse actuelle"),
        ("logement_actuel.statut", "Situation de logement actuelle"),
        (f"{CHEMIN}.lien", "Inès MOREL : Lien avec le demandeur"),
        (f"{CHEMIN}.nom", "Inès MOREL : Identité"),
        (CHEMIN, "Inès MOREL"),
        ("foyer.personnes.ordre", "Ordre de la liste"),
    ],
)
def test_le_sujet_nomme_la_chose_et_la_personne(diseur: Diseur, chemin: str, sujet: str) -> None:
    """Une unité de plusieurs champs a un nom à elle."""
    assert diseur.sujet(unite(chemin)) == sujet


def test_un_dossier_discret_ne_nomme_personne(regles: Regles) -> None:
    """Une personne s'y désigne par son rang."""
    discret = Diseur(regles.vocabulaire, DOCUMENT, sans_nom=True)
    assert discret.sujet(f"{CHEMIN}.lien") == "Personne à loger n° 1 : Lien avec le demandeur"
    assert discret.nommer("foyer.personnes", {"prenoms": "Inès"}) == ""


def test_tout_champ_du_dossier_a_un_libelle(diseur: Diseur) -> None:
    """Aucun chemin pointé n'arrive à l'écran."""
    chemins = [
        *inventaire().champs,
        *(
            f"{liste.chemin}.elements.x.{champ.chemin}"
            for liste in inventaire().listes.values()
            for champ in liste.champs
        ),
    ]
    assert [chemin for chemin in chemins if diseur.libelle(chemin) == chemin] == []


@pytest.mark.parametrize(
    ("chemin", "valeur", "dite"),
    [
        ("logement_actuel.statut", "chez_particulier", "Hébergé chez un particulier"),
        ("demande.motifs", {"coches": ["trop_petit", "trop_cher"], "clos": True}, None),
        ("contact.telephone", "0612345678", "06 12 34 56 78"),
        ("recherche.communes", ["31555"], "Toulouse"),
    ],
)
def test_le_papier_dit_les_libelles_officiels(regles: Regles, chemin: str, valeur: Any, dite: str | None) -> None:
    """Qui le lira ailleurs ne connaît pas les mots de l'entretien."""
    papier = Diseur(regles.vocabulaire, DOCUMENT, voix=Voix.PAPIER)
    obtenue = papier.dire(chemin, valeur)
    if dite is None:
        assert " ; " in obtenue
        assert "c'est tout" not in obtenue
    else:
        assert obtenue == dite
