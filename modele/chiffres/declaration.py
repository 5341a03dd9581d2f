"""Les chiffres du rapport d'activité, tels que ``ressources/national/rapport.toml`` les déclare. Rien ne s'y compte."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from modele.dossier.inventaire import inventaire
from modele.dossier.nomenclatures import nationales
from modele.genres import livres
from modele.regles.lecture import Lecteur, lire_toml
from ressources import RESSOURCES

_FICHIER: Final = RESSOURCES / "national" / "rapport.toml"
NON_DIT: Final = "non_dit"
"""D'une réponse à une seule valeur, celles qui n'en ont pas donné."""


class Perimetre(StrEnum):
    """Où un chiffre se lit : jamais aux deux endroits, leur différence dirait les autres lieux."""

    LIEU = "lieu"
    TERRITOIRE = "territoire"


class Compte(StrEnum):
    """Ce qu'un chiffre compte de personnes, ou de venues (voir le fichier)."""

    PERSONNES = "personnes"
    CODES = "codes"
    VALEURS = "valeurs"
    UN_DE = "un_de"
    ORIENTEES = "orientees"
    VOIES = "voies"
    A_PART = "a_part"
    ISSUES = "issues"
    DELAI = "delai"
    OBJETS = "objets"
    VENUES = "venues"


SEULS: Final = frozenset({Compte.PERSONNES, Compte.UN_DE, Compte.ORIENTEES, Compte.A_PART})
"""Ceux qui n'ont jamais qu'une ligne."""
_DU_TERRITOIRE: Final = frozenset({Compte.VALEURS, Compte.UN_DE, Compte.A_PART})
"""Ceux qui ne se disent jamais par lieu, quoi que le fichier dise."""
_A_CHEMIN: Final = frozenset({Compte.CODES, Compte.VALEURS, Compte.UN_DE})
_D_OBJETS: Final = frozenset({Compte.OBJETS, Compte.VENUES})


@dataclass(frozen=True, slots=True)
class Chiffre:
    """Un chiffre déclaré. ``de`` : celui dont il est une part ; vide, toutes les personnes de son périmètre.

    ``codes`` : ceux d'une seule ligne. ``sauf`` : ceux qui n'ont pas de ligne. ``genre``, ``quand`` et ``chemin`` :
    l'objet qu'il compte, sa date, ce qui le range.
    """

    id: str
    libelle: str
    definition: str
    perimetre: Perimetre
    compte: Compte
    chemin: str = ""
    nomenclature: str = ""
    codes: tuple[str, ...] = ()
    sauf: tuple[str, ...] = ()
    de: str = ""
    genre: str = ""
    quand: str = ""

    @property
    def suivi(self) -> bool:
        """Faux si Perron ne tient pas encore ce qu'il compte : le genre, sa date ou ce qui le range n'existe pas."""
        if self.compte not in _D_OBJETS:
            return True
        declares = livres().du(self.genre).inventaire.champs
        return self.quand in declares and (self.chemin in declares or not self.chemin)

    @property
    def seul(self) -> bool:
        """Vrai s'il n'a qu'une ligne."""
        return self.compte in SEULS or (self.compte is Compte.VENUES and not self.chemin)

    def lignes(self) -> Mapping[str, str]:
        """Ses lignes connues d'avance : de chaque code, son libellé ; vide s'il n'en a pas."""
        liste = nationales().get(self.nomenclature)
        dites = {} if liste is None or self.codes else {un.code: un.libelle for un in liste.codes.values()}
        return {code: dit for code, dit in dites.items() if code not in self.sauf}


@dataclass(frozen=True, slots=True)
class Declares:
    """Tous les chiffres. ``a_part`` : les voies qui ne se disent jamais par lieu."""

    methode: int
    a_part: frozenset[str]
    chiffres: tuple[Chiffre, ...]

    def du(self, perimetre: Perimetre) -> tuple[Chiffre, ...]:
        """Ceux de ce périmètre, dans l'ordre du fichier."""
        return tuple(un for un in self.chiffres if un.perimetre is perimetre)


@lru_cache(maxsize=1)
def declares() -> Declares:
    """Ceux qui sont livrés. Lève ``FichierFautif`` avec toutes les fautes."""
    return lire_declares(lire_toml(_FICHIER))


def lire_declares(lecteur: Lecteur) -> Declares:
    """Lit et vérifie : chaque chemin existe, rien de protégé ne se compte par lieu. Lève ``FichierFautif``."""
    lecteur.exiger_format()
    methode = lecteur.entier("methode", obligatoire=True) or 0
    table = lecteur.table("a_part", obligatoire=True)
    voies = table.textes("voies", obligatoire=True) if table is not None else ()
    vus: set[str] = set()
    lus = [_chiffre(une, vus) for une in lecteur.tables("chiffre", obligatoire=True)]
    lecteur.finir()
    return Declares(methode, frozenset(voies), tuple(lus))


def _chiffre(table: Lecteur, vus: set[str]) -> Chiffre:
    avant = frozenset(vus)
    lu = Chiffre(
        table.identifiant(vus),
        table.texte("libelle", obligatoire=True),
        table.texte("definition", obligatoire=True),
        Perimetre(table.texte("perimetre", obligatoire=True, permis=list(Perimetre)) or Perimetre.LIEU),
        Compte(table.texte("compte", obligatoire=True, permis=list(Compte)) or Compte.PERSONNES),
        table.texte("chemin"),
        table.texte("nomenclature"),
        table.textes("codes"),
        table.textes("sauf"),
        table.texte("de"),
        table.texte("genre"),
        table.texte("quand"),
    )
    for cle, message in _fautes(lu, avant):
        table.signaler(cle, message)
    table.clore()
    return lu


def _fautes(lu: Chiffre, avant: frozenset[str]) -> list[tuple[str, str]]:
    """Ce qui ne va pas d'un chiffre lu : la clé, la phrase."""
    liste = nationales().get(lu.nomenclature)
    connus = frozenset(liste.codes) if liste is not None else frozenset()
    cites = [(cle, un) for cle, eux in (("codes", lu.codes), ("sauf", lu.sauf)) for un in eux if un not in connus]
    fautes = [(cle, f"« {un} » n'est pas un de ses codes") for cle, un in cites]
    if lu.nomenclature and liste is None:
        fautes.append(("nomenclature", f"« {lu.nomenclature} » n'est pas une liste de codes"))
    if lu.compte in _D_OBJETS and not lu.nomenclature and not lu.seul:
        fautes.append(("nomenclature", "sans elle, ce chiffre n'aurait aucune ligne"))
    if lu.compte in _A_CHEMIN and lu.chemin not in inventaire().champs:
        fautes.append(("chemin", f"« {lu.chemin} » n'est pas un champ du dossier"))
    if lu.de and lu.de not in avant:
        fautes.append(("de", f"« {lu.de} » doit être déclaré avant lui"))
    if lu.perimetre is Perimetre.LIEU and lu.compte in _DU_TERRITOIRE:
        fautes.append(("perimetre", "cela ne se dit qu'au territoire"))
    disent = [un.code for un in (liste.codes.values() if liste else ()) if un.violence and un.code not in lu.sauf]
    if disent and not lu.codes:
        fautes.append(("sauf", f"« {disent[0]} » dit une violence : une ligne à lui la compterait"))
    return fautes
