"""Écrire un cas pour la structure, sur le fil des travaux : le copier, le vérifier, le publier, le retirer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import count
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final, NamedTuple

from modele.regles.fautes import ErreurUtilisateur
from ui.ecrans.formation.travail import dans_le_bac, sources_d_ici

if TYPE_CHECKING:
    from modele.coffre import Coffre
    from modele.droits import Auteur
    from modele.formation import Cas
    from modele.regles.fautes import Faute
    from modele.sources import Fichier

NATURE: Final = "formation"
MOTIF: Final = "formation/*.toml"


class Verifie(NamedTuple):
    """Un texte de cas, vérifié : le cas, ou ses fautes. ``remplace`` : un autre a déjà ce nom."""

    ecrit: str
    cas: Cas | None
    fautes: Sequence[Faute]
    remplace: bool = False


def texte_d_un_cas(coffre: Coffre, cas: str, *, copie: bool) -> str:
    """Le texte de ce cas, tel qu'il sert ; ``copie`` : sous un autre nom, pour en faire un autre cas."""
    sources = sources_d_ici(coffre)
    ecrit = sources.pile(f"formation/{cas}.toml")[-1].read_text("utf-8")
    if not copie:
        return ecrit
    pris = {PurePosixPath(chemin).stem for chemin in sources.chemins(MOTIF)}
    libre = next(nom for rang in count(2) if (nom := f"{cas[:44]}-{rang}") not in pris)
    return re.sub(r'^id = "[^"]*"', f'id = "{libre}"', ecrit, count=1, flags=re.MULTILINE)


def verifier(coffre: Coffre, ecrit: str) -> Verifie:
    """Ce que ``verifier-formation`` en dirait : ses fautes, avec leur ligne, ou le cas."""
    from modele.formation import lire_cas, verifier_contre
    from modele.regles.fautes import Faute, FichierFautif

    sources, fichier = sources_d_ici(coffre), fichier_de(ecrit)
    try:
        cas = lire_cas(fichier)
        verifier_contre(sources, cas, fichier.name)
    except FichierFautif as fautif:
        return Verifie(ecrit, None, fautif.fautes)
    except ErreurUtilisateur as faute:
        return Verifie(ecrit, None, (Faute(fichier.name, "", None, str(faute)),))
    return Verifie(ecrit, cas, (), remplace=bool(sources.pile(f"formation/{fichier.name}")))


def publier(coffre: Coffre, ecrit: str, auteur: Auteur) -> None:
    """Ce cas sert désormais à la structure. Lève ``FichierFautif`` (ses fautes), ``ErreurUtilisateur`` (droit)."""
    from modele.formation import lire_cas, verifier_contre

    fichier = fichier_de(ecrit)
    verifier_contre(sources_d_ici(coffre), lire_cas(fichier), fichier.name)
    coffre.modifier_fichier(NATURE, NATURE, fichier.name, ecrit.encode(), auteur)
    garder_le_brouillon(coffre, auteur, "")


def retirer(coffre: Coffre, cas: str, auteur: Auteur) -> None:
    """Le cas de la structure ne sert plus : celui du même nom, livré ou publié, reprend sa place."""
    coffre.revenir_a_l_original(NATURE, NATURE, f"{cas}.toml", auteur)


def garder_le_brouillon(coffre: Coffre, auteur: Auteur, ecrit: str) -> None:
    """Un cas qui s'écrit, à l'agent seul."""
    dans_le_bac(coffre, auteur, lambda bac: bac.garder_le_brouillon(ecrit))


def fichier_de(ecrit: str) -> Fichier:
    """Ce texte, sous le nom que dit son « id » ; sans nom, « cas.toml »."""
    from modele.sources import Couche, Fichier

    dit = re.search(r'^id\s*=\s*"([a-z0-9][a-z0-9-]{0,47})"', ecrit, re.MULTILINE)
    return Fichier(f"formation/{dit[1] if dit else 'cas'}.toml", Couche.STRUCTURE, octets=ecrit.encode())


def ajouter_un_cas(coffre: Coffre, fichier: Path, auteur: Auteur) -> None:
    """Ce cas sert désormais pour la structure. Lève ``FichierFautif`` (ses fautes), ``ErreurUtilisateur`` (droit)."""
    from modele.formation import lire_cas, verifier_contre
    from modele.regles.disque import lire

    verifier_contre(sources_d_ici(coffre), lire_cas(fichier), fichier.name)
    coffre.modifier_fichier(NATURE, NATURE, fichier.name, lire(fichier).encode(), auteur)
