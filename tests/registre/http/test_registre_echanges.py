"""Envoyer et relire par HTTP : un aller-retour entier, et chaque refus avec son statut et son code."""

from __future__ import annotations

import httpx
import pytest
from outils_operations import Saisie
from outils_registre import TERRITOIRE, PosteDEssai
from sqlalchemy import Engine

from modele.fusion import Issue, document
from modele.protocole.empreintes import empreinte_du_perimetre
from modele.protocole.messages import Empreinte, Journal, Recus, lire, octets


@pytest.fixture
def saisie(moteur: Engine, poste_enrole: PosteDEssai) -> Saisie:
    return Saisie(poste_enrole, moteur)


def test_un_dossier_part_puis_revient_tel_qu_il_est_parti(client_du_poste: httpx.Client, saisie: Saisie) -> None:
    creation = saisie.creer()
    dossier = creation.entete.dossier
    recus = lire(client_du_poste.post("/v1/operations", content=octets(saisie.lot(creation))).content, Recus)
    assert [(recu.id, recu.issue, recu.version, recu.sequence) for recu in recus.issues] == [
        (creation.entete.id, Issue.ACCEPTEE, 1, 1)
    ]
    page = lire(client_du_poste.get(f"/v1/journal?territoire={TERRITOIRE}").content, Journal)
    (entree,) = page.entrees
    assert entree.etat is not None
    assert document(entree.etat)["demandeur"] == {"nom": "BEN ALI", "prenoms": "Nadia", "date_naissance": "1984-03-12"}
    assert (entree.dossier, entree.sequence, page.jusque, page.reste) == (dossier, 1, 1, False)
    assert page.postes[saisie.poste.id].nom == saisie.poste.nom
    empreinte = lire(client_du_poste.get(f"/v1/empreinte?territoire={TERRITOIRE}").content, Empreinte)
    assert empreinte == Empreinte(1, 1, empreinte_du_perimetre({dossier: 1}))
