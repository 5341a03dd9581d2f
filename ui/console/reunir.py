"""Deux dossiers d'un coffre pour une personne, sans écran : ce qui ressemble, ce qui diffère, réunir, annuler.

Ne dit ni nom, ni réponse : les références, les raisons, de quoi parle ce qui diffère.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from modele.dossier.codes import reference_courte
from modele.droits import Auteur
from modele.regles.fautes import ErreurUtilisateur
from ui.console.droits import Rendu, trouver
from ui.console.mot_de_passe import demander

if TYPE_CHECKING:
    from modele.coffre import Coffre

CONFIRMER, ECARTER, ANNULER = "confirmer", "ecarter", "annuler"
GESTES: Final = (CONFIRMER, ECARTER, ANNULER)
_MAL_GARDE: Final = "--garder {} : écrivez « UNITE=REFERENCE », avec l'une des deux références. Unités : {}."
_A_CHOISIR: Final = "Rien n'est réuni. Dites d'abord ce qui se garde, par « --garder UNITE=REFERENCE » : {}."
_RESERVE: Final = " ".join(
    (
        "Rien n'est encore réuni. Avec --geste confirmer, le second dossier se fond dans le premier ;",
        "les deux histoires restent.",
    )
)


@dataclass(frozen=True, slots=True)
class Voulu:
    """Ce que dit la ligne de commande ; vide : pas dit. ``gardes`` : « unité=référence »."""

    coffre: Path
    dossier: str
    autre: str
    geste: str
    gardes: Sequence[str]


def mener(voulu: Voulu) -> Rendu:
    """Fait le geste. Lève ``ErreurUtilisateur`` : quoi, où, que faire ; rien n'est alors changé."""
    if voulu.geste and voulu.geste not in GESTES:
        raise ErreurUtilisateur(f"Geste inconnu : {voulu.geste}. Écrivez l'un de ceux-ci : {', '.join(GESTES)}.")
    if voulu.geste and not voulu.autre:
        raise ErreurUtilisateur("Donnez les deux références : celui qui continue, puis l'autre.")
    from modele.coffre import Coffre

    ouvert = Coffre.ouvrir(voulu.coffre, demander())
    try:
        return _dans(ouvert, voulu)
    finally:
        ouvert.fermer()


def _dans(coffre: Coffre, voulu: Voulu) -> Rendu:
    dossier = trouver(coffre, voulu.dossier)
    if not voulu.autre:
        return _lister(coffre, dossier)
    if voulu.geste == ANNULER:
        return _annuler(coffre, dossier, voulu.autre)
    autre = trouver(coffre, voulu.autre)
    if voulu.geste == ECARTER:
        coffre.memes.preparer(dossier, autre)
        coffre.echanges.ecarter_doublon(dossier, autre, coffre.agent)
        return _dit(dossier, autre, {"ecartes": True}, "C'est noté : ces deux dossiers ne seront plus rapprochés.")
    return _reunir(coffre, dossier, autre, voulu)


def _lister(coffre: Coffre, dossier: str) -> Rendu:
    """Ce qui ressemble à ce dossier, et ce qui s'en annule encore."""
    trouves, faites = coffre.memes.du_dossier(dossier), coffre.memes.faites(dossier)
    objet = {
        "dossier": reference_courte(dossier),
        "ressemblances": [{"dossier": un.resume.reference, "raisons": list(un.raisons)} for un in trouves],
        "reunis": [{"dossier": une.reference, "quand": une.quand.isoformat()} for une in faites],
    }
    lignes = [f"  {un.resume.reference} : {', '.join(un.raisons)}" for un in trouves]
    lignes += [f"  {une.reference} : réuni, s'annule encore" for une in faites]
    return Rendu(objet, "\n".join(lignes) or "Aucun autre dossier de ce coffre ne ressemble à celui-ci.")


def _reunir(coffre: Coffre, dossier: str, autre: str, voulu: Voulu) -> Rendu:
    from modele.bilan import charger_regles
    from ui.mots.comparer import Garde

    pret = coffre.memes.preparer(dossier, autre)
    # Comme à l'écran : ni ce qui dit une violence, ni ce qui ne se demande que seul à seul.
    unites = [une.unite for une in Garde(pret, charger_regles(pret.document["territoire"])).choix]
    choix = _choix(voulu.gardes, set(unites), dossier, autre)
    restent = [unite for unite in unites if unite not in choix]
    if voulu.geste != CONFIRMER:
        dits = [f"  à choisir : {unite}" for unite in restent] or ["  rien à choisir"]
        return _dit(dossier, autre, {"reunis": False, "a_choisir": restent}, "\n".join([_RESERVE, *dits]))
    if restent:
        raise ErreurUtilisateur(_A_CHOISIR.format(", ".join(restent)))
    coffre.memes.fondre(dossier, autre, choix, Auteur(coffre.agent))
    phrase = f"Un seul dossier continue : {reference_courte(dossier)}. Cela s'annule tant que rien n'est parti."
    return _dit(dossier, autre, {"reunis": True, "a_choisir": []}, phrase)


def _annuler(coffre: Coffre, dossier: str, saisie: str) -> Rendu:
    """La référence de l'absorbé mène au survivant : c'est parmi ses réunions qu'on la cherche."""
    absorbe = next((une.absorbe for une in coffre.memes.faites(dossier) if une.reference == _nette(saisie)), "")
    coffre.memes.defaire(dossier, absorbe, Auteur(coffre.agent))
    return _dit(dossier, absorbe, {"reunis": False}, "Réunion annulée : les deux dossiers sont de nouveau séparés.")


def _choix(gardes: Sequence[str], unites: set[str], dossier: str, autre: str) -> dict[str, str]:
    from modele.fusion.choix import ABSORBE, SURVIVANT

    qui = {reference_courte(dossier): SURVIVANT, reference_courte(autre): ABSORBE}
    choix = {}
    for garde in gardes:
        unite, _, reference = garde.partition("=")
        if unite not in unites or _nette(reference) not in qui:
            raise ErreurUtilisateur(_MAL_GARDE.format(garde, ", ".join(sorted(unites)) or "aucune"))
        choix[unite] = qui[_nette(reference)]
    return choix


def _nette(saisie: str) -> str:
    from modele.dossier.codes import relire_reference

    return relire_reference(saisie) or ""


def _dit(dossier: str, autre: str, objet: dict[str, Any], texte: str) -> Rendu:
    return Rendu({"dossier": reference_courte(dossier), "autre": reference_courte(autre), **objet}, texte)
