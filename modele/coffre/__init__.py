"""La base locale chiffrée : clés, journal d'opérations, brouillons, recherche.

Connaît dossier, ressemblance, fusion et protocole (et les fautes de regles).
Deux fichiers par coffre : la base SQLCipher et son trousseau (``….cles``). ``Coffre`` est la seule porte ;
SQLAlchemy, SQLCipher et Alembic ne se chargent qu'à l'ouverture. Essais : ``tests/modele/coffre``.
"""

from modele.coffre.coffre import Coffre
from modele.coffre.listes import AccesNote, Brouillon, Recent, Reprise, Resume, Trouve
from modele.coffre.ouverture import agents, existe
from modele.dossier.codes import relire_code_secours

__all__ = [
    "AccesNote",
    "Brouillon",
    "Coffre",
    "Recent",
    "Reprise",
    "Resume",
    "Trouve",
    "agents",
    "existe",
    "relire_code_secours",
]
