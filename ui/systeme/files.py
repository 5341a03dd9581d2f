"""Ce qu'une file d'impression sait faire, et ce qu'elle retient : demandé à CUPS par la bibliothèque dont Qt se sert.

Qt envoie les pages, mais ne dit ni si la file retient, ni si elle demande un code (PWG 5100.11). Sur un poste sans
CUPS, rien n'est connu, et rien de cela ne s'offre. Ces appels attendent le réseau : jamais sur le fil de l'écran.
Essais : ``tests/ui/ecrans/test_imprimer_cups.py``.
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

_BIBLIOTHEQUE: Final = "libcups.so.2"
_P, _S, _I = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int
_LIBERER: Final = 0x000D
_OPERATION, _ENTIER, _NOM, _URI = 0x01, 0x21, 0x42, 0x45
_PREMIERE_ERREUR: Final = 0x0400
_EN_COURS: Final = 0
_RETENU: Final = 4
CODE_AU_PLUS: Final = 6
"""Chiffres du code qu'on donne, si la file en accepte autant : on le retient le temps d'aller à l'imprimante."""
_GARDENT_UN_FICHIER: Final = ("cups-pdf", "file")


@dataclass(frozen=True, slots=True)
class Capacites:
    """``retenue`` : la file attend qu'on libère. ``code`` : chiffres qu'elle demande à l'imprimante ; 0, aucun.

    ``sans_entete`` : elle peut se passer de la page qui nomme l'agent. ``fichier`` : elle n'imprime pas, elle écrit un
    fichier sur ce poste.
    """

    retenue: bool = False
    code: int = 0
    sans_entete: bool = False
    fichier: bool = False


INCONNUES: Final = Capacites()


class _Destination(ctypes.Structure):
    _fields_ = (("nom", _S), ("instance", _S), ("defaut", _I), ("combien", _I), ("options", _P))


class _Travail(ctypes.Structure):
    _fields_ = (
        ("id", _I), ("file", _S), ("titre", _S), ("agent", _S), ("format", _S), ("etat", _I), ("taille", _I),
        ("priorite", _I), ("fini", ctypes.c_long), ("cree", ctypes.c_long), ("commence", ctypes.c_long),
    )  # fmt: skip


# Fonction de CUPS -> (ce qu'elle rend, ce qu'elle reçoit).
_FONCTIONS: Final[dict[str, tuple[Any, tuple[Any, ...]]]] = {
    "cupsGetNamedDest": (ctypes.POINTER(_Destination), (_P, _S, _S)),
    "cupsFreeDests": (None, (_I, _P)),
    "cupsCopyDestInfo": (_P, (_P, _P)),
    "cupsFreeDestInfo": (None, (_P,)),
    "cupsFindDestSupported": (_P, (_P, _P, _P, _S)),
    "cupsGetOption": (_S, (_S, _I, _P)),
    "cupsGetJobs": (_I, (_P, _S, _I, _I)),
    "cupsFreeJobs": (None, (_I, _P)),
    "cupsCancelJob2": (_I, (_P, _S, _I, _I)),
    "cupsUser": (_S, ()),
    "cupsLastError": (_I, ()),
    "cupsDoRequest": (_P, (_P, _P, _S)),
    "ippNewRequest": (_P, (_I,)),
    "ippAddString": (_P, (_P, _I, _I, _S, _S, _S)),
    "ippAddInteger": (_P, (_P, _I, _I, _S, _I)),
    "ippDelete": (None, (_P,)),
    "ippGetCount": (_I, (_P,)),
    "ippGetString": (_S, (_P, _I, _P)),
    "ippGetInteger": (_I, (_P, _I)),
}


@cache
def _cups() -> Any:
    """La bibliothèque, ou ``None`` sur un poste qui ne l'a pas : Qt n'y imprime pas non plus par CUPS."""
    try:
        cups = ctypes.CDLL(_BIBLIOTHEQUE)
        for nom, (rendu, recus) in _FONCTIONS.items():
            fonction = getattr(cups, nom)
            fonction.restype, fonction.argtypes = rendu, recus
    except (OSError, AttributeError):
        return None
    return cups


def capacites(file: str) -> Capacites:
    """Ce que sait faire cette file ; rien si elle ne répond pas."""
    cups = _cups()
    destination = cups.cupsGetNamedDest(None, file.encode(), None) if cups is not None else None
    if not destination:
        return INCONNUES
    infos = cups.cupsCopyDestInfo(None, destination)
    try:
        return _lire(cups, destination, infos)
    finally:
        if infos:
            cups.cupsFreeDestInfo(infos)
        cups.cupsFreeDests(1, destination)


def _lire(cups: Any, destination: Any, infos: Any) -> Capacites:
    la = destination.contents
    adresse = (cups.cupsGetOption(b"device-uri", la.combien, la.options) or b"").decode(errors="replace")
    fichier = adresse.partition(":")[0] in _GARDENT_UN_FICHIER
    if not infos:
        return Capacites(fichier=fichier)
    chiffres = cups.cupsFindDestSupported(None, destination, infos, b"job-password")
    return Capacites(
        retenue="indefinite" in _mots(cups, destination, infos, b"job-hold-until"),
        code=min(CODE_AU_PLUS, cups.ippGetInteger(chiffres, 0)) if chiffres else 0,
        sans_entete="none" in _mots(cups, destination, infos, b"job-sheets"),
        fichier=fichier,
    )


def _mots(cups: Any, destination: Any, infos: Any, option: bytes) -> Sequence[str]:
    attribut = cups.cupsFindDestSupported(None, destination, infos, option)
    rangs = range(cups.ippGetCount(attribut)) if attribut else ()
    return [(cups.ippGetString(attribut, rang, None) or b"").decode(errors="replace") for rang in rangs]


def refuse() -> bool:
    """Vrai si CUPS vient de refuser ce que Qt lui envoyait, sur ce fil : Qt ne le dit pas."""
    cups = _cups()
    return cups is not None and cups.cupsLastError() >= _PREMIERE_ERREUR


def retenus(file: str) -> tuple[int, ...]:
    """Les travaux de cet agent que la file retient, du plus ancien au plus récent."""
    cups = _cups()
    if cups is None:
        return ()
    travaux = ctypes.POINTER(_Travail)()
    combien = cups.cupsGetJobs(ctypes.byref(travaux), file.encode(), 1, _EN_COURS)
    attendent = tuple(sorted(travaux[rang].id for rang in range(combien) if travaux[rang].etat == _RETENU))
    cups.cupsFreeJobs(max(0, combien), travaux)
    return attendent


def liberer(file: str, travail: int) -> bool:
    """Laisse sortir ce travail retenu. Faux si la file ne le veut pas, ou si le poste n'a pas CUPS."""
    cups = _cups()
    if cups is None:
        return False
    demande = cups.ippNewRequest(_LIBERER)
    cups.ippAddString(demande, _OPERATION, _URI, b"printer-uri", None, f"ipp://localhost/printers/{file}".encode())
    cups.ippAddInteger(demande, _OPERATION, _ENTIER, b"job-id", travail)
    cups.ippAddString(demande, _OPERATION, _NOM, b"requesting-user-name", None, cups.cupsUser())
    cups.ippDelete(cups.cupsDoRequest(None, demande, b"/jobs/"))
    return not refuse()


def retirer(file: str, travail: int) -> bool:
    """Ôte ce travail de la file sans l'imprimer. Faux si la file ne le veut pas, ou si le poste n'a pas CUPS."""
    cups = _cups()
    if cups is None:
        return False
    cups.cupsCancelJob2(None, file.encode(), travail, 0)
    return not refuse()
