"""Les essais de formation comptés : dits à chaque échange, une fois chacun, sans rien du poste au registre."""

from __future__ import annotations

import pytest
from outils_coffre import AGENT
from outils_registre import TERRITOIRE
from outils_synchro import Poste, Site
from sqlalchemy import text

from modele.coffre.formation_dite import Depart, depart, du_reseau, preparer
from modele.droits import Auteur
from modele.formation.comptes import ParEtape
from modele.synchro.empechements import Classe, Empechement
from modele.synchro.transport import Transport
from registre.service.formation import du_reseau as au_registre

CAS, VERSION = "sans-abri-froid", "ab" * 8


def joue(poste: Poste, *agents: str) -> None:
    for agent in agents:
        preparer(poste.coffre, Auteur(agent), CAS, VERSION, [ParEtape("gestes", 2, 2, 2)])


def combien(site: Site) -> int:
    with site.moteur.connect() as connexion:
        return int(connexion.execute(text("SELECT count(*) FROM compte_de_formation")).scalar_one())


def test_onze_agents_sur_deux_postes_et_chaque_poste_lit_les_points_difficiles(site: Site) -> None:
    un, deux = site.poste("un"), site.poste("deux")
    joue(un, *(f"Agent {rang}" for rang in range(6)))
    joue(deux, *(f"Agent {rang}" for rang in range(6, 10)), AGENT)
    un.tour()
    assert du_reseau(un.coffre).cas == ()
    deux.tour()
    (montre,) = du_reseau(deux.coffre).cas
    assert (montre.agents, montre.etapes[0].oublis) == (11, 22)
    un.tour()
    assert du_reseau(un.coffre) == du_reseau(deux.coffre) == au_registre(site.moteur, TERRITOIRE)


def test_la_reponse_perdue_ne_compte_pas_deux_fois(site: Site) -> None:
    un = site.poste("un")
    joue(un, AGENT)
    un.coupures.apres.append("former")
    assert un.synchro.tour().panne
    assert combien(site) == 1
    assert depart(un.coffre, Auteur(AGENT), CAS, VERSION) is Depart.ATTEND
    un.tour()
    assert combien(site) == 1
    assert depart(un.coffre, Auteur(AGENT), CAS, VERSION) is Depart.PARTI


def test_un_poste_parle_meme_quand_personne_n_a_joue(site: Site) -> None:
    """Sans cela, l'heure d'une requête dirait que quelqu'un de ce poste vient de finir un cas."""
    un = site.poste("un")
    un.tour()
    joue(un, AGENT)
    un.tour()
    un.tour()
    assert un.coupures.faits.count("former") == un.coupures.faits.count("empreinte") >= 3


def test_un_registre_qui_ne_l_entend_pas_n_empeche_rien(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuser(*_: object) -> None:
        raise Empechement(Classe.REFUS, "inconnu")

    un = site.poste("un")
    joue(un, AGENT)
    with monkeypatch.context() as ancien:
        ancien.setattr(Transport, "former", refuser)
        un.tour()
    assert depart(un.coffre, Auteur(AGENT), CAS, VERSION) is Depart.ATTEND
    un.tour()
    assert combien(site) == 1
