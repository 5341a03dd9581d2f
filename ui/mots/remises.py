"""Une remise en mots, sans Qt : ce que l'agent qui reçoit lit d'abord, et ce qui en est venu."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from modele.dossier.chemins import lire
from modele.dossier.codes import reference_courte
from modele.dossier.inventaire import inventaire
from modele.mots.ecriture import dire_date, minuscule
from modele.protection.remise import remettables
from modele.protection.report import ZONES
from modele.territoire.communes import nu

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from modele.chargement import Regles
    from modele.coffre.remises import Remise

TITRE: Final = "Remises entre lieux"
REMETTRE: Final = "Remettre ce dossier à un autre lieu"
ACCORD: Final = (
    "À l'accord de la personne seulement : c'est elle qui nomme le lieu et choisit ce qui part. Jamais l'histoire du "
    "dossier, le premier contact, une adresse d'avant ni un autre adulte."
)
NOMMER: Final = "Un agent nommé, s'il y en a un (toujours, d'un dossier discret)"
RIEN: Final = "Aucune remise, ni faite d'ici, ni adressée à ce lieu."
PROPOSEE: Final = "C'est noté. Cela part au prochain envoi, et se retire tant que rien n'est reçu."
RETIREE: Final = "Accord retiré. Au prochain envoi, il n'en reste rien à l'autre lieu."
REFUSEE: Final = "Refusée. Le motif revient à qui remettait ; rien n'en est gardé ici."
CHOISIR: Final = "Choisissez avec la personne ce qui est remis."


INCONNU: Final = (
    "Ce poste ne connaît aucun lieu de ce nom : choisissez-le dans la liste. S'il n'y est pas, demandez à ce lieu son "
    "nom au registre ; le même geste, refait, l'envoie tel qu'il est écrit."
)
PAS_NOMME: Final = "le registre ne l'a pas encore nommé à ce poste : appelez-le avant"
PROPOSEES: Final = 6


@dataclass(frozen=True, slots=True)
class Destination:
    """Un lieu où remettre. ``detail`` : ce qu'en dit l'annuaire ; vide, le registre l'a nommé à ce poste."""

    nom: str
    detail: str = ""

    def est(self, dit: str) -> bool:
        """Vrai si c'est le nom de ce lieu, aux accents et aux majuscules près."""
        return bool(nu(dit)) and nu(dit) == nu(self.nom)


def qui_repond(saisie: str, connues: Iterable[Destination]) -> list[Destination]:
    """Les lieux dont le nom a tous ces mots, commencés ou entiers."""
    cherches = nu(saisie).split()
    repondent = [
        une for une in connues if all(any(mot.startswith(dit) for mot in nu(une.nom).split()) for dit in cherches)
    ]
    return repondent[:PROPOSEES] if cherches else []


def dire_a_l_accueil(attendent: Sequence[Remise]) -> str:
    """« Mairie de Colombe vous remet un dossier : à recevoir ou refuser. »"""
    if not attendent:
        return ""
    if len(attendent) == 1:
        return f"{attendent[0].de} vous remet un dossier : à recevoir ou refuser."
    return f"{len(attendent)} dossiers remis à ce lieu sont à recevoir ou refuser."


def zones(document: Mapping[str, Any], regles: Regles) -> list[str]:
    """Les communes que la personne évite, par leur nom : d'un dossier discret, rien de remis ne les nomme."""
    evitees = lire(document, ZONES)
    return [regles.vocabulaire.commune(str(une)) for une in evitees] if isinstance(evitees, list) else []


def champs() -> dict[str, str]:
    """Ce qui peut se remettre, en mots."""
    return {nom: inventaire().champs[nom].champ.definition for nom in remettables()}


def dire_titre(une: Remise) -> str:
    """« De Mairie de Colombe : à recevoir ou refuser »."""
    if une.a_repondre:
        return f"De {une.de} : à recevoir ou refuser"
    return f"Dossier {reference_courte(une.dossier)}, remis à {une.vers} : {dire_suite(une)}"


def dire_suite(une: Remise) -> str:
    """Ce qui en est venu."""
    if une.retiree_le:
        return "accord retiré"
    if une.recue_le:
        return "reçu"
    if une.refusee_le:
        return f"refusé, « {une.motif} »"
    return "pas encore reçu"


def dire_accord(une: Remise) -> str:
    """Pourquoi, de quand à quand."""
    qui = f" À {une.a_qui} seulement." if une.a_qui else ""
    return (
        f"Pourquoi : {une.but}. La personne a donné son accord le {dire_date(une.accord_le)}, jusqu'au "
        f"{dire_date(une.jusqu_au)}.{qui}"
    )


def dire_champs(une: Remise) -> str:
    """Quels champs, jamais leurs valeurs."""
    dits = champs()
    return f"Remis : {', '.join(minuscule(dits[un]) for un in une.champs)}." if une.champs else ""
