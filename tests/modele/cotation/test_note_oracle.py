"""La note de l'application contre la norme relue naïvement, toutes les complétions énumérées."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from oracle_cotation import Verite, exact, relever, verite
from tirages_cotation import JOUR, grilles, lire, situations

from modele.cotation import exactitude, inconnus
from modele.cotation.calcul import total
from modele.cotation.note import Note, noter, noter_sur
from modele.cotation.resultat import Fourchette

COMPLETIONS = 400


@st.composite
def epreuves(draw: Any, completions: int = COMPLETIONS) -> Any:
    grille = draw(grilles())
    return grille, *draw(situations(grille, completions))


def bouts(fourchette: Fourchette) -> tuple[Fraction | None, Fraction | None]:
    return exact(fourchette.min), exact(fourchette.max)


def contient(large: Fourchette, etroite: tuple[Fraction | None, Fraction | None]) -> bool:
    bas, haut = bouts(large)
    return (bas is None or (etroite[0] is not None and bas <= etroite[0])) and (
        haut is None or (etroite[1] is not None and haut >= etroite[1])
    )


def verifier_sure(note: Note, vraie: Verite) -> None:
    """Aucune complétion n'échappe à l'intervalle, et un « compte » certain l'est."""
    assert contient(note.total, vraie.total)
    for id_, bornes in vraie.rubriques.items():
        assert contient(note.rubriques[id_], bornes), id_
    for id_, points in note.criteres.items():
        assert contient(points, vraie.criteres[id_]), id_
        assert note.compte[id_] is None or note.compte[id_] is vraie.compte[id_], id_


def verifier_exacte(note: Note, vraie: Verite) -> None:
    """Les deux bornes de tout, les « compte », les décisifs et leurs écarts."""
    assert bouts(note.total) == vraie.total
    assert {id_: bouts(f) for id_, f in note.rubriques.items()} == vraie.rubriques
    hors_vigueur = {id_: (Fraction(0), Fraction(0)) for id_ in vraie.criteres}
    assert hors_vigueur | {id_: bouts(f) for id_, f in note.criteres.items()} == vraie.criteres
    assert dict.fromkeys(vraie.compte, False) | dict(note.compte) == vraie.compte
    assert {d.fait: exact(d.ecart) for d in note.decisifs} == vraie.decisifs


@given(epreuves())
def test_la_note_est_celle_de_l_enumeration(epreuve: Any) -> None:
    grille, situation, incertain = epreuve
    note, vraie = noter(lire(grille), situation, JOUR), verite(grille, incertain)
    verifier_sure(note, vraie)
    assert note.exact
    verifier_exacte(note, vraie)


@given(epreuves(), st.sampled_from([1, 2, 4, 8, 20]))
def test_au_dela_de_la_limite_tout_reste_sur(epreuve: Any, limite: int) -> None:
    """Avec une limite minuscule : jamais exact à tort, aucun décisif oublié, aucun écart minoré."""
    grille, situation, incertain = epreuve
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(exactitude, "LIMITE", limite)
        patch.setattr(inconnus, "LIMITE", limite)
        note = noter(lire(grille), situation, JOUR)
    vraie = verite(grille, incertain)
    verifier_sure(note, vraie)
    ecarts = {d.fait: exact(d.ecart) for d in note.decisifs}
    assert all(nom in ecarts and (ecarts[nom] is None or ecarts[nom] >= e) for nom, e in vraie.decisifs.items())
    if note.exact:
        assert bouts(note.total) == vraie.total
        assert ecarts == vraie.decisifs


@given(epreuves())
def test_l_intervalle_immediat_contient_l_exact(epreuve: Any) -> None:
    grille, situation, incertain = epreuve
    lue = lire(grille)
    sure, note = noter_sur(lue, situation, JOUR), noter(lue, situation, JOUR)
    verifier_sure(sure, verite(grille, incertain))
    assert contient(sure.total, bouts(note.total))
    assert not sure.exact or note.exact


@given(epreuves(1))
def test_un_cas_tout_connu_a_une_seule_note(epreuve: Any) -> None:
    grille, situation, incertain = epreuve
    lue = lire(grille)
    [(_, cas)] = incertain.completions()
    attendu = relever(grille, cas).total
    note = noter(lue, situation, JOUR)
    sure = noter_sur(lue, situation, JOUR)
    assert bouts(note.total) == (attendu, attendu) == bouts(sure.total)
    assert (sure.criteres, sure.rubriques, sure.compte) == (note.criteres, note.rubriques, note.compte)
    assert exact(total(lue, situation, JOUR)) == attendu
    assert note.exact
    assert note.decisifs == ()
