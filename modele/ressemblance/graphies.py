"""Les graphies d'un même nom, d'un état civil ou d'une écriture à l'autre : des données, ``graphies.toml``."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from modele.dossier.lettres import a_plat
from modele.regles.confiance import CONFIANCES
from modele.regles.disque import Lisible
from modele.regles.lecture import Lecteur, lire_toml
from ressources import RESSOURCES

FICHIER: Final = RESSOURCES / "national" / "graphies.toml"


@lru_cache(maxsize=1)
def livrees() -> dict[str, str]:
    """De chaque graphie livrée avec Perron, à plat, la famille : sa première graphie. Lues au premier nom cherché."""
    return lire_graphies(FICHIER)


def lire_graphies(chemin: Lisible) -> dict[str, str]:
    """Lit et vérifie un fichier de graphies. Lève ``FichierFautif`` avec toutes les fautes."""
    lecteur = lire_toml(chemin)
    familles: dict[str, str] = {}
    vus: set[str] = set()
    for table in lecteur.tables("ensemble", obligatoire=True):
        table.identifiant(vus)
        table.texte("source", obligatoire=True)
        table.texte("confiance", obligatoire=True, permis=CONFIANCES)
        table.date("verifie_le", obligatoire=True)
        for ligne in table.textes("familles", obligatoire=True):
            _retenir(table, familles, ligne)
        table.clore()
    lecteur.finir()
    return familles


def _retenir(table: Lecteur, familles: dict[str, str], ligne: str) -> None:
    graphies = list(dict.fromkeys(map(a_plat, ligne.split())))
    for graphie in graphies:
        if not (graphie.isascii() and graphie.isalpha()):
            table.signaler("familles", f"« {graphie} » n'est pas un mot : une graphie n'a que des lettres")
        elif (deja := familles.setdefault(graphie, graphies[0])) != graphies[0]:
            table.signaler("familles", f"« {graphie} » est déjà de la famille « {deja} »")
    if len(graphies) < 2:
        table.signaler("familles", f"« {ligne} » n'a qu'une graphie : rien à rejoindre")
