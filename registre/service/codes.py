"""Les codes d'enrôlement, et le texte unique qui les porte jusqu'au poste.

``perron://hote:port/<territoire>/<code>/<empreinte de l'autorité>`` : le poste vérifie le registre par l'empreinte
avant de lui dire le code. ``perron+https://…`` : le certificat est public ; ``perron+http://…`` : sans TLS, aux essais.
"""

from __future__ import annotations

import secrets
from typing import Final

from modele.dossier.codes import ALPHABET

# 20 signes de 31 : 99 bits.
_SIGNES: Final = 20
_SEPARATEURS: Final = str.maketrans("", "", " \u00a0\t\r\n-")


def nouveau_code(territoire: str) -> str:
    """``metropole-exemple/ABCD-EFGH-…`` : le territoire, puis un secret en groupes de quatre signes."""
    signes = "".join(secrets.choice(ALPHABET) for _ in range(_SIGNES))
    return f"{territoire}/{'-'.join(signes[debut : debut + 4] for debut in range(0, _SIGNES, 4))}"


def relire_code(saisie: str) -> tuple[str, str]:
    """Le territoire et le secret sans ses tirets, casse tolérée ; le secret est vide si ce n'est pas un code."""
    territoire, _, secret = saisie.strip().partition("/")
    return territoire, secret.upper().translate(_SEPARATEURS)


def invitation(adresse: str, code: str, empreinte: str) -> str:
    """Le texte à remettre au poste. ``adresse`` : ``hote:port``, ou ``https://…`` et ``http://…`` sans autorité locale.

    ``empreinte`` : SHA-256 de l'autorité locale, vide sans elle.
    """
    if empreinte:
        return f"perron://{adresse}/{code}/{empreinte}"
    return f"perron+{adresse.rstrip('/')}/{code}"
