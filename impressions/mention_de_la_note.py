"""La mention qui va avec toute note : de qui est la note officielle. Aucun point ne s'imprime sans elle."""

from __future__ import annotations

from impressions.atelier import Atelier
from modele.cotation.resultat import Cotation
from modele.mots.ecriture import majuscule
from modele.regles.fautes import ErreurUtilisateur


def exiger_une_note(atelier: Atelier) -> Cotation:
    """La note de ce papier. Lève ``ErreurUtilisateur`` si aucune n'a été calculée."""
    if atelier.donnees.cotation is None:
        raise ErreurUtilisateur(
            f"La fiche « {atelier.fiche.id} » imprime une note, et aucune n’a été calculée : choisissez un territoire"
            " dont la grille est connue."
        )
    return atelier.donnees.cotation


def mentionner(atelier: Atelier, note: Cotation) -> str:
    """La mention de la cotation ; à défaut, une mention générale."""
    return finir(note.mention if note.mention.strip() else atelier.mots("note.mention"))


def finir(texte: str) -> str:
    """Le texte en une phrase : une majuscule, un point."""
    fini = texte.strip()
    return majuscule(fini if fini.endswith((".", "!", "?")) else f"{fini}.")
