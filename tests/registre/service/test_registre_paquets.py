"""Le paquet scellé : les mêmes opérations, par d'autres mains qui ne peuvent ni lire, ni changer, ni en savoir plus."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from msgspec import structs
from outils_operations import Saisie, identifiant
from outils_registre import AILLEURS, ANNEXE, DEPART, TERRITOIRE, PosteDEssai, enrole, peupler
from sqlalchemy import Engine

from modele.dossier.operations import Operation
from modele.fusion import Issue
from modele.protocole.messages import Paquet, RecuDePaquet, RecuSigne, lire, octets
from modele.protocole.scellement import cle_publique_de_scellement, desceller, sceller
from modele.protocole.signatures import texte_du_recu, verifier
from modele.regles.fautes import ErreurUtilisateur
from registre.service.administration import revoquer
from registre.service.paquets import recevoir_paquet
from registre.service.refus import Refuse

SUR_LES_DEUX = False


@pytest.fixture
def isole(moteur: Engine, poste_enrole: PosteDEssai) -> Saisie:
    return Saisie(poste_enrole, moteur)


@pytest.fixture
def porteur(moteur: Engine, isole: Saisie) -> Saisie:
    return Saisie(enrole(moteur, PosteDEssai("Annexe", guichet=ANNEXE)), moteur)


def _sceller(saisie: Saisie, *operations: Operation, **paquet: Any) -> bytes:
    clair = Paquet(saisie.poste.territoire, saisie.poste.id, 1, saisie.lot(*operations).operations)
    assert saisie.poste.enrole is not None
    return sceller(saisie.poste.enrole.scellement_registre, octets(structs.replace(clair, **paquet)))


def _transmettre(porteur: Saisie, isole: Saisie, scelle: bytes) -> RecuDePaquet:
    rendu = recevoir_paquet(porteur.moteur, porteur.poste.porteur, scelle, DEPART)
    with pytest.raises(ErreurUtilisateur):
        desceller(porteur.poste.cle_scellement, rendu)
    signe = lire(desceller(isole.poste.cle_scellement, rendu), RecuSigne)
    assert isole.poste.enrole is not None
    assert verifier(isole.poste.enrole.cle_registre, signe.signature, texte_du_recu(signe.recu))
    return lire(signe.recu, RecuDePaquet)


def test_les_operations_entrent_comme_si_leur_poste_les_avait_envoyees(porteur: Saisie, isole: Saisie) -> None:
    operations = [isole.creer() for _ in range(3)]
    recu = _transmettre(porteur, isole, _sceller(isole, *operations))
    assert recu.recus is not None
    assert [un.issue for un in recu.recus.issues] == [Issue.ACCEPTEE] * 3
    assert recu.refus is None
    # Revenu en ligne, le poste les renvoie : mêmes reçus ; son guichet les tient, pas celui qui a transmis.
    assert isole.envoyer(*operations) == recu.recus
    assert len(isole.lire().entrees) == 3
    assert porteur.lire().entrees == []
    assert _transmettre(porteur, isole, _sceller(isole, *operations)) == recu


def test_plusieurs_epoques_et_plus_d_un_lot_passent_dans_un_paquet(
    porteur: Saisie, isole: Saisie, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("registre.service.paquets.OPERATIONS_PAR_LOT", 2)
    premieres = [isole.creer() for _ in range(3)]
    suite = Saisie(isole.poste, isole.moteur)
    recu = _transmettre(porteur, isole, _sceller(isole, *premieres, suite.creer()))
    assert recu.recus is not None
    assert [un.sequence for un in recu.recus.issues] == [1, 2, 3, 4]


def test_ce_qui_est_refuse_le_dit_a_son_poste_seul_et_garde_ce_qui_est_passe(porteur: Saisie, isole: Saisie) -> None:
    bonne = isole.creer()
    trou = Saisie(isole.poste, isole.moteur)
    trou.creer()
    recu = _transmettre(porteur, isole, _sceller(isole, bonne, trou.creer()))
    assert recu.recus is not None
    assert recu.refus is not None
    assert [un.id for un in recu.recus.issues] == [bonne.entete.id]
    assert (recu.refus.code, recu.refus.attendu) == ("rang_manquant", 1)


def test_une_version_future_arrete_le_paquet(porteur: Saisie, isole: Saisie) -> None:
    recu = _transmettre(porteur, isole, _sceller(isole, isole.operation(identifiant(), {}, schema=9), isole.creer()))
    assert recu.recus is not None
    assert recu.recus.arret is not None
    assert recu.recus.issues == []


def test_la_signature_du_poste_fait_seule_autorite(porteur: Saisie, isole: Saisie) -> None:
    d_un_autre = porteur.lot(porteur.creer()).operations
    recu = _transmettre(porteur, isole, _sceller(isole, operations=d_un_autre))
    assert recu.refus is not None
    assert recu.refus.code == "signature_fausse"


def test_un_poste_revoque_ou_trop_ancien_le_lit_dans_son_recu(porteur: Saisie, isole: Saisie) -> None:
    ancien = _transmettre(porteur, isole, _sceller(isole, isole.creer(), schema=-1))
    assert ancien.refus is not None
    assert ancien.refus.code == "schema_ancien"
    revoquer(isole.moteur, TERRITOIRE, isole.poste.id, DEPART)
    revoque = _transmettre(porteur, isole, _sceller(isole, isole.creer()))
    assert revoque.refus is not None
    assert revoque.refus.code == "poste_revoque"


def test_des_octets_qui_ne_se_lisent_pas_se_disent(porteur: Saisie, isole: Saisie) -> None:
    assert isole.poste.enrole is not None
    illisible = sceller(isole.poste.enrole.scellement_registre, b"{")
    octets_bruts = structs.replace(isole.signee(isole.creer()), octets=b"\xff")
    with pytest.raises(Refuse) as refus:
        recevoir_paquet(porteur.moteur, porteur.poste.porteur, illisible, DEPART)
    assert (refus.value.statut, refus.value.refus.code) == (422, "paquet_illisible")
    recu = _transmettre(porteur, isole, _sceller(isole, operations=[octets_bruts]))
    assert recu.refus is not None
    assert recu.refus.code == "lot_illisible"


@pytest.mark.parametrize("abimer", [lambda _: b"", lambda p: p[:-1], lambda p: p[:-1] + bytes([p[-1] ^ 1])])
def test_un_paquet_abime_ou_scelle_pour_un_autre_ne_s_ouvre_pas(
    porteur: Saisie, isole: Saisie, abimer: Callable[[bytes], bytes]
) -> None:
    bon = _sceller(isole, isole.creer())
    pour_un_autre = sceller(cle_publique_de_scellement(isole.poste.cle_scellement), b"{}")
    for scelle in (abimer(bon), pour_un_autre):
        with pytest.raises(ErreurUtilisateur):
            recevoir_paquet(porteur.moteur, porteur.poste.porteur, scelle, DEPART)


def test_le_paquet_d_un_poste_inconnu_ou_d_un_autre_territoire_est_refuse(
    moteur: Engine, porteur: Saisie, isole: Saisie
) -> None:
    peupler(moteur, AILLEURS)
    voisin = Saisie(enrole(moteur, PosteDEssai("Voisin", territoire=AILLEURS)), moteur)
    etrangers = (
        _sceller(isole, isole.creer(), poste="inconnu"),
        _sceller(isole, isole.creer(), territoire=AILLEURS),
        _sceller(isole, isole.creer(), territoire=AILLEURS, poste=voisin.poste.id),
    )
    for scelle in etrangers:
        with pytest.raises(Refuse) as refus:
            recevoir_paquet(moteur, porteur.poste.porteur, scelle, DEPART)
        assert (refus.value.statut, refus.value.refus.code) == (422, "paquet_etranger")
