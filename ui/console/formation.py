"""Vérifier un cas de formation, en commande : ses fautes ligne par ligne, ou ce qu'il contient."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from modele.formation import Attente, Cas, lire_cas, verifier_contre
from modele.regles.disque import ecrire
from modele.sources import ouvrir


def verifier_cas(fichier: Path, feuilles: Path | None) -> str:
    """Ce que le cas contient ; ses deux feuilles s'écrivent dans ``feuilles``, s'il est dit.

    Lève ``FichierFautif`` avec toutes ses fautes, ou ce qu'il adoucit d'un cas livré.
    """
    cas = lire_cas(fichier)
    verifier_contre(ouvrir(), cas, fichier.name)
    dit = f"{fichier} : cas valable, {dire_le_contenu(cas)}."
    return dit if feuilles is None else "\n".join((dit, *_imprimer(cas, feuilles)))


def _imprimer(cas: Cas, feuilles: Path) -> list[str]:
    """La feuille de la classe et celle du formateur, chacune dans son fichier."""
    from impressions.formation import composer_classe, composer_reponses

    ecrites = []
    for sorte, composer in (("classe", composer_classe), ("reponses", composer_reponses)):
        chemin = feuilles / f"{cas.id}-{sorte}.pdf"
        ecrire(chemin, composer(cas, date.today()))
        ecrites.append(str(chemin))
    return ecrites


def dire_le_contenu(cas: Cas) -> str:
    """« piste accueil, 10 questions, 4 étapes, 6 omissions dangereuses comptées, 12 points à discuter »."""
    vitaux = sum(point.attente is Attente.VITAL and point.tranche for point in cas.points())
    discutes = sum(point.attente is not Attente.LIBRE and not point.tranche for point in cas.points())
    piste = "travail social" if cas.piste == "social" else "accueil"
    return (
        f"piste {piste}, {len(cas.questions)} questions, {len(cas.etapes)} étapes, "
        f"{vitaux} omissions dangereuses comptées, {discutes} points à discuter"
    )
