"""Deux versions, trois versions, deux lecteurs : rien de tu ne se redonne par différence, même en somme."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from outils_ecarts import annee_de, petits_ecarts

from modele.chiffres import Diffusion, seuil_de
from modele.chiffres.deductions import reduire
from modele.chiffres.tableau import Tableau
from modele.conference import publication
from modele.conference.definitions import conference
from modele.conference.ecarts import groupes, taire_les_sommes
from modele.conference.indicateurs import Annee
from modele.conference.lignes import Indicateur
from modele.conference.publication import Figee, exiger_meme, figer, publier, relire
from modele.regles.fautes import ErreurUtilisateur

PARTENAIRES, PUBLIC = Diffusion.PARTENAIRES, Diffusion.PUBLIC


def figee_de(annee: Annee, diffusion: Diffusion = PARTENAIRES, avant: Sequence[Figee] = ()) -> Figee:
    return relire(figer(publier(annee, diffusion, avant), "t"))


ANNEES = st.tuples(st.integers(90, 120), st.integers(0, 60))


@settings(max_examples=12, deadline=None)
@given(st.lists(ANNEES, min_size=3, max_size=3), st.sampled_from(list(Diffusion)))
def test_aucune_paire_de_versions_ne_redonne_un_petit_ecart(dits: list[tuple[int, int]], diffusion: Diffusion) -> None:
    """La première et la troisième comprises ; ce qui s'est tu une fois reste tu."""
    annees = [annee_de(*un) for un in dits]
    sorties: list[Figee] = []
    for une in annees:
        sorties.append(figee_de(une, diffusion, sorties))
    for rang, apres in enumerate(sorties):
        for avant in sorties[:rang]:
            assert petits_ecarts(avant, apres, annees[rang].tableau, seuil_de(diffusion)) == []
            assert not avant.tues & set(apres.cases)


def tableau_de(total: int, a: int, b: int, c: int, d: int) -> Annee:
    """Un total de quatre cases : deux petites, tues, et deux grandes."""
    tableau = Tableau()
    for nom, valeur in (("t", total), ("a", a), ("b", b), ("c", c), ("d", d)):
        tableau.poser(nom, valeur)
    tableau.sommer("t", ["a", "b", "c", "d"])
    texte = conference().definitions["attributions"]
    return Annee(2026, (Indicateur(texte, "t", total, cases=("t",)),), tableau)


AVANT, APRES = tableau_de(80, 3, 4, 30, 43), tableau_de(120, 3, 5, 50, 62)
"""Le total gagne 40, les deux grandes 20 et 19 : les deux petites ensemble, un."""


def test_un_ecart_de_somme_se_tait() -> None:
    avant = figee_de(AVANT)
    assert set(avant.cases) == {"t", "c", "d"}
    apres = figee_de(APRES, avant=(avant,))
    assert petits_ecarts(avant, apres, APRES.tableau, 5) == []
    assert set(apres.cases) < {"t", "c", "d"}


def test_mutant_sans_les_sommes_l_ecart_se_lit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publication, "taire_les_sommes", lambda *_args: _args[-1])
    avant = figee_de(AVANT)
    assert petits_ecarts(avant, figee_de(APRES, avant=(avant,)), APRES.tableau, 5) == ["a + b"]


def test_mutant_la_troisieme_comparee_a_la_seule_deuxieme() -> None:
    """Trois, puis trois de plus, puis trois de plus : de la première à la troisième, il faut les deux."""
    une = figee_de(tableau_de(80, 8, 9, 30, 33))
    trois = tableau_de(82, 8, 9, 30, 35)
    # La deuxième a perdu vingt : elle n'est près ni de l'une ni de l'autre.
    deux = figee_de(tableau_de(180, 28, 29, 60, 63), avant=(une,))
    assert petits_ecarts(une, figee_de(trois, avant=(une, deux)), trois.tableau, 5) == []
    assert "d" in petits_ecarts(une, figee_de(trois, avant=(deux,)), trois.tableau, 5)


def test_un_fichier_porte_celles_qu_il_suit() -> None:
    """La troisième, faite du seul fichier de la deuxième, connaît la première."""
    une = figee_de(tableau_de(80, 8, 9, 30, 33))
    deux = relire(figer(publier(tableau_de(180, 28, 29, 60, 63), PARTENAIRES, (une,)), "t", (une,)))
    trois = tableau_de(82, 8, 9, 30, 35)
    publiee = publier(trois, PARTENAIRES, (deux,))
    assert petits_ecarts(une, relire(figer(publiee, "t")), trois.tableau, 5) == []
    quatre = relire(figer(publiee, "t", (deux,)))
    assert [un.cases for un in quatre.toutes] == [une.cases, deux.cases, quatre.cases]


def test_une_case_neuve_valait_zero() -> None:
    """Une commune de plus : ce que son arrivée laisse aux autres ne se lit pas non plus."""
    avant = figee_de(AVANT)
    neuf = Tableau(dict(APRES.tableau.cases))
    neuf.cases.pop("t")
    neuf.poser("e", 20)
    neuf.poser("t", 140)
    neuf.sommer("t", ["a", "b", "c", "d", "e"])
    annee = Annee(2026, (), neuf)
    assert petits_ecarts(avant, figee_de(annee, avant=(avant,)), neuf, 5) == []


def test_des_lecteurs_plus_larges_ne_rendent_rien_aux_plus_proches() -> None:
    """La version du public et celle des partenaires, d'autres lignes : un partenaire lit les deux."""
    public = figee_de(annee_de(117), PUBLIC)
    annee = annee_de(120)
    partenaires = figee_de(annee, PARTENAIRES, (public,))
    assert petits_ecarts(public, partenaires, annee.tableau, 5) == []
    # Ce que le public ne lit pas ne se tait pas pour autant aux partenaires.
    assert public.tues & set(partenaires.cases)
    encore = figee_de(annee, PUBLIC, (public, partenaires))
    assert not partenaires.tues & set(encore.cases)


def test_une_version_de_personnes_habilitees_ne_tait_rien() -> None:
    exacts = relire(figer(publier(annee_de(120), None), "t"))
    assert publier(annee_de(120), PARTENAIRES, (exacts,)).cases == publier(annee_de(120), PARTENAIRES).cases


@pytest.mark.parametrize(
    ("territoire", "annee", "diffusion"), [("u", 2026, ""), ("t", 2025, ""), ("t", 2026, "public")],
    ids=["territoire", "annee", "lecteurs"],
)  # fmt: skip
def test_une_version_d_ailleurs_se_refuse(territoire: str, annee: int, diffusion: str) -> None:
    figee = figee_de(AVANT)
    exiger_meme(figee, "t", 2026, "partenaires")
    with pytest.raises(ErreurUtilisateur, match="même territoire"):
        exiger_meme(figee, territoire, annee, diffusion)


def test_publier_refuse_une_version_d_une_autre_annee() -> None:
    autre = Annee(2025, APRES.indicateurs, APRES.tableau)
    with pytest.raises(ErreurUtilisateur, match="même année"):
        publier(autre, PARTENAIRES, (figee_de(AVANT),))


def test_plusieurs_sommes_ensemble_disent_un_groupe() -> None:
    """t = a + u et u = b + c, u tue : le groupe b et c, que nulle somme ne dit seule."""
    tableau = Tableau()
    for nom, valeur in (("t", 40), ("a", 30), ("b", 4), ("c", 6), ("u", 10)):
        tableau.poser(nom, valeur)
    tableau.sommer("t", ["a", "u"])
    tableau.sommer("u", ["b", "c"])
    vus = dict(groupes(tableau.sommes, {"t": 12, "a": 9}))
    assert vus[frozenset({"u"})] == 3
    assert abs(vus[frozenset({"b", "c"})]) == 3


def test_ce_qui_est_connu_d_ailleurs_ne_se_tait_pas() -> None:
    """Rien à taire ici n'y changerait rien : le masque s'arrête au lieu de tourner."""
    tableau = Tableau()
    for nom, valeur in (("t", 40), ("a", 20), ("b", 20)):
        tableau.poser(nom, valeur, connue=True)
    tableau.sommer("t", ["a", "b"])
    tues = taire_les_sommes(tableau, 5, {"t": 38, "a": 20}, {"t", "a", "b"}, frozenset())
    assert tues == frozenset()


def test_une_somme_toute_connue_ou_redite_ne_dit_rien_de_plus() -> None:
    tableau = Tableau()
    for nom, valeur in (("t", 10), ("a", 4), ("b", 6)):
        tableau.poser(nom, valeur)
    for _ in range(2):
        tableau.sommer("t", ["a", "b"])
    assert list(reduire(tableau.sommes, {"t": 10, "a": 4, "b": 6})) == []
    assert list(reduire(tableau.sommes, {"t": 10})) == [({"a": 1, "b": 1}, 10)]
