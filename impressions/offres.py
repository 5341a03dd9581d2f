"""Ce que l'écran offre d'imprimer pour un dossier : ce qui est permis (``discretion``), et que la personne veut bien.

Essais : ``tests/impressions/test_offres.py``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from impressions.annuaire import amputation, numeros_de
from impressions.convocation import RENDEZ_VOUS
from impressions.dates import dates_du_papier
from impressions.discretion import Sait, empechement, savoir
from modele.bilan import Bilan
from modele.dossier.chemins import lire
from modele.fiches import FicheDisponible
from modele.mots.reponses import Diseur
from modele.orientation.contacts import Contact
from modele.orientation.resultat import Voie
from modele.regles.langues import FRANCAIS, langue_parlee, langues

FICHE_SOUHAITEE: Final = "protection.fiche_souhaitee"
RESUME: Final = "resume"
NOTE: Final = "cotation"
LANGUE: Final = "contact.langue"
NEUTRE: Final = "neutre"
PIECES: Final = "pieces"
DATES: Final = "dates"


@dataclass(frozen=True, slots=True)
class Offre:
    """Une fiche qu'on peut choisir. ``proposee`` : cette personne en a besoin ; ``raison`` : pourquoi, en deux mots."""

    id: str
    titre: str
    langues: tuple[str, ...]
    proposee: bool
    raison: str = ""


def offres(bilan: Bilan, *, mentionnee: bool = False, rendez_vous: bool = False) -> tuple[Offre, ...]:
    """Les fiches qu'on peut imprimer pour ce dossier, celles des voies retenues d'abord.

    Un dossier discret n'offre qu'une fiche prévue pour lui, et seulement si la personne a dit la vouloir.
    ``mentionnee`` : on sait qui répond des données. ``rendez_vous`` : elle en a un à venir.
    """
    rangs = {nom: rang for rang, nom in enumerate(tout_ce_qu_il_faut(bilan, rendez_vous=rendez_vous))}
    pourquoi = _raisons(bilan)
    offertes = [
        Offre(fiche.id, fiche.titre, _langues(fiche, bilan), fiche.id in rangs, pourquoi.get(fiche.id, ""))
        for fiche in _offertes(bilan, mentionnee, rendez_vous).values()
    ]
    return tuple(sorted(offertes, key=lambda offre: (rangs.get(offre.id, len(rangs)), offre.titre)))


def tout_ce_qu_il_faut(bilan: Bilan, *, rendez_vous: bool = False) -> tuple[str, ...]:
    """Les fiches des voies retenues, la plus urgente d'abord, puis rendez-vous, dates, pièces, résumé et note.

    D'un dossier discret, la seule fiche neutre.
    """
    des_voies = [fiche for voie in bilan.voies_retenues if not voie.discret for fiche in voie.fiches]
    datees = (DATES,) if dates_du_papier(bilan.gardable.voies_retenues).dites else ()
    voulues = (NEUTRE,) if bilan.a_taire else (*des_voies, RENDEZ_VOUS, *datees, PIECES, RESUME, NOTE)
    offertes = _offertes(bilan, rendez_vous=rendez_vous)
    return tuple(fiche for fiche in dict.fromkeys(voulues) if fiche in offertes)


def _raisons(bilan: Bilan) -> dict[str, str]:
    """Par fiche proposée, ce qui la demande : la première voie retenue qui la donne, jamais une voie discrète."""
    dites = dates_du_papier(bilan.gardable.voies_retenues).dites
    raisons = {
        NEUTRE: "elle a dit la vouloir",
        DATES: "une date à tenir" if len(dites) == 1 else f"{len(dites)} dates à tenir",
        RENDEZ_VOUS: "quand et où venir, quoi apporter",
        PIECES: "ce qu'il reste à apporter",
        RESUME: "sa demande, à recopier ou à relire",
        NOTE: "sa note, et ce qui peut la changer",
    }
    if bilan.a_taire:
        return raisons
    for voie in reversed([une for une in bilan.voies_retenues if not une.discret]):
        raisons |= {fiche: voie.libelle for fiche in voie.fiches if fiche not in (RESUME, NOTE, PIECES, DATES)}
    return raisons


def d_emblee(bilan: Bilan) -> tuple[str, ...]:
    """Ce qui est coché en arrivant : les fiches des voies ; pièces, résumé et note, si l'on sait de qui ils parlent.

    D'un dossier à peine ouvert, ils ne seraient que pages de questions.
    """
    nommee = isinstance(lire(bilan.document, "demandeur.nom"), str)
    return tuple(fiche for fiche in tout_ce_qu_il_faut(bilan) if nommee or fiche not in (PIECES, RESUME, NOTE))


def a_apprendre(bilan: Bilan) -> tuple[tuple[Contact, ...], str]:
    """Les numéros qu'une personne sans papier peut retenir, et celui à dire d'abord (vide : aucun ne s'impose).

    Les mêmes pour tous, sous leurs libellés banals : ceux de la fiche neutre. D'une voie discrète, le premier à dire
    est banal aussi, et seulement une fois « seul à seul » : à l'agent d'en montrer un autre.
    """
    contacts = bilan.regles.national.contacts
    numeros = tuple(un for un in numeros_de(bilan.regles.fiches.trouver(NEUTRE, FRANCAIS), contacts) if un.numero)
    connus = {un.id for un in numeros}
    voulus = (
        nom
        for voie in bilan.voies_montrees
        for nom in voie.contacts
        if nom in connus and _se_montre_d_abord(contacts[nom], voie, bilan)
    )
    return numeros, next(voulus, "")


def _se_montre_d_abord(contact: Contact, voie: Voie, bilan: Bilan) -> bool:
    return contact.banal or not (voie.discret or bilan.a_taire)


def langues_offertes(offertes: Sequence[Offre]) -> tuple[str, ...]:
    """Les langues où une de ces fiches au moins s'imprime, dans l'ordre où Perron les déclare."""
    ecrites = {langue for offre in offertes for langue in offre.langues}
    return tuple(langue for langue in langues() if langue in ecrites)


def langue_proposee(bilan: Bilan, offertes: Sequence[str]) -> str:
    """Celle que parle la personne (``contact.langue``) si elle est offerte ; sinon le français."""
    dite = lire(bilan.document, LANGUE)
    parlee = langue_parlee(dite) if isinstance(dite, str) else None
    return parlee.id if parlee is not None and parlee.id in offertes else FRANCAIS


def langue_sans_fiche(bilan: Bilan, offertes: Sequence[Offre]) -> str:
    """Le nom, en français, de la langue que parle la personne si aucune fiche n'y est écrite ; vide sinon."""
    dite = lire(bilan.document, LANGUE)
    if not isinstance(dite, str) or not offertes:
        return ""
    parlee = langue_parlee(dite)
    if parlee is not None and (parlee.francaise or parlee.id in langues_offertes(offertes)):
        return ""
    return parlee.nom if parlee is not None else Diseur(bilan.regles.vocabulaire, bilan.document).dire(LANGUE, dite)


def _offertes(bilan: Bilan, mentionnee: bool = False, rendez_vous: bool = False) -> dict[str, FicheDisponible]:
    disponibles = bilan.regles.fiches.disponibles()
    sait = savoir(bilan.document, note=bilan.cotation is not None, mentions=mentionnee, rendez_vous=rendez_vous)
    return {fiche.id: fiche for fiche in disponibles if _offerte(fiche, bilan, sait)}


def _offerte(fiche: FicheDisponible, bilan: Bilan, sait: Sait) -> bool:
    fermee = fiche.id in bilan.fiches_fermees
    permise = not empechement(fiche.id, fiche.surete, a_taire=bilan.a_taire, sait=sait, fermee=fermee)
    return permise and bool(_langues(fiche, bilan)) and (_voulue(bilan) or not fiche.surete.discret)


def _langues(fiche: FicheDisponible, bilan: Bilan) -> tuple[str, ...]:
    """Les langues où cette fiche n'est pas amputée."""
    lues, nationaux = bilan.regles.fiches, bilan.regles.national.contacts
    return tuple(langue for langue in fiche.langues if not amputation(lues.trouver(fiche.id, langue), nationaux))


def _voulue(bilan: Bilan) -> bool:
    return lire(bilan.document, FICHE_SOUHAITEE) is True
