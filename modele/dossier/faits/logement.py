"""Faits du logement actuel : papier d'expulsion, surface, durée."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from modele.dossier.faits.calendrier import depasse, mois_revolus
from modele.dossier.faits.domaines import tous
from modele.dossier.faits.lecture import DATE_CALCUL, Lecture
from modele.dossier.faits.registre import fait_d_etats, fait_derive
from modele.regles.etats import Etat, Statut
from modele.regles.faits import TypeFait

ETAPES = (
    "aucun",
    "impaye",
    "commandement_payer",
    "assignation",
    "jugement",
    "commandement_quitter",
    "concours_force_publique",
)
_ETAPE = "expulsion.etape"
_AU_TRIAGE = "triage.papier_huissier"


@fait_d_etats(
    "papier_expulsion",
    TypeFait.CHOIX,
    "Dernier papier reçu de la procédure d'expulsion : celui de l'entretien ou, tant qu'il n'y est pas dit, du triage",
    source="CCH L441-1 l, R441-14-1",
    codes=ETAPES,
    champs=(_ETAPE, _AU_TRIAGE),
)
def papier_expulsion(lecture: Lecture) -> Etat:
    etape, au_triage = lecture.etat(_ETAPE), lecture.etat(_AU_TRIAGE)
    dit = etape.statut is not Statut.INCONNU or au_triage.statut not in (Statut.CONNU, Statut.PARTIEL)
    return etape if dit else au_triage


@fait_derive(
    "duree_logement_actuel_mois",
    TypeFait.ENTIER,
    "Mois révolus depuis l'entrée dans la situation de logement actuelle",
    source="CCH R441-2-2 f",
    unite="mois",
    minimum=0,
    maximum=2400,
    champs=("logement_actuel.depuis", DATE_CALCUL),
)
def duree_logement_actuel_mois(depuis: date | None, jour: date) -> int | None:
    return mois_revolus(depuis, jour) if depuis else None


def _plus_longtemps_que(depuis: date | None, jour: date, mois: int) -> bool:
    return depuis is not None and depasse(depuis, int(mois), jour)


def _sejour(lecture: Lecture, situation: str, parametre: str) -> Etat:
    """La situation dure depuis plus de mois que le paramètre ; l'hébergement chez un tiers n'a pas de délai."""
    duree = lecture.juger(_plus_longtemps_que, ["logement_actuel.depuis", DATE_CALCUL], [parametre])
    return tous([lecture.etat(situation), duree])


@fait_d_etats(
    "hebergement_prolonge",
    TypeFait.BOOLEEN,
    "Hébergé en continu depuis plus de six mois dans une structure ou une résidence hôtelière à vocation sociale",
    source="CCH L441-2-3 II, R441-14-1",
    champs=("heberge_structure", "logement_actuel.depuis", DATE_CALCUL),
    parametres=("dalo_hebergement_mois",),
)
def hebergement_prolonge(lecture: Lecture) -> Etat:
    return _sejour(lecture, "heberge_structure", "dalo_hebergement_mois")


@fait_d_etats(
    "transition_prolongee",
    TypeFait.BOOLEEN,
    "Logé depuis plus de dix-huit mois dans un logement de transition ou un logement-foyer",
    source="CCH L441-2-3 II, R441-14-1",
    champs=("logement_transition", "logement_actuel.depuis", DATE_CALCUL),
    parametres=("dalo_transition_mois",),
)
def transition_prolongee(lecture: Lecture) -> Etat:
    return _sejour(lecture, "logement_transition", "dalo_transition_mois")


@fait_derive(
    "surface_minimale",
    TypeFait.DECIMAL,
    "Surface au-dessous de laquelle le logement actuel est suroccupé, selon le nombre d'occupants",
    source="CCH R822-25",
    unite="m²",
    minimum=0,
    maximum=999,
    decimales=2,
    champs=("logement_actuel.occupants",),
    parametres=("surface_une_personne", "surface_deux_personnes", "surface_par_personne_en_plus", "surface_plafond"),
)
def surface_minimale(
    occupants: int | None, une: Decimal, deux: Decimal, en_plus: Decimal, plafond: Decimal
) -> Decimal | None:
    if occupants is None:
        return None
    if occupants < 2:
        return Decimal(une) * max(0, occupants)
    return min(Decimal(plafond), Decimal(deux) + Decimal(en_plus) * (occupants - 2))


@fait_derive(
    "suroccupation",
    TypeFait.BOOLEEN,
    "La surface habitable est au-dessous du seuil de l'article R822-25 pour ses occupants",
    source="CCH R822-25, L441-1 j, R441-14-1",
    champs=("logement_actuel.surface", "surface_minimale"),
)
def suroccupation(surface: Decimal | None, minimale: Decimal | None) -> bool | None:
    return None if surface is None or minimale is None else surface < minimale


@fait_derive(
    "surface_par_personne",
    TypeFait.DECIMAL,
    "Surface habitable divisée par le nombre d'occupants",
    source="Usage des grilles de cotation (Paris, 2014)",
    confiance="V2",
    unite="m² par personne",
    minimum=0,
    maximum=999,
    decimales=2,
    champs=("logement_actuel.surface", "logement_actuel.occupants"),
)
def surface_par_personne(surface: Decimal | None, occupants: int | None) -> Decimal | None:
    return Decimal(surface) / max(1, occupants) if surface is not None and occupants is not None else None


@fait_derive(
    "personnes_par_piece",
    TypeFait.DECIMAL,
    "Nombre d'occupants divisé par le nombre de pièces principales",
    source="Usage des grilles de cotation (Paris, 2014)",
    confiance="V2",
    unite="personnes par pièce",
    minimum=0,
    maximum=30,
    decimales=2,
    champs=("logement_actuel.occupants", "logement_actuel.pieces"),
)
def personnes_par_piece(occupants: int | None, pieces: int | None) -> Decimal | None:
    return Decimal(occupants) / max(1, pieces) if occupants is not None and pieces is not None else None


@fait_derive(
    "sous_occupation",
    TypeFait.BOOLEEN,
    "Plus de pièces habitables que d'occupants, au-delà de la marge légale",
    source="CCH L621-2",
    confiance="V2",
    champs=("logement_actuel.pieces", "logement_actuel.occupants"),
    parametres=("sous_occupation_pieces_en_plus",),
)
def sous_occupation(pieces: int | None, occupants: int | None, marge: int) -> bool | None:
    return None if pieces is None or occupants is None else pieces > occupants + marge
