"""Les résidences et quartiers à enjeu d'un territoire : ce qu'une source en dit, ce qui manque, et qui l'a.

Deux listes à ne pas confondre : celle de la loi (CCH L441-1-6 3° bis), qui seule ouvre le motif de L441-2-2, et ce que
le territoire surveille de lui-même. Rien n'y est inventé.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from modele.regles.disque import Lisible
from modele.regles.lecture import Lecteur, lire_toml
from modele.regles.provenance import SANS_PROVENANCE, Provenance, lire_provenance
from modele.residences.droit import droit

FICHIER: Final = "residences.toml"
LEGALE, SURVEILLEE = "legale", "surveillee"
_SORTES: Final = (LEGALE, SURVEILLEE)
_SOURCEE: Final = ("source", "confiance", "verifie_le")


@dataclass(frozen=True, slots=True)
class Lieu:
    """Une résidence (``code_qpv`` vide) ou un quartier prioritaire. ``commune`` : son code INSEE.

    ``legale`` : de la liste de la loi. ``du`` : le jour de la liste qui le nomme.
    """

    id: str
    nom: str
    commune: str
    legale: bool
    code_qpv: str = ""
    adresse: str = ""
    du: date | None = None
    provenance: Provenance = SANS_PROVENANCE

    @property
    def quartier(self) -> bool:
        """Vrai d'un quartier, que son code reconnaît sans se tromper."""
        return bool(self.code_qpv)


@dataclass(frozen=True, slots=True)
class Liste:
    """Une des deux listes d'un territoire. ``a_remplir_par`` : qui a ce qui manque.

    ``convention`` : ce à quoi elle est annexée. ``du`` ``None`` : aucune liste n'est entrée, et rien ne s'en déduit.
    """

    sorte: str
    convention: str = ""
    du: date | None = None
    dit: str = ""
    a_remplir_par: str = ""
    provenance: Provenance = SANS_PROVENANCE

    @property
    def connue(self) -> bool:
        """Vrai si cette liste est entrée : ce qui n'y est pas n'en est pas."""
        return self.du is not None

    def depassee(self, jour: date) -> bool:
        """Vrai si elle devait déjà être refaite. Celle qui n'est pas entrée ne se date pas."""
        if self.du is None:
            return False
        annee = self.du.year + droit().liste.annees
        return (jour.year, jour.month, jour.day) > (annee, self.du.month, self.du.day)


@dataclass(frozen=True, slots=True)
class Residences:
    """Tout ce que le territoire en dit. ``fictif`` : rien n'y est réel."""

    lieux: tuple[Lieu, ...] = ()
    listes: tuple[Liste, ...] = ()
    fictif: bool = False

    def liste(self, sorte: str) -> Liste:
        """Celle de cette sorte ; vide si le territoire n'en dit rien."""
        return next((une for une in self.listes if une.sorte == sorte), Liste(sorte))

    def de(self, lieu: Lieu) -> Liste:
        """La liste qui nomme ce lieu."""
        return self.liste(LEGALE if lieu.legale else SURVEILLEE)


def lire_residences(fichier: Lisible) -> Residences:
    """Celles d'un territoire. Lève ``FichierFautif`` avec toutes ses fautes."""
    lecteur = lire_toml(fichier)
    lecteur.exiger_format()
    fictif, vus, sortes = lecteur.booleen("fictif"), set[str](), set[str]()
    listes = tuple(_liste(table, sortes, fictif) for table in lecteur.tables("liste"))
    datees = {une.sorte: une for une in listes if une.du is not None}
    lieux = tuple(_lieu(table, vus, datees, fictif) for table in lecteur.tables("lieu"))
    lecteur.finir()
    return Residences(lieux, listes, fictif)


def _liste(table: Lecteur, sortes: set[str], fictif: bool) -> Liste:
    sorte = table.texte("sorte", obligatoire=True, permis=_SORTES)
    if sorte in sortes:
        table.signaler("sorte", f"« {sorte} » est déjà dite : une seule liste par sorte")
    sortes.add(sorte)
    du, convention, dit = table.date("du"), table.texte("convention"), table.texte("dit")
    par = table.texte("a_remplir_par", obligatoire=du is None)
    lue = Liste(sorte, convention, du, dit, par, _provenance(table, fictif, dite=du is not None or bool(dit)))
    table.clore()
    return lue


def _lieu(table: Lecteur, vus: set[str], datees: dict[str, Liste], fictif: bool) -> Lieu:
    sorte = table.texte("sorte", obligatoire=True, permis=_SORTES)
    liste = datees.get(sorte)
    if liste is None:
        table.signaler("sorte", f"aucune liste « {sorte} » n'est datée (« du ») : écrivez-la, avec sa source")
    code = table.texte("code_qpv")
    if code and sorte == LEGALE:
        # Un quartier entier de la liste de la loi ferait rejeter partout sous un motif qui ne vaut que d'une résidence.
        table.signaler("code_qpv", "la liste de la loi nomme des résidences, pas un quartier entier")
    lue = Lieu(
        table.identifiant(vus),
        table.texte("nom", obligatoire=True),
        table.texte("commune", obligatoire=True),
        sorte == LEGALE,
        code,
        table.texte("adresse"),
        liste.du if liste else None,
        _provenance(table, fictif, dite=True),
    )
    table.clore()
    return lue


def _provenance(table: Lecteur, fictif: bool, *, dite: bool) -> Provenance:
    """Ce qui est dit a sa source et son jour ; ce qui manque n'en a pas."""
    return lire_provenance(table, _SOURCEE if dite and not fictif else ())
