"""Ce qu'une personne choisit quand deux dossiers n'en font plus qu'un : unité par unité, avant que rien ne s'écrive.

Pur, le même à l'écran et en commande. Ce que l'un seul disait est gardé ; là où ils se contredisent, une personne
choisit ; ce qu'elle ne choisit pas reste en vigueur chez le survivant, et à départager.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from msgspec import UNSET, structs

from modele.dossier.chemins import ABSENT, ELEMENTS, Document, chemin_d_element, est_element, lire, poser
from modele.dossier.operations import ChampPose
from modele.dossier.unites import atomes, pareils
from modele.fusion.absorption import absorber
from modele.fusion.etat import PRESENT, EtatDossier, Tete
from modele.fusion.lecture import Divergence, a_citer, divergences, document, trancher
from modele.genres import decoupe

SURVIVANT: Final = "survivant"
ABSORBE: Final = "absorbe"
_IDENTITE: Final = ("nom", "prenoms", "date_naissance")
# Celui de l'absorbé mène au survivant pour toujours : il n'y a rien à choisir.
_TENU_PAR_LE_SURVIVANT: Final = frozenset({"demande.numero_provisoire"})


def a_choisir(survivant: EtatDossier, absorbe: EtatDossier) -> list[Divergence]:
    """Les unités que les deux dossiers disent autrement : la première proposition est celle du survivant."""
    deja = {une.unite for une in divergences(survivant)}
    neuves = [une for une in divergences(absorber(survivant, absorbe)) if une.unite not in deja]
    return [une for une in neuves if une.unite not in _TENU_PAR_LE_SURVIVANT and _reunies(une) is None]


def champs_de_la_reunion(
    survivant: EtatDossier, absorbe: EtatDossier, choix: Mapping[str, str]
) -> dict[str, ChampPose]:
    """Les champs de l'opération qui suit l'absorption : ce qui a été choisi, et ce qui n'était dit que deux fois.

    ``choix`` : unité vers ``SURVIVANT`` ou ``ABSORBE``. Vide si rien n'est à dire.
    """
    union = absorber(survivant, absorbe)
    deja = {une.unite for une in divergences(survivant)}
    champs: dict[str, ChampPose] = {}
    for une in divergences(union):
        valeurs = _choisies(une, choix)
        if une.unite not in deja and valeurs is not None:
            champs |= trancher(union, une, valeurs)
    return champs | _une_seule_fois(survivant, absorbe, union)


def _choisies(une: Divergence, choix: Mapping[str, str]) -> Mapping[str, Any] | None:
    """Ce que cette unité dira ; ``None`` si personne n'a choisi."""
    if une.unite in _TENU_PAR_LE_SURVIVANT:
        return une.propositions[0].valeurs
    voulu = choix.get(une.unite)
    if voulu is None:
        return _reunies(une)
    return une.propositions[0 if voulu == SURVIVANT else -1].valeurs


def _reunies(une: Divergence) -> Mapping[str, Any] | None:
    """Les deux réunies, si l'une complète l'autre sans la contredire ; une partie commune dit qu'elles parlent de même.

    Un revenu d'un côté et son année de l'autre ne se réunissent pas : rien ne dit que c'est la même année.
    """
    un, autre = une.propositions[0].valeurs, une.propositions[-1].valeurs
    communs = un.keys() & autre.keys()
    if est_element(une.unite) or not communs or not all(pareils(un[champ], autre[champ]) for champ in communs):
        return None
    return {**autre, **un}


def _une_seule_fois(survivant: EtatDossier, absorbe: EtatDossier, union: EtatDossier) -> dict[str, ChampPose]:
    """Une personne, un revenu, que les deux disent pareil : l'élément de l'absorbé ne se compte pas deux fois."""
    ici, la_bas, ensemble = document(survivant), document(absorbe), document(union)
    memes: dict[str, str] = {}
    champs: dict[str, ChampPose] = {}
    # Les personnes d'abord : un revenu dit de qui il est.
    listes = sorted(decoupe(union.genre).listes, key=lambda liste: not liste.startswith("foyer."))
    for liste in listes:
        for sien, mien in _pareils(liste, ici, la_bas, memes):
            memes[sien] = mien
            complete = _manquants(liste, ici, la_bas, sien, mien)
            champs |= _dits(union, ensemble, complete) | _retire(union, chemin_d_element(liste, sien))
    designes = {
        chemin: memes[valeur]
        for chemin, valeur in atomes(ensemble)
        if isinstance(valeur, str) and valeur in memes and not any(chemin.startswith(f"{un}.") for un in champs)
    }
    return champs | _dits(union, ensemble, designes)


def _pareils(liste: str, ici: Document, la_bas: Document, memes: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Les éléments de l'absorbé qui sont aussi dans le survivant, chacun une fois."""
    libres = dict(_elements(ici, liste))
    for sien, dit in _elements(la_bas, liste).items():
        traduit = {nom: memes.get(un, un) if isinstance(un, str) else un for nom, un in dit.items()}
        mien = next((un for un, connu in libres.items() if _est_le_meme(liste, connu, traduit)), None)
        if mien is not None and mien != sien:
            del libres[mien]
            yield sien, mien


def _est_le_meme(liste: str, un: Mapping[str, Any], autre: Mapping[str, Any]) -> bool:
    if liste.startswith("foyer."):
        return all(isinstance(un.get(nom), str) and un.get(nom) == autre.get(nom) for nom in _IDENTITE)
    return bool(un) and pareils(un, autre)


def _manquants(liste: str, ici: Document, la_bas: Document, sien: str, mien: str) -> dict[str, Any]:
    """Ce que l'absorbé savait de la même personne, et que le survivant ne disait pas."""
    connu, dit = (lire(lu, chemin_d_element(liste, un)) for lu, un in ((ici, mien), (la_bas, sien)))
    return {f"{chemin_d_element(liste, mien)}.{nom}": valeur for nom, valeur in dit.items() if nom not in connu}


def _dits(union: EtatDossier, ensemble: Document, valeurs: Mapping[str, Any]) -> dict[str, ChampPose]:
    """Les champs qui posent ces valeurs, chacun en vue de ce que l'union dit déjà de son unité."""
    champs = {}
    genre = decoupe(union.genre)
    for chemin, (avant, apres) in genre.changements(ensemble, valeurs).items():
        vu, tranche = a_citer(union, genre.unite(chemin))
        dites = {nom: un for nom, un in (("avant", avant), ("apres", apres)) if un is not ABSENT}
        champs[chemin] = ChampPose(vu, tranche=tranche, **dites)
    return champs


def _retire(union: EtatDossier, element: str) -> dict[str, ChampPose]:
    presence = union.unites.get(element) or [Tete(PRESENT, {element: {}})]
    entier = structs.replace(union, unites={**union.unites, element: presence})
    return trancher(entier, Divergence(element, ()), {})


def _elements(lu: Document, liste: str) -> dict[str, Any]:
    dits = lire(lu, f"{liste}.{ELEMENTS}")
    return {qui: un for qui, un in dits.items() if isinstance(un, dict)} if isinstance(dits, dict) else {}


def apercu(survivant: EtatDossier, absorbe: EtatDossier, choix: Mapping[str, str]) -> Document:
    """Le document que fera la réunion : ce qui sera gardé se lit avant."""
    lu = document(absorber(survivant, absorbe))
    for chemin, champ in champs_de_la_reunion(survivant, absorbe, choix).items():
        lu = poser(lu, chemin, champ.apres if champ.apres is not UNSET else ABSENT)
    return lu
