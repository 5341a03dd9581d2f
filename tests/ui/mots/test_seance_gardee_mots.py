"""Chaque champ d'une séance a ses mots français ; rien ne s'y montre en code ni en JSON."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from modele.bilan import charger_regles
from modele.dossier.chemins import ABSENT
from modele.genres import livres
from modele.synchro.etats import DivergenceMontree, PropositionMontree
from ui.mots.departager import preparer
from ui.mots.seance_gardee import DiseurDeSeance

DOCUMENT: dict[str, Any] = {
    "membres": {"elements": {"m": {"nom": "Alix Essai"}, "n": {}}, "ordre": ["m", "n"]},
    "candidats": {"elements": {"c": {"reference": "C-01"}}, "ordre": ["c"]},
}
QUAND = datetime(2026, 12, 1, 9).astimezone()
DISEUR = DiseurDeSeance(DOCUMENT)


@pytest.mark.parametrize(
    ("cle", "dit"),
    [
        ("candidats.elements.c#decision", "C-01 : la décision"),
        ("candidats.elements.c", "C-01"),
        ("membres.elements.n", "Membre"),
        ("membres.ordre", "L'ordre de la liste"),
        ("close_le", "Séance close le"),
        ("#reglement", "Le règlement intérieur"),
        ("#inconnu", "La séance"),
        ("candidats.elements.c.effet", "C-01 : ce que sa venue changerait dans la résidence"),
        ("autres.elements.z", "Élément"),
    ],
)
def test_le_sujet(cle: str, dit: str) -> None:
    assert DISEUR.sujet(cle) == dit


@pytest.mark.parametrize(
    ("chemin", "valeur", "dit"),
    [
        ("close_le", ABSENT, "rien de noté"),
        ("close_le", "2026-12-01", "01/12/2026"),
        ("lieu", "dix lettre", "dix lettre"),
        ("candidats.elements.c.decision.genre", "non_attribution", "Non-attribution de ce logement"),
        ("candidats.elements.c.rang", 3, "3"),
        ("membres.elements.m.present", True, "oui"),
        ("membres.elements.m.present", False, "non"),
        ("membres.ordre", ["m", "n"], "Alix Essai, Membre"),
        ("logement.ligne", ["a = 1", "b = 2"], "a = 1, b = 2"),
        ("candidats.elements.c", {"reference": "C-01", "retrait": {"motif": "renonce"}},
         "Sa référence neutre dans cette séance : C-01 ; Pourquoi il n'est plus candidat : renonce"),
        ("membres.elements.m", {"inconnu": {}}, "rien de noté"),
    ],
)  # fmt: skip
def test_ce_que_dit_un_champ(chemin: str, valeur: Any, dit: str) -> None:
    assert DISEUR.dire(chemin, valeur) == dit


def test_tout_champ_du_genre_a_son_libelle() -> None:
    declare = livres().du("seance").inventaire
    for chemin, champ in declare.champs.items():
        assert DISEUR.libelle(chemin) == champ.champ.definition
    for liste in declare.listes.values():
        for un in liste.champs:
            assert DISEUR.libelle(f"{liste.chemin}.elements.m.{un.chemin}") == un.champ.definition
    assert DISEUR.libelle("venu_plus_tard") == "Un champ de la séance"
    assert DISEUR.libelle("autres.elements.z.champ") == "Élément"


def test_une_difference_de_seance_se_dit_en_francais() -> None:
    """Ni clé, ni code, ni JSON : la décision, dans les mots de R441-3."""
    champ = "candidats.elements.c.decision.genre"
    partis = (
        PropositionMontree({champ: "attribution"}, True, False, "Nora Petit", "accueil", "CCAS", QUAND),
        PropositionMontree({champ: "non_attribution"}, False, False, "Léo Blanc", "annexe", "MDS", QUAND),
    )
    une = DivergenceMontree("s", "", "candidats.elements.c#decision", partis, genre="seance")
    dite = preparer(une, {"id": "s", **DOCUMENT}, charger_regles("metropole-exemple"), "Ana Martin", QUAND)
    assert dite.sujet == "C-01 : la décision"
    dites = [(ligne.libelle, ligne.dite) for parti in dite.partis for ligne in parti.lignes]
    assert dites == [
        ("La décision (CCH R441-3)", "Attribution du logement"),
        ("La décision (CCH R441-3)", "Non-attribution de ce logement"),
    ]
