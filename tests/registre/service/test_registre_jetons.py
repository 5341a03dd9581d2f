"""Un défi ne sert qu'une fois, même rejoué en même temps ; un jeton dure dix minutes à l'heure du registre."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from outils_registre import AILLEURS, DEPART, TERRITOIRE, PosteDEssai, enrole, peupler
from sqlalchemy import Engine, func, select

from modele.protocole.messages import DemandeDeDefi, DemandeDeJeton
from registre.base.schema import defi, jeton
from registre.service.administration import revoquer
from registre.service.jetons import Porteur, donner_defi, donner_jeton, empreinte_de, reconnaitre
from registre.service.refus import Refuse

MINUTE = timedelta(minutes=1)


def _defi(moteur: Engine, poste: PosteDEssai) -> str:
    return donner_defi(moteur, DemandeDeDefi(poste.territoire, poste.id), DEPART).defi


def _refus(moteur: Engine, demande: DemandeDeJeton, apres: timedelta = timedelta(0)) -> tuple[int, str]:
    with pytest.raises(Refuse) as refus:
        donner_jeton(moteur, demande, DEPART + apres)
    return refus.value.statut, refus.value.refus.code


def _reconnu(moteur: Engine, presente: str, apres: timedelta = timedelta(0)) -> Porteur | tuple[int, str]:
    try:
        return reconnaitre(moteur, presente, DEPART + apres)
    except Refuse as refus:
        return refus.statut, refus.refus.code


def test_un_defi_signe_donne_un_jeton_qui_fait_connaitre_le_poste(moteur: Engine, poste_enrole: PosteDEssai) -> None:
    donne = donner_jeton(moteur, poste_enrole.reponse(_defi(moteur, poste_enrole)), DEPART)
    assert (donne.expire_dans_s, donne.instant) == (600, DEPART)
    assert _reconnu(moteur, donne.jeton) == poste_enrole.porteur
    with moteur.connect() as connexion:
        gardes = connexion.execute(select(jeton)).all()
    assert [(un.empreinte, un.poste) for un in gardes] == [(empreinte_de(donne.jeton), poste_enrole.id)]
    assert donne.jeton not in repr(gardes)


def test_un_jeton_dure_dix_minutes_a_l_heure_du_registre(moteur: Engine, poste_enrole: PosteDEssai) -> None:
    presente = poste_enrole.jeton(moteur)
    assert _reconnu(moteur, presente, timedelta(minutes=9, seconds=59)) == poste_enrole.porteur
    assert _reconnu(moteur, presente, timedelta(minutes=10)) == (401, "jeton_echu")


@pytest.mark.parametrize(
    "presente", ["", "n'importe quoi", "metropole-exemple.", "metropole-exemple.autre", "é.\udcff"]
)
def test_un_jeton_inconnu_n_ouvre_rien(moteur: Engine, poste_enrole: PosteDEssai, presente: str) -> None:
    poste_enrole.jeton(moteur)
    assert _reconnu(moteur, presente) == (401, "jeton_inconnu")


def test_le_jeton_d_un_territoire_n_ouvre_rien_dans_un_autre(moteur: Engine, poste_enrole: PosteDEssai) -> None:
    peupler(moteur, AILLEURS)
    secret = poste_enrole.jeton(moteur).partition(".")[2]
    assert _reconnu(moteur, f"{AILLEURS}.{secret}") == (401, "jeton_inconnu")


def test_un_poste_revoque_perd_aussitot_son_jeton_et_n_en_obtient_plus(
    moteur: Engine, poste_enrole: PosteDEssai
) -> None:
    presente, defi_donne = poste_enrole.jeton(moteur), _defi(moteur, poste_enrole)
    revoquer(moteur, TERRITOIRE, poste_enrole.id, DEPART)
    assert _reconnu(moteur, presente) == (403, "poste_revoque")
    assert _refus(moteur, poste_enrole.reponse(defi_donne)) == (403, "poste_revoque")


def test_un_defi_ne_sert_qu_une_fois(moteur: Engine, poste_enrole: PosteDEssai) -> None:
    reponse = poste_enrole.reponse(_defi(moteur, poste_enrole))
    donner_jeton(moteur, reponse, DEPART)
    assert _refus(moteur, reponse) == (401, "defi_deja_servi")


def test_un_defi_rejoue_par_dix_fils_ne_donne_qu_un_jeton(moteur: Engine, poste_enrole: PosteDEssai) -> None:
    reponse = poste_enrole.reponse(_defi(moteur, poste_enrole))
    issues: list[str] = []
    depart = threading.Barrier(10)

    def rejouer() -> None:
        depart.wait(10)
        try:
            donner_jeton(moteur, reponse, DEPART)
            issues.append("jeton")
        except Refuse as refus:
            issues.append(refus.refus.code)

    fils = [threading.Thread(target=rejouer) for _ in range(10)]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join(30)
    assert sorted(issues) == ["defi_deja_servi"] * 9 + ["jeton"]
    with moteur.connect() as connexion:
        assert connexion.execute(select(func.count()).select_from(jeton)).scalar_one() == 1


def test_un_defi_dure_deux_minutes(moteur: Engine, poste_enrole: PosteDEssai) -> None:
    reponse = poste_enrole.reponse(_defi(moteur, poste_enrole))
    assert _refus(moteur, reponse, 2 * MINUTE) == (401, "defi_echu")
    donner_jeton(moteur, reponse, DEPART + MINUTE)


@pytest.mark.parametrize("faux", ["", "1.2.3", "é", "99999999999.ab", "99999999999.ab.\u0000"])
def test_un_defi_que_le_registre_n_a_pas_donne_est_refuse(moteur: Engine, poste_enrole: PosteDEssai, faux: str) -> None:
    assert _refus(moteur, poste_enrole.reponse(faux)) == (401, "defi_faux")


def test_le_defi_d_un_poste_ne_sert_pas_a_un_autre(moteur: Engine, poste_enrole: PosteDEssai) -> None:
    autre = enrole(moteur, PosteDEssai())
    assert _refus(moteur, autre.reponse(_defi(moteur, poste_enrole))) == (401, "defi_faux")


def test_le_defi_d_un_territoire_ne_sert_pas_dans_un_autre(moteur: Engine, poste_enrole: PosteDEssai) -> None:
    peupler(moteur, AILLEURS)
    jumeau = enrole(moteur, PosteDEssai(territoire=AILLEURS, id=poste_enrole.id))
    assert _refus(moteur, jumeau.reponse(_defi(moteur, poste_enrole))) == (401, "defi_faux")


def test_une_signature_d_une_autre_cle_est_refusee_et_le_defi_reste_bon(
    moteur: Engine, poste_enrole: PosteDEssai
) -> None:
    donne = _defi(moteur, poste_enrole)
    usurpateur = PosteDEssai(id=poste_enrole.id)
    assert _refus(moteur, usurpateur.reponse(donne)) == (401, "signature_fausse")
    donner_jeton(moteur, poste_enrole.reponse(donne), DEPART)


def test_un_poste_inconnu_recoit_un_defi_qui_ne_lui_sert_a_rien(moteur: Engine, territoire: str) -> None:
    inconnu = PosteDEssai()
    assert _refus(moteur, inconnu.reponse(_defi(moteur, inconnu))) == (401, "signature_fausse")


def test_un_territoire_inconnu_le_dit(moteur: Engine) -> None:
    with pytest.raises(Refuse) as refus:
        donner_defi(moteur, DemandeDeDefi("nulle-part", "p"), DEPART)
    assert (refus.value.statut, refus.value.refus.code) == (404, "territoire_inconnu")


def test_ce_qui_est_perime_s_efface_au_jeton_suivant(moteur: Engine, poste_enrole: PosteDEssai) -> None:
    poste_enrole.jeton(moteur)
    poste_enrole.jeton(moteur, DEPART + 2 * timedelta(hours=1))
    with moteur.connect() as connexion:
        assert connexion.execute(select(func.count()).select_from(jeton)).scalar_one() == 1
        assert connexion.execute(select(func.count()).select_from(defi)).scalar_one() == 1
