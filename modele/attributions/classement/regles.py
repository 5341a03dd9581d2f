"""Ce qu'une commission lit d'un dossier, et ce qui en écarte : ``ressources/national/commission.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from modele.regles.conditions import AuMoins, Comparaison, Condition, NombreDePersonnes, Non
from modele.regles.faits import Catalogue, Fait, TypeFait
from modele.regles.lecture import Lecteur, lire_toml
from modele.regles.lecture_conditions import Contexte, lire_condition
from modele.regles.provenance import COMPLETE, Provenance, lire_provenance
from ressources import RESSOURCES

_FICHIER: Final = RESSOURCES / "national" / "commission.toml"
_EXIGEES: Final = (*COMPLETE, "fondement")
SECTEUR: Final = "secteur_demande"
"""Le rapprochement de la commune du logement et de ce que la demande dit : vrai, faux, ou on ne sait pas."""
DU_LOGEMENT: Final = "logement."
TENUS: Final = (TypeFait.BOOLEEN, TypeFait.ENTIER)
TOUT_LE_GROUPE: Final = ".*"


@dataclass(frozen=True, slots=True)
class Rubrique:
    """Une rubrique de la demande officielle, et les champs d'un dossier qui la portent."""

    id: str
    libelle: str
    champs: tuple[str, ...]
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Regle:
    """Ce qui écarte une demande d'un logement, ou en avertit. ``verifier`` : ce qui se dit quand on ne sait pas.

    ``fermee`` : personne ne la rouvre ici, pour aucune demande ; ce qu'elle lit se change dans la demande.
    """

    id: str
    ecarte: bool
    fermee: bool
    si: Condition
    dit: str
    verifier: str
    provenance: Provenance

    @property
    def raison(self) -> str:
        """« Hors secteur demandé (CCH R441-2-2 h). » ; une règle déduite se dit à faire valider."""
        suite = ", à faire valider" if self.provenance.a_valider else ""
        return f"{self.dit} ({self.provenance.fondement}{suite})."


@dataclass(frozen=True, slots=True)
class Regles:
    """Le fichier lu. ``demande`` et ``logement`` : les faits que les règles lisent de l'une et de l'autre."""

    rubriques: tuple[Rubrique, ...]
    demande: Mapping[str, Fait]
    logement: Mapping[str, Fait]
    regles: tuple[Regle, ...]

    @property
    def permis(self) -> frozenset[str]:
        """Les champs d'un dossier que le classement lit ; « groupe.* » pour un groupe entier."""
        return frozenset(champ for une in self.rubriques for champ in une.champs)


@lru_cache(maxsize=1)
def regles() -> Regles:
    """Celles qui sont livrées. Lève ``FichierFautif`` avec toutes les fautes."""
    return lire_regles(lire_toml(_FICHIER))


def lire_regles(lecteur: Lecteur) -> Regles:
    """Lit et vérifie : chaque règle a son article, une règle déduite n'écarte pas. Lève ``FichierFautif``."""
    lecteur.exiger_format()
    lecteur.date("textes_au", obligatoire=True)
    vus = set[str]()
    rubriques = tuple(_rubrique(table, vus) for table in lecteur.tables("rubrique", obligatoire=True))
    demande = _faits(lecteur, "demande", "", TENUS)
    logement = _faits(lecteur, "logement", DU_LOGEMENT, (TypeFait.CHOIX, TypeFait.DECIMAL))
    catalogue = Catalogue([*demande.values(), *logement.values(), Fait(SECTEUR, TypeFait.BOOLEEN)])
    lues = [_regle(table, vus, Contexte(catalogue)) for table in lecteur.tables("regle", obligatoire=True)]
    lecteur.finir()
    return Regles(rubriques, demande, logement, tuple(une for une in lues if une is not None))


def _rubrique(table: Lecteur, vus: set[str]) -> Rubrique:
    lue = Rubrique(
        table.identifiant(vus),
        table.texte("libelle", obligatoire=True),
        table.textes("champs", obligatoire=True),
        lire_provenance(table, _EXIGEES),
    )
    table.clore()
    return lue


def _faits(lecteur: Lecteur, cle: str, prefixe: str, types: tuple[TypeFait, ...]) -> dict[str, Fait]:
    lus: dict[str, Fait] = {}
    for table in lecteur.tables(cle, obligatoire=True):
        nom, type_ = table.texte("id", obligatoire=True), table.texte("type", obligatoire=True, permis=list(types))
        codes = table.textes("codes")
        table.clore()
        if nom in lus:
            table.signaler("id", f"« {nom} » est déclaré deux fois")
        if type_:
            lus[nom] = Fait(f"{prefixe}{nom}", TypeFait(type_), codes=codes)
    return lus


def _regle(table: Lecteur, vus: set[str], contexte: Contexte) -> Regle | None:
    nom, ecarte, fermee = table.identifiant(vus), table.booleen("ecarte"), table.booleen("fermee")
    si = lire_condition(table, "si", contexte, obligatoire=True)
    dit, verifier = table.texte("dit", obligatoire=True), table.texte("verifier")
    provenance = lire_provenance(table, _EXIGEES)
    table.clore()
    if ecarte and provenance.a_valider:
        table.signaler("ecarte", f"une règle de confiance {provenance.confiance} avertit, elle n'écarte personne")
    if fermee and not ecarte:
        table.signaler("fermee", "une règle qui n'écarte personne n'a rien à rouvrir")
    if si is None:
        return None
    _exiger_simple(table, si)
    return Regle(nom, ecarte, fermee, si, dit, verifier, provenance)


def _exiger_simple(table: Lecteur, si: Condition) -> None:
    """Les seules formes qu'une colonne entière sait évaluer d'un trait."""
    match si:
        case AuMoins() | NombreDePersonnes():
            table.signaler("si", "formes admises ici : fait, tous, un_de, non")
        case Non(dessous):
            _exiger_simple(table, dessous)
        case Comparaison():
            pass
        case _:
            for dessous in si.de:
                _exiger_simple(table, dessous)
