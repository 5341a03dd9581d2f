"""Les engagements et les versions figées par un vrai registre : d'un lieu à l'autre ; rien chez un agent d'accueil."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from outils_coffre import AGENT
from outils_registre import ANNEXE
from outils_synchro import Poste, Site

from modele.conference import versions
from modele.contingents.engagements import EngagementTenu
from modele.droits import Auteur
from modele.regles.fautes import ErreurUtilisateur

NORA = Auteur(AGENT)
ICI = "metropole-essai"
PROMIS = EngagementTenu(ICI, "Département", "Accompagner.", source="convention", origine="departement")


def figee(valeur: int) -> bytes:
    dit = {"format": 1, "territoire": ICI, "annee": 2026, "diffusion": "public", "tues": [], "cases": {"a": valeur}}
    return json.dumps(dit | {"indicateurs": []}).encode()


def _figer(poste: Poste, valeur: int) -> None:
    lue = poste.coffre.conference.lire(ICI, NORA)
    poste.coffre.conference.figer(versions.enchainer(figee(valeur), lue.versions), NORA)


def _tours(*postes: Poste) -> None:
    for _ in range(2):
        for poste in postes:
            poste.tour()


def test_la_conference_passe_d_un_lieu_a_l_autre(site: Site) -> None:
    """La chaîne entière, et la suite s'écrit de l'autre côté. L'accueil n'en a rien."""
    ici = site.poste("un", roles=("contingent",))
    la = site.poste("deux", guichet=ANNEXE, roles=("agent", "responsable"))
    accueil = site.poste("trois", roles=("agent", "social"))
    ici.coffre.conference.garder(PROMIS, NORA)
    _figer(ici, 20)
    _tours(ici, la, accueil)
    assert ici.attente() == 0
    lue = la.coffre.conference.lire(ICI, NORA)
    assert [replace(un, id="", par="") for un in lue.engagements] == [PROMIS]
    _figer(la, 40)
    _tours(la, ici, accueil)
    ensemble = ici.coffre.conference.lire(ICI, NORA)
    assert [dict(versions.lire(une).cases) for une in ensemble.versions] == [{"a": 20}, {"a": 40}]
    assert ensemble.fautes == ()
    with pytest.raises(ErreurUtilisateur, match="Votre rôle"):
        accueil.coffre.conference.lire(ICI, NORA)


def test_deux_lieux_figent_sans_se_voir_et_chacun_le_lit(site: Site) -> None:
    """Rien ne se perd ni ne se refuse : les deux suites restent, et se disent."""
    ici = site.poste("un", roles=("contingent",))
    la = site.poste("deux", guichet=ANNEXE, roles=("contingent",))
    _figer(ici, 20)
    _figer(la, 40)
    _tours(ici, la)
    for poste in (ici, la):
        lue = poste.coffre.conference.lire(ICI, NORA)
        assert len(lue.versions) == 2
        assert any("sans se voir" in faute for faute in lue.fautes)
