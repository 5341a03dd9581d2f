"""Envoyer et relire par HTTP : un aller-retour entier, et la matrice des refus, appel par appel."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import httpx
import pytest
from msgspec import Struct
from outils_http import Servi
from outils_operations import BENALI, Saisie, identifiant
from outils_registre import AILLEURS, ANNEXE, DEPART, TERRITOIRE, Horloge, PosteDEssai, enrole, peupler
from sqlalchemy import Engine

from modele.dossier.codes import nouveau_code_secours, reference_courte
from modele.dossier.operations import ChampPose
from modele.fusion import Issue, document, relire_etat
from modele.protocole.empreintes import empreinte_du_perimetre
from modele.protocole.messages import (
    ENTETE_SCHEMA,
    SCHEMA_COURANT,
    DemandeDeNumero,
    Ecart,
    Effet,
    Empreinte,
    Journal,
    LotDOperations,
    MiroirPropose,
    Numero,
    Ouverture,
    Paquet,
    PartDeCopie,
    PartGardee,
    PersonneCherchee,
    RecuDePaquet,
    Recus,
    RecuSigne,
    Refus,
    Reprise,
    Sortie,
    lire,
    octets,
)
from modele.protocole.scellement import desceller, sceller
from registre.http import routes_dossiers, routes_operations
from registre.service.administration import revoquer
from registre.service.purge import purger
from registre.service.titres import Sceau, Titre

NOM, NAISSANCE, TELEPHONE, MARQUE = "ZYRTAN", "1971-07-19", "+33639980777", "MARQUE"
CONTENU = {
    "demandeur": {"nom": NOM, "prenoms": "Nadia", "date_naissance": NAISSANCE},
    "contact": {"telephone": TELEPHONE, "langue": MARQUE},
    "demande": {"numero_unique": "0311234"},
}


@pytest.fixture
def saisie(moteur: Engine, poste_enrole: PosteDEssai) -> Saisie:
    return Saisie(poste_enrole, moteur)


def _poster(client: httpx.Client, chemin: str, message: Struct) -> httpx.Response:
    return client.post(chemin, content=octets(message))


def test_un_poste_d_avant_continue_d_envoyer_et_n_entend_parler_que_de_dossiers(
    client_du_poste: httpx.Client, saisie: Saisie
) -> None:
    """Il parle le schéma 1 : ses opérations disent un agent, sans rôle ; il ne connaît aucun autre genre."""
    dossier = saisie.nouveau()
    saisie.recu(saisie.rattacher(dossier, {"objet": "Bilan"}))
    creation = saisie.creer()
    ancienne = saisie.operation(dossier, {"contact.langue": ChampPose(apres="ar")}, auteur=None, agent="Nora")
    client_du_poste.headers[ENTETE_SCHEMA] = "1"
    recus = lire(_poster(client_du_poste, "/v1/operations", saisie.lot(creation, ancienne)).content, Recus)
    assert [recu.issue for recu in recus.issues] == [Issue.ACCEPTEE, Issue.ACCEPTEE]
    page = lire(client_du_poste.get(f"/v1/journal?territoire={TERRITOIRE}&forme=2").content, Journal)
    tenus = {entree.dossier: entree.version for entree in page.entrees}
    assert tenus == {dossier: 2, creation.entete.dossier: 1}
    assert {un.agent for entree in page.entrees if entree.etat for un in entree.etat.auteurs.values()} == {
        "agent",
        "Nora",
    }
    empreinte = lire(client_du_poste.get(f"/v1/empreinte?territoire={TERRITOIRE}").content, Empreinte)
    assert (empreinte.nombre, empreinte.empreinte) == (2, empreinte_du_perimetre(tenus))
    client_du_poste.headers[ENTETE_SCHEMA] = str(SCHEMA_COURANT)
    page = lire(client_du_poste.get(f"/v1/journal?territoire={TERRITOIRE}&forme=2").content, Journal)
    assert {entree.etat.genre for entree in page.entrees if entree.etat} == {"dossier", "rendez_vous"}


def test_un_dossier_part_puis_revient_tel_qu_il_est_parti(client_du_poste: httpx.Client, saisie: Saisie) -> None:
    creation = saisie.creer()
    dossier = creation.entete.dossier
    recus = lire(_poster(client_du_poste, "/v1/operations", saisie.lot(creation)).content, Recus)
    assert [(recu.id, recu.issue, recu.version, recu.sequence) for recu in recus.issues] == [
        (creation.entete.id, Issue.ACCEPTEE, 1, 1)
    ]
    # Sans « forme », le registre répond comme à un poste d'une version d'avant : le même état, écrit autrement.
    pages = [
        lire(client_du_poste.get(f"/v1/journal?territoire={TERRITOIRE}{forme}").content, Journal)
        for forme in ("", "&forme=1", "&forme=2")
    ]
    ecrits = [entree.etat for page in pages for entree in page.entrees if entree.etat is not None]
    assert [bool(ecrit.dits) for ecrit in ecrits] == [False, False, True]
    assert [document(relire_etat(ecrit))["demandeur"] for ecrit in ecrits] == [BENALI["demandeur"]] * 3
    page = pages[-1]
    (entree,) = page.entrees
    assert (entree.dossier, entree.sequence, page.jusque, page.reste) == (dossier, 1, 1, False)
    assert page.postes[saisie.poste.id].nom == saisie.poste.nom
    empreinte = lire(client_du_poste.get(f"/v1/empreinte?territoire={TERRITOIRE}").content, Empreinte)
    assert empreinte == Empreinte(1, 1, empreinte_du_perimetre({dossier: 1}), titres=True)


def test_une_reponse_perdue_se_redemande_a_l_identique(client_du_poste: httpx.Client, saisie: Saisie) -> None:
    lot = saisie.lot(saisie.creer(), saisie.poser(identifiant(), {"contact.langue": "ar"}))
    premiere, seconde = (_poster(client_du_poste, "/v1/operations", lot) for _ in range(2))
    assert premiere.content == seconde.content
    assert [issue["issue"] for issue in premiere.json()["issues"]] == ["acceptee", "refusee"]


def test_les_deux_409_disent_quoi_faire(client_du_poste: httpx.Client, saisie: Saisie, moteur: Engine) -> None:
    operations = [saisie.creer() for _ in range(3)]
    manque = _poster(client_du_poste, "/v1/operations", saisie.lot(*operations[1:]))
    assert (manque.status_code, lire(manque.content, Refus).code) == (409, "rang_manquant")
    assert lire(manque.content, Refus).attendu == 1
    _poster(client_du_poste, "/v1/operations", saisie.lot(*operations))
    clone = Saisie(saisie.poste, moteur, saisie.epoque)
    nouvelle = _poster(client_du_poste, "/v1/operations", clone.lot(clone.creer()))
    refus = lire(nouvelle.content, Refus)
    assert (nouvelle.status_code, refus.code, refus.epoque) == (409, "epoque_nouvelle", saisie.epoque)
    assert (refus.attendu, refus.tete) == (4, operations[-1].empreinte.hex())


def test_un_curseur_d_une_autre_vie_repart_de_zero(client_du_poste: httpx.Client) -> None:
    reponse = client_du_poste.get(f"/v1/journal?territoire={TERRITOIRE}&poignee=ancienne")
    refus = lire(reponse.content, Refus)
    assert (reponse.status_code, refus.code) == (410, "poignee")
    neuf = client_du_poste.get(f"/v1/journal?territoire={TERRITOIRE}&poignee={refus.poignee}")
    assert lire(neuf.content, Journal).poignee == refus.poignee


def test_les_autres_appels_repondent_ce_qu_ils_publient(
    client_du_poste: httpx.Client, saisie: Saisie, serveur: Servi, moteur: Engine
) -> None:
    dossier = saisie.nouveau()
    annexe = Saisie(enrole(moteur, PosteDEssai("Annexe", guichet=ANNEXE)), moteur)
    numero = _poster(client_du_poste, "/v1/numeros", DemandeDeNumero(dossier, "agent"))
    assert lire(numero.content, Numero) == Numero("EXEMPLE1126000001", DEPART)
    with serveur.client(annexe.poste.jeton(moteur)) as client:
        (candidat,) = _poster(client, "/v1/doublons", PersonneCherchee("BEN ALI", "Nadia", "1984-03-12")).json()
        assert (candidat["dossier"], candidat["tenu_ici"]) == (dossier, False)
        assert lire(_poster(client, "/v1/perimetre", Ouverture(dossier, "ici", "agent")).content, Effet).sequence == 2
        ecart = _poster(client, "/v1/doublons/ecartes", Ecart(dossier, identifiant(), "agent"))
        assert ecart.status_code == 200
        assert lire(_poster(client, "/v1/perimetre/sorties", Sortie(dossier, "agent")).content, Effet).sequence == 3


def test_un_paquet_scelle_passe_par_un_autre_poste(saisie: Saisie, serveur: Servi, moteur: Engine) -> None:
    annexe = enrole(moteur, PosteDEssai("Annexe", guichet=ANNEXE))
    assert saisie.poste.enrole is not None
    paquet = Paquet(TERRITOIRE, saisie.poste.id, 1, saisie.lot(saisie.creer()).operations)
    scelle = sceller(saisie.poste.enrole.scellement_registre, octets(paquet))
    with serveur.client(annexe.jeton(moteur)) as client:
        reponse = client.post("/v1/paquets", content=scelle)
        assert reponse.headers["content-type"] == "application/octet-stream"
        recu = lire(lire(desceller(saisie.poste.cle_scellement, reponse.content), RecuSigne).recu, RecuDePaquet)
        assert recu.recus is not None
        assert recu.recus.issues[0].issue is Issue.ACCEPTEE
        for abime in (b"", scelle[:-1], b"perron paquet 1\n"):
            assert client.post("/v1/paquets", content=abime).status_code == 422


# --- la matrice : chaque appel, par chaque poste qui ne doit rien apprendre ------------------------------------------


@dataclass
class Cible:
    """Un dossier que le demandeur ne tient pas, et de quoi l'attaquer."""

    dossier: str
    attaquant: Saisie


Appel = Callable[[httpx.Client, Cible], httpx.Response]


def _operer(client: httpx.Client, cible: Cible) -> httpx.Response:
    return _poster(client, "/v1/operations", cible.attaquant.lot(cible.attaquant.poser(cible.dossier, {"a.b": 1})))


def _creer(client: httpx.Client, cible: Cible) -> httpx.Response:
    return _poster(client, "/v1/operations", cible.attaquant.lot(cible.attaquant.creer(dossier=cible.dossier)))


def _absorber(client: httpx.Client, cible: Cible) -> httpx.Response:
    sien = cible.attaquant.creer()
    vol = cible.attaquant.poser(sien.entete.dossier, {f"absorbes.{cible.dossier}": "2026"})
    return _poster(client, "/v1/operations", cible.attaquant.lot(sien, vol))


def _journal(client: httpx.Client, cible: Cible) -> httpx.Response:
    return client.get(f"/v1/journal?territoire={cible.attaquant.poste.territoire}")


def _empreinte(client: httpx.Client, cible: Cible) -> httpx.Response:
    return client.get(f"/v1/empreinte?territoire={cible.attaquant.poste.territoire}")


def _consultations(client: httpx.Client, cible: Cible) -> httpx.Response:
    return client.get(f"/v1/consultations?dossier={cible.dossier}&agent=x")


def _doublons(client: httpx.Client, cible: Cible) -> httpx.Response:
    cherchee = PersonneCherchee(NOM, "Nadia", NAISSANCE, TELEPHONE, "0311234", cible.dossier)
    return _poster(client, "/v1/doublons", cherchee)


def _chercher(client: httpx.Client, _: Cible) -> httpx.Response:
    return _poster(client, "/v1/doublons", PersonneCherchee(NOM, "Nadia", NAISSANCE, TELEPHONE, "0311234"))


def _reprendre(client: httpx.Client, cible: Cible) -> httpx.Response:
    """Un titre qu'il s'est fait, scellé d'une clé à lui."""
    sien = cible.attaquant.poste
    poignee = client.get(f"/v1/journal?territoire={sien.territoire}").json().get("poignee", "")
    faux = Titre(sien.territoire, identifiant(), cible.dossier, 99, sien.id, sien.id, sien.guichet, discret=False)
    return _poster(client, "/v1/reprises", Reprise(poignee, [MiroirPropose(Sceau(b"autre").sceller(faux))]))


APPELS: dict[str, Appel] = {
    "operer": _operer,
    "creer": _creer,
    "absorber": _absorber,
    "journal": _journal,
    "empreinte": _empreinte,
    "consultations": _consultations,
    "doublons": _doublons,
    "chercher": _chercher,
    "reprendre": _reprendre,
    "ouvrir": lambda client, cible: _poster(client, "/v1/perimetre", Ouverture(cible.dossier, "voir", "x")),
    "sortir": lambda client, cible: _poster(client, "/v1/perimetre/sorties", Sortie(cible.dossier, "x")),
    "ecarter": lambda client, cible: _poster(client, "/v1/doublons/ecartes", Ecart(cible.dossier, identifiant(), "x")),
    "numeroter": lambda client, cible: _poster(client, "/v1/numeros", DemandeDeNumero(cible.dossier, "x")),
}
REFUSES = {
    "consultations": (404, "dossier_inconnu"),
    "ouvrir": (404, "hors_perimetre"),
    "sortir": (404, "hors_perimetre"),
    "ecarter": (404, "hors_perimetre"),
    "numeroter": (404, "hors_perimetre"),
}


@dataclass
class Matrice:
    """Un dossier discret, un dossier purgé et un identifiant au hasard, devant un poste qui ne tient rien."""

    dossiers: dict[str, str]
    attaquant: Saisie
    client: httpx.Client

    def reponse(self, appel: str, dossier: str) -> tuple[int, Any]:
        """Le statut et le corps, sans ce qui dit l'instant, le dossier demandé ou les siens."""
        attaquant = Saisie(self.attaquant.poste, self.attaquant.moteur)
        recue = APPELS[appel](self.client, Cible(self.dossiers[dossier], attaquant))
        assert not any(secret in recue.text for secret in (NOM, NAISSANCE, TELEPHONE, MARQUE, "0311234"))
        return recue.status_code, _anonyme(recue.json())


def _anonyme(corps: Any) -> Any:
    if isinstance(corps, list):
        return [_anonyme(un) for un in corps]
    if not isinstance(corps, dict):
        return corps
    variables = {"id", "sequence", "jusque", "entrees", "nombre", "empreinte", "postes", "poignee"}
    return {cle: _anonyme(valeur) for cle, valeur in corps.items() if cle not in variables}


@pytest.fixture(params=["annexe", "social de l'annexe", "agent du guichet"])
def matrice(request: pytest.FixtureRequest, saisie: Saisie, serveur: Servi, moteur: Engine) -> Iterator[Matrice]:
    roles = ("agent", "social") if request.param.startswith("social") else ("agent",)
    guichet = saisie.poste.guichet if request.param.endswith("guichet") else ANNEXE
    attaquant = enrole(moteur, PosteDEssai("Curieux", guichet=guichet, roles=roles))
    purge = saisie.nouveau(CONTENU)
    discret = saisie.nouveau({**CONTENU, "protection": {"discret": True}})
    purger(moteur, TERRITOIRE, purge)
    dossiers = {"discret": discret, "purge": purge, "inconnu": identifiant()}
    with serveur.client(attaquant.jeton(moteur)) as client:
        yield Matrice(dossiers, Saisie(attaquant, moteur), client)


def test_un_dossier_discret_ne_se_distingue_pas_d_un_identifiant_au_hasard(matrice: Matrice) -> None:
    for appel in sorted(APPELS.keys() - {"creer"}):
        inconnu = matrice.reponse(appel, "inconnu")
        assert matrice.reponse(appel, "discret") == inconnu, appel
        if matrice.attaquant.poste.guichet == ANNEXE:
            assert matrice.reponse(appel, "purge") == inconnu, appel
        if appel in REFUSES:
            assert (inconnu[0], inconnu[1]["code"]) == REFUSES[appel]
        else:
            assert inconnu[0] == 200, appel
    # Créer par-dessus : l'identifiant est pris, sans dire par quoi.
    statut, corps = matrice.reponse("creer", "discret")
    assert (statut, corps["issues"][0]["code"]) == (200, "hors_perimetre")


def test_un_poste_d_un_autre_territoire_n_atteint_rien_ici(saisie: Saisie, serveur: Servi, moteur: Engine) -> None:
    peupler(moteur, AILLEURS)
    dossier = saisie.nouveau(CONTENU)
    voisin = enrole(moteur, PosteDEssai("Voisin", territoire=AILLEURS))
    with serveur.client(voisin.jeton(moteur)) as client:
        for nom, appel in APPELS.items():
            reponse = appel(client, Cible(dossier, Saisie(voisin, moteur)))
            trouves = [un for un in (NOM, NAISSANCE, TELEPHONE, MARQUE, saisie.poste.id) if un in reponse.text]
            assert (nom, trouves) == (nom, [])
        for chemin in ("journal", "empreinte"):
            refuse = client.get(f"/v1/{chemin}?territoire={TERRITOIRE}")
            assert (refuse.status_code, lire(refuse.content, Refus).code) == (403, "autre_territoire")
    (entree,) = Saisie(saisie.poste, moteur).lire().entrees
    assert (entree.dossier, entree.version) == (dossier, 1)


@pytest.mark.parametrize(
    ("porteur", "attendu"),
    [("absent", (401, "jeton_absent")), ("échu", (401, "jeton_echu")), ("révoqué", (403, "poste_revoque"))],
)
def test_sans_jeton_valable_aucun_appel_ne_repond(
    porteur: str, attendu: tuple[int, str], saisie: Saisie, serveur: Servi, moteur: Engine, horloge: Horloge
) -> None:
    dossier = saisie.nouveau(CONTENU)
    jeton = saisie.poste.jeton(moteur)
    if porteur == "échu":
        horloge.avancer(timedelta(minutes=11))
    elif porteur == "révoqué":
        revoquer(moteur, TERRITOIRE, saisie.poste.id, DEPART)
    appels = {**APPELS, "paquets": lambda client, _: client.post("/v1/paquets", content=b"x")}
    with serveur.client(None if porteur == "absent" else jeton) as client:
        for nom, appel in appels.items():
            reponse = appel(client, Cible(dossier, saisie))
            assert (nom, reponse.status_code, lire(reponse.content, Refus).code) == (nom, *attendu)


def test_les_operations_signees_d_un_autre_ne_se_rejouent_pas(
    client_du_poste: httpx.Client, saisie: Saisie, moteur: Engine
) -> None:
    collegue = Saisie(enrole(moteur, PosteDEssai("Poste 2")), moteur)
    lot = collegue.lot(collegue.creer())
    refus = _poster(client_du_poste, "/v1/operations", lot)
    assert (refus.status_code, lire(refus.content, Refus).code) == (403, "signature_fausse")
    with_autre: LotDOperations = saisie.lot(saisie.creer())
    assert _poster(client_du_poste, "/v1/operations", with_autre).status_code == 200


@pytest.mark.parametrize("corps", [b"", b"{}", b'{"operations": 3}', json.dumps({"operations": [{}]}).encode()])
def test_un_corps_qui_n_est_pas_un_lot_est_refuse(client_du_poste: httpx.Client, corps: bytes) -> None:
    reponse = client_du_poste.post("/v1/operations", content=corps)
    assert (reponse.status_code, lire(reponse.content, Refus).code) == (422, "corps_invalide")


def test_une_part_de_copie_se_depose_et_ne_se_relit_pas(client_du_poste: httpx.Client) -> None:
    part = PartDeCopie(reference_courte("x"), nouveau_code_secours())
    assert lire(_poster(client_du_poste, "/v1/parts", part).content, PartGardee).depuis == DEPART
    assert client_du_poste.get("/v1/parts").status_code == 405
    client_du_poste.headers.pop("Authorization")
    assert _poster(client_du_poste, "/v1/parts", part).status_code == 401


def test_aucune_route_a_jeton_n_echappe_a_la_matrice() -> None:
    routes = {route.path for famille in (routes_operations.routes, routes_dossiers.routes) for route in famille.routes}
    eprouvees = {
        *("/v1/operations", "/v1/journal", "/v1/empreinte", "/v1/doublons", "/v1/doublons/ecartes"),
        *("/v1/perimetre", "/v1/perimetre/sorties", "/v1/numeros", "/v1/paquets", "/v1/reprises"),
        # Il ne lit rien et ne désigne aucun dossier : un poste dépose, sans pouvoir reprendre.
        "/v1/parts",
        # Il ne rend que ce que ce poste a déclaré (``test_registre_comptes``).
        "/v1/comptes",
    }
    assert routes == eprouvees
