"""Une semaine d'accueil : l'heure de tous les postes, ce que chacun y fait, et le cahier où tout se note à la main."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from outils_ecran import presser, taper
from postes_relies import Guichet
from PySide6.QtCore import Qt

from modele.coffre import Coffre
from ui.ecrans.agenda import ecran as agenda
from ui.ecrans.donner import ecran as donner
from ui.ecrans.journee import ecran as journee
from ui.ecrans.rapport import ecran as rapport
from ui.ecrans.remises import ecran as remises

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
MOTIFS = ("renseignement", "demande", "pieces", "rendez_vous", "aide")
ISSUES = ("renseignee", "dossier", "rendez_vous", "orientee", "repartie")


class _Comme(type):
    def __instancecheck__(cls, objet: object) -> bool:
        return isinstance(objet, date)


class Jour(date, metaclass=_Comme):
    """Une date dont aujourd'hui se choisit."""

    ici = date.today()

    @classmethod
    def today(cls) -> date:  # type: ignore[override]
        """Le jour où l'on est de la semaine."""
        return cls.ici


class Semaine:
    """Lundi prochain et les quatre jours d'après, tous de la même année ; l'heure, la même sur tous les postes."""

    def __init__(self, correctif: pytest.MonkeyPatch, postes: Iterable[Guichet]) -> None:
        passe = timedelta(7 - date.today().weekday())
        self.lundi = date.today() + passe
        if self.lundi.year != (self.lundi + timedelta(4)).year:
            self.lundi += timedelta(7)
        for ou in (agenda, donner, journee, rapport, remises):
            correctif.setattr(ou, "date", Jour)
        self._coffres = [coffre_de(un) for un in postes]
        self.il_est(0, 8)

    def il_est(self, jour: int, heure: int, minute: int = 0) -> datetime:
        """Il est telle heure, du lundi (0) au vendredi (4)."""
        Jour.ici = self.lundi + timedelta(jour)
        maintenant = datetime.combine(Jour.ici, time(heure, minute)).astimezone()
        for coffre in self._coffres:
            coffre._horloge = lambda: maintenant
        return maintenant

    def jour(self, rang: int) -> date:
        """Ce jour de la semaine."""
        return self.lundi + timedelta(rang)


@dataclass
class Personne:
    """Ce que l'agent sait d'une personne reçue : où, pourquoi, vers où, et ses rendez-vous, par leur identifiant."""

    lieu: str
    ecritures: int
    motifs: tuple[str, ...] = ()
    suites: tuple[tuple[str, str, int], ...] = ()
    """Vers quelle voie, son issue, en combien de jours."""
    rendez_vous: dict[str, str] = field(default_factory=dict)
    discrete: bool = False
    """Son dossier l'est : elle ne compte dans aucun chiffre d'un lieu."""


@dataclass
class Cahier:
    """Ce qui s'est fait, noté à la main : aucun compte n'y vient du coffre."""

    personnes: dict[str, Personne] = field(default_factory=dict)
    numeros: list[tuple[str, str, str]] = field(default_factory=list)
    """Le lieu, le motif, l'issue ; vide : la personne est encore là."""

    def du(self, lieu: str) -> list[Personne]:
        """Les personnes reçues à ce lieu, que son rapport compte."""
        return [une for une in self.personnes.values() if une.lieu == lieu and not une.discrete]

    def compter(self, lieu: str, voies: Iterable[str]) -> dict[str, Counter[str]]:
        """De chaque chiffre du lieu, ses lignes ; une personne ne compte qu'une fois par ligne."""
        recues, venues = self.du(lieu), [un for un in self.numeros if un[0] == lieu]
        dites = set(voies)

        def lignes(de: Callable[[Personne], Iterable[str]]) -> Counter[str]:
            return Counter(ligne for une in recues for ligne in set(de(une)))

        def siennes(une: Personne) -> list[tuple[str, str, int]]:
            return [suite for suite in une.suites if suite[0] in dites]

        return {
            "personnes_recues": Counter({"": len(recues)}),
            "motifs": lignes(lambda une: une.motifs),
            "orientees": lignes(lambda une: [""] if siennes(une) else []),
            "orientations": lignes(lambda une: [voie for voie, _, _ in siennes(une)]),
            "issues": lignes(lambda une: [issue for _, issue, _ in siennes(une) if issue]),
            "delai_reponse": lignes(lambda une: ["nombre"] if any(issue for _, issue, _ in siennes(une)) else []),
            "rendez_vous": lignes(lambda une: une.rendez_vous.values()),
            "venues": Counter({"": len(venues)}),
            "venues_motifs": Counter(motif for _, motif, _ in venues),
            "venues_issues": Counter(issue or "non_dit" for _, _, issue in venues),
        }


def coffre_de(un: Guichet) -> Coffre:
    """Le coffre ouvert de ce poste."""
    coffre = un.poste.session._coffre
    assert coffre is not None
    return coffre


def tours(*postes: Guichet) -> None:
    """Un échange de chacun, dans l'ordre."""
    for un in postes:
        un.tour()


def aller(un: Guichet, ecran: str) -> Any:
    """Cet écran de ce poste, devant, relu."""
    un.devant()
    un.joueur.aller(ecran)
    return un.joueur.ecran


def touche(un: Guichet, laquelle: Qt.Key, modificateur: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Une touche, puis ce qui en vient."""
    presser(laquelle, modificateur)
    un.joueur.attendre()


def taper_puis(un: Guichet, signes: str) -> None:
    """Des signes tapés là où est le clavier, puis ce qui en vient."""
    taper(signes)
    un.joueur.attendre()


def accueillir(un: Guichet, cahier: Cahier, lieu: str, motif: str, issue: str = "") -> None:
    """Un numéro en deux touches ; avec une issue, appelé, reçu et parti, au clavier."""
    montre = aller(un, "journee")
    taper_puis(un, str(MOTIFS.index(motif) + 1))
    taper_puis(un, "1")
    if issue:
        finir(un, montre, issue)
    cahier.numeros.append((lieu, motif, issue))


def finir(un: Guichet, montre: Any, issue: str) -> None:
    """Le dernier numéro qui attend : appelé, reçu, parti."""
    montre.file.setCurrentRow(montre.file.count() - 1)
    montre.file.setFocus()
    touche(un, Qt.Key.Key_Return)
    touche(un, Qt.Key.Key_Return)
    touche(un, Qt.Key.Key_P, ALT)
    taper_puis(un, str(ISSUES.index(issue) + 1))


def ouvrir(un: Guichet, dossier: str) -> None:
    """Ouvre ce dossier."""
    un.devant()
    un.poste.session.ouvrir_dossier(dossier, lambda _: None)
    un.joueur.attendre()
