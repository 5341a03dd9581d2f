"""Un papier composé : ses octets, et ce qui n'a pu s'y mettre."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from impressions.ecritures import nommer

_MANQUE: Final = (
    "Aucune police d'ici n'écrit {signes} : le papier laisse un blanc souligné à sa place. "
    "Complétez-le à la main, ou demandez à la personne comment elle l'écrit en lettres latines."
)
_MANQUENT: Final = (
    "Aucune police d'ici n'écrit {signes} : le papier laisse un blanc souligné à leur place. "
    "Complétez-le à la main, ou demandez à la personne comment elle l'écrit en lettres latines."
)
_MUET: Final = "Des signes n'ont pu s'écrire : le papier laisse un blanc souligné à leur place. Complétez-le à la main."
_DITS: Final = 3


class Papier(bytes):
    """Les octets d'un PDF. ``manques`` : les signes qu'aucune police n'écrit, un blanc à remplir à leur place.

    ``alertes`` : ce qui ne tient pas à la personne et n'y est pas non plus (un logo abîmé).
    """

    manques: tuple[str, ...]
    alertes: tuple[str, ...]

    def __new__(cls, octets: bytes, manques: Iterable[str] = (), alertes: Iterable[str] = ()) -> Papier:
        papier = super().__new__(cls, octets)
        papier.manques, papier.alertes = tuple(manques), tuple(alertes)
        return papier

    @property
    def muet(self) -> str:
        """L'avertissement qui ne nomme aucun signe : là où rien de ce qu'une personne a dit ne doit paraître."""
        return _MUET if self.manques else ""

    @property
    def avertissement(self) -> str:
        """Ce que l'agent doit savoir avant que le papier ne parte ; vide si tout s'y écrit.

        Le papier n'est pas refusé pour autant : qui a dormi dehors repart avec ses numéros et ses échéances, et un
        blanc souligné ne se lit pour aucune lettre, là où « ? » passait pour le nom.
        """
        return " ".join(filter(None, (self._manquent, *self.alertes)))

    @property
    def _manquent(self) -> str:
        if not self.manques:
            return ""
        dits = [nommer(signe) for signe in self.manques[:_DITS]]
        reste = len(self.manques) - len(dits)
        dits += [f"{reste} autre{'s' if reste > 1 else ''}"] if reste else []
        phrase = _MANQUE if len(self.manques) == 1 else _MANQUENT
        return phrase.format(signes=" et ".join(filter(None, (", ".join(dits[:-1]), dits[-1]))))
