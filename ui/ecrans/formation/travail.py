"""Ce que la formation lit et écrit, sur le fil des travaux : les cas, le bac à sable de l'agent, un cas ajouté."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from modele.coffre import Coffre
    from modele.coffre.bac_a_sable import Tentative
    from modele.droits import Auteur
    from modele.formation import Cas, Resultat
    from modele.sources import Ecart, Sources

NATURE: Final = "formation"
CasEtEssais: TypeAlias = "tuple[Sequence[Cas], Sequence[Tentative], Sequence[Ecart]]"


def charger(coffre: Coffre, auteur: Auteur) -> CasEtEssais:
    """Les cas de ce poste, les essais de l'agent, et les cas mis de côté."""
    from modele.coffre import bac_a_sable
    from modele.formation import charger_cas

    cas, ecarts = charger_cas(_sources(coffre))
    bac = bac_a_sable.ouvrir(coffre, auteur)
    try:
        return cas, bac.essais(), ecarts
    finally:
        bac.fermer()


def garder(coffre: Coffre, auteur: Auteur, cas: Cas, resultat: Resultat, textes: Mapping[str, str]) -> None:
    """Garde cet essai dans le bac à sable de l'agent."""
    from modele.coffre import bac_a_sable

    verdicts = {note.point.id: str(note.verdict) for note in resultat.notes}
    bac = bac_a_sable.ouvrir(coffre, auteur)
    try:
        bac.garder(bac_a_sable.Tentative(cas.id, version_de(cas), verdicts, textes))
    finally:
        bac.fermer()


def effacer(coffre: Coffre, auteur: Auteur) -> None:
    """Efface les essais de l'agent."""
    from modele.coffre import bac_a_sable

    bac_a_sable.effacer(coffre, auteur)


def ajouter_un_cas(coffre: Coffre, fichier: Path, auteur: Auteur) -> None:
    """Ce cas sert désormais pour la structure. Lève ``FichierFautif`` (ses fautes), ``ErreurUtilisateur`` (droit)."""
    from modele.formation import lire_cas, verifier_contre
    from modele.regles.disque import lire

    cas = lire_cas(fichier)
    verifier_contre(_sources(coffre), cas, fichier.name)
    coffre.modifier_fichier(NATURE, NATURE, fichier.name, lire(fichier).encode(), auteur)


def version_de(cas: Cas) -> str:
    """L'empreinte du cas tel qu'il a été joué."""
    return hashlib.sha256(repr(cas).encode()).hexdigest()[:16]


def _sources(coffre: Coffre) -> Sources:
    from modele.synchro.referentiels import sources_du_poste

    return sources_du_poste(coffre.echanges, coffre.modifications())
