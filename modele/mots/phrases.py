"""Les phrases que Perron dit de lui-même, par langue : ``ressources/langues/<langue>/mots.toml``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cache, reduce
from typing import Any, Final

from modele.cotation.resultat import Fourchette
from modele.mots.ecriture import FRANCAIS, accorder, dire_nombre, en_francais
from modele.regles.fautes import ErreurUtilisateur
from modele.regles.langues import langue as langue_de
from modele.regles.lecture import lire_toml
from modele.regles.traduction import NON_RELUE, Traduction, lire_traduction, non_redit
from ressources import RESSOURCES

LANGUES = RESSOURCES / "langues"
FICHIER: Final = "mots.toml"
MESURE: Final = "mesure"
"""La section des unités que portent les faits (« mois », « enfants ») : le mot français y est la clé."""
SIGNES: Final = frozenset(("%", "m²"))
"""Les unités qui s'écrivent pareil partout."""
Phrase = str | Mapping[str, str]
"""Une phrase, ou une par forme d'accord (« one », « few », « many », « other »)."""


class Mots:
    """Les phrases d'une langue, par « section.cle ». ``traduction`` : où elles en sont.

    ``propres`` : celles que son fichier dit lui-même, sans celles de son socle.
    """

    def __init__(
        self,
        langue: str,
        tables: Mapping[str, Mapping[str, Phrase]],
        traduction: Traduction = NON_RELUE,
        propres: Mapping[str, Mapping[str, Phrase]] | None = None,
    ) -> None:
        self.langue = langue
        self.traduction = traduction
        self.tables = tables
        self.propres = tables if propres is None else propres

    def __call__(self, nom: str, **valeurs: Any) -> str:
        """La phrase ``nom`` (« note.au »), ses blancs remplis, accordée à ``n`` si elle a plusieurs formes.

        Lève ``ErreurUtilisateur`` si elle manque.
        """
        section, _, cle = nom.partition(".")
        try:
            phrase = self.tables[section][cle]
            if isinstance(phrase, Mapping):
                phrase = accorder(phrase, valeurs["n"], self.langue)
            return phrase.format(**valeurs)
        except (KeyError, IndexError, ValueError, TypeError) as cause:
            raise ErreurUtilisateur(
                f"langues/{self.langue}/{FICHIER} : la phrase « {nom} » manque ou est mal formée."
                f" Complétez-la d’après langues/{FRANCAIS}/{FICHIER}."
            ) from cause

    def nom(self, section: str, cle: str, defaut: str) -> str:
        """Le nom écrit à cette clé, à défaut ``defaut``."""
        dit = self.tables.get(section, {}).get(cle, defaut)
        return dit if isinstance(dit, str) else defaut

    def mesure(self, unite: str, nombre: int | Decimal) -> str:
        """L'unité d'un fait, dans cette langue, accordée si elle s'accorde : « mois », « months »."""
        dite = self.tables.get(MESURE, {}).get(unite) or self.reste(unite)
        return dite if isinstance(dite, str) else accorder(dite, nombre, self.langue)

    def reste(self, francais: str) -> str:
        """Un mot du droit que cette langue ne redit pas : en français, marqué (``modele.regles.traduction``)."""
        return francais if en_francais(self.langue) or francais in SIGNES else non_redit(francais)

    def enumerer(self, dits: Iterable[str]) -> str:
        """« A, B, C », avec la virgule de l'écriture : celle de l'arabe n'est pas la nôtre."""
        return self.nom("liste", "virgule", ", ").join(dits)

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
        return self(cle, valeur=dire_nombre(valeur, self.langue), n=valeur)

    def fourchette(self, points: Fourchette) -> str:
        """Un intervalle de points en toutes lettres."""
        if points.min is not None and points.max is not None:
            if points.certaine:
                return self.points(points.min)
            return self("note.fourchette", min=self._nombre(points.min), max=self._nombre(points.max), n=points.max)
        if points.min is not None:
            return self("note.sans_maximum", min=self._nombre(points.min), n=points.min)
        if points.max is not None:
            return self("note.sans_minimum", max=self._nombre(points.max), n=points.max)
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
    """Les mots d'une langue ; ce qu'un autre français ne redit pas se dit en français.

    Lève ``ErreurUtilisateur`` si la langue est inconnue, si leur fichier manque ou ne se lit pas.
    """
    connue = langue_de(langue)
    socle = mots(connue.socle).tables if connue.socle else {}
    chemin = LANGUES / langue / FICHIER
    if socle and not chemin.is_file():
        return Mots(langue, socle, propres={})
    if not chemin.is_file():
        raise ErreurUtilisateur(
            f"Rien ne s’imprime encore en {connue.nom} : le fichier langues/{langue}/{FICHIER} manque."
            f" Écrivez-le d’après langues/{FRANCAIS}/{FICHIER}, ou choisissez une autre langue."
        )
    lecteur = lire_toml(chemin)
    traduction = lire_traduction(lecteur, obligatoire=langue != FRANCAIS, source="")
    tables = {cle: un for cle in lecteur.cles if isinstance(un := lecteur.brut(cle), dict)}
    lecteur.fautes.verifier()
    dites = {nom: {**socle.get(nom, {}), **tables.get(nom, {})} for nom in {**socle, **tables}}
    return Mots(langue, dites, traduction, tables)
