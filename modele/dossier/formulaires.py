"""Le code imprimé sur un formulaire papier vierge : quel formulaire, quelle version, et rien d'autre.

Tapé ou lu par une douchette dans la recherche de l'accueil, il ouvre l'entretien dans l'ordre du papier. Il ne porte
aucune donnée : celui d'une personne est celui de toutes.

Essais : ``tests/modele/dossier/test_formulaires.py``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from modele.dossier.portail import Portail

_MARQUE: Final = "PERRON"
_CODE: Final = re.compile(rf"{_MARQUE}[- ]?(\d{{5}})[-* ]?(\d{{2}})[- ]?(\d{{1,3}})")
# Une douchette réglée pour un clavier américain, sur un poste français : les mêmes touches, d'autres signes.
_TOUCHES: Final = str.maketrans("&é\"'(-è_çà)É", "1234567890-2")


@dataclass(frozen=True, slots=True)
class CodeDeFormulaire:
    """Un formulaire (« 14069*05 ») et sa version ici."""

    formulaire: str
    version: int

    def __str__(self) -> str:
        """« PERRON-14069-05-1 » : des majuscules et des chiffres, que toute douchette et toute main savent écrire."""
        return f"{_MARQUE}-{self.formulaire.replace('*', '-')}-{self.version}"


def code_de(portail: Portail) -> CodeDeFormulaire:
    """Celui du formulaire que suit cet ordre."""
    return CodeDeFormulaire(portail.formulaire, portail.version)


def lire_code(saisie: str) -> CodeDeFormulaire | None:
    """Le code tapé ou lu ; ``None`` si ce n'en est pas un. Casse, tirets, clavier de la douchette : indifférents."""
    # Aucun chiffre : le clavier en a fait d'autres signes, et ses tirets n'en sont pas.
    texte = saisie if any(signe.isdigit() for signe in saisie) else saisie.translate(_TOUCHES)
    trouve = _CODE.fullmatch(texte.strip().upper())
    if trouve is None:
        return None
    formulaire, revision, version = trouve.groups()
    return CodeDeFormulaire(f"{formulaire}*{revision}", int(version))
