"""Un agent confirme un lieu : un objet par lieu, signé et daté, et rien du lieu lui-même ne s'écrit."""

from __future__ import annotations

from datetime import datetime

import pytest
from outils_coffre import AGENT

from modele.coffre import Coffre
from modele.coffre.verifications import VERIFICATION, LieuVerifie
from modele.dossier.chemins import ABSENT
from modele.droits import Auteur
from modele.regles.fautes import ErreurUtilisateur

NORA = Auteur(AGENT)
ICI = "metropole-exemple"


def a(coffre: Coffre, jour: int) -> None:
    coffre._horloge = lambda: datetime(2026, 11, jour, 10, 0).astimezone()


def test_confirmer_de_nouveau_ne_garde_que_la_derniere_et_l_histoire(coffre: Coffre) -> None:
    a(coffre, 10)
    coffre.verifier_lieu(ICI, "ccas", "e1", NORA)
    coffre.verifier_lieu(ICI, "mairie", "e2", NORA)
    a(coffre, 12)
    coffre.verifier_lieu(ICI, "ccas", "e3", NORA)
    coffre.verifier_lieu("toulouse-metropole", "ccas", "e4", NORA)
    le_10, le_12 = datetime(2026, 11, 10).date(), datetime(2026, 11, 12).date()
    assert set(coffre.lieux_verifies()) == {
        LieuVerifie(ICI, "mairie", "e2", le_10, AGENT),
        LieuVerifie(ICI, "ccas", "e3", le_12, AGENT),
        LieuVerifie("toulouse-metropole", "ccas", "e4", le_12, AGENT),
    }
    assert coffre.verifier_chaine() == []


def test_qui_n_en_a_pas_le_droit_ne_confirme_rien(coffre: Coffre) -> None:
    with pytest.raises(ErreurUtilisateur):
        coffre.verifier_lieu(ICI, "ccas", "e1", Auteur(AGENT, ("formateur",)))
    assert coffre.lieux_verifies() == []


def test_ce_qu_un_autre_poste_a_mal_ecrit_ne_confirme_rien(coffre: Coffre) -> None:
    objet = coffre.creer_objet(VERIFICATION, {"de": ICI, "lieu": "ccas"}, NORA)
    assert coffre.lieux_verifies() == []
    coffre.verifier_lieu(ICI, "ccas", "e1", NORA)
    assert [un.empreinte for un in coffre.lieux_verifies()] == ["e1"]
    coffre.modifier(objet["id"], {"verifie_le": "hier"}, NORA)
    assert coffre.lieux_verifies() == []
    coffre.modifier(objet["id"], {"empreinte": ABSENT}, NORA)
    assert coffre.lieux_verifies() == []
