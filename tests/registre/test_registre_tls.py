"""L'autorité locale dure, le certificat du serveur se renouvelle, l'empreinte est celle que le poste vérifie."""

from __future__ import annotations

import hashlib
import socket
import ssl
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from outils_http import PAROLE, servie
from sqlalchemy import Engine

from modele.regles.fautes import ErreurUtilisateur
from registre import tls
from registre.http.application import creer_application
from registre.http.contexte import Registre
from registre.serveur import Certificat

QUAND = datetime(2026, 11, 22, tzinfo=UTC)
NOMS = ["registre.exemple.fr", "10.1.2.3", "localhost", "127.0.0.1"]
AN = timedelta(days=365)


def test_l_autorite_et_le_serveur_restent_les_memes_d_un_demarrage_a_l_autre(tmp_path: Path) -> None:
    premier = tls.preparer(tmp_path, NOMS, QUAND)
    octets = premier.fichier.read_bytes()
    second = tls.preparer(tmp_path, NOMS[1:], QUAND + AN - timedelta(days=1))
    assert second.autorite.empreinte == premier.autorite.empreinte
    assert second.fichier.read_bytes() == octets
    relue = tls.autorite_de(tmp_path)
    assert relue is not None
    assert relue.pem == second.autorite.pem
    for fichier in (tmp_path / "tls").iterdir():
        assert stat.S_IMODE(fichier.stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "tls").stat().st_mode) == 0o700


@pytest.mark.parametrize(("noms", "plus_tard"), [([*NOMS, "10.9.9.9"], timedelta(0)), (NOMS, AN)])
def test_le_certificat_du_serveur_se_renouvelle_sous_la_meme_autorite(
    tmp_path: Path, noms: list[str], plus_tard: timedelta
) -> None:
    premier = tls.preparer(tmp_path, NOMS, QUAND)
    octets = premier.fichier.read_bytes()
    second = tls.preparer(tmp_path, noms, QUAND + plus_tard)
    assert second.fichier.read_bytes() != octets
    assert second.autorite.empreinte == premier.autorite.empreinte


def test_un_serveur_signe_par_une_autorite_d_avant_se_renouvelle(tmp_path: Path) -> None:
    ancien = tls.preparer(tmp_path, NOMS, QUAND).fichier.read_bytes()
    (tmp_path / "tls" / "autorite.pem").unlink()
    assert tls.preparer(tmp_path, NOMS, QUAND).fichier.read_bytes() != ancien


def test_un_poste_qui_a_l_empreinte_verifie_le_registre_et_refuse_un_imposteur(tmp_path: Path, moteur: Engine) -> None:
    vrai = tls.preparer(tmp_path / "vrai", NOMS, datetime.now(UTC))
    faux = tls.preparer(tmp_path / "faux", NOMS, datetime.now(UTC))
    registre = Registre(moteur, autorite=vrai.autorite.public)
    with servie(creer_application(registre), Certificat(vrai.fichier, vrai.fichier)) as servi:
        with httpx.Client(verify=False, trust_env=False) as mefiant:
            pem = mefiant.get(f"{servi.adresse}/v1/autorite").text
        assert hashlib.sha256(ssl.PEM_cert_to_DER_cert(pem)).hexdigest().upper() == vrai.autorite.empreinte
        assert "PRIVATE" not in pem
        for adresse in (servi.adresse, servi.adresse.replace("127.0.0.1", "localhost")):
            with httpx.Client(verify=ssl.create_default_context(cadata=pem), trust_env=False) as sur:
                assert sur.get(f"{adresse}/pret", headers=PAROLE).status_code == 200
        trompe = ssl.create_default_context(cadata=faux.autorite.public.decode())
        with httpx.Client(verify=trompe, trust_env=False) as autre, pytest.raises(httpx.ConnectError):
            autre.get(f"{servi.adresse}/pret")


def test_sans_autorite_locale_la_route_le_dit(client_http: httpx.Client) -> None:
    reponse = client_http.get("/v1/autorite")
    assert (reponse.status_code, reponse.json()["code"]) == (404, "sans_autorite")


def test_l_autorite_suit_la_sauvegarde_sur_une_autre_machine(tmp_path: Path) -> None:
    copie = tmp_path / "s.autorite.pem"
    assert tls.autorite_de(tmp_path / "ancienne") is None
    autorite = tls.preparer(tmp_path / "ancienne", NOMS, QUAND).autorite
    copie.write_bytes(autorite.pem)
    ancienne = autorite.empreinte
    neuve = tmp_path / "neuve"
    assert tls.reprendre_autorite(neuve, copie)
    assert tls.preparer(neuve, NOMS, QUAND).autorite.empreinte == ancienne
    assert tls.reprendre_autorite(neuve, copie)
    assert tls.reprendre_autorite(neuve, tmp_path / "sans copie")


def test_une_autre_autorite_deja_la_ne_se_remplace_que_si_on_le_demande(tmp_path: Path) -> None:
    copie = tmp_path / "s.autorite.pem"
    autorite = tls.preparer(tmp_path / "ancienne", NOMS, QUAND).autorite
    copie.write_bytes(autorite.pem)
    ancienne = autorite.empreinte
    autre = tls.preparer(tmp_path / "autre", NOMS, QUAND).autorite.empreinte
    assert not tls.reprendre_autorite(tmp_path / "autre", copie)
    assert tls.preparer(tmp_path / "autre", NOMS, QUAND).autorite.empreinte == autre
    assert tls.reprendre_autorite(tmp_path / "autre", copie, remplacer=True)
    assert tls.preparer(tmp_path / "autre", NOMS, QUAND).autorite.empreinte == ancienne


def test_une_autorite_abimee_se_dit_et_n_est_pas_refaite(tmp_path: Path) -> None:
    tls.preparer(tmp_path, NOMS, QUAND)
    (tmp_path / "tls" / "autorite.pem").write_text("abîmé", encoding="utf-8")
    with pytest.raises(ErreurUtilisateur, match="Remettez celui de la sauvegarde"):
        tls.preparer(tmp_path, NOMS, QUAND)
    (tmp_path / "fichier").touch()
    with pytest.raises(ErreurUtilisateur, match="écriture impossible"):
        tls.preparer(tmp_path / "fichier", NOMS, QUAND)


def test_les_noms_de_la_machine_valent_tous_dans_un_certificat(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "gethostname", lambda: "n" * 70)
    monkeypatch.setattr(socket, "getfqdn", lambda: "accueil-étage.exemple.fr")
    noms = tls.noms_de_la_machine()
    assert {"localhost", "127.0.0.1", "::1", "accueil-étage.exemple.fr"} <= set(noms)
    assert "n" * 70 not in noms
    assert not tls.nom_valable("")
