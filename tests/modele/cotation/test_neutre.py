"""La note se lit par-dessus l'épaule : les mêmes points, aucune ligne qui dise une violence."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from modele.bilan import Regles, charger_regles, etablir
from modele.cotation.neutre import criteres_proteges, neutraliser
from modele.cotation.resultat import Cotation
from modele.mots.note import DiseurDeNote
from modele.protection.mots import LIGNE_NEUTRE

JOUR = date(2026, 11, 23)


@cache
def regles() -> Regles:
    return charger_regles("metropole-exemple")


def _note(**reponses: Any) -> Cotation:
    document = {
        "id": "x",
        "territoire": "metropole-exemple",
        "protection": {"discret": True, "seul_a_seul": True},
        "triage": {"peur_au_domicile": True},
        "demande": {"type": "premiere", "motifs": {"coches": ["violences"], "clos": True}},
        "dalo": {"labellise_pdalhpd": True, "statut": "aucun"},
        **reponses,
    }
    note = etablir(regles(), document, JOUR).cotation
    assert note is not None
    return note


def _lignes(note: Cotation) -> dict[str, Any]:
    return {critere.id: critere for rubrique in note.rubriques for critere in rubrique.criteres}


def test_les_criteres_proteges_viennent_de_la_grille() -> None:
    """Par le fait qu'ils lisent, ou le code qu'ils demandent ; une grille sans violence n'en a aucun."""
    proteges = criteres_proteges(regles().grilles, regles().catalogue)
    assert proteges == regles().criteres_proteges
    assert "violences" in proteges
    assert "anciennete-mois" not in proteges
    assert criteres_proteges((), regles().catalogue) == frozenset()


def test_une_ligne_protegee_garde_ses_points_et_tait_le_reste() -> None:
    """Ni libellé, ni constat, ni fait, ni pièce ; les autres lignes ne changent pas, sauf si elles la nommaient."""
    note = _note()
    tue = neutraliser(note, regles().criteres_proteges)
    brutes, neutres = _lignes(note), _lignes(tue)
    violences = neutres["violences"]
    assert violences.libelle == LIGNE_NEUTRE
    assert (violences.constats, violences.pieces, violences.faits, violences.faits_inconnus) == ((), (), (), ())
    assert {nom: ligne.points for nom, ligne in brutes.items()} == {nom: ligne.points for nom, ligne in neutres.items()}
    assert (tue.declaree, tue.verifiee) == (note.declaree, note.verifiee)
    bruts, tus = ([DiseurDeNote().non_compte(ligne) for ligne in lignes.values()] for lignes in (brutes, neutres))
    assert any("Violences subies" in raison for raison in bruts)
    assert not any("iolence" in raison for raison in tus)
    assert sum(LIGNE_NEUTRE in raison for raison in tus) == sum("Violences" in raison for raison in bruts)


def test_une_note_sans_ligne_protegee_est_la_meme() -> None:
    """Rien n'est recopié pour rien."""
    note = _note()
    assert neutraliser(note, frozenset()) is note
