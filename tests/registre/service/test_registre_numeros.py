"""Le registre ne fabrique de numéro unique que pour le territoire d'exemple, et le même si on le redemande."""

from __future__ import annotations

import threading

import pytest
from outils_operations import BENALI, Saisie, identifiant
from outils_registre import AILLEURS, ANNEXE, DEPART, PosteDEssai, enrole, peupler
from sqlalchemy import Engine, select

from modele.protocole.messages import DemandeDeNumero, Numero
from registre.base.schema import numero_unique
from registre.service.numeros import donner
from registre.service.refus import Refuse

SUR_LES_DEUX = False


@pytest.fixture
def saisie(moteur: Engine, poste_enrole: PosteDEssai) -> Saisie:
    return Saisie(poste_enrole, moteur)


def _donner(saisie: Saisie, dossier: str) -> Numero:
    return donner(saisie.moteur, saisie.poste.porteur, DemandeDeNumero(dossier, "agent"), DEPART)


def _notes(moteur: Engine) -> dict[str, str]:
    with moteur.connect() as connexion:
        return {ligne.numero: ligne.dossier for ligne in connexion.execute(select(numero_unique))}


def test_les_numeros_d_exemple_se_suivent_et_se_redonnent(saisie: Saisie) -> None:
    un, deux = saisie.nouveau(), saisie.nouveau()
    assert _donner(saisie, un) == Numero("EXEMPLE1126000001", DEPART)
    assert _donner(saisie, deux).numero == "EXEMPLE1126000002"
    assert _donner(saisie, un).numero == "EXEMPLE1126000001"
    # L'agent l'écrit dans le dossier : il y est déjà.
    saisie.recu(saisie.poser(un, {"demande.numero_unique": "EXEMPLE1126000001"}))
    assert _notes(saisie.moteur) == {"exemple1126000001": un, "exemple1126000002": deux}


def test_un_numero_deja_saisi_par_un_agent_se_passe(saisie: Saisie) -> None:
    saisie.nouveau({**BENALI, "demande": {"numero_unique": "EXEMPLE 1126 000001"}})
    assert _donner(saisie, saisie.nouveau()).numero == "EXEMPLE1126000002"


def test_ensemble_deux_postes_n_ont_pas_le_meme_numero(moteur: Engine, saisie: Saisie) -> None:
    dossiers = [saisie.nouveau() for _ in range(6)]
    rendus: list[str] = []
    fils = [
        threading.Thread(target=lambda lequel=lequel: rendus.append(_donner(saisie, lequel).numero))
        for lequel in dossiers
    ]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join(30)
    assert len(set(rendus)) == 6


def test_un_territoire_reel_n_en_donne_aucun(moteur: Engine, saisie: Saisie) -> None:
    peupler(moteur, AILLEURS)
    voisin = Saisie(enrole(moteur, PosteDEssai("Voisin", territoire=AILLEURS)), moteur)
    with pytest.raises(Refuse, match="système national") as refus:
        _donner(voisin, voisin.nouveau())
    assert refus.value.statut == 403


def test_un_dossier_qu_on_ne_tient_pas_n_en_recoit_pas(moteur: Engine, saisie: Saisie) -> None:
    annexe = Saisie(enrole(moteur, PosteDEssai("Annexe", guichet=ANNEXE)), moteur)
    for dossier in (annexe.nouveau(), identifiant(), ""):
        with pytest.raises(Refuse) as refus:
            _donner(saisie, dossier)
        assert (refus.value.statut, refus.value.refus.code) == (404, "hors_perimetre")


def test_le_numero_saisi_est_note_corrige_et_oublie_avec_le_dossier(saisie: Saisie) -> None:
    dossier = saisie.nouveau({**BENALI, "demande": {"numero_unique": "031-12"}})
    assert _notes(saisie.moteur) == {"03112": dossier}
    saisie.recu(saisie.poser(dossier, {"demande.numero_unique": "031-13"}))
    assert _notes(saisie.moteur) == {"03113": dossier}
    saisie.lire()
    saisie.recu(saisie.poser(dossier, {"protection.discret": True}))
    assert _notes(saisie.moteur) == {}
