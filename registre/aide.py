"""L'aide des commandes du registre, en français : celle de la bibliothèque ne parle qu'anglais."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from textwrap import fill
from typing import Any, Final

DEMANDES: Final = ("--aide", "--help", "-h")
_LARGEUR: Final = 96


def aide(commandes: Mapping[str, Any], arguments: list[str]) -> str:
    """L'aide de la commande que nomment les arguments, sinon celle du programme."""
    nom = next((mot for mot in arguments if mot in commandes), "")
    return "\n".join(_commande(nom, commandes[nom]) if nom else _programme(commandes))


def nom_de(parametre: Any) -> str:
    """Le nom d'un paramètre tel qu'il s'écrit : « --port » ou « FICHIER »."""
    if parametre is None:
        return "une valeur"
    return str(parametre.opts[0] if _est_option(parametre) else parametre.metavar or parametre.name)


def _programme(commandes: Mapping[str, Any]) -> Iterator[str]:
    yield "Le registre central de Perron."
    yield ""
    yield "python -m registre [options]             le démarre (voir : python -m registre demarrer --aide)"
    yield "python -m registre COMMANDE …            exécute une commande"
    yield "python -m registre COMMANDE --aide       dit ce qu'elle attend"
    yield ""
    yield "Commandes :"
    large = max(map(len, commandes)) + 4
    for nom, commande in commandes.items():
        phrase = str(commande.help).strip()
        yield fill(phrase, _LARGEUR, initial_indent=f"  {nom}".ljust(large), subsequent_indent=" " * large)


def _commande(nom: str, commande: Any) -> Iterator[str]:
    arguments = [un for un in commande.params if not _est_option(un)]
    yield " ".join(["python -m registre", nom, *map(nom_de, arguments), "[options]"])
    yield ""
    yield str(commande.help).strip()
    yield ""
    for parametre in (*arguments, *(un for un in commande.params if _est_option(un))):
        valeur = f" {parametre.metavar or 'VALEUR'}" if _est_option(parametre) and not parametre.is_flag else ""
        yield f"  {nom_de(parametre)}{valeur}"
        yield fill(parametre.help or "", _LARGEUR, initial_indent="      ", subsequent_indent="      ")


def _est_option(parametre: Any) -> bool:
    return bool(parametre.opts[0].startswith("-"))
