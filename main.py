"""Le point d'entrée : sans argument, ouvre l'application ; avec, exécute une commande."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Rend le code de sortie : 0, ou 2 pour une erreur de l'utilisateur, dite en français."""
    recus = list(sys.argv[1:] if arguments is None else arguments)
    if not recus:
        # La fenêtre d'abord : les commandes ne se chargent que si l'on en demande une.
        from ui.lancement import lancer

        return lancer(sys.argv[:1])
    from ui.console.programme import executer

    return executer(recus)


if __name__ == "__main__":
    sys.exit(main())
