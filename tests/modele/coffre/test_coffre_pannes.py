"""Les vraies pannes : processus tué, disque plein, fichier lu par un curieux."""

from __future__ import annotations

import errno
import os
import random
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from outils_coffre import AGENT, COUT, MOT_DE_PASSE, RACINE, creer, ouvrir

from modele.coffre import Coffre, fichiers, journaux
from modele.coffre.enveloppes import chemin_du_trousseau
from modele.coffre.fichiers import ecrire_durable, pannes_du_disque
from modele.dossier.operations import rejouer
from modele.droits import Auteur
from modele.regles.fautes import ErreurUtilisateur

_SAISIE = """
import sys
from pathlib import Path
from modele.coffre import Coffre
from modele.droits import Auteur
coffre = Coffre.ouvrir(Path(sys.argv[1]), sys.argv[2])
dossier, rang = coffre.recents(1)[0].dossier, int(sys.argv[3])
while True:
    rang += 1
    coffre.brouillon(dossier, "demandeur.prenoms", f"P{rang}")
    print("brouillon", rang, flush=True)
    coffre.modifier(dossier, {"demandeur.nom": f"N{rang}", "demandeur.prenoms": f"P{rang}"}, Auteur("Agent"))
    print("pose", rang, flush=True)
"""


def _saisir_puis_tuer(chemin: Path, depart: int, lignes: int, attente: float) -> tuple[int, int]:
    """Lance une saisie, la tue d'un SIGKILL ; rend le dernier rang posé et le dernier brouillon avoués durables."""
    saisie = subprocess.Popen(
        [sys.executable, "-c", _SAISIE, str(chemin), MOT_DE_PASSE, str(depart)],
        cwd=RACINE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert saisie.stdout is not None
    avoues = {"pose": depart, "brouillon": depart}
    for _ in range(lignes):
        geste, rang = saisie.stdout.readline().split()
        avoues[geste] = int(rang)
    time.sleep(attente)
    saisie.kill()
    for ligne in saisie.stdout.read().splitlines():
        # La dernière ligne peut être coupée par la mort.
        if complete := re.fullmatch(r"(pose|brouillon) (\d+)", ligne):
            avoues[complete[1]] = int(complete[2])
    saisie.stdout.close()
    saisie.wait()
    return avoues["pose"], avoues["brouillon"]


def _exiger_intact(coffre: Coffre, pose: int, brouillon: int) -> int:
    """Rien d'avoué n'est perdu, la base est intègre ; rend le dernier rang posé."""
    with coffre._base.lecture() as connexion:
        assert connexion.exec_driver_sql("PRAGMA integrity_check").scalars().all() == ["ok"]
        assert connexion.exec_driver_sql("PRAGMA cipher_integrity_check").all() == []
        assert connexion.exec_driver_sql("PRAGMA foreign_key_check").all() == []
    assert coffre.verifier_chaine() == []
    (recent,) = coffre.recents(1)
    document = coffre.lire(recent.dossier)
    assert document == rejouer(coffre.operations(recent.dossier))
    trouve = int(document["demandeur"]["nom"][1:])
    assert document["demandeur"]["prenoms"] == f"P{trouve}", "les deux champs d'une modification vont ensemble"
    # La modification en cours à la mort a pu s'écrire sans être avouée ; jamais l'inverse.
    assert pose <= trouve <= pose + 1
    en_cours = [int(un.texte[1:]) for un in coffre.brouillons(recent.dossier)]
    assert en_cours == [] or en_cours[0] == trouve + 1
    assert brouillon <= trouve or en_cours == [brouillon]
    return trouve


def _morts(chemin: Path, nombre: int) -> None:
    coffre, _ = creer(chemin)
    coffre.creer_dossier({"demandeur": {"nom": "N0", "prenoms": "P0"}}, Auteur(AGENT))
    coffre.fermer()
    hasard, dernier = random.Random(nombre), 0
    for _ in range(nombre):
        pose, brouillon = _saisir_puis_tuer(chemin, dernier, hasard.randrange(1, 12), hasard.random() * 0.02)
        survivant = ouvrir(chemin)
        dernier = _exiger_intact(survivant, pose, brouillon)
        survivant.fermer()
    assert dernier >= nombre // 2, "la saisie avance d'une mort à l'autre"


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
def test_dix_morts_ne_perdent_que_le_champ_en_cours(chemin: Path) -> None:
    """Dix SIGKILL en pleine saisie : tout ce qui était dit enregistré est là."""
    _morts(chemin, 10)


@pytest.mark.campagne
def test_cent_morts(chemin: Path) -> None:
    """La même épreuve, cent fois."""
    _morts(chemin, 100)


@pytest.fixture
def petit_disque(tmp_path: Path) -> Iterator[Path]:
    """Un vrai disque de deux mégaoctets."""
    point = tmp_path / "petit"
    point.mkdir()
    monte = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "aucun", point], capture_output=True, check=False)
    if monte.returncode:
        pytest.skip("monter un disque demande des droits d'administrateur")
    yield point
    subprocess.run(["umount", point], check=True)


def test_disque_plein_dit_puis_reprend(petit_disque: Path) -> None:
    """Le disque se remplit en pleine saisie : une phrase, rien d'avoué n'est perdu ; de la place, et tout reprend."""
    lest = petit_disque / "lest"
    lest.write_bytes(bytes(200_000))
    coffre, _ = creer(petit_disque / "c.perron")
    identifiant = coffre.creer_dossier({}, Auteur(AGENT))["id"]
    avoues: list[int] = []

    def saisir() -> None:
        for rang in range(5000):
            coffre.modifier(identifiant, {"demande.precisions": f"{rang} " + "mot " * 500}, Auteur(AGENT))
            avoues.append(rang)

    with pytest.raises(ErreurUtilisateur, match="disque est plein"):
        saisir()
    assert coffre.lire(identifiant)["demande"]["precisions"].split()[0] == str(avoues[-1])
    with pytest.raises(ErreurUtilisateur, match="disque est plein"):
        coffre.brouillon(identifiant, "demande.precisions", "x" * 100_000)
    with pytest.raises(ErreurUtilisateur, match="disque est plein"):
        ecrire_durable(petit_disque / "autre", bytes(3_000_000))
    assert not (petit_disque / "autre").exists()
    assert not (petit_disque / "autre.ecriture").exists()
    lest.unlink()
    coffre.modifier(identifiant, {"demande.precisions": "repris"}, Auteur(AGENT))
    coffre.fermer()
    rouvert = ouvrir(petit_disque / "c.perron")
    assert rouvert.lire(identifiant)["demande"]["precisions"] == "repris"
    assert rouvert.verifier_chaine() == []
    rouvert.fermer()


def test_creation_sur_disque_plein_ne_laisse_pas_un_demi_coffre(petit_disque: Path) -> None:
    """Faute de place, ni coffre ni base inachevée ne restent."""
    (petit_disque / "lest").write_bytes(bytes(2_000_000))
    with pytest.raises(ErreurUtilisateur, match="disque est plein"):
        creer(petit_disque / "c.perron")
    assert [fichier.name for fichier in petit_disque.iterdir()] == ["lest"]


@pytest.mark.skipif(os.name != "posix", reason="RLIMIT_FSIZE")
def test_ecriture_refusee_par_le_systeme(coffre: Coffre, chemin: Path) -> None:
    """Le système refuse d'agrandir le fichier : une phrase, et le coffre se rouvre intact."""
    programme = (
        "import resource, signal, sys\nfrom pathlib import Path\nfrom modele.coffre import Coffre\n"
        "from modele.droits import Auteur\n"
        "coffre = Coffre.ouvrir(Path(sys.argv[1]), sys.argv[2])\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))\n"
        "try:\n    coffre.importer(({'demandeur': {'nom': f'N{r}' * 50}} for r in range(5000)), Auteur('Agent'))\n"
        "except Exception as erreur:\n    print(type(erreur).__name__, erreur)\n"
    )
    sortie = subprocess.run(
        [sys.executable, "-c", programme, str(chemin), MOT_DE_PASSE],
        cwd=RACINE,
        capture_output=True,
        text=True,
        check=True,
    )
    assert re.match("ErreurUtilisateur .*(disque est plein|n'a pas pu écrire)", sortie.stdout), sortie
    assert coffre.verifier_chaine() == []
    assert coffre.compter() % 500 == 0


def test_aucun_nom_en_clair(chemin: Path) -> None:
    """Ni la base, ni son journal, ni les clés ne laissent lire un nom, un brouillon ou une adresse."""
    coffre, _ = creer(chemin)
    identifiant = coffre.creer_dossier(
        {"demandeur": {"nom": "Zyxwvutsrq"}, "contact": {"telephone": "0698765432"}}, Auteur(AGENT)
    )
    coffre.brouillon(identifiant["id"], "contact.adresse_courrier", "impasse Secretissime")

    def tout() -> bytes:
        return b"".join(fichier.read_bytes() for fichier in chemin.parent.iterdir()).lower()

    for ouvert in (True, False):
        octets = tout()
        for mot in (b"zyxwv", b"98765432", b"secretissime", b"metropole-exemple", b"sqlite format"):
            assert mot not in octets, (mot, ouvert)
        coffre.fermer()


def test_ecriture_coupee_garde_l_ancien(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Si le remplacement échoue, l'ancien fichier de clés est intact et le temporaire effacé."""
    cible = tmp_path / "cles"
    ecrire_durable(cible, b"ancien")

    def en_panne(_source: Path, _destination: Path) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(fichiers, "remplacer", en_panne)
    with pytest.raises(ErreurUtilisateur, match="ni lu ni écrit"):
        ecrire_durable(cible, b"nouveau")
    assert cible.read_bytes() == b"ancien"
    assert list(tmp_path.iterdir()) == [cible]


@pytest.mark.parametrize(
    ("numero", "phrase"),
    [
        (errno.ENOSPC, "disque est plein"),
        (errno.ENOENT, "introuvable"),
        (errno.EACCES, "pas le droit"),
        (errno.EROFS, "lecture seule"),
        (None, "ni lu ni écrit"),
    ],
)
def test_chaque_panne_du_disque_a_sa_phrase(numero: int | None, phrase: str) -> None:
    """Le code d'erreur du système devient une phrase qui nomme le fichier."""
    with pytest.raises(ErreurUtilisateur, match=phrase) as levee, pannes_du_disque(Path("x.perron")):
        raise OSError(numero, "cause") if numero else OSError("cause")
    assert "x.perron" in str(levee.value)


def test_sous_windows_pas_de_fsync_de_dossier(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Là où un dossier ne s'ouvre pas, le remplacement se fait quand même."""
    source = tmp_path / "a"
    source.write_bytes(b"x")
    monkeypatch.setattr(fichiers.os, "name", "nt")
    fichiers.remplacer(source, tmp_path / "b")
    assert (tmp_path / "b").read_bytes() == b"x"


def test_journal_d_acces_impossible_le_coffre_se_referme(
    coffre: Coffre, chemin: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Si l'ouverture ne peut pas se noter, elle n'a pas lieu : la connexion est rendue."""

    def en_panne(*_: object) -> None:
        raise ErreurUtilisateur("plein")

    monkeypatch.setattr(journaux, "noter", en_panne)
    with pytest.raises(ErreurUtilisateur, match="plein"):
        Coffre.ouvrir(chemin, MOT_DE_PASSE, cout=COUT)
    assert chemin_du_trousseau(chemin).exists()
