"""Les réponses qui ne vont pas ensemble, telles qu'un écran les montre. Sans Qt."""

from __future__ import annotations

from dataclasses import dataclass

from modele.bilan import Bilan
from modele.dossier.contradictions import Contradiction
from modele.dossier.inventaire import CODEMANDEUR, DEMANDEUR, inventaire
from modele.mots.reponses import Diseur


@dataclass(frozen=True, slots=True)
class ContradictionDite:
    """``phrase`` : ce qui se dit. ``reponses`` : (nom, chemin) de chaque réponse en cause.

    ``geste`` : ce qui s'écrit pour « c'est bien cela » ; vide : cela ne se confirme pas par écrit.
    """

    phrase: str
    reponses: tuple[tuple[str, str], ...]
    geste: tuple[tuple[str, str], ...]


def contradictions_dites(bilan: Bilan) -> list[ContradictionDite]:
    """Celles de ce bilan, dans leur ordre ; d'un dossier discret, personne n'y est nommé."""
    diseur = Diseur(bilan.regles.vocabulaire, bilan.document, sans_nom=bilan.a_taire)
    tues = bilan.regles.contradictions_protegees
    return [_dire(une, diseur, une.regle.id in tues) for une in bilan.contradictions]


def _dire(une: Contradiction, diseur: Diseur, tue: bool) -> ContradictionDite:
    nommee = une.personne and une.personne not in (DEMANDEUR, CODEMANDEUR)
    qui = f"{diseur.personne(une.personne)} : " if nommee else ""
    reponses = tuple((_sujet(chemin, diseur), chemin) for chemin in une.chemins)
    phrase = une.regle.phrase
    dite = f"{qui}{phrase[:1].lower()}{phrase[1:]}" if qui else phrase
    return ContradictionDite(dite, reponses, () if tue else ((une.confirmation, une.trace),))


def _sujet(chemin: str, diseur: Diseur) -> str:
    """Le nom court d'une réponse ; d'une liste, ce qu'elle contient."""
    liste = chemin in inventaire().listes
    return f"Liste : {diseur.genre(chemin).lower()}" if liste else diseur.sujet(chemin)
