"""La commande « comptes » : ses gestes, et ce qu'elle répond à qui administre."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from sqlalchemy import Engine

from modele.regles.fautes import ErreurUtilisateur
from modele.regles.lecture import vouliez_vous
from registre.service import comptes_fermes
from registre.service.comptes_fermes import CompteTenu

_ATTENDUS: Final = {"lister": (), "fermer": ("POSTE", "NOM"), "rouvrir": ("POSTE", "NOM"), "jours": ("NOMBRE",)}
_SANS_COMPTE: Final = "Aucun poste n'a encore déclaré de compte : chacun le fait à son prochain échange."
_FERME: Final = (
    "Le compte de {} est fermé. À son prochain échange, le poste lui retire son mot de passe, ici et dans ses copies à "
    "portée ; d'ici là, ce qui s'y saisit sous ce nom est refusé. Ses dossiers discrets restent suivis : leur "
    "suppléant reçoit ce qu'il recevait."
)
_ROUVERT: Final = (
    "La fermeture du compte de {} est levée. Après un échange, un administrateur du poste le rouvre : menu de l'agent, "
    "« Agents », avec le code de secours."
)


def exiger_le_geste(geste: str, *mots: str) -> None:
    """Lève ``ErreurUtilisateur`` : geste inconnu, ou un mot qui manque ou qui est de trop."""
    if geste not in _ATTENDUS:
        raise ErreurUtilisateur(f"Geste inconnu : {geste}{vouliez_vous(geste, list(_ATTENDUS)) or '.'}")
    attendus = _ATTENDUS[geste]
    if len([mot for mot in mots if mot]) != len(attendus):
        raise ErreurUtilisateur(f"Attendu : python -m registre comptes {' '.join((geste, *attendus))}.")
    if geste == "jours" and not mots[0].isdecimal():
        raise ErreurUtilisateur(f"« {mots[0]} » n'est pas un nombre de jours.")


def mener(moteur: Engine, ou: str, geste: str, poste: str, nom: str, maintenant: datetime) -> str:
    """Fait ce geste ; rend ce qu'il faut en dire. Lève ``ErreurUtilisateur``."""
    match geste:
        case "fermer":
            ferme = comptes_fermes.fermer(moteur, ou, poste, nom, maintenant)
            return _FERME.format(nom) if ferme else f"Le compte de {nom} était déjà fermé au registre."
        case "rouvrir":
            rouvert = comptes_fermes.rouvrir(moteur, ou, poste, nom, maintenant)
            return _ROUVERT.format(nom) if rouvert else f"Le compte de {nom} n'est pas fermé au registre."
        case "jours":
            comptes_fermes.regler_les_jours(moteur, ou, int(poste))
            return (
                f"Un compte de {ou} vit {poste} jours hors de portée ; chaque poste l'apprend à son prochain échange."
            )
        case _:
            return "\n".join(_lister(comptes_fermes.lister(moteur, ou))) or _SANS_COMPTE


def _lister(tenus: list[CompteTenu]) -> Iterator[str]:
    for un in tenus:
        yield f"{un.poste}  {un.nom}  ({', '.join(un.roles)})  {_etat(un)}"


def _etat(un: CompteTenu) -> str:
    if un.ferme_ici:
        return f"fermé au registre le {un.fermetures[-1][0].astimezone():%d/%m/%Y à %H:%M}"
    return "fermé par le poste" if un.ferme else "ouvert"
