"""Vérifier un cas de formation, en commande : ses fautes ligne par ligne, ou ce qu'il contient."""

from __future__ import annotations

from pathlib import Path

from modele.formation import Attente, Cas, lire_cas, verifier_contre
from modele.sources import ouvrir


def verifier_cas(fichier: Path) -> str:
    """Ce que le cas contient. Lève ``FichierFautif`` avec toutes ses fautes, ou ce qu'il adoucit d'un cas livré."""
    cas = lire_cas(fichier)
    verifier_contre(ouvrir(), cas, fichier.name)
    return f"{fichier} : cas valable, {dire_le_contenu(cas)}."


def dire_le_contenu(cas: Cas) -> str:
    """« piste accueil, 10 questions, 4 étapes, 6 omissions dangereuses comptées, 12 points à discuter »."""
    vitaux = sum(point.attente is Attente.VITAL and point.tranche for point in cas.points())
    discutes = sum(point.attente is not Attente.LIBRE and not point.tranche for point in cas.points())
    piste = "travail social" if cas.piste == "social" else "accueil"
    return (
        f"piste {piste}, {len(cas.questions)} questions, {len(cas.etapes)} étapes, "
        f"{vitaux} omissions dangereuses comptées, {discutes} points à discuter"
    )
