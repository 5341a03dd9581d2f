"""Le dossier d'une séance : ce qu'il retient refuse ce qui ferait d'une lettre celle d'une autre personne."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest
from seance_exemple import RANGS, classees, decide, seance

from modele.regles import disque
from modele.regles.fautes import ErreurUtilisateur
from modele.seance import ecrits
from modele.seance.constat import Constat, tenir
from ui.etat import sortie_de_seance
from ui.etat.sortie_de_seance import TENU, laisser, lettres_deja, tenu_de

LETTRES = {"proces-verbal": b"pv", "lettre-C-01": b"un"}
REPONSE = [{"dossier": "d1", "reponse": "refusee", "le": "2026-12-10"}]


def _laisser(sortie: Path, constat: Constat, *, repond: bool = False) -> tuple[str, ...]:
    tenu = tenu_de(constat, "ESSAI-1")
    deja = lettres_deja(sortie, tenu, repond=repond)
    laisser(sortie, {nom: dit for nom, dit in LETTRES.items() if nom not in deja}, tenu, deja)
    return deja


def test_une_lettre_ecrite_est_retenue(tmp_path: Path) -> None:
    assert _laisser(tmp_path / "s", tenir(seance(), classees())) == ()
    assert _laisser(tmp_path / "s", tenir(seance(reponses=REPONSE), classees()), repond=True) == ("lettre-C-01",)
    assert not list((tmp_path / "s").glob(".*"))


def test_une_reference_reste_a_sa_personne(tmp_path: Path) -> None:
    """Le rang des deux derniers s'échange : leurs références aussi, et cela se refuse."""
    _laisser(tmp_path / "s", tenir(seance(decisions=[]), classees()))
    echange = tenir(seance(decisions=[]), classees(RANGS | {"d2": 3, "d3": 2}))
    with pytest.raises(ErreurUtilisateur, match="C-02 n'est plus d2, C-03 n'est plus d3"):
        _laisser(tmp_path / "s", echange)


def test_une_decision_ne_change_pas_apres_ses_lettres(tmp_path: Path) -> None:
    _laisser(tmp_path / "s", tenir(seance(), classees()))
    autres = [decide(nom, "non_attribution") for nom in ("d1", "d2", "d3")]
    for autre in (tenir(seance(decisions=autres), classees()), tenir(seance(decisions=[]), classees())):
        with pytest.raises(ErreurUtilisateur, match="n'est plus celle que disent ses lettres"):
            _laisser(tmp_path / "s", autre)


def test_une_reponse_va_avec_ses_lettres(tmp_path: Path) -> None:
    repondue = tenir(seance(reponses=REPONSE), classees())
    with pytest.raises(ErreurUtilisateur, match="n'a pas les lettres"):
        _laisser(tmp_path / "s", repondue, repond=True)
    _laisser(tmp_path / "s", tenir(seance(decisions=[]), classees()))
    with pytest.raises(ErreurUtilisateur, match="n'a pas les lettres"):
        _laisser(tmp_path / "s", repondue, repond=True)


@pytest.mark.parametrize("occupe", ["lettre-C-01.pdf", TENU])
def test_au_second_fichier_qui_echoue_le_premier_ne_reste_pas(tmp_path: Path, occupe: str) -> None:
    (tmp_path / occupe).mkdir()
    with pytest.raises(ErreurUtilisateur, match="c'est un dossier"):
        laisser(tmp_path, LETTRES, tenu_de(tenir(seance(), classees()), "ESSAI-1"), ())
    assert [un.name for un in tmp_path.iterdir()] == [occupe]


def test_un_disque_qui_refuse_le_second_ne_laisse_rien(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    juste = disque._poser

    def plein(provisoire: Path, octets: bytes, mode: int) -> None:
        if "lettre" in provisoire.name:
            raise OSError(errno.ENOSPC, "")
        juste(provisoire, octets, mode)

    monkeypatch.setattr(disque, "_poser", plein)
    with pytest.raises(ErreurUtilisateur, match="le disque est plein"):
        laisser(tmp_path, LETTRES, tenu_de(tenir(seance(), classees()), "ESSAI-1"), ())
    assert list(tmp_path.iterdir()) == []


def test_mutant_sans_ce_que_le_dossier_retient(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sortie_de_seance, "_exiger_la_meme", lambda *_: None)
    for rang, epreuve in enumerate(
        (test_une_reference_reste_a_sa_personne, test_une_decision_ne_change_pas_apres_ses_lettres)
    ):
        with pytest.raises(pytest.fail.Exception):
            epreuve(tmp_path / str(rang))


def test_tout_ce_qui_s_ecrit_se_relit() -> None:
    """Une clé neuve y entre d'elle-même ; qui siège n'y est pas."""
    dite = seance(
        reponses=[REPONSE[0] | {"motif": "R"}], decisions=[decide("d1", "attribution", ailleurs={"suivi_par": "S"})],
        residence={"nom": "N", "convention": "V", "liste_le": "2026-01-01"},
    )  # fmt: skip
    lus = list(ecrits.textes(dite))
    assert {"R", "S", "N", "V"} <= set(lus)
    assert "A. Martin" not in lus


def test_mutant_ce_qui_est_dessous_ne_se_relirait_pas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ecrits, "_chaines", lambda dits: (un for un in dits.values() if isinstance(un, str)))
    with pytest.raises(AssertionError):
        test_tout_ce_qui_s_ecrit_se_relit()
