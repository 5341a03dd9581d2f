"""Ce qui presse dans tous les dossiers, en mots : des nombres à l'accueil, une ligne par date ensuite. Sans Qt.

Rien n'y nomme la personne tant que la ligne est masquée. Essais : ``tests/ui/mots/test_echeances.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from modele.coffre.listes import PAR_PAGE
from modele.dossier.dates_tenues import DateTenue, Nature
from modele.mots.ecriture import dire_date
from modele.orientation.resultat import Urgence
from ui.mots.a_faire import HORIZON, dire_venue
from ui.mots.suites import dire_attente

if TYPE_CHECKING:
    from modele.bilan import Regles
    from modele.coffre.listes import Compte, PageDeRappels

TITRE: Final = "Échéances et réponses"
SANS_NOM: Final = "Orientation"
RIEN: Final = "Rien ne presse ici."
NOTE: Final = "Noté : {issue}, dossier {reference}. Se corrige dans le dossier, à l'orientation."
VENU: Final = "Ce qui est venu"
GROUPES: Final[Mapping[str, tuple[Nature, ...]]] = MappingProxyType(
    {
        "Réponses attendues": (Nature.REPONSE,),
        "Renouvellements": (Nature.RENOUVELLEMENT,),
        "Délais et fins": (Nature.VOIE, Nature.EXPIRATION),
    }
)
"""Les boutons de l'écran. La fin d'une ordonnance n'y est pas : elle n'est qu'à qui suit le dossier."""
_MOTS: Final[Mapping[Nature, tuple[str, str]]] = MappingProxyType(
    {
        Nature.RENOUVELLEMENT: ("demande à renouveler", "demandes à renouveler"),
        Nature.EXPIRATION: ("orientation qui prend fin", "orientations qui prennent fin"),
        Nature.VOIE: ("délai à suivre", "délais à suivre"),
    }
)


@dataclass(frozen=True, slots=True)
class Pressant:
    """Une ligne de l'accueil : tout ce qui presse d'une sorte. ``detail`` : depuis quand, ou d'ici quand."""

    nature: Nature
    urgence: Urgence
    libelle: str
    detail: str


def groupe_de(nature: Nature) -> str:
    """Le bouton de l'écran où se lit cette sorte."""
    return next(nom for nom, natures in GROUPES.items() if nature in natures)


def par_groupe(comptes: Iterable[Compte]) -> dict[str, int]:
    """Combien pressent dans chaque groupe de l'écran ; ceux où rien ne presse n'y sont pas."""
    tous = list(comptes)
    sommes = {nom: sum(un.nombre for un in tous if un.nature in natures) for nom, natures in GROUPES.items()}
    return {nom: nombre for nom, nombre in sommes.items() if nombre}


def dire_ailleurs(page: PageDeRappels, ailleurs: Mapping[str, int]) -> str:
    """D'une liste vide, où quelque chose presse : « Délais et fins : 1. »."""
    return "" if page.total else " ".join(f"{nom} : {nombre}." for nom, nombre in ailleurs.items())


def pressants(comptes: Iterable[Compte], jour: date) -> list[Pressant]:
    """Une ligne par sorte : « 2 orientations sans réponse », et dessous « depuis 12 jours »."""
    par_sorte = groupby(comptes, key=lambda un: un.nature)
    return [_pressant(nature, list(siens), jour) for nature, siens in par_sorte if nature is not Nature.ORDONNANCE]


def _pressant(nature: Nature, comptes: list[Compte], jour: date) -> Pressant:
    premier = min(un.le for un in comptes if un.le is not None)
    if nature is Nature.REPONSE:
        return Pressant(nature, Urgence.JOUR, *_dire_sans_reponse(comptes[0], jour))
    # La date, pas le rappel : « cette semaine » d'une demande à renouveler dans un mois cacherait celle de mardi.
    presse = Urgence.COURANTE if premier > jour + HORIZON else Urgence.SEMAINE if premier > jour else Urgence.JOUR
    sujet, dans = _dire_combien(nature, comptes)
    # Une date déjà venue n'est pas « d'ici sept jours » : c'est d'elle qu'il faut partir.
    venue = nature is Nature.VOIE and premier < jour
    return Pressant(nature, presse, sujet, f"date venue le {dire_date(premier)}" if venue else dans)


def _dire_sans_reponse(compte: Compte, jour: date) -> tuple[str, str]:
    """« 2 orientations sans réponse », « depuis 12 jours » : la plus ancienne."""
    sujet = "1 orientation" if compte.nombre == 1 else f"{compte.nombre} orientations"
    attente, lien, depuis = dire_attente(compte.depuis, jour).partition(" depuis ")
    return f"{sujet} {attente}", f"{lien}{depuis}".strip()


def _dire_combien(nature: Nature, comptes: list[Compte]) -> tuple[str, str]:
    """« 7 demandes à renouveler », « 2 d'ici 30 jours, 5 d'ici 60 »."""
    total = sum(un.nombre for un in comptes)
    sujet = f"{total} {_MOTS[nature][total > 1]}"
    if len(comptes) == 1:
        return sujet, f"d'ici {comptes[0].rappel} jours"
    parts = [f"{un.nombre} d'ici {un.rappel}{' jours' if rang == 0 else ''}" for rang, un in enumerate(comptes)]
    return sujet, ", ".join(parts)


def dire_date_tenue(une: DateTenue, jour: date) -> str:
    """« sans réponse depuis 12 jours · attendue le 18/11/2026 », « à renouveler avant le 01/12/2026 »."""
    le = dire_date(une.le)
    match une.nature:
        case Nature.REPONSE:
            # Sans jour dit, le lendemain de l'envoi n'en est pas un qu'on ait attendu.
            dite = une.depuis is None or une.le > une.depuis + timedelta(1)
            return f"{dire_attente(une.depuis, jour)}{f' · attendue le {le}' if dite else ''}"
        case Nature.RENOUVELLEMENT:
            passee = " : vérifiez, peut-être pas perdu" if une.le < jour else ""
            return f"à renouveler avant le {le}{passee}"
        case Nature.EXPIRATION:
            return f"ne vaut plus après le {le}"
        case _:
            return dire_venue(une.libelle, une.le, jour, une.depuis)


def nommer_les_voies(regles: Regles | None) -> Callable[[str], str]:
    """Le libellé d'une voie par son identifiant ; « Orientation » si elle n'est pas, ou plus, connue."""
    noms = {regle.id: regle.libelle for regle in regles.orientations} if regles is not None else {}
    return lambda voie: noms.get(voie, SANS_NOM)


def dire_combien(page: PageDeRappels) -> str:
    """« 412 lignes, page 1 sur 3 »."""
    if not page.total:
        return RIEN
    pages = max(1, -(-page.total // PAR_PAGE))
    suite = f", page {page.page + 1} sur {pages}" if pages > 1 else ""
    return f"{page.total} ligne{'s' if page.total > 1 else ''}{suite}. La plus ancienne d'abord."
