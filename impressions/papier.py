"""Un papier composé : ses octets, et ce qui n'a pu s'y mettre."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from impressions.ecritures import nommer
from modele.mots.ecriture import nom_de_langue

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
OBSERVES_TUS: Final = (
    "Ce que le système officiel a observé ne se dit encore qu'en français : ce papier ne le porte pas."
    " Lisez-le à l'écran, ou imprimez aussi la fiche en français."
)
_RESTES: Final = "Ce papier dit en français ce que rien ne redit encore en {langue} : {dits}. Lisez-le à voix haute."
_LONG: Final = 60


def restes_en_francais(dits: Iterable[str], langue: str) -> Iterator[str]:
    """Ce qui s'imprime en français faute de traduction, nommé à l'agent ; rien si tout est redit."""
    tous = [un if len(un) <= _LONG else f"{un[:_LONG].rstrip()}…" for un in dits]
    if tous:
        reste = len(tous) - _DITS
        suite = f" et {reste} autre{'s' if reste > 1 else ''}" if reste > 0 else ""
        nommes = ", ".join(f"« {un} »" for un in tous[:_DITS])
        yield _RESTES.format(langue=nom_de_langue(langue), dits=f"{nommes}{suite}")


class Papier(bytes):
    """Les octets d'un PDF. ``manques`` : les signes qu'aucune police n'écrit, un blanc à remplir à leur place.

    ``alertes`` : ce qui ne tient pas à la personne (un logo abîmé, ce qui reste en français).
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
