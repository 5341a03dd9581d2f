"""Ce qui dit une violence ne change qu'avec la version de Perron : le coffre et le registre n'en connaissent pas plus.

Le mur refuse d'écrire, dans un dossier partagé, le nom d'une pièce ou d'une voie protégée. Il tient sa liste de ce qui
est livré : une couche qui en ajouterait une la ferait passer, une qui en ôterait une la ferait dire.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar

from modele.protection.sensibles import FAMILLE_PROTEGEE
from modele.regles.disque import Lisible
from modele.regles.fautes import Faute, FichierFautif


class _Nomme(Protocol):
    @property
    def id(self) -> str: ...


T = TypeVar("T", bound=_Nomme)


def exiger_les_memes_proteges(dessous: Sequence[T], dessus: Sequence[T], fichier: Lisible) -> None:
    """Vérifie que les entrées protégées de ``dessus`` sont celles de ``dessous``. Lève ``FichierFautif``."""
    avant, apres = _proteges(dessous), _proteges(dessus)
    fautes = [
        Faute(fichier.name, nom, None, "ce qui dit une violence ne change qu'avec la version de Perron")
        for nom in sorted(avant ^ apres)
    ]
    if fautes:
        raise FichierFautif(fautes)


def _proteges(entrees: Sequence[_Nomme]) -> set[str]:
    """Les voies et les publics discrets, les pièces de la famille protégée."""
    return {
        une.id for une in entrees if getattr(une, "discret", False) or getattr(une, "famille", "") == FAMILLE_PROTEGEE
    }
