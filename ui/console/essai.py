"""Essayer une grille sur des faits nus, ou seulement la vérifier."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from modele.chargement import National, charger_national
from modele.cotation.essai import coter_lignes
from modele.cotation.grille import Grille
from modele.cotation.lecture_grille import grille_depuis
from modele.mots.ecriture import dire_date
from modele.regles.lecture import Lecteur, lire_toml
from modele.regles.parametres import DeclarationParametre
from modele.sources import Lecture, ouvrir
from modele.territoire.chargement import charger
from modele.territoire.identite import lister

Niveaux = list[Mapping[str, DeclarationParametre]]


def ouvrir_grille(chemin: Path) -> tuple[Grille, Niveaux]:
    """La grille d'un fichier et les paramètres qu'elle lit, du plus local au national.

    Lève ``FichierFautif`` avec toutes les fautes, ``ErreurUtilisateur`` si le fichier est illisible.
    """
    lecteur, lecture = lire_toml(chemin), Lecture(ouvrir())
    national = charger_national(lecture)
    niveaux = [_du_territoire(lecteur, lecture, national), national.pays.parametres]
    connus = {nom: declaration for niveau in reversed(niveaux) for nom, declaration in niveau.items()}
    grille = grille_depuis(lecteur, national.catalogue, connus)
    return grille, [grille.parametres, *niveaux]


def _du_territoire(lecteur: Lecteur, lecture: Lecture, national: National) -> Mapping[str, DeclarationParametre]:
    """Les paramètres du territoire que nomme la grille ; aucun si Perron ne connaît pas ce territoire."""
    entete = lecteur.table("grille")
    nom = entete.brut("territoire") if entete else None
    if nom not in {apercu.id for apercu in lister(lecture)}:
        return {}
    return charger(nom, lecture, national.pays.parametres).parametres


def essayer(chemin: Path, lignes: Iterable[str], jour: date) -> Iterator[dict[str, Any]]:
    """Un résultat par cas. Hors de sa période, la grille calcule quand même, et un avertissement le dit."""
    grille, niveaux = ouvrir_grille(chemin)
    if not grille.validite.vaut_le(jour):
        print(f"Attention : la grille « {grille.id} » n'est pas en vigueur au {dire_date(jour)}.", file=sys.stderr)
    return coter_lignes(grille, lignes, jour, niveaux)
