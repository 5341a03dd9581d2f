"""Faits de la demande : ancienneté, délai anormalement long, validité, population, recours."""

from __future__ import annotations

from datetime import date, timedelta

from modele.dossier.faits.calendrier import ajouter_mois, depasse, mois_entames, mois_revolus
from modele.dossier.faits.domaines import FAUX, compter, contraire, dire, non_dit, tous
from modele.dossier.faits.lecture import DATE_CALCUL, Lecture
from modele.dossier.faits.registre import fait_d_etats, fait_derive
from modele.regles.etats import SANS_OBJET, Enumere, Etat, Statut, connu, partiel
from modele.regles.faits import TypeFait, Valeur

TYPOLOGIES = ("chambre", "T1", "T2", "T3", "T4", "T5", "T6P")
POPULATIONS = ("primo", "mutation")
# Cent ans : plus que toute demande, pour qu'une ancienneté inconnue ne laisse pas une note sans fin.
_MOIS_MAXIMUM = 1200


@fait_d_etats(
    "demande_enregistree",
    TypeFait.BOOLEEN,
    "Une demande est enregistrée ; une date de réception attestée suffit à le dire",
    source="CCH R441-2-3, R441-2-4",
    champs=("demande.date_reception", "demande.deja_enregistree"),
)
def demande_enregistree(lecture: Lecture) -> Etat:
    deja = lecture.etat("demande.deja_enregistree")
    recue = lecture.etat("demande.date_reception")
    datee = recue.statut in (Statut.CONNU, Statut.PARTIEL) and not recue.peut_etre_sans_objet
    return connu(True) if datee and dire(deja) is not False else _non_si_sans_objet(deja)


def _non_si_sans_objet(etat: Etat) -> Etat:
    return connu(False) if dire(etat) is False else etat


@fait_d_etats(
    "demande_active",
    TypeFait.BOOLEEN,
    "Une demande est enregistrée et n'est pas dite radiée",
    source="CCH R441-2-3, R441-2-8",
    champs=("demande_enregistree", "demande.radiee"),
)
def demande_active(lecture: Lecture) -> Etat:
    """Une radiation ne compte que dite : tant qu'elle ne l'est pas, une attestation vaut."""
    return FAUX if dire(lecture.etat("demande.radiee")) else lecture.etat("demande_enregistree")


@fait_d_etats(
    "demande_connue",
    TypeFait.BOOLEEN,
    "Ce qui est dit suffit à savoir qu'une demande existe, radiée ou non",
    source="CCH R441-2-3, R441-2-8",
    champs=("demande_enregistree",),
)
def demande_connue(lecture: Lecture) -> Etat:
    """Parle de ce qui est dit, pas de ce qui est : dans le doute, faux."""
    return connu(dire(lecture.etat("demande_enregistree")) is True)


@fait_d_etats(
    "attestation_attendue",
    TypeFait.BOOLEEN,
    "Une demande est enregistrée et son attestation n'est pas dite reçue",
    source="CCH L441-2-1",
    champs=("demande_active", "demande.attestation_recue"),
)
def attestation_attendue(lecture: Lecture) -> Etat:
    """Parle de ce qui est dit : tant qu'elle n'est pas dite reçue, le mois de L441-2-1 court."""
    return FAUX if dire(lecture.etat("demande.attestation_recue")) else lecture.etat("demande_active")


@fait_d_etats(
    "dernier_renouvellement",
    TypeFait.DATE,
    "Date du dernier renouvellement ; sans objet si la demande est dite jamais renouvelée",
    source="CCH R441-2-7",
    champs=("demande.date_renouvellement", "demande.jamais_renouvelee"),
)
def dernier_renouvellement(lecture: Lecture) -> Etat:
    date_dite = lecture.etat("demande.date_renouvellement")
    datee = date_dite.statut in (Statut.CONNU, Statut.PARTIEL)
    return SANS_OBJET if dire(lecture.etat("demande.jamais_renouvelee")) and not datee else date_dite


@fait_derive(
    "anciennete_mois",
    TypeFait.ENTIER,
    "Mois révolus depuis la date de réception attestée ; 0 sans demande enregistrée, ou radiée",
    source="CCH R441-2-3, R441-2-4",
    unite="mois",
    minimum=0,
    maximum=_MOIS_MAXIMUM,
    champs=("demande_active", "demande.date_reception", DATE_CALCUL),
)
def anciennete_mois(active: bool | None, recue: date | None, jour: date) -> int:
    return mois_revolus(recue, jour) if active and recue else 0


@fait_derive(
    "anciennete_mois_entames",
    TypeFait.ENTIER,
    "Mois révolus depuis la date de réception attestée, plus un s'il reste un jour",
    source="CCH R441-2-3, R441-2-4",
    unite="mois",
    minimum=0,
    maximum=_MOIS_MAXIMUM,
    champs=("demande_active", "demande.date_reception", DATE_CALCUL),
)
def anciennete_mois_entames(active: bool | None, recue: date | None, jour: date) -> int:
    return mois_entames(recue, jour) if active and recue else 0


@fait_derive(
    "delai_anormalement_long_depasse",
    TypeFait.BOOLEEN,
    "La date de calcul dépasse la réception de la demande de plus que le délai fixé par le préfet",
    source="CCH L441-1-4, L441-2-3 II",
    champs=("demande_active", "demande.date_reception", DATE_CALCUL),
    parametres=("delai_anormalement_long_mois",),
)
def delai_anormalement_long_depasse(active: bool | None, recue: date | None, jour: date, mois: int) -> bool:
    return bool(active and recue) and depasse(recue or jour, int(mois), jour)


@fait_derive(
    "delai_anormalement_long_depasse_le",
    TypeFait.DATE,
    "Premier jour où le délai fixé par le préfet est dépassé : le lendemain de son terme",
    source="CCH L441-1-4, L441-2-3 II",
    minimum=date.min,
    maximum=date.max,
    champs=("demande_active", "demande.date_reception"),
    parametres=("delai_anormalement_long_mois",),
)
def delai_anormalement_long_depasse_le(active: bool | None, recue: date | None, mois: int) -> date | None:
    return _lendemain(ajouter_mois(recue, int(mois))) if active and recue else None


def _lendemain(jour: date) -> date:
    return jour if jour == date.max else jour + timedelta(days=1)


@fait_derive(
    "fin_validite_demande",
    TypeFait.DATE,
    "Dernier jour de validité de la demande : un an après sa réception ou son dernier renouvellement",
    source="CCH R441-2-7",
    minimum=date.min,
    maximum=date.max,
    champs=("demande_enregistree", "demande.date_reception", "dernier_renouvellement"),
    parametres=("validite_demande_mois",),
)
def fin_validite_demande(
    enregistree: bool | None, recue: date | None, renouvelee: date | None, mois: int
) -> date | None:
    return _fin(enregistree, recue, renouvelee, mois)


def _fin(enregistree: bool | None, recue: date | None, renouvelee: date | None, mois: int) -> date | None:
    departs = [jour for jour in (recue, renouvelee) if jour]
    return ajouter_mois(max(departs), int(mois)) if enregistree and departs else None


@fait_derive(
    "demande_a_renouveler",
    TypeFait.BOOLEEN,
    "La validité de la demande s'achève dans le mois qui vient, ou s'est achevée",
    source="CCH R441-2-7 (préavis d'un mois)",
    champs=("demande_enregistree", "demande.date_reception", "dernier_renouvellement", DATE_CALCUL),
    parametres=("validite_demande_mois", "preavis_renouvellement_mois"),
)
def demande_a_renouveler(
    enregistree: bool | None, recue: date | None, renouvelee: date | None, jour: date, mois: int, preavis: int
) -> bool:
    fin = _fin(enregistree, recue, renouvelee, mois)
    return fin is not None and jour >= ajouter_mois(fin, -int(preavis))


@fait_derive(
    "demande_reactivable",
    TypeFait.BOOLEEN,
    "La demande a été radiée, et son délai technique de réactivation court encore : l'ancienneté peut être gardée",
    source="Arrêté du 23/03/2015 (cahier des charges des systèmes particuliers), à revérifier",
    confiance="D",
    champs=("demande.radiee", "fin_validite_demande", DATE_CALCUL),
    parametres=("reactivation_apres_validite_mois",),
)
def demande_reactivable(radiee: bool | None, fin: date | None, jour: date, mois: int) -> bool:
    return bool(radiee and fin) and not depasse(fin or jour, int(mois), jour)


@fait_d_etats(
    "demande_a_refaire",
    TypeFait.BOOLEEN,
    "Une demande dite radiée ou jamais renouvelée, dont le délai technique de réactivation est passé",
    source="Arrêté du 23/03/2015 (cahier des charges des systèmes particuliers), à revérifier",
    confiance="D",
    champs=("demande.radiee", "demande.jamais_renouvelee", "fin_validite_demande", DATE_CALCUL),
    parametres=("reactivation_apres_validite_mois",),
)
def demande_a_refaire(lecture: Lecture) -> Etat:
    """Faux tant que ni l'un ni l'autre n'est dit : une demande qu'on dit à jour ne se refait pas."""
    if not any(dire(lecture.etat(champ)) for champ in ("demande.radiee", "demande.jamais_renouvelee")):
        return FAUX
    return lecture.juger(_hors_delai, ["fin_validite_demande", DATE_CALCUL], ["reactivation_apres_validite_mois"])


def _hors_delai(fin: date | None, jour: date, mois: int) -> bool:
    return fin is not None and depasse(fin, int(mois), jour)


@fait_d_etats(
    "hebergement_demande_precis",
    TypeFait.BOOLEEN,
    "La demande d'hébergement restée sans réponse est dite avec sa date et à qui elle fut faite",
    source="CCH L441-2-3 III, R441-14",
    champs=("dalo.hebergement_demande_le", "dalo.hebergement_demande_a"),
)
def hebergement_demande_precis(lecture: Lecture) -> Etat:
    """Une réponse donnée suffit, même approchée ; celle qui manque reste à demander."""
    return tous([_dite(lecture.etat(champ)) for champ in ("dalo.hebergement_demande_le", "dalo.hebergement_demande_a")])


def _saisi(lecture: Lecture, champ: str) -> Etat:
    """Parle de ce qui est dit : sans date notée, ou datée de demain, le recours reste à faire."""
    dite = lecture.etat(champ).statut in (Statut.CONNU, Statut.PARTIEL)
    return connu(dite and dire(lecture.juger(_deja, [champ, DATE_CALCUL])) is True)


def _deja(le: date | None, jour: date) -> bool:
    return le is not None and le <= jour


@fait_d_etats(
    "dalo_tribunal_saisi",
    TypeFait.BOOLEEN,
    "Le jour où le tribunal administratif a été saisi est noté, et il est venu",
    source="CCH L441-2-3-1 I",
    champs=("dalo.tribunal_saisi_le", DATE_CALCUL),
)
def dalo_tribunal_saisi(lecture: Lecture) -> Etat:
    return _saisi(lecture, "dalo.tribunal_saisi_le")


@fait_d_etats(
    "daho_tribunal_saisi",
    TypeFait.BOOLEEN,
    "Le jour où le tribunal administratif a été saisi pour un hébergement est noté, et il est venu",
    source="CCH L441-2-3-1 II",
    champs=("dalo.daho_tribunal_saisi_le", DATE_CALCUL),
)
def daho_tribunal_saisi(lecture: Lecture) -> Etat:
    return _saisi(lecture, "dalo.daho_tribunal_saisi_le")


def _dite(etat: Etat) -> Etat:
    if etat.statut is Statut.SANS_OBJET:
        return FAUX
    return connu(True) if etat.statut in (Statut.CONNU, Statut.PARTIEL) else etat


@fait_d_etats(
    "population",
    TypeFait.CHOIX,
    "Mutation si le demandeur est locataire d'un logement social et titulaire du bail ; sinon primo",
    source="CCH R441-2-10 11°",
    codes=POPULATIONS,
    champs=("logement_actuel.statut", "logement_actuel.titulaire_bail"),
)
def population(lecture: Lecture) -> Etat:
    mutation = tous(
        [lecture.dans("logement_actuel.statut", "locataire_social"), lecture.etat("logement_actuel.titulaire_bail")]
    )
    return connu(POPULATIONS[bool(mutation.valeur)]) if mutation.connu else mutation


@fait_d_etats(
    "typologie_souhaitee",
    TypeFait.CHOIX,
    "Type de logement souhaité ; plusieurs types demandés restent tous possibles",
    source="CCH R441-2-2 h ; formulaire 14069*05, case G1",
    codes=TYPOLOGIES,
    champs=("recherche.type",),
)
def typologie_souhaitee(lecture: Lecture) -> Etat:
    etat = lecture.etat("recherche.type")
    if etat.domaine is None and not etat.connu:
        return etat
    possibles = (etat.valeur,) if etat.connu else etat.domaine.valeurs if isinstance(etat.domaine, Enumere) else ()
    codes = {code for ensemble in possibles if isinstance(ensemble, frozenset) for code in ensemble}
    voulus: tuple[Valeur, ...] = tuple(code for code in TYPOLOGIES if code in codes)
    # Rien de coché, ou une liste encore ouverte : n'importe quel type peut être demandé.
    if not voulus or frozenset() in possibles:
        return Etat(Statut.INCONNU, peut_etre_sans_objet=etat.peut_etre_sans_objet)
    if len(voulus) == 1 and not etat.peut_etre_sans_objet:
        return connu(voulus[0])
    return partiel(Enumere(voulus), peut_etre_sans_objet=etat.peut_etre_sans_objet)


@fait_d_etats(
    "refus_non_justifies",
    TypeFait.ENTIER,
    "Refus d'une proposition adaptée, sans motif légitime : le nombre dit, ou ceux de la liste des refus",
    source="CCH R441-2-10 11°",
    unite="refus",
    minimum=0,
    maximum=20,
    champs=("demande.refus_non_justifies", "refus"),
)
def refus_non_justifies(lecture: Lecture) -> Etat:
    nombre = lecture.etat("demande.refus_non_justifies")
    liste = lecture.liste("refus")
    if nombre.statut is not Statut.INCONNU or not liste.close:
        return nombre
    return compter([contraire(refus.get("justifie", non_dit([]))) for refus in liste.elements.values()])


@fait_d_etats(
    "relogement_operation_urbaine",
    TypeFait.BOOLEEN,
    "Relogement de droit : renouvellement urbain ou copropriété dégradée",
    source="CCH L441-1, L741-1, L741-2",
    champs=("demande.relogement_operation_urbaine",),
)
def relogement_operation_urbaine(lecture: Lecture) -> Etat:
    return lecture.etat("demande.relogement_operation_urbaine")


@fait_derive(
    "titre_sejour_expire",
    TypeFait.BOOLEEN,
    "La date de fin du titre de séjour vu est passée ; sans date, on ne sait pas",
    source="CCH R441-2-3",
    champs=("demandeur.titre_sejour_fin", DATE_CALCUL),
)
def titre_sejour_expire(fin: date | None, jour: date) -> bool:
    return fin is not None and fin < jour


@fait_derive(
    "titre_sejour_valable",
    TypeFait.BOOLEEN,
    "La date de fin du titre de séjour vu n'est pas passée ; sans date, on ne sait pas",
    source="CCH R441-2-3",
    champs=("demandeur.titre_sejour_fin", DATE_CALCUL),
)
def titre_sejour_valable(fin: date | None, jour: date) -> bool:
    """Vrai le dernier jour compris. Sans date (sans objet), jamais vrai : ce n'est pas le contraire d'« expiré »."""
    return fin is not None and fin >= jour
