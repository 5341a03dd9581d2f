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


def test_ecarte_hors_ligne_le_registre_l_apprend_ensuite(site: Site) -> None:
    """Retenu ici tout de suite ; au tour suivant, le registre le sait et un autre poste ne les rapproche plus."""
    un, autre = site.poste("un"), site.poste("autre")
    premier, second = un.creer(NADIA), un.creer(NADIA)
    un.tour()
    autre.tour()
    un.coupures.avant.append("ecarter")
    un.synchro.doublons.ecarter(premier, second, AGENT)
    assert un.coffre.memes.du_dossier(premier) == un.coffre.memes.du_dossier(second) == []
    assert un.synchro.tour().panne == COUPURE
    assert [(un.a, un.b) for un in un.coffre.echanges.ecarts_a_dire()] == [(premier, second)]
    un.tour()
    assert un.coffre.echanges.ecarts_a_dire() == []
    assert autre.synchro.doublons.chercher(premier, AGENT) == []


def test_un_ecart_que_le_registre_ne_prend_pas_ne_se_redit_pas_sans_fin(site: Site) -> None:
    """Aucun des deux n'est à ce poste : il le retient pour lui, et le tour va au bout."""
    un = site.poste("un")
    inconnu = "01a22a1a-ed44-750f-be89-44403c401063"
    un.coffre.echanges.ecarter_doublon(inconnu, "01a22a1a-ed44-750f-be89-44403c401064", AGENT)
    un.tour()
    assert un.coffre.echanges.ecarts_a_dire() == []


def test_un_ecart_d_un_dossier_devenu_discret_ne_part_pas(site: Site) -> None:
    """Pas même son identifiant."""
    un = site.poste("un")
    premier, second = un.creer(NADIA), un.creer(NADIA)
    un.synchro.doublons.ecarter(premier, second, AGENT)
    un.poser(second, protection__discret=True)
    un.coupures.faits.clear()
    un.tour()
    assert "ecarter" not in un.coupures.faits


def test_reunis_hors_ligne_avec_un_choix_le_registre_suit(site: Site) -> None:
    """L'opération attend, puis le registre fond ; le choix y est déjà tranché, l'autre poste le lit pareil."""
    un, autre = site.poste("un"), site.poste("autre")
    premier = un.creer(NADIA)
    second = un.creer({"demandeur": {**NADIA["demandeur"], "date_naissance": "1984-12-03"}})
    un.tour()
    un.synchro.doublons.fondre(premier, second, Auteur(AGENT), {"demandeur#identite": "absorbe"})
    assert un.coffre.compter() == 2, "relié, c'est le registre qui fond"
    assert [une.absorbe for une in un.coffre.memes.faites(premier)] == [second]
    un.tour()
    autre.tour()
    for poste in (un, autre):
        assert poste.coffre.compter() == 1
        assert poste.coffre.lire(premier)["demandeur"]["date_naissance"] == "1984-12-03"
        assert poste.coffre.echanges.divergences() == []
    assert un.coffre.memes.faites(premier) == []


def test_reunion_annulee_avant_de_partir(site: Site) -> None:
    """Relié mais hors ligne : elle s'annule, et rien n'en part, pas même si le registre demande ce rang."""
    un = site.poste("un")
    premier, second = un.creer(NADIA), un.creer(NADIA)
    un.tour()
    un.synchro.doublons.fondre(premier, second, Auteur(AGENT))
    un.coffre.memes.defaire(premier, second, Auteur(AGENT))
    un.poser(premier, contact__telephone="0612345678")
    un.tour()
    un.tour()
    assert (un.coffre.compter(), un.attente()) == (2, 0)


def test_reunis_sans_registre_puis_relie(site: Site) -> None:
    """Fondus ici bien avant d'avoir un registre : il les fond de même, et ce poste n'y perd rien."""
    un = site.rouvrir(site.coffre_neuf("isole"))
    premier = un.creer(NADIA)
    second = un.creer({**NADIA, "contact": {"telephone": "0612345678"}})
    ecarte = un.creer(NADIA)
    tiers, quart = un.creer(NADIA), un.creer({"demandeur": {"nom": "Sow"}})
    un.synchro.doublons.ecarter(premier, ecarte, AGENT)
    un.synchro.doublons.fondre(premier, second, Auteur(AGENT))
    un.synchro.doublons.fondre(tiers, quart, Auteur(AGENT))
    un.coffre.memes.defaire(tiers, quart, Auteur(AGENT))
    un.poser(premier, contact__courriel="n@example.org")
    avant = un.coffre.lire(premier)
    un.synchro.enroler(site.invitation(), "isole")
    un.tour()
    un.tour()
    apres = un.coffre.lire(premier)
    assert {cle: apres[cle] for cle in ("demandeur", "contact")} == {
        cle: avant[cle] for cle in ("demandeur", "contact")
    }
    assert apres["contact"] == {"telephone": "0612345678", "courriel": "n@example.org"}
    assert (un.coffre.compter(), un.attente(), un.coffre.echanges.divergences()) == (4, 0, [])
    assert un.coffre.echanges.ecarts_a_dire() == []
    autre = site.poste("autre")
    autre.tour()
    assert (autre.coffre.compter(), autre.coffre.lire(premier)["contact"]) == (4, apres["contact"])
