"""Sept jours hors de portée du registre : ce qui n'ouvre plus, ce qui prévient, ce qui rouvre."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from outils_coffre import AGENT, COUT, MOT_DE_PASSE, creer

from modele.coffre import Coffre, portee
from modele.coffre import coffre as module_coffre
from modele.coffre.portee import HorsDePortee, Portee, Portees
from modele.coffre.reouverture import rouvrir
from modele.droits import Auteur
from modele.regles.fautes import ErreurUtilisateur

NORA, LEO = Auteur(AGENT), Auteur("Léo Blanc")
DE_LEO = "cinq mots sans aucun lien"
LUNDI = datetime(2026, 11, 30, 9, 0).astimezone()
JOUR = timedelta(days=1)


class Poste:
    """Un coffre enrôlé, son code de secours, et une heure qu'on avance."""

    def __init__(self, chemin: Path, monkeypatch: pytest.MonkeyPatch, enrole: bool = True) -> None:
        self.heure, self.chemin = LUNDI, chemin
        monkeypatch.setattr(module_coffre, "heure_du_poste", lambda: self.heure)
        coffre, self.code = creer(chemin)
        coffre.comptes.ouvrir(LEO.nom, "Léo", "", ("agent",), DE_LEO, NORA)
        coffre.comptes.changer_mot_de_passe(MOT_DE_PASSE, MOT_DE_PASSE)
        if enrole:
            coffre.regler("registre.adresse", "https://registre.exemple.fr")
            coffre.portee.joindre()
        coffre.fermer()

    def ouvrir(self, quand: timedelta, *, leo: bool = False, **autrement: Any) -> Coffre:
        """Le coffre, ouvert à cette heure-là."""
        self.heure = LUNDI + quand
        if leo:
            return Coffre.ouvrir(self.chemin, DE_LEO, LEO.nom, cout=COUT, **autrement)
        return Coffre.ouvrir(self.chemin, MOT_DE_PASSE, AGENT, cout=COUT, **autrement)

    def ouvre(self, quand: timedelta, *, leo: bool = False) -> bool:
        """S'ouvre-t-il ?"""
        try:
            self.ouvrir(quand, leo=leo).fermer()
        except HorsDePortee:
            return False
        return True


@pytest.fixture
def poste(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Poste:
    return Poste(tmp_path / "coffre.perron", monkeypatch)


def test_sept_jours_et_pas_un_instant_de_plus(poste: Poste) -> None:
    """Aucun compte, pas même celui d'un administrateur ; la phrase dit quoi, pourquoi, que faire."""
    assert [poste.ouvre(7 * JOUR, leo=leo) for leo in (True, False)] == [True, True]
    with pytest.raises(HorsDePortee) as refus:
        poste.ouvrir(7 * JOUR + timedelta(seconds=1))
    for mot in ("30/11/2026", "7 jours", "Rien n'est perdu", "fichier scellé", "code de secours"):
        assert mot in str(refus.value)
    assert not poste.ouvre(8 * JOUR, leo=True)


def test_un_poste_jamais_enrole_n_a_pas_de_limite(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seul = Poste(tmp_path / "seul.perron", monkeypatch, enrole=False)
    coffre = seul.ouvrir(400 * JOUR)
    assert coffre.portee.lire() is None
    coffre.fermer()


def test_un_poste_enrole_par_une_version_d_avant_compte_de_sa_premiere_ouverture(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ancien = Poste(tmp_path / "ancien.perron", monkeypatch, enrole=False)
    coffre = ancien.ouvrir(JOUR)
    coffre.regler("registre.adresse", "https://registre.exemple.fr")
    coffre.fermer()
    assert [ancien.ouvre(jours * JOUR) for jours in (30, 37, 38)] == [True, True, False]


def test_reculer_l_horloge_ne_prolonge_rien(poste: Poste) -> None:
    """Le dernier instant vu se retient, même quand l'ouverture a été refusée."""
    assert poste.ouvre(6 * JOUR)
    assert not poste.ouvre(8 * JOUR)
    assert not poste.ouvre(JOUR), "l'horloge est revenue au premier jour"


def test_un_contact_fait_repartir_le_delai_et_oublie_une_horloge_qui_avait_avance(poste: Poste) -> None:
    coffre = poste.ouvrir(400 * JOUR, loin=True)
    poste.heure = LUNDI + 2 * JOUR
    coffre.portee.joindre()
    coffre.fermer()
    assert [poste.ouvre(jours * JOUR) for jours in (9, 10)] == [True, False]


def test_le_recu_vaut_contact_le_jour_ou_le_registre_l_a_ecrit(poste: Poste) -> None:
    """Relu dix fois, ou daté de demain, il ne prolonge pas davantage."""
    coffre = poste.ouvrir(9 * JOUR, loin=True)
    for ecrit_le in (LUNDI + 5 * JOUR, LUNDI - JOUR, LUNDI + 5 * JOUR):
        coffre.portee.noter_le_recu(ecrit_le)
        lue = coffre.portee.lire()
        assert lue is not None
        assert lue.contact == LUNDI + 5 * JOUR
    coffre.portee.noter_le_recu(LUNDI + 300 * JOUR)
    coffre.fermer()
    assert [poste.ouvre(jours * JOUR) for jours in (12, 16, 17)] == [True, True, False]


def test_un_recu_ne_dit_rien_a_un_poste_jamais_enrole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seul = Poste(tmp_path / "seul.perron", monkeypatch, enrole=False).ouvrir(JOUR)
    seul.portee.noter_le_recu(LUNDI)
    assert seul.portee.lire() is None
    seul.fermer()


@pytest.mark.parametrize(("jours", "premier"), [(7, 5), (30, 28), (3, 2)])
def test_l_avertissement_vient_avant(jours: int, premier: int) -> None:
    """À partir du cinquième jour pour sept ; le dernier tiers d'un délai plus court."""
    dits = [Portee(LUNDI, jours, LUNDI + rang * JOUR).dire() for rang in range(jours + 2)]
    assert [bool(dit) for dit in dits] == [rang >= premier for rang in range(jours + 2)]
    assert dits[premier].startswith("Ce poste n'a pas joint le registre depuis le 30/11/2026. Sans nouvelles de lui")
    assert "Passé" in dits[-1]


def test_le_delai_se_regle_par_un_administrateur_ou_le_registre_le_plus_court_l_emporte(poste: Poste) -> None:
    coffre = poste.ouvrir(JOUR)

    def jours() -> int:
        lue = coffre.portee.lire()
        assert lue is not None
        return lue.jours

    with pytest.raises(ErreurUtilisateur, match="Seul un administrateur"):
        coffre.portee.regler_les_jours(300, LEO)
    for faux in (0, 366):
        with pytest.raises(ErreurUtilisateur, match="Entre 1 et 365"):
            coffre.portee.regler_les_jours(faux, NORA)
    assert jours() == 7
    coffre.portee.regler_les_jours(14, NORA)
    assert jours() == 14
    assert coffre.comptes.journal(NORA)[0].geste.dit.endswith(": « 14 »")
    for du_registre, attendu in ((10, 10), (30, 14), (0, 14), (-1, 14), (400, 14)):
        with coffre._base.ecriture() as connexion:
            portee.regler_du_registre(connexion, du_registre)
        assert jours() == attendu
    coffre.fermer()


def test_un_administrateur_rouvre_avec_le_code_de_secours_et_cela_se_note(poste: Poste) -> None:
    """Ni un agent, ni un administrateur sans le code."""
    poste.heure = LUNDI + 9 * JOUR
    for mot_de_passe, agent, code, faute in (
        (DE_LEO, LEO.nom, poste.code, "Seul un administrateur"),
        (MOT_DE_PASSE, AGENT, "AAAA-AAAA-AAAA-AAAA-AAAA-AAAA", "code de secours"),
    ):
        with pytest.raises(ErreurUtilisateur, match=faute):
            rouvrir(poste.chemin, mot_de_passe, agent, code, cout=COUT)
        assert not poste.ouvre(9 * JOUR)
    coffre = rouvrir(poste.chemin, MOT_DE_PASSE, AGENT, poste.code, cout=COUT)
    note = coffre.comptes.journal(NORA)[0]
    assert (note.agent, note.geste.dit.startswith("a rouvert avec le code de secours ce poste")) == (AGENT, True)
    coffre.fermer()
    assert [poste.ouvre(jours * JOUR, leo=True) for jours in (16, 17)] == [True, False]


def test_un_mot_de_passe_perdu_ne_contourne_pas_le_delai(poste: Poste) -> None:
    """Hors de portée, le code de secours rend le poste à un administrateur, qui le rouvre ainsi ; à nul autre."""
    poste.heure = LUNDI + 9 * JOUR
    coffre = Coffre.ouvrir_par_secours(poste.chemin, poste.code, cout=COUT)
    with pytest.raises(HorsDePortee, match="seul un administrateur de ce poste le rouvre"):
        coffre.reprendre(LEO.nom, "un tout autre secret de Léo")
    coffre.reprendre(AGENT, MOT_DE_PASSE)
    assert len([un for un in coffre.comptes.journal(NORA) if "hors de portée" in un.geste.dit]) == 1
    coffre.fermer()
    assert poste.ouvre(10 * JOUR, leo=True)


def test_a_portee_le_code_de_secours_rend_un_compte_comme_avant(poste: Poste) -> None:
    coffre = Coffre.ouvrir_par_secours(poste.chemin, poste.code, cout=COUT)
    coffre.reprendre(LEO.nom, DE_LEO)
    assert not [un for un in coffre.comptes.journal(NORA) if "hors de portée" in un.geste.dit]
    coffre.fermer()


def test_le_refus_ne_note_aucune_ouverture(poste: Poste) -> None:
    assert not poste.ouvre(9 * JOUR, leo=True)
    coffre = poste.ouvrir(9 * JOUR, loin=True)
    assert LEO.nom not in {un.agent for un in coffre.acces() if "ouvert le coffre" in un.geste.dit}
    coffre.fermer()


_MUTANTS: dict[str, tuple[Any, str, Any, Callable[[Poste], None]]] = {
    "jamais passé": (*(Portee, "passee", property(lambda _: False)), test_sept_jours_et_pas_un_instant_de_plus),
    "l'heure vue s'oublie": (*(portee, "voir", lambda *_: None), test_reculer_l_horloge_ne_prolonge_rien),
    "l'heure vue s'oublie avec le refus": (*(Portees, "voir", lambda _: None), test_reculer_l_horloge_ne_prolonge_rien),
    "le reçu vaut contact quand on le lit": (
        *(portee, "noter_le_recu", lambda connexion, _, quand: portee.joindre(connexion, quand)),
        test_le_recu_vaut_contact_le_jour_ou_le_registre_l_a_ecrit,
    ),
    "tout agent règle le délai": (
        *(portee.auteurs, "exiger_de_tenir_les_comptes", lambda *_: None),
        test_le_delai_se_regle_par_un_administrateur_ou_le_registre_le_plus_court_l_emporte,
    ),
    "tout agent rouvre": (
        *(portee.auteurs, "exiger_de_tenir_les_comptes", lambda *_: None),
        test_un_administrateur_rouvre_avec_le_code_de_secours_et_cela_se_note,
    ),
    "le code de secours suffit à tous": (
        *(portee, "reprendre_par_secours", lambda *_: None),
        test_un_mot_de_passe_perdu_ne_contourne_pas_le_delai,
    ),
}


@pytest.mark.parametrize("nom", sorted(_MUTANTS))
def test_le_mutant_de_la_portee_est_vu(nom: str, poste: Poste, monkeypatch: pytest.MonkeyPatch) -> None:
    """Chaque garde ôtée fait échouer son épreuve."""
    ou, quoi, autrement, epreuve = _MUTANTS[nom]
    monkeypatch.setattr(ou, quoi, autrement)
    with pytest.raises((AssertionError, pytest.fail.Exception, ErreurUtilisateur)):
        epreuve(poste)
