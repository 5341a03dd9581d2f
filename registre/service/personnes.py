"""L'index des personnes : de quoi retrouver un dossier qui ressemble, jamais un dossier discret."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, replace
from typing import Final

from msgspec import structs
from sqlalchemy import Connection, delete

from modele.dossier.operations import ChampPose
from modele.dossier.unites import est_table
from modele.fusion import EtatDossier, document
from modele.ressemblance.fiches import Fiche, fiches, numero_nu
from modele.ressemblance.phonetique import mots, ossature
from registre.base.copie import copier
from registre.base.schema import personne, terme
from registre.base.tableaux import parmi

NUMERO: Final = "demande#numero_unique"
_RACINES: Final = ("demandeur", "codemandeur", "foyer.personnes", "foyer.colocataires")
_CHAMPS: Final = ("contact#telephone", "contact.telephone", NUMERO, "demande.numero_unique", "protection.discret")
_ISO: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOT_AU_PLUS: Final = 24
_MOTS_AU_PLUS: Final = 6
_NUMERO_AU_PLUS: Final = 40


def concerne(champs: Mapping[str, ChampPose]) -> bool:
    """Vrai si l'index dépend de l'un de ces champs ; d'une table entière, toujours."""
    return any(
        _se_cherche(chemin) or est_table(champ.apres) or est_table(champ.avant) for chemin, champ in champs.items()
    )


def cherchables(etat: EtatDossier) -> list[Fiche]:
    """Les personnes d'un dossier telles que l'index les garde ; aucune s'il est discret."""
    # Le document réduit à ce qui se cherche : le reste coûterait plus que l'index.
    utile = {cle: tetes for cle, tetes in etat.unites.items() if _se_cherche(cle)}
    return [_bornee(fiche) for fiche in fiches(document(structs.replace(etat, unites=utile)))]


def sons(dits: Iterable[str]) -> list[str]:
    """Ce qu'on entend de ces mots, chacun une fois."""
    return list(dict.fromkeys(map(ossature, dits)))


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


def mots_cherches(texte: str, au_plus: int = _MOTS_AU_PLUS) -> list[str]:
    """Les mots d'un nom, bornés comme l'index les garde."""
    return [mot[:_MOT_AU_PLUS] for mot in mots(texte)[:au_plus]]


def numero_cherche(texte: str) -> str:
    """Un numéro sans espaces ni ponctuation, borné comme l'index le garde."""
    return numero_nu(texte)[:_NUMERO_AU_PLUS]


def naissance_iso(texte: str) -> str:
    """La date si elle s'écrit en ISO, rien sinon."""
    return texte if _ISO.fullmatch(texte) else ""


def _bornee(fiche: Fiche) -> Fiche:
    """Un nom ou un numéro sans fin ne tient pas dans un index."""
    return replace(
        fiche,
        noms=" ".join(mots_cherches(fiche.noms)),
        prenoms=" ".join(mots_cherches(fiche.prenoms)),
        naissance=naissance_iso(fiche.naissance),
        numero=numero_cherche(fiche.numero),
    )


def _se_cherche(cle: str) -> bool:
    """Vrai si l'index dépend de ce champ ou de cette unité."""
    return cle.startswith(_RACINES) or cle in _CHAMPS
