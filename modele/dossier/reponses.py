"""Une réponse écrite dans le document : l'état du fait qu'elle dit, et ce qui ne va pas en elle."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from modele.dossier.chemins import ABSENT
from modele.regles.etats import INCONNU, REFUSE, Enumere, Etat, Parties, Statut, connu, partiel
from modele.regles.faits import Fait, TypeFait
from modele.regles.valeurs import ValeurFautive, valeur
from modele.regles.valeurs import etat as etat_ecrit

NE_SAIT_PAS = {"ne_sait_pas": True}
AUCUN: Final = {"aucun": True}
"""D'un texte : il n'y en a pas (« pas d'autre nom », « personne ne l'aide »). Ni un refus, ni un oubli ; aucun fait."""
_ENSEMBLE: Final = TypeFait.ENSEMBLE  # lu à chaque réponse : plus vite qu'un membre par sa classe


def lire_reponse(fait: Fait, brut: Any) -> tuple[Etat, str]:
    """L'état que dit ``brut``, et la faute trouvée (``""`` : aucune).

    Une réponse fautive rend le fait inconnu : un brouillon invalide est un état normal. Une case cochée que la
    nomenclature ne connaît pas n'efface pas les autres, mais rien n'assure plus que la liste soit complète.
    """
    if brut is ABSENT or brut is None or brut == NE_SAIT_PAS:
        return INCONNU, ""
    if fait.type is _ENSEMBLE:
        return _coches(fait, brut)
    simple = isinstance(brut, str | int)  # la plupart des réponses : autant ne pas les éprouver comme tables
    if not simple and isinstance(brut, Mapping) and "sans_objet" in brut:
        return INCONNU, "« sans objet » ne s'écrit pas : il se déduit des autres réponses"
    try:
        return (connu(valeur(fait, brut)) if simple else etat_ecrit(fait, brut)), ""
    except ValeurFautive as faute:
        return INCONNU, str(faute)


def _coches(fait: Fait, brut: Any) -> tuple[Etat, str]:
    if not isinstance(brut, Mapping) or not isinstance(brut.get("coches", []), list):
        return (REFUSE, "") if brut == {"refus": True} else (INCONNU, 'attendu : {"coches": […], "clos": …}')
    ecrits = brut.get("coches", [])
    coches = frozenset(code for code in ecrits if isinstance(code, str) and code in fait.codes)
    inconnus = [str(code) for code in ecrits if not isinstance(code, str) or code not in fait.codes]
    faute = f"hors de la liste : {', '.join(inconnus)}" if inconnus else ""
    if brut.get("clos") is True and not inconnus:
        return connu(coches), faute
    if not coches:
        return (REFUSE if brut.get("refus") is True else INCONNU), faute
    return partiel(Parties(coches, frozenset(fait.codes) - coches)), faute


_INCONNU_OU_SANS_OBJET: Final = replace(INCONNU, peut_etre_sans_objet=True)


def peut_etre_sans_objet(etat: Etat) -> Etat:
    """Le même état, quand la question n'est peut-être pas à poser.

    Une valeur connue y devient un domaine d'une seule valeur : elle ne compte que si la question se pose.
    """
    if etat is INCONNU:
        return _INCONNU_OU_SANS_OBJET
    if etat.statut is Statut.SANS_OBJET:
        return etat
    if etat.valeur is not None:
        return partiel(Enumere((etat.valeur,)), peut_etre_sans_objet=True)
    return replace(etat, peut_etre_sans_objet=True)


def repondue(brut: Any) -> bool:
    """Vrai si la question a reçu une réponse : valeur, connue en partie, refus ou « ne sait pas ».

    Des cases cochées ne suffisent pas tant qu'on n'a pas dit qu'il n'y en a pas d'autres.
    """
    if brut is ABSENT or brut is None:
        return False
    if isinstance(brut, Mapping) and (brut.keys() & {"coches", "clos", "elements"}):
        return brut.get("clos") is True or brut.get("refus") is True
    return bool(brut) if isinstance(brut, Mapping | list | str) else True
