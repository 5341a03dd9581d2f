"""Le dossier où une séance laisse ses papiers : d'une seule séance, ses références figées, ses lettres jamais refaites.

À côté des papiers, un fichier retient qui porte chaque référence, ce qui a été décidé, et les lettres écrites. Tout
s'écrit d'abord à côté, puis prend sa place : un échec ne laisse rien.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import msgspec
from msgspec.structs import replace

from modele.regles.disque import ecrire_ensemble, lire, raison
from modele.regles.fautes import ErreurUtilisateur
from modele.regles.prive import dossier_prive
from modele.seance.constat import Constat

TENU: Final = "seance-tenue.json"
_AUTRE: Final = "Choisissez un autre dossier."
_PAPIERS: Final = ("lettre-*.pdf", "proces-verbal.pdf", "dossier-des-membres.pdf")


class Tenu(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Ce que ce dossier retient. ``decide`` : l'empreinte de la séance sans ses réponses ; vide, elle se prépare."""

    logement: str
    commission: str
    tenue_le: str
    references: dict[str, str]
    decide: str = ""
    lettres: tuple[str, ...] = ()


def tenu_de(constat: Constat, logement: str) -> Tenu:
    """Ce que cette séance fera retenir, avant toute lettre."""
    seance = constat.seance
    sans = msgspec.json.encode(replace(seance, reponses=()))
    return Tenu(
        logement=logement,
        commission=seance.commission,
        tenue_le=seance.tenue_le.isoformat(),
        references={une.reference: une.propose.dossier for une in constat.lignes},
        decide=hashlib.sha256(sans).hexdigest() if constat.tenue else "",
    )


def lettres_deja(sortie: Path, neuf: Tenu, *, repond: bool) -> tuple[str, ...]:
    """Les lettres déjà écrites dans ce dossier. Lève ``ErreurUtilisateur`` s'il n'est pas de cette séance."""
    retenu = _relire(sortie / TENU)
    if retenu is None:
        _exiger_vide(sortie)
    elif (retenu.logement, retenu.commission, retenu.tenue_le) != (neuf.logement, neuf.commission, neuf.tenue_le):
        raise ErreurUtilisateur(f"{sortie} tient les papiers d'une autre séance. {_AUTRE}")
    else:
        _exiger_la_meme(sortie, retenu, neuf)
    if repond and (retenu is None or not retenu.decide):
        raise ErreurUtilisateur(
            f"{sortie} n'a pas les lettres de cette séance, et « reponses » dit qui y a répondu. Donnez en --sortie le "
            "dossier où elles sont ; ou tenez-la d'abord sans « reponses »."
        )
    return () if retenu is None else retenu.lettres


def _relire(fichier: Path) -> Tenu | None:
    if not fichier.exists():
        return None
    try:
        return msgspec.json.decode(lire(fichier), type=Tenu)
    except msgspec.MsgspecError:
        raise ErreurUtilisateur(f"{fichier} : ce fichier a été changé à la main. {_AUTRE}") from None


def _exiger_vide(sortie: Path) -> None:
    """Une lettre d'avant, sous une référence qui n'est plus la sienne, partirait à la mauvaise personne."""
    if restes := sorted(un.name for motif in _PAPIERS for un in sortie.glob(motif)):
        raise ErreurUtilisateur(
            f"{sortie} contient {', '.join(restes)}, qui n'est pas de cette séance. Ôtez-la, ou choisissez un autre "
            "dossier."
        )


def _exiger_la_meme(sortie: Path, retenu: Tenu, neuf: Tenu) -> None:
    change = [f"{nom} n'est plus {qui}" for nom, qui in retenu.references.items() if neuf.references.get(nom) != qui]
    if change:
        raise ErreurUtilisateur(
            f"{sortie} : des références changent de personne ({', '.join(change)}). Reprenez les candidats et les "
            "dossiers tels qu'ils étaient ; ou choisissez un autre dossier, et rendez aux membres le leur, refait."
        )
    if retenu.decide and retenu.decide != neuf.decide:
        raise ErreurUtilisateur(
            f"{sortie} : la séance n'est plus celle que disent ses lettres ; seules « reponses » changent après. "
            "Reprenez-la telle qu'elle était, ou choisissez un autre dossier pour tout refaire."
        )


def laisser(sortie: Path, octets: Mapping[str, bytes], neuf: Tenu, deja: tuple[str, ...]) -> tuple[Path, ...]:
    """Les papiers, et ce que le dossier retient, d'un coup. Lève ``ErreurUtilisateur`` ; rien n'est alors écrit."""
    lettres = (*deja, *(nom for nom in octets if nom.startswith("lettre-")))
    retenu = msgspec.json.encode(replace(neuf, lettres=lettres))
    papiers = {sortie / f"{nom}.pdf": papier for nom, papier in octets.items()}
    try:
        dossier_prive(sortie)
    except OSError as cause:
        raise ErreurUtilisateur(f"{sortie} : {raison(cause)}. {_AUTRE}") from None
    ecrire_ensemble(papiers | {sortie / TENU: retenu}, prive=True)
    return tuple(papiers)
