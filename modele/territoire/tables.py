"""Lire les tables livrées : des CSV UTF-8 à commentaires « # »."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from operator import itemgetter

from modele.regles.disque import Lisible, lire
from modele.regles.fautes import Faute, FichierFautif

_DIT = re.compile(r"^# (fondement|source|verifie_le) = (.+)$", re.MULTILINE)


def lire_entete(fichier: Lisible) -> dict[str, str]:
    """Ce que les lignes « # clé = valeur » d'une table disent d'elle : fondement, source, vérification."""
    return dict(_DIT.findall(lire(fichier)))


def lire_csv(fichier: Lisible, colonnes: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Les valeurs de ces colonnes, ligne après ligne ; les lignes « # » disent la source de la table.

    Lève ``FichierFautif`` si une colonne ou une valeur manque, ``ErreurUtilisateur`` si le fichier ne se lit pas.
    """
    return lignes_csv(fichier.name, lire(fichier), colonnes)


def _rangees(nom: str, table: Iterator[list[str]]) -> Iterator[list[str]]:
    try:
        yield from table
    except csv.Error:
        message = "une case n'a pas de fin, ou dépasse 128 Kio. Vérifiez les guillemets et le séparateur."
        raise FichierFautif([Faute(nom, "", None, message)]) from None


def lignes_csv(nom: str, texte: str, colonnes: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Comme ``lire_csv``, d'un texte déjà lu ; ``nom`` : le fichier que disent les fautes."""
    lignes = texte.splitlines(keepends=True)
    table = _rangees(nom, csv.reader(ligne for ligne in lignes if not ligne.startswith("#")))
    entete = next(table, [])
    manquent = [colonne for colonne in colonnes if colonne not in entete]
    if manquent:
        message = f"colonnes attendues : {', '.join(colonnes)} ; il manque : {', '.join(manquent)}"
        raise FichierFautif([Faute(nom, "", None, message)])
    rangs = [entete.index(colonne) for colonne in colonnes]
    choisir = itemgetter(*rangs) if len(rangs) > 1 else lambda ligne: (ligne[rangs[0]],)
    for ligne in filter(None, table):
        if len(ligne) <= max(rangs):
            raise FichierFautif([Faute(nom, "", None, f"la ligne « {','.join(ligne)} » est incomplète")])
        yield choisir(ligne)
