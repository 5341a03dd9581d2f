"""Un motif écrit se refuse à sa forme, la même partout : rien n'y est comparé aux dossiers que l'agent ne voit pas.

Comparer un motif à tous les dossiers dirait qui demande ici, un discret compris. Ce qui se refuse : ``seance.toml``.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from anyascii import anyascii

from modele.seance.droit import MotifEcrit, droit
from modele.seance.ecrits import dit_une_lettre

_NOMME: Final = "« {} » : n'écrivez ni nom ni civilité dans un motif. Dites la situation, jamais la personne."
_NUMERO: Final = "« {} » : n'écrivez aucun numéro unique dans un motif. La référence de la séance suffit."
_LETTRE: Final = (
    "« {} » : n'écrivez aucune lettre de L441-1, pour personne. Dites « prioritaire L441-1 » sans rien de plus."
)
_TU: Final = "« {} » : ni santé ni violence dans un motif, pour personne. Dites ce qui tient au logement."
_LATIN: Final = 0x250
_ENTRE_CHIFFRES: Final = re.compile(r"(?<=\d)[\s.\-]+(?=\d)")
_CHIFFRES: Final = re.compile(r"\d+")
# « a » seul est aussi un verbe : il n'est une lettre qu'en fin de phrase ou devant une ponctuation.
_UNE_LETTRE: Final = r"(?:[b-m](?:\s*bis)?(?![\w'])|a(?:\s*bis)?(?=\s*(?:[^\w\s']|$)))"
_TIRETS: Final = re.compile(r"\s*[\u2010-\u2015\u2212]\s*|\u00ad")


def refus(motif: str, lu: MotifEcrit | None = None) -> str:
    """La phrase qui le refuse, où ce motif se cite ; vide s'il peut s'écrire."""
    lu = lu or droit().motif_ecrit
    ecrit = _latin(motif)
    for faute, phrase in (
        (_civilite(lu).search(ecrit), _NOMME),
        (_un_numero(ecrit, lu), _NUMERO),
        (_lettre(lu).search(ecrit) or dit_une_lettre(ecrit), _LETTRE),
        (_tus(lu).search(_nu(ecrit)), _TU),
    ):
        if faute:
            return phrase.format(motif)
    return ""


def _latin(texte: str) -> str:
    """Chaque signe d'une autre écriture dans la nôtre ; les accents restent, ils distinguent « à » d'une lettre."""
    compose = unicodedata.normalize("NFKC", texte).replace("\u2019", "'").replace("\u02bc", "'")
    lus = (signe if ord(signe) < _LATIN else anyascii(signe) for signe in _TIRETS.sub("-", compose))
    return "".join(lus)


def _nu(ecrit: str) -> str:
    return anyascii(ecrit).casefold()


def _un_numero(ecrit: str, lu: MotifEcrit) -> bool:
    suites = _CHIFFRES.findall(_ENTRE_CHIFFRES.sub("", ecrit))
    return any(len(une) > lu.chiffres_au_plus for une in suites)


@lru_cache(maxsize=4)
def _civilite(lu: MotifEcrit) -> re.Pattern[str]:
    dites = "|".join(re.escape(une) for une in lu.civilites)
    return re.compile(rf"(?<!\w)(?i:{dites})(?:\.\s*|\s+)[A-ZÀ-ÖØ-Þ]")


@lru_cache(maxsize=4)
def _lettre(lu: MotifEcrit) -> re.Pattern[str]:
    dites = "|".join(re.escape(une).replace(r"\ ", r"\s+") for une in lu.devant_une_lettre)
    entre = r"(?:[\s,:;.()«»\"-]|\b(?:L\s*\.?\s*441-1|de|du|la|le|lettre|alin[eé]a|point)\b)*"
    return re.compile(rf"(?<!\w)(?:{dites})s?(?![\w'])(?!-\d){entre}(?<![\w']){_UNE_LETTRE}", re.IGNORECASE)


@lru_cache(maxsize=4)
def _tus(lu: MotifEcrit) -> re.Pattern[str]:
    dits = "|".join(re.escape(_nu(un)).replace(r"\ ", r"\s+") for un in sorted(lu.mots))
    return re.compile(rf"(?<![a-z])(?:{dits})(?:e|s|es)?(?![a-z])")
