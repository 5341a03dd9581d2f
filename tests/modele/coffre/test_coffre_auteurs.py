"""Le coffre tient la table des droits : au titre de quels rôles on écrit, et ce qu'ils permettent."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from outils_coffre import AGENT

from modele.coffre import Coffre, auteurs
from modele.coffre.auteurs import ROLES_DU_POSTE
from modele.droits import Action, Auteur, Droit, Table
from modele.genres import Genres, livres
from modele.regles.fautes import ErreurUtilisateur

# Ce que la levée exige a ses épreuves (``test_levee.py``).
pytestmark = pytest.mark.usefixtures("levee_immediate")

NADIA = {"demandeur": {"nom": "Fatihi", "prenoms": "Nadia"}}
LEVEE = {"protection.discret": False, "protection.levee_motif": "relogée"}
NORA = Auteur(AGENT)


def _discret(coffre: Coffre) -> str:
    return str(coffre.creer_dossier({**NADIA, "protection": {"discret": True}}, NORA)["id"])


def _remplacer(monkeypatch: pytest.MonkeyPatch, droits: Iterable[Droit]) -> None:
    genres = Genres(livres().par_id, Table(livres().droits.roles, droits))
    monkeypatch.setattr(auteurs, "livres", lambda: genres)


def _sauf(*sans: Action) -> list[Droit]:
    return [un for un in livres().droits.droits if un.genre != "dossier" or un.action not in sans]


def test_un_poste_jamais_enrole_fait_tout_et_n_ecrit_aucun_role(coffre: Coffre) -> None:
    """Le registre jugera ce qu'il envoie avec les rôles qu'il lui aura donnés."""
    dossier = _discret(coffre)
    coffre.modifier(dossier, LEVEE, NORA)
    assert [un.entete.par for un in coffre.operations(dossier)] == [NORA, NORA]
    coffre.modifier(dossier, {"contact.langue": "fr"}, Auteur(AGENT, ("social",)))
    assert coffre.operations(dossier)[-1].entete.par == Auteur(AGENT, ("social",)), "un rôle dit s'écrit"


def test_un_poste_enrole_ecrit_ses_roles_et_s_y_tient(coffre: Coffre) -> None:
    """Un poste d'agents ne lève pas la discrétion : le registre le refuserait, le coffre le dit tout de suite."""
    dossier = _discret(coffre)
    coffre.regler(ROLES_DU_POSTE, "agent")
    with pytest.raises(ErreurUtilisateur, match="seul un travailleur social lève la discrétion"):
        coffre.modifier(dossier, LEVEE, NORA)
    coffre.modifier(dossier, {"contact.langue": "fr"}, NORA)
    assert coffre.operations(dossier)[-1].entete.par == Auteur(AGENT, ("agent",))
    coffre.regler(ROLES_DU_POSTE, "agent social")
    with pytest.raises(ErreurUtilisateur, match="seul un travailleur social"):
        coffre.modifier(dossier, LEVEE, Auteur(AGENT, ("agent",)))
    coffre.modifier(dossier, LEVEE, NORA)
    assert coffre.operations(dossier)[-1].entete.par.roles == ("agent", "social")


@pytest.mark.parametrize(
    ("du_poste", "dits", "phrase"),
    [
        ("agent", ("social",), "« Travailleur social »"),
        ("", ("observateur",), "« Observateur »"),
        ("", ("x",), "« x »"),
    ],
)
def test_un_role_que_le_poste_n_a_pas_est_refuse(
    coffre: Coffre, du_poste: str, dits: tuple[str, ...], phrase: str
) -> None:
    """Le registre le refuserait pour toujours : rien ne s'écrit."""
    coffre.regler(ROLES_DU_POSTE, du_poste)
    with pytest.raises(ErreurUtilisateur, match=f"Ce poste n'a pas le rôle {phrase}"):
        coffre.creer_dossier(NADIA, Auteur(AGENT, dits))
    assert coffre.compter() == 0


def test_ce_que_la_table_ne_dit_pas_est_refuse(coffre: Coffre, monkeypatch: pytest.MonkeyPatch) -> None:
    """Créer, importer, modifier, fondre, lire : chacun s'arrête si son droit s'en va."""
    dossier = str(coffre.creer_dossier(NADIA, NORA)["id"])
    discret = _discret(coffre)
    gestes: dict[Action, list[Any]] = {
        Action.CREER: [lambda: coffre.creer_dossier(NADIA, NORA), lambda: coffre.importer([NADIA], NORA)],
        Action.MODIFIER: [
            lambda: coffre.modifier(dossier, {"contact.langue": "fr"}, NORA),
            lambda: coffre.donner_numero_provisoire(dossier, NORA),
            lambda: coffre.echanges.trancher(dossier, "contact.langue", {}, NORA),
        ],
        Action.FONDRE: [lambda: coffre.modifier(dossier, {"absorbes.x": "hier"}, NORA)],
        Action.LIRE: [lambda: coffre.consulter(dossier, NORA)],
        Action.LIRE_DISCRET: [lambda: coffre.consulter(discret, NORA)],
    }
    avant = len(coffre.acces())
    for action, siens in gestes.items():
        _remplacer(monkeypatch, _sauf(action))
        for geste in siens:
            with pytest.raises(ErreurUtilisateur, match="Votre rôle ne permet pas ce geste"):
                geste()
    assert len(coffre.acces()) == avant
    _remplacer(monkeypatch, livres().droits.droits)
    assert coffre.consulter(dossier, NORA) == coffre.lire(dossier)
    assert coffre.consulter(discret, NORA) == coffre.lire(discret)


@pytest.mark.parametrize(
    ("nom", "remplacant"),
    [
        ("_permis", lambda *_: True),
        ("_situer", lambda connexion, auteur: auteur),
    ],
    ids=["tout est permis", "le poste croit l'auteur"],
)
def test_le_mutant_est_vu(coffre: Coffre, monkeypatch: pytest.MonkeyPatch, nom: str, remplacant: Any) -> None:
    """Un coffre sans sa table, ou qui croirait l'auteur, se voit."""
    monkeypatch.setattr(auteurs, nom, remplacant)
    with pytest.raises((AssertionError, pytest.fail.Exception)):
        test_un_poste_enrole_ecrit_ses_roles_et_s_y_tient(coffre)


def test_au_code_de_secours_rien_ne_se_departage_de_plus_qu_il_ne_se_lit(coffre: Coffre) -> None:
    """Sans agent, aucune liste n'ouvre un genre que ses dossiers ne laissent pas lire."""
    with coffre._base.lecture() as connexion:
        assert str(auteurs.departage(connexion, None)) == str(auteurs.lisibles(connexion, None))
        assert str(auteurs.departage(connexion, AGENT)) != str(auteurs.lisibles(connexion, AGENT))
