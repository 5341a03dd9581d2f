"""La liste des dossiers, en mots. Sans Qt. Essais : ``tests/ui/mots/test_liste.py``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final

from modele.coffre.listes import PAR_PAGE, Filtre, PageDossiers, Range, Tri
from modele.mots.ecriture import dire_date
from ui.mots.moments import ecrire_moment

FILTRES: Final[Mapping[Filtre, str]] = MappingProxyType(
    {Filtre.MIENS: "Mes dossiers", Filtre.TOUS: "Tous", Filtre.A_TERMINER: "À terminer"}
)
TRIS: Final[Mapping[Tri, str]] = MappingProxyType(
    {Tri.CHANGE: "Dernier changement", Tri.CREE: "Création", Tri.ECHEANCE: "Prochaine échéance"}
)
EXPLICATIONS: Final[Mapping[Filtre, str]] = MappingProxyType(
    {
        Filtre.MIENS: "ceux où vous avez écrit",
        Filtre.TOUS: "ceux de ce poste",
        Filtre.A_TERMINER: "sans numéro unique, ou une frappe en attente",
    }
)
LECTURE: Final = "Lecture des échéances : l'ordre se complète…"


def dire_pourquoi_la(ligne: Range, tri: Tri, maintenant: datetime) -> str:
    """Ce qui place la ligne là dans l'ordre demandé."""
    if tri is not Tri.ECHEANCE:
        return f"changé {ecrire_moment(ligne.resume.modifie_le, maintenant)}"
    if ligne.echeance is not None:
        return f"échéance : {dire_date(ligne.echeance)}"
    return "aucune échéance datée" if ligne.lue else "échéance pas encore lue"


def dire_combien(page: PageDossiers, filtre: Filtre) -> str:
    """« 412 dossiers (ceux de ce poste), page 1 sur 3 »."""
    if not page.total:
        return f"Aucun dossier ici ({EXPLICATIONS[filtre]})."
    combien = "1 dossier" if page.total == 1 else f"{page.total} dossiers"
    pages = compter_les_pages(page)
    suite = f", page {page.page + 1} sur {pages}" if pages > 1 else ""
    return f"{combien} ({EXPLICATIONS[filtre]}){suite}."


def compter_les_pages(page: PageDossiers) -> int:
    """Le nombre de pages, une au moins."""
    return max(1, -(-page.total // PAR_PAGE))
