"""Les écrans, un fichier (ou un paquet) chacun. Ajouter un écran : une ligne dans ``ECRANS``, une classe ``Ecran``.

Un écran ne s'importe qu'à sa première visite. Essais : ``tests/ui/ecrans``.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final, cast

if TYPE_CHECKING:
    from ui.ecrans.base import Ecran
    from ui.session import Session

ECRANS: Final = {
    "ouverture": "ui.ecrans.ouverture:EcranOuverture",
    "accueil": "ui.ecrans.accueil:EcranAccueil",
    "triage": "ui.ecrans.triage:EcranTriage",
    "entretien": "ui.ecrans.entretien:EcranEntretien",
    "cotation": "ui.ecrans.cotation:EcranCotation",
    "orientation": "ui.ecrans.orientation:EcranOrientation",
    "imprimer": "ui.ecrans.imprimer:EcranImprimer",
    "envois": "ui.ecrans.envois:EcranEnvois",
    "divergences": "ui.ecrans.divergences:EcranDivergences",
    "doublons": "ui.ecrans.doublons:EcranDoublons",
    "suivi": "ui.ecrans.suivi:EcranSuivi",
}


def fabriquer(nom: str, session: Session) -> Ecran:
    """L'écran ``nom``, neuf. Lève ``KeyError`` si aucun écran ne porte ce nom."""
    module, _, classe = ECRANS[nom].partition(":")
    return cast("Ecran", getattr(import_module(module), classe)(session))
