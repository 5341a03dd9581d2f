"""L'index des personnes : de quoi retrouver un dossier qui ressemble, jamais un dossier discret."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from sqlalchemy import Connection, Table, bindparam, delete

from modele.dossier.chemins import est_element
from modele.dossier.operations import ChampPose
from modele.dossier.unites import est_table
from modele.fusion import EtatDossier, document
from modele.fusion.lecture import champs_en_vigueur
from modele.protection.etats import change_la_discretion, est_discret
from modele.ressemblance.fiches import Fiche, fiches, numero_nu
from modele.ressemblance.naissances import est_une_naissance
from modele.ressemblance.phonetique import PARTICULES, mots, ossature, son
from registre.base.copie import copier
from registre.base.schema import personne, terme
from registre.base.tableaux import parmi_les

NUMERO: Final = "demande#numero_unique"
_LISTES: Final = ("foyer.personnes", "foyer.colocataires")
_RACINES: Final = ("demandeur", "codemandeur", *_LISTES)
_AUTRES_TELEPHONES: Final = ("contact.telephone_autre", "contact.tiers_telephone")
_CHAMPS: Final = ("contact.telephone", *_AUTRES_TELEPHONES, "demande.numero_unique")
_IDENTITE: Final = "#identite"
_SEULES: Final = ("demandeur#identite", "codemandeur#identite", "contact#telephone", *_AUTRES_TELEPHONES, NUMERO)
_MOT_AU_PLUS: Final = 24
# Ce qu'un dossier met dans l'index est borné : chaque nom s'y croise avec chaque prénom.
PERSONNES_AU_PLUS: Final = 60
_MOTS_CROISES: Final = 8
_MOTS_SEULS: Final = 16
_NOM_AU_PLUS: Final = 120
_NUMERO_AU_PLUS: Final = 40
# Les clés d'un seul mot : d'une personne qui n'a qu'un nom, et de toutes.
_SEUL: Final = "1"
_TOUS: Final = "0"
# En dessous, des consonnes ne désignent plus personne : le mot tel qu'on l'entend.
_OSSATURE_PARLANTE: Final = 3
_EFFACER: Final = {
    table.name: delete(table).where(table.c.territoire == bindparam("territoire"), parmi_les(table.c.dossier, "ids"))
    for table in (personne, terme)
}


def concerne(champs: Mapping[str, ChampPose]) -> bool:
    """Vrai si l'index dépend de l'un de ces champs ; d'une table entière, toujours."""
    return _touche(champs, (*_RACINES, *_CHAMPS)) or change_la_discretion(champs)


def renomme(champs: Mapping[str, ChampPose]) -> bool:
    """Vrai si l'un de ces champs peut changer un nom, ou qui est dans le dossier."""
    return _touche(champs, _RACINES)


def _touche(champs: Mapping[str, ChampPose], lesquels: tuple[str, ...]) -> bool:
    return any(
        chemin.startswith(lesquels) or est_table(champ.apres) or est_table(champ.avant)
        for chemin, champ in champs.items()
    )


def cherchables(etat: EtatDossier) -> list[Fiche]:
    """Les personnes d'un dossier telles que l'index les garde (``PERSONNES_AU_PLUS``) ; aucune s'il est discret."""
    if est_discret(etat):
        return []
    unites = etat.unites
    listes = [cle for cle in unites if cle.startswith(_LISTES)]
    # Un élément retiré ne se montre pas, et seul le document entier sait le dire ; il y en a rarement.
    if any(map(est_element, listes)):
        trouvees = fiches(document(etat))
    else:
        utiles = [*(cle for cle in _SEULES if cle in unites), *(cle for cle in listes if cle.endswith(_IDENTITE))]
        # Le reste du document coûterait plus que l'index.
        trouvees = fiches(champs_en_vigueur({cle: unites[cle] for cle in utiles}))
    return [_bornee(fiche) for fiche in _au_plus(trouvees)]


def _au_plus(trouvees: Sequence[Fiche]) -> Sequence[Fiche]:
    """Autant de personnes que l'index en garde ; un téléphone sans nom, à la fin, ne cède pas sa place."""
    if len(trouvees) <= PERSONNES_AU_PLUS:
        return trouvees
    nommees = [fiche for fiche in trouvees if fiche.noms or fiche.prenoms]
    autres = [fiche for fiche in trouvees if not (fiche.noms or fiche.prenoms)]
    return [*nommees[: PERSONNES_AU_PLUS - len(autres)], *autres][:PERSONNES_AU_PLUS]


def sons(dits: Iterable[str]) -> list[str]:
    """Ce qu'on entend de ces mots, chacun une fois."""
    return list(dict.fromkeys([ossature(mot[:_MOT_AU_PLUS]) for mot in dits]))


def paires(noms: Sequence[str], prenoms: Sequence[str]) -> Iterator[str]:
    """Les clés d'un nom avec un prénom, tels qu'on les entend, dans un ordre fixe : l'un a pu s'écrire pour l'autre."""
    for nom in sons(noms[:_MOTS_CROISES]):
        yield from (" ".join(sorted((nom, prenom))) for prenom in sons(prenoms[:_MOTS_CROISES]))


def cles_gardees(fiche: Fiche) -> set[str]:
    """Les clés du nom d'une personne : chaque nom avec chaque prénom, et chaque mot seul."""
    noms, prenoms = fiche.noms.split(), fiche.prenoms.split()
    seules = {_TOUS, *(() if noms and prenoms else (_SEUL,))}
    return {*paires(noms, prenoms), *(f"{sorte} {mot}" for sorte in seules for mot in _seuls([*noms, *prenoms]))}


def cles_cherchees(noms: Sequence[str], prenoms: Sequence[str]) -> tuple[list[str], list[str]]:
    """Où chercher un nom : ses mots croisés, puis chaque mot seul, parmi ceux qui n'en ont qu'un s'il a un prénom.

    Sans prénom dit, tout mot peut en être un ; et qui n'a qu'un nom n'a rien à croiser : il se cherche sur lui.
    """
    sorte = _SEUL if noms and prenoms else _TOUS
    dits = [*noms, *prenoms]
    croises = paires(noms, prenoms) if noms and prenoms else paires(dits, dits)
    return list(dict.fromkeys(croises)), [f"{sorte} {mot}" for mot in _seuls(dits)]


def _seuls(dits: Sequence[str]) -> list[str]:
    """Ce qu'on entend de chaque mot seul, particules exceptées s'il y a autre chose."""
    pleins = [mot[:_MOT_AU_PLUS] for mot in dits if mot not in PARTICULES] or [mot[:_MOT_AU_PLUS] for mot in dits]
    return [
        entendu if len(entendu := ossature(mot)) >= _OSSATURE_PARLANTE else son(mot) for mot in pleins[:_MOTS_SEULS]
    ]


def indexer(
    connexion: Connection, territoire: str, par_dossier: Mapping[str, Sequence[Fiche]], renommes: Container[str]
) -> None:
    """Ajoute ces personnes à l'index, où leurs dossiers ne sont pas ; ``renommes`` : ceux dont les noms s'ajoutent."""
    copier(
        connexion,
        personne,
        (
            (territoire, dossier, rang, *_colonnes(fiche))
            for dossier, trouvees in par_dossier.items()
            for rang, fiche in enumerate(trouvees)
        ),
    )
    copier(
        connexion,
        terme,
        (
            (territoire, cle, dossier)
            for dossier, trouvees in par_dossier.items()
            if dossier in renommes
            for cle in {cle for fiche in trouvees for cle in cles_gardees(fiche)}
        ),
    )


def retirer(connexion: Connection, territoire: str, dossiers: Sequence[str], renommes: Sequence[str]) -> None:
    """Retire de l'index les personnes de ces dossiers, et les noms de ceux qui en changent."""
    _effacer(connexion, territoire, personne, dossiers)
    _effacer(connexion, territoire, terme, renommes)


def _effacer(connexion: Connection, territoire: str, table: Table, dossiers: Sequence[str]) -> None:
    if dossiers:
        connexion.execute(_EFFACER[table.name], {"territoire": territoire, "ids": list(dossiers)})


def _colonnes(fiche: Fiche) -> tuple[Any, ...]:
    entendus = sons(f"{fiche.noms} {fiche.prenoms}".split())
    return fiche.role, fiche.noms, fiche.prenoms, fiche.naissance, fiche.telephone, fiche.numero, entendus


def mots_cherches(texte: str) -> list[str]:
    """Les mots d'un nom, bornés comme l'index les garde."""
    return " ".join(mots(texte))[:_NOM_AU_PLUS].split()


def numero_cherche(texte: str) -> str:
    """Un numéro sans espaces ni ponctuation, borné comme l'index le garde."""
    return numero_nu(texte)[:_NUMERO_AU_PLUS]


def naissance_iso(texte: str) -> str:
    """La naissance si elle s'écrit en ISO, au jour, au mois ou à l'année ; rien sinon."""
    return texte if est_une_naissance(texte) else ""


def _bornee(fiche: Fiche) -> Fiche:
    """Un nom ou un numéro sans fin ne tient pas dans un index."""
    longueurs = (len(fiche.noms), len(fiche.prenoms), len(fiche.numero) + _NOM_AU_PLUS - _NUMERO_AU_PLUS)
    if max(longueurs) <= _NOM_AU_PLUS and fiche.naissance == naissance_iso(fiche.naissance):
        return fiche
    return replace(
        fiche,
        noms=_couper(fiche.noms),
        prenoms=_couper(fiche.prenoms),
        naissance=naissance_iso(fiche.naissance),
        numero=numero_cherche(fiche.numero),
    )


def _couper(noms: str) -> str:
    return noms[:_NOM_AU_PLUS].strip()
