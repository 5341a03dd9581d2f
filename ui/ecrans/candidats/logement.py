"""Saisir les colonnes d'un logement qu'aucun fichier ne dit. Ce qui manque n'écarte personne."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final, Protocol

from modele.attributions.classement.regles import regles
from modele.territoire.communes import nu
from ui.composants import Champ, GroupeChoix, Option, Pli, SaisieInvalide, etiquette_aide, viser
from ui.mots import candidats as mots
from ui.saisies.lecture import lire_nombre

_LIBELLES: Final = {"financement": "Financement", "typologie": "Typologie", "accessibilite": "Accessibilité"}
_CODES: Final = {
    "AUCUNE": "Aucune",
    "SANS_MARCHE": "Sans marche",
    "ADAPTE_FAUTEUIL": "Adapté au fauteuil",
    "CHAMBRE": "Chambre",
    "T1B": "T1 bis",
    "T6P": "T6 et plus",
    "HLMO": "HLM d'avant le PLUS (HLMO)",
}
"""Les codes des fichiers de bailleurs qui ne se lisent pas seuls."""
_INSEE: Final = re.compile(r"\d[0-9A-Z]{4}")


class Nommee(Protocol):
    """Une commune du territoire."""

    @property
    def nom(self) -> str: ...


class PliSaisie(Pli):
    """Replié : un logement d'un fichier sert d'abord."""

    def __init__(self) -> None:
        self.reference = Champ("Référence du logement")
        self.communes: Mapping[str, Nommee] = {}
        self.commune = Champ(
            "Commune", "Son nom, ou son code INSEE.", lire=lambda dit: _lire_commune(dit, self.communes)
        )
        self.residence = Champ("Résidence", "Telle que le bailleur la nomme ; vide, on ne sait pas laquelle.")
        self.surface = Champ("Surface habitable, en m²", lire=_lire_surface)
        self.codes = {
            nom: GroupeChoix(dit, [Option(code, _CODES.get(code, code), demi=True, dense=True) for code in _de(nom)])
            for nom, dit in _LIBELLES.items()
        }
        self.faute = etiquette_aide("")
        self.faute.hide()
        titres = [(etiquette_aide(_LIBELLES[nom]), groupe) for nom, groupe in self.codes.items()]
        super().__init__(
            "Saisir un logement",
            "Ne pas saisir",
            *(
                self.reference,
                self.commune,
                self.residence,
                self.surface,
                *(un for deux in titres for un in deux),
                self.faute,
            ),
        )

    def logement(self) -> dict[str, Any] | None:
        """Ce qui est saisi ; rien, la faute dite, si l'essentiel manque."""
        valides = [un.valider() for un in (self.commune, self.surface)]
        reference = self.reference.contenu.strip()
        manque = not reference or not self.commune.contenu.strip()
        self.faute.setText(mots.SAISIE if manque else "")
        self.faute.setVisible(manque)
        if manque or not all(valides):
            viser(self.commune if reference else self.reference)
            return None
        dits = {"ref_bailleur": reference, "code_insee": self.commune.valeur(), "surface_habitable": self._surface()}
        dits["residence"] = self.residence.contenu.strip()
        if (commune := self.communes.get(dits["code_insee"])) is not None:
            dits["commune"] = commune.nom
        return dits | {nom: groupe.valeur() for nom, groupe in self.codes.items()}

    def _surface(self) -> float | None:
        lue = self.surface.valeur()
        return None if lue is None else float(lue)


def _de(nom: str) -> tuple[str, ...]:
    return regles().logement[nom].codes


def _lire_commune(saisie: str, communes: Mapping[str, Nommee]) -> str:
    net = saisie.strip().upper()
    if _INSEE.fullmatch(net):
        return net
    nommees = [code for code, une in communes.items() if nu(une.nom) == nu(saisie.strip())]
    if len(nommees) != 1:
        raise SaisieInvalide(mots.COMMUNE)
    return nommees[0]


def _lire_surface(saisie: str) -> Decimal:
    return Decimal(lire_nombre(saisie, 2))
