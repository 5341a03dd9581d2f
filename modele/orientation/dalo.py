"""Les recours devant la commission de médiation (CCH L441-2-3) : conditions communes et motifs, examinés un à un."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from modele.orientation.verdict import Verdict, examiner
from modele.regles.conditions import Condition
from modele.regles.disque import Lisible
from modele.regles.etats import Situation
from modele.regles.faits import Catalogue
from modele.regles.lecture import Lecteur, lire_toml
from modele.regles.lecture_conditions import Contexte, lire_condition
from modele.regles.provenance import COMPLETE, Provenance, lire_provenance

FICHIER: Final = "national/dalo.toml"
RECOURS = ("dalo", "daho")


@dataclass(frozen=True, slots=True)
class RegleRecours:
    """Une condition du recours, ou l'un de ses motifs (``cas`` : son numéro dans la loi ; vide pour une condition).

    ``recours`` : dalo (logement) ou daho (hébergement). ``critere`` : ce que le texte exige, en mots.
    """

    id: str
    recours: str
    cas: str
    libelle: str
    si: Condition
    critere: str
    delai_prealable: str
    preuves: tuple[str, ...]
    note: str
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class ReglesRecours:
    """Tout le fichier : les conditions communes à un recours, puis ses motifs, dans l'ordre écrit."""

    conditions: tuple[RegleRecours, ...]
    motifs: tuple[RegleRecours, ...]


@dataclass(frozen=True, slots=True)
class RecoursExamine:
    """Une condition ou un motif dans une situation ; ``a_demander`` : les faits qui trancheraient."""

    regle: RegleRecours
    verdict: Verdict
    a_demander: tuple[str, ...]


def lire_recours(chemin: Lisible, catalogue: Catalogue, parametres: Collection[str] = frozenset()) -> ReglesRecours:
    """Les conditions et les motifs d'un fichier. Lève ``FichierFautif`` avec toutes les fautes."""
    lecteur = lire_toml(chemin)
    lecteur.exiger_format()
    contexte, vus = Contexte(catalogue, parametres), set[str]()
    conditions = [_lire(table, contexte, vus) for table in lecteur.tables("condition", obligatoire=True)]
    motifs = [_lire(table, contexte, vus, motif=True) for table in lecteur.tables("motif", obligatoire=True)]
    lecteur.finir()
    return ReglesRecours(tuple(filter(None, conditions)), tuple(filter(None, motifs)))


def _lire(table: Lecteur, contexte: Contexte, vus: set[str], *, motif: bool = False) -> RegleRecours | None:
    """La règle ; ``None`` si sa condition est fautive : les fautes sont notées, le fichier ne servira pas."""
    si = lire_condition(table, "si", contexte, obligatoire=True)
    lus = {
        "id": table.identifiant(vus),
        "recours": table.texte("recours", obligatoire=True, permis=RECOURS),
        "cas": table.texte("cas", obligatoire=True) if motif else "",
        "libelle": table.texte("libelle", obligatoire=True),
        "critere": table.texte("critere", obligatoire=True),
        "delai_prealable": table.texte("delai_prealable", obligatoire=True) if motif else "",
        "note": table.texte("note"),
    }
    preuves = table.textes("preuves", obligatoire=True) if motif else ()
    provenance = lire_provenance(table, exigees=("fondement", *COMPLETE))
    table.clore()
    return None if si is None else RegleRecours(si=si, preuves=preuves, provenance=provenance, **lus)


def examiner_recours(regles: ReglesRecours, situation: Situation) -> tuple[RecoursExamine, ...]:
    """Chaque condition, puis chaque motif : rempli, à établir, non. Un motif rempli reste à prouver."""
    return tuple(
        RecoursExamine(regle, *examiner(regle.si, situation)) for regle in (*regles.conditions, *regles.motifs)
    )
