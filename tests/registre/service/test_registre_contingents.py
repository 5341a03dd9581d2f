"""Le registre ne rend un contingent qu'à qui le tient : ni convention, ni fichier de bailleur à un agent d'accueil."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

import pytest
from outils_operations import Saisie
from outils_registre import ANNEXE, PosteDEssai, enrole
from sqlalchemy import Engine

from modele.contingents import lots
from modele.contingents.conventions import relire
from modele.contingents.lots import MORCEAU, Lot
from modele.droits import Droit, Perimetre, Table
from modele.fusion import Issue
from modele.genres import Genres, livres
from registre.service import diffusion, jugement, perimetre

SUR_LES_DEUX = False
TIENNENT = {"Contingent", "Contingent d'à côté", "Responsable"}
CONVENTION: dict[str, Any] = {
    "reservataire": {"sorte": "metropole", "nom": "Métropole d'exemple"},
    "bailleur": {"nom": "Habitat Colombe"},
    "perimetre": {"sorte": "epci", "code": "999999999"},
    "annee": 2026,
}
EMPREINTE, MORCEAUX = lots.decouper(os.urandom(2 * MORCEAU))
LOT = lots.champs(Lot("attributions", "Habitat Colombe", 2026, "a.csv", 120), EMPREINTE, len(MORCEAUX), 2 * MORCEAU)
OBJETS: list[tuple[str, Mapping[str, Any]]] = [
    ("convention_reservation", CONVENTION),
    ("passage_flux", {"commune": "99X01", "bailleur": {"nom": "Habitat Colombe"}}),
    ("prevision_flux", {"bailleur": {"nom": "Habitat Colombe", "siren": "000000001"}, "annee": 2026}),
    ("lot_attributions", LOT),
    ("tranche_attributions", MORCEAUX[0]),
]


class Postes:
    """Un poste de chaque rôle ; le contingent est aussi dans un autre lieu."""

    def __init__(self, moteur: Engine, premier: PosteDEssai) -> None:
        self.moteur, self.tous = moteur, {premier.nom: Saisie(premier, moteur)}
        for nom, guichet, roles in (
            ("Agent", "accueil", ("agent",)),
            ("Social", "accueil", ("agent", "social")),
            ("Administrateur", "accueil", ("agent", "accueil_bailleur")),
            ("Responsable", "accueil", ("agent", "responsable")),
            ("Contingent", "accueil", ("contingent",)),
            ("Contingent d'à côté", ANNEXE, ("contingent",)),
        ):
            self.tous[nom] = Saisie(enrole(moteur, PosteDEssai(nom, guichet=guichet, roles=roles)), moteur)

    def qui_tient(self, objet: str) -> set[str]:
        for saisie in self.tous.values():
            while saisie.lire().reste:
                pass
        return {nom for nom, saisie in self.tous.items() if objet in saisie.etats}


@pytest.fixture
def postes(moteur: Engine, poste_enrole: PosteDEssai) -> Postes:
    return Postes(moteur, poste_enrole)


@pytest.mark.parametrize(("genre", "contenu"), OBJETS, ids=[genre for genre, _ in OBJETS])
def test_il_n_est_qu_a_qui_le_tient(genre: str, contenu: Mapping[str, Any], postes: Postes) -> None:
    """D'un lieu à l'autre, à tous ceux qui ont le rôle ; un agent d'accueil n'en reçoit rien et n'en écrit rien."""
    creation = postes.tous["Contingent"].creer(contenu, genre=genre)
    assert postes.tous["Contingent"].recu(creation).issue is Issue.ACCEPTEE
    assert postes.qui_tient(creation.entete.dossier) == TIENNENT
    for nom in ("Agent", "Social", "Administrateur"):
        saisie = postes.tous[nom]
        assert saisie.recu(saisie.creer(contenu, genre=genre)).code == "droit"


def test_un_fichier_arrive_entier_dans_un_autre_lieu(postes: Postes) -> None:
    """Ses morceaux passent un à un par le journal, et s'y recollent."""
    ici, la = postes.tous["Contingent"], postes.tous["Contingent d'à côté"]
    operations = [ici.creer(un, genre="tranche_attributions") for un in MORCEAUX]
    operations.append(ici.creer(LOT, genre="lot_attributions"))
    assert {recu.issue for recu in ici.envoyer(*operations).issues} == {Issue.ACCEPTEE}
    assert postes.qui_tient(operations[-1].entete.dossier) == TIENNENT
    *morceaux, lot = (la.document(une.entete.dossier) for une in operations)
    assert len(lots.recoller(lots.relire(lot), morceaux) or b"") == 2 * MORCEAU


def test_deux_lieux_saisissent_la_meme_convention(postes: Postes) -> None:
    """Chacun la sienne : les deux arrivent partout, où elles se diront contraires ; aucune n'efface l'autre."""
    ids = []
    for nom, taux in (("Contingent", 8), ("Responsable", 9)):
        saisie = postes.tous[nom]
        creation = saisie.creer({**CONVENTION, "taux": taux}, genre="convention_reservation")
        assert saisie.recu(creation).issue is Issue.ACCEPTEE
        ids.append(creation.entete.dossier)
    assert all(postes.qui_tient(un) == TIENNENT for un in ids)
    la = postes.tous["Contingent d'à côté"]
    assert [relire(la.document(un)).taux for un in ids] == [8, 9]


def test_un_registre_qui_le_rendrait_a_l_accueil_est_vu(postes: Postes, monkeypatch: pytest.MonkeyPatch) -> None:
    """Le mutant : une ligne de trop dans la table des droits."""
    genre, contenu = OBJETS[-1]
    droits = [
        *livres().droits.droits,
        *(Droit("agent", genre, un.action, Perimetre.TERRITOIRE) for un in _siens(genre)),
    ]
    genres = Genres(livres().par_id, Table(livres().droits.roles, droits))
    for module in (jugement, diffusion, perimetre):
        monkeypatch.setattr(module, "livres", lambda: genres)
    with pytest.raises(AssertionError):
        test_il_n_est_qu_a_qui_le_tient(genre, contenu, postes)


def _siens(genre: str) -> list[Droit]:
    return [un for un in livres().droits.droits if un.genre == genre and un.role == "contingent"]
