"""Un contingent par un vrai registre : entier chez qui le tient, d'un lieu à l'autre ; rien chez un agent d'accueil."""

from __future__ import annotations

import os
from dataclasses import replace
from decimal import Decimal

import pytest
from outils_coffre import AGENT
from outils_registre import ANNEXE
from outils_synchro import Poste, Site

from modele.coffre import gardes
from modele.contingents.conventions import ConventionTenue
from modele.contingents.lots import MORCEAU, Lot
from modele.contingents.passages import Passage, Reserve
from modele.droits import Auteur
from modele.regles.fautes import ErreurUtilisateur

NORA = Auteur(AGENT)
SIENNE = ConventionTenue("metropole", "Métropole d'exemple", "Habitat", "epci", "999999999", 2026, taux=Decimal(8))
FICHIER = Lot("attributions", "Habitat", 2026, "a.csv", 120)
GENRES = (gardes.CONVENTION, gardes.PASSAGE, "lot_attributions", "tranche_attributions")


def _tours(*postes: Poste) -> None:
    for _ in range(2):
        for poste in postes:
            poste.tour()


def _combien(poste: Poste) -> int:
    with poste.coffre._base.lecture(entiere=True) as connexion:
        return sum(len(gardes.objets(connexion, genre)) for genre in GENRES)


def test_un_contingent_passe_d_un_lieu_a_l_autre(site: Site) -> None:
    """Convention, passage, fichier en quatre morceaux ; le même contenu de l'autre côté. L'accueil n'en a rien."""
    ici = site.poste("un", roles=("contingent",))
    la = site.poste("deux", guichet=ANNEXE, roles=("agent", "responsable"))
    accueil = site.poste("trois", roles=("agent", "social"))
    contenu = os.urandom(3 * MORCEAU + 9)
    ici.coffre.contingents.garder_convention(SIENNE, NORA)
    ici.coffre.contingents.garder_passage(Passage("99X01", "Habitat", inventaire=(Reserve("A"),)), NORA)
    lot = ici.coffre.contingents.importer(FICHIER, contenu, NORA)
    _tours(ici, la, accueil)
    assert ici.attente() == 0
    lus = la.coffre.contingents.lire(NORA)
    assert [replace(une, id="", par="") for une in lus.conventions] == [SIENNE]
    assert [un.inventaire[0].reference for un in lus.passages] == ["A"]
    assert la.coffre.contingents.contenu(lot.id, NORA) == contenu
    assert _combien(accueil) == 0
    with pytest.raises(ErreurUtilisateur, match="Votre rôle"):
        accueil.coffre.contingents.lire(NORA)


def test_deux_lieux_ecrivent_sans_se_voir_et_chacun_le_lit(site: Site) -> None:
    """Rien ne se perd ni ne se refuse : les deux conventions restent, et se disent contraires."""
    ici = site.poste("un", roles=("contingent",))
    la = site.poste("deux", guichet=ANNEXE, roles=("contingent",))
    for poste, taux in ((ici, 8), (la, 9)):
        poste.coffre.contingents.garder_convention(replace(SIENNE, taux=Decimal(taux)), NORA)
    _tours(ici, la)
    for poste in (ici, la):
        lus = poste.coffre.contingents.lire(NORA)
        assert sorted(str(une.taux) for une in lus.conventions) == ["8", "9"]
        assert len(lus.contraires) == 1
    # Retirée ici, la contradiction l'est partout.
    ici.coffre.contingents.retirer_convention(ici.coffre.contingents.lire(NORA).conventions[0].id, NORA)
    _tours(ici, la)
    assert la.coffre.contingents.lire(NORA).contraires == ()
