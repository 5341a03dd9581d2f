"""Revenir sur ce qu'on vient d'écrire : la pile des gestes d'un agent, dans un dossier, le temps d'une réception.

Annuler n'efface rien de l'histoire : c'est une écriture neuve, qui remet ce qu'il y avait. La pile se garde au coffre,
avec l'écriture elle-même : un poste tué ne la perd pas.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from modele.dossier.chemins import ABSENT, lire
from modele.dossier.documents import decoder, encoder

AU_PLUS: Final = 100
"""Gestes gardés : une réception n'en compte pas davantage qu'on veuille défaire."""


class Geste(Struct, frozen=True):
    """Une écriture : pour chaque chemin, ce qu'il y avait et ce qui y est. Une suite vide : il n'y avait rien."""

    avant: dict[str, list[Any]]
    apres: dict[str, list[Any]]

    @property
    def chemin(self) -> str:
        """Le premier champ touché : celui qui donne son nom au geste."""
        return next(iter(self.apres), "")

    @property
    def inverse(self) -> Geste:
        """Le geste qui le défait."""
        return Geste(self.apres, self.avant)

    def ecrit(self, document: Mapping[str, Any]) -> Geste:
        """Ce geste, sans ce que ce document n'a pas gardé : un « non » qui se tait ne se lit pas dans la pile."""
        gardes = {chemin: dit for chemin, dit in self.apres.items() if lire(document, chemin) == _lu(dit)}
        return Geste({chemin: self.avant[chemin] for chemin in gardes}, gardes)

    def remis(self, document: Mapping[str, Any]) -> dict[str, Any]:
        """Ce qui remet les choses comme avant, là où personne n'a écrit depuis."""
        return {
            chemin: _lu(self.avant[chemin])
            for chemin, ecrit in self.apres.items()
            if lire(document, chemin) == _lu(ecrit)
        }


class Retours(Struct, frozen=True):
    """Les gestes qui s'annulent (``faits``) et ceux qui se refont (``defaits``), le dernier à la fin."""

    agent: str = ""
    dossier: str = ""
    faits: tuple[Geste, ...] = ()
    defaits: tuple[Geste, ...] = ()

    def avec(self, document: Mapping[str, Any], valeurs: Mapping[str, Any]) -> Retours:
        """La pile après cette écriture ; ce qui était défait ne se refait plus. ``document`` : avant elle."""
        geste = Geste({c: _ecrit(lire(document, c)) for c in valeurs}, {c: _ecrit(v) for c, v in valeurs.items()})
        return replace(self, faits=(*self.faits, geste)[-AU_PLUS:], defaits=())

    def apres_annulation(self) -> Retours:
        """La pile une fois son dernier geste annulé."""
        return replace(self, faits=self.faits[:-1], defaits=(*self.defaits, self.faits[-1]))

    def apres_refaite(self) -> Retours:
        """La pile une fois refait le dernier geste annulé."""
        return replace(self, faits=(*self.faits, self.defaits[-1]), defaits=self.defaits[:-1])

    def tenue(self, document: Mapping[str, Any]) -> Retours:
        """La pile à garder avec ce document, une fois écrit : de son dernier geste, ce qui s'est vraiment écrit.

        Vide si le document est d'un autre dossier : rien de l'ancien ne se lit dans le neuf.
        """
        if document.get("id") != self.dossier:
            return Retours()
        return replace(self, faits=(*self.faits[:-1], *(geste.ecrit(document) for geste in self.faits[-1:])))

    def pour(self, agent: str, dossier: str) -> Retours:
        """Cette pile si elle est à cet agent et à ce dossier ; sinon une pile vide à eux."""
        return self if (self.agent, self.dossier) == (agent, dossier) else Retours(agent, dossier)

    def ecrire(self) -> str:
        """Le texte à garder au coffre."""
        return encoder(self).decode()


def relire(texte: str) -> Retours:
    """La pile gardée ; vide si rien ne l'est, ou si ce texte est d'une autre version."""
    from msgspec import ValidationError, convert

    try:
        return convert(decoder(texte.encode()), Retours) if texte else Retours()
    except (ValidationError, ValueError):
        return Retours()


def _ecrit(valeur: Any) -> list[Any]:
    return [] if valeur is ABSENT else [valeur]


def _lu(ecrit: list[Any]) -> Any:
    return ecrit[0] if ecrit else ABSENT
