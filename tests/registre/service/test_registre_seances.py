"""Une séance va aux postes de ceux qui y siègent, de l'ouverture de son dossier à sa clôture, et à nul autre membre."""

from __future__ import annotations

from typing import Any

import pytest
from outils_comptes import declaration, etat
from outils_operations import Saisie
from outils_registre import ANNEXE, DEPART, TERRITOIRE, PosteDEssai, enrole
from sqlalchemy import Engine

from registre.service import diffusion, sieges
from registre.service.comptes import declarer
from registre.service.comptes_fermes import fermer

ALIX, SAM, SIGNE = "Alix Essai", "Sam Modèle", "agent"
"""``SIGNE`` : le nom dont un poste d'essai signe ce qu'il écrit."""


class Postes:
    """Qui prépare ; deux postes de membres, ailleurs ; un agent d'accueil."""

    def __init__(self, moteur: Engine, ouvreur: PosteDEssai) -> None:
        del ouvreur
        self.moteur = moteur
        self.contingent = self._poste("Contingent", "Nora Petit", "accueil", ("contingent",))
        self.alix = self._poste("Alix", ALIX, ANNEXE, ("membre_commission",))
        self.sam = self._poste("Sam", SAM, ANNEXE, ("observateur",))
        self.agent = self._poste("Agent", "Léo Blanc", "accueil", ("agent",))

    def _poste(self, nom: str, agent: str, guichet: str, roles: tuple[str, ...]) -> Saisie:
        saisie = Saisie(enrole(self.moteur, PosteDEssai(nom, guichet=guichet, roles=roles)), self.moteur)
        declarer(
            self.moteur,
            saisie.poste.porteur,
            declaration(saisie.poste, etat(agent, *roles), etat(SIGNE, *roles)),
            DEPART,
        )
        return saisie

    def qui_tient(self, objet: str) -> set[str]:
        """Les postes à qui le journal a rendu cet objet, et pas encore sa tombe."""
        tous = (self.contingent, self.alix, self.sam, self.agent)
        for saisie in tous:
            saisie.lire()
        return {saisie.poste.nom for saisie in tous if objet in saisie.etats}

    def poser(self, seance: str, valeurs: dict[str, Any]) -> None:
        """Le contingent écrit cela, et l'envoie."""
        self.contingent.lire()
        assert not self.contingent.recu(self.contingent.poser(seance, valeurs)).code

    def seance(self, *membres: str) -> str:
        """Une séance où siègent ceux-ci, pas encore ouverte."""
        elements = {f"m{rang}": {"nom": nom, "compte": nom} for rang, nom in enumerate(membres)}
        dite = {"commission": "C", "membres": {"elements": elements, "ordre": list(elements)}}
        operation = self.contingent.creer(dite, genre="seance")
        assert not self.contingent.recu(operation).code
        return operation.entete.dossier


@pytest.fixture
def postes(moteur: Engine, poste_enrole: PosteDEssai) -> Postes:
    return Postes(moteur, poste_enrole)


def test_de_l_ouverture_a_la_cloture_a_qui_y_siege(postes: Postes) -> None:
    seance = postes.seance(ALIX)
    assert postes.qui_tient(seance) == {"Contingent"}
    postes.poser(seance, {"ouverte_le": "2026-12-01"})
    assert postes.qui_tient(seance) == {"Contingent", "Alix"}
    postes.poser(seance, {"membres.elements.m1": {"nom": SAM, "compte": SAM.upper()}})
    assert postes.qui_tient(seance) == {"Contingent", "Alix", "Sam"}
    postes.poser(seance, {"membres.elements.m0.compte": "Quelqu'un d'autre"})
    assert postes.qui_tient(seance) == {"Contingent", "Sam"}
    postes.poser(seance, {"close_le": "2026-12-02"})
    assert postes.qui_tient(seance) == {"Contingent"}


def test_un_compte_ferme_au_registre_ne_la_recoit_pas(postes: Postes) -> None:
    fermer(postes.moteur, TERRITOIRE, postes.alix.poste.id, ALIX, DEPART)
    seance = postes.seance(ALIX, SAM)
    postes.poser(seance, {"ouverte_le": "2026-12-01"})
    assert postes.qui_tient(seance) == {"Contingent", "Sam"}


def test_un_membre_sans_role_qui_siege_ne_la_recoit_pas(postes: Postes) -> None:
    seance = postes.seance("Léo Blanc")
    postes.poser(seance, {"ouverte_le": "2026-12-01"})
    assert postes.qui_tient(seance) == {"Contingent"}


def test_un_membre_n_y_ecrit_pas(postes: Postes) -> None:
    seance = postes.seance(ALIX)
    postes.poser(seance, {"ouverte_le": "2026-12-01"})
    postes.alix.lire()
    assert postes.alix.recu(postes.alix.poser(seance, {"lieu": "ailleurs"})).code not in ("", "compte_inconnu")


@pytest.mark.parametrize("mutant", ["cloture", "sortie"])
def test_le_mutant_des_sieges_est_vu(mutant: str, postes: Postes, monkeypatch: pytest.MonkeyPatch) -> None:
    if mutant == "cloture":
        monkeypatch.setattr(diffusion, "sieges", lambda *_: frozenset({"alix essai"}))
    else:
        monkeypatch.setattr(diffusion, "_sortir_les_autres", lambda *_: None)
    assert sieges.sieges
    with pytest.raises(AssertionError):
        test_de_l_ouverture_a_la_cloture_a_qui_y_siege(postes)
