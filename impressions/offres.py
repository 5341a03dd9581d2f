"""Ce que l'écran offre d'imprimer pour un dossier : ce qui est permis (``discretion``), et que la personne veut bien.

Essais : ``tests/impressions/test_offres.py``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from impressions.annuaire import amputation
from impressions.dates import dates_du_papier
from impressions.discretion import empechement, savoir
from modele.bilan import Bilan
from modele.dossier.chemins import lire
from modele.fiches import FicheDisponible
from modele.regles.langues import FRANCAIS, langue_parlee, langues

FICHE_SOUHAITEE: Final = "protection.fiche_souhaitee"
RESUME: Final = "resume"
NOTE: Final = "cotation"
NEUTRE: Final = "neutre"
PIECES: Final = "pieces"
DATES: Final = "dates"


@dataclass(frozen=True, slots=True)
class Offre:
    """Une fiche qu'on peut choisir. ``proposee`` : une voie retenue la demande."""

    id: str
    titre: str
    langues: tuple[str, ...]
    proposee: bool


def offres(bilan: Bilan, *, mentionnee: bool = False) -> tuple[Offre, ...]:
    """Les fiches qu'on peut imprimer pour ce dossier, celles des voies retenues d'abord.

    Un dossier discret n'offre qu'une fiche prévue pour lui, et seulement si la personne a dit la vouloir.
    ``mentionnee`` : on sait qui répond des données.
    """
    rangs = {nom: rang for rang, nom in enumerate(tout_ce_qu_il_faut(bilan))}
    offertes = [
        Offre(fiche.id, fiche.titre, _langues(fiche, bilan), fiche.id in rangs)
        for fiche in _offertes(bilan, mentionnee).values()
    ]
    return tuple(sorted(offertes, key=lambda offre: (rangs.get(offre.id, len(rangs)), offre.titre)))


def tout_ce_qu_il_faut(bilan: Bilan) -> tuple[str, ...]:
    """Les fiches des voies retenues, la plus urgente d'abord, puis dates, pièces, résumé et note ; s'il y a lieu.

    D'un dossier discret, la seule fiche neutre.
    """
    des_voies = [fiche for voie in bilan.voies_retenues if not voie.discret for fiche in voie.fiches]
    datees = (DATES,) if dates_du_papier(bilan.gardable.voies_retenues).dites else ()
    voulues = (NEUTRE,) if bilan.a_taire else (*des_voies, *datees, PIECES, RESUME, NOTE)
    offertes = _offertes(bilan)
    return tuple(fiche for fiche in dict.fromkeys(voulues) if fiche in offertes)


def d_emblee(bilan: Bilan) -> tuple[str, ...]:
    """Ce qui est coché en arrivant : les fiches des voies ; pièces, résumé et note, si l'on sait de qui ils parlent.

    D'un dossier à peine ouvert, ils ne seraient que pages de questions.
    """
    nommee = isinstance(lire(bilan.document, "demandeur.nom"), str)
    return tuple(fiche for fiche in tout_ce_qu_il_faut(bilan) if nommee or fiche not in (PIECES, RESUME, NOTE))


def langues_offertes(offertes: Sequence[Offre]) -> tuple[str, ...]:
    """Les langues où une de ces fiches au moins s'imprime, dans l'ordre où Perron les déclare."""
    ecrites = {langue for offre in offertes for langue in offre.langues}
    return tuple(langue for langue in langues() if langue in ecrites)


def langue_proposee(bilan: Bilan, offertes: Sequence[str]) -> str:
    """Celle que parle la personne (``contact.langue``) si elle est offerte ; sinon le français."""
    dite = lire(bilan.document, "contact.langue")
    parlee = langue_parlee(dite) if isinstance(dite, str) else None
    return parlee.id if parlee is not None and parlee.id in offertes else FRANCAIS


def _offertes(bilan: Bilan, mentionnee: bool = False) -> dict[str, FicheDisponible]:
    disponibles = bilan.regles.fiches.disponibles()
    return {fiche.id: fiche for fiche in disponibles if _offerte(fiche, bilan, mentionnee)}


def _offerte(fiche: FicheDisponible, bilan: Bilan, mentionnee: bool) -> bool:
    sait = savoir(bilan.document, note=bilan.cotation is not None, mentions=mentionnee)
    fermee = fiche.id in bilan.fiches_fermees
    permise = not empechement(fiche.id, fiche.surete, a_taire=bilan.a_taire, sait=sait, fermee=fermee)
    return permise and bool(_langues(fiche, bilan)) and (_voulue(bilan) or not fiche.surete.discret)


def _langues(fiche: FicheDisponible, bilan: Bilan) -> tuple[str, ...]:
    """Les langues où cette fiche n'est pas amputée."""
    lues, nationaux = bilan.regles.fiches, bilan.regles.national.contacts
    return tuple(langue for langue in fiche.langues if not amputation(lues.trouver(fiche.id, langue), nationaux))


def _voulue(bilan: Bilan) -> bool:
    return lire(bilan.document, FICHE_SOUHAITEE) is True
