"""Les groupes de codes : quels codes d'une nomenclature valent « sans logement », « menacé »… Des données."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from modele.dossier.nomenclatures import Nomenclatures
from modele.regles.disque import Lisible
from modele.regles.faits import Groupes
from modele.regles.fautes import Faute, FichierFautif
from modele.regles.lecture import Lecteur, hors_liste, lire_toml
from modele.regles.provenance import COMPLETE, lire_provenance

FICHIER: Final = "national/groupes.toml"


def charger_groupes(chemin: Lisible, nomenclatures: Nomenclatures) -> Groupes:
    """Les groupes d'un fichier, par identifiant. Lève ``FichierFautif`` avec toutes ses fautes."""
    lecteur = lire_toml(chemin)
    lus: dict[str, frozenset[str]] = {}
    for table in lecteur.tables("groupe", obligatoire=True):
        nom = table.texte("id", obligatoire=True)
        if nom in lus:
            table.signaler("id", f"« {nom} » est déclaré deux fois")
        lus[nom] = _codes(table, nomenclatures)
        # Ce qui se lit à l'œil mais ne sert à aucun calcul.
        table.texte("libelle", obligatoire=True)
        lire_provenance(table, exigees=COMPLETE)
        table.clore()
    lecteur.finir()
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


def _codes(table: Lecteur, nomenclatures: Nomenclatures) -> frozenset[str]:
    nom = table.texte("nomenclature", obligatoire=True, permis=tuple(nomenclatures))
    connus: Collection[str] = nomenclatures[nom].codes if nom else ()
    codes = table.textes("codes", obligatoire=True)
    for inconnu in (code for code in codes if nom and code not in connus):
        table.signaler("codes", hors_liste(inconnu, connus))
    return frozenset(codes)
