"""Le catalogue des faits bruts : tout champ du dossier dont une condition peut parler."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache, lru_cache
from typing import Final

from modele.dossier.inventaire import CODEMANDEUR, DEMANDEUR, PERSONNES, ChampDossier, Genre, inventaire
from modele.dossier.nomenclatures import Nomenclatures, nationales
from modele.regles.faits import PREFIXE_PERSONNE, ROLE, Catalogue, Fait, Groupes, Nombre, TypeFait

ROLES: Final = (DEMANDEUR, CODEMANDEUR, "autre")
TYPES: Final[dict[Genre, TypeFait]] = {
    Genre.BOOLEEN: TypeFait.BOOLEEN,
    Genre.ENTIER: TypeFait.ENTIER,
    Genre.DECIMAL: TypeFait.DECIMAL,
    Genre.DATE: TypeFait.DATE,
    Genre.CHOIX: TypeFait.CHOIX,
    Genre.COCHES: TypeFait.ENSEMBLE,
}


@lru_cache(maxsize=1)
def catalogue_brut() -> Catalogue:
    """Les faits bruts du dossier, avec les nomenclatures livrées et sans groupe de codes. Construit une fois.

    Ce que lisent les conditions, groupes compris, est dans ``Regles``.
    """
    return construire(nationales())


def construire(nomenclatures: Nomenclatures, groupes: Groupes | None = None) -> Catalogue:
    """Les faits bruts : un par champ hors liste, puis ``personne.<champ>`` et ``personne.role``.

    Texte libre, adresses et communes n'en sont pas.
    """
    return Catalogue([*_du_dossier(nomenclatures), *_de_personne(nomenclatures)], groupes)


@cache
def faits_de_liste(chemin: str) -> dict[str, Fait]:
    """Les faits d'un élément d'une liste, par chemin relatif (``montant`` pour ``revenu.montant``)."""
    liste = inventaire().listes[chemin]
    lus = ((c.chemin, _fait(f"{liste.prefixe}.", c, nationales(), (chemin,))) for c in liste.champs)
    return {relatif: fait for relatif, fait in lus if fait}


def _du_dossier(nomenclatures: Nomenclatures) -> Iterator[Fait]:
    for champ in inventaire().champs.values():
        if fait := _fait("", champ, nomenclatures, (champ.chemin,)):
            yield fait


def _de_personne(nomenclatures: Nomenclatures) -> Iterator[Fait]:
    yield Fait(ROLE, TypeFait.CHOIX, "Rôle de la personne dans la demande", codes=ROLES)
    for champ in inventaire().listes[PERSONNES].champs:
        chemins = [f"{debut}{champ.chemin}" for debut in (f"{DEMANDEUR}.", f"{CODEMANDEUR}.", PREFIXE_PERSONNE)]
        if fait := _fait(PREFIXE_PERSONNE, champ, nomenclatures, chemins):
            yield fait


def _fait(prefixe: str, dossier: ChampDossier, nomenclatures: Nomenclatures, champs: Sequence[str]) -> Fait | None:
    if dossier.genre not in TYPES:
        return None
    champ = dossier.champ
    return Fait(
        nom=f"{prefixe}{dossier.chemin}",
        type=TYPES[dossier.genre],
        definition=champ.definition,
        unite=champ.unite,
        minimum=_borne(dossier.genre, champ.minimum),
        maximum=_borne(dossier.genre, champ.maximum),
        decimales=champ.decimales,
        codes=tuple(nomenclatures[champ.nomenclature].codes) if champ.nomenclature else (),
        source=champ.source,
        champs=tuple(champs),
    )


def _borne(genre: Genre, borne: int | str | None) -> Nombre | date | None:
    if genre is Genre.DATE and isinstance(borne, str):
        return date.fromisoformat(borne)
    return None if isinstance(borne, str) else borne


@lru_cache(maxsize=1)
def nomenclatures_des_faits() -> Mapping[str, str]:
    """La liste de codes de chaque fait brut qui en a une."""
    trouvees = {nom: c.champ.nomenclature for nom, c in inventaire().champs.items() if c.champ.nomenclature}
    for champ in inventaire().listes[PERSONNES].champs:
        if champ.champ.nomenclature:
            for debut in (f"{DEMANDEUR}.", f"{CODEMANDEUR}.", PREFIXE_PERSONNE):
                trouvees[f"{debut}{champ.chemin}"] = champ.champ.nomenclature
    return trouvees
