"""Le programme en ligne de commande : ses commandes, et ses erreurs dites en français, code de sortie 2."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Any

import typer

from modele.regles.fautes import ErreurUtilisateur
from modele.regles.lecture import vouliez_vous
from modele.regles.memoire import sans_vidage
from ui.console import commandes
from ui.console.aide import DEMANDES, aide, nom_de

ERREUR = 2
_LISTE = "(« python main.py --aide » liste les commandes et leurs options.)"


def programme() -> typer.Typer:
    """Toutes les commandes."""
    app = typer.Typer(
        name="perron",
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": []},
    )
    commandes.inscrire(app)
    return app


def executer(arguments: Sequence[str]) -> int:
    """Exécute une commande ; l'erreur du monde se dit sur la sortie d'erreur, sans trace."""
    sans_vidage()
    commande: Any = typer.main.get_command(programme())
    try:
        code = _mener(commande, list(arguments))
        sys.stdout.flush()
    except ErreurUtilisateur as erreur:
        return _dire(str(erreur))
    except typer.TyperException as erreur:
        return _dire(_en_francais(erreur, commande, list(arguments)))
    except (typer.Abort, KeyboardInterrupt):
        return _dire("Commande interrompue.")
    except (BrokenPipeError, SystemExit):
        # Le lecteur de notre sortie s'est fermé (« | head ») : ce n'est pas une erreur à raconter.
        _taire_la_sortie()
        return 0
    return code


def _mener(commande: Any, arguments: list[str]) -> int:
    demandes = arguments[: arguments.index("--")] if "--" in arguments else arguments
    if any(mot in DEMANDES for mot in demandes):
        print(aide(commande.commands, demandes))
        return 0
    rendu = commande.main(arguments, prog_name="perron", standalone_mode=False)
    return rendu if isinstance(rendu, int) else 0


def _taire_la_sortie() -> None:
    """Ce qui reste à écrire va nulle part : sinon Python s'en plaint, en anglais, en se fermant."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _dire(phrase: str) -> int:
    print(phrase, file=sys.stderr)
    return ERREUR


def _en_francais(erreur: Any, commande: Any, arguments: list[str]) -> str:
    """La phrase d'une commande mal écrite. La bibliothèque n'expose pas ses fautes : on les distingue par leur nom."""
    match type(erreur).__name__:
        case "NoSuchOption":
            phrase = f"Option inconnue : {_option_inconnue(erreur)}"
        case "MissingParameter":
            phrase = f"Il manque {_nom(erreur)}"
        case "BadParameter":
            entier = erreur.param is not None and erreur.param.type_descriptor.annotation is int
            phrase = (
                f"{_nom(erreur)} : valeur refusée ; attendu : {'un nombre entier' if entier else 'une autre valeur'}"
            )
        case "BadOptionUsage" | "BadArgumentUsage":
            phrase = f"L'option {getattr(erreur, 'option_name', '')} ne s'écrit pas ainsi : il lui manque sa valeur"
        case _:
            phrase = _mal_ecrite(commande, arguments)
    return f"{phrase}{'' if phrase.endswith('?') else '.'} {_LISTE}"


def _option_inconnue(erreur: Any) -> str:
    connues = [nom for parametre in erreur.ctx.command.params for nom in parametre.opts] if erreur.ctx else []
    return f"{erreur.option_name}{vouliez_vous(erreur.option_name, connues)}"


def _nom(erreur: Any) -> str:
    return nom_de(erreur.param) if erreur.param is not None else "une valeur"


def _mal_ecrite(commande: Any, arguments: list[str]) -> str:
    connues = list(commande.commands)
    mots = [mot for mot in arguments if not mot.startswith("-")]
    if not mots:
        return "Il manque une commande"
    if mots[0] not in connues:
        return f"Commande inconnue : {mots[0]}{vouliez_vous(mots[0], connues)}"
    return f"{mots[0]} : un mot est de trop ou mal placé"
