"""Le programme : chaque commande, ses fautes en une phrase et le code 2, et une vie entière du petit service."""

from __future__ import annotations

import gc
import json
import os
import re
import shutil
import signal
import socket
import ssl
import stat
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from outils_comptes import declaration, etat
from outils_http import PAROLE
from outils_operations import Saisie
from outils_postgresql import Postgresql
from outils_registre import AILLEURS, DEPART, GUICHET, TERRITOIRE, PosteDEssai, code_neuf, enrole, peupler
from sqlalchemy import Engine, select, text, update

from modele.dossier.codes import nouveau_code_secours, reference_courte
from modele.protocole.messages import Enrole, PartDeCopie, lire, octets
from modele.territoire.mentions import CHAMPS, lire_mentions
from registre import tls
from registre.base.reprise import ouvrir_la_reprise
from registre.base.schema import code_enrolement, poste
from registre.base.verrou import Verrou
from registre.commandes import A_VERIFIER, DEPUIS
from registre.horloge import maintenant
from registre.ouverture import Service, retenir_service, service_retenu
from registre.programme import executer
from registre.serveur import ouvrir_prise
from registre.service.comptes import declarer
from registre.service.mentions import a_l_essai
from registre.service.parts import deposer
from registre.service.referentiels import lire as lire_referentiel
from registre.service.referentiels import lister

RACINE = Path(__file__).parents[2]
Commande = Callable[..., tuple[int, str, str]]


@pytest.fixture
def commande(postgresql: Postgresql, moteur: Engine, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Commande:
    """Exécute une commande sur la base de l'épreuve ; rend le code, la sortie et l'erreur."""

    def executer_ici(*arguments: str) -> tuple[int, str, str]:
        code = executer([*arguments, "--base", postgresql.adresse, "--donnees", str(tmp_path)])
        ecrit = capsys.readouterr()
        return code, ecrit.out, ecrit.err

    return executer_ici


def test_administrer_de_bout_en_bout(commande: Commande, moteur: Engine, tmp_path: Path) -> None:
    assert commande("creer-territoire", TERRITOIRE) == (0, f"Territoire {TERRITOIRE} créé.\n", "")
    assert commande("creer-territoire", TERRITOIRE)[1] == f"Le territoire {TERRITOIRE} existait déjà.\n"
    assert commande("creer-guichet", "nord", "--nom", "CCAS Nord")[1] == f"Guichet nord créé dans {TERRITOIRE}.\n"
    assert commande("creer-guichet", "nord")[1] == f"Le guichet nord existait déjà dans {TERRITOIRE}.\n"
    assert "Aucun poste n'est enrôlé" in commande("postes")[1]
    poste = enrole(moteur, PosteDEssai(guichet="nord", nom="Accueil 1"))
    assert commande("postes")[1] == f"{poste.id}  nord  Accueil 1  (agent)  enrôlé le 22/11/2026\n"
    assert commande("parts-de-copie", poste.id)[1].startswith("Aucune part n'est gardée pour ce poste")
    part = PartDeCopie(reference_courte("x"), nouveau_code_secours())
    deposer(moteur, poste.porteur, part, maintenant())
    assert commande("parts-de-copie", poste.id)[1].startswith(f"{part.nom}  {part.code}  jusqu'au ")
    assert commande("comptes")[1].startswith("Aucun poste n'a encore déclaré de compte")
    nora, awa = etat("Nora", "administrateur"), etat("Awa Diallo", "agent")
    declarer(moteur, poste.porteur, declaration(poste, nora, awa, etat("Léo", ferme=True)), maintenant())
    assert commande("comptes", "fermer", poste.id, "Awa Diallo")[1].startswith("Le compte de Awa Diallo est fermé.")
    assert "était déjà fermé" in commande("comptes", "fermer", poste.id, "Awa Diallo")[1]
    lignes = commande("comptes", "lister")[1].splitlines()
    assert lignes[0].startswith(f"{poste.id}  Awa Diallo  (agent)  fermé au registre le ")
    assert [ligne.rpartition(")  ")[2] for ligne in lignes[1:]] == ["fermé par le poste", "ouvert"]
    assert commande("comptes", "rouvrir", poste.id, "Awa Diallo")[1].startswith("La fermeture du compte de Awa Diallo")
    assert "n'est pas fermé" in commande("comptes", "rouvrir", poste.id, "Awa Diallo")[1]
    assert "vit 10 jours hors de portée" in commande("comptes", "jours", "10")[1]
    for faux, attendu in (
        (("ferme",), "fermer"),
        (("fermer", poste.id), "POSTE NOM"),
        (("lister", poste.id), "comptes lister"),
        (("jours", "dix"), "n'est pas un nombre de jours"),
        (("jours", "0"), "Entre 1 et 365"),
        (("fermer", poste.id, "Nora"), "dernier administrateur"),
    ):
        code, _, erreur = commande("comptes", *faux)
        assert (code, attendu in erreur) == (2, True), erreur
    code, _, erreur = commande("parts-de-copie", "inconnu")
    assert code == 2
    assert "postes" in erreur
    assert commande("revoquer", poste.id)[1] == f"Le poste Accueil 1 ({poste.id}) n'a plus accès au registre.\n"
    assert "révoqué le" in commande("postes")[1]
    fiche = tmp_path / "essai"
    fiche.mkdir()
    toml = 'format = 1\nsources = ["x"]\nverifie_le = 2026-11-29\n[langues.fr]\ntitre_neutre = "x"\netat = "redigee"\n'
    (fiche / "fiche.toml").write_text(toml, encoding="utf-8")
    (fiche / "fr.md").write_text('+++\ntitre = "Essai"\n+++\nBonjour\n', encoding="utf-8")
    publie = commande("publier", "fiche.essai", str(fiche))
    octets = lire_referentiel(moteur, TERRITOIRE, "fiche.essai", 1)
    assert publie[1] == f"fiche.essai, version 1 : {len(octets)} octets publiés dans {TERRITOIRE}.\n"
    nombres = commande("statistiques")[1]
    assert "0 opérations reçues" in nombres
    assert "nord : 0 postes, 0 dossiers" in nombres
    assert "1 postes révoqués" in nombres


def test_purger_efface_le_dossier_et_le_dit(commande: Commande, moteur: Engine) -> None:
    peupler(moteur, TERRITOIRE)
    dossier = Saisie(enrole(moteur, PosteDEssai()), moteur).nouveau()
    attendu = f"Dossier {dossier} effacé (saisies : 1). Chaque poste l'efface à sa prochaine réception.\n"
    assert commande("purger", dossier) == (0, attendu, "")
    assert commande("purger", dossier)[1] == f"Le dossier {dossier} était déjà effacé.\n"
    assert "1 dossiers purgés" in commande("statistiques")[1]
    code, _, erreur = commande("purger", "inconnu")
    assert (code, "Aucun dossier inconnu" in erreur) == (2, True)


def test_un_code_s_affiche_une_fois_avec_l_adresse_et_l_empreinte(
    commande: Commande, territoire: str, tmp_path: Path
) -> None:
    creer = ("creer-code", "--guichet", GUICHET, "--role", "agent", "--role", "social")
    assert "Démarrez d'abord le registre" in commande(*creer)[2]
    retenir_service(tmp_path, Service("10.0.0.5:8443"))
    assert "L'autorité locale manque" in commande(*creer)[2]
    empreinte = tls.preparer(tmp_path, ["localhost"], DEPART).autorite.empreinte
    motif = rf"perron://10\.0\.0\.5:8443/{TERRITOIRE}/[2-9A-Z]{{4}}(-[2-9A-Z]{{4}}){{4}}/{empreinte}\n"
    assert re.fullmatch(motif, commande(*creer)[1])
    public = commande(*creer, "--adresse", "https://registre.exemple.fr")[1]
    assert public.startswith(f"perron+https://registre.exemple.fr/{TERRITOIRE}/")


def test_le_territoire_se_dit_quand_il_y_en_a_plusieurs(commande: Commande, moteur: Engine) -> None:
    assert "Créez-en un" in commande("postes")[2]
    peupler(moteur, TERRITOIRE)
    peupler(moteur, AILLEURS)
    assert commande("postes") == (2, "", f"Dites le territoire : --territoire ({AILLEURS}, {TERRITOIRE}).\n")
    assert commande("postes", "--territoire", AILLEURS)[0] == 0


def test_les_reperes_se_publient_et_toutes_leurs_fautes_se_disent(
    commande: Commande, moteur: Engine, territoire: str, tmp_path: Path
) -> None:
    csv = tmp_path / "reperes.csv"
    csv.write_text("commune;typologie\n1;T9\n", encoding="utf-8")
    code, _, phrases = commande("publier-reperes", str(csv))
    assert code == 2
    assert len(phrases.splitlines()) > 10
    assert "reperes.csv, ligne 1 : il manque la colonne « population »" in phrases
    colonnes = "commune;typologie;population;notes_effectif;note_p10;note_p25;note_p50;note_p75;note_p90;"
    csv.write_text(
        f"{colonnes}delais_effectif;delai_p25;delai_p50;delai_p75\n31555;T2;primo;20;1;2;3;4;5;;;;\n", encoding="utf-8"
    )
    options = ("--nom", "Infocentre", "--extraction", "2026-01-31", "--seuil", "11")
    options += ("--delais", "demandes satisfaites", "--notes", "demandes en cours")
    assert commande("publier-reperes", str(csv), *options)[1] == f"Repères, version 1, publiés dans {TERRITOIRE}.\n"
    assert [un.nom for un in lister(moteur, TERRITOIRE)] == ["reperes"]


def test_apres_une_restauration_la_liste_des_postes_se_verifie(commande: Commande, moteur: Engine) -> None:
    """Enrôlé ou révoqué depuis la sauvegarde : la base ne le sait pas, une personne si."""
    peupler(moteur, TERRITOIRE)
    revenu, parti = enrole(moteur, PosteDEssai("Revenu")), enrole(moteur, PosteDEssai("Parti"))
    assert "restaurée" not in commande("postes")[1]
    with moteur.begin() as connexion:
        ouvrir_la_reprise(connexion, DEPART)
    dit = commande("postes")[1]
    assert dit.count("n'a pas tout renvoyé") == 2
    assert dit.endswith(f"{A_VERIFIER}\n")
    assert "que lui seul savait discret" in commande("revoquer", parti.id)[1]
    with moteur.begin() as connexion:
        connexion.execute(update(poste).values(attendu=False))
    assert "restaurée" not in commande("postes")[1]
    assert "que lui seul" not in commande("revoquer", revenu.id)[1]


def test_tant_que_rien_n_est_inscrit_le_registre_est_a_l_essai(
    commande: Commande, territoire: str, moteur: Engine, tmp_path: Path
) -> None:
    """Toutes les fautes ensemble ; puis chaque poste le reçoit signé."""
    fichier = tmp_path / "mentions.toml"
    fichier.write_bytes((RACINE / "ressources" / "exemples" / "mentions.toml").read_bytes())
    code, _, erreur = commande("inscrire-mentions", str(fichier))
    assert (code, erreur.count("mentions.toml")) == (2, 6)
    assert a_l_essai(moteur) == [TERRITOIRE]
    lignes = ["format = 1", "aipd = 2020-10-01", *(f'{champ} = "dit"' for champ in CHAMPS)]
    fichier.write_text("\n".join(lignes), encoding="utf-8")
    assert "n'est plus à l'essai" in commande("inscrire-mentions", str(fichier))[1]
    assert a_l_essai(moteur) == []
    assert lire_mentions(lire_referentiel(moteur, TERRITOIRE, "mentions", 1)).delegue == "dit"


def test_sauvegarder_puis_restaurer_par_les_commandes(
    commande: Commande, territoire: str, moteur: Engine, tmp_path: Path
) -> None:
    fichier = tmp_path / "registre.sauvegarde"
    tenu = f"territoires : {TERRITOIRE} ; dossiers : 0 ; opérations : 0"
    assert commande("sauvegarder", str(fichier))[1] == f"Sauvegarde écrite et relue : {fichier}.\n{tenu}.\n"
    retenue = json.loads((tmp_path / "derniere-sauvegarde.json").read_bytes())
    assert retenue["fichier"] == fichier.name
    tls.preparer(tmp_path, ["localhost"], DEPART)
    assert "gardez-les ensemble" in commande("sauvegarder", str(fichier))[1]
    copie = tmp_path / "registre.sauvegarde.autorite.pem"
    assert stat.S_IMODE(copie.stat().st_mode) == 0o600
    moteur.dispose()
    assert "ajoutez --remplacer" in commande("restaurer", str(fichier))[2]
    (tmp_path / "tls" / "autorite.pem").unlink()
    tls.preparer(tmp_path, ["localhost"], DEPART)
    peupler(moteur, AILLEURS)
    moteur.dispose()
    rendu = commande("restaurer", str(fichier), "--remplacer")
    avant = tenu.replace(TERRITOIRE, f"{AILLEURS}, {TERRITOIRE}")
    rejoue = "Rejoué depuis la sauvegarde : 0 effacés, 0 rendus discrets."
    assert rendu[1] == f"Avant : {avant}.\nRestauré : {tenu}.\n{rejoue}\nRedémarrez le registre. {DEPUIS}\n"
    assert (tmp_path / "tls" / "autorite.pem").read_bytes() == copie.read_bytes()


def test_le_contrat_s_ecrit_dans_un_fichier_ou_a_l_ecran(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert executer(["openapi", "--sortie", str(tmp_path / "contrat.json")]) == 0
    contrat = json.loads((tmp_path / "contrat.json").read_text(encoding="utf-8"))
    assert "/v1/enrolement" in contrat["paths"]
    assert executer(["openapi"]) == 0
    assert json.loads(capsys.readouterr().out) == contrat


@pytest.mark.parametrize(
    ("arguments", "phrase"),
    [
        (["xyz"], "Commande inconnue : xyz."),
        (["sauvegarde"], "Commande inconnue : sauvegarde ; vouliez-vous « sauvegarder » ?"),
        (["postes", "--territoir", "t"], "Option inconnue : --territoir ; vouliez-vous « --territoire » ?"),
        (["creer-guichet"], "Il manque GUICHET."),
        (["creer-code"], "Il manque --guichet."),
        (["--port", "mille"], "--port : cette valeur ne convient pas."),
        (["--port"], "Il manque la valeur de --port."),
        (["postes", "encore"], "postes : un mot est de trop ou mal placé."),
        (["postes", "--base", "mysql://a/b"], "L'adresse de la base ne se lit pas."),
        (["postes", "--base", "postgresql://perron@127.0.0.1:1/b"], "La base du registre ne répond pas."),
        (["--sans-tls", "--hote", "0.0.0.0"], "Sans TLS, le registre n'écoute que sur cette machine"),
        (["--sans-tls", "--hote", "ailleurs"], "Sans TLS, le registre n'écoute que sur cette machine"),
        (["--port", "70000", "--sans-tls"], "--port : cette valeur ne convient pas."),
        (["--hote", "256.1.1.1"], "Le registre ne peut pas écouter sur 256.1.1.1, port 8443"),
        (["publier", "grille", "absent.json"], "« grille » n'est pas un genre de données qui se publie"),
    ],
)
def test_une_faute_se_dit_en_une_phrase_avec_le_code_2(
    arguments: list[str], phrase: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert executer(arguments) == 2
    ecrit = capsys.readouterr()
    assert ecrit.out == ""
    assert ecrit.err.startswith(phrase)
    assert len(ecrit.err.splitlines()) == 1


def test_un_port_deja_pris_se_dit(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    with ouvrir_prise("127.0.0.1", 0) as prise:
        port = str(prise.getsockname()[1])
        assert executer(["--sans-tls", "--port", port, "--donnees", str(tmp_path / "d")]) == 2
    assert f"port {port}" in capsys.readouterr().err
    assert not (tmp_path / "d").exists()


def test_une_adresse_qui_ne_va_pas_dans_un_certificat_se_dit(commande: Commande) -> None:
    code, _, phrase = commande("demarrer", "--port", "0", "--hote", "127.0.0.1", "--adresse", "x" * 80)
    assert code == 2
    assert "n'est ni un nom de machine, ni une adresse" in phrase


@pytest.mark.parametrize("arguments", [["--aide"], ["-h"], ["postes", "--aide"], ["publier", "--help"]])
def test_l_aide_parle_francais(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert executer(arguments) == 0
    dit = capsys.readouterr().out
    assert "python -m registre" in dit
    assert not re.search(r"\b(Usage|Options:|Show|help)\b", dit)
    assert "FICHIER" in dit if "publier" in arguments else "postes" in dit


class Petit:
    """Le petit service, lancé pour de vrai dans un autre processus."""

    def __init__(self, donnees: Path, *options: str) -> None:
        self._processus = subprocess.Popen(
            [sys.executable, "-W", "error", "-m", "registre", "--donnees", str(donnees), "--port", "0", *options],
            cwd=RACINE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def lire(self, combien: int) -> list[str]:
        """Les premières lignes qu'il dit."""
        assert self._processus.stdout is not None
        return [self._processus.stdout.readline().rstrip("\n") for _ in range(combien)]

    def signaler(self, signal_: int) -> None:
        """Lui envoie un signal."""
        self._processus.send_signal(signal_)

    def finir(self) -> tuple[int, str, str]:
        """Attend sa fin : son code, et ce qu'il a encore dit."""
        sortie, erreurs = self._processus.communicate(timeout=60)
        return self._processus.returncode, sortie, erreurs


def test_au_signal_la_requete_en_cours_finit(
    postgresql: Postgresql, moteur: Engine, territoire: str, tmp_path: Path
) -> None:
    petit = Petit(tmp_path, "--sans-tls", "--base", postgresql.adresse)
    adresse = petit.lire(1)[0].split()[3]
    poste = PosteDEssai()
    demande = octets(poste.demande(code_neuf(moteur, poste, datetime.now(UTC))))
    with ThreadPoolExecutor(1) as fil, moteur.connect() as tenue:
        # Le code est tenu par une autre transaction : la requête attend dans PostgreSQL.
        tenue.execute(select(code_enrolement).with_for_update())
        reponse = fil.submit(
            lambda: httpx.post(f"{adresse}/v1/enrolement", content=demande, headers=PAROLE, trust_env=False, timeout=60)
        )
        while not _attend_un_verrou(moteur):
            time.sleep(0.02)
        petit.signaler(signal.SIGTERM)
        while _ecoute(adresse):
            time.sleep(0.02)
        tenue.rollback()
        assert reponse.result().status_code == 200
    rendu, sortie, _ = petit.finir()
    assert (rendu, sortie.endswith("Registre arrêté.\n")) == (0, True)


def _attend_un_verrou(moteur: Engine) -> bool:
    with moteur.connect() as connexion:
        attente = text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
        return bool(connexion.execute(attente).scalar_one())


def _ecoute(adresse: str) -> bool:
    try:
        socket.create_connection(("127.0.0.1", int(adresse.rpartition(":")[2])), timeout=5).close()
    except OSError:
        return False
    return True


def test_un_arret_demande_pendant_une_commande_se_dit(donnees: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (donnees / "postgresql").mkdir()
    (donnees / "postgresql" / "PG_VERSION").write_text("18", encoding="ascii")
    tenu = Verrou(donnees / "verrou")
    assert tenu.prendre()

    def interrompre() -> None:
        # La commande attend la base qu'un autre programme prépare ; elle a pris les signaux avant.
        while signal.getsignal(signal.SIGTERM) is not signal.default_int_handler:
            time.sleep(0.01)
        os.kill(os.getpid(), signal.SIGTERM)

    fil = threading.Thread(target=interrompre)
    # Une interruption levée dans un rappel du ramasse-miettes (Hypothesis en pose un) serait avalée.
    gc.disable()
    try:
        fil.start()
        assert executer(["postes", "--donnees", str(donnees)]) == 2
    finally:
        gc.enable()
    fil.join()
    tenu.rendre()
    assert capsys.readouterr().err == "Commande interrompue.\n"
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL


@pytest.fixture
def donnees() -> Iterator[Path]:
    """Un dossier de données ouvert au compte qui mène PostgreSQL."""
    dossier = Path(tempfile.mkdtemp(prefix="perron-essais-"))
    yield dossier
    shutil.rmtree(dossier)


def test_une_vie_entiere_du_petit_service(donnees: Path, tmp_path: Path) -> None:
    petit = Petit(donnees, "--hote", "127.0.0.1", "--adresse", "127.0.0.1", "--territoire", TERRITOIRE)
    ouvert, empreinte, _, code, essai = petit.lire(5)
    assert essai.startswith(f"Essai, données fictives ({TERRITOIRE})")
    adresse = re.fullmatch(rf"Registre ouvert : (https://127\.0\.0\.1:\d+) \(données : {donnees}\)", ouvert)
    assert adresse
    assert empreinte.removeprefix("Empreinte de l'autorité : ") == code.rpartition("/")[2]
    with httpx.Client(verify=False, trust_env=False) as mefiant:
        pem = mefiant.get(f"{adresse[1]}/v1/autorite").text
    contexte = ssl.create_default_context(cadata=pem)
    with httpx.Client(verify=contexte, base_url=adresse[1], headers=PAROLE, trust_env=False) as client:
        poste = PosteDEssai()
        reponse = client.post("/v1/enrolement", content=octets(poste.demande("/".join(code.split("/")[3:5]))))
        assert lire(reponse.content, Enrole).guichet == "accueil"
        # Une commande pendant qu'il tourne rejoint la même base, et ne l'arrête pas.
        pendant = _commande("postes", "--donnees", str(donnees))
        assert (pendant.returncode, poste.id in pendant.stdout) == (0, True)
        sauve = _commande("sauvegarder", str(tmp_path / "s"), "--donnees", str(donnees))
        assert sauve.returncode == 0, sauve.stderr
        assert client.get("/pret").status_code == 200
    rendu, sortie, traces = _arreter(petit, signal.SIGTERM)
    assert (rendu, sortie.endswith("Registre arrêté.\n")) == (0, True)
    assert [json.loads(ligne)["route"] for ligne in traces.splitlines()] == ["/v1/autorite", "/v1/enrolement", "/pret"]
    assert not (donnees / "postgresql" / "postmaster.pid").exists()
    assert service_retenu(donnees) is not None
    # La machine meurt : sur une neuve, la sauvegarde rend le poste et l'autorité qu'il connaît.
    for reste in ("postgresql", "tls", "mot-de-passe-postgresql"):
        shutil.move(donnees / reste, tmp_path / reste)
    remise = _commande("restaurer", str(tmp_path / "s"), "--donnees", str(donnees))
    assert remise.returncode == 0
    assert remise.stdout.startswith(
        f"Avant : territoires : aucun ; dossiers : 0 ; opérations : 0.\nRestauré : territoires : {TERRITOIRE} ;"
    )
    neuf = Petit(donnees, "--hote", "127.0.0.1", "--adresse", "127.0.0.1", "--territoire", TERRITOIRE)
    ouvert, meme_empreinte = neuf.lire(2)
    assert meme_empreinte == empreinte
    with httpx.Client(verify=contexte, trust_env=False) as client:
        assert client.get(f"{re.findall('https://[^ ]+', ouvert)[0]}/pret").status_code == 200
    assert poste.id in _commande("postes", "--donnees", str(donnees)).stdout
    rendu, sortie, _ = _arreter(neuf, signal.SIGINT)
    assert (rendu, sortie.endswith("Registre arrêté.\n")) == (0, True)


def _arreter(petit: Petit, signal_: int) -> tuple[int, str, str]:
    petit.signaler(signal_)
    return petit.finir()


def _commande(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "registre", *arguments],
        cwd=RACINE, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
