"""Les dates de tous les dossiers : tenues à chaque écriture, lues sans relire un document. Dans la transaction donnée.

Ce que le document dit seul se refait avec lui ; les délais de ses voies viennent d'un bilan et restent, même périmés,
jusqu'au suivant. D'un dossier discret, rien : qui le suit les tient de son document (``avis.suivis``).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, delete, func, insert, or_, select

from modele.coffre import schema
from modele.coffre.lignes import OUVERT, resumables, resume
from modele.coffre.listes import PAR_PAGE, Compte, PageDeRappels, Rappel
from modele.dossier.chemins import Document
from modele.dossier.dates_tenues import ORDONNANCE, DateTenue, Declaree, Nature, dates_tenues, declarees
from modele.dossier.operations import DOSSIER
from modele.protection.discretion import est_discret
from modele.protection.sensibles import dit_une_violence, par_toute_reponse

_RAPPEL: Final = schema.rappel.c
_DOSSIER: Final = schema.dossier.c


def ajouter(connexion: Connection, documents: Iterable[Document]) -> None:
    """Les dates que disent ces documents, qui n'en ont pas encore."""
    lignes = [ligne for document in documents for ligne in _lignes(document, dates_tenues(document))]
    if lignes:
        connexion.execute(insert(schema.rappel), lignes)


def refaire(connexion: Connection, avant: Document, apres: Document) -> None:
    """Le document a changé : ses dates suivent ; les délais de ses voies restent jusqu'au prochain bilan.

    Devenu discret, il n'en a plus aucune ici.
    """
    if (dates_tenues(avant), est_discret(avant)) == (dates_tenues(apres), est_discret(apres)):
        return
    perimees = () if est_discret(apres) else (_RAPPEL.nature != Nature.VOIE,)
    connexion.execute(delete(schema.rappel).where(_RAPPEL.dossier == apres["id"], *perimees))
    ajouter(connexion, [apres])


def noter_les_voies(connexion: Connection, document: Document, delais: Sequence[DateTenue]) -> None:
    """Les délais des voies de ce dossier, tels qu'un bilan vient de les dire, à la place des anciens."""
    connexion.execute(delete(schema.rappel).where(_RAPPEL.dossier == document["id"], _RAPPEL.nature == Nature.VOIE))
    lignes = {ligne["cle"]: ligne for ligne in _lignes(document, delais)}
    if lignes:
        connexion.execute(insert(schema.rappel), list(lignes.values()))


def oublier(connexion: Connection, dossier: str) -> None:
    """Ce dossier n'a plus de date ici."""
    connexion.execute(delete(schema.rappel).where(_RAPPEL.dossier == dossier))


# Ce que tous lisent


def compter(connexion: Connection, jour: date) -> list[Compte]:
    """Combien pressent ce jour-là, par sorte et par rappel : « d'ici trente jours » ne compte pas « d'ici sept »."""
    return [
        compte
        for nature, declaree in declarees().items()
        for compte in _comptes(connexion, nature, declaree, jour)
        if compte.nombre
    ]


def lister(connexion: Connection, natures: Collection[Nature], jour: date, page: int) -> PageDeRappels:
    """Une page de ce qui presse, le plus ancien d'abord ; la dernière s'il y en a moins que demandé."""
    voulus = or_(*(and_(*_presse(nature, declarees()[nature], jour)) for nature in natures))
    requete = _avec_dossier().where(voulus, _RAPPEL.commun, _DOSSIER.discret.is_(False))
    total = connexion.execute(select(func.count()).select_from(requete.subquery())).scalar_one()
    page = max(0, min(page, (total - 1) // PAR_PAGE))
    lues = connexion.execute(
        requete.order_by(_RAPPEL.le, _RAPPEL.dossier, _RAPPEL.cle).limit(PAR_PAGE).offset(page * PAR_PAGE)
    )
    return PageDeRappels(tuple(map(_rappel, lues)), page, total)


def reserves() -> Select[Any]:
    """Les dossiers ordinaires dont une date dirait une violence : à qui en répond, jamais dans une liste commune."""
    return select(_RAPPEL.dossier).where(_RAPPEL.commun.is_(False)).distinct()


def _lignes(document: Document, dates: Iterable[DateTenue]) -> Iterable[dict[str, Any]]:
    if est_discret(document):
        return
    for une in dates:
        yield {
            "dossier": document["id"],
            "cle": une.cle,
            "nature": str(une.nature),
            "le": une.le.isoformat(),
            "fin": (une.fin or une.le).isoformat(),
            "depuis": une.depuis.isoformat() if une.depuis else "",
            "objet": une.objet,
            "libelle": une.libelle,
            "commun": not _reservee(une),
        }


def _reservee(une: DateTenue) -> bool:
    """Vrai si cette seule date dirait une violence, même dans un dossier que tous voient."""
    if une.nature is Nature.ORDONNANCE:
        return par_toute_reponse(ORDONNANCE)
    return dit_une_violence("suites.orientation", une.objet)


def _comptes(connexion: Connection, nature: Nature, declaree: Declaree, jour: date) -> Iterable[Compte]:
    deja = -1
    for avant in sorted(declaree.rappels):
        bornes = _presse(nature, declaree, jour, avant, deja)
        requete = select(func.count(), func.min(_RAPPEL.le), func.min(func.nullif(_RAPPEL.depuis, "")))
        nombre, le, depuis = connexion.execute(requete.where(_RAPPEL.commun, *bornes)).one()
        yield Compte(nature, avant, nombre, _jour(le), _jour(depuis))
        deja = avant


def _presse(
    nature: Nature, declaree: Declaree, jour: date, avant: int | None = None, deja: int = -1
) -> list[ColumnElement[bool]]:
    """Ce qui presse de cette sorte : au rappel dit (à tous, si rien n'est dit), et pas encore trop ancien."""
    jusqu_au = jour + timedelta(max(declaree.rappels) if avant is None else avant)
    bornes = [_RAPPEL.nature == nature, _RAPPEL.le <= jusqu_au.isoformat()]
    if deja >= 0:
        bornes.append(_RAPPEL.le > (jour + timedelta(deja)).isoformat())
    if nature is Nature.VOIE:
        # Passée, plus rien n'est à faire ; entre les deux dates, si.
        bornes.append(_RAPPEL.fin >= jour.isoformat())
    elif declaree.montre is not None:
        bornes.append(_RAPPEL.fin >= (jour - timedelta(declaree.montre)).isoformat())
    return bornes


def _avec_dossier() -> Any:
    colonnes = [_RAPPEL.cle, _RAPPEL.nature, _RAPPEL.le, _RAPPEL.fin, _RAPPEL.depuis, _RAPPEL.objet, _RAPPEL.libelle]
    return (
        resumables()
        .add_columns(*colonnes)
        .join(schema.rappel, _RAPPEL.dossier == _DOSSIER.id)
        .where(_DOSSIER.etat == OUVERT, _DOSSIER.genre == DOSSIER)
    )


def _rappel(ligne: Row[Any]) -> Rappel:
    return Rappel(ligne.id, resume(ligne), _date(ligne))


def _date(ligne: Row[Any]) -> DateTenue:
    fin = _jour(ligne.fin)
    le = date.fromisoformat(ligne.le)
    return DateTenue(
        Nature(ligne.nature), ligne.cle, le, None if fin == le else fin, _jour(ligne.depuis), ligne.objet, ligne.libelle
    )


def _jour(ecrit: str | None) -> date | None:
    return date.fromisoformat(ecrit) if ecrit else None
