"""Les débits : un seau se remplit avec le temps ; au-delà, 429 et quand revenir."""

from __future__ import annotations

import pytest
from outils_http import servie
from outils_registre import DEPART, TERRITOIRE, Horloge, PosteDEssai, enrole
from sqlalchemy import Engine

from registre.http import limites
from registre.http.application import creer_application
from registre.http.contexte import Registre
from registre.http.limites import Debit, Limites, Places, Seaux

LARGE = Debit(1e6, 1_000_000)


class Temps:
    """Des secondes qu'on avance à la main."""

    def __init__(self) -> None:
        self.s = 0.0

    def __call__(self) -> float:
        """Les secondes."""
        return self.s


def test_un_seau_donne_sa_rafale_puis_son_debit() -> None:
    temps = Temps()
    seaux = Seaux(Debit(2, 3), temps)
    assert [seaux.prendre("a") for _ in range(4)] == [0, 0, 0, 0.5]
    assert seaux.prendre("b") == 0
    temps.s = 0.25
    assert seaux.prendre("a") == 0.25
    temps.s = 0.5
    assert seaux.prendre("a") == 0
    temps.s = 1000
    assert [seaux.prendre("a") for _ in range(4)] == [0, 0, 0, 0.5]


def test_les_seaux_oublies_sont_ceux_qui_ne_retiennent_rien(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limites, "SEAUX_AU_PLUS", 10)
    temps = Temps()
    seaux = Seaux(Debit(1, 1), temps)
    assert seaux.prendre("tenu") == 0
    temps.s = 0.5
    for rang in range(9):
        seaux.prendre(f"plein {rang}")
    temps.s = 0.9
    seaux.prendre("recent")
    assert seaux.prendre("recent") > 0
    assert len(seaux._seaux) <= 10
    for rang in range(1000):
        seaux.prendre(f"adresse {rang}")
    assert len(seaux._seaux) <= 10


def _servi(moteur: Engine, limites: Limites) -> Registre:
    return Registre(moteur, Horloge(), limites)


def test_une_adresse_trop_pressee_recoit_429_et_quand_revenir(moteur: Engine) -> None:
    permises = Limites(adresse=Seaux(Debit(0.4, 2), Temps()), entree=Seaux(LARGE), poste=Seaux(LARGE))
    with servie(creer_application(_servi(moteur, permises))) as servi, servi.client() as client:
        reponses = [client.get("/sante") for _ in range(3)]
    assert [un.status_code for un in reponses] == [200, 200, 429]
    assert reponses[2].headers["Retry-After"] == "3"
    assert reponses[2].json()["code"] == "trop_de_requetes"


def test_un_poste_trop_presse_n_arrete_que_lui(moteur: Engine, poste_enrole: PosteDEssai) -> None:
    permises = Limites(adresse=Seaux(LARGE), entree=Seaux(LARGE), poste=Seaux(Debit(1, 1), Temps()))
    voisin = enrole(moteur, PosteDEssai())
    with servie(creer_application(_servi(moteur, permises))) as servi:
        statuts = []
        for poste in (poste_enrole, poste_enrole, voisin):
            with servi.client(poste.jeton(moteur)) as client:
                statuts.append(client.get("/v1/referentiels", params={"territoire": TERRITOIRE}).status_code)
    assert statuts == [200, 429, 200]


def test_l_entree_a_son_propre_debit(moteur: Engine, territoire: str) -> None:
    permises = Limites(adresse=Seaux(LARGE), entree=Seaux(Debit(1, 2), Temps()), poste=Seaux(LARGE))
    with servie(creer_application(_servi(moteur, permises))) as servi, servi.client() as client:
        statuts = [client.post("/v1/enrolement", content=b"{}").status_code for _ in range(3)]
        assert client.get("/sante").status_code == 200
    assert statuts == [422, 422, 429]


def test_les_debits_par_defaut_laissent_travailler(moteur: Engine) -> None:
    with servie(creer_application(Registre(moteur))) as servi, servi.client() as client:
        assert {client.get("/sante").status_code for _ in range(20)} == {200}


def test_les_places_se_comptent_par_cle_et_se_rendent() -> None:
    places = Places(2)
    with places.tenir("a") as un, places.tenir("a") as deux, places.tenir("a") as trois, places.tenir("b") as autre:
        assert (un, deux, trois, autre) == (True, True, False, True)
    with pytest.raises(ZeroDivisionError), places.tenir("a"):
        raise ZeroDivisionError
    assert places._prises == {}


@pytest.mark.parametrize("route", ["/v1/operations", "/v1/paquets"])
def test_un_poste_ne_prend_pas_toutes_les_connexions_en_poussant_plusieurs_lots(
    moteur: Engine, poste_enrole: PosteDEssai, route: str
) -> None:
    large = Seaux(LARGE)
    limites = Limites(large, large, large, Places(1))
    voisin = enrole(moteur, PosteDEssai())
    corps = b'{"operations":[]}' if route == "/v1/operations" else b"x"
    with (
        servie(creer_application(_servi(moteur, limites))) as servi,
        servi.client(poste_enrole.jeton(moteur, DEPART)) as presse,
        servi.client(voisin.jeton(moteur, DEPART)) as autre,
    ):
        with limites.lots.tenir(f"{TERRITOIRE}/{poste_enrole.id}"):
            statuts = [client.post(route, content=corps).status_code for client in (presse, autre)]
        apres = presse.post(route, content=corps).status_code
    attendu = 200 if route == "/v1/operations" else 422
    assert (statuts, apres) == ([429, attendu], attendu)
