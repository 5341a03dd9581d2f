"""Lire un ``lieux.toml`` : toutes ses fautes, chacune à sa ligne. Aucune entrée réelle sans source ni date."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from modele.lieux.heures import Heures, JoursFeries
from modele.lieux.heures_ecrites import HeuresFautives, lire_heures
from modele.lieux.modele import NIVEAUX, Lieu
from modele.lieux.mots import dire_heures
from modele.regles.disque import Lisible
from modele.regles.lecture import Lecteur, hors_liste, lire_toml
from modele.regles.provenance import lire_provenance

FICHIER: Final = "lieux.toml"
NATURE: Final = "lieux"
SANS_SOURCE: Final = "un lieu réel dit d'où il vient (source) et quand il a été vérifié (verifie_le)"


@dataclass(frozen=True, slots=True)
class Permis:
    """Les codes qu'un lieu peut employer."""

    missions: Collection[str]
    besoins: Collection[str]
    langues: Collection[str]


def lire_lieux(fichier: Lisible, permis: Permis | None = None) -> tuple[Lieu, ...]:
    """Les lieux d'un fichier. ``permis`` absent : ses codes ne se vérifient pas. Lève ``FichierFautif``."""
    lecteur = lire_toml(fichier)
    lecteur.exiger_format()
    vus: set[str] = set()
    lus = []
    for table in lecteur.tables("lieu"):
        table.identifiant(vus)
        lus.append(lire_lieu(table, permis))
        table.clore()
    lecteur.finir()
    return tuple(lus)


def lire_lieu(table: Lecteur, permis: Permis | None = None) -> Lieu:
    """Le lieu que dit une table ; ses fautes s'y notent."""
    fictif, heures = table.booleen("fictif"), _heures(table)
    lu = Lieu(
        id=table.texte("id"),
        nom=table.texte("nom", obligatoire=True),
        genre=table.texte("genre", obligatoire=True),
        adresse=table.texte("adresse"),
        commune=table.texte("commune"),
        telephone=table.texte("telephone"),
        horaires=table.texte("horaires"),
        enregistre=table.booleen("enregistre"),
        fictif=fictif,
        adresse_confidentielle=table.booleen("adresse_confidentielle"),
        # Une donnée fictive n'a pas de source.
        provenance=lire_provenance(table, exigees=() if fictif else ("source", "verifie_le")),
        heures=heures,
        heures_dites=dire_heures(heures),
        niveau=_niveau(table),
        missions=_codes(table, "missions", permis.missions if permis else None),
        besoins=_codes(table, "besoins", permis.besoins if permis else None),
        langues=_codes(table, "langues", permis.langues if permis else None),
        dessert=table.textes("dessert"),
        acces=table.texte("acces"),
    )
    if lu.trahit:
        table.signaler("adresse_confidentielle", lu.trahit)
    return lu


def _heures(table: Lecteur) -> Heures:
    ecrites = table.textes("ouvert"), table.textes("exceptions")
    feries = table.texte("jours_feries", permis=[un.value for un in JoursFeries if un])
    try:
        return lire_heures(*ecrites, feries)
    except HeuresFautives as faute:
        table.signaler("ouvert" if "ouvert" in table else "exceptions", str(faute))
        return Heures()


def _niveau(table: Lecteur) -> int:
    niveau = table.entier("niveau")
    if niveau is not None and niveau not in NIVEAUX:
        table.signaler("niveau", "attendu : 1, 2 ou 3")
    return niveau or 0


def _codes(table: Lecteur, cle: str, permis: Collection[str] | None) -> tuple[str, ...]:
    lus = table.textes(cle)
    for faute in fautes_de_codes(lus, permis):
        table.signaler(cle, faute)
    return lus


def fautes_de_codes(lus: Iterable[str], permis: Collection[str] | None) -> list[str]:
    """La phrase de chacun de ces codes qui n'est pas permis."""
    return [] if permis is None else [hors_liste(un, permis) for un in lus if un not in permis]
