"""Ce qui se remet d'un dossier à un autre lieu, et rien d'autre (norme, § 8) : des champs listés, jamais l'histoire.

La liste est ``ressources/national/remise.toml``. Ce qu'un champ listé ne peut pas dire (une violence, un lieu caché, un
canal qui n'est pas sûr) est tu par ``report``, comme pour le portail.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import Any, Final

from modele.dossier.chemins import ABSENT, Document, poser
from modele.dossier.inventaire import inventaire
from modele.protection.report import LIBRES, a_reporter, se_tait
from modele.protection.sensibles import par_toute_reponse
from modele.protection.violences import affirmes
from modele.regles.lecture import Lecteur, lire_toml
from ressources import RESSOURCES

_FICHIER: Final = RESSOURCES / "national" / "remise.toml"
_JAMAIS: Final = (
    "triage.",
    "protection.",
    "codemandeur.",
    "foyer.",
    "suites",
    "refus",
    "confirmations",
    "preuves",
    "local",
)
"""Le premier contact, ce qui protège, les autres personnes, l'histoire : aucune liste ne peut les nommer."""


@lru_cache(maxsize=1)
def remettables() -> tuple[str, ...]:
    """Les champs qui peuvent se remettre, dans l'ordre livré. Lève ``FichierFautif``."""
    return lire_remettables(lire_toml(_FICHIER))


def lire_remettables(lecteur: Lecteur) -> tuple[str, ...]:
    """Lit et vérifie la liste : chaque champ existe, et aucun n'est de ceux qui ne se remettent jamais."""
    lecteur.exiger_format()
    champs = lecteur.textes("champs", obligatoire=True)
    for champ in champs:
        if champ not in inventaire().champs:
            lecteur.signaler("champs", f"« {champ} » n'est pas un champ du dossier")
        elif champ.startswith(_JAMAIS) or champ in LIBRES or par_toute_reponse(champ):
            lecteur.signaler("champs", f"« {champ} » ne se remet jamais")
    lecteur.finir()
    return champs


def a_remettre(document: Mapping[str, Any], choisis: Collection[str], zones: Collection[str] = ()) -> Document:
    """Le dossier que l'autre lieu recevra : ceux des champs choisis qui sont listés, répondus, et peuvent se dire.

    ``zones`` : les noms des communes que la personne évite.
    """
    discret = affirmes(document)
    remis: Document = {}
    for champ in remettables():
        if champ in choisis and not se_tait(champ, discret=discret):
            valeur = a_reporter(document, champ, discret=discret, zones=zones)
            if valeur is not ABSENT:
                # Des cases cochées se reportent en liste ; dans un dossier, ce sont des coches, ouvertes.
                coches = isinstance(valeur, list) and champ in _coches()
                remis = poser(remis, champ, {"coches": valeur} if coches else valeur)
    return remis


@lru_cache(maxsize=1)
def _coches() -> frozenset[str]:
    return frozenset(nom for nom, champ in inventaire().champs.items() if champ.genre == "coches")
