"""La connexion : chaque piège déjà payé est rejoué, et son mutant échoue."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
import sqlcipher3.dbapi2
from outils_coffre import AGENT, COUT, MOT_DE_PASSE, RACINE, creer
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.pool import SingletonThreadPool

import modele.coffre
from modele.coffre import Coffre, base
from modele.coffre.base import Base, creer_fichier
from modele.droits import Auteur
from modele.regles.fautes import ErreurUtilisateur

CLE = b"\x07" * 32


def _base(chemin: Path) -> Base:
    creer_fichier(chemin)
    ouverte = Base(chemin, CLE)
    with ouverte.ecriture() as connexion:
        connexion.exec_driver_sql("CREATE TABLE ligne (valeur)")
    return ouverte


@pytest.fixture
def nue(tmp_path: Path) -> Iterator[Base]:
    ouverte = _base(tmp_path / "nue.perron")
    yield ouverte
    ouverte.fermer()


def _valeurs(ouverte: Base) -> list[int]:
    with ouverte.lecture() as connexion:
        return [ligne[0] for ligne in connexion.exec_driver_sql("SELECT valeur FROM ligne ORDER BY 1")]


def _ligne_survit_a_l_annulation_d_une_autre(ouverte: Base) -> bool:
    """Une lecture s'ouvre et s'annule pendant qu'une écriture est en cours, dans le même fil."""
    with contextlib.suppress(DBAPIError), ouverte.ecriture() as ecrit:
        ecrit.exec_driver_sql("INSERT INTO ligne VALUES (1)")
        with contextlib.suppress(ZeroDivisionError, DBAPIError), ouverte.lecture():
            raise ZeroDivisionError
    return _valeurs(ouverte) == [1]


def test_annulation_d_une_autre_session_ne_perd_pas_ma_ligne(nue: Base) -> None:
    """Chaque transaction a sa connexion."""
    assert _ligne_survit_a_l_annulation_d_une_autre(nue)


def test_mutant_pool_par_fil(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Avec une connexion partagée par fil, la ligne se perd : l'essai ci-dessus voit bien le piège."""
    monkeypatch.setattr(base, "QueuePool", SingletonThreadPool)
    mutante = _base(tmp_path / "mutante.perron")
    assert not _ligne_survit_a_l_annulation_d_une_autre(mutante)
    mutante.fermer()


def _deux_fils_comptent(ouverte: Base) -> tuple[int, list[ErreurUtilisateur]]:
    """Deux fils lisent le plus grand nombre puis écrivent le suivant, vingt fois chacun."""
    erreurs: list[ErreurUtilisateur] = []

    def compter() -> None:
        for _ in range(20):
            try:
                with ouverte.ecriture() as connexion:
                    dernier = connexion.exec_driver_sql("SELECT coalesce(max(valeur), 0) FROM ligne").scalar_one()
                    time.sleep(0.001)
                    connexion.exec_driver_sql("INSERT INTO ligne VALUES (?)", (dernier + 1,))
            except ErreurUtilisateur as erreur:
                erreurs.append(erreur)

    fils = [threading.Thread(target=compter) for _ in range(2)]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()
    return len(set(_valeurs(ouverte))), erreurs


def test_deux_ecritures_attendent_leur_tour(nue: Base) -> None:
    """Deux fils qui lisent puis écrivent ne se coupent pas et ne se marchent pas dessus."""
    assert _deux_fils_comptent(nue) == (40, [])


def test_mutant_begin_simple(nue: Base, monkeypatch: pytest.MonkeyPatch) -> None:
    """Avec un BEGIN simple, l'un des deux est refusé : l'essai ci-dessus voit bien le piège."""

    @contextlib.contextmanager
    def ecriture() -> Iterator[Connection]:
        with nue.lecture() as connexion:
            yield connexion

    monkeypatch.setattr(nue, "ecriture", ecriture)
    nombre, erreurs = _deux_fils_comptent(nue)
    assert erreurs
    assert nombre < 40


def test_reglages_de_chaque_connexion(nue: Base) -> None:
    """WAL, FULL, cinq secondes d'attente, clés étrangères : sur toute connexion du pool."""
    with nue.lecture() as une, nue.lecture() as autre:
        for connexion in (une, autre):
            lus = [
                connexion.exec_driver_sql(f"PRAGMA {nom}").scalar_one()
                for nom in ("journal_mode", "synchronous", "busy_timeout", "foreign_keys")
            ]
            assert lus == ["wal", 2, 5000, 1]


def test_cle_brute_sans_derivation(nue: Base) -> None:
    """La clé entre brute : la même suite prise pour une phrase, qui se dériverait, n'ouvre pas."""
    for cle, ouvre in ((f"\"x'{CLE.hex()}'\"", True), (f"'{CLE.hex()}'", False)):
        with contextlib.closing(sqlcipher3.dbapi2.connect(nue.chemin)) as connexion:
            connexion.execute("PRAGMA cipher_log_level = NONE")
            connexion.execute(f"PRAGMA key = {cle}")
            refus = contextlib.nullcontext() if ouvre else pytest.raises(sqlcipher3.dbapi2.DatabaseError)
            with refus:
                connexion.execute("SELECT * FROM ligne")


def test_mauvaise_cle_ou_fichier_abime_une_phrase(nue: Base, tmp_path: Path) -> None:
    """Une base que la clé n'ouvre pas se dit abîmée, sans trace."""
    autre = Base(nue.chemin, b"\x08" * 32)
    with pytest.raises(ErreurUtilisateur, match="abîmé"), autre.lecture():
        pass
    autre.fermer()


def test_page_retournee_se_voit(chemin: Path) -> None:
    """Un octet changé au milieu du fichier : la lecture refuse au lieu de rendre du faux."""
    coffre, _ = creer(chemin)
    identifiant = coffre.creer_dossier({"demandeur": {"nom": "Fatihi"}}, Auteur(AGENT))["id"]
    coffre.fermer()
    octets = bytearray(chemin.read_bytes())
    for page in range(4096, len(octets), 4096):
        octets[page + 100] ^= 0xFF
    chemin.write_bytes(octets)

    def lire() -> None:
        abime = Coffre.ouvrir(chemin, MOT_DE_PASSE, cout=COUT)
        abime.lire(identifiant)

    with pytest.raises(ErreurUtilisateur, match="abîmé"):
        lire()


@pytest.mark.parametrize("reste", [0, 4096, 4096 * 5])
def test_fichier_tronque_se_voit(chemin: Path, reste: int) -> None:
    """Un fichier coupé, même vidé, ne passe jamais pour un coffre neuf."""
    coffre, _ = creer(chemin)
    coffre.creer_dossier({"demandeur": {"nom": "Fatihi"}}, Auteur(AGENT))
    coffre.fermer()
    chemin.write_bytes(chemin.read_bytes()[:reste])
    with pytest.raises(ErreurUtilisateur, match="abîmé"):
        Coffre.ouvrir(chemin, MOT_DE_PASSE, cout=COUT)


def test_cles_d_un_autre_coffre(chemin: Path, tmp_path: Path) -> None:
    """Le fichier de clés d'un autre coffre : la phrase y fait penser."""
    for un in (chemin, tmp_path / "autre.perron"):
        creer(un)[0].fermer()
    (tmp_path / "autre.perron.cles").replace(tmp_path / "essai.perron.cles")
    with pytest.raises(ErreurUtilisateur, match="n'est pas le sien"):
        Coffre.ouvrir(chemin, MOT_DE_PASSE, cout=COUT)


def test_base_absente_ne_se_recree_pas(tmp_path: Path) -> None:
    """Une base effacée sous l'application est une erreur, pas une base vide de plus."""
    absente = Base(tmp_path / "absente.perron", CLE)
    with pytest.raises(ErreurUtilisateur, match="ne s'ouvre pas"), absente.lecture():
        pass
    assert not (tmp_path / "absente.perron").exists()


def test_base_occupee_une_phrase(nue: Base, monkeypatch: pytest.MonkeyPatch) -> None:
    """Un autre programme garde le verrou plus longtemps que l'attente : une phrase."""
    monkeypatch.setattr(base, "ATTENTE_MS", 20)
    pressee = Base(nue.chemin, CLE)
    with nue.ecriture(), pytest.raises(ErreurUtilisateur, match="occupé"), pressee.ecriture():
        pass
    pressee.fermer()


def test_nos_fautes_ne_se_deguisent_pas(nue: Base) -> None:
    """Une faute de programme garde sa trace : ce n'est pas une erreur de l'agent."""
    with nue.ecriture() as connexion:
        connexion.exec_driver_sql("CREATE UNIQUE INDEX un ON ligne(valeur)")
        connexion.exec_driver_sql("INSERT INTO ligne VALUES (1)")
    with pytest.raises(IntegrityError), nue.ecriture() as connexion:
        connexion.exec_driver_sql("INSERT INTO ligne VALUES (1)")


def test_rien_de_lourd_avant_l_ouverture() -> None:
    """Importer le coffre et demander s'il existe ne charge ni SQLAlchemy, ni SQLCipher, ni Alembic."""
    programme = (
        "import sys; from pathlib import Path; import modele.coffre as c; c.existe(Path('rien'));"
        "print([m for m in ('sqlalchemy', 'sqlcipher3', 'alembic', 'argon2', 'cryptography') if m in sys.modules])"
    )
    sortie = subprocess.run([sys.executable, "-c", programme], cwd=RACINE, capture_output=True, text=True, check=True)
    assert sortie.stdout.strip() == "[]"


def test_le_paquet_ne_donne_que_sa_facade(coffre: Coffre) -> None:
    """``Coffre`` se charge quand on le nomme, rien d'autre ; ouvert, il tient des objets, jamais un module."""
    assert modele.coffre.Coffre is type(coffre)
    with pytest.raises(AttributeError, match="Autre"):
        modele.coffre.Autre  # noqa: B018
    assert [nom for nom, tenu in vars(coffre).items() if isinstance(tenu, ModuleType)] == []


def test_ouvrir_un_coffre_a_jour_ne_charge_pas_alembic(coffre: Coffre, chemin: Path) -> None:
    """Alembic ne se charge que s'il faut migrer, et SQLCipher se tait même sur un fichier abîmé."""
    programme = (
        "import sys; from pathlib import Path; from modele.coffre import Coffre; from modele.coffre.base import Base\n"
        f"Coffre.ouvrir(Path({str(chemin)!r}), {MOT_DE_PASSE!r}).fermer()\n"
        "print('sqlalchemy' in sys.modules, 'alembic' in sys.modules)\n"
        f"base = Base(Path({str(chemin)!r}), bytes(32))\n"
        "try:\n    base.lecture().__enter__()\nexcept Exception as e:\n    print(type(e).__name__)\n"
    )
    sortie = subprocess.run([sys.executable, "-c", programme], cwd=RACINE, capture_output=True, text=True, check=True)
    assert sortie.stdout.split() == ["True", "False", "ErreurUtilisateur"]
    assert sortie.stderr == ""
