"""Les phrases que Perron dit de lui-même, par langue : ``ressources/langues/mots.<langue>.toml``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache, reduce
from typing import Any

import tomli

from modele.cotation.resultat import Fourchette
from modele.mots.ecriture import FRANCAIS, dire_nombre, nom_de_langue
from modele.regles.fautes import ErreurUtilisateur
from ressources import RESSOURCES

LANGUES = RESSOURCES / "langues"


class Mots:
    """Les phrases d'une langue, par « section.cle »."""

    def __init__(self, langue: str, tables: Mapping[str, Mapping[str, str]]) -> None:
        self.langue = langue
        self._tables = tables

    def __call__(self, nom: str, **valeurs: Any) -> str:
        """La phrase ``nom`` (« note.au »), ses blancs remplis. Lève ``ErreurUtilisateur`` si elle manque."""
        section, _, cle = nom.partition(".")
        try:
            return self._tables[section][cle].format(**valeurs)
        except (KeyError, IndexError, ValueError) as cause:
            raise ErreurUtilisateur(
                f"mots.{self.langue}.toml : la phrase « {nom} » manque ou est mal formée."
                " Complétez-la d’après mots.fr.toml."
            ) from cause

    def nom(self, section: str, cle: str, defaut: str) -> str:
        """Le nom écrit à cette clé, à défaut ``defaut``."""
        return self._tables.get(section, {}).get(cle, defaut)

    def l_un_de(self, choix: Sequence[str]) -> str:
        """« A ou B ou C » ; vide s'il n'y a pas de choix."""
        return (
            reduce(lambda premiers, dernier: self("reponse.ou", premiers=premiers, dernier=dernier), choix)
            if choix
            else ""
        )

    def points(self, valeur: Decimal) -> str:
        """« 0 point », « 1 point », « 41 points »."""
        cle = "note.zero" if valeur == 0 else "note.un" if abs(valeur) < 2 else "note.plusieurs"
        return self(cle, valeur=dire_nombre(valeur, self.langue))

    def fourchette(self, points: Fourchette) -> str:
        """Un intervalle de points en toutes lettres."""
        if points.min is not None and points.max is not None:
            if points.certaine:
                return self.points(points.min)
            return self("note.fourchette", min=self._nombre(points.min), max=self._nombre(points.max))
        if points.min is not None:
            return self("note.sans_maximum", min=self._nombre(points.min))
        if points.max is not None:
            return self("note.sans_minimum", max=self._nombre(points.max))
        return self("note.sans_bornes")

    def fourchette_courte(self, points: Fourchette) -> str:
        """Un intervalle pour une colonne de chiffres : « 12 », « 0 à 22 »."""
        if points.min is not None and points.max is not None:
            if points.certaine:
                return self._nombre(points.min)
            return self("note.fourchette_courte", min=self._nombre(points.min), max=self._nombre(points.max))
        return self.fourchette(points)

    def _nombre(self, valeur: Decimal) -> str:
        return dire_nombre(valeur, self.langue)


@cache
def mots(langue: str = FRANCAIS) -> Mots:
    """Les mots d'une langue. Lève ``ErreurUtilisateur`` si leur fichier manque ou ne se lit pas."""
    chemin = LANGUES / f"mots.{langue}.toml"
    if not nom_de_langue(langue):
        raise ErreurUtilisateur(
            f"Perron ne sait écrire ni une date ni un nombre dans la langue « {langue} » : rien ne peut s’y imprimer."
            " Vérifiez son code (« en », « ar », « uk »…)."
        )
    try:
        return Mots(langue, tomli.loads(chemin.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomli.TOMLDecodeError) as cause:
        raise ErreurUtilisateur(
            f"Le fichier {chemin.name} manque ou n’est pas du TOML valide : rien ne peut s’imprimer dans cette langue."
        ) from cause
