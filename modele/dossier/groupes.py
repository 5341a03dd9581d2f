"""Les groupes de codes : quels codes d'une nomenclature valent « sans logement », « menacé »… Des données."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from pathlib import Path

from modele.dossier.nomenclatures import RESSOURCES, nationales
from modele.regles.confiance import CONFIANCES
from modele.regles.faits import Groupes
from modele.regles.lecture import Lecteur, hors_liste, lire_toml


@cache
def groupes_nationaux() -> Groupes:
    """Les groupes livrés avec Perron. Lève ``FichierFautif`` si le fichier a des fautes."""
    return charger_groupes(RESSOURCES / "national" / "groupes.toml")


def charger_groupes(chemin: Path) -> Groupes:
    """Les groupes d'un fichier, par identifiant. Lève ``FichierFautif`` avec toutes ses fautes."""
    lecteur = lire_toml(chemin)
    lus: dict[str, frozenset[str]] = {}
    for table in lecteur.tables("groupe", obligatoire=True):
        nom = table.texte("id", obligatoire=True)
        if nom in lus:
            table.signaler("id", f"« {nom} » est déclaré deux fois")
        lus[nom] = _codes(table)
        _lire_source(table)
        table.clore()
    lecteur.finir()
    return lus


def _codes(table: Lecteur) -> frozenset[str]:
    nom = table.texte("nomenclature", obligatoire=True, permis=tuple(nationales()))
    connus: Collection[str] = nationales()[nom].codes if nom else ()
    codes = table.textes("codes", obligatoire=True)
    for inconnu in (code for code in codes if nom and code not in connus):
        table.signaler("codes", hors_liste(inconnu, connus))
    return frozenset(codes)


def _lire_source(table: Lecteur) -> None:
    """Vérifie ce qui se lit à l'œil mais ne sert à aucun calcul."""
    for cle in ("libelle", "source"):
        table.texte(cle, obligatoire=True)
    table.texte("confiance", obligatoire=True, permis=CONFIANCES)
    table.date("verifie_le", obligatoire=True)
