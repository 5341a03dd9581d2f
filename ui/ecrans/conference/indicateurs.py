"""Les indicateurs d'une année, carte par carte : ce que chacun veut dire, ses nombres, sa source ; une barre."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

from modele.conference.definitions import Nature
from ui.composants import Carte, LigneValeur, Pli, etiquette_aide, texte
from ui.composants.barre_parts import BarreParts, Part
from ui.mots import cil
from ui.mots import conference as mots
from ui.theme import Ton

if TYPE_CHECKING:
    from impressions.rapport import LigneDite
    from modele.conference.definitions import Definition
    from modele.conference.publication import Publie
    from ui.etat.conference import Compte

_D_ABORD: Final = ("qualite",)
_LARGE: Final = 24


def cartes(compte: Compte, communes: Mapping[str, str]) -> list[Carte]:
    """La qualité des données et les objectifs d'abord ; le reste sous un pli, par indicateur."""
    tous = cil.par_definition(compte.publication)
    devant = [une for une in tous if une.id in _D_ABORD or une.objectif is not None]
    devant.sort(key=lambda une: une.id not in _D_ABORD)
    montrees = [_carte(une, tous[une], communes) for une in devant]
    reste = [_carte(une, tous[une], communes) for une in tous if une not in devant]
    replies = Carte("Les autres indicateurs")
    replies.ajouter(Pli(f"Voir les {len(reste)} autres indicateurs", "Replier les indicateurs", *reste))
    montrees.append(replies)
    if compte.avant:
        annees = _phrases(cil.COTE_A_COTE, cil.dire_annees(compte.publication, compte.avant, communes))
        montrees.append(annees)
    return montrees


def objectifs() -> Carte:
    """Ce que la loi demande, avant tout compte : l'objectif, l'article, ce qu'il compte, qui a la donnée."""
    carte = Carte(mots.OBJECTIFS, icone="list-checks")
    for une in mots.objectifs():
        carte.ajouter(LigneValeur(une.libelle, mots.PAS_COMPTE), *map(etiquette_aide, mots.dire_objectif(une)))
    return carte


def changements(compte: Compte, communes: Mapping[str, str]) -> Carte | None:
    """Ce qui a changé depuis la dernière version figée ; ``None`` : il n'y en a pas."""
    if compte.changes is None:
        return None
    dits = [cil.dire_change(un, communes) for un in compte.changes] or [mots.AUCUN_CHANGEMENT]
    return _phrases("Ce qui a changé depuis la dernière version figée", dits)


def _phrases(titre: str, dites: Iterable[str]) -> Carte:
    carte, toutes = Carte(titre), [texte(une) for une in dites]
    carte.ajouter(Pli(f"Voir les {len(toutes)} lignes", "Replier", *toutes) if len(toutes) > 1 else toutes[0])
    return carte


def _carte(definition: Definition, siens: list[Publie], communes: Mapping[str, str]) -> Carte:
    page = cil.page_de(definition, siens, communes)
    carte = Carte(page.titre)
    carte.ajouter(*map(etiquette_aide, page.dits))
    for un, ligne in zip(siens, page.lignes, strict=True):
        carte.ajouter(_valeur(ligne, un))
        if ligne.part is not None and definition.nature is Nature.PART:
            carte.ajouter(_barre(ligne))
    carte.ajouter(*map(etiquette_aide, page.sources))
    return carte


def _valeur(ligne: LigneDite, un: Publie) -> LigneValeur:
    objectif, valeur = un.indicateur.definition.objectif, un.comptes["valeur"]
    sous = objectif is not None and valeur is not None and valeur * 100 < float(objectif)
    return LigneValeur(ligne.libelle, ligne.valeur, Ton.JOUR if sous else "")


def _barre(ligne: LigneDite) -> BarreParts:
    """Le taux, peint ; le même nombre est écrit au-dessus."""
    barre = BarreParts(ligne.libelle)
    barre.montrer([Part(ligne.libelle, ligne.part or 0.0)], ligne.valeur)
    return barre
