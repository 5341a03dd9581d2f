"""Personnes écartées : qui est écarté d'un dossier n'y trouve rien, par aucune lecture, pas même un refus."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from outils_ecartes import (
    FACADES,
    LEO,
    LISTES,
    MOTIF,
    NOMBRES,
    NOMMES,
    NORA,
    SANS_DOSSIER,
    Situation,
    dresser,
    toutes,
)
from uuid_utils import uuid7

from modele.coffre import Coffre, regard
from modele.coffre import ecarts as gestes
from modele.coffre.base import Base
from modele.coffre.cles import Cout
from modele.coffre.comptes import CompteAgent
from modele.coffre.listes import Filtre, Tri
from modele.coffre.schema import metadonnees
from modele.dossier.droits_personnes import PERSONNE, Droit, Suite
from modele.genres import livres
from modele.regles.fautes import ErreurUtilisateur

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")


@pytest.fixture
def situation(chemin: Path) -> Iterator[Situation]:
    """Ce que Léo voit encore ; ``situation.ecarter()`` l'en écarte."""
    dressee = dresser(chemin)
    yield dressee
    dressee.coffre.fermer()


def _traces(situation: Situation, rendu: Any) -> list[str]:
    return [trace for trace in situation.traces() if trace in repr(rendu)]


def _reponse(coffre: Coffre, nom: str, dossier: str) -> str:
    """Ce qui est rendu ou dit, sans l'identifiant qu'on a donné."""
    try:
        rendu = repr(NOMMES[nom](coffre, dossier))
    except ErreurUtilisateur as refus:
        rendu = f"{type(refus).__name__} : {refus}"
    return _UUID.sub("…", rendu)


def test_toute_methode_du_coffre_est_eprouvee(coffre: Coffre) -> None:
    """Une méthode neuve se range ici, avec ce qu'en voit un écarté ; sinon cet essai est rouge."""
    rangees = [*LISTES, *NOMBRES, *NOMMES, *(nom for noms in SANS_DOSSIER.values() for nom in noms.split())]
    assert sorted(rangees) == sorted(toutes())
    # Ce que le coffre porte d'autre que ses faces : sa base, le compte de qui l'a ouvert.
    portees = {type(un) for un in vars(coffre).values() if type(un).__module__.startswith("modele.coffre")}
    assert portees == {*FACADES.values(), Base, Cout, CompteAgent} - {Coffre}


def test_l_ecarte_ne_trouve_rien_par_aucune_lecture(situation: Situation) -> None:
    """Avant l'écart chaque lecture montre le dossier ; après, aucune n'en a trace, et une autre agente voit tout."""
    leo = situation.en_leo()
    avant = {nom: lire(leo, situation) for nom, lire in LISTES.items()}
    assert [nom for nom, rendu in avant.items() if not _traces(situation, rendu)] == []
    nombres = {nom: compter(leo) for nom, compter in NOMBRES.items()}
    assert all(nombres.values())
    situation.ecarter()
    apres = {nom: lire(leo, situation) for nom, lire in LISTES.items()}
    assert {nom: _traces(situation, rendu) for nom, rendu in apres.items() if _traces(situation, rendu)} == {}
    assert {nom: compter(leo) < nombres[nom] for nom, compter in NOMBRES.items()} == dict.fromkeys(NOMBRES, True)
    assert situation.coffre.rechercher("Diallo Awa")[0].dossier == situation.secret
    assert _traces(situation, situation.coffre.lister(NORA.nom, Filtre.TOUS, Tri.CHANGE))
    leo.fermer()


@pytest.mark.parametrize("lequel", ["secret", "discret", "supprime"])
def test_un_dossier_nomme_repond_comme_un_inconnu(situation: Situation, lequel: str) -> None:
    """Mêmes mots : l'identifiant connu, ou recopié d'un papier, n'apprend rien."""
    situation.ecarter()
    leo, dossier = situation.en_leo(), getattr(situation, lequel)
    inconnu = str(uuid7())
    for nom in NOMMES:
        assert _reponse(leo, nom, dossier) == _reponse(leo, nom, inconnu), nom
    leo.fermer()


def test_ce_qu_il_tenait_deja_ne_sert_plus(situation: Situation) -> None:
    """Un avis, une demande, une saisie refusée rendus avant l'écart : plus rien ne s'en fait après."""
    leo = situation.en_leo()
    (avis, *_), (demande, *_) = leo.porte.avis(LEO), leo.droits.a_repondre()
    situation.ecarter()
    for geste in (
        lambda: leo.porte.lu(avis, LEO),
        lambda: leo.droits.conclure(demande, Suite.FAITE, LEO),
        lambda: leo.droits.geler(demande, LEO),
        lambda: leo.droits.acces(demande, LEO),
        lambda: leo.droits.effacer(demande, LEO),
        lambda: leo.echanges.ressaisir(situation.refusee, LEO),
        lambda: leo.echanges.classer(situation.refusee, LEO),
        lambda: leo.ecarts.lever(situation.coffre.ecarts.lister(situation.secret, NORA)[0], LEO),
    ):
        with pytest.raises(ErreurUtilisateur):
            geste()
    leo.fermer()


def test_l_envoi_et_la_chaine_restent_entiers(situation: Situation) -> None:
    """Ouvert par l'écarté, ce coffre envoie tout, et sa chaîne n'a pas de trou."""
    situation.ecarter()
    leo = situation.en_leo()
    assert [un.entete.id for un in leo.echanges.lot(500)] == [un.entete.id for un in situation.coffre.echanges.lot(500)]
    assert leo.verifier_chaine() == []
    leo.creer_dossier({"demandeur": {"nom": "Petit"}}, LEO)
    assert situation.coffre.verifier_chaine() == []
    leo.fermer()


def test_un_lieu_ecarte_ne_voit_rien_ici(situation: Situation) -> None:
    """Le nom du poste, ou de son guichet : quel que soit l'agent ; le code de secours, lui, n'est à aucun agent."""
    coffre, dossier = situation.coffre, situation.autre
    coffre.echanges.regler({"registre.guichet": "CCAS du Centre", "registre.adresse": "https://r"})
    coffre.ecarts.ecarter(dossier, NORA, lieu="  ccas du CENTRE ")
    with pytest.raises(ErreurUtilisateur, match="n'est pas dans ce coffre"):
        coffre.lire(dossier)
    assert not any(un.dossier == dossier for un in coffre.recents())
    coffre.agent = ""
    assert coffre.lire(dossier)["id"] == dossier


def test_un_autre_lieu_ne_cache_rien_ici(situation: Situation) -> None:
    situation.coffre.ecarts.ecarter(situation.autre, NORA, lieu="Mairie de Combe")
    assert situation.coffre.lire(situation.autre)
    assert [un.lieu for un in situation.coffre.ecarts.lister(situation.autre, NORA)] == ["Mairie de Combe"]
    assert situation.coffre.ecarts.lieux() == ["poste-1"]


def test_un_dossier_fondu_dans_un_autre_suit_son_sort(situation: Situation) -> None:
    """L'identifiant de l'ancien ne mène pas au survivant, ni ne dit qu'il y en a un."""
    situation.ecarter()
    leo = situation.en_leo()
    assert _reponse(leo, "lire", situation.fondu) == _reponse(leo, "lire", str(uuid7()))
    leo.fermer()


@pytest.mark.parametrize(
    ("qui", "connu"),
    [
        ({"agent": " léo  BLANC"}, True),
        ({"agent": "Leo Blanc"}, True),
        ({"agent": "Léo Blnac"}, False),
        ({"lieu": "POSTE-1"}, True),
        ({"lieu": "Mairie de Combe"}, False),
    ],
)
def test_un_nom_que_nul_ne_porte_ici_se_dit(
    situation: Situation, qui: dict[str, str], connu: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Mal écrit, il ne protégerait de personne : l'agent le vérifie tant que la personne est là. Redit, de même."""
    monkeypatch.setattr(gestes, "_exiger_un_autre_lieu", lambda *_: None)
    ecarts = situation.coffre.ecarts
    assert ecarts.ecarter(situation.autre, NORA, **qui) is connu
    if "agent" in qui:
        assert ecarts.ecarter(situation.autre, NORA, **qui) is connu


def test_l_ecart_leve_rend_le_dossier(situation: Situation) -> None:
    """À la demande de la personne, par qui peut l'ouvrir ; une fois."""
    coffre, dossier = situation.coffre, situation.autre
    coffre.ecarts.ecarter(dossier, NORA, agent=LEO.nom)
    coffre.ecarts.ecarter(dossier, NORA, agent=" léo  BLANC")
    (ecart,) = coffre.ecarts.lister(dossier, NORA)
    leo = situation.en_leo()
    assert _reponse(leo, "lire", dossier) == _reponse(leo, "lire", str(uuid7()))
    coffre.ecarts.lever(ecart, NORA)
    assert leo.lire(dossier)["id"] == dossier
    with pytest.raises(ErreurUtilisateur, match="plus à lever"):
        coffre.ecarts.lever(ecart, NORA)
    dits = [un.geste.dit for un in coffre.acces(dossier)]
    assert dits[-2:] == [
        "a noté que quelqu'un n'ouvre jamais le dossier",
        "a levé un écart à la demande de la personne",
    ]
    leo.fermer()


def test_un_ecart_venu_d_une_autre_connexion_vaut_a_la_lecture_suivante(situation: Situation) -> None:
    """Léo regarde pendant que Nora écrit : la lecture d'après n'a plus rien, sans que rien se rouvre."""
    leo = situation.en_leo()
    assert leo.lire(situation.secret)
    situation.coffre.ecarts.ecarter(situation.secret, NORA, agent=LEO.nom)
    assert _traces(situation, leo.rechercher("Diallo Awa")) == []
    leo.fermer()


# Passer la main


def test_je_connais_cette_personne(situation: Situation) -> None:
    """Léo passe la main à Nora : le dossier disparaît pour lui, elle en répond, la file d'envoi est entière."""
    leo, dossier = situation.en_leo(), situation.discret
    assert leo.ecarts.agents(dossier, LEO) == [NORA.nom]
    for a in ("", LEO.nom, "Inconnue"):
        with pytest.raises(ErreurUtilisateur, match="Choisissez qui reçoit"):
            leo.ecarts.passer_la_main(dossier, a, LEO)
    leo.ecarts.passer_la_main(dossier, NORA.nom, LEO)
    assert _reponse(leo, "consulter", dossier) == _reponse(leo, "consulter", str(uuid7()))
    assert situation.coffre.lire(dossier)["protection"]["referent"] == NORA.nom
    assert [un.dossier for un in situation.coffre.porte.suivis(NORA)] == [dossier]
    assert len(leo.echanges.lot(500)) == len(situation.coffre.echanges.lot(500))
    leo.fermer()


def test_seul_sur_son_poste_le_dossier_attend_un_autre_compte(coffre: Coffre) -> None:
    """Nora le sait, et confirme ; le compte qui s'ouvre ensuite trouve le dossier discret parmi ceux qu'il suit."""
    dossier = coffre.creer_dossier({"protection": {"discret": True, "suppleant": NORA.nom}}, NORA)["id"]
    with pytest.raises(ErreurUtilisateur, match="attendra qu'un autre compte"):
        coffre.ecarts.passer_la_main(dossier, "", NORA)
    coffre.ecarts.passer_la_main(dossier, "", NORA, attend=True)
    assert coffre.porte.suivis(NORA) == []
    coffre.comptes.ouvrir(LEO.nom, "", "", ("agent", "social", "responsable"), "cinq mots sans aucun lien", NORA)
    coffre.agent = LEO.nom
    (suivi,) = coffre.porte.suivis(LEO)
    assert (suivi.dossier, suivi.sans_referent, suivi.sans_suppleant) == (dossier, True, True)
    assert coffre.consulter(dossier, LEO)["id"] == dossier


def test_qui_en_repondait_n_en_repond_plus(situation: Situation) -> None:
    """Écarter le référent le retire ; passer la main à son suppléant en fait le référent, et lui seul."""
    coffre = situation.coffre
    coffre.modifier(situation.autre, {"protection.referent": LEO.nom, "protection.suppleant": NORA.nom}, NORA)
    leo = situation.en_leo()
    leo.ecarts.passer_la_main(situation.autre, NORA.nom, LEO)
    assert coffre.lire(situation.autre)["protection"] == {"referent": NORA.nom}
    coffre.ecarts.ecarter(situation.discret, NORA, agent=LEO.nom)
    assert "referent" not in coffre.lire(situation.discret)["protection"]
    leo.fermer()


def test_un_dossier_gele_se_protege_encore(situation: Situation) -> None:
    coffre, dossier = situation.coffre, situation.autre
    coffre.modifier(dossier, {"protection.referent": LEO.nom}, NORA)
    coffre.droits.noter(dossier, Droit.LIMITATION, PERSONNE, NORA)
    coffre.ecarts.ecarter(dossier, NORA, agent=LEO.nom)
    assert [un.agent for un in coffre.ecarts.lister(dossier, NORA)] == [LEO.nom]
    assert coffre.lire(dossier)["protection"] == {"referent": LEO.nom}


def test_ce_qui_ne_s_ecarte_pas(situation: Situation) -> None:
    """Ni rien, ni les deux, ni soi, ni le seul lieu qui tient le dossier."""
    ecarts, dossier = situation.coffre.ecarts, situation.autre
    for qui in ({}, {"agent": " "}, {"agent": "Léo", "lieu": "Mairie"}):
        with pytest.raises(ErreurUtilisateur, match="l'un ou l'autre"):
            ecarts.ecarter(dossier, NORA, **qui)
    with pytest.raises(ErreurUtilisateur, match="passe la main"):
        ecarts.ecarter(dossier, NORA, agent=NORA.nom.upper())
    with pytest.raises(ErreurUtilisateur, match="Plus personne n'ouvrirait"):
        ecarts.ecarter(dossier, NORA, lieu="POSTE-1")
    situation.coffre.echanges.regler({"registre.guichet": "CCAS"})
    with pytest.raises(ErreurUtilisateur, match="Plus personne n'ouvrirait"):
        ecarts.ecarter(situation.discret, NORA, lieu="ccas")


# Les mutants

# L'écarté n'en est plus le référent non plus.
_DEUX_PORTES = {
    "candidats.lire",
    "porte.chercher",
    "porte.suivis",
    "retours",
    "memes.du_dossier",
    "echanges.quarantaine",
    "remises.lister",
}


def test_mutant_sans_la_porte(situation: Situation, monkeypatch: pytest.MonkeyPatch) -> None:
    """Si les lectures ne passaient pas par les vues, presque toutes montreraient le dossier."""
    situation.ecarter()
    monkeypatch.setattr(regard, "_vues", lambda: iter(()))
    leo = situation.en_leo()
    # Seules les deux qui ouvrent aussi le dossier d'une écriture, ou par son nom, ont encore la seconde porte.
    autres = {nom: lire for nom, lire in LISTES.items() if nom not in _DEUX_PORTES}
    assert [nom for nom, lire in autres.items() if not _traces(situation, lire(leo, situation))] == []
    leo.fermer()


@pytest.mark.parametrize("table", sorted(metadonnees.tables))
def test_chaque_vue_cache_quelque_chose(table: str) -> None:
    """Une table qui nomme un objet a sa vue ; une table neuve en a une sans qu'on y pense."""
    vues = {vue.split()[3]: vue for vue in regard._vues()}
    nomme = any(map(regard.nomme_un_objet, metadonnees.tables[table].columns)) or table == "dossier"
    assert (table in vues) == nomme
    if not nomme:
        assert table not in {"personne", "brouillon", "acces", "porte_discrete", "rappel", "operation"}


def test_mutant_une_ecriture_qui_voit_tout(situation: Situation, monkeypatch: pytest.MonkeyPatch) -> None:
    """Si ``ecriture`` ne situait pas l'agent, ouvrir, modifier et « seul à seul » trouveraient."""
    situation.ecarter()
    leo = situation.en_leo()
    situer = regard.situer
    monkeypatch.setattr(regard, "situer", lambda connexion, _: situer(connexion, None))
    assert leo.porte.chercher("Sow Fatou 1990", MOTIF, LEO)
    assert leo.consulter(situation.secret, LEO)
    leo.fermer()


def test_mutant_qui_ne_relit_pas_les_ecarts(situation: Situation, monkeypatch: pytest.MonkeyPatch) -> None:
    """Un regard retenu sans regarder si la base a changé laisserait tout voir à qui l'a déjà ouverte."""
    leo = situation.en_leo()
    leo.recents()
    monkeypatch.setattr(regard, "situer", lambda *_: False)
    situation.coffre.ecarts.ecarter(situation.secret, NORA, agent=LEO.nom)
    assert _traces(situation, leo.rechercher("Diallo Awa"))
    leo.fermer()


def test_une_transaction_defaite_ne_laisse_pas_un_regard(situation: Situation) -> None:
    """Ce que cachait une lecture coupée s'est défait avec elle : la suivante le refait."""
    situation.ecarter()
    leo = situation.en_leo()
    for _ in range(3):
        with pytest.raises(RuntimeError), leo._base.lecture():
            raise RuntimeError
    assert _traces(situation, leo.recents()) == []
    leo.fermer()


def test_personne_d_ecarte_ne_coute_rien(situation: Situation) -> None:
    """Sans écart, la connexion des vues ne s'ouvre même pas : les plans de lecture sont ceux d'hier."""
    leo = situation.en_leo()
    leo.rechercher("Diallo")
    assert leo._base._moteur_filtre.pool.checkedin() == 0
    situation.ecarter()
    leo.rechercher("Diallo")
    assert leo._base._moteur_filtre.pool.checkedin() == 1
    leo.fermer()


def test_meme_duree_seul_a_seul(situation: Situation) -> None:
    """La porte lit la même table, qu'un dossier y soit caché ou non ; l'essai est vain, dans les mêmes mots."""
    situation.ecarter()
    leo = situation.en_leo()
    assert leo.porte.chercher("Sow Fatou 1990", MOTIF, LEO) == leo.porte.chercher("Sow Fanta 1960", MOTIF, LEO) == []
    assert [un.motif for un in situation.coffre.porte.essais(NORA)][:2] == [MOTIF, MOTIF]
    leo.fermer()


def test_le_genre_qui_ecarte_est_declare() -> None:
    """Le mécanisme ne nomme aucun genre : il lit lequel écarte."""
    assert [un.id for un in livres().par_id.values() if un.ecarte] == [gestes.ECART]
