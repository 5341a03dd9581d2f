"""Une séance telle que le coffre la garde, et telle que ``modele.seance`` la lit. Rien ne s'y lit d'un dossier.

Une demande n'y est que sa référence neutre (« C-01 ») : là où ``modele.seance`` attend un dossier, elle lit la
référence. Les clés sont celles du genre (``ressources/national/genres/seance.toml``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace as changer
from datetime import date
from enum import StrEnum
from typing import Any, Final

import msgspec
from msgspec import Struct

from modele.seance.constat import Constat, tenir
from modele.seance.controles import Classees
from modele.seance.droit import Droit
from modele.seance.notions import (
    Ailleurs,
    Decision,
    Dispense,
    Membre,
    Propose,
    Reglement,
    Reponse,
    Residence,
    Retrait,
    Seance,
    Verifie,
)

MEMBRES: Final = "membres"
CANDIDATS: Final = "candidats"
REFERENCE: Final = re.compile(r"C-\d{2,3}")
_OUBLIEE: Final = ""
"""La demande la mieux rangée qui n'est pas proposée : elle n'a pas de référence dans cette séance."""
_EGALE: Final = " = "
_ELEMENTS, _ORDRE = "elements", "ordre"


class Etat(StrEnum):
    """Où en est une séance."""

    PREPAREE = "preparee"
    OUVERTE = "ouverte"
    TENUE = "tenue"
    CLOSE = "close"
    RETIREE = "retiree"


class _Dit(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Ce que dit un objet gardé ; une clé d'une version plus récente s'y ignore."""


class Bailleur(_Dit, frozen=True):
    """Le bailleur du logement."""

    nom: str = ""
    siren: str = ""


class Logement(_Dit, frozen=True):
    """Le logement à attribuer. ``ligne`` : ce que le classement en lit, « colonne = valeur » (JSON) par texte."""

    reference: str = ""
    ligne: tuple[str, ...] = ()

    @property
    def colonnes(self) -> dict[str, Any]:
        """La ligne, aux colonnes du bailleur. Lève ``msgspec.DecodeError`` si elle est mal écrite."""
        coupees = (une.partition(_EGALE) for une in self.ligne)
        return {nom: msgspec.json.decode(valeur) for nom, _, valeur in coupees}


class Grille(_Dit, frozen=True):
    """Sous quelles règles les rangs sont figés, et quand. ``oublie`` : le meilleur rang de qui n'est pas proposé."""

    version: str = ""
    libelle: str = ""
    figee_le: date | None = None
    oublie: int | None = None


class DispenseEcrite(_Dit, frozen=True):
    """L'exception aux trois demandes, et qui l'a écrite."""

    genre: str = ""
    motif: str = ""
    par: str = ""


class Convoque(_Dit, frozen=True):
    """Qui est convoqué. ``id`` : son élément ; ``compte`` : le nom de son compte sur un poste, s'il en a un."""

    id: str = ""
    qualite: str = ""
    nom: str = ""
    compte: str = ""
    present: bool = False
    preside: bool = False
    locataires: bool = False


class Vu(_Dit, frozen=True):
    """Qui l'a vérifié, et quand."""

    par: str = ""
    le: date | None = None


class _Retire(_Dit, frozen=True):
    le: date | None = None
    motif: str = ""


class DecisionEcrite(_Dit, frozen=True):
    """La décision d'un candidat ; ``correction`` : pourquoi elle est corrigée."""

    genre: str = ""
    motif: str = ""
    rang: int | None = None
    hors_ordre: str = ""
    motif_legal: str = ""
    piece: str = ""
    piece_le: date | None = None
    logement_ailleurs: str = ""
    suivi_par: str = ""
    correction: str = ""


class ReponseEcrite(_Dit, frozen=True):
    """La réponse d'un candidat à l'offre ; ``correction`` : pourquoi elle est corrigée."""

    reponse: str = ""
    le: date | None = None
    remise_le: date | None = None
    motif: str = ""
    adapte: bool | None = None
    correction: str = ""


class Candidat(_Dit, frozen=True):
    """Un candidat, sous sa référence. ``rang`` : figé ; vide, désigné par le préfet hors du classement.

    ``ecartent`` : les règles qui l'écarteraient s'il n'était désigné par le préfet.
    """

    id: str = ""
    reference: str = ""
    rang: int | None = None
    designe_par: str = ""
    motif: str = ""
    prefet_le: date | None = None
    priorite: Vu = Vu()
    accord: Vu = Vu()
    numero: Vu = Vu()
    sans_numero: bool = False
    ecartent: tuple[str, ...] = ()
    effet: str = ""
    retrait: _Retire = _Retire()
    decision: DecisionEcrite = DecisionEcrite()
    reponse: ReponseEcrite = ReponseEcrite()

    @property
    def examine(self) -> bool:
        """La commission l'examine : il n'est pas retiré."""
        return self.retrait.le is None

    @property
    def textes(self) -> tuple[str, ...]:
        """Ce qui s'y écrit en toutes lettres."""
        decision, reponse = self.decision, self.reponse
        return tuple(
            dit
            for dit in (
                *(self.motif, self.effet, self.retrait.motif, decision.motif, decision.hors_ordre, decision.piece),
                *(decision.correction, reponse.motif, reponse.correction),
            )
            if dit
        )


class SeanceGardee(_Dit, frozen=True):
    """Une séance gardée. ``par`` : qui l'a écrite en dernier."""

    id: str = ""
    commission: str = ""
    bailleur: Bailleur = Bailleur()
    logement: Logement = Logement()
    lieu: str = ""
    grille: Grille = Grille()
    preparee_le: date | None = None
    ouverte_le: date | None = None
    tenue_le: date | None = None
    close_le: date | None = None
    retiree_le: date | None = None
    reglement: Reglement = Reglement()
    dispense: DispenseEcrite = DispenseEcrite()
    residence: Residence | None = None
    membres: tuple[Convoque, ...] = ()
    candidats: tuple[Candidat, ...] = ()
    par: str = ""

    @property
    def etat(self) -> Etat:
        """Où elle en est."""
        if self.retiree_le is not None:
            return Etat.RETIREE
        if self.close_le is not None:
            return Etat.CLOSE
        if self.tenue_le is not None:
            return Etat.TENUE
        return Etat.PREPAREE if self.ouverte_le is None else Etat.OUVERTE

    @property
    def par_reference(self) -> dict[str, Candidat]:
        """Ses candidats, par référence."""
        return {un.reference: un for un in self.candidats}

    @property
    def textes(self) -> tuple[str, ...]:
        """Tout motif qui s'y écrit, exception comprise."""
        siens = (self.dispense.motif,) if self.dispense.motif else ()
        return (*siens, *(dit for un in self.candidats for dit in un.textes))

    def dite(self, jour: date) -> Seance:
        """Ce que ``modele.seance`` lit. ``jour`` : celui d'une séance qui n'est pas encore tenue."""
        dispense = self.dispense
        return Seance(
            commission=self.commission,
            bailleur=self.bailleur.nom,
            tenue_le=self.tenue_le or jour,
            lieu=self.lieu,
            reglement=self.reglement,
            residence=self.residence,
            dispense=Dispense(genre=dispense.genre, motif=dispense.motif) if dispense.genre else None,
            membres=tuple(map(_membre, self.membres)),
            candidats=tuple(map(_propose, self.candidats)),
            decisions=tuple(_decision(un) for un in self.candidats if un.decision.genre),
            reponses=tuple(_reponse(un) for un in self.candidats if un.reponse.reponse),
        )

    @property
    def classees(self) -> Classees:
        """Le classement figé, par référence ; la mieux rangée de celles qui ne sont pas proposées n'en a pas."""
        rangs = {un.reference: un.rang for un in self.candidats if un.rang is not None}
        if self.grille.oublie is not None:
            rangs[_OUBLIEE] = self.grille.oublie
        return Classees(
            rangs=rangs,
            ecartees={un.reference: un.ecartent for un in self.candidats if un.rang is None},
            sans_numero={un.reference for un in self.candidats if un.sans_numero},
        )

    def constater(self, jour: date, droit: Droit | None = None) -> Constat:
        """Son constat, chaque candidat sous sa référence. Lève ``ErreurUtilisateur`` avec tout ce qui l'empêche."""
        constat = tenir(self.dite(jour), self.classees, droit)
        return changer(constat, lignes=tuple(changer(une, reference=une.propose.dossier) for une in constat.lignes))


def relire(document: Mapping[str, Any], par: str = "") -> SeanceGardee | None:
    """La séance de cet objet gardé ; rien s'il est mal écrit (une autre version, un objet nu)."""
    listes = {cle: _en_ordre(document, cle) for cle in (MEMBRES, CANDIDATS)}
    try:
        lue = msgspec.convert({**document, **listes}, SeanceGardee)
        return msgspec.structs.replace(lue, par=par)
    except (msgspec.ValidationError, TypeError):
        return None


def en_document(une: SeanceGardee) -> dict[str, Any]:
    """Le document d'une séance neuve ; ce qui n'est pas dit n'y est pas."""
    dit = _dit(une)
    for liste in (MEMBRES, CANDIDATS):
        siens = {un.pop("id"): un for un in dit.pop(liste, ())}
        if siens:
            dit[liste] = {_ELEMENTS: siens, _ORDRE: list(siens)}
    return dit


def feuilles(une: SeanceGardee) -> dict[str, Any]:
    """Chaque chemin de l'objet gardé et sa valeur ; les éléments d'une liste, champ par champ."""
    return dict(_feuilles("", en_document(une)))


def _dit(une: SeanceGardee) -> dict[str, Any]:
    dit: dict[str, Any] = _sans_vide(msgspec.to_builtins(une))
    return {cle: valeur for cle, valeur in dit.items() if cle not in ("id", "par")}


def _feuilles(dessus: str, table: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for cle, valeur in table.items():
        chemin = f"{dessus}.{cle}" if dessus else cle
        if isinstance(valeur, dict):
            yield from _feuilles(chemin, valeur)
        else:
            yield chemin, valeur


def ligne_du_logement(colonnes: Mapping[str, Any]) -> tuple[str, ...]:
    """La ligne d'un logement, telle qu'elle se garde."""
    dites = sorted((nom, valeur) for nom, valeur in colonnes.items() if valeur is not None)
    return tuple(f"{nom}{_EGALE}{msgspec.json.encode(valeur).decode()}" for nom, valeur in dites)


def _sans_vide(valeur: Any) -> Any:
    if isinstance(valeur, list | tuple):
        return [_sans_vide(une) for une in valeur]
    if not isinstance(valeur, dict):
        return valeur
    nets = {cle: _sans_vide(dessous) for cle, dessous in valeur.items()}
    return {cle: net for cle, net in nets.items() if net not in (None, "", [], {})}


def _en_ordre(document: Mapping[str, Any], liste: str) -> list[dict[str, Any]]:
    """Les éléments d'une liste gardée, dans leur ordre ; ceux que l'ordre oublie viennent après."""
    # Une séance ne lit rien d'un dossier, pas même comment ses listes se lisent : les clés seules sont les mêmes.
    table = document.get(liste)
    if not isinstance(table, Mapping) or not isinstance(trouves := table.get(_ELEMENTS), Mapping):
        return []
    ordre = table.get(_ORDRE)
    dits = [cle for cle in ordre if cle in trouves] if isinstance(ordre, list) else []
    return [
        {**trouves[cle], "id": cle} for cle in dict.fromkeys([*dits, *trouves]) if isinstance(trouves[cle], Mapping)
    ]


def _membre(un: Convoque) -> Membre:
    return Membre(qualite=un.qualite, nom=un.nom, present=un.present, preside=un.preside, locataires=un.locataires)


def _propose(un: Candidat) -> Propose:
    return Propose(
        dossier=un.reference,
        designe_par=un.designe_par,
        motif=un.motif,
        prefet_le=un.prefet_le,
        priorite=_verifie(un.priorite),
        accord=_verifie(un.accord),
        numero=_verifie(un.numero),
        retrait=None if un.retrait.le is None else Retrait(le=un.retrait.le, motif=un.retrait.motif),
        effet=un.effet,
    )


def _verifie(dit: Vu) -> Verifie | None:
    return None if dit.le is None else Verifie(par=dit.par, le=dit.le)


def _decision(un: Candidat) -> Decision:
    dite = un.decision
    ailleurs = Ailleurs(logement=dite.logement_ailleurs, suivi_par=dite.suivi_par)
    return Decision(
        dossier=un.reference,
        genre=dite.genre,
        motif=dite.motif,
        rang=dite.rang,
        hors_ordre=dite.hors_ordre,
        motif_legal=dite.motif_legal,
        piece=dite.piece,
        piece_le=dite.piece_le,
        ailleurs=None if ailleurs == Ailleurs() else ailleurs,
    )


def _reponse(un: Candidat) -> Reponse:
    dite = un.reponse
    return Reponse(
        dossier=un.reference,
        reponse=dite.reponse,
        le=dite.le or date.min,
        remise_le=dite.remise_le,
        motif=dite.motif,
        adapte=dite.adapte,
    )
