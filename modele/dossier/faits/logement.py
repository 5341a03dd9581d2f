"""Faits du logement actuel : papier d'expulsion, surface, durée."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Final

from modele.dossier.faits.calendrier import depasse, mois_revolus
from modele.dossier.faits.domaines import tous
from modele.dossier.faits.lecture import DATE_CALCUL, Lecture
from modele.dossier.faits.registre import fait_d_etats, fait_derive
from modele.regles.etats import Enumere, Etat, Statut, connu, partiel
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
# Chaque acte de la procédure : la date écrite dessus, puis celle où il a été remis.
ACTES: Final[Mapping[str, tuple[str, str]]] = {
    "commandement_payer": ("expulsion.commandement_payer_le", "expulsion.commandement_payer_remis_le"),
    "assignation": ("expulsion.assignation_le", "expulsion.assignation_remise_le"),
    "jugement": ("expulsion.jugement_le", "expulsion.jugement_signifie_le"),
    "commandement_quitter": ("expulsion.commandement_quitter_le", "expulsion.commandement_quitter_remis_le"),
    "concours_force_publique": ("expulsion.concours_le", "expulsion.concours_notifie_le"),
}
_ETAPE = "expulsion.etape"
_AU_TRIAGE = "triage.papier_huissier"
_DATE_DU_PAPIER = "expulsion.date_papier"


@fait_d_etats(
    "papier_expulsion",
    TypeFait.CHOIX,
    "Étape de l'expulsion : celle du dernier acte daté ; sans date, celle dite à l'entretien ; sinon celle du triage",
    source="CCH L441-1 l, R441-14-1",
    codes=ETAPES,
    champs=(_ETAPE, _AU_TRIAGE, *(champ for dates in ACTES.values() for champ in dates)),
)
def papier_expulsion(lecture: Lecture) -> Etat:
    """Un acte dit sans sa date n'est jamais effacé par un acte qui le précède : aucune voie ne se tait."""
    etape, au_triage = lecture.etat(_ETAPE), lecture.etat(_AU_TRIAGE)
    # La question de l'entretien ne se pose encore que si un papier se devine : « aucun », au triage, n'y répond pas.
    rien = au_triage.statut not in (Statut.CONNU, Statut.PARTIEL) or au_triage.valeur == ETAPES[0]
    a_l_entretien = etape.statut is not Statut.INCONNU or rien
    dit = etape if a_l_entretien else au_triage
    dates = {acte: jour for acte in ACTES if (jour := _jour(lecture, acte)) is not None}
    if not dates or dit.statut is Statut.SANS_OBJET:
        return dit
    dernier = max(dates, key=lambda acte: (dates[acte], ETAPES.index(acte)))
    if not dit.connu:
        return _parmi({dernier, *_ouverts(lecture, dit, dates)})
    code = str(dit.valeur)
    if code not in ACTES or code in dates:
        return connu(dernier)
    plus_loin = ETAPES.index(code) > ETAPES.index(dernier)
    return dit if plus_loin and a_l_entretien else _parmi({dernier, code})


def _ouverts(lecture: Lecture, dit: Etat, dates: Mapping[str, date]) -> Iterator[str]:
    """Les actes sans date que ce qui a été dit laisse possibles."""
    codes = dit.domaine.valeurs if isinstance(dit.domaine, Enumere) else ETAPES
    yield from (a for a in ACTES if a in codes and a not in dates and lecture.etat(ACTES[a][0]).ouvert)


def _parmi(codes: Collection[str]) -> Etat:
    possibles = tuple(code for code in ETAPES if code in codes)
    return connu(possibles[0]) if len(possibles) == 1 else partiel(Enumere(possibles))


def _jour(lecture: Lecture, acte: str) -> date | None:
    """Le jour d'un acte : sa date, ou celle de sa remise ; ``None`` si aucune n'est connue au jour près."""
    for champ in ACTES[acte]:
        etat = lecture.etat(champ)
        seule = etat.domaine.valeurs if isinstance(etat.domaine, Enumere) else (etat.valeur,)
        if len(seule) == 1 and isinstance(seule[0], date):
            return seule[0]
    return None


def _depart(lecture: Lecture, acte: str) -> Etat:
    """La date de l'acte, sinon de sa remise, sinon celle du dernier papier (documents d'avant) si c'est lui."""
    ecrit, remis = (lecture.etat(champ) for champ in ACTES[acte])
    for etat in (ecrit, remis):
        if etat.statut in (Statut.CONNU, Statut.PARTIEL):
            return etat
    papier = lecture.etat("papier_expulsion")
    return lecture.etat(_DATE_DU_PAPIER) if papier.connu and papier.valeur == acte else ecrit


for _acte, _nom in (
    ("commandement_payer", "du commandement de payer"),
    ("assignation", "de l'assignation"),
    ("jugement", "du jugement"),
    ("commandement_quitter", "du commandement de quitter les lieux"),
    ("concours_force_publique", "du concours de la force publique"),
):
    fait_d_etats(
        f"depart_{_acte}",
        TypeFait.DATE,
        f"Point de départ prudent des délais {_nom} : sa date, sinon celle où il a été remis",
        source="CPCE L412-1 et suivants ; L89 art. 24",
        minimum=date.min,
        maximum=date.max,
        champs=(*ACTES[_acte], "papier_expulsion", _DATE_DU_PAPIER),
    )(partial(_depart, acte=_acte))


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
