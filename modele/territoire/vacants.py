"""Les logements sociaux vacants que les bailleurs portent à la connaissance du public (CCH L441-2-8).

Un territoire, une structure les recopie avec leurs conditions, d'où il les tient et quand ; aucun n'est inventé.
Essais : ``tests/modele/territoire/test_vacants.py``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from modele.regles.disque import Lisible
from modele.regles.lecture import Lecteur, lire_toml
from modele.regles.provenance import SANS_PROVENANCE, Provenance, lire_provenance

FICHIER: Final = "vacants.toml"


@dataclass(frozen=True, slots=True)
class Vacant:
    """Un logement vacant. ``conditions`` : qui peut l'avoir, dans les mots du bailleur.

    ``joindre`` : comment le demander. ``surface`` en m², ``loyer`` par mois, charges dites dans ``description``.
    ``jusqu_au`` : il ne se montre plus ensuite.
    """

    id: str
    bailleur: str
    commune: str
    type: str
    description: str
    conditions: str
    joindre: str = ""
    surface: Decimal | None = None
    loyer: Decimal | None = None
    jusqu_au: date | None = None
    fictif: bool = False
    provenance: Provenance = SANS_PROVENANCE


def lire_vacants(fichier: Lisible) -> tuple[Vacant, ...]:
    """Les logements d'un fichier. Lève ``FichierFautif`` : sans conditions, sans description, sans source."""
    lecteur = lire_toml(fichier)
    lecteur.exiger_format()
    vus: set[str] = set()
    lus = []
    for table in lecteur.tables("logement"):
        table.identifiant(vus)
        lus.append(_vacant(table))
        table.clore()
    lecteur.finir()
    return tuple(lus)


def a_montrer(vacants: Iterable[Vacant], jour: date) -> tuple[Vacant, ...]:
    """Ceux dont le bailleur n'a pas dit la fin, ou pas encore venue ; dans l'ordre écrit."""
    return tuple(un for un in vacants if un.jusqu_au is None or jour <= un.jusqu_au)


def _vacant(table: Lecteur) -> Vacant:
    fictif = table.booleen("fictif")
    return Vacant(
        id=table.texte("id"),
        bailleur=table.texte("bailleur", obligatoire=True),
        commune=table.texte("commune", obligatoire=True),
        type=table.texte("type", obligatoire=True),
        description=table.texte("description", obligatoire=True),
        conditions=table.texte("conditions", obligatoire=True),
        joindre=table.texte("joindre"),
        surface=_positif(table, "surface"),
        loyer=_positif(table, "loyer"),
        jusqu_au=table.date("jusqu_au"),
        fictif=fictif,
        provenance=lire_provenance(table, exigees=() if fictif else ("source", "verifie_le")),
    )


def _positif(table: Lecteur, cle: str) -> Decimal | None:
    lu = table.brut(cle)
    if lu is None:
        return None
    if isinstance(lu, bool) or not isinstance(lu, int | float | Decimal) or not 0 < lu < 1_000_000:
        table.signaler(cle, "attendu : un nombre au-dessus de zéro")
        return None
    return Decimal(str(lu))
