"""Les imprimés officiels des recours DALO et DAHO : leurs rubriques connues, leurs pièces, ce qui se dit avant.

Une donnée lue et vérifiée (``national/imprimes.toml``). Le PDF lui-même, et ses cases, sont à part
(``modele.orientation.formulaires``). Essais : ``tests/modele/orientation/test_imprimes.py``.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Final

from modele.dossier.inventaire import inventaire
from modele.dossier.portail import lire_reportables
from modele.orientation.dalo import RECOURS
from modele.regles.conditions import Condition
from modele.regles.disque import Lisible
from modele.regles.faits import Catalogue
from modele.regles.lecture import Lecteur, lire_toml
from modele.regles.lecture_conditions import Contexte, lire_condition
from modele.regles.provenance import COMPLETE, SANS_PROVENANCE, Provenance, lire_provenance

FICHIER: Final = "national/imprimes.toml"
_NUMERO: Final = re.compile(r"\d{5}\*\d{2}")


@dataclass(frozen=True, slots=True)
class RubriqueImprimee:
    """Ce qui se recopie ensemble. ``numero`` : vide si aucune source ne le donne. ``motifs`` : ceux du recours.

    ``liste`` : la rubrique se répète pour chaque élément. ``facultatifs`` : ce qui ne se dit que répondu.
    """

    id: str
    numero: str
    libelle: str
    champs: tuple[str, ...] = ()
    liste: str = ""
    facultatifs: frozenset[str] = frozenset()
    motifs: bool = False


@dataclass(frozen=True, slots=True)
class PieceJointe:
    """Une pièce à joindre. ``vues`` : celles du dossier qui, vues, la font cocher ; aucune : jamais d'avance."""

    libelle: str
    vues: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Imprime:
    """L'imprimé d'un recours. ``numero`` : « 15036*01 ». ``depot`` : où il va. ``objet`` : celui d'une lettre."""

    id: str
    numero: str
    notice: str
    libelle: str
    objet: str
    depot: str
    rubriques: tuple[RubriqueImprimee, ...]
    pieces: tuple[PieceJointe, ...]
    dates_du_tribunal: tuple[str, ...]
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Mise:
    """Une phrase à dire, quand, et d'où elle vient. ``si`` absente : toujours."""

    phrase: str = ""
    si: Condition | None = None
    provenance: Provenance = SANS_PROVENANCE


@dataclass(frozen=True, slots=True)
class Imprimes:
    """Tout le fichier : les imprimés par recours, et ce qui se dit avant d'en remettre un.

    ``libelles`` : comment se dit un champ que son nom du dossier dirait mal.
    """

    imprimes: Mapping[str, Imprime] = field(default_factory=dict)
    libelles: Mapping[str, str] = field(default_factory=dict)
    aide_juridictionnelle: Mise = Mise()
    avant_daho: Mise = Mise()


def lire_imprimes(
    chemin: Lisible,
    catalogue: Catalogue,
    parametres: Collection[str] = frozenset(),
    *,
    pieces: Collection[str],
    echeances: Collection[str],
) -> Imprimes:
    """Les imprimés d'un fichier. ``pieces``, ``echeances`` : ce qui peut s'y nommer. Lève ``FichierFautif``."""
    lecteur = lire_toml(chemin)
    lecteur.exiger_format()
    contexte = Contexte(catalogue, parametres)
    aide, avant = _mise(lecteur, "aide_juridictionnelle", contexte), _mise(lecteur, "avant_daho", contexte)
    libelles, vus = _libelles(lecteur), set[str]()
    lus = [_imprime(table, vus, pieces, echeances) for table in lecteur.tables("imprime", obligatoire=True)]
    lecteur.finir()
    return Imprimes({un.id: un for un in lus}, libelles, aide, avant)


def _libelles(lecteur: Lecteur) -> dict[str, str]:
    table = lecteur.table("libelles")
    if table is None:
        return {}
    for champ in (un for un in table.cles if un not in inventaire().champs):
        table.signaler(champ, "ce champ n'existe pas dans le dossier")
    return {champ: table.texte(champ, obligatoire=True) for champ in table.cles}


def _mise(lecteur: Lecteur, cle: str, contexte: Contexte) -> Mise:
    table = lecteur.table(cle, obligatoire=True)
    if table is None:
        return Mise()
    lue = Mise(
        table.texte("phrase", obligatoire=True),
        lire_condition(table, "si", contexte),
        lire_provenance(table, exigees=COMPLETE),
    )
    table.clore()
    return lue


def _imprime(table: Lecteur, vus: set[str], pieces: Collection[str], echeances: Collection[str]) -> Imprime:
    nom, rubriques = table.identifiant(vus), set[str]()
    if nom and nom not in RECOURS:
        table.signaler("id", f"attendu : {' ou '.join(RECOURS)}")
    numero, dates = table.texte("numero", obligatoire=True), table.textes("dates_du_tribunal", obligatoire=True)
    if numero and not _NUMERO.fullmatch(numero):
        table.signaler("numero", "attendu : un numéro comme « 15036*01 »")
    for inconnue in (une for une in dates if une not in echeances):
        table.signaler("dates_du_tribunal", f"« {inconnue} » n'est pas une échéance ; attendu : « voie.échéance »")
    lu = Imprime(
        id=nom,
        numero=numero,
        notice=table.texte("notice"),
        libelle=table.texte("libelle", obligatoire=True),
        objet=table.texte("objet", obligatoire=True),
        depot=table.texte("depot", obligatoire=True),
        rubriques=tuple(_rubrique(une, rubriques) for une in table.tables("rubrique", obligatoire=True)),
        pieces=tuple(_piece(une, pieces) for une in table.tables("piece", obligatoire=True)),
        dates_du_tribunal=dates,
        provenance=lire_provenance(table, exigees=("fondement", *COMPLETE)),
    )
    table.clore()
    return lu


def _rubrique(table: Lecteur, vus: set[str]) -> RubriqueImprimee:
    motifs, liste = table.booleen("motifs"), table.texte("liste", permis=tuple(inventaire().listes))
    champs = () if motifs else lire_reportables(table, "champs", liste, obligatoire=True)
    facultatifs = table.textes("facultatifs")
    for autre in (un for un in facultatifs if un not in champs):
        table.signaler("facultatifs", f"« {autre} » n'est pas l'un des champs de cette rubrique")
    lue = RubriqueImprimee(
        table.identifiant(vus), table.texte("numero"), table.texte("libelle", obligatoire=True), champs, liste,
        frozenset(facultatifs), motifs,
    )  # fmt: skip
    table.clore()
    return lue


def _piece(table: Lecteur, pieces: Collection[str]) -> PieceJointe:
    vues = table.textes("vues")
    for inconnue in (une for une in vues if une not in pieces):
        table.signaler("vues", f"« {inconnue} » n'est pas une pièce de pieces.toml")
    lue = PieceJointe(table.texte("libelle", obligatoire=True), vues)
    table.clore()
    return lue
