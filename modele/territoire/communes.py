"""Les communes : celles de France (code officiel géographique 2026), celles d'un territoire. Clé : le code INSEE."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cached_property, lru_cache
from typing import Final, NamedTuple, TypeAlias

from modele.regles.disque import Lisible, lire
from modele.regles.faits import proche
from modele.regles.fautes import ErreurUtilisateur
from modele.territoire.tables import lignes_csv

FICHIER: Final = "national/communes_france_2026.csv"
COLONNES: Final = ("code_insee", "nom", "codes_postaux", "departement", "region", "nom_epci")
# Une table écrite par une structure peut ne pas l'avoir.
_NOM_DU_DEPARTEMENT: Final = "nom_departement"
AUTRES_NOMS: Final = "national/communes_autres_noms.csv"
COLONNES_DES_AUTRES: Final = ("code_insee", "nom", "codes_postaux")
# « 11e », « 3ème », « 1er » : le rang seul.
_RANG: Final = re.compile(r"\b(\d+)(?:er|re|e|eme)\b")
_MOTS_VIDES: Final = re.compile(r"[^a-z0-9]+")
_LIAISONS: Final = {"st": "saint", "ste": "sainte"}


AutresNoms: TypeAlias = tuple[tuple[str, str, tuple[str, ...]], ...]


class Commune(NamedTuple):
    """Une commune. Un code postal en couvre plusieurs, et une commune en a plusieurs : ``code`` est le code INSEE.

    ``autrement`` : un autre de ses noms, sous lequel elle a été cherchée (un arrondissement, une commune fondue).
    ``etranger`` : c'est un pays, qui tient la place d'une commune (``modele.territoire.etranger``).
    """

    code: str
    nom: str
    codes_postaux: tuple[str, ...]
    departement: str
    region: str
    epci: str = ""
    autrement: str = ""
    nom_departement: str = ""
    etranger: bool = False

    @property
    def cherchee(self) -> str:
        """Le nom sous lequel elle se cherche."""
        return self.autrement or self.nom


class Table(dict[str, Commune]):
    """Les communes d'une table, par code INSEE ; partagée entre ceux qui la lisent, elle ne se change pas."""

    @cached_property
    def noms(self) -> tuple[tuple[str, Commune], ...]:
        """Chaque commune et son nom nu."""
        return tuple((nu(commune.nom), commune) for commune in self.values())


class France:
    """Toutes les communes de France, lues par ``lire`` la première fois qu'on en demande une ; puis leurs autres noms.

    ``lire_les_autres`` : de chaque autre nom, le code INSEE actuel, le nom et ses codes postaux.
    """

    def __init__(self, lire: Callable[[], Table], lire_les_autres: Callable[[], AutresNoms] = tuple) -> None:
        self._lire, self._lire_les_autres = lire, lire_les_autres

    @cached_property
    def communes(self) -> Table:
        """Par code INSEE."""
        return self._lire()

    @cached_property
    def noms(self) -> tuple[tuple[str, Commune], ...]:
        """Chaque commune sous chacun de ses noms, nu, de quoi chercher ; à préparer hors du fil de l'écran."""
        connues = self.communes
        autres = (
            (nu(nom), connues[code]._replace(autrement=nom, codes_postaux=postaux or connues[code].codes_postaux))
            for code, nom, postaux in self._lire_les_autres()
            if code in connues
        )
        return (*connues.noms, *autres)

    def trouver(self, code: str) -> Commune:
        """La commune de ce code INSEE. Lève ``ErreurUtilisateur``, avec une proposition, si elle n'existe pas."""
        if code in self.communes:
            return self.communes[code]
        raise ErreurUtilisateur(f"« {code} » n'est pas le code INSEE d'une commune en 2026.{self._proposer(code)}")

    def _proposer(self, code: str) -> str:
        """Un code postal, un nom ou un code voisin disent souvent ce que l'agent voulait."""
        connues = self.communes
        par_postal = [c for c in connues.values() if code in c.codes_postaux]
        if par_postal:
            listees = ", ".join(f"{c.code} ({c.nom})" for c in par_postal[:5])
            return f" C'est un code postal ; donnez le code INSEE : {listees}."
        par_nom = [c for c in connues.values() if c.nom.casefold() == code.casefold()]
        if par_nom:
            return f" Donnez son code INSEE : {', '.join(c.code for c in par_nom[:5])}."
        voisin = proche(code, connues)
        return f" Vouliez-vous {voisin} ({connues[voisin].nom}) ?" if voisin else " Donnez les cinq caractères du code."


def lire_communes(fichier: Lisible) -> Table:
    """Les communes d'une table, par code INSEE. Lève ``FichierFautif``."""
    return _lire(fichier.name, lire(fichier))


# Un tiers de seconde pour les 35 000 : le même texte, relu à chaque publication reçue, donne la même table.
@lru_cache(maxsize=2)
def _lire(nom: str, texte: str) -> Table:
    entete = next((ligne for ligne in texte.split("\n", 20) if not ligne.startswith("#")), "").strip().split(",")
    colonnes = (*COLONNES, _NOM_DU_DEPARTEMENT) if _NOM_DU_DEPARTEMENT in entete else COLONNES
    return Table(
        (code, Commune(code, nom_, tuple(filter(None, postaux.split("|"))), ou, region, epci, "", "".join(reste)))
        for code, nom_, postaux, ou, region, epci, *reste in lignes_csv(nom, texte, colonnes)
    )


def lire_autres_noms(fichier: Lisible) -> AutresNoms:
    """Les autres noms des communes. Lève ``FichierFautif``."""
    lignes = lignes_csv(fichier.name, lire(fichier), COLONNES_DES_AUTRES)
    return tuple((code, nom, tuple(filter(None, postaux.split("|")))) for code, nom, postaux in lignes)


def nu(texte: str) -> str:
    """Un nom sans accents, ni majuscules, ni traits d'union ; « St » vaut « Saint », « 11e » vaut « 11 »."""
    plie = texte.casefold()
    if not plie.isascii():
        decompose = unicodedata.normalize("NFD", plie.replace("œ", "oe").replace("æ", "ae"))
        plie = "".join(signe for signe in decompose if not unicodedata.combining(signe))
    return " ".join(_LIAISONS.get(mot, mot) for mot in _RANG.sub(r"\1", _MOTS_VIDES.sub(" ", plie)).split())
