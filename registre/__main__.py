"""``python -m registre`` : démarre le registre, ou exécute une commande."""

from __future__ import annotations

import sys

from registre.paroles import commande_nommee
from registre.programme import executer

if __name__ == "__main__":
    with commande_nommee():
        sys.exit(executer(sys.argv[1:]))
