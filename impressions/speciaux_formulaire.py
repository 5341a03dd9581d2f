"""Les blocs qui suivent l'ordre du formulaire officiel : ce que la personne a dit, à recopier case par case.

Essais : ``tests/impressions/test_papier_resume.py``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final

from impressions.atelier import Atelier
from impressions.balises import Noeud
from impressions.blocs import Bloc
from impressions.lignes_de_reponse import LigneDeReponse, d_un_seul_tenant, repondre
from impressions.reponses import Lecteur, Reponse
from modele.dossier.chemins import sans_identifiant
from modele.dossier.inventaire import PERSONNES
from modele.mots.cases import Case
from modele.mots.ecriture import majuscule, minuscule
from modele.mots.reponses import Diseur, Voix
from modele.protection.adultes import COLOCATAIRES

QUI: Final = "personne"
"""Le champ d'une ressource qui dit de qui elle est."""
_UNITES: Final = {"euros": "euros", "euros par mois": "euros", "euros par an": "euros_an", "m²": "m2"}
# « D12 » se dit ; « page 8 » est déjà dans le titre.
_CODE: Final = re.compile(r"[A-Z]\d[\w, -]*")


def titres(contenu: str) -> dict[str, str]:
    """Les titres que la fiche donne aux rubriques : « page-1 : Page 1 · Vous », un par ligne."""
    lignes = (ligne.partition(":") for ligne in contenu.splitlines() if ":" in ligne)
    return {rubrique.strip(): titre.strip() for rubrique, _, titre in lignes}


def _formulaire(atelier: Atelier, parent: Noeud, contenu: str) -> list[Bloc]:
    """Chaque rubrique du formulaire, dans son ordre, avec ses réponses.

    ``contenu`` : les titres des rubriques, et comment se dit une case que son nom du dossier dirait mal.
    """
    dits = titres(contenu)
    blocs: list[Bloc] = []
    for rubrique, siennes in groupby(atelier.donnees.cases, key=lambda case: case.rubrique):
        par_element = [(element, list(cases)) for element, cases in groupby(siennes, key=lambda case: case.element)]
        dedans = [bloc for element, cases in par_element for bloc in _element(atelier, parent, dits, element, cases)]
        if dedans:
            blocs += [_titre(atelier, parent, dits.get(rubrique.id, rubrique.libelle)), *dedans]
    return blocs


def _titre(atelier: Atelier, parent: Noeud, titre: str) -> Bloc:
    bloc = atelier.texte(titre, atelier.styles.section, parent.ajouter("H2"), avec_suivant=True)
    bloc.signet = "".join(segment.texte for segment in bloc.segments)
    return bloc


def _element(
    atelier: Atelier, parent: Noeud, dits: Mapping[str, str], element: str, cases: Sequence[Case]
) -> Iterator[Bloc]:
    """Les cases d'une rubrique ou d'un élément de sa liste : une personne y a son nom en titre."""
    lecteur, diseur = Lecteur(atelier.donnees, atelier.mots), _diseur(atelier)
    lignes = []
    for case in cases:
        if (reponse := lecteur.reponse(case.chemin, _UNITES.get(case.champ.champ.unite, ""))) is not None:
            nom = dits.get(sans_identifiant(case.chemin)) or majuscule(diseur.libelle(case.chemin), atelier.mots.langue)
            lignes.append(LigneDeReponse(nom, reponse, _code(case)))
    liste = cases[0].rubrique.liste
    if liste in (PERSONNES, COLOCATAIRES) and lignes:
        nom, style = diseur.element(liste, element), atelier.styles.sous_section
        yield atelier.texte(nom, style, parent.ajouter("H3"), avec_suivant=True, apres=3.0)
        yield from d_un_seul_tenant(repondre(atelier, parent, lignes))
    elif liste:
        qui = lecteur.reponse(f"{liste}.elements.{element}.{QUI}")
        yield from repondre(atelier, parent, _en_une_ligne(atelier, lignes, qui))
    else:
        yield from repondre(atelier, parent, lignes)


def _en_une_ligne(atelier: Atelier, lignes: Sequence[LigneDeReponse], qui: Reponse | None) -> list[LigneDeReponse]:
    """Une ressource se lit d'un trait : sa nature et de qui elle est, puis son montant."""
    if len(lignes) < 2 or lignes[0].reponse.inconnue:
        return list(lignes)
    nature, *reste = lignes
    langue = atelier.mots.langue
    de_qui = minuscule(qui.texte, langue) if qui is not None and qui.connue else ""
    libelle = atelier.mots.enumerer(filter(None, (majuscule(nature.reponse.texte, langue), de_qui)))
    return [LigneDeReponse(libelle, reste[0].reponse, reste[0].case), *reste[1:]]


def _diseur(atelier: Atelier) -> Diseur:
    return Diseur(atelier.donnees.vocabulaire, atelier.donnees.document, atelier.mots, voix=Voix.PAPIER)


def _code(case: Case) -> str:
    code = _CODE.match(case.cerfa)
    return code[0].strip() if code else ""


BLOCS: Mapping[str, Callable[[Atelier, Noeud, str], list[Bloc]]] = {"formulaire": _formulaire}
