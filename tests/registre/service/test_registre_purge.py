"""La purge efface contenus, sels et état ; la chaîne se vérifie encore, et rien ne ressuscite."""

from __future__ import annotations

import pytest
from outils_operations import BENALI, Saisie, identifiant
from outils_registre import DEPART, TERRITOIRE, PosteDEssai, enrole
from sqlalchemy import Engine, select

from modele.dossier.operations import Operation, fautes_de_chaine
from modele.fusion import Issue
from modele.protocole.messages import PersonneCherchee
from modele.regles.fautes import ErreurUtilisateur
from registre.base import schema
from registre.service.doublons import chercher
from registre.service.purge import purger

SUR_LES_DEUX = False


@pytest.fixture
def saisie(moteur: Engine, poste_enrole: PosteDEssai) -> Saisie:
    return Saisie(poste_enrole, moteur)


def _operations(moteur: Engine) -> list[Operation]:
    with moteur.connect() as connexion:
        lignes = connexion.execute(select(schema.operation).order_by(schema.operation.c.rang)).all()
    return [Operation(ligne.entete, ligne.sel, ligne.contenu) for ligne in lignes]


def test_la_purge_efface_partout_et_garde_la_chaine_verifiable(moteur: Engine, saisie: Saisie) -> None:
    collegue = Saisie(enrole(moteur, PosteDEssai("Poste 2")), moteur)
    marque = {**BENALI, "contact": {"langue": "XYLOPHONE"}, "demande": {"numero_unique": "777"}}
    dossier, garde = saisie.nouveau(marque), saisie.nouveau()
    collegue.lire()
    saisie.recu(saisie.poser(dossier, {"contact.langue": "XYLOPHONE2"}))
    assert collegue.recu(collegue.poser(dossier, {"contact.langue": "XYLOPHONE3"})).issue is Issue.DIVERGENCE
    assert purger(moteur, TERRITOIRE, dossier) == 3
    with moteur.connect() as connexion:
        for table in schema.metadonnees.sorted_tables:
            for ligne in connexion.execute(select(table)):
                assert "XYLOPHONE" not in repr(ligne), table.name
        assert connexion.execute(select(schema.numero_unique)).all() == []
        personnes = connexion.execute(select(schema.personne.c.dossier)).scalars().all()
        assert personnes == [garde]
    de_saisie = [un for un in _operations(moteur) if un.entete.epoque == saisie.epoque]
    assert list(fautes_de_chaine(de_saisie)) == []
    assert [un.contenu is None for un in de_saisie] == [True, False, True]


def test_chaque_poste_recoit_la_tombe_et_rien_ne_ressuscite(moteur: Engine, saisie: Saisie) -> None:
    collegue = Saisie(enrole(moteur, PosteDEssai("Poste 2")), moteur)
    creation = saisie.creer()
    saisie.envoyer(creation)
    dossier = creation.entete.dossier
    collegue.lire()
    purger(moteur, TERRITOIRE, dossier)
    (tombe,) = collegue.lire().entrees
    assert (tombe.dossier, tombe.sequence, tombe.tombe, tombe.etat) == (dossier, 2, "purge", None)
    recu = collegue.recu(collegue.poser(dossier, {"contact.langue": "ar"}))
    assert (recu.issue, recu.code) == (Issue.REFUSEE, "purge")
    assert saisie.envoyer(creation).issues[0].issue is Issue.ACCEPTEE
    assert collegue.lire().entrees == []


def test_la_purge_se_redemande_sans_effet(moteur: Engine, saisie: Saisie) -> None:
    dossier = saisie.nouveau()
    assert purger(moteur, TERRITOIRE, dossier) == 1
    assert purger(moteur, TERRITOIRE, dossier) == 0
    assert saisie.lire().jusque == 2


def test_la_purge_emporte_les_dossiers_absorbes(moteur: Engine, saisie: Saisie) -> None:
    survivant, absorbe = saisie.nouveau(), saisie.nouveau()
    saisie.recu(saisie.poser(survivant, {f"absorbes.{absorbe}": DEPART.isoformat()}))
    with pytest.raises(ErreurUtilisateur, match=survivant):
        purger(moteur, TERRITOIRE, absorbe)
    assert purger(moteur, TERRITOIRE, survivant) == 3
    saisie.lire()
    assert saisie.recu(saisie.poser(absorbe, {"contact.langue": "ar"})).code == "purge"
    with moteur.connect() as connexion:
        assert set(connexion.execute(select(schema.dossier.c.tombe)).scalars()) == {"purge"}
    cherchee = PersonneCherchee("BEN ALI", "Nadia", "1984-03-12")
    assert chercher(moteur, saisie.poste.porteur, cherchee, DEPART) == []


def test_un_dossier_inconnu_ne_se_purge_pas(moteur: Engine, territoire: str) -> None:
    with pytest.raises(ErreurUtilisateur, match="Aucun dossier"):
        purger(moteur, territoire, identifiant())
