"""Les paramètres du droit : datés, par dimension, du territoire au national, inconnus sans valeur."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modele.regles.etats import INCONNU, Enumere, Etat, Intervalle, connu, partiel
from modele.regles.faits import TypeFait
from modele.regles.fautes import FichierFautif
from modele.regles.lecture import lire_texte
from modele.regles.parametres import DeclarationParametre, LigneParametre, lire_parametres, resoudre

JOUR = date(2026, 6, 15)
CODES = {"population": ("primo", "mutation"), "typologie": ("T1", "T2")}


def lire(texte: str) -> dict[str, DeclarationParametre]:
    lecteur = lire_texte(texte, "p.toml")
    lus = lire_parametres(lecteur)
    lecteur.clore()
    lecteur.fautes.verifier()
    return lus


def declarer(*valeurs: LigneParametre, **autres: Any) -> dict[str, DeclarationParametre]:
    return {"p": DeclarationParametre("p", TypeFait.ENTIER, valeurs=valeurs, **autres)}


def seuil(*niveaux: dict[str, DeclarationParametre], jour: date = JOUR, **dimensions: tuple[str, ...]) -> Etat:
    return resoudre(niveaux, jour, CODES | dimensions)["p"]


def test_un_parametre_se_lit_en_entier() -> None:
    [p] = lire(
        '[[parametre]]\nid = "p"\ntype = "decimal"\nterritorial = true\nminimum = 0\n'
        'valeurs = [{ du = 2026-01-01, au = 2026-12-31, population = "primo", typologie = ["T1"], valeur = 30 }]\n'
    ).values()
    assert p.territorial
    assert (p.type, p.minimum, type(p.minimum)) == (TypeFait.DECIMAL, 0, Decimal)
    assert p.valeurs == (
        LigneParametre(
            Decimal(30), date(2026, 1, 1), date(2026, 12, 31), {"population": ("primo",), "typologie": ("T1",)}
        ),
    )


@pytest.mark.parametrize(
    ("texte", "chemin", "message"),
    [
        ('id = "p"\ntype = "texte"', "type", "attendu"),
        ('type = "entier"', "id", "manque"),
        ('id = "p"\nvaleurs = [{ valeur = 1.5 }]', "valeur", "de type entier"),
        ('id = "p"\nvaleurs = [{ valeur = true }]', "valeur", "de type entier"),
        ('id = "p"\ntype = "date"\nvaleurs = [{ valeur = 1 }]', "valeur", "de type date"),
        ('id = "p"\ntype = "decimal"\nvaleurs = [{ valeur = nan }]', "valeur", "de type decimal"),
        ('id = "p"\nvaleurs = [{ du = 2026-01-01 }]', "valeur", "manque"),
        ('id = "p"\nvaleurs = [{ valeur = 1, popul = "x" }]', "popul", "vouliez-vous « population »"),
        ('id = "p"\nterritorial = "oui"', "territorial", "true ou false"),
        ('id = "p"\n[[parametre]]\nid = "p"', "id", "deux fois"),
    ],
)
def test_un_parametre_fautif_est_dit(texte: str, chemin: str, message: str) -> None:
    with pytest.raises(FichierFautif) as leve:
        lire(f"[[parametre]]\n{texte}\n")
    assert any(f.chemin.endswith(chemin) and message in f.message for f in leve.value.fautes), leve.value


def test_declare_sans_valeur_est_inconnu_jamais_une_erreur() -> None:
    assert seuil(declarer()) == INCONNU
    assert seuil(declarer(minimum=0, maximum=9)) == partiel(Intervalle(0, 9))
    assert seuil(declarer(LigneParametre(3, date(2027, 1, 1)))) == INCONNU


def test_une_valeur_plus_recente_remplace_celle_d_avant() -> None:
    lignes = declarer(LigneParametre(4, date(2026, 3, 1)), LigneParametre(3, date(2025, 1, 1)), LigneParametre(2))
    assert seuil(lignes) == connu(4)
    assert seuil(lignes, jour=date(2025, 6, 1)) == connu(3)
    assert seuil(lignes, jour=date(2020, 1, 1)) == connu(2)


def test_les_dates_d_une_valeur_sont_comprises() -> None:
    lignes = declarer(LigneParametre(4, JOUR, JOUR))
    assert seuil(lignes) == connu(4)
    assert seuil(lignes, jour=date(2026, 6, 16)) == INCONNU


def test_le_territoire_l_emporte_et_le_national_supplee() -> None:
    national = declarer(LigneParametre(1))
    assert seuil(declarer(LigneParametre(2)), national) == connu(2)
    assert seuil(declarer(), national) == connu(1)
    assert seuil({}, national) == connu(1)


def test_un_parametre_territorial_n_a_pas_de_repli_national() -> None:
    national = declarer(LigneParametre(1), territorial=True)
    assert seuil({}, national) == INCONNU
    assert seuil(declarer(LigneParametre(2)), national) == connu(2)
    assert seuil(declarer(territorial=True), declarer(LigneParametre(1))) == INCONNU
    assert seuil(national) == connu(1)


def test_le_territoire_ne_parle_que_pour_les_codes_qu_il_nomme() -> None:
    local, national = declarer(LigneParametre(30, dimensions={"population": ("primo",)})), declarer(LigneParametre(25))
    assert seuil(local, national) == partiel(Enumere((30, 25)))
    assert seuil(local, national, population=("primo",)) == connu(30)
    assert seuil(local, national, population=("mutation",)) == connu(25)


def test_une_combinaison_sans_ligne_laisse_le_parametre_inconnu() -> None:
    croise = (
        LigneParametre(1, dimensions={"population": ("primo",), "typologie": ("T1",)}),
        LigneParametre(2, dimensions={"population": ("mutation",), "typologie": ("T2",)}),
    )
    assert seuil(declarer(*croise)) == INCONNU
    # Une valeur déjà écrite reste possible, même hors des bornes déclarées.
    assert seuil(declarer(*croise, minimum=2, maximum=9)) == partiel(Intervalle(1, 9))
    assert seuil(declarer(*croise), population=("primo",), typologie=("T1",)) == connu(1)


def test_une_dimension_dont_on_ne_sait_rien_laisse_toutes_ses_lignes() -> None:
    lignes = declarer(*(LigneParametre(n, dimensions={"population": (p,)}) for n, p in ((1, "primo"), (2, "mutation"))))
    assert seuil(lignes, population=()) == partiel(Enumere((2, 1)))


dimensions = st.fixed_dictionaries(
    {},
    optional={
        nom: st.lists(st.sampled_from(codes), min_size=1, unique=True).map(tuple) for nom, codes in CODES.items()
    },
)
lignes = st.lists(st.builds(LigneParametre, st.integers(0, 5), dimensions=dimensions), max_size=3).map(tuple)


@given(lignes, lignes, st.tuples(*(st.lists(st.sampled_from(c), min_size=1, unique=True) for c in CODES.values())))
def test_la_valeur_reelle_est_toujours_possible(local: Any, national: Any, possibles: Any) -> None:
    """Pour chaque combinaison de codes, la valeur qu'on lirait si tout était su reste dans l'état rendu."""
    niveaux = (declarer(*local), declarer(*national))
    flou = seuil(*niveaux, **dict(zip(CODES, map(tuple, possibles), strict=True)))
    for codes in product(*possibles):
        su = seuil(*niveaux, **{nom: (code,) for nom, code in zip(CODES, codes, strict=True)})
        if flou.connu:
            assert su == flou
        elif isinstance(flou.domaine, Enumere):
            assert set(su.domaine.valeurs if isinstance(su.domaine, Enumere) else [su.valeur]) <= set(
                flou.domaine.valeurs
            )
        else:
            assert flou == INCONNU


def _valeurs(etat: Etat) -> set[Any]:
    return set(etat.domaine.valeurs) if isinstance(etat.domaine, Enumere) else {etat.valeur}
