"""Les grilles d'un territoire : lues couche par couche, une fautive n'éteint pas les autres."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from modele.cotation.grille import Grille
from modele.cotation.lecture_grille import lire_grille
from modele.regles.faits import Catalogue
from modele.regles.fautes import Faute, FichierFautif
from modele.regles.parametres import DeclarationParametre
from modele.sources import Fichier, Lecture
from modele.territoire.modele import Territoire


def lire_grilles(
    lecture: Lecture, territoire: Territoire, catalogue: Catalogue, parametres: Mapping[str, DeclarationParametre]
) -> tuple[tuple[Grille, ...], tuple[FichierFautif, ...]]:
    """Les grilles saines, et les fautes de celles qu'aucune couche ne donne saine."""
    saines: list[Grille] = []
    fautives: list[FichierFautif] = []

    def lire(fichier: Fichier) -> Grille:
        lue = lire_grille(fichier, catalogue, parametres)
        if contradictions := [*_contradictions(lue, saines, fichier.name)]:
            raise FichierFautif(contradictions)
        return lue

    for chemin in territoire.grilles:
        try:
            saines.append(lecture.servir(chemin, lire))
        except FichierFautif as faute:
            fautives.append(faute)
    return tuple(saines), tuple(fautives)


def _contradictions(lue: Grille, autres: Sequence[Grille], fichier: str) -> Iterator[Faute]:
    """Un même nom déclaré autrement par une autre grille (la réponse y voudrait dire deux choses), ou la même place."""
    for autre in autres:
        if lue.id == autre.id:
            yield Faute(fichier, "grille.id", None, f"« {lue.id} » est déjà l'identifiant d'une autre grille")
        if (lue.population, lue.validite.du) == (autre.population, autre.validite.du):
            place = f"« {autre.id} » commence le même jour pour la même population ; gardez-en une"
            yield Faute(fichier, "grille.en_vigueur_du", None, place)
        faits = {fait.nom: fait for fait in autre.faits_locaux}
        declares = [("fait", f.nom, faits.get(f.nom, f) != f) for f in lue.faits_locaux]
        declares += [("parametre", nom, autre.parametres.get(nom, p) != p) for nom, p in lue.parametres.items()]
        for genre, nom, autrement in declares:
            if autrement:
                suite = f"la grille « {autre.id} » le déclare autrement ; écrivez-le pareil, ou donnez-lui un autre nom"
                yield Faute(fichier, genre, None, f"« {nom} » : {suite}")
