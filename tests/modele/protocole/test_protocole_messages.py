"""Chaque message, écrit puis relu, est le même ; ce qui n'en est pas un se dit."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct

from modele.fusion import EtatDossier, EtatEcrit, Issue, Origine, Tete, ecrire_etat
from modele.protocole import messages
from modele.protocole.messages import lire, octets

INSTANT = datetime(2026, 11, 22, 11, 30, 0, 123456, tzinfo=UTC)
CLE = bytes(range(32))
ETAT = ecrire_etat(
    EtatDossier(
        "dossier-1",
        "metropole-exemple",
        7,
        {
            "logement_actuel.loyer": [
                Tete("op-1", {"logement_actuel.loyer": Decimal("512.30")}, {"logement_actuel.loyer": 500})
            ],
            "logement_actuel.surface": [Tete("op-1", {"logement_actuel.surface": Decimal("31.50")})],
        },
        {"op-1": Origine("Nora", "poste-1", INSTANT, 60)},
        ("dossier-0",),
    )
)
ENVOYEE = messages.OperationEnvoyee(b'{"id":"op-1"}', b"s" * 64, b"sel", b"{}")
RECU = messages.Recu("op-1", Issue.DIVERGENCE, 7, 12, ("local.x",), {"local.x": {"local.x": Decimal("1.50")}})
REFUSE = messages.Recu("op-2", Issue.REFUSEE, code="hors_perimetre", cause="Ce dossier n'est pas à vous.")
ARRET = messages.Arret("occupe", "Le registre est occupé.", 30)
RECUS = messages.Recus([RECU, REFUSE], ARRET)
COMPTE = messages.EtatDeCompte("c1", "Nora", ("agent", "social"), INSTANT)
ESSAI = messages.CompteDeFormation("sans-abri-froid", "ab" * 8, "cd" * 16, (messages.EtapeComptee("gestes", 3, 1, 0),))
EXEMPLES: list[Struct] = [
    messages.Enrolement("CODE-1", "poste-1", "Accueil", CLE, CLE),
    messages.Enrole("metropole-exemple", "g1", "Mairie", ("agent", "social"), CLE, CLE, INSTANT),
    messages.DemandeDeDefi("metropole-exemple", "poste-1"),
    messages.Defi("defi", INSTANT),
    messages.DemandeDeJeton("metropole-exemple", "poste-1", "defi", b"\x00\xff"),
    messages.Jeton("jeton", 600, INSTANT),
    ENVOYEE,
    messages.LotDOperations([ENVOYEE, messages.OperationEnvoyee(b"{}", b"")]),
    RECU,
    ARRET,
    RECUS,
    messages.Recus([]),
    messages.Entree("dossier-1", 12, 7, ETAT),
    messages.Entree("dossier-2", 13, 1, tombe="absorbe", absorbe_par="dossier-1"),
    messages.PosteConnu("Accueil", "Mairie"),
    messages.Journal(
        [messages.Entree("d", 1, 1, ETAT)], 12, True, "poignee", {"poste-1": messages.PosteConnu("Accueil", "Mairie")}
    ),
    messages.Empreinte(12, 3, "ab" * 32),
    messages.Referentiel("grille", 3, 1024, "ab" * 32, b"s" * 64, INSTANT),
    messages.InformationsTenues({"fiche.conge": 3, "reperes": 1}),
    messages.EtapeComptee("gestes", 3, 1, 0),
    ESSAI,
    messages.ComptesDeFormation((ESSAI,)),
    messages.EtapeDuReseau("gestes", 30, None, None),
    messages.CasDuReseau("sans-abri-froid", "ab" * 8, 11, (messages.EtapeDuReseau("gestes", 30, None, None),)),
    messages.FormationDuReseau((messages.CasDuReseau("sans-abri-froid", "ab" * 8, 11, ()),)),
    messages.PersonneCherchee("Fatihi", "Nadia", "1984-03-12", "612345678", "EXEMPLE1", "d", "Nora"),
    messages.PersonneCherchee("Payet", "", telephone_autre="692123456", telephone_aidant="639980101"),
    messages.Candidat("d", "g1", ("même nom",), 0.5, True),
    messages.Candidat("d", "g1", (), 1.0, False),
    messages.Ecart("a", "b", "Nora"),
    messages.Ouverture("d", "Elle est venue ici.", "Nora"),
    messages.Sortie("d", "Nora"),
    messages.PartDeCopie("7K2QF-XZ9AB", "P9HQ-4AV9-BUGS-H285-7BYY-WUFW"),
    messages.PartGardee(INSTANT),
    COMPTE,
    messages.Declaration(
        "metropole-exemple", "poste-1", [COMPTE, messages.EtatDeCompte("c2", "Awa", (), INSTANT, True)]
    ),
    messages.DeclarationSignee(b"comptes", b"s" * 64),
    messages.ComptesTenus(INSTANT, ("Awa",), (COMPTE,), 7),
    messages.Effet(12),
    messages.Consultation("Nora", "poste-1", INSTANT, "consulter"),
    messages.DemandeDeNumero("d", "Nora"),
    messages.Numero("EXEMPLE1", INSTANT),
    messages.Refus("rang_manquant", "Il manque une opération.", "epoque-1", 4, "ab", "poignee"),
    messages.MiroirPropose("titre", ETAT),
    messages.Reprise("poignee", [messages.MiroirPropose("titre"), messages.MiroirPropose("autre", ETAT)]),
    messages.Reprises([messages.Sort.TENU, messages.Sort.APPORTER]),
    messages.Paquet("metropole-exemple", "poste-1", 1, [ENVOYEE], "poignee", [messages.MiroirPropose("titre")], True),
    messages.RecuDePaquet("poste-1", RECUS, poignee="poignee", sorts={"sceau": messages.Sort.ATTENDRE}),
    messages.RecuSigne(b"recu", b"s" * 64),
    messages.RecuDePaquet("poste-1", refus=messages.Refus("revoque", "Ce poste est révoqué.")),
]


def test_chaque_message_a_son_exemple() -> None:
    """Une forme ajoutée au protocole vient avec son aller et retour."""
    formes = {forme for forme in vars(messages).values() if isinstance(forme, type) and issubclass(forme, Struct)}
    assert {type(exemple) for exemple in EXEMPLES} == formes - {Struct, EtatEcrit}


@pytest.mark.parametrize("exemple", EXEMPLES, ids=lambda exemple: type(exemple).__name__)
def test_aller_et_retour(exemple: Struct) -> None:
    """Octets, instants, décimaux, états : relus égaux, réécrits aux mêmes octets."""
    ecrit = octets(exemple)
    relu = lire(ecrit, type(exemple))
    assert relu == exemple
    assert octets(relu) == ecrit


@pytest.mark.parametrize("exemple", EXEMPLES, ids=lambda exemple: type(exemple).__name__)
def test_une_cle_de_plus_n_empeche_pas_de_lire(exemple: Struct) -> None:
    """Le registre d'une version suivante peut en dire davantage."""
    ecrit: dict[str, Any] = msgspec.json.decode(octets(exemple))
    assert lire(msgspec.json.encode(ecrit | {"de_demain": [1]}), type(exemple)) == exemple


def test_les_decimaux_restent_exacts() -> None:
    """512,30 ne devient pas 512.3000000000000114 en route."""
    entree = lire(octets(messages.Entree("dossier-1", 12, 7, ETAT)), messages.Entree)
    assert entree.etat is not None
    valeur = entree.etat.unites["logement_actuel.loyer"][0].valeurs["logement_actuel.loyer"]
    assert (type(valeur), str(valeur)) == (Decimal, "512.30")
    valeur = entree.etat.dits["op-1"]["logement_actuel.surface"]
    assert (type(valeur), str(valeur)) == (Decimal, "31.50")


def test_une_liste_de_messages() -> None:
    """Plusieurs candidats, plusieurs référentiels : une liste."""
    candidats = [messages.Candidat("d", "g", (), 0.5, False)]
    assert lire(octets(candidats), list[messages.Candidat]) == candidats


@pytest.mark.parametrize(
    ("recu", "forme"),
    [
        (b"", messages.Jeton),
        (b"{", messages.Jeton),
        (b"{}", messages.Jeton),
        (b"[]", messages.Jeton),
        (b'{"jeton":1,"expire_dans_s":1,"instant":"2026-11-22T11:30:00Z"}', messages.Jeton),
        (b'{"jeton":"j","expire_dans_s":1,"instant":"hier"}', messages.Jeton),
        (b'{"octets":"pas du base64 !","signature":""}', messages.OperationEnvoyee),
        (b'{"dossier":"d","sequence":1,"version":1,"tombe":"autre"}', messages.Entree),
        (b'{"id":"o","issue":"perdue"}', messages.Recu),
        (b'{"id":"o","issue":"divergence","vigueur":{"x":{"x":1e999999}}}', messages.Recu),
    ],
)
def test_ce_qui_n_est_pas_un_message(recu: bytes, forme: type[Any]) -> None:
    """Vide, tronqué, d'une autre forme, d'un nombre démesuré : une erreur de lecture, jamais un message à moitié."""
    with pytest.raises(msgspec.DecodeError):
        lire(recu, forme)


@given(st.sampled_from(EXEMPLES), st.data())
def test_un_message_tronque_ne_se_lit_pas(exemple: Struct, tirage: st.DataObject) -> None:
    """Coupé à n'importe quel octet."""
    ecrit = octets(exemple)
    fin = tirage.draw(st.integers(0, len(ecrit) - 1))
    with pytest.raises(msgspec.DecodeError):
        lire(ecrit[:fin], type(exemple))
