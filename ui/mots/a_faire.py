"""Ce que seul un bilan sait : les voies pressantes sans suite des derniers dossiers, les délais datés des autres.

Sans Qt, à faire sur le fil des travaux. Un dossier discret n'y paraît jamais.

Essais : ``tests/ui/mots/test_a_faire.py``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from modele.dossier.dates_tenues import DateTenue, Nature, declarees
from modele.dossier.documents import encoder
from modele.dossier.situation import elements
from modele.orientation.resultat import Echeance, Urgence, Voie

if TYPE_CHECKING:
    from modele.bilan import Bilan, Regles
    from modele.coffre import Coffre, Recent
    from modele.dossier.chemins import Document

VENUE: Final = "Date venue : le dossier dit ce qui reste possible"
_RENOUVELLEMENT: Final = "renouvellement"
_PRESSANTES: Final = (Urgence.IMMEDIATE, Urgence.JOUR)


@dataclass(frozen=True, slots=True)
class Tache:
    """Une chose à faire : son urgence, ce que c'est, pour quel dossier."""

    urgence: Urgence
    libelle: str
    dossier: str
    titre: str


class TachesDesRecents:
    """Les tâches des derniers dossiers ; seul un dossier changé se relit : revenir à l'accueil ne refait pas le reste.

    N'en garde que l'empreinte du document et les tâches ; un dossier qui n'est plus lu (discret, supprimé, trop
    ancien) s'oublie avec son lot. À n'employer que d'un fil.
    """

    def __init__(self) -> None:
        self._lots: dict[int, dict[str, tuple[bytes, tuple[Tache, ...]]]] = {}
        self._pour: tuple[Regles, date] | None = None

    def lire(self, coffre: Coffre, regles: Regles, jour: date, debut: int, fin: int) -> list[Tache]:
        """Celles des dossiers récents de rang ``debut`` à ``fin`` (exclu), discrets exclus."""
        if self._pour != (regles, jour):
            self._lots, self._pour = {}, (regles, jour)
        connues = {dossier: su for lot in self._lots.values() for dossier, su in lot.items()}
        self._lots[debut] = {
            un.dossier: _su(coffre.lire(un.dossier), un, regles, jour, connues.get(un.dossier))
            for un in coffre.recents(fin)[debut:]
            if not un.resume.discret
        }
        return [tache for _, trouvees in self._lots[debut].values() for tache in trouvees]


def _su(
    document: Document, un: Recent, regles: Regles, jour: date, connu: tuple[bytes, tuple[Tache, ...]] | None
) -> tuple[bytes, tuple[Tache, ...]]:
    from modele.bilan import etablir

    empreinte = hashlib.sha256(encoder([un.resume.titre, document])).digest()
    if connu is not None and connu[0] == empreinte:
        return connu
    # L'intervalle exact de la note n'est pas montré ici : la forme rapide suffit.
    bilan = etablir(regles, document, jour, exacte=False)
    return empreinte, tuple(taches(bilan, un.dossier, un.resume.titre))


def taches(bilan: Bilan, dossier: str, titre: str) -> Iterator[Tache]:
    """La voie la plus pressante d'un dossier, tant qu'aucune suite n'y est notée ; ses dates sont rangées."""
    if bilan.discret:
        return
    voies = [voie for voie in bilan.voies_retenues if not voie.discret]
    suivies = _suivies(bilan)
    pressantes = [v for v in voies if v.urgence in _PRESSANTES and suivies.isdisjoint((v.id, *v.heritees))]
    for voie in sorted(pressantes, key=lambda v: list(Urgence).index(v.urgence))[:1]:
        yield Tache(voie.urgence, voie.libelle, dossier, titre)


def prochaine_echeance(bilan: Bilan) -> date | None:
    """La première date où agir qu'une lecture du texte laisse encore ouverte ; aucune d'un dossier discret."""
    return None if bilan.discret else _prochaine(bilan, (voie for voie in bilan.voies_retenues if not voie.discret))


def dates_des_voies(bilan: Bilan, voies: Iterable[Voie]) -> list[DateTenue]:
    """Les délais datés de ces voies où il reste à faire ce jour-là, la plus proche d'abord."""
    dates = (
        DateTenue(
            Nature.VOIE,
            f"{Nature.VOIE}:{voie.id}:{une.id}",
            une.le,
            jusqu_au(une, une.le, bilan.jour),
            arrete_depuis(une),
            voie.id,
            une.libelle,
        )
        for voie in voies
        for une in voie.echeances
        # Une demande à renouveler se suit de son document : la dire deux fois ferait deux dossiers d'un seul.
        if une.le is not None and voie.id != _RENOUVELLEMENT
    )
    return sorted((une for une in dates if bilan.jour <= (une.fin or une.le)), key=lambda une: (une.le, une.cle))


def jusqu_au(echeance: Echeance, le: date, jour: date) -> date:
    """Le dernier jour où une échéance se dit : quelque temps encore si sa fin n'est pas établie, ou s'il reste à faire.

    Le jour où une commission, un préfet se taisent est celui où tout commence : il ne s'efface pas le lendemain. Un
    délai arrêté recule de jour en jour : son dossier se relit d'ici là.
    """
    fin = echeance.fin_possible
    if fin is not None and not echeance.apres:
        return fin
    dites = (fin or le, _repoussee(echeance, jour))
    return max(une for une in dites if une is not None) + timedelta(declarees()[Nature.VOIE].montre or 0)


def _repoussee(echeance: Echeance, jour: date) -> date | None:
    if echeance.suspension is None:
        return None
    return jour if echeance.suspendue else echeance.suspension.jusqu_au


def arrete_depuis(echeance: Echeance) -> date | None:
    """Depuis quand son délai est arrêté, s'il l'est encore."""
    return echeance.suspension.du if echeance.suspension is not None and echeance.suspendue else None


def lire_des_echeances(coffre: Coffre, regles: Regles, jour: date, au_plus: int) -> int:
    """Cherche et retient la prochaine échéance de quelques dossiers ; rend combien en ont été lus."""
    from modele.bilan import etablir

    a_lire = coffre.echeances_a_lire(jour, au_plus)
    for un in a_lire:
        bilan = etablir(regles, un.document, jour, exacte=False)
        delais = dates_des_voies(bilan, bilan.voies_retenues)
        coffre.noter_echeance(un.dossier, un.document, prochaine_echeance(bilan), jour, delais)
    return len(a_lire)


def ranger(toutes: Iterable[Tache]) -> list[Tache]:
    """Les plus pressantes d'abord."""
    ordre = list(Urgence)
    return sorted(set(toutes), key=lambda t: (ordre.index(t.urgence), t.titre, t.libelle))


def _prochaine(bilan: Bilan, voies: Iterable[Voie]) -> date | None:
    echeances = (e for voie in voies for e in voie.echeances)
    return min((e.le for e in echeances if e.le is not None and bilan.jour <= (e.fin_possible or e.le)), default=None)


def _suivies(bilan: Bilan) -> set[str]:
    """Les orientations auxquelles une suite a été notée."""
    return {str(suite.get("orientation", "")) for suite in elements(bilan.document, "suites").values()}
