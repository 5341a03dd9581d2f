"""Les vraies pannes : un vieux coffre qui n'a jamais rien envoyé, le disque plein, le processus tué en plein tour."""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from outils_coffre import AGENT, COUT, MOT_DE_PASSE, RACINE
from outils_synchro import NADIA, Poste, Site
from sqlalchemy import func, select, update

from modele.coffre import Coffre, schema
from modele.dossier.documents import encoder
from modele.droits import Auteur
from modele.fusion import decoder_etat
from modele.synchro.divergences import a_trancher
from registre.base.schema import operation

EXEMPLES = Path(__file__).parent / "exemples"
_TOURS = """
import sys
from pathlib import Path
from modele.coffre import Coffre
from modele.droits import Auteur
from modele.synchro import Synchro
coffre = Coffre.ouvrir(Path(sys.argv[1]), sys.argv[2])
synchro, dossier, rang = Synchro(coffre), sys.argv[3], int(sys.argv[4])
while True:
    rang += 1
    coffre.modifier(dossier, {"demande.precisions": f"{rang}"}, Auteur(coffre.agent))
    print(rang, flush=True)
    print("panne", synchro.tour().panne, flush=True)
"""


def _documents(poste: Poste) -> dict[str, Any]:
    return {un.dossier: poste.coffre.lire(un.dossier) for un in poste.coffre.recents(1000)}


def _operations_au_registre(site: Site) -> int:
    with site.moteur.connect() as connexion:
        return connexion.execute(select(func.count()).select_from(operation)).scalar_one()


def test_coffre_du_premier_schema_se_vide_dans_le_registre(site: Site) -> None:
    """Deux cents saisies d'un Perron d'avant : migrées, toutes dans la boîte d'envoi, puis toutes au registre."""
    chemin = site.dossier / "ancien.perron"
    for suffixe in ("", ".cles"):
        shutil.copy(EXEMPLES / f"schema-1-charge.perron{suffixe}", f"{chemin}{suffixe}")
    ancien = site.rouvrir(chemin)
    avant = _documents(ancien)
    etat = ancien.synchro.etat()
    assert (len(avant), len(etat.attente), sum(un.saisies for un in etat.attente)) == (20, 20, 200)
    assert etat.depuis is not None
    assert ancien.coffre.verifier_chaine() == []
    assert ancien.coffre.reglage("poste.nom") == "poste-1"
    ancien.synchro.enroler(site.invitation(), "ancien")
    bilan = ancien.synchro.tour()
    assert (bilan.envoyees, bilan.panne) == (200, "")
    assert (ancien.attente(), _operations_au_registre(site)) == (0, 200)
    autre = site.poste("autre")
    autre.tour()
    for dossier, document in avant.items():
        # L'instant de création est désormais celui que porte l'identifiant, et une table vidée ne reste pas.
        garde = {cle: valeur for cle, valeur in document.items() if valeur != {}}
        assert ancien.coffre.lire(dossier) | {"cree_le": document["cree_le"]} == garde
    assert _documents(autre) == _documents(ancien)
    assert a_trancher(ancien.coffre.echanges) == []
    ancien.poser(next(iter(avant)), demande__precisions="après la migration")
    ancien.tour()
    assert (ancien.attente(), ancien.coffre.verifier_chaine()) == (0, [])


def test_coffre_du_schema_d_avant_garde_ses_miroirs_et_se_vide(site: Site) -> None:
    """Vingt dossiers convenus, écrits comme le schéma 2 les écrivait, et deux cents saisies qui attendent."""
    un = site.poste("un")
    dossiers = [un.creer({"demandeur": {"nom": f"Nom {rang}"}, "contact": {"langue": "ar"}}) for rang in range(20)]
    un.tour()
    for rang in range(200):
        un.poser(dossiers[rang % 20], demande__precisions=f"{rang}")
    avant, chemin = _documents(un), un.coffre.chemin
    _revenir_au_schema_2(un)
    un.fermer()
    ancien = site.rouvrir(chemin)
    assert (_documents(ancien), ancien.attente()) == (avant, 200)
    ancien.tour()
    assert (ancien.attente(), _operations_au_registre(site), a_trancher(ancien.coffre.echanges)) == (0, 220, [])
    autre = site.poste("autre")
    autre.tour()
    assert _documents(autre) == _documents(ancien) == avant


def _revenir_au_schema_2(poste: Poste) -> None:
    """Récrit les miroirs avec toutes leurs têtes, unité par unité : rien d'autre n'a changé depuis."""
    with poste.coffre._base.ecriture() as connexion:
        for ligne in connexion.execute(select(schema.miroir)).all():
            explicite = encoder(decoder_etat(ligne.etat))
            assert explicite != ligne.etat
            connexion.execute(
                update(schema.miroir).where(schema.miroir.c.dossier == ligne.dossier), {"etat": explicite}
            )
        neuves = (
            "suppression",
            "echeance",
            "titre",
            "mise_de_cote",
            "rappel",
            "compte",
            "etat_de_compte",
            "candidature",
        )
        for table in neuves:
            connexion.exec_driver_sql(f"DROP TABLE {table}")
        connexion.exec_driver_sql("ALTER TABLE envoi DROP COLUMN comprise")
        connexion.exec_driver_sql("DROP INDEX dossier_du_jour")
        for genre in ("rendez_vous", "occupation", "passage"):
            connexion.exec_driver_sql(f"DROP INDEX {genre}_du_jour")
        for index in ("dossier_recents", "ix_dossier_rattache", "dossier_rattache_du_genre", "dossier_absorbe"):
            connexion.exec_driver_sql(f"DROP INDEX {index}")
        for colonne in ("genre", "rattache"):
            connexion.exec_driver_sql(f"ALTER TABLE dossier DROP COLUMN {colonne}")
        connexion.exec_driver_sql("UPDATE alembic_version SET version_num = '0002'")


@pytest.fixture
def petit_disque(tmp_path: Path) -> Iterator[Path]:
    """Un vrai disque de trois mégaoctets."""
    point = tmp_path / "petit"
    point.mkdir()
    monte = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "aucun", point], capture_output=True, check=False)
    if monte.returncode:
        pytest.skip("monter un disque demande des droits d'administrateur")
    yield point
    subprocess.run(["umount", point], check=True)


def test_disque_plein_pendant_la_reception(site: Site, petit_disque: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Une page ne tient pas : rien n'en est appliqué, le curseur n'a pas bougé ; de la place, et tout reprend."""
    from modele.synchro import reception

    monkeypatch.setattr(reception, "ENTREES_PAR_PAGE", 50)
    un = site.poste("un")
    un.coffre.importer(
        ({"demandeur": {"nom": f"Nom{rang}"}, "demande": {"precisions": "mot " * 500}} for rang in range(150)),
        Auteur(AGENT),
    )
    un.tour()
    plein = site.poste("plein")
    plein.fermer()
    for suffixe in ("", ".cles"):
        shutil.move(f"{plein.coffre.chemin}{suffixe}", petit_disque / f"plein.perron{suffixe}")
    lest = petit_disque / "lest"
    lest.write_bytes(bytes(1_800_000))
    plein = site.rouvrir(petit_disque / "plein.perron")
    assert "disque est plein" in plein.synchro.tour().panne
    recus, jusque = plein.coffre.compter(), plein.coffre.echanges.curseur().jusque
    assert recus < 150
    assert recus % 50 == 0
    assert (jusque > 0) == (recus > 0)
    assert len(plein.coffre.echanges.versions()) == recus
    assert len(plein.coffre.rechercher("nom1", 200)) <= recus
    lest.unlink()
    plein.tour()
    assert plein.coffre.compter() == 150
    assert _documents(plein) == _documents(un)
    plein.fermer()


def _tourner_puis_tuer(chemin: Path, dossier: str, depart: int, tours: int, attente: float) -> int:
    """Saisit et synchronise sans fin, puis meurt d'un SIGKILL ; rend le dernier rang avoué enregistré."""
    saisie = subprocess.Popen(
        [sys.executable, "-c", _TOURS, str(chemin), MOT_DE_PASSE, dossier, str(depart)],
        cwd=RACINE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert saisie.stdout is not None
    dernier = depart
    for _ in range(tours):
        dernier = int(saisie.stdout.readline())
        assert saisie.stdout.readline() == "panne \n"
    time.sleep(attente)
    saisie.kill()
    for ligne in saisie.stdout.read().splitlines():
        # La dernière ligne peut être coupée par la mort.
        if re.fullmatch(r"\d+", ligne) and int(ligne) == dernier + 1:
            dernier += 1
    saisie.stdout.close()
    saisie.wait()
    return dernier


def _morts(site: Site, nombre: int) -> None:
    un = site.poste("un")
    dossier = un.creer(NADIA)
    un.fermer()
    hasard, dernier = random.Random(nombre), 0
    for mort in range(nombre):
        dernier = _tourner_puis_tuer(un.coffre.chemin, dossier, dernier, 1 + mort % 2, hasard.random() * 0.08)
        survivant = Coffre.ouvrir(un.coffre.chemin, MOT_DE_PASSE, cout=COUT)
        with survivant._base.lecture() as connexion:
            assert connexion.exec_driver_sql("PRAGMA integrity_check").scalars().all() == ["ok"]
            assert connexion.exec_driver_sql("PRAGMA foreign_key_check").all() == []
        assert survivant.verifier_chaine() == []
        trouve = int(survivant.lire(dossier)["demande"]["precisions"])
        assert dernier <= trouve <= dernier + 1
        dernier = trouve
        survivant.fermer()
    repris = site.rouvrir(un.coffre.chemin)
    repris.tour()
    temoin = site.poste("temoin")
    temoin.tour()
    assert temoin.coffre.lire(dossier) == repris.coffre.lire(dossier)
    assert temoin.coffre.lire(dossier)["demande"]["precisions"] == str(dernier)
    assert (repris.attente(), a_trancher(repris.coffre.echanges)) == (0, [])
    assert _operations_au_registre(site) == dernier + 1


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
def test_tue_en_plein_tour(site: Site) -> None:
    """Cinq SIGKILL pendant qu'il envoie et reçoit : rien n'est perdu, rien n'est doublé."""
    _morts(site, 5)


@pytest.mark.campagne
def test_tue_cinquante_fois(site: Site) -> None:
    """La même épreuve, cinquante fois."""
    _morts(site, 50)
