"""Ce que le coffre rend aux listes de l'écran : des lignes prêtes à montrer, neutres pour un dossier discret."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Resume:
    """Une ligne de liste. D'un dossier discret, seule la référence courte le distingue d'un autre."""

    titre: str
    detail: str
    reference: str
    discret: bool
    modifie_le: datetime
    agent: str


@dataclass(frozen=True, slots=True)
class Trouve:
    """Un dossier trouvé, ce qu'on peut en montrer, pourquoi il est là, et son score (0 à 1 environ)."""

    dossier: str
    resume: Resume
    raisons: tuple[str, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Recent:
    """Un dossier récemment modifié."""

    dossier: str
    resume: Resume


@dataclass(frozen=True, slots=True)
class Brouillon:
    """Un texte en cours de frappe, pas encore posé."""

    chemin: str
    texte: str
    quand: datetime


@dataclass(frozen=True, slots=True)
class Reprise:
    """Une saisie interrompue. D'un dossier discret, ni le champ ni le texte ne se montrent."""

    dossier: str
    resume: Resume
    chemin: str
    texte: str
    quand: datetime


@dataclass(frozen=True, slots=True)
class Acces:
    """Une ligne du journal des accès : qui, quand, quelle action, sur quel dossier ; jamais de contenu."""

    agent: str
    quand: datetime
    action: str
    dossier: str | None
