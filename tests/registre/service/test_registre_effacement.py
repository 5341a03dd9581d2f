"""Une personne fait effacer son dossier : l'ordre d'un poste le purge partout, et la preuve reste sans contenu."""

from __future__ import annotations

import pytest
from outils_guichets import Guichets, ouvrir_ici
from outils_operations import BENALI, Saisie
from outils_registre import DEPART, PosteDEssai
from sqlalchemy import Engine, select

from modele.dossier.droits_personnes import DEMANDE, EFFACEMENT
from modele.dossier.operations import Operation, fautes_de_chaine
from modele.fusion import Issue
from registre.base import schema
from registre.service import operations, purge

SUR_LES_DEUX = False
ORDRE = {"le": "2026-11-29"}
MARQUE = {**BENALI, "contact": {"langue": "XYLOPHONE"}, "demande": {"numero_unique": "777"}}
DEMANDEE = {"droit": "effacement", "par": "personne", "objet": "XYLOPHONE", "recue_le": "2026-11-29"}


@pytest.fixture
def guichets(moteur: Engine, poste_enrole: PosteDEssai) -> Guichets:
    return Guichets(moteur, poste_enrole)


def _contient(moteur: Engine, marque: str) -> list[str]:
    with moteur.connect() as connexion:
        return [
            table.name
            for table in schema.metadonnees.sorted_tables
            for ligne in connexion.execute(select(table))
            if marque in repr(ligne)
        ]


def test_l_ordre_d_un_travailleur_social_efface_partout(moteur: Engine, guichets: Guichets) -> None:
    """Contenus, sels, index, numéro, demande ; chaque poste en reçoit la tombe ; rien ne ressuscite."""
    dossier, garde = guichets.ouvreur.nouveau(MARQUE), guichets.ouvreur.nouveau()
    assert guichets.ouvreur.recu(guichets.ouvreur.rattacher(dossier, DEMANDEE, DEMANDE)).issue is Issue.ACCEPTEE
    ouvrir_ici(guichets.annexe, dossier)
    assert guichets.qui_tient(dossier) == {"Poste 1", "Agent", "Social", "Annexe"}
    ordre = guichets.social.rattacher(dossier, ORDRE, EFFACEMENT)
    assert guichets.social.recu(ordre).issue is Issue.ACCEPTEE
    assert _contient(moteur, "XYLOPHONE") == []
    assert guichets.qui_tient(dossier) == set()
    assert guichets.qui_tient(garde) == {"Poste 1", "Agent", "Social"}
    assert guichets.agent.recu(guichets.agent.poser(dossier, {"contact.langue": "ar"})).code == "purge"
    # Redit après une réponse perdue : le même reçu, sans autre effet.
    assert guichets.social.recu(ordre).issue is Issue.ACCEPTEE
    # Un second ordre, d'un poste qui ne savait pas : le dossier est déjà effacé.
    assert guichets.social.recu(guichets.social.rattacher(dossier, ORDRE, EFFACEMENT)).code == "purge"


def test_la_preuve_reste_sans_contenu(moteur: Engine, guichets: Guichets) -> None:
    """Qui, quand, sur quel poste : l'en-tête signé de l'ordre ; la chaîne de chaque poste se vérifie."""
    dossier = guichets.ouvreur.nouveau(MARQUE)
    guichets.social.lire()
    ordre = guichets.social.rattacher(dossier, ORDRE, EFFACEMENT)
    guichets.social.recu(ordre)
    with moteur.connect() as connexion:
        lignes = connexion.execute(select(schema.operation).order_by(schema.operation.c.rang)).all()
        tombe = connexion.execute(select(schema.dossier.c.tombe).where(schema.dossier.c.id == dossier)).scalar_one()
    assert tombe == "purge"
    preuve = next(ligne for ligne in lignes if ligne.id == ordre.entete.id)
    assert (preuve.contenu, preuve.sel) == (None, None)
    assert Operation(preuve.entete, None, None).entete.genre == EFFACEMENT
    for saisie in (guichets.ouvreur, guichets.social):
        siennes = [Operation(un.entete, un.sel, un.contenu) for un in lignes if un.poste == saisie.poste.id]
        assert list(fautes_de_chaine(siennes)) == []


def test_avec_le_reste_du_lot(moteur: Engine, guichets: Guichets) -> None:
    """Dans le même lot, ce qui suit l'ordre ne lui survit pas."""
    dossier = guichets.social.nouveau(MARQUE)
    ordre = guichets.social.rattacher(dossier, ORDRE, EFFACEMENT)
    tardive = guichets.social.poser(dossier, {"contact.langue": "XYLOPHONE2"})
    guichets.social.envoyer(ordre, tardive)
    assert _contient(moteur, "XYLOPHONE") == []
    assert guichets.qui_tient(dossier) == set()


def test_un_agent_d_accueil_ou_un_autre_guichet_n_efface_pas(moteur: Engine, guichets: Guichets) -> None:
    """L'ordre est sans retour : un rôle, dans son guichet ; à qui ne tient pas le dossier, rien n'en est dit."""
    dossier = guichets.ouvreur.nouveau(MARQUE)
    for saisie, code in (
        (guichets.agent, "droit"),
        (guichets.annexe, "hors_perimetre"),
        (guichets.social_annexe, "hors_perimetre"),
    ):
        saisie.lire()
        assert saisie.recu(saisie.rattacher(dossier, ORDRE, EFFACEMENT)).code == code
    ouvrir_ici(guichets.social_annexe, dossier)
    guichets.social_annexe.lire()
    assert guichets.social_annexe.recu(guichets.social_annexe.rattacher(dossier, ORDRE, EFFACEMENT)).code == "droit"
    assert "operation" in _contient(moteur, "XYLOPHONE")


def test_un_dossier_discret_et_un_dossier_fondu(moteur: Engine, guichets: Guichets) -> None:
    """Discret, il s'efface de même ; l'histoire de celui qui s'y est fondu part avec lui."""
    discret = guichets.social.nouveau({**MARQUE, "protection": {"discret": True}})
    fondu, survivant = guichets.social.nouveau(MARQUE), guichets.social.nouveau()
    assert not guichets.social.recu(guichets.social.poser(survivant, {f"absorbes.{fondu}": DEPART.isoformat()})).code
    guichets.social.lire()
    for dossier in (discret, survivant):
        assert not guichets.social.recu(guichets.social.rattacher(dossier, ORDRE, EFFACEMENT)).code
    assert _contient(moteur, "XYLOPHONE") == []


def test_le_mutant_qui_n_efface_pas(moteur: Engine, poste_enrole: PosteDEssai, monkeypatch: pytest.MonkeyPatch) -> None:
    """L'ordre reçu sans la purge laisse tout : c'est elle qui efface."""
    monkeypatch.setattr(operations, "_effacer", lambda *_: None)
    saisie = Saisie(poste_enrole, moteur)
    dossier = saisie.nouveau(MARQUE)
    saisie.envoyer(saisie.rattacher(dossier, ORDRE, EFFACEMENT))
    assert "operation" in _contient(moteur, "XYLOPHONE")
    assert purge.purger(moteur, poste_enrole.territoire, dossier) > 0
