"""Le programme en ligne de commande : ses commandes, et ses erreurs dites en français, code de sortie 2."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click
import typer

from modele.regles.fautes import ErreurUtilisateur
from modele.regles.lecture import vouliez_vous
from ui.console import commandes

ERREUR = 2


def programme() -> typer.Typer:
    """Toutes les commandes."""
    app = typer.Typer(
        name="perron",
        help="Perron, le poste d'accueil de la demande de logement social. Sans commande : ouvre l'application.",
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["--aide", "--help"]},
    )
    commandes.inscrire(app)
    return app


def executer(arguments: Sequence[str]) -> int:
    """Exécute une commande ; l'erreur du monde se dit sur la sortie d'erreur, sans trace."""
    try:
        rendu = typer.main.get_command(programme()).main(list(arguments), prog_name="perron", standalone_mode=False)
    except ErreurUtilisateur as erreur:
        return _dire(str(erreur))
    except click.exceptions.Abort:
        return _dire("Commande interrompue.")
    except click.ClickException as erreur:
        return _dire(_en_francais(erreur))
    except BrokenPipeError:
        # Le lecteur de notre sortie s'est fermé (« | head ») : ce n'est pas une erreur à raconter.
        sys.stderr.close()
        return 0
    return rendu if isinstance(rendu, int) else 0


def _dire(phrase: str) -> int:
    print(phrase, file=sys.stderr)
    return ERREUR


def _en_francais(erreur: click.ClickException) -> str:
    aide = " (« python main.py --aide » liste les commandes et leurs options.)"
    match erreur:
        case click.NoSuchOption():
            connues = erreur.possibilities or []
            return f"Option inconnue : {erreur.option_name}{vouliez_vous(erreur.option_name, connues)}.{aide}"
        case click.MissingParameter():
            nom = erreur.param.human_readable_name if erreur.param else erreur.param_hint
            return f"Il manque {nom}.{aide}"
        case click.BadParameter():
            nom = erreur.param.human_readable_name if erreur.param else erreur.param_hint
            return f"{nom} : valeur refusée ({erreur.message}).{aide}"
        case click.BadOptionUsage():
            return f"L'option {erreur.option_name} attend une valeur.{aide}"
        case _:
            return f"Commande inconnue ou mal écrite : {erreur.format_message()}{aide}"
