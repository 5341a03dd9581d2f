"""La ligne : chaque panne a sa phrase et sa classe ; le jeton se renouvelle sans qu'on y pense."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx
import pytest
from outils_repondeur import Repondeur, Reponse, port_ferme, repondeur

from modele.protocole import scellement, signatures
from modele.protocole.messages import ENTETE_SCHEMA, SCHEMA_COURANT, Defi, Empreinte, Jeton, Refus, octets
from modele.synchro import ligne
from modele.synchro.cles import Cles
from modele.synchro.empechements import Classe, Empechement
from modele.synchro.ligne import Ligne
from modele.synchro.transport import Transport

HEURE = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
CLES = Cles("poste", signatures.nouvelle_cle_de_signature(), scellement.nouvelle_cle_de_scellement())
EMPREINTE = Empreinte(7, 0, "00")


def _refus(statut: int, code: str, **entetes: str) -> Reponse:
    return Reponse(statut, octets(Refus(code, "dit le registre")), entetes)


@pytest.fixture
def dit() -> Iterator[Repondeur]:
    """Un registre qui donne des jetons et une empreinte."""
    with repondeur() as ouvert:
        ouvert.reponses = {
            "/v1/defi": [Reponse(corps=octets(Defi("defi", HEURE)))],
            "/v1/jeton": [
                Reponse(corps=octets(Jeton("un", 600, HEURE))),
                Reponse(corps=octets(Jeton("deux", 600, HEURE))),
            ],
            "/v1/empreinte": [Reponse(corps=octets(EMPREINTE))],
        }
        yield ouvert


def _chemins(dit: Repondeur) -> list[str]:
    return [chemin.removeprefix("/v1/") for chemin, _ in dit.vues]


def _empeche(adresse: str) -> Empechement:
    with Transport(adresse, "", "t", CLES) as transport, pytest.raises(Empechement) as leve:
        transport.empreinte()
    return leve.value


def test_un_jeton_sert_a_plusieurs_demandes_puis_se_renouvelle(dit: Repondeur) -> None:
    """Demandé une fois, gardé, redemandé avant d'expirer, sans regarder l'heure du poste."""
    secondes = [0.0]
    with Transport(dit.adresse, "", "t", CLES, chrono=lambda: secondes[0]) as transport:
        transport.empreinte()
        secondes[0] = 539
        assert transport.empreinte() == EMPREINTE
        assert _chemins(dit) == ["defi", "jeton", "empreinte", "empreinte"]
        secondes[0] = 541
        transport.empreinte()
    assert _chemins(dit)[4:] == ["defi", "jeton", "empreinte"]
    portes = [entetes["Authorization"] for chemin, entetes in dit.vues if chemin == "/v1/empreinte"]
    assert portes == ["Bearer un", "Bearer un", "Bearer deux"]
    assert all(entetes[ENTETE_SCHEMA] == str(SCHEMA_COURANT) for _, entetes in dit.vues)


@pytest.mark.parametrize("code", ["jeton_inconnu", "jeton_echu"])
def test_jeton_oublie_par_le_registre(dit: Repondeur, code: str) -> None:
    """Le registre ne connaît plus le jeton : un autre, une fois, et la demande passe."""
    dit.reponses["/v1/empreinte"].insert(0, _refus(401, code))
    with Transport(dit.adresse, "", "t", CLES) as transport:
        assert transport.empreinte() == EMPREINTE
    dit.reponses["/v1/empreinte"] = [_refus(401, code)]
    assert _empeche(dit.adresse).classe is Classe.REFUS


def test_ecart_des_horloges(dit: Repondeur) -> None:
    """Mesuré sur la réponse du registre, signe compris."""
    montre = HEURE + timedelta(minutes=7)
    with Transport(dit.adresse, "", "t", CLES, montre=lambda: montre) as transport:
        assert transport.ecart is None
        transport.empreinte()
        assert transport.ecart == timedelta(minutes=7)


@pytest.mark.parametrize(
    ("statut", "code", "classe"),
    [
        (403, "poste_revoque", Classe.REVOQUE),
        (403, "territoire", Classe.REFUS),
        (404, "dossier_inconnu", Classe.REFUS),
        (409, "rang_manquant", Classe.CONFLIT),
        (410, "poignee", Classe.POIGNEE),
        (413, "corps_trop_grand", Classe.ILLISIBLE),
        (422, "lot_illisible", Classe.ILLISIBLE),
        (400, "requete_illisible", Classe.ILLISIBLE),
        (426, "schema_ancien", Classe.TROP_ANCIEN),
        (426, "schema_recent", Classe.OCCUPE),
        (429, "trop_de_requetes", Classe.OCCUPE),
        (500, "erreur_interne", Classe.OCCUPE),
        (503, "base_occupee", Classe.OCCUPE),
    ],
)
def test_chaque_refus_a_sa_classe(dit: Repondeur, statut: int, code: str, classe: Classe) -> None:
    """La phrase est celle du registre ; la classe dit au poste quoi faire."""
    dit.reponses["/v1/empreinte"] = [_refus(statut, code)]
    empechement = _empeche(dit.adresse)
    assert (empechement.classe, str(empechement)) == (classe, "dit le registre")
    assert empechement.refus is not None
    assert empechement.refus.code == code


@pytest.mark.parametrize(("statut", "classe"), [(403, Classe.RESEAU), (502, Classe.RESEAU), (413, Classe.ILLISIBLE)])
def test_reponse_qui_ne_vient_pas_du_registre(dit: Repondeur, statut: int, classe: Classe) -> None:
    """Un portail ou un mandataire répond à sa place : ce n'est jamais un refus du registre."""
    dit.reponses["/v1/empreinte"] = [Reponse(statut, b"<html>", {"Retry-After": "9"})]
    empechement = _empeche(dit.adresse)
    assert (empechement.classe, empechement.refus, empechement.reprendre_dans_s) == (classe, None, 9)
    assert f"statut {statut}" in str(empechement)


@pytest.mark.parametrize(
    ("dit_le_registre", "attendu"),
    [("30", 30), ("0", 0), ("bientôt", 0), ("-5", 0), ("999999999", 86400), ("", 0), ("dans-une-heure", 3600)],
)
def test_retry_after(dit: Repondeur, dit_le_registre: str, attendu: int) -> None:
    """Un nombre de secondes ou une date ; ce qui ne se lit pas ne demande rien ; un jour au plus."""
    if dit_le_registre == "dans-une-heure":
        dit_le_registre = format_datetime(datetime.now(UTC) + timedelta(hours=1))
    entetes = {"Retry-After": dit_le_registre.encode().decode("latin-1")} if dit_le_registre else {}
    dit.reponses["/v1/empreinte"] = [Reponse(503, octets(Refus("base_occupee", "occupée")), entetes)]
    assert _empeche(dit.adresse).reprendre_dans_s == pytest.approx(attendu, abs=60)


def test_registre_plus_ancien_que_le_poste_se_retente_tard(dit: Repondeur) -> None:
    """Il sera mis à jour un jour : inutile de le presser."""
    dit.reponses["/v1/empreinte"] = [_refus(426, "schema_recent")]
    assert _empeche(dit.adresse).reprendre_dans_s == 3600


@pytest.mark.parametrize(
    ("reponse", "phrase"),
    [
        (Reponse(corps=b"<html>"), "ne se lit pas"),
        (Reponse(corps=b'{"sequence": 1}'), "ne se lit pas"),
        (Reponse(corps=b'{"seq', annonce=400), "coupée en route"),
        (Reponse(statut=302, entetes={"Location": "http://portail/"}), "statut 302"),
    ],
)
def test_reponse_tronquee_ou_deguisee(dit: Repondeur, reponse: Reponse, phrase: str) -> None:
    """Un corps coupé, du HTML, une redirection de portail : rien n'est pris pour une réponse."""
    dit.reponses["/v1/empreinte"] = [reponse]
    empechement = _empeche(dit.adresse)
    assert empechement.classe is Classe.RESEAU
    assert phrase in str(empechement)


def test_personne_n_ecoute() -> None:
    """Le registre est éteint, ou l'adresse fausse : la phrase nomme l'adresse."""
    empechement = _empeche(f"http://127.0.0.1:{port_ferme()}")
    assert empechement.classe is Classe.RESEAU
    assert "ne répond pas à 127.0.0.1" in str(empechement)


def test_le_registre_se_tait(dit: Repondeur, monkeypatch: pytest.MonkeyPatch) -> None:
    """Il accepte la connexion et ne dit rien : l'attente est bornée."""
    monkeypatch.setattr(ligne, "_DELAIS", httpx.Timeout(0.05))
    dit.reponses["/v1/empreinte"] = [Reponse(muet=True)]
    empechement = _empeche(dit.adresse)
    assert empechement.classe is Classe.RESEAU
    assert "trop de temps" in str(empechement)


def test_la_connexion_n_aboutit_pas(monkeypatch: pytest.MonkeyPatch) -> None:
    """Une adresse où les paquets se perdent : dite injoignable."""

    def se_perdre(*_: object, **__: object) -> httpx.Response:
        raise httpx.ConnectTimeout("perdu")

    seule = Ligne("http://127.0.0.1:9")
    monkeypatch.setattr(seule._client, "get", se_perdre)
    with pytest.raises(Empechement, match=r"ne répond pas à 127\.0\.0\.1"):
        seule.prendre("/", {}, {})
    seule.fermer()


def test_un_serveur_sans_tls_derriere_une_adresse_tls(dit: Repondeur) -> None:
    """Parler TLS à qui ne le parle pas : injoignable, sans accuser le certificat."""
    empechement = _empeche(dit.adresse.replace("http://", "https://"))
    assert empechement.classe is Classe.RESEAU
    assert "ne répond pas" in str(empechement)
