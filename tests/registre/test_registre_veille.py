"""Le registre survit à son PostgreSQL : tué, il est relancé ; perdu, le registre sort et le dit ; plein, il le dit."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from outils_petit import Petit, attendre, petit_service, tuer
from outils_registre import DEPART
from sqlalchemy import text

from modele.regles.fautes import ErreurUtilisateur
from registre import tls, veille
from registre.base.compte import sous_root
from registre.base.embarque import Grappe
from registre.base.moteur import creer_moteur, unite_de_travail
from registre.http.metriques import Metriques
from registre.serveur import Certificat
from registre.veille import ATTENTES_S, GardeDeBase, GardeDuCertificat, Veille

pytestmark = pytest.mark.skipif(os.name != "posix", reason="kill -9")


@pytest.fixture
def grappe() -> Iterator[Grappe]:
    """Un PostgreSQL à cette épreuve, dans un dossier au chemin trop long pour une prise locale."""
    racine = Path(tempfile.mkdtemp(prefix="perron-essais-"))
    racine.chmod(0o711)
    menee = Grappe(racine / ("long" * 20), reglages={"fsync": "off"})
    yield menee
    menee.arreter()
    shutil.rmtree(racine)


def _pid(grappe: Grappe) -> int:
    return int((grappe._base / "postmaster.pid").read_text().split()[0])


def test_tue_il_est_relance_la_ou_les_connexions_le_cherchent(grappe: Grappe) -> None:
    moteur = creer_moteur(grappe.demarrer(seule=True))
    unite_de_travail(moteur, lambda c: c.execute(text("CREATE TABLE ecrit (n int)")))
    metriques = Metriques()
    garde = GardeDeBase(grappe, metriques, threading.Event().wait)
    garde()
    assert "redemarrages" not in metriques.texte({})
    unite_de_travail(moteur, lambda c: c.execute(text("INSERT INTO ecrit VALUES (1)")))
    tuer(_pid(grappe))
    attendre(lambda: not grappe.repond())
    garde()
    assert unite_de_travail(moteur, lambda c: c.execute(text("SELECT n FROM ecrit")).scalar_one()) == 1
    assert 'perron_redemarrages_total{issue="relance"} 1' in metriques.texte({})
    moteur.dispose()


def test_qui_ne_se_relance_plus_se_dit_apres_des_essais_comptes(grappe: Grappe) -> None:
    grappe.demarrer(seule=True)
    tuer(_pid(grappe))
    attendre(lambda: not grappe.repond())
    (grappe._base / "global" / "pg_control").unlink()
    attentes: list[float] = []
    garde = GardeDeBase(grappe, Metriques(), lambda s: attentes.append(s) is not None)
    with pytest.raises(ErreurUtilisateur, match=r"ne se relance plus.*postgresql\.log"):
        garde()
    assert attentes == list(ATTENTES_S)


def test_a_l_arret_rien_n_est_relance(grappe: Grappe) -> None:
    grappe.demarrer(seule=True)
    grappe.arreter()
    GardeDeBase(grappe, Metriques(), lambda _: True)()
    grappe.relancer()
    assert not grappe.repond()


def test_la_veille_rend_la_chute_et_survit_a_nos_pannes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(veille, "_TIC_S", 0.01)
    tombee = threading.Event()
    passages: list[int] = []

    def garder() -> None:
        passages.append(1)
        if len(passages) < 3:
            raise ZeroDivisionError
        raise ErreurUtilisateur("tombé")

    with Veille(tombee.set) as tenue:
        assert not tombee.wait(0.05)
    tenue = Veille(tombee.set)
    tenue.confier(garder, 0.0)
    with tenue:
        assert tombee.wait(10)
    assert (str(tenue.chute), len(passages)) == ("tombé", 3)


def test_le_registre_relance_son_postgresql_et_ecrit_de_nouveau() -> None:
    with petit_service() as petit:
        assert petit.demander("/pret")[1]["etat"] == "pret"
        ancien = petit.pid_de_postgresql()
        tuer(ancien)
        attendre(lambda: petit.demander("/pret")[0] == 503)
        assert petit.demander("/sante")[1]["etat"] == "vivant"
        duree = attendre(lambda: petit.demander("/pret")[0] == 200, 40)
        assert duree < 30
        assert petit.pid_de_postgresql() != ancien
        assert 'issue="relance"} 1' in petit.demander("/metriques")[1]
        assert petit.arreter()[0] == 0


def test_le_certificat_se_renouvelle_avant_sa_fin_et_se_recharge_s_il_change(tmp_path: Path) -> None:
    heure = [DEPART]
    fichier = tls.preparer(tmp_path, ["localhost"], DEPART).fichier
    prepares, charges = [], []

    def preparer() -> None:
        prepares.append(1)
        tls.preparer(tmp_path, ["localhost"], heure[0])

    garde = GardeDuCertificat(
        Certificat(fichier, fichier), preparer, lambda certificat: charges.append(certificat.chaine.read_bytes())
    )
    garde()
    assert (prepares, charges) == ([], [])
    garde.forcer()
    garde()
    assert (len(prepares), charges) == (1, [])
    heure[0] += timedelta(days=366)
    garde.forcer()
    garde()
    assert charges == [fichier.read_bytes()]
    # Posé par l'exploitant, ou retiré : vu sans attendre l'heure.
    fichier.unlink()
    garde()
    assert charges[1:] == [fichier.read_bytes()]
    fichier.write_text("abîmé", encoding="utf-8")
    garde()
    assert len(charges) == 2


@pytest.mark.campagne
def test_un_postgresql_perdu_fait_sortir_le_registre_avec_un_code_et_une_phrase() -> None:
    with petit_service() as petit:
        (petit.donnees / "postgresql" / "global" / "pg_control").unlink()
        tuer(petit.pid_de_postgresql())
        assert petit.processus.wait(120) == 2
        assert "PostgreSQL est tombé et ne se relance plus" in petit.traces.read_text().splitlines()[-1]


@pytest.fixture
def disque() -> Iterator[Path]:
    """Un petit disque à remplir."""
    dossier = Path(tempfile.mkdtemp(prefix="perron-essais-"))
    monte = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=200m,mode=755", "tmpfs", str(dossier)], check=False, capture_output=True
    )
    if monte.returncode:
        dossier.rmdir()
        pytest.skip("ce compte ne peut pas monter de disque")
    yield dossier
    subprocess.run(["umount", "-l", str(dossier)], check=True)
    dossier.rmdir()


@pytest.mark.skipif(not sous_root(), reason="seul root monte un disque")
def test_le_disque_plein_se_dit_puis_tout_repart_quand_il_se_libere(disque: Path) -> None:
    donnees = disque / "donnees"
    donnees.mkdir()
    petit = Petit(donnees)
    try:
        assert petit.demander("/pret")[1]["disque_libre"] > 64 * 2**20
        _remplir(disque / "plein")
        attendre(lambda: petit.demander("/pret")[0] == 503)
        etat = petit.demander("/pret")[1]
        assert (etat["etat"], etat["code"], etat["disque_libre"]) == ("pas_pret", "base_pleine", 0)
        assert petit.demander("/sante")[0] == 200
        # PostgreSQL meurt disque plein : il est relancé, et rien n'est prêt pour autant.
        tuer(petit.pid_de_postgresql())
        attendre(lambda: "perron_redemarrages_total" in petit.demander("/metriques")[1])
        assert petit.demander("/pret")[0] == 503
        (disque / "plein").unlink()
        attendre(lambda: petit.demander("/pret")[0] == 200, 60)
    finally:
        petit.fermer()


def _remplir(fichier: Path) -> None:
    with fichier.open("wb", buffering=0) as sortie:
        try:
            while True:
                sortie.write(b"\0" * 2**16)
        except OSError:
            return
