"""Les fiches sont des données : ``<dossier>/<fiche>/<langue>.md``, un en-tête TOML entre ``+++`` puis du Markdown."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from modele.regles.faits import proche
from modele.regles.fautes import ErreurUtilisateur, Faute, FichierFautif

FICHES = Path(__file__).resolve().parent.parent / "ressources" / "fiches"
_BORNE = "+++"
_OBLIGATOIRES: Mapping[str, type] = {"titre": str, "verifie_le": date}
_FACULTATIVES: Mapping[str, type] = {
    "titre_neutre": str,
    "sous_titre": str,
    "pied": str,
    "fichier": str,
    "sources": list,
    "confiance": str,
    "discret": bool,
    "sans_dossier": bool,
    "exige_cotation": bool,
}


@dataclass(frozen=True, slots=True)
class Fiche:
    """Une fiche dans une langue.

    ``corps`` : Markdown et Jinja2 ; ``premiere_ligne`` : ligne du fichier où il commence.
    ``discret`` : prévue pour un dossier discret. ``sans_dossier`` : ne reçoit rien du dossier, la même pour tous.
    ``sous_titre``, ``pied`` : gabarits Jinja2 d'une ligne.
    """

    id: str
    langue: str
    chemin: Path
    titre: str
    verifie_le: date
    corps: str
    premiere_ligne: int
    titre_neutre: str = ""
    sous_titre: str = ""
    pied: str = ""
    fichier: str = ""
    sources: list[str] = field(default_factory=list)
    confiance: str = "V"
    discret: bool = False
    sans_dossier: bool = False
    exige_cotation: bool = False


@dataclass(frozen=True, slots=True)
class FicheDisponible:
    """Une fiche qu'on peut imprimer : identifiant, titre, langues, et si elle convient à un dossier discret."""

    id: str
    titre: str
    langues: tuple[str, ...]
    discret: bool


def fiches_disponibles(supplement: Path | None = None) -> tuple[FicheDisponible, ...]:
    """Les fiches livrées et celles de ``supplement``, par identifiant.

    Lève ``FichierFautif`` si l'en-tête d'une fiche est fautif.
    """
    rendu = []
    for identifiant, dossier in sorted(_dossiers(supplement).items()):
        langues = tuple(sorted(chemin.stem for chemin in dossier.glob("*.md")))
        reference = lire(dossier / f"{'fr' if 'fr' in langues else langues[0]}.md")
        rendu.append(FicheDisponible(identifiant, reference.titre, langues, reference.discret))
    return tuple(rendu)


def trouver(identifiant: str, langue: str, supplement: Path | None = None) -> Fiche:
    """La fiche demandée, dans la langue demandée.

    Lève ``ErreurUtilisateur`` si elle n'existe pas, ``FichierFautif`` si son fichier est fautif.
    """
    dossiers = _dossiers(supplement)
    if identifiant not in dossiers:
        voisin = proche(identifiant, dossiers)
        suite = f" ; vouliez-vous « {voisin} » ?" if voisin else "."
        raise ErreurUtilisateur(
            f"La fiche « {identifiant} » n’existe pas{suite} Fiches : {', '.join(sorted(dossiers))}."
        )
    langues = sorted(chemin.stem for chemin in dossiers[identifiant].glob("*.md"))
    if langue not in langues:
        raise ErreurUtilisateur(
            f"La fiche « {identifiant} » n’existe pas dans la langue « {langue} ». Langues : {', '.join(langues)}."
        )
    return lire(dossiers[identifiant] / f"{langue}.md")


def lire(chemin: Path) -> Fiche:
    """La fiche d'un fichier ; relue si le fichier a changé. Lève ``FichierFautif`` ou ``ErreurUtilisateur``."""
    try:
        return _lire(chemin, chemin.stat().st_mtime_ns)
    except (OSError, UnicodeDecodeError) as cause:
        raise ErreurUtilisateur(
            f"La fiche {chemin.parent.name}/{chemin.name} ne se lit pas : vérifiez qu’elle existe, en UTF-8."
        ) from cause


def _dossiers(supplement: Path | None) -> dict[str, Path]:
    trouves: dict[str, Path] = {}
    for racine in (FICHES, supplement):
        if racine is not None and racine.is_dir():
            trouves |= {chemin.parent.name: chemin.parent for chemin in racine.glob("*/*.md")}
    return trouves


@cache
def _lire(chemin: Path, _modifie: int) -> Fiche:
    nom = f"{chemin.parent.name}/{chemin.name}"
    debut, borne, reste = chemin.read_text(encoding="utf-8").partition(f"{_BORNE}\n")
    entete, fin, corps = reste.partition(f"\n{_BORNE}\n")
    if debut.strip() or not borne or not fin:
        raise FichierFautif(
            [Faute(nom, "", 1, "l’en-tête TOML doit tenir entre deux lignes « +++ », au début du fichier")]
        )
    valeurs = _verifier(nom, entete)
    return Fiche(
        id=chemin.parent.name, langue=chemin.stem, chemin=chemin, corps=corps,
        premiere_ligne=entete.count("\n") + 4, **valeurs,
    )  # fmt: skip


def _verifier(nom: str, entete: str) -> dict[str, Any]:
    try:
        valeurs = tomllib.loads(entete)
    except tomllib.TOMLDecodeError as cause:
        ligne = re.search(r"line (\d+)", str(cause))
        numero = int(ligne[1]) + 1 if ligne else None
        raise FichierFautif([Faute(nom, "", numero, "l’en-tête n’est pas du TOML valide")]) from cause
    connues = {**_OBLIGATOIRES, **_FACULTATIVES}
    fautes = [Faute(nom, cle, 1, "clé obligatoire manquante") for cle in _OBLIGATOIRES if cle not in valeurs]
    for cle, valeur in valeurs.items():
        if cle not in connues:
            voisin = proche(cle, connues)
            suite = f" ; vouliez-vous « {voisin} » ?" if voisin else ""
            fautes.append(Faute(nom, cle, _ligne(entete, cle), f"clé inconnue{suite}"))
        elif not isinstance(valeur, connues[cle]):
            fautes.append(Faute(nom, cle, _ligne(entete, cle), f"« {valeur} » n’est pas du type attendu"))
    if fautes:
        raise FichierFautif(fautes)
    return valeurs


def _ligne(entete: str, cle: str) -> int:
    for numero, ligne in enumerate(entete.splitlines(), start=2):
        if ligne.lstrip().startswith(cle):
            return numero
    return 1
