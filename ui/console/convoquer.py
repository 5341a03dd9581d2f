"""Le rendez-vous qu'un papier rappelle, lu d'un fichier : les clés de ``genres/rendez_vous.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

from modele.dossier.nomenclatures import nationales
from modele.regles.disque import lire
from modele.regles.fautes import ErreurUtilisateur
from modele.rendez_vous import Creneau, RendezVous, lire_heure

_DUREE: Final = 30
_JSON: Final = "{} : attendu un objet JSON : date, heure, lieu ; au besoin interprete, langue, deplace_le."
_DATE: Final = "{} : « date » : attendu AAAA-MM-JJ."
_HEURE: Final = "{} : « heure » : {}"
_CODE: Final = "{} : « {} » : « {} » n'est pas une réponse possible."
_LIEU: Final = "{} : « lieu » manque : l'identifiant d'un lieu de l'annuaire, ou son nom."


def lire_rendez_vous(fichier: Path, dossier: str) -> RendezVous:
    """Le rendez-vous de ce fichier JSON. Lève ``ErreurUtilisateur``."""
    dit = _lire(fichier)
    lieu = dit.get("lieu")
    if not isinstance(lieu, str) or not lieu:
        raise ErreurUtilisateur(_LIEU.format(fichier))
    return RendezVous(
        id="", dossier=dossier, reference="", creneau=Creneau(_jour(dit, fichier), _heure(dit, fichier), _DUREE, lieu),
        langue=_code(dit, fichier, "langue", "langue"),
        interprete=_code(dit, fichier, "interprete", "interprete_rendez_vous"),
        deplace_le=str(dit.get("deplace_le") or ""),
    )  # fmt: skip


def _lire(fichier: Path) -> Mapping[str, Any]:
    import msgspec

    try:
        dit = msgspec.json.decode(lire(fichier))
    except msgspec.DecodeError:
        dit = None
    if not isinstance(dit, dict):
        raise ErreurUtilisateur(_JSON.format(fichier))
    return dit


def _jour(dit: Mapping[str, Any], fichier: Path) -> date:
    try:
        return date.fromisoformat(str(dit.get("date")))
    except ValueError:
        raise ErreurUtilisateur(_DATE.format(fichier)) from None


def _heure(dit: Mapping[str, Any], fichier: Path) -> int:
    try:
        return lire_heure(str(dit.get("heure")))
    except ValueError as faute:
        raise ErreurUtilisateur(_HEURE.format(fichier, faute)) from None


def _code(dit: Mapping[str, Any], fichier: Path, cle: str, nomenclature: str) -> str:
    code = dit.get(cle) or ""
    if code and code not in nationales()[nomenclature].codes:
        raise ErreurUtilisateur(_CODE.format(fichier, cle, code))
    return str(code)
