"""Ce qui s'écrit en toutes lettres d'une séance : tout s'y relit, aucune clé n'est oubliée, nulle lettre n'y passe."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any, Final

import msgspec

from modele.seance.notions import Seance

_ARTICLE: Final = re.compile(r"(?<!r)(?<!r[.\s])441\s*[-.]?\s*1(?!\d|-\d)", re.IGNORECASE)
"""L441-1, et lui seul : ni R441-1, ni L441-10, ni L441-1-6."""
_PERMIS: Final = re.compile(r"prioritaire\s+l\s*\.?\s*441-1(?!\d|-\d)(?!\W*[a-m](?:bis)?\b(?!'\w))", re.IGNORECASE)
_ISOLEE: Final = re.compile(
    r"(?<![\w'])(?:[b-mB-M]|[aA](?!\s+\w))(?:bis)?(?!\w|'\w)(?!\.\s*-?[A-Z])(?!(?<=[LRDlrd])\.?\s*\d{3})(?<!M(?=\.))"
)
"""Une lettre seule ; ni « d'accord », ni une initiale (« A. Martin »), ni un article, ni le verbe « a »."""
_NOMMEE: Final = re.compile(r"\b(?:lettre|alinea)s?\W+[a-m]\b(?!'\w)", re.IGNORECASE)
_TIRETS: Final = re.compile(r"\s*[\u2010-\u2015\u2212\u00ad]\s*|\s*-\s*(?=1)")


def textes(seance: Seance) -> Iterator[str]:
    """Tout ce qui s'y écrit, réponses et offre ailleurs comprises ; sauf qui siège, dont le nom est attendu."""
    ecrits: dict[str, Any] = msgspec.to_builtins(seance)
    yield from _chaines({cle: dit for cle, dit in ecrits.items() if cle != "membres"})


def _chaines(valeur: Any) -> Iterator[str]:
    if isinstance(valeur, str):
        yield valeur
    elif isinstance(valeur, dict):
        for dessous in valeur.values():
            yield from _chaines(dessous)
    elif isinstance(valeur, list | tuple):
        for dessous in valeur:
            yield from _chaines(dessous)


def lettres(seance: Seance) -> Iterator[str]:
    """Les textes qui diraient une lettre de L441-1 : à quel titre une personne est prioritaire ne s'écrit jamais."""
    for dit in textes(seance):
        if dit_une_lettre(dit):
            yield dit
    for un in seance.candidats:
        # Le papier l'écrit après « prioritaire L441-1, vérifié par ».
        if un.priorite is not None and dit_une_lettre(f"prioritaire L441-1, vérifié par {un.priorite.par}"):
            yield un.priorite.par


def dit_une_lettre(dit: str) -> bool:
    """Vrai si ce texte nomme L441-1 autrement que « prioritaire L441-1 », ou une lettre d'un article."""
    nu = _nu(dit)
    if _NOMMEE.search(nu):
        return True
    if not _ARTICLE.search(nu):
        return False
    return bool(_ARTICLE.search(_PERMIS.sub("", nu)) or _ISOLEE.search(nu))


def _nu(dit: str) -> str:
    """Sans accent, un seul tiret, une seule apostrophe : les guises d'une même écriture se valent."""
    compose = unicodedata.normalize("NFKD", dit)
    nu = "".join(signe for signe in compose if not unicodedata.combining(signe))
    return _TIRETS.sub("-", nu).replace("\u2019", "'").replace("\u02bc", "'")
