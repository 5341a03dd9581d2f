"""Les fiches qu'on peut imprimer : celles livrées, puis celles du territoire, superposées une à une.

Une fiche est un dossier : ``fiche.toml`` (sûreté, sources, langues) et un texte par langue, ``<langue>.md``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from impressions.couches import Ecart, superposer
from impressions.declaration import Declaration, Edition, declarer, est_une_fiche
from impressions.surete import Surete
from modele.regles.faits import proche
from modele.regles.fautes import ErreurUtilisateur

FICHES = Path(__file__).resolve().parent.parent / "ressources" / "fiches"


@dataclass(frozen=True, slots=True)
class Fiche:
    """Une fiche dans une langue, prête à composer.

    ``corps`` : Markdown et Jinja2 ; ``premiere_ligne`` : ligne du fichier où il commence.
    ``sous_titre``, ``pied`` : gabarits Jinja2 d'une ligne. ``fichier`` : nom constant, vide s'il n'y en a pas.
    """

    id: str
    langue: str
    surete: Surete
    titre: str
    titre_neutre: str
    sous_titre: str
    pied: str
    fichier: str
    corps: str
    premiere_ligne: int
    verifie_le: date
    sources: tuple[str, ...]
    confiance: str


@dataclass(frozen=True, slots=True)
class FicheDisponible:
    """Une fiche qu'on peut imprimer : identifiant, titre, langues, et si elle convient à un dossier discret."""

    id: str
    titre: str
    langues: tuple[str, ...]
    discret: bool


def fiches_disponibles(supplement: Path | None = None) -> tuple[FicheDisponible, ...]:
    """Les fiches livrées et celles de ``supplement``, par identifiant ; une fiche fautive du territoire n'y est pas.

    Lève ``FichierFautif`` si une fiche livrée est fautive.
    """
    return tuple(_disponible(servie) for servie, _ in _servies(supplement) if servie is not None)


def ecarts(supplement: Path | None = None) -> tuple[Ecart, ...]:
    """Ce que les fiches de ``supplement`` demandaient et qui ne sert pas : à montrer à qui les écrit.

    Lève ``FichierFautif`` si une fiche livrée est fautive.
    """
    return tuple(ecart for _, des_couches in _servies(supplement) for ecart in des_couches)


def trouver(identifiant: str, langue: str, supplement: Path | None = None) -> Fiche:
    """La fiche demandée, dans la langue demandée.

    Lève ``ErreurUtilisateur`` si elle n'existe pas, ``FichierFautif`` si elle est fautive.
    """
    dossiers = _dossiers(supplement)
    if identifiant not in dossiers:
        voisin = proche(identifiant, dossiers)
        suite = f" ; vouliez-vous « {voisin} » ?" if voisin else "."
        raise ErreurUtilisateur(
            f"La fiche « {identifiant} » n’existe pas{suite} Fiches : {', '.join(sorted(dossiers))}."
        )
    servie, _ = _servir(dossiers[identifiant])
    if langue not in servie.editions:
        raise ErreurUtilisateur(
            f"La fiche « {identifiant} » n’existe pas dans la langue « {langue} »."
            f" Langues : {', '.join(sorted(servie.editions))}."
        )
    return _fiche(servie, langue, servie.editions[langue])


def _fiche(servie: Declaration, langue: str, edition: Edition) -> Fiche:
    texte = edition.texte
    return Fiche(
        servie.id, langue, servie.surete, texte.titre, edition.titre_neutre, texte.sous_titre, texte.pied,
        edition.fichier, texte.corps, texte.premiere_ligne, edition.verifie_le, edition.sources, edition.confiance,
    )  # fmt: skip


def _disponible(servie: Declaration) -> FicheDisponible:
    langues = tuple(sorted(servie.editions))
    titre = servie.editions["fr" if "fr" in langues else langues[0]].texte.titre
    return FicheDisponible(servie.id, titre, langues, servie.surete.discret)


def _servies(supplement: Path | None) -> Iterable[tuple[Declaration | None, tuple[Ecart, ...]]]:
    for identifiant, dossiers in sorted(_dossiers(supplement).items()):
        try:
            yield _servir(dossiers)
        except ErreurUtilisateur as faute:
            if dossiers[0].parent == FICHES:
                raise
            yield None, (_mise_de_cote(identifiant, faute),)


def _servir(dossiers: Sequence[Path]) -> tuple[Declaration, tuple[Ecart, ...]]:
    """La fiche que servent ces couches, de bas en haut ; une couche fautive est mise de côté, celle du dessous sert."""
    servie = declarer(dossiers[0])
    trouves: list[Ecart] = []
    for dossier in dossiers[1:]:
        try:
            servie, en_plus = superposer(servie, declarer(dossier))
        except ErreurUtilisateur as faute:
            en_plus = (_mise_de_cote(servie.id, faute),)
        trouves += en_plus
    return servie, tuple(trouves)


def _mise_de_cote(identifiant: str, faute: ErreurUtilisateur) -> Ecart:
    return Ecart(identifiant, f"mise de côté. {faute}")


def _dossiers(supplement: Path | None) -> dict[str, list[Path]]:
    """Les dossiers de chaque fiche, de la couche livrée à celle du territoire."""
    trouves: dict[str, list[Path]] = {}
    for racine in (FICHES, supplement):
        if racine is not None and racine.is_dir():
            for dossier in sorted(un for un in racine.iterdir() if est_une_fiche(un)):
                trouves.setdefault(dossier.name, []).append(dossier)
    return trouves
