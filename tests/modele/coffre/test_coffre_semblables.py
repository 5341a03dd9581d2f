"""Qui est déjà sur ce poste, pendant que l'identité se tape : avec ses raisons, jamais un dossier discret."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from outils_coffre import AGENT
from outils_personnes import PERSONNES, SUS, Personne, Su

from modele.coffre import Coffre, semblables
from modele.dossier.chemins import ABSENT, Document
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


def test_le_numero_ou_le_telephone_du_dossier_comptent(coffre: Coffre) -> None:
    """Elle s'est mariée : ni le nom ni l'usage ne vont, mais sa naissance et son téléphone, ou son numéro."""
    joindre = {"contact": {"telephone": "0639980101"}, "demande": {"numero_unique": "031052312345600011"}}
    elle = creer(coffre, {**AWA, **joindre})
    for champ in joindre:
        autre = {"nom": "Vasseur", "prenoms": "Odile", "date_naissance": "1990-05-14"}
        neuf = creer(coffre, {"demandeur": autre, champ: joindre[champ]})
        assert [un.dossier for un in coffre.memes.du_dossier(neuf)] == [elle]
        coffre.modifier(neuf, {"demandeur": ABSENT, champ: ABSENT}, MOI)


def test_sans_date_un_autre_prenom_ne_se_propose_pas(coffre: Coffre) -> None:
    """Le second prénom de l'une est le premier de l'autre : sans naissance, deux sœurs ; avec, la même femme."""
    elle = creer(coffre, {"demandeur": {**AWA["demandeur"], "prenoms": "Maty Awa"}})
    assert de(coffre, nom="Traoré", prenoms="Awa") == []
    assert de(coffre, nom="Traoré", prenoms="Maty") == [elle]
    assert de(coffre, nom="Traoré", prenoms="Awa", nee="14/05/1990") == [elle]


def taper(personne: Personne, su: Su) -> dict[str, str]:
    """Ce que l'agent tape de ce dossier dans « Nouvelle demande »."""
    demandeur = personne.document(su)["demandeur"]
    naissance = "/".join(reversed(personne.fiche(su).naissance.split("-")))
    noms = {chemin: str(demandeur.get(chemin.partition(".")[2], "")) for chemin in (NOM, USAGE, PRENOMS)}
    return {**noms, NEE: naissance}


SANS_RIEN: Document = {"demandeur": ABSENT, "contact": ABSENT, "demande": ABSENT}
_DANS_UN_COFFRE = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None
)


def verifier_qu_on_ne_perd_personne(coffre: Coffre, personne: Personne, ici: Su, la: Su, plus: Su) -> None:
    elle, neuf = creer(coffre, personne.document(la)), creer(coffre, {})
    try:
        dites = []
        for su in (ici, ici.sait_au_moins(plus)):
            coffre.modifier(neuf, personne.document(su), MOI)
            proposes = {un.dossier for un in coffre.memes.de_la_personne(taper(personne, su))} - {neuf}
            dites.append((elle in proposes, elle in {un.dossier for un in coffre.memes.du_dossier(neuf)}))
            coffre.modifier(neuf, SANS_RIEN, MOI)
        assert all(apres >= avant for avant, apres in zip(*dites, strict=True)), dites
    finally:
        coffre.modifier(elle, SANS_RIEN, MOI)
        coffre.modifier(neuf, SANS_RIEN, MOI)


@_DANS_UN_COFFRE
@given(PERSONNES, SUS, SUS, SUS)
def test_savoir_plus_ne_retire_jamais_qui_se_propose(
    coffre: Coffre, personne: Personne, ici: Su, la: Su, plus: Su
) -> None:
    """Qui se proposait se propose encore quand l'agent tape plus de vrai, sans dossier ou depuis un dossier."""
    verifier_qu_on_ne_perd_personne(coffre, personne, ici, la, plus)


def test_mutant_un_telephone_change_fait_douter(coffre: Coffre, monkeypatch: pytest.MonkeyPatch) -> None:
    """Si l'on ne cherchait qu'avec les numéros, en savoir un de plus perdrait quelqu'un."""
    complet = semblables._demandes
    monkeypatch.setattr(semblables, "_demandes", lambda personne: complet(personne)[-1:])

    @settings(_DANS_UN_COFFRE, max_examples=400, phases=[Phase.generate], database=None)
    @given(PERSONNES, SUS, SUS, SUS)
    def verifier(personne: Personne, ici: Su, la: Su, plus: Su) -> None:
        verifier_qu_on_ne_perd_personne(coffre, personne, ici, la, plus)

    with pytest.raises(AssertionError):
        verifier()
