"""Les langues que Perron sait écrire : ``national/langues.toml``. Une langue s'y déclare avant de s'y traduire."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from modele.regles.disque import Lisible
from modele.regles.faits import proche
from modele.regles.fautes import ErreurUtilisateur
from modele.regles.lecture import Lecteur, lire_toml
from modele.regles.provenance import lire_provenance
from ressources import RESSOURCES

FICHIER: Final = "national/langues.toml"
FRANCAIS: Final = "fr"
_SENS: Final = ("gauche", "droite")


@dataclass(frozen=True, slots=True)
class Langue:
    """Une langue du papier.

    ``nom`` : en français ; ``nom_propre`` : dans la langue. ``babel`` : la locale qui écrit ses dates, ses nombres et
    ses pluriels. ``ecriture`` : code ISO 15924. ``socle`` : la langue qui dit ce que celle-ci ne redit pas.
    ``parle`` : les codes de ``contact.langue`` qui la proposent.
    """

    id: str
    nom: str
    nom_propre: str
    babel: str
    sens: str = "gauche"
    ecriture: str = "Latn"
    socle: str = ""
    parle: tuple[str, ...] = ()

    @property
    def de_droite(self) -> bool:
        """Vrai si elle se lit de droite à gauche."""
        return self.sens == "droite"

    @property
    def francaise(self) -> bool:
        """Vrai du français et du français simple : les règles d'écriture du français y valent."""
        return FRANCAIS in (self.id, self.socle)


def lire_langues(fichier: Lisible) -> Mapping[str, Langue]:
    """Les langues déclarées, dans l'ordre écrit. Lève ``FichierFautif`` avec toutes ses fautes."""
    lecteur = lire_toml(fichier)
    lecteur.exiger_format()
    lire_provenance(lecteur, exigees=("source", "verifie_le"))
    vues: set[str] = set()
    langues = {une.id: une for une in (_langue(table, vues) for table in lecteur.tables("langue", obligatoire=True))}
    lecteur.finir()
    return langues


def _langue(table: Lecteur, vues: set[str]) -> Langue:
    lue = Langue(
        id=table.identifiant(vues),
        nom=table.texte("nom", obligatoire=True),
        nom_propre=table.texte("nom_propre", obligatoire=True),
        babel=table.texte("babel", obligatoire=True),
        sens=table.texte("sens", permis=_SENS, defaut="gauche"),
        ecriture=table.texte("ecriture", obligatoire=True),
        socle=table.texte("socle"),
        parle=table.textes("parle"),
    )
    if lue.socle and lue.socle not in vues - {lue.id}:
        table.signaler("socle", "cette langue doit être déclarée plus haut")
    table.clore()
    return lue


@cache
def langues() -> Mapping[str, Langue]:
    """Celles que Perron livre."""
    return lire_langues(RESSOURCES / FICHIER)


def langue(identifiant: str) -> Langue:
    """La langue de cet identifiant. Lève ``ErreurUtilisateur`` avec la plus ressemblante, et toutes les autres."""
    connues = langues()
    if identifiant in connues:
        return connues[identifiant]
    parlee = langue_parlee(identifiant)
    voisin = parlee.id if parlee else proche(identifiant, connues)
    suite = f" ; vouliez-vous « {voisin} » ?" if voisin else "."
    liste = ", ".join(f"{une.id} ({une.nom})" for une in connues.values())
    raise ErreurUtilisateur(f"« {identifiant} » n’est pas une langue de Perron{suite} Langues : {liste}.")


def langue_parlee(code: str) -> Langue | None:
    """La langue du papier que propose ce code de ``contact.langue`` ; ``None`` si Perron ne l'écrit pas."""
    return next((une for une in langues().values() if code in une.parle), None)
