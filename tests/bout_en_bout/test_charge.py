"""Mille postes, cinquante territoires, cent saisies par seconde : rien de perdu, rien de doublé, des chiffres dits."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from charge import Constat, Reglages, enroler_tous, mener
from sqlalchemy import Engine, func, select

from registre.base.embarque import Grappe
from registre.base.migration import mettre_a_jour
from registre.base.moteur import creer_moteur
from registre.base.schema import operation, territoire
from registre.serveur import ouvrir_prise

_RACINE = Path(__file__).parents[2]
_COURTE = Reglages(postes=12, territoires=3, debit=30, secondes=2)


def test_la_charge_courte() -> None:
    """La même charge, en petit : le harnais et ses comptes tiennent."""
    _eprouver(_COURTE)


@pytest.mark.campagne
def test_mille_postes_pendant_deux_minutes(capsys: pytest.CaptureFixture[str]) -> None:
    """Les chiffres se lisent ; seules une perte, un doublon ou une faute font échouer."""
    constat = _eprouver(Reglages())
    with capsys.disabled():
        print(f"\n1 000 postes, 50 territoires : {constat}")


def _eprouver(reglages: Reglages) -> Constat:
    donnees = Path(tempfile.mkdtemp(prefix="perron-charge-"))
    grappe = Grappe(donnees)
    adresse = grappe.demarrer()
    try:
        moteur = creer_moteur(adresse)
        mettre_a_jour(moteur)
        postes = enroler_tous(moteur, reglages, datetime.now(UTC))
        with _servi(adresse) as (url, pid):
            pid_postgresql = int((donnees / "postgresql" / "postmaster.pid").read_text().splitlines()[0])
            constat = mener(url, postes, reglages, [pid, pid_postgresql])
        _exiger(moteur, constat, reglages)
        moteur.dispose()
    finally:
        grappe.arreter()
        shutil.rmtree(donnees)
    return constat


def _exiger(moteur: Engine, constat: Constat, reglages: Reglages) -> None:
    attendues = int(reglages.debit * reglages.secondes)
    assert not constat.fautes
    assert len(constat.latences) == attendues
    with moteur.connect() as connexion:
        gardees = connexion.execute(select(func.count()).select_from(operation)).scalar_one()
        # Une séquence par opération, sans trou : l'ordre des séquences est celui des validations.
        sequences = connexion.execute(select(func.sum(territoire.c.seq))).scalar_one()
    assert gardees == attendues == sequences


@contextmanager
def _servi(base: str) -> Iterator[tuple[str, int]]:
    prise = ouvrir_prise("127.0.0.1", 0)
    port = prise.getsockname()[1]
    prise.close()
    commande = [sys.executable, "-m", "registre", "demarrer", "--base", base, "--sans-tls", "--port", str(port)]
    with subprocess.Popen(commande, cwd=_RACINE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as programme:
        try:
            assert programme.stdout is not None
            assert b"Registre ouvert" in programme.stdout.readline()
            _attendre(f"http://127.0.0.1:{port}")
            yield f"http://127.0.0.1:{port}", programme.pid
        finally:
            programme.terminate()


def _attendre(url: str) -> None:
    client = httpx.Client(transport=httpx.HTTPTransport(retries=20), trust_env=False)
    with client:
        assert client.get(f"{url}/pret").status_code == httpx.codes.OK
