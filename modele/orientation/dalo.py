"""Les recours devant la commission de médiation (CCH L441-2-3) : conditions communes et motifs, examinés un à un."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from modele.orientation.calendrier import RegleEtape, lire_etapes
from modele.orientation.verdict import Criteres, Examen, examiner, lire_criteres
from modele.regles.disque import Lisible
from modele.regles.etats import Situation
from modele.regles.faits import Catalogue
from modele.regles.lecture import Lecteur, lire_toml
from modele.regles.lecture_conditions import Contexte
from modele.regles.provenance import COMPLETE, SANS_PROVENANCE, Provenance, lire_provenance

FICHIER: Final = "national/dalo.toml"
RECOURS = ("dalo", "daho")


@dataclass(frozen=True, slots=True)
class RegleRecours:
    """Une condition du recours, ou l'un de ses motifs (``cas`` : son numéro dans la loi ; vide pour une condition).

    ``recours`` : dalo (logement) ou daho (hébergement). ``critere`` : ce que le texte exige, en mots.
    ``sans_papier`` : ce qu'elle dit de quelqu'un ne s'imprime jamais.
    """

    id: str
    recours: str
    cas: str
    libelle: str
    criteres: Criteres
    critere: str
    delai_prealable: str
    preuves: tuple[str, ...]
    note: str
    provenance: Provenance
    sans_papier: bool = False

    @property
    def nom(self) -> str:
        """« DALO, cas 3 », « DAHO », « DALO, condition »."""
        sigle = self.recours.upper()
        if not self.cas:
            return f"{sigle}, condition"
        return f"{sigle}, cas {self.cas}" if self.recours == "dalo" else self.cas


@dataclass(frozen=True, slots=True)
class Reserve:
    """La phrase qui suit tout « rien ne l'indique » d'un motif, et le texte qui la fonde ; ``conditions`` : la leur."""

    phrase: str
    conditions: str
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class ReglesRecours:
    """Tout le fichier, dans l'ordre écrit : la réserve, les conditions d'un recours, ses motifs, ses étapes."""

    reserve: Reserve
    conditions: tuple[RegleRecours, ...]
    motifs: tuple[RegleRecours, ...]
    etapes: tuple[RegleEtape, ...] = ()


@dataclass(frozen=True, slots=True)
class RecoursExamine:
    """Une condition ou un motif dans une situation."""

    regle: RegleRecours
    examen: Examen


def lire_recours(chemin: Lisible, catalogue: Catalogue, parametres: Collection[str] = frozenset()) -> ReglesRecours:
    """Les conditions et les motifs d'un fichier. Lève ``FichierFautif`` avec toutes les fautes."""
    lecteur = lire_toml(chemin)
    lecteur.exiger_format()
    contexte, vus = Contexte(catalogue, parametres), set[str]()
    reserve = _lire_reserve(lecteur)
    conditions = [_lire(table, contexte, vus) for table in lecteur.tables("condition", obligatoire=True)]
    motifs = [_lire(table, contexte, vus, motif=True) for table in lecteur.tables("motif", obligatoire=True)]
    etapes = lire_etapes(lecteur, contexte, RECOURS, vus)
    lecteur.finir()
    return ReglesRecours(reserve, tuple(conditions), tuple(motifs), etapes)


def _lire_reserve(lecteur: Lecteur) -> Reserve:
    table = lecteur.table("reserve", obligatoire=True)
    if table is None:
        return Reserve("", "", SANS_PROVENANCE)
    lue = Reserve(
        table.texte("phrase", obligatoire=True),
        table.texte("conditions", obligatoire=True),
        lire_provenance(table, exigees=("fondement", *COMPLETE)),
    )
    table.clore()
    return lue


def _lire(table: Lecteur, contexte: Contexte, vus: set[str], *, motif: bool = False) -> RegleRecours:
    lus = {
        "id": table.identifiant(vus),
        "recours": table.texte("recours", obligatoire=True, permis=RECOURS),
        "cas": table.texte("cas", obligatoire=True) if motif else "",
        "libelle": table.texte("libelle", obligatoire=True),
        "critere": table.texte("critere", obligatoire=True),
        "delai_prealable": table.texte("delai_prealable", obligatoire=True) if motif else "",
        "note": table.texte("note"),
    }
    criteres = lire_criteres(table, contexte)
    preuves = table.textes("preuves", obligatoire=True) if motif else ()
    sans_papier = table.booleen("sans_papier")
    provenance = lire_provenance(table, exigees=("fondement", *COMPLETE))
    table.clore()
    return RegleRecours(criteres=criteres, preuves=preuves, sans_papier=sans_papier, provenance=provenance, **lus)


def examiner_recours(regles: ReglesRecours, situation: Situation) -> tuple[RecoursExamine, ...]:
    """Chaque condition, puis chaque motif : rempli, à établir, rien ne l'indique."""
    return tuple(
        RecoursExamine(regle, examiner(regle.criteres, situation)) for regle in (*regles.conditions, *regles.motifs)
    )
