"""Les droits d'une personne, sans écran : noter sa demande, y donner suite, sortir la feuille, geler, effacer.

Ne dit ni nom, ni réponse, ni mots de la personne : la référence, le droit, les dates. À un tiers, les mêmes mots
toujours, sans ouvrir aucun coffre.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from modele.dossier.codes import reference_courte, relire_reference
from modele.dossier.droits_personnes import Demande, Droit, Suite, regles
from modele.droits import Auteur
from modele.regles.disque import ecrire
from modele.regles.fautes import ErreurUtilisateur
from ui.console.lignes import avertir, paragraphe
from ui.console.mot_de_passe import demander
from ui.mots.droits import PAS_DE_FICHIER, TIERS, dire_demande, dire_notee

if TYPE_CHECKING:
    from modele.coffre import Coffre

SUITE, ACCORD, LEVER, LISTE = "suite", "accord", "lever", "liste"
GESTES: Final = (*Droit, SUITE, ACCORD, LEVER, LISTE)
_QUI: Final = ("personne", "codemandeur", "representant", TIERS)
_INCONNUE: Final = "Aucun dossier de ce coffre ne porte cette référence. Relisez-la, ou cherchez-le à l'écran."


@dataclass(frozen=True, slots=True)
class Voulu:
    """Ce que dit la ligne de commande ; vide : pas dit."""

    geste: str
    coffre: Path | None
    dossier: str
    par: str
    piece: str
    mots: str
    demande: str
    suite: str
    sortie: Path | None
    confirmer: str


@dataclass(frozen=True, slots=True)
class Rendu:
    """L'objet JSON, et le texte."""

    json: dict[str, Any]
    texte: str


def exercer(voulu: Voulu) -> Rendu:
    """Fait le geste. Lève ``ErreurUtilisateur`` : quoi, où, que faire ; rien n'est alors noté ni écrit."""
    if voulu.geste not in GESTES:
        raise ErreurUtilisateur(f"Geste inconnu : {voulu.geste}. Écrivez l'un de ceux-ci : {', '.join(GESTES)}.")
    if voulu.par and voulu.par not in _QUI:
        raise ErreurUtilisateur(f"--par {voulu.par} : écrivez personne, codemandeur, representant ou tiers.")
    if voulu.par == TIERS:
        # Avant tout coffre : qu'un dossier existe ou non, rien ici ne peut le dire.
        return Rendu({TIERS: True, "dire": regles().tiers_dire, "faire": regles().tiers_faire}, _dire_au_tiers())
    if voulu.coffre is None:
        raise ErreurUtilisateur("Donnez le coffre de ce poste : --coffre COFFRE.")
    from modele.coffre import Coffre

    ouvert = Coffre.ouvrir(voulu.coffre, demander())
    try:
        return _dans(ouvert, voulu)
    finally:
        ouvert.fermer()


def _dans(coffre: Coffre, voulu: Voulu) -> Rendu:
    auteur = Auteur(coffre.agent)
    if voulu.geste == LISTE and not voulu.dossier:
        return _rendre(coffre.droits.a_repondre())
    dossier = trouver(coffre, voulu.dossier)
    gestes: Mapping[str, Callable[[], Any]] = {
        ACCORD: lambda: coffre.droits.accorder(dossier, auteur),
        LEVER: lambda: coffre.droits.lever(dossier, auteur),
        SUITE: lambda: _conclure(coffre, voulu, dossier, auteur),
        LISTE: lambda: None,
    }
    if voulu.geste in gestes:
        gestes[voulu.geste]()
        return _rendre(coffre.droits.lister(dossier, auteur))
    return _demander(coffre, voulu, dossier, auteur)


def _demander(coffre: Coffre, voulu: Voulu, dossier: str, auteur: Auteur) -> Rendu:
    """Note la demande, ou reprend celle que « --demande » nomme ; puis fait ce qui peut se faire."""
    droit = Droit(voulu.geste)
    _exiger_possible(coffre, voulu, dossier, droit)
    if voulu.demande:
        demande = _demande(coffre, voulu, dossier, auteur)
    elif voulu.par:
        demande = coffre.droits.noter(dossier, droit, voulu.par, auteur, piece=voulu.piece, objet=voulu.mots)
    else:
        raise ErreurUtilisateur("Dites qui demande : --par personne, codemandeur, representant ou tiers.")
    if droit is Droit.ACCES and voulu.sortie is not None:
        _sortir(coffre, demande, voulu.sortie, auteur)
        return _rendre([demande], {"fichier": str(voulu.sortie)}, str(voulu.sortie))
    if droit is Droit.LIMITATION and voulu.demande:
        coffre.droits.geler(demande, auteur)
        return _rendre(coffre.droits.lister(dossier, auteur))
    if droit is Droit.EFFACEMENT and voulu.confirmer:
        coffre.droits.effacer(demande, auteur)
        return _rendre([], {"efface": reference_courte(dossier)}, f"Dossier {reference_courte(dossier)} effacé.")
    return _rendre([demande], {}, dire_notee(demande))


def _exiger_possible(coffre: Coffre, voulu: Voulu, dossier: str, droit: Droit) -> None:
    """Avant de rien noter. Lève ``ErreurUtilisateur``."""
    from modele.protection.discretion import est_discret

    if droit is Droit.RECTIFICATION and not voulu.mots.strip() and not voulu.demande:
        raise ErreurUtilisateur("Écrivez ce qui est à corriger, dans les mots de la personne : --mots.")
    if voulu.confirmer and relire_reference(voulu.confirmer) != reference_courte(dossier):
        raise ErreurUtilisateur("--confirmer : ce n'est pas la référence de ce dossier. Rien n'est effacé.")
    if droit is Droit.ACCES and voulu.sortie is not None and est_discret(coffre.lire(dossier)):
        raise ErreurUtilisateur(PAS_DE_FICHIER)


def _sortir(coffre: Coffre, demande: Demande, sortie: Path, auteur: Auteur) -> None:
    from impressions.acces import composer_acces
    from modele.chargement import charger_regles

    vocabulaire = charger_regles(coffre.lire(demande.dossier)["territoire"]).vocabulaire
    dit, discret = coffre.droits.acces(demande, auteur)
    papier = composer_acces(
        dit,
        vocabulaire,
        dossier=demande.dossier,
        jour=date.today(),
        demandee_le=demande.recue_le,
        discret=discret,
    )
    avertir(papier.muet)
    ecrire(sortie, papier)


def _conclure(coffre: Coffre, voulu: Voulu, dossier: str, auteur: Auteur) -> None:
    if voulu.suite not in (Suite.FAITE, Suite.TRANSMISE, Suite.REFUSEE):
        raise ErreurUtilisateur("Dites la suite : --suite faite, transmise ou refusee (avec --mots : pourquoi).")
    demande = _demande(coffre, voulu, dossier, auteur)
    coffre.droits.conclure(demande, Suite(voulu.suite), auteur, motif=voulu.mots)


def trouver(coffre: Coffre, saisie: str) -> str:
    """Le dossier que désigne cette référence. Lève ``ErreurUtilisateur`` si ce coffre n'en a pas, ou plusieurs."""
    reference = relire_reference(saisie)
    trouves = (
        [un.dossier for un in coffre.rechercher(reference) if un.resume.reference == reference] if reference else []
    )
    if len(trouves) != 1:
        raise ErreurUtilisateur(_INCONNUE)
    return trouves[0]


def _demande(coffre: Coffre, voulu: Voulu, dossier: str, auteur: Auteur) -> Demande:
    trouvee = next((une for une in coffre.droits.lister(dossier, auteur) if une.id == voulu.demande), None)
    if trouvee is None:
        raise ErreurUtilisateur("Aucune demande de ce dossier ne porte cet identifiant : « liste » les donne.")
    return trouvee


# Ce qui se dit.


def _rendre(demandes: list[Demande], en_plus: dict[str, Any] | None = None, dit: str = "") -> Rendu:
    lignes = [dit] if dit else [ligne for une in demandes for ligne in _ligne(une)] or ["Aucune demande."]
    return Rendu({"demandes": [_json(une) for une in demandes], **(en_plus or {})}, "\n".join(lignes))


def _ligne(demande: Demande) -> list[str]:
    titre = regles().droits[demande.droit].libelle
    # Le motif d'un refus parle de la personne : il se lit à l'écran.
    dite = dire_demande(demande).partition(" : ")[0].rstrip(".")
    return [*paragraphe(f"{reference_courte(demande.dossier)} {titre} : {dite}.", ""), f"  {demande.id}"]


def _json(demande: Demande) -> dict[str, Any]:
    return {
        "id": demande.id,
        "dossier": reference_courte(demande.dossier),
        "droit": demande.droit,
        "par": demande.par,
        "recue_le": demande.recue_le,
        "repondre_avant": demande.repondre_avant,
        "agir_des": demande.agir_des(),
        "attend": demande.attend,
        "gele_le": demande.gele_le,
        "accord_le": demande.accord_le,
        "suite": demande.suite,
        "suite_le": demande.suite_le,
    }


def _dire_au_tiers() -> str:
    dites = regles()
    lignes = ["À DIRE", *(ligne for une in dites.tiers_dire for ligne in paragraphe(f"- {une}", "  "))]
    lignes += ["À FAIRE", *(ligne for une in dites.tiers_faire for ligne in paragraphe(f"- {une}", "  "))]
    return "\n".join(lignes)
