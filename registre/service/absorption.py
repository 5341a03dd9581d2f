"""Deux dossiers de la même personne n'en font qu'un : l'opération du survivant nomme celui qu'il absorbe."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from modele.fusion import EtatDossier
from modele.fusion import absorber as fondre
from registre.service.tenus import ABSORBE, Tenu


def a_fondre(survivant: Tenu, tenus: Mapping[str, Tenu], dossiers: Sequence[str]) -> list[Tenu] | None:
    """Ceux qui restent à fondre dans ``survivant`` ; ``None`` si le poste ne les tient pas tous, vivants.

    Un objet ne se fond que dans un autre du même genre ; ce qui est rattaché à un dossier, seulement avec lui.
    Un dossier discret ne se fond que dans un dossier que les mêmes postes garderont : ceux de l'autre le liraient.
    """
    trouves = []
    for identifiant in dossiers:
        tenu = tenus.get(identifiant)
        if tenu is None or not tenu.tenu or tenu is survivant:
            return None
        if tenu.rattache or tenu.etat.genre != survivant.etat.genre:
            return None
        if tenu.absorbe_par == survivant.id:
            continue
        if tenu.tombe or (tenu.discret and (tenu.guichet, tenu.poste) != (survivant.guichet, survivant.poste)):
            return None
        trouves.append(tenu)
    return trouves


def fondus(etat: EtatDossier, absorbes_: Sequence[Tenu]) -> EtatDossier:
    """L'état du survivant une fois les autres fondus en lui."""
    for absorbe in absorbes_:
        etat = fondre(etat, absorbe.etat)
    return etat


def coucher(survivant: Tenu, absorbes_: Sequence[Tenu]) -> None:
    """Marque les absorbés : leur tombe dit où vont leurs opérations tardives."""
    for absorbe in absorbes_:
        absorbe.tombe = f"{ABSORBE}{survivant.id}"
        absorbe.touche = absorbe.cherche = absorbe.renomme = True
        survivant.reunis = (*survivant.reunis, absorbe.id)
