"""Faits de ressources : total mensuel, par unité de consommation, taux d'effort, reste à vivre, revenu fiscal."""

from __future__ import annotations

from decimal import Decimal

from modele.dossier.faits.calendrier import MOIS_PAR_AN
from modele.dossier.faits.domaines import bornes, entre, non_dit
from modele.dossier.faits.lecture import DATE_CALCUL, Lecture
from modele.dossier.faits.registre import fait_d_etats, fait_derive
from modele.regles.etats import INCONNU, REFUSE, Etat, Statut, connu
from modele.regles.faits import Fait, TypeFait

_EUROS_AU_PLUS = 9_999_999
# Sans ressources, le taux d'effort n'a pas de valeur finie : il prend son maximum déclaré.
_TAUX_AU_PLUS = 10
_MONTANT = Fait("montant", TypeFait.DECIMAL, minimum=0, maximum=99_999)


@fait_d_etats(
    "ressources_mensuelles",
    TypeFait.DECIMAL,
    "Total des ressources mensuelles du foyer, nettes avant prélèvement à la source, hors aide au logement",
    source="CCH R441-2-2 e, R441-3-1 ; formulaire 14069*05, cases E7 et E8",
    unite="euros par mois",
    minimum=0,
    maximum=_EUROS_AU_PLUS,
    decimales=2,
    champs=("ressources.revenus",),
)
def ressources_mensuelles(lecture: Lecture) -> Etat:
    liste = lecture.liste("ressources.revenus")
    montants = [element.get("montant", INCONNU) for element in liste.elements.values()]
    if any(m.ouvert and m.domaine is None for m in montants) or not (montants or liste.close):
        return non_dit(m for m in montants if m.ouvert)
    plages = [bornes(m, _MONTANT) or (0, _EUROS_AU_PLUS) for m in montants]
    bas = sum((Decimal(b) for b, _ in plages), Decimal(0))
    haut = sum((Decimal(h) for _, h in plages), Decimal(0)) if liste.close else Decimal(_EUROS_AU_PLUS)
    return entre(bas, haut)


@fait_derive(
    "revenu_par_uc",
    TypeFait.DECIMAL,
    "Ressources mensuelles du foyer divisées par ses unités de consommation",
    source="CCH L441-1 (premier quartile) ; INSEE, définition c1802",
    confiance="V2",
    unite="euros par mois et par unité de consommation",
    minimum=0,
    maximum=_EUROS_AU_PLUS,
    decimales=2,
    champs=("ressources_mensuelles", "unites_consommation"),
)
def revenu_par_uc(ressources: Decimal, unites: Decimal) -> Decimal:
    return Decimal(ressources) / max(Decimal(1), Decimal(unites))


@fait_derive(
    "premier_quartile",
    TypeFait.BOOLEEN,
    "Ressources annuelles par unité de consommation au plus égales au seuil annuel (objectif, non priorité)",
    source="CCH L441-1 ; arrêté annuel fixant le seuil de ressources du premier quartile",
    champs=("revenu_par_uc",),
    parametres=("premier_quartile_annuel",),
)
def premier_quartile(par_uc: Decimal, seuil: Decimal) -> bool:
    return Decimal(par_uc) * MOIS_PAR_AN <= Decimal(seuil)


@fait_derive(
    "charge_logement",
    TypeFait.DECIMAL,
    "Loyer, annexes et charges récupérables, moins l'aide au logement ; jamais moins de zéro",
    source="CCH R441-3-1 ; arrêté du 10/03/2011",
    confiance="V2",
    unite="euros par mois",
    minimum=0,
    maximum=20_000,
    decimales=2,
    champs=("logement_actuel.loyer", "logement_actuel.charges", "logement_actuel.aide_logement"),
)
def charge_logement(loyer: Decimal | None, charges: Decimal | None, aide: Decimal | None) -> Decimal | None:
    if loyer is None:
        return None
    return max(Decimal(0), Decimal(loyer) + Decimal(charges or 0) - Decimal(aide or 0))


@fait_derive(
    "taux_effort",
    TypeFait.DECIMAL,
    "Charge de logement nette de l'aide, divisée par les ressources mensuelles (0,30 pour 30 %) ; sans ressources : 10",
    source="CCH R441-3-1 ; arrêté du 10/03/2011",
    confiance="V2",
    unite="part des ressources",
    minimum=0,
    maximum=_TAUX_AU_PLUS,
    decimales=4,
    champs=("charge_logement", "ressources_mensuelles"),
)
def taux_effort(charge: Decimal | None, ressources: Decimal) -> Decimal | None:
    if charge is None:
        return None
    if charge <= 0:
        return Decimal(0)
    if ressources <= 0:
        return Decimal(_TAUX_AU_PLUS)
    return min(Decimal(_TAUX_AU_PLUS), Decimal(charge) / Decimal(ressources))


@fait_derive(
    "reste_a_vivre",
    TypeFait.DECIMAL,
    "Ressources moins pension versée et charge de logement, par unité de consommation (estimation, usage)",
    source="Usage des bailleurs, aucune définition nationale",
    confiance="M",
    unite="euros par mois et par unité de consommation",
    minimum=-_EUROS_AU_PLUS,
    maximum=_EUROS_AU_PLUS,
    decimales=2,
    champs=("ressources_mensuelles", "ressources.pension_versee", "charge_logement", "unites_consommation"),
)
def reste_a_vivre(ressources: Decimal, pension: Decimal | None, charge: Decimal | None, unites: Decimal) -> Decimal:
    reste = Decimal(ressources) - Decimal(pension or 0) - Decimal(charge or 0)
    return reste / max(Decimal(1), Decimal(unites))


@fait_d_etats(
    "revenu_fiscal_retenu",
    TypeFait.ENTIER,
    "Revenu fiscal de référence à comparer aux plafonds : celui de N-2, ou celui de N-1 après une baisse suffisante",
    source="Arrêté du 29 juillet 1987 ; service-public.fr F869",
    confiance="V2",
    unite="euros par an",
    minimum=0,
    maximum=999_999,
    champs=("ressources.rfr_n2", "ressources.rfr_n1", "ressources.annee_n2", DATE_CALCUL),
    parametres=("baisse_revenus_part", "revenus_annees_en_arriere"),
)
def revenu_fiscal_retenu(lecture: Lecture) -> Etat:
    ancien = lecture.etat("ressources.rfr_n2")
    arriere, baisse = (lecture.parametre(p) for p in ("revenus_annees_en_arriere", "baisse_revenus_part"))
    # Sans avis d'imposition, les ressources s'apprécient autrement : on ne sait pas, ce n'est pas zéro.
    if not (ancien.connu and arriere.connu and baisse.connu):
        return REFUSE if ancien.statut is Statut.REFUSE else INCONNU
    annee = lecture.etat("ressources.annee_n2")
    if annee.connu and annee.valeur != lecture.date_calcul.year - _entier(arriere):
        return INCONNU
    n2 = _entier(ancien)
    seuil = n2 * (1 - Decimal(str(baisse.valeur)))
    return _apres_baisse(lecture, n2, seuil)


def _entier(etat: Etat) -> int:
    return int(str(etat.valeur))


def _apres_baisse(lecture: Lecture, n2: int, seuil: Decimal) -> Etat:
    """N-1 s'il ne dépasse pas ``seuil`` ; tant qu'on ne le connaît pas, le revenu retenu ne peut que baisser."""
    recent = lecture.etat("ressources.rfr_n1")
    if recent.statut is Statut.SANS_OBJET:
        return connu(n2)
    bas, haut = lecture.bornes("ressources.rfr_n1") or (0, n2)
    if bas > seuil:
        return connu(n2)
    return entre(bas, haut if haut <= seuil and not recent.peut_etre_sans_objet else n2)
