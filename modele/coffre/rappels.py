"""Les dates de tous les dossiers, tenues à chaque écriture ; ``a_faire`` les lit. Dans la transaction donnée.

Ce que le document dit seul se refait avec lui ; les délais de ses voies viennent d'un bilan et restent, même périmés,
jusqu'au suivant. D'un dossier discret, rien : qui le suit les tient de son document (``avis.suivis``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, delete, func, insert, select, update

from modele.coffre import reports, schema
from modele.dossier.chemins import Document
from modele.dossier.dates_tenues import ORDONNANCE, DateTenue, Nature, attend_une_reponse, dates_tenues
from modele.dossier.situation import elements
from modele.dossier.voies_ephemeres import SUITES
from modele.protection.discretion import est_discret
from modele.protection.referents import meme_agent, referents
from modele.protection.sensibles import dit_une_violence, par_toute_reponse

_RAPPEL: Final = schema.rappel.c
_BARRE: Final = "|"


def ajouter(connexion: Connection, documents: Iterable[Document]) -> None:
    """Les dates que disent ces documents, qui n'en ont pas encore."""
    lignes = [ligne for document in documents for ligne in _lignes(document, dates_tenues(document))]
    if lignes:
        connexion.execute(insert(schema.rappel), lignes)


def refaire(connexion: Connection, avant: Document, apres: Document) -> None:
    """Le document a changé : ses dates suivent ; les délais de ses voies restent jusqu'au prochain bilan.

    Devenu discret, il n'en a plus aucune ici.
    """
    if _dit(avant) == _dit(apres):
        return
    perimees = () if est_discret(apres) else (_RAPPEL.nature != Nature.VOIE,)
    connexion.execute(delete(schema.rappel).where(_RAPPEL.dossier == apres["id"], *perimees))
    ajouter(connexion, [apres])
    connexion.execute(update(schema.rappel).where(_RAPPEL.dossier == apres["id"]).values(qui=qui_en_repond(apres)))
    reports.suivre(connexion, apres["id"], {une.cle for une in dates_tenues(apres)})


def noter_les_voies(connexion: Connection, document: Document, delais: Sequence[DateTenue]) -> None:
    """Les délais des voies de ce dossier, tels qu'un bilan vient de les dire, à la place des anciens."""
    connexion.execute(delete(schema.rappel).where(_RAPPEL.dossier == document["id"], _RAPPEL.nature == Nature.VOIE))
    lignes = {ligne["cle"]: ligne for ligne in _lignes(document, delais)}
    if lignes:
        connexion.execute(insert(schema.rappel), list(lignes.values()))
    reports.suivre_les_voies(connexion, document["id"], lignes)


def oublier(connexion: Connection, dossier: str) -> None:
    """Ce dossier n'a plus de date ici."""
    connexion.execute(delete(schema.rappel).where(_RAPPEL.dossier == dossier))


def qui_en_repond(document: Document) -> str:
    """Les agents nommés : référent, suppléant, qui suit une orientation sans réponse ; chacun entre deux barres."""
    suivent = (une.get("suivie_par") for une in elements(document, SUITES).values() if attend_une_reponse(une))
    noms = {meme_agent(nom) for nom in (*referents(document), *suivent) if isinstance(nom, str) and nom.strip()}
    return f"{_BARRE}{_BARRE.join(sorted(noms))}{_BARRE}" if noms else ""


def est_nomme(agent: str) -> ColumnElement[bool]:
    """Cet agent est de ceux qui en répondent."""
    return func.instr(_RAPPEL.qui, f"{_BARRE}{meme_agent(agent)}{_BARRE}") > 0


def _dit(document: Document) -> tuple[object, ...]:
    return dates_tenues(document), est_discret(document), qui_en_repond(document)


def reserves() -> Select[Any]:
    """Les dossiers ordinaires dont une date dirait une violence : à qui en répond, jamais dans une liste commune."""
    return select(_RAPPEL.dossier).where(_RAPPEL.commun.is_(False)).distinct()


def _lignes(document: Document, dates: Iterable[DateTenue]) -> Iterable[dict[str, Any]]:
    if est_discret(document):
        return
    qui = qui_en_repond(document)
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
            "qui": qui,
        }


def _reservee(une: DateTenue) -> bool:
    """Vrai si cette seule date dirait une violence, même dans un dossier que tous voient."""
    if une.nature is Nature.ORDONNANCE:
        return par_toute_reponse(ORDONNANCE)
    return dit_une_violence("suites.orientation", une.objet)
