"""Les numéros utiles, dans la forme du papier : ceux du pays, puis ceux du territoire."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from impressions.donnees import Contact

if TYPE_CHECKING:
    from modele.orientation.contacts import Contact as ContactConnu


def contacts(connus: Mapping[str, ContactConnu]) -> Mapping[str, Contact]:
    """Les contacts par identifiant, dans la forme du papier. ``connus`` : ``Regles.contacts``."""
    return {
        nom: Contact(
            un.numero or un.url,
            un.libelle,
            un.horaires,
            un.quand if un.local else "",
            un.provenance.confiance,
            un.provenance.verifie_le,
        )
        for nom, un in connus.items()
    }
