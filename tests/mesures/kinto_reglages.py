"""Les réglages de Kinto, essayés un à un autour de ceux retenus : ``python tests/mesures/kinto_reglages.py``.

Sur une machine partagée, le même réglage varie du simple au triple : les tours alternent, et le meilleur compte.
"""

from __future__ import annotations

from dataclasses import astuple, replace

import kinto
from debits import Debits
from dossiers_reels import dossiers
from kinto import Reglages
from postgres import postgres

NOMBRE = 2000
TOURS = 3
_RETENUS = Reglages()
ESSAYES = {
    "retenus": _RETENUS,
    "une collection, une connexion": replace(_RETENUS, collections=1, connexions=1),
    "une collection, deux connexions": replace(_RETENUS, collections=1),
    "deux collections, quatre connexions": replace(_RETENUS, connexions=4),
    "quatre collections, quatre connexions": replace(_RETENUS, collections=4, connexions=4),
    "deux fils par processus": replace(_RETENUS, fils=2),
    "une permission par dossier": replace(_RETENUS, permissions=True),
    "POST": replace(_RETENUS, creer="POST"),
    "lots de 25": replace(_RETENUS, lot=25),
    "lots de 50": replace(_RETENUS, lot=50),
    "lots de 250": replace(_RETENUS, lot=250),
    "pages de 250, PUT": replace(_RETENUS, page=250, retoucher="PUT"),
    "pages de 2000, JSON-PATCH": replace(_RETENUS, page=2000, retoucher="JSON-PATCH"),
    "pages de 5000, réponse entière": replace(_RETENUS, page=5000, reponse="full"),
    "deux retoucheurs": replace(_RETENUS, retoucheurs=2),
    "quatre retoucheurs": replace(_RETENUS, retoucheurs=4),
}


def main() -> None:
    """Imprime, par réglage, les meilleurs débits de tous les tours."""
    tous = dossiers(NOMBRE)
    meilleurs = dict.fromkeys(ESSAYES, Debits())
    with postgres() as serveur:
        for _ in range(TOURS):
            for nom, reglages in ESSAYES.items():
                with serveur.base_neuve("reglages") as adresse:
                    meilleurs[nom] = meilleurs[nom].meilleurs(kinto.debits(adresse, tous, reglages))
    for nom, debits in meilleurs.items():
        montes, descendus, retouches, seules = (f"{debit:.0f}" for debit in astuple(debits))
        print(f"{nom}, par seconde : {montes} montés, {descendus} descendus, {retouches} retouchés ({seules} un à un)")


if __name__ == "__main__":
    main()
