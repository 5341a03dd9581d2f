"""Une voie immédiate et son déclencheur ne s'effacent, ne changent ni ne se masquent, quelle que soit la couche.

Ses phrases peuvent se récrire ; elle reste là, aussi urgente, retenue par les mêmes faits, avec au moins ses numéros et
ses fiches.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from modele.orientation.regles import RegleOrientation
from modele.orientation.resultat import Urgence
from modele.regles.conditions import comparaisons
from modele.regles.disque import Lisible, lire
from modele.regles.faits import Catalogue
from modele.regles.lecture import Fautes


def exiger_les_voies(dessous: Sequence[RegleOrientation], dessus: Sequence[RegleOrientation], fichier: Lisible) -> None:
    """Vérifie que ``dessus``, que dit ``fichier``, garde les voies immédiates de ``dessous``.

    Lève ``FichierFautif``.
    """
    fautes = Fautes(fichier.name, lire(fichier))
    rangs = {regle.id: rang for rang, regle in enumerate(dessus)}
    for avant in (regle for regle in dessous if regle.urgence is Urgence.IMMEDIATE):
        if avant.id not in rangs:
            fautes.noter((), f"la voie immédiate « {avant.id} » manque ; elle ne s'efface pas")
            continue
        for cle, message in _changements(avant, dessus[rangs[avant.id]]):
            fautes.noter(("orientation", rangs[avant.id], cle), f"voie immédiate « {avant.id} » : {message}")
        for regle in dessus:
            if avant.id in regle.remplace and (regle.id, avant.id) not in _remplacements(dessous):
                message = f"« {avant.id} » est une voie immédiate : rien de neuf ne la remplace"
                fautes.noter(("orientation", rangs[regle.id], "remplace"), message)
    fautes.verifier()


def _changements(avant: RegleOrientation, apres: RegleOrientation) -> Iterator[tuple[str, str]]:
    if apres.urgence is not avant.urgence:
        yield "urgence", "son urgence ne change pas"
    if apres.si != avant.si:
        yield "si", "son déclencheur ne change pas"
    if apres.discret is not avant.discret:
        yield "discret", "sa discrétion ne change pas"
    if apres.reprend is not avant.reprend:
        yield "reprend", "ce qu'elle reprend des voies remplacées ne change pas"
    for cle in ("remplace_si", "remplace_sauf"):
        if getattr(apres, cle) != getattr(avant, cle):
            yield cle, "la condition de ce qu'elle remplace ne change pas"
    if set(apres.ferme) != set(avant.ferme):
        yield "ferme", "les fiches qu'elle ferme ne changent pas"
    for cle in ("contacts", "fiches"):
        for perdu in (un for un in getattr(avant, cle) if un not in getattr(apres, cle)):
            yield cle, f"« {perdu} » ne s'en retire pas"


def _remplacements(regles: Sequence[RegleOrientation]) -> set[tuple[str, str]]:
    return {(regle.id, remplacee) for regle in regles for remplacee in regle.remplace}


def declencheurs(regles: Sequence[RegleOrientation], catalogue: Catalogue) -> frozenset[str]:
    """Les champs du dossier dont dépend une voie immédiate, en remontant les faits dérivés."""
    conditions = [regle.si for regle in regles if regle.urgence is Urgence.IMMEDIATE and regle.si is not None]
    faits = {comparaison.fait for condition in conditions for comparaison in comparaisons(condition)}
    return frozenset(champ for fait in faits for champ in (catalogue.get(fait.nom) or fait).champs)
