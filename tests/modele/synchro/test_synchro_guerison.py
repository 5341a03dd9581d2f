"""Un poste relié dont le coffre s'abîme : la copie, ce qui se lit encore, et le registre rendent tout."""

from __future__ import annotations

import random
from typing import Any

import pytest
from outils_abimes import PAGE, retourner
from outils_coffre import AGENT
from outils_synchro import NADIA, Poste, Site

from modele.droits import Auteur


def _documents(poste: Poste) -> dict[str, Any]:
    return {un.dossier: poste.coffre.lire(un.dossier) for un in poste.coffre.recents(1000)}


def _vivre(site: Site) -> tuple[Poste, Poste, str]:
    """Deux postes ; le premier a sa copie, ce qu'il a envoyé depuis, et ce qui attend encore."""
    un, deux = site.poste("un"), site.poste("deux")
    commun = un.creer(NADIA)
    un.coffre.importer(({"demandeur": {"nom": f"N{rang}"}} for rang in range(40)), Auteur(AGENT))
    un.tour()
    deux.tour()
    un.coffre.copier_s_il_le_faut()
    un.poser(commun, demande__precisions="envoyé depuis la copie")
    un.creer({"demandeur": {"nom": "Envoyé"}})
    un.tour()
    deux.tour()
    deux.poser(commun, contact__telephone="06 12 34 56 78")
    deux.tour()
    return un, deux, commun


def _exiger_egaux(site: Site, un: Poste, deux: Poste) -> None:
    for _ in range(3):
        un.tour()
        deux.tour()
    assert (un.attente(), deux.attente(), un.coffre.verifier_chaine()) == (0, 0, [])
    assert _documents(un) == _documents(deux)


def test_l_en_tete_perdu_le_registre_rend_ce_qu_il_a_recu(site: Site) -> None:
    """Rien ne se lit : la copie, puis tout ce qui était envoyé depuis revient, sans doublon."""
    un, deux, commun = _vivre(site)
    attendus = _documents(deux)
    un.fermer()
    retourner(un.coffre.chemin, 0, 16, random.Random(1))
    gueri = site.rouvrir(un.coffre.chemin)
    assert "ce que le registre a reçu va revenir" in gueri.coffre.reprise
    gueri.creer({"demandeur": {"nom": "Après"}})
    _exiger_egaux(site, gueri, deux)
    assert attendus.items() <= _documents(gueri).items()
    assert len(_documents(gueri)) == len(attendus) + 1
    assert gueri.coffre.lire(commun)["contact"]["telephone"] == "0612345678"


@pytest.mark.parametrize("graine", range(4))
def test_des_pages_abimees_ce_qui_attendait_part(site: Site, graine: int) -> None:
    """Des pages au hasard : ce qui était envoyé revient, ce qui attendait et se lisait part, une seule fois."""
    un, deux, commun = _vivre(site)
    un.poser(commun, demande__precisions="en attente")
    un.creer({"demandeur": {"nom": "En attente"}})
    montrait = _documents(un)
    un.fermer()
    hasard = random.Random(graine)
    for _ in range(3):
        retourner(un.coffre.chemin, PAGE, 1 << 40, hasard)
    gueri = site.rouvrir(un.coffre.chemin)
    assert gueri.coffre.reprise
    _exiger_egaux(site, gueri, deux)
    assert _documents(gueri).keys() == montrait.keys()
    assert gueri.coffre.lire(commun)["demande"]["precisions"] == "en attente"
