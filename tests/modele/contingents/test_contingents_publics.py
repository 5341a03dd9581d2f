"""Une désignation hors des publics de la convention demande un motif et se compte ; inconnu n'est jamais hors."""

from __future__ import annotations

from dataclasses import replace

import pytest
from outils_contingents import NUE

from modele.contingents import publics
from modele.contingents.publics import Place, Verdict, compter, exiger_un_motif, placer
from modele.regles.fautes import ErreurUtilisateur

VISE = replace(NUE, publics=("dalo", "prioritaires"))
LIBELLES = {"dalo": "Ménages DALO"}


@pytest.mark.parametrize(
    ("demande", "place"),
    [
        ({"dalo": True}, Place.DANS),
        ({"dalo": False, "prioritaires": True}, Place.DANS),
        ({"dalo": False, "prioritaires": False}, Place.HORS),
        ({"dalo": False, "prioritaires": False, "mutation": True}, Place.HORS),
        ({"dalo": False}, Place.INCONNUE),
        ({"dalo": None, "prioritaires": False}, Place.INCONNUE),
        ({}, Place.INCONNUE),
    ],
)
def test_ou_est_une_demande(demande: dict[str, bool | None], place: Place) -> None:
    """Un seul public suffit ; il faut les savoir tous pour dire « hors »."""
    assert placer(VISE, demande).place is place


def test_une_convention_qui_ne_dit_pas_ses_publics_ne_met_personne_dehors() -> None:
    """Ni celle qui les dit aussi en toutes lettres : Perron ne lit pas ces mots."""
    assert placer(NUE, {"dalo": False}).place is Place.INCONNUE
    non = {"dalo": False, "prioritaires": False}
    assert placer(replace(VISE, publics_dits="et les jeunes actifs"), non).place is Place.INCONNUE


def test_ce_qui_est_a_savoir_se_nomme() -> None:
    """De quoi aller le demander."""
    assert placer(VISE, {"dalo": False}) == Verdict(Place.INCONNUE, VISE.publics, ("prioritaires",))


def test_hors_des_publics_demande_un_motif() -> None:
    """Les publics y sont nommés ; un motif de blancs n'en est pas un."""
    hors = placer(VISE, {"dalo": False, "prioritaires": False})
    with pytest.raises(ErreurUtilisateur, match="Ménages DALO, prioritaires"):
        exiger_un_motif(hors, "  ", LIBELLES)
    exiger_un_motif(hors, "aucun autre candidat", LIBELLES)
    exiger_un_motif(placer(VISE, {}), "", LIBELLES)
    exiger_un_motif(placer(VISE, {"dalo": True}), "", LIBELLES)


def test_le_bilan_compte_les_trois_places() -> None:
    """Zéro se dit."""
    hors, dans = Verdict(Place.HORS), Verdict(Place.DANS)
    assert compter([hors, dans, hors]) == {Place.DANS: 1, Place.HORS: 2, Place.INCONNUE: 0}


def test_le_mutant_est_vu(monkeypatch: pytest.MonkeyPatch) -> None:
    """Un contrôle qui ne demanderait plus rien se voit."""
    monkeypatch.setattr(publics.Verdict, "demande_un_motif", property(lambda _: False))
    with pytest.raises(pytest.fail.Exception):
        test_hors_des_publics_demande_un_motif()
