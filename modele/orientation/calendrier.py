"""Le calendrier d'un recours : les étapes déclarées, leurs deux dates, qui se tait, et ce qui en daterait une autre.

Les dates viennent des échéances des voies : le calendrier les range et dit qui doit répondre. Il part de l'accusé de
réception, ou de la décision : jamais avant. Essais : ``tests/modele/orientation/test_calendrier.py``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from modele.orientation.echeances import echeances
from modele.orientation.regles import RegleOrientation
from modele.orientation.regles_echeances import RegleEcheance
from modele.orientation.resultat import Echeance
from modele.regles.conditions import Condition
from modele.regles.etats import Situation
from modele.regles.faits import Fait
from modele.regles.kleene import evaluer
from modele.regles.lecture import Lecteur, vouliez_vous
from modele.regles.lecture_conditions import Contexte, lire_condition, lire_faits
from modele.regles.provenance import COMPLETE, Provenance, lire_provenance


class Acteur(StrEnum):
    """Qui doit répondre avant la date : c'est son silence que l'étape nomme."""

    COMMISSION = "commission"
    PREFET = "prefet"
    JUGE = "juge"
    DEMANDEUR = "demandeur"


@dataclass(frozen=True, slots=True)
class RegleEtape:
    """Une étape d'un recours.

    ``voie``, ``echeance`` : celle dont elle prend les dates ; vides, l'étape n'a pas de délai (le dernier pas).
    ``si`` : ce qui l'ouvre (absente : toujours) ; ``sauf`` : ce qui l'ôte, s'il est certain.
    ``noter`` : où s'écrit ce qui est venu (aucun : la date d'après le dit).
    ``qui`` : qui se tait ; ``silence`` : ce que son silence veut dire ; ``faire`` : que faire d'un silence, d'un refus.
    """

    id: str
    recours: str
    libelle: str
    voie: str
    echeance: str
    qui: Acteur
    silence: str
    faire: str
    noter: tuple[Fait, ...]
    si: Condition | None
    sauf: Condition | None
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Etape:
    """Une étape ouverte. ``echeance`` : ``None``, le dernier pas ; ``fait`` : celui qui la daterait, s'il manque.

    ``repart`` : celui qui ferait repartir son délai, s'il est arrêté.
    """

    regle: RegleEtape
    echeance: Echeance | None
    fait: Fait | None
    repart: Fait | None = None

    @property
    def datee(self) -> bool:
        """Vrai si elle a sa date."""
        return self.echeance is not None and self.echeance.le is not None

    @property
    def a_valider(self) -> bool:
        """Vrai si l'étape, ou sa date, reste à faire valider."""
        return self.regle.provenance.a_valider


def lire_etapes(lecteur: Lecteur, contexte: Contexte, recours: Sequence[str], vus: set[str]) -> tuple[RegleEtape, ...]:
    """Les étapes d'un fichier, dans l'ordre écrit ; les fautes sont notées."""
    return tuple(_lire(table, contexte, recours, vus) for table in lecteur.tables("etape"))


def _lire(table: Lecteur, contexte: Contexte, recours: Sequence[str], vus: set[str]) -> RegleEtape:
    regle = RegleEtape(
        id=table.identifiant(vus),
        recours=table.texte("recours", obligatoire=True, permis=recours),
        libelle=table.texte("libelle", obligatoire="voie" not in table),
        voie=table.texte("voie"),
        echeance=table.texte("echeance", obligatoire="voie" in table),
        qui=Acteur(table.texte("qui", obligatoire=True, permis=list(Acteur), defaut=Acteur.COMMISSION)),
        silence=table.texte("silence", obligatoire=True),
        faire=table.texte("faire", obligatoire=True),
        noter=lire_faits(table, "noter", contexte),
        si=lire_condition(table, "si", contexte),
        sauf=lire_condition(table, "sauf", contexte),
        provenance=lire_provenance(table, exigees=("fondement", *COMPLETE)),
    )
    table.clore()
    return regle


def fautes_des_etapes(etapes: Iterable[RegleEtape], voies: Iterable[RegleOrientation]) -> Iterator[str]:
    """Une étape qui nomme une voie, ou une échéance, que les orientations n'ont pas : chacune en une phrase."""
    connues = {voie.id: [une.id for une in voie.echeances] for voie in voies}
    for etape in etapes:
        if not etape.voie:
            continue
        if etape.voie not in connues:
            yield f"étape « {etape.id} » : la voie « {etape.voie} » n'existe pas{vouliez_vous(etape.voie, connues)}"
        elif etape.echeance not in connues[etape.voie]:
            proche = vouliez_vous(etape.echeance, connues[etape.voie])
            yield f"étape « {etape.id} » : « {etape.echeance} » n'est pas une échéance de cette voie{proche}"


def calendrier(
    etapes: Iterable[RegleEtape], voies: Mapping[str, RegleOrientation], situation: Situation
) -> tuple[Etape, ...]:
    """Les étapes ouvertes d'un dossier ; une date n'y est que si la voie dont elle vient est retenue."""
    return tuple(etape for regle in etapes if _ouverte(regle, situation) for etape in _etape(regle, voies, situation))


def _ouverte(regle: RegleEtape, situation: Situation) -> bool:
    ote = regle.sauf is not None and evaluer(regle.sauf, situation) is True
    return not ote and (regle.si is None or evaluer(regle.si, situation) is True)


def _etape(regle: RegleEtape, voies: Mapping[str, RegleOrientation], situation: Situation) -> Iterator[Etape]:
    """L'étape, si son échéance vaut ou pourrait valoir."""
    if not regle.voie:
        yield Etape(regle, None, None)
        return
    voie = voies[regle.voie]
    retenue = voie.si is None or evaluer(voie.si, situation) is True
    for une in echeances(voie.echeances, situation, voie.provenance.fondement):
        if une.id == regle.echeance:
            dite = une if retenue else replace(une, le=None, fin_possible=None, autres=(), suspension=None)
            repart = _repart(une.id, voie.echeances) if dite.suspendue else None
            yield Etape(regle, dite, None if dite.le else _depart(une.id, voie.echeances), repart)


def _depart(echeance: str, regles: Iterable[RegleEcheance]) -> Fait | None:
    """Le fait d'où part une échéance, en remontant celles dont elle part."""
    par_id = {une.id: une for une in regles}
    depart = par_id[echeance].lectures[0].terme.depart
    return _depart(depart.echeance, par_id.values()) if depart.echeance else depart.fait


def _repart(echeance: str, regles: Iterable[RegleEcheance]) -> Fait | None:
    """Le fait qui fait repartir le délai d'une échéance, ou de celle dont elle part."""
    par_id = {une.id: une for une in regles}
    regle = par_id[echeance]
    if regle.suspendu is not None:
        return regle.suspendu.au
    departs = (une.terme.depart.echeance for une in regle.lectures)
    return next((fait for nom in departs if nom and (fait := _repart(nom, par_id.values()))), None)
