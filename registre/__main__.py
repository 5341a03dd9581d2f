"""``python -m registre`` : démarre le registre, ou exécute une commande."""

from __future__ import annotations

import sys

from registre.programme import executer

if __name__ == "__main__":
    sys.exit(executer(sys.argv[1:]))
