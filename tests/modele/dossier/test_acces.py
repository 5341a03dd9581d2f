"""Le journal des accès : une seule liste, chaque action a sa phrase, et rien ne s'écrit qui n'en soit pas."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from modele.dossier.acces import Acces, Geste, relire

RACINE = Path(__file__).parents[3]
# Ce que gardent les coffres et les registres déjà en service : ces mots ne changent plus.
DEJA_ECRITS = {
    "demasquer", "saisir prevision", "retirer prevision", "classer des candidats", "identifier un candidat",
    "lire seances", "lire seance", "lire demandes de seance", "preparer seance", "changer seance", "designer en seance",
    "decider en seance", "repondre en seance", "clore seance", "retirer seance",
    "ouvrir", "ouvrir par secours", "creer", "importer", "consulter", "modifier", "imprimer", "trancher", "ressaisir",
    "classer", "voie ouverte", "ecarter un doublon", "journal", "doublons", "consultations", "ouverture", "sortie",
    "supprimer", "rendre", "droit noter", "droit acces", "droit suite", "geler", "accord", "lever le gel", "effacer",
    "tiers", "reunir", "defaire une reunion", "seul a seul", "rencontre", "compte ouvert", "compte change",
    "compte ferme", "compte rouvert", "mot de passe", "mot de passe perdu", "ecarter",
    "passer la main", "lever un ecart",
    "portee reglee", "portee rouverte", "remettre", "retirer une remise", "repondre a une remise",
    "importer des lieux", "retirer un lieu", "reporter", "annuler un report",
    "lire contingent", "saisir convention", "retirer convention", "saisir passage",
    "importer attributions", "lire attributions",
    "lire conference", "saisir engagement", "retirer engagement", "figer conference",
}  # fmt: skip


def _fichiers() -> Iterator[tuple[Path, ast.Module]]:
    for piece in ("modele", "registre", "ui", "impressions"):
        for chemin in (RACINE / piece).rglob("*.py"):
            if chemin != RACINE / "modele" / "dossier" / "acces.py":
                yield chemin, ast.parse(chemin.read_text(encoding="utf-8"))


def _note_un_acces(appel: ast.Call, module: ast.Module) -> bool:
    """Écrit-il au journal des accès, du coffre ou du registre ?"""
    match appel.func:
        case ast.Attribute(attr="noter_acces") | ast.Attribute(value=ast.Name(id="journaux"), attr="noter"):
            return True
        case ast.Name(id="noter"):
            importes = [un for un in module.body if isinstance(un, ast.ImportFrom)]
            return any((un.module or "").endswith((".consultations", ".journaux")) for un in importes)
    return False


def _mots_nus(appel: ast.Call) -> list[ast.expr]:
    valeurs = [*appel.args, *(un.value for un in appel.keywords)]
    return [un for un in valeurs if isinstance(un, ast.JoinedStr) or (isinstance(un, ast.Constant) and un.value)]


def test_rien_ne_s_ecrit_d_un_mot_nu() -> None:
    """Aucun appel du produit n'écrit au journal des accès une chaîne à lui."""
    appels = [
        (chemin.name, appel)
        for chemin, module in _fichiers()
        for appel in ast.walk(module)
        if isinstance(appel, ast.Call) and _note_un_acces(appel, module)
    ]
    assert len(appels) >= 10, "le guet lui-même est aveugle"
    assert [(nom, appel.lineno) for nom, appel in appels if _mots_nus(appel)] == []


def test_toute_action_s_ecrit_quelque_part() -> None:
    """Une action que rien n'écrit serait une phrase morte."""
    dits = {
        noeud.attr
        for _, module in _fichiers()
        for noeud in ast.walk(module)
        if isinstance(noeud, ast.Attribute) and isinstance(noeud.value, ast.Name) and noeud.value.id == "Acces"
    }
    assert dits == set(Acces.__members__)


def test_les_mots_deja_ecrits_se_disent_tous() -> None:
    """Chacun a sa phrase, à lui seul, et aucune n'est le mot brut."""
    assert {un.value for un in Acces} == DEJA_ECRITS
    assert len({un.phrase for un in Acces}) == len(Acces)
    assert all(relire(mot).dit == Acces(mot).phrase != mot for mot in DEJA_ECRITS)


@pytest.mark.parametrize("acces", Acces)
def test_ce_qui_s_ecrit_se_relit(acces: Acces) -> None:
    """Avec ou sans motif, même si le motif a la ponctuation de la séparation."""
    for motif in ("", "elle est là", "suivi : à sa demande"):
        assert relire(acces.ecrire(motif)) == Geste(acces, motif)


def test_le_motif_se_dit_entre_guillemets() -> None:
    """Ce qu'une personne a écrit se distingue de la phrase."""
    assert relire("ouverture : elle est là").dit == "l'a ouvert à son guichet : « elle est là »"


@pytest.mark.parametrize("ecrit", ["geste neuf", "geste neuf : motif", "", "Creer"])
def test_un_mot_inconnu_ne_se_montre_jamais(ecrit: str) -> None:
    """D'une autre version de Perron : on dit que quelqu'un est venu, jamais le mot ni son motif."""
    assert relire(ecrit) == Geste(None)
    assert relire(ecrit).dit == "a agi sur le dossier"
