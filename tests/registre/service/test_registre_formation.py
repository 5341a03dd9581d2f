"""Publier des cas de formation : un cas que les postes mettraient de côté ne se publie pas."""

from __future__ import annotations

import pytest

from modele.regles.fautes import ErreurUtilisateur
from modele.sources import assembler
from registre.service.publication import controler, est_un_paquet
from ressources import RESSOURCES

LIEU = "metropole-exemple"
CAS = (RESSOURCES / "formation" / "sans-abri-froid.toml").read_text("utf-8")


def paquet(texte: str, fichier: str) -> bytes:
    return assembler("formation", "accueil", "1", {fichier: texte.encode()})


def test_un_cas_valable_se_publie() -> None:
    assert est_un_paquet("formation.accueil")
    neuf = CAS.replace('id = "sans-abri-froid"', 'id = "sans-abri-ici"')
    controler(paquet(neuf, "sans-abri-ici.toml"), "formation.accueil", LIEU, [])
    controler(paquet(CAS, "sans-abri-froid.toml"), "formation.accueil", LIEU, [])


def test_un_cas_fautif_ou_adouci_ne_se_publie_pas() -> None:
    """Chaque faute se dit ; ou le point qu'il adoucit."""
    with pytest.raises(ErreurUtilisateur, match=r"ici\.toml, titre : cette clé manque"):
        controler(paquet('format = 1\nid = "ici"\n', "ici.toml"), "formation.accueil", LIEU, [])
    doux = CAS.replace('attente = "vital"\nappui = "veille"', 'attente = "attendu"\nappui = "veille"')
    assert doux != CAS
    with pytest.raises(ErreurUtilisateur, match="appeler-115 : ce cas le disait vital, et cela ne s'adoucit pas"):
        controler(paquet(doux, "sans-abri-froid.toml"), "formation.accueil", LIEU, [])
