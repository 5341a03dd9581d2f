"""Deux lieux et un vrai registre : un créneau pris deux fois, un rendez-vous discret, la file d'un lieu."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace
from outils_coffre import AGENT
from outils_registre import ANNEXE
from outils_synchro import NADIA, Poste, Site

from modele.coffre.agenda import Choix
from modele.dossier.codes import reference_courte
from modele.droits import Auteur
from modele.regles.fautes import ErreurUtilisateur
from modele.rendez_vous import Creneau, RendezVous
from modele.synchro.divergences import a_trancher

NORA = Auteur(AGENT)
SOCIAL = ("agent", "social")
BAILLEUR = ("accueil_bailleur",)
JOUR = date.today() + timedelta(7)
ICI, LA_BAS = "Accueil du CCAS", "Annexe"
DIX_HEURES = Creneau(JOUR, 600, 30, ICI, "Nora Petit")


def _tours(*postes: Poste) -> None:
    for poste in postes:
        poste.tour()


def _donner(poste: Poste, dossier: str, creneau: Creneau = DIX_HEURES) -> RendezVous:
    return poste.coffre.agenda.donner(dossier, Choix(creneau), NORA)


def _lignes(poste: Poste) -> list[tuple[str, str]]:
    lus = poste.coffre.agenda.lignes(JOUR, JOUR, NORA)
    return [(un.creneau.heure, un.rendez_vous.dossier if un.rendez_vous else "occupé") for un in lus]


def _tient(poste: Poste, objet: str) -> bool:
    try:
        return bool(poste.coffre.lire(objet))
    except ErreurUtilisateur:
        return False


def test_un_rendez_vous_passe_d_un_poste_a_l_autre(site: Site) -> None:
    """Le même lieu le lit ; un autre lieu n'en lit rien, mais n'offre plus la même personne à la même heure."""
    un, deux, annexe = site.poste("un"), site.poste("deux"), site.poste("annexe", guichet=ANNEXE)
    dossier = un.creer(NADIA)
    donne = _donner(un, dossier)
    _tours(un, deux, annexe)
    assert _lignes(un) == _lignes(deux) == [("10:00", dossier)]
    assert (_lignes(annexe), _tient(annexe, donne.id), _tient(annexe, donne.occupation)) == ([], False, True)
    sien = annexe.creer({"demandeur": {"nom": "Sow"}})
    with pytest.raises(ErreurUtilisateur, match="déjà pris"):
        _donner(annexe, sien, replace(DIX_HEURES, lieu=LA_BAS, debut=615))
    assert [poste.attente() for poste in (un, deux)] == [0, 0]


def test_pris_deux_fois_sans_reseau_les_deux_restent(site: Site) -> None:
    """Deux lieux hors ligne donnent la même heure de Nora : chacun voit les deux, une personne déplace l'un."""
    un, annexe = site.poste("un"), site.poste("annexe", guichet=ANNEXE)
    ici, la_bas = un.creer(NADIA), annexe.creer({"demandeur": {"nom": "Sow"}})
    premier, second = _donner(un, ici), _donner(annexe, la_bas, replace(DIX_HEURES, lieu=LA_BAS))
    _tours(un, annexe, un)
    for poste, sien in ((un, ici), (annexe, la_bas)):
        (conflit,) = poste.coffre.agenda.conflits(NORA)
        vus = [ligne.rendez_vous for ligne in (conflit.un, conflit.autre)]
        assert sorted(vu.dossier for vu in vus if vu is not None) == [sien]
    assert (un.coffre.lire(premier.id)["etat"], annexe.coffre.lire(second.id)["etat"]) == ("donne", "donne")
    annexe.coffre.agenda.deplacer(second, replace(second.creneau, debut=660), "pris deux fois", NORA)
    _tours(annexe, un)
    assert un.coffre.agenda.conflits(NORA) == annexe.coffre.agenda.conflits(NORA) == []


def test_garder_les_deux_se_dit_aux_deux_lieux(site: Site) -> None:
    un, annexe = site.poste("un"), site.poste("annexe", guichet=ANNEXE)
    _donner(un, un.creer(NADIA))
    _donner(annexe, annexe.creer({"demandeur": {"nom": "Sow"}}), replace(DIX_HEURES, lieu=LA_BAS))
    _tours(un, annexe, un)
    un.coffre.agenda.garder_les_deux(un.coffre.agenda.conflits(NORA)[0], NORA)
    _tours(un, annexe)
    assert annexe.coffre.agenda.conflits(NORA) == []


def test_deplace_deux_fois_une_personne_tranche_et_le_creneau_suit(site: Site) -> None:
    """Deux postes déplacent le même rendez-vous : une différence, un choix, et ce que voient les autres s'accorde."""
    un, deux, annexe = site.poste("un"), site.poste("deux"), site.poste("annexe", guichet=ANNEXE)
    donne = _donner(un, un.creer(NADIA))
    _tours(un, deux)
    un.coffre.agenda.deplacer(donne, replace(DIX_HEURES, debut=540), "bus", NORA)
    deux.coffre.agenda.deplacer(donne, replace(DIX_HEURES, debut=660), "école", NORA)
    _tours(un, deux, un)
    du_rendez_vous = [une for une in a_trancher(deux.coffre.echanges) if une.dossier == donne.id]
    assert {une.unite for une in du_rendez_vous} >= {"#quand"}
    assert deux.coffre.agenda.accorder(NORA) == 0
    quand = next(une for une in du_rendez_vous if une.unite == "#quand")
    sienne = next(dite for dite in quand.propositions if dite.ici)
    deux.coffre.echanges.trancher(donne.id, "#quand", sienne.valeurs, NORA)
    assert deux.coffre.agenda.accorder(NORA) == 1
    _tours(deux, un, annexe)
    vues = [poste.coffre.lire(donne.occupation)["heure"] for poste in (un, deux, annexe)]
    assert vues == ["11:00", "11:00", "11:00"]
    assert [une for une in a_trancher(un.coffre.echanges) if une.dossier == donne.occupation] == []


def test_un_discret_est_occupe_partout_ailleurs(site: Site) -> None:
    """Son lieu le sait pris, et rien d'autre ; le poste du travailleur social qui en répond le lit."""
    social, un = site.poste("social", roles=SOCIAL), site.poste("un")
    protege = {**NADIA, "protection": {"discret": True, "referent": AGENT}}
    dossier = social.creer(protege)
    donne = _donner(social, dossier)
    _tours(social, un)
    assert _lignes(social) == [("10:00", dossier)]
    assert _lignes(un) == [("10:00", "occupé")]
    assert (_tient(un, dossier), _tient(un, donne.id)) == (False, False)
    assert dossier not in repr(un.coffre.agenda.lignes(JOUR, JOUR, NORA))


def test_indisponible_a_qui_tient_l_autre_dossier(site: Site) -> None:
    """Le poste qui tient l'autre dossier refuse la demi-journée, sans tenir le dossier protégé ni savoir pourquoi."""
    social, un = site.poste("social", roles=SOCIAL), site.poste("un")
    autre = un.creer({"demandeur": {"nom": "Sow"}})
    _tours(un, social)
    protege = social.creer({**NADIA, "protection": {"discret": True, "referent": AGENT}})
    social.coffre.evitements.poser(protege, reference_courte(autre), NORA)
    _donner(social, protege)
    _tours(social, un)
    with pytest.raises(ErreurUtilisateur, match="indisponible"):
        _donner(un, autre, replace(DIX_HEURES, debut=540, avec="Paul"))
    tiers = un.creer({"demandeur": {"nom": "Diop"}})
    _donner(un, tiers, replace(DIX_HEURES, debut=540, avec="Paul"))
    with un.coffre._base.lecture(entiere=True) as connexion:
        tout = str(connexion.exec_driver_sql("SELECT document FROM dossier").fetchall())
    assert protege not in tout


def test_la_file_est_a_son_lieu(site: Site) -> None:
    """Deux postes d'un lieu se partagent la file ; l'autre lieu ne la reçoit pas ; un bailleur tient la sienne."""
    un, deux = site.poste("un"), site.poste("deux")
    annexe, bailleur = site.poste("annexe", guichet=ANNEXE), site.poste("bailleur", guichet=ANNEXE, roles=BAILLEUR)
    maintenant = datetime.now().astimezone()
    for poste in (un, deux, annexe, bailleur):
        poste.coffre._horloge = lambda: maintenant
    ticket = un.coffre.file.donner("renseignement", "urgente", NORA)
    _tours(un, deux, annexe, bailleur)
    assert deux.coffre.file.lister(NORA) == [ticket]
    assert annexe.coffre.file.lister(NORA) == bailleur.coffre.file.lister(NORA) == []
    assert not _tient(annexe, ticket.id)
    appele = deux.coffre.file.appeler(ticket, NORA)
    _tours(deux, un)
    assert un.coffre.file.lister(NORA) == [appele]
    sien = bailleur.coffre.file.donner("demande", "courante", NORA)
    _tours(bailleur, annexe)
    assert annexe.coffre.file.lister(NORA) == [sien]
    assert [poste.synchro.etat().quarantaine for poste in (un, deux, annexe, bailleur)] == [(), (), (), ()]


def test_l_accueil_d_un_bailleur_voit_ce_qui_informe_jamais_un_dossier(site: Site) -> None:
    """Les créneaux pris chez lui, sans personne ; ni dossier, ni rendez-vous, ni de quoi en donner."""
    un, bailleur = site.poste("un", guichet=ANNEXE), site.poste("bailleur", guichet=ANNEXE, roles=BAILLEUR)
    dossier = un.creer(NADIA)
    donne = _donner(un, dossier, replace(DIX_HEURES, lieu=un.coffre.agenda.lieu()))
    _tours(un, bailleur)
    assert _lignes(bailleur) == [("10:00", "occupé")]
    assert (_tient(bailleur, dossier), _tient(bailleur, donne.id)) == (False, False)
    gestes: list[Any] = [
        lambda: bailleur.creer(NADIA),
        lambda: bailleur.coffre.agenda.garder_les_deux(_conflit(bailleur), NORA),
    ]
    for geste in gestes:
        with pytest.raises(ErreurUtilisateur, match="Votre rôle ne permet pas"):
            geste()


def _conflit(poste: Poste) -> Any:
    from modele.rendez_vous import Conflit

    (ligne,) = poste.coffre.agenda.lignes(JOUR, JOUR, NORA)
    return Conflit(ligne, ligne)
