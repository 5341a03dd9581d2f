"""La mesure « retrouver » : ses tables disent d'où elles viennent, et un rapprocheur cassé lui fait manquer son but."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date
from functools import cache

import mesure_retrouver
import pytest
from mesure import Mesure
from mesure_retrouver import CONCLUSION, mesurer
from retrouver_doublons import GENRES, HOMONYMES
from retrouver_gens import dossiers
from retrouver_jeu import Taille, etiqueter
from retrouver_jugement import identifiants
from retrouver_portes import Candidat, Document, DuCoffre
from retrouver_saisies import Foule, saisies
from retrouver_tables import DONNEES, lignes
from retrouver_voisins import Fts5, Rapidfuzz, meilleur_rappel

from modele.coffre import Coffre

PETITE = Taille(gens=220, dossiers=400, paires=3, homonymes=24, nouveaux=20, saisies=2)
CLES = {"rappel_doublons", "precision_doublons", "p95_ms", "rappel10", "rappel10_pire_genre"} | {
    "homonymes",
    "homonymes_affirmes",
}


@cache
def _attendus() -> tuple[dict[str, int], dict[str, tuple[str, int]]]:
    """Le rang du dossier qui revient, par document ; le genre et le rang du dossier cherché, par saisie."""
    jeu = etiqueter(PETITE)
    tous = [*jeu.tenus, *dossiers(PETITE.dossiers - len(jeu.tenus), PETITE.graine + 4)]
    questions = saisies(tous, Foule(tous), PETITE.saisies, PETITE.graine + 5)
    retours = {json.dumps(document): rang for _, rang, document in jeu.retours}
    return retours, {texte: (genre, rang) for genre, rang, texte in questions}


class Juste:
    """Des portes qui savent tout : elles lisent les étiquettes."""

    def __init__(self, coffre: Coffre) -> None:
        self.ids = identifiants(coffre)

    def chercher(self, texte: str) -> Sequence[str]:
        return [self.ids[_attendus()[1][texte][1]]]

    def candidats(self, document: Document) -> Sequence[Candidat]:
        rang = _attendus()[0][json.dumps(document)]
        return [(self.ids[rang], 1.0)] if rang >= 0 else []

    def affirme(self, la: Document, ici: Document) -> bool:
        return False


class SansNaissanceRien(Juste):
    """Une donnée absente compte comme un désaccord."""

    def candidats(self, document: Document) -> Sequence[Candidat]:
        return super().candidats(document) if "date_naissance" in document["demandeur"] else []


class PresqueToutLeMonde(Juste):
    """Un voisin de plus à chaque fois."""

    def candidats(self, document: Document) -> Sequence[Candidat]:
        return [*super().candidats(document), (self.ids[-1], 0.6)]


class UnSeulNomSuffit(Juste):
    """Le même nom : la même personne."""

    def affirme(self, la: Document, ici: Document) -> bool:
        return bool(la["demandeur"]["nom"] == ici["demandeur"]["nom"])


class UnSeulTelephone(Juste):
    """Le téléphone d'un aidant ne se cherche pas."""

    def chercher(self, texte: str) -> Sequence[str]:
        return [] if _attendus()[1][texte][0] == "téléphone d'un aidant" else super().chercher(texte)


def _manques(portes: Callable[[Coffre], Juste]) -> set[str]:
    """Les buts manqués, la vitesse exceptée, et la part de l'index : un petit coffre n'est presque que lui."""
    manques = {un.budget.partition(" (")[0] for un in mesurer(PETITE, portes) if not un.tenu and un.unite != "ms"}
    return {un for un in manques if not un.startswith("index")}


def test_chaque_ligne_des_tables_a_sa_source_et_sa_date() -> None:
    tables = sorted(fichier.stem for fichier in DONNEES.glob("*.tsv"))
    assert tables == ["alterations", "arabe", "familles", "lettres", "noms", "telephones"]
    for table in tables:
        for ligne in lignes(table):
            assert ligne["source"].strip(), ligne
            assert date.fromisoformat(ligne["date"]) <= date(2026, 12, 31), ligne


def test_le_jeu_est_toujours_le_meme_et_de_tous_les_genres() -> None:
    jeu = etiqueter(PETITE)
    assert jeu == etiqueter(PETITE)
    assert len(jeu.tenus) == PETITE.gens
    assert {genre for genre, _, _ in jeu.retours} == {*GENRES, "jamais venu"}
    assert {sorte for sorte, _, _ in jeu.homonymes} == set(HOMONYMES)


def test_des_portes_justes_tiennent_tous_les_buts() -> None:
    assert _manques(Juste) == set()
    resultat = json.loads(CONCLUSION[-1])
    assert set(resultat) == CLES
    assert (resultat["rappel_doublons"], resultat["precision_doublons"], resultat["rappel10"]) == (1.0, 1.0, 1.0)
    assert (resultat["homonymes"], resultat["homonymes_affirmes"]) == (PETITE.homonymes, 0)


@pytest.mark.parametrize(
    ("mutant", "manque"),
    [
        (SansNaissanceRien, "doublons, rappel"),
        (PresqueToutLeMonde, "doublons, précision"),
        (UnSeulNomSuffit, "homonymes affirmés n'être qu'un"),
        (UnSeulTelephone, "recherche, pire genre"),
    ],
)
def test_un_rapprocheur_casse_fait_manquer_son_but(mutant: Callable[[Coffre], Juste], manque: str) -> None:
    assert manque in _manques(mutant)


def test_les_vraies_portes_repondent_et_leurs_chiffres_comptent() -> None:
    mesures = mesurer(PETITE, DuCoffre)
    assert set(json.loads(CONCLUSION[-1])) == CLES
    assert all(isinstance(un, Mesure) for un in mesures)
    # Ce qui compte fait sortir 1 : la mesure porte une conclusion.
    assert hasattr(mesure_retrouver, "CONCLUSION")


def test_les_voisins_trouvent_ce_qui_est_presque_pareil() -> None:
    textes = ["BERNARD Nadia 12/03/1984", "DURAND Paul 01/01/1950", "Ngọc Đặng 05/05/1970"]
    assert Rapidfuzz(textes).chercher("nadia bernar 12/03/1984")[0][0] == 0
    assert Fts5(textes).chercher("paul 01/01/1950")[0][0] == 1
    assert Fts5(textes).chercher("!!") == []


def test_le_seuil_apres_coup_est_le_plus_bas_qui_tienne_la_precision() -> None:
    propositions = [(0.9, True), (0.8, True), (0.7, False), (0.6, True), (0.5, False), (0.5, False)]
    assert meilleur_rappel(propositions, 4, 0.75) == (0.75, 0.6)
    assert meilleur_rappel(propositions, 4, 1.0) == (0.5, 0.8)
    assert meilleur_rappel([], 4, 0.9) == (0.0, 1.0)
