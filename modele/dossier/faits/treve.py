"""Faits de la trêve hivernale : y est-on, et jusqu'à quel jour. Ses exceptions sont dans ``faits.toml``."""

from __future__ import annotations

from datetime import date

from modele.dossier.faits.lecture import DATE_CALCUL, Lecture
from modele.dossier.faits.registre import fait_d_etats
from modele.regles.etats import INCONNU, SANS_OBJET, Etat, connu
from modele.regles.faits import TypeFait

# « 331 » : le 31 mars. Deux jours de l'année se comparent ainsi.
_PREMIER, _DERNIER = "treve_premier_jour", "treve_dernier_jour"


@fait_d_etats(
    "fin_de_treve",
    TypeFait.DATE,
    "Dernier jour de la trêve hivernale en cours",
    source="CPCE L412-6",
    minimum=date.min,
    maximum=date.max,
    champs=(DATE_CALCUL,),
    parametres=(_PREMIER, _DERNIER),
)
def fin_de_treve(lecture: Lecture) -> Etat:
    """Sans objet hors de la trêve : celle qui vient n'a pas commencé."""
    premier, dernier = lecture.parametre(_PREMIER), lecture.parametre(_DERNIER)
    if not (premier.connu and dernier.connu):
        return INCONNU
    jour = lecture.date_calcul
    repere, debut, fin = jour.month * 100 + jour.day, int(str(premier.valeur)), int(str(dernier.valeur))
    if fin < repere < debut:
        return SANS_OBJET
    annee = jour.year + (repere >= debut)
    return connu(date(annee, *divmod(fin, 100))) if annee <= date.max.year else INCONNU


@fait_d_etats(
    "en_treve",
    TypeFait.BOOLEEN,
    "La date de calcul tombe pendant la trêve hivernale",
    source="CPCE L412-6",
    champs=("fin_de_treve",),
)
def en_treve(lecture: Lecture) -> Etat:
    fin = lecture.etat("fin_de_treve")
    return INCONNU if fin == INCONNU else connu(fin.connu)
