"""Après une restauration : rien d'un poste pas encore revenu ne se trouve ni ne s'ouvre d'ailleurs, et cela se dit."""

from __future__ import annotations

from dataclasses import replace

import pytest
from outils_operations import Saisie
from outils_registre import ANNEXE, DEPART, PosteDEssai, enrole
from sqlalchemy import Engine, select, update

from modele.protocole.messages import Candidat, Ouverture, PersonneCherchee
from registre.base.schema import poste, territoire
from registre.service.administration import postes, revoquer
from registre.service.doublons import chercher
from registre.service.empreinte import prendre_l_empreinte
from registre.service.jetons import reconnaitre
from registre.service.journal import lire_page
from registre.service.perimetre import ouvrir
from registre.service.refus import Refuse

NADIA = PersonneCherchee("BEN ALI", "Nadia", "1984-03-12")


@pytest.fixture
def saisie(moteur: Engine, poste_enrole: PosteDEssai) -> Saisie:
    return Saisie(poste_enrole, moteur)


@pytest.fixture
def annexe(moteur: Engine, saisie: Saisie) -> Saisie:
    return Saisie(enrole(moteur, PosteDEssai("Annexe", guichet=ANNEXE)), moteur)


def _restaurer(moteur: Engine) -> None:
    with moteur.begin() as connexion:
        connexion.execute(update(poste).values(attendu=True))


def _trouver(saisie: Saisie) -> list[Candidat]:
    return chercher(saisie.moteur, saisie.poste.porteur, NADIA, DEPART)


def _absents(saisie: Saisie) -> int:
    return prendre_l_empreinte(saisie.moteur, saisie.poste.porteur).absents


def _revenir(saisie: Saisie, poignee: str | None = None) -> None:
    """Ce poste lit le journal, comme le registre le reconnaît par son jeton."""
    porteur = reconnaitre(saisie.moteur, saisie.poste.jeton(saisie.moteur), DEPART)
    with saisie.moteur.connect() as connexion:
        courante = connexion.execute(select(territoire.c.poignee)).scalar_one()
    lire_page(saisie.moteur, porteur, 0, 10, courante if poignee is None else poignee, DEPART)


def test_sans_restauration_personne_n_est_attendu(saisie: Saisie, annexe: Saisie) -> None:
    dossier = annexe.nouveau()
    assert [un.dossier for un in _trouver(saisie)] == [dossier]
    assert _absents(saisie) == 0


def test_les_dossiers_d_un_poste_attendu_ne_se_trouvent_pas_d_ailleurs(
    moteur: Engine, saisie: Saisie, annexe: Saisie
) -> None:
    """Depuis la sauvegarde, il a pu en rendre un discret : ne pas savoir n'est pas « non »."""
    dossier = annexe.nouveau()
    _restaurer(moteur)
    assert (_trouver(saisie), _absents(saisie)) == ([], 2)
    assert [un.dossier for un in _trouver(annexe)] == [dossier], "qui le tient le voit"
    _revenir(saisie)
    assert (_trouver(saisie), _absents(saisie)) == ([], 1)
    _revenir(annexe)
    assert ([un.dossier for un in _trouver(saisie)], _absents(saisie)) == ([dossier], 0)


def test_il_ne_s_ouvre_pas_non_plus(moteur: Engine, saisie: Saisie, annexe: Saisie) -> None:
    dossier = annexe.nouveau()
    _restaurer(moteur)
    demande = Ouverture(dossier, "Elle est là.", "Nora")
    with pytest.raises(Refuse) as refuse:
        ouvrir(moteur, saisie.poste.porteur, demande, DEPART)
    assert (refuse.value.statut, refuse.value.refus.code) == (503, "en_retrait")
    assert ouvrir(moteur, annexe.poste.porteur, demande, DEPART).sequence
    _revenir(annexe)
    assert ouvrir(moteur, saisie.poste.porteur, demande, DEPART).sequence


def test_un_poste_qui_l_avait_ouvert_est_attendu_aussi(moteur: Engine, saisie: Saisie, annexe: Saisie) -> None:
    """Celui du guichet est revenu, mais un autre le tient : lui aussi a pu le rendre discret."""
    tiers = Saisie(enrole(moteur, PosteDEssai("Tiers", guichet=ANNEXE)), moteur)
    dossier = saisie.nouveau()
    ouvrir(moteur, annexe.poste.porteur, Ouverture(dossier, "Elle est là.", "Nora"), DEPART)
    _restaurer(moteur)
    _revenir(saisie)
    assert _trouver(tiers) == []
    _revenir(annexe)
    assert [un.dossier for un in _trouver(tiers)] == [dossier]


def test_revoque_il_n_est_plus_attendu(moteur: Engine, saisie: Saisie, annexe: Saisie) -> None:
    dossier = annexe.nouveau()
    _restaurer(moteur)
    revoquer(moteur, annexe.poste.territoire, annexe.poste.id, DEPART)
    assert ([un.dossier for un in _trouver(saisie)], _absents(saisie)) == ([dossier], 1)


def test_qui_n_a_pas_encore_la_nouvelle_poignee_n_est_pas_revenu(moteur: Engine, annexe: Saisie) -> None:
    """Il n'a rien renvoyé : c'est en apprenant la poignée qu'il le fera."""
    _restaurer(moteur)
    _revenir(annexe, "")
    with pytest.raises(Refuse):
        _revenir(annexe, "celle d'avant")
    assert _absents(annexe) == 2
    _revenir(annexe)
    assert _absents(annexe) == 1


def test_un_poste_enrole_depuis_n_est_pas_attendu(moteur: Engine, saisie: Saisie) -> None:
    _restaurer(moteur)
    neuf = enrole(moteur, PosteDEssai("Neuf"))
    etats = {un.nom: un.attendu for un in postes(moteur, neuf.territoire)}
    assert etats == {saisie.poste.nom: True, "Neuf": False}


def test_un_poste_revenu_ne_s_ecrit_pas_a_chaque_lecture(moteur: Engine, saisie: Saisie) -> None:
    porteur = replace(saisie.poste.porteur, attendu=False)
    with moteur.connect() as connexion:
        courante = connexion.execute(select(territoire.c.poignee)).scalar_one()
        avant = connexion.execute(select(poste.c.id, poste.c.attendu)).all()
    lire_page(moteur, porteur, 0, 10, courante, DEPART)
    with moteur.connect() as connexion:
        assert connexion.execute(select(poste.c.id, poste.c.attendu)).all() == avant
