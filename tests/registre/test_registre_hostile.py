"""Un réseau hostile : muettes, gouttes à goutte, en-têtes sans fin ; le registre répond, s'arrête, et écrit peu."""

from __future__ import annotations

import json
import os
import signal
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from outils_http import Servi, servie
from outils_petit import MEFIANT, attendre, petit_service, raccroche
from sqlalchemy import Engine, text

from modele.regles.fautes import ErreurUtilisateur
from registre import connexion, tls
from registre.base.interruption import Occupees
from registre.http.application import creer_application
from registre.http.contexte import Registre
from registre.http.metriques import Metriques
from registre.prises import Portier, Rang
from registre.serveur import Certificat, Serveur, creer_serveur, ouvrir_prise

NOMS = ["localhost", "127.0.0.1"]
pytestmark = pytest.mark.skipif(os.name != "posix", reason="signaux et descripteurs")


@pytest.fixture
def certificat(tmp_path: Path) -> Certificat:
    """Un certificat de l'autorité de l'épreuve."""
    fichier = tls.preparer(tmp_path, NOMS, datetime.now(UTC)).fichier
    return Certificat(fichier, fichier)


@pytest.fixture(params=[True, False], ids=["tls", "clair"])
def assailli(
    request: pytest.FixtureRequest, registre: Registre, certificat: Certificat, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Servi]:
    """Le registre aux délais courts, en TLS et sans."""
    monkeypatch.setattr(connexion, "ENTETE_S", 0.4)
    monkeypatch.setattr(connexion, "RESTE_S", 0.8)
    monkeypatch.setattr(connexion, "LECTURE_S", 0.4)
    monkeypatch.setattr("registre.serveur._ENTRE_DEUX_DEMANDES_S", 0.4)
    monkeypatch.setattr("registre.http.contrat.SILENCE_S", 0.4)
    with servie(creer_application(registre), certificat if request.param else None) as servi:
        yield servi


def _ouvrir(servi: Servi) -> socket.socket:
    prise = socket.create_connection(("127.0.0.1", int(servi.adresse.rpartition(":")[2])), timeout=10)
    return MEFIANT.wrap_socket(prise) if servi.adresse.startswith("https") else prise


DEFI = b"POST /v1/defi HTTP/1.1\r\nHost: x\r\nPerron-Schema: 1\r\nContent-Length: 100000\r\n\r\n"


@pytest.mark.parametrize(
    "dit", [b"", b"GET /sante HTTP/1.1\r\nHost: x\r\nX: ", DEFI + b"{", b"GET /sante HTTP/1.1\r\nHost: x\r\n\r\nGET /s"]
)
def test_qui_ne_finit_pas_sa_demande_est_raccroche(assailli: Servi, dit: bytes) -> None:
    with _ouvrir(assailli) as prise:
        prise.sendall(dit)
        debut = time.monotonic()
        assert raccroche(prise, 5)
        # Un corps coupé reçoit d'abord sa réponse, puis le délai d'un reste.
        assert time.monotonic() - debut < 2.5


@pytest.mark.parametrize("debut", [b"GET /sante HTTP/1.1\r\nHost: x\r\n", DEFI])
def test_le_goutte_a_goutte_ne_prolonge_rien(assailli: Servi, debut: bytes) -> None:
    with _ouvrir(assailli) as prise:
        prise.sendall(debut)
        with pytest.raises(OSError):
            _dire_sans_fin(prise, b"x", 100, 0.05)


def test_un_entete_sans_fin_est_refuse_sans_etre_garde(assailli: Servi) -> None:
    with _ouvrir(assailli) as prise:
        prise.sendall(b"GET /sante HTTP/1.1\r\n")
        with pytest.raises(OSError):
            _dire_sans_fin(prise, b"X-x: %s\r\n" % (b"x" * 1000), 100_000, 0)


def _dire_sans_fin(prise: socket.socket, quoi: bytes, combien: int, rythme_s: float) -> None:
    for _ in range(combien):
        prise.sendall(quoi)
        time.sleep(rythme_s)


def test_qui_ne_lit_pas_sa_reponse_ne_tient_pas_sa_place(assailli: Servi) -> None:
    application, demandee = assailli.application, threading.Event()

    @application.get("/longue")
    def longue() -> str:
        demandee.set()
        return "x" * 30_000_000

    with _ouvrir(assailli) as prise:
        prise.sendall(b"GET /longue HTTP/1.1\r\nHost: x\r\n\r\n")
        assert demandee.wait(30)
        # Lire avant qu'il ait raccroché lui ferait tout envoyer : une machine lente y met plus que son délai.
        attendre(lambda: not assailli.serveur.server_state.connections)
        prise.settimeout(5)
        lu = 0
        try:
            while morceau := prise.recv(1 << 20):
                lu += len(morceau)
        except OSError:
            pass
        assert lu < 30_000_000


def test_qui_lit_lentement_a_sa_reponse_entiere(
    registre: Registre, certificat: Certificat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("registre.serveur._ADIEU_S", 1.5)
    monkeypatch.setattr("registre.serveur._ENTRE_DEUX_DEMANDES_S", 0.5)
    application = creer_application(registre)

    @application.get("/longue")
    def longue() -> str:
        return "x" * 6_000_000

    with servie(application, certificat) as servi, _ouvrir(servi) as prise:
        prise.sendall(b"GET /longue HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        lu = 0
        while morceau := prise.recv(1 << 16):
            lu += len(morceau)
            time.sleep(0.01 if lu < 5_000_000 else 0)
    assert lu > 6_000_000


def test_au_plafond_la_plus_ancienne_muette_cede_sa_place(registre: Registre, certificat: Certificat) -> None:
    portier = Portier(Metriques(), par_adresse=4)
    with _ServiPar(creer_serveur(creer_application(registre), certificat, portier)) as (_, port):
        muettes = [MEFIANT.wrap_socket(socket.create_connection(("127.0.0.1", port))) for _ in range(4)]
        with MEFIANT.wrap_socket(socket.create_connection(("127.0.0.1", port), timeout=5)) as neuve:
            neuve.sendall(b"GET /sante HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            assert neuve.recv(100).startswith(b"HTTP/1.1 200")
        assert raccroche(muettes[0], 2)
        assert not raccroche(muettes[1], 0.2)
        for muette in muettes:
            muette.close()
        attendre(lambda: portier.ouvertes == 0)


def test_un_certificat_neuf_sert_les_connexions_neuves_et_garde_les_autres(
    registre: Registre, certificat: Certificat, tmp_path: Path
) -> None:
    serveur = creer_serveur(creer_application(registre), certificat)
    with _ServiPar(serveur) as (_, port):
        with MEFIANT.wrap_socket(socket.create_connection(("127.0.0.1", port), timeout=5)) as tenue:
            avant = tenue.getpeercert(binary_form=True)
            neuf = tls.preparer(tmp_path, NOMS, datetime.now(UTC) + timedelta(days=400)).fichier
            serveur.recharger(Certificat(neuf, neuf))
            attendre(lambda: _certificat_de(port) != avant)
            tenue.sendall(b"GET /sante HTTP/1.1\r\nHost: x\r\n\r\n")
            assert tenue.recv(100).startswith(b"HTTP/1.1 200")
            servi = _certificat_de(port)
        # Un certificat et une clé qui ne vont pas ensemble : rien ne change.
        autre = tls.preparer(tmp_path / "autre", NOMS, datetime.now(UTC)).fichier
        with pytest.raises(ErreurUtilisateur, match="l'ancien certificat sert encore"):
            serveur.recharger(Certificat(neuf, autre))
        neuf.write_text("abîmé", encoding="utf-8")
        with pytest.raises(ErreurUtilisateur, match="l'ancien certificat sert encore"):
            serveur.recharger(Certificat(neuf, neuf))
        assert _certificat_de(port) == servi


def _certificat_de(port: int) -> bytes | None:
    with MEFIANT.wrap_socket(socket.create_connection(("127.0.0.1", port), timeout=5)) as prise:
        return prise.getpeercert(binary_form=True)


class _ServiPar:
    """Sert dans un fil par ce serveur-là ; rend le serveur et son port."""

    def __init__(self, serveur: Serveur) -> None:
        self._serveur = serveur
        self._prise = ouvrir_prise("127.0.0.1", 0)
        self._fil = threading.Thread(target=serveur.run, kwargs={"sockets": [self._prise]})

    def __enter__(self) -> tuple[Serveur, int]:
        port = self._prise.getsockname()[1]
        self._fil.start()
        attendre(lambda: self._serveur.started)
        return self._serveur, port

    def __exit__(self, *_: object) -> None:
        self._serveur.arreter()
        self._fil.join(30)
        assert not self._fil.is_alive()


def test_a_l_arret_une_requete_qui_attend_un_verrou_est_interrompue(registre: Registre, moteur: Engine) -> None:
    application = creer_application(registre)

    @application.get("/verrou")
    def verrou() -> None:
        with moteur.begin() as connexion_:
            connexion_.execute(text("SELECT pg_sleep(30)"))

    serveur = creer_serveur(application, interrompre=Occupees(moteur).interrompre)
    with _ServiPar(serveur) as (_, port):
        prise = socket.create_connection(("127.0.0.1", port), timeout=10)
        prise.sendall(b"GET /verrou HTTP/1.1\r\nHost: x\r\n\r\n")
        time.sleep(0.5)
        debut = time.monotonic()
    assert time.monotonic() - debut < 4
    prise.close()


def test_mille_connexions_tls_muettes_n_arretent_ni_ne_remplissent_rien() -> None:
    # Moins de descripteurs que de muettes, et une limite souple plus basse encore.
    with petit_service(descripteurs=(256, 700)) as petit:
        with ThreadPoolExecutor(20) as fils:
            muettes = list(fils.map(lambda _: petit.connecter(), range(1000)))
        assert [petit.demander("/sante")[0] for _ in range(5)] == [200] * 5
        assert petit.demander("/pret")[0] == 200
        limites = Path(f"/proc/{petit.processus.pid}/limits")
        if limites.exists():
            assert [ligne.split()[3] for ligne in limites.read_text().splitlines() if "open files" in ligne] == ["700"]
        assert petit.traces.stat().st_size < 20_000
        code, secondes = petit.arreter()
        assert (code, secondes < 5) == (0, True)
        for muette in muettes:
            muette.close()


def test_l_arret_prend_moins_de_cinq_secondes_avec_des_postes_connectes() -> None:
    dits = (b"", b"GET /sante HTTP/1.1\r\nHost: x\r\n\r\n", b"GET /sante HTTP/1.1\r\nX: ", DEFI)
    with petit_service() as petit:
        postes = [petit.connecter() for _ in range(40)]
        for rang, poste in enumerate(postes):
            poste.sendall(dits[rang % len(dits)])
        time.sleep(0.2)
        code, secondes = petit.arreter()
        for poste in postes:
            poste.close()
        assert (code, secondes < 5) == (0, True)
        assert all("panne" not in json.loads(ligne) for ligne in petit.traces.read_text().splitlines())


def test_le_certificat_se_renouvelle_en_marche_au_signal() -> None:
    with petit_service() as petit, petit.connecter() as tenue:
        avant = tenue.getpeercert(binary_form=True)
        # L'exploitant retire le certificat : le registre en refait un sous la même autorité.
        (petit.donnees / "tls" / "serveur.pem").unlink()
        petit.processus.send_signal(signal.SIGHUP)
        attendre(lambda: _certificat_de(petit.port) != avant)
        autorite = tls.autorite_de(petit.donnees)
        assert autorite is not None
        verifiant = ssl.create_default_context(cadata=autorite.public.decode())
        with verifiant.wrap_socket(
            socket.create_connection(("127.0.0.1", petit.port)), server_hostname="127.0.0.1"
        ) as sure:
            assert sure.getpeercert()
        tenue.sendall(b"GET /sante HTTP/1.1\r\nHost: x\r\n\r\n")
        assert tenue.recv(100).startswith(b"HTTP/1.1 200")


def _place(portier: Portier, adresse: str, rang: Rang = Rang.MUETTE) -> list[str]:
    """Entre, et rend ce qui lui arrive."""
    faits: list[str] = []
    place = portier.entrer(adresse, lambda: faits.append("coupée"))
    if place is None:
        faits.append("refusée")
    else:
        place.rang = lambda: rang
    return faits


def test_une_demande_recue_n_est_jamais_coupee_une_muette_l_est_d_abord() -> None:
    portier = Portier(Metriques(), au_total=10, par_adresse=3)
    recue, en_route, muette = (_place(portier, "10.0.0.1", rang) for rang in (Rang.RECUE, Rang.EN_ROUTE, Rang.MUETTE))
    assert _place(portier, "10.0.0.1", Rang.RECUE) == []
    assert (recue, en_route, muette) == ([], [], ["coupée"])
    assert _place(portier, "10.0.0.1", Rang.RECUE) == []
    assert (recue, en_route) == ([], ["coupée"])
    assert _place(portier, "10.0.0.1") == ["refusée"]
    assert _place(portier, "10.0.0.2") == []
    assert portier.ouvertes == 4


def test_au_plafond_de_tous_c_est_l_adresse_qui_en_tient_le_plus_qui_cede() -> None:
    portier = Portier(Metriques(), au_total=4, par_adresse=4)
    poste = _place(portier, "10.0.0.1")
    assaillant = [_place(portier, "10.0.0.2") for _ in range(3)]
    assert _place(portier, "10.0.0.3") == []
    assert (poste, assaillant) == ([], [["coupée"], [], []])


def test_une_adresse_ipv6_se_compte_par_son_prefixe() -> None:
    portier = Portier(Metriques(), par_adresse=1)
    premiere = _place(portier, "2001:db8::1")
    assert _place(portier, "2001:db8:0:0:1::2") == []
    assert premiere == ["coupée"]
    assert _place(portier, "2001:db8:0:1::2") == []
    assert portier.ouvertes == 2
    quatre = _place(portier, "::ffff:10.0.0.1")
    assert _place(portier, "10.0.0.1") == []
    assert quatre == ["coupée"]


def test_une_place_ne_se_rend_qu_une_fois() -> None:
    portier = Portier(Metriques())
    place = portier.entrer("10.0.0.1", lambda: None)
    assert place is not None
    portier.rendre(place)
    portier.rendre(place)
    assert portier.compter() == 0


@pytest.mark.campagne
def test_une_averse_de_connexions_toutes_sortes_laisse_passer_un_poste() -> None:
    with petit_service(descripteurs=(256, 1024)) as petit:
        fini = threading.Event()

        def assaillir(dit: bytes) -> None:
            while not fini.is_set():
                try:
                    prises = [petit.connecter() for _ in range(50)]
                    for prise in prises:
                        prise.sendall(dit)
                    fini.wait(0.5)
                    for prise in prises:
                        prise.close()
                except OSError:
                    continue

        with ThreadPoolExecutor(4) as fils:
            for dit in (b"", b"GET /sante HTTP/1.1\r\nX: ", DEFI, b"n'importe quoi\r\n\r\n"):
                fils.submit(assaillir, dit)
            statuts = []
            arret = time.monotonic() + 60
            while time.monotonic() < arret:
                statuts.append(petit.demander("/sante")[0])
            fini.set()
        assert set(statuts) <= {200, 429}
        assert petit.traces.stat().st_size < 5_000_000
        assert petit.arreter()[1] < 5
