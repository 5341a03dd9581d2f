"""Dire ce que donnerait l'import d'un tableau de lieux : les mêmes mots à l'écran et en commande. Sans Qt."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from modele.lieux.modele import Lieu
    from modele.territoire.import_lieux import Essai

RIEN: Final = "Aucune ligne ne peut s'importer : corrigez le tableau, puis reprenez-le."
FAUTES_MONTREES: Final = 200


def dire_essai(essai: Essai, avant: Mapping[str, Lieu]) -> str:
    """« 12 lignes lues : 3 lieux nouveaux, 1 changé, 7 inchangés ; 1 ligne refusée. Rien n'est encore écrit. »"""
    compte = essai.compte(avant)
    nombre = len({un.ligne for un in essai.refusees})
    refus = f"{nombre} ligne{_s(nombre)} refusée{_s(nombre)}" if nombre else "aucune ligne refusée"
    if len(essai.refusees) > FAUTES_MONTREES:
        refus += f" ({FAUTES_MONTREES} premières fautes montrées)"
    if not essai.bons:
        return f"{essai.lus} ligne{_s(essai.lus)} lue{_s(essai.lus)} ; {refus}. {RIEN}"
    dits = ", ".join(
        f"{compte[cle]} {mot}{_s(compte[cle])}"
        for cle, mot in (("nouveaux", "nouveau lieu"), ("changes", "changé"), ("inchanges", "inchangé"))
    ).replace("nouveau lieus", "nouveaux lieux")
    lues = f"{essai.lus} ligne{_s(essai.lus)} lue{_s(essai.lus)}"
    return f"{lues} : {dits} ; {refus}. Rien n'est encore écrit."


def _s(nombre: int) -> str:
    return "s" if nombre > 1 else ""
