"""Le registre juge le compte et son rôle à chaque opération ; une déclaration en retard ne rend pas un compte fermé."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs
from outils_comptes import UN_JOUR, declaration, etat
from outils_operations import Saisie
from outils_postgresql import Postgresql
from outils_registre import AILLEURS, DEPART, TERRITOIRE, PosteDEssai, enrole, peupler
from sqlalchemy import Engine

from modele.dossier.operations import Instant, Operation
from modele.droits import Auteur
from modele.protocole.messages import (
    ComptesTenus,
    Declaration,
    DeclarationSignee,
    EtatDeCompte,
    Paquet,
    RecuDePaquet,
    RecuSigne,
    lire,
    octets,
)
from modele.protocole.scellement import desceller, sceller
from modele.protocole.signatures import signer, texte_de_declaration
from modele.regles.fautes import ErreurUtilisateur
from registre.base.sauvegarde import restaurer, sauvegarder
from registre.service import comptes, comptes_fermes
from registre.service.comptes import ComptesDuPoste, Vie, declarer
from registre.service.comptes_fermes import fermer, lister, regler_les_jours, rouvrir
from registre.service.paquets import recevoir_paquet
from registre.service.refus import Refuse
from registre.service.rejeux import rejouer

AWA = "Awa Diallo"
NORA = etat("Nora", "agent", "social", "responsable", "administrateur")


@pytest.fixture
def saisie(moteur: Engine) -> Saisie:
    peupler(moteur, TERRITOIRE)
    return Saisie(enrole(moteur, PosteDEssai(roles=("agent", "social"))), moteur)


def _dire(saisie: Saisie, *etats: EtatDeCompte, maintenant: datetime = DEPART) -> ComptesTenus:
    return declarer(saisie.moteur, saisie.poste.porteur, declaration(saisie.poste, *etats), maintenant)


def _par(saisie: Saisie, nom: str, *roles: str, jours: float = 0) -> Operation:
    """La création d'un dossier par cet agent, ce jour-là."""
    rang, empreinte = saisie.chaine.rang, saisie.chaine.empreinte
    operation = saisie.creer()
    saisie.chaine = _chaine_d_avant(saisie, rang, empreinte)
    fait_le = Instant(DEPART + jours * UN_JOUR, 0)
    return saisie.operation(operation.entete.dossier, operation.champs, auteur=Auteur(nom, roles), fait_le=fait_le)


def _chaine_d_avant(saisie: Saisie, rang: int, empreinte: bytes | None) -> Any:
    """La chaîne d'avant l'opération qu'on va dire autrement."""
    return replace(saisie.chaine, rang=rang, empreinte=empreinte)


def _code(saisie: Saisie, nom: str, *roles: str, jours: float = 0) -> str:
    return saisie.recu(_par(saisie, nom, *roles, jours=jours)).code


# Juger une opération


def test_un_poste_qui_n_a_rien_declare_continue_comme_hier(saisie: Saisie) -> None:
    assert [_code(saisie, "n'importe qui", *roles) for roles in ((), ("social",))] == ["", ""]


def test_un_compte_inconnu_est_refuse_et_la_chaine_continue(saisie: Saisie) -> None:
    _dire(saisie, NORA, etat(AWA))
    refusee, suite = _par(saisie, "Léo"), _par(saisie, AWA)
    recus = saisie.envoyer(refusee, suite).issues
    assert [un.code for un in recus] == ["compte_inconnu", ""]
    assert recus[0].cause.startswith("Cette saisie est faite sous un nom qui n'a pas de compte sur ce poste")
    assert saisie.envoyer(refusee, suite).issues == recus


def test_ce_qui_date_d_avant_les_comptes_et_ce_qui_n_a_pas_de_nom_se_jugent_comme_hier(saisie: Saisie) -> None:
    _dire(saisie, NORA)
    assert [_code(saisie, "Léo", jours=-2), _code(saisie, "")] == ["", ""]


def test_ferme_avant_la_saisie_elle_est_refusee_apres_elle_entre(saisie: Saisie) -> None:
    """La boîte d'envoi d'un compte fermé part entière ; ce qui s'y est fait ensuite, non."""
    _dire(saisie, NORA, etat(AWA), etat(AWA, jours=2, ferme=True))
    assert [_code(saisie, AWA, jours=jour) for jour in (-3, 1, 2, 3)] == ["", "", "compte_ferme", "compte_ferme"]
    _dire(saisie, etat(AWA, jours=4))
    assert [_code(saisie, AWA, jours=jour) for jour in (3, 5)] == ["compte_ferme", ""]


def test_le_role_est_celui_du_compte_ce_jour_la(saisie: Saisie) -> None:
    """Le compte n'a que « agent », puis « social » : chaque saisie se juge avec ce qu'il avait."""
    _dire(saisie, NORA, etat(AWA, "agent"), etat(AWA, "social", "formateur", jours=2))
    assert _code(saisie, AWA, "agent", jours=1) == ""
    assert _code(saisie, AWA, "social", jours=1) == "roles_du_compte"
    assert _code(saisie, AWA, "social", jours=3) == ""
    assert _code(saisie, AWA, "agent", jours=3) == "roles_du_compte"
    # Un rôle que le poste n'a pas reste celui du poste, et le refus est le sien.
    assert _code(saisie, AWA, "formateur", jours=3) == "roles"


def test_un_compte_sans_aucun_role_de_son_poste_ne_fait_rien(saisie: Saisie) -> None:
    """Il ne dit aucun rôle : ce ne sont pas pour autant ceux du poste."""
    _dire(saisie, NORA, etat(AWA, "administrateur"))
    assert _code(saisie, AWA) == "droit"


def test_un_compte_de_base_a_les_roles_de_son_poste(saisie: Saisie) -> None:
    _dire(saisie, NORA)
    assert [_code(saisie, "Nora"), _code(saisie, "Nora", "social")] == ["", ""]


# Déclarer


def test_l_ordre_d_arrivee_et_les_rejeux_ne_changent_rien(saisie: Saisie) -> None:
    """Les mêmes états, en morceaux, en retard, deux fois : toujours fermé."""
    ouvert, ferme = etat(AWA), etat(AWA, jours=2, ferme=True)
    for ordre in permutations([(NORA, ouvert), (NORA, ouvert, ferme), (ouvert,)]):
        neuf = Saisie(enrole(saisie.moteur, PosteDEssai()), saisie.moteur)
        for etats in (*ordre, ordre[0]):
            _dire(neuf, *etats)
        (tenu,) = [un for un in lister(saisie.moteur, TERRITOIRE) if (un.poste, un.nom) == (neuf.poste.id, AWA)]
        assert tenu.ferme
        assert _code(neuf, AWA, jours=3) == "compte_ferme"


def test_le_registre_rend_ce_qu_un_coffre_remis_d_une_copie_ne_sait_plus(saisie: Saisie) -> None:
    ouvert, ferme = etat(AWA), etat(AWA, jours=2, ferme=True)
    assert _dire(saisie, NORA, ouvert, ferme) == ComptesTenus(DEPART)
    assert _dire(saisie, NORA, ouvert) == ComptesTenus(DEPART, etats=(ferme,))


def test_les_comptes_d_un_poste_ne_disent_rien_d_un_autre(saisie: Saisie) -> None:
    voisin = Saisie(enrole(saisie.moteur, PosteDEssai("Voisin")), saisie.moteur)
    _dire(saisie, NORA, etat(AWA, ferme=True))
    assert _dire(voisin, etat("Zoé")) == ComptesTenus(DEPART)
    assert _code(voisin, AWA) == "compte_inconnu"
    assert {un.poste for un in lister(saisie.moteur, TERRITOIRE) if un.nom == AWA} == {saisie.poste.id}


def test_une_declaration_qui_n_est_pas_de_ce_poste_est_refusee(saisie: Saisie) -> None:
    voisin = enrole(saisie.moteur, PosteDEssai("Voisin"))
    for dite in (declaration(voisin, NORA), DeclarationSignee(declaration(saisie.poste, NORA).octets, b"")):
        with pytest.raises(Refuse) as refus:
            declarer(saisie.moteur, saisie.poste.porteur, dite, DEPART)
        assert (refus.value.statut, refus.value.refus.code) == (403, "signature_fausse")
    for autre in (Declaration(TERRITOIRE, voisin.id, [NORA]), Declaration(AILLEURS, saisie.poste.id, [NORA])):
        with pytest.raises(Refuse) as refus:
            declarer(saisie.moteur, saisie.poste.porteur, _signee(saisie, octets(autre)), DEPART)
        assert (refus.value.statut, refus.value.refus.code) == (403, "territoire")
    assert lister(saisie.moteur, TERRITOIRE) == []


def _signee(saisie: Saisie, dite: bytes) -> DeclarationSignee:
    return DeclarationSignee(dite, signer(saisie.poste.cle_signature, texte_de_declaration(dite)))


@pytest.mark.parametrize(
    "etats",
    [
        [structs.replace(NORA, nom="")],
        [structs.replace(NORA, nom=" Nora")],
        [structs.replace(NORA, nom="a" * 121)],
        [structs.replace(NORA, nom="No\x00ra")],
        [structs.replace(NORA, id="1")],
        [structs.replace(NORA, roles=("r",) * 41)],
        [structs.replace(NORA, roles=("r\n",))],
        [structs.replace(NORA, depuis=datetime(2026, 11, 22))],
        [etat(f"Agent {rang}") for rang in range(2001)],
    ],
    ids=["vide", "espace", "long", "illisible", "identifiant", "roles", "role", "fuseau", "trop"],
)
def test_une_declaration_mal_formee_est_refusee(saisie: Saisie, etats: list[EtatDeCompte]) -> None:
    with pytest.raises(Refuse) as refus:
        _dire(saisie, *etats)
    assert (refus.value.statut, refus.value.refus.code) == (422, "comptes_illisibles")
    with pytest.raises(Refuse):
        declarer(saisie.moteur, saisie.poste.porteur, _signee(saisie, b"{"), DEPART)
    assert lister(saisie.moteur, TERRITOIRE) == []


# Fermer au registre


def test_ferme_au_registre_le_poste_l_apprend_et_ce_qui_suit_est_refuse(saisie: Saisie) -> None:
    _dire(saisie, NORA, etat(AWA))
    quand = DEPART + 2 * UN_JOUR
    assert fermer(saisie.moteur, TERRITOIRE, saisie.poste.id, AWA, quand)
    assert not fermer(saisie.moteur, TERRITOIRE, saisie.poste.id, AWA, quand + UN_JOUR), "une fois suffit"
    assert _dire(saisie, NORA).fermes == (AWA,)
    assert [_code(saisie, AWA, jours=jour) for jour in (1, 3)] == ["", "compte_ferme"]
    assert rouvrir(saisie.moteur, TERRITOIRE, saisie.poste.id, AWA, DEPART + 4 * UN_JOUR)
    assert not rouvrir(saisie.moteur, TERRITOIRE, saisie.poste.id, AWA, DEPART + 5 * UN_JOUR)
    assert _dire(saisie, NORA).fermes == ()
    assert [_code(saisie, AWA, jours=jour) for jour in (3, 5)] == ["compte_ferme", ""]


def test_une_declaration_ne_leve_pas_une_fermeture_du_registre(saisie: Saisie) -> None:
    _dire(saisie, NORA, etat(AWA))
    fermer(saisie.moteur, TERRITOIRE, saisie.poste.id, AWA, DEPART)
    assert _dire(saisie, NORA, etat(AWA, jours=3)).fermes == (AWA,)
    assert _code(saisie, AWA, jours=4) == "compte_ferme"


def test_le_dernier_administrateur_d_un_poste_ne_se_ferme_pas(saisie: Saisie) -> None:
    _dire(saisie, NORA, etat(AWA))
    with pytest.raises(ErreurUtilisateur, match="est le dernier administrateur de ce poste"):
        fermer(saisie.moteur, TERRITOIRE, saisie.poste.id, "Nora", DEPART)
    _dire(saisie, etat(AWA, "administrateur", jours=0))
    assert fermer(saisie.moteur, TERRITOIRE, saisie.poste.id, "Nora", DEPART)
    with pytest.raises(ErreurUtilisateur, match="est le dernier administrateur de ce poste"):
        fermer(saisie.moteur, TERRITOIRE, saisie.poste.id, AWA, DEPART)


def test_un_nom_mal_tape_se_dit(saisie: Saisie) -> None:
    _dire(saisie, NORA, etat(AWA))
    for geste in (fermer, rouvrir):
        with pytest.raises(ErreurUtilisateur, match="Awa Diallo"):
            geste(saisie.moteur, TERRITOIRE, saisie.poste.id, "Awa Dialo", DEPART)


def test_les_jours_se_reglent_et_se_disent(saisie: Saisie) -> None:
    assert _dire(saisie, NORA).jours == comptes_fermes.jours_dits(saisie.moteur, TERRITOIRE) == 0
    for combien in (14, 3):
        regler_les_jours(saisie.moteur, TERRITOIRE, combien)
        assert _dire(saisie, NORA).jours == comptes_fermes.jours_dits(saisie.moteur, TERRITOIRE) == combien
    for faux in (0, 366):
        with pytest.raises(ErreurUtilisateur, match="Entre 1 et 365 jours"):
            regler_les_jours(saisie.moteur, TERRITOIRE, faux)


def test_une_sauvegarde_remise_ne_rouvre_pas_un_compte(postgresql: Postgresql, saisie: Saisie, tmp_path: Path) -> None:
    _dire(saisie, NORA, etat(AWA), etat("Léo"))
    fermer(saisie.moteur, TERRITOIRE, saisie.poste.id, "Léo", DEPART)
    sauvegarder(saisie.moteur, postgresql.adresse, tmp_path / "s")
    fermer(saisie.moteur, TERRITOIRE, saisie.poste.id, AWA, DEPART)
    rouvrir(saisie.moteur, TERRITOIRE, saisie.poste.id, "Léo", DEPART + UN_JOUR)
    ferme = etat("Nora", jours=1, ferme=True)
    _dire(saisie, ferme)
    restaurer(postgresql.moteur, postgresql.adresse, tmp_path / "s", remplacer=True, rejouer=rejouer)
    tenus = {un.nom: (un.ferme, un.ferme_ici) for un in lister(saisie.moteur, TERRITOIRE)}
    assert tenus == {"Nora": (True, False), AWA: (False, True), "Léo": (False, False)}


# Une demande


def test_une_demande_se_juge_avec_le_compte_qui_la_fait(saisie: Saisie) -> None:
    """Chercher, ouvrir, sortir, relire qui a lu : avec les rôles de l'agent, et jamais sous un nom fermé ou inconnu."""

    def roles(agent: str) -> frozenset[str]:
        return comptes.au_nom(saisie.moteur, saisie.poste.porteur, agent, DEPART).roles

    assert roles("n'importe qui") == {"agent", "social"}
    _dire(saisie, NORA, etat(AWA, "agent"), etat("Léo", ferme=True))
    assert (roles("Nora"), roles(AWA), roles("")) == ({"agent", "social"}, {"agent"}, {"agent", "social"})
    for agent, code in (("Léo", "compte_ferme"), ("Zoé", "compte_inconnu")):
        with pytest.raises(Refuse) as refus:
            roles(agent)
        assert (refus.value.statut, refus.value.refus.code) == (403, code)


# Par paquet scellé


def test_un_paquet_porte_les_comptes_et_le_recu_ce_que_le_registre_en_tient(saisie: Saisie) -> None:
    """Les comptes se lisent avant les opérations ; le reçu dit quand il a été écrit."""
    _dire(saisie, NORA)
    porteur = Saisie(enrole(saisie.moteur, PosteDEssai("Annexe")), saisie.moteur)
    rendu = _transmettre(porteur, saisie, declaration(saisie.poste, NORA, etat(AWA)), _par(saisie, AWA))
    assert rendu.recus is not None
    assert [un.code for un in rendu.recus.issues] == [""]
    assert (rendu.instant, rendu.comptes) == (DEPART, ComptesTenus(DEPART))
    fermer(saisie.moteur, TERRITOIRE, saisie.poste.id, AWA, DEPART)
    suite = _transmettre(porteur, saisie, declaration(saisie.poste, NORA), _par(saisie, AWA, jours=1))
    assert suite.recus is not None
    assert suite.comptes is not None
    assert ([un.code for un in suite.recus.issues], suite.comptes.fermes) == (["compte_ferme"], (AWA,))
    faux = _transmettre(porteur, saisie, declaration(porteur.poste, NORA), _par(saisie, "Nora"))
    assert faux.refus is not None
    assert (faux.refus.code, faux.recus) == ("signature_fausse", None)


def _transmettre(porteur: Saisie, isole: Saisie, dite: DeclarationSignee, *operations: Operation) -> RecuDePaquet:
    poste = isole.poste
    assert poste.enrole is not None
    paquet = Paquet(poste.territoire, poste.id, 2, isole.lot(*operations).operations, comptes=dite)
    scelle = sceller(poste.enrole.scellement_registre, octets(paquet))
    rendu = recevoir_paquet(isole.moteur, porteur.poste.porteur, scelle, DEPART)
    return lire(lire(desceller(poste.cle_scellement, rendu), RecuSigne).recu, RecuDePaquet)


# Les mutants

_MUTANTS: dict[str, tuple[Any, str, Any, Callable[[Saisie], None]]] = {
    "tout nom a les rôles du poste": (
        *(ComptesDuPoste, "roles", lambda _, nom, quand, du_poste: frozenset(du_poste)),
        test_un_compte_inconnu_est_refuse_et_la_chaine_continue,
    ),
    "un compte est toujours ouvert": (
        *(Vie, "ouvert_a", lambda *_: True),
        test_ferme_avant_la_saisie_elle_est_refusee_apres_elle_entre,
    ),
    "le compte se juge tel qu'il est aujourd'hui": (
        *(Vie, "a", lambda vie, quand: vie.etats[-1]),
        test_le_role_est_celui_du_compte_ce_jour_la,
    ),
    "le registre oublie ce qu'il a fermé": (
        *(Vie, "ferme_ici", property(lambda _: False)),
        test_ferme_au_registre_le_poste_l_apprend_et_ce_qui_suit_est_refuse,
    ),
    "une signature vaut l'autre": (
        *(comptes, "verifier", lambda *_: True),
        test_une_declaration_qui_n_est_pas_de_ce_poste_est_refusee,
    ),
}


@pytest.mark.parametrize("nom", sorted(_MUTANTS))
def test_le_mutant_des_comptes_au_registre_est_vu(nom: str, saisie: Saisie, monkeypatch: pytest.MonkeyPatch) -> None:
    """Chaque garde ôtée fait échouer son épreuve."""
    ou, quoi, autrement, epreuve = _MUTANTS[nom]
    monkeypatch.setattr(ou, quoi, autrement)
    with pytest.raises((AssertionError, pytest.fail.Exception)):
        epreuve(saisie)
