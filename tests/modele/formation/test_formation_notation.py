"""La note d'un parcours : ce qui est juste, dangereux, inutile, à discuter ; chaque règle, et son mutant."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from outils_formation import TEXTE, avec, ecrire, petit, sans

from modele.formation import (
    Attente,
    Cas,
    Parcours,
    Posee,
    Resultat,
    Verdict,
    comprendre,
    lire_cas,
    notation,
    noter,
    parcours_de_reference,
    repondre,
)
from modele.formation.entretien import PAS_COMPRIS, seul_d_abord
from modele.formation.idees import dite, mots


@pytest.fixture
def cas(tmp_path: Path) -> Cas:
    return petit(tmp_path)


def verdicts(resultat: Resultat) -> dict[str, str]:
    return {note.point.id: note.verdict for note in resultat.notes}


def test_le_parcours_parfait_est_tout_juste(cas: Cas) -> None:
    resultat = noter(cas, parcours_de_reference(cas))
    assert resultat.parfait
    assert set(verdicts(resultat)) == {"peur", "nuit", "appeler", "prevenir", "suite"}


def test_rien_fait(cas: Cas) -> None:
    """Vital et lu dans un texte : dangereux. Le reste, et tout texte libre, se discute."""
    resultat = noter(cas, Parcours())
    assert verdicts(resultat) == {
        "peur": Verdict.OMISSION_DANGEREUSE,
        "nuit": Verdict.A_DISCUTER,
        "appeler": Verdict.OMISSION_DANGEREUSE,
        "prevenir": Verdict.A_DISCUTER,
        "suite": Verdict.A_DISCUTER,
    }
    assert not resultat.parfait
    assert [note.raison for note in resultat.de(Verdict.OMISSION_DANGEREUSE)] == ["Le danger.", "Il faut appeler."]


@pytest.mark.parametrize(
    ("point", "verdict"),
    [
        ("renvoyer", Verdict.GESTE_DANGEREUX),
        ("blamer", Verdict.A_DISCUTER),
        ("copier", Verdict.A_DISCUTER),
        ("impots", Verdict.INUTILE),
    ],
)
def test_ce_qui_se_fait_en_trop(cas: Cas, point: str, verdict: Verdict) -> None:
    assert verdicts(noter(cas, avec(cas, point)))[point] == verdict


@pytest.mark.parametrize("point", ["the", "chat"])
def test_ce_qui_est_libre_ne_se_note_pas(cas: Cas, point: str) -> None:
    assert noter(cas, avec(cas, point)) == noter(cas, parcours_de_reference(cas))


def test_une_question_posee_devant_l_autre_n_est_pas_posee(cas: Cas) -> None:
    """La vraie réponse ne se dit que seul à seul ; la raison le dit. Une question sans secret se pose devant tous."""
    parfait = parcours_de_reference(cas)
    resultat = noter(
        cas, Parcours((Posee("peur", seul=False), Posee("nuit", seul=False)), parfait.choix, parfait.textes)
    )
    (note,) = resultat.de(Verdict.OMISSION_DANGEREUSE)
    assert note.point.id == "peur"
    assert note.raison.startswith("Demandé devant son frère")
    assert verdicts(resultat)["nuit"] == Verdict.JUSTE


def test_un_texte_libre_ne_se_compte_jamais_faux(cas: Cas) -> None:
    """Ni l'idée qui manque, ni la phrase qui inquiète."""
    parfait = parcours_de_reference(cas)
    resultat = noter(cas, Parcours(parfait.posees, parfait.choix, {"dire": "Il fait froid, je vous promets."}))
    assert {un: v for un, v in verdicts(resultat).items() if un in ("suite", "promesse", "meteo")} == {
        "suite": Verdict.A_DISCUTER,
        "promesse": Verdict.A_DISCUTER,
    }


def test_valide_par_une_personne_nommee_il_se_compte(tmp_path: Path) -> None:
    suite = '\n\n[[etape.choix]]\nid = "renvoyer"'
    valide = 'valide_par = "ADIL d\'essai"\nvalide_le = 2026-11-30'
    cas = petit(tmp_path, (f'raison = "Usage."{suite}', f'raison = "Usage."\n{valide}{suite}'))
    assert verdicts(noter(cas, sans(cas, "prevenir")))["prevenir"] == Verdict.OMISSION_DANGEREUSE


def test_ce_que_le_cas_ne_connait_pas_ne_compte_pas(cas: Cas) -> None:
    parfait = parcours_de_reference(cas)
    en_trop = Parcours(
        (*parfait.posees, Posee("autre", seul=True)), parfait.choix | {"x"}, {**parfait.textes, "y": "z"}
    )
    assert noter(cas, en_trop) == noter(cas, parfait)


TIRE = st.tuples(
    st.lists(st.tuples(st.sampled_from(["peur", "nuit", "impots", "chat"]), st.booleans()), max_size=8),
    st.frozensets(st.sampled_from(["appeler", "prevenir", "renvoyer", "blamer", "copier", "the"])),
    st.text(max_size=40),
)


def _parcours(tire: tuple[list[tuple[str, bool]], frozenset[str], str]) -> Parcours:
    posees, choix, texte = tire
    return Parcours(tuple(Posee(*une) for une in posees), choix, {"dire": texte})


@given(TIRE)
def test_proprietes(tire: tuple[list[tuple[str, bool]], frozenset[str], str]) -> None:
    """L'ordre et la redite ne changent rien ; un point a une note au plus ; faux veut dire tranché."""
    parcours, cas = _parcours(tire), PETIT
    resultat = noter(cas, parcours)
    redit = Parcours(tuple(reversed(parcours.posees)) * 2, parcours.choix, parcours.textes)
    assert verdicts(noter(cas, redit)) == verdicts(resultat)
    assert len(resultat.notes) == len(verdicts(resultat))
    for note in resultat.notes:
        assert note.point.attente is not Attente.LIBRE
        assert note.raison
        assert note.verdict in (Verdict.JUSTE, Verdict.A_DISCUTER) or (note.point.tranche and note.etape != "dire")


@given(TIRE, st.sampled_from(["appeler", "prevenir"]))
def test_faire_ce_qui_est_attendu_n_aggrave_rien(
    tire: tuple[list[tuple[str, bool]], frozenset[str], str], voulu: str
) -> None:
    parcours = _parcours(tire)
    avant = verdicts(noter(PETIT, parcours))
    apres = verdicts(noter(PETIT, Parcours(parcours.posees, parcours.choix | {voulu}, parcours.textes)))
    assert apres == {**avant, voulu: Verdict.JUSTE}


def test_l_entretien_joue(cas: Cas) -> None:
    peur = cas.questions[0]
    assert (repondre(peur, seul=False), repondre(peur, seul=True)) == ("Non.", "Oui.")
    assert repondre(cas.questions[1], seul=True) == "Dehors."
    assert comprendre(cas, "Est-ce que quelqu'un vous fait PEUR ?") is peur
    assert comprendre(cas, "où dormez vous") is cas.questions[1]
    assert comprendre(cas, "Quelle heure est-il ?") is None
    assert PAS_COMPRIS.startswith("«")
    assert not seul_d_abord(cas, separes=False)
    assert seul_d_abord(cas, separes=True)


def test_reconnaitre_une_idee() -> None:
    assert mots("L'Œuvre à Noël, n° 115 !") == ["l", "oeuvre", "a", "noel", "n", "115"]
    assert dite("On vous rappellera demain", ["rappel"]) == 1
    assert dite("demain on se revoit", ["revoit demain", "demain"]) == 2
    assert dite("le 1150", ["115"]) == 0
    assert dite("rien", []) == 0
    assert dite("rien", [""]) == 0


def test_le_plus_precis_repond(cas: Cas) -> None:
    """« Avez-vous » est partout : c'est la question la plus entière qui répond."""
    for question in cas.questions:
        assert comprendre(cas, question.point.texte) is question


# Les mutants : chacune de ces notes-là, un essai du dessus la refuse.


def test_mutant_tout_compte_faux(cas: Cas, monkeypatch: pytest.MonkeyPatch) -> None:
    """Si « à discuter » se comptait faux, l'usage non validé vaudrait un texte de loi."""
    monkeypatch.setattr("modele.formation.cas.Point.tranche", True)
    with pytest.raises(AssertionError):
        test_rien_fait(cas)


def test_mutant_la_question_devant_l_autre_suffirait(cas: Cas, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        notation, "entendue", lambda posees, question: any(u.question == question.point.id for u in posees)
    )
    with pytest.raises((AssertionError, ValueError)):
        test_une_question_posee_devant_l_autre_n_est_pas_posee(cas)


def test_mutant_une_idee_absente_comptee_fausse(cas: Cas, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notation, "_idee", notation._point)
    with pytest.raises(AssertionError):
        test_un_texte_libre_ne_se_compte_jamais_faux(cas)


def test_ni_voie_ni_grille_ne_se_chargent_pour_noter() -> None:
    """Une orientation changée ne change aucune note : elle n'est même pas lue."""
    programme = (
        "import sys; from pathlib import Path; from modele.formation import *\n"
        "for f in sorted(Path('ressources/formation').glob('*.toml')):\n"
        "    c = lire_cas(f); assert noter(c, parcours_de_reference(c)).parfait\n"
        "noms = ('orientation', 'cotation', 'bilan', 'dossier', 'chargement')\n"
        "print([m for m in sys.modules if m.startswith('modele.') and m.split('.')[1] in noms])"
    )
    racine = Path(__file__).resolve().parents[3]
    fini = subprocess.run([sys.executable, "-c", programme], cwd=racine, capture_output=True, text=True, check=False)
    assert (fini.stdout.strip(), fini.stderr) == ("[]", "")


def _petit() -> Cas:
    import tempfile

    with tempfile.TemporaryDirectory() as ou:
        return lire_cas(ecrire(Path(ou), TEXTE))


PETIT = _petit()
