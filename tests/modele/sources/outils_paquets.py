"""Des paquets d'essai, des sources qui les ont reçus, et une clé nationale d'essai."""

from __future__ import annotations

import base64
import io
import shutil
import zipfile
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

from modele.protocole.signatures import cle_publique, signer, verifier
from modele.sources import Recu, Sources, Surcharge, assembler, ouvrir
from modele.sources.paquet import ecrire_manifeste, texte_national
from ressources import RESSOURCES

CLE = bytes(range(32))
JOUR = datetime(2026, 12, 1, 9)


def paquet(nom: str, fichiers: Mapping[str, str | bytes], version: int = 1, *, signe_par: bytes = b"") -> Recu:
    """Un paquet reçu ; ``signe_par`` : la clé privée nationale."""
    genre, _, identifiant = nom.partition(".")
    octets = {chemin: un if isinstance(un, bytes) else un.encode() for chemin, un in fichiers.items()}
    manifeste = ecrire_manifeste(genre, identifiant, "essai", octets)
    signature = signer(signe_par, texte_national(manifeste)) if signe_par else b""
    return Recu(nom, version, assembler(genre, identifiant, "essai", octets, signature))


def national(fichiers: Mapping[str, str | bytes], nom: str = "national.essai") -> Recu:
    """Un paquet signé par la clé nationale d'essai."""
    return paquet(nom, fichiers, signe_par=CLE)


def modifie(nature: str, identifiant: str, fichier: str, texte: str, quand: datetime = JOUR) -> Surcharge:
    """Ce qu'une structure a modifié."""
    return Surcharge(nature, identifiant, fichier, texte.encode(), "Ana Martin", quand)


def surcharges_de(dossier: Path, auteur: str = "Ana Martin") -> list[Surcharge]:
    """Celles d'un vrai dossier de fichiers, ``<nature>/<id>/<fichier>`` : ce que rendra le genre du coffre."""
    return [
        Surcharge(
            un.parts[-3], un.parts[-2], un.name, un.read_bytes(), auteur, datetime.fromtimestamp(un.stat().st_mtime)
        )
        for un in sorted(dossier.glob("*/*/*"))
    ]


def avec_cle_nationale(dossier: Path) -> Path:
    """Une copie des ressources qui croit la clé nationale d'essai ; tout le reste est ce qui est livré."""
    racine = dossier / "ressources_signees"
    if not racine.exists():
        racine.mkdir()
        for livre in RESSOURCES.iterdir():
            if livre.name != "national":
                (racine / livre.name).symlink_to(livre)
        shutil.copytree(RESSOURCES / "national", racine / "national")
        cle = base64.b64encode(cle_publique(CLE)).decode()
        with (racine / "national/sources.toml").open("a", encoding="utf-8") as fichier:
            fichier.write(
                f'\n[[cle_nationale]]\norganisme = "essai"\ncle = "{cle}"\nverifie_le = 2026-11-29\nsource = "essai"\n'
            )
    return racine


def sources(racine: Path = RESSOURCES, recus: Iterable[Recu] = (), surcharges: Iterable[Surcharge] = ()) -> Sources:
    """Les sources d'un poste."""
    return ouvrir(racine, recus, surcharges, verifier)


def livre(chemin: str) -> str:
    """Le texte livré."""
    return (RESSOURCES / chemin).read_text(encoding="utf-8")


def zip_de(entrees: Mapping[str, bytes], **reglages: object) -> bytes:
    """Un zip quelconque ; ``reglages`` : attributs de chaque entrée."""
    tampon = io.BytesIO()
    with zipfile.ZipFile(tampon, "w", zipfile.ZIP_DEFLATED) as sortie:
        for nom, octets in entrees.items():
            entree = zipfile.ZipInfo(nom)
            entree.compress_type = zipfile.ZIP_DEFLATED
            for cle, valeur in reglages.items():
                setattr(entree, cle, valeur)
            sortie.writestr(entree, octets)
    return tampon.getvalue()
