"""Ce que tout fichier d'orientation a en commun : son format, des identifiants uniques."""

from __future__ import annotations

from modele.regles.disque import Lisible
from modele.regles.lecture import Lecteur, lire_toml


def ouvrir(chemin: Lisible) -> Lecteur:
    """Un fichier au format 1, à vérifier. Lève ``ErreurUtilisateur`` s'il est illisible."""
    lecteur = lire_toml(chemin)
    if lecteur.entier("format", obligatoire=True) not in (1, None):
        lecteur.signaler("format", "ce format est inconnu ; attendu : 1")
    return lecteur


def finir(lecteur: Lecteur) -> None:
    """Plus rien à lire : lève ``FichierFautif`` avec toutes les fautes, s'il y en a."""
    lecteur.clore()
    lecteur.fautes.verifier()


def identifiant(table: Lecteur, vus: set[str]) -> str:
    """L'identifiant d'une entrée, qui ne sert qu'une fois ; ``vus`` le retient."""
    id_ = table.texte("id", obligatoire=True)
    if id_ and id_ in vus:
        table.signaler("id", f"l'identifiant « {id_} » est employé deux fois")
    vus.add(id_)
    return id_
