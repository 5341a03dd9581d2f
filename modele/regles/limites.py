"""Ce qu'un fichier venu d'ailleurs peut peser, au plus ; combien de fois un geste se refait. Au-delà, c'est refusé."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

MEBI: Final = 1 << 20
TEXTE_AU_PLUS: Final = 16 * MEBI
"""Un fichier de texte : TOML, JSON, CSV, Markdown. La plus lourde table livrée en pèse trois."""
OCTETS_AU_PLUS: Final = 64 * MEBI
"""Un paquet, un fichier scellé, un reçu."""


PAQUET_AU_PLUS: Final = 32 * MEBI
"""Un paquet ouvert (fiche, territoire, langue), tous ses fichiers ensemble."""
FICHIERS_AU_PLUS: Final = 200
"""Les fichiers d'un paquet."""

ESSAIS_SEUL_A_SEUL: Final = 10
"""Les recherches « seul à seul » d'un agent en ``DUREE_DES_ESSAIS`` : de quoi épeler, pas de quoi essayer une liste."""
DUREE_DES_ESSAIS: Final = timedelta(hours=1)


def trop(au_plus: int) -> str:
    """Pourquoi il est refusé, en quelques mots."""
    return f"il pèse plus de {au_plus // MEBI} Mio, ce n'est pas un fichier que Perron attend"
