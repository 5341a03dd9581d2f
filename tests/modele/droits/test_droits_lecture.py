"""Les rôles et les droits d'un genre se lisent, et chaque faute se dit à sa ligne."""

from __future__ import annotations

from pathlib import Path

import pytest

from modele.droits import Action, Droit, Perimetre, lire_droits_du_genre, lire_roles
from modele.regles.fautes import FichierFautif
from modele.regles.lecture import lire_texte

ROLES = ("agent", "social")


def _lire(texte: str) -> list[Droit]:
    lecteur = lire_texte(texte, "visite.toml")
    droits = lire_droits_du_genre(lecteur, "visite", ROLES)
    lecteur.clore()
    lecteur.fautes.verifier()
    return droits


def _roles(texte: str, tmp_path: Path) -> list[str]:
    fichier = tmp_path / "droits.toml"
    fichier.write_text(f"format = 1\n{texte}", encoding="utf-8")
    return list(lire_roles(fichier))


def test_une_ligne_donne_chaque_action_a_chaque_role() -> None:
    """Deux rôles, deux actions : quatre droits du même périmètre."""
    droits = _lire('[[droit]]\nroles = ["agent", "social"]\nactions = ["creer", "lire"]\nperimetre = "lieu"\n')
    assert {(un.role, un.action) for un in droits} == {
        (role, action) for role in ROLES for action in (Action.CREER, Action.LIRE)
    }
    assert {(un.genre, un.perimetre) for un in droits} == {("visite", Perimetre.LIEU)}


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        ("", "droit : cette clé manque"),
        ('[[droit]]\nroles = ["agen"]\nactions = ["creer"]\nperimetre = "soi"\n', "ligne 2, droit[1].roles : « agen »"),
        ('[[droit]]\nroles = []\nactions = ["creer"]\nperimetre = "soi"\n', "ligne 2, droit[1].roles : attendu"),
        (
            '[[droit]]\nroles = ["agent"]\nactions = ["cree"]\nperimetre = "soi"\n',
            "ligne 3, droit[1].actions : « cre",
        ),
        ('[[droit]]\nroles = ["agent"]\nactions = ["creer"]\nperimetre = "ici"\n', "ligne 4, droit[1].perimetre"),
        ('[[droit]]\nroles = ["agent"]\nactions = ["lire"]\nperimetre = "soi"\n', "aucun rôle ne peut créer"),
        (
            '[[droit]]\nroles = ["agent"]\nactions = ["creer"]\nperimetre = "soi"\n'
            '[[droit]]\nroles = ["agent"]\nactions = ["creer"]\nperimetre = "lieu"\n',
            "ligne 7, droit[2].actions : « agent » a déjà le droit « creer »",
        ),
        (
            '[[droit]]\nroles = ["agent"]\nactions = ["creer"]\nperimetre = "soi"\nsauf = "nuit"\n',
            "ligne 5, droit[1].sauf",
        ),
    ],
)
def test_chaque_faute_se_dit_a_sa_ligne(texte: str, attendu: str) -> None:
    """Rôle, action, périmètre, doublon, clé inconnue : la clé, la ligne, ce qui est attendu."""
    with pytest.raises(FichierFautif) as leve:
        _lire(texte)
    assert attendu in str(leve.value)


def test_les_roles_se_lisent_dans_leur_ordre(tmp_path: Path) -> None:
    """L'ordre du fichier est celui où ils se montrent ; un rôle écrit deux fois est une faute."""
    un = '[[role]]\nid = "{}"\nnom = "Un"\ndefinition = "Un rôle."\n'
    assert _roles(un.format("b") + un.format("a"), tmp_path) == ["b", "a"]
    with pytest.raises(FichierFautif, match=r"ligne 7, role\[2\]\.id : .*« b » est employé deux fois"):
        _roles(un.format("b") + un.format("b"), tmp_path)
