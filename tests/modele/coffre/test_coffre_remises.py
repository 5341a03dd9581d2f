"""Les remises d'un seul coffre : retrouver la bonne, la retirer une fois. À deux postes :
``tests/modele/synchro/test_synchro_remises.py``."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from outils_annee import AILLEURS, ICI, remplir
from outils_coffre import AGENT, creer

from modele.coffre.remises import DEJA
from modele.droits import Auteur
from modele.regles.fautes import ErreurUtilisateur

NORA = Auteur(AGENT)
DEMAIN = date.today() + timedelta(days=1)


def test_la_bonne_se_retire_et_une_seule_fois(tmp_path: Path) -> None:
    coffre, _ = creer(tmp_path / "coffre.db")
    dossier = coffre.creer_dossier({"demandeur": {"nom": "Diallo"}}, NORA)["id"]
    gardee, retiree = (coffre.remises.proposer(dossier, lieu, "suite", DEMAIN, NORA) for lieu in ("A", "B"))
    coffre.remises.retirer(retiree.id, NORA)
    assert {une.id: une.attend for une in coffre.remises.lister(NORA)} == {gardee.id: True, retiree.id: False}
    for absente in (retiree.id, "inconnue"):
        with pytest.raises(ErreurUtilisateur, match=DEJA):
            coffre.remises.retirer(absente, NORA)
    coffre.fermer()


def test_ce_qui_est_adresse_ici_ne_se_retire_pas_d_ici(tmp_path: Path) -> None:
    coffre, _ = creer(tmp_path / "coffre.db")
    dossier = coffre.creer_dossier({"demandeur": {"nom": "Diallo"}}, NORA)["id"]
    with pytest.raises(ErreurUtilisateur, match="l'autre lieu"):
        coffre.remises.proposer(dossier, "poste-1", "suite", DEMAIN, NORA)
    une = coffre.remises.proposer(dossier, "B", "suite", DEMAIN, NORA)
    # Ce poste prend le nom de ce lieu : la remise lui est désormais adressée, l'accord se retire là d'où elle vient.
    coffre.regler("poste.nom", "B")
    with pytest.raises(ErreurUtilisateur, match=DEJA):
        coffre.remises.retirer(une.id, NORA)
    assert [un.a_repondre for un in coffre.remises.lister(NORA)] == [True]
    coffre.fermer()


def test_d_un_dossier_discret_seuls_qui_l_a_faite_et_les_travailleurs_sociaux_la_voient(tmp_path: Path) -> None:
    """Pourquoi elle part le dirait aux autres."""
    coffre, _ = creer(tmp_path / "coffre.db")
    discret = coffre.creer_dossier({"demandeur": {"nom": "Sow"}, "protection": {"discret": True}}, NORA)["id"]
    elle = Auteur(AGENT, ("agent",))
    une = coffre.remises.proposer(discret, "B", "suite", DEMAIN, elle, a_qui="Salma")
    for qui, voit in ((elle, True), (Auteur("Léo", ("social",)), True), (Auteur("Léo", ("agent",)), False)):
        assert [un.id for un in coffre.remises.lister(qui)] == [une.id] * voit
    coffre.fermer()


def test_les_lieux_ou_remettre_sont_ceux_que_le_registre_a_nommes_sauf_celui_ci(tmp_path: Path) -> None:
    coffre, _ = remplir(tmp_path / "coffre.db", ici=1, ailleurs=1)
    assert coffre.remises.destinations(NORA) == ([AILLEURS], [ICI])
    with pytest.raises(ErreurUtilisateur):
        coffre.remises.destinations(Auteur("Léo", ("accueil_bailleur",)))
    coffre.fermer()
