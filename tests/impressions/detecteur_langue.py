"""Ce qui est resté en français sur une page d'une autre langue, paragraphe par paragraphe.

``py3langid`` (97 langues, dont le pachto, l'albanais et le géorgien ; son modèle vient avec lui, hors réseau) tranche
entre le français et la langue ; sous six mots il se trompe, et des mots que seul le français écrit décident.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from impressions.assemblage import assembler
from impressions.blocs import Bloc, Encadre, Pile, Rangee, Texte
from impressions.discretion import donnees_permises
from impressions.donnees import Donnees
from modele.mots.phrases import mots
from modele.regles.langues import langues

ASSEZ = 6
FRANCAIS = re.compile(
    r"\b(?:vous|votre|vos|avec|pour|dans|aux|êtes|chez|logement|demandeur|pièces?|depuis|jusqu|aucune?|n['’]est|"
    r"qu['’]une?|d['’]une?|personnes|demandée?|droit|gardée?|reçue?|prénoms?|naissance)\b",
    re.IGNORECASE,
)


@cache
def _modele(langue: str) -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    modele = LanguageIdentifier.from_model_file(MODEL_FILE)
    modele.set_languages(["fr", langue.partition("-")[0]])
    return modele


def paragraphes(fiche: str, donnees: Donnees, langue: str) -> tuple[str, ...]:
    """Chaque paragraphe de la page, pied compris."""
    trouvee = donnees.fiches.trouver(fiche, langue)
    papier = assembler(trouvee, donnees_permises(trouvee, donnees), grands_caracteres=False)
    return (*dict.fromkeys(textes(papier.blocs)), papier.identite.pied.partition(" · traduction non relue")[0])


def textes(blocs: Iterable[Bloc]) -> Iterator[str]:
    """Chaque paragraphe de ces blocs, dans l'ordre."""
    for bloc in blocs:
        match bloc:
            case Texte():
                yield "".join(segment.texte for segment in bloc.segments)
            case Pile():
                yield from textes(bloc.blocs)
            case Rangee():
                yield from textes(bloc.colonnes)
            case Encadre():
                yield from textes(bloc.contenu.blocs)


def en_francais(paragraphe: str, langue: str, noms: Collection[str] = ()) -> bool:
    """Vrai si ce paragraphe est français, une fois ôtés les noms propres et ce que la langue a permis."""
    return _francais(_sans_noms(paragraphe, frozenset((*mots(langue).tables.get("permis", {}), *noms))), langue)


def _sans_noms(paragraphe: str, noms: frozenset[str]) -> str:
    un_nom, chacun = _motifs(noms)
    if un_nom.search(paragraphe):  # le plus souvent, il n'y en a aucun
        for motif in chacun:
            paragraphe = motif.sub(" ", paragraphe)
    return paragraphe


@cache
def _motifs(noms: frozenset[str]) -> tuple[re.Pattern[str], tuple[re.Pattern[str], ...]]:
    """De quoi trouver l'un de ces noms, puis chacun, les plus longs d'abord."""
    ecrits = [re.escape(nom) for nom in sorted(noms, key=len, reverse=True)] or ["(?!)"]
    motifs = ("|".join(ecrits), *ecrits)
    un_nom, *chacun = (re.compile(rf"(?<!\w)(?:{motif})(?!\w)", re.IGNORECASE) for motif in motifs)
    return un_nom, tuple(chacun)


@cache
def _francais(paragraphe: str, langue: str) -> bool:
    """Le même texte revient d'un dossier à l'autre : il ne se juge qu'une fois."""
    # « Order to pay (commandement de payer) » : le mot à montrer au bureau.
    reste = re.sub(r"\([^()]*\)", " ", paragraphe)
    if FRANCAIS.search(reste):
        return True
    utiles = re.findall(r"[^\W\d_]{2,}", reste)
    return len(utiles) >= ASSEZ and str(_modele(langue).classify(" ".join(utiles))[0]) == "fr"


def noms_propres(document: Mapping[str, Any], donnees: Donnees) -> set[str]:
    """Ce qui s'écrit comme dans le dossier, et les noms et adresses du territoire : on les montre à qui guide."""
    lieu = donnees.territoire
    des_lieux = (dit for un in lieu.lieux for dit in (un.nom, un.adresse))
    # Une langue parlée sur place se dit dans la sienne, quel que soit le papier.
    des_langues = (une.nom_propre for une in langues().values())
    return {*_chaines(document), lieu.nom, lieu.systeme.nom, *des_lieux, *des_langues} - {""}


def _chaines(valeur: Any) -> Iterator[str]:
    if isinstance(valeur, str):
        yield valeur
        yield from valeur.split()
    elif isinstance(valeur, Mapping):
        for un in valeur.values():
            yield from _chaines(un)
    elif isinstance(valeur, list):
        for un in valeur:
            yield from _chaines(un)
