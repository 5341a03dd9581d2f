"""La note se lit par-dessus l'épaule : les mêmes points, aucune ligne qui dise une violence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import pytest

from modele.bilan import Regles, charger_regles, etablir
from modele.cotation.neutre import criteres_proteges, neutraliser
from modele.cotation.resultat import Constat, Cotation, Preuve
from modele.mots.faits import dire_etat
from modele.mots.note import DiseurDeNote
from modele.protection.mots import LIGNE_NEUTRE
from modele.regles.etats import INCONNU, REFUSE, Enumere, Etat, Parties, connu, partiel

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


MOTIFS = "demande.motifs"
TOUS = [
    connu(frozenset({"violences", "trop_cher"})),
    partiel(Parties(frozenset({"violences", "trop_cher"}), frozenset())),
    partiel(Enumere((frozenset({"violences", "trop_cher"}),)), peut_etre_sans_objet=True),
]
SEULS = [
    connu(frozenset({"violences"})),
    partiel(Parties(frozenset({"violences"}), frozenset({"trop_cher"}))),
    partiel(Enumere((frozenset({"violences"}),)), peut_etre_sans_objet=True),
]
SANS = [
    connu(frozenset()),
    connu(frozenset({"trop_cher"})),
    partiel(Parties(frozenset({"trop_cher"}), frozenset({"violences"}))),
    INCONNU,
    REFUSE,
]


def _constate(etat: Etat) -> tuple[str, ...]:
    """Ce qu'une ligne ordinaire, qui lit les motifs pour autre chose, en dit une fois la note neutralisée."""
    note = _note(demande={"type": "premiere"})
    [rubrique, *_] = note.rubriques
    [ligne, *_] = rubrique.criteres
    motifs = regles().catalogue[MOTIFS]
    dite = replace(ligne, id="ordinaire", constats=(Constat(motifs, (etat,)),))
    [tue, *_] = neutraliser(
        replace(note, rubriques=(replace(rubrique, criteres=(dite,)),)), regles().criteres_proteges
    ).rubriques
    return DiseurDeNote().constats(tue.criteres[0])


@pytest.mark.parametrize("etat", TOUS)
def test_une_ligne_ordinaire_ne_constate_pas_une_violence(etat: Etat) -> None:
    """Le critère « trop grand » lit les motifs : il dit les autres, jamais celui-là."""
    [constat] = _constate(etat)
    assert "iolence" not in constat
    assert "cher" in constat


@pytest.mark.parametrize("etat", SEULS)
def test_un_constat_qui_ne_dirait_qu_une_violence_n_y_est_pas(etat: Etat) -> None:
    assert _constate(etat) == ()


@pytest.mark.parametrize("etat", SANS)
def test_un_constat_sans_violence_se_dit_en_entier(etat: Etat) -> None:
    motifs = regles().catalogue[MOTIFS]
    assert _constate(etat) == (f"{motifs.definition} : {dire_etat(motifs, etat)}",)


def test_la_note_entiere_ne_dit_une_violence_nulle_part() -> None:
    note = neutraliser(_note(), regles().criteres_proteges)
    diseur = DiseurDeNote()
    dits = [
        mot
        for rubrique in note.rubriques
        for ligne in rubrique.criteres
        for mot in (ligne.libelle, ligne.reference, *ligne.pieces, diseur.non_compte(ligne), *diseur.constats(ligne))
    ]
    assert not [mot for mot in dits if "iolence" in mot]


@pytest.mark.parametrize("codes", [["violences"], ["trop_cher"], []])
@pytest.mark.parametrize("preuve", ["", "justifie", "valide"])
def test_la_preuve_d_une_ligne_protegee_ne_dit_pas_ce_qu_on_a_repondu(codes: list[str], preuve: str) -> None:
    """Répondu ou non, prouvé ou non : la ligne se lit pareil, et jamais « déclaré, à prouver »."""
    motifs = {"coches": codes, "clos": bool(codes)}
    note = _note(demande={"type": "premiere", "motifs": motifs}, preuves={"violences": preuve} if preuve else {})
    tues = [ligne.id for ligne in _lignes(neutraliser(note, regles().criteres_proteges)).values() if _tue(ligne)]
    assert set(tues) == regles().criteres_proteges & set(_lignes(note))
    assert "violences" in tues


def _tue(ligne: Any) -> bool:
    return bool(ligne.preuve is Preuve.TUE)


def test_une_note_sans_ligne_protegee_est_la_meme() -> None:
    """Rien n'est recopié pour rien."""
    note = _note(demande={"type": "premiere"})
    assert neutraliser(note, frozenset()) is note
