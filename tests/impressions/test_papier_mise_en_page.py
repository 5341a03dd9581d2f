"""Couper en lignes et répartir en pages : rien ne se perd, rien ne déborde, aucun titre ne reste seul."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from impressions import pages as mise_en_page
from impressions.balises import Noeud
from impressions.blocs import Bloc, Encadre, Pile, Rangee, Texte
from impressions.ecritures import A_LA_MAIN, lisible
from impressions.formes import largeur
from impressions.lignes import Segment, couper, largeur_de, texte_de
from impressions.pages import HAUT, LARGE, PRESQUE_VIDE, paginer
from impressions.polices import CHIFFRES, GRAS, NORMAL
from impressions.sauts import Saut
from impressions.styles import ENCRE, Style
from impressions.typographie import sans_nir, typographier
from modele.mots.ecriture import dire_date_longue, dire_montant, dire_nombre

MOTS = st.text(alphabet="abcdé’12\u00a0\u202f-", min_size=1, max_size=14)
SEGMENTS = st.lists(
    st.builds(
        lambda mots, police: Segment(" ".join(mots), police, 11, ENCRE),
        st.lists(MOTS, min_size=1, max_size=12),
        st.sampled_from([NORMAL, GRAS]),
    ),
    min_size=1,
    max_size=4,
)


def _dit(lignes: list[tuple[Segment, ...]]) -> str:
    return "".join("".join(s.texte for s in ligne) for ligne in lignes).replace(" ", "")


@given(segments=SEGMENTS, large=st.integers(20, 400))
@settings(max_examples=150, deadline=None)
def test_couper_garde_chaque_lettre_et_ne_deborde_pas(segments: list[Segment], large: int) -> None:
    lignes = couper(segments, large)
    assert _dit(lignes) == "".join(s.texte for s in segments).replace(" ", "")
    for ligne in lignes:
        assert largeur_de(ligne) <= large + 0.5 or len(_dit([ligne])) == 1


@pytest.mark.parametrize("espace", ["\u00a0", "\u202f"])
def test_une_espace_insecable_ne_coupe_jamais(espace: str) -> None:
    soude = f"1{espace}000"
    large = largeur(NORMAL, soude) * 11 + 0.1
    lignes = couper([Segment(f"ab cd {soude} ef", NORMAL, 11, ENCRE)], large)
    assert soude in [ligne[0].texte.strip() for ligne in lignes]


def test_deux_allures_collees_restent_un_seul_mot() -> None:
    gras, normal = Segment("fin", GRAS, 11, ENCRE), Segment(". Suite", NORMAL, 11, ENCRE)
    assert [[s.texte for s in ligne] for ligne in couper([gras, normal], 500)] == [["fin", ". Suite"]]


def test_un_retour_voulu_est_garde() -> None:
    lignes = couper([Segment("un\ndeux", NORMAL, 11, ENCRE), Segment("\ntrois", NORMAL, 11, ENCRE)], 500)
    assert [ligne[0].texte for ligne in lignes] == ["un ", "deux ", "trois"]


@given(segments=SEGMENTS, large=st.integers(20, 400))
@settings(max_examples=80, deadline=None)
def test_deux_mots_de_deux_lignes_ne_se_collent_pas(segments: list[Segment], large: int) -> None:
    """L'espace d'une fin de ligne est dans le texte : sans elle, une voix lit « le10/11 »."""
    lignes = couper(segments, large)
    assert "".join(map(texte_de, lignes)) == " ".join("".join(s.texte for s in segments).split(" ")).strip(" ")


def _texte(mots: int, *, titre: bool = False, taille: float = 11) -> Texte:
    style = Style(taille, taille * 1.4)
    return Texte(
        segments=[Segment("mot " * mots, NORMAL, taille, ENCRE)],
        style=style,
        noeud=Noeud("P"),
        avec_suivant=titre,
        apres=6,
    )


def _bloc(genre: int, mots: int) -> Bloc:
    if genre == 0:
        return _texte(max(1, mots // 40), titre=True, taille=13)
    if genre == 1:
        return _texte(mots)
    if genre == 2:
        return Encadre(contenu=Pile(blocs=[_texte(mots), _texte(8)]), apres=8)
    return Rangee(colonnes=[Pile(blocs=[_texte(mots)]), Pile(blocs=[_texte(3)])], largeurs=(None, 80.0))


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(1, 900)), min_size=1, max_size=25))
@settings(max_examples=80, deadline=None)
def test_paginer_ne_perd_rien_et_ne_deborde_pas(genres: list[tuple[int, int]]) -> None:
    blocs = [_bloc(genre, mots) for genre, mots in genres]
    attendus = sum(_lignes(bloc, LARGE) for bloc in blocs)
    pages = paginer(blocs)
    assert sum(_lignes(bloc, LARGE) for page in pages for bloc, _ in page) == attendus
    for page in pages:
        assert page
        bas = 0.0
        for bloc, y in page:
            assert y >= bas - 0.01
            bas = y + bloc.hauteur(LARGE)
        assert bas <= HAUT + 0.01 or (len(page) == 1 and page[0][0].couper(LARGE, HAUT) is None)


def _lignes(bloc: Bloc, large: float) -> int:
    if isinstance(bloc, Texte):
        return len(bloc.lignes(large))
    if isinstance(bloc, Pile):
        return sum(_lignes(b, large) for b in bloc.blocs)
    if isinstance(bloc, Encadre):
        return _lignes(bloc.contenu, large - 2 * bloc.marge)
    assert isinstance(bloc, Rangee)
    return sum(_lignes(c, w) for c, w in zip(bloc.colonnes, bloc._larges(large), strict=True))


def test_un_titre_n_est_jamais_seul_en_bas_de_page() -> None:
    for lignes in range(20, 46):
        remplissage: list[Bloc] = [_texte(1) for _ in range(lignes)]
        pages = paginer([*remplissage, _texte(1, titre=True, taille=14), _texte(60)])
        for page in pages[:-1]:
            assert not page[-1][0].avec_suivant


def test_une_chaine_plus_haute_qu_une_page_ne_fait_pas_une_page_par_rangee() -> None:
    chaine: list[Bloc] = [_texte(1, titre=True) for _ in range(120)]
    assert len(paginer(chaine)) <= 4


def test_les_chiffres_ont_la_meme_chasse() -> None:
    assert len({round(largeur(CHIFFRES, chiffre), 4) for chiffre in "0123456789"}) == 1
    assert len({round(largeur(NORMAL, chiffre), 4) for chiffre in "0123456789"}) > 1


def test_une_lettre_s_imprime_telle_qu_ecrite() -> None:
    """Ni lettre de base, ni « ? » : ce qui ne peut s'écrire laisse un blanc à remplir, et se dit."""
    assert lisible("Ệ œuvre 漢") == ("Ệ œuvre 漢", ())
    assert lisible("e\u0301") == ("é", ())
    assert lisible("𓀀𓀁 Ali") == (f"{A_LA_MAIN} Ali", ("𓀀", "𓀁"))


@pytest.mark.parametrize(
    ("avant", "apres"),
    [
        ("Qui : moi ; toi ?", "Qui\u00a0: moi\u202f; toi\u202f?"),
        ("« l'an »", "«\u00a0l’an\u00a0»"),
        ("300 000 habitants, 9 h 30", "300\u202f000 habitants, 9\u00a0h\u202f30"),
        ("12 mois", "12\u00a0mois"),
        ("CCH L.441-1", "CCH\u00a0L.\u00a0441-1"),
    ],
)
def test_typographie(avant: str, apres: str) -> None:
    assert typographier(avant) == apres
    assert typographier(apres) == apres


def test_nombres_montants_et_dates_par_babel() -> None:
    assert dire_nombre(Decimal("-10")) == "−10"
    assert dire_nombre(Decimal("-0")) == "0"
    assert dire_nombre(Decimal("2.50")) == "2,5"
    assert dire_montant(Decimal("1432.5")) == "1\u202f432,50\u00a0€"
    assert dire_montant(15280) == "15\u202f280\u00a0€"
    assert dire_date_longue(date(2026, 11, 1)) == "1er novembre 2026"


@pytest.mark.parametrize("nir", ["191036311304217", "1 91 03 63 113 042 17", "2 84 12 2A 004 117", "1910363113042"])
def test_un_numero_de_securite_sociale_est_retire(nir: str) -> None:
    assert sans_nir(f"voir {nir}.", "[x]") == "voir [x]."


@pytest.mark.parametrize("autre", ["063112512345612345", "06 12 34 56 78", "12345678901234", "10/11/2025"])
def test_un_autre_numero_n_est_pas_retire(autre: str) -> None:
    assert sans_nir(autre, "[x]") == autre


def _pleine() -> list[Bloc]:
    """De quoi remplir une page, sans en commencer une autre."""
    long = _texte(200)
    return [long] * int(HAUT // (long.hauteur(LARGE) + long.apres))


def test_une_page_presque_vide_se_rattrape_en_serrant_les_blancs_par_degres() -> None:
    """Le moins possible : un débord qu'un peu moins de blanc rattrape n'en perd pas davantage."""
    haut = _texte(1).hauteur(LARGE)
    for part, autre in ((0.6, 0.4), (0.4, 0.3), (0.3, 0.1)):
        # De quoi tenir juste, à cette part des blancs.
        nombre = int(HAUT // (haut + 6 * part))
        assert nombre * (haut + 6 * (part + autre) / 2) < HAUT + haut
        blocs: list[Bloc] = [_texte(1) for _ in range(nombre)]
        (page,) = paginer(blocs)
        ecarts = {round(y - (page[rang][1] + haut), 2) for rang, (_, y) in enumerate(page[1:])}
        assert ecarts == {round(6 * part, 2)}
    trop: list[Bloc] = [_texte(1) for _ in range(int(HAUT // (haut + 6 * 0.3)) + 2)]
    assert len(paginer(trop)) == 2


def _sections() -> list[Bloc]:
    """Un titre de document, puis quatre sections : une page et un quart, que les blancs ne rattrapent pas."""
    ligne, blocs = _texte(1).hauteur(LARGE), [_texte(1)]
    haut = next(n for n in range(1, 999) if _texte(n).hauteur(LARGE) >= 4 * ligne)
    for _ in range(4):
        titre = _texte(1)
        titre.avec_suivant, titre.signet = True, "Section"
        blocs += [titre, *(_texte(haut) for _ in range(3))]
    return list(blocs)


def test_une_page_presque_vide_que_les_blancs_ne_rattrapent_pas_prend_des_sections() -> None:
    """Rien n'est coupé, ni page de plus : la dernière commence au titre qui égale le mieux les deux."""
    blocs = _sections()
    pages = paginer(blocs)
    assert len(pages) == 2
    assert [bloc for page in pages for bloc, _ in page] == blocs
    assert pages[1][0][0].signet
    occupes = [page[-1][1] + page[-1][0].hauteur(LARGE) for page in pages]
    assert min(occupes) > PRESQUE_VIDE * HAUT
    assert max(occupes) < 0.8 * HAUT


def test_mutant_sans_equilibre_la_derniere_reste_presque_vide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mise_en_page, "_equilibrer", lambda _, pages: pages)
    derniere = paginer(_sections())[-1]
    assert derniere[-1][1] < PRESQUE_VIDE * HAUT


def test_sans_titre_a_prendre_rien_ne_bouge() -> None:
    nombre = int(HAUT // (_texte(1).hauteur(LARGE) + 6 * 0.3)) + 2
    pages = paginer([_texte(1) for _ in range(nombre)])
    assert len(pages) == 2
    assert len(pages[0]) > len(pages[1])


def test_un_saut_ne_laisse_pas_une_page_presque_vide() -> None:
    """À deux langues, la première page de la note déborde : son détail suit ce débord."""
    court = _texte(20)
    assert len(paginer([court, Saut(), court])) == 2
    pages = paginer([*_pleine(), *_pleine()[:2], Saut(), court])
    assert len(pages) == 2
    assert not any(isinstance(bloc, Saut) for bloc, _ in pages[1])


def test_un_saut_apres_une_page_bien_remplie_reste_un_saut() -> None:
    assert len(paginer([*_pleine(), *_pleine()[:-1], Saut(), _texte(20)])) == 3
