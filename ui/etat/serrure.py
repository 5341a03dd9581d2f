"""Le coffre du poste, de son fichier à sa clé : le trouver, le créer, l'ouvrir, en changer le secours.

Rien ici ne touche l'écran ; sauf ``coffre_present`` et ``agents_du_poste``, tout s'appelle du fil des travaux.
Essais : ``tests/ui/etat/test_session.py``, ``tests/ui/ecrans/test_ouverture.py``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from modele.coffre import Coffre
    from modele.synchro import Synchro
    from ui.etat.preferences import Preferences

NOM_COFFRE: Final = "coffre.perron"
SECOURS_A_GARDER: Final = "secours.a_garder"
"""Réglage du coffre : le code de secours montré n'a pas encore été ressaisi."""


def coffre_present(chemin: Path) -> bool:
    """Vrai si ce poste a déjà un coffre, même abîmé : l'un de ses deux fichiers suffit, ou une copie de secours."""
    a_cote = [chemin.with_name(f"{chemin.name}{fin}").exists() for fin in ("", ".cles", ".copies")]
    if any(a_cote[:2]) or not a_cote[2]:
        return any(a_cote)  # rien du coffre ne se charge avant la première fenêtre
    from modele.coffre.copies import dossier_des_copies, lister

    return bool(lister(dossier_des_copies(chemin)))


def agents_du_poste(chemin: Path) -> list[str]:
    """Qui a un mot de passe sur ce poste, par nom ; vide si le fichier de clés manque ou ne se lit pas.

    Par Qt, déjà chargé : le coffre ne se charge pas avant la première fenêtre.
    """
    from PySide6.QtCore import QJsonDocument

    try:
        brut = QJsonDocument.fromJson(chemin.with_name(f"{chemin.name}.cles").read_bytes()).toVariant()
    except OSError:
        return []
    cases = brut.get("cases", []) if isinstance(brut, dict) else []
    noms = [case.get("agent") for case in cases if isinstance(case, dict) and case.get("genre") == "agent"]
    return sorted((nom for nom in noms if isinstance(nom, str)), key=str.casefold)


def creer(chemin: Path, agent: str, mot_de_passe: str, reglages: Preferences) -> tuple[Coffre, str]:
    """Le coffre neuf et son code de secours, à garder."""
    from modele.coffre import Coffre
    from modele.regles.prive import dossier_prive

    dossier_prive(chemin.parent)
    coffre, code = Coffre.creer(chemin, agent, mot_de_passe, reglages.territoire, reglages.poste or "poste 1")
    coffre.regler(SECOURS_A_GARDER, "oui")
    return coffre, code


def ouvrir(chemin: Path, mot_de_passe: str, agent: str = "", code: str = "") -> Coffre | str:
    """Le coffre, ouvert par le mot de passe de cet agent ; sans nom, chaque compte s'essaie, ce qui est lent.

    Trop longtemps hors de portée du registre, le poste l'appelle d'abord ; une phrase, s'il ne répond pas.
    ``code`` : celui de secours, avec quoi un administrateur rouvre alors.
    """
    from modele.coffre import Coffre
    from modele.coffre.portee import HorsDePortee
    from modele.coffre.reouverture import rouvrir

    if code:
        return rouvrir(chemin, mot_de_passe, agent or None, code)
    try:
        return Coffre.ouvrir(chemin, mot_de_passe, agent or None)
    except HorsDePortee:
        sans_ouvrir(chemin, mot_de_passe, agent, lambda synchro: synchro.tour())
    try:
        return Coffre.ouvrir(chemin, mot_de_passe, agent or None)
    except HorsDePortee as refus:
        return str(refus)


def compte_ferme(coffre: Coffre) -> str:
    """Pourquoi le compte de qui a ouvert ce coffre ne sert plus ; vide s'il sert."""
    from modele.regles.fautes import ErreurUtilisateur

    try:
        if coffre.agent:
            coffre.comptes.moi()
    except ErreurUtilisateur as ferme:
        return str(ferme)
    return ""


def sans_ouvrir(chemin: Path, mot_de_passe: str, agent: str, geste: Callable[[Synchro], Any]) -> Any:
    """Ce que rend ``geste`` d'un coffre hors de portée du registre, qui ne se montre pas et se referme."""
    from modele.coffre import Coffre
    from modele.synchro import Synchro

    coffre = Coffre.ouvrir(chemin, mot_de_passe, agent or None, loin=True)
    synchro = Synchro(coffre)
    try:
        return geste(synchro)
    finally:
        synchro.connexion.arreter()
        coffre.fermer()


def ouvrir_par_secours(chemin: Path, code: str) -> tuple[Coffre, list[str]]:
    """Le coffre, ouvert par le code de secours, et ses comptes ouverts : l'un doit changer de mot de passe."""
    from modele.coffre import Coffre

    coffre = Coffre.ouvrir_par_secours(chemin, code)
    return coffre, coffre.comptes.ouverts()


def changer_mot_de_passe(coffre: Coffre, agent: str, mot_de_passe: str) -> str:
    """Un mot de passe pour ``agent`` ; le nouveau code de secours, à garder."""
    coffre.reprendre(agent, mot_de_passe)
    coffre.regler(SECOURS_A_GARDER, "oui")
    return coffre.renouveler_secours()


def secours_a_garder(coffre: Coffre) -> str:
    """Un code de secours neuf si le dernier montré n'a jamais été ressaisi ; vide sinon.

    À qui tient les comptes : ce code les ouvre tous.
    """
    tient = coffre.compte is not None and coffre.compte.administre
    return coffre.renouveler_secours() if tient and coffre.reglage(SECOURS_A_GARDER) else ""


def secours_garde(coffre: Coffre) -> None:
    """Le code a été ressaisi : il ne se redemande plus."""
    coffre.regler(SECOURS_A_GARDER, "")
