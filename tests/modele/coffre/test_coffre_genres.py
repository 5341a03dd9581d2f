"""Un rendez-vous dans le coffre : un objet comme un dossier, qui suit le sort du sien. Sans registre."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from outils_coffre import AGENT
from uuid_utils import uuid7

from modele.coffre import Coffre, rattaches, tombes
from modele.dossier.chemins import ABSENT
from modele.droits import Auteur
from modele.fusion import EtatEcrit, Origine
from modele.protocole.messages import Entree, Journal
from modele.regles.fautes import ErreurUtilisateur

# Ce que la levée exige a ses épreuves (``test_levee.py``).
pytestmark = pytest.mark.usefixtures("levee_immediate")

NORA = Auteur(AGENT)
NADIA = {"demandeur": {"nom": "Fatihi", "prenoms": "Nadia", "date_naissance": "1984-03-12"}}
JEUDI = {"date": "2026-12-03", "heure": "14:30", "objet": "Bilan"}
LEVEE = {"protection.discret": False, "protection.levee_motif": "relogée"}


@pytest.fixture
def dossier(coffre: Coffre) -> str:
    return str(coffre.creer_dossier(NADIA, NORA)["id"])


def _rendez_vous(coffre: Coffre, dossier: str, contenu: dict[str, Any] = JEUDI) -> str:
    return str(coffre.creer_objet("rendez_vous", {"dossier": dossier, **contenu}, NORA)["id"])


def _discrets(coffre: Coffre) -> dict[str, bool]:
    with coffre._base.lecture() as connexion:
        lignes = connexion.exec_driver_sql("SELECT id, discret FROM dossier").all()
    return {ligne.id: bool(ligne.discret) for ligne in lignes}


def test_il_se_cree_se_change_et_se_relit(coffre: Coffre, dossier: str) -> None:
    """La date et l'heure vont ensemble : changer l'heure redit la date."""
    rendez_vous = _rendez_vous(coffre, dossier)
    coffre.modifier(rendez_vous, {"heure": "09:00", "objet": ABSENT}, NORA)
    document = coffre.lire(rendez_vous)
    assert {champ: document.get(champ) for champ in (*JEUDI, "dossier")} == {
        "date": "2026-12-03",
        "heure": "09:00",
        "objet": None,
        "dossier": dossier,
    }
    creation, changement = coffre.operations(rendez_vous)
    assert {un.entete.genre for un in (creation, changement)} == {"rendez_vous"}
    assert set(changement.champs) == {"date", "heure", "objet"}
    assert changement.champs["heure"].vu == creation.entete.id
    assert coffre.verifier_chaine() == []
    assert coffre.rattaches(dossier, "rendez_vous") == [document]
    assert coffre.rattaches(rendez_vous, "rendez_vous") == coffre.rattaches(dossier, "visite") == []
    assert [un.geste for un in coffre.acces(rendez_vous)] == [un.geste for un in coffre.acces(dossier)] + [
        coffre.acces(rendez_vous)[-1].geste
    ]


def test_il_n_est_pas_un_dossier(coffre: Coffre, dossier: str) -> None:
    """Ni compté, ni récent, ni cherché, ni repris ; son titre dit ce qu'il est, jamais de qui."""
    rendez_vous = _rendez_vous(coffre, dossier, {**JEUDI, **NADIA})
    coffre.brouillon(rendez_vous, "objet", "Bil")
    assert coffre.compter() == 1
    assert [un.dossier for un in coffre.recents()] == [dossier]
    assert coffre.reprises() == []
    assert [un.texte for un in coffre.brouillons(rendez_vous)] == ["Bil"]
    (trouve,) = coffre.rechercher("nadia fatihi 12/03/1984")
    assert trouve.dossier == dossier
    assert coffre.rechercher(_reference(coffre, rendez_vous)) == []
    titres = {un.dossier: un.titre for un in coffre.echanges.attente()}
    assert titres == {dossier: "FATIHI Nadia", rendez_vous: "Rendez-vous"}
    coffre.modifier(rendez_vous, {"demandeur.nom": "Autre"}, NORA)
    assert [un.dossier for un in coffre.rechercher("nadia fatihi 12/03/1984")] == [dossier]


def _reference(coffre: Coffre, objet: str) -> str:
    with coffre._base.lecture() as connexion:
        return str(connexion.exec_driver_sql("SELECT reference FROM dossier WHERE id = ?", (objet,)).scalar_one())


def test_il_se_cree_dans_un_dossier_tenu_et_n_en_change_pas(coffre: Coffre, dossier: str) -> None:
    """Sans dossier, dans un inconnu, dans un autre rendez-vous : une phrase, et rien n'est écrit."""
    rendez_vous = _rendez_vous(coffre, dossier)
    avant = len(coffre.echanges.attente())
    for initial, phrase in (
        (JEUDI, "Rendez-vous se crée dans un dossier"),
        ({"dossier": 3, **JEUDI}, "Rendez-vous se crée dans un dossier"),
        ({"dossier": rendez_vous, **JEUDI}, "Rendez-vous se crée dans un dossier"),
        ({"dossier": "inconnu", **JEUDI}, "n'est pas dans ce coffre"),
    ):
        with pytest.raises(ErreurUtilisateur, match=phrase):
            coffre.creer_objet("rendez_vous", initial, NORA)
    with pytest.raises(ErreurUtilisateur, match="Votre rôle ne permet pas"):
        coffre.creer_objet("lecture_future", {}, NORA)
    with pytest.raises(ValueError, match="dossier"):
        coffre.modifier(rendez_vous, {"dossier": "autre"}, NORA)
    assert len(coffre.echanges.attente()) == avant


def test_il_devient_discret_avec_son_dossier(coffre: Coffre, dossier: str) -> None:
    """Et cesse de l'être avec lui ; celui d'un autre dossier ne change pas."""
    autre = str(coffre.creer_dossier({"demandeur": {"nom": "Autre"}}, NORA)["id"])
    sien, voisin = _rendez_vous(coffre, dossier), _rendez_vous(coffre, autre)
    coffre.modifier(dossier, {"protection.discret": True}, NORA)
    neuf = _rendez_vous(coffre, dossier)
    coffre.modifier(neuf, {"objet": "Suite"}, NORA)
    assert _discrets(coffre) == {dossier: True, sien: True, neuf: True, autre: False, voisin: False}
    coffre.modifier(dossier, LEVEE, NORA)
    assert not any(_discrets(coffre).values())


def test_dont_le_dossier_manque_encore_il_est_tenu_pour_discret(coffre: Coffre, dossier: str) -> None:
    """Le journal peut rendre le rendez-vous une page avant son dossier : l'inconnu n'est jamais « non »."""
    rendez_vous = _rendez_vous(coffre, dossier)
    with coffre._base.ecriture() as connexion:
        connexion.exec_driver_sql("UPDATE dossier SET rattache = 'ailleurs' WHERE id = ?", (rendez_vous,))
        rattaches.accorder(connexion, [rendez_vous])
    assert _discrets(coffre) == {dossier: False, rendez_vous: True}


def test_il_part_avec_son_dossier(coffre: Coffre, dossier: str) -> None:
    """Sorti ou effacé, le dossier emporte ce qui le suit ; ce qui attend l'envoi reste entier."""
    autre = str(coffre.creer_dossier(NADIA, NORA)["id"])
    for lequel, partir, phrase in (
        (dossier, lambda un, ou: tombes.sortir(un, [ou]), "ne tient plus"),
        (autre, tombes.purger, "effacé partout"),
    ):
        rendez_vous = _rendez_vous(coffre, lequel)
        _dans(coffre, partir, lequel)
        for un in (lequel, rendez_vous):
            with pytest.raises(ErreurUtilisateur, match=phrase):
                coffre.lire(un)
        assert coffre.rattaches(lequel, "rendez_vous") == []
    assert len(coffre.echanges.lot(10)) == 4
    assert all(operation.contenu for operation in coffre.echanges.lot(10))


def _dans(coffre: Coffre, faire: Callable[[Any, str], object], dossier: str) -> None:
    with coffre._base.ecriture() as connexion:
        faire(connexion, dossier)


def test_il_passe_au_dossier_ou_le_sien_est_fondu(coffre: Coffre, dossier: str) -> None:
    """Et prend sa discrétion."""
    survivant = str(coffre.creer_dossier({**NADIA, "protection": {"discret": True}}, NORA)["id"])
    rendez_vous = _rendez_vous(coffre, dossier)
    with coffre._base.ecriture() as connexion:
        tombes.absorber(connexion, dossier, survivant)
    assert [un["id"] for un in coffre.rattaches(survivant, "rendez_vous")] == [rendez_vous]
    assert _discrets(coffre)[rendez_vous]
    with pytest.raises(ErreurUtilisateur, match="fondu dans un autre"):
        _rendez_vous(coffre, dossier)


def test_d_un_genre_inconnu_il_se_garde_sans_se_montrer_ni_s_ecrire(coffre: Coffre, dossier: str) -> None:
    """Venu d'une version plus récente : à la mise à jour, il sera là."""
    inconnu, operation = str(uuid7()), str(uuid7())
    origine = Origine("Awa", "ailleurs", datetime(2026, 11, 29, tzinfo=UTC), 60)
    etat = EtatEcrit(
        inconnu,
        "metropole-exemple",
        1,
        {operation: {"demandeur.nom": "Séance", "lieu": "mairie"}},
        auteurs={operation: origine},
        genre="lecture_future",
    )
    page = Journal([Entree(inconnu, 1, 1, etat, rattache=dossier)], 1, False, "p")
    assert coffre.echanges.appliquer(0, page, "ici")
    assert coffre.lire(inconnu)["lieu"] == "mairie"
    assert coffre.echanges.versions() == [(inconnu, 1)]
    assert ([un.dossier for un in coffre.recents()], coffre.compter(), coffre.rechercher("séance")) == (
        [dossier],
        1,
        [],
    )
    for geste in (
        lambda: coffre.modifier(inconnu, {"lieu": "école"}, NORA),
        lambda: coffre.consulter(inconnu, NORA),
    ):
        with pytest.raises(ErreurUtilisateur, match="Votre rôle ne permet pas"):
            geste()
    coffre.modifier(dossier, {"protection.discret": True}, NORA)
    assert _discrets(coffre)[inconnu], "il suit le dossier que le registre lui dit"


@pytest.mark.parametrize(
    ("module", "nom", "epreuve"),
    [
        (rattaches, "accorder", test_il_devient_discret_avec_son_dossier),
        (rattaches, "de", test_il_part_avec_son_dossier),
        (rattaches, "reporter", test_il_passe_au_dossier_ou_le_sien_est_fondu),
    ],
    ids=["la discrétion ne suit pas", "le départ ne suit pas", "la fusion ne suit pas"],
)
def test_le_mutant_est_vu(
    coffre: Coffre, dossier: str, monkeypatch: pytest.MonkeyPatch, module: Any, nom: str, epreuve: Any
) -> None:
    """Un rendez-vous oublié en chemin se voit."""
    monkeypatch.setattr(module, nom, lambda *reste: ())
    with pytest.raises((AssertionError, pytest.fail.Exception)):
        epreuve(coffre, dossier)
