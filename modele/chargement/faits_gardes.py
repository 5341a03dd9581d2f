"""Les faits dont dépend une voie immédiate : une couche du dessus ne peut pas en changer la condition."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from modele.dossier.faits.ensemble import FICHIER
from modele.dossier.faits.lecture import FaitsDerives
from modele.orientation.regles import RegleOrientation
from modele.orientation.resultat import Urgence
from modele.regles.conditions import noms_des_faits
from modele.regles.disque import Lisible
from modele.regles.fautes import Faute, FichierFautif
from modele.regles.lecture import lire_toml
from modele.sources import Lecture


def exiger_les_faits(lecture: Lecture, orientations: Sequence[RegleOrientation], derives: FaitsDerives) -> None:
    """Vérifie que chaque couche garde les faits que lisent les voies immédiates. Lève ``FichierFautif``."""
    pile = lecture.pile(FICHIER)
    if len(pile) < 2:
        return
    avant, gardes = _conditions(pile[0]), set(_lus(orientations, derives))
    fautes = [
        Faute(fichier.name, nom, None, "une voie immédiate en dépend : sa condition ne change pas")
        for fichier in pile[1:]
        for nom in sorted(gardes & avant.keys())
        if _conditions(fichier).get(nom) != avant[nom]
    ]
    if fautes:
        raise FichierFautif(fautes)


def _lus(orientations: Sequence[RegleOrientation], derives: FaitsDerives) -> Iterator[str]:
    """Les faits des voies immédiates, et ceux dont ils se déduisent, de proche en proche."""
    a_suivre = [
        nom
        for regle in orientations
        if regle.urgence is Urgence.IMMEDIATE and regle.si is not None
        for nom in noms_des_faits(regle.si)
    ]
    vus: set[str] = set()
    for nom in a_suivre:
        if nom not in vus:
            vus.add(nom)
            a_suivre += derives[nom].entrees if nom in derives else ()
            yield nom


def _conditions(fichier: Lisible) -> dict[str, Any]:
    """La condition écrite de chaque fait du fichier, et celle de ce que le texte y laisse ouvert."""
    tables = lire_toml(fichier).tables("fait_derive")
    return {table.texte("id"): [table.brut("si"), table.brut("a_etablir_si")] for table in tables}
