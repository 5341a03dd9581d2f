"""Les droits d'une personne, en mots : qui demande, ce qui se fait, ce qui se dit à quelqu'un d'autre. Sans Qt.

Essais : ``tests/ui/ecrans/test_ecran_droits.py``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from modele.dossier.codes import reference_courte
from modele.mots.ecriture import dire_date

if TYPE_CHECKING:
    from modele.dossier.droits_personnes import Demande, Droit

TIERS: Final = "tiers"
QUI: Final = {
    "personne": ("La personne elle-même", "le demandeur : son identité vérifiée, et personne d'autre n'entend"),
    "codemandeur": ("Le codemandeur, pour lui-même", "ce qui est de lui seul ; rien de l'autre ne lui est donné"),
    "representant": (
        "Quelqu'un pour elle, avec une pièce",
        "mandat, jugement, lettre signée : rien ne se donne ce jour",
    ),
    TIERS: ("Quelqu'un d'autre", "famille, voisin, bailleur, police : rien ne se donne, ni ne se dit"),
}
SANS_DOSSIER: Final = (
    "Aucun dossier n'est ouvert. Cherchez-le d'abord, par le nom ou par la référence. S'il n'est pas sur ce poste, un "
    "autre guichet peut le tenir : la demande s'écrit à qui tient le registre."
)
SANS_CHOIX: Final = "Choisissez d'abord ce qu'elle demande."
SANS_OBJET: Final = "Écrivez ce qui est à corriger, dans ses mots."
SANS_PIECE: Final = "Écrivez quelle pièce le nomme."
RIEN_DE_NOTE: Final = "Aucune demande n'est notée dans ce dossier."
GELE: Final = (
    "Ce dossier est gelé à la demande de la personne : ni saisie, ni note, ni papier. Il se lit pour lui répondre, et "
    "sa demande d'accès, d'effacement ou de rectification se note."
)
GEL_REFUSE: Final = (
    "Dossier gelé à la demande de la personne : rien ne s'y écrit. Son accord, ou la levée, se notent ici."
)
ACCORD: Final = "Elle est d'accord : le dossier sert aujourd'hui, et se gèle de nouveau demain."
LEVE: Final = "Gel levé : le dossier sert de nouveau."
DES_DEUX: Final = (
    "Ce dossier est aussi celui du demandeur : retirez dans l'entretien ce qui est de lui seul, "
    "ou répondez-lui pourquoi."
)
AVANT_DE_LEVER: Final = "Avant de lever le gel sans qu'elle l'ait demandé, elle doit en être avertie."
EN_ATTENTE: Final = "Des réponses ne sont pas enregistrées : réessayez d'abord, puis recommencez ici."
CE_QUI_S_EFFACE: Final = (
    "Ici, tout de suite : réponses, frappe en cours, rendez-vous, demandes, recherche, histoire. Sans retour.",
    "Dans les autres guichets et au registre : au prochain envoi ; chacun le perd dès qu'il se synchronise.",
    "Les copies de sauvegarde l'oublient en trente jours au plus ; une copie remise en place l'efface de nouveau.",
    "Reste une preuve sans contenu : un identifiant, une date, qui l'a fait.",
    "Restent les papiers remis, les PDF enregistrés, la demande au système national : Perron ne les tient pas.",
)
CONFIRMER: Final = "Référence du dossier, pour confirmer"
MAUVAISE_REFERENCE: Final = "Ce n'est pas la référence de ce dossier : relisez-la en haut de cette carte."
EFFACE: Final = (
    "Dossier effacé. Il n'en reste qu'une preuve, sans contenu ; les autres guichets l'apprennent au prochain envoi."
)
SEUL: Final = "Lisez la feuille avec elle avant de la lui donner : chez elle, quelqu'un d'autre peut la lire."
PAS_DE_FICHIER: Final = "Ce dossier ne laisse pas de fichier : la feuille s'imprime, sans nom ni date."
A_LIRE_ICI: Final = "Elle peut la lire ici, et ne rien emporter."
SUITES: Final = {"faite": "Faite", "transmise": "Transmise au responsable", "levee": "Gel levé", "refusee": "Refusée"}
GESTES: Final[dict[Droit | str, str]] = {
    "acces": "Voir la feuille à remettre",
    "rectification": "Corriger dans l'entretien",
    "limitation": "Geler le dossier",
    "effacement": "Effacer ce dossier…",
}
"""Ce qui se fait d'une demande ; l'opposition se transmet, rien d'autre."""


def designer(demande: Demande) -> str:
    """« Dossier K7QF » : le désigne sans dire de qui il est, discret ou non."""
    return f"Dossier {reference_courte(demande.dossier)}"


def dire_delai(demande: Demande) -> str:
    """Quand elle est venue, et le dernier jour pour répondre."""
    return f"Demandé le {dire_date(demande.recue_le)}. À répondre avant le {dire_date(demande.repondre_avant)}."


def dire_demande(demande: Demande) -> str:
    """Où elle en est, en une phrase."""
    if demande.suite is not None and demande.suite_le is not None:
        motif = f" : {demande.motif}" if demande.motif else ""
        return f"{SUITES[demande.suite]} le {dire_date(demande.suite_le)}{motif}."
    if demande.gele_le is not None:
        return f"Gelé depuis le {dire_date(demande.gele_le)}."
    return dire_delai(demande)


def dire_notee(demande: Demande) -> str:
    """Ce qui se dit à la personne, une fois sa demande notée."""
    if demande.gele_le is not None:
        return "Dossier gelé : plus rien ne s'y écrit ni ne s'en imprime, sauf son accord."
    if demande.agir_des() > demande.recue_le:
        return (
            "Demande notée. Rien ne se remet aujourd'hui : la pièce se vérifie, puis la réponse va à la personne, "
            f"avant le {dire_date(demande.repondre_avant)}."
        )
    return f"Demande notée. Une réponse est due avant le {dire_date(demande.repondre_avant)}."
