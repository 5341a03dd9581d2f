"""Après une restauration : rien d'un poste pas encore revenu ne se trouve ni ne s'ouvre d'ailleurs, et cela se dit."""

from __future__ import annotations

import pytest
from outils_operations import BENALI, Saisie, identifiant
from outils_postgresql import refus_injecte
from outils_registre import AILLEURS, ANNEXE, DEPART, PosteDEssai, enrole, peupler
from sqlalchemy import Engine, select, update

from modele.fusion import Issue
from modele.protocole.messages import REPRISE, Ouverture, PersonneCherchee
from registre.base.reprise import ouvrir_la_reprise
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
        ouvrir_la_reprise(connexion, DEPART)


def _trouver(saisie: Saisie) -> list[str]:
    return [un.dossier for un in chercher(saisie.moteur, saisie.poste.porteur, NADIA, DEPART)]


def _attendus(saisie: Saisie) -> int:
    return prendre_l_empreinte(saisie.moteur, saisie.poste.porteur).absents


def _revenir(saisie: Saisie, poignee: str | None = None, *, rendu: bool = True) -> None:
    """Ce poste lit le journal, comme le registre le reconnaît par son jeton."""
    porteur = reconnaitre(saisie.moteur, saisie.poste.jeton(saisie.moteur), DEPART)
    with saisie.moteur.connect() as connexion:
        courante = connexion.execute(select(territoire.c.poignee)).scalar_one()
    lire_page(saisie.moteur, porteur, 0, 10, courante if poignee is None else poignee, DEPART, rendu=rendu)


def test_sans_restauration_personne_n_est_attendu(saisie: Saisie, annexe: Saisie) -> None:
    dossier = annexe.nouveau()
    assert (_trouver(saisie), _attendus(saisie)) == ([dossier], 0)


def test_rien_ne_se_trouve_d_ailleurs_tant_qu_un_poste_est_attendu(
    moteur: Engine, saisie: Saisie, annexe: Saisie
) -> None:
    """Depuis la sauvegarde, n'importe lequel a pu en rendre un discret : ne pas savoir n'est pas « non »."""
    dossier = annexe.nouveau()
    _restaurer(moteur)
    assert (_trouver(saisie), _attendus(saisie)) == ([], 2)
    assert _trouver(annexe) == [dossier], "qui le tient le voit"
    _revenir(annexe)
    assert (_trouver(saisie), _attendus(saisie)) == ([], 1)
    _revenir(saisie)
    assert (_trouver(saisie), _attendus(saisie)) == ([dossier], 0)


def test_rien_ne_s_ouvre_non_plus(moteur: Engine, saisie: Saisie, annexe: Saisie) -> None:
    dossier = annexe.nouveau()
    _restaurer(moteur)
    demande = Ouverture(dossier, "Elle est là.", "Nora")
    with pytest.raises(Refuse) as refuse:
        ouvrir(moteur, saisie.poste.porteur, demande, DEPART)
    assert (refuse.value.statut, refuse.value.refus.code) == (503, "en_retrait")
    assert ouvrir(moteur, annexe.poste.porteur, demande, DEPART).sequence
    _revenir(annexe)
    _revenir(saisie)
    assert ouvrir(moteur, saisie.poste.porteur, demande, DEPART).sequence


def test_revoque_il_n_est_plus_attendu(moteur: Engine, saisie: Saisie, annexe: Saisie) -> None:
    dossier = annexe.nouveau()
    _restaurer(moteur)
    _revenir(saisie)
    revoquer(moteur, annexe.poste.territoire, annexe.poste.id, DEPART)
    assert (_trouver(saisie), _attendus(saisie)) == ([dossier], 0)


def test_un_poste_n_est_revenu_que_s_il_a_tout_renvoye(moteur: Engine, annexe: Saisie) -> None:
    """Lire la nouvelle base ne suffit pas, ni la lire sans connaître sa poignée."""
    _restaurer(moteur)
    _revenir(annexe, "")
    with pytest.raises(Refuse):
        _revenir(annexe, "celle d'avant")
    _revenir(annexe, rendu=False)
    assert _attendus(annexe) == 2
    _revenir(annexe)
    assert _attendus(annexe) == 1


def test_un_poste_enrole_pendant_la_reprise_est_attendu_aussi(moteur: Engine, saisie: Saisie) -> None:
    """La sauvegarde ne le connaissait peut-être pas : il dit d'abord ce qu'il tient, et ne reçoit rien d'ici là."""
    dossier = saisie.nouveau()
    _restaurer(moteur)
    neuf = enrole(moteur, PosteDEssai("Neuf"))
    etats = {un.nom: un.attendu for un in postes(moteur, neuf.territoire)}
    assert etats == {saisie.poste.nom: True, "Neuf": True}
    assert lire_page(moteur, neuf.porteur, 0, 10, "", DEPART).entrees == []
    _revenir(saisie)
    _revenir(Saisie(neuf, moteur))
    assert [un.dossier for un in lire_page(moteur, neuf.porteur, 0, 10, "", DEPART).entrees] == [dossier]


def test_une_saisie_sur_un_dossier_qu_un_autre_apportera_attend(moteur: Engine, saisie: Saisie, annexe: Saisie) -> None:
    """Rien n'est gardé de ce qui attend, et ce qui précède est reçu ; le dernier venu, lui, est jugé."""
    _restaurer(moteur)
    _revenir(saisie, rendu=False)
    inconnue, connue = saisie.poser(identifiant(), {"contact.langue": "ar"}), saisie.creer()
    rendus = saisie.envoyer(inconnue, connue)
    assert rendus.issues == []
    assert rendus.arret is not None
    assert rendus.arret.code == REPRISE
    _revenir(annexe, rendu=False)
    assert [un.code for un in saisie.envoyer(inconnue, connue).issues] == ["hors_perimetre", ""]


def test_le_numero_d_un_dossier_d_un_autre_territoire_en_reprise_ne_se_dit_pas(moteur: Engine, saisie: Saisie) -> None:
    """Il a pu devenir discret depuis la sauvegarde de ce territoire-là."""
    peupler(moteur, AILLEURS)
    la_bas = Saisie(enrole(moteur, PosteDEssai("Là-bas", AILLEURS)), moteur)
    saisie.nouveau({**BENALI, "demande": {"numero_unique": "0311234"}})
    cherche = PersonneCherchee("", "", numero="0311234")
    trouves = [chercher(moteur, la_bas.poste.porteur, cherche, DEPART)]
    with moteur.begin() as connexion:
        connexion.execute(update(poste).where(poste.c.territoire != AILLEURS).values(absent=True, attendu=True))
    trouves.append(chercher(moteur, la_bas.poste.porteur, cherche, DEPART))
    assert [len(un) for un in trouves] == [1, 0]


def test_un_poste_revenu_ne_s_ecrit_pas_a_chaque_lecture(moteur: Engine, saisie: Saisie) -> None:
    _revenir(saisie)
    with refus_injecte(moteur, 1_000) as vues:
        _revenir(saisie)
    assert not [une for une in vues if une.startswith("UPDATE poste")]


def test_un_recu_ne_dit_pas_a_un_autre_guichet_ce_que_le_journal_lui_retient(
    moteur: Engine, saisie: Saisie, annexe: Saisie
) -> None:
    """Sa saisie entre ; la valeur qu'elle contredit se dira quand tous seront revenus."""
    dossier = saisie.nouveau()
    ouvrir(moteur, annexe.poste.porteur, Ouverture(dossier, "Elle est là.", "Nora"), DEPART)
    annexe.lire()
    saisie.lire()
    saisie.recu(saisie.poser(dossier, {"contact.langue": "ar"}))
    dits = [annexe.recu(annexe.poser(dossier, {"contact.langue": "fr"}))]
    _restaurer(moteur)
    dits.append(annexe.recu(annexe.poser(dossier, {"contact.langue": "en"})))
    assert [un.issue for un in dits] == [Issue.DIVERGENCE] * 2
    assert [bool(un.vigueur) for un in dits] == [True, False]
