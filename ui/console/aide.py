"""L'aide des commandes, en français : celle de la bibliothèque ne parle qu'anglais."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from textwrap import fill
from typing import Any

LARGEUR = 80
DEMANDES = ("--aide", "--help", "-h")


def aide(commandes: Mapping[str, Any], arguments: list[str]) -> str:
    """L'aide d'une commande si ``arguments`` en nomme une, sinon celle du programme."""
    nom = next((mot for mot in arguments if mot in commandes), "")
    return _commande(nom, commandes[nom]) if nom else _programme(commandes)


def _programme(commandes: Mapping[str, Any]) -> str:
    lignes = [
        "Perron, le poste d'accueil de la demande de logement social.",
        "",
        "python main.py                    ouvre l'application",
        "python main.py COMMANDE …         exécute une commande",
        "python main.py COMMANDE --aide    dit ce qu'elle attend",
        "",
        "Commandes :",
    ]
    large = max(len(nom) for nom in commandes) + 4
    for nom, commande in commandes.items():
        debut = f"  {nom}".ljust(large)
        lignes.append(fill(_phrase(commande), LARGEUR, initial_indent=debut, subsequent_indent=" " * large))
    return "\n".join(lignes)


def _commande(nom: str, commande: Any) -> str:
    arguments = [p for p in commande.params if not _est_option(p)]
    options = [p for p in commande.params if _est_option(p)]
    attendus = "".join(f" {nom_de(p) if p.required else f'[{nom_de(p)}]'}" for p in arguments)
    lignes = [f"python main.py {nom}{attendus}{' [options]' if options else ''}", "", _phrase(commande), ""]
    for parametre in (*arguments, *options):
        lignes += _parametre(parametre)
    return "\n".join(lignes)


def _parametre(parametre: Any) -> Iterator[str]:
    nom = nom_de(parametre)
    if _est_option(parametre) and not parametre.is_flag:
        nom = f"{nom} {parametre.metavar or 'VALEUR'}"
    obligatoire = " (obligatoire)" if parametre.required and _est_option(parametre) else ""
    yield fill(f"{nom}{obligatoire}", LARGEUR, initial_indent="  ")
    if parametre.help:
        yield fill(parametre.help, LARGEUR, initial_indent="      ", subsequent_indent="      ")


def nom_de(parametre: Any) -> str:
    """Le nom d'un paramètre tel qu'il s'écrit : « --date » ou « DOSSIER »."""
    nom = parametre.opts[0] if _est_option(parametre) else parametre.metavar or parametre.name
    return str(nom)


def _est_option(parametre: Any) -> bool:
    return bool(parametre.opts and parametre.opts[0].startswith("-"))


def _phrase(commande: Any) -> str:
    return str(commande.help or "").strip()
