"""Chercher ailleurs avant de créer : avec des raisons, jamais pour un dossier discret ; ce qui est écarté le reste."""

from __future__ import annotations

import pytest
from outils_coffre import AGENT
from outils_registre import ANNEXE
from outils_synchro import COUPURE, NADIA, Site

from modele.coffre.listes import Semblable
from modele.dossier.acces import Acces
from modele.droits import Auteur
from modele.regles.fautes import ErreurUtilisateur


def test_le_meme_a_l_autre_guichet(site: Site) -> None:
    """La même personne à l'annexe : son guichet, ses raisons ; écartée, elle ne revient pas."""
    un, annexe = site.poste("un"), site.poste("annexe", guichet=ANNEXE)
    la_bas = annexe.creer(NADIA)
    annexe.tour()
    ici = un.creer(NADIA)
    (trouve,) = un.synchro.doublons.chercher(ici, AGENT)
    raisons = ("même nom", "même date de naissance")
    assert trouve == Semblable(ici, "FATIHI Nadia", la_bas, "Annexe", raisons, trouve.score, tenu_ici=False)
    assert un.coffre.echanges.doublons() == un.coffre.echanges.doublons(ici) == [trouve]
    assert un.synchro.etat().doublons == 1
    un.synchro.doublons.ecarter(ici, la_bas, AGENT)
    assert (un.coffre.echanges.doublons(), un.synchro.etat().doublons) == ([], 0)
    assert un.coffre.acces(ici)[-1].geste.acces is Acces.ECARTER_UN_DOUBLON
    un.tour()
    assert un.synchro.doublons.chercher(ici, AGENT) == []


def test_avant_de_creer_d_apres_ce_qui_est_tape(site: Site) -> None:
    """Ce que l'agent a tapé suffit : nom, naissance, téléphone ou numéro ; rien n'est gardé."""
    un, annexe = site.poste("un"), site.poste("annexe", guichet=ANNEXE)
    la_bas = annexe.creer(NADIA | {"contact": {"telephone": "06 12 34 56 78"}})
    annexe.tour()
    for saisie in ("fatihi nadia 12/03/1984", "0612345678"):
        (trouve,) = un.synchro.doublons.chercher_la_saisie(saisie, AGENT)
        assert (trouve.dossier, trouve.autre, trouve.titre) == ("", la_bas, "")
    assert un.coffre.echanges.doublons() == []
    assert un.synchro.doublons.chercher_la_saisie("12/03/1984", AGENT) == [], "une date seule ne désigne personne"
    assert un.synchro.doublons.chercher_la_saisie("", AGENT) == []


def test_tenu_ici_se_compare(site: Site) -> None:
    """L'autre dossier est sur ce poste : il peut se comparer, et se fondre."""
    un = site.poste("un")
    premier, second = un.creer(NADIA), un.creer(NADIA)
    un.tour()
    (trouve,) = un.synchro.doublons.chercher(second, AGENT)
    assert (trouve.autre, trouve.tenu_ici) == (premier, True)
    un.synchro.doublons.fondre(premier, second, Auteur(AGENT))
    assert un.coffre.echanges.doublons() == []
    un.tour()
    assert un.coffre.compter() == 1


def test_jamais_pour_un_dossier_discret(site: Site) -> None:
    """Rien n'est demandé au registre : son nom ne s'écrit dans aucun journal d'accès."""
    un, annexe = site.poste("un"), site.poste("annexe", guichet=ANNEXE)
    annexe.creer(NADIA)
    annexe.tour()
    elle = un.creer(NADIA | {"protection": {"discret": True}})
    un.tour()
    un.coupures.faits.clear()
    assert un.synchro.doublons.chercher(elle, AGENT) == []
    assert un.coupures.faits == []


def test_la_meme_personne_deux_fois_dans_un_dossier(site: Site) -> None:
    """Deux postes l'ont ajoutée chacun : le registre le signale ; écarter ne demande rien à personne."""
    enfants = {rang: {"nom": "Fatihi", "prenoms": "Zoé", "date_naissance": "2019-06-01"} for rang in ("e1", "e2")}
    un = site.poste("un")
    dossier = un.creer(NADIA | {"foyer": {"personnes": {"elements": enfants, "ordre": ["e1", "e2"]}}})
    un.tour()
    (trouve,) = un.synchro.doublons.chercher(dossier, AGENT)
    assert (trouve.autre, trouve.raisons) == (dossier, ("une personne y est peut-être écrite deux fois",))
    un.coupures.faits.clear()
    un.synchro.doublons.ecarter(dossier, dossier, AGENT)
    assert (un.coffre.echanges.doublons(), un.coupures.faits) == ([], [])


def test_sans_reseau_une_phrase(site: Site) -> None:
    """La recherche ailleurs demande le registre : hors ligne, elle le dit."""
    un = site.poste("un")
    dossier = un.creer(NADIA)
    un.coupures.avant.append("doublons")
    with pytest.raises(ErreurUtilisateur, match=COUPURE):
        un.synchro.doublons.chercher(dossier, AGENT)


def test_numero_d_exemple(site: Site) -> None:
    """Le territoire d'exemple donne un numéro, avec sa date et sa source ; redemandé, le même."""
    un = site.poste("un")
    dossier = un.creer(NADIA)
    demande = un.synchro.guichets.numero_d_exemple(dossier, Auteur(AGENT))["demande"]
    assert demande["numero_unique"].startswith("EXEMPLE1126")
    assert (demande["numero_source"], demande["date_reception"]) == ("Registre d'exemple", "2026-11-22")
    assert un.synchro.guichets.numero_d_exemple(dossier, Auteur(AGENT))["demande"] == demande
    un.tour()
    assert [trouve.dossier for trouve in un.coffre.rechercher(demande["numero_unique"])] == [dossier]
