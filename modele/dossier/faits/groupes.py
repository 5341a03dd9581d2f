"""Les groupes de codes : quels codes d'une nomenclature valent « sans logement », « menacé »… Des données."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from modele.regles.confiance import CONFIANCES
from modele.regles.lecture import Lecteur, lire_toml

Groupes = Mapping[str, frozenset[str]]
_NATIONAL = Path(__file__).parents[3] / "ressources" / "national" / "groupes.toml"


@cache
def groupes_nationaux() -> Groupes:
    """Les groupes livrés avec Perron. Lève ``FichierFautif`` si le fichier a des fautes."""
    return charger_groupes(_NATIONAL)


def charger_groupes(chemin: Path) -> Groupes:
    """Les groupes d'un fichier, par identifiant. Lève ``FichierFautif`` avec toutes ses fautes."""
    lecteur = lire_toml(chemin)
    lus: dict[str, frozenset[str]] = {}
    for table in lecteur.tables("groupe", obligatoire=True):
        nom = table.texte("id", obligatoire=True)
        if nom in lus:
            table.signaler("id", f"« {nom} » est déclaré deux fois")
        lus[nom] = frozenset(table.textes("codes", obligatoire=True))
        _lire_source(table)
        table.clore()
    lecteur.clore()
    lecteur.fautes.verifier()
    return lus


def _lire_source(table: Lecteur) -> None:
    """Vérifie ce qui se lit à l'œil mais ne sert à aucun calcul."""
    for cle in ("nomenclature", "libelle", "source"):
        table.texte(cle, obligatoire=True)
    table.texte("confiance", obligatoire=True, permis=CONFIANCES)
    table.date("verifie_le", obligatoire=True)
