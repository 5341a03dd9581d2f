"""Le bloc des recours : la table, motif par motif, des lignes remplies à celles que rien n'indique.

Essais : ``tests/impressions/test_papier_recours.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from impressions.atelier import Atelier
from impressions.balises import Noeud
from impressions.blocs import Bloc
from impressions.lignes_de_reponse import espacer
from impressions.recours import LigneDeRecours
from modele.mots.ecriture import majuscule, minuscule
from modele.orientation.verdict import Verdict

_MOTS: Final = {
    Verdict.REMPLI: "recours.rempli",
    Verdict.A_ETABLIR: "recours.a_etablir",
    Verdict.RIEN_NE_L_INDIQUE: "recours.rien",
}


def _recours(atelier: Atelier, parent: Noeud, _contenu: str) -> list[Bloc]:
    """Les lignes sûres ; les réponses qui manquent, en une ligne. Un recours à faire valider : « demandez avant »."""
    toutes = atelier.donnees.recours
    atelier.a_demander |= any(une.a_taire and une.motif for une in toutes)
    sures = [une for une in toutes if not une.a_taire]
    dites = [une for une in sures if une.verdict is not Verdict.A_ETABLIR or une.manque]
    muettes = [une for une in sures if une not in dites]
    tableau = parent.ajouter("Table")
    rangees = [_rangee(atelier, tableau, une) for verdict in _MOTS for une in dites if une.verdict is verdict]
    if muettes:
        rangees.append(_reponses(atelier, tableau, muettes))
    return [*espacer(atelier, rangees), *atelier.demander(parent)]


def _rangee(atelier: Atelier, tableau: Noeud, ligne: LigneDeRecours) -> Bloc:
    mots = atelier.mots
    suite = {
        Verdict.REMPLI: "",
        Verdict.A_ETABLIR: mots("recours.manque", quoi=ligne.manque),
        Verdict.RIEN_NE_L_INDIQUE: mots("recours.changerait", quoi=minuscule(ligne.changerait, mots.langue)),
    }[ligne.verdict]
    nom = f"{ligne.nom} : {minuscule(ligne.libelle, mots.langue)}"
    suite, verdict = majuscule(suite, mots.langue), mots(_MOTS[ligne.verdict])
    # La feuille tient en deux pages : l'article, le gras et le grand vont à ce que la personne a à montrer.
    if ligne.verdict is Verdict.RIEN_NE_L_INDIQUE:
        return _deux(atelier, tableau, ("", nom), ("", f"{verdict}. {suite}"), marge=1)
    return _deux(atelier, tableau, (nom, ligne.article), (verdict, suite))


def _reponses(atelier: Atelier, tableau: Noeud, muettes: Sequence[LigneDeRecours]) -> Bloc:
    noms = " ; ".join(f"{une.nom} : {minuscule(une.libelle, atelier.mots.langue)}" for une in muettes)
    demandees = dict.fromkeys(dit for une in muettes for dit in une.a_demander)
    return _deux(atelier, tableau, ("", noms), (atelier.mots("recours.reponse"), " ; ".join(demandees)))


def _deux(
    atelier: Atelier, tableau: Noeud, gauche: tuple[str, str], droite: tuple[str, str], *, marge: int = 2
) -> Bloc:
    ligne, styles = tableau.ajouter("TR"), atelier.styles
    serre, petit = replace(styles.corps, apres=0), styles.petit
    colonnes = [
        atelier.cellule(ligne, (gauche[0], serre), (gauche[1], petit)),
        atelier.cellule(ligne, (droite[0], styles.fort), (droite[1], petit)),
    ]
    return atelier.rangee(colonnes, (None, 255), marge=marge * styles.echelle)


BLOCS: Mapping[str, Callable[[Atelier, Noeud, str], list[Bloc]]] = {"recours": _recours}
