"""La lecture d'une grille : rien de faux ne passe, tout est dit ensemble, à sa ligne, avec un remède."""

from __future__ import annotations

import contextlib
import copy
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from ecriture_toml import ecrire
from hypothesis import given
from hypothesis import strategies as st
from tirages_cotation import CATALOGUE, DECLARES, J0, grilles, lire

from modele.cotation.lecture_grille import grille_depuis, lire_grille
from modele.regles.fautes import ErreurUtilisateur, Faute, FichierFautif
from modele.regles.lecture import lire_texte

ENTETE = """format = 1
[grille]
id = "g"
libelle = "G"
territoire = "t"
statut = "exemple"
population = "toutes"
en_vigueur_du = 2026-01-01
"""


def fautes(texte: str) -> tuple[Faute, ...]:
    with pytest.raises(FichierFautif) as leve:
        grille_depuis(lire_texte(texte, "g.toml"), CATALOGUE, DECLARES)
    return leve.value.fautes


def rubrique(critere: str, tete: str = "") -> str:
    return f'{ENTETE}[[rubrique]]\nid = "r"\nlibelle = "R"\ncumul = "somme"\n{tete}[[rubrique.critere]]\n{critere}'


@given(grilles())
def test_une_grille_engendree_se_lit(grille: Any) -> None:
    assert [r.id for r in lire(grille).rubriques] == [r["id"] for r in grille["rubrique"]]


# --- Rien de faux ne passe ------------------------------------------------------------------------------------------


def _tables(noeud: Any, cle: str = "") -> list[tuple[str, dict[str, Any]]]:
    """Toutes les tables d'une grille, avec la clé qui les porte."""
    if isinstance(noeud, dict):
        return [(cle, noeud), *(t for c, v in noeud.items() for t in _tables(v, c))]
    return [t for v in noeud for t in _tables(v, cle)] if isinstance(noeud, list) else []


OBLIGATOIRES = {
    "": ["format"],
    "grille": ["id", "libelle", "territoire", "statut", "population", "en_vigueur_du"],
    "rubrique": ["id", "libelle", "cumul"],
    "critere": ["id", "libelle"],
    "hors_cotation": ["id", "libelle", "si"],
    "fait": ["id", "type"],
    "par_unite": ["fait", "points"],
    "tranches": ["fait", "bornes"],
}
FORMES = ("points", "par_unite", "tranches")


@given(grilles(), st.data())
def test_une_cle_obligatoire_retiree_est_dite(grille: Any, data: Any) -> None:
    fautive = copy.deepcopy(grille)
    ou, table = data.draw(st.sampled_from([(c, t) for c, t in _tables(fautive) if c in OBLIGATOIRES]))
    cle = data.draw(st.sampled_from(OBLIGATOIRES[ou]))
    del table[cle]
    messages = [f.message for f in fautes(ecrire(fautive)) if f.chemin.endswith(cle)]
    assert any("cette clé manque" in m for m in messages)


@given(grilles(), st.data())
def test_une_cle_mal_ecrite_est_dite_avec_la_bonne(grille: Any, data: Any) -> None:
    fautive = copy.deepcopy(grille)
    _, table = data.draw(st.sampled_from([(c, t) for c, t in _tables(fautive) if t]))
    cle = data.draw(st.sampled_from(sorted(table)))
    table[cle + "z"] = table.pop(cle)
    trouvees = fautes(ecrire(fautive))
    assert any(cle in faute.message for faute in trouvees)


@given(grilles(), st.data())
def test_un_type_change_est_dit(grille: Any, data: Any) -> None:
    fautive = copy.deepcopy(grille)
    _, table = data.draw(st.sampled_from([(c, t) for c, t in _tables(fautive) if t]))
    cle = data.draw(st.sampled_from(sorted(table)))
    faux = {"a": {"b": 1}} if not isinstance(table[cle], dict) else "texte"
    table[cle] = faux
    assert fautes(ecrire(fautive))


@given(grilles(), st.integers(0, 20_000), st.sampled_from(["couper", "octet", "retirer", "doubler"]), st.characters())
def test_un_texte_abime_ne_leve_que_des_fautes(grille: Any, place: int, geste: str, signe: str) -> None:
    texte = ecrire(grille)
    place %= len(texte)
    abime = {
        "couper": texte[:place],
        "octet": texte[:place] + signe + texte[place + 1 :],
        "retirer": texte[:place] + texte[place + 3 :],
        "doubler": texte[:place] + texte[max(0, place - 5) :],
    }[geste]
    # Un texte abîmé peut rester juste : tout ce qu'on exige est qu'aucune autre exception ne sorte.
    with contextlib.suppress(ErreurUtilisateur):
        grille_depuis(lire_texte(abime, "g.toml"), CATALOGUE, DECLARES)


@given(st.binary(max_size=200))
def test_des_octets_au_hasard_ne_levent_que_des_fautes(tmp_path_factory: Any, octets: bytes) -> None:
    chemin = tmp_path_factory.getbasetemp() / "hasard.toml"
    chemin.write_bytes(octets)
    with pytest.raises(ErreurUtilisateur):
        lire_grille(chemin, CATALOGUE, DECLARES)


# --- Les lignes, les remèdes ----------------------------------------------------------------------------------------

CAS = [
    # (texte du critère, numéro de ligne relatif au critère, chemin, bout du message)
    ('id = "c"\nlibelle = "C"\npoints = 1\nsi = { fait = "bb1" }', 4, "si.fait", "vouliez-vous « b1 »"),
    ('id = "c"\nlibelle = "C"\npoints = "1"', 3, "points", "attendu : un nombre"),
    ('id = "c"\nlibelle = "C"\npoints = true', 3, "points", "attendu : un nombre"),
    ('id = "c"\nlibelle = "C"\npoints = inf', 3, "points", "attendu : un nombre"),
    ('id = "c"\nlibelle = "C"\npoints = 1e999999999', 3, "points", "attendu : un nombre"),
    ('id = "c"\nlibelle = "C"\npoints = 1e99999999999999999999', 3, "points", "attendu : un nombre"),
    ('id = "c"\nlibele = "C"\npoints = 1', 2, "libele", "vouliez-vous « libelle »"),
    ('id = "c"\nlibelle = " "\npoints = 1', 2, "libelle", "non vide"),
    ('id = "c"\nlibelle = "C"\npreuve = "piéce"\npoints = 1', 3, "preuve", "vouliez-vous « piece »"),
    ('id = "c"\nlibelle = "C"\npieces = ["a", 1]\npoints = 1', 3, "pieces", "une liste de textes"),
    ('id = "c"\nlibelle = "C"\nconfiance = "X"\npoints = 1', 3, "confiance", "attendu : V, V2, D, M"),
    ('id = "c"\nlibelle = "C"\nen_vigueur_du = "2026"\npoints = 1', 3, "en_vigueur_du", "une date AAAA-MM-JJ"),
    (
        'id = "c"\nlibelle = "C"\nen_vigueur_du = 2026-02-01\nen_vigueur_au = 2026-01-01\npoints = 1',
        4,
        "en_vigueur_au",
        "avant en_vigueur_du",
    ),
    ('id = "r"\nlibelle = "C"\npoints = 1', 1, "id", "employé deux fois"),
    ('id = "c"\nlibelle = "C"', 0, "critere[1]", "une seule de ces clés : points, par_unite, tranches"),
    ('id = "c"\nlibelle = "C"\npoints = 1\ntranches = {}', 0, "critere[1]", "une seule de ces clés"),
    ('id = "c"\nlibelle = "C"\ntranches = 1', 3, "tranches", "une table"),
    ('id = "c"\nlibelle = "C"\ntranches = { fait = "n1", bornes = [] }', 3, "bornes", "au moins une tranche"),
    (
        'id = "c"\nlibelle = "C"\ntranches = { fait = "b1", bornes = [{ points = 1 }] }',
        3,
        "fait",
        "un nombre ou une date",
    ),
    (
        'id = "c"\nlibelle = "C"\ntranches = { fait = "n1", bornes = [\n{ moins_de = 3, points = 1 },\n'
        "{ moins_de = 2, points = 2 } ] }",
        5,
        "bornes[2]",
        "croissantes",
    ),
    (
        'id = "c"\nlibelle = "C"\ntranches = { fait = "n1", bornes = [\n{ points = 1 },\n'
        "{ moins_de = 2, points = 2 } ] }",
        4,
        "bornes[1]",
        "seule la dernière",
    ),
    (
        'id = "c"\nlibelle = "C"\ntranches = { fait = "n1", bornes = [{ moins_de = 3, au_plus = 4, points = 1 }] }',
        3,
        "bornes[1]",
        "une seule borne",
    ),
    (
        'id = "c"\nlibelle = "C"\ntranches = { fait = "j1", bornes = [{ moins_de = 3, points = 1 }] }',
        3,
        "moins_de",
        "de type date",
    ),
    ('id = "c"\nlibelle = "C"\npar_unite = { fait = "n1", points = 1, chaque = 0 }', 3, "chaque", "plus grand que 0"),
    ('id = "c"\nlibelle = "C"\npar_unite = { fait = "c1", points = 1 }', 3, "fait", "attend un nombre"),
    (
        'id = "c"\nlibelle = "C"\npar_unite = { fait = "n1", points = 1, minimum = 2, maximum = 1 }',
        3,
        "minimum",
        "minimum est plus grand que maximum",
    ),
    (
        'id = "c"\nlibelle = "C"\npoints = 1\nsi = { fait = "n1", plus_de = { parametre = "p_entierr" } }',
        4,
        "parametre",
        "vouliez-vous « p_entier »",
    ),
    (
        'id = "c"\nlibelle = "C"\npoints = 1\nsi = { fait = "n1", plus_de = { parametre = "p_date" } }',
        4,
        "parametre",
        "« p_date » est de type date",
    ),
    (
        'id = "c"\nlibelle = "C"\npoints = 1\nsi = { fait = "c1", egal = { parametre = "p_entier" } }',
        4,
        "egal",
        "se compare à un nombre ou à une date",
    ),
    ('id = "c"\nlibelle = "C"\npoints = 1\nsi = { fait = "n1", plus_de = { p = 1 } }', 4, "parametre", "manque"),
    ('id = "c"\nlibelle = "C"\npoints = 1\nsi = { fait = "b1", renseigne = true }', 4, "renseigne", "réservé"),
    ('id = "c"\nlibelle = "C"\npoints = 1\nsi = { fait = "n1" }', 4, "fait", "ajoutez une comparaison"),
    ('id = "c"\nlibelle = "C"\npoints = 1\nsi = { fait = "n1", parmi = [1] }', 4, "parmi", "comparaisons admises"),
    ('id = "c"\nlibelle = "C"\npoints = 1\nsi = { fait = "b1", plus_de = 1 }', 4, "plus_de", "admises : egal"),
    ('id = "c"\nlibelle = "C"\npoints = 1\nsi = { fait = "n1", egal = true }', 4, "egal", "attendu : un nombre"),
    ('id = "c"\nlibelle = "C"\npoints = 1\nsi = { fait = "j1", egal = "2026-01-01" }', 4, "egal", "une date"),
    ('id = "c"\nlibelle = "C"\npoints = 1\nsi = { fait = "c1", egal = "aa" }', 4, "egal", "vouliez-vous « a »"),
    ('id = "c"\nlibelle = "C"\npoints = 1\nsi = { fait = "c1", parmi = [] }', 4, "parmi", "au moins un code"),
    ('id = "c"\nlibelle = "C"\npoints = 1\nsi = { fait = "e1", contient = "w" }', 4, "contient", "x, y, z"),
    (
        'id = "c"\nlibelle = "C"\npoints = 1\nsi = { fait = "n1", egal = 1, plus_de = 2 }',
        4,
        "si",
        "une seule comparaison",
    ),
    ('id = "c"\nlibelle = "C"\npoints = 1\nsi = { fai = "n1" }', 4, "si", "vouliez-vous « fait »"),
    (
        'id = "c"\nlibelle = "C"\npoints = 1\nsi = { fait = "personne.age", egal = 1 }',
        4,
        "fait",
        "dans « une_personne »",
    ),
    ('id = "c"\nlibelle = "C"\npoints = 1\nsi = { une_personne = { fait = "b1" } }', 4, "fait", "sortez-le"),
    (
        'id = "c"\nlibelle = "C"\npoints = 1\nsi = { une_personne = { une_personne = { fait = "personne.ok" } } }',
        4,
        "une_personne",
        "n'en contient pas une autre",
    ),
    ('id = "c"\nlibelle = "C"\npoints = 1\nsi = { tous = [] }', 4, "tous", "au moins une condition"),
    ('id = "c"\nlibelle = "C"\npoints = 1\nsi = { tous = [1] }', 4, "tous", "une liste de tables"),
    ('id = "c"\nlibelle = "C"\npoints = 1\nsi = { non = 1 }', 4, "non", "une table"),
    (
        'id = "c"\nlibelle = "C"\npoints = 1\nsi = { au_moins_n = 2, de = [{ fait = "b1" }] }',
        4,
        "au_moins_n",
        "de 1 à 1",
    ),
    (
        'id = "c"\nlibelle = "C"\npoints = 1\nsi = { au_moins_n = "2", de = [{ fait = "b1" }] }',
        4,
        "au_moins_n",
        "entier",
    ),
    (
        'id = "c"\nlibelle = "C"\npoints = 1\nsi = { nombre_de_personnes = { fait = "personne.ok" } }',
        4,
        "si",
        "une comparaison du nombre de personnes",
    ),
    (
        'id = "c"\nlibelle = "C"\npoints = 1\nsi = { nombre_de_personnes = { fait = "personne.ok" }, egal = -1 }',
        4,
        "egal",
        "0 ou plus",
    ),
    ('id = "c"\nlibelle = "C"\npoints = 1\nsi = { fait = 3 }', 4, "fait", "un texte"),
    (
        'id = "c"\nlibelle = "C"\npoints = 1\nsi = { un_de = [{ fait = "bb1", egal = true }] }',
        4,
        "fait",
        "fait inconnu",
    ),
]


@pytest.mark.parametrize(("critere", "ligne", "chemin", "message"), CAS)
def test_chaque_faute_est_dite_a_sa_ligne(critere: str, ligne: int, chemin: str, message: str) -> None:
    texte = rubrique(critere)
    depart = texte[: texte.index("[[rubrique.critere]]")].count("\n") + 1
    trouvees = fautes(texte)
    assert any(f.ligne == depart + ligne and f.chemin.endswith(chemin) and message in f.message for f in trouvees), (
        "\n".join(map(str, trouvees))
    )
    assert all(f.fichier == "g.toml" for f in trouvees)


FAITS_LOCAUX = [
    ('id = "b"\ntype = "booleen"', "id", "commence par « local. »"),
    ('id = "local.a"\ntype = "booléen"', "type", "vouliez-vous « booleen »"),
    ('id = "local.a"\ntype = "choix"', "codes", "demande la liste de ses codes"),
    ('id = "local.a"\ntype = "choix"\ncodes = ["a", "a"]', "codes", "deux fois"),
    ('id = "local.a"\ntype = "choix"\ncodes = ["a", "b"]\nlibelles = ["A"]', "libelles", "un par code"),
    ('id = "local.a"\ntype = "entier"\ncodes = ["a"]', "codes", "n'a pas de codes"),
    ('id = "local.a"\ntype = "entier"\nminimum = 1.5', "minimum", "ne convient pas"),
    ('id = "local.a"\ntype = "booleen"\nmaximum = 1', "maximum", "ne convient pas"),
    ('id = "local.a"\ntype = "date"\nmaximum = 1', "maximum", "ne convient pas"),
    ('id = "local.a"\ntype = "entier"\nminimum = 3\nmaximum = 2', "minimum", "plus grand que le maximum"),
    ('id = "local.a"\ntype = "entier"\ndecimales = 2', "decimales", "de 0 à 12"),
    ('id = "local.a"\ntype = "decimal"\ndecimales = 13', "decimales", "de 0 à 12"),
    ('id = "local.a"\ntype = "decimal"\ndecimales = 1\nminimum = 0.25', "minimum", "ne convient pas"),
    ('id = "local.a"\ntype = "booleen"\n[[fait]]\nid = "local.a"\ntype = "booleen"', "id", "déclaré deux fois"),
    ('id = "local.a"\ntype = "booleen"\nquestio = "?"', "questio", "vouliez-vous « question »"),
]


@pytest.mark.parametrize(("fait", "chemin", "message"), FAITS_LOCAUX)
def test_un_fait_local_fautif_est_dit(fait: str, chemin: str, message: str) -> None:
    trouvees = fautes(rubrique('id = "c"\nlibelle = "C"\npoints = 1\n') + f"[[fait]]\n{fait}\n")
    assert any(f.chemin.endswith(chemin) and message in f.message for f in trouvees), trouvees


def test_un_fait_local_se_lit_avec_ses_bornes() -> None:
    texte = rubrique('id = "c"\nlibelle = "C"\npoints = 1\n') + (
        '[[fait]]\nid = "local.d"\ntype = "decimal"\nminimum = 0\nmaximum = 2.5\ndecimales = 1\nquestion = "?"\n'
        '[[fait]]\nid = "local.n"\ntype = "entier"\nminimum = 0.0\n'
        '[[fait]]\nid = "local.j"\ntype = "date"\nminimum = 2026-01-01\n'
    )
    d, n, j = grille_depuis(lire_texte(texte, "g.toml"), CATALOGUE, {}).faits_locaux
    assert (d.minimum, d.maximum, d.decimales, d.champs) == (Decimal(0), Decimal("2.5"), 1, ("local.d",))
    assert (n.minimum, type(n.minimum), j.minimum) == (0, int, date(2026, 1, 1))


def test_toutes_les_fautes_sortent_ensemble_dans_l_ordre_du_fichier() -> None:
    texte = (
        'format = 2\n[grille]\nid = "g"\nlibelle = "G"\nstatut = "exemplaire"\npopulation = "toutes"\n'
        'en_vigueur_du = 2026-01-01\nplafond = 1\nplancher = 2\n[[rubrique]]\nid = "r"\nlibelle = "R"\n'
        'cumul = "some"\n[[rubrique.critere]]\nid = "c"\nlibelle = "C"\npoints = 1\nsi = { fait = "b9" }\n'
        '[[hors_cotation]]\nid = "h"\nlibelle = "H"\n[inconnue]\n'
    )
    trouvees = fautes(texte)
    assert [(f.ligne, f.chemin) for f in trouvees] == [
        (1, "format"),
        (2, "grille.territoire"),
        (5, "grille.statut"),
        (9, "grille.plancher"),
        (13, "rubrique[1].cumul"),
        (18, "rubrique[1].critere[1].si.fait"),
        (19, "hors_cotation[1].si"),
        (22, "inconnue"),
    ]


def test_une_grille_officielle_exige_ses_sources() -> None:
    officielle = rubrique('id = "c"\nlibelle = "C"\npoints = 1\n').replace('"exemple"', '"officielle"')
    assert any(f.chemin == "grille.sources" for f in fautes(officielle))
    sans_date = officielle + '[[grille.sources]]\ntitre = "D"\n'
    assert any(f.chemin == "grille.sources[1].releve_le" for f in fautes(sans_date))
    grille = grille_depuis(lire_texte(sans_date + "releve_le = 2026-11-22\n", "g.toml"), CATALOGUE, {})
    assert grille.sources[0].releve_le == date(2026, 11, 22)


def test_une_grille_sans_entete_est_dite() -> None:
    assert any(f.chemin == "grille" for f in fautes("format = 1\n"))


@pytest.mark.parametrize(
    ("texte", "ligne"),
    [
        ("a = 1\nb = [", 2),
        ('a = "x\n', 1),
        ("a = 1\na = 2\n", 2),
        ("x = 1\ny = " + "1" * 5000, 2),
        ("a = " + "[" * 5000, None),
    ],
)
def test_un_toml_illisible_donne_sa_ligne(texte: str, ligne: int | None) -> None:
    with pytest.raises(FichierFautif) as leve:
        lire_texte(texte, "g.toml")
    assert [f.ligne for f in leve.value.fautes] == [ligne]
    assert "g.toml" in str(leve.value)


def test_un_fichier_absent_ou_illisible_se_dit(tmp_path: Path) -> None:
    with pytest.raises(ErreurUtilisateur, match="n'existe pas"):
        lire_grille(tmp_path / "rien.toml", CATALOGUE, {})
    (tmp_path / "latin.toml").write_bytes("é".encode("latin-1"))
    with pytest.raises(ErreurUtilisateur, match="UTF-8"):
        lire_grille(tmp_path / "latin.toml", CATALOGUE, {})
    with pytest.raises(ErreurUtilisateur, match="lecture impossible"):
        lire_grille(tmp_path, CATALOGUE, {})


def test_une_condition_trop_profonde_est_refusee() -> None:
    si = "{ non = " * 60 + '{ fait = "b1" }' + " }" * 60
    trouvees = fautes(rubrique(f'id = "c"\nlibelle = "C"\npoints = 1\nsi = {si}'))
    assert any("trop imbriquée" in f.message for f in trouvees)


def test_une_tranche_mal_bornee_ne_se_plaint_qu_une_fois() -> None:
    critere = (
        'id = "c"\nlibelle = "C"\ntranches = { fait = "n1", bornes = [{ moins_de = "3", points = 1 }, { points = 2 }] }'
    )
    assert [f.chemin.rpartition(".")[2] for f in fautes(rubrique(critere))] == ["moins_de"]


def test_un_seuil_peut_sortir_des_bornes_du_fait() -> None:
    critere = 'id = "c"\nlibelle = "C"\npoints = 1\nsi = { fait = "n1", moins_de = 99.5 }'
    assert grille_depuis(lire_texte(rubrique(critere), "g.toml"), CATALOGUE, {}).rubriques[0].criteres


def test_les_dates_des_tranches_se_lisent() -> None:
    critere = f'id = "c"\nlibelle = "C"\ntranches = {{ fait = "j1", bornes = [{{ au_plus = {J0}, points = 1 }}] }}'
    [lu] = grille_depuis(lire_texte(rubrique(critere), "g.toml"), CATALOGUE, {}).rubriques[0].criteres
    assert lu.forme.tranches[0].borne == J0  # type: ignore[union-attr]


def test_les_commentaires_ne_decalent_pas_les_lignes() -> None:
    critere = (
        '# un\nid = "c" # deux\nlibelle = "C"\npoints = 1\nsi = { tous = [ # trois\n  # quatre\n  { fait = "b1" },\n'
        '  { fait = "b7" }, # cinq\n] }\n# six\n"cle entre guillemets" = 1\n'
    )
    texte = f"# tête\n{rubrique(critere)}"
    attendues = {"b7": "si.tous[2].fait", "guillemets": "cle entre guillemets"}
    trouvees = fautes(texte)
    for mot, chemin in attendues.items():
        ligne = next(n for n, contenu in enumerate(texte.splitlines(), 1) if mot in contenu)
        assert any(f.ligne == ligne and f.chemin.endswith(chemin) for f in trouvees), mot


def test_une_table_pointee_dans_une_liste_garde_son_rang() -> None:
    texte = rubrique('id = "c"\nlibelle = "C"\npoints = 1\nsi.fait = "b7"\n[rubrique.critere.preuve]\nx = 1\n')
    lieux = {(f.ligne, f.chemin) for f in fautes(texte)}
    assert {(17, "rubrique[1].critere[1].si.fait"), (18, "rubrique[1].critere[1].preuve")} <= lieux
