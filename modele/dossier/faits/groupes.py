"""Les groupes de codes : quels codes d'une nomenclature valent « sans logement », « menacé »… Des données."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

from modele.regles.disque import Lisible
from modele.regles.fautes import Faute, FichierFautif
from modele.regles.lecture import Lecteur, lire_toml
from modele.regles.provenance import COMPLETE, lire_provenance
from ressources import RESSOURCES

Groupes = Mapping[str, frozenset[str]]
FICHIER: Final = "national/groupes.toml"


@cache
def groupes_nationaux() -> Groupes:
    """Les groupes livrés avec Perron. Lève ``FichierFautif`` si le fichier a des fautes."""
    return charger_groupes(RESSOURCES / FICHIER)


def charger_groupes(chemin: Lisible) -> Groupes:
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


def exiger_les_groupes(dessous: Groupes, dessus: Groupes, fichier: Lisible) -> None:
    """Vérifie qu'aucun groupe ne perd un code : une voie immédiate s'en trouverait masquée. Lève ``FichierFautif``."""
    fautes = [
        Faute(fichier.name, nom, None, f"« {min(perdus)} » ne se retire pas de ce groupe")
        for nom, codes in dessous.items()
        if (perdus := codes - dessus.get(nom, frozenset()))
    ]
    if fautes:
        raise FichierFautif(fautes)


def _lire_source(table: Lecteur) -> None:
    """Vérifie ce qui se lit à l'œil mais ne sert à aucun calcul."""
    for cle in ("nomenclature", "libelle"):
        table.texte(cle, obligatoire=True)
    lire_provenance(table, exigees=COMPLETE)
