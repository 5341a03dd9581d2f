"""Couper un texte en lignes.

Le paragraphe de ReportLab tient l'espace fine insécable (U+202F) pour une coupure et relit ses textes comme du XML :
ici seule l'espace ordinaire coupe, et aucun texte n'est interprété.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from impressions.ecritures import grappes
from impressions.formes import largeur


@dataclass(frozen=True, slots=True)
class Segment:
    """Un morceau de texte d'une seule allure. ``"\\n"`` dans ``texte`` est un retour à la ligne voulu.

    ``langue`` : celle de ce passage, si ce n'est pas celle qui l'entoure.
    """

    texte: str
    police: str
    taille: float
    couleur: str
    langue: str = ""

    @property
    def largeur(self) -> float:
        """Sa largeur en points."""
        return largeur(self.police, self.texte) * self.taille


Ligne = tuple[Segment, ...]
_Mot = list[Segment]


def texte_de(ligne: Ligne) -> str:
    """Ce qui se lit dans une ligne."""
    return "".join(segment.texte for segment in ligne)


def largeur_de(ligne: Ligne) -> float:
    """La largeur de ce qui se voit d'une ligne : sans l'espace qui la sépare, à la lecture, de la suivante."""
    return sum(largeur(un.police, un.texte.rstrip(" ") if un is ligne[-1] else un.texte) * un.taille for un in ligne)


def couper(segments: Sequence[Segment], disponible: float) -> list[Ligne]:
    """Les lignes de ``segments`` dans une colonne large de ``disponible`` points ; un mot trop long se coupe.

    Une ligne qui a une suite finit par une espace, que rien ne montre : sans elle, qui relit le PDF colle deux mots.
    """
    lignes: list[Ligne] = []
    for mots in _alineas(segments):
        if lignes:
            lignes[-1] = _espacer(lignes[-1])
        courante: list[_Mot] = []
        occupe = 0.0
        for place, mot in ((rang, part) for entier in mots for rang, part in enumerate(_tenir(entier, disponible))):
            espace = largeur(mot[0].police, " ") * mot[0].taille if courante else 0.0
            long = sum([segment.largeur for segment in mot])
            if courante and occupe + espace + long > disponible:
                lignes.append(_souder(courante) if place else _espacer(_souder(courante)))
                courante, occupe, espace = [], 0.0, 0.0
            courante.append(mot)
            occupe += espace + long
        lignes.append(_souder(courante))
    return lignes


def _espacer(ligne: Ligne) -> Ligne:
    return (*ligne[:-1], replace(ligne[-1], texte=f"{ligne[-1].texte} ")) if ligne else ligne


def _alineas(segments: Iterable[Segment]) -> list[list[_Mot]]:
    alineas: list[list[_Mot]] = [[]]
    colle = False
    for segment in segments:
        for rang, partie in enumerate(segment.texte.split("\n")):
            if rang:
                alineas.append([])
                colle = False
            morceaux = partie.split(" ")
            for place, morceau in enumerate(morceaux):
                colle = colle and place == 0
                if morceau:
                    bout = Segment(morceau, segment.police, segment.taille, segment.couleur, segment.langue)
                    if colle:
                        alineas[-1][-1].append(bout)
                    else:
                        alineas[-1].append([bout])
                    colle = True
                elif place == 0:
                    colle = False
    return alineas


def _tenir(mot: _Mot, disponible: float) -> list[_Mot]:
    if sum(segment.largeur for segment in mot) <= disponible:
        return [mot]
    parties: list[_Mot] = [[]]
    reste = disponible
    for segment in mot:
        for lettre in grappes(segment.texte):
            bout = Segment(lettre, segment.police, segment.taille, segment.couleur, segment.langue)
            if bout.largeur > reste and parties[-1]:
                parties.append([])
                reste = disponible
            parties[-1].append(bout)
            reste -= bout.largeur
    return parties


def _souder(mots: Sequence[_Mot]) -> Ligne:
    ligne: list[Segment] = []
    for rang, mot in enumerate(mots):
        for place, segment in enumerate(mot):
            texte = f" {segment.texte}" if rang and place == 0 else segment.texte
            precedent = ligne[-1] if ligne else None
            if precedent and _meme_allure(precedent, segment):
                texte, ligne[-1:] = precedent.texte + texte, []
            ligne.append(Segment(texte, segment.police, segment.taille, segment.couleur, segment.langue))
    return tuple(ligne)


def _meme_allure(un: Segment, autre: Segment) -> bool:
    return (un.police, un.taille, un.couleur, un.langue) == (autre.police, autre.taille, autre.couleur, autre.langue)
