"""Ce qu'un dossier discret laisse sortir sur du papier : presque rien, par liste blanche.

Un papier se trouve dans une poche ou une boîte aux lettres. Plutôt que d'enlever ce qu'on sait dangereux, on ne garde
que ce qui ne désigne ni une personne, ni un lieu, ni une raison : un champ ajouté demain au dossier est tu d'office.
"""

from __future__ import annotations

from dataclasses import replace

from impressions.donnees import Donnees, Territoire
from impressions.fiches import Fiche
from modele.dossier.chemins import ABSENT, Document, lire, poser
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
    if a_taire(donnees) and not fiche.discret:
        raise ErreurUtilisateur(
            f"La fiche « {fiche.id} » ne s’imprime pas pour un dossier discret : elle pourrait être lue par la mauvaise"
            " personne. Montrez-la à l’écran, ou imprimez la fiche « neutre » si la personne la veut."
        )


def caviarder(donnees: Donnees) -> Donnees:
    """Les données sans rien qui désigne la personne, un lieu ou une raison."""
    document: Document = {}
    for chemin in _GARDES:
        valeur = lire(donnees.document, chemin)
        if valeur is not ABSENT:
            document = poser(document, chemin, valeur)
    return replace(
        donnees, document=document, discret=True, cotation=None, voies=(), pieces=(), lieu=None, observes=None,
        territoire=Territoire("", fiches=donnees.territoire.fiches),
    )  # fmt: skip


def sans_dossier(fiche: Fiche, donnees: Donnees) -> Donnees:
    """Les données d'une fiche qui ne reçoit rien : ni dossier, ni lieu, ni date du passage ; la même pour tous."""
    return replace(caviarder(donnees), document={}, date_impression=fiche.verifie_le)
