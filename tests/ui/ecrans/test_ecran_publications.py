"""Une correction urgente : à l'accueil jusqu'à ce qu'on la lise, qui prévenir, ce que la structure avait écrit."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date
from typing import Any, cast

import pytest
from outils_ecran import au_repos
from pytestqt.qtbot import QtBot

from modele.coffre import Coffre
from modele.coffre.listes import Publie
from modele.sources import Urgence, assembler
from ressources import RESSOURCES
from ui.ecrans.accueil.ecran import EcranAccueil
from ui.ecrans.publications.ecran import EcranPublications
from ui.lancement import Poste
from ui.mots import informations as mots

PHRASE = "Le délai du congé était faux : six mois, et non trois."
Faire = Callable[[Callable[[Coffre], Any]], None]


@pytest.fixture
def faire(poste_ouvert: Poste, qtbot: QtBot) -> Faire:
    """Un geste dans le coffre, puis le repos."""

    def executer(geste: Callable[[Coffre], Any]) -> None:
        poste_ouvert.session.avec_coffre(geste, lambda _: None, pour=poste_ouvert.session)
        au_repos(qtbot, poste_ouvert)

    return executer


def corriger(coffre: Coffre) -> None:
    """Le registre publie la fiche congé, corrigée d'urgence."""
    fiche = (RESSOURCES / "fiches" / "conge" / "fr.md").read_bytes()
    octets = assembler(
        "fiche",
        "conge",
        "v2",
        {"fr.md": fiche},
        urgence=Urgence(1, PHRASE, date(2026, 12, 1), ("conge",), {"fr.md": 1}),
    )
    coffre.echanges.garder_referentiel(Publie("fiche.conge", 2, octets), hashlib.sha256(octets).digest())


def ouvrir(poste: Poste, qtbot: QtBot) -> EcranPublications:
    ecran = cast(EcranPublications, poste.fenetre.aller("publications"))
    au_repos(qtbot, poste)
    return ecran


def accueil(poste: Poste, qtbot: QtBot) -> EcranAccueil:
    ecran = cast(EcranAccueil, poste.fenetre.aller("accueil"))
    au_repos(qtbot, poste)
    return ecran


def test_sans_registre_tout_est_livre(poste_ouvert: Poste, qtbot: QtBot) -> None:
    ecran = ouvrir(poste_ouvert, qtbot)
    assert ecran.constat.text() == mots.RIEN_DE_PUBLIE
    assert ecran.corrections == []
    assert not accueil(poste_ouvert, qtbot).corrections.isVisible()


def test_l_accueil_la_dit_jusqu_a_ce_que_cet_agent_l_ait_lue(poste_ouvert: Poste, qtbot: QtBot, faire: Faire) -> None:
    faire(corriger)
    carte = accueil(poste_ouvert, qtbot).corrections
    assert carte.isVisible()
    assert carte.phrase.text() == f"Correction urgente du 01/12/2026 : {PHRASE}"
    assert not carte.autres.isVisible()
    carte.lue.click()
    au_repos(qtbot, poste_ouvert)
    assert not carte.isVisible()
    assert not accueil(poste_ouvert, qtbot).corrections.isVisible()
    [lue] = ouvrir(poste_ouvert, qtbot).corrections
    assert lue.lue is None


def test_qui_est_parti_avec_se_lit_masque_et_s_ouvre(poste_ouvert: Poste, qtbot: QtBot, faire: Faire) -> None:
    auteur = poste_ouvert.session.auteur

    def remettre(coffre: Coffre) -> None:
        dossier = coffre.creer_dossier({"demandeur": {"nom": "MOREL", "prenoms": "Zoé"}}, auteur)["id"]
        coffre.informations.remettre(dossier, ["conge", "violences"], "fr", auteur)

    faire(remettre)
    faire(corriger)
    ecran = ouvrir(poste_ouvert, qtbot)
    [carte] = ecran.corrections
    [nom] = carte.noms
    assert "MOREL" not in nom.nom.text()
    nom.bouton.click()
    assert nom.nom.text().startswith("MOREL Zoé")
    assert carte.lue is not None
    carte.lue.click()
    au_repos(qtbot, poste_ouvert)
    assert ecran.corrections[0].lue is None
    assert len(ecran.corrections[0].noms) == 1


@pytest.mark.parametrize(("geste", "contenu"), [(0, [b"le notre"]), (1, [])])
def test_ce_que_la_structure_avait_ecrit_se_garde_ou_se_rend(
    poste_ouvert: Poste, qtbot: QtBot, faire: Faire, geste: int, contenu: list[bytes]
) -> None:
    auteur = poste_ouvert.session.auteur
    faire(lambda coffre: coffre.modifier_fichier("fiche", "conge", "fr.md", b"le notre", auteur))
    faire(corriger)
    ecran = ouvrir(poste_ouvert, qtbot)
    [gestes] = ecran.gestes
    gestes[geste].click()
    au_repos(qtbot, poste_ouvert)
    assert ecran.gestes == []
    reste: list[bytes] = []
    faire(lambda coffre: reste.extend(une.contenu for une in coffre.modifications()))
    assert reste == contenu


def test_deux_corrections_se_comptent(poste_ouvert: Poste, qtbot: QtBot, faire: Faire) -> None:
    def encore(coffre: Coffre) -> None:
        corriger(coffre)
        octets = assembler(
            "fiche",
            "recu",
            "v2",
            {"fr.md": b"x"},
            urgence=Urgence(1, "Autre.", date(2026, 12, 2), ("recu",), {"fr.md": 1}),
        )
        coffre.echanges.garder_referentiel(Publie("fiche.recu", 2, octets), hashlib.sha256(octets).digest())

    faire(encore)
    carte = accueil(poste_ouvert, qtbot).corrections
    assert carte.autres.text() == "Une autre correction est à lire."
    carte.voir.click()
    au_repos(qtbot, poste_ouvert)
    assert poste_ouvert.fenetre.ecran == "publications"
