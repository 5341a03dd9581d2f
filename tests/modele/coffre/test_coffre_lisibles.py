"""Ce que montrent les envois suit la table des droits : sans le droit de lire un dossier, ni son nom, ni le nombre."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from outils_coffre import COUT
from outils_ecartes import LEO, NORA, Situation, dresser
from sqlalchemy import true

from modele.coffre import Coffre, auteurs
from modele.droits import Action, Auteur, Table
from modele.genres import Genres, livres
from modele.regles.fautes import ErreurUtilisateur

TENEUR: Final = Auteur("Zoé Lemoine")
MOT: Final = "cinq mots sans aucun lien"
NOMMENT: Final[dict[str, Callable[[Coffre], Any]]] = {
    "recus": lambda c: c.echanges.recus(),
    "quarantaine": lambda c: c.echanges.quarantaine(),
    "divergences": lambda c: c.echanges.divergences(),
    "doublons": lambda c: c.echanges.doublons(),
    "compter_divergences": lambda c: c.echanges.compter_divergences(),
    "compter_doublons": lambda c: c.echanges.compter_doublons(),
}
"""Tout ce que l'écran des envois et l'accueil disent de dossiers."""


@pytest.fixture
def situation(chemin: Path) -> Iterator[Situation]:
    """Chaque liste a de quoi montrer ; Zoé tient les comptes, et aucun dossier."""
    dressee = dresser(chemin)
    dressee.coffre.comptes.ouvrir(TENEUR.nom, "Zoé", "Direction", ("administrateur",), MOT, NORA)
    yield dressee
    dressee.coffre.fermer()


@pytest.fixture
def teneuse(situation: Situation) -> Iterator[Coffre]:
    """Le même coffre, ouvert par elle."""
    ouvert = Coffre.ouvrir(situation.coffre.chemin, MOT, TENEUR.nom, cout=COUT)
    yield ouvert
    ouvert.fermer()


def _sans(monkeypatch: pytest.MonkeyPatch, *sans: Action) -> None:
    gardes = [un for un in livres().droits.droits if un.genre != "dossier" or un.action not in sans]
    genres = Genres(livres().par_id, Table(livres().droits.roles, gardes))
    monkeypatch.setattr(auteurs, "livres", lambda: genres)


def test_qui_ne_lit_aucun_dossier_n_en_voit_aucun(situation: Situation, teneuse: Coffre) -> None:
    """Un administrateur tient les comptes et envoie les paquets : rien ne lui nomme personne."""
    assert [nom for nom, lire in NOMMENT.items() if not lire(situation.coffre)] == []
    assert [nom for nom, lire in NOMMENT.items() if lire(teneuse)] == []


def test_ce_qui_attend_se_compte_sans_nommer(situation: Situation, teneuse: Coffre) -> None:
    """Le nombre reste : sans lui, elle croirait tout parti."""
    assert {un.titre for un in teneuse.echanges.attente()} == {""}
    nombres = [[(un.dossier, un.saisies) for un in coffre.echanges.attente()] for coffre in (teneuse, situation.coffre)]
    assert nombres[0] == nombres[1] != []


def test_sans_le_droit_des_discrets_seuls_les_autres_se_nomment(
    situation: Situation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Devenu discret, un dossier quitte ces listes pour qui ne lit pas les discrets ; les autres y restent."""
    coffre = situation.coffre
    coffre.modifier(situation.secret, {"protection.discret": True}, NORA)
    assert coffre.echanges.quarantaine()
    _sans(monkeypatch, Action.LIRE_DISCRET)
    assert (coffre.echanges.quarantaine(), coffre.echanges.divergences()) == ([], [])
    assert any(un.titre for un in coffre.echanges.attente())
    assert {un.titre for un in coffre.echanges.attente() if un.dossier == situation.secret} == {""}


def test_une_saisie_refusee_ne_se_classe_qu_avec_le_droit_d_y_ecrire(
    situation: Situation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Un identifiant retenu d'avant n'y suffit pas ; avec le droit, elle se classe."""
    coffre = situation.coffre
    for geste in (coffre.echanges.classer, coffre.echanges.ressaisir):
        with pytest.raises(ErreurUtilisateur, match="Votre rôle ne permet pas"):
            geste(situation.refusee, TENEUR)
    coffre.modifier(situation.secret, {"protection.discret": True}, NORA)
    with monkeypatch.context() as patch:
        _sans(patch, Action.LIRE_DISCRET)
        with pytest.raises(ErreurUtilisateur, match="Votre rôle ne permet pas"):
            coffre.echanges.classer(situation.refusee, NORA)
    coffre.echanges.classer(situation.refusee, NORA)
    assert coffre.echanges.quarantaine() == []


def test_un_compte_ferme_ne_voit_plus_rien(situation: Situation) -> None:
    """Resté à l'écran, il ne fait pas échouer l'envoi : la liste est vide."""
    leo = situation.en_leo()
    assert leo.echanges.quarantaine()
    situation.coffre.comptes.fermer(LEO.nom, NORA)
    assert leo.echanges.quarantaine() == []
    assert leo.echanges.compter_a_envoyer() > 0
    leo.fermer()


def test_l_envoi_n_oublie_rien_de_qui_est_ecarte(situation: Situation) -> None:
    """L'écarté au poste, ce qu'il ne voit plus part quand même : l'envoi compte tout."""
    situation.ecarter()
    leo = situation.en_leo()
    assert sum(un.saisies for un in leo.echanges.attente()) < leo.echanges.compter_a_envoyer()
    assert leo.echanges.compter_a_envoyer() == len(leo.echanges.lot(5000))
    leo.fermer()


def test_mutant_sans_la_table_des_droits_elle_verrait_tout(
    situation: Situation, teneuse: Coffre, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(auteurs, "lisibles", lambda *_: true())
    assert [nom for nom, lire in NOMMENT.items() if not lire(teneuse)] == []
