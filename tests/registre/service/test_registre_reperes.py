"""Les repères : lus d'un CSV nommé et daté, petits effectifs tus, toutes les fautes dites avec ligne et colonne."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from outils_registre import DEPART, TERRITOIRE
from sqlalchemy import Engine

from modele.dossier.documents import encoder
from modele.regles.fautes import FichierFautif
from registre.service.referentiels import lire
from registre.service.reperes import publier_reperes, reperes
from registre.service.reperes_csv import COLONNES, Entete, Extraction, lire_extraction

TETE = "# nom: Infocentre du système, attributions 2025\n# extraction: 2026-01-31\n# seuil: 11\n"
DITS = Entete(delais="demandes satisfaites", notes="demandes en cours")
COLONNES_CSV = ";".join(COLONNES)
LIGNE = "31555;T2;primo;120;10;22,5;31;44.5;60;80;14;22;30"
AUJOURDHUI = date(2026, 11, 22)


def _lire(corps: str, tete: str = TETE, donnes: Entete | None = None) -> Extraction:
    return lire_extraction(f"{tete}{corps}", "reperes.csv", AUJOURDHUI, donnes or DITS)


def _fautes(corps: str, tete: str = TETE, donnes: Entete | None = None) -> list[tuple[int | None, str, str]]:
    with pytest.raises(FichierFautif) as fautif:
        _lire(corps, tete, donnes)
    return [(une.ligne, une.chemin, une.message) for une in fautif.value.fautes]


def _tableau(*lignes: str) -> str:
    return "\n".join((COLONNES_CSV, *lignes)) + "\n"


@pytest.mark.parametrize(("heure", "admise"), [(11, False), (12, True), (23, True)])
def test_le_matin_outre_mer_une_extraction_du_jour_n_est_pas_dans_le_futur(
    moteur: Engine, territoire: str, tmp_path: Path, heure: int, admise: bool
) -> None:
    """Cas public 16 : le registre compte en UTC, Nouméa et Wallis-et-Futuna sont déjà à demain."""
    fichier = tmp_path / "reperes.csv"
    fichier.write_text(TETE.replace("2026-01-31", "2026-11-23") + _tableau(LIGNE), encoding="utf-8")
    quand = datetime(2026, 11, 22, heure, 0, tzinfo=UTC)
    if admise:
        assert publier_reperes(moteur, TERRITOIRE, fichier, quand, DITS).version == 1
    else:
        with pytest.raises(FichierFautif, match="dans le futur"):
            publier_reperes(moteur, TERRITOIRE, fichier, quand, DITS)


def test_une_extraction_se_publie_en_referentiel_signe(moteur: Engine, territoire: str, tmp_path: Path) -> None:
    fichier = tmp_path / "reperes.csv"
    petite = "31069;T3;mutation;10;1;2;3;4;5;11;1;2;3"
    sans_notes = "31069;T3;primo;;;;;;;0;;;"
    fichier.write_text("\ufeff" + TETE + _tableau(LIGNE, petite, sans_notes), encoding="utf-8")
    publie = publier_reperes(moteur, TERRITOIRE, fichier, DEPART, DITS)
    assert (publie.nom, publie.version) == ("reperes", 1)
    octets = lire(moteur, TERRITOIRE, "reperes", 1)
    assert json.loads(octets) == {
        "nom": "Infocentre du système, attributions 2025",
        "extraction": "2026-01-31",
        "seuil": 11,
        "delais": "demandes satisfaites",
        "notes": "demandes en cours",
        "reperes": [
            {"commune": "31069", "typologie": "T3", "population": "mutation", "notes": {"masque": True},
             "delais": {"effectif": 11, "quantiles": {"p50": 2, "p75": 3}}},
            {"commune": "31069", "typologie": "T3", "population": "primo", "delais": {"masque": True}},
            {"commune": "31555", "typologie": "T2", "population": "primo",
             "notes": {"effectif": 120, "quantiles": {"p50": 31, "p75": 44.5}},
             "delais": {"effectif": 80, "quantiles": {"p50": 22, "p75": 30}}},
        ],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("ecrit", "publie"),
    [("22,3333333333333", "22.3"), ("22,25", "22.3"), ("22,04", "22"), ("30", "30"), ("-0,04", "0")],
)
def test_un_quantile_de_tableur_se_publie_au_dixieme(ecrit: str, publie: str) -> None:
    """Il se lit à voix haute ; les quantiles extrêmes, eux, ne sortent pas."""
    (repere,) = reperes(_lire(_tableau(f"31555;T2;primo;120;-9;-8;{ecrit};60;70;;;;"))).reperes
    assert repere.notes is not None
    assert repere.notes.quantiles.keys() == {"p50", "p75"}
    assert encoder(repere.notes.quantiles["p50"]) == publie.encode()


@given(
    seuil=st.integers(5, 30),
    effectifs=st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=1, max_size=6),
)
def test_sous_le_seuil_ni_l_effectif_ni_les_valeurs_ne_sortent(seuil: int, effectifs: list[tuple[int, int]]) -> None:
    lignes = [
        f"31{rang:03};T2;primo;{notes};777701;777702;777703;777704;777705;{delais};888801;888802;888803"
        for rang, (notes, delais) in enumerate(effectifs)
    ]
    lus = reperes(_lire(_tableau(*lignes), TETE.replace("11", str(seuil))))
    for repere, (notes, delais) in zip(lus.reperes, effectifs, strict=True):
        for distribution, effectif, secret in ((repere.notes, notes, "7777"), (repere.delais, delais, "8888")):
            assert distribution is not None
            assert distribution.masque is (effectif < seuil)
            texte = encoder(distribution).decode()
            assert (secret in texte) is (effectif >= seuil)
            assert distribution.effectif == (effectif if effectif >= seuil else 0)


@pytest.mark.parametrize("separateur", [";", "\t"])
def test_le_separateur_se_devine_et_la_decimale_est_une_virgule_ou_un_point(separateur: str) -> None:
    (notes, _) = _lire(_tableau(LIGNE).replace(";", separateur)).lignes["31555", "T2", "primo"]
    assert notes is not None
    assert (notes.quantiles["p25"], notes.quantiles["p75"]) == (Decimal("22.5"), Decimal("44.5"))


def test_un_tableur_peut_citer_les_lignes_et_remplir_les_colonnes_vides() -> None:
    tete = '"# nom: Infocentre";;;\n# extraction;2026-01-31;;;\n\n#seuil = 5;;\n# une remarque libre\n'
    extraction = _lire(_tableau(f'"{LIGNE.split(";")[0]}"' + LIGNE[5:], ";;;;;;;;;;;;"), tete)
    assert (extraction.nom, extraction.date, extraction.seuil) == ("Infocentre", date(2026, 1, 31), 5)
    assert len(extraction.lignes) == 1


def test_une_note_peut_etre_negative() -> None:
    (notes, _) = _lire(_tableau("31555;T2;primo;120;-5;0;3;4;5;;;;")).lignes["31555", "T2", "primo"]
    assert notes is not None
    assert notes.quantiles["p10"] == -5


def test_ce_que_dit_l_appelant_l_emporte_sur_le_fichier() -> None:
    extraction = _lire(_tableau(LIGNE), donnes=Entete("Autre nom", "2025-12-31", "100", "les unes", "les autres"))
    assert (extraction.nom, extraction.date, extraction.seuil) == ("Autre nom", date(2025, 12, 31), 100)
    assert (extraction.delais, extraction.notes) == ("les unes", "les autres")
    assert reperes(extraction).reperes[0].delais is not None
    assert reperes(extraction).reperes[0].delais.masque


def test_sans_nom_ni_date_ni_seuil_tout_se_demande_a_la_fois() -> None:
    fautes = _fautes(_tableau(LIGNE), tete="", donnes=Entete())
    assert [(chemin, message.split(" :")[0]) for _, chemin, message in fautes] == [
        ("nom", "il manque le nom du système et de l'extraction"),
        ("extraction", "il manque une date AAAA-MM-JJ"),
        ("seuil", "il manque un nombre entier, au moins 5"),
        ("delais", "il manque de quelles demandes sont les délais"),
        ("notes", "il manque de quelles demandes sont les notes"),
    ]


@pytest.mark.parametrize(
    ("tete", "attendue"),
    [
        (TETE.replace("2026-01-31", "31/01/2026"), (2, "extraction", "« 31/01/2026 » n'est pas une date AAAA-MM-JJ")),
        (TETE.replace("2026-01-31", "2026-11-23"), (2, "extraction", "cette date est dans le futur")),
        (TETE.replace("11", "4"), (3, "seuil", "« 4 » n'est pas un nombre entier, au moins 5")),
        (TETE.replace("11", "onze"), (3, "seuil", "« onze » n'est pas un nombre entier, au moins 5")),
    ],
)
def test_une_declaration_fausse_se_dit_a_sa_ligne(tete: str, attendue: tuple[int, str, str]) -> None:
    assert _fautes(_tableau(LIGNE), tete) == [attendue]


def test_toutes_les_fautes_du_tableau_se_disent_avec_ligne_et_colonne() -> None:
    fautes = _fautes(
        _tableau(
            LIGNE,
            "Toulouse;T22;primos;120;10;9;31;44;60;80;14;22;30",
            "31069;T2;primo;douze;1;2;x;4;5;-3;1;2;-3",
            "31070;T2;primo;;1;;;;;50;;22;30",
            LIGNE,
            "31071;T2;primo;120;1;2",
        )
    )
    assert fautes == [
        (6, "colonne 1 (commune)", "« Toulouse » n'est pas un code INSEE de commune (5 signes, par exemple 31555)"),
        (6, "colonne 2 (typologie)", "« T22 » n'est pas permis ; vouliez-vous « T2 » ?"),
        (6, "colonne 3 (population)", "« primos » n'est pas permis ; vouliez-vous « primo » ?"),
        (6, "colonne 6 (note_p25)", "9 est plus petit que le quantile précédent, 10"),
        (7, "colonne 4 (notes_effectif)", _PAS_UN_NOMBRE.format("douze")),
        (7, "colonne 7 (note_p50)", _PAS_UN_NOMBRE.format("x")),
        (7, "colonne 4 (notes_effectif)", "des valeurs sont données sans leur effectif"),
        (7, "colonne 10 (delais_effectif)", _PAS_UN_NOMBRE.format("-3")),
        (7, "colonne 13 (delai_p75)", _PAS_UN_NOMBRE.format("-3")),
        (7, "colonne 10 (delais_effectif)", "des valeurs sont données sans leur effectif"),
        (8, "colonne 4 (notes_effectif)", "des valeurs sont données sans leur effectif"),
        (8, "colonne 11 (delai_p25)", "il manque cette valeur pour un effectif de 50"),
        (9, "31555 / T2 / primo", "déjà donné à la ligne 5"),
        (10, "colonne 7", "13 colonnes attendues, 6 lues"),
        *[(10, f"colonne {rang} (note_p{q})", "il manque cette valeur pour un effectif de 120")
          for rang, q in ((7, 50), (8, 75), (9, 90))],
    ]  # fmt: skip


_PAS_UN_NOMBRE = "« {} » n'est pas un nombre permis (un effectif est entier ; un délai, positif)"


def test_un_en_tete_faux_se_dit_et_les_lignes_ne_se_lisent_pas() -> None:
    colonnes = COLONNES_CSV.replace("notes_effectif", "notes_efectif").replace("delai_p75", "commune")
    assert _fautes(f"{colonnes}\nn'importe quoi\n") == [
        (4, "colonne 4", "« notes_efectif » est inconnue ; vouliez-vous « notes_effectif » ?"),
        (4, "colonne 13", "« commune » est écrite deux fois"),
        (4, "", "il manque la colonne « notes_effectif »"),
        (4, "", "il manque la colonne « delai_p75 »"),
    ]


@pytest.mark.parametrize("corps", [_tableau(), _tableau("", ";;")])
def test_un_tableau_sans_ligne_se_dit(corps: str) -> None:
    assert _fautes(corps) == [(4, "", "le tableau n'a aucune ligne")]


def test_un_fichier_vide_demande_tout() -> None:
    fautes = _fautes("", tete="", donnes=Entete())
    assert len(fautes) == 5 + len(COLONNES)


@pytest.mark.parametrize("nombre", ["NaN", "Infinity", "1e99", "1;0", "--1", "1_0", "1e-40", "٣"])
def test_un_nombre_qui_n_en_est_pas_un_est_refuse(nombre: str) -> None:
    ligne = LIGNE.replace("22,5", f'"{nombre}"')
    assert [chemin for _, chemin, _ in _fautes(_tableau(ligne))] == ["colonne 6 (note_p25)"]


def test_une_ligne_que_le_csv_ne_lit_pas_se_dit(monkeypatch: pytest.MonkeyPatch) -> None:
    trop_long = "x" * 140_000
    assert _fautes(_tableau(LIGNE, trop_long))[-1] == (6, "", "cette ligne ne se lit pas : vérifiez ses guillemets")
