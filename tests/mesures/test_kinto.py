"""La référence fait tout le travail : une référence qui en saute une part serait trop rapide, et nos rapports faux."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest
from dossiers_reels import dossiers
from kinto import Kinto, Reglages, relie, servir
from postgres import postgres

pytestmark = pytest.mark.campagne
NOMBRE = 60


def rendus(kinto: Kinto) -> dict[str, dict[str, object]]:
    """Ce que Kinto rend de chaque dossier, sans la date qu'il y ajoute."""
    tous = {}
    with relie(kinto.ports[0]) as client:
        for rang in range(kinto.reglages.collections):
            lu, _ = client.demander("GET", f"/v1/buckets/perron/collections/d-{rang}/records")
            for dossier in msgspec.json.decode(lu)["data"]:
                del dossier["last_modified"]
                tous[dossier["id"]] = dossier
    return tous


@pytest.mark.parametrize("methode", ["PATCH", "JSON-PATCH", "PUT"])
def test_la_reference_garde_chaque_dossier_et_chaque_retouche(methode: str) -> None:
    montes = dossiers(NOMBRE)
    with postgres() as serveur, serveur.base_neuve("essai") as adresse:
        reglages = replace(Reglages(), lot=10, page=7, retoucher=methode)
        with servir(adresse, reglages) as kinto:
            kinto.ouvrir("d")
            kinto.monter("d", montes)
            assert rendus(kinto) == {dossier["id"]: dossier for dossier in montes}
            kinto.descendre("d", montes)
            for retoucher, serie in ((kinto.retoucher, "97"), (kinto.retoucher_un_a_un, "98")):
                retoucher("d", montes, NOMBRE)
                for rang, dossier in enumerate(montes):
                    dossier["contact"]["telephone"] = f"+33639{serie}{9999 - rang:04d}"
                assert rendus(kinto) == {dossier["id"]: dossier for dossier in montes}


def test_la_reference_ne_tait_pas_un_dossier_manquant() -> None:
    montes = dossiers(NOMBRE)
    with postgres() as serveur, serveur.base_neuve("essai") as adresse, servir(adresse, Reglages()) as kinto:
        kinto.ouvrir("d")
        kinto.monter("d", montes[1:])
        with pytest.raises(RuntimeError, match=f"{NOMBRE - 1} dossiers sur {NOMBRE}"):
            kinto.descendre("d", montes)
