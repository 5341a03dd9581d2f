"""Faits de ressources : total mensuel, par unité de consommation, taux d'effort, reste à vivre, revenu fiscal."""

from __future__ import annotations

from decimal import Decimal

from modele.dossier.faits.calendrier import MOIS_PAR_AN
from modele.dossier.faits.domaines import bornes, dire, entre, l_un, non_dit
from modele.dossier.faits.foyer import AUTRE
from modele.dossier.faits.lecture import DATE_CALCUL, Lecture
from modele.dossier.faits.registre import fait_d_etats, fait_derive
from modele.regles.etats import INCONNU, REFUSE, Etat, Statut
from modele.regles.faits import Fait, TypeFait

_EUROS_AU_PLUS = 9_999_999
_AVIS_AU_PLUS = 999_999
_COMMUN = ("ressources.avis_codemandeur", "avis_commun")
_PROPRE = ("ressources.avis_codemandeur", "avis_propre")
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
    source="CCH L441-1 (« inférieur à un montant » qui est « le plus élevé du quartile ») ; arrêté annuel",
    confiance="D",
    champs=("revenu_par_uc",),
    parametres=("premier_quartile_annuel",),
)
def premier_quartile(par_uc: Decimal, seuil: Decimal) -> bool:
    """Au seuil même, le texte se contredit : le niveau le plus élevé est un niveau du quartile, il en est donc."""
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
    "Revenus fiscaux de référence de toutes les personnes du foyer, ajoutés : ceux de N-2, ou de N-1 après une baisse",
    source="CCH R441-1, L442-12, L441-1 ; arrêté du 29 juillet 1987 ; service-public.fr F869",
    confiance="V2",
    unite="euros par an",
    minimum=0,
    maximum=_EUROS_AU_PLUS,
    champs=(
        *(f"ressources.{champ}_{rang}" for rang in ("n2", "n1") for champ in ("rfr", "part_propre")),
        *(f"ressources.rfr_{rang}_{qui}" for rang in ("n2", "n1") for qui in ("codemandeur", "autres")),
        "ressources.avis_hors_foyer",
        "ressources.avis_codemandeur",
        "foyer.avec_codemandeur",
        "foyer.personnes",
        "personne.sur_avis",
        "personne.mineur",
        "ressources.annee_n2",
        DATE_CALCUL,
    ),
    parametres=("baisse_revenus_part", "revenus_annees_en_arriere"),
)
def revenu_fiscal_retenu(lecture: Lecture) -> Etat:
    ancien = lecture.etat("ressources.rfr_n2")
    arriere, baisse = (lecture.parametre(p) for p in ("revenus_annees_en_arriere", "baisse_revenus_part"))
    # Sans avis d'imposition, les ressources s'apprécient autrement : on ne sait pas, ce n'est pas zéro.
    if not (ancien.connu and arriere.connu and baisse.connu):
        return REFUSE if ancien.statut is Statut.REFUSE else INCONNU
    annee = lecture.etat("ressources.annee_n2")
    if annee.connu and annee.valeur != lecture.date_calcul.year - int(str(arriere.valeur)):
        return INCONNU
    recent = lecture.etat("ressources.rfr_n1")
    n2 = _du_foyer(lecture, "n2")
    if recent.statut is Statut.SANS_OBJET:
        return entre(*n2)
    reste = 1 - Decimal(str(baisse.valeur))
    return _apres_baisse(n2, _du_foyer(lecture, "n1"), reste, toujours_n2=recent.peut_etre_sans_objet)


_Plage = tuple[int, int]
_RIEN: _Plage = (0, 0)


def _apres_baisse(n2: _Plage, n1: _Plage, reste: Decimal, *, toujours_n2: bool) -> Etat:
    """N-1 s'il ne dépasse pas la part ``reste`` de N-2, sinon N-2 ; toutes les valeurs encore possibles."""
    possibles: list[int] = []
    seuil = int(n2[1] * reste)
    if n1[0] <= seuil:
        possibles += [n1[0], min(n1[1], seuil)]
    if toujours_n2 or n1[1] > n2[0] * reste:
        possibles += n2
    return entre(min(possibles), max(possibles))


def _du_foyer(lecture: Lecture, rang: str) -> _Plage:
    """La somme des revenus de toutes les personnes du foyer ; un avis dont on ne sait rien n'est jamais zéro."""
    parts = [part(lecture, rang) for part in (_du_demandeur, _du_codemandeur, _des_autres)]
    return sum(bas for bas, _ in parts), sum(haut for _, haut in parts)


def _du_demandeur(lecture: Lecture, rang: str) -> _Plage:
    """Le revenu de son avis ; sa seule part, si l'avis est commun avec quelqu'un qui ne vivra pas là (L441-1)."""
    avis = _plage(lecture, f"ressources.rfr_{rang}")
    commun = dire(lecture.etat("ressources.avis_hors_foyer"))
    if commun is False:
        return avis
    bas, haut = _plage(lecture, f"ressources.part_propre_{rang}") if commun else (0, avis[1])
    return min(bas, avis[1]), min(haut, avis[1])


def _du_codemandeur(lecture: Lecture, rang: str) -> _Plage:
    """Le revenu de son propre avis ; rien s'il n'y a pas de codemandeur ou s'il est sur l'avis du demandeur."""
    avis, deux = lecture.etat("ressources.avis_codemandeur"), dire(lecture.etat("foyer.avec_codemandeur"))
    if deux is False or dire(lecture.dans(*_COMMUN)):
        return _RIEN
    if avis.connu and not dire(lecture.dans(*_PROPRE)):
        return 0, _AVIS_AU_PLUS
    return _peut_etre(_plage(lecture, f"ressources.rfr_{rang}_codemandeur"), deux)


def _des_autres(lecture: Lecture, rang: str) -> _Plage:
    """Le revenu des avis propres des autres personnes ; rien si toutes sont mineures ou sur l'avis du demandeur."""
    autres = [l_un([une.etat("personne.mineur"), une.etat("personne.sur_avis")]) for une in lecture.chacun(AUTRE)]
    if lecture.personnes_closes and all(dire(autre) for autre in autres):
        return _RIEN
    return _peut_etre(_plage(lecture, f"ressources.rfr_{rang}_autres"), any(dire(autre) is False for autre in autres))


def _peut_etre(plage: _Plage, la: bool | None) -> _Plage:
    """Un revenu qui compte, ou zéro tant qu'on ne sait pas si la personne est là."""
    return plage if la else (0, plage[1])


def _plage(lecture: Lecture, nom: str) -> _Plage:
    """Le plus petit et le plus grand revenu possibles, sans objet valant zéro."""
    bas, haut = lecture.bornes(nom) or (0, _AVIS_AU_PLUS)
    return int(bas), int(haut)
