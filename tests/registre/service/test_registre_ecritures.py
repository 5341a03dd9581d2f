"""Le registre retrouve dans toute écriture : le même nom, le même téléphone, tapés autrement à un autre guichet."""

from __future__ import annotations

import pytest
from outils_operations import Saisie
from outils_registre import ANNEXE, DEPART, PosteDEssai, enrole
from sqlalchemy import Engine

from modele.protocole.messages import Candidat, PersonneCherchee
from registre.service.doublons import chercher


@pytest.fixture
def saisie(moteur: Engine, poste_enrole: PosteDEssai) -> Saisie:
    return Saisie(poste_enrole, moteur)


@pytest.fixture
def annexe(moteur: Engine, saisie: Saisie) -> Saisie:
    return Saisie(enrole(moteur, PosteDEssai("Annexe", guichet=ANNEXE)), moteur)


def _chercher(saisie: Saisie, **cherche: str) -> list[Candidat]:
    return chercher(
        saisie.moteur, saisie.poste.porteur, PersonneCherchee(**{"noms": "", "prenoms": ""} | cherche), DEPART
    )


@pytest.mark.parametrize(
    ("la", "ici"),
    [
        (("Işık", "Ayşe"), ("IŞIK", "AYŞE")),
        (("YILDIRIM", "Halil"), ("Yıldırım", "Halil")),
        (("Diallo", "Mamadou"), ("Jallow", "Mamadu")),
        (("الأمراني", "محمد"), ("El Amrani", "Mohamed")),
        (("Мельник", "Ольга"), ("Melnik", "Olha")),
    ],
)
def test_le_meme_nom_autrement_ecrit_est_candidat(
    saisie: Saisie, annexe: Saisie, la: tuple[str, str], ici: tuple[str, str]
) -> None:
    """Sans la moindre date."""
    dossier = annexe.nouveau({"demandeur": {"nom": la[0], "prenoms": la[1]}})
    (candidat,) = _chercher(saisie, noms=ici[0], prenoms=ici[1])
    assert candidat.dossier == dossier
    assert candidat.raisons[0] in ("même nom", "nom proche")


@pytest.mark.parametrize("champ", ["telephone", "telephone_autre"])
@pytest.mark.parametrize("tape", ["0692 12 34 56", "+262692123456", "00 262 692 12 34 56"])
def test_chaque_telephone_rapproche_dans_toute_ecriture(saisie: Saisie, annexe: Saisie, champ: str, tape: str) -> None:
    """Celui d'outre-mer aussi, et l'autre téléphone."""
    dossier = annexe.nouveau({"demandeur": {"nom": "Payet"}, "contact": {champ: "+262692123456"}})
    (candidat,) = _chercher(saisie, telephone=tape)
    assert (candidat.dossier, candidat.raisons) == (dossier, ("même téléphone",))
