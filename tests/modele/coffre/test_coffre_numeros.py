"""Le numéro provisoire au poste : donné une fois, cherchable pour toujours, muet sur un dossier discret."""

from __future__ import annotations

from pathlib import Path

import pytest
from outils_coffre import AGENT, creer, seul_a_seul

from modele.coffre import Coffre
from modele.dossier.numeros import relire_provisoire
from modele.droits import Auteur

# Ce que la levée exige a ses épreuves (``test_levee.py``).
pytestmark = pytest.mark.usefixtures("levee_immediate")

NADIA = {"demandeur": {"nom": "Fatihi", "prenoms": "Nadia"}}


def _donner(coffre: Coffre, dossier: str) -> str:
    numero: str = coffre.donner_numero_provisoire(dossier, Auteur(AGENT))["demande"]["numero_provisoire"]
    return numero


def test_donne_une_fois(coffre: Coffre) -> None:
    """Le même à chaque demande, un autre à chaque dossier, et c'est une opération comme une autre."""
    un, autre = (coffre.creer_dossier(NADIA, Auteur(AGENT))["id"] for _ in range(2))
    numero = _donner(coffre, un)
    assert relire_provisoire(numero) == numero
    assert _donner(coffre, un) == numero != _donner(coffre, autre)
    assert len(coffre.operations(un)) == 2


def test_deux_coffres_ne_donnent_pas_le_meme(coffre: Coffre, tmp_path: Path) -> None:
    """Le premier numéro de deux postes diffère ; celui d'une époque neuve aussi."""
    second, _ = creer(tmp_path / "second.perron")
    numeros = {_donner(ouvert, ouvert.creer_dossier(NADIA, Auteur(AGENT))["id"]) for ouvert in (coffre, second)}
    coffre.echanges.nouvelle_epoque()
    coffre.regler("numero.compte", "0")
    numeros.add(_donner(coffre, coffre.creer_dossier(NADIA, Auteur(AGENT))["id"]))
    assert len(numeros) == 3
    second.fermer()


def test_cherchable_pour_toujours(coffre: Coffre) -> None:
    """Par le numéro tel qu'on le recopie, même une fois le numéro unique arrivé ; une faute de copie ne trouve rien."""
    dossier = coffre.creer_dossier(NADIA, Auteur(AGENT))["id"]
    numero = _donner(coffre, dossier)
    coffre.modifier(dossier, {"demande.numero_unique": "1110318016982G1104"}, Auteur(AGENT))
    for saisie in (numero, numero.lower(), numero.replace("-", " ")):
        (trouve,) = coffre.rechercher(saisie)
        assert (trouve.dossier, trouve.raisons) == (dossier, ("même numéro provisoire",))
    faux = numero[:-1] + ("2" if numero[-1] != "2" else "3")
    assert [trouve.raisons for trouve in coffre.rechercher(faux) if "provisoire" in str(trouve.raisons)] == []


def test_muet_sur_un_dossier_discret(coffre: Coffre) -> None:
    """Un papier d'avant ne mène pas à un dossier devenu discret ; la discrétion levée, il y mène de nouveau."""
    dossier = coffre.creer_dossier(NADIA, Auteur(AGENT))["id"]
    numero = _donner(coffre, dossier)
    coffre.modifier(dossier, {"protection.discret": True}, Auteur(AGENT))
    assert coffre.rechercher(numero) == seul_a_seul(coffre, numero) == []
    levee = {"protection.discret": False, "protection.levee_motif": "elle l'a demandé"}
    coffre.modifier(dossier, levee, Auteur(AGENT))
    assert [trouve.dossier for trouve in coffre.rechercher(numero)] == [dossier]
