"""Les mots que les blocs écrivent d'eux-mêmes, par langue : ``ressources/fiches/mots.<langue>.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from impressions.fiches import FICHES
from impressions.typographie import nombre
from modele.cotation.resultat import Fourchette
from modele.regles.fautes import ErreurUtilisateur


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

    def points(self, valeur: Decimal) -> str:
        """« 0 point », « 1 point », « 41 points »."""
        cle = "note.zero" if valeur == 0 else "note.un" if abs(valeur) < 2 else "note.plusieurs"
        return self(cle, valeur=nombre(valeur, self.langue))

    def fourchette(self, points: Fourchette) -> str:
        """Un intervalle de points en toutes lettres."""
        if points.min is not None and points.max is not None:
            if points.certaine:
                return self.points(points.min)
            return self("note.fourchette", min=nombre(points.min, self.langue), max=nombre(points.max, self.langue))
        if points.min is not None:
            return self("note.sans_maximum", min=nombre(points.min, self.langue))
        if points.max is not None:
            return self("note.sans_minimum", max=nombre(points.max, self.langue))
        return self("note.sans_bornes")

    def fourchette_courte(self, points: Fourchette) -> str:
        """Un intervalle pour une colonne de chiffres : « 12 », « 0 à 22 »."""
        if points.min is not None and points.max is not None:
            if points.certaine:
                return nombre(points.min, self.langue)
            return self(
                "note.fourchette_courte", min=nombre(points.min, self.langue), max=nombre(points.max, self.langue)
            )
        return self.fourchette(points)


@cache
def mots(langue: str) -> Mots:
    """Les mots d'une langue. Lève ``ErreurUtilisateur`` si leur fichier manque ou ne se lit pas."""
    chemin = FICHES / f"mots.{langue}.toml"
    try:
        return Mots(langue, tomllib.loads(chemin.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as cause:
        raise ErreurUtilisateur(
            f"Le fichier {chemin.name} manque ou n’est pas du TOML valide : rien ne peut s’imprimer dans cette langue."
        ) from cause
