"""Les publics prioritaires (CCH L441-1) : le DALO d'abord, puis les lettres a à m, sans hiérarchie entre elles."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from modele.orientation.verdict import Criteres, Examen, examiner, lire_criteres
from modele.regles.disque import Lisible
from modele.regles.etats import Situation
from modele.regles.faits import Catalogue
from modele.regles.lecture import Lecteur, lire_toml
from modele.regles.lecture_conditions import Contexte
from modele.regles.provenance import COMPLETE, Provenance, lire_provenance

FICHIER: Final = "national/publics_prioritaires.toml"


@dataclass(frozen=True, slots=True)
class ReglePublic:
    """Un public : sa lettre (``code``), son rang légal, sa preuve en mots et les pièces qui la portent.

    ``discret`` : libellé neutre ; ni montré au demandeur, ni imprimé ; son sens est dans ``note``.
    """

    id: str
    code: str
    libelle: str
    rang: int
    criteres: Criteres
    preuve: str
    pieces: tuple[str, ...]
    note: str
    discret: bool
    provenance: Provenance

    @property
    def nom(self) -> str:
        """« Lettre l » ; le premier rang n'en a pas."""
        return "Premier rang" if self.code == "DALO" else f"Lettre {self.code}"


@dataclass(frozen=True, slots=True)
class PublicExamine:
    """Un public dans une situation."""

    regle: ReglePublic
    examen: Examen


def lire_publics(
    chemin: Lisible, catalogue: Catalogue, parametres: Collection[str] = frozenset()
) -> tuple[ReglePublic, ...]:
    """Tous les publics d'un fichier, du premier rang au dernier. Lève ``FichierFautif`` avec toutes les fautes."""
    lecteur = lire_toml(chemin)
    lecteur.exiger_format()
    contexte, vus = Contexte(catalogue, parametres), set[str]()
    lus = [_lire(table, contexte, vus) for table in lecteur.tables("public", obligatoire=True)]
    lecteur.finir()
    return tuple(sorted(lus, key=lambda public: public.rang))


def _lire(table: Lecteur, contexte: Contexte, vus: set[str]) -> ReglePublic:
    lus = {
        "id": table.identifiant(vus),
        "code": table.texte("code", obligatoire=True),
        "libelle": table.texte("libelle", obligatoire=True),
        "preuve": table.texte("preuve", obligatoire=True),
        "note": table.texte("note"),
    }
    criteres = lire_criteres(table, contexte)
    rang, pieces = table.entier("rang", obligatoire=True), table.textes("pieces", obligatoire=True)
    discret, provenance = table.booleen("discret"), lire_provenance(table, exigees=("fondement", *COMPLETE))
    table.clore()
    return ReglePublic(criteres=criteres, rang=rang or 0, pieces=pieces, discret=discret, provenance=provenance, **lus)


def examiner_publics(regles: Sequence[ReglePublic], situation: Situation) -> tuple[PublicExamine, ...]:
    """Chaque public, dans l'ordre des rangs : rempli, à établir, rien ne l'indique."""
    return tuple(PublicExamine(regle, examiner(regle.criteres, situation)) for regle in regles)
