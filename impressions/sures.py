"""Ce qu'un papier laisse de côté : la phrase qui n'a pas de source vérifiée. Le seul endroit où cela se décide.

À l'écran, une phrase déduite ou de connaissance commune finit par « (à faire valider) » ; sur un papier remis à
quelqu'un, elle ne s'imprime ni nue, ni ainsi marquée. Si c'était un délai, un recours ou un numéro d'ici, une phrase
dit, une fois, qu'il faut demander avant de partir. Norme : « La sûreté des personnes », 6.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

# Deux signes d'usage privé : ni une réponse, ni un texte de fiche n'en contient.
MARQUE: Final = "\ue000"
MARQUE_DE_DELAI: Final = "\ue001"
_MARQUES: Final = rf"\(à faire valider[^)]*\)|{MARQUE}|{MARQUE_DE_DELAI}"
_FIN: Final = rf"(?<!\bart)[.!?…][*_»)]*(?=\s|$|{_MARQUES})"
_PHRASE: Final = re.compile(rf"\S.*?(?:{_FIN}|$)(?:\s*(?:{_MARQUES})[.!?…]?)*\s*", re.DOTALL)
_A_LAISSER: Final = re.compile(_MARQUES)
_PUCE: Final = re.compile(r"(?:[-*+]|\d+\.)\s+")


def phrases_sures(texte: str) -> str:
    """Le texte sans ses phrases « à faire valider » ; vide s'il n'en reste aucune."""
    return "".join(phrase for phrase in _PHRASE.findall(texte) if not _A_LAISSER.search(phrase)).rstrip()


@dataclass(slots=True)
class TexteSur:
    """Un Markdown sans ses phrases « à faire valider ». ``ailleurs`` : la phrase qui dit de demander avant de partir.

    ``demande`` : elle est dite ; elle ne l'est qu'une fois par papier.
    """

    ailleurs: str
    demande: bool = False

    def nettoyer(self, markdown: str) -> str:
        """Le texte, phrase par phrase, et ligne par ligne dans un bloc clos ; ce qui reste vide disparaît."""
        return "\n".join(ligne for morceau, clos in _morceaux(markdown) for ligne in self._garder(morceau, clos=clos))

    def _garder(self, morceau: str, *, clos: bool) -> Iterator[str]:
        if not _A_LAISSER.search(morceau):
            yield morceau
            return
        puce = _PUCE.match(morceau)
        debut = puce[0] if puce else ""
        dit_ailleurs = MARQUE_DE_DELAI in morceau and not self.demande and not clos
        self.demande = self.demande or dit_ailleurs
        gardees = ["" if clos else phrases_sures(morceau.removeprefix(debut)), self.ailleurs if dit_ailleurs else ""]
        if reste := " ".join(filter(None, gardees)):
            yield f"{debut}{reste}"


def _morceaux(markdown: str) -> Iterator[tuple[str, bool]]:
    """Les paragraphes et les éléments de liste, chacun d'un bloc ; les autres lignes, seules.

    Vrai pour une ligne d'un bloc clos, qui se garde ou tombe entière.
    """
    paragraphe: list[str] = []
    ouvert = False
    for ligne in markdown.split("\n"):
        cloture = ligne.startswith("```")
        seule = ouvert or cloture or not ligne.strip() or ligne.startswith(("#", "~~~"))
        if paragraphe and (seule or _PUCE.match(ligne)):
            yield "\n".join(paragraphe), False
            paragraphe = []
        # « ~~~ encadre » contient des paragraphes : seul un bloc de lignes (```) se lit ligne à ligne.
        ouvert = ouvert is not cloture
        if seule:
            yield ligne, ouvert
        else:
            paragraphe.append(ligne)
    if paragraphe:
        yield "\n".join(paragraphe), False
