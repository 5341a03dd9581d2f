"""Qui tient quoi : guichet, ouverture motivée, sortie, discrétion posée puis levée. Le registre seul en décide."""

from __future__ import annotations

import pytest
from outils_guichets import Guichets, ouvrir_ici, sortir_d_ici
from outils_operations import BENALI, identifiant
from outils_registre import DEPART, PosteDEssai
from sqlalchemy import Engine, select

from modele.dossier.operations import ChampPose
from modele.fusion import Issue
from registre.base import schema
from registre.service.administration import revoquer
from registre.service.empreinte import prendre_l_empreinte
from registre.service.perimetre import MOTIF_AU_PLUS
from registre.service.purge import purger
from registre.service.refus import Refuse

# Ce que la levée exige a ses épreuves (``test_levee.py``).
pytestmark = pytest.mark.usefixtures("levee_immediate")

SUR_LES_DEUX = False
DISCRET = {**BENALI, "protection": {"discret": True}}


@pytest.fixture
def guichets(moteur: Engine, poste_enrole: PosteDEssai) -> Guichets:
    return Guichets(moteur, poste_enrole)


def test_un_dossier_est_a_tout_son_guichet(guichets: Guichets) -> None:
    assert guichets.qui_tient(guichets.ouvreur.nouveau()) == {"Poste 1", "Agent", "Social"}


def test_un_dossier_discret_est_a_qui_l_a_ouvert_et_au_social_de_son_guichet(guichets: Guichets) -> None:
    assert guichets.qui_tient(guichets.ouvreur.nouveau(DISCRET)) == {"Poste 1", "Social"}


def test_devenu_discret_il_sort_de_partout_ailleurs_avec_une_tombe(guichets: Guichets) -> None:
    dossier = guichets.ouvreur.nouveau()
    ouvrir_ici(guichets.annexe, dossier)
    assert guichets.qui_tient(dossier) == {"Poste 1", "Agent", "Social", "Annexe"}
    curseur = guichets.annexe.curseur
    assert guichets.agent.recu(guichets.agent.poser(dossier, {"protection.discret": True})).issue is Issue.ACCEPTEE
    # Elle est devant le poste qui l'a protégée : il le garde, le social de son guichet aussi, personne d'autre.
    assert guichets.qui_tient(dossier) == {"Agent", "Social"}
    guichets.annexe.curseur = curseur
    (tombe,) = guichets.annexe.lire().entrees
    assert (tombe.dossier, tombe.tombe, tombe.etat) == (dossier, "sortie", None)
    assert guichets.ouvreur.recu(guichets.ouvreur.poser(dossier, {"contact.langue": "ar"})).code == "hors_perimetre"
    assert prendre_l_empreinte(guichets.moteur, guichets.ouvreur.poste.porteur).nombre == 0


def test_protegee_a_l_autre_guichet_le_premier_ne_tient_plus_rien(guichets: Guichets) -> None:
    """Le guichet qui avait ouvert son dossier est peut-être celui dont elle se protège."""
    dossier = guichets.ouvreur.nouveau()
    ouvrir_ici(guichets.annexe, dossier)
    guichets.annexe.lire()
    assert guichets.annexe.recu(guichets.annexe.poser(dossier, {"protection.discret": True})).issue is Issue.ACCEPTEE
    assert guichets.qui_tient(dossier) == {"Annexe", "Social d'à côté"}
    motif = {"protection.discret": False, "protection.levee_motif": "Relogée, à sa demande"}
    assert guichets.social.recu(guichets.social.poser(dossier, motif)).code == "hors_perimetre"
    assert guichets.social_annexe.recu(guichets.social_annexe.poser(dossier, motif)).issue is Issue.ACCEPTEE
    assert guichets.qui_tient(dossier) == {"Annexe", "Social d'à côté"}


def test_la_discretion_ne_se_leve_que_par_un_social_du_guichet_avec_un_motif(guichets: Guichets) -> None:
    dossier = guichets.ouvreur.nouveau(DISCRET)
    guichets.social.lire()
    ouvreur, social = guichets.ouvreur, guichets.social
    motif = {"protection.levee_motif": "Relogée, à sa demande"}
    assert ouvreur.recu(ouvreur.poser(dossier, {"protection.discret": False, **motif})).code == "discretion"
    assert social.recu(social.poser(dossier, {"protection.discret": False})).code == "discretion"
    sans = {"protection.discret": False, "protection.levee_motif": " "}
    assert social.recu(social.poser(dossier, sans)).code == "discretion"
    assert guichets.qui_tient(dossier) == {"Poste 1", "Social"}
    levee = social.recu(social.poser(dossier, {"protection.discret": False, **motif}))
    assert levee.issue is Issue.ACCEPTEE
    assert guichets.qui_tient(dossier) == {"Poste 1", "Agent", "Social"}


def test_la_discretion_posee_puis_levee_dans_le_meme_lot_ne_fait_sortir_personne(guichets: Guichets) -> None:
    dossier = guichets.ouvreur.nouveau()
    social = guichets.social
    social.lire()
    pose = social.poser(dossier, {"protection.discret": True})
    vu = ChampPose(pose.entete.id, apres=False)
    motif = ChampPose(apres="erreur de saisie")
    leve = social.operation(dossier, {"protection.discret": vu, "protection.levee_motif": motif})
    assert [recu.issue for recu in social.envoyer(pose, leve).issues] == [Issue.ACCEPTEE] * 2
    assert guichets.qui_tient(dossier) == {"Poste 1", "Agent", "Social"}


def test_deux_avis_sur_la_discretion_protegent(guichets: Guichets) -> None:
    dossier = guichets.ouvreur.nouveau()
    guichets.qui_tient(dossier)
    ouvreur, agent = guichets.ouvreur, guichets.agent
    ouvreur.recu(ouvreur.poser(dossier, {"protection.discret": False}))
    assert agent.recu(agent.poser(dossier, {"protection.discret": True})).issue is Issue.DIVERGENCE
    assert guichets.qui_tient(dossier) == {"Agent", "Social"}


def test_un_dossier_d_un_autre_guichet_s_ouvre_avec_un_motif_qui_reste_ecrit(guichets: Guichets) -> None:
    dossier = guichets.ouvreur.nouveau()
    sequence = ouvrir_ici(guichets.annexe, dossier)
    page = guichets.annexe.lire()
    assert [(entree.dossier, entree.sequence) for entree in page.entrees] == [(dossier, sequence)]
    assert guichets.annexe.recu(guichets.annexe.poser(dossier, {"contact.langue": "ar"})).issue is Issue.ACCEPTEE
    with guichets.moteur.connect() as connexion:
        requete = select(schema.consultation).where(schema.consultation.c.action.startswith("ouverture"))
        (notee,) = connexion.execute(requete).all()
    assert (notee.poste, notee.agent, notee.action, notee.dossiers) == (
        guichets.annexe.poste.id,
        "agent",
        "ouverture : elle vient ici",
        [dossier],
    )


def test_reouvrir_un_dossier_tenu_le_reemet(guichets: Guichets) -> None:
    dossier = guichets.ouvreur.nouveau()
    assert ouvrir_ici(guichets.agent, dossier) == 2
    assert [entree.sequence for entree in guichets.agent.lire().entrees] == [2]


@pytest.mark.parametrize("motif", ["", "  ", "x" * (MOTIF_AU_PLUS + 1)])
def test_sans_motif_rien_ne_s_ouvre(guichets: Guichets, motif: str) -> None:
    with pytest.raises(Refuse) as refus:
        ouvrir_ici(guichets.annexe, guichets.ouvreur.nouveau(), motif)
    assert refus.value.statut == 422


def test_discret_purge_ou_inconnu_le_refus_d_ouvrir_est_le_meme(guichets: Guichets) -> None:
    discret, purge = guichets.ouvreur.nouveau(DISCRET), guichets.ouvreur.nouveau()
    purger(guichets.moteur, guichets.ouvreur.poste.territoire, purge)
    refus = []
    for dossier in (discret, purge, identifiant(), "n'importe quoi", ""):
        for saisie in (guichets.annexe, guichets.social_annexe):
            with pytest.raises(Refuse) as refuse:
                ouvrir_ici(saisie, dossier)
            refus.append((refuse.value.statut, refuse.value.refus))
    assert refus == [refus[0]] * 10
    with guichets.moteur.connect() as connexion:
        assert (
            connexion.execute(select(schema.consultation).where(schema.consultation.c.action != "journal")).all() == []
        )


def test_le_social_du_guichet_rouvre_un_dossier_discret_qu_il_avait_quitte(guichets: Guichets) -> None:
    dossier = guichets.ouvreur.nouveau(DISCRET)
    sortir_d_ici(guichets.social, dossier)
    assert guichets.qui_tient(dossier) == {"Poste 1"}
    ouvrir_ici(guichets.social, dossier)
    sortir_d_ici(guichets.ouvreur, dossier)
    assert guichets.qui_tient(dossier) == {"Social"}
    ouvrir_ici(guichets.ouvreur, dossier)
    assert guichets.qui_tient(dossier) == {"Poste 1", "Social"}


def test_sortir_rend_une_tombe_et_se_redemande_sans_effet(guichets: Guichets) -> None:
    dossier = guichets.ouvreur.nouveau()
    guichets.agent.lire()
    assert sortir_d_ici(guichets.agent, dossier) == sortir_d_ici(guichets.agent, dossier) == 2
    (tombe,) = guichets.agent.lire().entrees
    assert (tombe.tombe, tombe.sequence, tombe.etat) == ("sortie", 2, None)
    # Ce que les autres y font ensuite ne lui revient pas.
    guichets.ouvreur.recu(guichets.ouvreur.poser(dossier, {"contact.langue": "ar"}))
    assert guichets.agent.lire().entrees == []
    assert guichets.agent.recu(guichets.agent.poser(dossier, {"contact.langue": "fr"})).code == "hors_perimetre"


def test_on_ne_sort_pas_de_ce_qu_on_n_a_jamais_tenu(guichets: Guichets) -> None:
    for dossier in (guichets.ouvreur.nouveau(), guichets.ouvreur.nouveau(DISCRET), identifiant(), ""):
        with pytest.raises(Refuse) as refus:
            sortir_d_ici(guichets.annexe, dossier)
        assert (refus.value.statut, refus.value.refus.code) == (404, "hors_perimetre")


def test_un_poste_revoque_ne_recoit_plus_les_dossiers_neufs(guichets: Guichets) -> None:
    revoquer(guichets.moteur, guichets.agent.poste.territoire, guichets.agent.poste.id, DEPART)
    assert guichets.qui_tient(guichets.ouvreur.nouveau()) == {"Poste 1", "Social"}
