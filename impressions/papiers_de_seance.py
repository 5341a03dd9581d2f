"""Tous les papiers d'une séance, d'un coup : la commande et l'écran écrivent les mêmes.

Une lettre partie est une preuve : elle ne se refait pas. Ce qui suit un refus est une autre lettre, à la seule personne
à qui l'offre passe.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from msgspec.structs import replace as changer

from impressions.lettres_de_seance import Refusee, composer_lettre, empechement
from impressions.seance import SeanceDite, composer_membres, composer_proces_verbal
from modele.bilan import Bilan
from modele.seance.constat import Constat, Ligne
from modele.seance.suites import suivre

MEMBRES: Final = "dossier-des-membres"
PROCES_VERBAL: Final = "proces-verbal"


@dataclass(frozen=True, slots=True)
class Papiers:
    """``octets`` : par nom de fichier, sans suffixe ; ``refusees`` : les lettres qui ne s'écrivent pas, et pourquoi."""

    octets: dict[str, bytes]
    refusees: tuple[Refusee, ...] = ()


def composer_papiers(
    dite: SeanceDite, bilan_de: Callable[[str], Bilan], jour: date, deja: Collection[str] = ()
) -> Papiers:
    """Sans décision, le dossier des membres seul. ``bilan_de`` : celui d'un dossier, pour sa lettre.

    ``deja`` : les lettres déjà écrites, qui restent telles quelles.
    """
    octets, refusees = {MEMBRES: composer_membres(dite, jour)}, []
    if not dite.constat.tenue:
        return Papiers(octets)
    octets[PROCES_VERBAL] = composer_proces_verbal(dite, jour)
    for nom, ligne, constat in _lettres(dite.constat):
        if nom in deja:
            continue
        bilan = bilan_de(ligne.propose.dossier)
        if pourquoi := empechement(ligne, constat, bilan):
            refusees.append(Refusee(ligne.reference, pourquoi))
        else:
            octets[nom] = composer_lettre(ligne, replace(dite, constat=constat), bilan, jour)
    return Papiers(octets, tuple(refusees))


def _lettres(constat: Constat) -> Iterator[tuple[str, Ligne, Constat]]:
    """Chaque lettre, et l'état de la séance qu'elle dit : à tous la décision, à qui l'offre passe, cette offre.

    Qui a répondu n'a plus de lettre de décision à écrire : elle dirait une offre qui n'est plus.
    """
    suites = {une.ligne.reference: une for une in suivre(constat)}
    avant = replace(constat, seance=changer(constat.seance, reponses=()))
    for ligne in constat.lignes:
        suite = suites.get(ligne.reference)
        if ligne.decision is None or (suite is not None and suite.reponse is not None):
            continue
        if suite is not None and suite.en_cours and constat.seance.reponses:
            yield f"lettre-{ligne.reference}-offre", ligne, constat
        else:
            yield f"lettre-{ligne.reference}", ligne, avant
