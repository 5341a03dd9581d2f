"""Les cas livrés : chacun a un parcours parfait, et un mauvais par omission et par geste dangereux, noté comme tel."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from outils_formation import LIVRES, avec, fermes, sans

from modele.formation import (
    Attente,
    Cas,
    Parcours,
    Piste,
    Point,
    Verdict,
    charger_cas,
    lire_cas,
    noter,
    parcours_de_reference,
)
from modele.sources import ouvrir
from ressources import RESSOURCES

CAS = {fichier.stem: lire_cas(fichier) for fichier in LIVRES}
OMISSIONS = [
    (nom, point) for nom, cas in CAS.items() for point in fermes(cas, Attente.VITAL) if point.tranche
]  # fmt: skip
EN_TROP = [
    (nom, point) for nom, cas in CAS.items() for point in fermes(cas, Attente.DANGEREUX, Attente.INUTILE)
]  # fmt: skip


@pytest.mark.parametrize("nom", CAS)
def test_le_parcours_de_reference_est_parfait(nom: str) -> None:
    resultat = noter(CAS[nom], parcours_de_reference(CAS[nom]))
    assert resultat.parfait
    assert len(resultat.notes) > 6


@pytest.mark.parametrize(("nom", "point"), OMISSIONS, ids=[f"{nom}-{point.id}" for nom, point in OMISSIONS])
def test_chaque_omission_dangereuse_est_notee_avec_sa_raison(nom: str, point: Point) -> None:
    """Un mauvais parcours par point vital : lui seul est dangereux, et la raison est la sienne."""
    resultat = noter(CAS[nom], sans(CAS[nom], point.id))
    (note,) = resultat.de(Verdict.OMISSION_DANGEREUSE)
    assert (note.point, note.raison) == (point, point.raison)
    assert point.appui.fondement
    assert all(autre.verdict is Verdict.JUSTE for autre in resultat.notes if autre is not note)


@pytest.mark.parametrize(("nom", "point"), EN_TROP, ids=[f"{nom}-{point.id}" for nom, point in EN_TROP])
def test_chaque_geste_de_trop_est_note_ou_se_discute(nom: str, point: Point) -> None:
    (note,) = (un for un in noter(CAS[nom], avec(CAS[nom], point.id)).notes if un.verdict is not Verdict.JUSTE)
    faux = Verdict.GESTE_DANGEREUX if point.attente is Attente.DANGEREUX else Verdict.INUTILE
    assert (note.point, note.verdict) == (point, faux if point.tranche else Verdict.A_DISCUTER)


def test_les_deux_pistes_et_dix_omissions_au_moins() -> None:
    pistes = [cas.piste for cas in CAS.values()]
    assert set(pistes) == set(Piste)
    assert len(OMISSIONS) >= 10
    cas, ecarts = charger_cas(ouvrir())
    assert [un.id for un in cas] == [un.id for un in sorted(CAS.values(), key=lambda un: (un.piste, un.titre))]
    assert ecarts == []


@pytest.mark.parametrize("nom", CAS)
def test_rien_n_y_est_d_une_vraie_personne(nom: str) -> None:
    """Chacun dit que ses personnes sont inventées ; aucun numéro de téléphone n'y est, que des numéros courts."""
    (fichier,) = (un for un in LIVRES if un.stem == nom)
    assert "inventé" in CAS[nom].scene.personne
    assert re.findall(r"\b0[1-9](?:[ .]?\d\d){4}\b", fichier.read_text("utf-8")) == []


def test_une_question_de_plus_ne_fausse_rien() -> None:
    """Poser toutes les questions libres, dans tout cas, ne change aucune note."""
    for cas in CAS.values():
        for point in fermes(cas, Attente.LIBRE):
            assert noter(cas, avec(cas, point.id)) == noter(cas, parcours_de_reference(cas))


def _vitaux(cas: Cas) -> int:
    return sum(point.tranche for point in fermes(cas, Attente.VITAL))


def test_chaque_cas_a_deux_omissions_comptees() -> None:
    assert {nom: _vitaux(cas) for nom, cas in CAS.items() if _vitaux(cas) < 2} == {}


def test_mutant_une_orientation_changee_ne_change_aucune_note(tmp_path: Path) -> None:
    """Les voies vidées de leurs gestes, et leur urgence renversée : chaque cas note pareil, parfait comme rien fait."""
    for quoi in ("national", "formation"):
        shutil.copytree(RESSOURCES / quoi, tmp_path / quoi)
    voies = tmp_path / "national" / "orientations.toml"
    avant = voies.read_text("utf-8")
    voies.write_text(avant.replace('"immediate"', '"semaine"').replace("115", "999"), encoding="utf-8")
    assert voies.read_text("utf-8") != avant
    changes, _ = charger_cas(ouvrir(tmp_path))
    livres, _ = charger_cas(ouvrir())
    for change, livre in zip(changes, livres, strict=True):
        for parcours in (parcours_de_reference(livre), Parcours()):
            assert noter(change, parcours) == noter(livre, parcours)
