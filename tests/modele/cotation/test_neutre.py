"""La note qui se montre est la même quoi qu'on ait dit de violences : ni ligne, ni point, ni compte."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import modele.bilan
from modele.bilan import Bilan, Regles, charger_regles, etablir
from modele.cotation.grille import CircuitAPart
from modele.cotation.neutre import criteres_proteges, lignes_a_part, sans_proteges
from modele.cotation.resultat import Cotation, SorteReserve
from modele.dossier.chemins import ABSENT, Document, lire, poser
from modele.mots.note import DiseurDeNote
from modele.protection.mots import LIGNE_NEUTRE
from modele.regles.conditions import comparaisons

JOUR = date(2026, 11, 23)


@cache
def regles() -> Regles:
    return charger_regles("metropole-exemple")


ORDINAIRE: Document = {
    "id": "x",
    "territoire": "metropole-exemple",
    "demande": {"type": "premiere", "motifs": {"coches": ["trop_cher"], "clos": True}, "date_reception": "2024-01-05"},
    "dalo": {"labellise_pdalhpd": True, "statut": "aucun"},
}
PROTEGES: dict[str, Any] = {
    "protection.discret": True,
    "triage.peur_au_domicile": True,
    "demande.agression_domicile": True,
    "demande.mariage_force": True,
    "protection.plainte_souhaitee": False,
    "preuves.violences": "valide",
    "pieces": {"elements": {"p1": {"piece": "ordonnance-protection", "etat": "vue"}}, "ordre": ["p1"]},
    "demande.motifs": "violences",
}


def bilan(document: Mapping[str, Any]) -> Bilan:
    return etablir(regles(), document, JOUR)


def note(document: Mapping[str, Any]) -> Cotation:
    rendue = bilan(document).cotation
    assert rendue is not None
    return rendue


def dire(document: Mapping[str, Any], faits: Mapping[str, Any]) -> Document:
    """Le même dossier, où ces faits protégés ont été dits."""
    dit = dict(document)
    for chemin, valeur in faits.items():
        if valeur == "violences":
            coches = lire(dit, "demande.motifs")
            deja = coches["coches"] if coches is not ABSENT else []
            clos = coches["clos"] if coches is not ABSENT else False
            valeur = {"coches": sorted([*deja, "violences"]), "clos": clos}
        dit = poser(dit, chemin, valeur)
    return dit


DITS = st.lists(st.sampled_from(sorted(PROTEGES)), unique=True).map(lambda noms: {nom: PROTEGES[nom] for nom in noms})
BASES = st.sampled_from(
    [
        ORDINAIRE,
        poser(ORDINAIRE, "demande.motifs", ABSENT),
        poser(ORDINAIRE, "demande.type", "mutation"),
        poser(ORDINAIRE, "demande.type", ABSENT),
        poser(ORDINAIRE, "protection.seul_a_seul", True),
        {"id": "x", "territoire": "metropole-exemple"},
    ]
)


@settings(max_examples=60, deadline=None)
@given(BASES, DITS)
def test_la_note_est_la_meme_quoi_qu_on_ait_dit(base: Document, faits: Mapping[str, Any]) -> None:
    """Total, vérifiée, lignes, constats, décisifs, réserves, circuits : deux dossiers que seule une violence sépare."""
    assert note(dire(base, faits)) == note(base)


def test_le_mutant_qui_cote_la_grille_entiere_se_voit(monkeypatch: pytest.MonkeyPatch) -> None:
    """Si la note se tirait de tout ce qui est dit, ces deux-là différeraient : la propriété mord."""
    monkeypatch.setattr(Regles, "grilles_dites", property(lambda self: self.grilles))
    monkeypatch.setattr(modele.bilan, "sans_violence", lambda document, _criteres: document)
    assert note(dire(ORDINAIRE, {"demande.motifs": "violences"})) != note(ORDINAIRE)


def test_le_mutant_qui_n_ote_que_la_ligne_se_voit(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ôter la ligne ne suffit pas : « motifs » répondu ou non se lit encore sur les autres lignes et les questions."""
    monkeypatch.setattr(modele.bilan, "sans_violence", lambda document, _criteres: document)
    base = poser(ORDINAIRE, "demande.motifs", ABSENT)
    assert note(dire(base, {"demande.motifs": "violences"})) != note(base)


def test_la_note_dit_a_tous_ce_qu_elle_ne_compte_pas() -> None:
    """La même phrase dans toute note de la grille, et jamais « seul à seul »."""
    for document in (ORDINAIRE, dire(ORDINAIRE, PROTEGES)):
        rendue = note(document)
        assert [r.sorte for r in rendue.reserves].count(SorteReserve.A_PART) == 1
        dites = " ".join(DiseurDeNote().reserves(rendue))
        assert "travailleur social" in dites
        assert "seul à seul" not in dites
        assert not [c for r in rendue.rubriques for c in r.criteres if c.id in regles().criteres_proteges]


def test_la_note_entiere_garde_ces_points_pour_l_agent_seul_a_seul() -> None:
    dit = bilan(dire(ORDINAIRE, {"demande.motifs": "violences"}))
    entiere = dit.cotation_entiere
    assert entiere is not None
    (ligne,) = [c for r in lignes_a_part(entiere, dit.regles.criteres_proteges).rubriques for c in r.criteres]
    assert (ligne.libelle, ligne.points.min, ligne.points.max) == (LIGNE_NEUTRE, 50, 50)
    assert (ligne.constats, ligne.pieces, ligne.reference, ligne.faits, ligne.faits_inconnus) == ((), (), "", (), ())
    assert bilan({"id": "x", "territoire": "metropole-exemple"}).cotation_entiere is not None


def test_un_bilan_qui_ne_dit_rien_est_le_sien() -> None:
    """Rien ne se recalcule pour rien."""
    muet = bilan(ORDINAIRE)
    assert muet.dit is muet
    dit = bilan(dire(ORDINAIRE, PROTEGES))
    assert dit.dit.document == ORDINAIRE
    en_memoire = bilan(poser(ORDINAIRE, "triage.idees_suicidaires", True))
    assert en_memoire.dit.document == ORDINAIRE
    assert en_memoire.cotation == muet.cotation


def test_les_criteres_proteges_viennent_de_la_grille() -> None:
    """Par le fait qu'ils lisent, ou le code qu'ils demandent ; une grille sans violence n'en a aucun."""
    proteges = criteres_proteges(regles().grilles, regles().catalogue)
    assert proteges == regles().criteres_proteges
    assert "violences" in proteges
    assert "anciennete-mois" not in proteges
    assert criteres_proteges((), regles().catalogue) == frozenset()


def test_une_grille_perd_ses_rubriques_et_ses_circuits_proteges() -> None:
    """Une rubrique réservée par une violence se tait toute ; un circuit à part qui en lit une aussi."""
    catalogue = regles().catalogue
    grille = next(g for g in regles().grilles if any(c.id == "violences" for r in g.rubriques for c in r.criteres))
    rubrique = next(r for r in grille.rubriques if any(c.id == "violences" for c in r.criteres))
    si = next(c.si for c in rubrique.criteres if c.id == "violences")
    assert si is not None
    assert any(c.fait.nom == "demande.motifs" for c in comparaisons(si))
    autre = next(r for r in grille.rubriques if r is not rubrique)
    reservee = replace(autre, si=si)
    circuit = CircuitAPart("c", "Circuit", si)
    avec = replace(grille, rubriques=(autre, reservee), hors_cotation=(circuit,))
    sans = sans_proteges(avec, catalogue)
    assert (sans.rubriques, sans.hors_cotation, sans.a_part) == ((autre,), (), True)
    simple = replace(grille, rubriques=(autre,), hors_cotation=())
    assert sans_proteges(simple, catalogue) is simple
    assert {c.id for c in autre.criteres} <= criteres_proteges((replace(avec, rubriques=(reservee,)),), catalogue)
