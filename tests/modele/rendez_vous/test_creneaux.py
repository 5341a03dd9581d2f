"""Créneaux : ce qui se gêne, ce qui reste libre, ce qu'une plage refuse ligne par ligne."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modele.regles.fautes import FichierFautif
from modele.rendez_vous import Creneau, creneaux, libres, lire_heure, lire_horaires, plages, qui_se_genent, se_genent

LUNDI = date(2026, 12, 7)
PLAGE = """
[[plage]]
id = "{id}"
lieu = "{lieu}"
type = "reception"
jours = {jours}
debut = "{debut}"
fin = "{fin}"
duree = {duree}
avec = "{avec}"
"""

un_creneau = st.builds(
    Creneau,
    st.sampled_from([LUNDI, LUNDI + timedelta(1)]),
    st.integers(480, 1000),
    st.integers(5, 120),
    st.sampled_from(["A", "B"]),
    st.sampled_from(["", "Nora", "Paul"]),
)


def _plage(**dits: object) -> str:
    defauts = {"id": "p", "lieu": "A", "jours": '["lundi"]', "debut": "09:00", "fin": "12:00", "duree": 30, "avec": ""}
    return PLAGE.format(**defauts | dits)


def _lire(dossier: Path, *plages_: str) -> tuple[plages.Plage, ...]:
    fichier = dossier / "rendez_vous.toml"
    fichier.write_text("format = 1\n" + "".join(plages_), encoding="utf-8")
    return lire_horaires(fichier).plages


@pytest.mark.parametrize("ecrite", ["24:00", "9:00", "09:60", "", "09h00", "09:00 "])
def test_une_heure_mal_ecrite_se_dit(ecrite: str) -> None:
    with pytest.raises(ValueError, match="n'est pas une heure"):
        lire_heure(ecrite)


@given(st.integers(0, 1439))
def test_une_heure_se_relit(minutes: int) -> None:
    assert lire_heure(Creneau(LUNDI, minutes, 5, "A").heure) == minutes


def test_la_demi_journee() -> None:
    matin, soir = (LUNDI, False), (LUNDI, True)
    assert Creneau(LUNDI, 660, 60, "A").demi_journees == {matin}
    assert Creneau(LUNDI, 690, 60, "A").demi_journees == {matin, soir}
    assert Creneau(LUNDI, 720, 60, "A").demi_journees == {soir}


@given(un_creneau, un_creneau)
def test_se_gener_est_mutuel_et_veut_les_memes_minutes(un: Creneau, autre: Creneau) -> None:
    assert se_genent(un, autre) == se_genent(autre, un)
    communes = set(range(un.debut, un.fin)) & set(range(autre.debut, autre.fin))
    memes = un.avec == autre.avec and (bool(un.avec) or un.lieu == autre.lieu)
    assert se_genent(un, autre) == (un.jour == autre.jour and bool(communes) and memes)


@given(st.lists(un_creneau, max_size=12))
def test_toutes_les_paires_qui_se_genent(tous: list[Creneau]) -> None:
    """Autant que d'en comparer chaque paire une à une : deux postes ont pris, les deux se voient."""
    nommes = [(un, str(rang)) for rang, un in enumerate(tous)]
    naives = {
        frozenset((une[1], autre[1])) for rang, une in enumerate(nommes) for autre in nommes[:rang]
        if se_genent(une[0], autre[0])
    }  # fmt: skip
    trouvees = [frozenset((une[1], autre[1])) for une, autre in qui_se_genent(nommes)]
    assert (set(trouvees), len(trouvees)) == (naives, len(naives))


def test_mutant_un_voisin_oublie(monkeypatch: pytest.MonkeyPatch) -> None:
    """Qui ne regarderait que le lieu laisserait une personne de l'accueil en deux lieux à la fois."""
    ici, la_bas = Creneau(LUNDI, 540, 30, "A", "Nora"), Creneau(LUNDI, 540, 30, "B", "Nora")
    assert qui_se_genent([(ici, "1"), (la_bas, "2")])
    monkeypatch.setattr(creneaux, "se_genent", lambda un, autre: un.lieu == autre.lieu)
    assert not qui_se_genent([(ici, "1"), (la_bas, "2")])


@given(st.lists(un_creneau, max_size=10))
def test_un_creneau_libre_ne_gene_personne(pris: list[Creneau]) -> None:
    plage = plages.Plage("p", "A", "reception", frozenset({0, 1}), 540, 720, 30, "Nora")
    offerts = list(libres([plage], pris, LUNDI, 2))
    assert offerts == sorted(offerts)
    assert not any(se_genent(un, autre) for un in offerts for autre in pris)
    tenus = [un for jour in range(2) for un in plage.creneaux(LUNDI + timedelta(jour)) if un not in offerts]
    assert all(any(se_genent(un, autre) for autre in pris) for un in tenus)


def test_une_plage_offre_ses_jours_et_une_autre_duree(tmp_path: Path) -> None:
    (lue,) = _lire(tmp_path, _plage())
    assert [un.heure for un in lue.creneaux(LUNDI)] == ["09:00", "09:30", "10:00", "10:30", "11:00", "11:30"]
    assert [un.heure for un in lue.creneaux(LUNDI, 60)][-1] == "11:00"
    assert list(lue.creneaux(LUNDI + timedelta(1))) == []


@pytest.mark.parametrize(
    ("plage", "faute"),
    [
        (_plage(debut="9h"), "n'est pas une heure"),
        (_plage(fin="25:00"), "n'est pas une heure"),
        (_plage(jours='["lundy"]'), "« lundy » n'est pas un jour"),
        (_plage(duree=2), "de 5 à 240 minutes"),
        (_plage(duree=241), "de 5 à 240 minutes"),
        (_plage(fin="09:10"), "finit avant son premier créneau"),
        (_plage(fin="08:00"), "finit avant son premier créneau"),
    ],
    ids=["début", "fin", "jour", "courte", "longue", "trop peu", "à l'envers"],
)
def test_une_plage_fautive_se_refuse(tmp_path: Path, plage: str, faute: str) -> None:
    with pytest.raises(FichierFautif, match=faute):
        _lire(tmp_path, plage)


def test_les_heures_qui_se_chevauchent_se_refusent_ligne_par_ligne(tmp_path: Path) -> None:
    """Deux plages en trop : deux fautes, et rien ne passe ; un autre jour, une autre personne : rien à dire."""
    with pytest.raises(FichierFautif) as refus:
        _lire(
            tmp_path, _plage(), _plage(id="q", debut="11:30", fin="14:00"), _plage(id="r", debut="08:00", fin="09:30")
        )
    assert [("« p »" in str(faute)) for faute in refus.value.fautes] == [True, True]
    bonnes = (_plage(), _plage(id="q", jours='["mardi"]'), _plage(id="r", avec="Nora"), _plage(id="s", lieu="B"))
    assert len(_lire(tmp_path, *bonnes)) == 4
    with pytest.raises(FichierFautif, match="chevauche « r »"):
        _lire(tmp_path, *bonnes, _plage(id="t", lieu="B", avec="Nora"))


def test_dix_mille_creneaux_un_jour_se_refusent(tmp_path: Path) -> None:
    """Un lieu a deux cents créneaux au plus : au-delà, chaque plage en trop se dit, et aucune n'est prise."""
    nombreuses = [
        _plage(id=f"p{rang}", avec=f"agent {rang}", debut="08:00", fin="18:00", duree=5) for rang in range(84)
    ]
    with pytest.raises(FichierFautif) as refus:
        _lire(tmp_path, *nombreuses)
    assert len(refus.value.fautes) == 83
    assert "200 au plus" in str(refus.value.fautes[0])


def test_deux_rappels_d_un_meme_lieu_se_refusent(tmp_path: Path) -> None:
    """Le second ferait taire le premier sans qu'on le sache."""
    fichier = tmp_path / "rendez_vous.toml"
    un = '[[rappel]]\nlieu = "A"\njours = 3\n'
    fichier.write_text(f"format = 1\n{un}{un}", encoding="utf-8")
    with pytest.raises(FichierFautif, match="a déjà un rappel"):
        lire_horaires(fichier)


def test_le_delai_d_un_rappel_est_celui_qu_ecrit_le_lieu(tmp_path: Path) -> None:
    """Aucun texte ne le fixe : rien n'est rappelé sans lui, et un délai déraisonnable se refuse."""
    fichier = tmp_path / "rendez_vous.toml"
    fichier.write_text('format = 1\n[[rappel]]\nlieu = "A"\njours = 3\n', encoding="utf-8")
    assert lire_horaires(fichier).rappels == {"A": 3}
    assert lire_horaires(fichier).plages == ()
    for jours in (0, 31):
        fichier.write_text(f'format = 1\n[[rappel]]\nlieu = "A"\njours = {jours}\n', encoding="utf-8")
        with pytest.raises(FichierFautif, match="de 1 à 30 jours"):
            lire_horaires(fichier)
