"""Deux états venus de deux bases que rien n'ordonne : toutes les têtes restent."""

from __future__ import annotations

from datetime import UTC, datetime

from modele.fusion import EtatDossier, Origine, Tete, divergences, reunir

_ORIGINE = Origine("agent", "poste", datetime(2026, 11, 29, tzinfo=UTC), 60)


def _etat(version: int, absorbes: tuple[str, ...] = (), **dits: tuple[str, str]) -> EtatDossier:
    unites = {
        f"demande.{nom}": [Tete(operation, {f"demande.{nom}": valeur})] for nom, (operation, valeur) in dits.items()
    }
    auteurs = {operation: _ORIGINE for operation, _ in dits.values()}
    return EtatDossier("d", "t", version, unites, auteurs, absorbes)


def test_ce_que_seul_l_un_dit_y_est_et_ce_qui_differe_se_departage() -> None:
    courant = _etat(3, ("a", "b"), precisions=("o1", "ici"), motif=("o2", "seul ici"))
    apporte = _etat(2, ("b",), precisions=("o3", "là-bas"), suite=("o4", "seul là-bas"))
    reuni = reunir(courant, apporte)
    assert [tete.operation for tete in reuni.unites["demande.precisions"]] == ["o3", "o1"]
    assert (reuni.version, reuni.absorbes, reuni.auteurs.keys()) == (3, ("b", "a"), {"o1", "o2", "o3", "o4"})
    assert [une.unite for une in divergences(reuni)] == ["demande.precisions"]


def test_le_reunir_encore_ne_change_rien_et_rien_n_est_double() -> None:
    courant, apporte = _etat(1, precisions=("o1", "ici")), _etat(2, precisions=("o2", "là-bas"))
    reuni = reunir(courant, apporte)
    assert reunir(reuni, apporte).unites == reuni.unites
    assert reunir(apporte, apporte) == apporte
