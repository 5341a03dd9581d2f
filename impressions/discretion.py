"""Ce qu'une fiche réservée laisse sortir sur du papier : presque rien, par liste blanche.

Un papier se trouve dans une poche ou une boîte aux lettres. Plutôt que d'enlever ce qu'on sait dangereux, on ne garde
que ce qui ne désigne ni une personne, ni un lieu, ni un jour, ni une raison : ce qui s'ajoute demain au dossier ou aux
données d'une impression est tu d'office.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from impressions.donnees import Donnees, Territoire
from modele.dossier.chemins import ABSENT, Document, lire, poser
from modele.fiches import Fiche
from modele.protection.discretion import est_discret
from modele.regles.fautes import ErreurUtilisateur

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


def exiger_fiche_permise(fiche: Fiche, donnees: Donnees) -> None:
    """Lève ``ErreurUtilisateur`` si un dossier discret demande une fiche qui n'est pas prévue pour lui."""
    if a_taire(donnees) and not fiche.surete.discret:
        raise ErreurUtilisateur(
            f"La fiche « {fiche.id} » ne s’imprime pas pour un dossier discret : elle pourrait être lue par la mauvaise"
            " personne. Montrez-la à l’écran, ou imprimez la fiche « neutre » si la personne la veut."
        )


def donnees_permises(fiche: Fiche, donnees: Donnees) -> Donnees:
    """Ce que ``fiche`` a le droit de recevoir : tout, ou presque rien si elle est réservée, d'où qu'elle s'imprime.

    Une fiche réservée est datée de sa vérification, jamais du passage, et ne donne que les numéros livrés : ceux du
    territoire diraient où elle a été remise.
    """
    if not fiche.surete.reservee:
        return donnees
    return Donnees(
        document={} if fiche.surete.sans_dossier else caviarder(donnees.document),
        vocabulaire=donnees.vocabulaire,
        date_impression=fiche.verifie_le,
        territoire=Territoire(""),
        fiches=donnees.fiches,
        contacts=donnees.nationaux,
        nationaux=donnees.nationaux,
        discret=True,
        sans_objet=donnees.sans_objet & frozenset(_GARDES),
    )


def caviarder(document: Mapping[str, Any]) -> Document:
    """Le dossier sans rien qui désigne la personne, un lieu ou une raison."""
    garde: Document = {}
    for chemin in _GARDES:
        valeur = lire(document, chemin)
        if valeur is not ABSENT:
            garde = poser(garde, chemin, valeur)
    return garde
