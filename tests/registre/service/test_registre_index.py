"""L'index suit les dossiers : la base cherche ce que disent leurs états, quelle que soit la suite des saisies."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from outils_operations import BENALI, RETIRE, Saisie
from outils_registre import PosteDEssai
from sqlalchemy import Engine, select

from registre.base.schema import numero_unique, personne, terme
from registre.service.numeros import numero_de
from registre.service.personnes import cherchables, cles_gardees

# Ce que la levée exige a ses épreuves (``test_levee.py``).
pytestmark = pytest.mark.usefixtures("levee_immediate")

SUR_LES_DEUX = False
ENFANT = "foyer.personnes.elements.0190a201-0000-7000-8000-000000000001"
GESTES: list[dict[str, Any]] = [
    {"demandeur.nom": "BENALI", "demandeur.prenoms": "Nadia", "demandeur.date_naissance": "1984-03-12"},
    {"demandeur.nom": "MOREL", "demandeur.prenoms": "Zoé", "demandeur.date_naissance": "1984-03-12"},
    {"contact.telephone": "+33639980102"},
    {"contact.telephone": RETIRE},
    {"demande.numero_unique": "031 1126 000001"},
    {"demande.numero_unique": RETIRE},
    {f"{ENFANT}.nom": "ROUX", f"{ENFANT}.prenoms": "Sami"},
    {ENFANT: RETIRE},
    {"logement_actuel.loyer": 512},
    {"protection.discret": True},
    {"protection.discret": False, "protection.levee_motif": "Elle le demande, par écrit."},
]


@pytest.fixture
def social(moteur: Engine, poste_enrole: PosteDEssai) -> Saisie:
    return Saisie(poste_enrole, moteur)


def _exiger_l_index_juste(saisie: Saisie, dossier: str) -> None:
    etat = saisie.etats[dossier]
    attendues = cherchables(etat)
    with saisie.moteur.connect() as connexion:
        personnes = connexion.execute(
            select(personne.c.noms, personne.c.prenoms, personne.c.telephone, personne.c.numero)
            .where(personne.c.dossier == dossier)
            .order_by(personne.c.rang)
        ).all()
        termes = set(connexion.execute(select(terme.c.terme).where(terme.c.dossier == dossier)).scalars())
        numeros = list(
            connexion.execute(select(numero_unique.c.numero).where(numero_unique.c.dossier == dossier)).scalars()
        )
    assert [tuple(une) for une in personnes] == [(un.noms, un.prenoms, un.telephone, un.numero) for un in attendues]
    assert termes == {cle for un in attendues for cle in cles_gardees(un)}
    assert numeros == ([numero_de(etat)] if attendues and numero_de(etat) else [])


@given(gestes=st.lists(st.sampled_from(GESTES), max_size=6), par_lot=st.booleans())
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_l_index_dit_ce_que_dit_le_dossier(social: Saisie, gestes: list[dict[str, Any]], par_lot: bool) -> None:
    """Un nom changé ne se trouve plus sous l'ancien ; discret, plus rien ; la discrétion levée, de nouveau."""
    dossier = social.nouveau(BENALI)
    for geste in gestes:
        social.envoyer(social.poser(dossier, geste))
        if not par_lot:
            social.lire()
            _exiger_l_index_juste(social, dossier)
    social.lire()
    _exiger_l_index_juste(social, dossier)
    social.envoyer(social.poser(dossier, {"demande.numero_unique": RETIRE}))
