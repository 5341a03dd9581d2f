"""Lire une surcouche de langue : son en-tête dit d'où viennent ses mots, chaque clé existe en français."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from modele.regles.disque import Lisible
from modele.regles.egalite import ecart as ecart_de_nombres
from modele.regles.lecture import Lecteur, lire_toml, vouliez_vous
from modele.regles.provenance import lire_provenance
from modele.regles.traduction import Traduction, lire_traduction

__all__ = ["connue", "ecart_de_nombres", "ouvrir", "tables_de", "textes_de"]
_ENTETE: Final = (
    "format", "source", "verifie_le", "confiance", "fondement",
    "etat", "relu_par", "relu_le", "publie_par", "publie_le",
)  # fmt: skip


def ouvrir(fichier: Lisible) -> tuple[Lecteur, Traduction]:
    """Le fichier, son en-tête lu ; il dit d'où viennent ses mots, et qui en répond."""
    lecteur = lire_toml(fichier)
    lecteur.exiger_format()
    lire_provenance(lecteur, exigees=("source", "verifie_le"))
    return lecteur, lire_traduction(lecteur, source="")


def tables_de(lecteur: Lecteur, connus: Collection[str]) -> dict[str, Lecteur]:
    """Ses tables, par clé ; une clé que le français n'a pas est une faute."""
    entete = () if lecteur.chemin else _ENTETE
    cles = [cle for cle in lecteur.cles if cle not in entete]
    return {cle: table for cle in cles if connue(lecteur, cle, connus) and (table := lecteur.table(cle))}


def textes_de(table: Lecteur, francais: Mapping[str, str]) -> dict[str, str]:
    """Un texte par clé connue, qui garde les nombres et les emplacements du français."""
    dits = {cle: table.texte(cle, obligatoire=True) for cle in table.cles if connue(table, cle, francais)}
    for cle, dit in dits.items():
        if ecart := dit and ecart_de_nombres(francais[cle], dit):
            table.signaler(cle, ecart)
    table.clore()
    return dits


def connue(lecteur: Lecteur, cle: str, connus: Collection[str]) -> bool:
    """Vrai si le français a cette clé ; sinon, une faute avec la plus ressemblante."""
    if cle in connus:
        return True
    lecteur.brut(cle)
    lecteur.signaler(cle, f"« {cle} » n'existe pas en français{vouliez_vous(cle, connus)}")
    return False
