"""À qui et où s'écrit une lettre : l'adresse sûre dès qu'une est notée ; d'une violence, elle seule."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from impressions.reponses import chemin_reel
from modele.bilan import Bilan
from modele.dossier.chemins import ABSENT, lire
from modele.mots.a_copier import ecrire
from modele.mots.noms import champ_de
from modele.protection.report import REMPLACEES, ZONES, a_reporter

_COURRIER: Final = "contact.adresse_courrier"
_VOIE, _SUITE = "logement_actuel.adresse.voie", "logement_actuel.adresse.complement"
_VILLE: Final = ("logement_actuel.adresse.code_postal", "logement_actuel.adresse.commune")


def valeur_ecrite(bilan: Bilan, chemin: str) -> str:
    """La réponse telle qu'un papier l'écrit ; vide : rien n'en est dit, ou elle ne s'y écrit pas."""
    reel = chemin_reel(bilan.document, chemin)
    connu = champ_de(reel)
    valeur = a_reporter(bilan.document, reel, discret=bilan.se_cache, zones=zones_nommees(bilan))
    return "" if connu is None or valeur is ABSENT else ecrire(connu, valeur, bilan.regles.vocabulaire)


def zones_nommees(bilan: Bilan) -> list[str]:
    """Les communes à éviter, par leur nom."""
    evitees = lire(bilan.document, ZONES)
    nommer = bilan.regles.vocabulaire.commune
    return [nommer(str(une)) for une in evitees] if isinstance(evitees, list) else []


def nom_ecrit(bilan: Bilan) -> str:
    """Prénoms et nom de la personne."""
    return " ".join(filter(None, (valeur_ecrite(bilan, un) for un in ("demandeur.prenoms", "demandeur.nom"))))


def adresse(bilan: Bilan) -> tuple[str, ...]:
    """Les lignes de l'adresse où écrire ; aucune si une lettre ne saurait où aller."""
    if bilan.se_cache:
        return tuple(filter(None, [_sure(bilan)]))
    if courrier := valeur_ecrite(bilan, _COURRIER):
        return (courrier,)
    return tuple(filter(None, _chez_elle(bilan)))


def _sure(bilan: Bilan) -> str:
    """L'adresse sûre, lue comme d'un dossier discret : ni la rue où la personne vit, ni une commune qu'elle évite."""
    valeur = a_reporter(bilan.document, REMPLACEES[0], discret=True, zones=zones_nommees(bilan))
    connu = champ_de(REMPLACEES[0])
    return "" if connu is None or valeur is ABSENT else ecrire(connu, valeur, bilan.regles.vocabulaire)


def _chez_elle(bilan: Bilan) -> Iterator[str]:
    if not (voie := valeur_ecrite(bilan, _VOIE)):
        return
    yield voie
    yield valeur_ecrite(bilan, _SUITE)
    yield " ".join(filter(None, (valeur_ecrite(bilan, un) for un in _VILLE)))
