"""Lit la fenêtre de Perron par AT-SPI, comme un lecteur d'écran : un autre processus, le Python du système, ``gi``.

Une ligne reçue (« lire »), une ligne JSON rendue : l'arbre montré. Aucune ligne de Perron n'est importée ici.
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

NOM = "Perron"


def application() -> Any:
    """Perron, tel qu'il s'annonce sur le bus d'accessibilité."""
    fin = time.monotonic() + 60
    while time.monotonic() < fin:
        bureau = Atspi.get_desktop(0)
        for rang in range(bureau.get_child_count()):
            un = bureau.get_child_at_index(rang)
            if un is not None and un.get_name() == NOM:
                return un
        time.sleep(0.1)
    raise SystemExit("Perron n'est pas sur le bus d'accessibilité")


def etats(objet: Any) -> list[str]:
    """Ses états, par leur nom."""
    return sorted(etat.value_nick for etat in objet.get_state_set().get_states())


def lire(objet: Any) -> dict[str, Any] | None:
    """L'objet et ce qu'il porte ; rien s'il ne se montre pas."""
    dits = etats(objet)
    if "showing" not in dits and objet.get_role_name() not in ("application", "popup menu"):
        return None
    place = objet.get_extents(Atspi.CoordType.SCREEN)
    enfants = [objet.get_child_at_index(rang) for rang in range(objet.get_child_count())]
    return {
        "role": objet.get_role_name(),
        "nom": objet.get_name() or "",
        "description": objet.get_description() or "",
        "etats": dits,
        "place": [place.x, place.y, place.width, place.height],
        "enfants": [lu for un in enfants if un is not None and (lu := lire(un)) is not None],
    }


def lire_posee() -> dict[str, Any] | None:
    """L'arbre lu d'un trait : ce qui part pendant qu'on lit (un fil répond, une liste se refait) fait relire."""
    for _ in range(20):
        racine = application()
        racine.clear_cache()
        try:
            return lire(racine)
        except GLib.GError:
            time.sleep(0.5)
    raise SystemExit("la page ne se pose pas")


def main() -> None:
    """Répond jusqu'à ce qu'on se taise."""
    Atspi.init()
    for _ligne in sys.stdin:
        print(json.dumps(lire_posee()), flush=True)


if __name__ == "__main__":
    main()
