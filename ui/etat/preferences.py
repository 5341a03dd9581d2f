"""Les réglages du poste, sans donnée personnelle : thème, taille du texte, délai de verrouillage, territoire.

Un fichier JSON à côté du coffre, écrit d'un coup. Abîmé ou absent, il vaut les réglages d'origine.
Essais : ``tests/ui/etat/test_preferences.py``.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Final, NamedTuple

from modele.regles.prive import dossier_prive
from ui.theme import ECHELLES, Nom

DELAIS: Final = (2, 5, 10, 15, 30)
"""Délais de verrouillage offerts, en minutes."""
EXEMPLAIRES: Final = (1, 2, 3, 4, 5)
"""Combien d'exemplaires d'un papier peuvent sortir d'un geste."""
SYSTEME: Final = "systeme"
"""Ni l'un ni l'autre thème : celui que le système demande (``ui.etat.allure``)."""


class Preferences(NamedTuple):
    """Les réglages. ``verrou_minutes`` : inactivité avant verrouillage. ``poste`` : nom du poste à l'écran.

    ``lieu`` : le lieu d'accueil que les papiers ordinaires portent en tête, d'après le territoire ; vide : aucun.
    ``theme`` : un des thèmes, ou ``SYSTEME``.
    ``imprimante``, ``recto_verso``, ``retenir``, ``exemplaires`` : la file d'impression de ce poste, comment elle sort
    le papier, et combien.
    ``essai`` : à la dernière ouverture, personne n'avait inscrit qui répond des données.
    """

    theme: str = Nom.CLAIR.value
    echelle: int = 100
    verrou_minutes: int = 5
    territoire: str = ""
    poste: str = ""
    lieu: str = ""
    essai: bool = True
    imprimante: str = ""
    recto_verso: bool = False
    retenir: bool = False
    exemplaires: int = 1


def dossier_de_donnees() -> Path:
    """Où vivent coffre, réglages et rapports : ``PERRON_DONNEES``, sinon le dossier de l'utilisateur."""
    if choisi := os.environ.get("PERRON_DONNEES"):
        return Path(choisi)
    from platformdirs import user_data_path

    return user_data_path("perron", appauthor=False)


def lire(dossier: Path) -> Preferences:
    """Les réglages du poste ; une valeur qui n'en est pas une reprend celle d'origine."""
    chemin = dossier / "reglages.json"
    if not chemin.exists():
        return Preferences()
    # Par Qt, déjà chargé : le module json retarderait la première fenêtre pour cette seule lecture.
    from PySide6.QtCore import QJsonDocument

    try:
        brut = QJsonDocument.fromJson(chemin.read_bytes()).toVariant()
    except OSError:
        return Preferences()
    connus: dict[str, Any] = {}
    for champ, origine in Preferences()._asdict().items():
        valeur = brut.get(champ) if isinstance(brut, dict) else None
        if type(valeur) is type(origine):
            connus[champ] = valeur
    lues = Preferences(**connus)
    return lues._replace(
        theme=lues.theme if lues.theme in {*Nom, SYSTEME} else Nom.CLAIR.value,
        echelle=lues.echelle if lues.echelle in ECHELLES else 100,
        verrou_minutes=lues.verrou_minutes if lues.verrou_minutes in DELAIS else 5,
        exemplaires=lues.exemplaires if lues.exemplaires in EXEMPLAIRES else 1,
    )


def ecrire(dossier: Path, preferences: Preferences) -> None:
    """Écrit les réglages par temporaire et remplacement. Lève ``OSError`` si le disque refuse."""
    import json

    dossier_prive(dossier)
    temporaire = dossier / "reglages.json.ecriture"
    temporaire.write_text(json.dumps(preferences._asdict(), indent=2), encoding="utf-8")
    temporaire.replace(dossier / "reglages.json")
