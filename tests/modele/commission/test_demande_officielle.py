"""La demande officielle seule : ce qui y entre, ce qui n'y entre jamais, et les mutants qui le laisseraient entrer."""

from __future__ import annotations

import copy
from dataclasses import replace
from functools import cache
from typing import Any

import polars as pl
import pytest
from commission_exemple import COLOMBE, JOUR, PORT_CLAIR, T2_PLUS, TERRITOIRE, dossier, dossiers
from grimp import build_graph
from hypothesis import given, settings
from hypothesis import strategies as st

from modele.attributions.classement.classer import classer
from modele.attributions.classement.regles import regles
from modele.attributions.classement.tenue import AILLEURS, Ligne, en_table
from modele.bilan import Regles
from modele.chargement import charger_regles
from modele.commission import demande as module
from modele.commission.demande import demande_officielle, inconnus, secteurs
from modele.commission.ligne import ligne
from modele.dossier.chemins import ABSENT, feuilles, lire, poser
from modele.dossier.inventaire import Genre, inventaire
from modele.dossier.nomenclatures import nationales
from modele.protection.sensibles import sensibles

INTERDITS = ("triage", "protection", "suites", "contact")
A_EVITER = "recherche.zones_a_eviter"


@cache
def chargees() -> Regles:
    return charger_regles(TERRITOIRE)


def test_chaque_champ_permis_existe() -> None:
    """Une faute de frappe dans la liste ne permettrait rien, en silence."""
    tous = {*inventaire().champs, *(f"{n}.{c.chemin}" for n, u in inventaire().listes.items() for c in u.champs)}
    for permis in regles().permis:
        debut = permis.removesuffix("*")
        assert permis in tous or debut in ("local.", "preuves.") or any(un.startswith(debut) for un in tous), permis


def test_rien_d_interdit_n_est_permis() -> None:
    assert not [un for un in regles().permis if un.split(".")[0] in INTERDITS]
    permis = demande_officielle({"id": "x", "recherche": {"zones_a_eviter": [COLOMBE]}})
    assert lire(permis, A_EVITER) is ABSENT


def test_tout_a_son_article_et_sa_source() -> None:
    for une in (*regles().rubriques, *regles().regles):
        assert une.provenance.fondement
        assert une.provenance.source
        assert une.provenance.verifie_le


def _repondu(genre: Genre, nomenclature: str) -> list[Any]:
    codes = sorted(nationales()[nomenclature].codes) if nomenclature in nationales() else []
    return {
        Genre.BOOLEEN: [True, False],
        Genre.ENTIER: [0, 3],
        Genre.DECIMAL: [1],
        Genre.DATE: ["2026-01-02"],
        Genre.CHOIX: codes,
        Genre.COCHES: [{"coches": [un], "clos": True} for un in codes],
        Genre.TEXTE: ["mot", "A. Martin"],
        Genre.TEXTES: [[PORT_CLAIR]],
    }[genre]


@cache
def tus() -> list[tuple[str, Any]]:
    """Chaque réponse que le classement doit taire : protégée, de l'accueil, ou hors de la demande."""
    officiels = module._permis().champs
    gardes = []
    for nom, champ in inventaire().champs.items():
        sensible = sensibles().champs.get(nom)
        for reponse in _repondu(champ.genre, champ.champ.nomenclature):
            tu = nom not in officiels or (sensible is not None and sensible.dit(reponse) is not ABSENT)
            if tu and nom != A_EVITER:
                gardes.append((nom, reponse))
    return gardes


def test_il_y_a_de_quoi_taire() -> None:
    noms = {nom for nom, _ in tus()}
    assert {"triage.danger_immediat", "protection.discret", "demande.agression_domicile", "demande.motifs"} <= noms
    assert len(noms) > 80


@cache
def sans() -> Ligne:
    return ligne(chargees(), dossiers()["hotel"], JOUR)


@given(st.lists(st.sampled_from(range(10_000)), min_size=1, max_size=6))
@settings(max_examples=40, deadline=None, database=None, derandomize=True)
def test_aucun_fait_protege_ni_d_accueil_ne_change_une_ligne(tirs: list[int]) -> None:
    """La ligne est tout ce que le classement lit : la même ligne, le même rang, les mêmes raisons."""
    document = dossiers()["hotel"]
    for tir in tirs:
        document = poser(document, *tus()[tir % len(tus())])
    assert ligne(chargees(), document, JOUR) == sans()


def test_un_par_un_la_demande_officielle_reste_la_meme() -> None:
    officielle = demande_officielle(dossiers()["hotel"])
    for nom, reponse in tus():
        assert demande_officielle(poser(dossiers()["hotel"], nom, reponse)) == officielle, nom


@given(st.permutations(sorted(dossiers())), st.sets(st.sampled_from(sorted(dossiers()))))
@settings(max_examples=15, deadline=None, database=None, derandomize=True)
def test_permuter_ou_rendre_discrets_ne_change_aucun_rang(ordre: list[str], discrets: set[str]) -> None:
    def rangs(noms: list[str], caches: set[str]) -> dict[str, int]:
        table = en_table(_lue(nom, nom in caches) for nom in noms)
        return {un.dossier: un.rang for un in classer(table, T2_PLUS).dire(combien=None)}

    assert rangs(ordre, discrets) == rangs(sorted(dossiers()), set())


@cache
def _lue(nom: str, discret: bool) -> Ligne:
    document = poser(dossiers()[nom], "protection.discret", True) if discret else dossiers()[nom]
    return ligne(chargees(), document, JOUR)


def test_un_secteur_a_eviter_n_ote_que_la_personne_qu_il_protege() -> None:
    """Les autres gardent leur ordre et leurs raisons ; sa ligne à elle n'a qu'une commune de moins."""
    evite = ligne(chargees(), poser(dossiers()["hotel"], A_EVITER, [COLOMBE]), JOUR)
    autres = [_lue(nom, False) for nom in sorted(dossiers()) if nom != "hotel"]
    avec, sans_elle = (classer(en_table(une), T2_PLUS) for une in ([*autres, evite], autres))
    assert avec.dire(combien=None) == sans_elle.dire(combien=None)
    assert replace(evite, secteurs={}) == replace(sans(), secteurs={})


def test_mutant_un_secteur_a_eviter_oublie(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sans lui, on la proposerait là où elle est en danger."""
    document = poser(dossiers()["hotel"], A_EVITER, [COLOMBE])

    def candidats() -> int:
        return classer(en_table([ligne(chargees(), document, JOUR)]), T2_PLUS).candidats.height

    assert candidats() == 0
    monkeypatch.setattr(module, "_A_EVITER", "recherche.oubliee")
    assert candidats() == 1


def test_mutant_sans_la_projection(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lire le dossier entier : un papier d'huissier dit au triage changerait la ligne."""
    document = poser(dossier("m"), "triage.papier_huissier", "jugement")
    saine = ligne(chargees(), document, JOUR)
    monkeypatch.setattr("modele.commission.ligne.demande_officielle", lambda entier, _: entier)
    assert ligne(chargees(), document, JOUR) != saine


def test_mutant_sans_taire_les_violences(monkeypatch: pytest.MonkeyPatch) -> None:
    """Le motif protégé, laissé parmi les autres, resterait lisible dans la demande."""
    document = poser(dossier("m"), "demande.motifs", {"coches": ["violences", "trop_petit"], "clos": True})
    assert lire(demande_officielle(document), "demande.motifs.coches") == ["trop_petit"]
    monkeypatch.setattr(module, "sans_violence", lambda entier, _: entier)
    assert "violences" in lire(demande_officielle(document), "demande.motifs.coches")


def test_mutant_une_voie_lue_par_la_commission() -> None:
    graphe = build_graph("modele", cache_dir=None)

    def directes() -> set[str]:
        lues = {
            m
            for un in graphe.find_descendants("modele.commission")
            for m in graphe.find_modules_directly_imported_by(un)
        }
        return {un.split(".")[1] for un in lues} & {"orientation", "fiches", "coffre", "lieux", "rendez_vous", "genres"}

    assert directes() == set()
    graphe.add_import(importer="modele.commission.ligne", imported="modele.orientation.examen")
    assert directes() == {"orientation"}


def test_une_personne_dont_rien_n_est_permis_compte_encore() -> None:
    autres = {
        "elements": {"e1": {"nom": "X", "date_naissance": "2015-02-03"}, "e2": {"nom": "Y"}},
        "ordre": ["e1", "e2"],
    }
    lue = demande_officielle(poser(dossier("p"), "foyer.personnes", autres))
    assert lire(lue, "foyer.personnes") == {
        "elements": {"e1": {"date_naissance": "2015-02-03"}, "e2": {}},
        "ordre": ["e1", "e2"],
    }


def test_le_document_n_est_pas_touche() -> None:
    document = dossiers()["discret"]
    avant = copy.deepcopy(document)
    demande_officielle(document)
    assert document == avant
    assert not [chemin for chemin, _ in feuilles(demande_officielle(document)) if chemin.split(".")[0] in INTERDITS]


def test_une_note_d_elu_n_entre_pas_et_se_dit() -> None:
    """Ni au dossier, ni dans un groupe, ni comme réponse locale qu'aucune grille ne demande."""
    document = dossiers()["hotel"]
    for chemin in ("note_elu", "demande.avis_du_maire", "foyer.personnes.elements.e1.coup_de_pouce"):
        annotee = poser(document, chemin, 50)
        assert inconnus(annotee)
        if "e1" not in chemin:
            assert ligne(chargees(), annotee, JOUR) == sans()
    assert ligne(chargees(), poser(document, "local.avis_du_maire", 50), JOUR) == sans()
    assert inconnus(document) == ()


@pytest.mark.parametrize(
    ("demandees", "elargie", "evitees", "colombe", "port_clair", "ailleurs"),
    [
        ([COLOMBE], False, None, True, False, False),
        ([COLOMBE], True, None, True, True, True),
        ([COLOMBE], None, None, True, None, None),
        (None, True, None, None, None, None),
        ([COLOMBE], True, [COLOMBE], False, True, True),
        (None, None, [COLOMBE], False, None, None),
        ([COLOMBE], False, [PORT_CLAIR], True, False, False),
    ],
)
def test_les_secteurs(
    demandees: list[str] | None,
    elargie: bool | None,
    evitees: list[str] | None,
    colombe: bool | None,
    port_clair: bool | None,
    ailleurs: bool | None,
) -> None:
    dits = {"communes": demandees, "elargissement": elargie, "zones_a_eviter": evitees}
    document = {"recherche": {cle: dit for cle, dit in dits.items() if dit is not None}}
    lus = secteurs(document, [COLOMBE, PORT_CLAIR])
    assert (lus[COLOMBE], lus[PORT_CLAIR], lus[AILLEURS]) == (colombe, port_clair, ailleurs)


def test_les_colonnes_d_un_secteur_evite_ne_se_distinguent_pas() -> None:
    """Les mêmes colonnes que si la commune n'avait jamais été demandée."""
    evite = ligne(chargees(), dossier("e", recherche__zones_a_eviter=[COLOMBE], recherche__elargissement=False), JOUR)
    jamais = ligne(chargees(), dossier("e", recherche__communes=[], recherche__elargissement=False), JOUR)
    assert evite.secteurs == jamais.secteurs
    assert isinstance(en_table([evite]), pl.DataFrame)
