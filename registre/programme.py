"""Le programme : ses commandes, et ses erreurs dites en français, code de sortie 2, jamais de trace."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

import typer

from modele.regles.fautes import ErreurUtilisateur
from modele.regles.lecture import vouliez_vous
from modele.regles.memoire import sans_vidage
from registre.aide import DEMANDES, aide, nom_de
from registre.commandes import COMMANDES, DEMARRER

ERREUR: Final = 2
# La bibliothèque garde pour elle le Ctrl+C, et rend ce nombre.
_INTERROMPUE: Final = 130
_LISTE: Final = "(« python -m registre --aide » liste les commandes et leurs options.)"


def executer(arguments: Sequence[str]) -> int:
    """Exécute une commande, « demarrer » si aucune n'est nommée ; rend 0, ou 2 après une phrase d'erreur."""
    # Des noms sont en mémoire : la mort du registre ne les écrit pas sur le disque.
    sans_vidage()
    commande: Any = typer.main.get_command(_programme())
    recus = list(arguments)
    try:
        with _arret_demande():
            return _mener(commande, recus)
    except ErreurUtilisateur as erreur:
        return _dire(str(erreur))
    except typer.TyperException as erreur:
        return _dire(f"{_en_francais(erreur, commande, recus)} {_LISTE}")
    except (typer.Abort, KeyboardInterrupt):
        return _dire("Commande interrompue.")


def _programme() -> typer.Typer:
    app = typer.Typer(
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": []},
    )
    for nom, fonction in COMMANDES.items():
        app.command(nom)(fonction)
    return app


def _mener(commande: Any, arguments: list[str]) -> int:
    if any(mot in DEMANDES for mot in arguments):
        print(aide(commande.commands, arguments))
        return 0
    if not arguments or arguments[0].startswith("-"):
        arguments = [DEMARRER, *arguments]
    if commande.main(arguments, prog_name="registre", standalone_mode=False) == _INTERROMPUE:
        raise KeyboardInterrupt
    sys.stdout.flush()
    return 0


@contextmanager
def _arret_demande() -> Iterator[None]:
    """SIGTERM vaut Ctrl+C : ce qui est ouvert se ferme, PostgreSQL compris."""
    avant = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, avant)


def _dire(phrase: str) -> int:
    print(phrase, file=sys.stderr)
    return ERREUR


def _en_francais(erreur: Any, commande: Any, arguments: list[str]) -> str:
    """La phrase d'une commande mal écrite. La bibliothèque n'expose pas ses fautes : on les distingue par leur nom."""
    match type(erreur).__name__:
        case "NoSuchOption":
            connues = [nom for parametre in erreur.ctx.command.params for nom in parametre.opts]
            voisine = vouliez_vous(erreur.option_name, connues)
            return f"Option inconnue : {erreur.option_name}{voisine or '.'}"
        case "MissingParameter":
            return f"Il manque {nom_de(erreur.param)}."
        case "BadParameter":
            return f"{nom_de(erreur.param)} : cette valeur ne convient pas."
        case "BadOptionUsage" | "BadArgumentUsage":
            return f"Il manque la valeur de {getattr(erreur, 'option_name', 'l’option')}."
        case _ if arguments[0] not in commande.commands:
            return f"Commande inconnue : {arguments[0]}{vouliez_vous(arguments[0], commande.commands) or '.'}"
        case _:
            return f"{arguments[0]} : un mot est de trop ou mal placé."
