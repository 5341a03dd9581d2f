"""Les options que plusieurs commandes ont, et ce qu'elles rendent en JSON."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

Dossier = Annotated[Path, typer.Argument(metavar="DOSSIER", help="Le dossier, en JSON.")]
Json = Annotated[bool, typer.Option("--json", help="Rend du JSON.")]
Date = Annotated[str | None, typer.Option("--date", metavar="AAAA-MM-JJ", help="Date de calcul (aujourd'hui).")]
Lieu = Annotated[str | None, typer.Option("--territoire", metavar="T", help="Territoire.")]


def rendre_json(objet: Any) -> None:
    """Écrit cet objet en JSON, ses nombres exacts en nombres."""
    import msgspec

    texte = msgspec.json.Encoder(decimal_format="number", enc_hook=str).encode(objet).decode()
    print(texte)
