"""Un engagement de la convention d'attribution tel qu'il se garde, ou un document daté qui en porte (CCH L441-1-5).

Ce que livre le territoire est le départ : une saisie qui nomme son ``origine`` le remplace. Rien n'y est exigé que ce
sans quoi il ne voudrait rien dire ; une fin (tenu, non tenu) a sa preuve datée.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from modele.contingents.lecture import lire_date, lire_texte
from modele.dossier.chemins import ABSENT, Document

ENGAGEMENT: Final = "engagement"
DOCUMENT: Final = "document"
FINS: Final = ("tenu", "non_tenu")
SANS_TEXTE: Final = "Dites de qui est cet engagement et à quoi il s'engage, dans les mots de la convention."
SANS_NOM: Final = "Dites quel est ce document."
SANS_SOURCE: Final = "Dites d'où vient ce qui est saisi : la convention, une délibération, un site."
SANS_PREUVE: Final = "Un engagement tenu, ou non tenu, a sa preuve et la date de cette preuve."
DEJA: Final = "Cet engagement est déjà saisi (par {}). Ouvrez-le et complétez-le. Rien n'est écrit."
_DEUX: Final = "« {} » est saisi deux fois : par {} et par {}. Retirez celui qui est de trop."


@dataclass(frozen=True, slots=True)
class EngagementTenu:
    """``id`` vide : pas encore gardé. ``ou`` : le territoire. ``origine`` : ce qu'il remplace de ce que livre celui-ci.

    ``sorte`` : engagement ou document ; ``texte`` d'un document est son nom, ``du`` sa date.
    """

    ou: str
    signataire: str
    texte: str
    sorte: str = ENGAGEMENT
    mesure: str = ""
    cible: str = ""
    du: date | None = None
    echeance: date | None = None
    source: str = ""
    etat: str = ""
    preuve: str = ""
    preuve_le: date | None = None
    origine: str = ""
    retiree_le: date | None = None
    id: str = ""
    par: str = ""

    @property
    def cle(self) -> tuple[str, str]:
        """Ce qu'il remplace, dans ce territoire ; vide : rien."""
        return self.ou, self.origine


_TEXTES: Final = (
    "ou", "signataire", "texte", "sorte", "mesure", "cible", "source", "etat", "preuve", "origine",
)  # fmt: skip
_DATES: Final = ("du", "echeance", "preuve_le", "retiree_le")


def relire(document: Document, par: str = "") -> EngagementTenu:
    """L'engagement que dit ce document ; ce qu'un autre poste y a mal écrit se lit comme ce qui manque."""
    textes: dict[str, Any] = {nom: lire_texte(document, nom) for nom in _TEXTES}
    dates: dict[str, Any] = {nom: lire_date(document, nom) for nom in _DATES}
    return EngagementTenu(**textes, **dates, id=lire_texte(document, "id"), par=par)


def champs(engagement: EngagementTenu) -> dict[str, Any]:
    """Ce qui s'écrit de lui, par chemin ; ``ABSENT`` : ce qu'il ne dit pas."""
    return {nom: getattr(engagement, nom) or ABSENT for nom in (*_TEXTES, *_DATES)}


def refus(neuf: EngagementTenu, tenus: Iterable[EngagementTenu]) -> str:
    """Pourquoi il ne peut pas se garder ; vide : il le peut."""
    if neuf.retiree_le is not None:
        return ""
    if neuf.sorte == DOCUMENT and not neuf.texte:
        return SANS_NOM
    if neuf.sorte != DOCUMENT and not (neuf.signataire and neuf.texte):
        return SANS_TEXTE
    if not neuf.source:
        return SANS_SOURCE
    if neuf.etat in FINS and not (neuf.preuve and neuf.preuve_le):
        return SANS_PREUVE
    deja = [un for un in servent(tenus) if un.id != neuf.id and neuf.origine and un.cle == neuf.cle]
    return DEJA.format(deja[0].par) if deja else ""


def servent(tenus: Iterable[EngagementTenu]) -> list[EngagementTenu]:
    """Ceux qui ne sont pas retirés."""
    return [un for un in tenus if un.retiree_le is None]


def contraires(tenus: Iterable[EngagementTenu]) -> list[str]:
    """Le même, saisi par deux postes qui ne se voyaient pas : une phrase chacun."""
    premiers: dict[tuple[str, str], EngagementTenu] = {}
    dites = []
    for un in servent(tenus):
        if un.origine and (autre := premiers.setdefault(un.cle, un)) is not un:
            dites.append(_DEUX.format(un.texte, autre.par, un.par))
    return dites
