"""Les numéros utiles, dans la forme du papier : ceux du pays, puis ceux du territoire."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from impressions.donnees import Contact

if TYPE_CHECKING:
    from modele.territoire.modele import ContactLocal


def contacts(locaux: Iterable[ContactLocal]) -> Mapping[str, Contact]:
    """Les contacts par identifiant ; un contact local prime. Lève ``FichierFautif`` si les numéros livrés le sont."""
    from modele.orientation.contacts import annuaire

    return {
        nom: Contact(
            un.numero or un.url, un.libelle, un.horaires, un.quand if un.local else "", un.confiance, un.verifie_le
        )
        for nom, un in annuaire(locaux).items()
    }
