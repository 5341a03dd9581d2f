"""La filière des priorités d'un département : ce qu'elle demande ici, et d'où on le tient. Une donnée du territoire.

Ce qui n'y est pas dit manque, et se montre manquant. Essais : ``tests/modele/territoire/test_filiere.py``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from modele.regles.disque import Lisible
from modele.regles.lecture import Lecteur, lire_toml
from modele.regles.provenance import SANS_PROVENANCE, Provenance, lire_provenance

FICHIER: Final = "filiere.toml"
LABEL: Final = "label"
NOTE_SOCIALE: Final = "note_sociale"
EVALUATION: Final = "evaluation"
DEMANDES: Final = (LABEL, NOTE_SOCIALE, EVALUATION)


@dataclass(frozen=True, slots=True)
class DemandeDeFiliere:
    """Ce que la filière demande : à qui, comment."""

    id: str
    aupres_de: str
    comment: str
    provenance: Provenance = SANS_PROVENANCE


@dataclass(frozen=True, slots=True)
class Filiere:
    """``remarque`` : ce qu'on en sait d'autre, ou qu'on n'en a rien trouvé. ``fictive`` : pour l'exemple seulement."""

    demandes: Mapping[str, DemandeDeFiliere] = field(default_factory=dict)
    remarque: str = ""
    fictive: bool = False
    provenance: Provenance = SANS_PROVENANCE


def lire_filiere(fichier: Lisible) -> Filiere:
    """La filière d'un territoire. Lève ``FichierFautif`` avec toutes ses fautes."""
    lecteur = lire_toml(fichier)
    lecteur.exiger_format()
    fictive, vus = lecteur.booleen("fictif"), set[str]()
    exigees = () if fictive else ("source", "confiance", "verifie_le")
    demandes = [_demande(table, vus, exigees) for table in lecteur.tables("demande")]
    lue = Filiere(
        {une.id: une for une in demandes}, lecteur.texte("remarque"), fictive, lire_provenance(lecteur, exigees=exigees)
    )
    lecteur.finir()
    return lue


def _demande(table: Lecteur, vus: set[str], exigees: tuple[str, ...]) -> DemandeDeFiliere:
    nom = table.identifiant(vus)
    if nom and nom not in DEMANDES:
        table.signaler("id", f"attendu : {', '.join(DEMANDES)}")
    lue = DemandeDeFiliere(
        nom,
        table.texte("aupres_de", obligatoire=True),
        table.texte("comment", obligatoire=True),
        lire_provenance(table, exigees=exigees),
    )
    table.clore()
    return lue
