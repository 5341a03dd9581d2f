"""Ce qui se publie des lieux suivis : rien de petit ne se montre ni ne se retrouve par soustraction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from modele.chiffres import Diffusion, seuil_de
from modele.chiffres.deductions import bornes
from modele.residences import publication
from modele.residences.calcul import PARTS, Annee, Etat, Suivi
from modele.residences.listes import Lieu
from modele.residences.publication import en_tableau, publier

UN = Lieu("un", "Résidence un", "99901", legale=True)
DEUX = Lieu("deux", "Quartier deux", "99901", legale=False, code_qpv="QN1")


def comptes(*nombres: int) -> dict[str, int]:
    return dict(zip(PARTS, nombres, strict=True))


def etat(un: Mapping[str, int], reste: Mapping[str, int], dehors: Mapping[str, int]) -> Etat:
    """``un`` est tout entier dans ``deux``, avec ``reste`` ; ``dehors`` n'est d'aucun des deux."""
    deux = {part: un[part] + reste[part] for part in PARTS}
    tout = {part: deux[part] + dehors[part] for part in PARTS}
    suivis = (
        Suivi(UN, (Annee(2026, un, sum(un.values()), 0),)),
        Suivi(DEUX, (Annee(2026, deux, sum(deux.values()), 0),)),
    )
    return Etat(suivis, {2026: tout}, {(2026, "un", "deux"): un})


GRAND = comptes(40, 40, 40, 40, 40)


def test_une_residence_petite_se_tait() -> None:
    (un, _) = publier(etat(comptes(2, 1, 0, 0, 0), GRAND, GRAND), Diffusion.PARTENAIRES)
    assert {un.annees[0].comptes[part] for part in PARTS} == {None}
    assert un.annees[0].part is None


def test_a_des_habilites_rien_ne_se_tait() -> None:
    (un, _) = publier(etat(comptes(2, 1, 0, 0, 1), GRAND, GRAND), None)
    assert un.annees[0].comptes["Q1"] == 2
    assert un.annees[0].part == (50.0, 75.0)


def test_une_grande_se_montre_avec_sa_part() -> None:
    (un, deux) = publier(etat(GRAND, GRAND, GRAND), Diffusion.PUBLIC)
    assert un.annees[0].part == (20.0, 40.0)
    assert deux.annees[0].comptes["total"] == 400
    vide = Etat((Suivi(UN, (Annee(2026, comptes(0, 0, 0, 0, 0)),)),), {2026: comptes(0, 0, 0, 0, 0)}, {})
    assert publier(vide, Diffusion.PUBLIC)[0].annees[0].part is None


def verifier(vu: Etat, diffusion: Diffusion) -> None:
    """Nulle case petite, montrée ou non, ne reste entre deux bornes plus serrées que le seuil."""
    seuil, tableau = seuil_de(diffusion), en_tableau(vu)
    montrees = {
        f"2026 {un.suivi.lieu.id} {nom}": combien
        for un in publication.publier(vu, diffusion)
        for nom, combien in un.annees[0].comptes.items()
        if combien is not None
    }
    assert not [nom for nom, combien in montrees.items() if combien < seuil]
    inconnues = [nom for nom, case in tableau.cases.items() if nom not in montrees and case.se_tait]
    entre = bornes(tableau, inconnues)
    for nom in inconnues:
        bas, haut = entre[nom]
        assert haut - bas >= seuil or tableau.cases[nom].valeur >= seuil, nom


COMPTES = st.lists(st.integers(0, 60), min_size=5, max_size=5).map(lambda lus: comptes(*lus))


@settings(max_examples=40, deadline=None)
@given(COMPTES, COMPTES, COMPTES, st.sampled_from(list(Diffusion)))
def test_rien_de_petit_ne_se_deduit(
    un: dict[str, int], reste: dict[str, int], dehors: dict[str, int], diffusion: Diffusion
) -> None:
    # Un territoire plus petit que le seuil est déjà connu de ses lecteurs : rien ne s'y cacherait.
    verifier(etat(un, reste, {part: dehors[part] + 60 for part in PARTS}), diffusion)


def test_le_mutant_qui_oublie_le_recoupement_se_voit(monkeypatch: pytest.MonkeyPatch) -> None:
    """Une résidence de 40 dans un quartier de 42 : les deux montrés, deux ménages se lisent."""
    vu = etat(GRAND, comptes(2, 30, 30, 30, 30), GRAND)
    verifier(vu, Diffusion.PARTENAIRES)
    monkeypatch.setattr(publication, "en_tableau", lambda un: en_tableau(replace(un, communs={})))
    with pytest.raises(AssertionError):
        verifier(vu, Diffusion.PARTENAIRES)


def test_le_mutant_sans_masque_se_voit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publication, "masquer_pour", lambda _tableau, _diffusion: frozenset())
    with pytest.raises(AssertionError):
        verifier(etat(comptes(2, 1, 0, 0, 0), GRAND, GRAND), Diffusion.PUBLIC)
