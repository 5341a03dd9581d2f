"""Des comptes aux lignes publiées : rien, d'un lieu, d'un territoire ni de deux diffusions, ne rend une ligne tue."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_chiffres_masque import rendues_par_le_rang

from modele.chiffres import Diffusion, Tableau
from modele.chiffres import rapport as module
from modele.chiffres.declaration import NON_DIT, declares
from modele.chiffres.rapport import NOMBRE, Effectif, Rapport, Releve, etablir

VOIES = {"sans-abri": "Sans toit", "impaye": "Loyer en retard", "peur": "Rendez-vous"}


def comptes(ici: int, autres: int, tirees: Mapping[str, int]) -> Releve:
    """Un relevé cohérent : aucune part ne dépasse son tout."""
    orientees = min(ici, tirees["orientees"])
    langue = min(ici + autres, tirees["langue"])
    par_ligne = {
        "personnes_recues": {"": ici},
        "motifs": {"trop_cher": min(ici, tirees["motif"]), "expulsion": min(ici, 4)},
        "orientees": {"": orientees},
        "orientations": {"sans-abri": min(orientees, tirees["voie"])},
        "issues": {"acceptee": min(orientees, tirees["issue"])},
        "delai_reponse": {NOMBRE: min(orientees, tirees["delai"])},
        "personnes_du_territoire": {"": ici + autres},
        "langues": {"fr": langue, "xx-inconnue": 0, NON_DIT: ici + autres - langue},
    }
    effectifs = {c: {ligne: Effectif(n, 2 * n) for ligne, n in un.items()} for c, un in par_ligne.items()}
    return Releve(effectifs, {"delai_reponse": [3] * max(1, min(orientees, tirees["delai"]))})


CLES = ("orientees", "langue", "motif", "voie", "issue", "delai")
TIREES = st.fixed_dictionaries(dict.fromkeys(CLES, st.integers(0, 60)))
RELEVES = st.builds(comptes, st.integers(0, 60), st.integers(0, 60), TIREES)


def publier(releve: Releve) -> dict[Diffusion, Rapport]:
    return etablir(declares(), releve, VOIES, 2025, "ici")


@settings(max_examples=25, deadline=None)
@given(RELEVES)
def test_aucune_ligne_tue_ne_se_retrouve_et_ses_operations_se_taisent(releve: Releve) -> None:
    rapports = publier(releve)
    tableau = module._Etat(declares(), releve, VOIES).tableau
    avant: set[str] = set()
    for diffusion in Diffusion:
        rapport = rapports[diffusion]
        tues = {ligne.id for ligne in rapport.lignes if ligne.masque and ligne.id in tableau.cases}
        assert avant <= tues
        assert rendues_par_le_rang(tableau, tues) & tues == set()
        for ligne in rapport.lignes:
            assert (ligne.valeur is None) == (ligne.operations is None)
            if ligne.valeur is not None and ligne.unite == "personnes":
                assert ligne.valeur >= rapport.seuil
        avant = tues


def ligne(rapport: Rapport, nom: str) -> object:
    return next(une.valeur for une in rapport.lignes if une.id == nom)


def test_une_mediane_ne_se_dit_pas_sous_onze() -> None:
    assez = dict.fromkeys(("orientees", "langue", "motif", "voie", "issue"), 30)
    for combien, dite in ((10, None), (11, 3.0)):
        rapport = publier(comptes(40, 40, {**assez, "delai": combien}))[Diffusion.PARTENAIRES]
        assert ligne(rapport, "delai_reponse.mediane") == dite
        assert ligne(rapport, "delai_reponse.nombre") == combien


def test_un_code_que_cette_version_ne_connait_pas_compte_sans_reponse() -> None:
    releve = Releve(
        {
            "personnes_recues": {"": Effectif(30, 30)},
            "personnes_du_territoire": {"": Effectif(60, 60)},
            "langues": {"fr": Effectif(30, 30), "klingon": Effectif(12, 12), NON_DIT: Effectif(18, 18)},
        }
    )
    rapport = publier(releve)[Diffusion.PARTENAIRES]
    assert [une.libelle for une in rapport.lignes if "klingon" in une.id] == []
    etat = module._Etat(declares(), releve, VOIES)
    assert etat.tableau.cases[f"langues.{NON_DIT}"].valeur == 30


def test_une_voie_a_part_n_a_pas_de_ligne_meme_si_on_la_donne() -> None:
    tout = dict.fromkeys(("orientees", "langue", "motif", "voie", "issue", "delai"), 30)
    ids = {une.id for une in publier(comptes(40, 40, tout))[Diffusion.PARTENAIRES].lignes}
    assert "orientations.sans-abri" in ids
    assert "orientations.peur" not in ids


def test_mutant_sans_emboiter_les_diffusions(monkeypatch: pytest.MonkeyPatch) -> None:
    """Masquées chacune à part, deux diffusions se complètent : l'une montre ce que l'autre tait."""
    vrai = module.masquer
    recues: list[object] = []

    def noter(tableau: Tableau, seuil: int, deja: frozenset[str]) -> frozenset[str]:
        recues.append(deja)
        return vrai(tableau, seuil, deja)

    monkeypatch.setattr(module, "masquer", noter)
    proche = publier(comptes(60, 12, {**dict.fromkeys(CLES, 20), "motif": 3}))[Diffusion.PARTENAIRES]
    tues = {une.id for une in proche.lignes if une.masque and une.unite == "personnes"}
    assert recues[0] == frozenset()
    assert tues
    assert recues[1] == tues
