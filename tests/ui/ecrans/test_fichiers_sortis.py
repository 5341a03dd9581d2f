"""Partout où un fichier sort en clair : imprimer d'abord, la référence pour nom, ouvrir, effacer, jamais d'un discret.

Quatre écrans en écrivent : Imprimer, la saisine, la feuille d'accès, l'agenda des recours. Les mêmes promesses à tous.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, cast

import pytest
from dossiers_ecran import heberge, ouvrir
from outils_ecran import presser
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QWidget

import ui
from modele.bilan import Bilan
from modele.dossier.codes import reference_courte
from ui.cadre.fenetre import DES_SORTIS, OU_GARDER, UN_SORTI
from ui.composants import Bouton
from ui.ecrans.droits.ecran import EcranDroits
from ui.ecrans.imprimer.ecran import EcranImprimer
from ui.ecrans.imprimer.sortis import CarteSortis, en_clair
from ui.ecrans.recours.ecran import EcranRecours
from ui.ecrans.saisine.ecran import EcranSaisine
from ui.lancement import Poste
from ui.theatre.joueur import Joueur

DALO = {"dalo.statut": "depose", "dalo.date_reception_dossier": "2026-11-12"}


@dataclass(frozen=True)
class Sortie:
    """Un écran d'où sort un fichier : ce qu'il montre, son geste explicite, et le geste par défaut."""

    sortis: CarteSortis
    enregistrer: Callable[[Path], object]
    geste: Bouton
    imprimer: Bouton | None


def imprimer(joueur: Joueur) -> Sortie:
    joueur.aller("imprimer", fiches=["resume"])
    montre = cast(EcranImprimer, joueur.ecran)
    montre.composer()
    joueur.attendre()
    return Sortie(montre.sortis, montre.enregistrer_dans, montre.enregistrer, montre.imprimer)


def saisine(joueur: Joueur) -> Sortie:
    joueur.aller("saisine")
    montre = cast(EcranSaisine, joueur.ecran)
    montre.composer()
    joueur.attendre()
    return Sortie(montre.sortis, montre.enregistrer_dans, montre.enregistrer, montre.imprimer)


def droits(joueur: Joueur) -> Sortie:
    joueur.aller("droits")
    for touche in (Qt.Key.Key_1, Qt.Key.Key_1):
        presser(touche)
    presser(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    joueur.attendre()
    montre = cast(EcranDroits, joueur.ecran)
    agir = montre.lignes[0].agir
    assert agir is not None
    agir.click()
    joueur.attendre()
    feuille = montre.feuille
    return Sortie(feuille.sortis, feuille.enregistrer_dans, feuille.enregistrer, feuille.imprimer)


def recours(joueur: Joueur) -> Sortie:
    joueur.aller("recours")
    calendrier = cast(EcranRecours, joueur.ecran).calendrier
    return Sortie(calendrier.sortis, calendrier.enregistrer_dans, calendrier.agenda, None)


ECRANS = {"imprimer": imprimer, "saisine": saisine, "droits": droits, "recours": recours}
_TOUS = pytest.mark.parametrize("nom", ECRANS)


@pytest.fixture
def joueur(poste_ouvert: Poste) -> Joueur:
    joueur = Joueur(poste_ouvert)
    joueur.fenetre.activateWindow()
    joueur.atelier.horloge = lambda: date(2026, 11, 29)
    return joueur


def sortir(joueur: Joueur, nom: str, **reponses: Any) -> Sortie:
    ouvrir(joueur, heberge(**DALO, **reponses))
    return ECRANS[nom](joueur)


def ecrits(dossier: Path) -> list[Path]:
    return sorted(un for un in dossier.iterdir() if un.is_file())


@_TOUS
def test_imprimer_est_le_geste_par_defaut(joueur: Joueur, nom: str) -> None:
    """Le bouton principal ; enregistrer en est un autre, jamais au clavier d'emblée, et il dit qu'il sort du coffre."""
    un = sortir(joueur, nom)
    assert un.geste.isVisible()
    assert un.geste.property("genre") != "principal"
    assert QApplication.focusWidget() is not un.geste
    if un.imprimer is not None:
        assert un.imprimer.property("genre") == "principal"
        assert un.imprimer.isVisible()
    dites = [e.text() for e in joueur.ecran.findChildren(QWidget) if hasattr(e, "text") and e.isVisible()]
    quoi = "Un agenda" if nom == "recours" else "Un PDF"
    assert any(en_clair(quoi) in dite for dite in dites)


@_TOUS
def test_la_reference_pour_nom_puis_ouvrir_ou_effacer(
    joueur: Joueur, nom: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rien de la personne dans le nom ; « Ouvrir », « Ouvrir le dossier », « Effacer de ce poste »."""
    ouverts: list[Path] = []
    monkeypatch.setattr(
        QDesktopServices, "openUrl", lambda adresse: bool(ouverts.append(Path(adresse.toLocalFile()))) or True
    )
    un = sortir(joueur, nom)
    un.enregistrer(tmp_path)
    joueur.attendre()
    fichiers = ecrits(tmp_path)
    assert fichiers
    reference = reference_courte(joueur.session.dossier_id)
    assert {f.stem for f in fichiers} <= {reference, f"{reference}-2", f"{reference}-3"}
    assert un.sortis.isVisible()
    assert un.sortis.ouvrir.isVisible() == (len(fichiers) == 1)
    un.sortis.dossier.click()
    if len(fichiers) == 1:
        un.sortis.ouvrir.click()
    assert ouverts == [tmp_path, *(fichiers if len(fichiers) == 1 else [])]
    un.sortis.effacer.click()
    assert ecrits(tmp_path) == []
    assert un.sortis.isHidden()


@_TOUS
def test_fermer_propose_d_effacer(joueur: Joueur, nom: str, tmp_path: Path) -> None:
    """Une fois ; « Effacer » efface."""
    un = sortir(joueur, nom)
    un.enregistrer(tmp_path)
    joueur.attendre()
    combien = len(ecrits(tmp_path))
    assert not joueur.fenetre.close()
    dit = UN_SORTI if combien == 1 else DES_SORTIS.format(combien)
    assert joueur.fenetre.bandeau.phrase == dit + OU_GARDER
    joueur.presser("Effacer")
    assert ecrits(tmp_path) == []


@_TOUS
def test_la_personne_partie_rien_ne_se_montre_d_elle(joueur: Joueur, nom: str, tmp_path: Path) -> None:
    """L'écriture finit après son départ : ni son nom, ni sa référence ; quitter proposera d'effacer."""
    un = sortir(joueur, nom)
    un.enregistrer(tmp_path)
    joueur.fenetre.aller("accueil")
    joueur.session.fermer_dossier()
    joueur.attendre()
    assert ecrits(tmp_path)
    assert un.sortis.noms.text() == ""
    assert joueur.session.sortis.restent == len(ecrits(tmp_path))


@_TOUS
def test_jamais_d_un_dossier_discret(joueur: Joueur, nom: str, tmp_path: Path) -> None:
    """Le geste n'y est pas, et le mécanisme refuse."""
    un = sortir(joueur, nom, **{"protection.discret": True})
    assert not un.geste.isVisible()
    un.enregistrer(tmp_path)
    joueur.attendre()
    assert ecrits(tmp_path) == []


@pytest.mark.parametrize("nom", ["saisine", "recours"])
def test_mutant_sans_la_discretion_le_fichier_sortirait(
    joueur: Joueur, nom: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """C'est elle qui tient, et rien d'autre : ceux d'Imprimer sont avec lui (``test_imprimer_enregistrer``)."""
    monkeypatch.setattr(Bilan, "a_taire", property(lambda _: False))
    un = sortir(joueur, nom, **{"protection.discret": True})
    un.enregistrer(tmp_path)
    joueur.attendre()
    assert ecrits(tmp_path)


# Nul autre endroit n'écrit un fichier choisi par l'agent.

_PERMIS = {
    "envois/copies.py": "des copies du coffre, chiffrées",
    "envois/fichier.py": "une enveloppe scellée, que le registre seul ouvre",
    "ouverture/hors_de_portee.py": "la même enveloppe, d'un poste trop longtemps loin du registre",
}


def sans_carte(modules: Iterable[tuple[str, str]]) -> list[str]:
    """Les modules qui demandent où écrire sans la carte qui le dit."""
    return [
        nom
        for nom, contenu in modules
        if {"choisir_un_dossier", "choisir_ou_ecrire"} & _noms(contenu)
        and "CarteSortis" not in _noms(contenu)
        and nom not in _PERMIS
    ]


def _noms(contenu: str) -> set[str]:
    return {un.id for un in ast.walk(ast.parse(contenu)) if isinstance(un, ast.Name)}


def test_ce_qui_s_enregistre_passe_par_la_carte() -> None:
    racine = Path(ui.__file__).parent / "ecrans"
    lus = [(str(un.relative_to(racine)), un.read_text(encoding="utf-8")) for un in racine.rglob("*.py")]
    assert sans_carte(lus) == []
    assert set(_PERMIS) <= {nom for nom, _ in lus}


def test_mutant_un_enregistrement_sans_la_carte() -> None:
    assert sans_carte([("neuf.py", "choisir_un_dossier(soi, 'Où')")]) == ["neuf.py"]
