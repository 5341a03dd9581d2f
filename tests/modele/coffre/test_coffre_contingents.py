"""Le contingent au coffre : qui le lit, ce qui s'y refuse en citant les deux, le fichier d'un bailleur tout ou rien."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from outils_coffre import AGENT, creer, ouvrir

from modele.coffre import Coffre, gardes
from modele.coffre.contingents import LOT, TRANCHE, Tenus
from modele.coffre.gardes import CONVENTION, PASSAGE
from modele.contingents import lots
from modele.contingents.conventions import ConventionTenue
from modele.contingents.lots import MORCEAU, Lot
from modele.contingents.passages import Passage, Reserve
from modele.contingents.previsions import PrevisionTenue
from modele.dossier.acces import Acces
from modele.droits import Auteur
from modele.regles.fautes import ErreurUtilisateur

NORA, LEO, ZOE = Auteur(AGENT), Auteur("Léo Blanc"), Auteur("Zoé Roux")
METROPOLE = ConventionTenue(
    "metropole", "Métropole d'exemple", "Habitat Colombe", "epci", "999999999", 2026, taux=Decimal("11.63")
)
COMMUNE = replace(METROPOLE, sorte="communes", reservataire="Ville", ou="commune", code="99X01", taux=Decimal(12))
CONTENU_AU_PLUS = 1 << 20
"""``registre.service.verification`` : le coffre ne connaît pas le registre."""
PASSAGE_ICI = Passage("99X01", "Habitat Colombe", inventaire=(Reserve("A"), Reserve("B", "terrain", date(2027, 1, 1))))
FICHIER = Lot("attributions", "Habitat Colombe", 2026, "attributions.csv", 120)


@pytest.fixture
def coffre(tmp_path: Path) -> Iterator[Coffre]:
    """Nora est responsable ; Léo n'est qu'agent d'accueil, Zoé que travailleuse sociale."""
    tenu, _ = creer(tmp_path / "coffre.db")
    tenu.comptes.ouvrir(LEO.nom, "Léo", "Accueil", ("agent",), "cinq mots sans aucun lien", NORA)
    tenu.comptes.ouvrir(ZOE.nom, "Zoé", "Accueil", ("agent", "social"), "cinq mots sans aucun lien", NORA)
    yield tenu
    tenu.fermer()


def journal(coffre: Coffre) -> list[tuple[str, Acces | None, str]]:
    return [(un.agent, (geste := un.geste).acces, geste.motif) for un in coffre.acces()]


def combien(coffre: Coffre, genre: str) -> int:
    with coffre._base.lecture() as connexion:
        return len(gardes.objets(connexion, genre))


# Lire et écrire.


def test_une_convention_se_garde_se_change_et_se_retire(coffre: Coffre) -> None:
    """Retirée, elle ne se montre plus ; une autre peut prendre sa place."""
    gardee = coffre.contingents.garder_convention(METROPOLE, NORA)
    assert coffre.contingents.lire(NORA).conventions == (gardee,)
    assert replace(gardee, id="", par="") == METROPOLE
    assert gardee.par == AGENT
    changee = coffre.contingents.garder_convention(replace(gardee, taux=Decimal(8), unite="bail"), NORA)
    assert (changee.id, changee.taux, changee.unite) == (gardee.id, Decimal(8), "bail")
    oubliee = coffre.contingents.garder_convention(replace(changee, taux=None), NORA)
    assert oubliee.taux is None
    coffre.contingents.retirer_convention(gardee.id, NORA)
    assert coffre.contingents.lire(NORA) == Tenus()
    coffre.contingents.garder_convention(METROPOLE, NORA)


def test_rouvert_le_coffre_les_tient_encore(coffre: Coffre) -> None:
    """Durable sur le disque."""
    coffre.contingents.garder_convention(METROPOLE, NORA)
    coffre.contingents.garder_passage(PASSAGE_ICI, NORA)
    attendu = coffre.contingents.lire(NORA)
    coffre.fermer()
    rouvert = ouvrir(coffre.chemin)
    assert rouvert.contingents.lire(NORA) == attendu
    assert len(attendu.conventions) == len(attendu.passages) == 1
    rouvert.fermer()


def test_un_passage_se_garde_avec_son_inventaire(coffre: Coffre) -> None:
    """Ajouter, ôter, changer un logement : l'inventaire est celui qu'on donne, dans son ordre."""
    garde = coffre.contingents.garder_passage(PASSAGE_ICI, NORA)
    assert [un.reference for un in garde.inventaire] == ["A", "B"]
    assert all(un.id for un in garde.inventaire)
    a, b = garde.inventaire
    voulu = (replace(b, reference="B2"), Reserve("C"))
    change = coffre.contingents.garder_passage(
        replace(garde, patrimoine=400, qui={"conseil": "la mairie"}, inventaire=voulu), NORA
    )
    assert [un.reference for un in change.inventaire] == ["B2", "C"]
    assert change.inventaire[0].id == b.id
    assert a.id not in {un.id for un in change.inventaire}
    assert (change.patrimoine, dict(change.qui)) == (400, {"conseil": "la mairie"})
    (lu,) = coffre.contingents.lire(NORA).passages
    assert lu == change


# Ce qui se refuse, au plus profond.


def refuse(geste: Callable[[], object]) -> str:
    with pytest.raises(ErreurUtilisateur) as leve:
        geste()
    return str(leve.value)


def test_deux_conventions_qui_se_chevauchent_sont_citees(coffre: Coffre) -> None:
    """Quel que soit le geste : la face, l'objet nu, le champ changé d'une autre. Rien n'est écrit."""
    gardee = coffre.contingents.garder_convention(METROPOLE, NORA)
    autre = coffre.contingents.garder_convention(replace(METROPOLE, annee=2027), NORA)
    nu = {
        "reservataire": {"sorte": "metropole", "nom": "métropole d'exemple"},
        "bailleur": {"nom": "Habitat Colombe"},
        "perimetre": {"sorte": "epci", "code": "999999999"},
        "annee": 2026,
    }
    for geste in (
        lambda: coffre.contingents.garder_convention(METROPOLE, NORA),
        lambda: coffre.creer_objet(CONVENTION, nu, NORA),
        lambda: coffre.modifier(autre.id, {"annee": 2026}, NORA),
    ):
        phrase = refuse(geste)
        assert phrase.count("Habitat Colombe, périmètre 999999999, 2026") == 2
        assert f"saisie par {AGENT}" in phrase
    assert combien(coffre, CONVENTION) == 2
    assert coffre.contingents.lire(NORA).conventions == (gardee, autre)


def test_plus_de_cent_pour_cent_est_refuse(coffre: Coffre) -> None:
    """Les deux taux sont cités."""
    coffre.contingents.garder_convention(METROPOLE, NORA)
    phrase = refuse(lambda: coffre.contingents.garder_convention(replace(COMMUNE, taux=Decimal(90)), NORA))
    assert "101,63 %" in phrase
    assert "11,63 %" in phrase
    assert "90 %" in phrase
    tenue = coffre.contingents.garder_convention(COMMUNE, NORA)
    assert "101,63 %" in refuse(lambda: coffre.modifier(tenue.id, {"taux": Decimal(90)}, NORA))


@pytest.mark.parametrize("code", ["63000 ", "Colombe", "6311", "2C004"])
def test_ce_qui_n_est_pas_un_code_de_commune_est_refuse(coffre: Coffre, code: str) -> None:
    """Un nom, un code postal mal recopié : la convention, le passage, la prévision les refusent, et citent ce code."""
    for geste in (
        lambda: coffre.contingents.garder_convention(replace(COMMUNE, code=code), NORA),
        lambda: coffre.contingents.garder_passage(replace(PASSAGE_ICI, commune=code), NORA),
        lambda: coffre.contingents.garder_prevision(
            PrevisionTenue("Habitat Colombe", "000000001", 2026, commune=code), NORA
        ),
    ):
        assert f"« {code} » n'est pas le code INSEE" in refuse(geste)
    assert coffre.contingents.lire(NORA) == Tenus()


def test_un_departement_ou_une_metropole_n_a_pas_la_forme_d_une_commune(coffre: Coffre) -> None:
    coffre.contingents.garder_convention(replace(COMMUNE, ou="departement", code="99"), NORA)


def test_un_passage_ne_se_double_pas(coffre: Coffre) -> None:
    """Ni sans commune, ni sans bailleur, ni une référence écrite deux fois."""
    garde = coffre.contingents.garder_passage(PASSAGE_ICI, NORA)
    assert AGENT in refuse(lambda: coffre.contingents.garder_passage(PASSAGE_ICI, NORA))
    autre = coffre.contingents.garder_passage(replace(PASSAGE_ICI, commune="99X02"), NORA)
    assert AGENT in refuse(lambda: coffre.modifier(autre.id, {"commune": "99X01"}, NORA))
    assert "Dites la commune" in refuse(
        lambda: coffre.contingents.garder_passage(replace(PASSAGE_ICI, commune=""), NORA)
    )
    deux = replace(garde, inventaire=(*garde.inventaire, Reserve("A")))
    assert "« A » est écrite deux fois" in refuse(lambda: coffre.contingents.garder_passage(deux, NORA))


def test_un_inventaire_trop_long_se_refuse_avant_le_registre(coffre: Coffre) -> None:
    """Ce qui se garde ici passe au registre : l'opération du plus long reste sous ce qu'il prend."""
    long = tuple(Reserve(f"REFERENCE-{rang:05}", "garantie_emprunt", date(2030, 1, 1)) for rang in range(2600))
    garde = coffre.contingents.garder_passage(replace(PASSAGE_ICI, inventaire=long), NORA)
    (operation,) = coffre.operations(garde.id)
    assert 700_000 < len(operation.contenu or b"") < CONTENU_AU_PLUS
    trop = replace(
        PASSAGE_ICI, commune="99X02", inventaire=tuple(Reserve("R" * 60 + str(rang)) for rang in range(4000))
    )
    assert "trop long" in refuse(lambda: coffre.contingents.garder_passage(trop, NORA))


def test_ce_que_deux_postes_ont_ecrit_sans_se_voir_se_dit(coffre: Coffre, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reçu, rien ne se refuse : la lecture dit les deux."""
    coffre.contingents.garder_convention(METROPOLE, NORA)
    with monkeypatch.context() as sans:
        sans.setattr(gardes, "_GARDES", {})
        coffre.contingents.garder_convention(METROPOLE, NORA)
    lus = coffre.contingents.lire(NORA)
    assert len(lus.conventions) == 2
    assert len(lus.contraires) == 1


@pytest.mark.parametrize("genre", [CONVENTION, PASSAGE])
def test_un_coffre_sans_garde_est_vu(genre: str, coffre: Coffre, monkeypatch: pytest.MonkeyPatch) -> None:
    """Le mutant : l'une des deux gardes oubliée."""
    monkeypatch.setattr(gardes, "_GARDES", {cle: un for cle, un in gardes._GARDES.items() if cle != genre})
    eprouver: dict[str, Callable[[Coffre], None]] = {
        CONVENTION: test_deux_conventions_qui_se_chevauchent_sont_citees,
        PASSAGE: test_un_passage_ne_se_double_pas,
    }
    with pytest.raises(pytest.fail.Exception):
        eprouver[genre](coffre)


def test_ce_qui_n_est_plus_la_se_dit(coffre: Coffre) -> None:
    """Changer, retirer, remplacer un objet inconnu, ou d'un autre genre : une phrase."""
    passage = coffre.contingents.garder_passage(PASSAGE_ICI, NORA)
    for geste in (
        lambda: coffre.contingents.garder_convention(replace(METROPOLE, id="absent"), NORA),
        lambda: coffre.contingents.retirer_convention(passage.id, NORA),
        lambda: coffre.contingents.garder_passage(replace(PASSAGE_ICI, id="absent"), NORA),
        lambda: coffre.contingents.importer(FICHIER, b"x", NORA, remplace=passage.id),
        lambda: coffre.contingents.contenu(passage.id, NORA),
    ):
        assert "n'est plus sur ce poste" in refuse(geste)
    # L'import refusé n'a rien laissé.
    assert combien(coffre, TRANCHE) == combien(coffre, LOT) == 0


# Les fichiers des bailleurs.


def test_un_fichier_se_garde_en_morceaux_et_se_relit_tel_quel(coffre: Coffre) -> None:
    """Il s'enchaîne dans le journal comme toute saisie ; sur le disque, rien en clair."""
    contenu = b"numero_unique;" + os.urandom(2 * MORCEAU)
    lot = coffre.contingents.importer(FICHIER, contenu, NORA)
    assert (lot.tranches, lot.octets, lot.fichier) == (3, len(contenu), "attributions.csv")
    assert coffre.contingents.contenu(lot.id, NORA) == contenu
    assert coffre.contingents.lire(NORA).lots == (lot,)
    coffre.verifier_chaine()
    assert coffre.echanges.compter_a_envoyer() == 4
    assert not any(b"numero_unique" in un.read_bytes() for un in coffre.chemin.parent.iterdir() if un.is_file())


def test_un_fichier_en_remplace_un_autre(coffre: Coffre) -> None:
    """Celui d'avant ne sert plus, et peut se réimporter ; le même, deux fois, est refusé."""
    avant = coffre.contingents.importer(FICHIER, b"un", NORA)
    assert "déjà importé" in refuse(lambda: coffre.contingents.importer(FICHIER, b"un", NORA))
    apres = coffre.contingents.importer(replace(FICHIER, fichier="b.csv"), b"deux", NORA, remplace=avant.id)
    assert coffre.contingents.lire(NORA).lots == (apres,)
    assert coffre.contingents.importer(FICHIER, b"un", NORA).lignes == 120


def test_un_fichier_n_en_remplace_pas_un_d_une_autre_sorte(coffre: Coffre) -> None:
    """Des logements à la place des attributions : les comptes de l'année s'en iraient sans un mot."""
    avant = coffre.contingents.importer(FICHIER, b"un", NORA)
    autre = replace(FICHIER, sorte="logements", fichier="l.csv")
    assert FICHIER.sorte != autre.sorte
    assert "autre sorte" in refuse(lambda: coffre.contingents.importer(autre, b"deux", NORA, remplace=avant.id))
    assert coffre.contingents.lire(NORA).lots == (avant,)


def test_un_fichier_trop_lourd_est_refuse(coffre: Coffre, monkeypatch: pytest.MonkeyPatch) -> None:
    """Avant toute écriture."""
    monkeypatch.setattr(lots, "OCTETS_AU_PLUS", 3)
    assert "trop lourd" in refuse(lambda: coffre.contingents.importer(FICHIER, b"quatre", NORA))
    assert combien(coffre, TRANCHE) == 0


def test_un_fichier_a_moitie_arrive_ne_se_lit_pas(coffre: Coffre, monkeypatch: pytest.MonkeyPatch) -> None:
    """Un lot arrivé avant ses morceaux : une phrase dit quoi faire, jamais un contenu à moitié."""
    entiers = lots.decouper
    monkeypatch.setattr(lots, "decouper", lambda contenu: (entiers(contenu)[0], entiers(contenu)[1] * 2))
    lot = coffre.contingents.importer(FICHIER, b"un", NORA)
    assert "pas encore tout entier" in refuse(lambda: coffre.contingents.contenu(lot.id, NORA))


# Qui lit, et ce qui s'en inscrit.


@pytest.mark.parametrize("qui", [LEO, ZOE], ids=["agent", "social"])
def test_un_agent_d_accueil_n_en_lit_ni_n_en_ecrit_rien(qui: Auteur, coffre: Coffre) -> None:
    """Ni convention, ni passage, ni fichier, ni nombre : le même refus, et rien au journal."""
    gardee = coffre.contingents.garder_convention(METROPOLE, NORA)
    passage = coffre.contingents.garder_passage(PASSAGE_ICI, NORA)
    lot = coffre.contingents.importer(FICHIER, b"un", NORA)
    avant = len(coffre.acces())
    gestes: list[Callable[[], Any]] = [
        lambda: coffre.contingents.lire(qui),
        lambda: coffre.contingents.garder_convention(COMMUNE, qui),
        lambda: coffre.contingents.garder_convention(replace(gardee, taux=Decimal(1)), qui),
        lambda: coffre.contingents.retirer_convention(gardee.id, qui),
        lambda: coffre.contingents.garder_passage(replace(passage, commune="99X03", id=""), qui),
        lambda: coffre.contingents.garder_passage(replace(passage, patrimoine=2), qui),
        lambda: coffre.contingents.importer(FICHIER, b"deux", qui),
        lambda: coffre.contingents.contenu(lot.id, qui),
        lambda: coffre.consulter(lot.id, qui),
        lambda: coffre.consulter(gardee.id, qui),
        lambda: coffre.creer_objet(TRANCHE, {"empreinte": "x", "rang": 0, "contenu": ""}, qui),
    ]
    assert {refuse(geste) for geste in gestes} == {
        "Votre rôle ne permet pas ce geste. Demandez à une personne qui a ce rôle de le faire."
    }
    assert CONVENTION not in coffre.genres_lus(qui)
    assert {CONVENTION, PASSAGE, LOT, TRANCHE} <= coffre.genres_lus(NORA)
    assert len(coffre.acces()) == avant


def test_chaque_lecture_s_inscrit(coffre: Coffre) -> None:
    """Qui, quand, quel fichier ; jamais une personne."""
    gardee = coffre.contingents.garder_convention(METROPOLE, NORA)
    coffre.contingents.garder_passage(PASSAGE_ICI, NORA)
    lot = coffre.contingents.importer(FICHIER, b"un", NORA)
    avant = len(journal(coffre))
    coffre.contingents.lire(NORA)
    coffre.contingents.contenu(lot.id, NORA)
    coffre.contingents.retirer_convention(gardee.id, NORA)
    assert [(qui, quoi) for qui, quoi, _ in journal(coffre)[avant:]] == [
        (AGENT, Acces.LIRE_CONTINGENT), (AGENT, Acces.LIRE_ATTRIBUTIONS), (AGENT, Acces.RETIRER_CONVENTION),
    ]  # fmt: skip
    assert journal(coffre)[avant + 1][2] == "attributions.csv"
    ecrits = {quoi for _, quoi, _ in journal(coffre)[:avant]}
    assert {Acces.SAISIR_CONVENTION, Acces.SAISIR_PASSAGE, Acces.IMPORTER_ATTRIBUTIONS} <= ecrits


def test_rien_ne_s_en_trouve_a_l_accueil(coffre: Coffre) -> None:
    """Ni dans la recherche, ni dans les derniers dossiers, ni dans les comptes."""
    coffre.contingents.garder_convention(METROPOLE, NORA)
    coffre.contingents.importer(FICHIER, b"un", NORA)
    assert coffre.recents() == []
    assert coffre.compter() == 0
    assert coffre.rechercher("Habitat Colombe") == []


def test_un_compte_ferme_ne_lit_aucun_genre(coffre: Coffre) -> None:
    """Ni qui dit un rôle que son compte n'a pas."""
    assert "dossier" in coffre.genres_lus(LEO)
    assert coffre.genres_lus(Auteur(LEO.nom, ("responsable",))) == frozenset()
    coffre.comptes.fermer(LEO.nom, NORA)
    assert coffre.genres_lus(LEO) == frozenset()


# Ce que les bailleurs prévoient.


def test_une_prevision_se_garde_se_change_et_s_inscrit(coffre: Coffre) -> None:
    """Le motif nomme le bailleur et l'année ; un agent d'accueil ne l'écrit pas."""
    neuve = PrevisionTenue("Habitat Colombe", "000000001", 2026, remises=320)
    gardee = coffre.contingents.garder_prevision(neuve, NORA)
    coffre.contingents.garder_prevision(replace(gardee, premieres=4), NORA)
    assert coffre.contingents.lire(NORA).previsions == (replace(gardee, premieres=4, par=AGENT),)
    assert (AGENT, Acces.SAISIR_PREVISION, "Habitat Colombe, 2026") in journal(coffre)
    with pytest.raises(ErreurUtilisateur):
        coffre.contingents.garder_prevision(replace(neuve, annee=2027), LEO)


def test_une_prevision_se_retire(coffre: Coffre) -> None:
    """Elle ne compte plus, une autre peut s'écrire à sa place ; cela s'inscrit. Un agent d'accueil ne le peut pas."""
    neuve = PrevisionTenue("Habitat Colombe", "000000001", 2026, remises=320)
    gardee = coffre.contingents.garder_prevision(neuve, NORA)
    with pytest.raises(ErreurUtilisateur):
        coffre.contingents.retirer_prevision(gardee.id, LEO)
    coffre.contingents.retirer_prevision(gardee.id, NORA)
    assert coffre.contingents.lire(NORA).previsions == ()
    assert (AGENT, Acces.RETIRER_PREVISION, "Habitat Colombe, 2026") in journal(coffre)
    coffre.contingents.garder_prevision(neuve, NORA)
    with pytest.raises(ErreurUtilisateur, match="n'est plus sur ce poste"):
        coffre.contingents.retirer_prevision("inconnue", NORA)


@pytest.mark.parametrize(
    ("change", "dit"),
    [
        ({"siren": ""}, "de quel bailleur"),
        ({}, "a déjà sa prévision"),
        ({"commune": "99X01", "hors_flux": {"MUTATION": 321}}, "plus de logements"),
    ],
)
def test_une_prevision_refusee_n_ecrit_rien(coffre: Coffre, change: dict[str, Any], dit: str) -> None:
    une = PrevisionTenue("Habitat Colombe", "000000001", 2026, remises=320)
    coffre.contingents.garder_prevision(une, NORA)
    with pytest.raises(ErreurUtilisateur, match=dit):
        coffre.contingents.garder_prevision(replace(une, **change), NORA)
    assert combien(coffre, gardes.PREVISION) == 1
