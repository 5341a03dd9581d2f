"""Les territoires tels que l'écran les montre : le choix du premier lancement, et le statut de la grille."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from modele.bilan import Regles

GRILLE_EXEMPLE: Final = "grille d'exemple, sans valeur officielle"
GRILLE_ABSENTE: Final = "grille à saisir par le territoire"
GRILLE_FAUTIVE: Final = "grille fautive, non employée"


@dataclass(frozen=True, slots=True)
class TerritoireLivre:
    """Un territoire offert au premier lancement."""

    id: str
    libelle: str
    detail: str


def offrir() -> list[TerritoireLivre]:
    """Les territoires livrés, l'exemple d'abord et dit fictif. Lève ``ErreurUtilisateur`` si l'un est fautif."""
    from modele.sources import Lecture, ouvrir
    from modele.territoire.identite import lister

    return [
        TerritoireLivre(
            un.id,
            un.nom,
            "Territoire fictif et complet, pour apprendre et montrer : rien n'y a de valeur officielle."
            if un.exemple
            else "Territoire réel : seules les lignes à la source vérifiée y sont.",
        )
        for un in lister(Lecture(ouvrir()))
    ]


def statut_des_regles(regles: Regles) -> str:
    """Ce qu'il faut savoir de la grille avant de lire une note, et combien de données sont mises de côté."""
    nombre = len(regles.ecarts)
    mises = f"{nombre} donnée{'s' if nombre > 1 else ''} mise{'s' if nombre > 1 else ''} de côté : voyez les envois"
    return ", ".join([statut_de_grille(regles), *([mises] if nombre else [])])


def statut_de_grille(regles: Regles) -> str:
    """Ce qu'il faut savoir de la grille avant de lire une note."""
    if regles.territoire.exemple:
        return GRILLE_EXEMPLE
    if not regles.grilles:
        return GRILLE_FAUTIVE if regles.grilles_fautives else GRILLE_ABSENTE
    return f"grille {'partielle' if any(g.statut == 'partielle' for g in regles.grilles) else regles.grilles[0].statut}"
