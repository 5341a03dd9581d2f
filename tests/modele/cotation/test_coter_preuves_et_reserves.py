"""Déclarée et vérifiée, preuves, malus, réserves : ce que la note dit d'elle-même."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from grilles_ecrites import ANCIENNETE, DIRES, JOUR, grille, situation

from modele.cotation.coter import coter
from modele.cotation.preuves import etats_de_preuve, prouves
from modele.cotation.resultat import Cotation, Fourchette, Preuve
from modele.mots.note import DiseurDeNote
from modele.regles.etats import INCONNU, Intervalle, connu, partiel

PUBLICS = """
[[rubrique]]
id = "publics"
libelle = "Publics prioritaires"
cumul = "maximum"
[[rubrique.critere]]
id = "dalo"
libelle = "Reconnu DALO"
points = 60
si = { fait = "dalo_reconnu" }
preuve = "piece"
pieces = ["decision"]
[[rubrique.critere]]
id = "pdalhpd"
libelle = "Labellisé"
points = 45
si = { fait = "dalo.labellise_pdalhpd" }
preuve = "travailleur_social"
[[rubrique]]
id = "parcours"
libelle = "Refus"
cumul = "somme"
[[rubrique.critere]]
id = "refus"
libelle = "Refus"
par_unite = { fait = "refus_non_justifies", points = -10, minimum = -20 }
preuve = "piece"
"""
REPONSES: dict[str, Any] = {"dalo_reconnu": True, "dalo__labellise_pdalhpd": True, "refus_non_justifies": 0}
MALUS = "Des points en moins ne sont pas prouvés : ils ne sont pas dans la note vérifiée."


def note(texte: str = PUBLICS, *, preuves: Any = (), vues: Any = (), manquantes: Any = (), **faits: Any) -> Cotation:
    """La cotation par une grille pour toutes les demandes."""
    dires = replace(DIRES, preuves=dict(preuves), pieces_vues=vues, pieces_manquantes=manquantes)
    rendue = coter([grille(texte)], situation(**faits), JOUR, dires)
    assert rendue is not None
    return rendue


def preuve(critere: str, **dits: Any) -> Preuve:
    """L'état de preuve d'un critère."""
    trouvee = {c.id: c for r in note(**REPONSES, **dits).rubriques for c in r.criteres}
    return trouvee[critere].preuve


def exacte(nombre: int) -> Fourchette:
    return Fourchette(Decimal(nombre), Decimal(nombre))


def test_les_cinq_etats_de_preuve() -> None:
    """Déclaré, justifié (dit ou pièce vue), validé, manquant ; automatique se passe de preuve."""
    assert preuve("dalo") is Preuve.DECLARE
    assert preuve("dalo", preuves={"dalo": "justifie"}) is Preuve.JUSTIFIE
    assert preuve("dalo", vues={"decision"}) is Preuve.JUSTIFIE
    assert preuve("dalo", preuves={"dalo": "valide"}, manquantes={"decision"}) is Preuve.VALIDE
    assert preuve("dalo", manquantes={"decision"}) is Preuve.MANQUANT
    assert preuve("dalo", vues={"decision"}, manquantes={"decision"}) is Preuve.JUSTIFIE
    assert preuve("dalo", preuves={"dalo": ["n'importe quoi"]}, vues={"autre"}) is Preuve.DECLARE
    automatique = coter([grille()], situation(), JOUR, replace(DIRES, preuves={"mois": "valide"}))
    assert automatique is not None
    assert automatique.rubriques[0].criteres[0].preuve is Preuve.AUTOMATIQUE


@pytest.mark.parametrize(
    ("preuves", "verifiee"),
    [
        ({}, 0),
        ({"dalo": "justifie"}, 60),
        ({"dalo": "valide"}, 60),
        ({"pdalhpd": "justifie"}, 0),
        ({"pdalhpd": "valide"}, 45),
        ({"dalo": "justifie", "pdalhpd": "valide"}, 60),
    ],
)
def test_le_second_prouve_compte_dans_la_verifiee(preuves: dict[str, str], verifiee: int) -> None:
    """Déclarée 60 ; vérifiée selon ce qui est prouvé ; une pièce ne remplace pas le travailleur social."""
    rendue = note(preuves=preuves, **REPONSES)
    assert rendue.declaree == exacte(60)
    assert rendue.verifiee == exacte(verifiee)


def test_la_verifiee_est_un_intervalle() -> None:
    """Prouvé d'avance, mais le fait reste inconnu."""
    rendue = note(preuves={"dalo": "justifie"}, dalo__labellise_pdalhpd=False, refus_non_justifies=0)
    assert rendue.verifiee == Fourchette(Decimal(0), Decimal(60))


def test_un_malus_non_prouve_n_est_pas_dans_la_verifiee_et_se_dit() -> None:
    """La déclarée le compte, la vérifiée non : la réserve prévient ; prouvé, il compte partout et ne se dit plus."""
    reponses = REPONSES | {"refus_non_justifies": 1}
    rendue = note(preuves={"dalo": "justifie"}, **reponses)
    assert (rendue.declaree, rendue.verifiee) == (exacte(50), exacte(60))
    assert MALUS in DiseurDeNote().reserves(rendue)
    prouve = note(preuves={"dalo": "justifie", "refus": "justifie"}, **reponses)
    assert prouve.verifiee == exacte(50)
    assert MALUS not in DiseurDeNote().reserves(prouve)
    assert MALUS not in DiseurDeNote().reserves(note(**REPONSES))
    assert MALUS in DiseurDeNote().reserves(
        note(**{cle: v for cle, v in REPONSES.items() if cle != "refus_non_justifies"})
    )


def test_un_malus_sans_borne_ou_hors_situation() -> None:
    """Sans borne basse, il peut toujours ôter ; s'il ne s'applique pas, il n'y a rien à dire."""
    libre = PUBLICS.replace(", minimum = -20", "").replace("refus_non_justifies", "local.ecarts")
    declare = '[[fait]]\nid = "local.ecarts"\ntype = "entier"\nquestion = "Combien ?"\ndefinition = "Essai"\n'
    assert MALUS in DiseurDeNote().reserves(note(declare + libre))
    reserve = PUBLICS + 'si = { fait = "parent_isole" }\n'
    assert MALUS not in DiseurDeNote().reserves(note(reserve, parent_isole=False))
    assert MALUS in DiseurDeNote().reserves(note(reserve, parent_isole=True))


def test_prouves_ne_garde_que_ce_qui_l_est() -> None:
    """Les autres critères sortent de la grille ; l'ordre reste."""
    lue = grille(PUBLICS)
    etats = etats_de_preuve(lue, {"pdalhpd": "valide"}, (), ())
    assert [[c.id for c in r.criteres] for r in prouves(lue, etats).rubriques] == [["pdalhpd"], []]


def test_grille_partielle_phrase_exacte_jamais_au_moins() -> None:
    """« N points sur les lignes connues… », à l'unité près ; jamais « au moins »."""
    partielle = grille(statut="partielle", suite='remarque = "Une seule ligne."')
    for mois, debut in [(36, "36 points"), (1, "1 point"), (0, "0 point"), (INCONNU, "0 à 60 points")]:
        rendue = coter([partielle], situation(anciennete_mois=mois), JOUR, DIRES)
        assert rendue is not None
        suite = "sur les lignes connues ; la note officielle peut être plus haute ou plus basse."
        assert DiseurDeNote().reserves(rendue) == (f"{debut} {suite}", "Une seule ligne.")
        assert not [r for r in DiseurDeNote().reserves(rendue) if "au moins" in r]
    sans_remarque = coter([grille(statut="partielle")], situation(anciennete_mois=1), JOUR, DIRES)
    assert sans_remarque is not None
    assert len(DiseurDeNote().reserves(sans_remarque)) == 1


def test_la_remarque_d_une_grille_est_une_reserve() -> None:
    """Ce que la grille dit d'elle-même s'affiche ; une grille muette n'ajoute rien."""
    parlante = coter([grille(suite='remarque = "Provisoire."')], situation(anciennete_mois=1), JOUR, DIRES)
    assert parlante is not None
    assert DiseurDeNote().reserves(parlante) == ("Provisoire.",)
    assert DiseurDeNote().reserves(note(ANCIENNETE, anciennete_mois=1)) == ()


SEUIL = """
[[rubrique]]
id = "ressources"
libelle = "Ressources"
cumul = "somme"
[[rubrique.critere]]
id = "faibles"
libelle = "Ressources faibles"
points = 10
si = { fait = "ressources_mensuelles", moins_de = { parametre = "seuil_essai" } }
"""


def test_parametre_sans_valeur_rien_ne_s_eteint_et_qui_le_saisit_se_dit() -> None:
    """Le critère reste possible ; la réserve nomme le paramètre, une fois."""
    lue = grille(SEUIL + ANCIENNETE)
    faits = situation(ressources_mensuelles=900, anciennete_mois=12)
    rendue = coter([lue], faits, JOUR, DIRES)
    assert rendue is not None
    assert rendue.declaree == Fourchette(Decimal(12), Decimal(22))
    phrase = "Paramètre sans valeur ici et à cette date, à saisir par le territoire : seuil_essai."
    assert DiseurDeNote().reserves(rendue) == (phrase,)
    for etat, attendu in [(connu(Decimal(1000)), ()), (partiel(Intervalle(Decimal(1), Decimal(2))), (phrase,))]:
        rendue = coter([lue], replace(faits, parametres={"seuil_essai": etat}), JOUR, DIRES)
        assert rendue is not None
        assert DiseurDeNote().reserves(rendue) == attendu


@pytest.mark.parametrize(
    ("bas", "haut", "dite"),
    [
        (0, 0, "0 point"),
        (1, 1, "1 point"),
        ("1.5", "1.5", "1,5 point"),
        (2, 2, "2 points"),
        (-1, -1, "−1 point"),
        (-12, -12, "−12 points"),
        (-3, 12, "−3 à 12 points"),
        (None, 4, "4 points, sans minimum connu"),
        (4, None, "4 points, sans maximum connu"),
        (None, None, "note impossible à borner"),
        (1234, 1234, "1\u202f234 points"),
    ],
)
def test_dire_une_fourchette(bas: Any, haut: Any, dite: str) -> None:
    """Le vrai signe moins, la virgule, le pluriel à partir de deux."""
    bornes = [None if b is None else Decimal(b) for b in (bas, haut)]
    assert DiseurDeNote().fourchette(Fourchette(*bornes)) == dite


def test_la_grille_se_nomme_avec_ce_qu_elle_vaut() -> None:
    note = coter([grille()], situation(), JOUR, DIRES)
    assert note is not None
    nommee = replace(note, libelle="Grille de la métropole").nommer_la_grille("grille partielle")
    assert nommee == "Grille de la métropole (grille partielle)"
