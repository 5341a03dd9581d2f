"""Des réponses sur un papier : une ligne pour chacune qui se dit, une phrase pour celles qu'on n'a pas demandées."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from impressions.atelier import Atelier
from impressions.balises import Noeud
from impressions.blocs import Bloc
from impressions.reponses import Reponse
from modele.mots.ecriture import minuscule

_LIBELLE: Final = 190
_PETIT_TABLEAU: Final = 8


@dataclass(frozen=True, slots=True)
class LigneDeReponse:
    """Ce qui était demandé, ce qui est répondu. ``case`` : où elle se recopie sur le formulaire officiel."""

    libelle: str
    reponse: Reponse
    case: str = ""


def repondre(atelier: Atelier, parent: Noeud, lignes: Sequence[LigneDeReponse]) -> list[Bloc]:
    """Une rangée par réponse, puis les libellés de ce qui est inconnu : l'inconnu n'est jamais « non »."""
    tableau = parent.ajouter("Table")
    style = replace(atelier.styles.corps, apres=0)
    blocs = [_rangee(atelier, tableau, ligne) for ligne in lignes if not ligne.reponse.inconnue]
    if blocs:
        blocs[-1].apres = style.interligne / 2
    if inconnues := [minuscule(ligne.libelle, atelier.mots.langue) for ligne in lignes if ligne.reponse.inconnue]:
        if blocs:
            blocs[-1].avec_suivant = True
        phrase = atelier.mots("reponse.inconnus", questions=atelier.mots.enumerer(dict.fromkeys(inconnues)))
        dit = [atelier.segment(phrase, style, "italique", doux=True)]
        blocs.append(atelier.texte(dit, style, parent.ajouter("P"), avant=4 * atelier.styles.echelle))
    return blocs


def _rangee(atelier: Atelier, tableau: Noeud, une: LigneDeReponse) -> Bloc:
    style, connue, rangee = replace(atelier.styles.corps, apres=0), une.reponse.connue, tableau.ajouter("TR")
    dit = [atelier.segment(une.reponse.texte, style, "demi" if connue else "italique", doux=not connue)]
    nom = [atelier.segment(une.libelle, style)]
    if une.case:
        petite = replace(style, taille=atelier.styles.petit.taille)
        nom.append(atelier.segment(f" · {une.case}", petite, doux=True))
    colonnes = [atelier.cellule(rangee, (nom, style)), atelier.cellule(rangee, (dit, style))]
    return atelier.rangee(colonnes, (_LIBELLE, None), marge=2.7 * atelier.styles.echelle)


def espacer(atelier: Atelier, rangees: list[Bloc]) -> list[Bloc]:
    """La phrase qui suit un tableau ne le touche pas."""
    if rangees:
        rangees[-1].apres = atelier.styles.corps.apres
    return rangees


def d_un_seul_tenant(blocs: list[Bloc]) -> list[Bloc]:
    """Un petit tableau se lit d'un coup d'œil : il ne se partage pas entre deux pages."""
    for bloc in blocs[:-1] if len(blocs) <= _PETIT_TABLEAU else ():
        bloc.avec_suivant = True
    return blocs
