"""Tenir l'index de recherche avec le document, dans la même transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, fields
from operator import attrgetter
from typing import Any, Final

from sqlalchemy import Connection, Row, delete, func, insert, select

from modele.coffre import rappels
from modele.coffre.schema import candidature, dossier, echeance, frequence, personne, porte_discrete, rappel
from modele.dossier.chemins import Document
from modele.dossier.documents import decoder
from modele.genres import livres
from modele.protection.discretion import rendre_discret
from modele.protection.referents import meme_agent, referents
from modele.ressemblance.fiches import Fiche, fiches
from modele.ressemblance.porte import porte
from modele.ressemblance.termes import termes_de_fiche

# ``astuple`` recopierait chaque texte en profondeur.
_COLONNES = attrgetter(*(champ.name for champ in fields(Fiche)))
_LOT = 500
_OUVERTS: Final = select(dossier.c.genre, dossier.c.document, dossier.c.discret).where(dossier.c.etat == "ouvert")
_COMPTER = (
    "INSERT INTO frequence(terme, nombre) VALUES (?, ?) "
    "ON CONFLICT(terme) DO UPDATE SET nombre = nombre + excluded.nombre"
)


def indexer(connexion: Connection, documents: Sequence[tuple[str, Document]]) -> None:
    """Ajoute à l'index des objets (chacun avec son genre) qui n'y sont pas encore ; seuls des genres à personnes."""
    cherches = [document for genre, document in documents if livres().du(genre).personnes]
    rappels.ajouter(connexion, cherches)
    _indexer(connexion, cherches)


def _indexer(connexion: Connection, cherches: Sequence[Document]) -> None:
    """Ce qui se cherche d'eux, et leur porte s'ils sont discrets."""
    personnes = [(document["id"], fiche) for document in cherches for fiche in fiches(document)]
    _ouvrir_les_portes(connexion, cherches)
    if personnes:
        _ajouter(connexion, personnes)


def refaire(connexion: Connection) -> None:
    """Refait tout l'index depuis les documents ouverts ; les échéances et les candidatures se reliront d'un bilan."""
    for table in (porte_discrete, personne, frequence, echeance, rappel, candidature):
        connexion.execute(delete(table))
    connexion.exec_driver_sql("INSERT INTO terme(terme) VALUES ('delete-all')")
    lignes = connexion.execute(_OUVERTS.order_by(dossier.c.id)).all()
    for debut in range(0, len(lignes), _LOT):
        indexer(connexion, [(ligne.genre, _tel_qu_il_se_cherche(ligne)) for ligne in lignes[debut : debut + _LOT]])


def refaire_les_portes(connexion: Connection) -> None:
    """Refait, des documents, ce que la porte « seul à seul » compare ; le reste de l'index n'y est pour rien."""
    connexion.execute(delete(porte_discrete))
    lignes = connexion.execute(_OUVERTS.where(dossier.c.discret.is_(True))).all()
    cherches = [_tel_qu_il_se_cherche(ligne) for ligne in lignes if livres().du(ligne.genre).personnes]
    _ouvrir_les_portes(connexion, cherches)


def refaire_les_rappels(connexion: Connection) -> None:
    """Refait, des documents ouverts, les dates qu'ils disent seuls ; les délais des voies se reliront d'un bilan."""
    for table in (echeance, rappel):
        connexion.execute(delete(table))
    for lot in connexion.execute(_OUVERTS).yield_per(_LOT).partitions():
        cherches = [_tel_qu_il_se_cherche(ligne) for ligne in lot if livres().du(ligne.genre).personnes]
        rappels.ajouter(connexion, cherches)


def reindexer(connexion: Connection, genre: str, avant: Document, apres: Document) -> None:
    """Remet l'index à jour si ce qui se cherche ou se date a changé ; ce qu'un bilan en disait ne vaut plus."""
    if not livres().du(genre).personnes:
        return
    _oublier_le_bilan(connexion, apres["id"])
    rappels.refaire(connexion, avant, apres)
    if (fiches(avant), _porte(avant)) != (fiches(apres), _porte(apres)):
        _desindexer(connexion, apres["id"])
        _indexer(connexion, [apres])


def desindexer(connexion: Connection, dossier: str) -> None:
    """Retire de l'index tout ce qui trouvait ce dossier, et ses dates."""
    _oublier_le_bilan(connexion, dossier)
    rappels.oublier(connexion, dossier)
    _desindexer(connexion, dossier)


def _desindexer(connexion: Connection, dossier: str) -> None:
    connexion.execute(delete(porte_discrete).where(porte_discrete.c.dossier == dossier))
    lignes = connexion.execute(select(personne).where(personne.c.dossier == dossier)).all()
    if lignes:
        connexion.exec_driver_sql("DELETE FROM terme WHERE rowid = ?", [(ligne.id,) for ligne in lignes])
        connexion.execute(delete(personne).where(personne.c.dossier == dossier))
        _compter(connexion, [termes_de_fiche(Fiche(*ligne[2:])) for ligne in lignes], -1)


def _tel_qu_il_se_cherche(ligne: Row[*tuple[Any, ...]]) -> Document:
    """Le document ; discret si le dossier se montre tel, parce que rien ne confirme encore qu'il ne l'est pas."""
    document: Document = decoder(ligne.document)
    return rendre_discret(document) if ligne.discret else document


def _ouvrir_les_portes(connexion: Connection, documents: Iterable[Document]) -> None:
    if portes := [ligne for document in documents if (ligne := _porte(document))]:
        connexion.execute(insert(porte_discrete), portes)


def _porte(document: Document) -> dict[str, Any]:
    """La ligne d'un dossier discret, vide s'il ne l'est pas."""
    comparable = porte(document)
    if comparable is None:
        return {}
    referent, suppleant = map(meme_agent, referents(document))
    return {"dossier": document["id"], **asdict(comparable), "referent": referent, "suppleant": suppleant}


def _oublier_le_bilan(connexion: Connection, dossier: str) -> None:
    """Ce qu'un bilan en avait dit : sa prochaine échéance, ce qu'une commission en lit."""
    for table in (echeance, candidature):
        connexion.execute(delete(table).where(table.c.dossier == dossier))


def _ajouter(connexion: Connection, personnes: Sequence[tuple[str, Fiche]]) -> None:
    # Le verrou d'écriture est tenu : personne d'autre ne prend ces numéros.
    premier = connexion.execute(select(func.coalesce(func.max(personne.c.id), 0) + 1)).scalar_one()
    termes = [termes_de_fiche(fiche) for _, fiche in personnes]
    connexion.exec_driver_sql(
        "INSERT INTO personne(id, dossier, role, noms, prenoms, naissance, telephone, numero) VALUES (?,?,?,?,?,?,?,?)",
        [(rang, dossier, *_COLONNES(fiche)) for rang, (dossier, fiche) in enumerate(personnes, premier)],
    )
    connexion.exec_driver_sql(
        "INSERT INTO terme(rowid, termes) VALUES (?, ?)",
        [(rang, " ".join(de_la_personne)) for rang, de_la_personne in enumerate(termes, premier)],
    )
    _compter(connexion, termes, 1)


def _compter(connexion: Connection, termes: Iterable[list[str]], signe: int) -> None:
    comptes = Counter(terme for de_la_personne in termes for terme in de_la_personne)
    connexion.exec_driver_sql(_COMPTER, [(terme, signe * nombre) for terme, nombre in comptes.items()])
