"""Ce qu'un fichier venu d'ailleurs peut peser, au plus. Au-delà, il est refusé sans être lu."""

from __future__ import annotations

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


def trop(au_plus: int) -> str:
    """Pourquoi il est refusé, en quelques mots."""
    return f"il pèse plus de {au_plus // MEBI} Mio, ce n'est pas un fichier que Perron attend"
