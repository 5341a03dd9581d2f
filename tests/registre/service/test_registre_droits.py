"""Le registre tient la table des droits : qui écrit, à quel titre, et qui reçoit quoi."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest
from outils_guichets import Guichets, ouvrir_ici
from outils_operations import BENALI, Saisie
from outils_registre import PosteDEssai, enrole
from sqlalchemy import update

from modele.dossier.operations import Operation
from modele.droits import Action, Auteur, Droit, Perimetre, Table
from modele.fusion import Issue
from modele.genres import Genres, livres
from registre.base import schema
from registre.service import diffusion, enrolement, jugement, perimetre
from registre.service.refus import Refuse

# Ce que la levée exige a ses épreuves (``test_levee.py``).
pytestmark = pytest.mark.usefixtures("levee_immediate")

SUR_LES_DEUX = False
LEVEE = {"protection.discret": False, "protection.levee_motif": "relogée"}


@pytest.fixture
def guichets(moteur: Any, poste_enrole: PosteDEssai) -> Guichets:
    return Guichets(moteur, poste_enrole)


def _au_titre_de(saisie: Saisie, operation: Operation, *roles: str) -> Operation:
    """La même saisie, dont l'auteur dit ces rôles."""
    entete = operation.entete
    precedente = bytes.fromhex(entete.precedente) if entete.precedente else None
    saisie.chaine = replace(saisie.chaine, rang=entete.rang - 1, empreinte=precedente)
    return saisie.operation(entete.dossier, operation.champs, genre=entete.genre, auteur=Auteur("Nora", roles))


def _remplacer(monkeypatch: pytest.MonkeyPatch, droits: Iterable[Droit]) -> None:
    """Une autre table, partout où le registre la lit."""
    genres = Genres(livres().par_id, Table(livres().droits.roles, droits))
    for module in (jugement, diffusion, perimetre, enrolement):
        monkeypatch.setattr(module, "livres", lambda: genres)


def _sauf(*sans: tuple[str, Action]) -> list[Droit]:
    return [un for un in livres().droits.droits if (un.genre, un.action) not in sans]


def test_un_role_que_le_poste_n_a_pas_est_refuse_et_la_chaine_continue(guichets: Guichets) -> None:
    """Le rang est consommé ; la correction est une saisie neuve."""
    saisie = guichets.ouvreur
    refusee = _au_titre_de(saisie, saisie.creer(), "agent", "social")
    suite = saisie.creer()
    recus = saisie.envoyer(refusee, suite).issues
    assert [(recu.issue, recu.code) for recu in recus] == [(Issue.REFUSEE, "roles"), (Issue.ACCEPTEE, "")]
    assert recus[0].cause.startswith("Cette saisie est faite au titre d'un rôle que ce poste n'a pas")
    assert saisie.envoyer(refusee, suite).issues == recus


def test_un_role_inconnu_est_refuse_comme_un_autre(guichets: Guichets) -> None:
    """Il n'est à aucun poste."""
    saisie = guichets.ouvreur
    assert saisie.recu(_au_titre_de(saisie, saisie.creer(), "maire")).code == "roles"


def test_le_refus_d_un_role_ne_dit_rien_du_dossier(guichets: Guichets) -> None:
    """Tenu ou inconnu, la réponse est la même."""
    tenu, ailleurs = guichets.ouvreur.nouveau(), guichets.annexe.nouveau()
    for dossier in (tenu, ailleurs):
        saisie = guichets.ouvreur
        dite = _au_titre_de(saisie, saisie.poser(dossier, {"contact.langue": "fr"}), "social")
        assert saisie.recu(dite).code == "roles"


def test_sans_role_dit_ce_sont_ceux_du_poste(guichets: Guichets) -> None:
    """Ainsi d'un poste d'avant, ou qui n'était pas enrôlé quand la saisie s'est faite."""
    social = guichets.social
    dossier = social.nouveau({**BENALI, "protection": {"discret": True}})
    levee = social.poser(dossier, LEVEE)
    assert levee.entete.par.roles == ()
    assert social.recu(levee).issue is Issue.ACCEPTEE


def test_les_roles_dits_bornent_ce_qui_est_permis(guichets: Guichets) -> None:
    """Le poste est aussi « social » ; la personne écrit comme agent : elle ne lève pas la discrétion."""
    social = guichets.social
    dossier = social.nouveau({**BENALI, "protection": {"discret": True}})
    assert social.recu(_au_titre_de(social, social.poser(dossier, LEVEE), "agent")).code == "discretion"
    assert social.recu(_au_titre_de(social, social.poser(dossier, LEVEE), "agent", "social")).issue is Issue.ACCEPTEE


def test_ce_que_la_table_ne_dit_pas_est_refuse(guichets: Guichets, monkeypatch: pytest.MonkeyPatch) -> None:
    """Créer, modifier, fondre, ouvrir : chacun s'arrête si son droit s'en va."""
    saisie = guichets.ouvreur
    dossier, autre = saisie.nouveau(), saisie.nouveau()
    _remplacer(monkeypatch, _sauf(("dossier", Action.CREER)))
    assert saisie.recu(saisie.creer()).code == "droit"
    _remplacer(monkeypatch, _sauf(("dossier", Action.MODIFIER)))
    refus = saisie.recu(saisie.poser(dossier, {"contact.langue": "fr"}))
    assert (refus.code, refus.cause[:33]) == ("droit", "Votre rôle ne permet pas cette sa")
    _remplacer(monkeypatch, _sauf(("dossier", Action.FONDRE)))
    assert saisie.recu(saisie.poser(dossier, {"contact.langue": "fr"})).issue is Issue.ACCEPTEE
    saisie.lire()
    assert saisie.recu(saisie.poser(dossier, {f"absorbes.{autre}": "x"})).code == "droit"
    _remplacer(monkeypatch, _sauf(("dossier", Action.OUVRIR)))
    with pytest.raises(Refuse) as leve:
        ouvrir_ici(guichets.annexe, dossier)
    assert leve.value.refus.code == "hors_perimetre"


def test_un_droit_de_lieu_s_arrete_au_guichet(guichets: Guichets, monkeypatch: pytest.MonkeyPatch) -> None:
    """L'annexe a ouvert le dossier et le lit ; le changer demanderait un droit de territoire."""
    dossier = guichets.ouvreur.nouveau()
    ouvrir_ici(guichets.annexe, dossier)
    guichets.qui_tient(dossier)
    du_lieu = [Droit(role, "dossier", Action.MODIFIER, Perimetre.LIEU) for role in ("agent", "social")]
    _remplacer(monkeypatch, [*_sauf(("dossier", Action.MODIFIER)), *du_lieu])
    assert guichets.annexe.recu(guichets.annexe.poser(dossier, {"contact.langue": "fr"})).code == "droit"
    assert guichets.agent.recu(guichets.agent.poser(dossier, {"contact.langue": "fr"})).issue is Issue.ACCEPTEE
    de_soi = [Droit(role, "dossier", Action.MODIFIER, Perimetre.SOI) for role in ("agent", "social")]
    _remplacer(monkeypatch, [*_sauf(("dossier", Action.MODIFIER)), *de_soi])
    assert guichets.agent.recu(guichets.agent.poser(dossier, {"contact.langue": "en"})).code == "droit"
    assert guichets.ouvreur.recu(guichets.ouvreur.poser(dossier, {"contact.langue": "en"})).code == ""


def test_un_poste_sans_role_qui_lit_ne_recoit_rien(guichets: Guichets) -> None:
    """Ni ce qui existe, ni ce qui naît."""
    with guichets.moteur.begin() as connexion:
        connexion.execute(
            update(schema.poste).where(schema.poste.c.id == guichets.agent.poste.id).values(roles=["observateur"])
        )
    assert guichets.qui_tient(guichets.ouvreur.nouveau()) == {"Poste 1", "Social"}


def test_un_droit_de_territoire_lit_partout(guichets: Guichets, monkeypatch: pytest.MonkeyPatch) -> None:
    """Un rôle à venir qui lirait tout le territoire : ce qui naît lui parvient, et ce qui était là aussi."""
    partout = [Droit("observateur", "dossier", Action.LIRE, Perimetre.TERRITOIRE)]
    _remplacer(monkeypatch, [*livres().droits.droits, *partout])
    ancien = guichets.ouvreur.nouveau()
    with guichets.moteur.begin() as connexion:
        connexion.execute(
            update(schema.poste).where(schema.poste.c.id == guichets.annexe.poste.id).values(roles=["observateur"])
        )
    assert guichets.qui_tient(guichets.ouvreur.nouveau()) == {"Poste 1", "Agent", "Social", "Annexe"}
    partout_agent = [Droit("agent", "dossier", Action.LIRE, Perimetre.TERRITOIRE)]
    _remplacer(monkeypatch, [*_sauf(("dossier", Action.LIRE)), *partout_agent])
    neuf = Saisie(enrole(guichets.moteur, PosteDEssai("Neuf", guichet="annexe")), guichets.moteur)
    neuf.lire()
    assert ancien in neuf.etats
    _remplacer(monkeypatch, _sauf(("dossier", Action.LIRE)))
    aveugle = Saisie(enrole(guichets.moteur, PosteDEssai("Aveugle")), guichets.moteur)
    aveugle.lire()
    assert aveugle.etats == {}


@pytest.mark.parametrize(
    ("nom", "remplacant"),
    [
        ("_roles", lambda soi, recue: recue.entete.par.roles or soi.porteur.roles),
        ("_roles", lambda soi, recue: soi.porteur.roles),
        ("_permet", lambda *reste: True),
    ],
    ids=["le poste croit l'auteur", "les rôles dits sont ignorés", "tout est permis"],
)
def test_le_mutant_est_vu(guichets: Guichets, monkeypatch: pytest.MonkeyPatch, nom: str, remplacant: Any) -> None:
    """Un registre qui croirait l'auteur, ou oublierait la table, se voit."""
    monkeypatch.setattr(jugement.Jugement, nom, remplacant)

    def eprouver() -> None:
        test_un_role_que_le_poste_n_a_pas_est_refuse_et_la_chaine_continue(guichets)
        test_les_roles_dits_bornent_ce_qui_est_permis(guichets)

    with pytest.raises(AssertionError):
        eprouver()
