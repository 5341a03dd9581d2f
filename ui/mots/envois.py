"""Dire où en sont les envois, sans faire peur et sans rien promettre : un succès ne se dit qu'avec le reçu.

Sans Qt. Essais : ``tests/ui/mots/test_envois.py``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from modele.orientation.resultat import Urgence
from modele.synchro.etats import EtatEnvois, Lien
from ui.mots.moments import ecrire_moment
from ui.theme import Ton

INSECABLE: Final = "\u00a0"
ECART_DIT: Final = timedelta(minutes=5)
"""En deçà, l'écart des horloges ne se dit pas."""
RIEN_PERDU: Final = "rien n'est perdu"
_COUPES: Final = (Lien.HORS_LIGNE, Lien.JAMAIS_JOINT)


@dataclass(frozen=True, slots=True)
class EtatDit:
    """Un état en une ligne. ``phrases`` : la même chose, de la plus diserte à la plus brève."""

    phrases: tuple[str, ...]
    icone: str
    ton: Ton


@dataclass(frozen=True, slots=True)
class AReprendre:
    """Ce que les envois demandent à l'agent : l'urgence, la phrase, ce qui la précise, l'écran où cela se fait."""

    urgence: Urgence
    libelle: str
    detail: str
    ecran: str


def dire_duree(duree: timedelta) -> str:
    """« moins d'une minute », « 12 min », « 2 h 14 », « 3 jours »."""
    minutes = max(0, int(duree.total_seconds())) // 60
    if minutes < 1:
        return "moins d'une minute"
    if minutes < 60:
        return f"{minutes}{INSECABLE}min"
    heures, reste = divmod(minutes, 60)
    if heures < 24:
        return f"{heures}{INSECABLE}h{INSECABLE}{reste:02d}"
    return compter(heures // 24, "jour", "jours")


def dire_les_absents(absents: int) -> str:
    """Ce qu'une recherche dans les autres guichets ne peut pas encore montrer ; vide si elle montre tout."""
    if not absents:
        return ""
    postes = compter(absents, "poste ne s'est pas encore reconnecté", "postes ne se sont pas encore reconnectés")
    return f"Le registre a été restauré et {postes} : rien ne se montre encore d'un guichet à l'autre."


def dire_ce_qui_attend_ici(de_cote: int) -> str:
    """Ce que ce poste garde pour un registre restauré qui ne l'a pas encore repris ; vide s'il a tout."""
    if not de_cote:
        return ""
    dossiers = compter(de_cote, "dossier de ce poste n'y est pas encore", "dossiers de ce poste n'y sont pas encore")
    return f"Le registre a été restauré et {dossiers}. Rien n'est perdu : Perron les garde ici et les lui propose."


A_CONFIRMER: Final = (
    "Ce coffre a été remis d'une copie. Tant que le registre n'a pas répondu, chaque dossier se montre discret : "
    "cherchez-le par sa référence, ou seul à seul."
)


def compter(nombre: int, un: str, plusieurs: str) -> str:
    """« 1 dossier », « 3 dossiers »."""
    return f"{nombre}{INSECABLE}{un if nombre < 2 else plusieurs}"


def dire_attente(etat: EtatEnvois, maintenant: datetime) -> str:
    """« 3 dossiers attendent l'envoi depuis 2 h 14 » ; vide si rien n'attend."""
    nombre, depuis = len(etat.attente), etat.depuis
    if depuis is None:
        return ""
    verbe = "attend" if nombre < 2 else "attendent"
    duree = dire_duree(maintenant - depuis)
    return f"{compter(nombre, 'dossier', 'dossiers')} {verbe} l'envoi depuis {duree}"


def pied(etat: EtatEnvois, maintenant: datetime) -> EtatDit:
    """Ce que dit le bas de la fenêtre."""
    attente = dire_attente(etat, maintenant)
    match etat.lien:
        case Lien.SANS_REGISTRE:
            return EtatDit(
                ("Ce poste n'est relié à aucun registre : tout reste ici, chiffré", "Tout reste ici, chiffré"),
                "cloud-off",
                Ton.NEUTRE,
            )
        case Lien.REVOQUE:
            return EtatDit(
                ("Ce poste n'a plus accès au registre : vos saisies restent ici", "Plus d'accès au registre"),
                "triangle-alert",
                Ton.JOUR,
            )
        case Lien.TROP_ANCIEN:
            return EtatDit(
                ("Perron est à mettre à jour avant d'envoyer : vos saisies attendent ici", "À mettre à jour"),
                "triangle-alert",
                Ton.JOUR,
            )
    if etat.a_confirmer:
        return EtatDit(
            (
                "Coffre remis d'une copie : tout se montre discret jusqu'à la réponse du registre ; cherchez par "
                "référence, ou seul à seul",
                "Remis d'une copie : cherchez par référence",
                "Cherchez par référence",
            ),
            "eye-off",
            Ton.JOUR,
        )
    if etat.quarantaine:
        nombre = compter(len(etat.quarantaine), "saisie refusée", "saisies refusées")
        suite = f" · {attente}" if attente else ""
        suite += " · hors ligne" if etat.lien in _COUPES else ""
        return EtatDit((f"{nombre}, à reprendre{suite}", f"{nombre}, à reprendre", nombre), "triangle-alert", Ton.JOUR)
    return _pied_courant(etat, attente, maintenant)


def _pied_courant(etat: EtatEnvois, attente: str, maintenant: datetime) -> EtatDit:
    coupe = etat.lien in _COUPES
    if attente:
        court = f"{len(etat.attente)} à envoyer"
        if coupe:
            return EtatDit(
                (f"{attente} · hors ligne", f"{court} · hors ligne", f"{len(etat.attente)} hors ligne"),
                "cloud-off",
                Ton.NEUTRE,
            )
        return EtatDit((attente, court), "send", Ton.NEUTRE)
    if coupe:
        return EtatDit(("Hors ligne · rien n'attend l'envoi", "Hors ligne"), "cloud-off", Ton.NEUTRE)
    return EtatDit((_tout_envoye(etat, maintenant), "Tout est envoyé"), "cloud-check", Ton.COURANT)


def _tout_envoye(etat: EtatEnvois, maintenant: datetime) -> str:
    if etat.dernier_echange is None:
        return "Rien n'attend l'envoi"
    return f"Tout est envoyé, reçu par le registre {ecrire_moment(etat.dernier_echange, maintenant)}"


def principale(etat: EtatEnvois, maintenant: datetime) -> str:
    """La phrase que l'agent lit d'abord, sur la carte de l'accueil et en tête des envois."""
    attente = dire_attente(etat, maintenant)
    match etat.lien:
        case Lien.SANS_REGISTRE:
            return "Ce poste n'est relié à aucun registre : tout reste ici."
        case Lien.REVOQUE:
            return f"Ce poste n'a plus accès au registre. Vos saisies restent ici : {RIEN_PERDU}."
        case Lien.TROP_ANCIEN:
            return f"Le registre demande une version plus récente de Perron. Vos saisies attendent ici : {RIEN_PERDU}."
    if attente:
        return f"{attente} ; {RIEN_PERDU}."
    if etat.quarantaine:
        refus = compter(len(etat.quarantaine), "saisie refusée", "saisies refusées")
        return f"{refus} par le registre, à reprendre ; tout est gardé ici, {RIEN_PERDU}."
    if etat.lien is Lien.HORS_LIGNE:
        return "Hors ligne, et rien n'attend l'envoi."
    return f"{_tout_envoye(etat, maintenant)}."


def precisions(etat: EtatEnvois, maintenant: datetime) -> tuple[str, ...]:
    """Ce qui suit la phrase : le délai qui finit, le réseau, le prochain essai, l'heure."""
    dites = (etat.portee, _reseau(etat, maintenant), dire_ecart(etat.ecart_horloge))
    return tuple(dite for dite in dites if dite)


def _reseau(etat: EtatEnvois, maintenant: datetime) -> str:
    dernier = etat.dernier_echange
    dit = f"Dernier échange avec le registre {ecrire_moment(dernier, maintenant)}." if dernier is not None else ""
    match etat.lien:
        case Lien.SANS_REGISTRE:
            return "Chiffré, sur ce poste seulement."
        case Lien.JAMAIS_JOINT:
            return f"Le registre n'a pas encore répondu à ce poste.{_prochain(etat, maintenant)}"
        case Lien.HORS_LIGNE:
            # Rien n'attend : la phrase au-dessus vient de le dire.
            dit = f"Hors ligne. {dit}" if etat.attente or etat.quarantaine else dit
            return f"{dit.strip()}{_prochain(etat, maintenant)}".strip()
    return dit if etat.attente or etat.quarantaine else ""


def _prochain(etat: EtatEnvois, maintenant: datetime) -> str:
    if etat.prochain is None or etat.prochain <= maintenant:
        return ""
    return f" Prochain essai {ecrire_moment(etat.prochain, maintenant)}."


def dire_ecart(ecart: timedelta) -> str:
    """L'écart des horloges, s'il compte : jamais bloquant, les heures dites seront celles du poste."""
    if abs(ecart) <= ECART_DIT:
        return ""
    sens = "avance" if ecart > timedelta() else "retarde"
    return f"L'horloge de ce poste {sens} de {dire_duree(abs(ecart))} sur celle du registre : réglez-la."


def a_reprendre(etat: EtatEnvois | None) -> tuple[AReprendre, ...]:
    """Ce qui attend une personne : des réponses à départager, des saisies refusées, des dossiers qui se ressemblent."""
    if etat is None:
        return ()
    dites = []
    if etat.portee:
        dites.append(
            AReprendre(Urgence.JOUR, "Joindre le registre", "sinon, bientôt, plus aucun compte n'ouvre ici", "envois")
        )
    if etat.divergences:
        libelle = f"{compter(etat.divergences, 'réponse', 'réponses')} à départager"
        dites.append(AReprendre(Urgence.JOUR, libelle, "notées autrement dans deux guichets", "divergences"))
    if etat.quarantaine:
        libelle = f"{compter(len(etat.quarantaine), 'saisie refusée', 'saisies refusées')}, à reprendre"
        dites.append(AReprendre(Urgence.JOUR, libelle, "par le registre, qui dit pourquoi", "envois"))
    if etat.doublons:
        libelle = f"{compter(etat.doublons, 'dossier ressemble', 'dossiers ressemblent')} à un autre"
        dites.append(AReprendre(Urgence.SEMAINE, libelle, "dans un autre guichet, à vérifier", "doublons"))
    return tuple(dites)
