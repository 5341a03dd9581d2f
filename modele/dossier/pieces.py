"""Les pièces : ce que le droit permet d'exiger pour enregistrer, ce que l'instruction demandera, ce qui a été vu."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from modele.dossier.inventaire import DEMANDEUR, PERSONNES
from modele.dossier.lecture_questionnaire import catalogue_element
from modele.dossier.situation import elements
from modele.regles.conditions import Condition
from modele.regles.disque import Lisible
from modele.regles.etats import Situation
from modele.regles.faits import Catalogue
from modele.regles.kleene import evaluer
from modele.regles.lecture import Lecteur, lire_toml
from modele.regles.lecture_conditions import Contexte, lire_condition
from modele.regles.provenance import Provenance, lire_provenance

FICHIER: Final = "national/pieces.toml"
ENREGISTREMENT: Final = "enregistrement"
INSTRUCTION: Final = "instruction"
VUE: Final = "vue"
A_APPORTER: Final = "a_apporter"
IMPOSSIBLE: Final = "impossible"
_ORDRE: Final = (VUE, IMPOSSIBLE, A_APPORTER)


@dataclass(frozen=True, slots=True)
class Piece:
    """Une pièce justificative.

    ``exigee_pour`` : enregistrement (R441-2-3) ou instruction. ``pour`` : demande ou personne.
    """

    id: str
    libelle: str
    famille: str
    exigee_pour: str
    pour: str
    si: Condition | None
    provenance: Provenance
    note: str


@dataclass(frozen=True, slots=True)
class PieceAttendue:
    """Une pièce dans un dossier. ``personne`` : de qui (``""`` : la demande entière).

    ``certaine`` : faux tant que les réponses ne disent pas si elle est attendue.
    ``etat`` : vue, a_apporter, impossible.
    """

    piece: Piece
    personne: str
    certaine: bool
    etat: str


@dataclass(frozen=True, slots=True)
class PiecesAttendues:
    """Les pièces d'un dossier, celles qu'on peut exiger à l'enregistrement et celles de l'instruction."""

    enregistrement: tuple[PieceAttendue, ...]
    instruction: tuple[PieceAttendue, ...]


def lire_pieces(chemin: Lisible, catalogue: Catalogue, parametres: Collection[str] = frozenset()) -> tuple[Piece, ...]:
    """Lit et vérifie une liste de pièces. Lève ``FichierFautif`` avec toutes les fautes."""
    lecteur = lire_toml(chemin)
    lecteur.exiger_format()
    lecteur.texte("source")
    lecteur.date("verifie_le")
    demande = Contexte(catalogue, parametres, renseigne=True)
    personne = replace(demande, catalogue=catalogue_element(catalogue, PERSONNES))
    vues: set[str] = set()
    lues = tuple(_lire(table, vues, demande, personne) for table in lecteur.tables("piece", obligatoire=True))
    lecteur.finir()
    return lues


def _lire(table: Lecteur, vues: set[str], demande: Contexte, personne: Contexte) -> Piece:
    pour = table.texte("pour", permis=("demande", "personne"), defaut="demande")
    lue = Piece(
        id=table.identifiant(vues),
        libelle=table.texte("libelle", obligatoire=True),
        famille=table.texte("famille", obligatoire=True),
        exigee_pour=table.texte("exigee_pour", obligatoire=True, permis=(ENREGISTREMENT, INSTRUCTION)),
        pour=pour,
        si=lire_condition(table, "si", personne if pour == "personne" else demande),
        provenance=lire_provenance(table, exigees=("confiance",)),
        note=table.texte("note"),
    )
    table.clore()
    return lue


def pieces_attendues(
    pieces: Sequence[Piece], document: Mapping[str, Any], situation: Situation, identifiants: Sequence[str]
) -> PiecesAttendues:
    """Les pièces qu'appelle la situation, avec ce qui a déjà été vu.

    ``identifiants`` : qui est chaque personne de ``situation.personnes`` (``EtatsBruts.identifiants``).
    """
    vues = _notees(document)
    portees = {
        "demande": [("", situation)],
        "personne": [
            (identifiant, replace(situation, faits={**situation.faits, **etats}))
            for identifiant, etats in zip(identifiants, situation.personnes, strict=True)
        ],
    }
    toutes = [
        PieceAttendue(piece, personne, verdict is True, vues.get((piece.id, personne or DEMANDEUR), A_APPORTER))
        for piece in pieces
        for personne, propre in portees[piece.pour]
        if (verdict := True if piece.si is None else evaluer(piece.si, propre)) is not False
    ]
    return PiecesAttendues(
        tuple(p for p in toutes if p.piece.exigee_pour == ENREGISTREMENT),
        tuple(p for p in toutes if p.piece.exigee_pour == INSTRUCTION),
    )


def _notees(document: Mapping[str, Any]) -> dict[tuple[str, str], str]:
    """L'état noté de chaque pièce, par (pièce, personne). Notée deux fois : le plus avancé l'emporte."""
    notees: dict[tuple[str, str], str] = {}
    for element in elements(document, "pieces").values():
        piece, personne, etat = element.get("piece"), element.get("personne", DEMANDEUR), element.get("etat")
        if not isinstance(piece, str) or not isinstance(personne, str) or etat not in _ORDRE:
            continue
        deja = notees.get((piece, personne), A_APPORTER)
        notees[piece, personne] = min(deja, etat, key=_ORDRE.index)
    return notees
