"""L'historique : qui a changé quoi, de quoi à quoi, par pages ; ce qui est protégé n'y est ni montré ni compté."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from outils_coffre import AGENT
from sqlalchemy import insert

import modele.coffre.changements
from modele.coffre import Coffre, schema
from modele.coffre.listes import Changement
from modele.dossier.chemins import ABSENT
from modele.dossier.documents import encoder
from modele.droits import Auteur
from modele.fusion import EtatDossier
from modele.fusion.etat import Origine, Tete
from modele.regles.fautes import ErreurUtilisateur

MOI, PAUL = Auteur(AGENT), Auteur("Paul")
ELLE: dict[str, Any] = {"territoire": "t", "demandeur": {"nom": "Roux", "prenoms": "Zoé"}}
Ecriture = tuple[dict[str, Any], Auteur]


def ecrire(coffre: Coffre, ecritures: list[Ecriture], document: dict[str, Any] = ELLE) -> str:
    """Un dossier neuf, ces écritures l'une après l'autre, une par minute ; celles qui ne disent rien d'ordinaire
    n'avancent pas l'horloge."""
    quand = [datetime(2026, 11, 29, 9, tzinfo=UTC)]
    coffre._horloge = lambda: quand[0]
    dossier: str = coffre.creer_dossier(document, MOI)["id"]
    for valeurs, auteur in ecritures:
        quand[0] += timedelta(minutes=0 if set(valeurs) <= set(PROTEGES) else 1)
        coffre.modifier(dossier, valeurs, auteur)
    return dossier


def lire(coffre: Coffre, dossier: str, chemin: str = "") -> list[Changement]:
    """Toutes les pages."""
    tout: list[Changement] = []
    suite: int | None = None
    while True:
        page = coffre.histoire(dossier, MOI, chemin=chemin, avant=suite)
        tout += page.changements
        suite = page.suite
        if suite is None:
            return tout


def test_qui_a_change_quoi_de_quoi_a_quoi(coffre: Coffre) -> None:
    """Le plus récent d'abord ; la création dit ce qu'elle posait ; un retour de la même personne se dit."""
    dossier = ecrire(
        coffre,
        [
            ({"demandeur.nom": "Rey"}, PAUL),
            ({"demandeur.nom": "Roux"}, PAUL),
            ({"demandeur.nom": "Rey"}, MOI),
            ({"contact.telephone": "0612345678"}, MOI),
            ({"contact.telephone": ABSENT}, MOI),
        ],
    )
    lus = lire(coffre, dossier)
    assert [(un.chemin, un.avant, un.apres, un.agent, un.retour) for un in lus] == [
        ("contact.telephone", "0612345678", ABSENT, AGENT, True),
        ("contact.telephone", ABSENT, "0612345678", AGENT, False),
        ("demandeur.nom", "Roux", "Rey", AGENT, False),
        ("demandeur.nom", "Rey", "Roux", "Paul", True),
        ("demandeur.nom", "Roux", "Rey", "Paul", False),
        ("demandeur.nom", ABSENT, "Roux", AGENT, False),
        ("demandeur.prenoms", ABSENT, "Zoé", AGENT, False),
    ]
    assert lus[0].quand == datetime(2026, 11, 29, 9, 5, tzinfo=UTC)
    assert [un.apres for un in lire(coffre, dossier, "contact.telephone")] == [ABSENT, "0612345678"]
    assert {un.chemin for un in lire(coffre, dossier, "demandeur")} == {"demandeur.nom", "demandeur.prenoms"}
    assert lire(coffre, dossier, "demande") == []


def test_par_pages_de_lignes_qui_se_lisent(coffre: Coffre, monkeypatch: pytest.MonkeyPatch) -> None:
    """Une page est pleine de ce qui se lit ; la suite n'est offerte que s'il en reste ; un retour se dit d'une page à
    l'autre."""
    monkeypatch.setattr(modele.coffre.changements, "PAGE", 2)
    noms: list[Ecriture] = [({"demandeur.nom": nom}, MOI) for nom in ("Rey", "Roux", "Rey")]
    muettes: list[Ecriture] = [({"triage.peur_au_domicile": dit}, MOI) for dit in (True, False, True)]
    dossier = ecrire(coffre, [*muettes, *noms])
    premiere = coffre.histoire(dossier, MOI)
    assert [un.retour for un in premiere.changements] == [True, True]
    assert premiere.suite is not None
    seconde = coffre.histoire(dossier, MOI, avant=premiere.suite)
    assert [(un.chemin, un.avant) for un in seconde.changements] == [
        ("demandeur.nom", "Roux"), ("demandeur.nom", ABSENT), ("demandeur.prenoms", ABSENT),
    ]  # fmt: skip
    assert seconde.suite is None
    tard = ecrire(coffre, [*noms, *muettes], {"territoire": "t"})
    assert [un.suite is None for un in (coffre.histoire(tard, MOI),)] == [False]
    assert len(lire(coffre, tard)) == 3


def test_un_element_protege_ne_laisse_ni_ligne_ni_trou(coffre: Coffre) -> None:
    """La pièce qui la dirait : ni son nom, ni son état changé plus tard, ni son retrait."""
    piece = "pieces.elements.p"
    dossier = ecrire(
        coffre,
        [
            ({f"{piece}.piece": "ordonnance-protection", f"{piece}.etat": "a_apporter", "pieces.ordre": ["p"]}, MOI),
            ({f"{piece}.etat": "vue"}, MOI),
            ({piece: ABSENT}, MOI),
        ],
    )
    assert lire(coffre, dossier) == lire(coffre, ecrire(coffre, []))


def test_un_dossier_discret_ne_dit_rien_de_sensible_et_qui_ne_peut_le_lire_n_a_rien(coffre: Coffre) -> None:
    dossier = ecrire(coffre, [({"contact.telephone": "0612345678"}, MOI), ({"protection.discret": True}, MOI)])
    assert {un.chemin for un in lire(coffre, dossier)} == {"demandeur.nom", "demandeur.prenoms"}
    with pytest.raises(ErreurUtilisateur):
        coffre.histoire(dossier, Auteur("Nina", ("lecture",)))


PROTEGES: dict[str, list[Any]] = {
    "triage.peur_au_domicile": [True, False, {"refus": True}],
    "demande.mariage_force": [True, False],
    "protection.seul_a_seul": [True, False],
    "protection.discret": [True],
    "preuves.violences": ["valide", "justifie"],
}
ORDINAIRES: dict[str, list[Any]] = {
    "demandeur.nom": ["Roux", "Rey"],
    "demande.type": ["premiere", "mutation"],
    "demandeur.nationalite": ["francaise", ABSENT],
    "preuves.dalo-reconnu": ["valide", ABSENT],
}


def _gestes(valeurs: dict[str, list[Any]]) -> st.SearchStrategy[Ecriture]:
    un = st.sampled_from(sorted(valeurs)).flatmap(lambda nom: st.sampled_from(valeurs[nom]).map(lambda v: {nom: v}))
    return st.tuples(un, st.sampled_from([MOI, PAUL]))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_gestes(ORDINAIRES), max_size=6), st.lists(st.tuples(st.integers(0, 6), _gestes(PROTEGES)), max_size=6))
def test_deux_dossiers_que_seul_le_protege_separe_ont_la_meme_histoire(
    coffre: Coffre, ordinaires: list[Ecriture], proteges: list[tuple[int, Ecriture]]
) -> None:
    """Page à page, ligne à ligne, quels que soient les ajouts, les changements et les effacements protégés."""
    coffre.proteger(["violences"])
    melees = list(ordinaires)
    for rang, ecriture in proteges:
        if ecriture[0] == {"protection.discret": True}:
            continue
        melees.insert(min(rang, len(melees)), ecriture)
    seul, autre = ecrire(coffre, ordinaires), ecrire(coffre, melees)
    assert coffre.histoire(seul, MOI).changements == coffre.histoire(autre, MOI).changements
    for chemin in (*ORDINAIRES, *PROTEGES):
        assert lire(coffre, seul, chemin) == lire(coffre, autre, chemin)


def test_d_un_autre_poste_la_reponse_en_vigueur_et_qui_l_a_ecrite(coffre: Coffre) -> None:
    """Ce qui est né ici n'y est pas redit ; le protégé n'y est pas ; une opération sans origine non plus."""
    dossier = ecrire(coffre, [({"demandeur.nom": "Rey"}, MOI)])
    ici = coffre.operations(dossier)[-1].entete.id
    quand = datetime(2026, 11, 28, 9, tzinfo=UTC)
    etat = EtatDossier(
        dossier,
        "t",
        1,
        {
            "demandeur#identite": [Tete(ici, {"demandeur.nom": "Rey"})],
            "demande.type": [
                Tete("la-bas", {"demande.type": "premiere"}),
                Tete("perdue", {"demande.type": "mutation"}),
            ],
            "triage.peur_au_domicile": [Tete("la-bas", {"triage.peur_au_domicile": True})],
            "demande.plainte": [Tete("inconnue", {"demandeur.prenoms": "Zoé"})],
        },
        {"la-bas": Origine("Karim", "poste-2", quand, 60), ici: Origine(AGENT, "moi", quand, 60)},
    )
    with coffre._base.ecriture() as connexion:
        ligne = {"dossier": dossier, "etat": encoder(etat), "version": 1, "sequence": 1}
        connexion.execute(insert(schema.miroir), ligne)
    page = coffre.histoire(dossier, MOI)
    assert page.ailleurs == (Changement("demande.type", ABSENT, "premiere", "Karim", quand, poste="poste-2"),)
    assert coffre.histoire(dossier, MOI, chemin="demandeur").ailleurs == ()
    assert coffre.histoire(dossier, MOI, avant=1).ailleurs == ()


@pytest.fixture
def mutant(monkeypatch: pytest.MonkeyPatch) -> None:
    """L'histoire lue sans le mur."""
    monkeypatch.setattr(
        modele.coffre.changements,
        "changements_lisibles",
        lambda avant, apres, *_, **__: {c: (avant.get(c, ABSENT), apres.get(c, ABSENT)) for c in {**avant, **apres}},
    )


@pytest.mark.usefixtures("mutant")
def test_le_mutant_qui_lit_sans_le_mur_se_voit(coffre: Coffre) -> None:
    dites: list[Ecriture] = [({"triage.peur_au_domicile": True}, MOI), ({"triage.peur_au_domicile": ABSENT}, MOI)]
    assert len(lire(coffre, ecrire(coffre, dites))) > len(lire(coffre, ecrire(coffre, [])))
