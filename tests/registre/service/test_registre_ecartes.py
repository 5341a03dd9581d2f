"""Personnes écartées au registre : un lieu écarté ne reçoit rien, un auteur écarté est refusé comme d'un inconnu."""

from __future__ import annotations

from typing import Any

import pytest
from outils_guichets import Guichets, ouvrir_ici
from outils_operations import BENALI, Saisie, identifiant
from outils_registre import ANNEXE, DEPART, PosteDEssai, enrole
from sqlalchemy import Engine, select

from modele.dossier.operations import ChampPose, Operation
from modele.droits import Auteur
from modele.fusion import Issue
from modele.protocole.messages import PersonneCherchee
from registre.base import schema
from registre.service import diffusion, ecartes, jugement
from registre.service.doublons import chercher
from registre.service.refus import Refuse

LEO = "Léo Blanc"


@pytest.fixture
def guichets(moteur: Engine, poste_enrole: PosteDEssai) -> Guichets:
    return Guichets(moteur, poste_enrole)


def ecarter(saisie: Saisie, dossier: str, **qui: str) -> str:
    """Un écart de ce dossier, écrit par ce poste ; son identifiant."""
    neuf = identifiant()
    recu = saisie.recu(saisie.creer({"dossier": dossier, **qui}, neuf, genre="ecart"))
    assert recu.issue is Issue.ACCEPTEE, recu
    return neuf


def par_leo(
    saisie: Saisie, objet: str, valeurs: dict[str, Any], genre: str = "dossier", *, cree: bool = False
) -> Operation:
    """Léo écrit, de ce poste."""
    if cree:
        valeurs |= {"id": objet, "territoire": saisie.poste.territoire, "schema": 1, "cree_le": DEPART.isoformat()}
    champs = {chemin: ChampPose(apres=valeur) for chemin, valeur in valeurs.items()}
    return saisie.operation(objet, champs, genre=genre, auteur=Auteur(LEO))


def perimetres(guichets: Guichets, dossier: str) -> set[str]:
    """Les postes dont la base dit quelque chose de ce dossier, tenu ou sorti."""
    with guichets.moteur.connect() as connexion:
        colonnes = schema.perimetre.c
        ids = set(connexion.execute(select(colonnes.poste).where(colonnes.dossier == dossier)).scalars())
    return {un.poste.nom for un in guichets.tous if un.poste.id in ids}


def test_un_poste_ecarte_le_perd_a_sa_prochaine_reception(guichets: Guichets) -> None:
    """Le dossier et tout ce qui le suit : une sortie, et plus rien ensuite."""
    dossier = guichets.ouvreur.nouveau()
    assert guichets.qui_tient(dossier) == {"Poste 1", "Agent", "Social"}
    ecart = ecarter(guichets.ouvreur, dossier, lieu=" AGENT ")
    assert guichets.qui_tient(dossier) == {"Poste 1", "Social"}
    assert guichets.qui_tient(ecart) == {"Poste 1", "Social"}
    curseur = guichets.agent.curseur
    assert guichets.ouvreur.recu(guichets.ouvreur.poser(dossier, {"contact.langue": "ar"})).issue is Issue.ACCEPTEE
    guichets.agent.curseur = curseur
    assert guichets.agent.lire().entrees == []
    assert guichets.agent.recu(guichets.agent.poser(dossier, {"contact.langue": "en"})).code == "hors_perimetre"


def test_un_lieu_qui_ne_l_a_jamais_eu_n_en_apprend_rien(guichets: Guichets) -> None:
    """Ni ligne, ni tombe, ni ouverture motivée, ni ressemblance : le refus est celui d'un inconnu."""
    dossier = guichets.ouvreur.nouveau()
    annexe = guichets.annexe
    with guichets.moteur.connect() as connexion:
        nom = connexion.execute(select(schema.guichet.c.nom).where(schema.guichet.c.id == ANNEXE)).scalar_one()
    ecarter(guichets.ouvreur, dossier, lieu=nom)
    refus = []
    for lequel in (dossier, identifiant()):
        with pytest.raises(Refuse) as refuse:
            ouvrir_ici(annexe, lequel)
        refus.append(refuse.value.refus)
    assert refus[0] == refus[1]
    assert annexe.lire().entrees == []
    assert perimetres(guichets, dossier) == {"Poste 1", "Agent", "Social"}
    cherchee = PersonneCherchee(noms="Ben Ali", prenoms="Nadia", agent="agent")
    tous = [chercher(guichets.moteur, un.poste.porteur, cherchee, DEPART) for un in (guichets.agent, annexe)]
    assert [[un.dossier for un in trouves] for trouves in tous] == [[dossier], []]


def test_un_poste_enrole_ensuite_n_y_entre_pas(guichets: Guichets) -> None:
    """Le nom suffit : ce lieu n'était pas encore au registre quand elle l'a nommé."""
    dossier = guichets.ouvreur.nouveau()
    ecart = ecarter(guichets.ouvreur, dossier, lieu="Neuf")
    neuf, autre = (
        Saisie(enrole(guichets.moteur, PosteDEssai(nom, guichet="accueil", roles=("agent",))), guichets.moteur)
        for nom in ("Neuf", "Autre")
    )
    assert neuf.lire().entrees == []
    assert {un.dossier for un in autre.lire().entrees} == {dossier, ecart}


def test_cree_et_ecarte_dans_le_meme_lot(guichets: Guichets) -> None:
    """Le poste écarté n'a pas même une sortie à lire : il n'a jamais rien eu."""
    ouvreur, dossier = guichets.ouvreur, identifiant()
    creation = ouvreur.creer(BENALI, dossier)
    ecart = ouvreur.creer({"dossier": dossier, "lieu": "Agent"}, identifiant(), genre="ecart")
    assert [un.issue for un in ouvreur.envoyer(creation, ecart).issues] == [Issue.ACCEPTEE] * 2
    assert guichets.agent.lire().entrees == []
    assert perimetres(guichets, dossier) == {"Poste 1", "Social"}


def test_un_auteur_ecarte_est_refuse_comme_d_un_inconnu(guichets: Guichets) -> None:
    """Le même reçu, quel que soit le poste ; y compris pour rattacher, ou pour lever l'écart."""
    dossier = guichets.ouvreur.nouveau()
    ecart = ecarter(guichets.ouvreur, dossier, agent=LEO)
    guichets.qui_tient(dossier)
    agent = guichets.agent
    refus = [
        agent.recu(par_leo(agent, dossier, {"contact.langue": "ar"})),
        agent.recu(par_leo(agent, identifiant(), {"contact.langue": "ar"})),
        agent.recu(par_leo(agent, ecart, {"leve_le": "2026-11-30"}, "ecart")),
        agent.recu(par_leo(agent, identifiant(), {"dossier": dossier, "lieu": "X"}, "ecart", cree=True)),
    ]
    assert agent.recu(agent.poser(dossier, {"contact.langue": "en"})).issue is Issue.ACCEPTEE
    assert {(un.issue, un.code, un.cause, un.sequence) for un in refus} == {
        (Issue.REFUSEE, "hors_perimetre", refus[1].cause, 0)
    }


def test_leve_il_revient(guichets: Guichets) -> None:
    dossier = guichets.ouvreur.nouveau()
    ecart = ecarter(guichets.ouvreur, dossier, lieu="Agent")
    assert guichets.qui_tient(dossier) == {"Poste 1", "Social"}
    social = guichets.social
    assert social.recu(social.poser(ecart, {"leve_le": "2026-11-29", "leve_par": "autre"})).issue is Issue.ACCEPTEE
    assert guichets.qui_tient(dossier) == {"Poste 1", "Agent", "Social"}
    assert guichets.agent.recu(guichets.agent.poser(dossier, {"contact.langue": "ar"})).issue is Issue.ACCEPTEE


# Les mutants


def _rien(*_: Any) -> dict[str, frozenset[str]]:
    return {}


def test_mutant_la_diffusion_ignore_les_ecarts(guichets: Guichets, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(diffusion, "postes_ecartes", _rien)
    dossier = guichets.ouvreur.nouveau()
    ecarter(guichets.ouvreur, dossier, lieu="Agent")
    assert guichets.qui_tient(dossier) == {"Poste 1", "Agent", "Social"}


def test_mutant_le_jugement_ignore_l_auteur(guichets: Guichets, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jugement, "ecarte_l_auteur", lambda *_: False)
    dossier = guichets.ouvreur.nouveau()
    ecarter(guichets.ouvreur, dossier, agent=LEO)
    guichets.qui_tient(dossier)
    agent = guichets.agent
    assert agent.recu(par_leo(agent, dossier, {"contact.langue": "ar"})).issue is Issue.ACCEPTEE
    assert ecartes.ecarte_l_auteur({"e": {"agent": LEO}}, "léo BLANC")
