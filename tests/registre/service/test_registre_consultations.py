"""Qui a lu un dossier : gardé avec la lecture, relu par qui le tient, jamais par un autre."""

from __future__ import annotations

from datetime import timedelta

import pytest
from outils_operations import Saisie
from outils_registre import AILLEURS, ANNEXE, DEPART, TERRITOIRE, PosteDEssai, enrole, peupler
from sqlalchemy import Engine, func, insert, select

from modele.dossier.acces import Acces
from modele.protocole.messages import Consultation, PersonneCherchee
from registre.base.schema import consultation, perimetre
from registre.service.consultations import AGENT_AU_PLUS, consultations, noter
from registre.service.doublons import chercher
from registre.service.refus import Refuse

MINUTE = timedelta(minutes=1)


def _tenir(moteur: Engine, poste: PosteDEssai, dossier: str, sorti: bool = False) -> None:
    ligne = {"territoire": poste.territoire, "poste": poste.id, "dossier": dossier, "sequence": 1, "sorti": sorti}
    with moteur.begin() as connexion:
        connexion.execute(insert(perimetre).values(ligne))


def test_les_lectures_se_relisent_la_derniere_d_abord_et_celle_ci_s_ajoute(
    moteur: Engine, poste_enrole: PosteDEssai
) -> None:
    _tenir(moteur, poste_enrole, "d")
    autre = enrole(moteur, PosteDEssai(nom="Poste 2"))
    with moteur.begin() as connexion:
        noter(connexion, poste_enrole.porteur, "Anne", Acces.JOURNAL, ["c", "d"], DEPART)
        noter(connexion, autre.porteur, "Béa", Acces.OUVERTURE, ["d"], DEPART + MINUTE, motif="suivi")
        noter(connexion, autre.porteur, "Béa", Acces.JOURNAL, ["c"], DEPART + MINUTE)
        noter(connexion, autre.porteur, "Béa", Acces.JOURNAL, [], DEPART + MINUTE)
    lues = consultations(moteur, poste_enrole.porteur, "d", "Anne", DEPART + 2 * MINUTE)
    assert lues == [
        Consultation("Béa", "Poste 2", DEPART + MINUTE, "ouverture : suivi"),
        Consultation("Anne", "Poste 1", DEPART, "journal"),
    ]
    derniere = consultations(moteur, poste_enrole.porteur, "d", "Anne", DEPART + 3 * MINUTE, limite=1)
    assert derniere == [Consultation("Anne", "Poste 1", DEPART + 2 * MINUTE, "consultations")]


def test_qui_ne_tient_pas_le_dossier_recoit_le_meme_refus_que_s_il_n_existait_pas(
    moteur: Engine, poste_enrole: PosteDEssai
) -> None:
    peupler(moteur, AILLEURS)
    jumeau = enrole(moteur, PosteDEssai(territoire=AILLEURS, id=poste_enrole.id))
    sorti = enrole(moteur, PosteDEssai())
    _tenir(moteur, poste_enrole, "d")
    _tenir(moteur, sorti, "d", sorti=True)
    refus = []
    for poste, dossier in ((sorti, "d"), (jumeau, "d"), (poste_enrole, "inexistant")):
        with pytest.raises(Refuse) as un:
            consultations(moteur, poste.porteur, dossier, "Anne", DEPART)
        refus.append((un.value.statut, un.value.refus))
    assert len({repr(un) for un in refus}) == 1
    assert refus[0][0] == 404
    with moteur.connect() as connexion:
        assert connexion.execute(select(func.count()).select_from(consultation)).scalar_one() == 0


def test_un_poste_dont_le_nom_manque_est_dit_par_son_identifiant(moteur: Engine, territoire: str) -> None:
    disparu = PosteDEssai()
    _tenir(moteur, disparu, "d")
    consultations(moteur, disparu.porteur, "d", "Anne", DEPART)
    assert consultations(moteur, disparu.porteur, "d", "Anne", DEPART)[0].poste == disparu.id
    assert disparu.territoire == TERRITOIRE


def test_la_recherche_d_un_autre_poste_ne_se_lit_pas_sur_le_dossier_qu_elle_a_trouve(
    moteur: Engine, poste_enrole: PosteDEssai
) -> None:
    """Elle part du foyer avec les enfants : le dossier du foyer ne dit ni où, ni quand on l'a cherchée."""
    du_foyer = Saisie(poste_enrole, moteur)
    dossier = du_foyer.nouveau()
    refuge = enrole(moteur, PosteDEssai("Refuge", guichet=ANNEXE))
    cherchee = PersonneCherchee("BEN ALI", "Nadia", "1984-03-12", agent="Léa")
    for poste in (refuge, poste_enrole):
        assert [un.dossier for un in chercher(moteur, poste.porteur, cherchee, DEPART)] == [dossier]
    lues = consultations(moteur, poste_enrole.porteur, dossier, "Anne", DEPART)
    assert {(un.poste, un.action) for un in lues} == {("Poste 1", "doublons"), ("Poste 1", "journal")}
    with moteur.connect() as connexion:
        gardees = connexion.execute(select(consultation.c.agent).where(consultation.c.poste == refuge.id)).all()
    assert gardees == [("Léa",)]


def test_un_nom_d_agent_se_garde_borne_et_sur_une_ligne(moteur: Engine, poste_enrole: PosteDEssai) -> None:
    _tenir(moteur, poste_enrole, "d")
    with moteur.begin() as connexion:
        noter(connexion, poste_enrole.porteur, "Anne\x00\nMartin" + "x" * 1_000_000, Acces.JOURNAL, ["d"], DEPART)
    (lue,) = consultations(moteur, poste_enrole.porteur, "d", "Anne", DEPART)
    assert lue.agent.startswith("Anne  Martinxx")
    assert len(lue.agent) == AGENT_AU_PLUS
