"""Le suivi d'une orientation à travers deux coffres et un vrai registre : envoi, conflit, discrétion, refus."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from outils_coffre import AGENT
from outils_registre import ANNEXE
from outils_synchro import NADIA, Poste, Site

from modele.coffre import mur
from modele.coffre.listes import Voulu
from modele.dossier.dates_tenues import Nature
from modele.droits import Auteur
from modele.synchro.divergences import a_trancher

NORA, REFERENTE, SUPPLEANT = Auteur(AGENT), Auteur("Léa Blanc"), Auteur("Paul Roy")
TOUS = ("Léa Blanc", "Paul Roy")
JOUR = date(2026, 11, 30)
SUITE: dict[str, Any] = {"orientation": "fsl", "aupres_de": "FSL", "faite_le": "2026-11-18"}
TRANSMIS = NADIA | {"suites": {"elements": {"s": SUITE}, "ordre": ["s"]}}
ISSUE = "suites.elements.s.issue"
SOCIAL = ("agent", "social")


def _tours(*postes: Poste) -> None:
    for _ in range(2):
        for poste in postes:
            poste.tour()


def _attendues(poste: Poste) -> int:
    return poste.coffre.taches.lire(Voulu(JOUR, natures=(Nature.REPONSE,)), NORA).total


def _venu(poste: Poste, dossier: str, issue: str, motif: str = "") -> None:
    valeurs: dict[str, Any] = {ISSUE: issue, f"{ISSUE}_le": "2026-11-30"}
    poste.coffre.modifier(dossier, valeurs | ({f"{ISSUE}_motif": motif} if motif else {}), NORA)


def test_ce_qui_est_transmis_ici_s_attend_la_bas_et_ce_qui_y_vient_revient(site: Site) -> None:
    un, autre = site.poste("un"), site.poste("autre")
    dossier = un.creer(TRANSMIS)
    _tours(un, autre)
    assert (_attendues(un), _attendues(autre)) == (1, 1)
    _venu(autre, dossier, "acceptee")
    _tours(autre, un)
    assert (_attendues(un), _attendues(autre)) == (0, 0)
    assert un.coffre.lire(dossier)["suites"]["elements"]["s"]["issue"] == "acceptee"


def test_deux_issues_divergent_et_se_departagent(site: Site) -> None:
    """Ni l'une ni l'autre ne s'écrase : l'issue et son motif sont une seule chose à trancher."""
    un, autre = site.poste("un"), site.poste("autre")
    dossier = un.creer(TRANSMIS)
    _tours(un, autre)
    _venu(un, dossier, "acceptee")
    _venu(autre, dossier, "refusee", "trop loin")
    _tours(un, autre)
    for poste in (un, autre):
        assert [une.unite for une in a_trancher(poste.coffre.echanges)] == ["suites.elements.s#issue"]
        assert _attendues(poste) == 0
    choix = {ISSUE: "refusee", f"{ISSUE}_le": "2026-11-30", f"{ISSUE}_motif": "trop loin"}
    un.coffre.echanges.trancher(dossier, "suites.elements.s#issue", choix, NORA)
    _tours(un, autre)
    for poste in (un, autre):
        assert a_trancher(poste.coffre.echanges) == []
        assert poste.coffre.lire(dossier)["suites"]["elements"]["s"] == SUITE | {
            "issue": "refusee", "issue_le": "2026-11-30", "issue_motif": "trop loin",
        }  # fmt: skip


def test_deux_postes_transmettent_et_rien_ne_se_perd(site: Site) -> None:
    un, autre = site.poste("un"), site.poste("autre")
    dossier = un.creer()
    _tours(un, autre)
    for poste, qui in ((un, "a"), (autre, "b")):
        poste.coffre.modifier(dossier, {f"suites.elements.{qui}": SUITE, "suites.ordre": [qui]}, NORA)
    _tours(un, autre)
    assert {*un.coffre.lire(dossier)["suites"]["elements"]} == {"a", "b"}
    assert (_attendues(un), _attendues(autre)) == (2, 2)
    assert a_trancher(un.coffre.echanges) == []


def test_rendu_discret_il_n_est_plus_compte_nulle_part(site: Site) -> None:
    """Le poste social, où est le suppléant, le tient et l'a sur sa liste ; l'agent et l'annexe n'ont plus rien."""
    ici, social = site.poste("ici", roles=SOCIAL), site.poste("social", roles=SOCIAL, agents=TOUS)
    agent, annexe = site.poste("agent"), site.poste("annexe", guichet=ANNEXE, roles=SOCIAL)
    dossier = ici.creer(TRANSMIS)
    _tours(ici, social, agent, annexe)
    assert _attendues(agent) == 1
    discret = {"protection.discret": True, "protection.referent": "Léa Blanc", "protection.suppleant": "Paul Roy"}
    ici.coffre.modifier(dossier, discret, NORA)
    _tours(ici, social, agent, annexe)
    assert [_attendues(poste) for poste in (ici, social, agent, annexe)] == [0, 0, 0, 0]
    for qui in (REFERENTE, SUPPLEANT):
        assert [un.dossier for un in social.coffre.porte.suivis(qui)] == [dossier]
        assert agent.coffre.porte.suivis(qui) == annexe.coffre.porte.suivis(qui) == []
    assert social.coffre.porte.suivis(NORA) == []


def test_le_poste_du_createur_revoque_le_dossier_discret_reste_suivi(site: Site) -> None:
    """Que nul ne suivait : les travailleurs sociaux du guichet l'ont sur leur liste, et un référent s'y nomme."""
    perdu, social = site.poste("perdu", roles=SOCIAL), site.poste("social", roles=SOCIAL, agents=TOUS)
    dossier = perdu.creer(TRANSMIS | {"protection": {"discret": True}})
    _tours(perdu, social)
    assert [un.dossier for un in social.coffre.porte.suivis(SUPPLEANT)] == [dossier]
    social.coffre.modifier(dossier, {"protection.referent": "Léa Blanc"}, SUPPLEANT)
    assert social.coffre.porte.suivis(SUPPLEANT) == []
    assert [un.dossier for un in social.coffre.porte.suivis(REFERENTE)] == [dossier]


def test_le_registre_refuse_la_suite_d_une_voie_ephemere(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Écrite par un coffre qui ne l'écarterait pas, elle est refusée entière ; rien n'en arrive ailleurs."""
    un, autre = site.poste("un"), site.poste("autre")
    dossier = un.creer()
    monkeypatch.setattr(mur, "gardables", dict)
    un.coffre.modifier(dossier, {"suites.elements.s": SUITE | {"orientation": "trafic"}}, NORA)
    monkeypatch.undo()
    _tours(un, autre)
    assert [refus.code for refus in un.synchro.etat().quarantaine] == ["schema"]
    assert "suites" not in autre.coffre.lire(dossier)


def test_la_levee_ne_voyage_qu_a_deux_et_deux_jours_apres(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Le registre en juge à son heure : un poste dont l'horloge avance est refusé ; à son tour, le dossier revient."""
    un, agent = site.poste("un", roles=SOCIAL, agents=TOUS), site.poste("agent")
    dossier = un.creer(TRANSMIS | {"protection": {"discret": True}})
    maintenant = site.horloge()
    un.coffre._horloge = lambda: maintenant  # type: ignore[method-assign]
    un.coffre.levees.demander(dossier, "Elle est relogée.", REFERENTE)
    un.coffre.levees.confirmer(dossier, SUPPLEANT)
    _tours(un, agent)
    un.coffre._horloge = lambda: maintenant + timedelta(hours=50)  # type: ignore[method-assign]
    un.coffre.levees.lever(dossier, REFERENTE)
    _tours(un, agent)
    assert [refus.code for refus in un.synchro.etat().quarantaine] == ["levee"]
    assert un.coffre.lire(dossier)["protection"]["discret"] is True
    assert _attendues(agent) == 0
    site.horloge.avancer(timedelta(hours=50))
    un.coffre.levees.lever(dossier, REFERENTE)
    _tours(un, agent)
    assert un.coffre.lire(dossier)["protection"]["discret"] is False
    assert _attendues(agent) == 1
