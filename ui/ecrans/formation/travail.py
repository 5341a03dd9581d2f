"""Ce que la formation lit et écrit, sur le fil des travaux : les cas, le bac à sable de l'agent, ce qui en part."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple, TypeVar

if TYPE_CHECKING:
    from modele.coffre import Coffre
    from modele.coffre.bac_a_sable import BacASable, Tentative
    from modele.coffre.formation_dite import Depart
    from modele.droits import Auteur
    from modele.formation import Cas, EnCours, Resultat
    from modele.formation.comptes import ParEtape
    from modele.protocole.messages import FormationDuReseau
    from modele.sources import Ecart, Sources
    from ui.ecrans.imprimer.travail import Liasse

T = TypeVar("T")


class CasEtEssais(NamedTuple):
    """Les cas de ce poste, les essais de l'agent, les cas mis de côté, et ce qu'il a laissé en route, par cas."""

    cas: Sequence[Cas]
    essais: Sequence[Tentative]
    ecarts: Sequence[Ecart]
    laisses: Mapping[str, EnCours]
    reseau: FormationDuReseau
    ici: frozenset[str] = frozenset()
    brouillon: str = ""


class Partage(NamedTuple):
    """Ce qui part d'un essai : ses comptes, où ils en sont, et ce que l'agent veut (``None`` : pas encore dit)."""

    etapes: tuple[ParEtape, ...]
    depart: Depart
    veut: bool | None


def charger(coffre: Coffre, auteur: Auteur) -> CasEtEssais:
    """Ce que montre la page des cas. Un cas changé depuis ne se reprend pas : il se recommence."""
    from modele.coffre.formation_dite import du_reseau
    from modele.formation import charger_cas, ecrits_ici

    sources = sources_d_ici(coffre)
    (cas, ecarts), ici = charger_cas(sources), ecrits_ici(sources)
    versions = {un.id: version_de(un) for un in cas}

    def lire(bac: BacASable) -> CasEtEssais:
        laisses = {nom: un for nom, un in bac.laisses().items() if versions.get(nom) == un.version}
        return CasEtEssais(cas, bac.essais(), ecarts, laisses, du_reseau(coffre), ici, bac.brouillon)

    return dans_le_bac(coffre, auteur, lire)


def laisser(coffre: Coffre, auteur: Auteur, essai: EnCours) -> None:
    """Garde où en est cet essai, pour le reprendre."""
    dans_le_bac(coffre, auteur, lambda bac: bac.laisser(essai))


def garder(coffre: Coffre, auteur: Auteur, cas: Cas, resultat: Resultat, textes: Mapping[str, str]) -> Partage | None:
    """Garde cet essai dans le bac à sable de l'agent ; rend ce qui en part, ``None`` si ce cas ne se compte pas."""
    from modele.coffre.bac_a_sable import Tentative

    verdicts = {note.point.id: str(note.verdict) for note in resultat.notes}

    def faire(bac: BacASable) -> Partage | None:
        bac.garder(Tentative(cas.id, version_de(cas), verdicts, textes))
        bac.finir(cas.id)
        return _partager(coffre, auteur, cas, resultat, bac.partage) if _se_compte(coffre, cas) else None

    return dans_le_bac(coffre, auteur, faire)


def vouloir(coffre: Coffre, auteur: Auteur, cas: Cas, resultat: Resultat, veut: bool) -> Partage:
    """L'agent veut que ses comptes partent, ou non ; cela vaut pour les suivants, jusqu'à ce qu'il change d'avis."""
    dans_le_bac(coffre, auteur, lambda bac: bac.partager(veut))
    return _partager(coffre, auteur, cas, resultat, veut)


def _partager(coffre: Coffre, auteur: Auteur, cas: Cas, resultat: Resultat, veut: bool | None) -> Partage:
    from modele.coffre import formation_dite
    from modele.formation.comptes import compter

    etapes, version = compter(cas, resultat), version_de(cas)
    if veut:
        depart = formation_dite.preparer(coffre, auteur, cas.id, version, etapes)
    elif veut is None:
        depart = formation_dite.depart(coffre, auteur, cas.id, version)
    else:
        depart = formation_dite.retirer(coffre, auteur, cas.id, version)
    return Partage(etapes, depart, veut)


def _se_compte(coffre: Coffre, cas: Cas) -> bool:
    """Un poste relié, et un cas que le réseau connaît : ceux d'une structure, et leurs mots, ne partent pas."""
    from modele.formation import ecrits_ici
    from modele.synchro.cles import liaison

    return liaison(coffre.echanges) is not None and cas.id not in ecrits_ici(sources_d_ici(coffre))


def effacer(coffre: Coffre, auteur: Auteur) -> None:
    """Efface les essais de l'agent ; ce qui devait en partir ne part plus."""
    from modele.coffre import bac_a_sable, formation_dite

    for essai in dans_le_bac(coffre, auteur, lambda bac: bac.essais()):
        formation_dite.retirer(coffre, auteur, essai.cas, essai.version)
    bac_a_sable.effacer(coffre, auteur)


def version_de(cas: Cas) -> str:
    """L'empreinte du cas tel qu'il a été joué."""
    return hashlib.sha256(repr(cas).encode()).hexdigest()[:16]


def composer(cas: Cas, *, formateur: bool) -> Liasse:
    """La feuille de la classe, ou celle du formateur : jamais les deux dans le même papier."""
    from impressions.formation import composer_classe, composer_reponses
    from ui.ecrans.imprimer.travail import Feuille, Liasse

    sorte = "formateur" if formateur else "classe"
    pdf = (composer_reponses if formateur else composer_classe)(cas, date.today())
    return Liasse((Feuille("formation", f"formation-{cas.id}-{sorte}.pdf", f"Formation, {sorte}", pdf, ()),))


def dans_le_bac(coffre: Coffre, auteur: Auteur, faire: Callable[[BacASable], T]) -> T:
    """Ce que rend ``faire``, le bac à sable de cet agent ouvert le temps qu'il faut."""
    from modele.coffre import bac_a_sable

    bac = bac_a_sable.ouvrir(coffre, auteur)
    try:
        return faire(bac)
    finally:
        bac.fermer()


def sources_d_ici(coffre: Coffre) -> Sources:
    """Ce que ce poste tient des cas : livrés, reçus, écrits ici."""
    from modele.synchro.referentiels import sources_du_poste

    return sources_du_poste(coffre.echanges, coffre.modifications())
