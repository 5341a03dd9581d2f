"""Le contingent lu au coffre : les fichiers des bailleurs réunis en mémoire, et leur état un jour donné.

Rien ne s'écrit ici, sauf l'import, tout ou rien. polars ne se charge qu'à la première lecture. Chaque fichier lu
s'inscrit au journal du poste (``modele.coffre.contingents``).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from modele.attributions.colonnes import FichierDe, colonnes
from modele.contingents.conventions import ConventionTenue, pour_le_flux
from modele.contingents.designations import COLONNES, bilan
from modele.contingents.lots import Lot
from modele.contingents.previsions import reunir
from modele.contingents.publics import Place

if TYPE_CHECKING:
    import polars as pl

    from modele.attributions.conventions import Convention
    from modele.attributions.correspondance import Correspondance
    from modele.attributions.croisement import LigneCroisee
    from modele.attributions.etat import EtatDuFlux
    from modele.attributions.import_bailleur import EssaiBailleur
    from modele.chargement import Regles
    from modele.coffre import Coffre
    from modele.droits import Auteur
    from modele.territoire.modele import Territoire
    from ui.mots.bilan_flux import BilanDit


@dataclass(frozen=True, slots=True)
class Page:
    """Ce qu'on veut voir : tout, un bailleur (``siren``), ou une commune (``code_insee``)."""

    nom: str
    siren: str = ""
    code_insee: str = ""


@dataclass(frozen=True, slots=True)
class Contingent:
    """L'état d'une page un jour donné. ``pages`` : celles que les fichiers permettent.

    ``croisees`` : commune par commune et public par public, tu comme à des partenaires ; un écran se lit par-dessus
    l'épaule.
    """

    page: Page
    etat: EtatDuFlux
    croisees: tuple[LigneCroisee, ...]
    pages: tuple[Page, ...]
    designations: dict[Place, int]
    offerts: tuple[dict[str, object], ...]


def etablir(coffre: Coffre, auteur: Auteur, le: date, page: Page) -> Contingent:
    """Lit tous les fichiers qui servent et en établit l'état. Lève ``ErreurUtilisateur``."""
    import polars as pl

    from modele.attributions.croisement import publier_croisements
    from modele.attributions.etat import etat_du_flux
    from ui.mots import flux as mots

    tenus = coffre.contingents.lire(auteur, entier=False)
    attributions, logements = tables_de(coffre, auteur, tenus.lots)
    siennes = [une for une in tenus.conventions if une.annee == le.year]
    comptees = _pour_le_flux(siennes, page)
    decidees, offerts = _garder(attributions, page), _garder(logements, page)
    etat = etat_du_flux(decidees, offerts, le, comptees, reunir(tenus.previsions, siennes))
    de_l_annee = decidees.filter(pl.col("date_caleol").dt.year() == le.year).select(COLONNES).iter_rows(named=True)
    return Contingent(
        page,
        etat,
        publier_croisements(etat.croisements, mots.DIFFUSION_DU_CROISEMENT),
        _pages(attributions, logements),
        bilan(de_l_annee, siennes),
        tuple(offerts.iter_rows(named=True)),
    )


def logements_offerts(coffre: Coffre, auteur: Auteur) -> tuple[dict[str, object], ...]:
    """Les lignes de tous les fichiers de logements qui servent, lues en mémoire. Lève ``ErreurUtilisateur``."""
    lots = coffre.contingents.lire(auteur, entier=False).lots
    return tuple(_reunir(coffre, auteur, lots, FichierDe.LOGEMENTS).iter_rows(named=True))


def tirer_le_bilan(coffre: Coffre, auteur: Auteur, le: date, territoire: Territoire, pour: str) -> BilanDit:
    """Le bilan de l'année à ce jour, de tous les bailleurs, pour ces lecteurs. Relit les fichiers. Lève.

    Jamais d'une page seule : l'ensemble moins un bailleur redirait ce que le masque tait.
    """
    from modele.attributions.etat import etat_du_flux
    from ui.mots import bilan_flux

    tables = tables_du_coffre(coffre, auteur)
    communes = {code: une.nom for code, une in territoire.communes.items()}
    avis = [bilan_flux.FICTIF] if territoire.exemple else []
    diffusion = bilan_flux.diffusion_de(pour)
    return bilan_flux.tirer(tables, etat_du_flux(*tables, le), territoire.nom, communes, diffusion, avis)


def tables_du_coffre(coffre: Coffre, auteur: Auteur) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Les attributions et les logements de tous les fichiers qui servent, lus en mémoire. Lève."""
    return tables_de(coffre, auteur, coffre.contingents.lire(auteur, entier=False).lots)


def tables_de(coffre: Coffre, auteur: Auteur, lots: Sequence[Lot]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Les attributions, les logements offerts, de ces fichiers. Chaque lecture s'inscrit. Lève."""
    return (
        _reunir(coffre, auteur, lots, FichierDe.ATTRIBUTIONS),
        _reunir(coffre, auteur, lots, FichierDe.LOGEMENTS),
    )


def _pour_le_flux(siennes: Sequence[ConventionTenue], page: Page) -> list[Convention]:
    """D'une commune seule, ce qui est dû à tous dans le territoire n'aurait pas de sens : rien ne s'y compte."""
    if page.code_insee:
        return []
    lues = (pour_le_flux(une) for une in siennes if page.siren in ("", une.siren))
    return [une for une in lues if une is not None]


def _reunir(coffre: Coffre, auteur: Auteur, lots: Iterable[Lot], fichier: FichierDe) -> pl.DataFrame:
    """Les lignes de tous les fichiers de cette sorte ; d'une ligne envoyée deux fois, la dernière importée."""
    import polars as pl

    from modele.attributions.ipc import lire_ipc

    # Les lots viennent le dernier d'abord : sa ligne est la première, et reste.
    lus = [lire_ipc(coffre.contingents.contenu(un.id, auteur)) for un in lots if un.sorte == fichier]
    cles = [une.id for une in colonnes(fichier).values() if une.cle]
    reunies = pl.concat([_vide(fichier), *lus], how="diagonal_relaxed")
    return reunies.unique(subset=cles, keep="first", maintain_order=True)


@lru_cache
def _vide(fichier: FichierDe) -> pl.DataFrame:
    """Aucune ligne, et chaque colonne avec son type : un bailleur n'a pas donné toutes les siennes."""
    from modele.attributions.import_bailleur import essayer

    return essayer((";".join(colonnes(fichier)) + "\n").encode(), fichier, None, date.today()).table


def _garder(table: pl.DataFrame, page: Page) -> pl.DataFrame:
    import polars as pl

    if page.siren:
        return table.filter(pl.col("siren_bailleur") == page.siren)
    return table.filter(pl.col("code_insee") == page.code_insee) if page.code_insee else table


def _pages(*tables: pl.DataFrame) -> tuple[Page, ...]:
    """Tout, puis chaque bailleur, puis chaque commune, par nom."""
    bailleurs, communes = _nommes(tables, "siren_bailleur", "bailleur"), _nommes(tables, "code_insee", "commune")
    return (
        TOUT,
        *(Page(nom, siren=siren) for nom, siren in bailleurs),
        *(Page(nom, code_insee=code) for nom, code in communes),
    )


def _nommes(tables: Iterable[pl.DataFrame], code: str, nom: str) -> list[tuple[str, str]]:
    """Chaque nom et son code, par nom ; le code seul quand aucune ligne ne le nomme."""
    import polars as pl

    reunies = pl.concat([table.select(code, nom) for table in tables])
    dits = reunies.drop_nulls(code).group_by(code).agg(pl.col(nom).drop_nulls().first()).rows()
    return sorted((dit or lu, lu) for lu, dit in dits)


TOUT = Page("Tous les bailleurs")


# Importer.


def essayer_le_fichier(
    chemin: Path,
    fichier: FichierDe,
    dite: Correspondance | None,
    gardees: Iterable[str],
    jour: date,
    communes: Collection[str] = (),
) -> EssaiBailleur:
    """L'essai à blanc, comme l'agent l'a ``dite`` ; sinon, devinée ou l'une des ``gardees``, en JSON. Lève.

    ``communes`` : celles du territoire.
    """
    from modele.attributions.import_bailleur import essayer
    from modele.regles.disque import lire_octets
    from modele.regles.limites import OCTETS_AU_PLUS

    octets = lire_octets(chemin, OCTETS_AU_PLUS)
    connues = [lue for lue in (_connue(une, fichier) for une in dict.fromkeys(gardees)) if lue is not None]
    return essayer(octets, fichier, dite, jour, connues, communes)


def exiger_commune(regles: Regles | None, code: str) -> None:
    """Lève ``ErreurUtilisateur``, avec une proposition, si ce code n'est pas celui d'une commune ; vide : rien.

    À appeler hors du fil de l'écran : les communes de France ne se lisent que si le territoire n'a pas celle-ci.
    """
    if regles is not None and code and code not in regles.territoire.communes:
        regles.national.pays.france.trouver(code)


def _connue(ecrite: str, fichier: FichierDe) -> Correspondance | None:
    """Celle qui est gardée, si elle se lit et qu'elle est de cette sorte de fichier."""
    import msgspec

    from modele.attributions.correspondance import Correspondance

    try:
        lue = msgspec.json.decode(ecrite, type=Correspondance) if ecrite else None
    except msgspec.DecodeError:
        return None
    return lue if lue is not None and lue.fichier is fichier else None


def lot_de(essai: EssaiBailleur, nom: str, jour: date) -> Lot:
    """Ce qu'on garde de ce fichier : de quels bailleurs, de quelle année, comment ils nomment leurs colonnes."""
    import msgspec

    nommes, sirens = (essai.table[colonne].drop_nulls().unique() for colonne in ("bailleur", "siren_bailleur"))
    bailleurs = sorted(nommes if len(nommes) else sirens)
    decidees = [un for un in essai.table["date_caleol"] if un] if essai.fichier is FichierDe.ATTRIBUTIONS else []
    return Lot(
        sorte=str(essai.fichier),
        bailleur=" ; ".join(bailleurs),
        annee=max(decidees).year if decidees else jour.year,
        fichier=nom,
        lignes=essai.table.height,
        correspondance=msgspec.json.encode(essai.correspondance).decode(),
    )


def importer(coffre: Coffre, auteur: Auteur, essai: EssaiBailleur, lot: Lot, remplace: str) -> Lot:
    """Garde ses lignes bonnes, tout ou rien."""
    from modele.attributions.ipc import ecrire_ipc

    return coffre.contingents.importer(lot, ecrire_ipc(essai.table), auteur, remplace)
