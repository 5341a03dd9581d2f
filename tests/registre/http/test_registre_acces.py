"""Entrer par HTTP, du code au jeton, et ce qui n'entre pas : chaque refus a son statut, son code et sa phrase."""

from __future__ import annotations

import socket
from datetime import timedelta
from urllib.parse import urlsplit

import httpx
import pytest
from outils_http import Servi
from outils_registre import AILLEURS, DEPART, TERRITOIRE, Horloge, PosteDEssai, code_neuf, enrole, peupler
from sqlalchemy import Engine

from modele.protocole.messages import (
    ENTETE_SCHEMA,
    SCHEMA_COURANT,
    Defi,
    DemandeDeDefi,
    Enrole,
    Jeton,
    Referentiel,
    Refus,
    lire,
    octets,
)
from registre.http.contrat import DEMANDE_AU_PLUS
from registre.service.administration import revoquer
from registre.service.referentiels import publier

LISTE = f"/v1/referentiels?territoire={TERRITOIRE}"


def _refus(reponse: httpx.Response) -> tuple[int, str]:
    refus = lire(reponse.content, Refus)
    assert refus.message.endswith(".")
    return reponse.status_code, refus.code


def test_du_code_au_jeton_puis_a_la_premiere_lecture(
    serveur: Servi, client_http: httpx.Client, moteur: Engine, territoire: str
) -> None:
    poste = PosteDEssai()
    publier(moteur, TERRITOIRE, "grille", b"contenu", DEPART)
    demande = octets(poste.demande(code_neuf(moteur, poste)))
    entre = lire(client_http.post("/v1/enrolement", content=demande).content, Enrole)
    assert (entre.territoire, entre.guichet, entre.instant) == (TERRITOIRE, poste.guichet, DEPART)
    defi = lire(client_http.post("/v1/defi", content=octets(DemandeDeDefi(TERRITOIRE, poste.id))).content, Defi)
    jeton = lire(client_http.post("/v1/jeton", content=octets(poste.reponse(defi.defi))).content, Jeton)
    with serveur.client(jeton.jeton) as client:
        (publie,) = lire(client.get(LISTE).content, list[Referentiel])
        assert client.get(f"/v1/referentiels/{publie.nom}/{publie.version}").content == b"contenu"


def test_un_defi_rejoue_est_refuse(client_http: httpx.Client, poste_enrole: PosteDEssai) -> None:
    demande = octets(DemandeDeDefi(TERRITOIRE, poste_enrole.id))
    defi = lire(client_http.post("/v1/defi", content=demande).content, Defi)
    reponse = octets(poste_enrole.reponse(defi.defi))
    assert client_http.post("/v1/jeton", content=reponse).status_code == 200
    assert _refus(client_http.post("/v1/jeton", content=reponse)) == (401, "defi_deja_servi")


@pytest.mark.parametrize(
    "entetes", [{}, {"Authorization": "Basic eDp4"}, {"Authorization": "Bearer"}, {"Authorization": "x"}]
)
def test_sans_jeton_rien_ne_se_lit(client_http: httpx.Client, territoire: str, entetes: dict[str, str]) -> None:
    reponse = client_http.get(LISTE, headers=entetes)
    assert _refus(reponse) == (401, "jeton_absent")
    assert reponse.headers["WWW-Authenticate"] == "Bearer"


def test_un_jeton_inconnu_ou_echu_ne_lit_rien(serveur: Servi, client_du_poste: httpx.Client, horloge: Horloge) -> None:
    with serveur.client(f"{TERRITOIRE}.inconnu") as inconnu:
        assert _refus(inconnu.get(LISTE)) == (401, "jeton_inconnu")
    assert client_du_poste.get(LISTE).status_code == 200
    horloge.avancer(timedelta(minutes=10))
    assert _refus(client_du_poste.get(LISTE)) == (401, "jeton_echu")


def test_un_poste_revoque_ne_lit_plus_rien(
    client_du_poste: httpx.Client, moteur: Engine, poste_enrole: PosteDEssai
) -> None:
    revoquer(moteur, TERRITOIRE, poste_enrole.id, DEPART)
    assert _refus(client_du_poste.get(LISTE)) == (403, "poste_revoque")


def test_un_autre_territoire_est_refuse_meme_avec_un_bon_jeton(
    serveur: Servi, client_du_poste: httpx.Client, moteur: Engine
) -> None:
    peupler(moteur, AILLEURS)
    publier(moteur, AILLEURS, "grille", b"d'ailleurs", DEPART)
    assert _refus(client_du_poste.get(f"/v1/referentiels?territoire={AILLEURS}")) == (403, "autre_territoire")
    # La version demandée n'existe que là-bas : ici, elle est inconnue.
    assert _refus(client_du_poste.get("/v1/referentiels/grille/1")) == (404, "referentiel_inconnu")
    voisin = enrole(moteur, PosteDEssai(territoire=AILLEURS))
    with serveur.client(voisin.jeton(moteur)) as client:
        assert client.get("/v1/referentiels/grille/1").content == b"d'ailleurs"


@pytest.mark.parametrize(
    ("schema", "attendu"),
    [
        (SCHEMA_COURANT + 1, (426, "schema_recent")),
        ("", (422, "parametres_invalides")),
        ("un", (422, "parametres_invalides")),
        (0, (422, "parametres_invalides")),
    ],
)
def test_un_schema_que_le_registre_ne_parle_pas_est_refuse(
    client_du_poste: httpx.Client, schema: object, attendu: tuple[int, str]
) -> None:
    assert _refus(client_du_poste.get(LISTE, headers={ENTETE_SCHEMA: str(schema)})) == attendu


def test_un_schema_trop_ancien_demande_la_mise_a_jour(
    client_du_poste: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("registre.http.securite.SCHEMA_COURANT", SCHEMA_COURANT + 2)
    monkeypatch.setattr("registre.http.securite.SCHEMAS", {SCHEMA_COURANT + 1, SCHEMA_COURANT + 2})
    reponse = client_du_poste.get(LISTE)
    assert _refus(reponse) == (426, "schema_ancien")
    assert "rien de ce qui attend n'est perdu" in reponse.json()["message"]


@pytest.mark.parametrize(
    ("corps", "code"),
    [
        (b"", "corps_invalide"),
        (b"{", "corps_invalide"),
        (b"[]", "corps_invalide"),
        (b'{"territoire": 1, "poste": "p"}', "corps_invalide"),
        (b'{"territoire": "t"}', "corps_invalide"),
        (b'{"territoire": "\\u0000", "poste": "p"}', "valeur_refusee"),
        (b'{"territoire": "\\ud800", "poste": "p"}', "corps_invalide"),
        (b"\xff", "corps_invalide"),
    ],
)
def test_un_corps_illisible_est_refuse_en_francais(client_http: httpx.Client, corps: bytes, code: str) -> None:
    assert _refus(client_http.post("/v1/defi", content=corps)) == (422, code)


def test_la_phrase_dit_ou_le_corps_ne_va_pas(client_http: httpx.Client) -> None:
    reponse = client_http.post("/v1/defi", content=b'{"territoire": 1, "poste": "p"}')
    assert reponse.json()["message"] == "La demande n'a pas la forme attendue ($.territoire)."


def test_un_corps_trop_grand_est_refuse_sans_etre_lu(
    client_http: httpx.Client, client_du_poste: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("registre.http.contrat.CORPS_AU_PLUS", 1000)
    assert _refus(client_http.post("/v1/defi", content=b"x" * (DEMANDE_AU_PLUS + 1))) == (413, "corps_trop_grand")
    assert _refus(client_du_poste.post("/v1/doublons", content=b"x" * 1001)) == (413, "corps_trop_grand")


@pytest.mark.parametrize("route", ["/v1/enrolement", "/v1/defi", "/v1/jeton"])
def test_qui_ne_s_est_pas_fait_reconnaitre_n_envoie_que_peu(client_http: httpx.Client, route: str) -> None:
    """Sans jeton, seize mébioctets par connexion rempliraient la mémoire du registre."""
    assert _refus(client_http.post(route, content=b"x" * (DEMANDE_AU_PLUS + 1))) == (413, "corps_trop_grand")


def test_un_corps_qui_se_tait_rend_sa_place(serveur: Servi, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("registre.http.contrat.SILENCE_S", 0.05)
    adresse = urlsplit(serveur.adresse)
    with socket.create_connection((adresse.hostname or "", adresse.port or 0), timeout=10) as prise:
        entetes = (
            f"POST /v1/defi HTTP/1.1\r\nHost: x\r\n{ENTETE_SCHEMA}: {SCHEMA_COURANT}\r\nContent-Length: 900\r\n\r\n"
        )
        prise.sendall(entetes.encode() + b'{"territoire":')
        recu = b"".join(iter(lambda: prise.recv(4096), b""))
    assert recu.startswith(b"HTTP/1.1 503")
    assert b"corps_coupe" in recu


def test_une_adresse_ou_une_methode_inconnue_se_dit(client_http: httpx.Client) -> None:
    assert _refus(client_http.get("/v1/rien")) == (404, "route_inconnue")
    reponse = client_http.delete("/v1/defi")
    assert _refus(reponse) == (405, "methode_refusee")
    assert reponse.headers["Allow"] == "POST"


def test_qui_a_lu_un_dossier_ne_se_demande_que_si_on_le_tient(client_du_poste: httpx.Client) -> None:
    reponse = client_du_poste.get("/v1/consultations", params={"dossier": "d", "agent": "Anne"})
    assert _refus(reponse) == (404, "dossier_inconnu")
    nul = client_du_poste.get("/v1/consultations", params={"dossier": "d", "agent": "\0"})
    assert _refus(nul) == (422, "parametres_invalides")
