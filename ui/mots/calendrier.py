"""Le calendrier des recours, dit : qui doit répondre, avant quelles dates, ce que son silence veut dire, que faire.

Sans Qt : l'écran et la commande disent les mêmes phrases. Essais : ``tests/ui/mots/test_calendrier_dit.py``.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from modele.bilan import Bilan
from modele.dossier.entretien import QuestionVue
from modele.mots.echeances import dire_autres, dire_quand, dire_repousse, dire_suite
from modele.mots.ecriture import dire_date, majuscule
from modele.orientation.calendrier import Acteur, Etape
from modele.regles.conditions import comparaisons
from modele.regles.confiance import a_valider
from modele.regles.kleene import evaluer

A_VALIDER: Final = " (à faire valider)"
QUI: Final = {
    Acteur.COMMISSION: "Qui doit répondre : la commission",
    Acteur.PREFET: "Qui doit répondre : le préfet",
    Acteur.JUGE: "Qui doit répondre : le tribunal",
    Acteur.DEMANDEUR: "Qui doit répondre : la personne",
}
RECOURS: Final = {"dalo": "DALO : un logement", "daho": "DAHO : un hébergement"}
SANS_DELAI: Final = "Sans délai fixé par ces textes"


def titre(etape: Etape) -> str:
    """Ce qui arrive à cette étape, marqué s'il reste à faire valider."""
    objet = etape.regle.libelle if etape.echeance is None else etape.echeance.libelle
    douteuse = etape.a_valider or (etape.echeance is not None and a_valider(etape.echeance.confiance))
    return f"{objet}{A_VALIDER if douteuse else ''}"


def quand(etape: Etape) -> str:
    """Ses dates : où agir, ou ce qui manque pour la dater."""
    if etape.echeance is None:
        return SANS_DELAI
    if not etape.datee:
        return f"À dater : {dire_quand(etape.echeance)}"
    attendue = "" if etape.echeance.agir or etape.echeance.suspendue else "réponse attendue avant le "
    dite = majuscule(f"{attendue}{dire_quand(etape.echeance)}")
    # D'un délai arrêté, l'autre date ne s'attend pas plus que la première.
    autres = "" if etape.echeance.suspendue else dire_autres(etape.echeance)
    return " ; ".join(filter(None, (dite, autres)))


def fin(etape: Etape) -> str:
    """« Fin possible : 12/05/2027 » ; à l'écran, même à faire valider. Rien si elle n'est pas établie."""
    echeance = etape.echeance
    if echeance is None or echeance.le is None:
        return ""
    if echeance.suspension is not None and echeance.suspension.jusqu_au is not None:
        reserve = A_VALIDER if a_valider(echeance.suspension.confiance) else ""
        jusqu_au = dire_date(echeance.suspension.jusqu_au)
        return majuscule(f"{dire_repousse(echeance)}, au {jusqu_au} d'après ces dates{reserve}")
    if echeance.fin_possible is None:
        return "Fin possible : pas établie ; jamais « passé » d'avance"
    if echeance.fin_possible == echeance.le:
        return ""
    reserve = A_VALIDER if a_valider(echeance.confiance_fin) else ""
    return f"Fin possible : {dire_date(echeance.fin_possible)}{reserve}"


def suite(etape: Etape, jour: date) -> str:
    """Ce qu'une date dépassée laisse possible."""
    return "" if etape.echeance is None else majuscule(dire_suite(etape.echeance, jour))


def en_cours(bilan: Bilan, recours: str) -> bool:
    """Vrai d'un recours dont une étape ne s'ouvre qu'une fois déposé, ou décidé."""
    return any(etape.regle.si is not None for etape in bilan.calendrier if etape.regle.recours == recours)


def questions_a_noter(etape: Etape, bilan: Bilan) -> tuple[QuestionVue, ...]:
    """La question qui daterait l'étape ; datée, celles où s'écrit ce qui est venu, ce qui presse d'abord."""
    if etape.fait is not None:
        dites = [_question_de_la_date(etape, etape.fait.nom, bilan)]
    else:
        # Un délai arrêté repart de la remise des pièces : c'est elle qu'on vient noter.
        noter = sorted(etape.regle.noter, key=lambda un: un is not etape.repart)
        dites = [_question([un.nom], bilan) for un in noter]
    return tuple(une for une in dites if une is not None)


def _question_de_la_date(etape: Etape, fait: str, bilan: Bilan) -> QuestionVue | None:
    """Tant que la date ne se demande pas, où en est le recours."""
    voie = next(une for une in bilan.regles.orientations if une.id == etape.regle.voie)
    statuts = [] if voie.si is None else [c.fait.nom for c in comparaisons(voie.si)]
    # Tant que le recours n'est pas dit à cette étape, sa date ne daterait rien.
    retenue = voie.si is None or evaluer(voie.si, bilan.situation) is True
    return _question((fait, *statuts) if retenue else (*statuts, fait), bilan)


def _question(faits: Iterable[str], bilan: Bilan) -> QuestionVue | None:
    posees = (
        vue for repondues in (False, True) for fait in faits for vue in bilan.questions_de(fait, repondues=repondues)
    )
    return next(posees, None)
