"""Deux dossiers de la même personne : un seul reste, rien ne se perd, ce qui arrive tard va au survivant."""

from __future__ import annotations

import pytest
from outils_operations import BENALI, Saisie, identifiant
from outils_registre import ANNEXE, DEPART, PosteDEssai, enrole
from sqlalchemy import Engine, select

from modele.fusion import Issue, divergences
from modele.protocole.empreintes import empreinte_du_perimetre
from modele.protocole.messages import PersonneCherchee
from registre.base.schema import dossier as table
from registre.base.schema import numero_unique
from registre.service.doublons import chercher
from registre.service.empreinte import prendre_l_empreinte
from registre.service.purge import purger

SUR_LES_DEUX = False


@pytest.fixture
def saisie(moteur: Engine, poste_enrole: PosteDEssai) -> Saisie:
    return Saisie(poste_enrole, moteur)


@pytest.fixture
def annexe(moteur: Engine, saisie: Saisie) -> Saisie:
    return Saisie(enrole(moteur, PosteDEssai("Annexe", guichet=ANNEXE)), moteur)


def _absorber(saisie: Saisie, survivant: str, absorbe: str) -> tuple[str, str]:
    saisie.lire()
    recu = saisie.recu(saisie.poser(survivant, {f"absorbes.{absorbe}": DEPART.isoformat()}))
    return recu.issue, recu.code


def test_les_etats_se_fondent_et_l_absorbe_laisse_une_tombe(saisie: Saisie) -> None:
    survivant = saisie.nouveau({"demandeur": {"nom": "BEN ALI"}, "contact": {"langue": "ar"}})
    absorbe = saisie.nouveau({**BENALI, "contact": {"langue": "fr"}, "demande": {"numero_unique": "0123"}})
    assert _absorber(saisie, survivant, absorbe) == (Issue.ACCEPTEE, "")
    page = saisie.lire()
    assert [(e.dossier, e.sequence, e.tombe, e.absorbe_par) for e in page.entrees] == [
        (survivant, 3, "", ""),
        (absorbe, 4, "absorbe", survivant),
    ]
    etat = saisie.etats[survivant]
    assert etat.absorbes == (absorbe,)
    lu = saisie.document(survivant)
    assert (lu["contact"]["langue"], lu["demande"]["numero_unique"]) == ("ar", "0123")
    assert {une.unite for une in divergences(etat)} == {"contact.langue", "demandeur#identite"}
    assert prendre_l_empreinte(saisie.moteur, saisie.poste.porteur).empreinte == empreinte_du_perimetre(
        {survivant: etat.version}
    )
    with saisie.moteur.connect() as connexion:
        gardes = {ligne.id: (ligne.etat, ligne.tombe) for ligne in connexion.execute(select(table))}
        assert connexion.execute(select(numero_unique.c.dossier)).scalars().all() == [survivant]
    assert gardes[absorbe] == (None, f"absorbe:{survivant}")


def test_une_operation_tardive_de_l_absorbe_va_au_survivant(saisie: Saisie) -> None:
    survivant, absorbe = saisie.nouveau(), saisie.nouveau({"demandeur": {"nom": "BEN ALI"}})
    collegue = Saisie(enrole(saisie.moteur, PosteDEssai("Poste 2")), saisie.moteur)
    collegue.lire()
    tardive = collegue.poser(absorbe, {"contact.langue": "ar"})
    _absorber(saisie, survivant, absorbe)
    recu = collegue.recu(tardive)
    assert (recu.issue, recu.version) == (Issue.ACCEPTEE, 4)
    collegue.lire()
    assert absorbe not in collegue.etats
    assert collegue.document(survivant)["contact"]["langue"] == "ar"


def test_les_perimetres_se_reunissent(saisie: Saisie, annexe: Saisie) -> None:
    absorbe = annexe.nouveau()
    survivant = saisie.nouveau()
    from modele.protocole.messages import Ouverture
    from registre.service.perimetre import ouvrir

    ouvrir(saisie.moteur, saisie.poste.porteur, Ouverture(absorbe, "doublon", "agent"), DEPART)
    assert _absorber(saisie, survivant, absorbe) == (Issue.ACCEPTEE, "")
    entrees = {entree.dossier: entree for entree in annexe.lire().entrees}
    assert entrees[absorbe].absorbe_par == survivant
    assert entrees[survivant].etat is not None
    assert annexe.recu(annexe.poser(survivant, {"contact.langue": "ar"})).issue is Issue.ACCEPTEE


def test_on_n_absorbe_que_ce_qu_on_tient_et_une_seule_fois(saisie: Saisie, annexe: Saisie) -> None:
    survivant, autre = saisie.nouveau(), saisie.nouveau()
    for lequel in (annexe.nouveau(), identifiant(), survivant, "x"):
        assert _absorber(saisie, survivant, lequel) == (Issue.REFUSEE, "hors_perimetre")
    absorbe, purge = saisie.nouveau(), saisie.nouveau()
    purger(saisie.moteur, saisie.poste.territoire, purge)
    assert _absorber(saisie, survivant, purge) == (Issue.REFUSEE, "hors_perimetre")
    assert _absorber(saisie, survivant, absorbe) == (Issue.ACCEPTEE, "")
    assert _absorber(saisie, autre, absorbe) == (Issue.REFUSEE, "hors_perimetre")
    assert _absorber(saisie, survivant, absorbe)[0] is Issue.ACCEPTEE
    saisie.lire()
    assert saisie.etats[survivant].absorbes == (absorbe,)


def test_l_absorption_d_un_absorbant_emmene_les_siens(saisie: Saisie) -> None:
    premier, deuxieme, dernier = (saisie.nouveau() for _ in range(3))
    collegue = Saisie(enrole(saisie.moteur, PosteDEssai("Poste 2")), saisie.moteur)
    collegue.lire()
    tardive = collegue.poser(dernier, {"contact.langue": "ar"})
    assert _absorber(saisie, deuxieme, dernier)[0] is Issue.ACCEPTEE
    assert _absorber(saisie, premier, deuxieme)[0] is Issue.ACCEPTEE
    assert collegue.recu(tardive).issue is Issue.ACCEPTEE
    collegue.lire()
    assert set(collegue.etats) == {premier}
    assert collegue.document(premier)["contact"]["langue"] == "ar"


def test_fondre_un_dossier_discret_rend_le_survivant_discret(saisie: Saisie) -> None:
    collegue = Saisie(enrole(saisie.moteur, PosteDEssai("Poste 2")), saisie.moteur)
    survivant = saisie.nouveau()
    discret = saisie.nouveau({**BENALI, "protection": {"discret": True}})
    collegue.lire()
    assert _absorber(saisie, survivant, discret)[0] is Issue.ACCEPTEE
    (tombe,) = collegue.lire().entrees
    assert (tombe.dossier, tombe.tombe) == (survivant, "sortie")
    cherchee = PersonneCherchee("BEN ALI", "Nadia", "1984-03-12")
    assert chercher(saisie.moteur, saisie.poste.porteur, cherchee, DEPART) == []


def test_l_absorption_ne_franchit_pas_le_mur(saisie: Saisie) -> None:
    partage = saisie.nouveau({**BENALI, "foyer": {"avec_codemandeur": True}})
    violente = saisie.nouveau({**BENALI, "triage": {"peur_au_domicile": True}})
    assert _absorber(saisie, partage, violente) == (Issue.REFUSEE, "interdit")
    assert saisie.lire().entrees == []
    assert saisie.recu(saisie.poser(violente, {"contact.langue": "ar"})).issue is Issue.ACCEPTEE


def test_qui_ne_tient_pas_le_survivant_n_apprend_pas_ou_est_passe_l_absorbe(saisie: Saisie, annexe: Saisie) -> None:
    from modele.protocole.messages import Ouverture
    from registre.service.perimetre import ouvrir

    survivant = saisie.nouveau({**BENALI, "protection": {"discret": True}})
    absorbe = saisie.nouveau()
    ouvrir(saisie.moteur, annexe.poste.porteur, Ouverture(absorbe, "elle vient ici", "agent"), DEPART)
    annexe.lire()
    assert _absorber(saisie, survivant, absorbe)[0] is Issue.ACCEPTEE
    (tombe,) = annexe.lire().entrees
    assert (tombe.dossier, tombe.tombe, tombe.absorbe_par) == (absorbe, "sortie", "")
    assert annexe.recu(annexe.poser(absorbe, {"contact.langue": "ar"})).code == "hors_perimetre"


def test_le_survivant_et_l_absorbe_dans_le_meme_lot(saisie: Saisie) -> None:
    un, deux = saisie.creer(), saisie.creer({"demandeur": {"nom": "BEN ALI"}})
    survivant, absorbe = un.entete.dossier, deux.entete.dossier
    fusion = saisie.poser(survivant, {f"absorbes.{absorbe}": DEPART.isoformat()})
    suite = saisie.poser(absorbe, {"contact.langue": "ar"})
    assert [recu.issue for recu in saisie.envoyer(un, deux, fusion, suite).issues] == [Issue.ACCEPTEE] * 4
    saisie.lire()
    assert set(saisie.etats) == {survivant}
    assert saisie.document(survivant)["contact"]["langue"] == "ar"


def test_un_dossier_discret_ne_se_fond_pas_chez_ceux_qui_ne_le_tiennent_pas(saisie: Saisie, annexe: Saisie) -> None:
    """Le survivant est à un autre guichet : l'y fondre lui donnerait l'adresse qu'elle cache."""
    from modele.protocole.messages import Ouverture
    from registre.service.perimetre import ouvrir

    survivant = annexe.nouveau()
    discret = saisie.nouveau({**BENALI, "protection": {"discret": True}})
    ouvrir(saisie.moteur, saisie.poste.porteur, Ouverture(survivant, "doublon", "agent"), DEPART)
    annexe.lire()
    assert _absorber(saisie, survivant, discret) == (Issue.REFUSEE, "hors_perimetre")
    assert annexe.lire().entrees == []
    assert saisie.recu(saisie.poser(discret, {"contact.langue": "ar"})).issue is Issue.ACCEPTEE
