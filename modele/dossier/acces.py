"""Le journal des accès : ce qui s'y écrit, et la phrase qui le dit. Jamais de contenu d'un dossier.

Une seule liste pour le coffre, le registre et l'écran : ce que l'un écrit, l'autre sait le dire.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Self

_MOTIF: Final = " : "
_AUTRE_GESTE: Final = "a agi sur le dossier"
"""Écrit par une autre version de Perron : on sait qui et quand, pas quoi."""


class Acces(StrEnum):
    """Ce que quelqu'un a fait. La valeur est celle que les journaux gardent ; ``phrase`` suit un nom d'agent."""

    phrase: str

    def __new__(cls, valeur: str, phrase: str) -> Self:
        """Un membre est son mot écrit ; sa phrase l'accompagne."""
        membre = str.__new__(cls, valeur)
        membre._value_ = valeur
        membre.phrase = phrase
        return membre

    # Au coffre d'un poste.
    OUVRIR = "ouvrir", "a ouvert le coffre"
    OUVRIR_PAR_SECOURS = "ouvrir par secours", "a ouvert le coffre par le code de secours"
    CREER = "creer", "a créé le dossier"
    IMPORTER = "importer", "a importé le dossier"
    CONSULTER = "consulter", "a ouvert le dossier"
    DEMASQUER = "demasquer", "a lu son nom dans une liste"
    MODIFIER = "modifier", "a changé des réponses"
    IMPRIMER = "imprimer", "a imprimé ou enregistré des fiches"
    TRANCHER = "trancher", "a départagé une réponse"
    RESSAISIR = "ressaisir", "a repris une saisie refusée"
    CLASSER = "classer", "a classé une saisie refusée"
    # Le même mot pour toute voie immédiate : ni laquelle, ni pour qui.
    VOIE_OUVERTE = "voie ouverte", "a ouvert une voie"
    SUPPRIMER = "supprimer", "a supprimé le dossier"
    RENDRE = "rendre", "a rendu le dossier supprimé"
    REPORTER = "reporter", "a remis une date du dossier à plus tard"
    ANNULER_UN_REPORT = "annuler un report", "a annulé le report d'une date du dossier"
    ECARTER_UN_DOUBLON = "ecarter un doublon", "a écarté une ressemblance"
    REUNIR = "reunir", "a réuni deux dossiers de la même personne"
    DEFAIRE = "defaire une reunion", "a annulé la réunion de deux dossiers"
    # Qui n'ouvre jamais un dossier ; au journal de ce dossier, que l'écarté ne lit pas.
    ECARTER = "ecarter", "a noté que quelqu'un n'ouvre jamais le dossier"
    PASSER_LA_MAIN = "passer la main", "a passé la main"
    LEVER_UN_ECART = "lever un ecart", "a levé un écart à la demande de la personne"
    # D'un lieu à un autre, à l'accord de la personne.
    REMETTRE = "remettre", "a remis le dossier à un autre lieu, à l'accord de la personne"
    RETIRER_UNE_REMISE = "retirer une remise", "a retiré une remise à la demande de la personne"
    REPONDRE_A_UNE_REMISE = "repondre a une remise", "a répondu à une remise"
    # L'annuaire des lieux, écrit par la structure : sans dossier, le motif nomme le lieu.
    IMPORTER_DES_LIEUX = "importer des lieux", "a importé des lieux d'accueil"
    RETIRER_UN_LIEU = "retirer un lieu", "a retiré un lieu d'accueil importé"
    # Les contingents : sans dossier ; le motif nomme la convention, la commune ou le fichier, jamais une personne.
    LIRE_CONTINGENT = "lire contingent", "a lu les conventions et les passages en flux"
    SAISIR_CONVENTION = "saisir convention", "a saisi une convention de réservation"
    RETIRER_CONVENTION = "retirer convention", "a retiré une convention de réservation"
    SAISIR_PASSAGE = "saisir passage", "a saisi le passage en flux d'une commune"
    SAISIR_PREVISION = "saisir prevision", "a saisi la prévision d'un bailleur"
    RETIRER_PREVISION = "retirer prevision", "a retiré la prévision d'un bailleur"
    IMPORTER_ATTRIBUTIONS = "importer attributions", "a importé le fichier d'un bailleur"
    LIRE_ATTRIBUTIONS = "lire attributions", "a lu le fichier d'un bailleur"
    # La conférence intercommunale du logement : sans dossier ; le motif nomme le territoire, le signataire, la version.
    LIRE_CONFERENCE = "lire conference", "a lu les engagements et les dossiers figés de la conférence"
    SAISIR_ENGAGEMENT = "saisir engagement", "a saisi un engagement ou un document de la conférence"
    RETIRER_ENGAGEMENT = "retirer engagement", "a retiré un engagement ou un document de la conférence"
    FIGER_CONFERENCE = "figer conference", "a figé un dossier de la conférence"
    # Les candidats d'un logement : le classement sans dossier, le motif nomme le logement ; un nom, au journal du sien.
    CLASSER_DES_CANDIDATS = "classer des candidats", "a lu les candidats d'un logement"
    IDENTIFIER_UN_CANDIDAT = "identifier un candidat", "a lu le nom d'un candidat à un logement"
    # Les séances : sans dossier ; le motif nomme le logement, et la référence neutre du candidat.
    LIRE_SEANCES = "lire seances", "a lu la liste des séances"
    LIRE_SEANCE = "lire seance", "a lu une séance"
    LIRE_DEMANDES_DE_SEANCE = "lire demandes de seance", "a lu quelles demandes une séance examine"
    PREPARER_SEANCE = "preparer seance", "a préparé une séance"
    CHANGER_SEANCE = "changer seance", "a changé une séance"
    DESIGNER_EN_SEANCE = "designer en seance", "a désigné un candidat, ou l'a retiré, en séance"
    DECIDER_EN_SEANCE = "decider en seance", "a écrit ce que décide une séance"
    REPONDRE_EN_SEANCE = "repondre en seance", "a écrit une réponse à une offre"
    CLORE_SEANCE = "clore seance", "a clos une séance"
    RETIRER_SEANCE = "retirer seance", "a retiré une séance"
    # Les droits d'une personne sur ce qui est gardé d'elle.
    DROIT_NOTER = "droit noter", "a noté une demande de la personne sur ses données"
    DROIT_ACCES = "droit acces", "a sorti la feuille d'accès de la personne"
    DROIT_SUITE = "droit suite", "a donné suite à une demande de la personne"
    GELER = "geler", "a gelé le dossier à la demande de la personne"
    ACCORD = "accord", "a noté l'accord de la personne pour la journée"
    LEVER_LE_GEL = "lever le gel", "a levé le gel du dossier"
    EFFACER = "effacer", "a effacé le dossier à la demande de la personne"
    # Sans dossier : qui demandait, et de qui, ne s'écrit pas.
    TIERS = "tiers", "n'a rien dit à quelqu'un d'autre que la personne"
    # La porte « seul à seul » : chaque essai, sans dossier, le même mot qu'il en rencontre un ou non ; puis, au journal
    # du dossier rencontré, qui l'a trouvé ainsi.
    SEUL_A_SEUL = "seul a seul", "a cherché seul à seul"
    RENCONTRE = "rencontre", "l'a trouvé en cherchant seul à seul"
    # Les comptes d'un poste : sans dossier, le motif nomme le compte.
    COMPTE_OUVERT = "compte ouvert", "a ouvert un compte"
    COMPTE_CHANGE = "compte change", "a changé le service ou les rôles d'un compte"
    COMPTE_FERME = "compte ferme", "a fermé un compte"
    COMPTE_ROUVERT = "compte rouvert", "a rouvert un compte avec le code de secours"
    PORTEE_REGLEE = "portee reglee", "a changé le nombre de jours où ce poste vit hors de portée du registre"
    PORTEE_ROUVERTE = "portee rouverte", "a rouvert avec le code de secours ce poste hors de portée du registre"
    MOT_DE_PASSE = "mot de passe", "a changé son mot de passe"
    MOT_DE_PASSE_PERDU = "mot de passe perdu", "a repris son compte avec le code de secours"
    # Au registre.
    JOURNAL = "journal", "a reçu le dossier"
    DOUBLONS = "doublons", "l'a vu parmi des ressemblances"
    CONSULTATIONS = "consultations", "a regardé qui l'avait vu"
    OUVERTURE = "ouverture", "l'a ouvert à son guichet"
    SORTIE = "sortie", "ne le tient plus"

    def ecrire(self, motif: str = "") -> str:
        """Le texte à garder dans un journal ; ``motif`` : pourquoi, quand le geste en demande un."""
        return f"{self.value}{_MOTIF}{motif}" if motif else self.value

    @property
    def debut(self) -> str:
        """Ce par quoi commence le texte d'un geste écrit avec un motif."""
        return f"{self.value}{_MOTIF}"


@dataclass(frozen=True, slots=True)
class Geste:
    """Ce qu'un journal dit de quelqu'un. ``acces`` vide : un mot que cette version de Perron ne connaît pas."""

    acces: Acces | None
    motif: str = ""

    @property
    def dit(self) -> str:
        """La phrase qui suit le nom de l'agent ; d'un mot inconnu, rien d'écrit ne se montre."""
        if self.acces is None:
            return _AUTRE_GESTE
        return f"{self.acces.phrase} : « {self.motif} »" if self.motif else self.acces.phrase


_PAR_MOT: Final = {acces.value: acces for acces in Acces}


def relire(ecrit: str) -> Geste:
    """Le geste que dit ce texte, venu d'un journal d'ici ou d'ailleurs."""
    mot, _, motif = ecrit.partition(_MOTIF)
    acces = _PAR_MOT.get(mot)
    return Geste(None) if acces is None else Geste(acces, motif)
