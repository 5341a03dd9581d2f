"""Ce qu'une fiche réservée laisse sortir sur du papier : presque rien, par liste blanche.

Un papier se trouve dans une poche ou une boîte aux lettres. Plutôt que d'enlever ce qu'on sait dangereux, on ne garde
que ce qui ne désigne ni une personne, ni un lieu, ni un jour, ni une raison : ce qui s'ajoute demain au dossier ou aux
données d'une impression est tu d'office.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from impressions.annuaire import amputation
from impressions.donnees import Donnees
from modele.dossier.chemins import ABSENT, Document, lire, poser
from modele.fiches import Fiche, Surete
from modele.protection.discretion import est_discret
from modele.regles.fautes import ErreurUtilisateur
from modele.territoire.identite import Systeme
from modele.territoire.modele import Territoire

NUMERO: Final = "demande.numero_unique"
DEPOT: Final = "demande.date_depot"
_MANQUES: Final[Mapping[str, tuple[str, str]]] = {
    "exige_cotation": (
        "note",
        "La fiche « {fiche} » explique une note, et aucune n’a été calculée : le territoire n’a pas de grille en"
        " vigueur. Demandez à la collectivité de la saisir.",
    ),
    "exige_mentions": (
        "mentions",
        "La fiche « {fiche} » dit qui répond des données de la personne, et personne ne l’a encore inscrit : Perron est"
        " à l’essai, avec des données fictives. Voyez l’écran « Avant de vrais dossiers ».",
    ),
    "exige_numero": (
        "numero",
        "La fiche « {fiche} » rappelle un numéro unique, et ce dossier n’en a pas : retrouvez la demande, ou relevez-le"
        " sur l’attestation, puis notez-le dans l’entretien.",
    ),
    "exige_depot": (
        "depot",
        "La fiche « {fiche} » dit quand la demande a été déposée, et ce jour n’est pas noté : notez le jour et l’heure"
        " du dépôt dans l’entretien.",
    ),
    "exige_rendez_vous": (
        "rendez_vous",
        "La fiche « {fiche} » dit quand et où venir, et cette personne n’a aucun rendez-vous à venir : donnez-le"
        " d’abord, écran « Donner un rendez-vous » (F9).",
    ),
}
"""Par drapeau : ce qu'il faut savoir, et le refus tant qu'on ne le sait pas."""
_NULLE_PART = Territoire("", "", False, (), Systeme(""))
_GARDES = (
    "recherche.type",
    "recherche.categorie",
    "recherche.personnes_a_loger",
    "recherche.rez_de_chaussee",
    "recherche.sans_ascenseur",
    "recherche.stationnement",
)


def a_taire(donnees: Donnees) -> bool:
    """Vrai si l'appelant le dit, si le dossier le porte ou si une voie discrète est retenue : un seul suffit."""
    retenue = any(voie.discret and voie.certaine for voie in donnees.voies)
    return donnees.discret or retenue or est_discret(donnees.document)


@dataclass(frozen=True, slots=True)
class Sait:
    """Ce qu'on sait au moment d'imprimer, et dont une fiche peut dépendre.

    ``note`` : une note est calculée. ``mentions`` : qui répond des données. ``numero`` : le numéro unique.
    ``depot`` : le jour où la demande a été déposée. ``rendez_vous`` : un rendez-vous à venir.
    """

    note: bool = False
    mentions: bool = False
    numero: bool = False
    depot: bool = False
    rendez_vous: bool = False


def savoir(document: Mapping[str, Any], *, note: bool, mentions: bool, rendez_vous: bool = False) -> Sait:
    """Ce qu'on sait d'un dossier."""
    numero, depot = (isinstance(lire(document, chemin), str) for chemin in (NUMERO, DEPOT))
    return Sait(note, mentions, numero, depot, rendez_vous)


def empechement(identifiant: str, surete: Surete, *, a_taire: bool, sait: Sait, fermee: bool = False) -> str:
    """Pourquoi cette fiche ne s'imprime pas, vide si rien ne l'empêche : la même réponse à l'écran et en commande.

    ``a_taire`` : le dossier est discret, ou le devient. ``fermee`` : une voie retenue mène ailleurs.
    """
    if fermee:
        return (
            f"La fiche « {identifiant} » ne convient pas à cette situation : elle mènerait ailleurs. Suivez, à"
            " l’écran, les gestes de la première voie."
        )
    if a_taire and not surete.discret:
        return (
            f"La fiche « {identifiant} » ne s’imprime pas pour un dossier discret : elle pourrait être lue par la"
            " mauvaise personne. Montrez-la à l’écran, ou imprimez la fiche « neutre » si la personne la veut."
        )
    manque = next((phrase for drapeau, (su, phrase) in _MANQUES.items() if _faut(surete, drapeau, sait, su)), "")
    return manque.format(fiche=identifiant)


def _faut(surete: Surete, drapeau: str, sait: Sait, su: str) -> bool:
    return bool(getattr(surete, drapeau)) and not getattr(sait, su)


def exiger_permise(fiche: Fiche, donnees: Donnees) -> None:
    """Lève ``ErreurUtilisateur`` si quelque chose empêche d'imprimer cette fiche."""
    sait = savoir(
        donnees.document,
        note=donnees.cotation is not None,
        mentions=donnees.mentions is not None,
        rendez_vous=donnees.rendez_vous is not None,
    )
    fermee = fiche.id in donnees.fermees
    refus = empechement(fiche.id, fiche.surete, a_taire=a_taire(donnees), sait=sait, fermee=fermee)
    if phrase := refus or amputation(fiche, donnees.nationaux):
        raise ErreurUtilisateur(phrase)


def donnees_permises(fiche: Fiche, donnees: Donnees) -> Donnees:
    """Ce que ``fiche`` peut recevoir : tout, sauf le lieu si elle le tait, ou presque rien si elle est réservée.

    Une fiche réservée est datée de sa vérification, jamais du passage, et ne donne que les numéros livrés : ceux du
    territoire diraient où elle a été remise.
    """
    if not fiche.surete.reservee:
        return replace(donnees, lieu=None, logo=None, agent="", rendez_vous=None) if fiche.surete.sans_lieu else donnees
    return Donnees(
        document={} if fiche.surete.sans_dossier else caviarder(donnees.document),
        vocabulaire=donnees.vocabulaire,
        date_impression=fiche.verifie_le,
        territoire=_NULLE_PART,
        fiches=donnees.fiches,
        contacts=donnees.nationaux,
        nationaux=donnees.nationaux,
        discret=True,
        sans_objet=donnees.sans_objet & frozenset(_GARDES),
        # D'un exercice, personne n'est à taire : le papier dit d'abord qu'il est inventé.
        formation=donnees.formation,
    )


def caviarder(document: Mapping[str, Any]) -> Document:
    """Le dossier sans rien qui désigne la personne, un lieu ou une raison."""
    garde: Document = {}
    for chemin in _GARDES:
        valeur = lire(document, chemin)
        if valeur is not ABSENT:
            garde = poser(garde, chemin, valeur)
    return garde
