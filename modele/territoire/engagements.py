"""Les engagements de chaque signataire de la convention d'attribution, et les documents datés qui les portent.

Rien n'y est inventé : ce qu'aucune source publique ne dit manque, et dit qui le remplit. Essais :
``tests/modele/territoire/test_engagements.py``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from modele.regles.disque import Lisible
from modele.regles.lecture import Lecteur, lire_toml
from modele.regles.provenance import SANS_PROVENANCE, Provenance, lire_provenance

FICHIER: Final = "engagements.toml"
ETATS: Final = ("a_remplir", "pris", "en_cours", "tenu", "non_tenu")
_SOURCEE: Final = ("source", "confiance", "verifie_le")


@dataclass(frozen=True, slots=True)
class DocumentDate:
    """Un document de référence. ``du`` ``None`` : sa date ne se sait pas, et ``a_remplir_par`` dit qui la donne."""

    id: str
    libelle: str
    du: date | None
    periode: str
    dit: str
    a_remplir_par: str
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Engagement:
    """Ce à quoi un partenaire s'est engagé. ``mesure`` : l'indicateur qui le suit ; vide, aucun.

    ``etat`` « a_remplir » : rien n'en est public, ``a_remplir_par`` dit qui a le reste.
    """

    id: str
    partenaire: str
    texte: str
    mesure: str
    cible: str
    du: date | None
    etat: str
    preuve: str
    a_remplir_par: str
    provenance: Provenance
    echeance: date | None = None
    preuve_le: date | None = None


@dataclass(frozen=True, slots=True)
class Engagements:
    """Tout ce que le territoire en dit."""

    documents: tuple[DocumentDate, ...] = ()
    engagements: tuple[Engagement, ...] = ()
    fictif: bool = False

    @property
    def par_partenaire(self) -> Mapping[str, tuple[Engagement, ...]]:
        """Les engagements de chacun, dans l'ordre du fichier."""
        noms = dict.fromkeys(un.partenaire for un in self.engagements)
        return {nom: tuple(un for un in self.engagements if un.partenaire == nom) for nom in noms}


def lire_engagements(fichier: Lisible) -> Engagements:
    """Ceux d'un territoire. Lève ``FichierFautif`` avec toutes ses fautes."""
    lecteur = lire_toml(fichier)
    lecteur.exiger_format()
    fictif, vus = lecteur.booleen("fictif"), set[str]()
    documents = tuple(_document(table, vus, fictif) for table in lecteur.tables("document"))
    engagements = tuple(_engagement(table, vus, fictif) for table in lecteur.tables("engagement"))
    lecteur.finir()
    return Engagements(documents, engagements, fictif)


def _document(table: Lecteur, vus: set[str], fictif: bool) -> DocumentDate:
    ident, libelle = table.identifiant(vus), table.texte("libelle", obligatoire=True)
    du, periode, dit = table.date("du"), table.texte("periode"), table.texte("dit")
    connu = du is not None or bool(periode)
    par = table.texte("a_remplir_par", obligatoire=not connu)
    return DocumentDate(ident, libelle, du, periode, dit, par, _provenance(table, fictif, connu))


def _engagement(table: Lecteur, vus: set[str], fictif: bool) -> Engagement:
    ident, partenaire = table.identifiant(vus), table.texte("partenaire", obligatoire=True)
    etat = table.texte("etat", obligatoire=True, permis=ETATS)
    connu = etat != "a_remplir"
    return Engagement(
        ident,
        partenaire,
        table.texte("texte", obligatoire=connu),
        table.texte("mesure"),
        table.texte("cible"),
        table.date("du"),
        etat,
        table.texte("preuve", obligatoire=etat in ("tenu", "non_tenu")),
        table.texte("a_remplir_par", obligatoire=not connu),
        echeance=table.date("echeance"),
        preuve_le=table.date("preuve_le"),
        provenance=_provenance(table, fictif, connu),
    )


def _provenance(table: Lecteur, fictif: bool, connu: bool) -> Provenance:
    """Ce qui est dit a sa source et son jour ; ce qui manque n'en a pas."""
    lue = lire_provenance(table, _SOURCEE) if connu and not fictif else lire_provenance(table)
    table.clore()
    return lue if connu else SANS_PROVENANCE
