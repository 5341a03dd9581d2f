"""Un coffre d'une année : quelques centaines de dossiers d'ici et d'ailleurs, et ce qu'on sait de chacun, à part."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from outils_coffre import AGENT, creer
from uuid_utils import uuid7

from modele.coffre import Coffre
from modele.dossier.nomenclatures import nationales
from modele.dossier.operations import DOSSIER
from modele.dossier.unites import atomes
from modele.droits import Auteur
from modele.fusion.etat import EtatDossier, Origine, Tete
from modele.fusion.etat_ecrit import ecrire_etat
from modele.genres import decoupe
from modele.protocole.messages import Entree, Journal, PosteConnu

ANNEE: Final = 2025
ICI, AILLEURS = "poste-1", "Mairie de Vieux-Pont"
VOIES: Final = {"sans-abri": "Sans toit ce soir", "impaye": "Loyer en retard", "renouvellement": "À renouveler"}
_A_PART: Final = ("violences-couple", "demandeur-mineur", "handicap-inadapte", "titre-sejour")
NORA: Final = Auteur(AGENT)
MOTIFS_DE_VENUE: Final = ("renseignement",) * 6 + ("pieces",) * 3 + ("aide",)
ISSUES_DE_VENUE: Final = ("renseignee",) * 4 + ("dossier",) * 3 + (None,)


@dataclass
class Su:
    """Ce qu'un essai sait d'un dossier : où et en quelle année on y a écrit, et ce qui y est dit."""

    document: dict[str, Any]
    ecritures: list[tuple[str, int]] = field(default_factory=list)
    rendez_vous: list[tuple[int, str]] = field(default_factory=list)
    """L'année, et où il en est."""

    def recue(self, lieu: str | None, annee: int = ANNEE) -> int:
        """Combien d'écritures de l'année, à ce lieu (``None`` : partout)."""
        return sum(1 for ou, quand in self.ecritures if quand == annee and lieu in (None, ou))


def remplir(chemin: Path, graine: int = 1, ici: int = 260, ailleurs: int = 90) -> tuple[Coffre, list[Su]]:
    """Le coffre, rempli au hasard mais toujours du même, et ce qu'on en sait."""
    tirage = random.Random(graine)
    coffre, _ = creer(chemin)
    sus = [_ici(coffre, tirage) for _ in range(ici)] + _ailleurs(coffre, tirage, ailleurs)
    coffre._horloge = lambda: datetime(ANNEE + 1, 2, 1, 9, tzinfo=UTC)
    for annee, motif, issue in venues(ici):
        ticket = {"date": f"{annee}-05-04", "lieu": "peu-importe", "numero": 1, "motif": motif, "arrive": "09:00"}
        coffre.creer_objet("passage", {**ticket, **({"issue": issue} if issue else {})}, NORA)
    return coffre, sus


def venues(ici: int = 260) -> list[tuple[int, str, str | None]]:
    """Les numéros donnés à ce lieu : l'année, pourquoi, et comment cela a fini (``None`` : pas noté)."""
    tirage = random.Random(3)
    return [
        (
            tirage.choice([ANNEE, ANNEE, ANNEE, ANNEE - 1]),
            tirage.choice(MOTIFS_DE_VENUE),
            tirage.choice(ISSUES_DE_VENUE),
        )
        for _ in range(ici // 2)
    ]


def _ici(coffre: Coffre, tirage: random.Random) -> Su:
    su = Su(_document(tirage))
    quand = _instant(tirage)
    coffre._horloge = lambda: quand
    identifiant = coffre.creer_dossier(su.document, NORA)["id"]
    su.ecritures.append((ICI, quand.year))
    for _ in range(tirage.choice([0, 0, 1, 3])):
        suite = _instant(tirage)
        coffre._horloge = lambda suite=suite: suite
        coffre.modifier(identifiant, {"demande.precisions": str(uuid7())}, NORA)
        su.ecritures.append((ICI, suite.year))
    _prendre_rendez_vous(coffre, identifiant, su)
    return su


def _prendre_rendez_vous(coffre: Coffre, dossier: str, su: Su) -> None:
    """Un tirage à part : les dossiers restent ce qu'ils étaient."""
    tirage = random.Random(len(str(su.document)))
    for _ in range(tirage.choice([0, 0, 1, 2])):
        le, etat = date(ANNEE, 1, 1) + timedelta(tirage.randrange(-60, 364)), tirage.choice(["venu", "venu", "absent"])
        champs = {"dossier": dossier, "date": le.isoformat(), "heure": "09:00", "etat": etat}
        coffre.creer_objet("rendez_vous", champs, NORA)
        su.rendez_vous.append((le.year, etat))


def _ailleurs(coffre: Coffre, tirage: random.Random, nombre: int) -> list[Su]:
    """Des dossiers d'un autre lieu, tels que le registre les rend."""
    sus, entrees = [], []
    for rang in range(1, nombre + 1):
        su, identifiant, quand = Su(_document(tirage)), str(uuid7()), _instant(tirage)
        unites: dict[str, list[Tete]] = {}
        for champ, valeur in atomes({**su.document, "cree_le": quand.isoformat()}):
            cle = decoupe(DOSSIER).unite(champ)
            (tete,) = unites.setdefault(cle, [Tete("op", {})])
            tete.valeurs[champ] = valeur
        auteurs = {"op": Origine("Paul", "p-ailleurs", quand, 0)}
        etat = EtatDossier(identifiant, "metropole-exemple", 1, unites, auteurs)
        entrees.append(Entree(identifiant, rang, 1, ecrire_etat(etat)))
        su.ecritures.append((AILLEURS, quand.year))
        sus.append(su)
    postes = {"p-ailleurs": PosteConnu("bureau 2", AILLEURS)}
    assert coffre.echanges.appliquer(0, Journal(entrees, nombre, False, "p", postes), "poste")
    return sus


def _document(tirage: random.Random) -> dict[str, Any]:
    motifs = tirage.sample(sorted(nationales()["motif"].codes), tirage.choice([0, 1, 2, 3]))
    suites = {str(uuid7()): _suite(tirage) for _ in range(tirage.choice([0, 1, 1, 2, 4]))}
    langue: Any = tirage.choice(["fr"] * 12 + ["ar"] * 4 + ["es", "ps", {"ne_sait_pas": True}, None, None])
    return {
        "territoire": "metropole-exemple",
        "demandeur": {"nom": str(uuid7())[-6:]},
        "contact": {} if langue is None else {"langue": langue},
        "demande": {"motifs": {"coches": motifs}} if motifs else {},
        "suites": {"elements": suites, "ordre": list(suites)},
    }


def _suite(tirage: random.Random) -> dict[str, Any]:
    faite = date(ANNEE, 1, 1) + timedelta(tirage.randrange(-60, 364))
    suite = {"orientation": tirage.choice([*VOIES, *VOIES, *_A_PART]), "faite_le": faite.isoformat()}
    if issue := tirage.choice(["acceptee", "acceptee", "refusee", "sans_reponse", None]):
        suite |= {"issue": issue, "issue_le": (faite + timedelta(tirage.randrange(40))).isoformat()}
    return suite


def _instant(tirage: random.Random) -> datetime:
    """Un instant d'une des deux années ; à deux heures d'UTC, le 31 décembre au soir n'est pas du même jour partout."""
    jour = datetime(ANNEE, 1, 1, 12, tzinfo=UTC) + timedelta(days=tirage.randrange(-120, 365))
    return jour.astimezone()
