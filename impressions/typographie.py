"""La typographie française et ses espaces insécables ; ce qui ne s'imprime jamais."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

INSECABLE = "\u00a0"
FINE = "\u202f"

_UNITES = "h|min|mois|points?|point|ans?|jours?|semaines?|euros|pièces?|m²|%|€|heures?"
_ENTRE_CHIFFRES = re.compile(r"(?<=\d) (?=\d)")
_CODE = re.compile(r"\b(CCH|CASF|CJA|CPCE|CPC|CC) (?=[LRD]?\.?[\u00a0 ]?\d)")
_ARTICLE = re.compile(r"\bart\. (?=\d)|(?<=\d) (?=[IVX]{1,4}\b)| (?=;)")
"""« art. 24 III », et ce qui en précède un autre : « II ; R.441-14-1 »."""
_REGLES: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"[ \u00a0]+([;!?])"), FINE + r"\1"),
    (re.compile(r"[ \u202f]+([:»])"), INSECABLE + r"\1"),
    (re.compile(r"« "), "«" + INSECABLE),
    (re.compile(r" · "), INSECABLE + "· "),
    (re.compile(r"\bn° "), "n°" + INSECABLE),
    (re.compile(rf"(\d) (?=(?:{_UNITES})(?!\w))"), r"\1" + INSECABLE),
    (_ENTRE_CHIFFRES, FINE),
    (re.compile(r"\b([LRD])\. ?(?=\d)"), r"\1." + INSECABLE),
    (_CODE, r"\1" + INSECABLE),
    (_ARTICLE, lambda une: une[0].replace(" ", INSECABLE)),
    (re.compile(r"(?<=\w)'"), "’"),
    (re.compile(r"\b(h) (?=\d\d\b)"), r"\1" + FINE),
)
# Treize ou quinze chiffres commençant par 1 ou 2 : la forme d'un numéro de sécurité sociale, jamais imprimé.
_ECART = r"[ .\-\u00a0\u202f]?"
_NIR = re.compile(rf"(?<!\w)[12](?:{_ECART}\d){{5}}{_ECART}[\dAB](?:{_ECART}\d){{6}}(?:(?:{_ECART}\d){{2}})?(?!\w)")


def typographier(texte: str) -> str:
    """Le texte français avec ses espaces insécables et ses apostrophes courbes."""
    for motif, remplacement in _REGLES:
        texte = motif.sub(remplacement, texte)
    return texte


def nombres_entiers(texte: str) -> str:
    """Le texte, où un numéro, un article ne se coupent pas en fin de ligne, ni ne s'inversent dans un texte arabe."""
    entiers = _CODE.sub(r"\1" + INSECABLE, _ENTRE_CHIFFRES.sub(FINE, texte))
    return _ARTICLE.sub(lambda une: une[0].replace(" ", INSECABLE), entiers)


def insecable(texte: str) -> str:
    """Le texte d'un seul tenant : aucune de ses espaces ne coupe la ligne."""
    return texte.replace(" ", INSECABLE)


def sans_nir(texte: str, remplacement: str) -> str:
    """Le texte, où tout ce qui ressemble à un numéro de sécurité sociale est remplacé."""
    return _NIR.sub(remplacement, texte)


def nom_de_fichier(texte: str) -> str:
    """Un nom de fichier sans accent, sans espace, portable."""
    nu = unicodedata.normalize("NFKD", texte).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", nu.lower()).strip("-")
