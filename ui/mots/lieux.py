"""Un lieu d'accueil tel qu'il se dit au guichet : ouvert jusqu'à quand, à quelle distance, vérifié par qui."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from modele.lieux.mots import dire_heure
from modele.lieux.ouverture import Ouvert
from modele.mots.ecriture import JOURS, dire_date
from ui.theme import Ton

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from modele.bilan import Regles
    from modele.lieux.accueil import Accueil
    from modele.lieux.modele import Lieu
    from modele.lieux.ouverture import Ouverture
    from modele.territoire.annuaire import Trouve

A_APPELER: Final = "horaires à demander par téléphone"
TELEPHONE_SEUL: Final = "adresse confidentielle : par téléphone seulement"
AUCUN_LIEU: Final = "Aucun lieu n'est inscrit pour ce territoire. Demandez-les à qui tient le réseau, ou importez-les."
AUCUN_NE_REPOND: Final = "Aucun lieu ne répond à cette recherche. Enlevez la langue ou le besoin, ou appelez."


def dire_ouverture(ouverture: Ouverture, maintenant: datetime) -> str:
    """« ouvert jusqu'à 17 h », « fermé, ouvre demain à 9 h », « horaires à demander par téléphone »."""
    if ouverture.ouvert is Ouvert.OUI:
        if ouverture.jusqu_a is None:
            return "ouvert jour et nuit"
        return f"ouvert jusqu'à {_quand(ouverture.jusqu_a, maintenant, fin=True)}"
    if ouverture.ouvert is Ouvert.INCONNU:
        return A_APPELER
    motif = f" ({ouverture.motif})" if ouverture.motif else ""
    if ouverture.prochaine is None:
        return f"fermé{motif}, date de réouverture à demander"
    return f"fermé{motif}, ouvre {_quand(ouverture.prochaine, maintenant)}"


def _quand(le: datetime, maintenant: datetime, *, fin: bool = False) -> str:
    """« 17 h », « demain à 9 h », « jeudi à 9 h », « le 04/01/2027 à 9 h »."""
    jours = (le.date() - maintenant.date()).days
    # Minuit qui finit la journée est encore ce soir.
    if fin and jours == 1 and (le.hour, le.minute) == (0, 0):
        return "minuit"
    heure = dire_heure(le.hour * 60 + le.minute)
    if jours == 0:
        return heure if fin else f"à {heure}"
    if jours == 1:
        return f"demain à {heure}"
    return f"{JOURS[le.weekday()]} à {heure}" if jours < 7 else f"le {dire_date(le.date())} à {heure}"


def dire_ce_jour(ouvert: Ouvert) -> str:
    """Un jour entier, et non un instant."""
    return {Ouvert.OUI: "ouvre ce jour-là", Ouvert.NON: "fermé ce jour-là"}.get(ouvert, A_APPELER)


def dire_distance(trouve: Trouve) -> str:
    """« dans la commune », « à 6 km à vol d'oiseau » ; vide si l'on ne sait pas."""
    if trouve.km is None:
        return ""
    return "dans la commune" if trouve.km == 0 else f"à {max(1, round(trouve.km))} km à vol d'oiseau"


def dire_verifie(lieu: Lieu, jour: date) -> str:
    """D'où l'on tient ce lieu, et depuis quand ; ce qui a plus de six mois demande à être confirmé."""
    verifie = lieu.provenance.verifie_le
    if verifie is None:
        return "lieu fictif" if lieu.fictif else "jamais vérifié : à confirmer"
    par = f" par {lieu.confirme_par}" if lieu.confirme_par else ""
    ancien = " : plus de six mois, à confirmer" if lieu.perime(jour) else ""
    return f"vérifié le {dire_date(verifie)}{par}{ancien}"


def dire_niveau(lieu: Lieu, accueil: Accueil) -> str:
    """Le niveau de service, à faire valider : la loi n'en connaît pas."""
    niveau = accueil.niveaux.get(lieu.niveau)
    return "" if niveau is None else f"Niveau {niveau.rang} : {niveau.libelle} (à faire valider)"


def dire_ce_qu_on_y_fait(lieu: Lieu, accueil: Accueil) -> str:
    """Les besoins auxquels il répond."""
    return " ; ".join(un.libelle for un in accueil.besoins_de(lieu))


def dire_langues(lieu: Lieu, noms: Mapping[str, str]) -> str:
    """« français, arabe »."""
    return ", ".join(noms.get(code, code) for code in lieu.langues)


def noms_des_langues(regles: Regles) -> dict[str, str]:
    """Le nom de chaque langue de la nomenclature."""
    return {code: un.libelle for code, un in regles.national.nomenclatures["langue"].codes.items()}


def manque(lieux: Sequence[Lieu], regles: Regles) -> str:
    """Ce qui manque à l'annuaire de ce territoire, à dire en tête ; vide s'il a ses lieux."""
    if lieux:
        return ""
    dits = [un.complete_par for un in regles.territoire.manques if un.sorte == "accueil"]
    return AUCUN_LIEU if not dits else f"Aucun lieu n'est inscrit pour ce territoire. À demander à : {dits[0]}."


def dire_ligne(trouve: Trouve, maintenant: datetime) -> str:
    """La seconde ligne d'un lieu dans la liste : ouvert jusqu'à quand, à quelle distance."""
    dit = dire_ouverture(trouve.ouverture(maintenant), maintenant)
    if trouve.lieu.adresse_confidentielle:
        return f"{dit} · {TELEPHONE_SEUL}"
    ailleurs = "reçoit d'autres communes" if trouve.ailleurs else ""
    return " · ".join(filter(None, (dit, dire_distance(trouve), ailleurs)))


def dire_en_tete(proche: Trouve | None, maintenant: datetime, *, commune: bool) -> tuple[str, str, Ton]:
    """La phrase à lire à voix haute, son icône, son ton : le plus proche ouvert, ou pourquoi on ne le dit pas."""
    if proche is not None:
        dit = dire_ouverture(proche.ouverture(maintenant), maintenant)
        return f"Le plus proche : {proche.lieu.nom}, {dit}, {dire_distance(proche)}.", "circle-check", Ton.COURANT
    if not commune:
        return "Dites d'où l'on part : le plus proche se dira.", "map-pin", Ton.NEUTRE
    return "Aucun lieu ouvert maintenant à une distance connue : voyez quand ils ouvrent.", "clock", Ton.JOUR
