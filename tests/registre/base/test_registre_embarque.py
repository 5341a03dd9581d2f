"""La grappe embarquée : créée, rejointe, arrêtée par qui la mène ; fermée aux autres comptes de la machine."""

from __future__ import annotations

import os
import re
import shutil
import signal
import stat
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text

from modele.regles.fautes import ErreurUtilisateur
from registre.base import embarque
from registre.base.compte import Compte, sous_root, traversable
from registre.base.embarque import Grappe, dossier_de_donnees
from registre.base.moteur import creer_moteur, lecture
from registre.base.programmes import Programmes, accessibles, executables_livres
from registre.base.verrou import Verrou

PERSONNE = Compte("personne", 4_000_000, 4_000_000)


@pytest.fixture(scope="module")
def racine() -> Iterator[Path]:
    """Un dossier au chemin trop long pour une prise locale."""
    dossier = Path(tempfile.mkdtemp(prefix="perron-essais-")) / ("long" * 20)
    dossier.parent.chmod(0o711)
    yield dossier
    shutil.rmtree(dossier.parent)


@pytest.fixture(scope="module")
def grappe(racine: Path) -> Iterator[Grappe]:
    """Une grappe menée par cette épreuve."""
    menee = Grappe(racine / "données", reglages={"fsync": "off"})
    menee.demarrer()
    yield menee
    menee.arreter()
    menee.arreter()


def test_un_second_programme_la_rejoint_et_ne_l_arrete_pas(grappe: Grappe, racine: Path) -> None:
    seconde = Grappe(racine / "données")
    adresse = seconde.demarrer()
    seconde.arreter()
    moteur = creer_moteur(adresse)
    assert lecture(moteur, lambda c: c.execute(text("SELECT 1")).scalar_one()) == 1
    moteur.dispose()


def test_un_second_registre_qui_la_veut_seul_est_refuse(
    grappe: Grappe, racine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embarque, "_ATTENTE_DU_VERROU_S", 0.0)
    with pytest.raises(ErreurUtilisateur, match="Un registre utilise déjà les données"):
        Grappe(racine / "données").demarrer(seule=True)


def test_sans_le_mot_de_passe_personne_n_entre(grappe: Grappe, racine: Path) -> None:
    adresse = Grappe(racine / "données").demarrer()
    debut, fin = adresse.split("@")
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(f"{debut.rpartition(':')[0]}@{fin}", connect_timeout=5)
    secret = racine / "données" / "mot-de-passe-postgresql"
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    assert stat.S_IMODE((racine / "données" / "postgresql").stat().st_mode) == 0o700


def test_le_journal_de_postgresql_ne_recopie_ni_requete_ni_valeur(grappe: Grappe, racine: Path) -> None:
    moteur = creer_moteur(Grappe(racine / "données").demarrer())
    with moteur.begin() as connexion:
        connexion.execute(text("CREATE TABLE secrets (nom text PRIMARY KEY)"))
        connexion.execute(text("INSERT INTO secrets VALUES ('Durand')"))
    for requete in ("INSERT INTO secrets VALUES ('Durand')", "SELECT 'Durand' FROM nulle_part"):
        with pytest.raises(Exception, match=r"secrets|nulle_part"), moteur.begin() as connexion:
            connexion.execute(text(requete))
    moteur.dispose()
    journal = grappe.journal.read_text(encoding="utf-8")
    assert "secrets_pkey" in journal
    assert "Durand" not in journal


def test_le_journal_de_postgresql_tient_en_sept_fichiers(grappe: Grappe, racine: Path) -> None:
    """Un par jour de la semaine ; celui d'il y a sept jours est remplacé."""
    moteur = creer_moteur(Grappe(racine / "données").demarrer())
    noms = ("logging_collector", "log_rotation_age", "log_truncate_on_rotation", "log_rotation_size", "log_file_mode")
    dits = [lecture(moteur, lambda c, nom=nom: c.execute(text(f"SHOW {nom}")).scalar_one()) for nom in noms]
    assert dits == ["on", "1d", "on", "0", "0600"]
    courant = lecture(moteur, lambda c: c.execute(text("SELECT pg_current_logfile()")).scalar_one())
    moteur.dispose()
    assert re.fullmatch(r"log/postgresql-(Mon|Tue|Wed|Thu|Fri|Sat|Sun)\.log", courant)
    assert grappe.journal == racine / "données" / "postgresql" / courant
    # Ce qui précède l'ouverture de ce journal tient en deux lignes par démarrage.
    assert (racine / "données" / "postgresql.log").stat().st_size < 2000


def test_le_verrou_ne_se_prend_qu_une_fois(tmp_path: Path) -> None:
    premier, second = Verrou(tmp_path / "verrou"), Verrou(tmp_path / "verrou")
    assert premier.prendre()
    assert not second.prendre()
    premier.rendre()
    assert second.prendre()
    second.rendre()


def test_un_dossier_impossible_se_dit(tmp_path: Path) -> None:
    (tmp_path / "fichier").touch()
    with pytest.raises(ErreurUtilisateur, match="Choisissez-en un autre : --donnees"):
        Grappe(tmp_path / "fichier" / "données").demarrer()


@pytest.mark.skipif(not sous_root(), reason="seul root change de compte")
def test_sous_root_un_dossier_ferme_au_compte_de_service_se_dit(tmp_path: Path) -> None:
    (tmp_path / "ferme").mkdir(mode=0o700)
    with pytest.raises(ErreurUtilisateur, match="est fermé au compte « perron-registre »"):
        Grappe(tmp_path / "ferme" / "données").demarrer()
    assert stat.S_IMODE((tmp_path / "ferme").stat().st_mode) == 0o700


def test_des_executables_dans_un_dossier_ferme_se_copient(tmp_path: Path) -> None:
    ferme = tmp_path / "ferme"
    (ferme / "bin").mkdir(parents=True)
    (ferme / "bin" / "postgres").write_text("programme")
    ferme.chmod(0o700)
    assert not traversable(PERSONNE, ferme / "bin")
    copie = accessibles(ferme / "bin", PERSONNE, tmp_path / "données")
    assert (copie / "postgres").read_text() == "programme"
    assert accessibles(ferme / "bin", PERSONNE, tmp_path / "données") == copie
    assert accessibles(ferme / "bin", None, tmp_path / "données") == ferme / "bin"


def test_un_programme_absent_ou_en_echec_se_dit(tmp_path: Path) -> None:
    with pytest.raises(ErreurUtilisateur, match="pg_ctl de PostgreSQL ne se lance pas"):
        Programmes(tmp_path, None, tmp_path).executer("pg_ctl")
    with pytest.raises(ErreurUtilisateur, match="pg_dump de PostgreSQL a échoué"):
        Programmes(executables_livres(), None, tmp_path).executer("pg_dump", "--option-inconnue")


def test_une_grappe_abimee_ne_demarre_pas_et_dit_ou_est_la_cause(racine: Path) -> None:
    (racine / "abimee" / "postgresql").mkdir(parents=True)
    (racine / "abimee" / "postgresql" / "PG_VERSION").write_text("18\n")
    with pytest.raises(ErreurUtilisateur, match=r"la cause est à la fin de .*postgresql\.log"):
        Grappe(racine / "abimee").demarrer()
    libre = Verrou(racine / "abimee" / "verrou")
    assert libre.prendre()
    libre.rendre()


@pytest.fixture
def coupee() -> Iterator[Grappe]:
    """Une grappe dont le registre vient de mourir : son PostgreSQL vit encore, plus personne ne la mène."""
    ou = Path(tempfile.mkdtemp(prefix="perron-coupee-"))
    ou.chmod(0o711)
    grappe = Grappe(ou / "d", reglages={"fsync": "off"})
    grappe.demarrer()
    grappe._verrou.rendre()
    yield grappe
    for pid in _postgresql(ou):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    shutil.rmtree(ou)


def _postgresql(ou: Path) -> list[int]:
    """Le PostgreSQL de ce dossier, puis ses enfants."""
    try:
        maitre = int((ou / "d" / "postgresql" / "postmaster.pid").read_text().splitlines()[0])
        enfants = Path(f"/proc/{maitre}/task/{maitre}/children").read_text().split()
    except OSError:
        return []
    return [maitre, *map(int, enfants)]


def _reveiller(pids: list[int], apres_s: float) -> threading.Timer:
    reveil = threading.Timer(apres_s, lambda: [os.kill(pid, signal.SIGCONT) for pid in pids])
    reveil.start()
    return reveil


@pytest.mark.skipif(sys.platform != "linux", reason="les enfants de PostgreSQL se lisent dans /proc")
def test_un_postgresql_qui_demarre_encore_s_attend(coupee: Grappe) -> None:
    """Le registre est tué pendant que le sien démarre ; relancé aussitôt, il disait « PostgreSQL ne démarre pas »."""
    (maitre, *_) = _postgresql(coupee._donnees.parent)
    os.kill(maitre, signal.SIGSTOP)
    reveil = _reveiller([maitre], 4.5)  # pg_isready attend trois secondes
    seconde = Grappe(coupee._donnees, reglages={"fsync": "off"})
    try:
        assert seconde.demarrer(seule=True)
        assert _postgresql(coupee._donnees.parent)[0] == maitre, "celui qui vivait"
    finally:
        reveil.join()
        seconde.arreter()


@pytest.mark.skipif(sys.platform != "linux", reason="les enfants de PostgreSQL se lisent dans /proc")
def test_les_enfants_d_un_postgresql_mort_s_attendent(coupee: Grappe) -> None:
    """PostgreSQL tué, un de ses enfants tient encore la mémoire partagée : le suivant ne peut pas démarrer."""
    maitre, *enfants = _postgresql(coupee._donnees.parent)
    assert enfants
    os.kill(enfants[0], signal.SIGSTOP)
    os.kill(maitre, signal.SIGKILL)
    reveil = _reveiller(enfants[:1], 1.5)
    seconde = Grappe(coupee._donnees, reglages={"fsync": "off"})
    try:
        assert seconde.demarrer(seule=True)
    finally:
        reveil.join()
        seconde.arreter()


def test_les_donnees_vont_dans_un_dossier_du_systeme_sous_root_et_de_l_utilisateur_sinon(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(embarque, "sous_root", lambda: True)
    assert dossier_de_donnees() == Path("/var/lib/perron-registre")
    monkeypatch.setattr(embarque, "sous_root", lambda: False)
    monkeypatch.setenv("XDG_DATA_HOME", "/ailleurs")
    assert dossier_de_donnees() == Path("/ailleurs/perron-registre")
