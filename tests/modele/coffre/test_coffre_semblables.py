"""Qui est déjà sur ce poste, pendant que l'identité se tape : avec ses raisons, jamais un dossier discret."""

from __future__ import annotations

from outils_coffre import AGENT

from modele.coffre import Coffre
from modele.dossier.chemins import Document
from modele.droits import Auteur

MOI = Auteur(AGENT)
NOM, USAGE, PRENOMS, NEE = "demandeur.nom", "demandeur.nom_usage", "demandeur.prenoms", "demandeur.date_naissance"
AWA: Document = {"demandeur": {"nom": "Traoré", "prenoms": "Awa", "date_naissance": "1990-05-14"}}


def creer(coffre: Coffre, document: Document = AWA) -> str:
    return str(coffre.creer_dossier(document, MOI)["id"])


def de(coffre: Coffre, **tapes: str) -> list[str]:
    noms = {"nom": NOM, "usage": USAGE, "prenoms": PRENOMS, "nee": NEE}
    return [un.dossier for un in coffre.memes.de_la_personne({noms[nom]: tape for nom, tape in tapes.items()})]


def test_avant_que_le_dossier_existe(coffre: Coffre) -> None:
    """Nom et naissance tapés : le candidat et ses raisons, mal écrits compris ; rien n'est gardé."""
    elle = creer(coffre)
    (trouve,) = coffre.memes.de_la_personne({NOM: "traore", PRENOMS: "awa", NEE: "14/05/1990"})
    assert (trouve.dossier, trouve.raisons) == (elle, ("même nom", "même date de naissance"))
    assert de(coffre, nom="Traorre", prenoms="Awa", nee="1990") == [elle]
    assert de(coffre, prenoms="Awa", nee="14/05/1990") == [elle]
    assert coffre.echanges.doublons() == []


def test_une_naissance_seule_ne_designe_personne(coffre: Coffre) -> None:
    """Ni rien de tapé, ni la même date sous un tout autre nom."""
    creer(coffre)
    assert de(coffre) == de(coffre, nee="14/05/1990") == de(coffre, nom=" ") == []
    assert de(coffre, nom="Nguyen", prenoms="Thi", nee="14/05/1990") == []


def test_sous_le_nom_d_usage_aussi(coffre: Coffre) -> None:
    """Le dossier ne sait que l'un de ses deux noms : les taper tous deux ne le perd pas."""
    elle = creer(coffre, {"demandeur": {**AWA["demandeur"], "nom": "Sow"}})
    assert de(coffre, nom="Traoré", usage="Sow", prenoms="Awa", nee="14/05/1990") == [elle]


def test_jamais_un_dossier_discret(coffre: Coffre) -> None:
    """Ni par son nom, ni par sa référence tapée à la place d'un nom."""
    elle = creer(coffre)
    coffre.modifier(elle, {"protection.discret": True}, MOI)
    (reference,) = {un.resume.reference for un in coffre.recents(1)}
    assert coffre.rechercher(reference) != []
    assert de(coffre, nom=reference) == de(coffre, nom="Traoré", prenoms="Awa", nee="14/05/1990") == []


def test_depuis_un_dossier_ce_qui_s_y_tape_compte(coffre: Coffre) -> None:
    """La frappe gardée, puis celle de l'instant ; lui-même ne se propose pas."""
    elle, neuf = creer(coffre), creer(coffre, {})
    assert coffre.memes.du_dossier(neuf) == []
    coffre.brouillon(neuf, NOM, "Traoré")
    coffre.brouillon(neuf, "contact.telephone", "06")
    assert [un.dossier for un in coffre.memes.du_dossier(neuf)] == [elle]
    assert coffre.memes.du_dossier(neuf, {NOM: "Nguyen"}) == []
    assert [un.dossier for un in coffre.memes.du_dossier(elle)] == []


def test_ce_n_est_pas_la_meme_personne_est_retenu_dans_les_deux_sens(coffre: Coffre) -> None:
    """Jamais proposés avant, écartés quand même ; un troisième se propose encore."""
    un, autre, tiers = creer(coffre), creer(coffre), creer(coffre)
    coffre.echanges.ecarter_doublon(un, autre, AGENT)
    assert [trouve.dossier for trouve in coffre.memes.du_dossier(un)] == [tiers]
    assert [trouve.dossier for trouve in coffre.memes.du_dossier(autre)] == [tiers]
    assert {trouve.dossier for trouve in coffre.memes.du_dossier(tiers)} == {un, autre}
