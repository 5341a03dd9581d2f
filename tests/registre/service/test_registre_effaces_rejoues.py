"""Une sauvegarde remise ne défait ni effacement, ni révocation, ni discrétion que la base remplacée savait."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from outils_operations import BENALI, Saisie
from outils_postgresql import Postgresql
from outils_registre import DEPART, PosteDEssai, enrole
from sqlalchemy import Engine, select, text

from modele.protocole.messages import PersonneCherchee
from registre.base.sauvegarde import Remise, restaurer, sauvegarder
from registre.base.schema import discretion_sue, dossier, operation, perimetre
from registre.service.administration import postes, revoquer
from registre.service.doublons import chercher
from registre.service.purge import purger
from registre.service.rejeux import Rejeu, rejouer

NADIA = PersonneCherchee("BEN ALI", "Nadia", "1984-03-12")


@pytest.fixture
def saisie(moteur: Engine, poste_enrole: PosteDEssai) -> Saisie:
    return Saisie(poste_enrole, moteur)


def _etats(moteur: Engine) -> dict[str, Any]:
    with moteur.connect() as connexion:
        return {un.id: (un.tombe, un.discret, un.etat is None) for un in connexion.execute(select(dossier))}


def _remettre(postgresql: Postgresql, fichier: Path) -> Remise:
    return restaurer(postgresql.moteur, postgresql.adresse, fichier, remplacer=True, rejouer=rejouer)


def test_ce_qui_a_ete_efface_depuis_l_est_avant_la_premiere_reponse(
    postgresql: Postgresql, saisie: Saisie, tmp_path: Path
) -> None:
    connu, intact = saisie.nouveau(), saisie.nouveau()
    sauvegarder(saisie.moteur, postgresql.adresse, tmp_path / "s")
    depuis = saisie.nouveau()
    for un in (connu, depuis):
        purger(saisie.moteur, saisie.poste.territoire, un)
    remise = _remettre(postgresql, tmp_path / "s")
    assert "2 effacés" in str(remise.rejeu)
    assert _etats(saisie.moteur) == {
        connu: ("purge", False, True),
        depuis: ("purge", False, True),
        intact: (None, False, False),
    }
    with saisie.moteur.connect() as connexion:
        contenus = connexion.execute(select(operation.c.contenu).where(operation.c.dossier == connu)).scalars().all()
    assert contenus == [None]


def test_ce_qui_est_devenu_discret_depuis_l_est_avant_la_premiere_reponse(
    postgresql: Postgresql, saisie: Saisie, tmp_path: Path
) -> None:
    """Avec ce qui le suit ; et celui que la sauvegarde ne connaît pas le sera quand un poste l'apportera."""
    collegue = Saisie(enrole(saisie.moteur, PosteDEssai("Collègue")), saisie.moteur)
    ouvert = saisie.nouveau()
    saisie.recu(saisie.rattacher(ouvert, {"objet": "Bilan"}))
    assert [un.dossier for un in chercher(saisie.moteur, collegue.poste.porteur, NADIA, DEPART)] == [ouvert]
    sauvegarder(saisie.moteur, postgresql.adresse, tmp_path / "s")
    saisie.lire()
    saisie.recu(saisie.poser(ouvert, {"protection.discret": True}))
    inconnu = saisie.nouveau({**BENALI, "protection": {"discret": True}})
    assert "2 rendus discrets" in str(_remettre(postgresql, tmp_path / "s").rejeu)
    assert {discret for _, discret, _ in _etats(saisie.moteur).values()} == {True}
    assert chercher(saisie.moteur, saisie.poste.porteur, NADIA, DEPART) == []
    with saisie.moteur.connect() as connexion:
        tenus = select(perimetre.c.poste).where(perimetre.c.sorti.is_(False)).distinct()
        assert set(connexion.execute(tenus).scalars()) == {saisie.poste.id}
        assert set(connexion.execute(select(discretion_sue.c.dossier)).scalars()) == {ouvert, inconnu}


def test_qui_a_ete_enrole_ou_revoque_depuis_se_dit(postgresql: Postgresql, saisie: Saisie, tmp_path: Path) -> None:
    sauvegarder(saisie.moteur, postgresql.adresse, tmp_path / "s")
    enrole(saisie.moteur, PosteDEssai("Enrôlé depuis"))
    revoquer(saisie.moteur, saisie.poste.territoire, saisie.poste.id, DEPART)
    remise = _remettre(postgresql, tmp_path / "s")
    assert "à réenrôler : Enrôlé depuis (accueil)" in str(remise.rejeu)
    assert [un.revoque_le for un in postes(saisie.moteur, saisie.poste.territoire)] == [DEPART]


def test_une_base_remplacee_illisible_n_empeche_pas_de_remettre(
    postgresql: Postgresql, saisie: Saisie, tmp_path: Path
) -> None:
    """Et une base vide n'a rien à rejouer."""
    saisie.nouveau()
    sauvegarder(saisie.moteur, postgresql.adresse, tmp_path / "s")
    with saisie.moteur.begin() as connexion:
        connexion.execute(text("ALTER TABLE dossier RENAME COLUMN guichet TO perdu"))
    assert "ne se lit plus" in str(_remettre(postgresql, tmp_path / "s").rejeu)
    assert len(_etats(saisie.moteur)) == 1
    with saisie.moteur.begin() as connexion:
        connexion.execute(text("CREATE SCHEMA vide"))
        assert rejouer(connexion, "vide", DEPART) == Rejeu()
        assert "refaites ce qui a été effacé" in str(Rejeu())
        connexion.execute(text("DROP SCHEMA vide"))
