"""Ce qu'une fiche dit d'elle-même, une fois pour toutes ses langues : ``<fiche>/fiche.toml``.

La sûreté d'une fiche ne s'écrit que là : un fichier de langue qui la redit est refusé, un qui l'oublie n'y change rien.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

from modele.fiches.paragraphes import lire_paragraphes
from modele.fiches.surete import DRAPEAUX, Surete
from modele.fiches.texte import Texte, lire_langue
from modele.regles.conditions import Condition
from modele.regles.confiance import CONFIANCES
from modele.regles.disque import Lisible, lire
from modele.regles.fautes import Faute, FichierFautif
from modele.regles.langues import langues
from modele.regles.lecture import Lecteur, lire_texte, vouliez_vous
from modele.regles.lecture_conditions import Contexte
from modele.regles.traduction import Traduction, lire_traduction

DECLARATION: Final = "fiche.toml"
_TEXTE: Final = ".md"


@dataclass(frozen=True, slots=True)
class Edition:
    """Une fiche dans une langue : son texte, et ce que ``fiche.toml`` en dit.

    ``titre_neutre`` : titre, métadonnées et travail d'impression d'un papier discret. ``fichier`` : nom constant,
    pour une fiche réservée. ``verifie_le``, ``sources``, ``confiance``, ``paragraphes`` : de toute la fiche.
    """

    texte: Texte
    titre_neutre: str
    fichier: str
    traduction: Traduction
    verifie_le: date
    sources: tuple[str, ...]
    confiance: str
    paragraphes: Mapping[str, Condition] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Declaration:
    """Une fiche, sa sûreté et ses langues.

    ``pour_un_service`` : un papier qu'un service lit, pas la personne ; en français seulement, il ne manque nulle part.
    """

    id: str
    surete: Surete
    editions: Mapping[str, Edition]
    pour_un_service: bool = False


def declarer(
    fiche: str, fichiers: Mapping[str, Lisible], contexte: Contexte, dessous: Declaration | None = None
) -> Declaration:
    """La fiche que disent ces fichiers, par nom (``fiche.toml``, ``fr.md``…).

    ``contexte`` : les faits que ses paragraphes peuvent nommer. ``dessous`` : la même fiche dans la couche du dessous,
    dont une couche qui n'a pas de ``fiche.toml`` reprend tout hors le texte.

    Lève ``FichierFautif`` avec toutes ses fautes, ``ErreurUtilisateur`` si un fichier ne se lit pas.
    """
    if DECLARATION in fichiers:
        return _declarer(fiche, fichiers, contexte)
    if dessous is None:
        message = "ce fichier manque. Écrivez-y la sûreté, les sources et les langues de la fiche."
        raise FichierFautif([Faute(f"{fiche}/{DECLARATION}", "", None, message)])
    textes, fautes = _textes(fiche, fichiers, dessous.editions)
    if fautes:
        raise FichierFautif(fautes)
    editions = {langue: replace(dessous.editions[langue], texte=texte) for langue, texte in textes.items()}
    return replace(dessous, editions=editions)


def _declarer(fiche: str, fichiers: Mapping[str, Lisible], contexte: Contexte) -> Declaration:
    lecteur = lire_texte(lire(fichiers[DECLARATION]), f"{fiche}/{DECLARATION}")
    lecteur.exiger_format()
    surete = Surete(**{drapeau: lecteur.booleen(drapeau) for drapeau in DRAPEAUX})
    pour_un_service = lecteur.booleen("pour_un_service")
    commun: dict[str, Any] = {
        "verifie_le": lecteur.date("verifie_le", obligatoire=True),
        "sources": lecteur.textes("sources", obligatoire=True),
        "confiance": lecteur.texte("confiance", permis=CONFIANCES, defaut="V"),
        "paragraphes": lire_paragraphes(lecteur, contexte, surete),
    }
    tables = _tables(lecteur)
    ecrites = {nom.removesuffix(_TEXTE) for nom in fichiers if nom.endswith(_TEXTE)}
    dites = {langue: _langue(table, surete, ecrites) for langue, table in tables.items()}
    textes, fautes = _textes(fiche, fichiers, tables)
    lecteur.clore()
    if lecteur.fautes or fautes:
        raise FichierFautif([*lecteur.fautes.rendre(), *fautes])
    editions = {langue: Edition(texte=textes[langue], **dite, **commun) for langue, dite in dites.items()}
    return Declaration(fiche, surete, editions, pour_un_service)


def _tables(lecteur: Lecteur) -> dict[str, Lecteur]:
    """La table ``[langues.<id>]`` de chaque langue."""
    langues = lecteur.table("langues", obligatoire=True)
    if langues is None:
        return {}
    if not langues.cles:
        langues.signaler("", "attendu : une table [langues.fr], puis une par langue")
    tables = {langue: langues.table(langue) for langue in langues.cles}
    return {langue: table for langue, table in tables.items() if table is not None}


def _textes(
    fiche: str, fichiers: Mapping[str, Lisible], langues: Collection[str]
) -> tuple[dict[str, Texte], list[Faute]]:
    """Le texte de chaque langue, et les fautes des fichiers de langue."""
    textes: dict[str, Texte] = {}
    fautes: list[Faute] = []
    for nom, fichier in sorted(fichiers.items()):
        langue = nom.removesuffix(_TEXTE)
        if nom == DECLARATION:
            continue
        if langue not in langues:
            message = f"cette langue n'a pas de table [langues.{langue}] dans {fiche}/{DECLARATION}."
            fautes.append(Faute(f"{fiche}/{nom}", "", None, f"{message} Ajoutez-la, ou retirez ce fichier."))
            continue
        try:
            textes[langue] = lire_langue(fichier, fiche)
        except FichierFautif as fautif:
            fautes += fautif.fautes
    return textes, fautes


def _langue(table: Lecteur, surete: Surete, ecrites: Collection[str]) -> dict[str, Any]:
    """Ce que ``fiche.toml`` dit d'une langue."""
    langue = str(table.chemin[-1])
    if langue not in langues():
        table.signaler("", f"« {langue} » n'est pas une langue de Perron{vouliez_vous(langue, langues())}")
    if langue not in ecrites:
        table.signaler("", f"le texte {langue}.md manque. Écrivez-le, ou retirez cette table.")
    dite = {
        "titre_neutre": table.texte("titre_neutre", obligatoire=True),
        "fichier": table.texte("fichier", obligatoire=surete.reservee),
        "traduction": lire_traduction(table),
    }
    if dite["fichier"] and not surete.reservee:
        message = "seule une fiche « sans_dossier » ou « discret » a un nom de fichier constant. Retirez cette clé."
        table.signaler("fichier", message)
    table.clore()
    return dite
