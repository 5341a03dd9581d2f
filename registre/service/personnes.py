"""L'index des personnes : de quoi retrouver un dossier qui ressemble, jamais un dossier discret."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, replace
from typing import Final

from msgspec import structs
from sqlalchemy import Connection, delete

from modele.fusion import EtatDossier, document
from modele.ressemblance.fiches import Fiche, fiches
from modele.ressemblance.phonetique import ossature
from registre.base.copie import copier
from registre.base.schema import personne, terme
from registre.base.tableaux import parmi

_DISCRET: Final = "protection.discret"
_RACINES: Final = ("demandeur", "codemandeur", "foyer.personnes", "foyer.colocataires")
_CHAMPS: Final = ("contact#telephone", "demande#numero_unique", _DISCRET)
_ISO: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOT_AU_PLUS: Final = 24
_MOTS_AU_PLUS: Final = 6
_NUMERO_AU_PLUS: Final = 40


def se_cherche(unite: str) -> bool:
    """Vrai si l'index dépend de cette unité."""
    return unite.startswith(_RACINES) or unite in _CHAMPS


def cherchables(etat: EtatDossier) -> list[Fiche]:
    """Les personnes d'un dossier telles que l'index les garde ; aucune s'il est discret."""
    # Le document réduit à ce qui se cherche : le reste coûterait plus que l'index.
    utile = {cle: tetes for cle, tetes in etat.unites.items() if se_cherche(cle)}
    return [_bornee(fiche) for fiche in fiches(document(structs.replace(etat, unites=utile)))]


def sons(mots: Iterable[str]) -> list[str]:
    """Ce qu'on entend de ces mots, chacun une fois."""
    return list(dict.fromkeys(ossature(mot) for mot in mots))


def paires(noms: Sequence[str], prenoms: Sequence[str]) -> Iterator[str]:
    """Les clés d'un nom avec un prénom, tels qu'on les entend, dans un ordre fixe : l'un a pu s'écrire pour l'autre."""
    for nom in sons(noms):
        yield from (" ".join(sorted((nom, prenom))) for prenom in sons(prenoms))


def indexer(connexion: Connection, territoire: str, par_dossier: Mapping[str, Sequence[Fiche]]) -> None:
    """Ajoute ces personnes à l'index ; leurs dossiers n'y sont pas."""
    copier(
        connexion,
        personne,
        (
            (territoire, dossier, rang, *astuple(fiche), sons(f"{fiche.noms} {fiche.prenoms}".split()))
            for dossier, trouvees in par_dossier.items()
            for rang, fiche in enumerate(trouvees)
        ),
    )
    copier(
        connexion,
        terme,
        (
            (territoire, paire, dossier)
            for dossier, trouvees in par_dossier.items()
            for paire in {paire for fiche in trouvees for paire in paires(fiche.noms.split(), fiche.prenoms.split())}
        ),
    )


def retirer(connexion: Connection, territoire: str, dossiers: Sequence[str]) -> None:
    """Retire de l'index les personnes de ces dossiers."""
    for table in (personne, terme):
        connexion.execute(delete(table).where(table.c.territoire == territoire, parmi(table.c.dossier, dossiers)))


def naissance_iso(texte: str) -> str:
    """La date si elle s'écrit en ISO, rien sinon."""
    return texte if _ISO.fullmatch(texte) else ""


def _bornee(fiche: Fiche) -> Fiche:
    """Un nom ou un numéro sans fin ne tient pas dans un index."""
    return replace(
        fiche,
        noms=_mots(fiche.noms),
        prenoms=_mots(fiche.prenoms),
        naissance=naissance_iso(fiche.naissance),
        numero=fiche.numero[:_NUMERO_AU_PLUS],
    )


def _mots(texte: str) -> str:
    return " ".join(mot[:_MOT_AU_PLUS] for mot in texte.split()[:_MOTS_AU_PLUS])
