"""Qui a changé quoi dans un dossier, de quelle valeur à quelle valeur, quand : lu des opérations écrites sur ce poste.

Par lots, en SQL, dans la transaction qu'on donne ; chaque opération passe le mur (``modele.protection.histoire``) avant
d'être comptée : une page a toujours deux cents lignes qui se lisent, et sa suite n'est offerte que s'il en reste une.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import Any, Final

from msgspec import UNSET
from sqlalchemy import Connection, String, cast, select, text

from modele.coffre import envois, histoires, miroirs, mur, schema
from modele.coffre.lignes import operation_de
from modele.coffre.listes import Changement, PageDHistoire
from modele.dossier.chemins import ABSENT, Document
from modele.dossier.operations import Operation
from modele.dossier.unites import atomes, pareils
from modele.protection.discretion import est_discret
from modele.protection.histoire import changements_lisibles, document_de, element_tu

PAGE: Final = 200
_OPERATION: Final = schema.operation.c
_TOUCHE: Final = text(
    "EXISTS (SELECT 1 FROM json_each(CAST(operation.contenu AS TEXT)) AS champ WHERE champ.key = :chemin "
    "OR substr(champ.key, 1, length(:chemin) + 1) = :chemin || '.' "
    "OR substr(:chemin, 1, length(champ.key) + 1) = champ.key || '.')"
)
_Lot = tuple[int, tuple[Changement, ...]]


def page(connexion: Connection, courant: Document, chemin: str = "", avant: int | None = None) -> PageDHistoire:
    """Une page de l'histoire de ce document. ``chemin`` : une seule réponse ; ``avant`` : la suite d'une autre page."""
    lecture = _Lecture(connexion, courant)
    ailleurs = tuple(lecture.ailleurs(chemin)) if avant is None else ()
    trouves: list[Changement] = []
    rang: int | None = None
    for ou, lus in lecture.lots(chemin, avant):
        if len(trouves) >= PAGE:
            return PageDHistoire(tuple(lecture.dits(trouves, rang)), rang, ailleurs)
        trouves += lus
        rang = ou
    return PageDHistoire(tuple(lecture.dits(trouves, rang)), None, ailleurs)


class _Lecture:
    """Une lecture à travers le mur d'un dossier : ce qui s'y tait est lu une fois."""

    def __init__(self, connexion: Connection, courant: Document) -> None:
        self._connexion, self._dossier = connexion, courant["id"]
        # Ceux fondus en lui compris : les deux histoires restent.
        self._dossiers = histoires.avec_les_absorbes(connexion, courant["id"])
        self._discret = est_discret(courant)
        self._criteres = mur.criteres(connexion)
        self._tus = frozenset(self._elements_tus(courant))

    def lots(self, chemin: str, avant: int | None) -> Iterator[_Lot]:
        """Les opérations dont quelque chose se lit, de la plus récente : leur place, et ce qui s'en lit."""
        for ou, operation in self._operations(chemin, avant):
            lus = tuple(un for un in self._lire(operation) if _touche(un.chemin, chemin))
            if lus:
                yield ou, lus

    def ailleurs(self, chemin: str) -> list[Changement]:
        """Les réponses en vigueur que d'autres postes ont écrites, la plus récente d'abord."""
        etat = miroirs.etat_du_miroir(self._connexion, self._dossier)
        if etat is None:
            return []
        ici = set(self._connexion.scalars(select(_OPERATION.id).where(_OPERATION.dossier.in_(self._dossiers))))
        tetes = [
            (tete.valeurs, etat.auteurs[tete.operation])
            for tetes in etat.unites.values()
            for tete in tetes[:1]
            if tete.operation in etat.auteurs and tete.operation not in ici
        ]
        trouves = [
            Changement(nom, ABSENT, apres, origine.agent, origine.fait_le, poste=origine.poste)
            for valeurs, origine in tetes
            for nom, (_, apres) in self._lisibles({}, valeurs).items()
            if _touche(nom, chemin)
        ]
        return sorted(trouves, key=lambda un: un.quand, reverse=True)

    def dits(self, trouves: list[Changement], rang: int | None) -> Iterator[Changement]:
        """Ces changements, où un retour en arrière se dit. ``rang`` : la place de la dernière opération de la page."""
        for place, un in enumerate(trouves):
            precedents = (autre for autre in islice(trouves, place + 1, None) if autre.chemin == un.chemin)
            precedent = next(precedents, None) or self._precedent(un, rang)
            yield replace(un, retour=True) if precedent is not None and _revient(un, precedent) else un

    def _precedent(self, un: Changement, rang: int | None) -> Changement | None:
        """Le changement d'avant, sur une page suivante. Une réponse qui n'était pas n'a rien à y chercher."""
        if un.avant is ABSENT:
            return None
        lots = self.lots(un.chemin, rang)
        return next((autre for _, lus in lots for autre in lus if autre.chemin == un.chemin), None)

    def _operations(self, chemin: str, avant: int | None) -> Iterator[tuple[int, Operation]]:
        while True:
            requete = select(schema.operation, schema.ordre_des_operations.label("ordre"))
            requete = requete.where(_OPERATION.dossier.in_(self._dossiers), _OPERATION.contenu.is_not(None))
            requete = requete.where(_OPERATION.id.not_in(envois.ANNULEES))
            if avant is not None:
                requete = requete.where(schema.ordre_des_operations < avant)
            if chemin:
                requete = requete.where(_TOUCHE.bindparams(chemin=chemin))
            lignes = self._connexion.execute(requete.order_by(schema.ordre_des_operations.desc()).limit(PAGE)).all()
            for ligne in lignes:
                avant = int(ligne.ordre)
                yield avant, operation_de(ligne)
            if len(lignes) < PAGE:
                return

    def _lire(self, operation: Operation) -> Iterator[Changement]:
        entete = operation.entete
        for chemin, (un, autre) in self._lisibles(_vus(operation), _poses(operation)).items():
            yield Changement(chemin, un, autre, entete.par.nom, entete.fait_le.utc)

    def _lisibles(self, vus: Mapping[str, Any], poses: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
        return changements_lisibles(vus, poses, self._tus, self._criteres, discret=self._discret)

    def _elements_tus(self, courant: Document) -> Iterator[str]:
        requete = select(schema.operation).where(
            _OPERATION.dossier.in_(self._dossiers), cast(_OPERATION.contenu, String).contains("elements")
        )
        operations = map(operation_de, self._connexion.execute(requete))
        documents: Iterable[Mapping[str, Any]] = (
            dits for operation in operations for dits in (document_de(_vus(operation)), document_de(_poses(operation)))
        )
        for document in (courant, *documents):
            for chemin, valeur in atomes(document):
                if (element := element_tu(chemin, [valeur])) is not None:
                    yield element


def _vus(operation: Operation) -> dict[str, Any]:
    return {chemin: champ.avant for chemin, champ in operation.champs.items() if champ.avant is not UNSET}


def _poses(operation: Operation) -> dict[str, Any]:
    return {chemin: champ.apres for chemin, champ in operation.champs.items() if champ.apres is not UNSET}


def _touche(change: str, chemin: str) -> bool:
    return not chemin or change == chemin or change.startswith(f"{chemin}.")


def _revient(un: Changement, precedent: Changement) -> bool:
    if un.agent != precedent.agent:
        return False
    return pareils(un.apres, precedent.avant) and pareils(un.avant, precedent.apres)
