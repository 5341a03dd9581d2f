"""Faits qui disent que deux réponses ne vont pas ensemble : l'arithmétique seule, les phrases sont des données."""

from __future__ import annotations

from datetime import date

from modele.dossier.faits.calendrier import annees_revolues
from modele.dossier.faits.domaines import compter, contraire
from modele.dossier.faits.lecture import DATE_CALCUL, Lecture
from modele.dossier.faits.registre import fait_d_etats, fait_derive
from modele.regles.etats import Etat
from modele.regles.faits import TypeFait

_USAGE = "Usage de Perron : deux dates qui ne peuvent pas se suivre ainsi"
_ANS = 200
_AVANT = (
    ("reception_avant_naissance", "demande.date_reception", "demandeur.date_naissance"),
    ("renouvellement_avant_reception", "demande.date_renouvellement", "demande.date_reception"),
    ("radiation_avant_reception", "demande.date_radiation", "demande.date_reception"),
    ("logement_avant_naissance", "logement_actuel.depuis", "demandeur.date_naissance"),
    ("naissance_attendue_passee", "foyer.date_naissance_attendue", DATE_CALCUL),
    ("jugement_avant_assignation", "expulsion.jugement_le", "expulsion.assignation_le"),
    ("signification_avant_jugement", "expulsion.jugement_signifie_le", "expulsion.jugement_le"),
    ("commandement_quitter_avant_jugement", "expulsion.commandement_quitter_le", "expulsion.jugement_le"),
    ("dalo_decision_avant_depot", "dalo.date_decision", "dalo.date_reception_dossier"),
    ("dalo_notification_avant_decision", "dalo.date_notification", "dalo.date_decision"),
    ("dalo_pieces_demandees_avant_depot", "dalo.pieces_demandees_le", "dalo.date_reception_dossier"),
    ("dalo_pieces_remises_avant_demande", "dalo.pieces_remises_le", "dalo.pieces_demandees_le"),
    ("dalo_saisine_avant_decision", "dalo.tribunal_saisi_le", "dalo.date_decision"),
    ("daho_pieces_demandees_avant_depot", "dalo.daho_pieces_demandees_le", "dalo.daho_date_reception"),
    ("daho_pieces_remises_avant_demande", "dalo.daho_pieces_remises_le", "dalo.daho_pieces_demandees_le"),
    ("daho_saisine_avant_decision", "dalo.daho_tribunal_saisi_le", "dalo.daho_date_decision"),
)


def _avant(une: date | None, autre: date | None) -> bool:
    return une is not None and autre is not None and une < autre


for _nom, _une, _autre in _AVANT:
    fait_derive(
        _nom,
        TypeFait.BOOLEEN,
        f"La date « {_une} » est antérieure à « {_autre} »",
        source=_USAGE,
        champs=(_une, _autre),
    )(_avant)


@fait_derive(
    "personne.ans_apres_demandeur",
    TypeFait.ENTIER,
    "Années révolues de la naissance du demandeur à la sienne ; négatif si elle est née avant lui",
    source="Usage de Perron : un enfant ne naît pas avant son parent",
    unite="ans",
    minimum=-_ANS,
    maximum=_ANS,
    champs=("personne.date_naissance", "demandeur.date_naissance"),
)
def ans_apres_demandeur(naissance: date | None, demandeur: date | None) -> int | None:
    """Moins d'un an avant compte pour une année : zéro veut dire « le même jour, ou dans l'année qui suit »."""
    if naissance is None or demandeur is None:
        return None
    apres = naissance >= demandeur
    ans = annees_revolues(demandeur, naissance) if apres else -max(1, annees_revolues(naissance, demandeur))
    return max(-_ANS, min(_ANS, ans))


@fait_d_etats(
    "personnes_sans_visite",
    TypeFait.ENTIER,
    "Personnes dites à loger, sans les naissances attendues ni les enfants en droit de visite",
    source="Formulaire 14069*05, case G2",
    unite="personnes",
    minimum=0,
    maximum=40,
    champs=("foyer.personnes", "foyer.avec_codemandeur", "personne.droit_visite"),
)
def personnes_sans_visite(lecture: Lecture) -> Etat:
    loges = [contraire(une.etat("personne.droit_visite")) for une in lecture.chacun()]
    return compter(loges, autres_au_plus=lecture.autres_possibles)


@fait_derive(
    "moins_de_personnes_que_dites",
    TypeFait.BOOLEEN,
    "Le nombre de personnes à loger est plus petit que celui des personnes dites",
    source="Formulaire 14069*05, case G2",
    champs=("recherche.personnes_a_loger", "personnes_sans_visite"),
)
def moins_de_personnes_que_dites(nombre: int | None, dites: int | None) -> bool:
    return nombre is not None and dites is not None and nombre < dites


@fait_derive(
    "plus_de_personnes_que_dites",
    TypeFait.BOOLEEN,
    "Le nombre de personnes à loger est plus grand que celui des personnes dites, naissances attendues comprises",
    source="Formulaire 14069*05, case G2",
    champs=("recherche.personnes_a_loger", "nombre_personnes"),
)
def plus_de_personnes_que_dites(nombre: int | None, dites: int | None) -> bool:
    return nombre is not None and dites is not None and nombre > dites
