"""Remettre un dossier à un autre lieu, sans écran : proposer, retirer, lister, recevoir, refuser.

Ne dit ni nom, ni valeur : les références, les lieux, pourquoi, quels champs, jusqu'à quand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from modele.dossier.codes import reference_courte
from modele.droits import Auteur
from modele.mots.ecriture import dire_date
from modele.protection.remise import remettables
from modele.regles.fautes import ErreurUtilisateur
from ui.console.droits import Rendu, trouver
from ui.console.lignes import paragraphe
from ui.console.mot_de_passe import demander
from ui.mots.remises import zones

if TYPE_CHECKING:
    from modele.coffre import Coffre
    from modele.coffre.remises import Remise

PROPOSER, RETIRER, LISTE, RECEVOIR, REFUSER = "proposer", "retirer", "liste", "recevoir", "refuser"
GESTES: Final = (PROPOSER, RETIRER, LISTE, RECEVOIR, REFUSER)
_RIEN: Final = "Aucune remise, ni faite d'ici, ni adressée à ce lieu."
_JUSQU_AU: Final = "Dites jusqu'à quand vaut l'accord de la personne : --jusqu-au AAAA-MM-JJ."


@dataclass(frozen=True, slots=True)
class Voulu:
    """Ce que dit la ligne de commande ; vide : pas dit."""

    geste: str
    coffre: Path
    dossier: str
    vers: str
    a_qui: str
    but: str
    jusqu_au: date | None
    champs: Sequence[str]
    remise: str
    motif: str


def mener(voulu: Voulu) -> Rendu:
    """Fait le geste. Lève ``ErreurUtilisateur`` : quoi, où, que faire ; rien n'est alors changé."""
    if voulu.geste not in GESTES:
        raise ErreurUtilisateur(f"Geste inconnu : {voulu.geste}. Écrivez l'un de ceux-ci : {', '.join(GESTES)}.")
    from modele.coffre import Coffre

    ouvert = Coffre.ouvrir(voulu.coffre, demander())
    try:
        return _dans(ouvert, voulu, Auteur(ouvert.agent))
    finally:
        ouvert.fermer()


def _dans(coffre: Coffre, voulu: Voulu, auteur: Auteur) -> Rendu:
    if voulu.geste == PROPOSER:
        return _dire([_proposer(coffre, voulu, auteur)])
    if voulu.geste == RECEVOIR:
        neuf = reference_courte(coffre.remises.recevoir(voulu.remise, auteur)["id"])
        return Rendu({"recue": voulu.remise, "dossier": neuf}, f"Reçue : c'est le dossier {neuf} de ce lieu.")
    if voulu.geste == REFUSER:
        coffre.remises.refuser(voulu.remise, voulu.motif, auteur)
    elif voulu.geste == RETIRER:
        coffre.remises.retirer(voulu.remise, auteur)
    return _dire(coffre.remises.lister(auteur))


def _proposer(coffre: Coffre, voulu: Voulu, auteur: Auteur) -> Remise:
    from modele.chargement import charger_regles

    if voulu.jusqu_au is None:
        raise ErreurUtilisateur(_JUSQU_AU)
    dossier = trouver(coffre, voulu.dossier)
    document = coffre.lire(dossier)
    evitees = zones(document, charger_regles(document["territoire"]))
    return coffre.remises.proposer(
        dossier, voulu.vers, voulu.but, voulu.jusqu_au, auteur, a_qui=voulu.a_qui, champs=voulu.champs, zones=evitees
    )


def _dire(remises: Sequence[Remise]) -> Rendu:
    objet = {"remises": [_en_json(une) for une in remises], "remettables": list(remettables())}
    lignes = [ligne for une in remises for ligne in _lignes(une)]
    return Rendu(objet, "\n".join(lignes) or _RIEN)


def _en_json(une: Remise) -> dict[str, Any]:
    return {
        "id": une.id,
        "dossier": reference_courte(une.dossier),
        "de": une.de,
        "vers": une.vers,
        "but": une.but,
        "accord_le": une.accord_le,
        "jusqu_au": une.jusqu_au,
        "champs": list(une.champs),
        "a_repondre": une.a_repondre,
        "retiree_le": une.retiree_le or None,
        "recue_le": une.recue_le or None,
        "refusee_le": une.refusee_le or None,
        "motif": une.motif or None,
    }


def _lignes(une: Remise) -> list[str]:
    """Ce qu'on lit d'abord : d'où, pourquoi, jusqu'à quand, quels champs ; puis ce qui en est venu."""
    attend = "à recevoir ou refuser" if une.a_repondre else "sans réponse"
    venu = next(
        (
            mot
            for quand, mot in (
                (une.retiree_le, "accord retiré"),
                (une.recue_le, "reçue"),
                (une.refusee_le, f"refusée : {une.motif}"),
            )
            if quand
        ),
        attend,
    )
    tete = f"{une.id} : de {une.de} à {une.vers}, {venu}"
    accord = f"Pourquoi : {une.but}. Accord du {dire_date(une.accord_le)}, jusqu'au {dire_date(une.jusqu_au)}."
    champs = [f"Champs remis : {', '.join(une.champs)}."] if une.champs else []
    return [*paragraphe(tete, ""), *paragraphe(accord), *(un for dit in champs for un in paragraphe(dit))]
