"""Un coffre abîmé : jamais écrit, jamais supprimé ; la dernière bonne copie, et tout ce qui se lit encore."""

from __future__ import annotations

import random
import shutil
import struct
from datetime import UTC, datetime
from pathlib import Path

import pytest
from outils_abimes import DEGATS, FICHIERS, PAGE, Modele, documents, exiger_debout, fabriquer, retourner
from outils_coffre import AGENT, COUT, MOT_DE_PASSE, creer, ouvrir

from modele.coffre import Coffre, agents, copies, guerison, nue, remise, wal
from modele.coffre.enveloppes import lire_trousseau
from modele.droits import Auteur
from modele.regles.fautes import ErreurUtilisateur

_MIDI = datetime(2026, 11, 29, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def mort(tmp_path_factory: pytest.TempPathFactory) -> Modele:
    """Un coffre que la mort a surpris, journal plein, avec sa copie du jour."""
    return fabriquer(tmp_path_factory.mktemp("mort") / "m")


@pytest.fixture(scope="module")
def ferme(tmp_path_factory: pytest.TempPathFactory) -> Modele:
    """Un coffre fermé, avec sa copie du jour."""
    return fabriquer(tmp_path_factory.mktemp("ferme") / "m", ferme=True)


@pytest.fixture(scope="module")
def sans_copie(tmp_path_factory: pytest.TempPathFactory) -> Modele:
    """Un coffre fermé qui n'a jamais été copié."""
    return fabriquer(tmp_path_factory.mktemp("seul") / "m", copie=False, ferme=True)


def _octets(dossier: Path) -> dict[str, bytes]:
    return {str(un.relative_to(dossier)): un.read_bytes() for un in dossier.rglob("*") if un.is_file()}


def _abimer_et_ouvrir(modele: Modele, ou: Path, sorte: str, graine: int) -> None:
    """Un coffre abîmé se rouvre ; ses fichiers abîmés sont gardés tels quels ; rien de la copie ne manque."""
    chemin = modele.poser(ou)
    DEGATS[sorte](chemin, random.Random(graine))
    touches = [".cles"] if sorte == "cles" else [""] if modele.nom and sorte != "journal" else ["", "-wal"]
    abimes = {fin: (chemin.with_name(chemin.name + fin)).read_bytes() for fin in touches}
    coffre = ouvrir(chemin)
    lus = documents(coffre)
    assert modele.a_la_copie.keys() <= lus.keys()
    gardes = list(_octets(ou).values())
    if coffre.reprise:
        for fin, octets in abimes.items():
            assert octets in gardes, f"{sorte} {graine} : {chemin.name}{fin} n'est plus tel quel"
        assert coffre.reglage("reprise.derniere") == coffre.reprise
    if "Rien ne manque" in coffre.reprise or not coffre.reprise or sorte == "cles":
        assert lus == modele.a_la_fin, (sorte, graine)
    exiger_debout(coffre)
    coffre.modifier(next(iter(lus)), {"demandeur.prenoms": "Après"}, Auteur(AGENT))
    coffre.fermer()
    shutil.rmtree(ou)


@pytest.mark.parametrize("graine", range(3))
@pytest.mark.parametrize("sorte", DEGATS)
def test_un_coffre_mort_et_abime_se_rouvre(mort: Modele, tmp_path: Path, sorte: str, graine: int) -> None:
    """En-tête, pages, journal, clés : rien de supprimé, rien d'écrit sur ce qui est abîmé."""
    _abimer_et_ouvrir(mort, tmp_path / "a", sorte, graine)


@pytest.mark.parametrize("sorte", ["en-tete", "pages"])
def test_un_coffre_ferme_et_abime_se_rouvre(ferme: Modele, tmp_path: Path, sorte: str) -> None:
    """Sans journal, ce qui ne se lit plus vient de la copie."""
    _abimer_et_ouvrir(ferme, tmp_path / "a", sorte, 4)


@pytest.mark.campagne
def test_cinquante_coffres_abimes(mort: Modele, ferme: Modele, tmp_path: Path) -> None:
    """Cinquante, tirés au hasard, morts ou fermés."""
    for graine in range(50):
        sorte = list(DEGATS)[graine % len(DEGATS)]
        _abimer_et_ouvrir(ferme if graine % 3 == 0 and sorte != "journal" else mort, tmp_path / "a", sorte, graine)


def test_sans_copie_rien_ne_bouge(sans_copie: Modele, tmp_path: Path) -> None:
    """Aucune copie et l'en-tête perdu : une phrase qui dit où et quoi faire, et pas un octet de changé."""
    chemin = sans_copie.poser(tmp_path / "a")
    retourner(chemin, 0, 16, random.Random(1))
    avant = _octets(tmp_path / "a")
    with pytest.raises(ErreurUtilisateur, match=r"Aucune bonne copie n'est dans .*coffre restaurer COPIE COFFRE"):
        ouvrir(chemin)
    assert _octets(tmp_path / "a") == avant


def test_l_index_abime_se_refait_sans_copie(sans_copie: Modele, tmp_path: Path) -> None:
    """Les seules pages de l'index de recherche : il se refait des documents, rien ne manque, la recherche trouve."""
    chemin = sans_copie.poser(tmp_path / "a")
    cle, _ = lire_trousseau(chemin).ouvrir(MOT_DE_PASSE)
    with nue.ouverte(chemin, cle, nue.FIGEE) as connexion:
        racine = connexion.execute("SELECT rootpage FROM sqlite_master WHERE name = 'frequence'").fetchone()[0]
    retourner(chemin, (racine - 1) * PAGE, racine * PAGE, random.Random(2))
    coffre = ouvrir(chemin)
    assert "l'index de recherche a été refait. Rien ne manque." in coffre.reprise
    assert documents(coffre) == sans_copie.a_la_fin
    assert len(coffre.rechercher("Nom12 P12")) >= 1
    exiger_debout(coffre)
    coffre.fermer()


def test_index_incoherent_refait_pendant_la_recherche(coffre: Coffre) -> None:
    """Des pages saines mais un index faux : la recherche le refait, aboutit, et cela se dit."""
    coffre.creer_dossier({"demandeur": {"nom": "Fatihi", "prenoms": "Nadia"}}, Auteur(AGENT))
    with coffre._base.ecriture() as connexion:
        connexion.exec_driver_sql("UPDATE terme_data SET block = x'00ff00ff00ff00ff' WHERE id > 10")
    coffre._base.fermer()
    assert [trouve.resume.titre for trouve in coffre.rechercher("Nadia Fatihi")] == ["FATIHI Nadia"]
    assert "index de recherche" in coffre.reglage("reprise.derniere")


def test_une_autre_panne_de_la_recherche_ne_refait_rien(coffre: Coffre, chemin: Path) -> None:
    """Le fichier tout entier illisible n'est pas un index à refaire."""
    coffre._base.fermer()
    chemin.write_bytes(bytes(len(chemin.read_bytes())))
    with pytest.raises(ErreurUtilisateur, match="abîmé"):
        coffre.rechercher("x")


def test_coffre_disparu_refait_de_sa_copie(ferme: Modele, tmp_path: Path) -> None:
    """Le fichier du coffre n'est plus là : la copie le refait, et la phrase le dit."""
    chemin = ferme.poser(tmp_path / "a")
    chemin.unlink()
    coffre = ouvrir(chemin)
    assert "il n'est plus là" in coffre.reprise
    assert documents(coffre) == ferme.a_la_copie
    coffre.fermer()


def test_copie_plus_recente_que_ce_qui_se_lit(mort: Modele, tmp_path: Path) -> None:
    """Le journal coupé net avant la copie : la copie en sait plus, c'est elle."""
    chemin = mort.poser(tmp_path / "a")
    dossier = copies.dossier_des_copies(chemin)
    coffre = ouvrir(chemin)
    cle = coffre._cle
    (ancienne,) = copies.lister(dossier)
    coffre.fermer()
    recente = dossier / "2099-01-01T000000.perron"
    copies.copier(chemin, cle, recente)
    shutil.copy(ancienne.chemin, chemin)
    retourner(chemin, PAGE * 40, PAGE * 41, random.Random(1))
    retourner(chemin, PAGE * 41, PAGE * 42, random.Random(1))
    guerie = ouvrir(chemin)
    assert documents(guerie) == mort.a_la_fin
    guerie.fermer()


def test_schema_ancien_abime_reprend_la_copie_seule(ferme: Modele, tmp_path: Path) -> None:
    """D'un Perron plus ancien, ce qui se lit ne se mêle pas à la copie : elle seule se reprend."""
    chemin = ferme.poser(tmp_path / "a")
    cle, _ = lire_trousseau(chemin).ouvrir(MOT_DE_PASSE)
    with nue.ouverte(chemin, cle, nue.ECRITURE) as connexion:
        connexion.execute("UPDATE alembic_version SET version_num = '0005'")
    retourner(chemin, PAGE * 60, PAGE * 61, random.Random(1))
    coffre = ouvrir(chemin)
    assert documents(coffre) == ferme.a_la_copie
    assert "a été reprise. Ce qui a été saisi depuis peut manquer" in coffre.reprise
    coffre.fermer()


def test_copie_abimee_on_prend_celle_d_avant(ferme: Modele, tmp_path: Path) -> None:
    """La plus récente des copies est abîmée elle aussi : celle d'avant sert."""
    chemin = ferme.poser(tmp_path / "a")
    (copie,) = copies.lister(copies.dossier_des_copies(chemin))
    mauvaise = copie.chemin.with_name("2099-01-01T000000.perron")
    shutil.copy(copie.chemin, mauvaise)
    retourner(mauvaise, 0, 1 << 40, random.Random(3))
    retourner(chemin, 0, 16, random.Random(3))
    coffre = ouvrir(chemin)
    assert f"la copie du {copie.le.astimezone():%d/%m/%Y}" in coffre.reprise
    coffre.fermer()


def test_ouvert_ailleurs_un_coffre_abime_ne_se_guerit_pas(ferme: Modele, tmp_path: Path) -> None:
    """Un autre Perron le tient : on n'y touche pas."""
    import subprocess
    import sys

    from outils_coffre import RACINE

    chemin = ferme.poser(tmp_path / "a")
    tient = (
        "import sys; from pathlib import Path; from modele.coffre import Coffre\n"
        "c = Coffre.ouvrir(Path(sys.argv[1]), sys.argv[2]); print('pret', flush=True); sys.stdin.read()"
    )
    autre = subprocess.Popen(
        [sys.executable, "-c", tient, str(chemin), MOT_DE_PASSE],
        cwd=RACINE,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert autre.stdout is not None
    assert autre.stdout.readline() == "pret\n"
    retourner(chemin, PAGE * 60, PAGE * 61, random.Random(1))
    with pytest.raises(ErreurUtilisateur, match="un autre Perron le tient ouvert"):
        ouvrir(chemin)
    autre.kill()
    autre.wait()
    assert autre.stdin is not None
    autre.stdin.close()
    autre.stdout.close()


# Le trousseau


@pytest.mark.parametrize(
    "octets",
    [
        b"",
        b"\xff\xfe{\x00}",
        b"\xef\xbb\xbf{}",
        '{"format": 1, "coffre": "é", "cases": []}'.encode("cp1252"),
        b'{"format": 1, "x": ' + b"[" * 200_000,
        b" " * (1 << 20) + b" ",
        b'{"format": ' + b"9" * 6000 + b"}",
    ],
    ids=["vide", "utf-16", "bom", "cp1252", "profond", "gros", "nombre"],
)
def test_un_trousseau_aux_octets_abimes(ferme: Modele, tmp_path: Path, octets: bytes) -> None:
    """Celui de la copie le remplace, l'abîmé se garde ; sans copie, une phrase."""
    chemin = ferme.poser(tmp_path / "a")
    cles = chemin.with_name(chemin.name + ".cles")
    cles.write_bytes(octets)
    assert agents(chemin) == [AGENT]
    coffre = ouvrir(chemin)
    assert coffre.reprise.startswith("Le fichier de clés était abîmé : celui de la copie du")
    assert octets in _octets(tmp_path / "a").values()
    coffre.fermer()
    rouvert = ouvrir(chemin)
    assert rouvert.reprise == ""
    rouvert.fermer()
    cles.write_bytes(octets)
    shutil.rmtree(copies.dossier_des_copies(chemin))
    with pytest.raises(ErreurUtilisateur, match="est abîmé"):
        ouvrir(chemin)


def test_un_scelle_abime_n_est_pas_un_mauvais_mot_de_passe(ferme: Modele, tmp_path: Path) -> None:
    """Un fichier bien formé dont un scellé a changé : c'est le fichier qui est abîmé, pas l'agent qui se trompe."""
    chemin = ferme.poser(tmp_path / "a")
    cles = chemin.with_name(chemin.name + ".cles")
    avant = cles.read_text()
    debut = avant.index('"chiffre": "') + len('"chiffre": "')
    cles.write_text(avant[:debut] + ("A" if avant[debut] != "A" else "B") + avant[debut + 1 :])
    coffre = ouvrir(chemin)
    assert coffre.reprise.startswith("Le fichier de clés était abîmé")
    coffre.fermer()


def test_trousseau_disparu(ferme: Modele, tmp_path: Path) -> None:
    """Le fichier de clés n'est plus là : celui de la copie."""
    chemin = ferme.poser(tmp_path / "a")
    chemin.with_name(chemin.name + ".cles").unlink()
    coffre = ouvrir(chemin)
    assert "Le fichier de clés" in coffre.reprise
    coffre.fermer()


def test_trousseau_et_base_abimes(ferme: Modele, tmp_path: Path) -> None:
    """Les deux à la fois : la copie rend les deux."""
    chemin = ferme.poser(tmp_path / "a")
    chemin.with_name(chemin.name + ".cles").write_bytes(b"\xff")
    retourner(chemin, 0, 16, random.Random(1))
    coffre = ouvrir(chemin)
    assert documents(coffre) == ferme.a_la_copie
    coffre.fermer()
    ouvrir(chemin).fermer()


def test_trousseaux_des_copies_abimes_aussi(ferme: Modele, tmp_path: Path) -> None:
    """Aucun trousseau ne se lit : la phrase du sien."""
    chemin = ferme.poser(tmp_path / "a")
    for cles in (tmp_path / "a").rglob("*.cles"):
        cles.write_bytes(b"\xff")
    with pytest.raises(ErreurUtilisateur, match=r"c\.perron\.cles est abîmé"):
        ouvrir(chemin)


# La remise, coupée


@pytest.mark.parametrize("pas", range(7))
def test_remise_coupee_se_finit(ferme: Modele, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pas: int) -> None:
    """La mort à chaque pas du remplacement : l'ouverture suivante le finit, l'abîmé est gardé entier."""
    chemin = ferme.poser(tmp_path / "a")
    retourner(chemin, 0, 16, random.Random(1))
    abime = chemin.read_bytes()
    vrai, restants = remise.remplacer, iter(range(pas))

    def couper(source: Path, destination: Path) -> None:
        if next(restants, None) is None:
            raise KeyboardInterrupt
        vrai(source, destination)

    monkeypatch.setattr(remise, "remplacer", couper)
    try:
        ouvrir(chemin).fermer()
    except KeyboardInterrupt:
        assert pas < 6
    monkeypatch.undo()
    coffre = ouvrir(chemin)
    assert documents(coffre) == ferme.a_la_copie
    coffre.fermer()
    assert abime in _octets(tmp_path / "a").values()
    assert not list((tmp_path / "a").glob("*.gueri-*"))


def test_deux_guerisons_dans_la_meme_seconde(ferme: Modele, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Chacune garde le sien : aucun n'est écrasé."""
    chemin = ferme.poser(tmp_path / "a")
    monkeypatch.setattr("modele.coffre.coffre.heure_du_poste", lambda: _MIDI)
    gardes = []
    for graine in range(2):
        retourner(chemin, 0, 16, random.Random(graine))
        gardes.append(chemin.read_bytes())
        ouvrir(chemin).fermer()
    assert all(octets in _octets(tmp_path / "a").values() for octets in gardes)


# Les gros coffres


def test_un_gros_coffre_se_verifie_pendant_l_usage(
    ferme: Modele, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Trop gros pour attendre : la copie du jour voit la page abîmée, le dit, et l'ouverture suivante guérit."""
    monkeypatch.setattr(guerison, "SANS_ATTENDRE", 0)
    chemin = ferme.poser(tmp_path / "a")
    shutil.rmtree(copies.dossier_des_copies(chemin) / "x", ignore_errors=True)
    octets = bytearray(chemin.read_bytes())
    cle, _ = lire_trousseau(chemin).ouvrir(MOT_DE_PASSE)
    with nue.ouverte(chemin, cle, nue.FIGEE) as connexion:
        page = connexion.execute("SELECT rootpage FROM sqlite_master WHERE name = 'doublon'").fetchone()[0]
    octets[(page - 1) * PAGE + 50] ^= 1
    chemin.write_bytes(octets)
    coffre = ouvrir(chemin)
    assert coffre.reprise == ""
    monkeypatch.setattr(copies, "due", lambda *_: True)
    with pytest.raises(ErreurUtilisateur, match=r"n'est pas sain \(1 page abîmée"):
        coffre.copier_s_il_le_faut()
    coffre.fermer()
    guerie = ouvrir(chemin)
    assert "tout ce qu'il tenait se lisait encore" in guerie.reprise or "a été reprise" in guerie.reprise
    assert documents(guerie) == ferme.a_la_fin
    assert not guerison.a_verifier(chemin).exists()
    guerie.fermer()


def test_les_fichiers_d_un_coffre_sont_tous_gardes(mort: Modele, tmp_path: Path) -> None:
    """La base, son journal et son trousseau vont ensemble, tels quels, dans un dossier dit à l'agent."""
    chemin = mort.poser(tmp_path / "a")
    retourner(chemin, PAGE, 1 << 40, random.Random(1))
    avant = {fin: chemin.with_name(chemin.name + fin).read_bytes() for fin in FICHIERS}
    coffre = ouvrir(chemin)
    (cote,) = (tmp_path / "a").glob("c.perron.abime-*")
    assert str(cote) in coffre.reprise
    assert {fin: (cote / (chemin.name + fin)).read_bytes() for fin in FICHIERS} == avant
    coffre.fermer()
    par_secours = creer(tmp_path / "s.perron")
    par_secours[0].fermer()
    Coffre.ouvrir_par_secours(tmp_path / "s.perron", par_secours[1], cout=COUT).fermer()


# Le journal WAL


def _deplier(chemin: Path) -> bool:
    travail = chemin.with_name("travail")
    travail.touch()
    return wal.deplier(chemin, travail)


def test_la_fin_du_journal_perdue_se_dit(mort: Modele, tmp_path: Path) -> None:
    """La marque de fin de la dernière écriture ne se lit plus : tout le reste se reprend, et la phrase le dit."""
    chemin = mort.poser(tmp_path / "a")
    journal = wal.journal_de(chemin)
    octets = bytearray(journal.read_bytes())
    derniere = 32 + ((len(octets) - 32) // 4120 - 1) * 4120
    octets[derniere + 4 : derniere + 8] = struct.pack(">I", 0)
    journal.write_bytes(octets)
    assert _deplier(chemin)
    assert "Ce qui a été enregistré juste avant l'arrêt peut manquer" in guerison.Guerison(coupe=True).dire()


@pytest.mark.parametrize("reste", [0, 31, 100, 32 + 24 + 4096 + 10])
def test_un_journal_trop_court_ne_dit_rien(mort: Modele, tmp_path: Path, reste: int) -> None:
    """Vide, ou coupé au milieu d'une image : une écriture que la mort a surprise, que personne n'a crue durable."""
    chemin = mort.poser(tmp_path / "a")
    journal = wal.journal_de(chemin)
    journal.write_bytes(journal.read_bytes()[:reste])
    assert not _deplier(chemin)
    ouvrir(chemin).fermer()


def test_l_en_tete_du_journal_abime_se_releve(mort: Modele, tmp_path: Path) -> None:
    """SQLite laisserait tout le journal : ses images se vérifient seules, rien ne manque."""
    chemin = mort.poser(tmp_path / "a")
    journal = wal.journal_de(chemin)
    journal.write_bytes(bytes(32) + journal.read_bytes()[32:])
    coffre = ouvrir(chemin)
    assert "la fin de son journal ne se lit pas" in coffre.reprise
    assert documents(coffre) == mort.a_la_fin
    coffre.fermer()
