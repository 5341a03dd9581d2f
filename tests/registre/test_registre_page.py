"""« Exploiter le registre » (documentation/exploitation.md) dit vrai : chaque commande de la page est lancée.

Ne changent que la racine (un dossier d'essai au lieu de « / ») et le port. Ce qui n'est pas lancé est dit par la page :
``systemctl`` et ``journalctl`` (aucun systemd ne tourne ici), ``make preparer`` et ``apt-get``.
"""

from __future__ import annotations

import re
import shutil
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from outils_http import PAROLE
from outils_machine import NON_REJOUEES, RACINE, Machine
from outils_operations import Saisie
from outils_postgresql import LIVRE, Grappes
from outils_registre import PosteDEssai, enrole
from sqlalchemy import text

from modele.protocole.messages import octets
from modele.territoire.mentions import CHAMPS
from registre.base.embarque import Grappe
from registre.base.migration import SCHEMA_BASE
from registre.base.moteur import creer_moteur
from registre.http import metriques
from registre.http.etat import Pret
from registre.service.administration import creer_guichet

PAGE = (RACINE / "documentation" / "exploitation.md").read_text(encoding="utf-8")
TERRITOIRE = "mon-ccas"
_JOUEES: set[str] = set()


def sections() -> dict[str, str]:
    """Le texte de chaque partie de la page, par titre."""
    return dict(partie.split("\n", 1) for partie in PAGE.split("\n## ")[1:])


def blocs(section: str, langue: str = "") -> list[str]:
    """Les blocs d'une partie, dans cette langue ; sans langue : des commandes."""
    tous = re.findall(r"^```(\w*)\n(.*?)^```$", sections()[section], flags=re.DOTALL | re.MULTILINE)
    return [bloc for dite, bloc in tous if dite == langue]


def lignes(section: str) -> list[str]:
    """Les commandes d'une partie."""
    return "".join(blocs(section)).splitlines()


def rejoue(*noms: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Cette épreuve joue ces parties."""
    _JOUEES.update(noms)
    return lambda epreuve: epreuve


@pytest.fixture(scope="module")
def machine() -> Iterator[Machine]:
    """Une machine où « Installer » vient d'être suivi, le service en marche."""
    neuve = Machine()
    try:
        neuve.jouer(lignes("Installer"))
        yield neuve
    finally:
        neuve.fermer()


def test_chaque_partie_qui_commande_est_rejouee() -> None:
    assert {nom for nom in sections() if blocs(nom)} == _JOUEES
    intro = PAGE.split("\n## ", 1)[0]
    assert [mot for mot in NON_REJOUEES if f"`{mot}" not in intro] == []


def test_mutant_une_ligne_fausse_se_voit(machine: Machine) -> None:
    with pytest.raises(AssertionError, match="Commande inconnue"):
        machine.jouer(["sudo perron-registre creer-guiche ccas-nord"])


def test_un_perron_ferme_a_son_compte_ne_s_installe_pas(machine: Machine) -> None:
    ferme = machine.racine / "opt/perron/registre/commandes.py"
    ferme.chmod(0o600)
    try:
        fini = machine.lancer(".venv/bin/python", "-m", "registre", "installer")
        assert (fini.returncode, "ne se lance pas de" in fini.stderr) == (2, True)
    finally:
        ferme.chmod(0o644)


@rejoue("Installer")
def test_deux_commandes_et_le_registre_tourne_sous_son_compte(machine: Machine) -> None:
    installer, activer = blocs("Installer")[1].splitlines()
    assert installer.startswith("sudo .venv/bin/python -m registre installer")
    assert activer.startswith("sudo systemctl enable --now")
    assert machine.demander("/sante")[0] == 200
    donnees, service = machine.racine / "var/lib/perron-registre", machine.processus()
    assert Path(f"/proc/{service}").stat().st_uid == machine.compte.uid != 0
    assert {un.stat().st_uid for un in (donnees, *donnees.iterdir())} == {machine.compte.uid}
    assert stat.S_IMODE(donnees.stat().st_mode) == 0o700
    for nomme in re.findall(r"`(/(?:etc|usr)/[\w./-]+)`", sections()["Installer"]):
        assert (machine.racine / nomme.lstrip("/")).is_file()
    # Relire ne pose que les fichiers.
    assert {un.name for un in (machine.racine / "tmp/apercu").iterdir()} == {"etc", "usr"}


@pytest.mark.parametrize("commande", [["sauvegarder", "copie"], ["demarrer", "--port", "0"]])
def test_sous_root_les_donnees_du_service_ne_se_touchent_pas(commande: list[str], machine: Machine) -> None:
    """Ce que root y écrirait, l'autorité surtout, le service ne le lirait plus."""
    donnees = machine.racine / "var/lib/perron-registre"
    fini = machine.lancer(".venv/bin/python", "-m", "registre", *commande, "--donnees", "/var/lib/perron-registre")
    assert (fini.returncode, fini.stdout) == (2, "")
    assert fini.stderr.startswith(f"Les données de {donnees} sont celles du service")
    assert "sudo perron-registre" in fini.stderr
    assert {un.stat().st_uid for un in (donnees, *donnees.iterdir())} == {machine.compte.uid}


def test_chaque_phrase_nomme_la_commande_qui_marche_ici(machine: Machine) -> None:
    """« python -m registre », lancé d'un autre compte, ne trouverait aucun registre."""
    dits = [machine.lancer("perron-registre", *mots) for mots in (["--aide"], ["postes", "--aide"], ["xyz"])]
    dites = [un.stdout + un.stderr for un in dits] + [(machine.racine / "traces").read_text(encoding="utf-8")]
    assert [("python -m" in dite, "sudo perron-registre" in dite) for dite in dites] == [(False, True)] * 4


def test_d_un_dossier_ferme_au_compte_la_commande_marche_encore(machine: Machine) -> None:
    ferme = machine.racine / "ferme"
    ferme.mkdir(mode=0o700)
    ou = "/media/sauvegarde/perron-registre/essai"
    assert machine.lancer("perron-registre", "sauvegarder", ou, ou=ferme).returncode == 0


def test_aucun_code_d_enrolement_ne_passe_par_le_journal(machine: Machine) -> None:
    assert "perron://" not in (machine.racine / "traces").read_text(encoding="utf-8")


@rejoue("Avant la première vraie personne")
def test_les_mentions_s_inscrivent(machine: Machine) -> None:
    def remplir() -> None:
        dites = ["format = 1", "aipd = 2020-10-01", *(f'{champ} = "dit"' for champ in CHAMPS)]
        (machine.racine / "etc/perron-registre/mentions.toml").write_text("\n".join(dites), encoding="utf-8")

    dit = machine.jouer(
        lignes("Avant la première vraie personne"), avant={"sudo perron-registre inscrire-mentions": remplir}
    )
    assert any("n'est plus à l'essai" in sortie for sortie in dit.values())


@rejoue("Enrôler, révoquer")
def test_un_poste_s_enrole_par_son_code_et_se_revoque(machine: Machine) -> None:
    tout = lignes("Enrôler, révoquer")
    donnes = [ligne for ligne in tout if "creer-" in ligne]
    codes = [sortie for ligne, sortie in machine.jouer(donnes).items() if "creer-code" in ligne]
    exemple = blocs("Enrôler, révoquer", "text")[0]
    assert all(code.count("/") == exemple.count("/") and code.startswith("perron://") for code in codes)
    poste = PosteDEssai(territoire=TERRITOIRE, guichet="ccas-nord")
    base = f"https://localhost:{machine.port}"
    with httpx.Client(verify=False, base_url=base, headers=PAROLE, trust_env=False) as client:
        corps = octets(poste.demande("/".join(codes[0].split("/")[3:5])))
        assert client.post("/v1/enrolement", content=corps).status_code == 200
    restent = [ligne for ligne in tout if ligne not in donnes]
    dit = machine.jouer(restent, {"POSTE": poste.id})
    assert poste.id in dit["sudo perron-registre postes"]
    assert "révoqué le" in machine.lancer("perron-registre", "postes").stdout


@rejoue("Sauvegarder")
def test_la_sauvegarde_de_la_nuit_se_fait_se_garde_et_dit_son_echec(machine: Machine) -> None:
    dossier = machine.racine / "media/sauvegarde/perron-registre"
    dit = machine.jouer(lignes("Sauvegarder"))
    assert "registre.autorite.pem" in dit["sudo ls -l /media/sauvegarde/perron-registre"]
    assert {(un.stat().st_uid, stat.S_IMODE(un.stat().st_mode)) for un in dossier.iterdir()} == {
        (machine.compte.uid, 0o600)
    }
    code, phrase = machine.sauver()
    assert (code, f"territoires : {TERRITOIRE}" in phrase) == (0, True)
    assert machine.demander("/pret")[1]["sauvegarde_age_s"] < 60
    assert len([un for un in dossier.iterdir() if re.fullmatch(r"registre-\d{8}-\d{6}", un.name)]) == 1
    # Le support est débranché : la commande échoue, et n'écrit pas à côté.
    dossier.rename(dossier.with_name("ailleurs"))
    code, phrase = machine.sauver()
    assert (code, "écriture impossible" in phrase, dossier.exists()) == (2, True, False)
    dossier.with_name("ailleurs").rename(dossier)


@rejoue("Surveiller")
def test_ce_qui_se_surveille(machine: Machine) -> None:
    if shutil.which("curl") is None:
        pytest.skip("curl n'est pas installé (apt-get install curl)")
    dit = machine.jouer(lignes("Surveiller"))
    assert '"vivant"' in dit["curl --silent --insecure https://localhost:8443/sante"]
    assert '"pret"' in dit["curl --silent --insecure https://localhost:8443/pret"]
    assert "perron_requetes_total{" in dit["curl --silent --insecure https://localhost:8443/metriques"]
    assert TERRITOIRE in dit["sudo perron-registre statistiques"]


def test_les_cles_et_les_mesures_de_la_page_sont_celles_du_registre() -> None:
    nommes = re.findall(r"`(\w+)`", "".join(re.findall(r"^\| (`.*?) \|", sections()["Surveiller"], re.MULTILINE)))
    assert {nom for nom in nommes if not nom.startswith("perron_")} == set(Pret.__struct_fields__)
    assert {nom for nom in nommes if nom.startswith("perron_")} == set(metriques._AIDES)


@rejoue("Disque plein", "Certificat")
def test_ou_en_sont_le_disque_et_le_certificat(machine: Machine) -> None:
    machine.jouer(lignes("Disque plein"))
    if shutil.which("openssl") is None:
        pytest.skip("openssl n'est pas installé (apt-get install openssl)")
    assert any(sortie.startswith("notAfter=") for sortie in machine.jouer(lignes("Certificat")).values())


@pytest.mark.campagne
@rejoue("Publier")
def test_ce_qui_se_publie(machine: Machine) -> None:
    srv = machine.racine / "srv"
    shutil.copy(RACINE / "ressources/exemples/reperes.csv", srv / "extraction.csv")
    fiche = srv / "mes-permanences"
    fiche.mkdir()
    toml = 'format = 1\nsources = ["x"]\nverifie_le = 2026-11-29\n[langues.fr]\ntitre_neutre = "x"\netat = "redigee"\n'
    (fiche / "fiche.toml").write_text(toml, encoding="utf-8")
    (fiche / "fr.md").write_text('+++\ntitre = "Permanences"\n+++\nBonjour\n', encoding="utf-8")
    shutil.copytree(RACINE / "ressources/territoires/clermont-auvergne-metropole", srv / TERRITOIRE)
    territoire = srv / TERRITOIRE / "territoire.toml"
    territoire.write_text(territoire.read_text("utf-8").replace("clermont-auvergne-metropole", TERRITOIRE), "utf-8")
    assert all("publié" in sortie for sortie in machine.jouer(lignes("Publier")).values())


@pytest.mark.campagne
@rejoue("Effacer un dossier")
def test_un_dossier_s_efface(machine: Machine) -> None:
    grappe = Grappe(machine.racine / "var/lib/perron-registre")
    moteur = creer_moteur(grappe.demarrer())
    creer_guichet(moteur, TERRITOIRE, "ccas-sud", "Sud")
    dossier = Saisie(enrole(moteur, PosteDEssai(territoire=TERRITOIRE, guichet="ccas-sud")), moteur).nouveau()
    moteur.dispose()
    grappe.arreter()
    (dit,) = machine.jouer(lignes("Effacer un dossier"), {"DOSSIER": dossier}).values()
    assert dit.startswith(f"Dossier {dossier} effacé")


@pytest.mark.campagne
@rejoue("Mettre à jour", "Revenir en arrière")
def test_une_mise_a_jour_qui_change_la_base_et_son_retour(machine: Machine) -> None:
    """La version neuve a un schéma de plus ; l'ancienne ne la lit plus sans la sauvegarde d'avant."""
    opt = machine.racine / "opt"
    machine.jouer(lignes("Mettre à jour"), avant={"cd /opt/perron": lambda: _version_neuve(opt)})
    assert machine.demander("/pret")[1]["schema"] == SCHEMA_BASE + 1
    assert machine.lancer("perron-registre", "creer-guichet", "apres").returncode == 0

    def refuser() -> None:
        service = machine.ouvrir("perron-registre.service", machine.racine / "traces")
        assert service.wait(60) == 2
        assert "vient d'un registre plus récent" in (machine.racine / "traces").read_text(encoding="utf-8")

    machine.jouer(lignes("Revenir en arrière"), avant={"sudo perron-registre restaurer": refuser})
    assert machine.demander("/pret")[1]["schema"] == SCHEMA_BASE
    assert "créé dans" in machine.lancer("perron-registre", "creer-guichet", "apres").stdout


def _version_neuve(opt: Path) -> None:
    shutil.copytree(opt / "perron.avant", opt / "perron", symlinks=True)
    base = opt / "perron/registre/base"
    migration = (base / "migration.py").read_text(encoding="utf-8")
    neuf = migration.replace(f"SCHEMA_BASE: Final = {SCHEMA_BASE}", f"SCHEMA_BASE: Final = {SCHEMA_BASE + 1}")
    assert neuf != migration
    (base / "migration.py").write_text(neuf, encoding="utf-8")
    (base / f"migrations/versions/v{SCHEMA_BASE + 1:04}_essai.py").write_text(
        '"""Un schéma de plus."""\nimport sqlalchemy as sa\nfrom alembic import op\n'
        f'revision = "{SCHEMA_BASE + 1:04}"\ndown_revision = "{SCHEMA_BASE:04}"\n'
        'def upgrade() -> None:\n    op.create_table("essai", sa.Column("nom", sa.Text))\n',
        encoding="utf-8",
    )


@pytest.mark.campagne
@rejoue("L'ordinateur est mort")
def test_sur_un_autre_ordinateur_la_sauvegarde_rend_les_postes_et_l_autorite(machine: Machine) -> None:
    assert machine.lancer("perron-registre", "creer-guichet", "ccas-est").returncode == 0
    grappe = Grappe(machine.racine / "var/lib/perron-registre")
    moteur = creer_moteur(grappe.demarrer())
    poste = enrole(moteur, PosteDEssai(territoire=TERRITOIRE, guichet="ccas-est"))
    moteur.dispose()
    grappe.arreter()
    assert machine.sauver()[0] == 0
    autre = Machine()
    try:
        support = autre.racine / "media/sauvegarde"
        # Le support vient d'une machine où le compte avait un autre numéro.
        shutil.copytree(machine.racine / "media/sauvegarde", support, dirs_exist_ok=True)
        dit = autre.jouer(lignes("L'ordinateur est mort"))
        assert f"{poste.id}  ccas-est" in dit["sudo perron-registre postes"]
        assert "n'a pas tout renvoyé depuis la restauration" in dit["sudo perron-registre postes"]
        autorite = "var/lib/perron-registre/tls/autorite.pem"
        assert (autre.racine / autorite).read_bytes() == (machine.racine / autorite).read_bytes()
    finally:
        autre.fermer()


@pytest.mark.campagne
@rejoue("Vers un PostgreSQL existant")
def test_vers_un_postgresql_existant(machine: Machine, grappes: Grappes) -> None:
    ville = grappes.prendre(LIVRE)
    (sql,) = blocs("Vers un PostgreSQL existant", "sql")
    adresse = ville.adresse.replace("/postgres?", "/registre?")
    adresse = re.sub(r"//.*@", "//registre:un-long-secret@", adresse)

    def executer(*ordres: str) -> None:
        with ville.moteur.connect().execution_options(isolation_level="AUTOCOMMIT") as connexion:
            for ordre in ordres:
                connexion.execute(text(ordre))

    executer(*(ordre for ordre in sql.split(";") if ordre.strip()))
    try:
        machine.jouer(
            lignes("Vers un PostgreSQL existant"),
            avant={"sudo perron-registre restaurer": lambda: machine.regler("PERRON_BASE", adresse)},
        )
        assert "base externe" in (machine.racine / "traces").read_text(encoding="utf-8")
        assert TERRITOIRE in machine.lancer("perron-registre", "statistiques").stdout
        code, phrase = machine.sauver()
        assert (code, TERRITOIRE in phrase) == (0, True)
        assert "un-long-secret" not in Path(f"/proc/{machine.processus()}/cmdline").read_text("utf-8")
    finally:
        machine.arreter()
        executer("DROP DATABASE registre WITH (FORCE)", "DROP ROLE registre")
        machine.regler("PERRON_BASE", "")
    machine.demarrer()
