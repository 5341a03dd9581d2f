"""Les copies de secours : entières ou absentes, vérifiées, éclaircies, jamais au prix d'une écriture."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from outils_abimes import PAGE, documents, retourner
from outils_coffre import AGENT, COUT, MOT_DE_PASSE, RACINE, creer, ouvrir

from modele.coffre import Coffre, controle, copies, nue, secours
from modele.coffre.controle import examiner
from modele.coffre.copies import CoffreAbime
from modele.coffre.enveloppes import lire_trousseau
from modele.coffre.secours import restaurer, sauvegarder, verifier
from modele.droits import Auteur
from modele.regles.fautes import ErreurUtilisateur

_MIDI = datetime(2026, 11, 29, 12, tzinfo=UTC)


def _remplir(coffre: Coffre, nombre: int = 20) -> None:
    coffre.importer(({"demandeur": {"nom": f"N{rang}"}} for rang in range(nombre)), Auteur(AGENT))


def test_la_copie_du_jour_se_rouvre_et_dit_la_meme_chose(coffre: Coffre, chemin: Path) -> None:
    """Chiffrée, d'une seule pièce, ouverte par le même mot de passe ; une seule par jour."""
    _remplir(coffre)
    assert copies.etat(chemin).derniere is None
    etat = coffre.copier_s_il_le_faut()
    assert (etat.panne, etat.second, etat.derniere_au_second) == ("", "", None)
    (copie,) = copies.lister(copies.dossier_des_copies(chemin))
    assert etat.derniere == copie.le
    assert b"demandeur" not in copie.chemin.read_bytes()
    assert copie.chemin.stat().st_mode & 0o077 == 0
    rouverte = ouvrir(copie.chemin)
    assert documents(rouverte) == documents(coffre)
    rouverte.fermer()
    assert coffre.copier_s_il_le_faut().derniere == copie.le
    assert sorted(un.name for un in copie.chemin.parent.iterdir()) == [copie.chemin.name, f"{copie.chemin.name}.cles"]


def test_ferme_il_ne_se_copie_plus(coffre: Coffre, chemin: Path) -> None:
    """Un travail demandé avant la fermeture arrive après : il n'a plus la clé, et ne fait rien."""
    coffre.fermer()
    assert coffre.copier_s_il_le_faut().derniere is None


def test_une_copie_n_arrete_pas_les_ecritures(coffre: Coffre, chemin: Path) -> None:
    """On écrit pendant toute la copie : rien n'attend, rien ne manque, la copie est une vue d'un seul instant."""
    _remplir(coffre, 3000)
    cible, ecrites, fini = coffre.recents(1)[0].dossier, [0], threading.Event()

    def ecrire() -> None:
        while not fini.is_set():
            coffre.modifier(cible, {"demandeur.prenoms": f"P{ecrites[0]}"}, Auteur(AGENT))
            ecrites[0] += 1

    fil = threading.Thread(target=ecrire)
    fil.start()
    while not ecrites[0]:
        time.sleep(0.01)
    avant = ecrites[0]
    coffre.copier_s_il_le_faut()
    pendant = ecrites[0] - avant
    fini.set()
    fil.join()
    assert pendant > 3
    (copie,) = copies.lister(copies.dossier_des_copies(chemin))
    rouverte = ouvrir(copie.chemin)
    assert (rouverte.verifier_chaine(), rouverte.compter()) == ([], 3000)
    rouverte.fermer()


_COPIER = """
import sys
from pathlib import Path
from modele.coffre import Coffre
coffre = Coffre.ouvrir(Path(sys.argv[1]), sys.argv[2])
print("pret", flush=True)
coffre.copier_s_il_le_faut()
print("faite", flush=True)
sys.stdin.read()
"""


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
def test_tue_pendant_la_copie(coffre: Coffre, chemin: Path) -> None:
    """SIGKILL à un instant tiré : aucune demi-copie n'a de nom, et la suivante balaie ce qui restait."""
    _remplir(coffre, 2500)
    hasard = random.Random(5)
    for _ in range(4):
        copieur = subprocess.Popen(
            [sys.executable, "-c", _COPIER, str(chemin), MOT_DE_PASSE],
            cwd=RACINE,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert copieur.stdout is not None
        assert copieur.stdin is not None
        assert copieur.stdout.readline() == "pret\n"
        time.sleep(hasard.random() * 0.25)
        copieur.kill()
        copieur.wait()
        copieur.stdout.close()
        copieur.stdin.close()
        for copie in copies.lister(copies.dossier_des_copies(chemin)):
            assert examiner(copie.chemin, coffre._cle, arbre=True).sain
            copie.chemin.unlink()
    coffre.copier_s_il_le_faut()
    assert len(list(copies.dossier_des_copies(chemin).iterdir())) == 2
    assert coffre.verifier_chaine() == []


@pytest.fixture
def petit_disque(tmp_path: Path) -> Iterator[Path]:
    """Un vrai disque de deux mégaoctets, ailleurs que le coffre."""
    point = tmp_path.parent / f"{tmp_path.name}-petit"
    point.mkdir()
    monte = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "aucun", point], capture_output=True, check=False)
    if monte.returncode:
        pytest.skip("monter un disque demande des droits d'administrateur")
    yield point
    subprocess.run(["umount", point], check=True)


def test_disque_plein_pendant_la_copie(coffre: Coffre, chemin: Path, petit_disque: Path) -> None:
    """Une phrase ; ce qui portait déjà ce nom est intact, rien de plus n'est laissé, le coffre n'a rien."""
    bonne = petit_disque / "bonne.perron"
    copies.copier(chemin, coffre._cle, bonne)
    avant = bonne.read_bytes()
    _remplir(coffre, 1500)
    with pytest.raises(ErreurUtilisateur, match=r"disque est plein.*Le coffre est intact"):
        copies.copier(chemin, coffre._cle, bonne)
    assert bonne.read_bytes() == avant
    assert {un.name for un in petit_disque.iterdir()} == {"bonne.perron", "bonne.perron.cles"}
    coffre.copier_s_il_le_faut()
    assert "petit" in coffre.copier_ailleurs(str(petit_disque)).panne
    assert coffre.verifier_chaine() == []


def test_le_second_endroit(coffre: Coffre, chemin: Path, tmp_path: Path) -> None:
    """Une clé : la copie y va, un dossier par coffre ; débranchée, l'écran le sait et la copie d'ici se fait."""
    cle_usb = tmp_path.parent / f"{tmp_path.name}-cle"
    cle_usb.mkdir()
    etat = coffre.copier_ailleurs(str(cle_usb))
    assert etat.second == str(cle_usb)
    assert etat.derniere == etat.derniere_au_second is not None
    (dossier,) = cle_usb.iterdir()
    assert dossier.name.startswith("perron-")
    (la_bas,) = copies.lister(dossier)
    with pytest.raises(ErreurUtilisateur, match="copie de secours : elle ne s'ouvre pas, elle se restaure"):
        ouvrir(la_bas.chemin)
    secours.restaurer(la_bas.chemin, tmp_path / "neuf.perron", MOT_DE_PASSE, _MIDI)
    remise = ouvrir(tmp_path / "neuf.perron")
    assert documents(remise) == documents(coffre)
    remise.fermer()
    cle_usb.rename(cle_usb.with_name("debranchee"))
    sans = coffre.copier_s_il_le_faut()
    assert "n'est pas là. Branchez la clé" in sans.panne
    assert sans.derniere_au_second is None
    assert sans.derniere is not None
    assert coffre.copier_ailleurs("").second == ""


@pytest.mark.parametrize("ou", ["", "absent"])
def test_un_second_endroit_qui_n_en_est_pas_un(coffre: Coffre, chemin: Path, ou: str) -> None:
    """À côté du coffre, ou nulle part : refusé, et rien ne change."""
    with pytest.raises(ErreurUtilisateur, match="Choisissez"):
        coffre.copier_ailleurs(str(chemin.parent / ou))
    assert copies.second_endroit(chemin) == ""


def test_un_choix_illisible_vaut_aucun(coffre: Coffre, chemin: Path) -> None:
    """Des octets abîmés dans le fichier du second endroit n'empêchent pas de copier ici."""
    coffre.copier_s_il_le_faut()
    (copies.dossier_des_copies(chemin) / "second-endroit.txt").write_bytes(b"\xff\xfe")
    assert copies.endroits(chemin) == [copies.dossier_des_copies(chemin)]


def test_eclaircir(tmp_path: Path) -> None:
    """Deux mois de copies, deux par jour : une par jour sur sept jours, une par semaine sur quatre."""
    for jour in range(60):
        for heure in (0, 6):
            nom = (_MIDI - timedelta(days=jour, hours=heure)).strftime("%Y-%m-%dT%H%M%S.perron")
            (tmp_path / nom).touch()
            (tmp_path / f"{nom}.cles").touch()
    (tmp_path / "autre.perron").touch()
    copies.eclaircir(tmp_path, _MIDI)
    ages = [(_MIDI - copie.le).days for copie in copies.lister(tmp_path)]
    assert ages == [0, 1, 2, 3, 4, 5, 6, 7, 14, 21, 28]
    assert len(list(tmp_path.glob("*.cles"))) == len(ages)
    assert (tmp_path / "autre.perron").exists()


def test_la_derniere_reste_quel_que_soit_son_age(tmp_path: Path) -> None:
    """Un poste rallumé après un an garde la seule qu'il a."""
    (tmp_path / "2020-01-01T000000.perron").touch()
    copies.eclaircir(tmp_path, _MIDI)
    assert len(copies.lister(tmp_path)) == 1


def test_une_horloge_qui_recule_ne_prive_pas_de_copie(coffre: Coffre, chemin: Path) -> None:
    """Une copie datée de demain n'en dispense pas aujourd'hui."""
    dossier = copies.dossier_des_copies(chemin)
    dossier.mkdir()
    copies.copier(chemin, coffre._cle, dossier / "2099-01-01T000000.perron")
    assert copies.due(chemin, _MIDI)


def test_les_copies_d_avant_une_mise_a_jour_ne_durent_pas(coffre: Coffre, chemin: Path) -> None:
    """Trente jours, comme les autres : ce qui s'efface s'efface partout."""
    vieille, neuve = (chemin.with_name(f"{chemin.name}.schema-{rang}") for rang in (1, 2))
    for une in (vieille, neuve):
        une.touch()
    os.utime(vieille, (0, 0))
    coffre.copier_s_il_le_faut()
    assert (vieille.exists(), neuve.exists()) == (False, True)


def test_un_coffre_abime_ne_se_copie_pas(coffre: Coffre, chemin: Path) -> None:
    """SQLite copierait du faux et le scellerait : chaque page du coffre se vérifie d'abord."""
    _remplir(coffre, 300)
    cle = coffre._cle
    copies.copier(chemin, cle, chemin.with_name("bonne.perron"))
    avant = chemin.with_name("bonne.perron").read_bytes()
    coffre.fermer()
    retourner(chemin, 50 * PAGE, 51 * PAGE, random.Random(1))
    with pytest.raises(CoffreAbime, match=r"1 page abîmée sur \d+\) : rien n'a été copié"):
        copies.copier(chemin, cle, chemin.with_name("bonne.perron"))
    assert chemin.with_name("bonne.perron").read_bytes() == avant


def test_mutant_sans_verifier_la_source(coffre: Coffre, chemin: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sans cette vérification, la copie d'un coffre abîmé porte des sceaux justes : l'essai ci-dessus voit le piège."""
    _remplir(coffre, 300)
    cle = coffre._cle
    coffre.fermer()
    retourner(chemin, 50 * PAGE, 51 * PAGE, random.Random(1))
    monkeypatch.setattr(copies, "_exiger_la_source_saine", lambda *_: None)
    copies.copier_la_base(chemin, cle, chemin.with_name("fausse.perron"))
    assert examiner(chemin.with_name("fausse.perron"), cle).pages == frozenset()


# Les commandes


def test_verifier_ne_laisse_et_ne_change_rien(chemin: Path) -> None:
    """Ni fichier de plus, ni octet de moins ; le compte ne dit pas qui."""
    coffre, _ = creer(chemin)
    assert "saisies : 0 ;" in verifier(chemin, MOT_DE_PASSE).dire()
    _remplir(coffre)
    assert verifier(chemin, MOT_DE_PASSE).dossiers == 20
    coffre.fermer()
    avant = {un.name: un.read_bytes() for un in chemin.parent.iterdir()}
    assert verifier(chemin, MOT_DE_PASSE).dire().startswith("dossiers : 20 ; saisies : 20, dernière le ")
    assert {un.name: un.read_bytes() for un in chemin.parent.iterdir()} == avant


def test_verifier_dit_une_chaine_rompue(chemin: Path) -> None:
    """Une saisie ôtée du journal, pages saines : le journal le dit."""
    coffre, _ = creer(chemin)
    _remplir(coffre)
    with coffre._base.ecriture() as connexion:
        gardes = connexion.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").scalars().all()
        for garde in gardes:
            connexion.exec_driver_sql(f"DROP TRIGGER {garde}")
        connexion.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        connexion.exec_driver_sql("DELETE FROM envoi WHERE rang = 5")
        connexion.exec_driver_sql("DELETE FROM operation WHERE rang = 5")
    coffre.fermer()
    with pytest.raises(ErreurUtilisateur, match=r"le journal des saisies a été touché .*l'opération manque"):
        verifier(chemin, MOT_DE_PASSE)


def test_verifier_dit_un_schema_ancien(chemin: Path) -> None:
    """D'un Perron plus ancien : les pages se vérifient, le journal attendra l'ouverture."""
    coffre, _ = creer(chemin)
    with coffre._base.ecriture() as connexion:
        connexion.exec_driver_sql("UPDATE alembic_version SET version_num = '0005'")
    coffre.fermer()
    assert verifier(chemin, MOT_DE_PASSE).dire().startswith("schéma 5,")


@pytest.mark.skipif(os.name != "posix", reason="verrous POSIX")
def test_sauvegarder_puis_restaurer(chemin: Path, tmp_path: Path) -> None:
    """Un coffre en usage se copie ; restauré, ce qui était à sa place est gardé ; sur rien, rien n'est à garder."""
    coffre, _ = creer(chemin)
    _remplir(coffre)
    assert sauvegarder(chemin, tmp_path / "k" / "copie.perron", MOT_DE_PASSE).dossiers == 20
    _remplir(coffre, 3)
    dit = _dans_un_autre_processus(tmp_path / "k" / "copie.perron", chemin)
    assert "est ouvert dans Perron. Fermez Perron" in dit
    coffre.fermer()
    compte, cote = restaurer(tmp_path / "k" / "copie.perron", chemin, MOT_DE_PASSE, _MIDI)
    assert cote is not None
    assert (compte.dossiers, cote.name) == (20, f"{chemin.name}.abime-2026-11-29T120000")
    assert verifier(cote / chemin.name, MOT_DE_PASSE).dossiers == 23
    rouvert = ouvrir(chemin)
    assert (rouvert.compter(), rouvert.reprise) == (20, "")
    rouvert.fermer()
    ailleurs = tmp_path / "neuf" / "coffre.perron"
    assert restaurer(tmp_path / "k" / "copie.perron", ailleurs, MOT_DE_PASSE, _MIDI)[1] is None
    assert [un.name for un in sorted(ailleurs.parent.iterdir())] == ["coffre.perron", "coffre.perron.cles"]


def _dans_un_autre_processus(copie: Path, coffre: Path) -> str:
    """Demander de ce processus-ci lâcherait son propre verrou."""
    programme = (
        "import sys; from datetime import datetime; from pathlib import Path\n"
        "from modele.coffre.secours import restaurer\n"
        "try: restaurer(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], datetime.now())\n"
        "except Exception as e: print(e)"
    )
    return subprocess.run(
        [sys.executable, "-c", programme, str(copie), str(coffre), MOT_DE_PASSE],
        cwd=RACINE,
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def test_ce_qui_se_refuse(chemin: Path, tmp_path: Path) -> None:
    """Le coffre pour sa propre copie ; une copie absente, abîmée ; un coffre abîmé sur une bonne copie."""
    coffre, _ = creer(chemin)
    _remplir(coffre, 200)
    coffre.fermer()
    copie = tmp_path / "copie.perron"
    sauvegarder(chemin, copie, MOT_DE_PASSE)
    bonne = copie.read_bytes()
    for geste in (
        lambda: sauvegarder(chemin, chemin, MOT_DE_PASSE),
        lambda: restaurer(chemin, chemin, MOT_DE_PASSE, _MIDI),
    ):
        with pytest.raises(ErreurUtilisateur, match="est le coffre lui-même"):
            geste()
    with pytest.raises(ErreurUtilisateur, match="Aucun coffre"):
        restaurer(tmp_path / "rien.perron", chemin, MOT_DE_PASSE, _MIDI)
    retourner(chemin, 30 * PAGE, 31 * PAGE, random.Random(1))
    with pytest.raises(ErreurUtilisateur, match=r"est abîmé : .*1 page abîmée"):
        sauvegarder(chemin, copie, MOT_DE_PASSE)
    assert copie.read_bytes() == bonne
    retourner(copie, 30 * PAGE, 31 * PAGE, random.Random(1))
    avant = chemin.read_bytes()
    with pytest.raises(ErreurUtilisateur, match="est abîmé"):
        restaurer(copie, chemin, MOT_DE_PASSE, _MIDI)
    assert chemin.read_bytes() == avant


# Le contrôle


def test_chaque_degat_se_dit(chemin: Path) -> None:
    """Vide, en-tête, pages, journal, arbre : chacun ses mots."""
    coffre, _ = creer(chemin)
    _remplir(coffre, 300)
    coffre.fermer()
    cle, _ = lire_trousseau(chemin).ouvrir(MOT_DE_PASSE)
    assert examiner(chemin, cle, arbre=True).dire() == ""
    entier = chemin.read_bytes()
    retourner(chemin, PAGE, 1 << 40, random.Random(1), 40)
    assert "pages abîmées sur" in examiner(chemin, cle).dire()
    chemin.write_bytes(entier[: 20 * PAGE])
    assert examiner(chemin, cle).dire() == "son en-tête ne se lit pas"
    chemin.write_bytes(b"")
    assert examiner(chemin, cle).dire() == "le fichier est vide"
    chemin.write_bytes(entier)
    with nue.ouverte(chemin, cle, nue.ECRITURE) as connexion:
        connexion.execute("PRAGMA writable_schema = ON")
        connexion.execute("UPDATE sqlite_master SET rootpage = 3 WHERE name = 'acces'")
    assert examiner(chemin, cle).sain
    assert not examiner(chemin, cle, arbre=True).sain


def test_un_disque_qui_refuse_n_est_pas_un_coffre_abime(chemin: Path, tmp_path: Path) -> None:
    """Pas de fichier : une phrase du disque."""
    with pytest.raises(ErreurUtilisateur, match="introuvable"):
        examiner(tmp_path / "rien.perron", bytes(32))


def test_par_le_secours_aussi(tmp_path: Path) -> None:
    """Un poste neuf rouvre la copie par le code de secours."""
    coffre, code = creer(tmp_path / "c.perron")
    copies.copier(coffre.chemin, coffre._cle, tmp_path / "k.perron")
    coffre.fermer()
    Coffre.ouvrir_par_secours(tmp_path / "k.perron", code, cout=COUT).fermer()


def test_nos_fautes_ne_passent_pas_pour_un_coffre_abime(coffre: Coffre, chemin: Path) -> None:
    """Une connexion fermée, une requête fausse : notre faute, avec sa trace ; un fichier absent : une phrase."""
    connexion = nue.ouvrir(chemin, coffre._cle, nue.LECTURE)
    connexion.close()
    with pytest.raises(nue.Erreur):
        controle._s_ouvre(connexion)
    with pytest.raises(nue.Erreur):
        controle._lire(connexion, "quick_check")
    with pytest.raises(nue.Erreur), nue.ouverte(chemin, coffre._cle, nue.LECTURE) as ouverte:
        ouverte.execute("SELECT rien FROM nulle_part")
    with (
        pytest.raises(ErreurUtilisateur, match="ne s'ouvre pas"),
        nue.ouverte(chemin.with_name("rien"), bytes(32), nue.LECTURE),
    ):
        pass


def test_le_fil_de_la_copie_passe_apres_les_autres(coffre: Coffre, chemin: Path) -> None:
    """Celui de l'écran jamais ; le sien oui, et là où le système refuse, rien ne casse."""
    if sys.platform != "linux":
        pytest.skip("priorités par fil")
    lues = []

    def copier() -> None:
        coffre.copier_s_il_le_faut()
        lues.append(os.getpriority(os.PRIO_PROCESS, threading.get_native_id()))

    fil = threading.Thread(target=copier)
    fil.start()
    fil.join()
    assert lues == [15]
    coffre.copier_s_il_le_faut(tout_de_suite=True)
    assert os.getpriority(os.PRIO_PROCESS, threading.get_native_id()) < 15


def test_un_balai_qui_ne_peut_pas_n_empeche_rien(coffre: Coffre, chemin: Path) -> None:
    """Des restes d'une copie tuée s'en vont ; un reste qui résiste n'arrête pas la copie."""
    dossier = copies.dossier_des_copies(chemin)
    dossier.mkdir()
    (dossier / "2026-01-01T000000.perron.cles").write_bytes(b"seul")
    (dossier / "2026-01-02T000000.perron.ecriture").write_bytes(b"demi")
    coffre.copier_s_il_le_faut()
    assert sorted(un.suffix for un in dossier.iterdir()) == [".cles", ".perron"]
    (dossier / "2026-01-02T000000.perron.ecriture").mkdir()
    coffre.copier_s_il_le_faut(tout_de_suite=True)


def test_ce_qui_est_tenu_ailleurs_ne_se_restaure_pas(chemin: Path, tmp_path: Path) -> None:
    """Un autre Perron a le coffre ouvert : rien ne bouge."""
    if os.name != "posix":
        pytest.skip("verrous POSIX")
    coffre, _ = creer(chemin)
    copies.copier(chemin, coffre._cle, tmp_path / "k.perron")
    coffre.fermer()
    tient = subprocess.Popen(
        [sys.executable, "-c", _COPIER, str(chemin), MOT_DE_PASSE],
        cwd=RACINE,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert tient.stdout is not None
    assert tient.stdin is not None
    assert tient.stdout.readline() == "pret\n"
    with pytest.raises(ErreurUtilisateur, match="est ouvert dans Perron"):
        restaurer(tmp_path / "k.perron", chemin, MOT_DE_PASSE, _MIDI)
    tient.kill()
    tient.wait()
    tient.stdin.close()
    tient.stdout.close()
    # La mort a lâché son verrou, et laissé son journal : la restauration le garde avec le reste.
    assert restaurer(tmp_path / "k.perron", chemin, MOT_DE_PASSE, _MIDI)[1] is not None


def test_une_copie_fausse_ne_prend_pas_son_nom(coffre: Coffre, chemin: Path) -> None:
    """Relue, elle n'est pas ce qui a été écrit : elle se refuse, et dit ce qui reste vrai."""
    _remplir(coffre, 200)
    copie = chemin.with_name("k.perron")
    copies.copier(chemin, coffre._cle, copie)
    retourner(copie, 30 * PAGE, 31 * PAGE, random.Random(1))
    with pytest.raises(CoffreAbime, match=r"n'est pas sain .* : rien n'a été gardé"):
        copies.exiger_saine(copie, coffre._cle, "rien n'a été gardé")
