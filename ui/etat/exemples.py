"""Les dossiers d'exemple livrés, pour apprendre sans risque."""

from __future__ import annotations

from modele.dossier.chemins import Document
from ressources import RESSOURCES


def lire_exemples() -> list[Document]:
    """Les dossiers d'exemple livrés, tous fictifs."""
    from modele.dossier.documents import decoder

    return list(decoder((RESSOURCES / "exemples" / "dossiers.json").read_bytes()))
